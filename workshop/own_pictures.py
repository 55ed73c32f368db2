"""A picture of one's own on a card: a photo made safe, or a drawing that is nothing but a drawing."""

from __future__ import annotations

from cards.drawing import read_drawing
from cards.finding import Refusal
from workshop.apart import Overdone
from workshop.domain import own_cards
from workshop.errors import Refused
from workshop.house import House
from workshop.pictures import clean


def kept(house: House, workshop_id: str, data: bytes) -> str:
    """Store a picture for a workshop's cards; return its file.

    Raises `Refused` for what is no picture; `what` and `cure` in it say why a drawing was refused.
    """
    file = house.keep(*safe(house, data))
    house.store.write(own_cards.keep_picture, workshop_id, file)
    return file


def safe(house: House, data: bytes) -> tuple[bytes, str]:
    """Return what may be kept of a picture, and its kind (`jpg` or `svg`). Raises `Refused` as `kept` does."""
    kind = kind_of(data)
    try:
        return (house.photos.run(_drawn, data) if kind == "svg" else house.photos.run(clean, data).jpeg), kind
    except Refusal as error:
        raise Refused("drawing", what=error.what, cure=error.cure) from error
    except Overdone:
        raise Refused("photo_odd") from None


def kind_of(data: bytes) -> str:
    """Return what a picture is kept as: `svg` for what begins as a drawing does, else `jpg`."""
    return "svg" if data[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else "jpg"


def _drawn(data: bytes) -> bytes:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refusal(1, "this is not written as SVG", "Save the drawing again as SVG.") from error
    read_drawing(text)
    return text.encode()
