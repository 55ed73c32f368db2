"""Giving a stored file to a browser: a piece at a time, from wherever files are kept, and only ever as what it is."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import BinaryIO

from flask import Response, request
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wsgi import FileWrapper, wrap_file

from workshop.house import house

PIECE = 64 * 1024


def given(name: str, kind: str) -> Response:
    """Return a stored file as a stream of a media type; a browser may ask for a part, or whether it changed.

    Raises `Refused('no_file')` when it is not there, `FilesAway` when nobody can say.
    """
    stream, size = house().files.open(name)
    answer = Response(_pieces(stream), mimetype=kind, direct_passthrough=True)
    answer.content_length = size
    answer.set_etag(name)
    try:
        answer.make_conditional(request, accept_ranges=True, complete_length=size)
    except RequestedRangeNotSatisfiable:
        answer.close()
        raise
    return answer


def picture(name: str) -> Response:
    """Return a stored picture, as nothing else than a picture, for who may see it now. Raises as `given`."""
    answer = given(name, "image/jpeg")
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer


def _pieces(stream: BinaryIO) -> Iterable[bytes]:
    """Return a stream in pieces. The server itself may read on from a disk; from a network it would wait for it."""
    on_disk = isinstance(getattr(stream, "raw", None), io.FileIO)
    return wrap_file(request.environ, stream, PIECE) if on_disk else FileWrapper(stream, PIECE)
