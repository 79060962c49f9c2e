"""Licenses side by side."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.licenses.questions import State
from openstrat.present import charts, page
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.sources import terms_source
from openstrat.present.words import listed, readable
from openstrat.tables.store import read_table

TERM_LABELS = {
    "commercial_use": "commercial use",
    "commercial_threshold": "threshold",
    "redistribution": "redistribution",
    "derivatives": "changed versions",
    "hosted_service": "hosting it for others",
    "competing_use": "competing use",
    "output_use": "use of outputs",
    "naming": "naming and notices",
    "acceptable_use_policy": "use policy",
    "copyleft_trigger": "share-alike triggered by",
    "patent_grant": "patent grant",
    "geographic_exclusion": "regions left out",
    "revocable": "revocable",
}


def shortlist_figure(matrix: pd.DataFrame) -> Figure:
    """Return the license matrix under a title that states who restricts most and who not at all."""
    counts = (matrix["state"] == "restricts").groupby(matrix["license_id"], sort=False).sum()
    free = counts[counts == 0].index.tolist()
    most = counts[counts == counts.max()].index.tolist()
    if counts.max() == 0:
        title = "None of the licenses on the table restricts a use"
    else:
        kinds = "kind" if counts.max() == 1 else "kinds"
        title = f"{listed(most)} {'restricts' if len(most) == 1 else 'restrict'} most ({counts.max()} {kinds})"
        title += f"; {listed(free)} {'restricts' if len(free) == 1 else 'restrict'} nobody" if free else ""
    return charts.terms_matrix(_answers(matrix), title=title, source=terms_source())


def _answers(matrix: pd.DataFrame) -> pd.DataFrame:
    """Return the restriction matrix as answers: one row a license and kind of restriction."""
    state = matrix["state"].map({"restricts": State.RESTRICTS.value, "not known": State.UNKNOWN.value, "does not": State.FREE.value})
    answers = {"question": matrix["restriction"].map(readable), "state": state, "word": state, "sentence": matrix["clause"]}
    return matrix[["license_id"]].assign(**answers)


def shortlist_table(matrix: pd.DataFrame) -> Markup:
    """Return the licenses side by side in typed terms, one column a license."""
    ids = list(dict.fromkeys(matrix["license_id"]))
    terms = read_table("license_terms").set_index("license_id").reindex(ids)
    terms["commercial_threshold"] = terms["commercial_threshold"].mask(terms["commercial_gate"] == "none", "none")
    shown = terms[list(TERM_LABELS)].rename(columns=TERM_LABELS).T
    shown = shown.map(lambda cell: readable(cell) if isinstance(cell, str) else cell).reset_index(names="term")
    table = page.data_table(shown, name="terms-table", title="Licenses side by side", source=terms_source(), stub="term")
    sure = terms["confidence"].eq("verified").sum()
    read = (
        "All were read in their text."
        if sure == len(ids)
        else f"{sure} of {len(ids)} were read in their text, the rest in secondary sources."
    )
    note = f"{read} Unknown is not a no. Not legal advice."
    return table + page.paragraph(note, css="caveat")
