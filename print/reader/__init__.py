"""Paper, back in: pixels become facts. The only package that knows a decoder, a rasteriser or a vision library.

`looking` draws a PDF and reads a QR, for whoever checks our own print. `intake` opens what came back, page by page;
`pages` reads one page: which forms lie on it, where, what is ticked, what is written. Nothing here knows the store:
who reads gives a `Register` of what was printed and gets plain values. Run it apart, with limits.
"""

from __future__ import annotations

from print.reader.looking import codes, picture, places, raster

__all__ = ["codes", "picture", "places", "raster"]
