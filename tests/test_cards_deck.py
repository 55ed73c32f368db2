"""Decks of cards: the built-in ones, folders of one's own, and broken files among good ones."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest

from cards import deck as deck_module
from cards.card import Language
from cards.deck import load
from cards.reading import parse_card

DECKS = Path(__file__).parent.parent / "cards" / "decks"
TOML = """
id = "onze-buurt"
order = 50
mark = "circle"
colour = "#1a5276"
audience = "everyone"
name = { nl = "Onze buurt", en = "Our street" }
purpose = { nl = "Kaarten van ons.", en = "Cards of ours." }
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A deck of one's own with one card in both languages."""
    folder = tmp_path / "onze-buurt"
    folder.mkdir()
    (folder / "deck.toml").write_text(TOML, encoding="utf-8")
    for language in ("nl", "en"):
        put(folder, language, 1)
    return folder


def put(folder: Path, language: str, number: int, *, old: str = "", new: str = "") -> Path:
    """Write a card into a deck of one's own, with one change."""
    text = (DECKS / "verhalen" / language / "04-zelf-bedacht.md").read_text(encoding="utf-8")
    text = text.replace("verhalen/04-zelf-bedacht", f"onze-buurt/{number:02d}-zelf-bedacht")
    text = text.replace("deck: verhalen\nnumber: 4", f"deck: onze-buurt\nnumber: {number}")
    assert old in text
    path = folder / language / f"{number:02d}-zelf-bedacht.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


def said(folder: Path) -> list[str]:
    """Return what is said about a folder of one's own, without the folder's own path."""
    return [str(problem).replace(f"{folder}/", "") for problem in load([folder]).problems]


def test_the_built_in_library_is_whole() -> None:
    library = load()
    assert library.problems == ()
    assert [deck.id for deck in library.decks][:3] == ["negen-stappen", "vijf-tips", "perspectieven"]
    assert len(library.decks) == 12
    assert len(library.cards("nl")) == len(library.cards("en")) == 82


def test_every_deck_has_its_own_shape_colour_and_place() -> None:
    decks = load().decks
    for field in ("mark", "colour", "order"):
        assert len({getattr(deck, field) for deck in decks}) == len(decks), field


def test_cards_come_by_deck_and_number() -> None:
    library = load()
    steps = [card.number for card in library.cards("nl") if card.deck == "negen-stappen"]
    assert steps == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert library.cards("en")[0].id == "negen-stappen/01-waar-gaat-het-over"
    deck = library.deck("negen-stappen")
    assert deck is not None
    assert (deck.name["nl"], deck.name["en"]) == ("Negen stappen", "Nine steps")


def test_a_card_is_found_in_the_language_asked_for() -> None:
    library = load()
    found = library.find("samen-ontwerpen/10-stickers-plakken", "en")
    assert found is not None
    assert found.title == "Sticker vote"
    assert library.find("samen-ontwerpen/99-bestaat-niet", "nl") is None
    assert library.deck("bestaat-niet") is None


def test_reading_all_cards_takes_no_noticeable_time() -> None:
    def seconds() -> float:
        parse_card.cache_clear()
        begin = time.process_time()
        load()
        return time.process_time() - begin

    assert min(seconds() for _ in range(3)) < 0.5  # 0.15 s on a quiet laptop


def test_a_folder_with_a_deck_toml_is_a_deck(own: Path) -> None:
    library = load([own])
    assert library.problems == ()
    assert library.decks[-1].name["nl"] == "Onze buurt"
    assert library.find("onze-buurt/01-zelf-bedacht", "nl") is not None


def test_a_folder_of_decks_gives_them_all(own: Path) -> None:
    assert load([own.parent]).deck("onze-buurt") is not None


def test_a_plain_folder_of_cards_is_a_deck_named_after_the_folder(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Onze Buurt"
    folder.mkdir()
    shutil.copy(own / "nl" / "01-zelf-bedacht.md", folder / "mijn kaart.md")
    (folder / "README.md").write_text("Dit is geen kaart.", encoding="utf-8")
    library = load([folder])
    assert library.problems == ()
    assert library.decks[-1].name == {"nl": "Onze Buurt", "en": "Onze Buurt"}
    assert [card.deck for card in library.cards("nl")][-1] == "onze-buurt"


def test_a_broken_card_is_named_and_the_others_stay(own: Path) -> None:
    put(own, "nl", 2, old="size: A6", new="size: A9")
    put(own, "nl", 3)
    put(own, "en", 3)
    library = load([own])
    ids = [card.id for card in library.cards("nl") if card.deck == "onze-buurt"]
    assert ids == ["onze-buurt/01-zelf-bedacht", "onze-buurt/03-zelf-bedacht"]
    assert [problem.line for problem in library.problems] == [10]
    assert said(own)[0].startswith("nl/02-zelf-bedacht.md:10: `size` is not one of the words")


def test_a_card_that_changed_on_disk_is_read_again(own: Path) -> None:
    load([own])
    put(own, "nl", 1, old="title: Zelf bedacht", new="title: Zelf gemaakt")
    found = load([own]).find("onze-buurt/01-zelf-bedacht", "nl")
    assert found is not None
    assert found.title == "Zelf gemaakt"


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("deck: onze-buurt", "deck: verhalen", "6: this card says deck `verhalen`. It lies in `onze-buurt`."),
        ("number: 2", "number: 3", "3: id `onze-buurt/02-zelf-bedacht` does not go with its deck and number"),
        ("/02-zelf-bedacht", "/02-zelf-gemaakt", "3: id `onze-buurt/02-zelf-gemaakt` does not go with the name"),
    ],
)
def test_a_card_that_is_not_what_its_place_says_is_refused(own: Path, old: str, new: str, complaint: str) -> None:
    put(own, "nl", 2, old=old, new=new)
    assert said(own)[0].startswith(f"nl/02-zelf-bedacht.md:{complaint}")


def test_an_english_card_among_the_dutch_ones_is_refused(own: Path) -> None:
    shutil.copy(put(own, "en", 2), own / "nl")
    assert "nl/02-zelf-bedacht.md:4: this card says lang `en`. It lies in `nl/`." in said(own)


def test_the_second_card_with_the_same_id_is_refused(own: Path, tmp_path: Path) -> None:
    folder = tmp_path / "onze buurt!"
    folder.mkdir()
    for name in ("een.md", "twee.md"):
        shutil.copy(own / "nl" / "01-zelf-bedacht.md", folder / name)
    assert len(said(folder)) == 1
    assert said(folder)[0].startswith("twee.md:3: there is already a card `onze-buurt/01-zelf-bedacht`")


def test_a_deck_cannot_take_the_place_of_another(own: Path) -> None:
    about = own / "deck.toml"
    about.write_text(TOML.replace("onze-buurt", "verhalen"), encoding="utf-8")
    assert "there is already a deck `verhalen`" in said(own)[0]
    assert len([card for card in load([own]).cards("nl") if card.deck == "verhalen"]) == 8


def test_a_missing_twin_is_a_warning_and_the_card_stays(own: Path) -> None:
    put(own, "nl", 2)
    library = load([own])
    assert [problem.level for problem in library.problems] == ["warning"]
    assert said(own)[0].startswith("nl/02-zelf-bedacht.md:1: `onze-buurt/02-zelf-bedacht` does not exist in English")
    assert library.find("onze-buurt/02-zelf-bedacht", "nl") is not None


def test_a_deck_in_one_language_is_complete(own: Path) -> None:
    shutil.rmtree(own / "en")
    assert said(own) == []


@pytest.mark.parametrize(
    ("toml", "complaint"),
    [
        ("id = ", "deck.toml:1: this is not written as TOML"),
        ("x = " + "[" * 5000, "deck.toml:1: this is not written as TOML"),
        (TOML.replace("circle", "star"), "deck.toml:1: `mark` is not right"),
        (TOML.replace("#1a5276", "#ffee00"), "deck.toml:1: `colour` is not right (Value error, too light"),
        (TOML.replace(', en = "Our street"', ""), "deck.toml:1: `name` is not right"),
    ],
)
def test_a_broken_deck_toml_leaves_out_that_deck_only(own: Path, toml: str, complaint: str) -> None:
    (own / "deck.toml").write_text(toml, encoding="utf-8")
    assert said(own)[0].startswith(complaint)
    assert len(load([own]).decks) == 12


def test_a_folder_without_cards_is_named(own: Path, tmp_path: Path) -> None:
    empty = tmp_path / "leeg"
    empty.mkdir()
    assert "there is no card in this folder" in said(empty)[0]
    assert "this folder does not exist" in said(tmp_path / "weg")[0]
    for language in deck_module.LANGUAGES:
        shutil.rmtree(own / language)
    assert "this deck has no cards" in said(own)[0]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_card_says_who_wrote_it_and_under_which_licence(language: Language) -> None:
    for card in load().cards(language):
        assert "Werkplaats" in card.source, card.id
        assert card.licence == "CC-BY-4.0", card.id
        assert card.reviewed.older_readers == "not-yet", card.id
