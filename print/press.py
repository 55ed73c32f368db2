"""HTML in, one finished face out: the only module that knows WeasyPrint.

A face is one side of one card on a page of its own size. It is laid out once, taken apart into plain
values (`Face`) and put on sheets elsewhere, so reprinting never lays out again. The press opens no
doors: style and typeface are handed over in memory, any other address stops the work. WeasyPrint
itself is loaded at the first face, not at import.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
import html as markup
import re
import threading
import zlib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from print.errors import DoesNotFit, PrintError
from print.face import Face, Slot, Tag
from print.measures import PIXELS_PER_MM
from print.typeface import FAMILY, WEIGHTS, Weight, file, typeface

if TYPE_CHECKING:
    from weasyprint import CSS, Document
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

_LOCK = threading.Lock()
_SPLICED = frozenset({"Span", "NonStruct", "Div", "Document", "Part"})
_ROOM_MM = 600.0
REST_GAP = 0.032
"""White above and below a picture that takes the room that is left, by its width."""
REST_LEAST = 0.16
"""Least height of such a picture, by its width."""
_TALL = "<style>@page{size:%.2fmm %.2fmm!important}</style>"


def key(*said: str) -> str:
    """Return a hash of what a face says and of all that decides how it looks: this package and WeasyPrint."""
    return hashlib.sha256("\0".join([_engine(), *said]).encode()).hexdigest()


@lru_cache(maxsize=1)
def _engine() -> str:
    """Return a hash of the whole package: after any change in it faces are laid out anew."""
    package = Path(str(files("print")))
    parts = sorted(path for kind in ("py", "css", "html", "toml", "ttf") for path in package.rglob(f"*.{kind}"))
    hashed = hashlib.sha256(version("weasyprint").encode())
    for path in parts:
        hashed.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes())
    return hashed.hexdigest()


def compile_face(html: str, css: str, what: str) -> Face:
    """Lay out one HTML page and return it as a face; `what` names it in errors.

    The style gives the page its size; it must be exactly one page. `<article>` elements with an id `slot-…`
    become slots; `slot-rest` is what is left between the words, which end at the element `end`, and what stands
    at the bottom, which begins at `foot`.
    A box `fit-x` that is placed by hand must end above the element `limit-x`.

    Raises `DoesNotFit` when the words need more room, `PrintError` when the page asks for anything from
    outside, or uses a character that the typeface does not have.
    """
    _check_characters(html, what)
    with _LOCK:
        document = _layout(html, css, what)
        if len(document.pages) != 1:
            raise _too_much(html, css, what, document)
        _check_limits(document.pages[0].anchors, html, what)
        return _taken_apart(document, what)[0]


def compile_pages(html: str, css: str, what: str) -> list[Face]:
    """Lay out HTML that runs on over as many pages as it needs; return each page as a face.

    Raises `PrintError` as `compile_face` does; it never is too much.
    """
    _check_characters(html, what)
    with _LOCK:
        return _taken_apart(_layout(html, css, what), what)


def _check_characters(html: str, what: str) -> None:
    text = markup.unescape(re.sub(r"<style.*?</style>|<[^>]*>", "", html, flags=re.DOTALL))
    for character in sorted(set(text)):
        if character not in typeface("Regular").glyphs and not character.isspace():
            raise PrintError(
                f"{what}: the character {character} (U+{ord(character):04X}) is not in our typeface. "
                "Write it in words or use another."
            )


def _layout(html: str, css: str, what: str) -> Document:
    from weasyprint import HTML

    style, fonts, fetcher = _style(css)
    with _closed(what):
        return HTML(string=html, base_url="press:", url_fetcher=fetcher).render(
            font_config=fonts, stylesheets=[style], pdf_variant="pdf/ua-1"
        )


@contextlib.contextmanager
def _closed(what: str) -> Iterator[None]:
    """Turn the stop of the closed fetcher, which is no ordinary exception, into a `PrintError`."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise PrintError(
            f"{what} asks for something from outside: {error}. Printing uses only what is on the card."
        ) from error


@lru_cache(maxsize=4)
def _style(css: str) -> tuple[CSS, FontConfiguration, URLFetcher]:
    """Return the parsed style; shared by every face, which makes small layouts nine times faster."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fetcher = _closed_fetcher()
    fonts = FontConfiguration()
    faces = "".join(
        f"@font-face{{font-family:'{FAMILY}';font-weight:{700 if weight == 'Bold' else 400};src:url(press:{weight})}}"
        for weight in WEIGHTS
    )
    return CSS(string=faces + css, font_config=fonts, url_fetcher=fetcher, base_url="press:"), fonts, fetcher


atexit.register(_style.cache_clear)  # WeasyPrint's fonts cannot be let go once Python is going down


@lru_cache(maxsize=1)
def _closed_fetcher() -> URLFetcher:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    shelf = {f"press:{weight}": file(weight) for weight in WEIGHTS}

    class ClosedFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
        """Hands out the two fonts; everything else stops the layout."""

        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            if url not in shelf:
                raise FatalURLFetchingError(url[:80])
            return URLFetcherResponse(url, shelf[url], {"Content-Type": "font/ttf"})

    return ClosedFetcher()


def _too_much(html: str, css: str, what: str, document: Document) -> DoesNotFit:
    """Measure on a much taller page how much room is missing between the words and the foot."""
    page = document.pages[0]
    width, height = page.width / PIXELS_PER_MM, page.height / PIXELS_PER_MM
    tall = html.replace("</head>", _TALL % (width, height + _ROOM_MM) + "</head>", 1)
    places = _layout(tall, css, what).pages[0].anchors
    free = (places["foot"][1] if "foot" in places else height + _ROOM_MM) - places["end"][3] if "end" in places else 0
    missing = max(1.0, _ROOM_MM - free / PIXELS_PER_MM)
    words = len(re.sub(r"<[^>]*>", " ", html.split("<body", 1)[-1]).split())
    return DoesNotFit(what, missing, max(1, round(words * missing / (height + missing))))


def _check_limits(places: dict[str, tuple[float, float, float, float]], html: str, what: str) -> None:
    """Raise `DoesNotFit` when a box `fit-…` reaches under its line `limit-…`: text placed by hand."""
    for name, (_, top, _, bottom) in places.items():
        limit = places.get(name.replace("fit-", "limit-")) if name.startswith("fit-") else None
        if limit and bottom > limit[1]:
            missing = (bottom - limit[1]) / PIXELS_PER_MM
            words = len(re.sub(r"<[^>]*>", " ", html.split("<body", 1)[-1]).split())
            raise DoesNotFit(what, missing, max(1, round(words * (bottom - limit[1]) / (bottom - top))))


def _taken_apart(document: Document, what: str) -> list[Face]:
    """Let WeasyPrint draw the pages, and stop it before it writes a file that nobody needs."""
    drawn: list[Any] = []

    def finisher(_: Document, pdf: Any) -> None:
        drawn.append(pdf)
        raise _Drawn

    with contextlib.suppress(_Drawn), _closed(what):
        document.write_pdf(pdf_variant="pdf/ua-1", finisher=finisher)
    objects = {b"%d 0 R" % thing.number: thing for thing in drawn[0].objects if thing.number}
    return [
        _harvest(page, drawn[0], objects, reference, what)
        for page, reference in zip(document.pages, drawn[0].page_references, strict=True)
    ]


class _Drawn(Exception):
    """The page is drawn; what follows would only write it to a file."""


def _harvest(page: Any, pdf: Any, objects: dict[bytes, Any], reference: bytes, what: str) -> Face:
    sheet = objects[reference]
    resources = objects[sheet["Resources"]]
    if any(resources[kind] for kind in ("XObject", "Pattern", "Shading")):
        raise PrintError(f"{what}: a face holds text, lines and filled shapes only, no pictures or shades.")
    fonts = {name: _weight(objects[font], what) for name, font in objects[resources["Font"]].items()}
    content = objects[sheet["Contents"]]
    slots = {name: _slot(box) for name, box in page.anchors.items() if name.startswith("slot-")}
    if "slot-rest" in slots:
        slots["slot-rest"] = _rest(page)
    names = iter(sorted(slots, key=list(page.anchors).index))
    root = objects[objects[pdf.catalog["StructTreeRoot"]]["K"][0]]
    own = {"K": [kid for kid in root["K"] if objects[kid]["Pg"] == reference]}
    tags = [kid for kid in _kids(own, objects, names) if not isinstance(kid, int)]
    drawn = b"\n".join(
        item if isinstance(item, bytes) else getattr(item, "data", str(item).encode()) for item in content.stream
    )
    return Face(
        width=round(page.width / PIXELS_PER_MM, 3),
        height=round(page.height / PIXELS_PER_MM, 3),
        content=zlib.compress(drawn, 9),
        fonts=fonts,
        alphas={name: dict(state) for name, state in resources["ExtGState"].items()},
        tags=tags,
        marked=drawn.count(b"/MCID "),
        slots=slots,
    )


def _weight(font: Any, what: str) -> Weight:
    name = font["BaseFont"].decode().partition("+")[2].replace("-", " ")
    for weight in WEIGHTS:
        if name == FAMILY + {"Regular": "", "Bold": " Bold"}[weight]:
            return weight
    raise PrintError(f"{what}: the typeface {name} is not ours. Use only what the style sheet offers.")


def _slot(box: tuple[float, float, float, float]) -> Slot:
    left, top, right, bottom = (round(side / PIXELS_PER_MM, 3) for side in box)
    return Slot(left, top, round(right - left, 3), round(bottom - top, 3))


def _rest(page: Any) -> Slot:
    """Return what is free between the words and the foot; when that is little, the place `spare` in the head."""
    left, _, right, top = page.anchors["end"]
    free = Slot(*(side / PIXELS_PER_MM for side in (left, top, right - left, page.anchors["foot"][1] - top)))
    gap = free.width * REST_GAP
    tall = free.height - 2 * gap
    if tall < free.width * REST_LEAST:
        return _slot(page.anchors["spare"])
    return Slot(round(free.x, 3), round(free.y + gap, 3), round(free.width, 3), round(tall, 3))


def _kids(element: Any, objects: dict[bytes, Any], slots: Any) -> list[Any]:
    """Return the reading order under an element, without the nodes that say nothing.

    Slots are `<article>` elements, which nothing else in a face is: they come out as their name.
    """
    kids: list[Any] = []
    for kid in element["K"]:
        if isinstance(kid, int):
            kids.append(kid)
            continue
        child = objects[kid]
        role = child["S"][1:]
        if role == "Art":
            kids.append(next(slots))
        elif role in _SPLICED:
            kids += _kids(child, objects, slots)
        else:
            tag: Tag = [role, *_kids(child, objects, slots)]
            if len(tag) > 1:
                kids.append(tag)
    return kids


def whole(html: str) -> bytes:
    """Return a whole HTML document as PDF, laid out in one go: the slow way, only for comparing.

    It may use data in the page itself, and nothing else.
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=["data"])
    made: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf()
    return made
