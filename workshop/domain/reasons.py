"""Good reasons to set an idea aside, in the words its maker will read. A starting point; own words are better."""

from __future__ import annotations

EXAMPLES: dict[str, tuple[str, ...]] = {
    "nl": (
        "Dit gaat over iets anders dan de vraag op de kaart. We bewaren het voor later.",
        "Hier kan deze werkplaats nu niets aan doen.",
        "Iemand is hierin te herkennen. Daarom laten we het niet zien.",
        "Dit idee hebben we al. We tellen het wel mee.",
        "We kunnen dit niet goed lezen. Wilt u het nog eens opschrijven?",
    ),
    "en": (
        "This is about something else than the question on the card. We keep it for later.",
        "This workshop cannot do anything about this now.",
        "Somebody can be recognised in this. That is why we do not show it.",
        "We already have this idea. Yours counts too.",
        "We cannot read this well. Would you write it down once more?",
    ),
}
