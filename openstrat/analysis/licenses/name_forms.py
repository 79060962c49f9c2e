"""The forms in which license names are compared, from strict to wide.

`spelled` ignores case, spaces and punctuation. `loose` also ignores words such as "license" or "version", and a trailing ".0".
`family` leaves the version out as well. `words` are what has to stand in a longer name for a shorter one to mean it.
"""

from __future__ import annotations

import re
import unicodedata

NOISE = {"the", "license", "licence", "agreement", "version", "international", "unported", "generic", "universal", "gnu"}
"""Words that come and go in the names of one and the same license."""

ORDINALS = re.compile(r"\b(?:first|second|third)\b", re.IGNORECASE)
"""Versions in words."""

NUMBER = re.compile(r"\d+(?:\.\d+)*")
LATER = re.compile(r"\bor\s+(?:\(?at your option\)?\s+)?any\s+later\b", re.IGNORECASE)
BEFORE_NUMBER = re.compile(r"\bv(?:er)?\.?\s*(?=\d)")
WORD = re.compile(r"(?:[^\W_]*\d+(?:\.\d+)+|[^\W_]+)\+*")
SHORTEST = 3
"""Letters that a word needs to point to a license by itself."""


def spelled(text: str) -> str:
    """Return a name without case, spaces and punctuation; dots within numbers and plus signs stay."""
    return re.sub(r"[^\w.+]|_|\.(?!\d)|(?<!\d)\.", "", _folded(text))


def loose(text: str) -> str:
    """Return a name as `spelled`, also without words such as "license", the "v" before a number, and trailing ".0"."""
    named = [word for word in re.split(r"[^\w.+]+|_", _folded(text)) if word.strip(".") not in NOISE]
    return spelled(NUMBER.sub(_trimmed, re.sub(r"v(?:er)?\.?(?=\d)", "", BEFORE_NUMBER.sub("", " ".join(named)))))


def family(text: str) -> str:
    """Return a name as `loose`, also without its version, be it a number or a word such as "first"."""
    return NUMBER.sub("", loose(ORDINALS.sub(" ", text)))


def words(text: str) -> frozenset[str]:
    """Return the words of a name without case and without words such as "license"; numbers without trailing ".0"."""
    found = WORD.findall(BEFORE_NUMBER.sub("", _folded(text)))
    return frozenset(NUMBER.sub(_trimmed, word) for word in found if word not in NOISE)


def stems(text: str) -> frozenset[str]:
    """Return the words of a name and, for words that end in a number, what stands before it ("baichuan" for "baichuan2")."""
    found = words(text)
    cut = (word.rstrip("0123456789.") for word in found)
    return found | {word for word in cut if len(word) >= SHORTEST}


def first_word(text: str) -> frozenset[str]:
    """Return the first word of a name, with and without a number at its end: whose license it is."""
    found = [word for word in WORD.findall(_folded(text)) if word not in NOISE]
    return stems(found[0]) if found else frozenset()


def _folded(text: str) -> str:
    return LATER.sub("or later", unicodedata.normalize("NFKC", text).casefold())


def _trimmed(found: re.Match[str]) -> str:
    return re.sub(r"(\.0)+$", "", found.group())
