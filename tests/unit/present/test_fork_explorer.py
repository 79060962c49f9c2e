"""The fork explorer driven from code, as a notebook cell would."""

from __future__ import annotations

import pytest

import openstrat
from openstrat.errors import UnknownNameError
from openstrat.present.charts.fork_explorer import BRUSH
from openstrat.present.explorers import ForkExplorer, fork_explorer
from openstrat.present.figure import MIME


@pytest.fixture
def explorer() -> ForkExplorer:
    return fork_explorer()


def shown(explorer: ForkExplorer, mime: str) -> object:
    """What is on the page in this form."""
    return next(output["data"][mime] for output in explorer.children[-1].outputs if mime in output["data"])


@pytest.mark.parametrize(
    ("name", "value"),
    [("months", 36), ("fork", "opentofu/opentofu"), ("measure", "commits"), ("rule", "with_coauthors"), ("basis", "author")],
)
def test_every_control_redraws_the_charts(explorer: ForkExplorer, name: str, value: object) -> None:
    before = shown(explorer, MIME)
    explorer.controls[name].value = value
    assert shown(explorer, MIME) != before


def test_the_answer_names_means_window_rule_and_kind(explorer: ForkExplorer) -> None:
    explorer.controls["months"].value = 12
    text = shown(explorer, "text/plain")
    assert "Mean people active a month: redis before 16.9, redis after 10.5, valkey after 26.5 (redis −38%)." in text
    assert "Rule: whoever is credited; up to 12 months before and after 2024-03" in text
    assert "23 of redis and 11 of valkey complete months known" in text
    assert "The core moved: 6 of 10 core people" in text


def test_another_rule_gives_another_answer(explorer: ForkExplorer) -> None:
    explorer.controls["months"].value = 12
    explorer.controls["rule"].value = "nonsteward"
    assert "(redis −60%)" in shown(explorer, "text/plain")
    assert "valkey after unknown" in shown(explorer, "text/plain")


def test_the_rules_on_offer_are_those_of_the_measure(explorer: ForkExplorer) -> None:
    explorer.controls["rule"].value = "addresses"
    explorer.controls["measure"].value = "people_12m"
    assert [value for _, value in explorer.controls["rule"].options] == ["credited"]
    explorer.controls["measure"].value = "commits"
    assert [value for _, value in explorer.controls["rule"].options] == ["credited", "strict", "with_bots", "nonsteward"]


def test_the_window_bounds_the_drawn_months(explorer: ForkExplorer) -> None:
    explorer.controls["months"].value = 6
    assert explorer.months["months_since_start"].min() == -6
    assert explorer.months["months_since_start"].max() == 6


def test_months_marked_below_narrow_every_layer_above(explorer: ForkExplorer) -> None:
    lines, moved, context = explorer.figure().spec()["vconcat"]
    for part in (lines, moved):
        assert all({"filter": {"param": BRUSH}} in layer["transform"] for layer in part["layer"])
    assert all("transform" not in layer for layer in context["layer"])


def test_every_fork_can_be_explored(explorer: ForkExplorer) -> None:
    explorer.controls["months"].value = 120
    for fork in openstrat.fork_pairs_of()["fork"]:
        explorer.controls["fork"].value = fork
        assert "complete months known" in shown(explorer, "text/plain")
        assert '"width"' not in str(shown(explorer, MIME))


def test_every_control_has_a_label_and_help(explorer: ForkExplorer) -> None:
    assert all(control.description and control.tooltip for control in explorer.controls.values())


@pytest.mark.parametrize(("name", "value"), [("fork", "valkey-io/valky"), ("measure", "stars"), ("months", 7)])
def test_unknown_start_values_are_refused(name: str, value: object) -> None:
    with pytest.raises(UnknownNameError, match=f"Unknown {name} '{value}'"):
        fork_explorer(**{name: value})
