"""Results on paper: large letters, nothing cut, who made it, the code that opens its page, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from cards.card import Language
from print.errors import PrintError
from print.imprint import Door, Imprint
from print.numbers import with_check
from print.reader import codes, raster
from print.result_poster import result_poster
from print.result_texts import ResultText, Story
from print.story_cards import story_cards
from tests.desk_people import Share
from tests.desk_people import share as share
from tests.newspaper import LONG, TALES, drawing
from tests.paper import IMPRINT, letters, pages, side
from workshop import clock, printing
from workshop.cli import main
from workshop.domain import forgetting, ideas, meetings, orders, results, staying
from workshop.domain.facilitators import Facilitator
from workshop.domain.ideas import Idea
from workshop.domain.meetings import About
from workshop.domain.results import Draft, Result
from workshop.domain.workshops import Workshop
from workshop.errors import Refused
from workshop.house import House

DOOR = Door(with_check("27419"))
STORIES = tuple(Story(nr, TALES[nr % 3], name="Riet" if nr == 12 else "") for nr in (12, 15, 18))
GARDEN = ResultText(
    title="De koffietuin",
    workshop="Werkplaats De Linde",
    path="resultaat/K7Q2M9XT4R",
    story="In de binnentuin staan nu vier banken. Elke vrijdag is er koffie.",
    tried="Zes weken koffie op dinsdag.",
    learned="Op dinsdag is het te druk.",
    next_step="Volgend jaar komt er een kas.",
    names=("Ans", "Riet"),
    nameless=6,
    stories=STORIES,
    unseen=2,
)
KINDS = {
    "short": GARDEN,
    "picture": replace(GARDEN, picture=drawing(1200, 800), shows="Vier banken"),
    "long": replace(GARDEN, story=LONG[:1490], tried=LONG[:990], learned=LONG[:990]),
    "many": replace(
        GARDEN,
        stories=tuple(Story(nr, TALES[nr % 3]) for nr in range(1, 60)),
        names=tuple(f"Deelnemer {nr}" for nr in range(1, 50)),
    ),
    "bare": ResultText("Soep", "", "resultaat/K7Q2M9XT4R"),
}


def words_of(pdf: bytes) -> str:
    """Return all words of a PDF, with single spaces."""
    return " ".join(side(pdf, page) for page in range(pages(pdf))).replace("\xa0", " ")


def poster(text: ResultText, language: Language = "nl", form: str = "2xa4") -> bytes:
    return result_poster(text, DOOR, format=form, imprint=IMPRINT, language=language).pdf  # type: ignore[arg-type]


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_poster_is_in_large_letters_on_sheets_that_hang_in_twos(kind: str, language: Language) -> None:
    pdf = poster(KINDS[kind], language)
    assert pages(pdf) % 2 == 0
    for page in range(pages(pdf)):
        there = letters(pdf, page)
        assert min(letter.size for letter in there) >= 14
        assert min(letter.left for letter in there) >= 10
        assert max(letter.right for letter in there) <= 200
        assert max(letter.bottom for letter in there) <= 289


def test_a_poster_tells_who_from_what_what_was_learned_and_what_is_next() -> None:
    said = words_of(poster(GARDEN))
    for part in (
        "De koffietuin",
        "Ans, Riet en 6 mensen zonder naam.",
        "Uit de ideeën 12, 15 en 18. En uit 2 ideeën die in de groep blijven.",
        "Wat we probeerden Zes weken koffie op dinsdag.",
        "Wat we leerden Op dinsdag is het te druk.",
        "Wat er nu gebeurt Volgend jaar komt er een kas.",
        "12 Van Riet",
        "15 Van een deelnemer",
    ):
        assert part in said


@pytest.mark.parametrize("kind", ["long", "many"])
def test_nothing_that_somebody_wrote_is_cut_from_a_poster(kind: str) -> None:
    text, said = KINDS[kind], words_of(poster(KINDS[kind]))
    flat = " ".join(said.split())
    for written in (text.tried, text.learned, text.next_step):
        assert all(sentence.strip() in flat for sentence in written.split(". "))
    assert all(name in flat for name in text.names)
    assert all(str(one.nr) in flat for one in text.stories)


def test_ideas_too_many_to_quote_are_told_by_number_and_where_their_words_are() -> None:
    said = words_of(poster(KINDS["many"]))
    assert "57, 58 en 59." in said
    assert "De woorden van alle ideeën staan op de verhaalkaarten." in said


@pytest.mark.parametrize("form", ["a3", "2xa4"])
def test_the_code_on_a_poster_opens_the_page_of_the_result(form: str) -> None:
    pdf = poster(KINDS["picture"], form=form)
    assert codes(raster(pdf, 0, 150)) == ["https://werkplaats.nl/resultaat/K7Q2M9XT4R"]
    assert "werkplaats.nl en typ het nummer." in side(pdf, 0).replace("\xa0", " ")


def test_a_poster_on_a3_is_one_sheet_where_two_a4_are_two() -> None:
    assert pages(poster(GARDEN, form="a3")) == 1
    assert pages(poster(GARDEN)) == 2


def test_letters_and_signs_that_we_lack_are_put_into_words() -> None:
    said = words_of(poster(replace(GARDEN, story="Fijn 🙂 Сад", names=("Ольга",))))
    assert "Fijn :-) [andere letters]" in said


def test_an_address_that_only_works_here_is_not_printed() -> None:
    with pytest.raises(PrintError):
        result_poster(GARDEN, DOOR, imprint=Imprint(site="localhost", base="http://localhost"), language="nl")


@pytest.mark.parametrize(
    "make", [lambda: poster(KINDS["picture"]), lambda: cards("a5", *STORIES)], ids=["poster", "cards"]
)
def test_the_same_words_give_the_same_bytes(make: object) -> None:
    assert make() == make()  # type: ignore[operator]


def cards(size: str, *stories: Story) -> bytes:
    return story_cards(stories, size=size, workshop="Werkplaats De Linde", language="nl").pdf  # type: ignore[arg-type]


@pytest.mark.parametrize("size", ["a5", "a6"])
def test_story_cards_hold_every_word_in_letters_of_14_pt(size: str) -> None:
    told = (Story(1, LONG, (drawing(),), "Ans"), Story(2, "Koffie!"), Story(3, "", (drawing(), drawing(600, 800))))
    pdf = cards(size, *told)
    said = words_of(pdf)
    assert set(re.findall(r"\d+", LONG)) <= set(re.findall(r"\d+", said))
    for part in ("Van Ans", "Van een deelnemer", "Uit Werkplaats De Linde", "Idee 3"):
        assert part in said
    sizes = {letter.size for page in range(pages(pdf)) for letter in letters(pdf, page)}
    assert min(sizes) >= 12


def test_short_stories_are_printed_on_one_side_only() -> None:
    assert pages(cards("a5", *STORIES)) == 2
    assert pages(cards("a6", *STORIES)) == 1
    assert pages(cards("a5", *STORIES, Story(30, LONG))) == 4


def make(house: House, workshop: Workshop, who: Facilitator, *found: Idea, **more: object) -> Result:
    draft = Draft("De koffietuin", "Er is koffie.", ideas=tuple(one.nr for one in found), **more)  # type: ignore[arg-type]
    return house.store.write(results.make, workshop.id, draft, who.id)


def printed(house: House, workshop: Workshop, **what: object) -> bytes:
    return printing.printed(house, workshop, what)[0].pdf


def test_a_poster_for_everyone_quotes_only_what_makers_allow_everyone(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    found = (share("Een tuin.", "everyone_named", maker="Riet"), share("Alleen wij.", "group", maker="Wim"))
    result = make(house, workshop, facilitator, *found, audience="everyone")
    said = words_of(printed(house, workshop, document="result", result=result.id, format="2xa4"))
    assert "Een tuin." in said
    assert "Riet en 1 mens zonder naam." in said
    assert "En uit 1 idee dat in de groep blijft." in said
    assert "Alleen wij" not in said
    assert "Wim" not in said


def test_what_stays_in_the_group_is_in_no_story_card_and_no_exhibition(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    secret, shown = share("Mijn verdriet."), share("Een tuin.")
    result = make(house, workshop, facilitator, secret, shown, audience="everyone")
    house.store.write(lambda tx: staying.mark(tx, ideas.by_key(tx, workshop.id, secret.id), facilitator.id))
    house.store.write(results.publish, house.store.read(results.find, workshop.id, result.id), facilitator.id)
    for what in ({"document": "stories", "audience": "group"}, {"document": "exhibition", "audience": "group"}):
        said = words_of(printed(house, workshop, **what))
        assert "Een tuin." in said
        assert "verdriet" not in said
    with pytest.raises(Refused, match="None of these ideas"):
        printed(house, workshop, document="stories", ideas=[secret.nr])


def test_an_exhibition_shows_how_it_was_made_and_thanks_everybody(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    house.store.write(meetings.add, workshop.id, About(clock.today().isoformat()))
    idea = share("Een tuin.", "everyone_named", maker="Riet")
    with pytest.raises(Refused, match="No result is published"):
        printed(house, workshop, document="exhibition")
    result = make(house, workshop, facilitator, idea, audience="everyone", credits="Gemeente De Linde")
    house.store.write(results.publish, result, facilitator.id)
    said = words_of(printed(house, workshop, document="exhibition", format="2xa4"))
    for part in (
        "Dit maakten we samen",
        "Hoe wonen we straks fijn in onze buurt?",
        "1 keer kwamen we bij elkaar",
        "1 ideeën kwamen er binnen",
        "0 daarvan kwamen op papier",
        "De makers Riet.",
        "Gemeente De Linde",
        "Samen ontwerpen: Eigen tekst van Werkplaats.",
        "Licentie: CC BY 4.0.",
        "Atkinson Hyperlegible Next. Licentie: SIL Open Font License 1.1.",
        "Van Riet",
    ):
        assert part in said, part


def test_a_result_is_printed_from_the_command_line(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share, tmp_path: Path
) -> None:
    result = make(house, workshop, facilitator, share("Een tuin."), audience="everyone")
    house.store.write(results.publish, result, facilitator.id)
    at = ["result", "--data", str(house.settings.data), "--workshop", workshop.name, "-o"]
    for form in ("a3", "2xa4", "stories", "exhibition"):
        out = tmp_path / f"{form}.pdf"
        said = CliRunner().invoke(main, [*at, str(out), "--format", form, "--result", "De koffietuin"])
        assert said.exit_code == 0, said.output
        assert "De koffietuin" in words_of(out.read_bytes()) or form == "stories"
    wrong = CliRunner().invoke(main, [*at, str(tmp_path / "x.pdf"), "--result", "Soep"])
    assert wrong.exit_code == 2
    assert "There are: “De koffietuin”." in wrong.output


def test_a_finished_poster_is_thrown_away_when_an_idea_on_it_is_erased(
    house: House, workshop: Workshop, facilitator: Facilitator, share: Share
) -> None:
    idea = share("Een tuin.")
    result = make(house, workshop, facilitator, idea)
    order = house.store.write(orders.order, workshop.id, facilitator.id, {"document": "result", "result": result.id})
    claimed = house.store.write(orders.claim, order.id)
    assert claimed
    file = house.files.keep(b"a poster with a garden", "pdf")
    house.store.write(orders.finish, claimed, file, "poster.pdf")
    house.store.write(ideas.withdraw, idea)
    clock.shift(minutes=31)
    assert file in house.store.write(forgetting.erase_due)
    assert house.store.read(orders.find, workshop.id, order.id).file is None
