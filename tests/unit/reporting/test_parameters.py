"""Parameters: the schema of a cell that is never run, and values read by their declared type only."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from openstrat.errors import ParameterError
from openstrat.reporting.notebooks import read_notebook
from openstrat.reporting.parameters import Schema, parse_parameters, read_schema

CELL = """
case: str = "case-frontier-lab"  # Case file, or id of a shipped case
version: str = "1.0"
n: int = 3  # How many
share: float = 0.5  # Share of adoption
draft: bool = False
as_of: str | None = None  # Day
family: "Literal['permissive', 'network_copyleft']" = "permissive"
layers: list[str] = []
"""
METADATA = {"openstrat": {"parameters": {"n": {"low": 1, "high": 9, "unit": "layers"}, "as_of": {"format": "date"}}}}


def schema_of(tmp_path: Path, source: str = CELL, metadata: dict | None = None) -> Schema:
    cell = {"cell_type": "code", "id": "parameters", "metadata": {"tags": ["parameters"]}, "source": source, "outputs": []}
    path = tmp_path / "sample.ipynb"
    path.write_text(json.dumps({"cells": [cell], "metadata": METADATA if metadata is None else metadata, "nbformat": 4}), encoding="utf-8")
    return read_schema(read_notebook(path))


def test_the_cell_declares_type_default_help_choices_and_limits(tmp_path: Path) -> None:
    schema = schema_of(tmp_path)
    assert [(one.name, one.type_label, one.default) for one in schema.parameters] == [
        ("case", "str", "case-frontier-lab"),
        ("version", "str", "1.0"),
        ("n", "int", 3),
        ("share", "float", 0.5),
        ("draft", "bool", False),
        ("as_of", "date or none", None),
        ("family", "str", "permissive"),
        ("layers", "list of str", []),
    ]
    assert schema["n"].record() == {"name": "n", "type": "int", "default": 3, "help": "How many", "low": 1, "high": 9, "unit": "layers"}
    assert schema["family"].choices == ("permissive", "network_copyleft")


def test_the_cell_is_never_run(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    for source in (f"open({str(marker)!r}, 'w')", f"n: int = len(open({str(marker)!r}, 'w').name)", "import os"):
        with pytest.raises(ParameterError):
            schema_of(tmp_path, source, {})
    assert not marker.exists()


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("version", "1.10", "1.10"),
        ("version", "007", "007"),
        ("version", "no", "no"),
        ("version", "12:30:45", "12:30:45"),
        ("version", "12e4567", "12e4567"),
        ("version", "null", "null"),
        ("n", "7", 7),
        ("n", 7, 7),
        ("share", "1", 1.0),
        ("share", 1, 1.0),
        ("share", "1e-3", 0.001),
        ("draft", "True", True),
        ("draft", False, False),
        ("as_of", "2026-05-31", "2026-05-31"),
        ("as_of", "", None),
        ("as_of", None, None),
        ("layers", "sdk, docs", ["sdk", "docs"]),
        ("layers", ["a,b"], ["a,b"]),
    ],
)
def test_a_value_is_read_by_its_declared_type(tmp_path: Path, name: str, given: object, value: object) -> None:
    read = parse_parameters(schema_of(tmp_path), {name: given})[name]
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("n", "1.5", "not a whole number"),
        ("n", "007", "without leading zeros"),
        ("n", "1_0", "not a whole number"),
        ("n", "\u0663", "not a whole number"),
        ("n", True, "of type bool; wanted: int"),
        ("n", 1.0, "of type float; wanted: int"),
        ("n", "12", "Allowed: 1 to 9 layers"),
        ("n", None, "must have a value"),
        ("share", "inf", "not a finite number"),
        ("share", "nan", "not a finite number"),
        ("share", "12e4567", "not a finite number"),
        ("share", float("nan"), "not a finite number"),
        ("draft", "yes", "Allowed: true, false"),
        ("draft", 1, "of type int; wanted: bool"),
        ("version", 1.1, "of type float; wanted: str. Quote it"),
        ("version", b"x", "of type bytes"),
        ("version", "\ud800", "surrogate"),
        ("as_of", "2026-02-30", "not a calendar date"),
        ("as_of", "20260531", "not a calendar date"),
        ("family", "permisive", "Did you mean 'permissive'?"),
        ("layers", 3, "write a list"),
        ("sharre", "1", "Did you mean 'share'?"),
        ("x=1;import os;y", "1", "Unknown parameter"),
        ("share\uff0e", "1", "Unknown parameter"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_allowed(tmp_path: Path, name: str, given: object, said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_parameters(schema_of(tmp_path), {name: given})
    assert said in str(caught.value)


def test_all_problems_are_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(ParameterError) as caught:
        parse_parameters(schema_of(tmp_path), {"n": "x", "share": "y", "nn": "1"}, where="portfolio.yaml: run 2")
    assert str(caught.value).startswith("portfolio.yaml: run 2: 3 bad parameters:")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("n = 3", "is not 'name: type = value"),
        ("n: complex = 3", "type 'complex' is not supported"),
        ("n: int = 'x'", "default 'x' is not a whole number"),
        ("n: int", "is not 'name: type = value"),
        ("_n: int = 1", "cannot be a parameter name"),
        ("n: int = 3 +", "not valid Python"),
    ],
)
def test_a_bad_cell_says_what_to_change(tmp_path: Path, source: str, said: str) -> None:
    with pytest.raises(ParameterError) as caught:
        schema_of(tmp_path, source, {})
    assert "sample.ipynb: cell 1 (#parameters)" in str(caught.value)
    assert said in str(caught.value)


def test_metadata_must_name_declared_parameters(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="metadata names 'm'"):
        schema_of(tmp_path, "n: int = 3", {"openstrat": {"parameters": {"m": {"low": 1}}}})
