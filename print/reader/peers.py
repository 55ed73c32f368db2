"""Others who look at the same pages, for the benchmark only: how they find codes, and a fixed rule for ticks."""

from __future__ import annotations

import importlib.util
import io
import shutil
import subprocess
import time
from collections.abc import Callable
from typing import Any, Final

import cv2
import numpy as np
import zxingcpp
from PIL import Image

from print.forms import Form, payload
from print.reader.intake import Pixels
from print.reader.looking import raster

_DPI: Final = 300
_AMC_INNER: Final = 0.8  # auto-multiple-choice looks at this part of a box
_AMC_BLACK: Final = 0.6  # darker than this share of white is black
_AMC_TICKED: Final = 0.15  # so much black is a tick


class Tally:
    """What another way of reading finds under one condition: codes only."""

    def __init__(self, how: str) -> None:
        self._how, self._pages, self._there, self._read, self._wrong = how, 0, 0, 0, 0
        self._cpu: list[float] = []

    def take(self, data: bytes, there: set[tuple[str, str]]) -> None:
        """Count one page, a PDF or a picture, with these numbers and codes on it."""
        before = _used()
        texts = _HOW[self._how](_picture(data))
        self._cpu.append(_used() - before)
        said = {(one.number, one.code) for text in texts if (one := payload(text)) and one.code != "S1"}
        self._pages += 1
        self._there += len(there)
        self._read += len(said & there)
        self._wrong += len(said - there)

    def row(self, condition: str) -> dict[str, Any]:
        """Return the line of the table."""
        return {
            "condition": condition,
            "how": self._how,
            "pages": self._pages,
            "recall": round(self._read / max(1, self._there), 4),
            "wrong": self._wrong,
            "cpu_ms_page": round(1000 * float(np.median(self._cpu)), 1),
        }


def installed() -> list[str]:
    """Return the others that can be asked here."""
    return [how for how in _HOW if how != "pyzbar" or importlib.util.find_spec("pyzbar")]


def fixed_rule(crop: bytes, form: Form) -> dict[str, dict[str, bool]]:
    """Return what a fixed threshold says of every box, as auto-multiple-choice documents its own."""
    picture = np.asarray(Image.open(io.BytesIO(crop)).convert("L"))
    fine = picture.shape[1] / form.width
    said: dict[str, dict[str, bool]] = {}
    for tick in form.ticks:
        edge = (1 - _AMC_INNER) / 2 * tick.box.width
        left, top = round((tick.box.x + edge) * fine), round((tick.box.y + edge) * fine)
        side = round(_AMC_INNER * tick.box.width * fine)
        black = picture[top : top + side, left : left + side] < _AMC_BLACK * 255
        said.setdefault(tick.group, {})[tick.value] = bool(black.mean() > _AMC_TICKED)
    return said


def _picture(data: bytes) -> Pixels:
    """Return a page as those tools get it: every PDF page drawn in colour at 300 dpi."""
    if not data.startswith(b"%PDF"):
        return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
    tool = shutil.which("pdftoppm")
    if tool is None:
        return np.asarray(raster(data, 0, _DPI))
    drawn = subprocess.run([tool, "-r", str(_DPI)], input=data, capture_output=True, check=True).stdout
    return np.asarray(Image.open(io.BytesIO(drawn)))


def _every_format(picture: Pixels) -> list[str]:
    return [one.text for one in zxingcpp.read_barcodes(picture)]


def _opencv(picture: Pixels) -> list[str]:
    found, texts, _, _ = cv2.QRCodeDetector().detectAndDecodeMulti(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY))
    return [text for text in texts if text] if found else []


def _pyzbar(picture: Pixels) -> list[str]:
    decode = importlib.import_module("pyzbar.pyzbar").decode
    return [one.data.decode("utf-8", "replace") for one in decode(Image.fromarray(picture))]


_HOW: Final[dict[str, Callable[[Pixels], list[str]]]] = {
    "zxing, all formats, 300 dpi": _every_format,
    "pyzbar": _pyzbar,
    "OpenCV": _opencv,
}


def _used() -> float:
    """Return the CPU seconds of this process and those it started."""
    used = [time.process_time()]
    try:
        import resource
    except ImportError:  # Windows does not count for its children
        return used[0]
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used[0] + children.ru_utime + children.ru_stime
