"""Work that might explode runs apart: in a child process with a ceiling on memory and time.

Pictures from strangers and pages of print go through here. A child that takes too long is killed and the
next piece of work gets a fresh one; the server does not notice.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

from workshop.errors import WerkplaatsError

P = ParamSpec("P")
T = TypeVar("T")


START_SECONDS = 60.0  # starting is not work: a busy machine may take long over it


class Overdone(WerkplaatsError):
    """The work took too much time or memory, or its process died; nothing was changed."""


class Apart:
    """One child process that does one thing at a time, started when first needed."""

    def __init__(self, *, megabytes: int, seconds: float) -> None:
        self._megabytes, self._seconds = megabytes, seconds
        self._lock = threading.Lock()
        self._child: multiprocessing.process.BaseProcess | None = None
        self._line: Connection | None = None
        self._halted = False

    def another(self) -> Apart:
        """Return one with the same ceilings and a child of its own."""
        return Apart(megabytes=self._megabytes, seconds=self._seconds)

    def halt(self) -> None:
        """Stop for good, also in the middle of work: that raises `Overdone`, and so does whatever is asked later."""
        self._halted = True
        if child := self._child:
            child.kill()

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a module-level function in the child; return its result or raise its error.

        Raises `Overdone` when the child passes its ceiling in memory (MB) or time (seconds).
        """
        return self._run(work, args, kwargs, None)

    def _run(self, work: Callable[..., T], args: Any, kwargs: Any, tell: Callable[[object], None] | None) -> T:
        with self._lock:
            try:
                line = self._ready()
                line.send((work, args, kwargs, tell is not None))
                until = time.monotonic() + self._seconds
                fine: bool | None = None
                while fine is None:
                    if not line.poll(max(0.0, until - time.monotonic())):
                        raise Overdone(f"It took longer than {self._seconds:.0f} seconds.")
                    fine, value = line.recv()
                    if fine is None and tell:
                        tell(value)
            except (EOFError, OSError, Overdone) as error:
                self._stop()
                if isinstance(error, Overdone):
                    raise
                raise Overdone("It was stopped." if self._halted else "It needed too much memory.") from error
        if fine:
            result: T = value
            return result
        raise value

    def run_telling(self, tell: Callable[[object], None], work: Callable[..., T], *args: object, **kwargs: object) -> T:
        """Run a function that takes a keyword `tell`; whatever it tells on its way is told here. Else as `run`."""
        return self._run(work, args, kwargs, tell)

    def close(self) -> None:
        """Stop the child."""
        with self._lock:
            self._stop()

    def _ready(self) -> Connection:
        if self._line is None or self._child is None or not self._child.is_alive():
            self._stop()
            context = multiprocessing.get_context("spawn")
            self._line, far = context.Pipe()
            self._child = context.Process(target=_serve, args=(far, self._megabytes), daemon=True)
            self._child.start()
            far.close()
            if not self._line.poll(START_SECONDS):
                raise Overdone("The child process did not start.")
            self._line.recv()
        if self._halted:
            raise Overdone("It was stopped.")
        return self._line

    def _stop(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child = None
        if self._line is not None:
            self._line.close()
            self._line = None


def _serve(line: Connection, megabytes: int) -> None:
    with contextlib.suppress(ImportError, ValueError):  # Windows has no limits; there only time counts
        import resource

        ceiling = megabytes * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (ceiling, ceiling))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which finishes what it asked us first
    line.send("ready")
    while True:
        try:
            work, args, kwargs, telling = line.recv()
        except EOFError:
            return
        try:
            more = {"tell": lambda told: line.send((None, told))} if telling else {}
            answer = (True, work(*args, **kwargs, **more))
        except MemoryError:
            answer = (False, Overdone("It needed too much memory."))
        except Exception as error:
            answer = (False, error)
        try:
            line.send(answer)
        except Exception as error:
            line.send((False, WerkplaatsError(f"{type(error).__name__}: {error}")))
