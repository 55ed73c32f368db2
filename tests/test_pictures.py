"""Photos are made safe: nothing hidden survives, nothing hostile hurts, nothing half is stored."""

from __future__ import annotations

import io
import os
import struct
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from workshop import pictures
from workshop.apart import Apart, Overdone
from workshop.errors import Refused, StoreFull
from workshop.files.folder import Folder
from workshop.house import House

CANARIES = (b"CANARY", b"52.3702", b"Truus de Wit", b"http://ns.adobe.com", b"Exif", b"ICC_PROFILE")


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    child = Apart(megabytes=1024, seconds=20)
    yield child
    child.close()


def _photo(kind: str = "JPEG", size: tuple[int, int] = (900, 600), **more: object) -> bytes:
    image = Image.linear_gradient("L").resize(size).convert("RGB")
    image.paste((200, 30, 30), (0, 0, size[0] // 4, size[1] // 4))
    out = io.BytesIO()
    image.save(out, kind, **more)
    return out.getvalue()


def _with_odd_notes() -> bytes:
    """Return a photo on its side, with letters where its notes promise the number 0x0128."""
    exif = Image.Exif()
    exif[0x0112], exif[0x0128] = 6, 2
    number, letters = struct.pack(">HH", 0x0128, 3), struct.pack(">HH", 0x0128, 2)
    return _photo(exif=exif.tobytes().replace(number, letters))


def _full_of_traces() -> bytes:
    exif = Image.Exif()
    exif[0x010E] = "CANARY description"
    exif[0x013B] = "Truus de Wit"
    exif[0x8825] = {1: "N", 2: (52.0, 22.0, 13.0), 29: "52.3702"}
    exif[0x9286] = b"CANARY user comment"
    data = _photo(exif=exif, comment=b"CANARY comment", xmp=b"<x:xmpmeta>http://ns.adobe.com CANARY</x:xmpmeta>")
    return data + b"CANARY behind the end"


def _png_bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    pixels = zlib.compress(bytes((width // 8 + 1) * 64), 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
        + chunk(b"IDAT", pixels)
        + chunk(b"IEND", b"")
    )


def test_no_place_time_name_or_comment_survives(apart: Apart) -> None:
    before = _full_of_traces()
    assert sum(before.count(canary) for canary in CANARIES) >= 5
    after = apart.run(pictures.clean, before).jpeg
    assert not [canary for canary in CANARIES if canary in after]
    assert not Image.open(io.BytesIO(after)).getexif()


def test_png_text_and_hidden_second_pictures_do_not_survive(apart: Apart) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "CANARY text")
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    for data in (_photo("PNG", pnginfo=info), out.getvalue()):
        cleaned = apart.run(pictures.clean, data)
        assert b"CANARY" not in cleaned.jpeg
        assert getattr(Image.open(io.BytesIO(cleaned.jpeg)), "n_frames", 1) == 1


def test_a_photo_held_sideways_comes_out_upright(apart: Apart) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter to the right to see it upright
    cleaned = apart.run(pictures.clean, _photo(exif=exif))
    assert (cleaned.width, cleaned.height) == (600, 900)
    assert Image.open(io.BytesIO(cleaned.jpeg)).getpixel((560, 40))[0] > 150


def test_a_large_photo_becomes_1600_px_and_small_enough_for_a_phone(apart: Apart) -> None:
    cleaned = apart.run(pictures.clean, _photo(size=(4000, 3000)))
    assert max(cleaned.width, cleaned.height) == 1600
    assert len(cleaned.jpeg) < 400_000


def test_iphone_photos_are_welcome_and_lose_their_place_too(apart: Apart) -> None:
    photo = (Path(__file__).parent / "samples" / "photo.heic").read_bytes()
    assert b"CANARY" in photo
    cleaned = apart.run(pictures.clean, photo)
    assert (cleaned.width, cleaned.height) == (320, 240)
    assert b"CANARY" not in cleaned.jpeg


def test_a_see_through_picture_gets_white_paper_behind_it(apart: Apart) -> None:
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")
    cleaned = apart.run(pictures.clean, out.getvalue())
    assert Image.open(io.BytesIO(cleaned.jpeg)).getpixel((25, 25)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("what", "data", "code"),
    [
        ("a bomb of 169 million pixels", _png_bomb(13_000, 13_000), "photo_big"),
        ("a bomb of four billion pixels", _png_bomb(65_000, 65_000), "photo_big"),
        ("a page", b"<html><script>alert(1)</script></html>", "photo_odd"),
        ("a drawing that can hold scripts", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo_odd"),
        ("a document", b"%PDF-1.7\n", "photo_odd"),
        ("a GIF", _photo("GIF"), "photo_odd"),
        ("a TIFF", _photo("TIFF"), "photo_odd"),
        ("nothing", b"", "photo_odd"),
        ("half a photo", _photo()[:2000], "photo_odd"),
        ("a photo with its heart torn out", _photo()[:300] + bytes(5000), "photo_odd"),
        ("a photo whose notes are not what they say", _with_odd_notes(), "photo_odd"),
        ("a text with a photo's beginning", b"\xff\xd8\xff\xe0" + b"A" * 5000, "photo_odd"),
        ("too many bytes", b"\xff\xd8\xff" + bytes(pictures.MOST_BYTES), "photo_big"),
    ],
)
def test_what_is_no_photo_is_refused(apart: Apart, what: str, data: bytes, code: str) -> None:
    apart.run(pictures.clean, _photo())
    with pytest.raises(Refused) as refused:
        apart.run(pictures.clean, data)
    assert refused.value.code == code, what


def _eat(megabytes: int) -> int:
    return len(bytearray(megabytes << 20))


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


def _die() -> None:
    os._exit(9)


def test_work_that_eats_memory_hangs_or_dies_is_stopped_and_the_next_goes_on() -> None:
    child = Apart(megabytes=512, seconds=1.5)
    try:
        assert child.run(_eat, 1) == 1 << 20
        with pytest.raises(Overdone, match="memory"):
            child.run(_eat, 4000)
        with pytest.raises(Overdone, match="longer"):
            child.run(_sleep, 30)
        with pytest.raises(Overdone):
            child.run(_die)
        assert child.run(_eat, 1) == 1 << 20
    finally:
        child.close()


def test_the_same_content_is_one_file_and_a_name_of_somebody_else_is_refused(house: House) -> None:
    name = house.files.keep(b"a picture", "jpg")
    assert house.files.keep(b"a picture", "jpg") == name
    assert house.files.read(name) == b"a picture"
    for other in ("../../etc/passwd", name + "/..", name.upper(), "x.jpg", name.replace(".jpg", ".html")):
        with pytest.raises(Refused):
            house.files.open(other)


def test_a_file_is_whole_or_not_there(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StoreFull):
        house.files.keep(b"a picture", "jpg")
    monkeypatch.undo()
    assert not [path for path in house.files.folder.rglob("*") if path.is_file()]


def test_the_row_comes_after_the_file_has_reached_the_disk(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """File, then rename, then the folder: leave one out and a power cut tears pictures."""
    did: list[str] = []
    real_sync, real_replace = os.fsync, os.replace

    def sync(handle: int) -> None:
        did.append("sync folder" if os.path.isdir(f"/proc/self/fd/{handle}") else "sync file")
        real_sync(handle)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", lambda *names: (did.append("rename"), real_replace(*names))[1])
    Folder(house.files.folder).keep(b"another picture", "jpg")
    assert [step for step in did if step != "rename"] == ["sync file", "sync folder", "sync folder"]
