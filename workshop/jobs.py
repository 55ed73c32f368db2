"""Background work: the row is the truth, the queue only nudges.

A print order is a row, and so is a stack of paper. Huey carries nothing but its key, and a sweeper sends every
row that is still undone, so a killed process loses nothing and does nothing twice. The sweeper also erases what
makers took away, on the pictures of their pages too, the names of workshops that ended, and what was never sent.
"""

from __future__ import annotations

import logging
import threading

from huey import SqliteHuey
from huey.consumer import Consumer

from workshop import ending, erasing, tasks
from workshop.domain import endings, forgetting, misses, orders, own_parcels, photographed, stacks
from workshop.house import House

log = logging.getLogger("werkplaats.jobs")
SWEEP_SECONDS = 2.0
UNSENT_HOURS = 48  # as long as a phone keeps an idea that it could not send


class _Embedded(Consumer):  # type: ignore[misc]
    """Huey's consumer inside our own process: signals stay with the server."""

    def _set_signal_handlers(self) -> None:
        pass


class Jobs:
    """The queue of one house, with its worker and its sweeper."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._huey = SqliteHuey("werkplaats", filename=str(house.settings.data / "queue.db"), results=False)
        self._print = self._huey.task(name="print_order")(lambda order_id: tasks.print_order(house, order_id))
        self._read = self._huey.task(name="read_stack")(lambda stack_id: tasks.read_stack(house, stack_id))
        self._stop = threading.Event()
        self._consumer: _Embedded | None = None
        self._sweeper = threading.Thread(target=self._sweep, name="sweeper", daemon=True)

    def start(self) -> None:
        """Start working: first whatever an earlier process left undone."""
        self._huey.storage.flush_queue()  # only nudges were in it; the sweeper sends what is undone
        self._consumer = _Embedded(self._huey, workers=2, max_delay=0.5, check_worker_health=False)
        self._consumer.start()
        self._sweeper.start()

    def nudge(self, order_id: str) -> None:
        """Ask for this order to be printed soon."""
        self._print(order_id)

    def nudge_stack(self, stack_id: str) -> None:
        """Ask for this stack to be read soon."""
        self._read(stack_id)

    def stop(self) -> None:
        """Stop after what is being done now."""
        self._stop.set()
        if self._consumer is not None:
            self._consumer.stop(graceful=True)
            self._sweeper.join()

    def _sweep(self) -> None:
        rounds = 0
        while not self._stop.wait(SWEEP_SECONDS):
            try:
                if not self._huey.pending_count():
                    for order_id in self._house.store.read(orders.undone):
                        self.nudge(order_id)
                    for stack_id in self._house.store.read(stacks.undone):
                        self.nudge_stack(stack_id)
                if rounds % 30 == 0 or self._house.store.read(endings.undone):
                    self._tidy()
            except Exception:
                log.exception("The sweeper stumbled; it tries again in a moment.")
            rounds += 1

    def _tidy(self) -> None:
        ending.erase_asked(self._house)
        for name in self._house.store.write(forgetting.erase_due):
            self._house.files.remove(name)
        erasing.erase_paper(self._house)
        self._house.files.sweep(UNSENT_HOURS)
        for kind in ("jpg", "scan", "pdf", "zip"):
            for name in self._house.store.read(forgetting.unused, self._house.files.older(kind, UNSENT_HOURS)):
                self._house.files.remove(name)
        for name in self._house.store.write(own_parcels.forget):
            self._house.files.remove(name)
        self._house.store.write(misses.forget)
        self._house.store.write(photographed.forget_devices)
        self._house.store.forget()
