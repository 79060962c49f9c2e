"""The essays' examples against small tables."""

import pandas as pd

from openstrat.analysis.strategy import examples


def _changes():
    return pd.DataFrame({"change_id": list(examples.CHANGES), "source_ids": "a"})


def _forks(*answered):
    return pd.DataFrame({"license_change_id": answered, "fork": [f"fork of {name}" for name in answered], "source_ids": "b"})


def test_two_of_three_changes_have_a_fork():
    finding = examples.changes_and_forks(_changes(), _forks("terraform-2023", "redis-2024", "redis-2024"))
    assert (finding.answer, round(finding.value, 3)) == ("partly", 0.667)
    assert "mongodb-2018: no fork in the table." in finding.evidence


def test_all_three_would_make_the_claim_true_and_none_false():
    assert examples.changes_and_forks(_changes(), _forks(*examples.CHANGES)).answer == "yes"
    assert examples.changes_and_forks(_changes(), _forks()).answer == "no"


def test_without_the_changes_nothing_is_said():
    assert examples.changes_and_forks(_changes().head(2), _forks()).answer == "unknown"


def test_thresholds_are_counted_by_family():
    terms = pd.DataFrame({"license_id": [f"LicenseRef-{name}-1" for name in examples.THRESHOLD_FAMILIES]})
    tests = pd.DataFrame({"license_id": terms["license_id"].head(4), "measure": "users", "source_ids": "a"})
    finding = examples.thresholds(tests, terms)
    assert (finding.answer, finding.value, finding.n) == ("partly", 0.8, 5)
    assert finding.sentence.endswith("Gemma do not.")


def test_a_closed_flagship_makes_the_llama_story_partly_true():
    releases = pd.DataFrame({"family": ["Llama"] * 2, "name": ["2", "3"], "level": "open_weights", "source_ids": "a"})
    closed = pd.DataFrame({"evidence_id": ["meta-closed-flagship"], "statement": ["It closed."], "source_ids": ["b"]})
    assert examples.llama(releases, closed).answer == "partly"
    assert examples.llama(releases, closed.head(0)).answer == "yes"


def test_no_figure_tests_the_story_about_microsoft():
    assert examples.microsoft().answer == "unknown"
