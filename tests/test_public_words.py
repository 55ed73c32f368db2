"""The words participants read: the agreed ones, in plain Dutch with “u”, and the same in English."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from tests.conftest import DETAILS
from tests.phone import receipt_of, share, text
from workshop.domain import workshops
from workshop.domain.doors import Door
from workshop.domain.workshops import Workshop
from workshop.house import House

ROOT = Path(__file__).parent.parent / "workshop"
START = (
    ("Welkom bij de werkplaats", "Welcome to the workshop"),
    ("Welk nummer staat er op uw kaart?", "What number is on your card?"),
    ("Zes cijfers. Bijvoorbeeld 274 196.", "Six digits. For example 274 196."),
    ("Letters: kleiner", "Text: smaller"),
    ("Letters: groter", "Text: larger"),
)
CARD = (
    ("Deel uw idee", "Share your idea"),
    ("Uw idee (kort of lang, alles is goed)", "Your idea (short or long, all is fine)"),
    (
        "Praten mag ook. Tik op het microfoontje van uw toetsenbord.",
        "You can also speak. Tap the microphone on your keyboard.",
    ),
    ("Foto toevoegen (hoeft niet)", "Add a photo (optional)"),
    ("Staat er iemand herkenbaar op? Vraag het eerst.", "Can someone be recognised? Ask them first."),
    ("Uw naam (hoeft niet)", "Your name (optional)"),
    ("Wie mag dit zien?", "Who may see this?"),
    ("Alleen deze groep", "Only this group"),
    ("Iedereen, zonder mijn naam", "Everyone, without my name"),
    ("Iedereen, met mijn naam", "Everyone, with my name"),
    ("Versturen", "Send"),
    ("Lees voor", "Read aloud"),
    ("Hulp nodig?", "Need help?"),
    ("Bel Marijke: 06 12 34 56 78 . Of vraag het aan de begeleider.", "Call Marijke: 06 12 34 56 78 . Or ask the"),
    ("Wij vragen nooit om geld, een wachtwoord of DigiD.", "We never ask for money, a password or DigiD."),
)
THANKS = (
    ("Dank u wel. Uw idee is aangekomen.", "Thank you. Your idea has arrived."),
    (
        "Op maandag 11 januari 2027 hoort u wat ermee gebeurt.",
        "On Monday 11 January 2027 you will hear what happens with it.",
    ),
    ("Uw bewijsnummer:", "Your receipt:"),
    (
        "Schrijf het op uw kaart als u later iets wilt veranderen.",
        "Write it on your card if you want to change something later.",
    ),
    ("Toch niet?", "Changed your mind?"),
    ("Haal uw idee weg", "Remove your idea"),
)
KEPT = (
    "Geen verbinding. Uw tekst is bewaard. Probeer het zo nog eens, of geef een ideekaart aan de begeleider.",
    "No connection. Your text is safe. Try again soon, or hand an idea card to the facilitator.",
)
EMPTY = (
    "U heeft nog niets opgeschreven. Schrijf of spreek uw idee in. Of voeg een foto toe.",
    "You have not written anything yet. Write or speak your idea. Or add a photo.",
)
UNKNOWN = (
    "Dit nummer kennen we niet. Kijk nog eens goed naar de 3, 5, 8 en 0.",
    "We do not know this number. Please check the 3, 5, 8 and 0.",
)


@pytest.mark.parametrize(("place", "language"), [(0, "nl"), (1, "en")])
def test_the_agreed_words_stand_on_the_pages(in_group: FlaskClient, door: Door, place: int, language: str) -> None:
    start, card = in_group.get(f"/?taal={language}"), in_group.get(f"/{door.number}")
    receipt = receipt_of(share(in_group, door, "Een idee."))
    thanks = in_group.get(f"/bedankt/{receipt}")
    for page, agreed in ((start, START), (card, CARD), (thanks, THANKS)):
        assert f'<html lang="{language}"' in page.text
        for words in agreed:
            assert words[place] in text(page)
    assert f'data-kept="{KEPT[place]}"' in start.text
    assert EMPTY[place] in text(share(in_group, door, ""))
    assert UNKNOWN[place] in text(in_group.post("/", data={"nummer": "123"}))


def test_the_page_of_an_english_workshop_begins_in_english(
    outside: FlaskClient, door: Door, house: House, workshop: Workshop
) -> None:

    house.store.write(workshops.change, workshop, replace(DETAILS, language="en"))
    page = outside.get(f"/{door.number}")
    assert '<html lang="en"' in page.text
    assert "A day in my life" in text(page)
    assert '<html lang="nl"' in outside.get(f"/{door.number}?taal=nl").text


def test_a_card_in_another_language_than_the_page_says_so_to_screen_readers(
    outside: FlaskClient, door: Door, house: House
) -> None:
    house.library._cards.pop(("samen-ontwerpen/01-een-dag-uit-mijn-leven", "en"))
    page = outside.get(f"/{door.number}?taal=en").text
    assert '<html lang="en"' in page
    assert '<div class="inside" lang="nl">' in page
    assert "Een dag uit mijn leven" in page


def participants_texts() -> list[tuple[str, str]]:
    """Return every Dutch text of the participants' pages with its English."""
    sources = [ROOT / "telling.py", *(ROOT / "public").glob("*.py"), *(ROOT / "templates/public").glob("*.html")]
    whole = "\n".join(path.read_text(encoding="utf-8") for path in [*sources, ROOT / "templates/sorry.html"])
    with (ROOT / "translations/en/LC_MESSAGES/messages.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    found = []
    for message in messages:
        dutch = (message.id,) if isinstance(message.id, str) else message.id
        english = (message.string,) if isinstance(message.string, str) else message.string
        if f'"{dutch[0]}"' in whole or f"'{dutch[0]}'" in whole:
            found += list(zip(dutch, english, strict=True))
    assert len(found) > 150
    return found


def sentences(words: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!:])\s+", words) if part]


def test_sentences_have_at_most_fifteen_words_and_say_u() -> None:
    for dutch, _ in participants_texts():
        for sentence in sentences(dutch):
            assert len(sentence.split()) <= 15, sentence
        assert not re.search(r"\b(je|jij|jou|jouw|jullie)\b", dutch, re.IGNORECASE), dutch
        for jargon in ("werkvorm", "participatie", "co-creatie", "input", "sessie", "uploaden", "inloggen", "account"):
            assert jargon not in dutch.lower(), dutch


def test_the_english_edition_says_the_same_not_more() -> None:
    for dutch, english in participants_texts():
        assert english, f"no English for: {dutch}"
        assert len(sentences(dutch)) == len(sentences(english)), f"{dutch} / {english}"
        assert re.findall(r"%\(\w+\)\w", dutch) == re.findall(r"%\(\w+\)\w", english)
