"""All 34 tests of size and business at their value, just below and just above, through the public answer."""

from __future__ import annotations

import pandas as pd
import pytest

import openstrat
from openstrat.analysis.licenses.askers import Asker
from openstrat.analysis.licenses.permissions import may
from openstrat.analysis.licenses.thresholds import is_crossed, threshold_in_words, threshold_ladder, who_crosses

# Written by hand from the texts and descriptions that the rows name as sources, not from the table.
# license, test, measure, value, comparison, unit | purpose | met below, at, above | once met | before it is met
MAU, DAU, MONTH, YEAR, TWELVE, PEOPLE = "mau", "dau", "usd_per_month", "usd_per_year", "usd_per_12_months", "people"
ABOVE, FROM, ANY_SIZE = (False, False, True), (False, True, True), (True, True, True)
BOUNDARIES = [
    ("LicenseRef-Baichuan2-Community", 1, "users", 1e6, "at_least", DAU, "product", FROM, "barred", "gated"),
    ("LicenseRef-Databricks-Open-Model", 1, "users", 700e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-GLM-5.3", 1, "revenue", 10e9, "above", TWELVE, "hosted_service", ABOVE, "gated", "allowed"),
    ("LicenseRef-HyperCLOVA-X-SEED-2025", 1, "users", 10e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-HyperCLOVA-X-SEED-2025", 2, "competing_product", None, None, None, "compete", ANY_SIZE, "gated", "gated"),
    ("LicenseRef-Jamba-Open-Model", 1, "revenue", 50e6, "above", YEAR, "product", ABOVE, "barred", "unknown"),
    ("LicenseRef-Kimi-K2-Modified-MIT", 1, "users", 100e6, "above", MAU, "product", ABOVE, "duty", "allowed"),
    ("LicenseRef-Kimi-K2-Modified-MIT", 2, "revenue", 20e6, "above", MONTH, "product", ABOVE, "duty", "allowed"),
    ("LicenseRef-Kimi-K3", 1, "users", 100e6, "above", MAU, "product", ABOVE, "duty", "allowed"),
    ("LicenseRef-Kimi-K3", 2, "revenue", 20e6, "above", MONTH, "product", ABOVE, "duty", "allowed"),
    ("LicenseRef-Kimi-K3", 3, "revenue", 20e6, "above", TWELVE, "hosted_service", ABOVE, "gated", "allowed"),
    ("LicenseRef-LFM-1.0", 1, "revenue", 10e6, "at_least", YEAR, "product", FROM, "barred", "allowed"),
    ("LicenseRef-Llama-2", 1, "users", 700e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Llama-3", 1, "users", 700e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Llama-3.1", 1, "users", 700e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Llama-3.2", 1, "users", 700e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Llama-3.3", 1, "users", 700e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Llama-4", 1, "users", 700e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-MiniMax-Community-2026", 1, "revenue", 20e6, "above", YEAR, "product", ABOVE, "gated", "unknown"),
    ("LicenseRef-MiniMax-Community-2026", 2, "commercial_use", None, None, None, "product", ANY_SIZE, "duty", "unknown"),
    ("LicenseRef-Mistral-Modified-MIT", 1, "revenue", 20e6, "above", MONTH, "product", ABOVE, "barred", "allowed"),
    ("LicenseRef-Qwen-2024", 1, "users", 100e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Qwen-Community-1.0", 1, "users", 100e6, "above", MAU, "product", ABOVE, "duty", "gated"),
    ("LicenseRef-Qwen-Community-1.0", 2, "revenue", 20e6, "above", MONTH, "product", ABOVE, "duty", "gated"),
    ("LicenseRef-Qwen-Community-1.0", 3, "business_type", None, None, None, "hosted_service", ANY_SIZE, "gated", "gated"),
    ("LicenseRef-Qwen3.8-Max", 1, "users", 100e6, "above", MAU, "product", ABOVE, "duty", "unknown"),
    # 240 million a year already lies above the 50 million of test 3
    ("LicenseRef-Qwen3.8-Max", 2, "revenue", 20e6, "above", MONTH, "product", ABOVE, "duty", "gated"),
    ("LicenseRef-Qwen3.8-Max", 3, "revenue", 50e6, "above", TWELVE, "hosted_service", ABOVE, "gated", "unknown"),
    ("LicenseRef-Stability-Community-2024", 1, "revenue", 1e6, "above", YEAR, "product", ABOVE, "barred", "gated"),
    ("LicenseRef-Tencent-Hunyuan-3D-2.0", 1, "users", 1e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Tencent-Hunyuan-Community-2024", 1, "users", 100e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("LicenseRef-Tongyi-Qianwen-2023", 1, "users", 100e6, "above", MAU, "product", ABOVE, "gated", "allowed"),
    ("PolyForm-Small-Business-1.0.0", 1, "revenue", 1e6, "at_least", YEAR, "product", FROM, "barred", "allowed"),
    ("PolyForm-Small-Business-1.0.0", 2, "people", 100, "at_least", PEOPLE, "product", FROM, "barred", "allowed"),
]


def company(unit: str | None, figure: float, purpose: str) -> Asker:
    """A company outside all excluded regions with one figure; every other figure is 0. Monthly limits get twelve times the figure."""
    figures = {"users": 0.0, "daily_users": 0.0, "revenue_usd": 0.0, "people": 0.0}
    if unit == DAU:
        figures |= {"daily_users": figure, "users": figure}
    elif unit is not None:
        name = {MAU: "users", MONTH: "revenue_usd", YEAR: "revenue_usd", TWELVE: "revenue_usd", PEOPLE: "people"}[unit]
        figures[name] = 12 * figure if unit == MONTH else figure
    return Asker(purpose, territory="elsewhere", **figures)


def test_the_list_above_is_the_whole_table() -> None:
    table = openstrat.load_license_thresholds()[["license_id", "test_no", "measure", "value", "comparison", "unit"]]
    known = {tuple(row) for row in table.astype(object).where(table.notna(), None).itertuples(index=False)}
    assert len(BOUNDARIES) == 34
    assert {row[:6] for row in BOUNDARIES} == known


@pytest.mark.parametrize("row", BOUNDARIES, ids=[f"{row[0]} {row[1]}" for row in BOUNDARIES])
@pytest.mark.parametrize(("place", "step"), [("below", -1), ("at", 0), ("above", 1)])
def test_each_threshold_decides_at_its_value_and_on_both_sides(row: tuple, place: str, step: int) -> None:
    license_id, test_no, _, value, _, unit, purpose, met, once_met, before = row
    is_met = met[step + 1]
    asker = company(unit, 1_000 if value is None else value + step, purpose)
    found = may(license_id, asker, openstrat.load_license_terms(), openstrat.load_license_thresholds())
    if once_met == "duty":
        assert any("must be shown" in duty for duty in found.duties) is is_met, place
        assert found.answer.value == before
    else:
        assert found.answer.value == (once_met if is_met else before)
        assert any(clause.decided_by == f"license_thresholds {test_no}" for clause in found.deciding) is is_met, place


@pytest.mark.parametrize(
    ("license_id", "purpose"),
    [
        ("LicenseRef-HyperCLOVA-X-SEED-2025", "product"),  # does not compete
        ("LicenseRef-Qwen-Community-1.0", "internal_use"),  # no service business
        ("LicenseRef-Kimi-K3", "product"),  # the gate is about model services
        ("LicenseRef-Qwen-2024", "internal_use"),  # a limit on products
    ],
)
def test_a_test_about_another_kind_of_business_never_gates(license_id: str, purpose: str) -> None:
    asker = Asker(purpose, users=9e6, daily_users=9e6, revenue_usd=900e6, people=9_000, territory="elsewhere")
    assert may(license_id, asker, openstrat.load_license_terms(), openstrat.load_license_thresholds()).answer != "gated"


def test_any_commercial_use_is_met_by_commerce_and_not_by_research() -> None:
    tables = (openstrat.load_license_terms(), openstrat.load_license_thresholds())
    shown = [
        any("must be shown" in duty for duty in may("LicenseRef-MiniMax-Community-2026", company(None, 0, purpose), *tables).duties)
        for purpose in ("product", "hosted_service", "internal_use", "research")
    ]
    assert shown == [True, True, True, False]


def crossed(unit: str, value: float, comparison: str = "above", **figures: float) -> bool | None:
    measure = {MAU: "users", DAU: "users", PEOPLE: "people"}.get(unit, "revenue")
    return is_crossed({"measure": measure, "unit": unit, "value": value, "comparison": comparison}, Asker("product", **figures))


@pytest.mark.parametrize(
    ("unit", "figures"), [(MAU, {"daily_users": 2e6}), (DAU, {"users": 2e6}), (YEAR, {"users": 2e6}), (MONTH, {}), (PEOPLE, {"users": 2e6})]
)
def test_a_figure_that_was_not_given_leaves_a_threshold_open(unit: str, figures: dict[str, float]) -> None:
    assert crossed(unit, 1e6, **figures) is None


def test_too_few_monthly_users_settle_a_daily_limit() -> None:
    assert crossed(DAU, 1e6, "at_least", users=999_999) is False
    assert crossed(DAU, 1e6, "at_least", users=1e6) is None
    assert crossed(DAU, 1e6, "at_least", users=5e6, daily_users=1e6) is True


def test_a_monthly_limit_is_compared_with_a_twelfth_and_the_clause_says_which() -> None:
    asker = Asker("product", revenue_usd=300e6)
    found = may("LicenseRef-Mistral-Modified-MIT", asker, openstrat.load_license_terms(), openstrat.load_license_thresholds())
    assert "A twelfth of the yearly revenue, USD 25 million, is compared with it." in found.clause


@pytest.mark.parametrize(
    ("license_id", "test_no", "who", "words"),
    [
        (
            "LicenseRef-Llama-4",
            1,
            "companies that, with their affiliates, had more than 700 million monthly users on the release date",
            "above 700 million monthly users (counted once, on the release date)",
        ),
        ("PolyForm-Small-Business-1.0.0", 2, "companies that have 100 people or more", "from 100 people"),
        (
            "LicenseRef-Kimi-K2-Modified-MIT",
            2,
            "products and services that have revenue of more than USD 20 million a month",
            "above USD 20 million a month",
        ),
        (
            "LicenseRef-Kimi-K3",
            3,
            "model-as-a-service businesses that, with their affiliates, have revenue of more than USD 20 million in twelve months",
            "above USD 20 million in twelve months, for model-as-a-service businesses",
        ),
        (
            "LicenseRef-Qwen-Community-1.0",
            3,
            "model-as-a-service businesses and makers of AI coding or office assistants, at any size",
            "at any size, for model-as-a-service businesses and makers of AI coding or office assistants",
        ),
        (
            "LicenseRef-HyperCLOVA-X-SEED-2025",
            2,
            "makers of products that compete with the licensor's or are substantially similar",
            "for a product that competes with the licensor's, at any size",
        ),
        ("LicenseRef-MiniMax-Community-2026", 2, "everybody who uses it commercially", "for any commercial use, at any size"),
    ],
)
def test_thresholds_in_words(license_id: str, test_no: int, who: str, words: str) -> None:
    table = openstrat.load_license_thresholds()
    row = table[(table["license_id"] == license_id) & (table["test_no"] == test_no)].iloc[0]
    test = {name: None if pd.isna(value) else value for name, value in row.items()}
    assert (who_crosses(test), threshold_in_words(test)) == (who, words)


def test_the_ladder_puts_monthly_limits_on_the_yearly_scale_and_leaves_out_tests_without_a_number() -> None:
    asker = Asker("product", users=0, revenue_usd=240e6 + 12)
    ladder = threshold_ladder(openstrat.load_license_thresholds(), asker).set_index(["license_id", "test_no"])
    assert len(ladder) == 31  # 34 tests, three of them without a number
    mistral, people = ladder.loc[("LicenseRef-Mistral-Modified-MIT", 1)], ladder.loc[("PolyForm-Small-Business-1.0.0", 2)]
    assert (mistral["value"], mistral["state"], mistral["effect"]) == (240e6, "reached", "barred")
    assert (people["value"], people["state"]) == (100, "unknown")
    assert ladder.at[("LicenseRef-Llama-4", 1), "state"] == "not_reached"
