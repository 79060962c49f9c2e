"""Every concept of the knowledge model is in the table, has a rule that answers, and is shown by a report."""

import importlib

import pytest

from openstrat import resources
from openstrat.analysis.concluding import concept_findings_of, coverage_of
from openstrat.analysis.strategy.finding import Answer, Basis
from openstrat.cases.load import load_case, shipped_cases
from openstrat.tables.store import read_table

MODEL = [
    *(f"ST{n}" for n in range(2)),
    *(f"SP{n}" for n in range(8)),
    *(f"M{n}" for n in range(6)),
    *(f"BR{n}" for n in range(1, 5)),
    *(f"PB{n}" for n in range(4)),
    *(f"MO{n}" for n in range(6)),
    *(f"MY{n}" for n in range(1, 5)),
    *(f"RK{n}" for n in range(1, 6)),
    *(f"WH{n}" for n in range(5)),
    *(f"CK{n}" for n in range(1, 6)),
    *(f"LY{n}" for n in range(4)),
    *(f"LY-{name}" for name in ("SDK", "DOC", "INT", "SW", "FT", "EV", "FW", "TR", "CT")),
    *(f"LF{n}" for n in range(1, 5)),
    *(f"CG{n}" for n in range(1, 5)),
    *(f"MI{n}" for n in range(1, 5)),
    *(f"EX{n}" for n in range(1, 8)),
]
"""The ids of the knowledge model, from both essays."""


def test_the_table_holds_the_whole_model_and_nothing_else():
    assert sorted(read_table("concepts")["concept_id"]) == sorted(MODEL)
    assert len(MODEL) == 81


def test_every_concept_has_a_rule_and_a_report():
    coverage = coverage_of()
    assert (len(coverage), (coverage["rule"] != "").sum(), (coverage["reports"] != "").sum()) == (81, 81, 81)


@pytest.mark.parametrize("rule", sorted(set(read_table("concept_uses")["rule"])))
def test_every_rule_is_a_documented_function(rule):
    module, name = rule.rsplit(".", 1)
    function = getattr(importlib.import_module(module), name)
    assert callable(function)
    assert function.__doc__


def test_reports_and_lessons_named_are_shipped():
    uses = read_table("concept_uses")
    reports = {name for cell in uses["reports"] for name in cell.split("; ")}
    lessons = {name for cell in uses["lessons"].dropna() for name in cell.split("; ")}
    assert {name for name in reports if not resources.notebooks_path("reports", f"{name}.ipynb").is_file()} == set()
    assert {name for name in lessons if not resources.notebooks_path("lessons", f"{name}.ipynb").is_file()} == set()


@pytest.mark.parametrize("name", shipped_cases())
def test_every_concept_answers_for_every_shipped_case(name):
    findings = concept_findings_of(load_case(name), as_of="2026-08-26")
    assert {finding.concept_id for finding in findings} == set(MODEL)
    for finding in findings:
        assert finding.sentence.strip().endswith((".", "?", "!")), finding
        assert finding.source_ids or finding.basis in {Basis.STATED, Basis.NOTHING, Basis.ASSUMED}, finding
        if finding.answer is Answer.UNKNOWN:
            assert finding.asks, finding
