"""The landscape of licenses: families by how many restrictions their licenses carry, and by level."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.present.charts.shared import filled, level_scale, short_license
from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, LEVEL_COLORS
from openstrat.present.words import readable
from openstrat.tables.cells import split_list
from openstrat.terms import OpennessLevel

COLUMNS = ["license_id", "family", "level", "restrictions", "n_restrictions"]
HEADING, PITCH, NAME, GAP = 34, 9, 13, 12
"""Pixels: a family's heading, a row of dots, a line of names, and the room below."""
ACROSS, DOT = 4, 0.19
"""Dots side by side at most, and how far apart, in restrictions."""
PER_LETTER = 0.16
"""Width of a letter in restrictions, on a phone; names that would run into their neighbors take the next line."""


def level_map(placed: pd.DataFrame, *, known: dict[str, str], title: str, source: str) -> Figure:
    """Return licenses as dots: one strip a family, to the right by the number of restrictions, colored by level.

    Parameters
    ----------
    placed
        One row a license with columns license_id, family, level, restrictions ('; '-joined).
    known
        Licenses that readers know, with the name to write below their dots; the others have their name on hovering.
    title, source
        The finding in a sentence, and where the terms come from.
    """
    data = placed[["license_id", "family", "level", "restrictions"]].copy()
    data["restrictions"] = filled(data["restrictions"])
    data["n_restrictions"] = data["restrictions"].map(lambda cell: len(split_list(cell)))
    dots, names, headings, height = _laid_out(data, known)
    most = int(data["n_restrictions"].max())
    x = alt.X("x:Q").scale(domain=[-0.4, most + 0.6], nice=False, zero=False).title("Number of restrictions")
    x = x.axis(values=list(range(most + 1)), format="d", grid=True)
    y = alt.Y("y:Q").scale(domain=[0, height], reverse=True, nice=False).axis(None)
    base = alt.Chart(dots).encode(x, y, tooltip=_tooltips())
    color = alt.Color("position:N").scale(level_scale(data["level"])).title(None).legend(columns=2)
    points = base.mark_circle(size=52, opacity=1, stroke="white", strokeWidth=0.5).encode(color)
    named = alt.Chart(names).mark_text(align="left", fontSize=11, dx=-4).encode(x, y, alt.Text("names:N"))
    text = alt.Chart(headings).encode(y, x=alt.value(0))
    bold = text.mark_text(align="left", fontWeight=700).encode(alt.Text("family:N"))
    counts = text.mark_text(align="left", fontSize=11, color=GRAY, dy=14).encode(alt.Text("counts:N"))
    chart = alt.layer(points, named, bold, counts).properties(height=height)
    described = (
        f"{len(data)} licenses as dots in {data['family'].nunique()} families; further right means more kinds of restriction "
        f"(0 to {most}), the color is the level for the asset each is mainly written for: {_counted(data)}. A number of restrictions is "
        "not a weight: one can shut out more users than five."
    )
    return Figure(chart, title, described, source, f"{len(data)} licenses", data[COLUMNS])


def _counted(data: pd.DataFrame) -> str:
    counts = data["level"].value_counts()
    return ", ".join(f"{counts[level.value]} {level.label}" for level in OpennessLevel if level.value in counts.index)


def _laid_out(data: pd.DataFrame, known: dict[str, str]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame, int]:
    """Return dots, names and headings with their places, and the height in pixels; families with fewest restrictions first."""
    order = data.groupby("family")["n_restrictions"].agg(["mean", "size"]).sort_values(["mean", "size"], ascending=[True, False]).index
    top, dots, names, headings = 0, [], [], []
    for family in order:
        inside = _stacked(data[data["family"] == family])
        bottom = top + HEADING + PITCH * int(inside["rank"].max())
        named = _names(inside, known)
        headings.append({"family": readable(family), "counts": f"{len(inside)}: {_counted(inside)}", "y": top + 6})
        dots.append(inside.assign(y=top + HEADING + PITCH * inside["rank"]))
        names.append(named.assign(y=bottom + 13 + NAME * named["line"]))
        top = bottom + GAP + 6 + (NAME * (int(named["line"].max()) + 1) if len(named) else 0)
    drawn = pd.concat(dots)
    drawn["position"], drawn["license"] = drawn["level"].map(readable), drawn["license_id"].map(short_license)
    drawn["bounded_by"] = drawn["restrictions"].map(lambda cell: ", ".join(map(readable, split_list(cell))) or "nothing")
    return drawn, pd.concat(names), pd.DataFrame(headings), top


def _stacked(inside: pd.DataFrame) -> pd.DataFrame:
    """Place dots of the same number of restrictions in rows of at most four, ordered by level."""
    levels = list(LEVEL_COLORS)
    ordered = inside.assign(order=inside["level"].map(lambda level: levels.index(OpennessLevel(level))))
    ordered = ordered.sort_values(["n_restrictions", "order", "license_id"])
    place = ordered.groupby("n_restrictions").cumcount()
    return ordered.assign(rank=place // ACROSS, x=ordered["n_restrictions"] + DOT * (place % ACROSS))


def _names(inside: pd.DataFrame, known: dict[str, str]) -> pd.DataFrame:
    """Return the known names of a family, together for each number of restrictions, on as many lines as keep them apart."""
    rows: list[dict[str, object]] = []
    ends: list[float] = []
    for number in sorted(set(inside["n_restrictions"].astype(int))):
        here = inside.loc[inside["n_restrictions"] == number, "license_id"]
        words = ", ".join(known[name] for name in here if name in known)
        if not words:
            continue
        line = next((place for place, end in enumerate(ends) if end < number), len(ends))
        ends[line : line + 1] = [number + PER_LETTER * (len(words) + 1)]
        rows.append({"x": number, "names": words, "line": line})
    return pd.DataFrame(rows, columns=["x", "names", "line"])


def _tooltips() -> list[alt.Tooltip]:
    labels = {"license": "License", "position": "Position", "bounded_by": "Bounded by"}
    return [alt.Tooltip(f"{name}:N", title=label) for name, label in labels.items()]
