"""What is told of a result on paper: plain values, and the sentences that say who made it and from what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from cards.card import Language
from print.letters import readable
from print.words import Words


@dataclass(frozen=True)
class Story:
    """One idea: its number and words, its pictures (JPEG or PNG), and the name of its maker, '' without one."""

    nr: int
    words: str
    pictures: tuple[bytes, ...] = ()
    name: str = ""


@dataclass(frozen=True)
class ResultText:
    """A result: its texts, who made it and from what. `path` is its page ("resultaat/7K2Q…"), `kicker` what it is.

    `nameless` counts makers without a name, `unseen` ideas that may not be shown. `picture` is a JPEG or PNG, b'' for
    none, and `shows` says what is on it. `group` says that its page is for the group.
    """

    title: str
    workshop: str
    path: str
    kicker: str = ""
    story: str = ""
    tried: str = ""
    learned: str = ""
    next_step: str = ""
    names: tuple[str, ...] = ()
    nameless: int = 0
    stories: tuple[Story, ...] = ()
    unseen: int = 0
    picture: bytes = b""
    shows: str = ""
    group: bool = False


def made_by(text: ResultText, said: Words) -> str:
    """Return who made it: “Ans, Riet en 6 mensen zonder naam.”; '' when nobody did."""
    names, count = ", ".join(text.names), text.nameless
    one = "_one" if count == 1 else ""
    if names and count:
        return said(f"result_names_and{one}", names=names, count=count)
    if names:
        return said("result_names", names=listed(text.names, said))
    return said(f"result_nameless{one}", count=count) if count else ""


def made_from(text: ResultText, said: Words) -> str:
    """Return from which ideas it came, by number, and how many may not be shown; '' when from none."""
    count, numbers = text.unseen, [str(one.nr) for one in text.stories]
    parts = []
    if numbers:
        key = "result_numbers_one" if len(numbers) == 1 else "result_numbers"
        parts.append(said(key, numbers=listed(numbers, said)))
    if count:
        key = "result_and_unseen" if numbers else "result_unseen"
        parts.append(said(f"{key}_one" if count == 1 else key, count=count))
    return " ".join(parts)


def story_by(story: Story, said: Words) -> str:
    """Return whose idea it is."""
    return said("story_by", name=story.name) if story.name else said["story_by_nameless"]


def listed(parts: Sequence[str], said: Words) -> str:
    """Return words in a row: “12, 15 en 18”."""
    *first, last = parts
    return f"{', '.join(first)} {said['result_and']} {last}" if first else last


def paragraphs(text: str) -> list[str]:
    """Return the lines that say something."""
    return [line for line in (one.strip() for one in text.splitlines()) if line]


def in_letters(text: ResultText, language: Language) -> ResultText:
    """Return the result in letters that we have."""

    def plain(words: str) -> str:
        return readable(words, language)

    return replace(
        text,
        title=plain(text.title),
        workshop=plain(text.workshop),
        story=plain(text.story),
        tried=plain(text.tried),
        learned=plain(text.learned),
        next_step=plain(text.next_step),
        names=tuple(map(plain, text.names)),
        stories=tuple(_stories(text.stories, language)),
        shows=plain(text.shows),
    )


def _stories(stories: Sequence[Story], language: Language) -> Iterator[Story]:
    for one in stories:
        yield replace(one, words=readable(one.words, language), name=readable(one.name, language))
