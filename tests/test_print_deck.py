"""A printed deck, read back: codes, sizes, contrast, margins, and that every card fits."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageFilter

from cards.card import Language
from print import documents, filling, reader
from print.colours import contrast
from print.documents import FormatName, Item, deck, fit, preview, together
from print.errors import PrintError
from print.face import Shelf
from print.formats import Size
from print.formats import load as load_format
from print.imprint import Imprint
from print.marks import address
from print.measures import SAFE_MM
from print.numbers import shown
from tests.paper import IMPRINT, a5, a6, grey, item, letters, library, pages, png
from workshop.settings import cache_folder

SMALLEST_PT, BODY_PT, NUMBER_PT = 12.0, 14.0, 22.0


def printed(items: list[Item], size: FormatName, **more: Any) -> bytes:
    """Print cards that all go on one kind of sheet."""
    made = deck(items, format=size, imprint=IMPRINT, title="Proef", language=items[0].card.lang, **more)
    assert len(made) == 1
    return made[0].pdf


def addresses(items: list[Item]) -> list[str]:
    return sorted(address(IMPRINT.base, one.door.number, one.door.key) for one in items if one.door)


def copied(picture: Image.Image) -> Image.Image:
    """Return a page as a worn copier would give it: turned 3°, soft, pale and noisy."""
    turned = picture.rotate(3, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    soft = np.asarray(turned.filter(ImageFilter.GaussianBlur(0.8)), dtype=np.float32) * 0.75 + 45
    noise = np.random.default_rng(7).normal(0, 8, soft.shape)
    return Image.fromarray(np.clip(soft + noise, 0, 255).astype(np.uint8))


@pytest.mark.parametrize(("size", "items"), [("a5", a5(6)), ("a6", a6(8)), ("large", a5(2)), ("fold", a6(2))])
def test_every_code_of_a_deck_is_read_by_two_decoders_and_from_a_copy(size: FormatName, items: list[Item]) -> None:
    pdf = printed(items, size)
    found, by_opencv, from_copy = [], [], []
    for page in range(pages(pdf)):
        sheet = grey(pdf, page, 150)
        found += reader.codes(sheet)
        from_copy += reader.codes(copied(sheet))
        by_opencv += list(cv2.QRCodeDetector().detectAndDecodeMulti(np.asarray(grey(pdf, page, 200)))[1])
    assert sorted(found) == addresses(items)
    assert sorted(from_copy) == addresses(items)
    assert sorted(filter(None, by_opencv)) == addresses(items)


@pytest.mark.parametrize(
    ("size", "items"), [("a5", a5(8)), ("a6", a6(8)), ("large", [*a5(3), *a6(3)]), ("fold", a5(2))]
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_letter_is_small_pale_or_near_the_edge(size: FormatName, items: list[Item], language: Language) -> None:
    items = [item(one.card.id, language) for one in items]
    pdf = printed(items, size)
    width, height = {"a5": (148.5, 210.0), "fold": (148.5, 210.0), "a6": (105.0, 148.5)}.get(size, (210.0, 297.0))
    for page in range(pages(pdf)):
        for letter in letters(pdf, page):
            assert letter.size >= SMALLEST_PT - 0.05, letter
            tone = "#" + "".join(f"{part:02x}" for part in letter.colour)
            assert contrast(tone) >= 7, letter
            luminance = round(0.299 * letter.colour[0] + 0.587 * letter.colour[1] + 0.114 * letter.colour[2])
            assert contrast(f"#{luminance:02x}{luminance:02x}{luminance:02x}") >= 7, letter
            left, top = letter.left % width, letter.top % height
            assert SAFE_MM <= left <= width - SAFE_MM - (letter.right - letter.left), letter
            assert SAFE_MM <= top <= height - SAFE_MM - (letter.bottom - letter.top), letter


def test_body_text_is_at_least_14_points_and_the_number_22() -> None:
    one = a5(1)[0]
    pdf = printed([one], "a5")
    sizes = [letter.size for letter in letters(pdf, 1)]
    steps = [size for size in sizes if abs(size - 14.4) < 0.1]
    assert len(steps) > len(sizes) / 2
    assert one.door is not None
    number = shown(one.door.number).replace(" ", "")
    large = "".join(letter.text for letter in letters(pdf, 0) if letter.colour == (0, 0, 0))
    assert large == number
    assert all(letter.size >= NUMBER_PT for letter in letters(pdf, 0) if letter.colour == (0, 0, 0))


def test_the_x_height_of_body_text_is_two_and_a_half_millimetres() -> None:
    found = [x for x in letters(printed(a5(1), "a5"), 1) if x.text in "xvz" and abs(x.size - 14.4) < 0.1]
    assert found
    assert all(letter.bottom - letter.top >= 2.48 for letter in found)


def test_every_card_fits_every_size_in_both_languages() -> None:
    cache = cache_folder()  # faces that `werkplaats cards check` laid out a moment ago need no second time
    cards = [card for language in ("nl", "en") for card in library().cards(language)]
    missed = [
        f"{m.card.lang} {m.card.id}: {m}" for card in cards for m in fit(card, library().deck_of(card), cache=cache)
    ]
    assert not missed


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_drawing_is_large_enough_to_be_known_on_every_size(language: Language) -> None:
    least = {"a5": 20.0, "a6": 14.0, "a4": 28.0}
    shelf = Shelf(cache_folder())  # the faces that were measured a moment ago, with the fullest foot there is
    for card in library().cards(language):
        full = Item(card, library().deck_of(card), documents._FULL_DOOR)
        sizes: list[Size] = ["a5", "a4"] if card.size == "A5" else ["a6", "a5", "a4"]
        for size in sizes:
            face = documents._face(full, "front", size, False, documents._FULL_IMPRINT, shelf)
            place, head = face.slots["slot-rest"], face.slots["slot-mark"]
            if place.y > head.y + head.height:
                assert place.height >= least[size], f"{card.id} {size}"
            else:
                assert card.kind in ("form", "feedback"), f"{card.id} {size}: the words leave no room for a drawing"


def test_feedback_gives_faces_to_choose_from_and_a_line_for_every_sentence_to_finish() -> None:
    form = load_format("a6_4up")
    choose = documents._print(item("terugkoppeling/03-hoe-was-het-vandaag"), form, IMPRINT, Shelf()).front
    places = [choose.slots[f"slot-face-{at}"] for at in (1, 2, 3)]
    assert {round(place.width, 1) for place in places} == {13.0}
    assert len({place.y for place in places}) == 1
    one = item("terugkoppeling/05-zo-ging-het-verder")
    html = filling.card_html(one.card, one.deck, "back", "a6", IMPRINT, None)
    assert html.count("…") == html.count("write line") == 4


@pytest.mark.parametrize(("size", "items"), [("large", [*a5(4), *a6(2)]), ("single", a5(4))])
def test_no_line_is_longer_than_seventy_characters(size: FormatName, items: list[Item]) -> None:
    document = pypdfium2.PdfDocument(printed(items, size))
    for page in document:
        said = page.get_textpage().get_text_range()
        assert max(map(len, said.splitlines())) <= 70, said
    document.close()


def test_a_card_with_too_many_words_is_refused_with_how_many() -> None:
    one = a5(1)[0]
    long = one.card.model_copy(update={"purpose": "Dit zijn veel te veel woorden voor een kaart. " * 12})
    with pytest.raises(documents.DoesNotFit) as caught:
        printed([Item(long, one.deck, one.door)], "a5")
    assert 20 < caught.value.words_too_many < 110
    assert caught.value.mm_too_many > 20
    assert one.card.title in str(caught.value)


def test_mixed_sizes_are_sorted_into_one_pdf_each() -> None:
    made = deck([*a6(1), *a5(1)], imprint=IMPRINT, title="Proef", language="nl")
    assert [one.name for one in made] == ["a5-2up.pdf", "a6-4up.pdf"]
    archive = zipfile.ZipFile(io.BytesIO(together(made)))
    assert archive.namelist() == ["a5-2up.pdf", "a6-4up.pdf"]
    assert archive.read("a5-2up.pdf") == made[0].pdf
    assert together(made) == together(made)


def test_an_a5_card_is_refused_on_a6_by_name() -> None:
    one = a5(1)[0]
    with pytest.raises(PrintError, match=one.card.title):
        printed([one], "a6")


def test_the_same_cards_give_the_same_bytes_also_from_the_cache(tmp_path: Path) -> None:
    first = printed(a5(2), "a5", cache=tmp_path)
    assert printed(a5(2), "a5", cache=tmp_path) == first
    assert printed(a5(2), "a5") == first
    assert list(tmp_path.rglob("*.face"))


def test_a_damaged_face_in_the_cache_is_laid_out_again(tmp_path: Path) -> None:
    first = printed(a5(1), "a5", cache=tmp_path / "one")
    for path in (tmp_path / "one").rglob("*.face"):
        copy = tmp_path / "two" / path.parent.name / path.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes()[:100])
    assert printed(a5(1), "a5", cache=tmp_path / "two") == first


def test_copies_are_printed_as_often_as_asked() -> None:
    assert pages(printed([item(a5(1)[0].card.id, copies=5)], "a5")) == 6


def test_signal_and_help_cards_carry_no_code() -> None:
    cards = [card for card in library().cards("nl") if card.kind in ("signal", "help") and card.size == "A6"]
    pdf = printed([item(card.id) for card in cards[:4]], "a6")
    assert not any(reader.codes(grey(pdf, page, 150)) for page in range(pages(pdf)))


def test_without_a_workshop_the_question_and_the_paper_way_are_there_and_no_code() -> None:
    one = item(a5(1)[0].card.id, door=False)
    pdf = deck([one], format="a5", title="Proef", language="nl")[0].pdf
    said = "".join(letter.text for letter in letters(pdf, 0))
    assert one.card.share is not None
    assert one.card.share.question.replace(" ", "") in said
    assert "ideekaart" in said
    assert reader.codes(grey(pdf, 0, 150)) == []


def test_a_rehearsal_says_so_and_may_use_any_address() -> None:
    imprint = Imprint("Proef", "192.168.1.20:8000", "http://192.168.1.20:8000", rehearsal=True)
    pdf = deck(a5(1), format="a5", imprint=imprint, title="Proef", language="nl")[0].pdf
    assert "Proefdruk" in "".join(letter.text for letter in letters(pdf, 1))
    assert reader.codes(grey(pdf, 0, 150))[0].startswith("HTTP://192.168.1.20:8000/")


@pytest.mark.parametrize(("size", "items"), [("a5", a5(8)), ("a6", a6(12)), ("large", [*a5(3), *a6(3)])])
def test_the_code_is_in_the_same_place_on_every_card_with_white_around_it(size: FormatName, items: list[Item]) -> None:
    places = []
    for one in items:
        seen = png(preview(one, "front", format=size, imprint=IMPRINT, dpi=75)).convert("L")
        left, top, right, bottom = reader.places(seen)[0]
        places.append((left, top, right, bottom))
        ring = round((right - left) / 29 * 3.2)
        around = np.asarray(seen.crop((left - ring, top - ring, right + ring, bottom + ring))).copy()
        around[ring - 2 : 2 - ring, ring - 2 : 2 - ring] = 255
        assert around.min() > 200, one.card.id
    assert np.ptp(np.array(places), axis=0).max() <= 2


def test_the_preview_is_the_printed_card() -> None:
    one = a5(1)[0]
    seen = png(preview(one, "front", imprint=IMPRINT, dpi=150))
    assert abs(seen.width - 148 / 25.4 * 150) <= 1
    assert reader.codes(seen) == addresses([one])
    assert reader.codes(png(preview(one, "back", imprint=IMPRINT, dpi=150))) == []


def test_printing_nothing_is_refused() -> None:
    with pytest.raises(PrintError, match="at least one"):
        deck([], title="Proef", language="nl")


@pytest.mark.parametrize(("size", "items"), [("a5", a5(12)), ("a6", a6(12)), ("large", a5(3) + a6(3))])
def test_code_and_number_are_in_the_same_place_on_every_card_of_a_size(size: FormatName, items: list[Item]) -> None:
    form = load_format(documents._SHEETS[size, items[0].card.size])
    faces = [documents._print(one, form, IMPRINT, Shelf()).front for one in items]
    for slot in ("slot-qr", "slot-number"):
        places = [(face.slots[slot].x, face.slots[slot].y) for face in faces]
        assert max(abs(a - b) for x, y in places for a, b in ((x, places[0][0]), (y, places[0][1]))) < 0.1, slot
