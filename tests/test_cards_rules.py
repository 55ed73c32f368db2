"""The plain-language rules: every rule has a card that breaks exactly it, and our own cards break none."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from cards.card import Card, Language
from cards.deck import Library, load
from cards.reading import parse_card
from cards.rules import check_card, check_library, check_pair

DECKS = Path(__file__).parent.parent / "cards" / "decks"
METHOD = "samen-ontwerpen/{}/05-schrijf-en-geef-door.md"
STICKERS = "samen-ontwerpen/{}/10-stickers-plakken.md"
FOR_FACILITATORS = "negen-stappen/{}/06-wij-zijn-aan-zet.md"
STORY = "verhalen/{}/04-zelf-bedacht.md"
LETTER = "terugkoppeling/{}/01-dit-gebeurt-er-met-uw-idee.md"


def text_of(name: str, language: Language) -> str:
    return (DECKS / name.format(language)).read_text(encoding="utf-8")


def card(name: str = METHOD, language: Language = "nl", *, old: str = "", new: str = "") -> Card:
    """Return one of our own cards with one change."""
    text = text_of(name, language)
    assert old in text, old
    return parse_card(text.replace(old, new, 1), Path("kaart.md"))


LONG = "Schrijf op dit blad samen met de ander een nieuw idee op dat u mooi vindt."
LONGISH = "Schrijf op dit blad samen met de ander een idee dat u mooi vindt."
BUSY_STEP = "2. Ga zitten en denk na over de vraag. Neem de tijd die u nodig heeft. Schrijf dan een idee op uw blad."
WORDY = "Er is geen haast en ook geen fout antwoord. Geef uw blad pas door als iedereen aan tafel klaar is."
NO_OTHER_WAY = "\n## Anders kan ook\nWerk met z'n tweeën. Eén vertelt en één schrijft.\n"


@pytest.mark.parametrize(
    ("old", "new", "level", "said", "there"),
    [
        (
            "U schrijft een idee en geeft het blad door.",
            LONG,
            "error",
            "this sentence has 16 words, more than 15",
            "Schrijf",
        ),
        ("U schrijft een idee en geeft het blad door.", LONGISH, "warning", "this sentence has 14 words", "Schrijf op"),
        ("Welk idee wilt u bewaren?", LONG, "error", "this sentence has 16 words", "  question:"),
        ("Schrijf en geef door", "Schrijven en daarna doorgeven", "warning", "the title has 29 characters", "title:"),
        ("2. Schrijf of teken één idee in het eerste vak.", BUSY_STEP, "warning", "this step has 22 words", "2. Ga"),
        ("Er is geen haast.", "Kijk. Wacht even. Ga door.", "warning", "three very short sentences in a row", "Kijk."),
        ("Er is geen haast. Geef pas door als iedereen klaar is.", WORDY, "warning", "`Tip` has 20 words", "## Tip"),
        ("5. Is het", "5. Ruil.\n6. Is het", "error", "there are 6 steps, more than 5", "1. Lees"),
        ("Werk met z'n", "Werk met jullie", "error", "“jullie” is not how this card addresses", "Werk met"),
        (NO_OTHER_WAY, "", "error", "a method card needs the heading `Anders kan ook`", "kind:"),
        ("\n## Terugkijken\nWelk idee had u alleen niet bedacht?\n", "", "error", "a method card needs", "kind:"),
        ("[ideeblad met drie grote vakken,", "[a, b, c, d,", "warning", "`materials` has 5 items", "materials:"),
        (
            "[samen-ontwerpen/10-stickers-plakken]",
            "[a/01-a, a/02-a, a/03-a, a/04-a]",
            "warning",
            "`related`",
            "related:",
        ),
    ],
)
def test_each_rule_finds_the_card_that_breaks_just_that(old: str, new: str, level: str, said: str, there: str) -> None:
    findings = check_card(card(old=old, new=new))
    assert [(finding.level, finding.what[: len(said)]) for finding in findings] == [(level, said)]
    line = text_of(METHOD, "nl").replace(old, new, 1).split("\n")[findings[0].line - 1]
    assert line.startswith(there)


UNPLAIN: list[tuple[Language, str, str, str]] = [
    ("nl", "Wij vragen om participatie.", "error", "“participatie” is a difficult word"),
    ("nl", "Dit heet co-creatie.", "error", "“co-creatie” is a difficult word"),
    ("nl", "Geef ons uw input.", "error", "“input” is a difficult word"),
    ("nl", "Elke stakeholder is welkom.", "error", "“stakeholder” is a difficult word"),
    ("nl", "Iemand faciliteert het gesprek.", "error", "“faciliteert” is a difficult word"),
    ("nl", "Onze doelgroep is groot.", "error", "“doelgroep” is a difficult word"),
    ("nl", "Wij implementeren het plan.", "error", "“implementeren” is a difficult word"),
    ("nl", "Dat is cognitief zwaar.", "error", "“cognitief” is a difficult word"),
    ("nl", "U dient te wachten.", "error", "“dient te” is office language"),
    ("nl", "Praat rustig m.b.t. het plan.", "error", "“m.b.t.” is an abbreviation"),
    ("nl", "Neem koffie, thee, enz.", "error", "“enz.” is an abbreviation"),
    ("nl", "Dat hoort u over twee weken.", "error", "“over twee weken” is a date that one has to work out"),
    ("nl", "Kom op 3-4-2027 terug.", "error", "“3-4-2027” is a date in digits"),
    ("nl", "Dat wordt straks gedaan.", "warning", "“wordt straks gedaan” is a sentence that hides who acts"),
    ("nl", "Doe dit in 60 seconden.", "warning", "“60 seconden” is a hurry"),
    ("nl", "Dit is voor ouderen.", "warning", "“ouderen” is a word that speaks about the reader"),
    ("nl", "Het was een goede sessie.", "warning", "“sessie” is a word from the trade"),
    ("en", "We ask for participation.", "error", "“participation” is a difficult word"),
    ("en", "This is called co-creation.", "error", "“co-creation” is a difficult word"),
    ("en", "Give us your input.", "error", "“input” is a difficult word"),
    ("en", "Every stakeholder is welcome.", "error", "“stakeholder” is a difficult word"),
    ("en", "Someone facilitates the talk.", "error", "“facilitates” is a difficult word"),
    ("en", "Our target group is large.", "error", "“target group” is a difficult word"),
    ("en", "We implement the plan.", "error", "“implement” is a difficult word"),
    ("en", "That is a cognitive task.", "error", "“cognitive” is a difficult word"),
    ("en", "Bring a drink, e.g. tea.", "error", "“e.g.” is an abbreviation"),
    ("en", "You will hear in two weeks.", "error", "“in two weeks” is a date that one has to work out"),
    ("en", "Come back on 3/4/2027.", "error", "“3/4/2027” is a date in digits"),
    ("en", "Do this in 60 seconds.", "warning", "“60 seconds” is a hurry"),
    ("en", "This is for older people.", "warning", "“older people” is a word that speaks about the reader"),
]


@pytest.mark.parametrize(("language", "sentence", "level", "said"), UNPLAIN)
def test_every_unplain_word_is_found(language: Language, sentence: str, level: str, said: str) -> None:
    tip = {"nl": "De begeleiders plakken als laatste.", "en": "The facilitators vote last."}[language]
    findings = check_card(card(STICKERS, language, old=tip, new=sentence))
    assert [(finding.level, finding.what[: len(said)]) for finding in findings] == [(level, said)]
    assert text_of(STICKERS, language).split("\n")[findings[0].line - 1].startswith(tip)


def test_every_entry_of_the_list_of_unplain_words_has_its_test() -> None:
    data = tomllib.loads((DECKS.parent / "plain.toml").read_text(encoding="utf-8"))
    for language in ("nl", "en"):
        sentences = " ".join(row[1] for row in UNPLAIN if row[0] == language)
        for entry in data[language]:
            assert re.search(entry["pattern"], sentences, re.IGNORECASE), entry["pattern"]


@pytest.mark.parametrize(
    ("name", "language", "old", "new"),
    [
        (METHOD, "nl", "Welk idee had u alleen niet bedacht?", "Kijkt u er over zes weken anders naar?"),
        (METHOD, "nl", "[Schrijf de vraag", "[Schrijf zelf je vraag"),
        (FOR_FACILITATORS, "nl", "Wie wil wat doen?", "Vraag: wat wilt u doen?"),
        (FOR_FACILITATORS, "nl", "Wie wil wat doen?", "Zeg ‘dank u wel’."),
        (FOR_FACILITATORS, "nl", "Maak hem kleiner.", "Vraag het de ouderen."),
        (STICKERS, "en", "The facilitators vote last.", "The facilitator votes last."),
    ],
)
def test_what_only_looks_like_a_mistake_is_left_alone(name: str, language: Language, old: str, new: str) -> None:
    assert check_card(card(name, language, old=old, new=new)) == []


@pytest.mark.parametrize(
    ("old", "new"), [("Zelf help je", "Zelf helpt u"), ("Wat nam jij toch over?", "Nam u iets over?")]
)
def test_facilitators_are_je_except_when_they_speak_to_participants(old: str, new: str) -> None:
    findings = check_card(card(FOR_FACILITATORS, old=old, new=new))
    assert [finding.what for finding in findings] == ["“u” is not how this card addresses people"]


@pytest.mark.parametrize(
    ("name", "old", "said"),
    [
        (METHOD, "Zo groeien ideeën vanzelf.", "the front has 45 words, more than the 30 that fit on A5"),
        (METHOD, "Welk idee had u alleen niet bedacht?", "the back has 121 words, more than the 110 that fit on A5"),
        (STORY, "Wat bedacht u?", "the back has 62 words, more than the 60 that fit on A6"),
    ],
)
def test_a_face_with_too_many_words_is_refused(name: str, old: str, said: str) -> None:
    findings = check_card(card(name, old=old, new="Kijk nu naar elkaar. " * 9))
    assert [finding.what for finding in findings if finding.level == "error"] == [said]


def test_a_front_without_a_qr_block_has_room_for_twice_the_words() -> None:
    help_card = card("hulp/{}/01-zo-werkt-deze-kaart.md")
    assert check_card(help_card) == []
    asking = help_card.model_copy(update={"share": card().share})
    assert [finding.what[:9] for finding in check_card(asking)] == ["the front"]


def test_a_merge_field_that_nobody_fills_is_refused() -> None:
    findings = check_card(card(LETTER, old="name, idea, decision", new="idea, decision"))
    assert [(finding.line, finding.what) for finding in findings] == [(30, "`{name}` would be printed as it stands")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("size: A5", "size: A6", "`size` differs from the Dutch card"),
        ("max: 35", "max: 40", "`duration` differs from the Dutch card"),
        ("version: 1", "version: 2", "`version` differs from the Dutch card"),
        (", thick black pens]", "]", "`materials` has 1 items, in Dutch 2"),
        ("kinds: [text, photo]", "kinds: [text]", "`share` differs from the Dutch card"),
        ("- How can this idea become easier?\n", "", "`Questions to ask` has other paragraphs, steps or items"),
        (
            "\n## Tip\nThere is no rush. Only pass on when everyone is ready.\n",
            "",
            "the headings differ from the Dutch",
        ),
    ],
)
def test_the_english_card_must_have_the_same_facts_and_build(old: str, new: str, said: str) -> None:
    findings = check_pair(card(), card(language="en", old=old, new=new))
    assert [finding.what[: len(said)] for finding in findings] == [said]


def test_a_card_that_refers_to_a_card_that_is_not_there_is_named() -> None:
    library = load()
    nowhere = card(old="10-stickers-plakken]", new="98-nergens]")
    findings = check_library(Library(library.decks, [nowhere], []))
    assert [(finding.line, finding.what) for finding in findings] == [
        (17, "there is no card `samen-ontwerpen/98-nergens`")
    ]


def test_the_library_passes_on_what_could_not_be_read(tmp_path: Path) -> None:
    library = load([tmp_path / "weg"])
    assert set(library.problems) <= set(check_library(library))


def test_our_own_cards_break_no_rule_and_get_little_advice() -> None:
    findings = check_library(load())
    assert [str(finding) for finding in findings if finding.level == "error"] == []
    assert len(findings) <= 8, "\n".join(map(str, findings))


def test_a_finding_reads_as_file_line_what_and_cure() -> None:
    finding = check_card(card(old="Er is geen haast.", new="Geef ons uw input."))[0]
    assert str(finding) == "kaart.md:46: “input” is a difficult word. Write “idee” or “mening”."
