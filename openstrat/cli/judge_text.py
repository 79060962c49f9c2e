"""Concepts applied to a case, and where each concept is at work, on a terminal."""

from __future__ import annotations

import json

import pandas as pd

from openstrat.cli.text import wrapped
from openstrat.errors import UnknownNameError

RULES = "openstrat.analysis."


def of_group(table: pd.DataFrame, group: str | None) -> pd.DataFrame:
    """Return the rows of one group of concepts, all of them without a group.

    Raises
    ------
    UnknownNameError
        If there is no such group.
    """
    groups = list(dict.fromkeys(table["group"]))
    if group is None:
        return table
    if group not in groups:
        raise UnknownNameError("group", group, groups)
    return table[table["group"] == group]


def page(table: pd.DataFrame) -> str:
    """Return findings as lines: concept, answer, sentence, and what would decide an unknown."""
    lines: list[str] = []
    for group, rows in table.groupby("group", sort=False):
        lines += ["", str(group).replace("_", " ").capitalize()]
        for row in rows.to_dict("records"):
            lines.append(wrapped(f"{row['concept_id']} {row['name']}: {row['answer'].label}. {row['sentence']}", "  ", "      "))
    counts = table["answer"].map(lambda answer: answer.label).value_counts(sort=False)
    total = f"{table['concept_id'].nunique()} concepts, {len(table)} answers: {', '.join(f'{n} {label}' for label, n in counts.items())}."
    return "\n".join([*lines[1:], "", wrapped(total)])


def coverage_page(table: pd.DataFrame) -> str:
    """Return every concept with its rule, reports and lessons, and the counts that have to be equal."""
    lines = []
    for row in table.to_dict("records"):
        lesson = f"; lesson {row['lessons']}" if row["lessons"] else ""
        lines.append(f"{row['concept_id']:7} {row['rule'].removeprefix(RULES):52} {row['reports']}{lesson}")
    n_rules, n_shown = int((table["rule"] != "").sum()), int((table["reports"] != "").sum())
    counts = f"{len(table)} concepts in the table; {n_rules} with a rule; {n_shown} shown in a report."
    return "\n".join([*lines, "", counts])


def as_records(table: pd.DataFrame) -> str:
    """Return a table as JSON rows."""
    return json.dumps(json.loads(table.to_json(orient="records")), indent=1)
