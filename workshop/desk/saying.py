"""Codes turned into words: what went wrong, what happened to an idea, who may do what.

The domain speaks in codes, so that a page can say them in the visitor's language.
"""

from __future__ import annotations

from typing import Any

from flask_babel import format_date, format_datetime
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop import clock, reading
from workshop.desk.guard import desk
from workshop.domain import ideas, waiting
from workshop.domain.curating import Event
from workshop.errors import FilesAway, Refused, StoreFull

REFUSED = {
    "sign_in_wrong": _l("Deze naam en wachtzin horen niet bij elkaar. Kijk ze allebei nog eens na."),
    "sign_in_wait": _l("Er is te vaak een verkeerde wachtzin geprobeerd. Wacht tien minuten en probeer het dan weer."),
    "name_taken": _l("Deze naam is al in gebruik. Zet er bijvoorbeeld je achternaam bij."),
    "quota_workshops": _l(
        "Jullie hebben al %(most)s werkplaatsen open, meer kan niet. "
        "Sluit een werkplaats die klaar is, of vraag de beheerder om meer."
    ),
    "quota_bytes": _l(
        "De ruimte van jullie organisatie is vol. Er is niets bewaard. Bewaar je papier: dat is veilig. "
        "Rond een werkplaats af die klaar is, of vraag de beheerder om meer ruimte."
    ),
    "quota_pages": _l(
        "Deze maand zijn al %(most)s bladzijden gelezen, meer kan niet. Bewaar je papier: dat is veilig. "
        "Breng het volgende maand opnieuw, of vraag de beheerder om meer. Overtypen kan altijd."
    ),
    "passphrase_short": _l("Neem een langere wachtzin: minstens 12 tekens. Een paar woorden achter elkaar werkt goed."),
    "passphrase_long": _l("Deze wachtzin is te lang. Neem er een van hooguit 200 tekens."),
    "passphrase_wrong": _l("Dit is niet je wachtzin van nu. Kijk hem nog eens na."),
    "name_missing": _l("Vul een naam in."),
    "name_long": _l("Deze naam is te lang. Neem hooguit %(most)s tekens."),
    "question_missing": _l("Vul de vraag in waar de werkplaats over gaat."),
    "question_long": _l("Deze vraag is te lang voor een poster. Neem hooguit %(most)s tekens."),
    "contact_name_missing": _l("Vul in wie mensen kunnen bellen."),
    "contact_name_long": _l("Deze naam is te lang. Neem hooguit %(most)s tekens."),
    "contact_phone_missing": _l("Vul een telefoonnummer in. Het staat op elke kaart en elke pagina."),
    "contact_phone_long": _l("Dit telefoonnummer is te lang. Neem hooguit %(most)s tekens."),
    "contact_phone_short": _l("Dit telefoonnummer is te kort. Kijk of er een cijfer mist."),
    "address_odd": _l("Dit is geen webadres. Schrijf alleen de naam, bijvoorbeeld werkplaats.nl."),
    "next_date_odd": _l("Deze datum kennen we niet. Kies een dag uit de kalender."),
    "language_unknown": _l("Kies Nederlands of Engels."),
    "seen_unknown": _l("Kies wanneer ideeën te zien zijn."),
    "empty": _l("Er staat niets meer. Schrijf iets op, of leg het idee opzij."),
    "long": _l("Dit is te lang. Neem hooguit %(most)s tekens."),
    "wider": _l("De maker koos dat minder mensen dit zien. Alleen de maker kan dat ruimer maken."),
    "reason_missing": _l("Schrijf erbij waarom. De maker leest deze reden op de pagina van het idee."),
    "slips_count": _l("Kies een aantal van 1 tot %(most)s."),
    "slips_choices": _l("Op een stickerblad passen %(most)s ideeën. Haal er een paar weg, of maak twee bladen."),
    "slips_question": _l("De vraag van deze kaart is te lang voor dit formaat. Kies A5, of print zonder vraag."),
    "no_card": _l("Deze kaart stelt geen vraag in deze taal. Kies een andere kaart."),
    "deck_name_missing": _l("Geef de set een naam."),
    "deck_name_long": _l("Deze naam is te lang. Neem hooguit %(most)s tekens."),
    "deck_name_odd": _l("In deze naam zit een onzichtbaar teken. Typ hem opnieuw."),
    "deck_mark_unknown": _l("Kies een van de tekens."),
    "deck_colour_unknown": _l("Kies een van de kleuren: die zijn goed te lezen op wit papier."),
    "deck_full": _l("Deze set is vol. Maak een nieuwe set."),
    "photo_big": _l("Dit plaatje is te groot. De tekst is bewaard. Kies een kleiner plaatje."),
    "photo_odd": _l("Dit bestand is geen plaatje dat we kennen. De tekst is bewaard. Kies een foto of een SVG."),
    "no_pages": _l("Er zat geen bestand bij. Kies een PDF of een paar foto’s. Er is niets veranderd."),
    "stack_type": _l(
        "“%(name)s” is geen PDF of foto. Er is niets bewaard. Kies een PDF, JPEG, PNG, TIFF of HEIC van je papier."
    ),
    "stack_large": _l(
        "Deze stapel is groter dan 600 MB. Er is niets bewaard, je papier is veilig. "
        "Breng hem in twee delen, of scan op 200 dpi."
    ),
    "file_large": _l(
        "Een bestand is groter dan %(most)s MB. Er is niets bewaard, je papier is veilig. "
        "Scan de stapel in twee delen, of op 200 dpi."
    ),
    "stack_files": _l("Dit zijn meer dan %(most)s bestanden. Er is niets bewaard. Breng ze in een paar keer."),
    "disk_full": _l(
        "De schijf van de computer is vol. Er is niets bewaard, houd je papier bij de hand. "
        "Maak ruimte en probeer het opnieuw."
    ),
    "files_away": _l(
        "De plek voor foto’s en scans geeft geen antwoord. Er is niets bewaard, houd je papier bij de hand. "
        "Probeer het over een minuut opnieuw."
    ),
    "number_empty": _l("Typ het nummer dat op de kaart staat: acht cijfers."),
    "number_characters": _l("Een nummer heeft alleen cijfers. Kijk nog eens op de kaart."),
    "number_length": _l("Een nummer van een ideekaart heeft acht cijfers. Kijk of er een mist of te veel is."),
    "number_check": _l("Dit nummer klopt niet. Misschien is er een cijfer verwisseld. Kijk nog eens op de kaart."),
    "slip_unknown": _l("Dit nummer is hier nooit geprint. Er is niets veranderd. Kijk nog eens op de kaart."),
    "slip_elsewhere": _l("Dit nummer hoort bij een andere werkplaats. Er is niets veranderd. Leg de bladzijde weg."),
    "slip_withdrawn": _l(
        "De maker heeft deze kaart teruggenomen. Hij wordt hier niet ingelezen. Leg de bladzijde weg."
    ),
    "slip_known": _l("Van dit nummer kwam al een kaart terug. Is dit dezelfde kaart? Zet dan het vinkje."),
    "no_back": _l("Deze kaart heeft geen achterkant. Kies de voorkant."),
    "part_small": _l("Dit stuk van de bladzijde is te klein. Kies een groter stuk."),
    "part_unreadable": _l("Uit deze bladzijde is niets te knippen. Scan hem opnieuw. Het bestand blijft bewaard."),
    "typing_claimed": _l("Iemand anders is met deze kaart bezig. Kies een andere."),
    "type_empty": _l("Er is niets getypt. Staan er geen woorden op? Kies dan “Alleen een tekening” of “Leeg”."),
    "round_title": _l("Schrijf op wat mensen kiezen. Bijvoorbeeld: Wat doen we het eerst?"),
    "round_title_long": _l("Deze zin is te lang. Neem hooguit %(most)s tekens."),
    "round_dots": _l("Geef iedereen 1 tot %(most)s stippen."),
    "round_ideas": _l("Kies minstens twee ideeën."),
    "round_many": _l("Kies hooguit %(most)s ideeën. Meer leest niemand."),
    "count_odd": _l("Typ een getal van 0 tot %(most)s. Er is niets veranderd."),
    "kind_missing": _l("Kies eerst wat er met dit idee gebeurt."),
    "reason_long": _l("De reden is te lang. Neem hooguit %(most)s tekens."),
    "next_step_long": _l("Wat er nu gebeurt is te lang. Neem hooguit %(most)s tekens."),
    "by_when_odd": _l("Deze datum kennen we niet. Kies een dag uit de kalender."),
    "merged": _l("Dit idee is net samengevoegd met andere. Er is niets bewaard. Besluit over het samengevoegde idee."),
    "no_meeting": _l("Deze bijeenkomst is afgezegd. Kies een andere. Er is niets bewaard."),
    "meeting_twice": _l("Op die dag is er al een bijeenkomst."),
    "rhythm_every": _l("Kies 7 tot 182 dagen tussen twee bijeenkomsten."),
    "rhythm_months": _l("Kies 1 tot 60 maanden."),
    "rhythm_first": _l("Kies een eerste dag tussen 2000 en 2100."),
    "rhythm_order": _l("Dan komen bijeenkomsten in een andere volgorde. Er is niets verplaatst. Kies een andere dag."),
    "plan_title": _l("Geef dit stuk een naam."),
    "plan_title_long": _l("Deze naam is te lang. Neem hooguit %(most)s tekens."),
    "plan_words_long": _l("Dit is te lang voor het draaiboek. Neem hooguit %(most)s tekens."),
    "plan_other_way_long": _l("Dit is te lang voor het draaiboek. Neem hooguit %(most)s tekens."),
    "plan_minutes": _l("Kies 1 tot %(most)s minuten."),
    "plan_kind": _l("Kies wat voor stuk dit is, en wie leidt."),
    "plan_card": _l("Deze kaart kennen we niet. Kies er een uit de lijst. Er is niets veranderd."),
    "plan_cards": _l("Neem hooguit %(most)s kaarten in één stuk."),
    "plan_full": _l("In een draaiboek passen %(most)s stukken. Haal er eerst een weg."),
    "plan_counts": _l("Kies 1 tot %(people)s mensen en 1 tot %(tables)s tafels."),
    "plan_empty": _l("Er staat nog niets in het draaiboek. Maak eerst een draaiboek."),
    "plan_running": _l("De bijeenkomst is al begonnen. Er is niets veranderd. Verander de stukken die nog komen."),
    "block_begun": _l("Dit stuk is al begonnen of voorbij. Het blijft staan waar het staat."),
    "time_odd": _l("Deze tijd kennen we niet. Schrijf bijvoorbeeld 13:30."),
    "kind_unknown": _l("Kies een van de drie soorten. Er is niets veranderd."),
    "frame_long": _l("Dit is te lang voor een kader. Neem hooguit %(most)s tekens."),
    "park_reason_missing": _l("Schrijf erbij waarom het buiten het kader valt. Er is niets veranderd."),
    "park_reason_long": _l("Deze reden is te lang. Neem hooguit %(most)s tekens."),
    "allows_missing": _l("Vul in wie het goed vindt."),
    "allows_long": _l("Deze naam is te lang. Neem hooguit %(most)s tekens."),
    "what_missing": _l("Vul in wat jullie mogen proberen."),
    "what_long": _l("Dit is te lang. Neem hooguit %(most)s tekens."),
    "until_odd": _l("Deze datum kennen we niet. Kies een dag uit de kalender."),
    "until_past": _l("Deze dag is al voorbij. Kies een dag die nog komt."),
    "signed_unknown": _l("Kies of er getekend is: op papier of op het scherm."),
    "action_missing": _l("Schrijf op wat er gaat gebeuren."),
    "action_long": _l("Dit is te lang. Een taak heeft hooguit 200 tekens, een voornaam 40."),
    "owner_unknown": _l("Kies wie het doet."),
    "due_odd": _l("Deze datum kennen we niet. Kies een dag uit de kalender."),
    "no_paint": _l("Er is nog niets geschilderd. Schilder eerst over een naam of gezicht."),
    "paint_odd": _l("Dit schilderwerk kwam niet goed over. Er is niets veranderd. Probeer het nog eens."),
    "paint_much": _l("Dit is te veel in één keer. Er is niets veranderd. Bewaar tussendoor."),
    "no_phone": _l("Dit idee kwam niet van een telefoon. Er is niets veranderd."),
    "stays_by_maker": _l("De maker koos dat dit hier blijft. Alleen de maker kan dat veranderen."),
    "question_minutes": _l("Kies 5, 10 of 15 minuten."),
    "agreement_empty": _l("Schrijf eerst op wat jullie afspraken."),
    "agreement_long": _l("Deze afspraak is te lang. Neem hooguit %(most)s tekens."),
    "agreement_many": _l("Meer dan %(most)s afspraken onthoudt niemand. Haal er eerst een weg."),
    "no_agreements": _l("Er zijn nog geen afspraken. Schrijf er eerst een paar op."),
    "no_signals": _l("Signaalkaarten kunnen nu niet geprint worden. Kijk bij Printen wat er nog mist."),
    "zone_empty": _l("Typ hoeveel knopen er lagen. Er is niets bewaard."),
    "no_zone": _l("Er zijn nog te weinig knopen geteld. Vanaf vijf kun je dit printen."),
    "went_on": _l(
        "Iemand ging intussen verder met de bijeenkomst. Er is niets veranderd. Hieronder staat hoe het nu is."
    ),
    "nothing_to_undo": _l("Er is niets om ongedaan te maken."),
    "theme_name": _l("Geef het thema een naam."),
    "theme_long": _l("Deze naam is te lang. Neem hooguit %(most)s tekens."),
    "theme_twice": _l("Er is al een thema met deze naam."),
    "no_theme": _l("Dit thema is er niet meer. Er is niets veranderd."),
    "theme_missing": _l("Kies een thema, of geef een nieuw thema een naam."),
    "private": _l(
        "Idee %(nr)s is alleen voor de begeleiders. De maker koos niet voor iedereen. "
        "Er is niets veranderd. Vraag het de maker."
    ),
    "trial_title_missing": _l("Geef de proef een naam."),
    "trial_question_missing": _l("Schrijf op wat jullie willen weten."),
    "trial_long": _l("Dit is te lang. Neem hooguit %(most)s tekens."),
    "trial_until": _l("Deze datum kennen we niet. Kies een dag uit de kalender."),
    "trial_idea": _l("Idee %(nr)s is er niet. Kijk het nummer nog eens na. Er is niets veranderd."),
    "trial_over": _l("Deze proef is al klaar of losgelaten. Maak de volgende proef."),
    "trial_not_begun": _l("Deze proef is nog niet begonnen. Er is nog niets om af te ronden."),
    "mandate_missing": _l(
        "De proef kan nog niet beginnen: niemand heeft gezegd dat het mag. "
        "Vraag wie over tijd, geld en ruimte gaat. Print het proefblad en laat het tekenen."
    ),
    "mandate_unsigned": _l(
        "De proef kan nog niet beginnen: het mandaat is niet getekend. "
        "Laat %(allows)s tekenen, op het proefblad of op het scherm."
    ),
    "mandate_expired": _l(
        "De proef kan niet beginnen: het mandaat is verlopen. "
        "Vraag het opnieuw aan wie erover gaat, en schrijf het hieronder op."
    ),
    "observed_missing": _l("Schrijf eerst op wat jullie zagen. Daarna zeg je pas wat het betekent."),
    "outcome_missing": _l("Kies wat eruit kwam. “We weten het nog niet” mag ook."),
    "lesson_missing": _l("Schrijf op wat jullie leerden. Dat hoort er altijd bij, ook als het niet werkte."),
    "layer_unknown": _l("Kies een van de drie lagen."),
    "none_chosen": _l("Kies eerst ideeën: zet er een vinkje bij."),
    "too_many": _l("Kies er hooguit %(most)s tegelijk. Er is niets veranderd."),
    "join_two": _l("Kies twee of meer ideeën om samen te voegen."),
    "join_aside": _l("Eén van deze ideeën is opzij gelegd of weggehaald. Er is niets samengevoegd."),
    "join_joined": _l("Eén van deze ideeën is al samengevoegd met andere. Er is niets veranderd."),
    "nobodys": _l("Dit is een samengevoegd idee. Haal het idee van de maker zelf weg: dat staat erin."),
    "side_missing": _l("Geef het perspectief een naam."),
    "side_long": _l("Deze naam is te lang. Neem hooguit %(most)s tekens."),
    "side_field": _l("Dit perspectief staat al in de lijst. Er is niets veranderd."),
    "side_many": _l("Meer dan %(most)s eigen perspectieven gaat niet. Haal er eerst een weg."),
    "side_unknown": _l("Kies eerst een perspectief."),
    "knowledge_unknown": _l("Kies een van de soorten kennis. Er is niets veranderd."),
    "pairing_size": _l("Kies tweetallen of drietallen."),
    "pairing_few": _l("Er zijn nog te weinig mensen. Vul in hoeveel er van elke kant zijn."),
    "pairing_many": _l("Vul per kant hooguit %(most)s mensen in."),
    "result_title": _l("Geef het resultaat een naam. Er is niets veranderd."),
    "result_long": _l("Deze tekst is te lang. Neem hooguit %(most)s tekens."),
    "result_idea": _l("Idee %(nr)s is er niet. Er is niets veranderd. Kijk het nummer nog eens na."),
    "result_alt": _l("Schrijf in woorden wat er op de foto staat. Zo weet ook iemand die niet ziet wat er staat."),
    "no_results": _l("Er is nog niets gepubliceerd voor deze lezers. Publiceer eerst een resultaat."),
    "no_stories": _l("Deze ideeën mogen niet naar buiten. Kies andere nummers, of print alleen voor de groep."),
    "not_joined": _l("Dit idee is al los. Er is niets veranderd."),
    "ended": _l("Deze werkplaats is afgerond. Er is niets bewaard. Geef het papier terug aan de maker."),
    "ending_asked": _l("De namen worden al gewist. Er kan geen nieuwe zip meer komen."),
    "ending_no_export": _l("Maak eerst de zip met alles erin. Er is niets gewist."),
    "ending_old": _l("Er is na je laatste zip iets veranderd. Maak een nieuwe. Er is niets gewist."),
    "ending_name": _l("Dit is niet de naam van de werkplaats. Typ hem precies over. Er is niets gewist."),
    "ending_fetched": _l("Haal eerst de zip op, en zet dan het vinkje. Er is niets gewist."),
    "ending_busy": _l("Er wordt nog papier gelezen of iets geprint. Wacht daar even op. Er is niets gewist."),
}

ROLES = {"facilitator": _l("Begeleider"), "helper": _l("Helper"), "observer": _l("Meekijker")}
STATUSES = {
    "received": _l("Ontvangen"),
    "read": _l("Gelezen"),
    "wall": _l("Op de muur"),
    "set_aside": _l("Opzij gelegd"),
    "apart": _l("Weer losgemaakt"),
}
CHANNELS = {
    "qr": _l("QR gescand"),
    "number": _l("nummer getypt"),
    "paper": _l("op papier"),
    "joined": _l("samengevoegd"),
}
AMOUNTS = {
    "none": _l("niet"),
    "optional": _l("mag, hoeft niet"),
    "little": _l("weinig"),
    "some": _l("wat"),
    "much": _l("veel"),
}
EFFORTS = {"read": _l("Lezen"), "write": _l("Schrijven"), "talk": _l("Praten"), "move": _l("Bewegen")}
STATES = {
    "ordered": _l("Besteld"),
    "printing": _l("Wordt gemaakt"),
    "ready": _l("Klaar"),
    "failed": _l("Niet gelukt"),
}
DOCUMENTS = {
    "pack": _l("Printpakket"),
    "trial": _l("Proefblad"),
    "logbook": _l("Logboek"),
    "cards": _l("Kaarten"),
    "poster": _l("Poster"),
    "tents": _l("Tafelkaartjes"),
    "test": _l("Proefpagina"),
    "recipe": _l("Programma"),
    "slips": _l("Ideekaarten"),
    "answers": _l("Antwoorden"),
    "wall": _l("Muurkrant"),
    "report": _l("Verslag"),
    "agreements": _l("Afspraken"),
    "zone": _l("Leerzone"),
    "invitation": _l("Uitnodiging"),
    "planner": _l("Jaarplanner"),
    "result": _l("Poster van een resultaat"),
    "stories": _l("Verhaalkaarten"),
    "exhibition": _l("Tentoonstelling"),
    "progress": _l("Voortgang"),
    "ending": _l("Wat weg is en wat bleef"),
    "export": _l("Alles om mee te nemen"),
    "pairing": _l("Wie zit bij wie"),
    "glasses": _l("Andere bril"),
    "nine-steps": _l("Negen stappen"),
    "mandate": _l("Mandaat"),
}
HAPPENED = {
    "knowledge": _l("Soort kennis gekozen"),
    "stays": _l("Blijft in de groep"),
    "may leave": _l("Hoeft niet meer in de groep te blijven"),
    "placed": _l("Gedeeld"),
    "changed": _l("Veranderd"),
    "read": _l("Gelezen"),
    "corrected": _l("Woorden verbeterd"),
    "narrowed": _l("Veranderd wie dit mag zien"),
    "wall": _l("Op de muur gezet"),
    "off wall": _l("Van de muur gehaald"),
    "set aside": _l("Opzij gelegd"),
    "restored": _l("Teruggezet"),
    "held": _l("Nog niet laten zien"),
    "painted": _l("Foto overgeschilderd"),
    "original erased": _l("Oude foto voorgoed gewist"),
    "undone": _l("Ongedaan gemaakt"),
    "withdrawn": _l("Weggehaald"),
    "brought back": _l("Toch weer teruggezet"),
    "seen": _l("Opnieuw gescand"),
    "typed": _l("Overgetypt"),
    "added": _l("Woorden erbij gezet"),
    "confirmed": _l("Kruisjes nagekeken"),
    "empty": _l("Kaart bleek leeg"),
    "address away": _l("Adres gewist"),
    "back away": _l("Achterkant gewist"),
    "back kept": _l("Achterkant toch bewaard"),
    "joined": _l("Samengevoegd"),
    "joins": _l("Ideeën samengevoegd"),
    "follows": _l("Meegegaan met een idee dat erin zit"),
    "taken apart": _l("Weer losgemaakt"),
    "themed": _l("Verplaatst"),
    "planned": _l("Besluit voorbereid"),
    "plan dropped": _l("Voorbereid besluit weggehaald"),
    "decided": _l("Antwoord gegeven"),
    "parked": _l("Geparkeerd"),
    "unparked": _l("Van de parkeerlijst gehaald"),
}
LANGUAGES = {"nl": _l("Nederlands"), "en": _l("Engels")}


def refused(error: Refused) -> str:
    """Return what went wrong in a sentence that says what to do."""
    said = REFUSED.get(error.code)
    return str(said) % error.values if said else str(_("Dit lukt niet. Er is niets veranderd."))


def not_kept(error: StoreFull) -> str:
    """Return why nothing that was sent could be stored, and what to do."""
    return refused(Refused("files_away" if isinstance(error, FilesAway) else "disk_full"))


def who(event: Event) -> str:
    """Return who did something to an idea."""
    if event.who == reading.COMMAND:
        return str(_("het inlezen van een stapel"))
    return str(_("de maker")) if event.who == ideas.MAKER else event.who


def _when(moment: str) -> str:
    """Return a moment in full: `zondag 22 november, 22:10`."""
    said: str = format_datetime(clock.local(moment), _("EEEE d MMMM, HH:mm"), rebase=False)
    return said


def day(text: str) -> str:
    """Return a day in full: `maandag 11 januari 2027`."""
    said: str = format_date(clock.day(text), "EEEE d MMMM y")
    return said


def _shown(number: str) -> str:
    """Return a number or receipt in two halves, as it is printed: `274 196`, `2K3T-XRCC`."""
    half = len(number) // 2
    return f"{number[:half]}{' ' if number.isdigit() else '-'}{number[half:]}"


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least}–{most}"


@desk.context_processor
def _words() -> dict[str, Any]:
    return {
        "amounts": AMOUNTS,
        "channels": CHANNELS,
        "day": day,
        "documents": DOCUMENTS,
        "efforts": EFFORTS,
        "happened": HAPPENED,
        "is_private": waiting.private,
        "languages": LANGUAGES,
        "roles": ROLES,
        "shown": _shown,
        "span": _span,
        "states": STATES,
        "statuses": STATUSES,
        "when": _when,
        "who": who,
    }
