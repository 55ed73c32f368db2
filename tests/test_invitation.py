"""The invitation and the planner: one A4 each in 16 pt, with what people need to come, on paper and by command."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from cards.card import Language
from print.invitation import Day, InvitationText, invitation, planner
from print.report import Told
from print.wall_texts import Decision
from tests.desk_people import Share, Someone, share, someone
from tests.paper import IMPRINT, letters, pages, side
from workshop import clock, printing
from workshop.cli import main
from workshop.domain import meetings, orders
from workshop.domain.meetings import About
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

__all__ = ["share", "someone"]


def said(pdf: bytes) -> str:
    assert pages(pdf) == 1
    there = letters(pdf, 0)
    assert min(letter.size for letter in there) >= 16
    assert max(letter.right for letter in there) <= 195
    assert max(letter.bottom for letter in there) <= 288
    return side(pdf, 0).replace("\xa0", " ")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_longest_invitation_still_is_one_a4_in_large_letters(language: Language) -> None:
    told = tuple(Told(nr, "Een bankje bij de bushalte. " * 6, Decision("try", "Waarom", "")) for nr in range(9))
    text = InvitationText("Waarom " * 17, "maandag 22 februari 2027", "", "Zaal " * 24, "Bus drie. " * 30, 12, 8, told)
    assert "12" in said(invitation(text, imprint=IMPRINT, language=language).pdf)


def test_the_planner_holds_fourteen_meetings_and_counts_what_does_not_fit() -> None:
    days = tuple(Day(f"woensdag {nr + 1} september 2027", "13:30–15:30, Buurthuis De Linde") for nr in range(30))
    assert "En nog" not in said(planner(days[:14], imprint=IMPRINT, language="nl").pdf)
    text = said(planner(days, imprint=IMPRINT, language="nl").pdf)
    assert text.count("september 2027") + int(text.split("En nog ")[1].split()[0]) == 30


def test_an_invitation_says_when_where_what_it_costs_whom_to_call_and_what_happened_to_ideas(
    house: House, workshop: Workshop, share: Share
) -> None:
    house.store.write(meetings.add, workshop.id, About(clock.today().isoformat()))
    share()
    own = house.store.read(meetings.of_workshop, workshop.id)[1]
    about = About(own.date, "Dromen mag", "De Linde", "13:30", "15:30", "Bus 3 stopt voor de deur.")
    house.store.write(meetings.change, own, about)
    text = said(printing.printed(house, workshop, {"document": "invitation", "meeting": own.id})[0].pdf)
    for part in (
        "Dromen mag",
        "maandag 11 januari 2027",
        "Van 13:30 tot 15:30 uur.",
        "De Linde",
        "Bus 3 stopt voor de deur.",
        "Meedoen kost niets.",
        "Er kwam 1 idee. Met een antwoord: 0.",
        workshop.contact_phone,
    ):
        assert part in text


def test_what_is_not_known_yet_is_said(house: House, workshop: Workshop) -> None:
    text = said(printing.printed(house, workshop, {"document": "invitation"})[0].pdf)
    for part in ("De tijd hoort u nog.", "De plaats hoort u nog.", "Weet u niet hoe u er komt? Bel ons."):
        assert part in text
    assert "vorige keer" not in text


def test_the_desk_orders_both_and_who_looks_along_does_not(
    at_desk: FlaskClient, someone: Someone, house: House, workshop: Workshop
) -> None:
    page = f"/bureau/{workshop.id}/bijeenkomsten"
    own = house.store.read(meetings.of_workshop, workshop.id)[0]
    for part in ("jaarplanner", f"{own.id}/uitnodiging"):
        assert "/printen/" in at_desk.post(f"{page}/{part}").location
        assert someone("observer").post(f"{page}/{part}").status_code == 403
    ordered = {one.what["document"] for one in house.store.read(orders.of_workshop, workshop.id)}
    assert ordered == {"invitation", "planner"}


def test_the_command_line_prints_both(house: House, workshop: Workshop, tmp_path: Path) -> None:
    data = str(house.settings.data)
    for name, more in (("invitation", ["--meeting", "1"]), ("planner", [])):
        paper = tmp_path / f"{name}.pdf"
        done = CliRunner().invoke(main, [name, "--data", data, "-o", str(paper), *more])
        assert done.exit_code == 0, done.output
        assert "maandag 11 januari 2027" in said(paper.read_bytes())


def test_without_a_meeting_to_come_there_is_nothing_to_print(house: House, workshop: Workshop) -> None:
    house.store.write(meetings.call_off, house.store.read(meetings.of_workshop, workshop.id)[0])
    for document in ("invitation", "planner"):
        with pytest.raises(Refused, match="Plan one first"):
            printing.printed(house, workshop, {"document": document})
