"""A file in object storage as a stream that can seek: only what is read comes over the line."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from workshop.errors import FilesAway

if TYPE_CHECKING:
    from urllib3.response import BaseHTTPResponse


class Remote(io.RawIOBase):
    """A file of `size` bytes; `ask` begins an answer at a byte, `listen` reads some of it."""

    def __init__(
        self,
        size: int,
        ask: Callable[[int], BaseHTTPResponse],
        listen: Callable[[BaseHTTPResponse, int], bytes],
    ) -> None:
        self._size, self._ask, self._listen = size, ask, listen
        self._at = 0
        self._answer: BaseHTTPResponse | None = None

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def seekable(self) -> bool:
        """Say that reading can go on elsewhere."""
        return True

    def tell(self) -> int:
        """Return the byte that is read next."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go on reading at another byte."""
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if begin + offset != self._at:
            self._hang_up()
            self._at = max(0, begin + offset)
        return self._at

    def readinto(self, room: Any) -> int:
        """Read some bytes. Raises `FilesAway` when the file breaks off: less than all of it is never taken for all."""
        wanted = min(len(room), self._size - self._at)
        if wanted <= 0:
            return 0
        self._answer = self._answer or self._ask(self._at)
        piece = self._listen(self._answer, wanted)
        if not piece:
            raise FilesAway("A file broke off halfway. Try again in a minute.")
        room[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def close(self) -> None:
        """Hang up."""
        self._hang_up()
        super().close()

    def _hang_up(self) -> None:
        if self._answer is not None:
            if self._at < self._size:
                self._answer.close()  # the rest of it is still on the line
            self._answer.release_conn()
            self._answer = None
