"""A programme on paper: one A4, every word of it, clock times, large letters, in both languages."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from cards.card import Language
from cards.recipe import Counts, Recipe
from cards.recipe_book import recipes
from print.errors import DoesNotFit, PrintError
from print.recipes import recipe_sheet, titled
from tests.paper import letters, library, pages, side
from workshop.cli import main

SERIES = recipes().recipes
COUNTS = Counts.of(20, 4, 3)


def sheet(one: Recipe, language: Language, counts: Counts = COUNTS) -> bytes:
    cards = titled(one, library(), language)
    return recipe_sheet(one, cards, counts, start=time(13, 30), language=language, workshop="De Linde").pdf


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("one", SERIES, ids=lambda one: one.id)
def test_every_word_of_a_programme_is_on_its_two_sides(one: Recipe, language: Language) -> None:
    pdf = sheet(one, language)
    assert pages(pdf) == 2
    front, back = side(pdf, 0), side(pdf, 1)
    agenda = [one.title, one.purpose, one.result, *(block.title for block in one.blocks)]
    agenda += [text for block in one.blocks for text in (block.text, block.other_way) if text]
    for text in agenda:
        assert text[language] in front
    for text in (*one.prepare, *(thing.text for thing in one.bring), *one.room):
        assert text[language] in back
    for at, block in one.at(time(13, 30)):
        assert at.strftime("%H:%M") in front
        for use in block.cards:
            card = library().find(use.card, language)
            assert card
            assert card.title in front
            assert card.title in back


@pytest.mark.parametrize("one", SERIES[:3], ids=lambda one: one.id)
def test_letters_are_large_and_stay_clear_of_the_edge(one: Recipe) -> None:
    pdf = sheet(one, "nl")
    for page in (0, 1):
        there = letters(pdf, page)
        assert min(letter.size for letter in there) >= 12
        body = [letter for letter in there if letter.bottom < 275]
        assert min(letter.size for letter in body) >= 14
        assert min(letter.left for letter in there) >= 10
        assert max(letter.right for letter in there) <= 200
        assert max(letter.bottom for letter in there) <= 290


def test_the_back_counts_what_to_print_and_bring() -> None:
    back = side(sheet(SERIES[3], "nl"), 1)
    for said in ("4 tafels, 20 mensen, 3 keer grote letters.", "17× Hoe was het vandaag? + 3 groot", "34× ideekaarten"):
        assert said in back
    assert "1× Alle stoelen tellen mee, vooraf, voor jullie" in back
    assert "1× Zo ging het vroeger, achter de hand" in back
    assert "160× stickers: hart en kruis" in back


def test_the_same_programme_gives_the_same_bytes() -> None:
    assert sheet(SERIES[2], "en") == sheet(SERIES[2], "en")


def test_a_programme_that_says_too_much_is_refused_and_never_shrunk() -> None:
    long = {"nl": "Nog een zin erbij. " * 120, "en": "One more sentence. " * 120}
    for change in ({"purpose": long}, {"prepare": (long,)}):
        with pytest.raises(DoesNotFit, match="words too many"):
            sheet(SERIES[2].model_copy(update=change), "nl")


def test_a_programme_with_a_card_that_is_gone_prints_nothing() -> None:
    with pytest.raises(PrintError, match="verhalen/99-weg"):
        sheet(SERIES[2].model_copy(update={"spare": ("verhalen/99-weg",)}), "nl")


def test_the_command_line_lists_and_prints_programmes(tmp_path: Path) -> None:
    listed = CliRunner().invoke(main, ["recipes", "--language", "en"])
    assert [line.split()[1] for line in listed.output.splitlines()] == [one.id for one in SERIES]
    told = json.loads(CliRunner().invoke(main, ["recipes", "--json"]).output)
    assert [Recipe.model_validate(one) for one in told] == [one.model_copy(update={"path": None}) for one in SERIES]
    out = tmp_path / "programma.pdf"
    asked = ["print", "recipe", "--recipe", "kennismaken", "--tables", "4", "--people", "20", "--large", "3"]
    said = CliRunner().invoke(main, [*asked, "--start", "10:15", "-o", str(out)])
    assert said.exit_code == 0, said.output
    assert "10:15 – 12:15" in side(out.read_bytes(), 0)


@pytest.mark.parametrize(
    ("asked", "cure"),
    [
        (["--recipe", "borrel"], "There are: waar-het-over-gaat"),
        (["--recipe", "kennismaken", "--start", "half twee"], "Write it like 13:30"),
        (["--recipe", "kennismaken", "--people", "0"], "0"),
    ],
)
def test_what_cannot_be_printed_is_said_with_its_cure_and_nothing_is_written(
    tmp_path: Path, asked: list[str], cure: str
) -> None:
    out = tmp_path / "x.pdf"
    said = CliRunner().invoke(main, ["print", "recipe", *asked, "-o", str(out)])
    assert said.exit_code == 2
    assert cure in said.output
    assert not out.exists()
