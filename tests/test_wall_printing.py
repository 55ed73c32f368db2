"""Walls and reports from a workshop to paper: who may read what, hidden until shown, gone when taken away."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from print import reader
from tests.desk_people import share as share
from tests.newspaper import drawing
from tests.paper import pages, side
from workshop import clock, ids, printing, tasks
from workshop.cli import main
from workshop.domain import answers, curating, decisions, forgetting, ideas, joining, meetings, orders, support, themes
from workshop.domain import workshops as rows
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea, Picture
from workshop.domain.meetings import About
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House
from workshop.pictures import clean
from workshop.store import Tx

Share = Callable[..., Idea]


def wall(house: House, workshop: Workshop, audience: str = "group", form: str = "2xa4") -> str:
    """Return all words of the wall newspaper."""
    what = {"document": "wall", "format": form, "audience": audience}
    pdf = printing.printed(house, workshop, what)[0].pdf
    return " ".join(side(pdf, page) for page in range(pages(pdf))).replace("\xa0", " ")


def report(house: House, workshop: Workshop, meeting: str = "") -> str:
    pdf = printing.printed(house, workshop, {"document": "report", "meeting": meeting})[0].pdf
    assert pages(pdf) == 1
    return side(pdf, 0).replace("\xa0", " ")


def on_wall(house: House, facilitator: Facilitator, idea: Idea) -> Idea:
    return house.store.write(curating.put_on_wall, idea, facilitator.id)


def decided(house: House, facilitator: Facilitator, idea: Idea, plan: Plan) -> None:
    def work(tx: Tx) -> None:
        with curating.as_one(tx):
            decisions.prepare(tx, ideas.by_key(tx, idea.workshop_id, idea.id), plan, facilitator.id)
            answers.publish(tx, idea.workshop_id, [idea.id], facilitator.id)

    house.store.write(work)


def test_each_audience_reads_what_makers_allow_it(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    on_wall(house, facilitator, share("Voor iedereen een bankje.", "everyone_named", maker="Riet"))
    on_wall(house, facilitator, share("Alleen voor ons: koffie.", "group", maker="Truus"))
    share("Nog door niemand gelezen.", "everyone")
    room, hall = wall(house, workshop), wall(house, workshop, "everyone")
    assert "Voor iedereen een bankje." in room
    assert "Alleen voor ons: koffie." in room
    assert "Idee van een deelnemer: Riet" in hall
    for kept in ("Alleen voor ons", "Nog door niemand"):
        assert kept not in hall
    assert "Truus" not in room + hall


@pytest.mark.parametrize("audience", ["group", "everyone"])
def test_what_is_hidden_held_set_aside_or_taken_away_is_on_no_wall_and_in_no_report(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, audience: str
) -> None:
    house.store.write(meetings.add, workshop.id, About(clock.today().isoformat()))
    for word in ("Zichtbaar", "Opzij", "Teruggenomen", "Vastgehouden", "Verborgen"):
        if word == "Verborgen":
            house.store.write(rows.hide, workshop.id)
        idea = on_wall(house, facilitator, share(f"{word} idee over bankjes."))
        if word == "Opzij":
            house.store.write(curating.set_aside, idea, facilitator.id, "Dit past hier niet.")
        if word == "Teruggenomen":
            house.store.write(ideas.withdraw, idea)
        if word == "Vastgehouden":
            house.store.write(hold, idea, facilitator.id)
    told = wall(house, workshop, audience) + report(house, workshop)
    assert "Zichtbaar idee" in told
    for word in ("Opzij", "Teruggenomen", "Vastgehouden", "Verborgen"):
        assert word not in told


def hold(tx: Tx, idea: Idea, who: str) -> None:
    ideas.apply(tx, idea, who, "held", held=True)


def test_a_picture_is_printed_and_no_longer_once_it_is_taken_away(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    cleaned = clean(drawing(1200, 900))
    kept = Picture(ids.new(), house.files.keep(cleaned.jpeg, "jpg"), cleaned.width, cleaned.height)
    idea = on_wall(house, facilitator, share("Zo ziet het eruit.", pictures=(kept,)))
    assert pictures_in(house, workshop) == 1
    house.store.write(ideas.withdraw, idea)
    assert pictures_in(house, workshop) == 0


def pictures_in(house: House, workshop: Workshop) -> int:
    pdf = printing.printed(house, workshop, {"document": "wall", "format": "a3"})[0].pdf
    document = pypdfium2.PdfDocument(pdf)
    try:
        return sum(len(list(page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]))) for page in document)
    finally:
        document.close()


def test_the_wall_stands_by_theme_with_support_only_when_that_may_be_seen(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    bench, coffee = share("Een bankje in de zon."), share("Samen koffie drinken.")
    theme = house.store.write(themes.make, workshop.id, "Naar buiten")
    house.store.write(themes.put, bench, theme.id, facilitator.id)
    house.store.write(support.recognise, coffee, "device:a", on=True)
    said = wall(house, workshop)
    assert (
        said.index("Naar buiten 1 idee") < said.index("Een bankje") < said.index("Meer ideeën") < said.index("koffie")
    )
    assert "herkent dit" not in said
    house.store.write(rows.show_support, workshop.id, True)
    assert "1 mens herkent dit." in wall(house, workshop)


def test_joined_ideas_stand_once_and_everybody_without_a_name_finds_an_answer(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    one, two, known = share("Een bankje."), share("Zitten bij de bus."), share("Muziek.", maker="Riet")
    made = house.store.write(joining.join, workshop.id, [one.id, two.id], "Banken in de straat.", facilitator.id)
    plan = Plan("try", "We beginnen klein.", "Anna vraagt om bankjes.", "2027-02-22")
    decided(house, facilitator, made, plan)
    decided(house, facilitator, known, Plan("keep", "Voor de lente."))
    said = wall(house, workshop)
    assert said.count("Banken in de straat.") == 1
    found = said[said.index("ideeën zonder naam") :]
    for idea in (one, two):
        assert f"idee {idea.nr}: We beginnen klein. Wat gebeurt er nu? Anna vraagt om bankjes." in found
    assert "Uiterlijk op maandag 22 februari 2027." in found
    assert f"idee {known.nr}:" not in found


def test_why_an_idea_that_hangs_nowhere_was_not_chosen_stands_on_no_wall(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = house.store.write(curating.set_aside, share("Over de buurman."), facilitator.id, "Er staat een naam in.")

    def publish(tx: Tx) -> None:
        with curating.as_one(tx):
            answers.publish(tx, workshop.id, [idea.id], facilitator.id)

    house.store.write(publish)
    said = wall(house, workshop)
    assert f"idee {idea.nr}: Vraag de begeleider waarom." in said
    assert "Er staat een naam in." not in said


def test_the_report_is_about_one_meeting(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    clock.shift(days=-30)
    first = house.store.write(meetings.add, workshop.id, About(clock.today().isoformat(), place="de grote zaal"))
    house.store.write(meetings.note_present, first, {"client": 6, "burger": 4, "": 2})
    early = share("Een bankje in de zon.")
    clock.shift()
    second = house.store.write(meetings.add, workshop.id, About(clock.today().isoformat(), "Koffie in de tuin"))
    share("Samen koffie drinken.")
    decided(
        house, facilitator, early, Plan("make", "Dat wilden velen.", "Piet maakt een bankje.", meeting_id=second.id)
    )
    told = report(house, workshop, first.id)
    assert "Bijeenkomst 1 " in told
    assert "6 × cliënt, 6 × andere, of niet gezegd. Samen 12 mensen." in told
    assert "in de grote zaal" in told
    assert "“Een bankje in de zon”" in told
    assert "koffie drinken" not in told
    last = report(house, workshop)
    assert "Bijeenkomst 2: Koffie in de tuin" in last
    assert "We maken het: “Een bankje in de zon” (idee 1). Dat wilden velen." in last
    assert "Piet maakt een bankje." in last


def test_without_a_meeting_there_is_nothing_to_report(house: House, workshop: Workshop) -> None:
    with pytest.raises(Refused, match="no meeting yet"):
        printing.make(house, workshop.id, {"document": "report", "meeting": ""})


def test_a_wall_for_everyone_keeps_the_key_of_the_group(house: House, workshop: Workshop) -> None:
    made = {
        audience: printing.printed(house, workshop, {"document": "wall", "format": "a3", "audience": audience})[0].pdf
        for audience in ("group", "everyone")
    }
    codes = {audience: reader.codes(reader.picture(pdf, 0, 110)) for audience, pdf in made.items()}
    assert codes["group"][0].startswith(codes["everyone"][0])
    assert len(codes["everyone"][0].rpartition("/")[2]) == 6


@pytest.mark.parametrize(
    "what", [{"document": "wall", "format": "a3", "audience": "group"}, {"document": "invitation"}]
)
def test_a_printed_wall_or_invitation_is_thrown_away_when_one_of_its_ideas_is_erased(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, what: dict[str, str]
) -> None:
    house.store.write(meetings.add, workshop.id, About(clock.today().isoformat()))
    idea = on_wall(house, facilitator, share("Een bankje in de zon."))
    placed = house.store.write(orders.order, workshop.id, facilitator.id, what)
    tasks.print_order(house, placed.id)
    ready = house.store.read(orders.find, workshop.id, placed.id)
    assert ready.file
    house.store.write(ideas.withdraw, idea)
    clock.shift(minutes=31)
    assert ready.file in house.store.write(forgetting.erase_due)
    gone = house.store.read(orders.find, workshop.id, placed.id)
    assert (gone.state, gone.file) == ("failed", None)
    assert "Print it again" in gone.reason
    house.store.write(orders.try_again, workshop.id, placed.id)
    tasks.print_order(house, placed.id)
    assert house.store.read(orders.find, workshop.id, placed.id).state == "ready"


def test_the_desk_orders_a_booklet_for_the_hall_and_a_report(
    house: House, workshop: Workshop, at_desk: FlaskClient
) -> None:
    held = house.store.write(meetings.add, workshop.id, About(clock.today().isoformat()))
    page = at_desk.get(f"/bureau/{workshop.id}/printen?wat=wall").text
    assert 'id="wat-wall" checked' in page
    at_desk.post(f"/bureau/{workshop.id}/printen", data={"wat": "wall", "krant": "booklet", "voor": "everyone"})
    newest = house.store.read(orders.of_workshop, workshop.id)[0].what
    assert (newest["format"], newest["audience"], newest["flip"]) == ("booklet", "everyone", "long")
    at_desk.post(f"/bureau/{workshop.id}/printen", data={"wat": "report", "bijeenkomst": held.id})
    assert house.store.read(orders.of_workshop, workshop.id)[0].what["meeting"] == held.id


def test_the_desk_says_that_a_report_needs_a_meeting(workshop: Workshop, at_desk: FlaskClient) -> None:
    said = at_desk.post(f"/bureau/{workshop.id}/printen", data={"wat": "report"})
    assert said.status_code == 400
    assert "Er was nog geen bijeenkomst" in said.text


def test_the_command_line_prints_a_wall_and_a_report(
    house: House, workshop: Workshop, share: Share, tmp_path: Path
) -> None:
    share("Een bankje in de zon.")
    day = clock.today().isoformat()
    house.store.write(meetings.add, workshop.id, About(day))
    common = ["--workshop", workshop.name, "--data", str(house.settings.data), "-o", str(tmp_path / "x.pdf")]
    for asked in (
        ["wall", "--format", "booklet"],
        ["report"],
        ["report", "--meeting", "1"],
        ["report", "--meeting", day],
    ):
        said = CliRunner().invoke(main, [*asked, *common])
        assert said.exit_code == 0, said.output
        document = pypdfium2.PdfDocument(io.BytesIO((tmp_path / "x.pdf").read_bytes()))
        assert len(document) == (2 if asked[0] == "wall" else 1)
        document.close()
    wrong = CliRunner().invoke(main, ["report", "--meeting", "9", *common])
    assert wrong.exit_code == 2
    assert f"There are: 1 ({day})" in wrong.output
