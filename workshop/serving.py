"""One command serves everything: waitress with 32 threads, and the background work beside it.

waitress takes a whole request in before it gives it a thread, so thirty slow phones do not keep the
others waiting. It takes in no more than a page can use: a stack of paper is large, everything else is not.
"""

from __future__ import annotations

import contextlib
import copy
import re
import signal
import socket
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

from print import documents
from print.documents import Item
from workshop import create_app, pictures
from workshop.desk.stacks import MOST_SENT
from workshop.errors import Refused, WerkplaatsError
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings

STACK = re.compile(r"/bureau/[0-9A-Z]{26}/papier")
USUAL = 80 * 1024 * 1024
"""Largest request, in bytes, that is no stack of paper."""


class Sized(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """Reads a request up to the size that its address allows; a stack only from a browser that once signed in."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        """Lower the ceiling as soon as the first lines are known, before any of the rest is stored."""
        super().parse_header(header_plus)
        if not (self.command == "POST" and STACK.fullmatch(self.path) and "bureau=" in self.headers.get("COOKIE", "")):
            usual = copy.copy(self.adj)
            usual.max_request_body_size = USUAL
            self.adj = usual


def serve_until_stopped(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` gets the address once it listens. Raises `Refused('port')`."""
    check_port(settings)
    house = House.open(settings)
    app = create_app(settings, house)
    jobs = Jobs(house)
    app.extensions["werkplaats-jobs"] = jobs
    tempfile.tempdir = str(_incoming(settings))
    HTTPChannel.parser_class = Sized
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            max_request_body_size=MOST_SENT + USUAL,  # a bit more than fits gets an answer in words
            channel_timeout=60,
            ident=None,
        )
        jobs.start()
        signal.signal(signal.SIGTERM, _stop)
        threading.Thread(target=_warm_up, args=(house,), daemon=True).start()
        ready(settings.base or f"http://{settings.host}:{settings.port}")
        with contextlib.suppress(KeyboardInterrupt):
            server.run()
    finally:
        jobs.stop()
        house.close()


def _incoming(settings: Settings) -> Path:
    """Return the folder for what is still coming in: on the disk of the data, never in memory."""
    folder = settings.data / "incoming"
    folder.mkdir(exist_ok=True)
    return folder


def _warm_up(house: House) -> None:
    """Start the children before somebody waits for them: the first photo and the first preview come quickly."""
    card = house.library.cards("nl")[0]
    with contextlib.suppress(WerkplaatsError):
        house.photos.run(pictures.ready)
        house.preview.run(documents.preview, Item(card, house.library.deck_of(card)))


def check_port(settings: Settings) -> None:
    """Raise `Refused('port')` with the cure when somebody else listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OverflowError:
            raise Refused("port", f"There is no port {settings.port}. Use --port 8080.") from None
        except PermissionError:
            raise Refused("port", f"Port {settings.port} is for administrators. Use --port 8080.") from None
        except OSError:
            raise Refused(
                "port", f"Port {settings.port} on {settings.host} is in use. Use --port {settings.port + 1}."
            ) from None


def _stop(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
