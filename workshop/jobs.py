"""Background work: the row is the truth, the queue only nudges.

A print order is a row, and so is a stack of paper. Hands take what has its turn, whoever nudged them, and look at the
rows every two seconds although nobody did; so a killed process loses nothing and does nothing twice. One process at a
time keeps the house tidy: it erases what makers took away, on the pictures of their pages too, and the names of
workshops that ended. Once an hour one sweeps away files that nobody speaks of.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from workshop import ending, erasing, measuring, organisation_erasing, sweeping, tasks
from workshop.beating import beating
from workshop.domain import endings, forgetting, misses, own_parcels, photographed, quotas, work
from workshop.domain.leases import Lost
from workshop.domain.orders import Order
from workshop.domain.stacks import Stack
from workshop.errors import WerkplaatsError
from workshop.house import House
from workshop.nudges import Nudges

log = logging.getLogger("werkplaats.jobs")
SWEEP_SECONDS = 2.0
SEEN_SECONDS = 20.0
"""How often a worker says that it is there."""
REST_SECONDS = 10.0
"""How long a chore that stumbled is left alone."""
GRACE_SECONDS = 5.0
"""How long what is being done may take to end well when we stop; then it is given back."""
EMBEDDED = 2
"""Pieces of work at the same time inside `serve`, with one child that reads and one that prints."""


class Jobs:
    """The background work of one process: it only nudges, or it works too.

    It works with `at_once`, as many pieces at the same time, each with children of its own. Without it, it works only
    when no queue is set: then nobody else may be there to do it.
    """

    def __init__(self, house: House, at_once: int | None = None) -> None:
        self._house = house
        self._name = f"{socket.gethostname()}:{os.getpid()}"
        self._nudges = Nudges(house.settings)
        self._stop = threading.Event()
        self._halves_at = 0.0
        self._hands: list[_Hand] = []
        if at_once:
            self._hands = [_Hand(_apart(house), self._nudges, self._stop) for _ in range(at_once)]
        elif not house.settings.queue:
            self._hands = [_Hand(house, self._nudges, self._stop) for _ in range(EMBEDDED)]
        self._keeper = threading.Thread(target=self._keep_house, name="keeper", daemon=True)

    def start(self) -> None:
        """Start working: first whatever an earlier process left undone."""
        self._nudges.start()
        for hand in self._hands:
            hand.start()
        self._keeper.start()

    def nudge(self) -> None:
        """Say that there is something to print or to read."""
        self._nudges.ring()

    def stop(self) -> None:
        """Stop within seconds: what cannot be ended in that time is given back, and is no attempt."""
        self._stop.set()
        self._nudges.stop()
        until = time.monotonic() + GRACE_SECONDS
        for hand in self._hands:
            hand.end(until)
        if self._keeper.is_alive():
            self._keeper.join(GRACE_SECONDS)

    def _keep_house(self) -> None:
        if not self._hands:
            self._again_and_again(self._forget_faces, self._forget_halves)
            return
        with beating(self._say_so, SEEN_SECONDS):
            self._try(self._say_so)
            self._again_and_again(self._forget_faces, self._forget_halves, self._tidy_in_turn, self._sweep_in_turn)
        self._try(self._go_home)

    def _again_and_again(self, *chores: Callable[[], None]) -> None:
        while not self._stop.wait(SWEEP_SECONDS):
            for chore in chores:
                self._try(chore)

    def _forget_faces(self) -> None:
        ending.forget_faces(self._house)

    def _forget_halves(self) -> None:
        """Delete what processes that were killed left on this machine, once an hour; only we can reach it."""
        if time.monotonic() >= self._halves_at:
            self._halves_at = time.monotonic() + work.EVERY["sweep"]
            self._house.files.sweep(sweeping.UNSENT_HOURS)

    def _go_home(self) -> None:
        self._house.store.write(work.left, self._name)

    def _say_so(self) -> None:
        self._house.store.write(work.seen, self._name)

    def _try(self, chore: Callable[[], None]) -> None:
        try:
            chore()
        except WerkplaatsError as error:
            log.warning("A chore was left, and is tried again in a moment: %s", error)
            self._stop.wait(REST_SECONDS)
        except Exception:
            log.exception("A chore was left; it is tried again in a moment.")
            self._stop.wait(REST_SECONDS)

    def _tidy_in_turn(self) -> None:
        if self._house.store.read(work.untidy) or self._house.store.read(endings.undone):
            self._in_turn("tidy", self._tidy)

    def _sweep_in_turn(self) -> None:
        if self._house.store.read(work.untidy, "sweep"):
            self._in_turn("sweep", lambda: sweeping.sweep(self._house))

    def _in_turn(self, chore: work.Chore, do: Callable[[], None]) -> None:
        """Do a chore unless somebody else is at it."""
        if self._house.store.write(work.begin_tidying, self._name, chore):
            with beating(lambda: self._house.store.write(work.still_tidying, self._name, chore)):
                do()
            self._house.store.write(work.tidied, self._name, chore)

    def _tidy(self) -> None:
        self._house.files.reach()  # else a row would forget a file that is still there
        ending.erase_asked(self._house)
        organisation_erasing.erase_asked(self._house)
        for name in self._house.store.write(forgetting.erase_due):
            self._house.files.remove(name)
        erasing.erase_paper(self._house)
        for name in self._house.store.write(own_parcels.forget):
            self._house.files.remove(name)
        measuring.measure(self._house)
        self._house.store.write(quotas.read_on)
        self._house.store.write(misses.forget)
        self._house.store.write(photographed.forget_devices)
        self._house.store.forget()


class _Hand:
    """Does one piece of work at a time, of whoever has a turn; prints and stacks by turns too."""

    def __init__(self, house: House, nudges: Nudges, stop: threading.Event) -> None:
        self._house, self._nudges, self._stop = house, nudges, stop
        self._piece: Order | Stack | None = None
        self._thread = threading.Thread(target=self._work, name="hand", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._thread.start()

    def end(self, until: float) -> None:
        """End by this moment of the monotonic clock; what is not ready by then is given back, and its child killed."""
        if self._thread.ident is None:
            return
        self._thread.join(max(0.0, until - time.monotonic()))
        if not self._thread.is_alive():
            return
        if piece := self._piece:
            with suppress(Lost):
                tasks.let_go(self._house, piece)
        for child in (self._house.press, self._house.scan):
            child.halt()
        self._thread.join(1.0)

    def _work(self) -> None:
        last: work.Kind = "read"
        while not self._stop.is_set():
            try:
                self._piece = tasks.claim(self._house, "print" if last == "read" else "read")
                if self._piece is None:
                    self._nudges.hear(SWEEP_SECONDS, self._stop)
                    continue
                last = "print" if isinstance(self._piece, Order) else "read"
                tasks.do(self._house, self._piece, self._stop.is_set)
            except WerkplaatsError as error:
                log.warning("%s It is tried again in a moment.", error)
                self._stop.wait(SWEEP_SECONDS)
            except Exception:
                log.exception("Work stumbled; it is tried again in a moment.")
                self._stop.wait(SWEEP_SECONDS)
            finally:
                self._piece = None


def _apart(house: House) -> House:
    """Return the same house with children of its own to print and to read."""
    return replace(house, press=house.press.another(), scan=house.scan.another())
