"""One command serves everything: waitress with 32 threads, and the background work beside it.

waitress takes a whole request in before it gives it a thread, so thirty slow phones do not keep the
others waiting.
"""

from __future__ import annotations

import contextlib
import signal
import socket
import threading
from collections.abc import Callable
from types import FrameType

from waitress import create_server

from print import documents
from print.documents import Item
from workshop import create_app, pictures
from workshop.errors import Refused, WerkplaatsError
from workshop.house import House
from workshop.jobs import Jobs
from workshop.settings import Settings


def serve_until_stopped(settings: Settings, ready: Callable[[str], None]) -> None:
    """Serve until Ctrl-C or SIGTERM; `ready` gets the address once it listens. Raises `Refused('port')`."""
    check_port(settings)
    house = House.open(settings)
    app = create_app(settings, house)
    jobs = Jobs(house)
    app.extensions["werkplaats-jobs"] = jobs
    try:
        server = create_server(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
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
