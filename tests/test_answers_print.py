"""Answers on paper: each says everything it must at the size we promise, and nothing of it is ever cut or shrunk."""

from __future__ import annotations

import io
from functools import cache

import numpy as np
import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from cards.card import Language
from print import reader
from print.answer_text import KINDS, plain_text
from print.answers import Answers, AnswerText, SlipSize, answers, letters
from print.errors import DoesNotFit, PrintError
from print.forms import Box, form, payload
from print.imprint import Imprint
from print.measures import DOT_MM, MACHINE_SAFE_MM
from print.numbers import shown
from print.words import words
from tests import answered
from tests.answered import CODES, LONG, REASON, answer, meeting
from tests.paper import IMPRINT, grey, pages
from tests.paper import letters as signs
from tests.test_forms import DPI, apart, edges, part, px

LANGUAGES: tuple[Language, ...] = ("nl", "en")
FORMATS: tuple[SlipSize, ...] = ("a6", "a5", "large")
LEAST = {"a6": 14, "a5": 14, "large": 18}


@cache
def made(size: SlipSize, language: Language = "nl") -> Answers:
    """Print the answers of a small meeting."""
    return answers(meeting(language), format=size, imprint=IMPRINT, language=language)


@cache
def seen(code: str, language: Language = "nl") -> NDArray[np.uint8]:
    """Return a slip with this code at 300 dpi, grey."""
    size, shape = CODES[code], form(code)
    one = answers([answer(1, language)], format=size, imprint=IMPRINT, language=language)
    return np.asarray(grey(one.printed.pdf, 0, DPI).crop((0, 0, px(shape.width), px(shape.height))))


def said(pdf: bytes) -> str:
    """Return all that stands on paper, without spaces."""
    return "".join(letter.text for page in range(pages(pdf)) for letter in signs(pdf, page))


def close(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", CODES)
def test_discs_boxes_and_code_are_printed_where_the_geometry_says(code: str, language: Language) -> None:
    wanted, picture = form(code), seen(code, language)
    for x, y in wanted.dots:
        box = Box(x - DOT_MM / 2, y - DOT_MM / 2, DOT_MM, DOT_MM)
        assert apart(edges(part(picture, box, 2.0) < 128, box, 2.0), box) < 0.15, "nothing is within 2 mm of a disc"
    assert apart(edges(part(picture, wanted.qr, 3.2) < 128, wanted.qr, 3.2), wanted.qr) < 0.15
    for tick in wanted.ticks:
        assert apart(edges(part(picture, tick.box, 1.2) < 128, tick.box, 1.2), tick.box) < 0.15, tick
        inside = Box(tick.box.x + 0.6, tick.box.y + 0.6, tick.box.width - 1.2, tick.box.height - 1.2)
        empty = part(picture, inside).min() > 250
        assert empty != ((tick.group, tick.value) == ("decision", "try")), "only the decision is ticked in print"


@pytest.mark.parametrize("code", CODES)
def test_boxes_are_7_mm_and_nothing_a_machine_reads_is_closer_than_8_mm_to_the_edge(code: str) -> None:
    wanted = form(code)
    boxes = [wanted.qr, *(tick.box for tick in wanted.ticks)]
    boxes += [Box(x - DOT_MM / 2, y - DOT_MM / 2, DOT_MM, DOT_MM) for x, y in wanted.dots]
    for box in boxes:
        assert (
            min(box.x, box.y, wanted.width - box.x - box.width, wanted.height - box.y - box.height) >= MACHINE_SAFE_MM
        )
    by_hand = [tick.box for tick in wanted.ticks if tick.group != "decision"]
    for one in by_hand:
        assert (one.width, one.height) == (7, 7)
        assert min(abs(one.x - other.x) for other in by_hand if other is not one) >= 19
    assert tuple(tick.value for tick in wanted.ticks if tick.group == "decision") == KINDS


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", FORMATS)
def test_everything_a_maker_must_hear_is_on_the_slip(size: SlipSize, language: Language) -> None:
    text, told = said(made(size, language).printed.pdf), words(language)
    for one in meeting(language):
        who = [one.name, one.where, one.reason, one.next_step, one.by_when, shown(one.number), one.stub]
        joined = told("answer_joined", others=f"12 {'en' if language == 'nl' else 'and'} 15")
        for part_ in (*who, told("answer_idea", nr=one.nr), joined if one.joined_with else ""):
            assert close(part_) in text, part_
        assert close(one.words)[:60] in text
    assert close("Een bankje bij de bushalte.”") in text
    wanted = ["answer_title", "answer_understandable", "answer_fair", "answer_yes", "answer_little", "answer_no"]
    for key in wanted + [f"answer_decision_{kind}" for kind in KINDS]:
        assert text.count(close(told[key])) >= 4, key
    assert text.count(close("Marijke: 06 12 34 56 78")) == 4


@pytest.mark.parametrize("size", FORMATS)
def test_the_code_is_that_of_the_slip_and_the_decision_is_said_to_who_listens(size: SlipSize) -> None:
    pdf = made(size).printed.pdf
    read = [payload(text) for page in range(pages(pdf)) for text in reader.codes(grey(pdf, page, 150))]
    assert {one.number for one in read if one} == {one.number for one in meeting()}
    assert {one.key for one in read if one} == {"K7Q2M9"}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        alts = {str(thing.Alt) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing}
        assert opened.Root.Lang == "nl"
        assert opened.docinfo.Title == "Wat is er met uw idee gebeurd?"
    for kind, nr in (("make", 12), ("not_now", 15)):
        decided = words("nl")[f"answer_decision_{kind}"]
        assert any(decided in alt and shown(answer(nr).number) in alt for alt in alts)
    assert any("foto of tekening bij idee 14" in alt for alt in alts)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", FORMATS)
def test_words_are_14_points_in_large_print_18_and_nothing_is_under_12(size: SlipSize, language: Language) -> None:
    short = [one for one in meeting(language) if one.nr != 15]
    done = answers(short, format=size, imprint=IMPRINT, language=language)
    assert not done.moved
    for page in range(pages(done.printed.pdf)):
        letters_ = signs(done.printed.pdf, page)
        assert min(letter.size for letter in letters_) > 11.99
        assert sum(letter.size > LEAST[size] - 0.01 for letter in letters_) > (0.6 if size == "a6" else 0.75) * len(
            letters_
        )


@pytest.mark.parametrize("size", FORMATS)
def test_a_long_idea_is_shortened_at_a_word_and_says_where_the_rest_is(size: SlipSize) -> None:
    done = answers([answer(7, words=LONG)], format=size, imprint=IMPRINT, language="nl")
    text = said(done.printed.pdf)
    shown_part = text.partition("“")[2].partition("…”")[0]
    assert close(LONG).startswith(shown_part)
    after = LONG.split()
    assert any(close(" ".join(after[:count])).rstrip(",.") == shown_part for count in range(5, len(after)))
    assert close(f"Uw hele idee staat op werkplaats.nl, nummer {answer(7).stub}.") in text
    phone = answers([answer(7, words=LONG, stub="")], format=size, imprint=IMPRINT, language="nl")
    assert close("Uw hele idee staat op werkplaats.nl. Gebruik uw bewijsnummer.") in said(phone.printed.pdf)


def test_a_reason_that_does_not_fit_moves_to_larger_paper_and_the_result_says_so() -> None:
    given = [answer(12), answer(13, reason=REASON[:400], name="Truus"), meeting()[3]]
    moved = {size: answers(given, format=size, imprint=IMPRINT, language="nl") for size in FORMATS}
    assert [(one.nr, one.name, one.size) for one in moved["a6"].moved] == [(13, "Truus", "a5"), (15, "Yıldız", "large")]
    assert [(one.nr, one.size) for one in moved["a5"].moved] == [(15, "large")]
    assert moved["large"].moved == ()
    with pikepdf.open(io.BytesIO(moved["a6"].printed.pdf)) as opened:
        boxes = [tuple(round(float(side) / 72 * 25.4) for side in page.mediabox[2:]) for page in opened.pages]
    assert boxes == [(297, 210), (297, 210), (210, 297)], "four on a sheet, two on a sheet, one in large print"


def test_a_reason_too_long_for_large_print_is_refused_and_never_cut() -> None:
    with pytest.raises(DoesNotFit, match="Idee 7"):
        answers([answer(7, reason=REASON * 3)], format="a6", imprint=IMPRINT, language="nl")


WORD = st.text("aeimnw", min_size=1, max_size=14)
TEXT = st.lists(WORD, min_size=1, max_size=90).map(" ".join)


@settings(max_examples=12, deadline=None)
@given(TEXT, st.lists(WORD, min_size=1, max_size=60).map(lambda some: " ".join(some)[:600]), st.booleans())
@example("w" * 2000, "m" * 300, True)
@example("Regel één\n\n\nregel twee 🙂 Привет", "Omdat het zo is.\nEn niet anders.", False)
def test_whatever_people_write_the_whole_reason_is_there(own: str, reason: str, pictured: bool) -> None:
    one = answer(3, words=own, reason=reason, picture=answered.drawing() if pictured else None)
    text = said(answers([one], format="a6", imprint=IMPRINT, language="nl").printed.pdf)
    assert close(one.plain(reason)) in text
    assert close(one.plain(own)) in text or "…”" in text


def test_a_picture_without_words_is_shown_large_and_a_picture_never_costs_the_reason() -> None:
    for size in FORMATS:
        done = answers([answer(5, words="", picture=answered.drawing())], format=size, imprint=IMPRINT, language="nl")
        assert close("Uw idee:") in said(done.printed.pdf)
        assert not done.moved
        with pikepdf.open(io.BytesIO(done.printed.pdf)) as opened:
            assert sum("/P" in name for name in opened.pages[0].Resources.XObject) == 1


def test_the_same_answers_give_the_same_bytes() -> None:
    again = answers(meeting(), format="a6", imprint=IMPRINT, language="nl")
    assert again.printed.pdf == made("a6").printed.pdf


def test_without_number_or_an_address_people_can_use_nothing_is_printed() -> None:
    with pytest.raises(PrintError, match="number"):
        answers([answer(1, number="")], imprint=IMPRINT, language="nl")
    with pytest.raises(PrintError):
        answers([answer(1)], imprint=Imprint(site="localhost", base="https://localhost"), language="nl")
    with pytest.raises(PrintError, match="address"):
        letters([answer(1)], imprint=IMPRINT, language="nl")
    practice = Imprint("De Linde", "192.168.1.5:8000", "http://192.168.1.5:8000", rehearsal=True)
    for size in FORMATS:
        assert "Proefdruk" in said(answers([answer(1)], format=size, imprint=practice, language="nl").printed.pdf)


def posted(language: Language = "nl") -> list[AnswerText]:
    return [
        answer(one.nr, language, words=one.words, reason=one.reason, picture=one.picture, name=one.name, kind=one.kind,
               address=("Mevrouw T. de Wit", "Lindelaan 12", "1234 AB Utrecht"))
        for one in meeting(language)
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_has_its_address_in_the_window_and_says_the_same(language: Language) -> None:
    pdf = letters(posted(language), imprint=IMPRINT, language=language).pdf
    assert pages(pdf) == 4
    for page, one in enumerate(posted(language)):
        found = signs(pdf, page)
        text = "".join(letter.text for letter in found)
        for part_ in (*one.address, one.reason, words(language)[f"answer_decision_{one.kind}"], "Marijke", one.name):
            assert close(part_) in text
        window = "".join(letter.text for letter in found if letter.top > 45 and letter.bottom < 90)
        assert window == close("".join(one.address))
        assert min(letter.left for letter in found if 45 < letter.top < 90) >= 20
        assert sum(letter.size > 15.9 for letter in found) > 0.85 * len(found)
        assert min(letter.size for letter in found) > 11.99


@pytest.mark.parametrize("language", LANGUAGES)
def test_plain_text_to_paste_says_everything_in_full(language: Language) -> None:
    for one in meeting(language):
        text = plain_text(one, IMPRINT)
        for part_ in (one.words.strip(), one.reason, one.next_step, one.by_when, one.stub, one.name):
            assert part_ in text
        assert words(language)[f"answer_decision_{one.kind}"] in text
        assert "\u00a0" not in text
        assert IMPRINT.contact_phone in text
