"""What a workshop puts on its paper: who, where, whom to call; and the address that is safe to print."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from print.errors import PrintError

SHORTENERS: Final = frozenset(
    {
        *("bit.ly", "tinyurl.com", "t.co", "goo.gl", "ow.ly", "is.gd", "buff.ly", "rebrand.ly", "cutt.ly"),
        *("shorturl.at", "tiny.cc", "rb.gy", "t.ly", "bl.ink", "lnkd.in", "qr.io", "qrco.de", "q-r.to"),
        *("me-qr.com", "scan.page", "flowcode.com", "linktr.ee", "korte.link"),
    }
)
_LOCAL: Final = (".local", ".localhost", ".lan", ".home", ".internal", ".test", ".example", ".invalid")


@dataclass(frozen=True)
class Imprint:
    """The facts of a workshop on paper.

    `site` is what people read and type ("werkplaats.nl"), `base` what the QR opens
    ("https://werkplaats.nl"). `rehearsal` marks prints whose address only works while practising.
    """

    workshop: str = ""
    site: str = ""
    base: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    rehearsal: bool = False


@dataclass(frozen=True)
class Door:
    """How a card's page is opened: number (digits), key (in the QR only) and the group's word."""

    number: str
    key: str = ""
    word: str = ""


def check_address(imprint: Imprint) -> None:
    """Raise `PrintError` when the address must not be printed: see the cure in each message."""
    cure = "Fill in the workshop's own address, or print a rehearsal."
    parts = urlsplit(imprint.base)
    host = (parts.hostname or "").rstrip(".").lower()
    if parts.scheme not in ("http", "https") or not host:
        raise PrintError(f"There is no address to print ({imprint.base or 'empty'}). {cure}")
    if parts.path.strip("/") or parts.query or parts.fragment or parts.username:
        raise PrintError(f"The address {imprint.base} must be only a name, without anything behind it.")
    if parts.netloc.lower() != imprint.site.lower():
        raise PrintError(f"People would read {imprint.site or 'nothing'} and scan {parts.netloc}: not the same. {cure}")
    if host in SHORTENERS or any(host.endswith(f".{short}") for short in SHORTENERS):
        raise PrintError(f"{host} shortens addresses. People are told not to trust those. {cure}")
    if imprint.rehearsal:
        return
    if host == "localhost" or host.endswith(_LOCAL) or "." not in host or _is_ip(host):
        raise PrintError(f"{host} works on this computer or network only. {cure}")
    if parts.scheme != "https":
        raise PrintError(f"{imprint.base} is not safe on the road: phones warn about it. Use https. {cure}")


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
