"""Programmes: sixteen that are right as they are, rules that can fail, clock times and amounts."""

from __future__ import annotations

from datetime import time
from pathlib import Path

import pytest

from cards.finding import CardError
from cards.recipe import Counts, Recipe
from cards.recipe_book import FOLDER, read_recipe, recipes
from cards.recipe_rules import EVALUATION, check_recipes, texts
from tests.paper import library

SERIES = recipes().recipes
FIRST = "01-kennismaken.toml"
SECOND = "02-een-gewone-dag.toml"
SPARE = 'spare = ["verhalen/07-dat-blijf-ik-doen"]'
OBJECT = '{card = "samen-ontwerpen/03-een-voorwerp-met-een-verhaal"}'
LISTEN = 'cards = [{card = "luisteren/01-eerst-luisteren"}]\n'


def broken(folder: Path, old: str, new: str, name: str = FIRST) -> list[str]:
    """Return what is said about a recipe in which a few words were replaced, as the only one of a series."""
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert old in text, "the test replaces words that are not there"
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_recipes(recipes(folder), library())
    assert all(finding.cure for finding in found)
    return [finding.what for finding in found]


def recipe(recipe_id: str) -> Recipe:
    found = recipes().find(recipe_id)
    assert found is not None
    return found


def test_every_programme_of_the_series_is_right() -> None:
    assert [str(finding) for finding in check_recipes(recipes(), library())] == []


def test_the_series_has_two_preparations_thirteen_meetings_and_an_answer_at_the_end() -> None:
    assert [one.number for one in SERIES] == ["0a", "0b", *map(str, range(1, 15))]
    assert [one.week for one in SERIES[2:]] == list(range(6, 85, 6))


def test_what_the_issue_asked_for_by_name_is_there() -> None:
    asked = {
        "kennismaken",
        "een-gewone-dag",
        "dromen-en-bedenken",
        "kiezen",
        "maken",
        "terug-van-thuis",
        "laat-het-zien",
    }
    assert asked <= {one.id for one in SERIES}


@pytest.mark.parametrize("one", SERIES, ids=lambda one: one.id)
def test_every_meeting_is_two_hours_with_coffee_first_and_a_word_from_everyone_at_the_end(one: Recipe) -> None:
    assert sum(block.minutes for block in one.blocks) == one.minutes == 120
    assert one.blocks[0].kind == "welcome"
    assert one.blocks[-1].kind == "close"
    assert 20 <= next(block.minutes for block in one.blocks if block.kind == "break") <= 25
    assert {block.leads for block in one.blocks} == {"A", "B"}
    assert one.prepare
    assert one.bring
    assert one.room


@pytest.mark.parametrize("one", SERIES, ids=lambda one: one.id)
def test_both_languages_say_everything(one: Recipe) -> None:
    for text in texts(one):
        assert text["nl"]
        assert text["en"]
        assert text["nl"] != text["en"] or len(text["nl"].split()) < 3


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (OBJECT, '{card = "samen-ontwerpen/99-bestaat-niet"}', "there is no card `samen-ontwerpen/99-bestaat-niet`"),
        ("minutes = 35\n", "minutes = 30\n", "the blocks take 115 minutes, the programme says 120"),
        ("minutes = 35\n", "minutes = 45\n", "the programme takes 130 minutes, more than 120"),
        ('kind = "break"\nminutes = 20', 'kind = "work"\nminutes = 20', "there is no break of 20 minutes or more"),
        ('kind = "break"\nminutes = 20', 'kind = "break"\nminutes = 19', "there is no break of 20 minutes or more"),
        ("minutes = 35\n", "minutes = 50\n", "takes 50 minutes, more than 45"),
        ("minutes = 35\n", "minutes = 20\n", "takes 20 minutes; its cards ask at least 30"),
        (LISTEN, "", "no listening card or story comes before the work"),
        (EVALUATION, "terugkoppeling/02-een-compliment", "the last block does not ask how it was today"),
        ('kind = "welcome"', 'kind = "agreements"', "the meeting does not begin with a welcome"),
        ('kind = "work"\nminutes = 20\nleads = "B"', 'kind = "work"\nminutes = 20\nleads = "A"', "do not swap halfway"),
        (
            'other_way = {nl = "Vertellen is genoeg. Een ander schrijft."',
            "# {",
            "has no way without writing or walking",
        ),
        ("A legt ideekaarten neer.", "Leg ze neer.  En dan.", "sentences, in Dutch 3"),
        ("Doe zelf ook mee.", "Doet u ook mee.", "“u” is not how a recipe addresses facilitators"),
        ("Doe zelf ook mee.", "Doe zelf mee met deze werkvorm.", "“werkvorm” is"),
        ("Doe zelf ook mee.", "En " + "nog " * 15 + "een woord.", "words, more than 15"),
    ],
    ids=lambda value: str(value)[:28],
)
def test_every_rule_can_fail_and_says_what_to_do(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert any(said in what for what in broken(tmp_path, old, new))


def test_more_than_two_new_methods_are_too_many_and_a_known_one_is_not_new(tmp_path: Path) -> None:
    three = '{card = "samen-ontwerpen/04-dromen-mag"}, {card = "samen-ontwerpen/10-stickers-plakken"}, ' + OBJECT
    said = broken(tmp_path, OBJECT, three)
    assert any(what.startswith("there are 3 new methods, more than 2") for what in said)
    later = (tmp_path / FIRST).read_text(encoding="utf-8")
    (tmp_path / "02-nog-een-keer.toml").write_text(later, encoding="utf-8")
    again = check_recipes(recipes.__wrapped__(tmp_path), library())
    assert [finding.path.name for finding in again if "new methods" in finding.what] == [FIRST]


def test_a_finding_points_at_the_line_in_the_file(tmp_path: Path) -> None:
    broken(tmp_path, "Doe zelf ook mee.", "Doet u ook mee.")
    (finding,) = check_recipes(recipes(tmp_path), library())
    lines = (tmp_path / FIRST).read_text(encoding="utf-8").splitlines()
    assert "Doet u ook mee." in lines[finding.line - 1]


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (FIRST, 'en = "Getting to know each other"', 'fr = "Salut"', "`title"),
        (FIRST, 'en = "Getting to know each other"', 'en = " "', "one of the languages is empty"),
        (FIRST, "minutes = 35", 'minutes = "lang"', "`blocks, 4, minutes` is not right"),
        (FIRST, 'kind = "break"', 'kind = "lunch"', "`blocks, 5, kind` is not right"),
        (FIRST, "week = 6", "week = 6\nsmaak = 3", "`smaak` is not right"),
        (FIRST, "week = 6", "week = = 6", "this is not written as TOML"),
    ],
)
def test_a_broken_file_is_left_out_and_named(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    assert any(said in what for what in broken(tmp_path, old, new, name))
    assert recipes(tmp_path).recipes == ()


def test_a_file_without_a_number_in_its_name_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "kennismaken.toml"
    path.write_bytes((FOLDER / FIRST).read_bytes())
    with pytest.raises(CardError, match="this name has no number"):
        read_recipe(path)


def test_two_recipes_with_one_name_are_one_too_many(tmp_path: Path) -> None:
    for name in (FIRST, "03-kennismaken.toml"):
        (tmp_path / name).write_bytes((FOLDER / FIRST).read_bytes())
    book = recipes(tmp_path)
    assert [one.number for one in book.recipes] == ["1"]
    assert "already a recipe" in book.problems[0].what


def test_clock_times_follow_from_the_start() -> None:
    planned = recipe("kennismaken").at(time(13, 30))
    assert [at.strftime("%H:%M") for at, _ in planned] == [
        *("13:30", "13:40", "13:55", "14:05", "14:40", "15:00", "15:20"),
    ]
    assert [block for _, block in planned] == list(recipe("kennismaken").blocks)
    assert recipe("kennismaken").ends(time(13, 30)) == time(15, 30)
    assert recipe("kennismaken").ends(time(23, 0)) == time(1, 0)


def test_amounts_count_tables_people_and_large_letters() -> None:
    amounts = recipe("een-gewone-dag").amounts(tables=4, people=20, large=3)
    cards = {one.card: (one.copies, one.large) for one in amounts.cards}
    assert cards["samen-ontwerpen/01-een-dag-uit-mijn-leven"] == (4, 3)
    assert cards[EVALUATION] == (17, 3)
    assert cards["vijf-tips/02-alle-stoelen-tellen-mee"] == (1, 0)
    assert cards["verhalen/05-zo-ging-het-vroeger"] == (1, 0)
    assert (amounts.idea_cards, amounts.large_idea_cards) == (34, 6)
    assert (amounts.tents, amounts.posters, amounts.programmes) == (4, 1, 2)
    assert dict(zip([thing.text["en"] for thing in recipe("een-gewone-dag").bring], amounts.things, strict=True)) == {
        "day sheet on A3": 20,
        "stickers: heart and cross": 160,
        "pictures: bed, cup and coat": 4,
        "thick pen": 20,
        "the next date on paper": 20,
    }


def test_there_is_always_one_small_card_to_read_aloud() -> None:
    amounts = recipe("een-gewone-dag").amounts(tables=1, people=5, large=5)
    assert {one.copies for one in amounts.cards} == {1}


def test_where_no_ideas_are_gathered_no_door_is_printed() -> None:
    amounts = recipe("waar-het-over-gaat").amounts(tables=1, people=6)
    assert (amounts.idea_cards, amounts.tents, amounts.posters) == (0, 0, 0)


@pytest.mark.parametrize("one", SERIES, ids=lambda one: one.id)
def test_a_card_is_counted_once_however_often_it_is_used(one: Recipe) -> None:
    cards = [use.card for use in one.uses()]
    assert len(cards) == len(set(cards))
    assert {use.card for block in one.blocks for use in block.cards} <= set(cards)
    assert {*one.ahead, *one.spare} <= set(cards)


def test_people_are_spread_over_enough_tables() -> None:
    assert Counts.of(20).tables == 4
    assert Counts.of(25).tables == 5
    assert Counts.of(6).tables == 1
    assert Counts.of(6, large=9).large == 6
    assert Counts.of(20, 3).crowded
    assert not Counts.of(20, 4).crowded
