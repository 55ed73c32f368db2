"""The press: lays out one face, and opens no doors while doing so."""

from __future__ import annotations

import socket
import threading
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from print import press
from print.errors import DoesNotFit, PrintError
from print.face import packed, unpacked
from print.typeface import FAMILY, WEIGHTS, typeface

CSS = f"@page {{ size: 105mm 148mm; margin: 10mm }} body {{ margin: 0; font: 14pt '{FAMILY}' }}"


def page(body: str) -> str:
    return f'<!doctype html><html lang="nl"><head><title>Proef</title></head><body>{body}</body></html>'


@pytest.fixture
def listener() -> object:
    """Listen on a port of this machine and count who comes by."""
    server = socket.create_server(("127.0.0.1", 0))
    hits: list[object] = []

    def listen() -> None:
        while True:
            try:
                hits.append(server.accept())
            except OSError:
                return

    threading.Thread(target=listen, daemon=True).start()
    yield server.getsockname()[1], hits
    server.close()


@pytest.mark.parametrize(
    "body",
    [
        '<img src="{url}" alt="x">',
        '<link rel="stylesheet" href="{url}">',
        '<style>@import url("{url}");</style>',
        '<p style="background: url({url})">x</p>',
        '<object data="{url}"></object>',
        '<link rel="attachment" href="{url}">',
        '<style>@font-face {{ font-family: x; src: url("{url}") }} p {{ font-family: x }}</style><p>x</p>',
    ],
)
@pytest.mark.parametrize("kind", ["http", "file", "data"])
def test_a_face_that_asks_for_anything_from_outside_is_refused(
    body: str, kind: str, listener: tuple[int, list[object]], tmp_path: Path
) -> None:
    port, hits = listener
    secret = tmp_path / "geheim.png"
    secret.write_bytes(b"geheim")
    url = {"http": f"http://127.0.0.1:{port}/x", "file": secret.as_uri(), "data": "data:image/png;base64,AAAA"}[kind]
    with pytest.raises(PrintError, match="outside"):
        press.compile_face(page(body.format(url=url)), CSS, "test")
    assert hits == []


def test_broken_html_prints_as_words_and_reads_no_files(tmp_path: Path) -> None:
    face = press.compile_face(page("<p>Eén <b>twee <<!--- &lt;img src=/etc/passwd&gt;"), CSS, "test")
    assert face.marked > 0
    assert b"root:" not in face.drawn()


def test_a_face_that_is_too_full_says_how_much(tmp_path: Path) -> None:
    with pytest.raises(DoesNotFit) as caught:
        press.compile_face(page("<p>woord </p>" * 40 + '<div id="end"></div>'), CSS, "De kaart")
    assert caught.value.mm_too_many > 20
    assert 1 < caught.value.words_too_many < 40
    assert "De kaart" in str(caught.value)


def test_a_character_we_have_no_letter_for_is_named() -> None:
    with pytest.raises(PrintError, match="U\\+2192"):
        press.compile_face(page("<p>verder →</p>"), CSS, "De kaart")


def test_a_face_in_another_typeface_is_refused() -> None:
    with pytest.raises(PrintError, match="not ours"):
        press.compile_face(page('<p style="font-family: serif">x</p>'), CSS, "De kaart")


def test_pictures_and_shades_are_refused() -> None:
    with pytest.raises(PrintError, match="no pictures"):
        press.compile_face(page('<p style="opacity: .5">x</p>'), CSS, "De kaart")


def test_a_slot_is_where_the_style_puts_it() -> None:
    css = CSS + "#slot-qr { position: absolute; left: 50mm; top: 60mm; width: 30mm; height: 31mm }"
    slot = press.compile_face(page('<p>x</p><article id="slot-qr"></article>'), css, "test").slots["slot-qr"]
    assert (slot.x, slot.y, slot.width, slot.height) == pytest.approx((60, 70, 30, 31), abs=0.01)


def test_a_face_survives_being_packed() -> None:
    face = press.compile_face(page("<h1>Eén</h1><p>twee</p>"), CSS, "test")
    assert unpacked(packed(face)) == face


def test_a_silent_face_has_no_words_to_hear_but_looks_the_same() -> None:
    face = press.compile_face(page("<h1>Eén</h1>"), CSS, "test")
    silent = face.silent()
    assert silent.marked == 0
    assert silent.tags == []
    assert b"MCID" not in silent.drawn()
    assert silent.drawn().count(b"Tj") + silent.drawn().count(b"TJ") == face.drawn().count(b"Tj") + face.drawn().count(
        b"TJ"
    )


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_typeface_is_read_as_font_tools_reads_it(weight: str) -> None:
    ours = typeface(weight)  # type: ignore[arg-type]
    path = Path(press.__file__).parent / f"fonts/{FAMILY.replace(' ', '')}-{weight}.ttf"
    theirs = TTFont(path)
    assert ours.glyphs == {chr(code): theirs.getGlyphID(name) for code, name in theirs.getBestCmap().items()}
    assert ours.widths == tuple(theirs["hmtx"][name][0] for name in theirs.getGlyphOrder())
