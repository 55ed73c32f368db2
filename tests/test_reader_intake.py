"""What comes in by upload is opened page by page, however odd; what is hostile is refused and hurts nobody."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageOps

from print.reader.intake import MOST_PAGES, Page, PageError, Paper, UnreadableFile, pages
from print.reader.known import Register
from print.reader.reading import PageReading, count_pages, read_some
from tests import bombs
from workshop.apart import Apart, Overdone

NOBODY = Register("https://werkplaats.nl", ())
SAMPLES = Path(__file__).parent / "samples"


def picture(mode: str = "RGB", size: tuple[int, int] = (1240, 1748)) -> Image.Image:
    """Return a page with one dark corner at the top left."""
    image = Image.new("RGB", size, (250, 248, 240))
    image.paste((10, 20, 120), (0, 0, size[0] // 4, size[1] // 4))
    return image.convert(mode)


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()


def first(data: bytes | Path) -> Page:
    page = next(iter(pages(data)))
    assert isinstance(page, Page)
    return page


def dark_corner(page: Page) -> tuple[bool, bool]:
    """Say whether the dark corner is at the top, and at the left."""
    grey = page.pixels if page.pixels.ndim == 2 else page.pixels.mean(axis=2)
    height, width = grey.shape
    rows, columns = np.nonzero(grey < 128)
    return bool(rows.mean() < height / 2), bool(columns.mean() < width / 2)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP", "PDF"])
@pytest.mark.parametrize("mode", ["RGB", "L"])
def test_every_kind_of_scan_opens_with_its_resolution(kind: str, mode: str) -> None:
    how = {"resolution": 150} if kind == "PDF" else {"dpi": (150, 150)}
    page = first(saved(picture(mode), kind, **how))
    assert page.pixels.shape[:2] == (1748, 1240)
    assert dark_corner(page) == (True, True)
    assert page.dpi == pytest.approx(150, abs=1) or kind == "WEBP"


def test_blue_stays_blue_on_every_way_in() -> None:
    for data in (saved(picture(), "JPEG"), saved(picture(), "PNG"), saved(picture(), "PDF", resolution=150)):
        blue, _, red = first(data).pixels[100, 100]
        assert blue > 90 > red


def test_a_photo_from_an_iphone_opens() -> None:
    assert first(SAMPLES / "photo.heic").photo


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_lies_as_its_maker_saw_it(orientation: int) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = orientation, "Telefoon"
    data = saved(picture(), "JPEG", exif=exif)
    page = first(data)
    upright = np.asarray(ImageOps.exif_transpose(Image.open(io.BytesIO(data))))
    assert page.photo
    assert page.pixels.shape == upright.shape
    assert np.abs(page.pixels[::50, ::50, ::-1].astype(int) - upright[::50, ::50]).max() < 12


def test_a_fine_scan_is_read_at_a_size_that_is_fine_enough() -> None:
    for dpi, wanted in ((150, 150), (200, 200), (300, 150), (400, 200), (600, 150)):
        page = first(saved(picture("L", (5 * dpi, 7 * dpi)), "JPEG", dpi=(dpi, dpi)))
        assert page.dpi == pytest.approx(wanted, abs=1)
        assert page.pixels.shape == (7 * wanted, 5 * wanted)


def test_black_and_white_is_noticed_and_grey_is_not_taken_for_it() -> None:
    two = picture("L").point(lambda level: 255 if level > 128 else 0)
    assert first(saved(two.convert("1"), "TIFF", compression="group4")).bitonal
    assert first(saved(two.convert("1"), "PDF", resolution=150)).bitonal
    soft = Image.fromarray(np.clip(np.add.outer(np.zeros(900), np.linspace(0, 255, 700)), 0, 255).astype(np.uint8))
    assert not first(saved(soft, "PNG")).bitonal


def test_a_pdf_of_pictures_and_a_tiff_of_pages_give_every_page_in_order() -> None:
    for kind in ("PDF", "TIFF"):
        many = [picture("L").rotate(90 * turn) for turn in range(3)]
        found = list(pages(saved(many[0], kind, save_all=True, append_images=many[1:])))
        assert [page.at for page in found] == [0, 1, 2]
        assert [dark_corner(page) for page in found if isinstance(page, Page)] == [
            *((True, True), (False, True), (False, False))
        ]


def test_a_turned_page_of_a_pdf_is_turned() -> None:
    with pikepdf.open(io.BytesIO(saved(picture(), "PDF", resolution=150))) as document:
        document.pages[0].Rotate = 90
        out = io.BytesIO()
        document.save(out)
    assert dark_corner(first(out.getvalue())) == (True, False)


def test_one_bad_page_never_affects_its_neighbour() -> None:
    with pikepdf.open(io.BytesIO(saved(picture(), "PDF", resolution=150))) as document:
        for other in (bombs.giant_page(), bombs.giant_picture(), saved(picture("L"), "PDF", resolution=150)):
            with pikepdf.open(io.BytesIO(other)) as more:
                document.pages.extend(more.pages)
        out = io.BytesIO()
        document.save(out)
    found = list(pages(out.getvalue()))
    assert [getattr(page, "reason", "fine") for page in found] == ["fine", "page_large", "too_many_pixels", "fine"]
    assert [page.at for page in found] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"Beste buren, hierbij de notulen." * 40, "wrong_type"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "wrong_type"),
        (bombs.locked(), "password"),
        (bombs.empty_pages(MOST_PAGES + 1), "too_many_pages"),
        (b"%PDF-1.7\n" + b"rommel" * 300, "broken"),
        (saved(picture("P"), "GIF"), "wrong_type"),
    ],
    ids=["empty", "letter", "svg", "password", "pages", "broken", "gif"],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as said:
        list(pages(data))
    assert said.value.reason == reason


def test_a_cyclic_pdf_ends() -> None:
    with pytest.raises((UnreadableFile, PageError)):
        Paper(bombs.cyclic()).page(0)


def test_a_pdf_that_anybody_may_open_is_opened() -> None:
    assert len(Paper(bombs.protected())) == 1


def test_a_truncated_photo_is_one_broken_page() -> None:
    noise = Image.effect_noise((900, 700), 60)
    assert [page.reason for page in pages(saved(noise, "JPEG")[:40_000]) if isinstance(page, PageError)] == ["broken"]


@pytest.mark.parametrize("bomb", [bombs.wide_png, bombs.lying_jpeg], ids=["png", "jpeg"])
def test_a_picture_that_unfolds_into_a_giant_is_refused_by_its_header(bomb: object) -> None:
    data = bomb()  # type: ignore[operator]
    with pytest.raises((UnreadableFile, PageError)) as said:
        Paper(data).page(0)
    assert said.value.reason in ("too_large", "too_many_pixels")


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    """Give a child process with the limits of the reader."""
    child = Apart(megabytes=1500, seconds=6)
    yield child
    child.close()


def test_a_small_pdf_that_draws_for_ever_is_stopped_and_the_next_file_is_read(apart: Apart) -> None:
    assert len(bombs.nested_forms()) < 4000
    with pytest.raises(Overdone):
        apart.run(read_some, bombs.nested_forms(), 0, 1, NOBODY)
    (reading,) = apart.run(read_some, saved(picture(), "PDF", resolution=150), 0, 1, NOBODY)
    assert isinstance(reading, PageReading)
    assert reading.reason == "no_code"


def test_reasons_come_back_whole_from_a_child(apart: Apart) -> None:
    with pytest.raises(UnreadableFile) as said:
        apart.run(count_pages, bombs.locked())
    assert said.value.reason == "password"
    (error,) = apart.run(read_some, bombs.giant_page(), 0, 1, NOBODY)
    assert isinstance(error, PageError)
    assert (error.reason, error.at) == ("page_large", 0)


def test_a_thousand_empty_pages_are_a_thousand_blank_backs(apart: Apart) -> None:
    data = bombs.empty_pages(MOST_PAGES)
    assert apart.run(count_pages, data) == MOST_PAGES
    found = apart.run(read_some, data, MOST_PAGES - 2, 5, NOBODY)
    assert [page.at for page in found] == [MOST_PAGES - 2, MOST_PAGES - 1]
    assert all(isinstance(page, PageReading) and page.blank and page.reason == "blank" for page in found)
