"""Every number that went in: with its range, unit, mark and source."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.economics.ranges import DEFAULT
from openstrat.analysis.evaluating import inputs_of
from openstrat.analysis.modeling import families_of
from openstrat.analysis.weighing import Weighing
from openstrat.cases.schema import Facts
from openstrat.present import page
from openstrat.present.economics.names import MARK_WORDS
from openstrat.present.economics.sentences import in_one_unit, three_digits
from openstrat.present.economics.shared import mark_pill
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import readable
from openstrat.tables.store import read_table

SHAPES = {"triangular": "triangular", "log_uniform": "even on a log scale", "uniform": "even"}


def marks_sentence(weighing: Weighing) -> Markup:
    """Return how many of the ranges are sourced, assumed, or stated by the case."""
    counts = pd.Series([MARK_WORDS[item.mark] for item in weighing.evaluation.draws.ranges.values()]).value_counts()
    said = ", ".join(f"{counts[word]} {word}" for word in MARK_WORDS.values() if word in counts.index)
    total = int(counts.sum())
    return page.callout(f"Of {total} uncertain inputs: {said}", page.paragraph(_who(weighing)), css="caveat")


def _who(weighing: Weighing) -> str:
    changed = [f"{item.name} by {item.set_by}" for item in weighing.evaluation.draws.ranges.values() if item.set_by != DEFAULT]
    own = f"The case sets its own range for {', '.join(changed)}." if changed else "The case sets no range of its own: all are the table's."
    pairs = [f"{item.first} and {item.second} ({item.value:+.2f}, set by {item.set_by})" for item in weighing.case.correlations]
    together = (
        f" Drawn together: {', '.join(pairs)}."
        if pairs
        else " All inputs are drawn independently of each other, which is itself an assumption."
    )
    return own + together


def inputs_table(weighing: Weighing) -> Markup:
    """Return every uncertain input with range, unit, mark, who set it, reason and source."""
    rows = inputs_of(weighing.evaluation).to_dict("records")
    shown = pd.DataFrame(
        {
            "input": [f"{row['meaning']} ({row['input']})" for row in rows],
            "range": [_range(row) for row in rows],
            "mark": [mark_pill(row["mark"]) for row in rows],
            "set by": [row["set_by"] for row in rows],
            "why": [row["basis"] for row in rows],
            "source": [source_refs("; ".join(row["source_ids"])) for row in rows],
        }
    )
    labels = {"range": "low / most likely / high"}
    source = f"openstrat table assumptions; overrides of {weighing.case.id}"
    title = "Every uncertain input"
    return page.data_table(shown, name="inputs-table", title=title, source=source, stub="input", labels=labels, markup=["mark", "source"])


def _range(row: dict[Any, Any]) -> str:
    unit = str(row["unit"])
    mode = row["mode"]
    values = [row["low"], *([] if mode is None or pd.isna(mode) else [mode]), row["high"]]
    return f"{in_one_unit([float(value) for value in values], unit, ' / ')}; {SHAPES[str(row['shape'])]}"


def stated_table(weighing: Weighing) -> Markup:
    """Return every figure that the case states, with its unit in the words of the case schema."""
    facts = weighing.evaluation.model.facts
    fields = Facts.model_fields
    shown = pd.DataFrame(
        {
            "fact": list(fields),
            "value": [three_digits(float(getattr(facts, name))) for name in fields],
            "what it is": [str(field.description) for field in fields.values()],
            "mark": [mark_pill("stated") if name in facts.model_fields_set else page.pill("default", css="decide") for name in fields],
        }
    )
    title = "Every figure that the case states, as one number without a range"
    source = f"{weighing.case.id}: the asker's own figures, not checked against the market; what it leaves out stands at the default"
    return page.data_table(shown, name="stated-table", title=title, source=source, stub="fact", markup=["mark"])


def families_table(weighing: Weighing) -> Markup:
    """Return what the license families that the options use give away."""
    case = weighing.case
    used = {family for name in case.options for family in families_of(case, case.licenses_of(name)).values()}
    table = read_table("family_coefficients")
    rows = table[table["family"].isin(used)].to_dict("records")
    shown = pd.DataFrame(
        {
            "family": [readable(row["family"]) for row in rows],
            "grade": [f"{row['grade']:.0%}" for row in rows],
            "host": [f"{row['host']:.0%}" for row in rows],
            "friction": [f"{row['friction_low']:.0%} to {row['friction_high']:.0%}" for row in rows],
            "backlash": [f"{row['backlash']:g}" for row in rows],
            "mark": [mark_pill(row["mark"]) for row in rows],
            "why": [row["basis"] for row in rows],
            "source": [source_refs(row["source_ids"]) for row in rows],
        }
    )
    labels = {
        "grade": "share of value given away",
        "host": "share that others may host",
        "friction": "adopters deterred",
        "backlash": "weight on a backlash (0 to 1)",
    }
    title = "What each license family gives away"
    source = "openstrat table family_coefficients: the order is argued for, the figures are assumed"
    return page.data_table(
        shown, name="families-table", title=title, source=source, stub="family", labels=labels, markup=["mark", "source"]
    )


def constants_table() -> Markup:
    """Return every fixed number of the equations and of the rules."""
    rows = read_table("model_constants").to_dict("records")
    shown = pd.DataFrame(
        {
            "constant": [row["name"] for row in rows],
            "value": [f"{row['value']:g} {row['unit']}" for row in rows],
            "what it says": [row["meaning"] for row in rows],
            "used in": [row["used_in"] for row in rows],
            "mark": [mark_pill(row["mark"]) for row in rows],
            "why": [row["basis"] for row in rows],
            "source": [source_refs(row["source_ids"]) for row in rows],
        }
    )
    title = "Every constant of the model"
    table = page.data_table(
        shown, name="constants-table", title=title, source="openstrat table model_constants", stub="constant", markup=["mark", "source"]
    )
    return page.tag("details", page.tag("summary", f"{len(rows)} constants, all assumed, none drawn") + table)
