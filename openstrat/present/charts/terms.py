"""Licenses side by side, by what they restrict."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import OKABE_ITO, PALE
from openstrat.present.words import readable

PADDING = {"left": 5, "top": 5, "right": 55, "bottom": 5}
"""Pixels; on the right the last slanted label needs room."""
STATES = {"restricts": OKABE_ITO["vermillion"], "not known": OKABE_ITO["yellow"], "does not": PALE}


def terms_matrix(matrix: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return licenses (columns) by restriction (rows), each cell one of restricts, not known, does not.

    Parameters
    ----------
    matrix
        One row a license and restriction with columns license_id, restriction, state, clause.
    """
    data = matrix[["license_id", "restriction", "state", "clause"]].copy()
    data["license"] = data["license_id"].str.removeprefix("LicenseRef-")
    data["restriction"] = data["restriction"].map(readable)
    data["mark"] = data["state"].map({"restricts": "●", "not known": "?", "does not": ""})
    present = [state for state in STATES if state in set(data["state"])]
    base = alt.Chart(data).encode(
        alt.X("license:N").sort(list(dict.fromkeys(data["license"]))).title(None).axis(orient="top", labelAngle=-25, domain=False),
        alt.Y("restriction:N").sort(list(dict.fromkeys(data["restriction"]))).title(None),
        tooltip=["license_id:N", "restriction:N", "state:N", "clause:N"],
    )
    cells = base.mark_rect(cornerRadius=3, stroke="white", strokeWidth=2).encode(
        alt.Color("state:N").scale(domain=present, range=[STATES[state] for state in present]).title("The license")
    )
    marks = base.mark_text(fontSize=12, color="black").encode(alt.Text("mark:N"))
    chart = (cells + marks).properties(height=alt.Step(26), padding=PADDING)
    licenses = data["license_id"].nunique()
    described = f"A grid of {data['restriction'].nunique()} kinds of restriction (rows) by {licenses} licenses (columns)."
    return Figure(chart, title, described, source, f"{licenses} licenses", data[["license_id", "restriction", "state", "clause"]])
