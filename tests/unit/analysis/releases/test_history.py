"""License steps of model families."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.releases.history import family_history
from openstrat.errors import UnknownNameError
from openstrat.tables.store import read_table


def steps(family: str) -> pd.DataFrame:
    return family_history(family, read_table("license_history"), read_table("license_terms"), read_table("licenses"))


def test_llama_2_opened_to_business_and_brought_a_size_limit() -> None:
    step = steps("Llama").set_index("artifact").loc["Llama 2"]
    assert step["added"] == "scale_gate"
    assert "non_commercial" in step["dropped"].split("; ")


def test_llama_3_1_turned_the_ban_on_outputs_into_a_duty() -> None:
    step = steps("Llama").set_index("artifact").loc["Llama 3.1"]
    assert (step["added"], step["dropped"]) == ("output_duty", "output_ban")


def test_the_license_before_the_first_change_is_step_0() -> None:
    first = steps("Llama").iloc[0]
    assert (first["step"], first["license_id"]) == (0, "LicenseRef-Llama-1")


def test_steps_are_in_order_of_time() -> None:
    dated = steps("Llama")["changed_on"].dropna()
    assert dated.is_monotonic_increasing


def test_a_license_that_was_not_read_gives_no_difference() -> None:
    history = pd.DataFrame(
        [
            {
                "family": "By hand",
                "changed_on": "2024-01",
                "artifact": "Two",
                "license_before": "Apache-2.0",
                "license_after": None,
                "direction": "restrict",
                "confidence": "secondary",
                "source_ids": "by-hand-source",
            }
        ]
    )
    last = family_history("By hand", history, read_table("license_terms"), read_table("licenses")).iloc[-1]
    assert (last["level"], last["added"], last["dropped"]) == ("undetermined", "", "")


def test_an_unknown_family_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'Llama'"):
        steps("Lama")
