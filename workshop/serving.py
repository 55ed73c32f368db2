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
from typing import Any, ClassVar

from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import WSGITask
from waitress.utilities import Error
from werkzeug.http import parse_cookie

from print import documents
from print.documents import Item
from workshop import create_app, pictures
from workshop.desk.stacks import MOST_SENT
from workshop.domain import facilitators, workshops
from workshop.errors import Refused, WerkplaatsError
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings
from workshop.store import Tx

STACK = re.compile(r"/bureau/([0-9A-Z]{26})/papier")
USUAL = 80 * 1024 * 1024
"""Largest request, in bytes, that is no stack of paper."""
AT_ONCE = 4
"""How many larger ones may come in at the same time."""
FULL = (
    "Er komen nu al te veel grote stapels binnen. Van deze stapel is niets bewaard, je papier is veilig. "
    "Wacht een minuut en stuur de stapel opnieuw.\n\n"
    "Too many large stacks are coming in now. Nothing of this one was stored, your paper is safe. "
    "Wait a minute and send it again.\n"
)


class Full(Error):  # type: ignore[misc] # waitress has no types
    """The answer when enough stacks are coming in already."""

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Return status, headers and words."""
        headers = [("Content-Type", "text/plain; charset=utf-8"), ("Retry-After", "60")]
        return "503 Service Unavailable", headers, self.body.encode()


class Sized(HTTPRequestParser):  # type: ignore[misc] # waitress has no types
    """Reads a request up to the size that its address allows.

    It may be as large as a stack only from somebody who is signed in and works in that workshop, and a few at once.
    """

    adj: Any
    completed: bool
    house: ClassVar[House]
    large: ClassVar[set[Sized]] = set()
    """What is coming in beyond the usual size, or is being stored."""
    full = False

    def parse_header(self, header_plus: bytes) -> None:
        """Lower the ceiling as soon as the first lines are known, before any of the rest is stored."""
        super().parse_header(header_plus)
        if not self.chunked and self.content_length < USUAL:
            return
        if not self._from_the_desk():
            usual = copy.copy(self.adj)
            usual.max_request_body_size = USUAL
            self.adj = usual
        elif len(self.large) >= AT_ONCE:
            self.full = True
        else:
            self.large.add(self)

    def received(self, data: bytes) -> int:
        """Take in a piece; end at once when there is no room for more stacks."""
        taken: int = super().received(data)
        if self.full and not self.completed:
            self.error, self.completed, self.expect_continue = Full(FULL), True, False
        return taken

    def close(self) -> None:
        """Make room for the next one."""
        self.large.discard(self)
        super().close()

    def _from_the_desk(self) -> bool:
        """Say whether this is a stack from somebody who works in the workshop it is for."""
        found = STACK.fullmatch(self.path) if self.command == "POST" else None
        cookies = parse_cookie(self.headers.get("COOKIE", ""))
        secret = cookies.get("__Host-bureau") or cookies.get("bureau")
        return bool(found and secret and self.house.store.read(_works_in, found[1], secret))


class Answer(WSGITask):  # type: ignore[misc] # waitress has no types
    """The answer to one request. “Nothing new” has no length, and yet the line stays open: a wall asks every second."""

    def set_close_on_finish(self) -> None:
        """Hang up after this answer, unless it says that nothing is new to somebody who stays on the line."""
        stays = self.version == "1.1" and self.request.headers.get("CONNECTION", "").lower() != "close"
        if not (stays and str(self.status).startswith("304")):
            super().set_close_on_finish()


class Line(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """The line to one browser; a stack that breaks off halfway keeps no other out."""

    parser_class = Sized
    task_class = Answer

    def handle_close(self) -> None:
        """Hang up, and forget what was still coming in."""
        Sized.large.discard(self.request)
        super().handle_close()


def _works_in(tx: Tx, workshop_id: str, secret: str) -> bool:
    found = facilitators.signed_in(tx, secret)
    return found is not None and workshops.find(tx, workshop_id, found[0].id) is not None


def serve_until_stopped(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` gets the address once it listens. Raises `Refused('port')`."""
    check_port(settings)
    house = House.open(settings)
    app = create_app(settings, house)
    jobs = Jobs(house)
    app.extensions["werkplaats-jobs"] = jobs
    tempfile.tempdir = str(_incoming(settings))
    Sized.house = house
    BaseWSGIServer.channel_class = Line
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            max_request_body_size=MOST_SENT + USUAL,  # a bit more than fits gets an answer in words
            channel_timeout=60,
            connection_limit=1000,  # every screen that watches a wall keeps its line
            asyncore_use_poll=True,
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
