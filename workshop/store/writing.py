"""One writer and many readers, on whichever engine: a write is acknowledged when its transaction is on disk.

Many requests at once share one commit (group commit), each inside a savepoint of its own. That keeps sixty phones
quick on a slow disk, and lets domain functions read, think and write without anybody in between: whoever begins to
write holds the lock of the whole store until the commit, in this process and in others. History is in the order of its
keys, so whoever holds the lock first makes sure that its own keys come after those of others, whatever its clock says.
"""

from __future__ import annotations

import queue
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from workshop import ids
from workshop.errors import StoreUnusable
from workshop.store.tx import Tx

P = ParamSpec("P")
T = TypeVar("T")
BATCH = 64


class _Work:
    """One write that waits for its commit."""

    def __init__(self, run: Callable[[Tx], Any]) -> None:
        self.run = run
        self.done = threading.Event()
        self.result: Any = None
        self.error: BaseException | None = None


class Store(ABC):
    """An open store. Close it with `close()`; other processes may open the same one."""

    def __init__(self) -> None:
        self._work: queue.Queue[_Work | None] = queue.Queue()
        self._thread = threading.Thread(target=self._serve, name="store-writer", daemon=True)
        self.on_commit: Callable[[int, float], None] = _unheard
        """Hears how many writes shared a commit and how many seconds it took, waiting for other processes included."""

    def write(self, work: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a domain function that may change things; return its result after it is on disk.

        Raises whatever the function raises (nothing of it is kept then), or `StoreFull` when the
        disk is full.
        """
        if not self._thread.is_alive():
            raise StoreUnusable("The store is closed.")
        item = _Work(lambda tx: work(tx, *args, **kwargs))
        self._work.put(item)
        item.done.wait()
        if item.error is not None:
            raise item.error
        result: T = item.result
        return result

    def read(self, look: Callable[Concatenate[Tx, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a domain function that only looks, on one snapshot of the store."""
        with self.reading() as tx:
            return look(tx, *args, **kwargs)

    @abstractmethod
    def reading(self) -> AbstractContextManager[Tx]:
        """Give a transaction that sees one snapshot and refuses to write."""

    @abstractmethod
    def forget(self) -> None:
        """Let words erased from the store be in no file of it any more; busy now, the next time will do."""

    @abstractmethod
    def copy_to(self, path: Path) -> None:
        """Write a whole, consistent copy of the store to a new SQLite file."""

    @abstractmethod
    def sound(self) -> bool:
        """Say whether the engine finds the store whole."""

    def close(self) -> None:
        """Finish what was asked, then close. Calling it twice does nothing more."""
        if self._thread.is_alive():
            self._work.put(None)
            self._thread.join()
            self._let_go()

    @abstractmethod
    def _let_go(self) -> None:
        """Close every connection."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Tx]:
        """Hold the lock of the whole store in a transaction: commit at the end, roll back on any error."""

    @abstractmethod
    def _savepoint(self) -> AbstractContextManager[None]:
        """Keep what happens inside, or on any error nothing of it."""

    @abstractmethod
    def _given_up(self) -> bool:
        """Say whether the engine gave up the whole transaction, and not only what was asked last."""

    @abstractmethod
    def _named(self, error: BaseException) -> BaseException:
        """Return an error of the engine as one of ours, when it is one that people can do something about."""

    def _serve(self) -> None:
        while True:
            first = self._work.get()
            if first is None:
                return
            batch, last = [first], False
            while len(batch) < BATCH:
                try:
                    more = self._work.get_nowait()
                except queue.Empty:
                    break
                if more is None:
                    last = True
                    break
                batch.append(more)
            self._commit(batch)
            if last:
                return

    def _commit(self, batch: list[_Work]) -> None:
        began = time.perf_counter()
        try:
            with self._writing() as tx:
                ids.after(tx.newest.key() or "")
                for item in batch:
                    self._attempt(tx, item)
        except BaseException as error:
            for item in batch:
                item.error = self._named(error)
        finally:
            for item in batch:
                item.done.set()
            self.on_commit(len(batch), time.perf_counter() - began)

    def _attempt(self, tx: Tx, item: _Work) -> None:
        try:
            with self._savepoint():
                item.result = item.run(tx)
        except BaseException as error:
            item.error = self._named(error)
            if self._given_up():
                raise


def _unheard(writes: int, seconds: float) -> None:
    """Let nobody hear of it."""
