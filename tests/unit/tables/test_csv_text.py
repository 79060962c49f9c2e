"""Frames as the CSV text of shipped tables."""

from __future__ import annotations

import pandas as pd

from openstrat.tables.csv_text import csv_text, with_rows


def test_cells_are_written_as_in_shipped_tables() -> None:
    frame = pd.DataFrame(
        {
            "month": pd.to_datetime(["2024-01-01", "2024-02-01"]),
            "started_on": pd.to_datetime(["2024-01-15", None]),
            "n": pd.array([1, None], dtype="Int64"),
            "share": [0.5, 1 / 3],
            "is_full": [True, False],
            "org": ["a, b", None],
        }
    )
    assert csv_text(frame, months=("month",)) == (
        'month,started_on,n,share,is_full,org\n2024-01,2024-01-15,1,0.5,true,"a, b"\n2024-02,,,0.3333,false,\n'
    )


def test_new_rows_replace_those_with_their_key_and_others_stay() -> None:
    shipped = "fork,month,n,note\nb,2024-01,1,kept\na,2024-01,2,kept\n"
    new = "fork,month,n\nb,2024-01,9\nc,2024-01,3\n"
    assert with_rows(shipped, new, ("fork", "month")) == "fork,month,n,note\na,2024-01,2,kept\nb,2024-01,9,kept\nc,2024-01,3,\n"
