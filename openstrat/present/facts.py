"""Numbers in a report's text that carry their exact value, unit, sources and tables with them.

`fact` gives a piece of a sentence; `sentence` puts such pieces into a text. The report collects them into `facts.json`:

    sentence("{share} of {n} forks outlived the first year.", share=fact("first-year-share", 0.42, "share", tables=["fork_events"]), n=...)
"""

from __future__ import annotations

import json
import math
import string
from collections.abc import Sequence
from html import escape

from openstrat.present.page import Markup, plain, tag
from openstrat.tables.cells import SEPARATOR

SHARE = "share"
"""Unit of a share from 0 to 1, which texts show in percent."""
DIGITS = 3


def fact(
    name: str,
    value: float | str | None,
    unit: str = "",
    *,
    sources: Sequence[str] = (),
    tables: Sequence[str] = (),
    text: str = "",
) -> Markup:
    """Return a number as a text shows it; the report records its exact value under `name`.

    Parameters
    ----------
    name
        Lower-case words with hyphens; the same number keeps its name from report to report.
    value
        The number as computed; a date or word is allowed; None is unknown.
    unit
        Such as `months`, `USD` or `share` (0 to 1, shown in percent); '' for a count.
    sources
        Source ids that it rests on.
    tables
        Names of the tables that it was computed from.
    text
        How the text shows it; by default three significant digits and the unit.
    """
    if isinstance(value, float) and not math.isfinite(value):
        value = None
    attributes = {
        "class": "fact",
        "value": json.dumps(value),
        "data-name": name,
        "data-unit": unit,
        "data-sources": SEPARATOR.join(sources),
        "data-tables": SEPARATOR.join(tables),
    }
    written = " ".join(f'{key}="{escape(item)}"' for key, item in attributes.items() if item)
    shown = text or formatted(value, unit)
    return Markup(f"<data {written}>{escape(shown)}</data>", shown)


def formatted(value: float | str | None, unit: str = "") -> str:
    """Return a value as texts show it: `42%` for a share of .42, `1,234` for a count, `3.14 months`; unknown says so."""
    if value is None:
        return "unknown"
    if isinstance(value, str):
        return value
    if unit == SHARE:
        return f"{value:.0%}"
    rounded = value if isinstance(value, int) else float(f"{value:.{DIGITS}g}")
    number = f"{rounded:,.0f}" if float(rounded).is_integer() else f"{rounded:,}"
    return f"{number} {unit}".strip()


def sentence(template: str, **facts: Markup) -> Markup:
    """Return a text whose `{name}` places hold the given facts; everything else is escaped.

    Raises
    ------
    KeyError
        If the text names a place that is not given.
    """
    parts = []
    for literal, name, _, _ in string.Formatter().parse(template):
        parts.append(plain(literal))
        if name is not None:
            parts.append(facts[name])
    return Markup("".join(part.html for part in parts), "".join(part.text for part in parts))


def said(template: str, *, css: str = "", **facts: Markup) -> Markup:
    """Return a paragraph whose `{name}` places hold the given facts."""
    return tag("p", sentence(template, **facts), css=css)
