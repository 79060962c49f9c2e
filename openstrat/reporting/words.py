"""Small words for file names, anchors and counts."""

from __future__ import annotations

import re
import unicodedata


def slugify(text: str) -> str:
    """Return lower-case words joined by hyphens, ASCII only."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def counted(number: int, noun: str) -> str:
    """Return '1 line', '2 lines'."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
