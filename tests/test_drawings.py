"""A card's drawing: what may be in it, how it prints, and what is refused."""

from __future__ import annotations

import io
from itertools import product
from pathlib import Path

import pytest
from PIL import Image

from cards.card import Card, Language
from cards.deck import load
from cards.drawing import drawing_at, read_drawing, svg, tint
from cards.finding import Refusal
from print.documents import Item, deck, preview
from print.face import Slot
from print.pictures import picture
from print.reader import raster

LIBRARY = load()
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 80">'
GOOD = (
    HEAD
    + '<g stroke="#1b1a18"><circle cx="50" cy="40" r="20" fill="currentColor"/><path d="M100 20h40v40z"/></g></svg>'
)


def brightness(colour: str) -> float:
    red, green, blue = bytes.fromhex(colour[1:])
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def card(language: Language = "nl") -> Card:
    found = LIBRARY.find("samen-ontwerpen/05-schrijf-en-geef-door", language)
    assert found
    return found


def test_a_drawing_is_read_into_shapes_and_written_as_something_safe() -> None:
    drawing = read_drawing(GOOD)
    assert [shape.fill for shape in drawing.shapes] == ["deck", None]
    assert read_drawing(GOOD) == read_drawing(GOOD.replace("<g", "<title>x</title><g"))
    assert svg(drawing, "#0c3c9c").count("<path") == 2
    assert "#0c3c9c" in svg(drawing, "#0c3c9c")


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<script>alert(1)</script>", "`script`"),
        ("<foreignObject><p>x</p></foreignObject>", "foreignObject"),
        ('<image href="file:///etc/passwd"/>', "`image`"),
        ('<use href="https://elders.nl/a.svg#b"/>', "`use`"),
        ('<circle r="3" onclick="x()"/>', "`onclick`"),
        ('<circle r="3" style="fill:url(https://elders.nl)"/>', "`style`"),
        ('<circle r="3" fill="url(#a)"/>', "no colour"),
        ('<circle r="3" fill="#ff0000"/>', "no colour"),
        ("<text>hallo</text>", "`text`"),
        ('<path d="M 0 zomaar"/>', "not drawn right"),
        ('<path d="M1e400 0L3 3"/>', "outside every paper"),
        ('<g transform="skewX(30)"><circle r="3"/></g>', "moves nothing"),
        ("", "nothing is drawn"),
        ('<circle r="3"/>' * 401, "too many shapes"),
        ("<g>" * 5000 + "</g>" * 5000, "groups in groups"),
        ("<circle" + " " * 70_000 + "/>", "larger than 64 kB"),
        ("<circle r='3'", "not written as SVG"),
    ],
)
def test_a_drawing_with_anything_else_is_refused_with_its_reason(inside: str, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        read_drawing(HEAD + inside + "</svg>")


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + GOOD,
        '<?xml-stylesheet href="https://elders.nl/a.css"?>' + GOOD,
        GOOD.replace("0 0 200 80", "0 0 9000 80"),
        GOOD.replace("0 0 200 80", "0 0 900 80"),
        "<html></html>",
        "",
    ],
)
def test_a_file_that_is_no_plain_drawing_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        read_drawing(text)


def test_a_missing_drawing_says_so(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="there is no picture"):
        drawing_at(tmp_path / "weg.svg")


@pytest.mark.parametrize(("one", "language"), [(one, one.lang) for lang in ("nl", "en") for one in LIBRARY.cards(lang)])  # type: ignore[arg-type]
def test_every_card_has_its_own_drawing_and_says_what_it_shows(one: Card, language: Language) -> None:
    folder = LIBRARY.deck_of(one).folder
    assert one.picture, f"{one.id} has no picture"
    assert folder
    assert drawing_at(folder / "art" / one.picture.file).shapes
    assert 3 <= len(one.picture.alt.split()) <= 15
    others = [card for card in LIBRARY.cards(language) if card is not one and card.picture == one.picture]
    assert not others


def test_a_drawing_prints_in_the_colour_of_its_deck_and_is_read_aloud() -> None:
    item = Item(card(), LIBRARY.deck_of(card()))
    pdf = deck([item], format="single", title="x", language="nl")[0].pdf
    picture = raster(pdf, 0, 72)
    assert (12, 60, 156) in {colour for _, colour in picture.getcolors(1 << 20) or ()}
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        alts = [str(thing.Alt) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing]
    assert card().picture
    assert alts == [card().picture.alt]  # type: ignore[union-attr]


def test_copies_of_a_card_share_one_drawing_in_the_file() -> None:
    import pikepdf

    pdf = deck([Item(card(), LIBRARY.deck_of(card()), copies=12)], title="x", language="nl")[0].pdf
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = [thing for thing in opened.objects if isinstance(thing, pikepdf.Stream)]
        assert sum(list(thing.get("/BBox", [])) == [0, 0, 1, 1] for thing in streams) == 1


def test_a_photo_of_ones_own_stands_in_the_place_of_the_drawing() -> None:
    out = io.BytesIO()
    Image.new("RGB", (600, 400), (200, 30, 30)).save(out, "JPEG")
    shown = preview(Item(card(), LIBRARY.deck_of(card()), picture=out.getvalue()), "front", dpi=40)
    colours = Image.open(io.BytesIO(shown)).convert("RGB").getcolors(1 << 20) or ()
    assert sum(count for count, (red, green, _) in colours if red > 180 > green + 120) > 300


def test_a_drawing_keeps_its_meaning_in_a_grey_copy() -> None:
    for one in LIBRARY.decks:
        tone, pale = (brightness(colour) for colour in (one.colour, tint(one.colour)))
        assert tone < 140, one.id
        assert tone + 60 < pale < 252, one.id


@pytest.mark.parametrize(("language", "form"), tuple(product(("nl", "en"), ("auto", "a5", "large", "fold", "single"))))
def test_every_deck_has_a_cover_and_contents_in_every_form(language: Language, form: str) -> None:
    for one in LIBRARY.decks:
        items = [Item(card, one) for card in LIBRARY.cards(language) if card.deck == one.id][:2]
        with_covers = deck(items, format=form, title="x", language=language, with_covers=True)  # type: ignore[arg-type]
        without = deck(items, format=form, title="x", language=language)  # type: ignore[arg-type]
        assert sum(len(made.pdf) for made in with_covers) > sum(len(made.pdf) for made in without)


def test_the_contents_card_names_every_card_of_the_deck() -> None:
    import pypdfium2

    items = [Item(card, LIBRARY.deck_of(card)) for card in LIBRARY.cards("nl") if card.deck == "samen-ontwerpen"]
    pdf = pypdfium2.PdfDocument(deck(items, format="single", title="x", language="nl", with_covers=True)[0].pdf)
    assert len(pdf) == 2 * (len(items) + 2)
    cover, begin, contents, minutes = (pdf[at].get_textpage().get_text_range() for at in range(4))
    assert "16 kaarten" in cover
    assert "Zo begint u" in begin
    for item in items:
        assert item.card.title in contents
        assert item.card.title in minutes
    assert "25–35" in minutes


DOCS = Path(__file__).parent.parent / "docs" / "decks"


@pytest.mark.parametrize("name", [one.id for one in LIBRARY.decks])
def test_every_deck_shows_all_its_faces_on_a_contact_sheet_in_the_readme(name: str) -> None:
    cards = [card for card in LIBRARY.cards("nl") if card.deck == name]
    with Image.open(DOCS / f"{name}.nl.png") as sheet:
        assert sheet.width * sheet.height > 2 * len(cards) * 30_000
    assert f"(docs/decks/{name}.nl.png)" in (DOCS.parent.parent / "README.md").read_text(encoding="utf-8")


def test_a_drawing_in_a_tall_place_stands_on_the_foot_of_the_card_and_is_not_adrift() -> None:
    shown = picture(GOOD.encode(), "#0c3c9c")
    tall, high = 85.0, 88 / 2.5 * 1.4
    assert shown.placed(Slot(8, 40, 88, tall), 148, "#0c3c9c") == shown.placed(
        Slot(8, 40 + tall - high, 88, high), 148, "#0c3c9c"
    )
    assert shown.placed(Slot(8, 40, 88, 30), 148, "#0c3c9c") != shown.placed(Slot(8, 41, 88, 30), 148, "#0c3c9c")


@pytest.mark.parametrize(
    "trick",
    [
        '<?x <!-- ?><!DOCTYPE svg [<!ENTITY a "b">]><?x --> ?><svg viewBox="0 0 9 9"/>',
        '<svg viewBox="0 0 150 100">' + "<!--" * 15_000 + "</svg>",
        f'<svg viewBox="0 0 150 100"><g transform="rotate({"9" * 400})"><path d="M1 1L2 2" fill="#000"/></g></svg>',
    ],
)
def test_tricks_with_comments_and_endless_numbers_are_refused_at_once(trick: str) -> None:
    with pytest.raises(Refusal):
        read_drawing(trick)
