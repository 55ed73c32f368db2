"""A heartbeat beside the work: whoever holds something says that it is still there, also while a child is busy."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from workshop.domain.leases import BEAT_SECONDS, Lost
from workshop.errors import WerkplaatsError

log = logging.getLogger("werkplaats.beating")


@contextmanager
def beating(beat: Callable[[], object], every: float = BEAT_SECONDS) -> Iterator[None]:
    """Call `beat` every so many seconds while the block runs, in a thread of its own, until it raises `Lost`.

    A store that does not answer for a moment ends nothing: the next beat tries again.
    """
    stop = threading.Event()
    thread = threading.Thread(target=_beat, args=(beat, every, stop), name="beat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(beat: Callable[[], object], every: float, stop: threading.Event) -> None:
    while not stop.wait(every):
        try:
            beat()
        except Lost:
            return
        except WerkplaatsError as error:
            log.warning("A heartbeat was missed: %s", error)
        except Exception:
            log.exception("A heartbeat was missed.")
