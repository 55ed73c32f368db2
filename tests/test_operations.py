"""docs/operations.md is run as it stands: its commands in their order, on real services."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from psycopg.conninfo import conninfo_to_dict
from redis.connection import parse_url

from tests.conftest import CARD, DETAILS
from tests.engines import PostgresServer, RedisServer, S3Server, free_port
from tests.pretended import Host
from tests.test_documentation import TABLES
from workshop import clock
from workshop.domain import choices, doors, facilitators, ideas, workshops
from workshop.domain.ideas import Idea, Picture, Sent
from workshop.errors import Refused
from workshop.files.bucket import Bucket
from workshop.house import House
from workshop.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/operations.md").read_text("utf-8")
COMMANDS = dict(TABLES["every_command"]())
PHOTO = b"\xff\xd8\xff een foto"


@dataclass(frozen=True)
class Block:
    """Lines for a shell, the section of the page they are in, and why a test cannot run them."""

    section: str
    lines: str
    why_not: str


def blocks() -> Iterator[Block]:
    """Give every block of commands, in order."""
    section = ""
    mark = r"^## (?P<section>.+?)$|(?:^<!-- not run: (?P<why>[^>]+) -->\n)?^```sh\n(?P<lines>.*?)^```"
    for one in re.finditer(mark, PAGE, re.MULTILINE | re.DOTALL):
        section = one["section"] or section
        if one["lines"]:
            yield Block(section, one["lines"], one["why"] or "")


BLOCKS = list(blocks())
RUN = [one for one in BLOCKS if not one.why_not]
SMALL = "".join(one.lines for one in RUN if one.section == "One small server")
BACK = "".join(one.lines for one in RUN if one.section == "Back to one machine")
GROWN = "".join(one.lines for one in RUN).removeprefix(SMALL).removesuffix(BACK)


@pytest.fixture
def bare_host(tmp_path: Path) -> Host:
    """A machine without any service."""
    return Host(tmp_path / "host", {}, "")


@pytest.fixture
def host(
    tmp_path: Path, postgres_server: PostgresServer, redis_server: RedisServer, s3_server: S3Server
) -> Iterator[Host]:
    """A machine with PostgreSQL, Redis and a bucket, on which nothing of ours runs yet."""
    at = postgres_server.address.partition("@")[2]
    address, port = at.split(":")
    said = {
        "@127.0.0.1:5432/": f"@{at}/",
        "redis://127.0.0.1:6379/0": redis_server.queue(),
        "s3://KEY:SECRET@s3.example.org/werkplaats": s3_server.bucket(),
        "8080": str(free_port()),
        "8081": str(free_port()),
    }
    assert all(one in SMALL + GROWN for one in said)
    made = Host(tmp_path / "host", said, f"PGHOST={address} PGPORT={port} PGUSER=test PGDATABASE=postgres")
    yield made
    made.stop()


def test_every_command_does_what_it_says_and_what_people_gave_comes_along(host: Host) -> None:
    link = re.search(r"https://werkplaats\.example/bureau/link/\S+", host.run(SMALL))
    assert link, "init showed no link to sign in with"
    stayed, taken = _somebody_was_here(host)
    (host.folder / "var/lib/werkplaats/werkplaats-before-002_klaar.db").touch()  # as an upgrade leaves it
    said = host.run(GROWN)
    assert "0 ideas are away from every page" in said
    assert len(_running(host)) == 4, "two web processes and two workers run"
    assert {f"{PREFIX}{one}" for one in ("STORE", "FILES", "QUEUE")} <= set(host.settings())
    _all_there(host, stayed, taken)
    assert not _shown(said, host.settings()), "commands with a secret are seen by everybody, and sudo writes them down"
    assert not _left(host) & {"werkplaats-moved.db", "werkplaats-before-002_klaar.db", "files", "welzijn-noord.zip"}
    host.run(BACK)
    assert len(_running(host)) == 1
    assert not {f"{PREFIX}{one}" for one in ("STORE", "FILES", "QUEUE")} & set(host.settings())
    _all_there(host, stayed, taken)
    assert _left(host) == {"back"}


def _left(host: Host) -> set[str]:
    return {path.name for path in (host.folder / "var/lib/werkplaats").iterdir() if path.suffix != ".lock"}


def _shown(said: str, settings: dict[str, str]) -> list[str]:
    """Return the lines with a secret in them; what the shell only keeps for itself is no command."""
    secrets = [urlsplit(settings[f"{PREFIX}{name}"]).password or "" for name in ("STORE", "FILES")]
    secrets.append(settings[f"{PREFIX}METRICS_KEY"])
    assert all(len(one) > 5 for one in secrets), secrets
    lines = [one for one in said.splitlines() if not re.match(r"\++ \w+=", one)]
    return [one for one in lines if any(secret in one for secret in secrets)]


def _running(host: Host) -> list[str]:
    return [path.stem for path in host.folder.glob("run/*.pid")]


def _all_there(host: Host, stayed: Idea, taken: Idea) -> None:
    """Hold that what people gave is where the settings say, and that only the service reads those."""
    assert (host.folder / "etc/werkplaats/werkplaats.env").stat().st_mode & 0o777 == 0o600
    names = {name.removeprefix(PREFIX).lower(): value for name, value in host.settings().items()}
    house = House.open(Settings.of(**names))
    try:
        there = house.store.read(ideas.by_receipt, stayed.receipt)
        assert there == stayed
        assert house.files.read(there.pictures[0].file) == PHOTO
        gone = house.store.read(ideas.by_receipt, taken.receipt)
        assert gone is None or gone.withdrawn_at
    finally:
        house.close()


def _somebody_was_here(host: Host) -> tuple[Idea, Idea]:
    """Have a workshop with an idea with a picture, and one that its maker takes away; return both."""
    house = House.open(Settings.of(data=host.folder / "var/lib/werkplaats"))
    try:
        who = house.store.read(facilitators.first)
        assert who
        workshop = house.store.write(workshops.make, who.id, DETAILS)
        house.store.write(choices.put, workshop.id, CARD)
        door = house.store.write(doors.open_for, workshop.id, [CARD])[CARD]
        photo = Picture("", house.files.keep(PHOTO, "jpg"), 10, 10)
        sent = Sent("Een bankje bij de vijver", "group", "a" * 20, "toestel", "qr", pictures=[photo])
        stayed = house.store.write(ideas.place, door, sent)
        sent = Sent("Dit neem ik liever terug", "group", "b" * 20, "toestel", "qr")
        return stayed, house.store.write(ideas.withdraw, house.store.write(ideas.place, door, sent))
    finally:
        house.close()


def test_what_is_not_run_says_why_and_is_a_shell_script_all_the_same() -> None:
    left = [one for one in BLOCKS if one.why_not]
    assert len(left) <= 7 < 14 <= len(RUN)
    assert PAGE.count("<!-- not run:") == len(left), "a mark does not stand right above its block"
    for one in BLOCKS:
        ended = subprocess.run(["bash", "-n"], input=one.lines, text=True, capture_output=True, check=False)
        assert not ended.stderr, ended.stderr


def test_every_command_and_option_that_is_named_exists() -> None:
    lines = re.findall(r"(?:^|/bin/|web-1 )werkplaats (\S.*)$", "\n".join(one.lines for one in BLOCKS), re.MULTILINE)
    lines += re.findall(r"`werkplaats ([^`]+)`", PAGE)
    assert len(lines) > 10
    for line in lines:
        name = max((one for one in COMMANDS if f"werkplaats {line} ".startswith(f"{one} ")), key=len, default="")
        assert name, f"the page names a command that is not there: werkplaats {line}"
        options = {option for one in COMMANDS[name].params for option in one.opts}
        named = set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", line))
        assert named <= options, f"the page names options that are not there: {line}"


def test_every_setting_and_file_that_is_named_exists() -> None:
    known = {PREFIX + name.upper() for name in Settings.__dataclass_fields__}
    known |= {str(one.envvar) for command in COMMANDS.values() for one in command.params if one.envvar}
    said = PAGE + "".join(path.read_text("utf-8") for path in (ROOT / "deploy").rglob("*") if path.is_file())
    assert set(re.findall(rf"{PREFIX}[A-Z_]+[A-Z]", said)) <= known
    files = re.findall(r"(?:`|/opt/werkplaats/)((?:bin|docs|deploy|workshop)/[\w./@-]*\w)", PAGE)
    files += [f"docs/{one}" for one in re.findall(r"\]\(([^)#:]+)\)", PAGE)]
    assert len(files) > 8
    assert not [one for one in files if not (ROOT / one).exists() and one != "deploy/secrets.env"]


def test_a_secret_written_as_the_page_says_is_that_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []
    monkeypatch.setattr("workshop.files.bucket.Minio", lambda *said, **_: given.extend(said))
    written = dict(re.findall(r"`(\S)`\s+is\s+`(%[0-9A-F]{2})`", PAGE))
    assert {"/", "+", "%"} <= set(written)
    secret = "+a/b%2Fc@"
    address = "".join(written.get(sign, sign) for sign in secret)
    Bucket(f"s3://key:{address}@127.0.0.1/werkplaats", tmp_path)
    assert given == ["127.0.0.1", "key", secret]
    assert conninfo_to_dict(f"postgresql://u:{address}@127.0.0.1/werkplaats")["password"] == secret
    assert parse_url(f"redis://:{address}@127.0.0.1:6379/0")["password"] == secret
    with pytest.raises(Refused, match="no address"):  # as the page says it is
        Bucket(f"s3://key:{secret}@127.0.0.1/werkplaats", tmp_path)


def test_an_option_that_is_named_beside_a_setting_is_one_of_serve() -> None:
    table = PAGE.partition("<!-- settings -->")[2]
    rows = re.findall(rf"^\| `{PREFIX}(\w+)` \| (.*?) \|", table, re.MULTILINE)
    options = {option for one in COMMANDS["werkplaats serve"].params for option in one.opts}
    assert [name.lower() for name, _ in rows] == list(Settings.__dataclass_fields__)
    assert {name.lower(): said for name, said in rows if said} == {one[2:]: f"`{one}`" for one in options}


def test_what_the_page_quotes_is_what_the_program_says() -> None:
    table = PAGE.partition("| It says | Do |\n")[2].partition("\n\n")[0]
    quoted = re.findall(r"^\| “(.+?)” \|", table, re.MULTILINE)
    assert len(quoted) == table.count("\n") > 8
    there = "\n".join(_sentences())
    for one in quoted:
        for part in one.split("…"):
            assert part.strip() in there, f"the program never says: {part}"


def _sentences() -> Iterator[str]:
    """Give every text in the code; what is filled in is left open."""
    for path in (ROOT / "workshop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
            elif isinstance(node, ast.JoinedStr):
                yield "…".join(str(one.value) for one in node.values if isinstance(one, ast.Constant))


def test_days_that_backups_are_kept_are_the_same_everywhere() -> None:
    unit = (ROOT / "deploy/systemd/werkplaats-backup.service").read_text("utf-8")
    assert re.search(r"^ExecStart=\S+/deploy/backup /var/backups/werkplaats 14$", unit, re.MULTILINE)
    assert "fourteen days" in PAGE


def test_a_backup_that_is_too_old_goes_and_one_that_broke_off_is_none(bare_host: Host) -> None:
    settled = next(one.lines for one in BLOCKS if "deploy/werkplaats.env" in one.lines)
    units = next(one.lines for one in BLOCKS if "deploy/systemd" in one.lines).splitlines()[0]
    bare_host.run(f"{settled}{units}\nwerkplaats init")
    folder = bare_host.folder / "var/backups/werkplaats"
    days = [clock.ago(hours=24 * days)[:10] for days in (0, 1, 13, 15, 400)]
    for day in days[1:]:
        (folder / day).mkdir()
    (folder / ".half").mkdir()
    (folder / f"{days[3]}.dump").touch()
    bare_host.run("sudo systemctl start werkplaats-backup.service")
    assert sorted(one.name for one in folder.iterdir()) == sorted(days[:3])
