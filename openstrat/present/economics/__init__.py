"""The economics of a case on a page: options, regret, what drives the difference, and what would change the choice.

The names of a report load on first use, so that the terminal can use the sentences without loading charts.
"""

from __future__ import annotations

import importlib
from typing import Any

_SECTIONS = {
    "drivers": ("difference_figure", "drivers_box", "own_figure", "own_shares_figure", "shares_figure"),
    "futures": ("futures_table", "regret_figure"),
    "glance": ("economics_facts", "economics_glance"),
    "inputs": ("constants_table", "families_table", "inputs_table", "marks_sentence", "stated_table"),
    "knowing": ("knowing_figure", "knowing_note"),
    "losing": ("beaten_table", "losing_figure", "losing_words"),
    "method": ("economics_sources", "limits_box", "method_box"),
    "needs": ("conversion_figure", "facts_figure", "facts_table", "needs_note"),
    "spread": ("adopters_figure", "cash_figure", "spread_note"),
    "worth": ("parts_table", "worth_figure", "worth_table"),
}
_MODULES = {name: module for module, names in _SECTIONS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load a section's function on first use."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{_MODULES[name]}"), name)


def __dir__() -> list[str]:
    """Return the names of all sections."""
    return sorted(_MODULES)
