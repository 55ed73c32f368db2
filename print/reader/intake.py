"""What came back, opened: a PDF or picture becomes pages of pixels, one at a time.

Every size is checked in the header, before anything is unpacked. A page that cannot be opened is a `PageError`
in its place; its neighbours do not notice. Decoders are where hostile files bite: run this apart, with limits.
"""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import ExifTags, Image, ImageFile, ImageOps, UnidentifiedImageError

MOST_BYTES: Final = 250 * 1024 * 1024
MOST_PAGES: Final = 1000
MOST_PIXELS: Final = 80_000_000
PHOTO_PIXELS: Final = 25_000_000  # larger photos are read at half their size
FINEST_DPI: Final = 150  # a scan is read at 150 to 299 dpi, however fine it was made
FORMATS: Final = ("JPEG", "PNG", "TIFF", "WEBP", "HEIF")

FileReason = Literal["wrong_type", "password", "broken", "too_large", "too_many_pages", "empty"]
PageReason = Literal["broken", "page_large", "too_many_pixels"]
Pixels = NDArray[np.uint8]

cv2.setNumThreads(1)  # one page at a time in a process of its own: threads would only cost

_A_SERIES: Final = 2**0.5
BROKEN: Final = (  # what Pillow and its decoders raise for files that are not as they should be
    *(OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError, AttributeError),
    *(ArithmeticError, RuntimeError, struct.error),
)


class UnreadableFile(Exception):
    """Nothing of this file could be read; `reason` says why."""

    def __init__(self, reason: FileReason) -> None:
        super().__init__(reason)
        self.reason: FileReason = reason


class PageError(Exception):
    """This page could not be opened; the others can. `at` counts from 0."""

    def __init__(self, reason: PageReason, at: int) -> None:
        super().__init__(reason, at)
        self.reason: PageReason = reason
        self.at = at


@dataclass(frozen=True, eq=False)
class Page:
    """One page: grey (h × w) or BGR (h × w × 3) pixels, upright as its maker saw it.

    `dpi` is 0 when unknown. `photo` says that a camera made it. `bitonal` says that it knows only black and white.
    """

    at: int
    pixels: Pixels
    dpi: float
    photo: bool
    bitonal: bool

    def turned(self, quarters: int) -> Page:
        """Return the page turned left by so many quarters."""
        return Page(self.at, np.ascontiguousarray(np.rot90(self.pixels, quarters)), self.dpi, self.photo, self.bitonal)


class Paper:
    """An opened file of one or more pages. Raises `UnreadableFile` when it cannot be opened at all."""

    def __init__(self, data: bytes | Path) -> None:
        size = data.stat().st_size if isinstance(data, Path) else len(data)
        if size == 0:
            raise UnreadableFile("empty")
        if size > MOST_BYTES:
            raise UnreadableFile("too_large")
        if isinstance(data, Path):
            with data.open("rb") as file:
                head = file.read(1024)
        else:
            head = data[:1024]
        self._inside: Any
        if b"%PDF-" in head:
            from print.reader.pdfs import PdfPages

            self._inside = PdfPages(data)
        else:
            self._inside = _Pictures(data)

    def __len__(self) -> int:
        return len(self._inside)

    def page(self, at: int) -> Page:
        """Return a page; they count from 0. Raises `PageError`."""
        try:
            page: Page = self._inside.page(at)
        except PageError:
            raise
        except BROKEN as error:
            raise PageError("broken", at) from error
        return page

    def close(self) -> None:
        """Let go of the file."""
        self._inside.close()


def pages(data: bytes | Path) -> Iterator[Page | PageError]:
    """Give every page of a PDF, JPEG, PNG, TIFF, WEBP or HEIC in order, one in memory at a time.

    A page that cannot be opened is given as its error. Raises `UnreadableFile` for the whole.
    """
    paper = Paper(data)
    try:
        for at in range(len(paper)):
            try:
                yield paper.page(at)
            except PageError as error:
                yield error
    finally:
        paper.close()


class _Pictures:
    """A picture, or a TIFF with several."""

    def __init__(self, data: bytes | Path) -> None:
        import pi_heif

        Image.init()  # a name in FORMATS that was not loaded yet would end the search
        pi_heif.register_heif_opener(thumbnails=False)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                self._image = Image.open(data if isinstance(data, Path) else io.BytesIO(data), formats=FORMATS)
                self._count = getattr(self._image, "n_frames", 1) if self._image.format == "TIFF" else 1
        except Image.DecompressionBombError:
            raise UnreadableFile("too_large") from None
        except UnidentifiedImageError:
            raise UnreadableFile("wrong_type") from None
        except BROKEN:
            raise UnreadableFile("broken") from None
        if self._count > MOST_PAGES:
            raise UnreadableFile("too_many_pages")

    def __len__(self) -> int:
        return int(self._count)

    def page(self, at: int) -> Page:
        ImageFile.LOAD_TRUNCATED_IMAGES = False  # WeasyPrint allows half pictures, for the whole process
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                if self._count > 1:
                    self._image.seek(at)
                return opened(self._image, at)
            except Image.DecompressionBombError:
                raise PageError("too_many_pixels", at) from None

    def close(self) -> None:
        self._image.close()


def opened(image: Image.Image, at: int, dpi: float = 0.0) -> Page:
    """Return a picture as a page. `dpi` is what its place on paper says, when that is known."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise PageError("too_many_pixels", at)
    photo = not dpi and bool(image.getexif().get(ExifTags.Base.Make) or image.format == "HEIF")
    dpi = dpi or (0.0 if photo else _said_dpi(image))
    smaller = shrinking(width * height, dpi)
    pixels = _jpeg(image, smaller)
    if pixels is not None:
        return Page(at, pixels, dpi / smaller, photo, smaller == 1 and two_toned(pixels))
    upright = ImageOps.exif_transpose(image)
    pixels = flat(upright)
    bitonal = upright.mode == "1" or two_toned(pixels)
    return Page(at, shrunk(pixels, smaller), dpi / smaller, photo, bitonal)


def _jpeg(image: Image.Image, smaller: int) -> Pixels | None:
    """Return a whole, ordinary JPEG upright and so many times smaller: twice as fast as any other way. Else None."""
    if image.format not in ("JPEG", "MPO") or image.mode not in ("L", "RGB"):
        return None
    if not isinstance(image, ImageFile.ImageFile) or image.fp is None:
        return None
    image.fp.seek(0)
    data = image.fp.read()
    if b"\xff\xd9" not in data[-4096:]:
        return None
    flags = _REDUCED[image.mode][smaller] | cv2.IMREAD_IGNORE_ORIENTATION
    pixels = cv2.imdecode(np.frombuffer(data, np.uint8), flags)
    if pixels is None:
        return None
    for step in _UPRIGHT.get(image.getexif().get(ExifTags.Base.Orientation, 1), ()):
        pixels = step(pixels)
    return np.ascontiguousarray(pixels)


_REDUCED: Final = {  # OpenCV's flags for grey and colour at whole, half and quarter size
    "L": {1: 0, 2: 16, 4: 32},
    "RGB": {1: 1, 2: 17, 4: 33},
}
_UPRIGHT: Final[dict[int, tuple[Callable[[Any], Any], ...]]] = {  # what EXIF's orientations ask
    2: (np.fliplr,),
    3: (np.flipud, np.fliplr),
    4: (np.flipud,),
    5: (np.rot90, np.flipud),
    6: (np.rot90, np.rot90, np.rot90),
    7: (np.rot90, np.fliplr),
    8: (np.rot90,),
}


def shrinking(pixels: int, dpi: float) -> int:
    """Return how many times smaller a page may be read: 1, 2 or 4."""
    if dpi:
        times = dpi / FINEST_DPI + 0.05  # 299.9 dpi is 300
        return 4 if times >= 4 else 2 if times >= 2 else 1
    return 2 if pixels > PHOTO_PIXELS else 1


def shrunk(pixels: Pixels, times: int) -> Pixels:
    """Return pixels so many times smaller, each the mean of what it stands for."""
    if times == 1:
        return pixels
    size = (pixels.shape[1] // times, pixels.shape[0] // times)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def flat(image: Image.Image) -> Pixels:
    """Return the pixels on white paper: grey when the picture is grey, else BGR."""
    if image.mode in ("I;16", "I;16B", "I;16L", "I", "F"):
        values = np.asarray(image, np.float32)
        return np.asarray(np.clip(values / max(1.0, float(values.max())) * 255, 0, 255), np.uint8)
    if "A" in image.getbands() or "transparency" in image.info:
        seen = image.convert("RGBA")
        paper = Image.new("RGB", seen.size, "white")
        paper.paste(seen, mask=seen.getchannel("A"))
        image = paper
    if image.mode in ("1", "L"):
        return np.asarray(image.convert("L"))
    return np.ascontiguousarray(np.asarray(image.convert("RGB"))[:, :, ::-1])


def two_toned(pixels: Pixels) -> bool:
    """Say whether a page knows only black and white: hardly anything between, beside what is dark."""
    some = pixels[::3, ::3] if pixels.ndim == 2 else pixels[::3, ::3, 1]
    levels = np.bincount(some.ravel(), minlength=256)
    dark, between = int(levels[:64].sum()), int(levels[64:192].sum())
    return dark > 50 and between < 0.03 * dark


def _said_dpi(image: Image.Image) -> float:
    """Return the dpi in a file's header, or guess A4 from its shape; else 0."""
    said = float((image.info.get("dpi") or (0, 0))[0])
    if 100 <= said <= 1300:
        return said
    short, long = sorted(image.size)
    guess = long / 11.69
    return guess if abs(long / short / _A_SERIES - 1) < 0.01 and 90 <= guess <= 700 else 0.0
