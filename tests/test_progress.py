"""Progress: counts with their targets, no profiles, and one A4 every three meetings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from cards.card import Language
from print.progress import Line
from print.progress import progress as sheet
from tests.desk_people import Share, share
from tests.paper import IMPRINT, letters, pages, side
from tests.phone import text
from workshop import clock, printing
from workshop.cli import main
from workshop.domain import answers, curating, decisions, ideas, meetings, orders, progress, trajectory, workshops
from workshop.domain.decisions import Plan
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.meetings import About
from workshop.domain.workshops import Workshop
from workshop.house import House
from workshop.store import Tx

__all__ = ["share"]


def measure(house: House, workshop: Workshop, code: str) -> progress.Measure:
    """Return one measure as it is now."""
    now = house.store.read(workshops.at_door, workshop.id)
    return next(one for one in house.store.read(progress.of, now).measures if one.code == code)


def answered(house: House, who: Facilitator, idea: Idea) -> None:
    def work(tx: Tx) -> None:
        with curating.as_one(tx):
            decisions.prepare(tx, ideas.by_key(tx, idea.workshop_id, idea.id), Plan("try", "Dat doen we."), who.id)
            answers.publish(tx, idea.workshop_id, [idea.id], who.id)

    house.store.write(work)


def met(house: House, workshop: Workshop, *dates: str) -> list[meetings.Meeting]:
    """Let meetings have been on these days."""
    return [house.store.write(meetings.add, workshop.id, About(date)) for date in dates]


def test_feedback_counts_answers_and_the_days_they_took(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    assert measure(house, workshop, "answered").state == "unmeasured"
    first = share("Een bankje.")
    share("Samen eten.")
    clock.shift(days=10)
    answered(house, facilitator, first)
    assert (measure(house, workshop, "answered").state, measure(house, workshop, "days").state) == ("not_yet", "met")
    assert measure(house, workshop, "days").values == {"days": 10, "late": 0}
    clock.shift(days=50)
    assert measure(house, workshop, "days").values == {"days": 10, "late": 1}
    assert measure(house, workshop, "days").state == "not_yet"


def test_no_group_may_give_more_than_half_and_small_groups_are_never_shown_apart(
    house: House, workshop: Workshop, share: Share
) -> None:
    for perspective, count in (("professional", 9), ("client", 6), ("gemeente", 3)):
        for at in range(count):
            share(f"{perspective} {at}", "group", perspective=perspective)
    found = measure(house, workshop, "voices")
    assert (found.values["sides"], found.values["rest"]) == (("professional",), 9)
    assert found.state == "met"
    share("Nog een.", "group", perspective="professional")
    assert measure(house, workshop, "voices").state == "not_yet"


def test_returning_counts_heads_and_missing_sides_are_named(house: House, workshop: Workshop) -> None:
    one, two = met(house, workshop, "2026-10-01", "2026-11-12")
    house.store.write(meetings.note_present, one, {"professional": 6, "client": 6})
    house.store.write(meetings.note_present, two, {"professional": 9})
    found = measure(house, workshop, "people")
    assert (found.state, found.values) == ("not_yet", {"last": 9, "before": 12})
    assert measure(house, workshop, "missing").state == "unmeasured"


def test_what_is_taken_back_is_handled_within_a_day(house: House, workshop: Workshop, share: Share) -> None:
    house.store.write(ideas.withdraw, share("Toch niet."))
    assert measure(house, workshop, "withdrawn").state == "met"
    clock.shift(days=2)
    assert measure(house, workshop, "withdrawn").state == "not_yet"


def test_it_is_due_after_every_third_meeting_until_it_was_printed(
    house: House, workshop: Workshop, facilitator: Facilitator
) -> None:
    house.store.write(trajectory.turn, workshop, "workshop", 1)
    now = house.store.read(workshops.at_door, workshop.id)
    dates = ("2026-08-03", "2026-09-14", "2026-10-26")
    met(house, workshop, *dates[:2])
    assert house.store.read(progress.due, now) == 0
    met(house, workshop, dates[2])
    assert house.store.read(progress.due, now) == 3
    house.store.write(orders.order, workshop.id, facilitator.id, {"document": "progress"})
    assert house.store.read(progress.due, now) == 0


def test_a_knowledge_circle_is_never_told_that_something_is_due(house: House, workshop: Workshop) -> None:
    met(house, workshop, "2026-08-03", "2026-09-14", "2026-10-26")
    assert house.store.read(progress.due, workshop) == 0


def test_the_page_says_it_in_words_and_prints_it(
    house: House, at_desk: FlaskClient, workshop: Workshop, share: Share
) -> None:
    house.store.write(trajectory.turn, workshop, "workshop", 1)
    met(house, workshop, "2026-08-03", "2026-09-14", "2026-10-26")
    share("Een bankje.")
    said = text(at_desk.get(f"/bureau/{workshop.id}/voortgang"))
    assert "Voortgang is aan de beurt." in said
    assert "0 van de 1 ideeën hebben antwoord. Doel: allemaal." in said
    assert "Groepen onder de vijf staan niet apart." in said
    assert at_desk.post(f"/bureau/{workshop.id}/voortgang/printen").status_code == 303
    assert "aan de beurt" not in text(at_desk.get(f"/bureau/{workshop.id}/voortgang"))


@pytest.mark.parametrize("language", ["nl", "en"])
def test_progress_is_one_a4_of_14_pt_whatever_there_is_to_say(language: Language) -> None:
    line = Line("voices", "Wie aan het woord is", "Ideeën per groep: " + "ervaringsdeskundige 18, " * 3, "not_yet")
    for many in (1, 24):
        pdf = sheet("De Linde", "Na bijeenkomst 3", (line,) * many, imprint=IMPRINT, language=language).pdf
        assert pages(pdf) == 1
        there = letters(pdf, 0)
        assert min(one.size for one in there) >= 14
        assert max(one.bottom for one in there) <= 290
    assert ("En nog" if language == "nl" else "And") in side(pdf, 0)


def test_the_same_progress_is_the_same_paper(house: House, workshop: Workshop, share: Share) -> None:
    share("Een bankje.")
    first, second = (printing.printed(house, workshop, {"document": "progress"})[0].pdf for _ in range(2))
    assert first == second


def test_the_command_line_says_the_same(house: House, workshop: Workshop, share: Share, tmp_path: Path) -> None:
    share("Een bankje.")
    data = ["--data", str(house.settings.data)]
    told = CliRunner().invoke(main, ["progress", "--json", *data])
    assert told.exit_code == 0, told.output
    found = json.loads(told.output)["measures"]
    assert next(one for one in found if one["code"] == "answered")["values"] == {"answered": 0, "total": 1}
    out = tmp_path / "voortgang.pdf"
    assert CliRunner().invoke(main, ["progress", "-o", str(out), *data]).exit_code == 0
    assert pages(out.read_bytes()) == 1
