"""The engines of a grown installation, started for a measurement from what is installed, and stopped after it.

PostgreSQL keeps its promise here: every commit reaches the disk, as it would for people. Redis only nudges and keeps
nothing; the object storage is moto's server from PyPI, which says nothing about the speed of a real one.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from workshop.errors import Refused

WAIT_S: Final = 60
BUCKET: Final = "meting"


@dataclass(frozen=True)
class Engines:
    """What a server is told by its environment, and the processes that work for it beside itself."""

    store: str = ""
    files: str = ""
    queue: str = ""
    processes: tuple[int, ...] = ()

    @property
    def environment(self) -> list[str]:
        """Return the settings as `NAME=value`, those that are empty too: nothing is taken over from the caller's."""
        pairs = (("STORE", self.store), ("FILES", self.files), ("QUEUE", self.queue))
        return [f"WERKPLAATS_{name}={value}" for name, value in pairs]


@contextmanager
def started() -> Iterator[Engines]:
    """Start PostgreSQL, Redis and an S3 server on loopback. Raises `Refused('no_engine')` naming what is missing."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="werkplaats-bench-")))
        store, database = stack.enter_context(_postgres(folder / "postgres"))
        port = free_port()
        redis = stack.enter_context(_redis(port))
        bucket_port = free_port()
        s3 = stack.enter_context(_s3(bucket_port))
        files = f"s3+http://key:secret-secret@127.0.0.1:{bucket_port}/{BUCKET}"
        yield Engines(store, files, f"redis://127.0.0.1:{port}/0", (database, redis, s3))


def free_port() -> int:
    """Return a port of loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def listening(port: int) -> bool:
    """Say whether somebody answers at a port of loopback."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def _postgres(folder: Path) -> Iterator[tuple[str, int]]:
    """Run PostgreSQL; it refuses to be root, and then runs as its own user."""
    programs = _programs()
    folder.mkdir()
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        who = {"user": "postgres"}
        folder.parent.chmod(0o711)
        shutil.chown(folder, "postgres")
    data, port = str(folder / "data"), str(free_port())
    made = [str(programs / "initdb"), "-D", data, "-U", "meting", "-A", "trust", "--locale=C.UTF-8", "--lc-collate=C"]
    subprocess.run(made, check=True, capture_output=True, cwd="/", **who)
    command = [str(programs / "postgres"), "-D", data, "-h", "127.0.0.1", "-p", port]
    with _running([*command, "-c", "unix_socket_directories="], lambda: _answers(programs, port), **who) as process:
        yield f"postgresql://meting@127.0.0.1:{port}/postgres", process


def _answers(programs: Path, port: str) -> bool:
    ready = [str(programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", port]
    return subprocess.run(ready, check=False).returncode == 0


def _programs() -> Path:
    """Return the folder of PostgreSQL's programs; Debian has one for each version."""
    there = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(shutil.which("initdb") or "")]
    if not there[-1].is_file():
        raise Refused("no_engine", "PostgreSQL is not here. Install it (apt install postgresql), or give --store.")
    return there[-1].parent


@contextmanager
def _redis(port: int) -> Iterator[int]:
    program = shutil.which("redis-server")
    if not program:
        raise Refused("no_engine", "Redis is not here. Install it (apt install redis-server), or give --queue.")
    command = [program, "--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no"]
    with _running(command, lambda: listening(port)) as process:
        yield process


@contextmanager
def _s3(port: int) -> Iterator[int]:
    program = Path(sys.executable).with_name("moto_server")
    if not program.is_file():
        raise Refused("no_engine", "No S3 server is here. Use pip install 'moto[s3,server]', or give --files.")
    with _running([str(program), "-H", "127.0.0.1", "-p", str(port)], lambda: listening(port)) as process:
        wanted = urllib.request.Request(f"http://127.0.0.1:{port}/{BUCKET}", method="PUT")
        urllib.request.urlopen(wanted, timeout=WAIT_S).close()  # noqa: S310 (our own server on loopback)
        yield process


@contextmanager
def _running(command: list[str], ready: Callable[[], bool], **how: Any) -> Iterator[int]:
    """Run a program until the end of the block; give its process id once it is ready."""
    how |= {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    with subprocess.Popen(command, **how) as process:
        try:
            until = time.monotonic() + WAIT_S
            while not ready():
                if process.poll() is not None or time.monotonic() > until:
                    raise Refused("no_engine", f"{Path(command[0]).name} did not start.")
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
