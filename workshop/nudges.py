"""Nudges: whoever stores work rings, and whoever is free hears it. Nothing depends on it, rows are looked at anyway.

A nudge says only that there is something; whose turn it is, the rows say. Without the setting `queue` nudges lie in a
file beside the store, with it in Redis. No request waits for either: ringing is done by a thread of its own.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import Any, Final, TypeVar

from huey.storage import BaseStorage, RedisStorage, SqliteStorage

from workshop.errors import Refused, WerkplaatsError
from workshop.settings import Settings

log = logging.getLogger("werkplaats.nudges")
T = TypeVar("T")
NUDGE: Final = b"work"
MOST: Final = 100
"""Nudges that lie there at most: one that nobody hears is no use, and more only cost room."""
LOOK_SECONDS: Final = 0.5
ANSWER_SECONDS: Final = 2.0
"""How long Redis may take over an answer."""


class Nudges:
    """The bell of an installation. Raises `Refused('queue')` when its setting cannot be used."""

    def __init__(self, settings: Settings) -> None:
        self._lies: BaseStorage = _storage(settings)
        self._blocks = bool(settings.queue)
        self._rings: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._away = False
        self._thread = threading.Thread(target=self._send, name="nudges", daemon=True)

    def start(self) -> None:
        """Begin to send what is rung."""
        self._thread.start()

    def stop(self) -> None:
        """Send what was rung, and stop; one that does not get through is swept."""
        if self._thread.is_alive():
            self._rings.put(False)
            self._thread.join(ANSWER_SECONDS)

    def ring(self) -> None:
        """Say that there is something to do; comes back at once."""
        self._rings.put(True)

    def hear(self, seconds: float, stop: threading.Event) -> None:
        """Wait until somebody rings, at most so many seconds, or until `stop`."""
        until = time.monotonic() + seconds
        while not stop.is_set() and time.monotonic() < until:
            if self._attempt(self._lies.dequeue):
                return
            if self._away or not self._blocks:
                stop.wait(min(LOOK_SECONDS, max(0.0, until - time.monotonic())))

    def _send(self) -> None:
        while self._rings.get():
            if (self._attempt(self._lies.queue_size) or 0) < MOST:
                self._attempt(lambda: self._lies.enqueue(NUDGE))

    def _attempt(self, do: Callable[[], T]) -> T | None:
        """Do something with where nudges lie; say once that it does not answer, and once that it does again."""
        try:
            done = do()
        except Exception as error:
            if not self._away:
                log.warning("The queue does not answer (%s). Nothing is lost: workers look at the rows.", error)
            self._away = True
            return None
        if self._away:
            log.warning("The queue answers again.")
        self._away = False
        return done


def answers(settings: Settings) -> int:
    """Return how many nudges lie in Redis; raises `WerkplaatsError` with what to do when it does not answer."""
    lies = _storage(settings)
    try:
        return int(lies.queue_size())
    except Exception as error:
        raise WerkplaatsError(
            f"Redis does not answer ({error}). Nothing is lost, work begins a moment later. "
            "Start it, or mend the setting queue."
        ) from error


def _storage(settings: Settings) -> BaseStorage:
    if not settings.queue:
        lies = SqliteStorage("werkplaats", filename=str(settings.data / "queue.db"))
        lies.flush_queue()
        return lies
    try:
        import redis
    except ImportError:
        raise Refused("queue", "The setting queue needs Redis. Run: pip install 'werkplaats[grown]'.") from None
    patience: dict[str, Any] = {"socket_connect_timeout": ANSWER_SECONDS, "socket_timeout": ANSWER_SECONDS}
    try:
        pool = redis.ConnectionPool.from_url(settings.queue, retry=None, **patience)
    except ValueError as error:
        raise Refused("queue", f"The setting queue cannot be used: {error}. Give redis://host:6379/0.") from None
    return RedisStorage("werkplaats", connection_pool=pool, read_timeout=1)
