"""Cards that carry a part of the learning network: what is shared about them is evidence, by the same three doors."""

from __future__ import annotations

from typing import Final, Literal

Layer = Literal["doing", "thinking", "being"]

WHY_NOW: Final = "negen-stappen/02-waarom-nu"
"""Why this matters now: one idea from each person, and at least one from every perspective."""
AGENDA: Final = "hulp/05-zet-het-op-de-agenda"
"""What participants want to talk about next time."""
CHANGES: Final = "terugkoppeling/06-wat-doen-we-nu-anders"
"""What people do differently by now: asked every half year."""
LAYERS: Final[dict[str, Layer]] = {
    "drie-lagen/01-wat-deden-we": "doing",
    "drie-lagen/02-waarom-zo": "thinking",
    "drie-lagen/03-wie-wil-ik-zijn": "being",
}
BEING: Final = "drie-lagen/03-wie-wil-ik-zijn"
"""Who people want to be: what is shared here is for the facilitators, unless its maker chose wider."""
LISTENING: Final = ("luisteren/",)
"""How the ids of cards begin that make people listen: no meeting goes without one."""
ZONE: Final = "leerzone/04-waar-lig-ik"
"""The rings in which people lay a button: known, new, too much."""
