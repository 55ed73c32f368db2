"""What tests of the participants' pages do again and again: open the form, fill it in, read the page."""

from __future__ import annotations

import html
import io
import re
from typing import Any

from flask.testing import FlaskClient
from PIL import Image
from werkzeug.test import TestResponse

from workshop import ids
from workshop.domain.doors import Door


def share(phone: FlaskClient, door: Door, words: str = "", **fields: Any) -> TestResponse:
    """Send an idea from a card's page; `foto` may be bytes or a list of bytes."""
    photos = fields.pop("foto", [])
    photos = photos if isinstance(photos, list) else [photos]
    data: dict[str, Any] = {"idee": words, "sleutel": ids.token(), "zien": "group"} | fields
    if photos:
        data["foto"] = [(io.BytesIO(photo), f"foto{place}.jpg") for place, photo in enumerate(photos)]
    return phone.post(f"/{door.number}", data=data, content_type="multipart/form-data")


def receipt_of(answer: TestResponse) -> str:
    """Return the receipt from the answer to a sent idea."""
    assert answer.status_code == 303, text(answer)
    return answer.headers["Location"].rsplit("/", 1)[1]


def text(answer: TestResponse) -> str:
    """Return the words of a page as a person reads them."""
    bare = re.sub(r"<(script|style|title)\b.*?</\1>|<[^>]+>", " ", answer.text, flags=re.DOTALL)
    return " ".join(html.unescape(bare).split())


def value(answer: TestResponse, name: str) -> str:
    """Return the value of the first field with this name on a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found, f"no field {name}"
    return html.unescape(found[1])


def photo(colour: str = "#8fb5c9", size: tuple[int, int] = (640, 480), kind: str = "JPEG", **more: Any) -> bytes:
    """Return a photo of one colour."""
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **more)
    return out.getvalue()
