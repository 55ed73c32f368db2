"""The tables of README.md and docs/operations.md that come from the code: every command and every setting.

Run `.venv/bin/python docs/tables.py` after changing either; tests/test_documentation.py holds them equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from workshop.cli import main
from workshop.settings import PREFIX, Settings

ROOT = Path(__file__).parents[1]


def every_command(group: click.Group = main, name: str = "werkplaats") -> Iterator[tuple[str, click.Command]]:
    """Give every command that does something, with its full name."""
    for word, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from every_command(command, f"{name} {word}")
        else:
            yield f"{name} {word}", command


def commands() -> str:
    """Return the table of commands."""
    rows = ["| Command | What it does | Options |", "|---|---|---|"]
    for name, command in every_command():
        options = [f"`{one.opts[-1]}`" for one in command.params if isinstance(one, click.Option)]
        given = "".join(
            f" {one.name.upper()}" for one in command.params if isinstance(one, click.Argument) and one.name
        )
        rows.append(f"| `{name}{given}` | {' '.join((command.help or '').split())} | {', '.join(options)} |")
    return "\n".join(rows)


def settings() -> str:
    """Return the table of settings."""
    given = {option for one in main.commands["serve"].params for option in one.opts}
    rows = ["| Environment | Option of `serve` | Default | What it is |", "|---|---|---|---|"]
    for name, field in Settings.__dataclass_fields__.items():
        default = f"`{field.default}`" if str(field.default) else ""
        option = f"`--{name}`" if f"--{name}" in given else ""
        rows.append(f"| `{PREFIX}{name.upper()}` | {option} | {default} | {field.metadata['help']} |")
    return "\n".join(rows)


TABLES = {"commands": commands, "settings": settings}
PAGES = {ROOT / "README.md": ("commands", "settings"), ROOT / "docs/operations.md": ("settings",)}


def filled(page: Path) -> str:
    """Return a page with its tables as the code has them now."""
    text = page.read_text("utf-8")
    for mark in PAGES[page]:
        part = re.compile(f"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
        if not part.search(text):
            raise SystemExit(f"{page} lost its place for the {mark}: put back <!-- {mark} --> and <!-- /{mark} -->.")
        table = TABLES[mark]()
        text = part.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)
    return text


if __name__ == "__main__":
    for page in PAGES:
        page.write_text(filled(page), "utf-8")
