"""Words without their endings, and without those that say nothing: for looking for ideas, and for finding similar ones.

Snowball knows the endings of Dutch and English; the words that say nothing are in `stop_words_*.txt`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache
from importlib.resources import files

import snowballstemmer

_WORD = re.compile(r"[^\W\d_]+")
_ROOM = files("workshop.domain")
_DUTCH, _ENGLISH = (
    frozenset((_ROOM / f"stop_words_{language}.txt").read_text(encoding="utf-8").split()) for language in ("nl", "en")
)


def said(text: str) -> list[tuple[str, str]]:
    """Return each word that says something with its stem, in the language the text seems to be in."""
    words = _WORD.findall(text.casefold())
    english = len(_ENGLISH.intersection(words)) > len(_DUTCH.intersection(words))
    look = _english if english else _dutch
    return [(word, stem) for word in words if (stem := look(word))]


def stems(word: str) -> set[str]:
    """Return a word without its ending, as Dutch and as English; without accents, in small letters."""
    plain = _plain(word.casefold())
    return {_stemmer(language)(plain) for language in ("dutch", "english")}


@lru_cache(50_000)
def _dutch(word: str) -> str:
    return _stem(word, _DUTCH, "dutch")


@lru_cache(50_000)
def _english(word: str) -> str:
    return _stem(word, _ENGLISH, "english")


def _stem(word: str, stop: frozenset[str], language: str) -> str:
    """Return the stem of a word; '' for one that says nothing."""
    plain = _plain(word)
    return "" if len(plain) < 3 or word in stop or plain in stop else _stemmer(language)(plain)


def _plain(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word) if not unicodedata.combining(sign))


@cache
def _stemmer(language: str) -> Callable[[str], str]:
    found: Callable[[str], str] = snowballstemmer.stemmer(language).stemWord
    return found
