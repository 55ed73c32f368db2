"""A printed deck, listened to: title, language, headings, lists, figures; nothing on paper is out of reach."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from pikepdf import Dictionary, Name, Pdf

from cards.card import Language
from print.answers import answers, letters
from print.documents import Slip, deck, poster, slips, tents, test_page
from print.numbers import with_check
from print.wall_paper import wall
from tests.answered import answer, meeting
from tests.answered import drawing as sketch
from tests.newspaper import newspaper
from tests.paper import IMPRINT, KEY, a5, a6, door_of, item, library

SLIPS = [Slip(with_check(digits), KEY[:6], KEY, "aardbei fiets molen") for digits in ("2741963", "2741964")]
MARKED = re.compile(rb"/MCID\s+(\d+)")


def documents(language: Language = "nl") -> dict[str, bytes]:
    """Print one of everything."""
    cards = [item(one.card.id, language, copies=2) for one in a5(2)]
    more = {"imprint": IMPRINT, "language": language}
    door = door_of(cards[0].card)
    handed = [one for one in meeting(language) if not one.picture] * 2
    posted = [answer(12, language, picture=sketch(), address=("Lindelaan 12", "1234 AB Utrecht"))]
    return {
        "a5": deck(cards, format="a5", title="Samen ontwerpen", **more)[0].pdf,  # type: ignore[arg-type]
        "a6": deck(a6(5), format="a6", title="Kaarten", **more)[0].pdf,  # type: ignore[arg-type]
        "fold": deck(a6(1), format="fold", title="Kaarten", **more)[0].pdf,  # type: ignore[arg-type]
        "slips": slips(SLIPS, format="a5", **more).pdf,  # type: ignore[arg-type]
        "poster": poster(door, question="Hoe wonen we straks fijn?", **more).pdf,  # type: ignore[arg-type]
        "tents": tents(door, question="Hoe wonen we straks fijn?", **more).pdf,  # type: ignore[arg-type]
        "test": test_page(**more).pdf,  # type: ignore[arg-type]
        "answers": answers(handed, format="a6", **more).printed.pdf,  # type: ignore[arg-type]
        "letters": letters(posted, **more).pdf,  # type: ignore[arg-type]
        "wall": wall(newspaper(9), door, format="a3", **more).pdf,  # type: ignore[arg-type]
        "booklet": wall(newspaper(9), door, format="booklet", **more).pdf,  # type: ignore[arg-type]
    }


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    return documents()


NAMES = ("a5", "a6", "fold", "slips", "poster", "tents", "test", "wall", "booklet", "answers", "letters")


def opened(pdf: bytes) -> Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def walk(element: Any) -> Iterator[Any]:
    """Yield a structure element and all under it, in reading order."""
    yield element
    for kid in kids(element):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield from walk(kid)


def drawn_forms(page: Any) -> list[Any]:
    """Return what is drawn on a page in operators, photos left out."""
    return [form for form in page.Resources.XObject.values() if form.Subtype == Name.Form]


def kids(element: Any) -> list[Any]:
    below = element.get("/K")
    return [] if below is None else list(below) if isinstance(below, pikepdf.Array) else [below]


@pytest.mark.parametrize("name", NAMES)
def test_a_document_says_its_title_language_and_that_it_is_tagged(name: str, printed: dict[str, bytes]) -> None:
    pdf = opened(printed[name])
    assert str(pdf.Root.Lang) == "nl"
    assert pdf.Root.MarkInfo.Marked is True
    assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
    assert str(pdf.docinfo.Title)
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == str(pdf.docinfo.Title)
        assert metadata["pdfuaid:part"] == "1"
    assert "/CreationDate" not in pdf.docinfo
    assert pdf.pdf_version == "1.7"


@pytest.mark.parametrize("name", NAMES)
def test_every_marked_content_has_an_owner_and_every_owner_points_back(name: str, printed: dict[str, bytes]) -> None:
    pdf = opened(printed[name])
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    owners = {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}
    claimed: set[tuple[int, int]] = set()
    for element in walk(pdf.Root.StructTreeRoot.K[0]):
        for kid in kids(element):
            if isinstance(kid, int):
                claimed.add((int(element.Pg.StructParents), kid))
            elif isinstance(kid, Dictionary) and kid.get("/Type") == Name.MCR:
                claimed.add((int(kid.Stm.StructParents), int(kid.MCID)))
    printed_contents = set()
    for page in pdf.pages:
        streams = [(page.obj, page.Contents), *((form, form) for form in drawn_forms(page))]
        for holder, stream in streams:
            for number in MARKED.findall(stream.read_bytes()):
                key = int(holder.StructParents)
                printed_contents.add((key, int(number)))
                assert Name.Sect != owners[key][int(number)].S
    assert printed_contents == claimed


@pytest.mark.parametrize("name", NAMES)
def test_a_form_with_words_is_painted_once(name: str, printed: dict[str, bytes]) -> None:
    painted: list[Any] = []
    for page in opened(printed[name]).pages:
        painted += [form.objgen for form in drawn_forms(page) if "/StructParents" in form]
    assert len(painted) == len(set(painted))


@pytest.mark.parametrize("name", NAMES)
def test_headings_start_at_one_and_skip_no_level(name: str, printed: dict[str, bytes]) -> None:
    levels = []
    pdf = opened(printed[name])
    for element in walk(pdf.Root.StructTreeRoot.K[0]):
        if re.fullmatch("/H[1-6]", str(element.S)):
            levels.append(int(str(element.S)[2]))
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_says_what_it_is_and_where(name: str, printed: dict[str, bytes]) -> None:
    pdf = opened(printed[name])
    figures = [element for element in walk(pdf.Root.StructTreeRoot.K[0]) if Name.Figure == element.S]
    assert figures
    for figure in figures:
        drawn = str(figure.Alt) in {card.picture.alt for card in library().cards("nl") if card.picture}
        assert drawn or "werkplaats.nl" in str(figure.Alt) or str(figure.Alt).startswith(("Foto bij idee", "De foto"))
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        assert right - left > 60
        assert top - bottom > 60


def test_the_code_and_number_stand_inside_the_question_of_their_card(printed: dict[str, bytes]) -> None:
    pdf = opened(printed["a5"])
    shares = [
        [str(kid.S) for kid in kids(element) if isinstance(kid, Dictionary) and "/S" in kid]
        for element in walk(pdf.Root.StructTreeRoot.K[0])
    ]
    assert ["/H2", "/Figure", "/P"] in [roles[:3] for roles in shares]


def test_a_deck_is_read_card_by_card_front_before_back(printed: dict[str, bytes]) -> None:
    pdf = opened(printed["a5"])
    sections = kids(pdf.Root.StructTreeRoot.K[0])
    assert [str(section.S) for section in sections] == ["/Sect"] * 4
    assert str(sections[0]["/T"]).endswith(f"1: {a5(1)[0].card.title}")
    for section in sections:
        pages = [element.Pg.objgen for element in walk(section) if "/Pg" in element]
        assert pages == sorted(pages)


def test_steps_are_a_list_with_their_numbers(printed: dict[str, bytes]) -> None:
    pdf = opened(printed["a5"])
    lists = [element for element in walk(pdf.Root.StructTreeRoot.K[0]) if element.S == Name.L]
    assert any([str(part.S) for part in kids(kids(one)[0])] == ["/Lbl", "/LBody"] for one in lists)


def test_what_is_decoration_is_marked_so_and_nothing_is_left_unmarked(printed: dict[str, bytes]) -> None:
    for page in opened(printed["a5"]).pages:
        faces = [form for name, form in page.Resources.XObject.items() if not name.startswith("/P")]
        for stream in (page.Contents, *faces):
            depth = 0
            for operands, operator in pikepdf.parse_content_stream(stream):
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(str(operator), 0)
                drawing = str(operator) == "Do" and str(operands[0]).startswith("/P")
                if drawing or str(operator) in ("Tj", "TJ", "f", "f*", "S", "B", "sh"):
                    assert depth == 1, (operands, operator)


def test_the_english_edition_says_it_is_english() -> None:
    cards = [item(one.card.id, "en") for one in a5(1)]
    pdf = opened(deck(cards, imprint=IMPRINT, title="Designing together", language="en")[0].pdf)
    assert str(pdf.Root.Lang) == "en"


def test_fonts_are_embedded_once_per_weight_and_every_letter_can_be_copied(printed: dict[str, bytes]) -> None:
    pdf = opened(printed["a5"])
    fonts = [thing for thing in pdf.objects if isinstance(thing, Dictionary) and thing.get("/Subtype") == Name.Type0]
    assert len(fonts) == 2
    for font in fonts:
        assert "/ToUnicode" in font
        assert "/FontFile2" in font.DescendantFonts[0].FontDescriptor
