"""Words above the marks of a row, for charts whose rows have to be read at any width: what it is on the left, the figure on the right."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

ROW = 46
"""Pixels: a row with a line of words above its marks."""
UP, DOWN = 10, 9
"""Pixels: how far words lie above the middle of a row, and marks below it."""
WIDE = 520
"""From this width on the longer words fit."""


def words_above(rows: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return the words of each row: `left` bold where `is_bold`, and `right`; on a narrow page `left_short` and `right_short` if given."""
    columns = [name for name in ("row", "left", "left_short", "right", "right_short", "is_bold") if name in rows]
    data = rows[columns].copy()
    for side in ("left", "right"):
        data[f"{side}_short"] = data[f"{side}_short"].fillna(data[side]) if f"{side}_short" in rows else data[side]
    data["is_bold"] = data.get("is_bold", False)
    wide = f"width > {WIDE}"
    base = alt.Chart(data).encode(y)
    base = base.transform_calculate(shown=f"{wide} ? datum.left : datum.left_short", figure=f"{wide} ? datum.right : datum.right_short")
    style: dict[str, Any] = {"dy": -UP, "baseline": "middle", "fontSize": 12}
    left = {**style, "align": "left", "limit": alt.ExprRef("width * 0.66")}
    right = {**style, "align": "right", "limit": alt.ExprRef("width * 0.5")}
    return [
        base.transform_filter("datum.is_bold").mark_text(fontWeight=700, **left).encode(alt.Text("shown:N"), x=alt.value(0)),
        base.transform_filter("!datum.is_bold").mark_text(**left).encode(alt.Text("shown:N"), x=alt.value(0)),
        base.mark_text(**right).encode(alt.Text("figure:N"), x=alt.value("width")),
    ]


def row_axis(rows: pd.DataFrame) -> alt.Y:
    """Return the vertical placing of rows in their order, without an axis: the words name them."""
    axis: alt.Y = alt.Y("row:N").sort(list(rows["row"])).axis(None)
    return axis
