"""One command serves everything: waitress with 32 threads, and the background work beside it.

waitress takes a whole request in before it gives it a thread, so thirty slow phones do not keep the
others waiting. It takes in no more than a page can use: a stack of paper is large, everything else is not.

Told to stop, a process says at once that it is not ready, goes on for a moment when a proxy has to notice that, takes
no new lines, finishes what is coming in and being answered, and ends. Told twice, it ends at once.
"""

from __future__ import annotations

import contextlib
import copy
import logging
import re
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any, ClassVar

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import BaseWSGIServer
from waitress.task import ErrorTask, WSGITask
from waitress.utilities import Error
from werkzeug.http import parse_cookie

from print import documents
from print.documents import Item
from workshop import create_app, logs, pictures
from workshop.desk.stacks import MOST_SENT
from workshop.domain import facilitators, workshops
from workshop.errors import Refused, WerkplaatsError
from workshop.health import Health
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings
from workshop.store import Tx

log = logging.getLogger(logs.REQUESTS)
STACK = re.compile(r"/bureau/([0-9A-Z]{26})/papier")
USUAL = 80 * 1024 * 1024
"""Largest request, in bytes, that is no stack of paper."""
AT_ONCE = 4
"""How many larger ones may come in at the same time in one process: they take room on its own disk."""
NOTICE_SECONDS = 5.0
"""How long a proxy has to notice that this process is stopping."""
LAST_SECONDS = 0.3
"""How long whoever was just let in has to begin, without a proxy."""
FINISH_SECONDS = 30.0
"""How long what is coming in, or being answered, may still take then."""
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

    stopping: ClassVar[threading.Event]

    def build_response_header(self) -> bytes:
        """Return the first lines; a process that stops says that the next request is for another."""
        if self.stopping.is_set():
            self.request.headers["CONNECTION"] = "close"
        lines: bytes = super().build_response_header()
        return lines

    def set_close_on_finish(self) -> None:
        """Hang up after this answer, unless it says that nothing is new to somebody who stays on the line."""
        stays = self.version == "1.1" and self.request.headers.get("CONNECTION", "").lower() != "close"
        if not (stays and str(self.status).startswith("304")):
            super().set_close_on_finish()


class Refusal(ErrorTask):  # type: ignore[misc] # waitress has no types
    """The answer to what is no request, or one that is too large: nothing of it reached the application."""

    def execute(self) -> None:
        """Answer, and leave a line in the log."""
        super().execute()
        log.info("refused unread", extra={"facts": {"status": int(self.status[:3])}})


class Line(HTTPChannel):  # type: ignore[misc] # waitress has no types
    """The line to one browser; a stack that breaks off halfway keeps no other out."""

    parser_class = Sized
    task_class = Answer
    error_task_class = Refusal

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
    logs.start(settings)
    house = House.open(settings)
    app = create_app(settings, house)
    health: Health = app.extensions["werkplaats-health"]
    jobs = Jobs(house)
    app.extensions["werkplaats-jobs"] = jobs
    tempfile.tempdir = str(_incoming(settings))
    Sized.house = house
    Answer.stopping = health.stopping
    BaseWSGIServer.channel_class = Line
    lines: dict[int, Any] = {}
    try:
        server = create_server(
            app,
            map=lines,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            max_request_body_size=MOST_SENT + USUAL,  # a bit more than fits gets an answer in words
            channel_timeout=60,
            connection_limit=1000,  # every screen that watches a wall keeps its line
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=not settings.proxies,  # the application knows which to believe
            ident=None,
        )
        jobs.start()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _when_told(health.stopping))
        threading.Thread(target=_warm_up, args=(house,), daemon=True).start()
        ready(settings.base or f"http://{settings.host}:{settings.port}")
        _serve(lines, health.stopping)
        _finish(lines, NOTICE_SECONDS if settings.proxies else LAST_SECONDS)
        server.task_dispatcher.shutdown()
        wasyncore.close_all(lines)
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


def _serve(lines: dict[int, Any], stopping: threading.Event) -> None:
    while not stopping.is_set():
        wasyncore.loop(timeout=1, use_poll=True, map=lines, count=1)


def _finish(lines: dict[int, Any], notice: float) -> None:
    """Go on for so many seconds, then take no new lines and finish what is on those that are there."""
    until = time.monotonic() + notice
    while time.monotonic() < until:
        wasyncore.loop(timeout=0.1, use_poll=True, map=lines, count=1)
    for listening in [one for one in lines.values() if isinstance(one, BaseWSGIServer)]:
        wasyncore.dispatcher.close(listening)
    until = time.monotonic() + FINISH_SECONDS
    while time.monotonic() < until and any(_busy(one) for one in lines.values()):
        wasyncore.loop(timeout=0.1, use_poll=True, map=lines, count=1)


def _busy(line: Any) -> bool:
    """Say whether something is coming in on a line, is being answered or still has to go out."""
    return isinstance(line, Line) and bool(line.requests or line.request is not None or line.total_outbufs_len)


def _when_told(stopping: threading.Event) -> Callable[[int, FrameType | None], None]:
    """Return what a signal does: the first one asks to stop, a second one ends the process."""

    def told(number: int, frame: FrameType | None) -> None:
        stopping.set()
        for one in (signal.SIGTERM, signal.SIGINT):
            signal.signal(one, signal.SIG_DFL)

    return told
