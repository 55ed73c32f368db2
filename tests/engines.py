"""Real engines for tests: PostgreSQL, Redis and a server that speaks S3, on loopback, from Debian and PyPI packages.

Nothing is shared between test runs and nothing is left behind: each engine lives in a folder of its own, keeps nothing
safe on disk (that is what its makers test), and stops with the run. With `pytest --grown` every test marked `grown`
runs on all three, chosen by the environment, so that other processes of a test choose the same.
"""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
import pytest
import redis
from minio import Minio

from workshop.store import open_store

WAIT_SECONDS = 60
KEY, SECRET = "sleutel", "geheim-geheim"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add what only this project asks."""
    parser.addoption("--grown", action="store_true", help="run the tests marked grown on PostgreSQL, S3 and Redis")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what does not differ on other engines, when that is asked."""
    if config.getoption("--grown"):
        items[:] = [item for item in items if item.get_closest_marker("grown")]


class PostgresServer:
    """A PostgreSQL of our own; `address` ends before the name of a database."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._number = itertools.count(1)
        self._ready = ""

    def database(self) -> str:
        """Return the address of a new, empty database."""
        return self._made("template0")

    def installed(self) -> str:
        """Return the address of a new database in which all our tables are."""
        if not self._ready:
            self._ready = self.database()
            open_store(self._ready).close()
        return self._made(self._ready.rpartition("/")[2])

    def drop(self, address: str) -> None:
        """Remove a database, whoever still speaks to it."""
        self._do(f'drop database if exists "{address.rpartition("/")[2]}" with (force)')

    def _made(self, template: str) -> str:
        name = f"test{next(self._number)}"
        self._do(f"create database {name} template {template} lc_collate 'C' lc_ctype 'C.UTF-8'")
        return f"{self.address}/{name}"

    def _do(self, statement: str) -> None:
        with psycopg.connect(f"{self.address}/postgres", autocommit=True) as connection:
            connection.execute(statement)


class RedisServer:
    """A Redis of our own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._number = itertools.count()

    def queue(self) -> str:
        """Return the address of an empty database of it."""
        address = f"redis://127.0.0.1:{self.port}/{next(self._number) % 1000}"
        with redis.Redis.from_url(address) as client:
            client.flushdb()
        return address


class S3Server:
    """A server on loopback that speaks S3."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._number = itertools.count(1)

    def client(self) -> Minio:
        """Return whoever may do everything."""
        return Minio(f"127.0.0.1:{self.port}", KEY, SECRET, secure=False, region="us-east-1")

    def bucket(self) -> str:
        """Return the address of a new, empty bucket."""
        name = f"test{next(self._number)}"
        self.client().make_bucket(name)
        return f"s3+http://{KEY}:{SECRET}@127.0.0.1:{self.port}/{name}"


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """PostgreSQL, from Debian's package; it refuses to run as root, so then as its own user."""
    programs = _programs()
    with _folder("postgres") as folder:
        who: dict[str, Any] = {"user": "postgres"} if os.geteuid() == 0 else {}
        said = folder.parent / f"{folder.name}.log"
        data = str(folder / "data")
        initdb = [str(programs / "initdb"), "-D", data, "-U", "test", "-A", "trust", "--locale=C.UTF-8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, cwd="/", **who)
        port = free_port()
        quick = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=300"]
        options = [part for one in [*quick, "unix_socket_directories="] for part in ("-c", one)]
        command = [str(programs / "postgres"), "-D", data, "-h", "127.0.0.1", "-p", str(port), *options]
        with said.open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log, cwd="/", **who) as process:
            server = PostgresServer(f"postgresql://test@127.0.0.1:{port}")
            try:
                _until(lambda: psycopg.connect(f"{server.address}/postgres").close(), process, said)
                yield server
            finally:
                process.send_signal(2)  # quick, and in order
        said.unlink(missing_ok=True)


@pytest.fixture(scope="session")
def redis_server() -> Iterator[RedisServer]:
    """Redis, from Debian's package."""
    with _folder("redis") as folder:
        server = RedisServer(free_port())
        command = [
            "redis-server",
            "--port",
            str(server.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--databases",
            "1000",
        ]
        with _started([*command, "--dir", str(folder)], folder, server.queue):
            yield server


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """moto's server, from PyPI: S3 as far as our library can see."""
    with _folder("s3") as folder:
        server = S3Server(free_port())
        program = Path(sys.executable).with_name("moto_server")
        command = [str(program), "-H", "127.0.0.1", "-p", str(server.port)]
        with _started(command, folder, lambda: socket.create_connection(("127.0.0.1", server.port)).close()):
            yield server


@pytest.fixture(autouse=True)
def _engines(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have every process of a test use the three engines, when that is asked."""
    if not request.config.getoption("--grown"):
        yield
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    address = server.installed()
    monkeypatch.setenv("WERKPLAATS_STORE", address)
    monkeypatch.setenv("WERKPLAATS_FILES", request.getfixturevalue("s3_server").bucket())
    monkeypatch.setenv("WERKPLAATS_QUEUE", request.getfixturevalue("redis_server").queue())
    yield
    server.drop(address)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def _folder(name: str) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix=f"werkplaats-{name}-"))
    if name == "postgres" and os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _started(command: list[str], folder: Path, try_it: Callable[[], object]) -> Iterator[None]:
    said = folder / "log"
    with said.open("wb") as log, subprocess.Popen(command, stdout=log, stderr=log) as process:
        try:
            _until(try_it, process, said)
            yield
        finally:
            process.kill()


def _until(try_it: Callable[[], object], process: subprocess.Popen[bytes], said: Path) -> None:
    """Try until it works."""
    until = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            try_it()
        except Exception:
            if process.poll() is not None or time.monotonic() > until:
                pytest.fail(f"{process.args!r} did not start:\n{said.read_text()[-2000:]}")
            time.sleep(0.1)
        else:
            return


def _programs() -> Path:
    """Return the folder with PostgreSQL's programs; Debian keeps each version in one of its own."""
    there = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    found = there[-1] if there else shutil.which("initdb")
    if not found:
        pytest.fail("PostgreSQL is not here. Run bin/prepare tests.")
    return Path(found).parent
