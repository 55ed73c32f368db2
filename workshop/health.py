"""Whether this process lives, and whether it can take in work: for the proxy, and for whoever keeps machines running.

`/health/live` touches nothing: it fails only when the process should be started anew. `/health/ready` says no as soon
as the process was told to stop, or when it cannot read or write the store: then a proxy sends people elsewhere. When
pictures cannot be kept it says so and stays ready: words still come in, and no other process could do better.
Nothing here says more than `ok` or `not`.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from typing import Final

from flask import Blueprint, Flask, Response, abort, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from workshop import ids
from workshop.domain import workshops
from workshop.house import House, house
from workshop.metrics import TYPE, Metrics
from workshop.store import Tx

health = Blueprint("health", __name__)
WAIT_SECONDS: Final = 2.0
FRESH_SECONDS: Final = 1.0
BUSY_SECONDS: Final = 10.0
"""For so long an answer counts while the next one takes its time: a busy machine is no broken one."""
_NO_FILE: Final = "0" * 64 + ".jpg"
_NEEDED: Final = ("read", "write", "running")


class _Part:
    """One thing that has to answer, asked by at most one thread at a time: an engine that hangs holds no more."""

    def __init__(self, ask: Callable[[], object]) -> None:
        self._ask = ask
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._fine, self._known_at = False, float("-inf")

    def begin(self) -> None:
        """Ask, unless the last answer is fresh or still to come."""
        with self._lock:
            asked = self._thread is not None and self._thread.is_alive()
            if not asked and time.monotonic() - self._known_at > FRESH_SECONDS:
                self._thread = threading.Thread(target=self._run, name="health", daemon=True)
                self._thread.start()

    def fine(self, until: float) -> bool:
        """Say whether it answers before this moment of `time.monotonic()`."""
        if self._thread is not None:
            self._thread.join(max(0.0, until - time.monotonic()))
        return self._fine and time.monotonic() - self._known_at <= BUSY_SECONDS

    def _run(self) -> None:
        try:
            self._ask()
            fine = True
        except Exception:  # whatever it is: it does not answer
            fine = False
        self._fine, self._known_at = fine, time.monotonic()


class Health:
    """The parts of one process that have to answer. `stopping` is set from the moment it was told to stop."""

    def __init__(self, house: House) -> None:
        self.stopping = threading.Event()
        self._parts = {
            "read": _Part(lambda: house.store.read(workshops.hosts)),
            "write": _Part(lambda: house.store.write(_nothing)),
            "files": _Part(lambda: _reach(house)),
        }

    def report(self) -> dict[str, bool]:
        """Return each part and whether it answers, within two seconds."""
        until = time.monotonic() + WAIT_SECONDS
        for part in self._parts.values():
            part.begin()
        found = {name: part.fine(until) for name, part in self._parts.items()}
        return found | {"running": not self.stopping.is_set()}


def install(app: Flask) -> None:
    """Give an application its health and its counts, and their addresses."""
    app.extensions["werkplaats-health"] = Health(app.extensions["werkplaats"])
    app.extensions["werkplaats-metrics"] = Metrics(app.extensions["werkplaats"])
    app.register_blueprint(health)


@health.get("/health/live")
def live() -> ResponseReturnValue:
    """Say that this process answers."""
    return _plain(jsonify(live="ok"))


@health.get("/health/ready")
def ready() -> ResponseReturnValue:
    """Say whether this process can take in work: 200 or 503, and each part by itself."""
    here: Health = current_app.extensions["werkplaats-health"]
    found = here.report()
    fine = all(found[name] for name in _NEEDED)
    answer = _plain(jsonify({name: "ok" if one else "not" for name, one in found.items()}))
    answer.status_code = 200 if fine else 503
    return answer


@health.get("/metrics")
def metrics() -> ResponseReturnValue:
    """Give the counts to whoever knows the key; for everybody else there is nothing here."""
    key = house().settings.metrics_key
    kind, _, said = request.headers.get("Authorization", "").partition(" ")
    if not (key and kind.lower() == "bearer" and ids.same(said, key)):
        abort(404)
    here: Health = current_app.extensions["werkplaats-health"]
    counts: Metrics = current_app.extensions["werkplaats-metrics"]
    return _plain(Response(counts.page(here.report()), content_type=TYPE))


def _plain(answer: Response) -> Response:
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _reach(house: House) -> None:
    """Raise an error when pictures cannot be kept."""
    if not os.access(house.files.folder, os.W_OK):
        raise NotADirectoryError
    house.files.there(_NO_FILE)


def _nothing(tx: Tx) -> None:
    """Take the lock and give it back."""
