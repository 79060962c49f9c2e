"""Rules of the spectrum on a handful of layers and releases."""

import pandas as pd
import pytest

from openstrat.analysis.releases.claims import ClaimCheck, ClaimVerdict
from openstrat.analysis.strategy import spectrum_rules
from openstrat.cases.load import load_case
from openstrat.tables.release_vocabulary import Claim, SaidBy
from openstrat.terms import OpennessLevel


def _placed(*levels):
    layers = ["sdk", "docs", "database", "eval"][: len(levels)]
    rows = {"option": "a", "layer": layers, "level": levels, "reason": "Because.", "source_ids": "one; two"}
    return pd.DataFrame(rows)


def _check(name, verdict, claim=Claim.OPEN_SOURCE):
    return ClaimCheck(name, claim, SaidBy.PUBLISHER, "README", verdict, ("Why.",))


def test_mixed_levels_need_more_than_one_word():
    findings = {item.concept_id: item for item in spectrum_rules.level_findings(_placed("fully_open", "fully_open", "closed"), "a")}
    assert {name: item.answer.value for name, item in findings.items()} == {
        "SP0": "yes", "SP1": "yes", "SP2": "no", "SP3": "no", "SP4": "yes",
    }  # fmt: skip
    assert findings["SP1"].sentence == "Fully open: SDK, docs."
    assert findings["SP0"].source_ids == ("one", "two")


def test_one_level_is_one_word():
    assert spectrum_rules.level_findings(_placed("closed", "closed"), "a")[0].answer == "no"


def test_a_layer_that_is_not_placed_leaves_other_levels_open():
    findings = spectrum_rules.level_findings(_placed("fully_open", "undetermined"), "a")
    assert [item.answer.value for item in findings] == ["yes", "yes", "unknown", "unknown", "unknown"]


def test_an_option_without_layers_is_unknown():
    assert {item.answer.value for item in spectrum_rules.level_findings(_placed("closed"), "other")} == {"unknown"}


def test_claims_above_the_level_are_a_share_with_an_interval():
    checks = [_check("a", ClaimVerdict.FLAG), _check("b", ClaimVerdict.NOTE), _check("c", ClaimVerdict.UNDETERMINED)]
    finding = spectrum_rules.claims_above_level([*checks, _check("d", ClaimVerdict.CONSISTENT, Claim.OPEN_WEIGHTS)])
    assert (finding.value, finding.n) == (0.5, 2)
    assert finding.low < 0.5 < finding.high
    assert "1 more are left out because their terms are not known." in finding.caveats


def test_without_claims_nothing_is_said():
    assert spectrum_rules.claims_above_level([]).answer == "unknown"


@pytest.mark.parametrize(("low", "high", "answer"), [(1, 1, "yes"), (3, 1, "yes"), (0, 3, "unknown"), (0, 0, "no")])
def test_completeness_stands_beside_the_level(low, high, answer):
    assert spectrum_rules.completeness_beside_level(OpennessLevel.FULLY_OPEN, low, high, "words", ["one"]).answer == answer


def test_layers_without_plan_or_reason_are_chosen_by_default():
    finding = spectrum_rules.chosen_on_purpose(load_case("case-database-relicense"))
    assert (finding.answer, finding.value, finding.n) == ("partly", 0.2, 5)
    assert finding.evidence[0] == "SDK: level chosen by default, no reason given."
