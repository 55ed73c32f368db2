"""The deck marks as PDF paths. Each is one `<path>` of absolute M L H V C Z in a 24 × 24 SVG."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files
from typing import Final

GRID: Final = 24.0
_STEP = re.compile(r"([MLHVCZ])([^MLHVCZ]*)")


@lru_cache(maxsize=32)
def path(mark: str) -> bytes:
    """Return PDF path operators of a mark in a unit square, the origin at the bottom left."""
    svg = files("print").joinpath(f"faces/marks/{mark}.svg").read_text(encoding="ascii")
    found = re.search(r'<path d="([^"]+)"/>', svg)
    if not found:
        raise ValueError(f"{mark}.svg holds no path")
    drawn: list[str] = []
    x = y = 0.0
    for step, rest in _STEP.findall(found[1]):
        places = [float(place) for place in rest.split()]
        if step == "Z":
            drawn.append("h")
            continue
        if step == "H":
            places.append(y)
        elif step == "V":
            places.insert(0, x)
        x, y = places[-2:]
        turned = [place / GRID if at % 2 == 0 else 1 - place / GRID for at, place in enumerate(places)]
        drawn.append(" ".join(f"{place:.4f}" for place in turned) + {"M": " m", "C": " c"}.get(step, " l"))
    return "\n".join(drawn).encode()
