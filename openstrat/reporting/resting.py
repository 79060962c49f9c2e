"""What a source line says that a figure rests on: tables of the package, in the line's own words."""

from __future__ import annotations

import re
from collections.abc import Collection

_NAMED = re.compile(r"openstrat tables? ([^;.(]*(?:\([^)]*\)[^;.(]*)*)")


def rests_on(source: str, tables: Collection[str]) -> tuple[str, list[str]]:
    """Return a source line without its `Source:`, and the tables that it names after `openstrat table` or `openstrat tables`.

    Parameters
    ----------
    source
        Such as `Source: openstrat tables fork_events and license_changes; well-known forks, not a census`.
    tables
        Names that count.
    """
    text = source.removeprefix("Source:").strip()
    named = [word for part in _NAMED.findall(text) for word in re.findall(r"[a-z][a-z0-9_]*", re.sub(r"\([^)]*\)", " ", part))]
    return text, sorted({word for word in named if word in tables})
