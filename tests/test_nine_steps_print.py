"""The nine steps and the sheet to sign: exactly one A4, 14 pt or more, every step there; the same from desk and CLI."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from cards.card import Language
from print.mandate_sheet import MandateText, mandate_sheet
from print.nine_steps import StepsText, StepText, light_steps, nine_steps
from print.words import words
from tests.desk_people import anna, someone
from tests.newspaper import LONG
from tests.paper import IMPRINT, letters, pages, side
from workshop import clock
from workshop.cli import main
from workshop.domain import mandates, orders, trajectory
from workshop.domain.facilitators import Facilitator
from workshop.domain.mandates import Given
from workshop.domain.workshops import Workshop, at_door
from workshop.house import House
from workshop.network_printing import light_text, mandate_text, printed, steps_text

__all__ = ["anna", "someone"]
STATES = ("done", "busy", "open")


def text(told: int, signs: int) -> StepsText:
    rows = tuple(
        StepText(
            nr,
            f"Stap {nr}",
            STATES[nr % 3],  # type: ignore[arg-type]
            "Dit is wat de stap is.",
            tuple(f"Er is {nr}.{at} {LONG}"[:signs] for at in range(told)),
            tuple(f"mist {nr}.{at} {LONG}"[:signs] for at in range(told)),
        )
        for nr in range(1, 10)
    )
    return StepsText("De Linde", "maandag 23 november 2026", rows)


def made(about: StepsText, language: Language = "nl") -> bytes:
    return nine_steps(about, imprint=IMPRINT, language=language).pdf


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(("told", "signs"), [(0, 1), (1, 40), (3, 90), (6, 600)])
def test_nine_steps_are_one_a4_in_large_letters_with_every_step(language: Language, told: int, signs: int) -> None:
    pdf = made(text(told, signs), language)
    assert pages(pdf) == 1
    there = letters(pdf, 0)
    assert min(letter.size for letter in there) >= 14
    assert min(letter.left for letter in there) >= 15
    assert max(letter.right for letter in there) <= 195
    said = side(pdf, 0)
    for nr in range(1, 10):
        assert f"{nr}. Stap {nr} · {words(language)[f'step_{STATES[nr % 3]}']}" in said


def test_what_is_missing_and_not_told_is_counted() -> None:
    said = side(made(text(6, 600)), 0)
    assert len(re.findall(r"mist \d", said)) == 9
    assert said.count("en nog 5 dingen") == 9


def test_steps_with_little_to_say_are_explained() -> None:
    assert side(made(text(0, 1)), 0).count("Dit is wat de stap is.") == 9


def test_the_same_steps_give_the_same_bytes() -> None:
    assert made(text(2, 60)) == made(text(2, 60))


def test_state_is_a_word_beside_a_box() -> None:
    said = side(made(text(1, 20)), 0)
    for key in ("step_done", "step_busy", "step_open", "step_foot"):
        assert words("nl")[key] in said


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_sheet_to_sign_has_lines_or_words_and_room_for_a_name(language: Language) -> None:
    empty = mandate_sheet(MandateText("Hoe wonen we straks fijn?"), imprint=IMPRINT, language=language).pdf
    full = MandateText("Hoe wonen we straks fijn?" * 5, LONG[:300], LONG[:400], "woensdag 30 juni 2027", LONG[:120])
    filled = mandate_sheet(full, imprint=IMPRINT, language=language).pdf
    for pdf in (empty, filled):
        assert pages(pdf) == 1
        assert min(letter.size for letter in letters(pdf, 0)) >= 14
        assert words(language)["mandate_sign"] in side(pdf, 0)
    assert "woensdag 30 juni 2027" in side(filled, 0)
    assert words(language)["mandate_trial"] not in side(empty, 0)


@pytest.fixture
def trying(house: House, workshop: Workshop) -> Workshop:
    """A workshop that is to have all nine steps."""
    house.store.write(trajectory.turn, workshop, "workshop", 1)
    return house.store.read(at_door, workshop.id)


def test_the_sheet_says_what_the_page_says(house: House, trying: Workshop) -> None:
    pdf = printed(house, trying, {"document": "nine-steps"}).pdf
    said = side(pdf, 0)
    for one in house.store.read(steps_text, trying, house.library_of(trying.id), "nl").steps:
        assert f"{one.number}. {one.name}" in said
    assert "Mist nog: waar het over gaat; waar het niet over gaat." in said
    english = side(printed(house, trying, {"document": "nine-steps", "language": "en"}).pdf, 0)
    assert "Still missing: what it is about; what it is not about." in english


def test_a_mandate_is_printed_as_it_was_written_down(house: House, trying: Workshop, facilitator: Facilitator) -> None:
    until = clock.today().isoformat()
    given = house.store.write(
        mandates.give, trying.id, None, Given("Mevrouw Bos", "De bank verplaatsen.", until), facilitator.id
    )
    text_of = house.store.read(mandate_text, trying, given.id, "nl")
    assert (text_of.allows, text_of.what, text_of.trial) == ("Mevrouw Bos", "De bank verplaatsen.", "")
    assert "De bank verplaatsen." in side(printed(house, trying, {"document": "mandate", "mandate": given.id}).pdf, 0)


def test_desk_orders_both_sheets(at_desk: FlaskClient, house: House, trying: Workshop) -> None:
    for address, document in (("traject", "nine-steps"), ("mandaat", "mandate")):
        assert at_desk.post(f"/bureau/{trying.id}/{address}/printen", data={"taal_kaarten": "en"}).status_code == 303
        last = house.store.read(orders.of_workshop, trying.id)[0].what
        assert (last["document"], last["language"]) == (document, "en")


def test_the_command_line_tells_each_step_as_json_in_words_and_on_paper(
    house: House, trying: Workshop, tmp_path: Path
) -> None:
    common = ["nine-steps", "--workshop", trying.name, "--data", str(house.settings.data)]
    said = CliRunner().invoke(main, [*common, "--json"])
    assert said.exit_code == 0, said.output
    rows = json.loads(said.output)
    assert [one["step"] for one in rows] == list(range(1, 10))
    assert rows[0]["state"] == "open"
    assert rows[0]["evidence"] == []
    assert rows[0]["missing"] == ["waar het over gaat", "waar het niet over gaat"]
    assert "1. Waar gaat het over? (nog open)" in CliRunner().invoke(main, common).output
    file = tmp_path / "steps.pdf"
    assert CliRunner().invoke(main, [*common, "-o", str(file), "--language", "en"]).exit_code == 0
    assert "What is it about?" in side(file.read_bytes(), 0)


def test_a_knowledge_circle_prints_the_steps_to_write_on(house: House, workshop: Workshop, tmp_path: Path) -> None:
    common = ["nine-steps", "--data", str(house.settings.data)]
    assert json.loads(CliRunner().invoke(main, [*common, "--json"]).output) == []
    file = tmp_path / "steps.pdf"
    assert CliRunner().invoke(main, [*common, "-o", str(file)]).exit_code == 0
    assert words("nl")["step_light_heading"] in side(file.read_bytes(), 0)


def test_any_group_prints_the_light_steps_when_asked(house: House, trying: Workshop, tmp_path: Path) -> None:
    file = tmp_path / "steps.pdf"
    asked = ["nine-steps", "--data", str(house.settings.data), "--light", "-o", str(file)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    assert words("nl")["step_light_heading"] in side(file.read_bytes(), 0)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", ["De Linde", "Een heel lange naam van een kring " * 4])
def test_the_light_steps_are_one_a4_with_a_question_for_each_and_no_states(
    house: House, workshop: Workshop, language: Language, name: str
) -> None:
    text_of = light_text(replace(workshop, name=name), house.library_of(workshop.id), language)
    pdf = light_steps(text_of, language=language).pdf
    assert pages(pdf) == 1
    assert min(letter.size for letter in letters(pdf, 0)) >= 14
    said = side(pdf, 0)
    for step in text_of.steps:
        assert f"{step.number}. {step.name}" in said
        assert step.what in said
        assert step.ask in said
    assert len(text_of.steps) == 9
    assert words(language)["step_open"] not in said
    assert pdf == light_steps(text_of, language=language).pdf


def test_a_circle_orders_the_light_steps_where_it_chooses_its_kind(
    at_desk: FlaskClient, house: House, workshop: Workshop
) -> None:
    page = at_desk.get(f"/bureau/{workshop.id}/traject/soort").text
    assert "De negen stappen op één blad" in page
    assert at_desk.post(f"/bureau/{workshop.id}/traject/printen", data={"licht": "ja"}).status_code == 303
    assert house.store.read(orders.of_workshop, workshop.id)[0].what["light"] is True
