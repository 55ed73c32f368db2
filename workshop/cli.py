"""The command line: the same verbs as the pages, through the same functions.

Every command says one line of result. Bad input gives one sentence with the cure and exit code 2.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from workshop import __version__
from workshop.errors import Refused, WerkplaatsError
from workshop.settings import Settings

_HELP = {name: field.metadata["help"] for name, field in Settings.__dataclass_fields__.items()}


Command = TypeVar("Command", bound=Callable[..., Any])


class Cure(click.ClickException):
    """One sentence that says what is wrong and what to do; exit code 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        """Write the sentence to standard error."""
        click.echo(f"werkplaats: {self.message}", err=True)


class _Group(click.Group):
    """A group that turns our own errors, and the usual ones of a disk, into a cure."""

    def invoke(self, context: click.Context) -> Any:
        from print.errors import PrintError

        try:
            return super().invoke(context)
        except (WerkplaatsError, PrintError) as error:
            raise Cure(str(error)) from error
        except PermissionError as error:
            raise Cure(f"No permission to write {error.filename}. Choose another folder, or use --data.") from error
        except (FileNotFoundError, NotADirectoryError, FileExistsError, IsADirectoryError) as error:
            raise Cure(f"{error.filename}: {error.strerror}. Check how it is written.") from error


def setting(name: str, kind: Any = str) -> Callable[[Command], Command]:
    """Return the option for one setting, with its help from `workshop.settings`."""
    return click.option(f"--{name}", type=kind, help=_HELP[name] + ".")


def numbers(context: click.Context, option: click.Parameter, said: str | None) -> list[int]:
    """Return the whole numbers of a list like 50,200,500."""
    found = [int(one) if one.strip().isdecimal() else 0 for one in said.split(",")] if said else []
    if 0 in found:
        raise click.BadParameter("Give numbers of 1 and more, with commas between them: 50,200.")
    return found


data_option = setting("data", click.Path(path_type=Path))


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="werkplaats")
def main() -> None:
    """Method cards on paper, ideas from everyone, and an answer for each of them."""


@main.command()
@data_option
@setting("base")
@click.option("--name", default="Begeleider", show_default=True, help="Name of the first facilitator.")
def init(data: Path | None, base: str | None, name: str) -> None:
    """Make a data folder and a link with which the first facilitator signs in, once."""
    from workshop.domain import facilitators, workshops
    from workshop.house import House

    settings = Settings.of(data=data, base=base)
    address = workshops.address(settings.base or f"http://localhost:{settings.port}")
    house = House.open(settings)
    try:
        who = house.store.read(facilitators.first) or house.store.write(facilitators.make, name)
        link = house.store.write(facilitators.sign_in_link, who.id)
    finally:
        house.close()
    click.echo(f"{who.name} signs in, once, within three days: {address}/bureau/link/{link}")


@main.command()
@data_option
@setting("base")
@setting("host")
@setting("port", int)
@setting("decks")
@setting("proxies", click.IntRange(min=0))
@setting("threads", click.IntRange(min=1))
def serve(**given: Any) -> None:
    """Answer phones and desks until Ctrl-C."""
    from workshop.domain import workshops
    from workshop.serving import serve_until_stopped

    settings = Settings.of(**given)
    settings = replace(settings, base=workshops.address(settings.base)) if settings.base else settings
    serve_until_stopped(settings, lambda address: click.echo(f"Werkplaats is at {address}. Stop with Ctrl-C."))


@main.command()
@data_option
@setting("port", int)
@click.option("--once", is_flag=True, help="Make and print everything, then stop instead of serving.")
def demo(data: Path | None, port: int | None, once: bool) -> None:
    """Make a workshop with real cards, print them, and start the server on this machine's own address."""
    from workshop.demo import show

    show(Settings.of(data=data, port=port, host="0.0.0.0"), click.echo, serving=not once)  # noqa: S104 (phones must reach it)


@main.group()
def cards() -> None:
    """Cards: check the words and the fit."""


@cards.command("check")
@setting("decks")
def check(decks: str | None) -> None:
    """Check every card and recipe: plain language, both editions alike, and the fit on paper at full size."""
    from workshop.checking import findings

    found = list(findings(Settings.of(decks=decks).deck_folders))
    for one in found:
        click.echo(str(one))
    wrong = sum(one.level == "error" for one in found)
    if wrong:
        raise Cure(f"{wrong} things are wrong. Mend them and run the check again.")
    click.echo(f"All cards are fine ({len(found)} remarks).")


@main.command()
@data_option
@click.option("--workshop", "which", default="", help="Name or key of the workshop; not needed when there is one.")
@click.option(
    "--kind", type=click.Choice(["csv", "xlsx", "json"]), default="csv", show_default=True, help="Kind of table."
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="File to write the ideas to."
)
def export(data: Path | None, which: str, kind: str, output: Path) -> None:
    """Write a workshop's ideas to a file."""
    from workshop import exports
    from workshop.domain import taking

    with opened(Settings.of(data=data)) as house:
        workshop = one_workshop(house, which)
        taken = house.store.read(taking.everything, workshop.id)
        stayed = house.store.read(taking.stayed, workshop.id)
        table = exports.rows(taken, house.library_of(workshop.id), workshop.language, stayed)
    output.write_bytes(exports.write(kind, table))
    click.echo(f"{len(taken)} ideas are in {output}." + (f" {stayed} stay in the group." if stayed else ""))


@main.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Write the findings as JSON.")
def doctor(data: Path | None, as_json: bool) -> None:
    """Check this machine: fonts, press, codes, disk and store."""
    from workshop.doctor import examine

    found = examine(Settings.of(data=data))
    if as_json:
        click.echo(json.dumps([one.__dict__ for one in found], ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{'ok  ' if one.fine else 'NOT '} {one.what}: {one.said}")
    if not all(one.fine for one in found):
        raise Cure("Something is not right; the lines with NOT say what to do.")


def opened(settings: Settings) -> Any:
    """Open the house of an existing data folder, to use with `with`; raises `Refused` when there is none."""
    from contextlib import closing

    from workshop.house import House

    if not settings.begun:
        raise Refused("no_data", f"There is no workshop in {settings.data}. Use --data, or run werkplaats init first.")
    return closing(House.open(settings))


def one_workshop(house: Any, which: str) -> Any:
    """Return the workshop meant by a name or key; the only one when nothing is said."""
    from workshop.domain import workshops

    there = house.store.read(workshops.everything)
    fit = [one for one in there if not which or which in (one.id, one.name)]
    if len(fit) == 1:
        return fit[0]
    names = ", ".join(f"“{one.name}”" for one in there) or "none yet"
    raise Refused("which_workshop", f"Say which workshop with --workshop. There are: {names}.")


def _more() -> None:
    from workshop import (
        cli_again,
        cli_answers,
        cli_backup,
        cli_bench_wall,
        cli_bench_web,
        cli_ending,
        cli_move,
        cli_network,
        cli_organisation,
        cli_pack,
        cli_print,
        cli_recipes,
        cli_results,
        cli_rhythm,
        cli_scan,
        cli_wall,
        cli_worker,
    )

    main.add_command(cli_recipes.listing)
    main.add_command(cli_backup.backup)
    main.add_command(cli_backup.restore)
    main.add_command(cli_rhythm.rhythm)
    cli_print.printing.add_command(cli_recipes.sheet)
    main.add_command(cli_print.printing)
    main.add_command(cli_scan.scan)
    main.add_command(cli_answers.answers)
    main.add_command(cli_wall.wall)
    main.add_command(cli_wall.report)
    main.add_command(cli_wall.invitation)
    main.add_command(cli_wall.planner)
    main.add_command(cli_pack.pack)
    main.add_command(cli_again.erase_again)
    main.add_command(cli_ending.progress)
    main.add_command(cli_ending.end)
    main.add_command(cli_move.move)
    main.add_command(cli_network.nine_steps)
    main.add_command(cli_organisation.organisation)
    main.add_command(cli_results.result)
    main.add_command(cli_worker.worker)
    cli_print.bench.add_command(cli_bench_wall.bench_wall)
    cli_print.bench.add_command(cli_bench_web.bench_web)
    main.add_command(cli_print.bench)


_more()
