"""What the README says is what there is: its commands run, its tables come from the code, its files exist."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from packaging.requirements import Requirement
from PIL import Image

from workshop import __version__
from workshop.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
TABLES = runpy.run_path(str(ROOT / "docs/tables.py"), run_name="docs.tables")
BLOCKS = re.findall(r"^```sh\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
RUN_ELSEWHERE = ("bin/demo", "bin/test", "werkplaats serve")  # these serve or test; tests/test_demo.py starts one


def every_group(group: click.Group = main) -> Iterator[click.Command]:
    """Give every command and every group of commands."""
    yield group
    for command in group.commands.values():
        if isinstance(command, click.Group):
            yield from every_group(command)
        else:
            yield command


def test_the_tables_of_commands_and_settings_come_from_the_code() -> None:
    for page in TABLES["PAGES"]:
        assert TABLES["filled"](page) == page.read_text("utf-8"), "run .venv/bin/python docs/tables.py"


@pytest.mark.parametrize("command", list(every_group()), ids=lambda command: str(command.name))
def test_every_command_and_option_says_what_it_is_for(command: click.Command) -> None:
    assert command.help
    options = [one for one in command.params if isinstance(one, click.Option)]
    assert not [one.opts for one in options if not one.help]


def test_every_command_and_option_that_is_named_exists() -> None:
    known = dict(TABLES["every_command"]())
    for said in re.findall(
        r"werkplaats (?:[a-z-]+ ?)+[^`\n]*", "\n".join([*BLOCKS, *re.findall(r"`([^`]+)`", README)])
    ):
        name = max((one for one in known if said.startswith(one)), key=len, default=None)
        assert name, f"README names a command that is not there: {said}"
        options = {option for one in known[name].params for option in one.opts} | {"--help"}
        named = set(re.findall(r"(?<!\S)(--?[a-z][a-z-]*)", said))
        assert named <= options, f"README names options that are not there: {said}"


def test_the_commands_of_the_readme_do_what_they_say(tmp_path: Path) -> None:
    for name in ("cards",):
        (tmp_path / name).symlink_to(ROOT / name)
    lines = [line for block in BLOCKS for line in block.splitlines() if not line.startswith(RUN_ELSEWHERE)]
    assert len(lines) > 5
    ended = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", "\n".join(lines)],
        cwd=tmp_path,
        env={"PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin", "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    made = set(re.findall(r"[\w-]+\.pdf", "\n".join(lines)))
    assert made
    assert all((tmp_path / name).read_bytes().startswith(b"%PDF-") for name in made)
    assert (tmp_path / "copy-of-today/werkplaats.db").exists()


def test_every_file_and_folder_that_is_named_exists() -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", README)
    named += [
        one for one in re.findall(r"`([\w./-]+)`", README) if re.match(r"(bin|cards|print|workshop|tests|docs)/", one)
    ]
    assert not [name for name in named if not (ROOT / name).exists()]


def test_every_command_in_bin_is_in_the_readme() -> None:
    scripts = {f"bin/{path.name}" for path in (ROOT / "bin").iterdir()} - {"bin/prepare"}
    assert not {name for name in scripts if name not in README}


def test_pictures_are_real_small_and_described() -> None:
    used = re.findall(r"!\[([^\]]*)\]\((docs/pictures/[^)]+)\)", README)
    assert len(used) >= 2
    for said, name in used:
        assert len(said) > 40, f"{name} needs words for who cannot see it"
        assert (ROOT / name).stat().st_size < 150_000
        with Image.open(ROOT / name) as picture:
            assert picture.width >= 700
    assert {(ROOT / name).name for _, name in used} == {path.name for path in (ROOT / "docs/pictures").iterdir()}


def test_the_changelog_knows_this_version() -> None:
    assert re.search(rf"^## {re.escape(__version__)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == __version__


@pytest.mark.parametrize(
    ("lock", "extras"),
    [("requirements.lock", ()), ("requirements-grown.lock", ("grown",)), ("requirements-dev.lock", ("grown", "dev"))],
)
def test_the_lock_pins_everything_that_is_asked_for(lock: str, extras: tuple[str, ...]) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    asked = [one for one in asked if not one.startswith("werkplaats[")]
    text = (ROOT / lock).read_text("utf-8")
    pinned = dict(re.findall(r"^([a-z0-9-]+)==([^\s;]+)", text, re.MULTILINE))
    for one in map(Requirement, asked):
        version = pinned.get(re.sub(r"[-_.]+", "-", one.name).lower())
        assert version, f"{one.name} is not in {lock}: run bin/lock"
        assert one.specifier.contains(version), f"{one} is pinned at {version} in {lock}: run bin/lock"
    packages = re.findall(r"^[a-z0-9-]+==.*(?:\n[ ]+--hash=sha256:[0-9a-f]{64}.*)*", text, re.MULTILINE)
    assert all("--hash=sha256:" in one for one in packages)


def test_every_text_of_the_pages_has_its_english_and_it_is_compiled() -> None:
    ended = subprocess.run([ROOT / "bin/translate", "--check"], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout + ended.stderr
