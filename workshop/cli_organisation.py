"""The command line's organisations: who shares this installation, what they may use, and how they leave it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import click

from workshop import files, organisation_erasing, organisation_zip
from workshop.cli import data_option, opened, setting
from workshop.domain import facilitators, leaving, organisations, quotas, workshops
from workshop.domain.facilitators import Facilitator
from workshop.domain.organisations import Organisation
from workshop.errors import Refused
from workshop.settings import Settings
from workshop.store import Tx

GIGABYTE: Final = 1_000_000_000
which_argument = click.argument("organisation", metavar="ORGANISATION")


@click.group("organisation")
def organisation() -> None:
    """Organisations that share this installation and see nothing of each other; each by its key or its exact name."""


@organisation.command("list")
@data_option
@click.option("--json", "as_json", is_flag=True, help="Write them as JSON.")
def listing(data: Path | None, as_json: bool) -> None:
    """Show every organisation: what it uses of what it may use."""
    with opened(Settings.of(data=data)) as house:
        found = house.store.read(_listed)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for one in found:
        uses = ", ".join(f"{use['used']} of {use['most'] or 'any number of'} {use['kind']}" for use in one["uses"])
        click.echo(f"{one['id']}  {one['name'] or '(erased)'}{one['state'] and ' · ' + one['state']}: {uses}")


@organisation.command("add")
@data_option
@click.argument("name")
def add(data: Path | None, name: str) -> None:
    """Make an organisation; then invite its first facilitator."""
    with opened(Settings.of(data=data)) as house:
        made = house.store.write(organisations.make, name)
    click.echo(f"{made.name} is made. Its key is {made.id}.")


@organisation.command("quota")
@data_option
@which_argument
@click.option(
    "--workshops", "most_workshops", type=click.IntRange(min=0), help="Open workshops at most; 0 is no limit."
)
@click.option("--gigabytes", type=click.FloatRange(min=0), help="Pictures, scans and prints at most; 0 is no limit.")
@click.option("--pages-month", type=click.IntRange(min=0), help="Pages read in a month at most; 0 is no limit.")
def quota(
    data: Path | None,
    organisation: str,
    most_workshops: int | None,
    gigabytes: float | None,
    pages_month: int | None,
) -> None:
    """Set how much an organisation may use; what is not named stays as it is."""
    with opened(Settings.of(data=data)) as house:
        found = house.store.read(organisations.named, organisation)
        now = house.store.write(
            organisations.set_quota,
            found.id,
            workshops=found.most_workshops if most_workshops is None else most_workshops,
            size=found.most_bytes if gigabytes is None else round(gigabytes * GIGABYTE),
            pages=found.most_pages_month if pages_month is None else pages_month,
        )
    most = {"workshops": now.most_workshops, "bytes": now.most_bytes, "pages a month": now.most_pages_month}
    said = ", ".join(f"{count or 'any number of'} {what}" for what, count in most.items())
    click.echo(f"{now.name} may use {said}.")


@organisation.command("invite")
@data_option
@setting("base")
@which_argument
@click.option("--name", required=True, help="Name of the facilitator, with which they sign in later.")
def invite(data: Path | None, base: str | None, organisation: str, name: str) -> None:
    """Make a link with which a facilitator of an organisation signs in, once, within three days."""
    settings = Settings.of(data=data, base=base)
    address = workshops.address(settings.base or f"http://localhost:{settings.port}")
    with opened(settings) as house:
        found = house.store.read(organisations.named, organisation)
        who, link = house.store.write(_invited, found, name)
    click.echo(f"{who.name} signs in, once, within three days: {address}/bureau/link/{link}")


@organisation.command("pause")
@data_option
@which_argument
def pause(data: Path | None, organisation: str) -> None:
    """Let an organisation rest: nobody works there and nothing new comes in, until you resume it."""
    with opened(Settings.of(data=data)) as house:
        found = house.store.read(organisations.named, organisation)
        house.store.write(organisations.pause, found.id)
    click.echo(f"{found.name} rests. Nothing is lost. Let it go on with: werkplaats organisation resume {found.id}")


@organisation.command("resume")
@data_option
@which_argument
def resume(data: Path | None, organisation: str) -> None:
    """Let an organisation that rests go on."""
    with opened(Settings.of(data=data)) as house:
        found = house.store.read(organisations.named, organisation)
        house.store.write(organisations.resume, found.id)
    click.echo(f"{found.name} goes on.")


@organisation.command("export")
@data_option
@which_argument
@click.argument("output", metavar="TO.zip", type=click.Path(path_type=Path, dir_okay=False))
def export(data: Path | None, organisation: str, output: Path) -> None:
    """Write everything of an organisation to a new zip: whole, or not at all."""
    with opened(Settings.of(data=data)) as house:
        found = house.store.read(organisations.named, organisation)
        with files.fresh(output) as out:
            count = organisation_zip.pack(
                house, found.id, out, lambda name: click.echo(f"{name} is in the zip.", err=True)
            )
    click.echo(f"Everything of {found.name} ({count} workshops) is in {output} ({output.stat().st_size // 1024} kB).")


@organisation.command("erase")
@data_option
@which_argument
@click.option("--name", required=True, help="The exact name of the organisation, typed over.")
def erase(data: Path | None, organisation: str, name: str) -> None:
    """Erase everything of an organisation for good, after you exported it. No way back."""
    with opened(Settings.of(data=data)) as house:
        found = house.store.read(organisations.named, organisation)
        house.store.write(leaving.ask, found.id, name)
        if not organisation_erasing.erase(house, found.id):
            raise Refused("organisation_left", "Not everything is erased yet. Run the same command again.")
    click.echo(f"Everything of {name} is erased. Its printed cards say so. Erase your own backups of it too.")


def _listed(tx: Tx) -> list[dict[str, Any]]:
    return [
        {"id": one.id, "name": one.name, "state": _state(one), "uses": [vars(use) for use in quotas.uses(tx, one.id)]}
        for one in organisations.everything(tx)
    ]


def _state(one: Organisation) -> str:
    if one.erased_at:
        return "erased"
    return "being erased" if one.erasing_at else "paused" if one.paused_at else ""


def _invited(tx: Tx, found: Organisation, name: str) -> tuple[Facilitator, str]:
    """Return somebody of this organisation, made when nobody has this name, and the secret of a link for them."""
    if found.erasing_at:
        raise Refused("organisation_erasing", "This organisation is erased. Nobody can be invited there.")
    there = [one for one in organisations.people(tx, found.id) if one.name.lower() == " ".join(name.split()).lower()]
    who = facilitators.find(tx, there[0].id) if there else facilitators.make(tx, name, "", found.id)
    if who is None:
        raise Refused("organisation_person", "There is no such facilitator.")
    return who, facilitators.sign_in_link(tx, who.id)
