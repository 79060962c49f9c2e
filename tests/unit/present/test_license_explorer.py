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


def shown(explorer: LicenseExplorer, mime: str) -> object:
    return next(output["data"][mime] for output in explorer.children[-1].outputs if mime in output["data"])


def test_one_step_over_700_million_users_moves_llama_to_gated(explorer: LicenseExplorer) -> None:
    explorer.controls["users"].value = 7e8
    assert answer(explorer, "LicenseRef-Llama-4") == "allowed"
    explorer.controls["users"].value = 8e8
    assert answer(explorer, "LicenseRef-Llama-4") == "gated"
    assert "With 800 million users a month" in shown(explorer, "text/html")


def test_every_control_redraws_the_chart(explorer: LicenseExplorer) -> None:
    steps = {"asset": "code", "purpose": "hosted_service", "users": 2e9, "revenue": 1e9, "family": "custom_ai"}
    for name, value in steps.items():
        before = shown(explorer, MIME)
        explorer.controls[name].value = value
        assert shown(explorer, MIME) != before, f"{name} did not redraw the chart"


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
