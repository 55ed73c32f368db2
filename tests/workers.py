"""Workers for tests: real processes of `werkplaats worker` with short leases, to kill, to pause and to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from io import BytesIO

from PIL import Image

from workshop import reading
from workshop.domain.stacks import Stack
from workshop.domain.workshops import Workshop
from workshop.house import House

LEASE = 3.0
PATIENCE = 180.0
BEGUN = """
import sys
import workshop.domain.leases as leases
leases.LEASE_SECONDS, leases.BEAT_SECONDS = {lease}, 0.5
from workshop import jobs
jobs.GRACE_SECONDS, jobs.SWEEP_SECONDS = 0.5, 0.3
{more}
from workshop.cli import main
main(["worker", "--data", sys.argv[1]])
"""


class Worker:
    """A worker in a process of its own. `more` is Python that runs in it before it begins."""

    def __init__(self, house: House, more: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", BEGUN.format(lease=LEASE, more=more), str(house.settings.data)],
            env={**os.environ, "WERKPLAATS_QUEUE": house.settings.queue, "WERKPLAATS_STORE": house.settings.store},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        late = threading.Timer(PATIENCE, self.process.kill)
        late.start()
        said = self.process.stdout.readline()
        late.cancel()
        assert said, "the worker did not begin"

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self.process.send_signal(number)

    def kill(self) -> None:
        """End it as a power cut does."""
        self.process.kill()
        self._gone()

    def stop(self) -> int:
        """Ask it to stop; return its exit code."""
        self.send(signal.SIGTERM)
        return self._gone()

    def _gone(self) -> int:
        self.process.communicate(timeout=PATIENCE)
        return self.process.returncode


def until(ready: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not ready():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def empty_pages(count: int, number: int = 0) -> bytes:
    """Return a PDF of so many small, empty pages; another number is another file."""
    pages = [Image.new("L", (210, 297 + number), "white") for _ in range(count)]
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=25)
    return out.getvalue()


def brought(house: House, workshop: Workshop, pages: int, number: int = 0) -> Stack:
    """Bring in a stack of so many empty pages."""
    file = ("stapel.pdf", BytesIO(empty_pages(pages, number)))
    return reading.bring(house, workshop.id, None, "stack", [file])
