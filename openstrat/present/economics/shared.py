"""Source lines and phrases that the sections share."""

from __future__ import annotations

from collections.abc import Iterable

from openstrat.analysis.evaluating import Evaluation
from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.economics.names import MARK_WORDS
from openstrat.present.page import Markup
from openstrat.present.words import readable
from openstrat.tables.store import read_table

TABLES = "openstrat tables assumptions, family_coefficients, model_constants, futures"
CURATORS = "openstrat-curators"
MARK_PILLS = {"sourced": "open", "assumed": "decide", "assumed_direction_sourced": "decide", "stated": "stated"}
"""The page's pill colors of marks; the word carries the meaning."""


def model_source(weighing: Weighing) -> str:
    """Return the source line of what the model computes: tables, case, draws and seed."""
    return f"{TABLES}; facts stated by {weighing.case.id}, not checked against the market; {_draws(weighing.evaluation)}"


def inputs_source(weighing: Weighing, names: Iterable[str]) -> str:
    """Return the source line of a figure that shows ranges of inputs: with the ids of the published sources behind them."""
    ranges = weighing.evaluation.draws.ranges
    ids = sorted({item for name in names for item in ranges[name].source_ids} - {CURATORS})
    published = f"; published: {', '.join(ids)}" if ids else "; no published source behind these ranges"
    return f"{model_source(weighing)}{published}"


def _draws(evaluation: Evaluation) -> str:
    return f"seed {evaluation.seed}"


def draws_words(weighing: Weighing) -> str:
    """Return how many draws stand behind a figure."""
    return f"{weighing.evaluation.draws.n:,} draws"


def future_names() -> dict[str, str]:
    """Return the name of every named future by its id."""
    table = read_table("futures")
    return {str(key): str(name) for key, name in zip(table["future_id"], table["name"], strict=True)}


def named(option: str) -> str:
    """Return an option's name, to start a sentence with."""
    words = readable(option)
    return words[:1].upper() + words[1:]


def mark_pill(mark: str) -> Markup:
    """Return a mark as a pill; what is assumed with a sourced direction says so beside it."""
    word, _, rest = MARK_WORDS[mark].partition(" (")
    pill = page.pill(word, css=MARK_PILLS[mark])
    return pill + page.tag("small", f" {rest.rstrip(')')}") if rest else pill
