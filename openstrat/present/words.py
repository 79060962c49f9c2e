"""Names in words: what tables call `small_weights` a reader sees as 'small weights', and abbreviations keep their capitals."""

from __future__ import annotations

import re

CAPITALS = {"sdk": "SDK", "api": "API", "saas": "SaaS", "agpl": "AGPL", "ai": "AI", "maas": "MaaS", "mau": "MAU", "eu": "EU", "uk": "UK"}
WORD = re.compile(r"[A-Za-z]+")


def readable(name: object) -> str:
    """Return a name of the tables in words."""
    return WORD.sub(lambda found: CAPITALS.get(found.group(), found.group()), str(name).replace("_", " "))


def capital(text: str) -> str:
    """Return a text that starts a sentence: its first letter large, all others as they are."""
    return text[:1].upper() + text[1:]


def listed(names: list[str], most: int = 4) -> str:
    """Return names as a phrase: 'a, b and c', or 'a, b, c and 3 more'."""
    words = [readable(name) for name in names]
    if len(words) > most:
        words = [*words[: most - 1], f"{len(words) - most + 1} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else "none"


def counted(n: int, noun: str) -> str:
    """Return a number with its noun: '1 threshold', '3 thresholds'."""
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
