"""Pages travel packed (gzip), so that a first visit over a slow hall network is some 30 kB instead of 60.

Only text, only when the browser says it can unpack. Nothing another site could make us repeat is ever on
a page together with something it may not know, so packing tells no secrets.
"""

from __future__ import annotations

import gzip

from flask import Response, request

WORTH = 800  # bytes; below this, packing saves no packet
TEXT = ("text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml")


def pack(response: Response) -> Response:
    """Return the answer, packed when that is worth it and the browser asked for it."""
    if (
        response.mimetype not in TEXT
        or response.status_code in (204, 206, 304)
        or "Content-Encoding" in response.headers
    ):
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"] <= 0 or request.method == "HEAD":
        return response
    response.direct_passthrough = False
    plain = response.get_data()
    if len(plain) < WORTH:
        return response
    response.set_data(gzip.compress(plain, 6, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(tag, weak=True)
    return response
