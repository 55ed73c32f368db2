"""What was just done with many ideas at once, in words, for the bar that offers to undo it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import ngettext

from workshop.desk.guard import KEY, number_in
from workshop.domain import bulk
from workshop.house import read

SAID: dict[str, Callable[[int], str]] = {
    "gelezen": lambda num: ngettext("%(num)s idee gelezen.", "%(num)s ideeën gelezen.", num),
    "op-de-muur": lambda num: ngettext("%(num)s idee op de muur gezet.", "%(num)s ideeën op de muur gezet.", num),
    "van-de-muur": lambda num: ngettext(
        "%(num)s idee van de muur gehaald.", "%(num)s ideeën van de muur gehaald.", num
    ),
    "thema": lambda num: ngettext(
        "%(num)s idee in een ander thema gezet.", "%(num)s ideeën in een ander thema gezet.", num
    ),
    "opzij": lambda num: ngettext("%(num)s idee opzij gelegd.", "%(num)s ideeën opzij gelegd.", num),
    "terugzetten": lambda num: ngettext("%(num)s idee teruggezet.", "%(num)s ideeën teruggezet.", num),
    "ongedaan": lambda num: ngettext(
        "%(num)s idee is weer zoals het was.", "%(num)s ideeën zijn weer zoals ze waren.", num
    ),
}


def bulk_bar(workshop_id: str) -> dict[str, Any] | None:
    """Return what was just done with many ideas, for the bar that offers to undo it."""
    args, verb = request.args, request.args.get("wat", "")
    if args.get("gedaan") != "samen" or verb not in SAID:
        return None
    batch, left = args.get("groep", ""), number_in(args.get("gebleven", ""))
    count = read(bulk.size, workshop_id, batch) if KEY.fullmatch(batch) else 0
    said = SAID[verb](count) if count else _("Er is niets veranderd.")
    stayed = ngettext(
        "%(num)s idee was net door iemand anders veranderd en bleef zoals het was.",
        "%(num)s ideeën waren net door iemand anders veranderd en bleven zoals ze waren.",
        left,
    )
    return {
        "said": said,
        "stayed": stayed if left else "",
        "batch": batch if count else "",
        "undone": verb == "ongedaan",
    }
