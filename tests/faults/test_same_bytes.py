"""One hostile notebook, made under two zones, locales, seeds, folders and days, gives the same bytes; `make faults` runs the matrix."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from identity_matrix import differing, few_ways, made

pytestmark = pytest.mark.notebook
NOTEBOOK = Path(__file__).with_name("unsteady.ipynb")


def test_a_notebook_full_of_chance_comes_out_the_same(tmp_path: Path) -> None:
    results = [made(str(NOTEBOOK), {}, way, tmp_path) for way in few_ways()[:3]]
    assert set(results[0]) == {
        *("facts.json", "figure-1.png", "figure-1.svg", "manifest.json without run", "report.html", "report.ipynb"),
    }
    assert differing(results) == []


def test_no_place_of_this_machine_is_left(tmp_path: Path) -> None:
    made(str(NOTEBOOK), {}, few_ways()[0], tmp_path)
    (notebook,) = tmp_path.glob("*/*/out/*/report.ipynb")
    text = notebook.read_text(encoding="utf-8")
    assert json.loads(text)["cells"]
    assert str(tmp_path) not in text
    assert not re.search(r"ipykernel_\d|openstrat-\w{8}/|0x[0-9a-f]{6}", text)


def test_the_matrix_notices_one_other_byte() -> None:
    assert differing([{"a": "1", "b": "2"}, {"a": "1", "b": "3"}]) == ["b"]
    assert differing([{"a": "1"}, {"a": "1", "b": "3"}]) == ["b"]
