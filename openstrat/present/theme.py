"""The visual language: one palette, one chart configuration, number formats by unit."""

from __future__ import annotations

from math import isnan
from typing import Any

from openstrat.terms import OpennessLevel, Stance

OKABE_ITO = {
    "black": "#000000",
    "orange": "#E69F00",
    "sky": "#56B4E9",
    "green": "#009E73",
    "yellow": "#F0E442",
    "blue": "#0072B2",
    "vermillion": "#D55E00",
    "purple": "#CC79A7",
}
"""Okabe and Ito's palette, told apart under the common color-vision deficiencies."""
GRAY = "#8A8F98"
PALE = "#D5D8DD"

LEVEL_COLORS = {
    OpennessLevel.FULLY_OPEN: OKABE_ITO["green"],
    OpennessLevel.OPEN_WEIGHTS: OKABE_ITO["sky"],
    OpennessLevel.SOURCE_AVAILABLE: OKABE_ITO["orange"],
    OpennessLevel.CLOSED: "#A9AFB9",
    OpennessLevel.UNDETERMINED: OKABE_ITO["yellow"],
}
STANCE_COLORS = {Stance.OPEN: OKABE_ITO["green"], Stance.DECIDE: OKABE_ITO["orange"], Stance.HOLD: OKABE_ITO["blue"]}
SERIES = [OKABE_ITO[name] for name in ("blue", "vermillion", "green", "purple", "orange", "sky")]
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def chart_config() -> dict[str, Any]:
    """Return the Vega-Lite configuration that every chart shares; text colors are left to the page.

    Charts set no width: 640 pixels in JupyterLab (which hangs on "container"), the page's width in a report.
    """
    return {
        "font": FONT,
        "view": {"stroke": None, "continuousWidth": 640, "discreteWidth": 640},
        "range": {"category": SERIES},
        "axis": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 500, "ticks": False, "labelPadding": 6, "labelLimit": 260},
        "axisX": {"grid": False},
        "axisY": {"domain": False},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": 500, "orient": "top", "labelLimit": 260},
        "title": {"anchor": "start", "fontSize": 15, "fontWeight": 600, "offset": 12},
        "header": {"labelFontSize": 12, "titleFontSize": 12, "labelFontWeight": 600},
        "text": {"fontSize": 12},
    }


def percent(value: float | None) -> str:
    """Return a share as text: '38%', or 'unknown'."""
    return "unknown" if value is None or isnan(value) else f"{value:.0%}"


def signed_percent(value: float | None) -> str:
    """Return a relative change as text: '+4%', '−38%', or 'unknown'."""
    if value is None or isnan(value):
        return "unknown"
    text = f"{value:+.0%}".replace("-", "−")
    return "0%" if text in {"+0%", "−0%"} else text
