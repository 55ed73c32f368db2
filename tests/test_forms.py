"""Forms that come back: what is printed is where the geometry says, and every code says what it should."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from PIL import Image, ImageFilter

from cards.card import Language
from print import reader
from print.documents import Slip, sheets, slips
from print.errors import DoesNotFit, PrintError
from print.forms import KEY_SIGNS, Box, Form, Payload, address, form, forms, payload, stub
from print.imprint import Imprint
from print.measures import DOT_MM, MACHINE_SAFE_MM, SPOT_MM
from print.numbers import SLIP_DIGITS, typed, with_check
from print.slips import SIDES, SlipFormat, fits
from tests.paper import IMPRINT, grey, letters, pages
from workshop.domain import consent, perspectives

FORMATS: tuple[SlipFormat, ...] = ("a5", "a6", "large")
QUESTION = "Hoe wonen we straks fijn in onze buurt?"
DPI = 300
CARDS = [Slip(with_check(f"{2741963 + 7919 * at}"), "K7Q2M9", "ABCDEFGH23", "aardbei fiets zolder") for at in range(4)]
LANGUAGES: tuple[Language, ...] = ("nl", "en")


@cache
def printed(size: str, language: Language = "nl") -> bytes:
    """Print four cards, or two sheets, of every kind."""
    if size == "dots" or size == "rings":
        rows = ("Een bankje bij de bushalte", "Samen eten op dinsdag") if size == "dots" else ()
        return sheets(size, CARDS[:2], imprint=IMPRINT, language=language, question=QUESTION, rows=rows).pdf
    return slips(CARDS, format=size, imprint=IMPRINT, language=language, question=QUESTION).pdf  # type: ignore[arg-type]


@cache
def seen(code: str, language: Language = "nl") -> NDArray[np.uint8]:
    """Return the first printed form with this code at 300 dpi, grey; without what lies beside it."""
    wanted = form(code)
    size = "dots" if code == "D1" else "rings" if code == "R1" else next(s for s in FORMATS if code in SIDES[s])
    back = wanted.side == "back"
    page = grey(printed(size, language), int(back), DPI)
    if back and size == "a5":
        page = page.rotate(180)  # over the long edge of a landscape sheet the back stands on its head
    cut = page.crop((0, 0, px(wanted.width), px(wanted.height)))
    return np.asarray(cut)


def px(mm: float) -> int:
    return round(mm * DPI / 25.4)


def part(picture: NDArray[np.uint8], box: Box, more: float = 0.0) -> NDArray[np.uint8]:
    top, left = px(box.y - more), px(box.x - more)
    return picture[max(0, top) : px(box.y + box.height + more), max(0, left) : px(box.x + box.width + more)]


def edges(dark: NDArray[np.bool_], box: Box, more: float) -> Box:
    """Return the outside of what is dark in a part that is `more` mm larger than the box."""
    ys, xs = np.nonzero(dark)
    mm = 25.4 / DPI
    left, top = px(box.x - more), px(box.y - more)
    x, y = (left + xs.min()) * mm, (top + ys.min()) * mm
    return Box(x, y, (left + xs.max() + 1) * mm - x, (top + ys.max() + 1) * mm - y)


def apart(one: Box, other: Box) -> float:
    return max(abs(one.x - other.x), abs(one.y - other.y), abs(one.width - other.width), abs(one.height - other.height))


ALL = [one.code for one in forms() if one.kind != "answer"]
TO_TICK = [code for code in ALL if form(code).ticks]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", ALL)
def test_the_discs_are_printed_where_the_geometry_says(code: str, language: Language) -> None:
    for x, y in form(code).dots:
        box = Box(x - DOT_MM / 2, y - DOT_MM / 2, DOT_MM, DOT_MM)
        found = edges(part(seen(code, language), box, 2.0) < 128, box, 2.0)
        assert apart(found, box) < 0.15, "and nothing else is within 2 mm of a disc"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("code", TO_TICK)
def test_the_boxes_to_tick_are_printed_where_the_geometry_says_and_are_empty(code: str, language: Language) -> None:
    for tick in form(code).ticks:
        picture = part(seen(code, language), tick.box, 1.2)
        assert apart(edges(picture < 128, tick.box, 1.2), tick.box) < 0.15, "and no word touches a box"
        inside = Box(tick.box.x + 0.6, tick.box.y + 0.6, tick.box.width - 1.2, tick.box.height - 1.2)
        assert part(seen(code, language), inside).min() > 250


@pytest.mark.parametrize("code", ALL)
def test_the_code_is_printed_where_the_geometry_says_with_white_around_it(code: str) -> None:
    box = form(code).qr
    found = edges(part(seen(code), box, 3.2) < 128, box, 3.2)
    assert apart(found, box) < 0.15
    assert box.width >= (25 if form(code).name != "a6" else 24)


@pytest.mark.parametrize("code", ["A1", "C1", "L1"])
def test_the_lines_to_write_on_lie_in_the_writing_area_and_nothing_else(code: str) -> None:
    wanted = form(code)
    assert wanted.writing is not None
    picture = part(seen(code), wanted.writing).copy()
    for y in wanted.lines:
        assert wanted.writing.y < y < wanted.writing.y + wanted.writing.height
        at = px(y) - px(wanted.writing.y)
        assert picture[at - 4 : at + 5].min() < 200
        picture[at - 5 : at + 6] = 255
    assert picture.min() > 250


def test_the_circles_and_rings_are_printed_where_the_geometry_says() -> None:
    for row in form("D1").rows:
        for x, y in row.spots:
            box = Box(x - SPOT_MM / 2, y - SPOT_MM / 2, SPOT_MM, SPOT_MM)
            assert apart(edges(part(seen("D1"), box, 1.0) < 225, box, 1.0), box) < 0.4
    rings = form("R1")
    assert rings.centre is not None
    for ring in rings.rings:
        for turn in np.linspace(0.3, 6.0, 7):
            x = rings.centre[0] + ring.radius * np.cos(turn)
            y = rings.centre[1] + ring.radius * np.sin(turn)
            assert part(seen("R1"), Box(x - 0.2, y - 0.2, 0.4, 0.4)).min() < 128


@pytest.mark.parametrize("code", ALL)
def test_nothing_a_machine_reads_comes_closer_than_8_mm_to_the_edge(code: str) -> None:
    wanted = form(code)
    boxes = [wanted.qr, *(tick.box for tick in wanted.ticks)]
    boxes += [Box(x - DOT_MM / 2, y - DOT_MM / 2, DOT_MM, DOT_MM) for x, y in wanted.dots]
    boxes += [Box(x - SPOT_MM / 2, y - SPOT_MM / 2, SPOT_MM, SPOT_MM) for row in wanted.rows for x, y in row.spots]
    boxes += [wanted.writing] if wanted.writing else []
    for box in boxes:
        room = (box.x, box.y, wanted.width - box.x - box.width, wanted.height - box.y - box.height)
        assert min(room) >= MACHINE_SAFE_MM - 0.01, box


@pytest.mark.parametrize("code", TO_TICK)
def test_boxes_to_tick_lie_well_apart(code: str) -> None:
    boxes = [tick.box for tick in form(code).ticks]
    for one in boxes:
        assert (one.width, one.height) == (7, 7)
        near = [max(abs(one.x - other.x), abs(one.y - other.y)) for other in boxes if other is not one]
        assert min(near) >= (12.5 if form(code).name == "a6" else 16)


def test_a_layout_once_printed_is_never_changed() -> None:
    """Old paper is read by its own layout. A change needs a new file with a new code, never another number here."""
    assert {one.code: (one.name, one.width, one.height, one.qr.x, one.dots[2]) for one in forms()} == {
        "A1": ("a5", 148.5, 166, 113.5, (136.5, 154)),
        "B1": ("a5_back", 148.5, 166, 113.5, (136.5, 154)),
        "C1": ("a6", 102.5, 105, 70, (91.5, 94)),
        "D1": ("dots", 210, 297, 168, (196, 283)),
        "L1": ("large", 210, 237, 164, (196, 223)),
        "M1": ("large_back", 210, 237, 164, (196, 223)),
        "R1": ("rings", 210, 297, 168, (196, 283)),
        "W1": ("answer_a5", 148.5, 210, 113.5, (136.5, 198)),
        "W2": ("answer_a6", 148.5, 105, 113.5, (137.5, 94)),
        "W3": ("answer_large", 210, 297, 164, (196, 283)),
    }


@pytest.mark.parametrize("size", [*FORMATS, "dots", "rings"])
def test_every_code_reads_at_150_dpi_turned_and_after_a_copy_with_two_decoders(size: str) -> None:
    pdf = printed(size)
    wanted = {
        address(IMPRINT.base, card.number, code, card.key)
        for card in (CARDS if size in FORMATS else CARDS[:2])
        for code in (SIDES.get(size, ()) or ({"dots": "D1", "rings": "R1"}[size],))  # type: ignore[call-overload]
    }
    if size in FORMATS:
        wanted |= {address(IMPRINT.base, card.number, "S1", card.stub_key) for card in CARDS}
    for damage in (plain, turned, copied):
        found: set[str] = set()
        with_opencv: set[str] = set()
        for page in range(pages(pdf)):
            picture = damage(grey(pdf, page, 150))
            found |= set(reader.codes(picture))
            with_opencv |= opencv(picture)
        assert found == wanted, damage.__name__
        assert with_opencv == wanted, f"OpenCV, {damage.__name__}"


def plain(picture: Image.Image) -> Image.Image:
    return picture


def turned(picture: Image.Image) -> Image.Image:
    return picture.rotate(3, resample=Image.Resampling.BICUBIC, expand=True, fillcolor=255)


def copied(picture: Image.Image) -> Image.Image:
    """Blur, more contrast, specks: a second-generation copy."""
    chance = np.random.default_rng(7)
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7))).astype(float)
    hard = np.clip((soft - 128) * 2.2 + 140 + chance.normal(0, 14, soft.shape), 0, 255)
    hard[chance.random(soft.shape) < 0.0004] = 0
    return Image.fromarray(hard.astype(np.uint8))


def opencv(picture: Image.Image) -> set[str]:
    """Read every code with OpenCV: each cut out, for it finds fewer on a whole page."""
    decoder = cv2.QRCodeDetector()
    found = set()
    for left, top, right, bottom in reader.places(picture):
        around = picture.crop((left - 24, top - 24, right + 24, bottom + 24))
        for scale in (2, 3, 4):
            text, _, _ = decoder.detectAndDecode(
                np.asarray(around.resize((around.width * scale, around.height * scale)))
            )
            if text:
                found.add(text)
                break
    return found


@given(st.integers(0, 9_999_999), st.text(KEY_SIGNS, min_size=6, max_size=6), st.sampled_from(ALL))
def test_number_to_code_and_back(digits: int, key: str, code: str) -> None:
    number = with_check(f"{digits:07d}")
    text = address("https://werkplaats-noord.nl", number, code, key)
    assert payload(text) == payload(text.lower()) == Payload(number, code, key)


@given(st.integers(0, 9_999_999), st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(digits: int, place: int, more: int) -> None:
    number = with_check(f"{digits:07d}")
    wrong = number[:place] + str((int(number[place]) + more) % 10) + number[place + 1 :]
    assert payload(address("https://werkplaats.nl", wrong, "A1", "K7Q2M9")) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "HTTPS://WERKPLAATS.NL/",
            "HTTPS://WERKPLAATS.NL/274195K7Q2M9XT4R",
            "27419631A1K7Q2M",
            "27419631A1K7Q2M99",
        ),
        *(
            "HTTPS://X.NL/27419631Z9K7Q2M9",
            "HTTPS://X.NL/27419631A1K7Q2M0",
            "HTTPS://X.NL/27419631S1K7Q2M9",
            "http://[x",
        ),
    ],
)
def test_what_is_no_form_of_ours_is_not_read_as_one(text: str) -> None:
    assert payload(text) is None


def test_a_long_address_still_fits_and_a_longer_one_is_refused_with_its_cure() -> None:
    long = Imprint(site="werkplaats-de-linde-noord.nl", base="https://werkplaats-de-linde-noord.nl")
    assert slips(CARDS[:1], format="a6", imprint=long, language="nl").pdf
    longer = "w" * 60 + ".nl"
    with pytest.raises(PrintError, match="shorter address"):
        slips(CARDS[:1], format="a6", imprint=Imprint(site=longer, base=f"https://{longer}"), language="nl")


@pytest.mark.parametrize("base", ["", "https://localhost", "https://bit.ly", "http://werkplaats.nl"])
def test_an_address_that_people_cannot_use_is_not_put_on_idea_cards(base: str) -> None:
    imprint = Imprint(site=base.partition("//")[2], base=base)
    with pytest.raises(PrintError):
        slips(CARDS, imprint=imprint, language="nl")
    with pytest.raises(PrintError):
        sheets("dots", CARDS, imprint=imprint, language="nl")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [*FORMATS, "dots", "rings"])
def test_words_are_14_points_small_ones_12_and_numbers_20(size: str, language: Language) -> None:
    pdf = printed(size, language)
    for page in range(pages(pdf)):
        said = letters(pdf, page)
        assert min(letter.size for letter in said) >= 12
        usual = [letter for letter in said if letter.size >= (14 if size != "large" else 18)]
        if size != "a6":
            assert len(usual) > 0.6 * len(said)
        large = "".join(letter.text for letter in said if letter.size >= 20)
        assert any(card.number in large for card in CARDS)


@pytest.mark.parametrize("size", FORMATS)
def test_the_number_in_words_is_the_number_in_the_code_on_card_back_and_stub(size: SlipFormat) -> None:
    pdf = printed(size)
    for page in range(pages(pdf)):
        coded = [payload(text) for text in reader.codes(grey(pdf, page, 150))]
        black = "".join(letter.text for letter in letters(pdf, page) if letter.colour == (0, 0, 0))
        for code in coded:
            assert code is not None
            assert typed(code.number, SLIP_DIGITS) == code.number
            assert black.count(code.number) == (1 if form_of(code, size).side == "back" else 2)


def form_of(code: Payload, size: SlipFormat) -> Form:
    return form(SIDES[size][0] if code.code == "S1" else code.code)


def test_the_stub_has_three_words_and_says_what_to_do() -> None:
    for size in FORMATS:
        said = "".join(letter.text for letter in letters(printed(size), 0))
        for text in (*CARDS[0].words.split(), "Bewaarditstrookje.", "Hiermeezietuwatermetuwideegebeurt.", "0612345678"):
            assert text in said, (size, text)
        assert IMPRINT.site in said
        place = stub(SIDES[size][0])
        assert place is not None
        assert place.qr.width >= 20


def test_what_is_asked_is_word_for_word_what_the_pages_ask() -> None:
    for language in LANGUAGES:
        asked = consent.text(language)
        names = [name[language == "en"] for name in perspectives.NAMES.values()]
        for size, page in (("a5", 1), ("large", 1), ("a6", 0)):
            said = "".join(letter.text for letter in letters(printed(size, language), page))
            wanted = [asked[key] for key in ("question", *consent.CHOICES)] + (names if size != "a6" else [])
            assert [text for text in wanted if text.replace(" ", "") not in said] == []


def test_the_back_offers_every_choice_and_perspective_there_is() -> None:
    for code in ("B1", "M1"):
        ticks = form(code).ticks
        assert tuple(tick.value for tick in ticks if tick.group == "visibility") == consent.CHOICES
        assert {tick.value for tick in ticks if tick.group == "perspective"} == set(perspectives.NAMES)
        assert [tick.value for tick in ticks if tick.group == "for_other"] == ["yes"]


def test_a_question_that_does_not_fit_is_refused_and_never_shrunk() -> None:
    long = "Wat hebt u nodig om nog lang en met plezier in uw eigen buurt te kunnen blijven wonen?"
    assert fits(long, format="a5", imprint=IMPRINT, language="nl")
    assert not fits(long, format="a6", imprint=IMPRINT, language="nl")
    with pytest.raises(DoesNotFit):
        slips(CARDS, format="a6", imprint=IMPRINT, language="nl", question=long)


def test_a_rehearsal_says_so_on_the_card() -> None:
    practice = Imprint("De Linde", "192.168.1.5:8000", "http://192.168.1.5:8000", "Marijke", "06 12", rehearsal=True)
    for size in FORMATS:
        pdf = slips(CARDS[:1], format=size, imprint=practice, language="nl").pdf
        assert "Proefdruk" in "".join(letter.text for letter in letters(pdf, 0))
