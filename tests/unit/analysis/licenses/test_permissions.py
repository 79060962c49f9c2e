"""Who may use what: made-up licenses with one condition each, then real ones at, below and above their thresholds."""

from __future__ import annotations

import math

import pandas as pd
import pytest

import openstrat
from openstrat.analysis.licenses.permissions import who_may
from openstrat.analysis.licenses.thresholds import is_crossed, threshold_in_words, threshold_ladder
from openstrat.errors import InputError, UnknownNameError

FREE = {
    "license_id": "Free",
    "grant": "license",
    "commercial_use": "yes",
    "commercial_gate": "none",
    "commercial_threshold": None,
    "use_scope": "any",
    "redistribution": "yes",
    "derivatives": "yes",
    "hosted_service": "yes",
    "competing_use": "none",
    "competing_use_note": None,
    "output_use": "unrestricted",
    "output_use_note": None,
    "copyleft_trigger": "none",
    "geographic_exclusion": "none",
    "source_ids": "made-up",
}
NO_TESTS = pd.DataFrame(columns=["license_id", "test_no"])
PURPOSES = ["product", "hosted_service", "redistribute", "train_on_outputs", "research"]


def answer_of(purpose: str, **cells: str | None) -> pd.Series:
    """The answer of one license that differs from a free one in the given cells."""
    licenses = pd.DataFrame({"license_id": ["Free"], "asset_types": ["weights; code"]})
    found = who_may(pd.DataFrame([FREE | cells]), licenses, NO_TESTS, asset="weights", users=10, revenue_usd=10, purpose=purpose)
    return found.iloc[0]


def real(license_id: str, *, users: float = 0, revenue: float = 0, purpose: str = "product", asset: str = "weights") -> pd.Series:
    """The answer of one shipped license."""
    tables = (openstrat.load_license_terms(), openstrat.load_licenses(), openstrat.load_license_thresholds())
    found = who_may(*tables, asset=asset, users=users, revenue_usd=revenue, purpose=purpose)
    return found.set_index("license_id").loc[license_id]


@pytest.mark.parametrize("purpose", PURPOSES)
def test_terms_without_a_limit_allow_every_purpose(purpose: str) -> None:
    assert answer_of(purpose).answer == "allowed"


@pytest.mark.parametrize(
    ("column", "value", "answers"),
    [  #                                product    hosted     redistr.   outputs    research
        ("commercial_use", "no", ["barred", "barred", "barred", "barred", "allowed"]),
        ("commercial_gate", "permission", ["gated", "gated", "gated", "gated", "allowed"]),
        ("use_scope", "research", ["barred", "barred", "barred", "barred", "allowed"]),
        ("use_scope", "internal", ["barred", "barred", "barred", "barred", "allowed"]),
        ("hosted_service", "no", ["allowed", "barred", "allowed", "allowed", "allowed"]),
        ("competing_use", "managed_service", ["allowed", "gated", "allowed", "allowed", "allowed"]),
        ("competing_use", "competing_product", ["gated", "gated", "gated", "allowed", "allowed"]),
        ("copyleft_trigger", "service", ["allowed", "gated", "allowed", "allowed", "allowed"]),
        ("copyleft_trigger", "network", ["allowed", "allowed", "allowed", "allowed", "allowed"]),
        ("redistribution", "no", ["allowed", "allowed", "barred", "allowed", "allowed"]),
        ("output_use", "no_other_llms", ["allowed", "allowed", "allowed", "barred", "allowed"]),
        ("output_use", "no_competing_models", ["allowed", "allowed", "allowed", "gated", "allowed"]),
        ("output_use", "naming_duty", ["allowed", "allowed", "allowed", "allowed", "allowed"]),
        ("grant", "none", ["barred", "barred", "barred", "barred", "barred"]),
    ],
)
def test_one_restricting_cell_decides_for_the_purposes_it_is_about(column: str, value: str, answers: list[str]) -> None:
    assert [answer_of(purpose, **{column: value}).answer for purpose in PURPOSES] == answers


@pytest.mark.parametrize(
    ("column", "purpose"),
    [
        ("use_scope", "research"),
        ("commercial_use", "product"),
        ("competing_use", "product"),
        ("hosted_service", "hosted_service"),
        ("derivatives", "redistribute"),
        ("output_use", "train_on_outputs"),
    ],
)
def test_a_blank_cell_that_would_decide_is_unknown_and_named(column: str, purpose: str) -> None:
    found = answer_of(purpose, **{column: None})
    assert (found.answer, found.decided_by) == ("unknown", column)


def test_a_bar_wins_over_a_blank_cell() -> None:
    assert answer_of("hosted_service", hosted_service="no", use_scope=None).answer == "barred"


def test_conditions_that_no_cell_explains_stay_unknown() -> None:
    assert answer_of("product", commercial_use="conditional").answer == "unknown"


@pytest.mark.parametrize(
    ("license_id", "limit"),
    [("LicenseRef-Llama-4", 700e6), ("LicenseRef-Qwen-2024", 100e6), ("LicenseRef-Tencent-Hunyuan-3D-2.0", 1e6)],
)
def test_more_users_than_the_limit_need_a_separate_license(license_id: str, limit: float) -> None:
    answers = [real(license_id, users=users).answer for users in (limit - 1, limit, limit + 1)]
    assert answers == ["allowed", "allowed", "gated"]


def test_a_limit_of_value_or_more_holds_at_the_value() -> None:
    answers = [real("PolyForm-Small-Business-1.0.0", revenue=usd, asset="code").answer for usd in (999_999, 1_000_000, 1_000_001)]
    assert answers == ["unknown", "barred", "barred"]  # below, the limit of 100 people remains, and people were not asked


def test_monthly_revenue_is_a_twelfth_of_the_year() -> None:
    answers = [real("LicenseRef-Mistral-Modified-MIT", revenue=12 * usd).answer for usd in (20e6, 20e6 + 1)]
    assert answers == ["unknown", "barred"]


def test_a_limit_on_model_services_leaves_products_alone() -> None:
    answers = [real("LicenseRef-Kimi-K3", revenue=30e6, purpose=purpose).answer for purpose in ("product", "hosted_service")]
    assert answers == ["allowed", "gated"]


def test_a_test_at_the_release_date_counts_and_says_so() -> None:
    assert "counted once, on the release date" in real("LicenseRef-Llama-4", users=800e6).clause


def test_excluded_regions_are_named_because_place_is_not_asked() -> None:
    assert "EU" in real("LicenseRef-Llama-4").clause


def test_every_row_has_a_source_and_only_licenses_for_the_asset_are_asked() -> None:
    tables = (openstrat.load_license_terms(), openstrat.load_licenses(), openstrat.load_license_thresholds())
    found = who_may(*tables, asset="data", users=0, revenue_usd=0, purpose="product")
    assert found["source_ids"].str.len().gt(0).all()
    assert "ODbL-1.0" in set(found["license_id"])
    assert "Elastic-2.0" not in set(found["license_id"])


def test_daily_limits_are_settled_by_few_monthly_users_only() -> None:
    test = {"measure": "users", "unit": "dau", "value": 1e6, "comparison": "at_least"}
    assert [is_crossed(test, users=users, revenue_usd=0) for users in (999_999, 1_000_000)] == [False, None]


def test_thresholds_in_words() -> None:
    test = {"value": 2e7, "unit": "usd_per_month", "comparison": "above", "business": None, "tested_when": "ongoing", "measure": "revenue"}
    assert threshold_in_words(test) == "above USD 20 million a month"


def test_the_ladder_puts_monthly_limits_on_the_yearly_scale() -> None:
    ladder = threshold_ladder(openstrat.load_license_thresholds(), users=0, revenue_usd=240e6).set_index(["license_id", "measure"])
    row = ladder.loc[("LicenseRef-Mistral-Modified-MIT", "revenue")]
    assert (row["value"], row["state"]) == (240e6, "not_reached")


@pytest.mark.parametrize(("name", "value"), [("asset", "weight"), ("purpose", "hosting")])
def test_unknown_words_are_answered_with_the_allowed_ones(name: str, value: str) -> None:
    asked = {"asset": "weights", "purpose": "product", "users": 0, "revenue_usd": 0} | {name: value}
    with pytest.raises(UnknownNameError, match=f"Unknown {name}.*Allowed"):
        who_may(NO_TESTS, NO_TESTS, NO_TESTS, **asked)


@pytest.mark.parametrize("figure", [-1, math.nan, math.inf])
def test_figures_must_be_finite_and_not_negative(figure: float) -> None:
    with pytest.raises(InputError, match="users is"):
        who_may(NO_TESTS, NO_TESTS, NO_TESTS, asset="weights", users=figure, revenue_usd=0, purpose="product")
