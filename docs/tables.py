"""The tables of the README that come from the code: every command and every setting.

Run `.venv/bin/python docs/tables.py` after changing either; tests/test_documentation.py holds them equal.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from workshop.cli import main
from workshop.settings import PREFIX, Settings

README = Path(__file__).parents[1] / "README.md"


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
    rows = ["| Option | Environment | Default | What it is |", "|---|---|---|---|"]
    for name, field in Settings.__dataclass_fields__.items():
        default = f"`{field.default}`" if str(field.default) else ""
        rows.append(f"| `--{name}` | `{PREFIX}{name.upper()}` | {default} | {field.metadata['help']} |")
    return "\n".join(rows)


def filled(text: str) -> str:
    """Return a text with its tables as the code has them now."""
    for mark, table in (("commands", commands()), ("settings", settings())):
        part = re.compile(f"(<!-- {mark} -->\n).*?(<!-- /{mark} -->)", re.DOTALL)
        if not part.search(text):
            raise SystemExit(f"README.md lost its place for the {mark}: put back <!-- {mark} --> and <!-- /{mark} -->.")
        text = part.sub(lambda found, table=table: f"{found[1]}{table}\n{found[2]}", text)
    return text


if __name__ == "__main__":
    README.write_text(filled(README.read_text("utf-8")), "utf-8")
