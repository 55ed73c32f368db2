"""Real `werkplaats serve` processes, and visitors who come to any of them as through a proxy that forgets."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPMessage
from pathlib import Path
from typing import Any

from werkzeug.http import parse_cookie
from werkzeug.test import encode_multipart

from tests.engines import free_port

WERKPLAATS = Path(sys.executable).parent / "werkplaats"
PATIENCE = 120.0
BASE = "https://werkplaats.nl"


@dataclass(frozen=True)
class Said:
    """An answer: its status, its headers and its words."""

    status: int
    headers: HTTPMessage
    text: str

    @property
    def where(self) -> str:
        """Return the path this sends to."""
        return self.headers["Location"].removeprefix(BASE)


@dataclass
class Server:
    """One process, what it logs, and its address on loopback."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """Return the lines of a log in JSON."""
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines() if line]

    def stop(self) -> int:
        """Ask it to stop, as systemd does; return how it ended."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)


@contextmanager
def served(folder: Path, **settings: object) -> Iterator[Server]:
    """Give a process that is ready; it ends with the block."""
    log, port = folder / f"serve-{free_port()}.log", free_port()
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WERKPLAATS_")}
    chosen = {f"WERKPLAATS_{name.upper()}": str(value) for name, value in settings.items()}
    command = [str(WERKPLAATS), "serve", "--port", str(port)]
    with log.open("wb") as said:
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=said, env=clean | chosen)
    server = Server(process, port, log)
    try:
        _wait(server)
        yield server
    finally:
        process.kill()
        process.wait()


def _wait(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.process.poll() is None:
        try:
            if Visitor(host="").ask(server, "GET", "/health/ready").status == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"the server did not start:\n{server.log.read_text('utf-8')[-2000:]}")


@dataclass
class Visitor:
    """Somebody with a browser: what one process sets as a cookie goes to the next one too."""

    host: str = "werkplaats.nl"
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, server: Server, method: str, path: str, body: bytes = b"", **headers: str) -> Said:
        """Ask one process something, with the headers of a proxy in front of it."""
        line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        try:
            line.request(method, path, body, self.headers() | headers)
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
            for said in answer.headers.get_all("Set-Cookie", []):
                self._keep(said)
            if answer.status == 500:  # shown when the test fails
                sys.stderr.write(server.log.read_text("utf-8")[-4000:])
            return Said(answer.status, answer.headers, text)
        finally:
            line.close()

    def headers(self) -> dict[str, str]:
        """Return what a proxy sends along for this visitor."""
        found = {"Sec-Fetch-Site": "same-origin", "X-Forwarded-For": "192.0.2.77", "User-Agent": "Telefoon van Truus"}
        if self.host:
            found |= {"Host": self.host, "X-Forwarded-Host": self.host, "X-Forwarded-Proto": "https"}
        if self.cookies:
            found["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return found

    def get(self, server: Server, path: str, **headers: str) -> Said:
        """Open a page."""
        return self.ask(server, "GET", path, **headers)

    def post(self, server: Server, path: str, **fields: Any) -> Said:
        """Send a form; a `FileStorage` is a file."""
        mark, body = encode_multipart(fields)
        kind = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        return self.ask(server, "POST", path, body, **kind)

    def _keep(self, said: str) -> None:
        name, _, value = said.partition(";")[0].partition("=")
        gone = re.search(r"Max-Age=0\b", said)
        self.cookies.pop(name.strip(), None)
        if not gone:
            self.cookies |= {name.strip(): parse_cookie(f"x={value}")["x"]}
