"""Others that take in short texts without an account and show them, each asked for the same work in its own way.

They come from PyPI into an environment that is thrown away afterwards, and run as their makers say: Isso under gunicorn
with 2×8 threads, Datasette with its own server. `hello` is the floor: a page of one word in Flask under waitress, which
stores nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.request
import venv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final

from workshop.bench_engines import free_port, listening
from workshop.bench_load import Ask, Contender

WORDS: Final = "We willen een bankje op de hoek van de straat, met een dak tegen de regen. Nummer {n}."
FORM: Final = f"idee={WORDS.replace(' ', '+')}&zien=group&sleutel=meting-sleutel-{{phone}}-{{n}}"
PAGES: Final = 10
WAIT_S: Final = 30
Missing = list[dict[str, Any]]
_HELLO: Final = """
import sys
from flask import Flask
from waitress import serve
app = Flask("hello")
app.add_url_rule("/", "hello", lambda: "hallo", methods=["GET", "POST"])
serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=32, connection_limit=1000)
"""


@contextmanager
def running(folder: Path, ideas: int) -> Iterator[tuple[list[Contender], Missing]]:
    """Run every peer that can be had, with so many texts in it; of the others say why not."""
    there: list[Contender] = []
    missing: Missing = []
    with ExitStack() as stack:
        for start in (_hello, _isso, _datasette):
            home = folder / start.__name__.strip("_")
            home.mkdir(parents=True)
            try:
                there.append(stack.enter_context(start(home, ideas)))
            except (OSError, subprocess.SubprocessError) as error:
                missing.append({"how": home.name, "reason": f"not here: {_why(error)}"})
        missing.append({"how": "wordpress", "reason": "not here: it needs a web server, PHP and MariaDB of its own"})
        yield there, missing


@contextmanager
def _hello(home: Path, ideas: int) -> Iterator[Contender]:
    port = free_port()
    with _serving([sys.executable, "-c", _HELLO, str(port)], port) as process:
        looks = Ask("GET", ["/"], [200])
        asks = {"wall": looks, "card": looks, "board": looks, "idea": Ask("POST", ["/"], [200], body=FORM)}
        yield Contender("hello", (f"127.0.0.1:{port}",), (process,), asks, 0)


@contextmanager
def _isso(home: Path, ideas: int) -> Iterator[Contender]:
    programs, port = _environment(home / "env", ["isso", "gunicorn"]), free_port()
    settings = home / "isso.cfg"
    settings.write_text(
        f"[general]\ndbpath = {home}/comments.db\nhost = http://127.0.0.1:{port}/\n[guard]\nenabled = false\n"
        "[moderation]\nenabled = false\n"
    )
    server = ["-w", "2", "--threads", "8", "-b", f"127.0.0.1:{port}", "isso.run:application"]
    with _serving(["/usr/bin/env", f"ISSO_SETTINGS={settings}", str(programs / "gunicorn"), *server], port) as process:
        pages = [f"/?uri=/kaart-{number}/" for number in range(PAGES)]
        sends = {"Content-Type": "application/json", "Origin": f"http://127.0.0.1:{port}"}
        new = [f"/new?uri=/kaart-{number}/" for number in range(PAGES)]
        said = json.dumps({"text": WORDS, "author": None, "email": None, "website": None, "parent": None, "title": "K"})
        idea = Ask("POST", new, [201, 202], sends, body=said)
        _filled(port, idea, ideas)
        looks = Ask("GET", pages, [200])
        asks = {"wall": looks, "card": looks, "board": looks, "idea": idea}
        yield Contender("isso", (f"127.0.0.1:{port}",), (process,), asks, ideas)


@contextmanager
def _datasette(home: Path, ideas: int) -> Iterator[Contender]:
    programs, port = _environment(home / "env", ["--pre", "datasette>=1.0a0"]), free_port()
    (home / "datasette.json").write_text(json.dumps({"permissions": {"insert-row": True, "create-table": True}}))
    run = [str(programs / "datasette"), "serve", str(home / "ideas.db"), "--create", "-p", str(port)]
    with _serving([*run, "-c", str(home / "datasette.json")], port) as process:
        sends = {"Content-Type": "application/json"}
        rows = [{"card": n % PAGES, "words": WORDS.replace("{n}", str(n))} for n in range(ideas)]
        first = json.dumps({"table": "idea", "rows": rows})
        _filled(port, Ask("POST", ["/ideas/-/create"], [201], sends, body=first), 1)
        one = json.dumps({"row": {"card": 1, "words": WORDS}})
        looks = Ask("GET", [f"/ideas/idea?card={number}" for number in range(PAGES)], [200])
        idea = Ask("POST", ["/ideas/idea/-/insert"], [201], sends, body=one)
        asks = {"wall": looks, "card": looks, "board": looks, "idea": idea}
        yield Contender("datasette", (f"127.0.0.1:{port}",), (process,), asks, ideas)


def _environment(folder: Path, packages: Sequence[str]) -> Path:
    """Make an environment with these packages; return the folder of its programs."""
    venv.create(folder, with_pip=True)
    install = [str(folder / "bin/python"), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages]
    subprocess.run(install, check=True, capture_output=True, text=True, timeout=300)
    return folder / "bin"


@contextmanager
def _serving(command: Sequence[str], port: int) -> Iterator[int]:
    """Run a server until the end of the block; give its process id once it answers. Raises `OSError`."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            until = time.monotonic() + WAIT_S
            while not listening(port):
                if process.poll() is not None or time.monotonic() > until:
                    raise OSError(f"{Path(command[0]).name} did not start")
                time.sleep(0.1)
            yield process.pid
        finally:
            process.terminate()


def _filled(port: int, ask: Ask, count: int) -> None:
    """Send the same request so often, each with its own number. Raises `OSError` when one is not taken in."""
    for number in range(count):
        path = ask.paths[number % len(ask.paths)]
        body = ask.body.replace("{n}", str(number)).encode()
        wanted = urllib.request.Request(f"http://127.0.0.1:{port}{path}", body, ask.headers, method=ask.method)
        with urllib.request.urlopen(wanted, timeout=WAIT_S) as answer:  # noqa: S310 (loopback)
            answer.read()


def _why(error: Exception) -> str:
    said = getattr(error, "stderr", "") or str(error)
    return str(said).strip().splitlines()[-1][:160] if str(said).strip() else type(error).__name__
