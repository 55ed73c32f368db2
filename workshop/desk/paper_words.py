"""Why a page waits for a person, and what became of it, in words."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from print.numbers import shown
from workshop.desk.guard import desk
from workshop.domain.stacks import Page, StackFile

WHY = {
    "geometry": _l("De kaart lag scheef of bol. Kijk of hij er heel op staat."),
    "far": _l("De foto is van ver genomen. Kijk of de kruisjes kloppen."),
    "overlap": _l("Er ligt een andere kaart overheen."),
    "twice": _l("Dit nummer staat twee keer op deze bladzijde."),
    "cut_off": _l("Een stuk van de kaart valt buiten de bladzijde."),
    "unclear_tick": _l("Een kruisje is niet duidelijk."),
    "two_ticks": _l("Er staan twee kruisjes waar één hoort."),
    "no_tick": _l("Er is niet aangekruist wie dit mag zien."),
    "unclear_count": _l("Een stip of kruis is niet duidelijk. Tel even na."),
    "count": _l("Dit blad is geteld door de computer. Kijk de telling even na."),
    "no_blank": _l("Er staat heel weinig op. Is deze kaart leeg?"),
    "blank_bitonal": _l("Deze kaart lijkt leeg, maar zwart-wit laat potlood verdwijnen. Kijk op het papier."),
    "withdrawn": _l("De maker heeft dit idee teruggenomen. Het komt nergens te staan."),
    "newer": _l(
        "Dit idee hangt al aan de muur met een eerder beeld. Klopt dit nieuwe? Dan komt het ervoor in de plaats."
    ),
    "loose": _l("Er ligt nog een kaart op waarvan we het nummer niet konden lezen."),
    "other_workshop": _l("Deze kaart hoort bij een andere werkplaats. Hij is hier niet ingelezen."),
    "foreign": _l("Er staat een QR op die niet van ons is."),
    "stub": _l("Dit is een strookje. Dat hoort bij de maker: geef het terug."),
    "unreadable": _l("Dit lijkt een ideekaart, maar het nummer is niet te lezen."),
    "no_code": _l("Er staat geen QR van ons op."),
    "broken": _l("Deze bladzijde is beschadigd en ging niet open. Scan hem opnieuw."),
    "page_large": _l("Deze bladzijde is groter dan papier kan zijn. Scan hem opnieuw op A4."),
    "too_many_pixels": _l("Dit beeld is veel te groot. Scan opnieuw op 200 dpi."),
    "wrong_type": _l("Dit bestand is geen PDF of foto. Er is niets uit gelezen."),
    "password": _l("Deze PDF zit op slot met een wachtwoord. Scan opnieuw zonder wachtwoord."),
    "too_large": _l("Dit bestand is te groot. Scan de stapel in twee delen."),
    "too_many_pages": _l("Dit bestand heeft te veel bladzijden. Scan de stapel in twee delen."),
    "empty": _l("Dit bestand is leeg. Scan het papier opnieuw."),
    "too_heavy": _l("Deze bladzijde was te zwaar om te lezen. Scan hem opnieuw op 200 dpi."),
    "same_file": _l("Ditzelfde bestand kwam eerder binnen."),
    "blank": _l("Een lege achterkant."),
}
SHORT = {
    "count": _l("telling nakijken"),
    "withdrawn": _l("teruggenomen"),
    "newer": _l("nieuwer beeld"),
    "loose": _l("nog een kaart"),
    "other_workshop": _l("andere werkplaats"),
    "foreign": _l("vreemde QR"),
    "stub": _l("strookje"),
    "unreadable": _l("nummer onleesbaar"),
    "no_code": _l("geen nummer"),
    "same_file": _l("zelfde bestand"),
}
SETTLED = {
    "typed_number": _l("nummer getypt"),
    "aside": _l("weggelegd"),
    "looked": _l("nagekeken"),
}
GROUPS = {"visibility": _l("Wie mag dit zien?"), "perspective": _l("Perspectief"), "for_other": _l("Namens een ander")}
RINGS = {"comfort": _l("Comfort"), "learning": _l("Leren"), "panic": _l("Paniek")}
STATES = {
    "received": _l("Wacht even"),
    "reading": _l("Wordt gelezen"),
    "read": _l("Gelezen"),
    "failed": _l("Niet af"),
}
WAYS = {
    "stack": _l("stapel"),
    "camera": _l("camera"),
    "phone": _l("telefoon"),
    "command": _l("opdrachtregel"),
}


def why(page: Page | StackFile) -> list[str]:
    """Return the reasons a page waits or a file stays shut, as sentences."""
    return [str(WHY[word]) for word in page.reason.split() if word in WHY]


def short(page: Page) -> str:
    """Return in two or three words why a page waits, or what became of it."""
    if page.settled_as in SETTLED:
        return str(SETTLED[page.settled_as])
    words = page.reason.split()
    found = next((str(SHORT[word]) for word in words if word in SHORT), "")
    return found or (str(_("even kijken")) if words else "")


@desk.context_processor
def _paper_words() -> dict[str, Any]:
    return {
        "spaced": shown,
        "rings": RINGS,
        "short": short,
        "stack_states": STATES,
        "tick_groups": GROUPS,
        "ways": WAYS,
        "why": why,
    }
