"""Titles as searchers see them: folded to plain lower-case words. Knows no title and no index."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = str.maketrans("", "", "'’‘ʼ`´")
_ESCAPED = re.compile(r"\\(.)")
_LETTERS = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ı": "i"})


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """The text in lower case without accents and apostrophes ("Amélie's" -> "amelies")."""
    plain = text.casefold().translate(_APOSTROPHES)
    if plain.isascii():
        return plain
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return bare.translate(_LETTERS).translate(_APOSTROPHES)


def words(text: str) -> tuple[str, ...]:
    """The folded words of a text, in order; anything that is no letter or digit parts them."""
    return tuple(_WORD.findall(folded(text)))


def query_words(query: str) -> tuple[str, ...]:
    """The words of a search: backslash escapes of special characters are undone first.

    Source: https://docs.trakt.tv (search: special characters are escaped with a backslash).
    """
    return words(_ESCAPED.sub(r"\1", query))


def name_key(title: str) -> str:
    """What equal titles share."""
    return " ".join(words(title)) or title.strip().casefold()
