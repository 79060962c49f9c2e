"""Stars against downloads: one month as a scatter, all months as a correlation with its interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import log10
from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.figure import Figure
from openstrat.present.theme import GRAY, OKABE_ITO
from openstrat.tables.fork_terms import PackageRelation

KINDS = {
    PackageRelation.PACKAGE_IS_PROJECT.value: ("the project itself", "circle", OKABE_ITO["blue"]),
    PackageRelation.PART_OF_PROJECT.value: ("one part of it", "square", OKABE_ITO["green"]),
    PackageRelation.CLIENT_OF_SERVER.value: ("a client of it", "triangle-up", OKABE_ITO["vermillion"]),
    PackageRelation.UNCONFIRMED.value: ("unconfirmed pair", "cross", GRAY),
}
"""Words, shape and color of each relation between package and repository."""
SCATTER_HEIGHT, WIDE = 430, 560
PLOTS = {"narrow": 290, "wide": 690}
"""Width in pixels of the drawing area on a phone and in a report, for which names are placed; `WIDE` parts the two."""
PER_LETTER, LINE, AWAY = 6.4, 13, 9
MAX_BREAK_DAYS = 62
"""Two months further apart than this are not joined by a line."""
LINES = {
    "level": ("stars against downloads", OKABE_ITO["vermillion"], [5, 3]),
    "change_12m": ("their changes over 12 months", OKABE_ITO["blue"], [1, 0]),
}


def stars_against_downloads(pairs: pd.DataFrame, *, known: dict[str, str], title: str, source: str) -> Figure:
    """Return one month's projects as dots on two logarithmic scales, the kind of package as shape and color.

    Parameters
    ----------
    pairs
        One row a package with columns package, repository, relation, n_stars, n_downloads_30d.
    known
        Repositories that readers know, with the name to write beside the dot; names that would run into others are left out.
    title, source
        The finding in a sentence, and where the readings come from.
    """
    data = pairs[["package", "repository", "relation", "n_stars", "n_downloads_30d"]].reset_index(drop=True)
    data[["n_stars", "n_downloads_30d"]] = data[["n_stars", "n_downloads_30d"]].astype("int64")
    data["kind"] = data["relation"].map(lambda relation: KINDS[relation][0])
    present = [kind for relation, kind in KINDS.items() if relation in set(data["relation"])]
    domains = {name: _log_domain(data[name]) for name in ("n_stars", "n_downloads_30d")}
    x, y = (
        _log_axis(alt.X("n_stars:Q"), domains["n_stars"], "Stars"),
        _log_axis(alt.Y("n_downloads_30d:Q"), domains["n_downloads_30d"], "Downloads in 30 days"),
    )
    legend = alt.Legend(columns=2, symbolOpacity=1)
    names = [kind[0] for kind in present]
    color = alt.Color("kind:N").scale(domain=names, range=[kind[2] for kind in present]).title(None).legend(legend)
    shape = alt.Shape("kind:N").scale(domain=names, range=[kind[1] for kind in present]).title(None).legend(legend)
    tooltip = ["package:N", "repository:N", alt.Tooltip("n_stars:Q", format=","), alt.Tooltip("n_downloads_30d:Q", format=","), "kind:N"]
    dots = alt.Chart(data).mark_point(size=70, filled=True, opacity=0.85).encode(x, y, color, shape, tooltip=tooltip)
    chart = alt.layer(dots, *_name_layers(data, known, domains, x, y)).properties(height=SCATTER_HEIGHT)
    counts = ", ".join(f"{(data['kind'] == name).sum()} {name}" for name in names)
    described = (
        f"{len(data)} packages as marks, stars of the repository to the right, downloads of the package upwards, both on logarithmic "
        f"scales: {counts}. The sample was picked by stars, so its left edge is where the lists end."
    )
    return Figure(chart, title, described, source, f"{len(data)} packages", data.drop(columns="kind").sort_values("n_stars"))


def _log_domain(values: pd.Series[int]) -> list[float]:
    return [float(values.min()) / 1.4, float(values.max()) * 1.6]


def _log_axis(channel: Any, domain: list[float], title: str) -> Any:
    """Return a channel, x or y, on a log scale with few labeled lines: powers of ten, where there is room 2 and 5 times them."""
    steps = (1, 2, 5) if domain[1] / domain[0] < 100 else (1,)
    values = [step * 10**power for power in range(3, 11) for step in steps if domain[0] <= step * 10**power <= domain[1]]
    axis = alt.Axis(values=values, grid=True, labelExpr="replace(format(datum.value, '~s'), 'G', 'B')")
    return channel.scale(type="log", domain=domain, nice=False).title(title).axis(axis)


@dataclass(frozen=True)
class _Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: _Box) -> bool:
        """Whether two boxes overlap."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom


def _name_layers(data: pd.DataFrame, known: dict[str, str], domains: dict[str, list[float]], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return the names beside the dots: one layer for each side of a dot and each width, shown only at that width."""
    layers = []
    for size, width in PLOTS.items():
        placed = _placed(data, known, domains, width)
        test = f"width {'<=' if size == 'narrow' else '>'} {WIDE}"
        for side, shift in (("left", AWAY), ("right", -AWAY)):
            rows = placed[placed["align"] == side]
            if len(rows):
                base = alt.Chart(rows).transform_filter(test)
                style: dict[str, Any] = {"align": side, "dx": shift, "fontSize": 11}
                layers.append(base.mark_text(**style).encode(x, y, alt.Text("name:N")))
    return layers


def _placed(data: pd.DataFrame, known: dict[str, str], domains: dict[str, list[float]], width: int) -> pd.DataFrame:
    """Return the known rows whose name has room, with the side it stands on; the order of `known` decides who comes first."""
    across = _pixels(data["n_stars"], domains["n_stars"], width)
    down = SCATTER_HEIGHT - _pixels(data["n_downloads_30d"], domains["n_downloads_30d"], SCATTER_HEIGHT)
    taken = [_Box(a - 5, d - 5, a + 5, d + 5) for a, d in zip(across, down, strict=True)]
    rows = []
    for repository, name in known.items():
        for row in data.index[data["repository"] == repository]:
            long = PER_LETTER * len(name)
            a, d = across[row], down[row]
            choices = {"left": _Box(a + 6, d - LINE / 2, a + AWAY + long, d + LINE / 2)}
            choices["right"] = _Box(a - AWAY - long, d - LINE / 2, a - 6, d + LINE / 2)
            for align, box in choices.items():
                if box.left >= 0 and box.right <= width and not any(box.meets(other) for other in taken):
                    taken.append(box)
                    rows.append(data.loc[row, ["n_stars", "n_downloads_30d"]].to_dict() | {"name": name, "align": align})
                    break
    return pd.DataFrame(rows, columns=["n_stars", "n_downloads_30d", "name", "align"])


def _pixels(values: pd.Series[int], domain: list[float], length: int) -> pd.Series[float]:
    low, high = map(log10, domain)
    return values.map(lambda value: (log10(value) - low) / (high - low) * length)


def correlations_over_time(by_month: pd.DataFrame, *, title: str, source: str) -> Figure:
    """Return rank correlations by month as lines with their interval as a band; months with too few projects are gaps.

    Parameters
    ----------
    by_month
        One row a measure and month with columns measure (level or change_12m), month, rho, low, high, n.
    title, source
        The finding in a sentence, and where the readings come from.
    """
    data = by_month[["measure", "month", "rho", "low", "high", "n"]].dropna(subset="rho").reset_index(drop=True)
    data["line"] = data["measure"].map(lambda measure: LINES[measure][0])
    data["stretch"] = _stretches(data)
    lines = [LINES[name] for name in LINES if name in set(data["measure"])]
    names = [line[0] for line in lines]
    color = alt.Color("line:N").scale(domain=names, range=[line[1] for line in lines]).legend(None)
    x = alt.X("month:T").title(None).axis(format="%Y", tickCount="year")
    scale = alt.Scale(domain=[-1, 1])
    y = alt.Y("rho:Q").scale(scale).title("Rank correlation").axis(values=[-1, -0.5, 0, 0.5, 1], grid=True)
    detail = alt.Detail("stretch:N")
    base = alt.Chart(data)
    bands = base.mark_area(opacity=0.16).encode(x, alt.Y("low:Q").scale(scale).title("Rank correlation"), alt.Y2("high:Q"), color, detail)
    dash = alt.StrokeDash("line:N").scale(domain=names, range=[line[2] for line in lines]).legend(None)
    tooltip = [
        "line:N",
        alt.Tooltip("month:T", format="%Y-%m"),
        *(alt.Tooltip(f"{name}:Q", format=".2f") for name in ("rho", "low", "high")),
        "n:Q",
    ]
    curves = base.mark_line(strokeWidth=2.2).encode(x, y, color, dash, detail, tooltip=tooltip)
    points = base.mark_point(size=14, filled=True, opacity=1).encode(x, y, color, tooltip=tooltip)
    zero = alt.Chart(pd.DataFrame({"zero": [0]})).mark_rule(color=GRAY).encode(y="zero:Q")
    chart = alt.layer(bands, zero, curves, points, _line_names(data, x, color)).properties(height=320)
    described = (
        f"{len(data)} monthly rank correlations between -1 and 1 with 95% bootstrap bands: {' and '.join(names)}. At 0 the one says "
        "nothing about the other. Months with too few projects are gaps; neighboring months share most of their projects."
    )
    table = data.assign(month=data["month"].dt.strftime("%Y-%m"))[["measure", "month", "rho", "low", "high", "n"]]
    return Figure(chart, title, described, source, f"{len(data)} monthly correlations", table)


def _line_names(data: pd.DataFrame, x: alt.X, color: alt.Color) -> alt.Chart:
    """Return the name of each line at its end, outside the band: the upper line's above, the lower line's below."""
    ends = data.drop_duplicates("measure", keep="last").sort_values("rho", ascending=False)
    ends = ends.assign(at=[min(ends["high"].iloc[0] + 0.06, 0.96), *(ends["low"].iloc[1:] - 0.08).clip(lower=-0.96)])
    text = alt.Chart(ends).mark_text(align="right", fontWeight=600)
    chart: alt.Chart = text.encode(x, alt.Y("at:Q").title("Rank correlation"), color, alt.Text("line:N"))
    return chart


def _stretches(data: pd.DataFrame) -> pd.Series[str]:
    """Return a name for every stretch of months without a gap longer than a quarter, so that lines break where nothing is known."""
    days = data.groupby("measure")["month"].diff().dt.days
    names: pd.Series[str] = data["measure"] + (days.isna() | (days > MAX_BREAK_DAYS)).cumsum().astype(str)
    return names
