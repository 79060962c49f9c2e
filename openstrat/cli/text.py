"""What the pages of several commands share: the width of a terminal, the legal caution, lists of sentences, plain records."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from openstrat.tables.cells import split_list

if TYPE_CHECKING:
    import pandas as pd

WIDTH = 100
CAUTION = "Not legal advice: the license text decides."


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Return text broken into lines that fit a terminal."""
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def listed(title: str, sentences: Iterable[str]) -> list[str]:
    """Return a heading and its sentences, or nothing."""
    items = list(sentences)
    return [title, *(wrapped(item, "  ", "    ") for item in items)] if items else []


def records(frame: pd.DataFrame, *, lists: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Return a frame as plain rows; unknown cells are null, and the columns `lists`, '; '-joined in the frame, are arrays."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records"))
    return [row | {name: split_list(row[name]) for name in lists} for row in rows]


def as_json(record: object) -> str:
    """Return a record as JSON; what JSON has no word for is written as text."""
    return json.dumps(record, indent=1, default=str)


def cautioned(record: dict[str, Any]) -> str:
    """Return a record about licenses as JSON, with the legal caution."""
    return as_json({**record, "caution": CAUTION})
