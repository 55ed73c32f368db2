"""The same sheets, printed as others would: only for measuring, each in its natural way.

All get their QR symbols from `qrcode`, one by one, as their users do: as pixels (Typst), as one path
(ReportLab, Chromium) or as a PNG in the page (WeasyPrint). The deck of plain WeasyPrint is our own faces as one
document with one rectangle per module, the most common recipe.
"""

from __future__ import annotations

import base64
import io
import json
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from print.bench import WORDS, sample
from print.documents import SIDES
from print.marks import ALPHABET, address
from print.numbers import shown
from print.typeface import WEIGHTS, file
from print.words import words

_BASE: Final = "https://werkplaats.nl"
_CHROMIUM: Final = ("chromium", "chromium-browser", "google-chrome")


def contender(how: str, count: int, folder: Path) -> Callable[[], bytes]:
    """Return what a contender does; raises ImportError or FileNotFoundError when it is not installed."""
    makers: dict[str, Callable[[int, Path], Callable[[], bytes]]] = {
        "typst": _typst,
        "reportlab": _reportlab,
        "weasyprint": _weasyprint,
        "chromium": _chromium,
        "typst deck": _typst_deck,
        "weasyprint deck": _weasyprint_deck,
    }
    return makers[how](count, folder)


def _addresses(count: int) -> list[tuple[str, str]]:
    """Return a number and the text of its QR, for each card of a deck."""
    return [(shown(number), address(_BASE, number, key)) for number, key in zip(*sample(count), strict=True)]


def _slips(count: int) -> list[tuple[str, str, str]]:
    """Return the printed number of each idea card, and the text of its QR and of the one on its stub."""
    return [
        (shown(number), address(_BASE, number, "C1" + key[:6]), address(_BASE, number, "S1" + key))
        for number, key in zip(*sample(count), strict=True)
    ]


def _matrix(text: str) -> list[list[bool]]:
    from qrcode.constants import ERROR_CORRECT_Q
    from qrcode.main import QRCode
    from qrcode.util import MODE_8BIT_BYTE, MODE_ALPHA_NUM, QRData

    mode = MODE_ALPHA_NUM if all(letter in ALPHABET for letter in text) else MODE_8BIT_BYTE
    code: QRCode[Any] = QRCode(error_correction=ERROR_CORRECT_Q, border=0)
    code.add_data(QRData(text, mode=mode))
    code.make()
    return [[bool(dark) for dark in row] for row in code.modules]


def _pixels(text: str) -> list[int]:
    return [0 if dark else 255 for row in _matrix(text) for dark in row]


def _fonts(folder: Path) -> Path:
    for weight in WEIGHTS:
        (folder / f"{weight}.ttf").write_bytes(file(weight))
    return folder


_TYPST = """#set page(width: 297mm, height: 210mm, margin: 0mm)
#set text(font: "Atkinson Hyperlegible Next", size: 14.4pt, lang: "nl", ligatures: false)
#let cards = json("cards.json")
#let luma = (encoding: "luma8", width: 29, height: 29)
#let qr(pixels) = image(bytes(pixels), format: luma, width: 25.9mm, scaling: "pixelated")
#let slip(one) = box(width: 148.5mm, height: 105mm, {
  place(dx: 19mm, dy: 8mm, text(size: 25pt, weight: "bold")[TITLE])
  place(dx: 19mm, dy: 20mm)[HOW]
  place(dx: 70mm, dy: 8mm, qr(one.at(1)))
  place(dx: 113mm, dy: 17mm, qr(one.at(2)))
  for x in (17mm, 107mm) { place(dx: x, dy: 38mm, text(size: 20pt, weight: "bold", one.at(0))) }
  place(dx: 107mm, dy: 48mm)[WORDS]
  let dots = (thickness: .3mm, dash: "dotted")
  for y in range(4) { place(dx: 19mm, dy: (57mm + y * 10mm), line(length: 80mm, stroke: dots)) }
  place(dx: 19mm, dy: 91mm, text(size: 12.5pt)[HAND])
})
#for sheet in cards.chunks(4) { page(grid(columns: 2, ..sheet.map(slip))) }
"""


def _typst(count: int, folder: Path) -> Callable[[], bytes]:
    said = words("nl")
    source = (
        _TYPST.replace("TITLE", said["slip_title"])
        .replace("HOW", said["slip_how"])
        .replace("HAND", said["slip_hand_in"])
        .replace("WORDS", WORDS)
    )

    def work() -> bytes:
        import typst

        with tempfile.TemporaryDirectory(dir=folder) as place:
            root = _fonts(Path(place))
            (root / "cards.json").write_text(
                json.dumps([[number, _pixels(text), _pixels(stub)] for number, text, stub in _slips(count)])
            )
            (root / "main.typ").write_text(source)
            made: bytes = typst.compile(root / "main.typ", root=root, font_paths=[root])
            return made

    return work


def _reportlab(count: int, folder: Path) -> Callable[[], bytes]:
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    said = words("nl")

    def slip(canvas: Any, x: float, y: float, number: str, text: str, stub: str) -> None:
        for font, size, left, top, line in (
            ("Bold", 25, 19, 16, said["slip_title"]),
            ("Regular", 14.4, 19, 24.5, said["slip_how"]),
            ("Regular", 12.5, 19, 95, said["slip_hand_in"]),
            ("Bold", 12, 107, 50, WORDS),
            ("Bold", 20, 17, 40, number),
            ("Bold", 20, 107, 12, number),
        ):
            canvas.setFont(font, size)
            canvas.drawString(x + left * mm, y + (105 - top) * mm, line)
        canvas.setDash(1, 2)
        for row in range(4):
            canvas.line(x + 9 * mm, y + (48 - 10 * row) * mm, x + 94 * mm, y + (48 - 10 * row) * mm)
        canvas.setDash()
        symbol(canvas, x + 70 * mm, y + 97 * mm, text)
        symbol(canvas, x + 112.5 * mm, y + 88 * mm, stub)

    def symbol(canvas: Any, x: float, y: float, text: str) -> None:
        matrix = _matrix(text)
        module = 25 * mm / len(matrix)
        path = canvas.beginPath()
        for down, modules in enumerate(matrix):
            for across, dark in enumerate(modules):
                if dark:
                    path.rect(x + across * module, y - (down + 1) * module, module, module)
        canvas.drawPath(path, stroke=0, fill=1)

    def work() -> bytes:
        for weight in ("Regular", "Bold"):
            pdfmetrics.registerFont(TTFont(weight, str(_fonts(folder) / f"{weight}.ttf")))
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=(297 * mm, 210 * mm))
        for index, (number, text, stub) in enumerate(_slips(count)):
            if index and index % 4 == 0:
                canvas.showPage()
            slip(canvas, index % 2 * 148.5 * mm, (1 - index // 2 % 2) * 105 * mm, number, text, stub)
        canvas.save()
        return out.getvalue()

    return work


_PAGE = """<!doctype html><html lang="nl"><meta charset="utf-8"><title>Mijn idee</title><style>
@font-face { font-family: A; src: url(REGULAR) } @font-face { font-family: A; font-weight: 700; src: url(BOLD) }
@page { size: 297mm 210mm; margin: 0 } body { margin: 0; font: 14.4pt/1.3 A } p, h1 { margin: 0 }
.sheet { position: relative; width: 297mm; height: 210mm; page-break-after: always; overflow: hidden }
.slip { position: absolute; width: 148.5mm; height: 105mm } .slip > * { position: absolute; left: 19mm }
h1 { top: 8mm; width: 80mm; font-size: 25pt } .how { top: 20mm; width: 86mm }
.end { top: 91mm; width: 114mm; font-size: 12.5pt }
.slip .qr { width: 25mm; height: 25mm; image-rendering: pixelated }
.slip > .c { left: 70mm; top: 8mm } .slip > .s { left: 112.5mm; top: 17mm } .slip > .w { left: 107mm; top: 48mm }
.slip > .n { left: 17mm; top: 32mm; font-size: 20pt; font-weight: 700 } .slip > .m { left: 107mm; top: 5mm }
.l { width: 80mm; border-bottom: .3mm dotted #666 }
</style><body>"""


def _html(count: int, qr: Callable[[str], str]) -> str:
    """Return the sheets as one HTML document, the usual way."""
    said = words("nl")
    data = {weight: "data:font/ttf;base64," + base64.b64encode(file(weight)).decode() for weight in WEIGHTS}
    parts = [_PAGE.replace("REGULAR", data["Regular"]).replace("BOLD", data["Bold"])]
    lines = "".join(f'<div class="l" style="top: {57 + 10 * row}mm"></div>' for row in range(4))
    for index, (number, text, stub) in enumerate(_slips(count)):
        if index % 4 == 0:
            parts.append("</div>" * bool(index) + '<div class="sheet">')
        place = f"left: {index % 2 * 148.5}mm; top: {index // 2 % 2 * 105}mm"
        parts.append(
            f'<div class="slip" style="{place}"><h1>{said["slip_title"]}</h1><p class="how">{said["slip_how"]}</p>'
            f'<div class="c">{qr(text)}</div><p class="n">{number}</p>{lines}<p class="end">{said["slip_hand_in"]}</p>'
            f'<div class="s">{qr(stub)}</div><p class="n m">{number}</p><p class="w">{WORDS}</p></div>'
        )
    return "".join(parts) + "</div>"


def _png(text: str) -> str:
    from PIL import Image

    matrix = _matrix(text)
    image = Image.frombytes(
        "L", (len(matrix), len(matrix)), bytes(0 if dark else 255 for row in matrix for dark in row)
    )
    out = io.BytesIO()
    image.save(out, "PNG")
    return f'<img class="qr" alt="QR" src="data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}">'


def _svg_path(text: str) -> str:
    matrix = _matrix(text)
    drawn = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    return f'<svg class="qr" viewBox="0 0 {len(matrix)} {len(matrix)}"><path d="{drawn}"/></svg>'


def _svg_rectangles(text: str) -> str:
    matrix = _matrix(text)
    drawn = "".join(
        f'<rect x="{x}" y="{y}" width="1" height="1"/>'
        for y, row in enumerate(matrix)
        for x, dark in enumerate(row)
        if dark
    )
    return f'<svg class="qr" viewBox="0 0 {len(matrix)} {len(matrix)}">{drawn}</svg>'


def _weasyprint(count: int, folder: Path) -> Callable[[], bytes]:
    def work() -> bytes:
        from print.press import whole

        return whole(_html(count, _png))

    return work


def _chromium(count: int, folder: Path) -> Callable[[], bytes]:
    import shutil

    browser = next((found for name in _CHROMIUM if (found := shutil.which(name))), None)
    if browser is None:
        raise FileNotFoundError("Chromium is not installed")

    def work() -> bytes:
        page, out = folder / "sheets.html", folder / "chromium.pdf"
        page.write_text(_html(count, _svg_path))
        quiet = ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
        where = ("--no-pdf-header-footer", f"--user-data-dir={folder / 'chromium'}", f"--print-to-pdf={out}")
        subprocess.run([browser, *quiet, *where, page.as_uri()], check=True, capture_output=True)
        return out.read_bytes()

    return work


def _faces(count: int) -> list[tuple[Any, str, list[tuple[str, list[str]]]]]:
    """Return each side of the deck: its card, the QR's text ("" on backs), and headings with their lines."""
    from cards.deck import load

    sides: list[tuple[Any, str, list[tuple[str, list[str]]]]] = []
    for card, (_, text) in zip(load().cards("nl")[:count], _addresses(count), strict=True):
        for side in ("front", "back"):
            said = [
                (section.heading, [line for block in section.blocks for line in block.texts()])
                for section in card.on(side)
            ]
            sides.append((card, text if side == "front" else "", said))
    return sides


def _typst_deck(count: int, folder: Path) -> Callable[[], bytes]:
    sides = _faces(count)
    source = """#set page(width: 148.5mm, height: 210mm, margin: 11mm)
#set text(font: "Atkinson Hyperlegible Next", size: 14.4pt, lang: "nl", ligatures: false)
#let luma = (encoding: "luma8", width: 29, height: 29)
#let qr(pixels) = image(bytes(pixels), format: luma, width: 30mm, scaling: "pixelated")
#for side in json("deck.json") { page({
  rect(width: 14mm, height: 14mm, fill: rgb("#1f3a93"), radius: 3mm)
  if side.front { text(size: 28pt, weight: "bold", side.title); parbreak(); text(size: 17pt, side.purpose) }
  for part in side.said { heading(level: 2, part.at(0)); for line in part.at(1) { list(line) } }
  if side.front { place(bottom + right, qr(side.qr)); place(bottom, box(width: 84mm, text(weight: "bold", side.ask))) }
}) }
"""

    def work() -> bytes:
        import typst

        with tempfile.TemporaryDirectory(dir=folder) as place:
            root = _fonts(Path(place))
            data = [
                {
                    "front": bool(text),
                    "title": card.title,
                    "purpose": card.purpose,
                    "said": said,
                    "ask": card.share.question if card.share else "",
                    "qr": _pixels(text) if text else [],
                }
                for card, text, said in sides
            ]
            (root / "deck.json").write_text(json.dumps(data))
            (root / "main.typ").write_text(source)
            made: bytes = typst.compile(root / "main.typ", root=root, font_paths=[root])
            return made

    return work


def _weasyprint_deck(count: int, folder: Path) -> Callable[[], bytes]:
    from cards.deck import load
    from print.imprint import Door, Imprint

    library = load()
    imprint = Imprint(site="werkplaats.nl", base=_BASE)

    def work() -> bytes:
        from print import filling
        from print.press import whole

        pages = []
        for card, (number, text) in zip(library.cards("nl")[:count], _addresses(count), strict=True):
            for side in SIDES:
                html = filling.card_html(card, library.deck_of(card), side, "a5", imprint, Door(number))
                face = html.split("<body", 1)[1].replace('<article id="slot-qr"></article>', _svg_rectangles(text))
                pages.append(f'<div style="break-after: page"{face.split("</body>")[0]}</div>')
        head = f'<!doctype html><html lang="nl"><title>Werkplaats</title><style>{filling.style()}</style>'
        return whole(head + "".join(pages))

    return work
