"""A gate between us and a service on loopback, to shut and to open while tests look on."""

from __future__ import annotations

import socket
import threading

from tests.engines import free_port


class Gate:
    """Stands between us and the bucket, and can be shut, or cut off what goes through after so many bytes."""

    def __init__(self, port: int) -> None:
        self._far, self.port = port, free_port()
        self.breaks_after = -1
        self._lines: list[socket.socket] = []
        self.open()

    def open(self) -> None:
        """Let everybody through."""
        self._server = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._let_in, daemon=True).start()

    def shut(self) -> None:
        """Refuse who comes, and cut off who is inside."""
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        for line in self._lines:
            line.close()

    def _let_in(self) -> None:
        while True:
            try:
                near, _ = self._server.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._far))
            self._lines += [near, far]
            threading.Thread(target=self._pass, args=(near, far, False), daemon=True).start()
            threading.Thread(target=self._pass, args=(far, near, True), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, out: bool) -> None:
        passed = 0
        try:
            while data := one.recv(1 << 16):
                passed += len(data)
                if out and 0 <= self.breaks_after < passed:
                    break
                other.sendall(data)
        except OSError:
            pass
        one.close()
        other.close()
