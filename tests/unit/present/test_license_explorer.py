"""The explorer driven from code, as a notebook cell would."""

from __future__ import annotations

import re

import pytest

import openstrat
from openstrat.errors import UnknownNameError
from openstrat.present.explorers import LicenseExplorer, license_explorer
from openstrat.present.figure import MIME


@pytest.fixture
def explorer() -> LicenseExplorer:
    return license_explorer(openstrat.load_license_terms(), openstrat.load_licenses(), openstrat.load_license_thresholds())


def answer(explorer: LicenseExplorer, license_id: str) -> str:
    return explorer.answers.set_index("license_id").at[license_id, "answer"]


def shown(explorer: LicenseExplorer, mime: str, place: int = 0) -> object:
    """What is on the page in this form: 0 is the answer in words, 1 the license in detail."""
    return [output["data"][mime] for output in explorer.children[-1].outputs if mime in output["data"]][place]


def test_one_step_over_700_million_users_moves_llama_to_gated(explorer: LicenseExplorer) -> None:
    explorer.controls["users"].value = 7e8
    assert answer(explorer, "LicenseRef-Llama-4") == "allowed"
    explorer.controls["users"].value = 8e8
    assert answer(explorer, "LicenseRef-Llama-4") == "gated"
    assert "With 800 million users a month" in shown(explorer, "text/html")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("asset", "code"),
        ("purpose", "hosted_service"),
        ("users", 2e9),
        ("revenue", 1e9),
        ("people", 5),
        ("territory", "KR"),
        ("family", "custom_ai"),
        ("restriction", "output_ban"),
        ("license", "LicenseRef-Llama-2"),
    ],
)
def test_every_control_redraws_the_chart(explorer: LicenseExplorer, name: str, value: object) -> None:
    if name == "people":  # the one license that counts people is written for code
        explorer.controls["asset"].value = "code"
    before = shown(explorer, MIME)
    explorer.controls[name].value = value
    assert shown(explorer, MIME) != before


def test_a_restriction_keeps_only_the_licenses_that_hold_it(explorer: LicenseExplorer) -> None:
    explorer.controls["restriction"].value = "output_duty"
    kept = set(explorer.answers["license_id"])
    assert kept >= {"LicenseRef-Llama-3.1", "LicenseRef-Gemma-ToU-2024-04-01"}
    assert not kept & {"LicenseRef-Llama-2", "Apache-2.0", "LicenseRef-Kimi-K2-Modified-MIT"}
    assert "output duty licenses for weights" in shown(explorer, "text/html")


def test_filters_that_leave_nothing_show_zeros(explorer: LicenseExplorer) -> None:
    explorer.controls["family"].value = "permissive"
    explorer.controls["restriction"].value = "output_ban"
    assert len(explorer.answers) == 0
    assert "0 of 0 permissive output ban licenses" in shown(explorer, "text/html")


def test_the_detail_names_the_clause_the_duty_and_whom_the_license_shuts_out(explorer: LicenseExplorer) -> None:
    explorer.controls["license"].value = "LicenseRef-Llama-3.1"
    explorer.controls["users"].value = 8e8
    text = shown(explorer, "text/plain", 2)  # 1 is the chart
    assert "Llama-3.1 allows this only under a condition" in text
    assert "a separate license is needed. (license_thresholds 1)" in text
    assert 'show "Built with Llama"' in text
    assert "Companies that, with their affiliates, had more than 700 million monthly users on the release date." in text


def test_the_detail_offers_the_licenses_of_the_asset(explorer: LicenseExplorer) -> None:
    explorer.controls["license"].value = "Apache-2.0"
    explorer.controls["asset"].value = "data"
    offered = {value for _, value in explorer.controls["license"].options}
    assert offered == set(explorer.answers["license_id"])
    assert explorer.controls["license"].value in offered


def test_the_numbers_of_the_sentence_add_up(explorer: LicenseExplorer) -> None:
    text = shown(explorer, "text/plain")
    numbers = re.search(r"(\d+) of (\d+) .*?\.\s+(\d+) do so.*?(\d+) not at all; for (\d+) the", text, re.DOTALL)
    allowed, total, gated, barred, unknown = map(int, numbers.groups())
    assert allowed + gated + barred + unknown == total == len(explorer.answers)


def test_every_control_has_a_label_and_help(explorer: LicenseExplorer) -> None:
    assert all(control.description and control.tooltip for control in explorer.controls.values())


@pytest.mark.parametrize(("name", "value"), [("asset", "api"), ("purpose", "sell")])
def test_unknown_start_values_are_refused(name: str, value: str) -> None:
    tables = (openstrat.load_license_terms(), openstrat.load_licenses(), openstrat.load_license_thresholds())
    with pytest.raises(UnknownNameError, match=f"Unknown {name} '{value}'"):
        license_explorer(*tables, **{name: value})
