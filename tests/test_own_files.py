"""Cards as files: a card written down reads back as itself, a deck travels in a zip, and tricks are refused."""

from __future__ import annotations

import ast
import io
import re
import stat
import string
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cards import parcel
from cards.card import Card, Deck, Language
from cards.deck import load
from cards.finding import CardError, Finding, Refusal
from cards.parcel import Parcel
from cards.reading import parse_card
from cards.said import Said, dutch, in_language
from cards.writing import Place, card_text, draft_of, written
from tests.own import BEGIN
from workshop.checking import _in_zip

LIBRARY = load()
EVERY = [card for language in get_args(Language) for card in LIBRARY.cards(language)]
ROOT = Path(__file__).parents[1]


def begin(language: Language = "nl") -> Card:
    card = LIBRARY.find(BEGIN, language)
    assert card is not None
    return card


def deck() -> Deck:
    return LIBRARY.deck_of(begin())


def art() -> dict[str, bytes]:
    folder, picture = deck().folder, begin().picture
    assert folder is not None
    assert picture is not None
    return {picture.file: (folder / "art" / picture.file).read_bytes()}


def good() -> bytes:
    return parcel.pack(deck(), [begin("nl"), begin("en")], art())


def changed(change: Callable[[zipfile.ZipFile], None], base: bytes | None = None) -> bytes:
    """Return the good zip with something added to it."""
    out = io.BytesIO(base if base is not None else good())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        change(archive)
    return out.getvalue()


def test_every_card_written_down_reads_back_as_itself() -> None:
    again = [parse_card(card_text(card), Path("x.md")) for card in EVERY]
    assert [one.digest for one in again] == [card.digest for card in EVERY]


@given(
    st.text(
        st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")),
        min_size=1,
        max_size=60,
    )
)
def test_any_words_in_a_fact_or_a_paragraph_survive_being_written_down(words: str) -> None:
    plain = " ".join(words.split())
    if not plain:
        return
    tip = next(section for section in begin().sections if section.key == "tip")
    run = tip.blocks[0].items[0][0].model_copy(update={"text": plain})
    block = tip.blocks[0].model_copy(update={"items": ((run,),)})
    sections = tuple(one.model_copy(update={"blocks": (block,)}) if one is tip else one for one in begin().sections)
    card = begin().model_copy(update={"title": plain, "materials": (plain,), "sections": sections})
    assert parse_card(card_text(card), Path("x.md")).digest == card.digest


def test_a_line_of_the_file_leads_back_to_the_field_it_came_from() -> None:
    draft = draft_of(begin()) | {"in.tip": "Dit is <b>vet</b>."}
    file = written(draft, Place(BEGIN, deck().id, 5, "nl"))
    with pytest.raises(CardError) as error:
        parse_card(file.text, Path("x.md"))
    assert [file.field(one.line) for one in error.value.findings] == ["in.tip"]


def test_steps_need_no_numbers_and_questions_no_signs() -> None:
    draft = draft_of(begin()) | {"in.steps": "Loop\nKijk\n\nVertel", "in.questions": "Wie?\nWat?"}
    card = parse_card(written(draft, Place(BEGIN, deck().id, 5, "nl")).text, Path("x.md"))
    said = {section.key: (section.blocks[0].kind, section.blocks[0].texts()) for section in card.sections}
    assert said["steps"] == ("steps", ["Loop", "Kijk", "Vertel"])
    assert said["questions"] == ("list", ["Wie?", "Wat?"])


def test_a_deck_that_travels_in_a_zip_arrives_as_it_left() -> None:
    came = parcel.read(good(), "samen-ontwerpen.zip")
    assert not came.problems
    assert {card.digest for card in came.cards} == {begin("nl").digest, begin("en").digest}
    assert came.pictures == art()
    assert came.deck is not None
    assert came.deck.model_dump() == deck().model_dump()
    assert good() == good()


def test_what_computers_add_and_one_folder_around_it_all_do_no_harm() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good())) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(f"mijn set/{name}", old.read(name))
        new.writestr("__MACOSX/mijn set/._deck.toml", b"\0")
        new.writestr("mijn set/.DS_Store", b"\0")
    came = parcel.read(out.getvalue(), "x.zip")
    assert len(came.cards) == 2
    assert not came.problems


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("art/x.svg")
    entry.create_system, entry.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def many(archive: zipfile.ZipFile) -> None:
    for number in range(10_000):
        archive.writestr(f"nl/{number}.md", "x")


def twice(archive: zipfile.ZipFile) -> None:
    archive.writestr("NL/05-Schrijf-en-geef-door.md", "x")


TRICKS: dict[str, tuple[Callable[[zipfile.ZipFile], None], str]] = {
    "path up": (lambda archive: archive.writestr("../../etc/cron.d/x.md", "x"), "outside the zip"),
    "absolute": (lambda archive: archive.writestr("/etc/x.md", "x"), "outside the zip"),
    "windows": (lambda archive: archive.writestr("nl\\..\\x.md", "x"), "outside the zip"),
    "drive": (lambda archive: archive.writestr("C:/x.md", "x"), "outside the zip"),
    "link": (link, "is a link"),
    "ten thousand": (many, "more than 300 files"),
    "bomb": (lambda archive: archive.writestr("nl/x.md", b"0" * 30_000_000), "far too large"),
    "ratio": (lambda archive: archive.writestr("nl/x.md", b"0" * 3_000_000), "far too large"),
    "zip in zip": (lambda archive: archive.writestr("nl/x.zip", good()), "zip in a zip"),
    "same name": (twice, "same name"),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_a_zip_with_a_trick_is_refused_whole_with_its_reason(trick: str) -> None:
    change, reason = TRICKS[trick]
    with pytest.raises(Refusal) as error:
        parcel.read(changed(change), "x.zip")
    assert reason in error.value.what
    assert error.value.cure


def test_a_zip_that_lies_about_its_sizes_or_is_broken_is_refused() -> None:
    data = good()
    for broken in (data[:200], b"PK\x03\x04" + b"\0" * 500, data.replace(b"deck.toml", b"deck.tomm")):
        with pytest.raises(Refusal):
            parcel.read(broken, "x.zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        size = archive.getinfo("deck.toml").file_size.to_bytes(4, "little")
    with pytest.raises(Refusal):
        parcel.read(data.replace(size, (5).to_bytes(4, "little")), "x.zip")


WRONG_CARDS: dict[str, tuple[str | bytes, str]] = {
    "html": (card_text(begin()).replace("Er is geen haast.", "<script>alert(1)</script>"), "HTML"),
    "file picture": (card_text(begin()).replace("file: 05", "file: file:///etc/passwd#05"), "`file:///"),
    "path picture": (card_text(begin()).replace("file: 05", "file: ../../05"), "picture"),
    "encoding": (card_text(begin()).encode("utf-16"), "UTF-8"),
    "too large": (b"a" * 10_000_000, "64 kB"),
    "yaml command": (card_text(begin()).replace("title: ", "title: !!python/object:os.system "), "command"),
}


@pytest.mark.parametrize("what", WRONG_CARDS)
def test_a_hostile_card_is_named_with_its_reason_and_does_not_come_along(what: str) -> None:
    data, reason = WRONG_CARDS[what]
    raw = data if isinstance(data, bytes) else data.encode()
    found: list[Finding | Refusal]
    try:
        came = parcel.read(raw, "kaart.md")
        found = list(came.problems)
    except Refusal as refusal:
        came, found = Parcel(), [refusal]
    assert not came.cards
    assert found
    assert any(reason in one.what or what == "file picture" for one in found)


def test_the_command_line_looks_into_a_zip(tmp_path: Path) -> None:
    bad = card_text(begin()).replace("Er is geen haast.", "Lever uw input.")
    (tmp_path / "set.zip").write_bytes(changed(lambda archive: archive.writestr("nl/06-x.md", bad)))
    found = [one for one in _in_zip(tmp_path / "set.zip") if one.level == "error"]
    assert {one.path.relative_to(tmp_path).as_posix() for one in found} == {"set.zip/nl/06-x.md"}
    (tmp_path / "set.zip").write_bytes(b"PK no")
    assert [one.what for one in _in_zip(tmp_path / "set.zip")] == ["this zip cannot be read"]


def test_a_card_whose_picture_is_not_in_the_zip_stays_out_and_is_named() -> None:
    came = parcel.read(parcel.pack(deck(), [begin()], {}), "x.zip")
    assert not came.cards
    assert [one.line for one in came.problems] != []
    assert "there is no picture" in came.problems[0].what


def test_a_card_file_alone_brings_no_picture_and_says_so() -> None:
    came = parcel.read(card_text(begin()).encode(), "C:\\kaarten\\05.md")
    assert came.cards[0].picture is None
    assert [one.level for one in came.problems] == ["warning"]


def braces(text: str) -> set[str]:
    return {name for _text, name, _spec, _turn in string.Formatter().parse(text) if name and name.isidentifier()}


def said_by_checks() -> set[str]:
    """Return every sentence that a check can say: the first words of `Said`, plain texts in refusals, plain.toml."""
    found: set[str] = set()
    for path in sorted([*(ROOT / "cards").glob("*.py"), *(ROOT / "workshop").glob("own_*.py")]):
        if path.name.startswith("recipe"):
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                if name == "Said" and isinstance(node.args[0], ast.Constant):
                    found.add(node.args[0].value)
                elif name in ("Refusal", "on_line", "on_fact", "_error", "Finding"):
                    found |= {one.value for one in node.args if isinstance(one, ast.Constant) and " " in str(one.value)}
    for words in tomllib.loads((ROOT / "cards/plain.toml").read_text("utf-8")).values():
        found |= {text for one in words for text in (one["what"], one["cure"])}
    return found


def test_everything_a_check_says_can_be_said_in_dutch_with_the_same_values() -> None:
    table = dutch()
    assert sorted(said_by_checks() - set(table)) == []
    assert not [
        one
        for one in table
        if braces(one) - braces(table[one]) not in (set(), {"name"}, {"heading"}, {"field"}, {"kind"})
    ]
    assert not [one for one in table if braces(table[one]) - braces(one)]


def test_a_sentence_keeps_the_words_of_the_card_whatever_they_are() -> None:
    found = Said("this step or item is {what}", what="{x} %s é")
    assert found == "this step or item is {x} %s é"
    said = in_language(Said("`{words}` stands here twice", words="{0} Tip"), "nl")
    assert said == "`{0} Tip` staat er twee keer"
    assert not re.search("[{}]", in_language("this is HTML", "nl"))
