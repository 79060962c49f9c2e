"""Tables on a page: what is not known says so, in the markup and in the text beside it."""

import pandas as pd

from openstrat.present import page


def test_an_unknown_whole_number_is_called_unknown_in_markup_and_text() -> None:
    frame = pd.DataFrame({"project": ["Alpha", "Beta"], "people": pd.array([3, None], dtype="Int64"), "share": [0.5, None]})
    table = page.data_table(frame, name="people", title="People", source="A source", whole=["people"], percents=["share"])
    rows = [line.split() for line in table.text.splitlines()]
    assert ["Alpha", "3", "0.5"] in rows
    assert ["Beta", "unknown", "unknown"] in rows
    assert table.html.count("unknown") == 2


def test_values_from_data_are_escaped() -> None:
    table = page.data_table(pd.DataFrame({"name": ["<script>alert(1)</script>"]}), name="names", title="Names", source="A source")
    assert "<script>" not in table.html
    assert "&lt;script&gt;" in table.html
