"""The codes of a plan in words: what kind a block is, and what is odd about a plan."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from workshop.domain.plan_warnings import Warned

KINDS = {
    "welcome": _l("Welkom"),
    "agreements": _l("Afspraken"),
    "listen": _l("Luisteren"),
    "work": _l("Aan het werk"),
    "break": _l("Pauze"),
    "close": _l("Afsluiten"),
}
_WARNED = {
    "too_long": _l("Dit duurt %(minutes)s minuten. Langer dan 120 minuten houdt bijna niemand vol."),
    "ends_late": _l("Het draaiboek loopt tot %(ends)s. Mensen is verteld: klaar om %(told)s."),
    "no_break": _l(
        "Er zit geen pauze in, en het duurt %(minutes)s minuten. Na een uur wil iedereen even zitten en praten."
    ),
    "long_stretch": _l("Er zijn %(minutes)s minuten achter elkaar zonder pauze. Zet de pauze eerder."),
    "long_work": _l("“%(title)s” duurt %(minutes)s minuten. Langer dan 40 minuten met één ding is veel."),
    "new_methods": _l("Er zijn %(count)s dingen nieuw voor de groep: %(titles)s. Twee nieuwe is genoeg."),
    "no_listening": _l("Er is geen luisterkaart bij. Met een luisterkaart komt ook wie stil is aan de beurt."),
    "no_welcome": _l("Er is geen welkom. Begin met koffie, namen, en wat er met de ideeën gebeurde."),
    "no_close": _l("Er is geen afsluiting. Neem tien minuten: één woord van iedereen, en de volgende datum."),
    "one_leads": _l("%(leads)s leidt alles. Wissel halverwege, dan horen mensen twee stemmen."),
    "crowded": _l("%(people)s mensen aan %(tables)s tafels is meer dan zes aan een tafel. Neem een tafel erbij."),
}


def warned(one: Warned) -> str:
    """Return what is odd in a sentence that says what to do."""
    return str(_WARNED[one.code]) % one.values
