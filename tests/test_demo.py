"""The demo as a newcomer meets it: the real command, a real port, what it says, and what it does twice."""

from __future__ import annotations

import dataclasses
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

import pytest
from click.testing import CliRunner
from PIL import Image

from print import reader
from workshop import create_app, giving
from workshop import demo as demo_parts
from workshop.cli import main
from workshop.domain import facilitators, workshops
from workshop.house import House
from workshop.settings import Settings

WERKPLAATS = Path(sys.executable).with_name("werkplaats")
PATIENCE = 60  # seconds; a slow machine needs some ten to lay out the first deck
QUIET = {"PYTHONUNBUFFERED": "1", "PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "")}


@dataclass
class Demo:
    """A demo that runs: its process, and all it said until it was ready."""

    process: subprocess.Popen[str]
    said: str

    def after(self, label: str) -> str:
        """Return what stands behind a label."""
        found = re.search(rf"^{label}:\s+(.+)$", self.said, re.MULTILINE)
        assert found, f"it never said {label!r}: {self.said}"
        return found[1]

    @property
    def link(self) -> str:
        """Return the one-time sign-in link."""
        return self.after("For facilitators").split()[0]

    @property
    def paths(self) -> list[Path]:
        """Return where the printed decks are."""
        return [Path(path) for path in self.after("Printed deck").split(", ")]

    @property
    def idea_cards(self) -> Path:
        """Return where the printed idea cards are."""
        return Path(self.after("Idea cards"))


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("", 0))
        return int(probe.getsockname()[1])


def start(data: Path, port: int) -> Demo:
    """Start the demo and wait until it serves."""
    command = [str(WERKPLAATS), "demo", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=QUIET)
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if line.startswith("Werkplaats is at"):
            return Demo(process, said)
    raise AssertionError(f"the demo stopped by itself: {said}")


def stop(demo: Demo, *, kindly: bool = True) -> None:
    """End a demo with Ctrl-C's sister, or with kill -9."""
    (demo.process.terminate if kindly else demo.process.kill)()
    demo.process.wait(PATIENCE)
    assert demo.process.stdout
    demo.process.stdout.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """A demo in an empty folder."""
    running = start(tmp_path_factory.mktemp("demo") / "data", free_port())
    yield running
    stop(running)


def browser() -> OpenerDirector:
    """Return something that keeps cookies and follows redirects; it reaches this machine only."""
    return build_opener(ProxyHandler({}), HTTPCookieProcessor(CookieJar()))


def fetch(visitor: OpenerDirector, address: str, form: bytes | None = None) -> tuple[int, str, str]:
    """Return the status, final address and text of a page; `form` makes it a press of its button."""
    origin = "/".join(address.split("/")[:3]).lower()
    try:
        with visitor.open(Request(address, form, {"Origin": origin}), timeout=PATIENCE) as page:  # noqa: S310 (our own)
            return page.status, page.url, page.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.url, error.read().decode()


def qr_in(text: str) -> list[str]:
    """Return what a camera reads from the blocks a terminal shows, light letters on a dark ground."""
    rows = [line for line in text.splitlines() if line and set(line) <= set("█▀▄ \xa0")]
    top, bottom = set("█▀"), set("█▄")
    dots = [[sign in half for sign in row] for row in rows for half in (top, bottom)]
    picture = Image.new("L", (max(map(len, dots)), len(dots)), 0)
    picture.putdata([255 * dot for row in dots for dot in [*row, *[False] * (picture.width - len(row))]])
    return reader.codes(picture.resize((picture.width * 8, picture.height * 8), Image.Resampling.NEAREST))


def test_the_demo_says_where_the_deck_is_and_how_everybody_gets_in(demo: Demo) -> None:
    assert all(path.is_absolute() and path.read_bytes().startswith(b"%PDF-") for path in [*demo.paths, demo.idea_cards])
    assert "works once" in demo.said
    assert re.search(r"number \d{3} \d{3}", demo.after("For participants"))
    address = demo.after("For participants").split()[0]
    status, _, page = fetch(browser(), address)
    assert (status, "<form" in page) == (200, True)


def test_the_qr_in_the_terminal_opens_the_page_that_the_number_opens(demo: Demo) -> None:
    address, number = re.fullmatch(r"(\S+)\s+number (\d{3} \d{3})", demo.after("For participants")).groups()  # type: ignore[union-attr]
    plain = number.replace(" ", "")
    (scanned,) = qr_in(demo.said)
    assert scanned.startswith(f"{address.upper()}/{plain}")
    status, landed, page = fetch(browser(), scanned)
    assert status == 200
    assert plain in landed
    assert "<textarea" in page
    assert fetch(browser(), f"{address}/{plain}")[0] == 200


def test_the_link_signs_in_once(demo: Demo) -> None:
    facilitator, thief = browser(), browser()
    assert fetch(facilitator, demo.link)[0] == 200, "looking at it does not use it up: chat apps look at links too"
    status, landed, _ = fetch(facilitator, demo.link, b"")
    assert (status, "/link/" in landed) == (200, False)
    desk = demo.link.partition("/link/")[0] + "/"
    assert "Werkplaats De Linde" in fetch(facilitator, desk)[2]
    assert fetch(thief, demo.link, b"")[0] in {403, 404, 410}
    assert "Werkplaats De Linde" not in fetch(thief, desk)[2]


def test_after_kill_9_it_goes_on_with_the_same_numbers_and_the_same_print(tmp_path: Path) -> None:
    data, port = tmp_path / "data", free_port()
    first = start(data, port)
    printed = [path.read_bytes() for path in [*first.paths, first.idea_cards]]
    stop(first, kindly=False)
    again = start(data, port)
    try:
        assert again.after("For participants") == first.after("For participants")
        assert [path.read_bytes() for path in [*again.paths, again.idea_cards]] == printed
        assert again.link != first.link
        visitor = browser()
        fetch(visitor, again.link, b"")
        _, _, desk = fetch(visitor, again.link.partition("/link/")[0] + "/")
        assert len(set(re.findall(r"/bureau/([0-9A-Z]{26})", desk))) == 1, "the demo made a second workshop"
    finally:
        stop(again)


def test_a_demo_without_chosen_cards_starts_all_the_same_and_says_why_it_printed_none(tmp_path: Path) -> None:
    settings = Settings.of(data=tmp_path / "demo", port=free_port())
    there = House.open(settings)
    who = there.store.write(facilitators.make, "Begeleider")
    there.store.write(workshops.make, who.id, dataclasses.replace(demo_parts.DETAILS, address="werkplaats.nl"))
    there.close()
    said: list[str] = []
    demo_parts.show(settings, said.append, serving=False)
    assert any("Choose cards first" in line for line in said)
    assert any("/bureau/link/" in line for line in said)


def test_files_in_the_default_data_folder_can_be_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    house = House.open(Settings.of())
    try:
        kept = house.files.keep(b"%PDF-", "pdf")
        with create_app(house.settings, house).test_request_context():
            answer = giving.given(kept, "application/pdf")
            answer.direct_passthrough = False
            assert answer.get_data() == b"%PDF-"
            answer.close()
    finally:
        house.close()


def refused(*options: str) -> str:
    """Return the one sentence with which the demo refuses to start."""
    ended = subprocess.run(
        [str(WERKPLAATS), "demo", *options], capture_output=True, text=True, timeout=PATIENCE, env=QUIET, check=False
    )
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert ended.stdout == ""
    (sentence,) = ended.stderr.splitlines()
    return sentence


def test_a_port_in_use_is_named_with_another_one_to_try(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"--port {port + 1}" in refused("--data", str(tmp_path / "data"), "--port", str(port))
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("asked", "cure"),
    [
        (["serve", "--base", "https://["], "for example https://werkplaats.nl"),
        (["serve", "--base", "https://werkplaats.nl/kaarten"], "for example https://werkplaats.nl"),
        (["serve", "--threads", "0"], "x>=1"),
        (["serve", "--proxies", "-1"], "x>=0"),
        (["init", "--base", "http://["], "for example https://werkplaats.nl"),
        (["init", "--name", "A"], "at least two letters"),
        (["init", "--name", "A" * 61], "at most 60 letters"),
    ],
)
def test_a_setting_nothing_can_be_done_with_is_refused_with_the_cure(
    tmp_path: Path, asked: list[str], cure: str
) -> None:
    said = CliRunner().invoke(main, [*asked, "--data", str(tmp_path / "data")])
    assert (said.exit_code, cure in said.output) == (2, True), said.output


def test_a_port_that_cannot_be_is_refused(tmp_path: Path) -> None:
    assert "70000" in refused("--data", str(tmp_path / "data"), "--port", "70000")


def test_a_data_folder_that_is_a_file_is_refused_by_its_name(tmp_path: Path) -> None:
    note = tmp_path / "boodschappen.txt"
    note.write_text("melk")
    assert str(note) in refused("--data", str(note), "--port", str(free_port()))
    assert note.read_text() == "melk"


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_one_may_not_write_in_is_refused_with_the_cure(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "--data" in refused("--data", str(tmp_path / "data"), "--port", str(free_port()))
