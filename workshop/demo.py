"""The demo: from an empty folder to a printed deck and a phone that shares an idea, in one command."""

from __future__ import annotations

import dataclasses
import io
import socket
from collections.abc import Callable

import qrcode

from print import numbers
from print.errors import PrintError
from print.things import Printed
from workshop import printing, slip_printing
from workshop.domain import choices, doors, facilitators, slips, trajectory, walls, workshops
from workshop.domain.walls import Wall
from workshop.domain.workshops import Details, Workshop
from workshop.errors import WerkplaatsError
from workshop.house import House
from workshop.serving import check_port, serve_until_stopped
from workshop.settings import Settings

CARDS = (
    "samen-ontwerpen/01-een-dag-uit-mijn-leven",
    "samen-ontwerpen/05-schrijf-en-geef-door",
    "samen-ontwerpen/07-maak-het-van-karton",
    "samen-ontwerpen/10-stickers-plakken",
    "verhalen/04-zelf-bedacht",
    "luisteren/03-nog-een-vraag",
    "perspectieven/06-de-ervaringsdeskundige",
    "signaal/03-dat-woord-ken-ik-niet",
    "hulp/01-zo-werkt-deze-kaart",
)
DETAILS = Details(
    name="Werkplaats De Linde",
    question="Hoe wonen we straks fijn in onze buurt?",
    language="nl",
    address="",
    contact_name="Marijke",
    contact_phone="06 12 34 56 78",
    rehearsal=True,
)


def show(settings: Settings, say: Callable[[str], None], *, serving: bool) -> None:
    """Make what is missing, print the deck, say where everything is, and serve."""
    check_port(settings)
    ip = own_address()
    settings = dataclasses.replace(settings, base=f"http://{ip}:{settings.port}")
    house = House.open(settings)
    try:
        workshop, link = _workshop(house)
        printed = _deck(house, workshop)
        cards = _idea_cards(house, workshop)
        door = house.store.write(doors.open_for, workshop.id, [doors.OWN])[doors.OWN]
        wall = _wall(house, workshop)
    finally:
        house.close()
    if ip == "127.0.0.1":
        say("This machine has no network, so only its own browser can reach the demo. Join a network and start again.")
    say(f"Printed deck:      {printed}")
    say(f"Idea cards:        {cards}")
    say(f"For facilitators:  {settings.base}/bureau/link/{link}   (works once)")
    say(f"For participants:  {settings.base}   number {numbers.shown(door.number)}")
    say(f"The wall:          {settings.base}/muur/{wall.key}")
    say(_terminal_qr(f"{settings.base}/{door.scanned}"))
    if serving:
        serve_until_stopped(settings, lambda address: say(f"Werkplaats is at {address}. Stop with Ctrl-C."))


def own_address() -> str:
    """Return this machine's address on its own network, or 127.0.0.1 when it has none. Sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 1))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


def _workshop(house: House) -> tuple[Workshop, str]:
    """Return the demo workshop at today's address, and a fresh link to sign in."""
    details = dataclasses.replace(DETAILS, address=house.settings.base)
    who = house.store.read(facilitators.first) or house.store.write(facilitators.make, "Begeleider")
    there = house.store.read(workshops.all_for, who.id)
    if not there:
        workshop = house.store.write(workshops.make, who.id, details)
        house.store.write(trajectory.turn, workshop, "workshop", workshop.dial)
        for card in CARDS:
            house.store.write(choices.put, workshop.id, card)
    elif (workshop := there[-1]).address != details.address and workshop.rehearsal:
        moved = dataclasses.replace(workshops.details(workshop), address=details.address)
        workshop = house.store.write(workshops.change, workshop, moved)
    return workshop, house.store.write(facilitators.sign_in_link, who.id)


def _wall(house: House, workshop: Workshop) -> Wall:
    """Return the wall in the room, made at the first start."""
    there = [one for one in house.store.read(walls.of_workshop, workshop.id) if not one.closed_at]
    return there[0] if there else house.store.write(walls.make, workshop.id, "group")


def _deck(house: House, workshop: Workshop) -> str:
    """Print the chosen cards; return where they are, or why there are none: the desk is where to mend that."""
    try:
        made = printing.printed(house, workshop, {"document": "cards", "format": "auto"})
    except (PrintError, WerkplaatsError) as error:
        return f"none this time. {error}"
    return ", ".join(_written(house, one) for one in made)


def _idea_cards(house: House, workshop: Workshop) -> str:
    """Print four idea cards, with the same numbers at every start; return where they are, or why there are none."""
    try:
        wanted = slip_printing.checked(house, workshop, kind="a6", count=4, language="nl", seed="demo")
        series = house.store.write(slips.order, workshop.id, **wanted)
        return _written(house, slip_printing.printed(house, workshop, {"series": series.id}))
    except (PrintError, WerkplaatsError) as error:
        return f"none this time. {error}"


def _written(house: House, made: Printed) -> str:
    """Write a print where a person can find it; return where."""
    path = house.settings.data / "prints" / made.name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(made.pdf)
    return str(path.resolve())


def _terminal_qr(text: str) -> str:
    code = qrcode.QRCode(border=2)
    code.add_data(text.upper())
    out = io.StringIO()
    code.print_ascii(out, invert=True)
    return out.getvalue()
