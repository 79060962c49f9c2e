"""Two manifests and two sets of facts: what differs, by how much, and what can have moved it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openstrat.reporting.bytes_differ import first_difference
from openstrat.reporting.causes import causes_between, possible_causes
from openstrat.reporting.change_words import change_lines
from openstrat.reporting.changes import compare, moved_facts
from openstrat.reporting.snapshots import Snapshot
from openstrat.reporting.stored_tables import row_changes

OLD = b"id,part,n\na,x,1\na,y,2\nb,x,3\n"
NEW = b"id,part,n\na,x,1\na,y,5\nc,x,\n"


def manifest(**changed: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "report": "sample",
        "title": "Sample",
        "openstrat": {"version": "1.0", "source_sha256": "s1"},
        "environment": {"python": "3.11", "packages": {"pandas": "3.0"}},
        "notebook": {"file": "sample.ipynb", "sha256": "n1"},
        "parameters": {"n": 1, "case": "a.yaml"},
        "input_files": {"case": {"file": "a.yaml", "sha256": "c1"}},
        "tables": {"licenses": "sha256:t1"},
        "documents": {"cases/one.yaml": "d1"},
        "formats": ["html"],
    }
    return plain | changed


def fact(name: str, text: str, value: Any, **more: Any) -> dict[str, Any]:
    numbers = [{"value": value, "unit": "percent", "text": f"{value}%"}]
    return {"name": name, "kind": "sentence", "text": text, "numbers": numbers, "place": {"section": "glance", "cell": "one"}} | more


def test_rows_are_compared_by_their_whole_key_and_named_with_their_cells() -> None:
    changes = row_changes(OLD, NEW, ["id", "part"])
    assert [change.words() for change in changes] == ["row a / y changed (n: 2 -> 5)", "row c / x added", "row b / x removed"]
    assert row_changes(OLD, OLD, ["id", "part"]) == []


def test_equal_inputs_have_no_causes() -> None:
    assert causes_between(manifest(), manifest()) == []


def test_every_kind_of_input_is_told_in_words() -> None:
    new = manifest(
        openstrat={"version": "1.1", "source_sha256": "s2"},
        environment={"python": "3.11", "packages": {"pandas": "3.1"}},
        notebook={"file": "sample.ipynb", "sha256": "n2"},
        parameters={"n": 2, "case": "a.yaml"},
        input_files={"case": {"file": "a.yaml", "sha256": "c2"}},
        tables={"licenses": "sha256:t2"},
    )
    assert [(cause.kind, cause.words) for cause in causes_between(manifest(), new)] == [
        ("data", "table licenses changed (its earlier rows are not at hand)"),
        ("input", "file a.yaml (parameter case) changed"),
        ("parameter", "parameter n: 1 -> 2"),
        ("method", "notebook sample.ipynb changed"),
        ("code", "openstrat 1.0 -> 1.1"),
        ("version", "pandas 3.0 -> 3.1"),
    ]


def test_a_table_moves_only_facts_that_rest_on_it_or_do_not_say() -> None:
    causes = causes_between(manifest(), manifest(tables={"licenses": "sha256:t2", "projects": "sha256:p"}))
    assert [cause.name for cause in causes] == ["licenses", "projects"]
    assert [cause.name for cause in possible_causes({"tables": ["licenses"], "source": "s"}, causes)] == ["licenses"]
    assert [cause.name for cause in possible_causes({}, causes)] == ["licenses", "projects"]
    assert [cause.name for cause in possible_causes({}, causes, ["projects", "sources"])] == ["projects"]


def test_a_number_moves_by_a_stated_amount() -> None:
    (move,) = moved_facts([fact("a", "It is 42% now.", 42)], [fact("a", "It is 45% now.", 45)])
    assert (move.what, move.steps[0].words()) == ("moved", "42% -> 45% (+3 percentage points)")


def test_reworded_added_and_removed_statements_are_told_apart() -> None:
    old = [fact("a", "Nothing came out restricted in 0% of cases.", 0), fact("b", "Gone with 5%.", 5)]
    new = [
        fact("c", "Something came out restricted in 4% of cases.", 4),
        fact("d", "All of a sudden there is an entirely different 9%.", 9),
    ]
    assert [(move.what, move.name) for move in moved_facts(old, new)] == [("reworded", "c"), ("added", "d"), ("removed", "b")]


def snapshot(facts: list[dict[str, Any]], content: dict[str, Any], cells: dict[str, str]) -> Snapshot:
    return Snapshot(Path("here") / "sample", content, {"title": "Sample", "facts": facts, "about": {"verdict": "go"}}, cells)


def test_equal_reports_have_no_change() -> None:
    one = snapshot([fact("a", "It is 42% now.", 42)], manifest(), {"one": "h"})
    assert change_lines(compare(one, one)) == ["Sample: no change. All inputs and all 1 fact are the same."]


def test_the_text_names_the_reason_and_the_step() -> None:
    old = snapshot([fact("a", "It is 42% now.", 42)], manifest(), {"one": "h", "two": "i"})
    new = snapshot([fact("a", "It is 45% now.", 45)], manifest(parameters={"n": 2, "case": "a.yaml"}), {"one": "j", "two": "k"})
    lines = change_lines(compare(old, new))
    assert lines[0] == "Sample: 1 moved of 1 fact."
    assert "  parameter: parameter n: 1 -> 2" in lines
    assert "What moved, because of this one change (parameter n):" in lines
    assert "  glance: 42% -> 45% (+3 percentage points): It is 45% now." in lines
    assert "  cell #two: its wording or layout changed, no number or title of it" in lines


def test_the_first_byte_the_cell_and_the_output_are_named() -> None:
    old, new = (f'{{"metadata": {{}}, "cells": [{{"id": "one", "cell_type": "code", "source": "{text}"}}]}}'.encode() for text in "ab")
    found = first_difference("report.ipynb", old, new)
    assert found is not None
    assert (found.byte, found.line, found.places) == (old.index(b'"a"') + 1, 1, ("cell 1 (#one): source",))
    assert first_difference("report.html", b"same", b"same") is None
    html = first_difference("report.html", b'<p id="a">1</p><p id="b">2</p>', b'<p id="a">1</p><p id="b">3</p>')
    assert html is not None
    assert html.places == ("after the element #b",)
    foot = first_difference("report.html", b'<i id="a"></i><footer class="colophon">1', b'<i id="a"></i><footer class="colophon">2')
    assert foot is not None
    assert foot.places == ("in the lines at the foot of the page, which name versions and hashes",)
    missing = first_difference("figure-1.svg", None, b"x")
    assert missing is not None
    assert missing.lines() == ["figure-1.svg: is not there"]
