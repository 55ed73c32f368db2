"""The print pack: one PDF in the order of use, right for one two-sided job, and every card in it a door that opens."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import time
from functools import cache

import pikepdf
import pytest

from cards.card import Language
from cards.recipe import Block
from print import reader
from print.errors import PrintError
from print.heading import Heading
from print.marks import address
from print.pack import PARTS, Contents, Part, laid_sheets, pack
from print.run_sheet import RunSheet
from tests.answered import meeting as answered
from tests.packed import COUNTS, DOOR, HEADING, contents, slip
from tests.paper import IMPRINT, door_of, grey, letters, pages, side


@cache
def whole(language: Language = "nl") -> bytes:
    """Return the whole pack, with three answers to give."""
    given = tuple(one for one in answered(language) if not one.picture)[:3]
    return pack(replace(contents(language), answers=given), imprint=IMPRINT, language=language).pdf


def named(pdf: bytes) -> dict[str, int]:
    """Return what the list of contents names, with the page on which each begins, from 0."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = {page.objgen: at for at, page in enumerate(document.pages)}
        found, item = {}, document.Root.Outlines.get("/First")
        while item is not None:
            found[str(item.Title)] = numbers[item.Dest[0].objgen]
            item = item.get("/Next")
        return found


def only(part: Part, has: Contents | None = None) -> bytes:
    return pack(has or contents(), (part,), imprint=IMPRINT, language="nl").pdf


def sheet_of(words: str, count: int, edition: int = 1) -> bytes:
    """Return a run sheet of so many blocks that each say these words."""
    both = {"nl": words, "en": words}
    block = Block.model_construct(kind="work", minutes=10, leads="A", title=both, text=both, cards=(), other_way=None)
    had = contents().run_sheet
    assert had
    recipe = had.recipe.model_copy(update={"blocks": (block,) * count})
    heading = replace(HEADING, edition=edition)
    return only("run_sheet", replace(contents(), heading=heading, run_sheet=RunSheet(recipe, had.cards, time(10, 0))))


def test_every_part_is_there_in_the_order_of_use_and_begins_on_a_front() -> None:
    found = named(whole())
    names = ["Printpakket", "Draaiboek", "Inpaklijst", "Zaalcheck", "Aanwezigheidslijst", "Naamkaartjes"]
    assert list(found)[:6] == names
    assert len(found) == len(PARTS) + 1
    assert sorted(found.values()) == list(found.values())
    assert all(at % 2 == 0 for at in found.values())


def test_the_sheet_in_front_says_what_is_on_which_page_and_how_many_sheets_there_are() -> None:
    text = side(whole(), 0)
    assert f"Samen {pages(whole()) // 2} vellen A4." in text
    for name, at in list(named(whole()).items())[1:]:
        assert f"{name} {at + 1}–" in text, name


def test_one_two_sided_job_prints_it_all_on_a4_and_nothing_has_a_strange_back() -> None:
    with pikepdf.open(io.BytesIO(whole())) as document:
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        sizes = [[round(float(side)) for side in page.MediaBox[2:]] for page in document.pages]
    assert all(sorted(size) == [595, 842] for size in sizes)
    assert all(front == back for front, back in zip(sizes[::2], sizes[1::2], strict=True))
    one_sided = ("Zaalcheck", "Aanwezigheidslijst", "Naamkaartjes", "Poster met de vraag", "Tafelkaartjes")
    begins = named(whole())
    for name in one_sided:
        assert side(whole(), begins[name])
        assert not side(whole(), begins[name] + 1).strip()


def test_the_same_pack_is_the_same_bytes() -> None:
    again = pack(contents("en"), imprint=IMPRINT, language="en").pdf
    assert again == pack(contents("en"), imprint=IMPRINT, language="en").pdf


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_can_be_listened_to_and_says_what_it_is(language: Language) -> None:
    with pikepdf.open(io.BytesIO(whole(language))) as document:
        assert str(document.docinfo.Title).endswith(": Een gewone dag")
        assert document.Root.MarkInfo.Marked
        assert str(document.Root.Lang) == language
        marked = sum(len(re.findall(rb"/MCID", page.Contents.read_bytes())) for page in document.pages)
        owners = document.Root.StructTreeRoot.ParentTree.Nums
        known = sum(len(owners[at]) for at in range(1, len(owners), 2))
        assert known >= marked > 0
        assert all(owner is not None for at in range(1, len(owners), 2) for owner in owners[at])


def test_idea_cards_of_the_pack_are_read_back_by_the_scanner_large_ones_too() -> None:
    begins = named(whole())
    small = reader.codes(grey(whole(), begins["Ideekaarten"], 200))
    large = reader.codes(grey(whole(), begins["Ideekaarten met grote letters"], 200))
    assert any(slip(0).number in code for code in small)
    assert any(slip(1).number in code for code in small)
    assert any(slip(100).number in code for code in large)


def test_the_cards_of_the_pack_carry_their_own_door() -> None:
    asking = next(one for one in contents().cards if one.card.id == "samen-ontwerpen/01-een-dag-uit-mijn-leven")
    own = only("cards", replace(contents(), cards=(asking,)))
    door = door_of(asking.card)
    assert set(reader.codes(grey(own, 0, 200))) == {address(IMPRINT.base, door.number, door.key)}
    assert address(IMPRINT.base, DOOR.number, DOOR.key) in reader.codes(grey(only("tents"), 0, 150))


def test_large_copies_are_counted_apart_and_are_really_large() -> None:
    large = only("large")
    assert pages(large) == 2 * sum(one.copies for one in contents().large)
    assert max(letter.size for letter in letters(large, 0)) >= 30
    body = sorted(letter.size for letter in letters(large, 0))
    assert body[len(body) // 2] >= 18


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_run_sheet_has_clock_times_who_leads_and_letters_of_14_pt(language: Language) -> None:
    pdf = pack(contents(language), ("run_sheet",), imprint=IMPRINT, language=language).pdf
    text = side(pdf, 0)
    for words in ("13:30 – 15:30", "13:55", "A Anna", "maandag 22 februari 2027, De Linde"):
        assert words in text
    assert min(letter.size for letter in letters(pdf, 0) if letter.bottom < 278) >= 14
    assert min(letter.size for letter in letters(pdf, 0)) >= 12


def test_a_run_sheet_with_too_many_words_goes_on_to_the_next_page_and_loses_none() -> None:
    pdf = sheet_of("Vertel om de beurt wat u graag zou willen. " * 6, 14)
    assert pages(pdf) % 4 == 0
    half = pages(pdf) // 2
    text = " ".join(side(pdf, at) for at in range(half))
    assert text.count("Vertel om de beurt") == 14 * 12
    assert "Bladzijde 1 van" in text
    for at in range(half):
        assert max((letter.bottom for letter in letters(pdf, at)), default=0) <= 290


def test_only_a_later_edition_is_marked_and_says_which_sheet_it_replaces() -> None:
    assert "vervangt" not in side(sheet_of("Koffie.", 2), 0)
    assert "v3 Dit blad vervangt versie 2." in side(sheet_of("Koffie.", 2, edition=3), 0)


def test_both_facilitators_get_a_run_sheet_on_a_sheet_of_their_own() -> None:
    pdf = only("run_sheet")
    assert pages(pdf) == 4
    assert side(pdf, 0) == side(pdf, 2)


def test_one_part_alone_comes_without_a_sheet_in_front() -> None:
    assert "Zaalcheck" in side(only("room"), 0)
    assert pages(only("room")) == 2


def test_what_is_not_there_is_left_out_and_nothing_at_all_is_refused() -> None:
    assert "Draaiboek" not in named(pack(contents(planned=False), imprint=IMPRINT, language="nl").pdf)
    with pytest.raises(PrintError, match="nothing to print"):
        only("answers")


def test_how_many_sheets_are_laid_out_is_known_before_printing() -> None:
    has = contents()
    told = laid_sheets(has.run_sheet, HEADING, has.lines, COUNTS, "nl")
    assert told == {"run_sheet": pages(only("run_sheet")) // 2, "packing": pages(only("packing")) // 2}


def test_over_the_short_edge_the_backs_are_turned_to_match() -> None:
    flipped = pack(contents(), ("cards",), flip="short", imprint=IMPRINT, language="nl").pdf
    with pikepdf.open(io.BytesIO(flipped)) as document:
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
    assert side(flipped, 0) == side(only("cards"), 0)
    assert flipped != only("cards")


def test_letters_we_do_not_have_never_stop_a_pack() -> None:
    odd = Heading("Ontmoeting 🙂", "maandag", "Дом", "Werkplaats ✓", ("Ана", "Bo"))
    assert pages(only("run_sheet", replace(contents(), heading=odd))) == 4
