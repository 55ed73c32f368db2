"""The wall newspaper on paper: every word of every idea, large, in order, with its picture; and the booklet folded."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pikepdf
import pytest

from cards.card import Language
from print import reader
from print.errors import PrintError
from print.formats import Flip, Format, impose, load
from print.imprint import Door, Imprint
from print.letters import readable
from print.marks import address
from print.wall_pages import Pages
from print.wall_paper import Decision, Nameless, Section, WallFormat, WallIdea, WallText, wall
from print.words import words
from tests.newspaper import LONG, TALES, THEMES, drawing, newspaper
from tests.paper import IMPRINT, KEY, grey, letters, pages, side

DOOR = Door("274195", KEY)
FORMATS: tuple[WallFormat, ...] = ("a3", "2xa4", "booklet")


def made(text: WallText, size: WallFormat = "2xa4", language: Language = "nl", flip: Flip = "short") -> bytes:
    return wall(text, DOOR, format=size, flip=flip, imprint=IMPRINT, language=language).pdf


def read(pdf: bytes) -> list[str]:
    """Return the words of every page of the PDF."""
    return [side(pdf, page) for page in range(pages(pdf))]


@pytest.fixture(scope="module")
def printed() -> dict[WallFormat, bytes]:
    return {size: made(newspaper(20), size) for size in FORMATS}


@pytest.mark.parametrize("size", FORMATS)
def test_every_word_of_every_idea_and_answer_is_on_paper(size: WallFormat, printed: dict[WallFormat, bytes]) -> None:
    everything = " ".join(read(printed[size]))
    text = newspaper(20)
    for one in (text.question, text.title, text.meeting, text.date, *THEMES, words("nl")["wall_no_theme"]):
        assert one in everything
    for section in text.sections:
        for idea in section.ideas:
            assert f"{idea.nr} {idea.who}" in everything
            assert " ".join(idea.words.split()) in everything
            if idea.decision:
                for part in (idea.decision.reason, idea.decision.next_step, idea.decision.by_when):
                    assert part in everything


def test_ideas_stand_in_the_order_in_which_they_were_given(printed: dict[WallFormat, bytes]) -> None:
    everything = " ".join(read(printed["2xa4"]))
    places = [everything.index(f" {nr} idee van een deelnemer") for nr in range(1, 21)]
    assert places == sorted(places)


@pytest.mark.parametrize(("size", "body", "heads"), [("a3", 20, 36), ("2xa4", 20, 36), ("booklet", 14, 25)])
def test_letters_can_be_read_from_where_people_stand(
    size: WallFormat, body: float, heads: float, printed: dict[WallFormat, bytes]
) -> None:
    across = {"a3": 420, "2xa4": 210, "booklet": 297}[size]
    pdf = printed[size]
    for page in range(pages(pdf)):
        there = letters(pdf, page)
        foot = max(letter.bottom for letter in there) - 8
        top = min(letter.top for letter in there) + 8
        middle = [letter for letter in there if top < letter.top and letter.bottom < foot]
        assert min(letter.size for letter in middle) >= body
        assert min(letter.size for letter in there) >= 14
        assert min(letter.left for letter in there) >= 10
        assert max(letter.right for letter in there) <= across - 10
    assert max(letter.size for letter in letters(pdf, 0)) >= heads


def test_nothing_crosses_the_middle_of_a_sheet_of_a3(printed: dict[WallFormat, bytes]) -> None:
    for page in range(pages(printed["a3"])):
        seen = np.asarray(grey(printed["a3"], page, 50))
        middle = seen.shape[1] // 2
        assert (seen[:, middle - 20 : middle + 20] == 255).all()


def test_two_sheets_of_a4_say_what_one_of_a3_says_and_come_in_pairs(printed: dict[WallFormat, bytes]) -> None:
    assert pages(printed["2xa4"]) == 2 * pages(printed["a3"])


def test_an_idea_of_two_thousand_signs_runs_on_whole() -> None:
    text = newspaper(4, WallIdea(99, LONG, "Truus", (drawing(),)))
    assert LONG in " ".join(page.partition("Bladzijde")[0].strip() for page in read(made(text)))
    for size in FORMATS:
        assert " ".join(read(made(text, size))).count("verhaal.") == LONG.count("verhaal.")


def test_a_heading_never_ends_a_page_and_a_picture_stays_with_its_idea() -> None:
    tall = [WallIdea(nr, TALES[nr % 3] * (nr % 7), "Truus", (drawing(600, 900),) * (nr % 3)) for nr in range(30, 60)]
    text = newspaper(9, *tall)
    laid = Pages(text, "sheet", IMPRINT, True, "nl", None)
    faces = laid.running()
    pdf = made(text)
    for page, face in enumerate(faces):
        said = side(pdf, page).partition("Bladzijde")[0].strip()
        assert not said.endswith(("ideeën", "Truus", "deelnemer")) or any("picture" in name for name in face.slots)
        for slot in face.slots:
            if slot.startswith("slot-picture-"):
                assert f" {slot.split('-')[2]} " in f" {said} "
    slots = [name for face in faces for name in face.slots if "picture" in name]
    assert len(slots) == sum(len(one.pictures) for section in text.sections for one in section.ideas)


def test_pictures_are_printed_in_their_own_proportions() -> None:
    idea = WallIdea(1, "", "Truus", (drawing(900, 300),))
    text = WallText("De Linde", "Vraag?", sections=(Section("Buiten", (idea,)),))
    faces = Pages(text, "sheet", IMPRINT, True, "nl", None).running()
    face = next(one for one in faces if "slot-picture-1-0" in one.slots)
    slot = face.slots["slot-picture-1-0"]
    assert slot.width / slot.height == pytest.approx(3, rel=0.01)
    assert slot.width >= 150


def test_an_idea_without_a_name_finds_its_answer_by_the_number_of_its_stub(printed: dict[WallFormat, bytes]) -> None:
    everything = " ".join(read(printed["a3"]))
    found = everything[everything.index("Wat gebeurde er met de ideeën zonder naam?") :]
    for one in newspaper(20).nameless:
        assert f"{one.number[:4]} {one.number[4:]} (idee {one.nr}): {one.decision.reason}" in found


def test_before_anything_was_decided_nobody_reads_that_there_is_no_decision() -> None:
    plain = Section("Buiten", (WallIdea(1, "Een bankje.", "Truus"),))
    assert "Nog geen besluit" not in " ".join(read(made(WallText("De Linde", "Vraag?", sections=(plain,)))))
    assert "Nog geen besluit" in " ".join(read(made(newspaper(4))))


@pytest.mark.parametrize("size", FORMATS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_workshop_without_ideas_has_a_friendly_wall(size: WallFormat, language: Language) -> None:
    pdf = made(WallText("De Linde", "Hoe wonen we straks fijn?"), size, language)
    assert words(language)["wall_empty"] in " ".join(read(pdf))


def test_the_code_and_the_number_open_the_workshop(printed: dict[WallFormat, bytes]) -> None:
    group = address(IMPRINT.base, DOOR.number, DOOR.key)
    assert reader.codes(grey(printed["a3"], 0, 110)) == [group]
    assert reader.codes(grey(printed["booklet"], 0, 110)) == [group]
    assert "274 195" in side(printed["2xa4"], 1)


def test_a_wall_for_everyone_gives_no_key_to_the_group() -> None:
    pdf = wall(newspaper(2), Door("274195"), imprint=IMPRINT, language="nl").pdf
    assert reader.codes(grey(pdf, 0, 110)) == [address(IMPRINT.base, "274195")]


def test_nothing_is_printed_for_an_address_that_works_nowhere() -> None:
    with pytest.raises(PrintError, match="localhost"):
        wall(newspaper(2), DOOR, imprint=Imprint("x", "localhost:5000", "http://localhost:5000"), language="nl")


def test_the_same_ideas_give_the_same_bytes() -> None:
    assert made(newspaper(5), "booklet") == made(newspaper(5), "booklet")


@pytest.mark.parametrize("flip", ["long", "short"])
@pytest.mark.parametrize("count", [4, 8, 16])
def test_a_folded_booklet_has_its_pages_in_order(count: int, flip: Flip) -> None:
    assert folded(load("booklet"), count, flip) == list(range(count))


def folded(form: Format, count: int, flip: Flip) -> list[int]:
    """Turn, pile and fold the sheets, and leaf through them from the front."""
    sides = impose(form, count, flip)
    rights, lefts = [], []
    for front, back in zip(sides[::2], sides[1::2], strict=True):
        seen = {(place.x > 0): place.index for place in front}
        behind = {(place.x > 0): place.index for place in back}
        assert all(place.turned == (flip == "long") for place in back)
        turned = flip == "long"
        rights.append((seen[True], behind[turned]))
        lefts.append((behind[not turned], seen[False]))
    return [page for leaf in [*rights, *lefts[::-1]] for page in leaf]


def test_a_booklet_opens_with_its_cover_and_ends_with_how_to_join_in(printed: dict[WallFormat, bytes]) -> None:
    pdf = printed["booklet"]
    assert pages(pdf) % 2 == 0
    outside = letters(pdf, 0)
    right = "".join(letter.text for letter in outside if letter.left > 148)
    left = "".join(letter.text for letter in outside if letter.left < 148)
    assert right.startswith("Muurkrant")
    assert left.startswith("Deeluwidee")


def test_a_listener_hears_a_booklet_page_by_page(printed: dict[WallFormat, bytes]) -> None:
    with pikepdf.open(io.BytesIO(printed["booklet"])) as pdf:
        names = [str(section.T) for section in pdf.Root.StructTreeRoot.K[0].K if "/T" in section]
    numbers = [int(name.split()[1]) for name in names]
    assert all(after == before + 1 for before, after in pairwise(numbers))


def test_a_smile_and_another_alphabet_do_not_stop_the_press() -> None:
    assert readable("Mooi 🙂👍🏽 é ﬁets\nمرحبا بك!", "nl") == "Mooi :-)[plaatje] é fiets\n[andere letters]!"
    odd = WallText("De Linde", "Vraag?", sections=(Section("Thé 🙂", (WallIdea(1, "Привет 🎉", "Ṱruus"),)),))
    assert "[plaatje]" in " ".join(read(made(odd)))


@pytest.mark.parametrize("count", [3, 40, 120])
def test_few_ideas_are_one_sheet_and_many_are_many(count: int) -> None:
    sheets = pages(made(newspaper(count), "a3"))
    assert sheets <= 1 + count / 3


def test_what_adds_to_an_idea_stands_under_it_with_its_own_picture() -> None:
    more = (WallIdea(7, "Met een prullenbak.", "Idee van een deelnemer", (drawing(),)),)
    main = WallIdea(3, "Een bankje.", "Idee van een deelnemer: Riet", recognised=1, dots=4, added=more)
    pdf = made(WallText("De Linde", "Vraag?", sections=(Section("Buiten", (main,)),)))
    said = " ".join(read(pdf))
    assert "1 mens herkent dit. Het kreeg 4 stippen." in said
    assert said.index("Een bankje.") < said.index("hoort bij idee 3") < said.index("Met een prullenbak.")


def test_who_may_not_read_the_reason_here_is_told_to_ask_for_it() -> None:
    kept_back = Nameless(4, "27410045", Decision("not_now"))
    said = " ".join(read(made(WallText("De Linde", "Vraag?", nameless=(kept_back,)))))
    assert "2741 0045 (idee 4): Vraag de begeleider waarom." in said


def test_signs_of_pages_and_words_without_end_are_only_words() -> None:
    odd = WallIdea(1, f"<b>vet</b> & {'W' * 300}", "Riet <script>")
    pdf = made(WallText("De Linde", "Vraag <?>", sections=(Section("Thema & co", (odd,)),)))
    said = " ".join(read(pdf))
    assert "<b>vet</b> &" in said
    assert "Riet <script>" in said
    assert said.count("W") == 300
    assert max(letter.right for letter in letters(pdf, 0)) <= 195
