"""The rule against the authorities: shipped tables as they are, and with single flags changed to see what follows."""

from __future__ import annotations

import pandas as pd
import pytest

import openstrat
from openstrat.analysis.licenses.agreement import (
    DISAGREED,
    LISTED,
    SCANCODE_SAYS,
    agreement_table,
    compare_with_authorities,
    explain_disagreements,
    main_asset,
    stale_explanations,
)
from openstrat.tables.license_vocabulary import SCANCODE_CATEGORIES

OPEN = [
    "AGPL-3.0-only",
    "Apache-2.0",
    "BSD-3-Clause",
    "CC-BY-4.0",
    "CC-BY-SA-4.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "EUPL-1.2",
    "GPL-2.0-only",
    "GPL-3.0-only",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MPL-2.0",
    "ODbL-1.0",
    "ODC-By-1.0",
    "OpenMDW-1.0",
    "PDDL-1.0",
]
RESTRICTED = [
    "BUSL-1.1",
    "CC-BY-NC-4.0",
    "CC-BY-NC-SA-4.0",
    "Elastic-2.0",
    "FSL-1.1-ALv2",
    "FSL-1.1-MIT",
    "PolyForm-Noncommercial-1.0.0",
    "PolyForm-Small-Business-1.0.0",
    "SSPL-1.0",
    "SUL-1.0",
]
FIRST_28 = {**dict.fromkeys(OPEN, "fully_open"), **dict.fromkeys(RESTRICTED, "source_available")}
"""Levels by hand: SSPL asks for the whole service stack, SUL and FSL hold back some business, BUSL production use, and so on."""


def compared_with(**flags: object) -> pd.DataFrame:
    """The comparison when one license, MIT, has other flags than it really has."""
    licenses = openstrat.load_licenses()
    for column, value in flags.items():
        licenses.loc[licenses["license_id"] == "MIT", column] = value
    tables = (openstrat.load_mof_licenses(), openstrat.load_authority_disagreements())
    return compare_with_authorities(openstrat.load_license_terms(), licenses, *tables)


def outcome(compared: pd.DataFrame, license_id: str, authority: str) -> str:
    rows = compared[(compared["license_id"] == license_id) & (compared["authority"] == authority)]
    return rows["outcome"].item()


@pytest.fixture(scope="module")
def compared() -> pd.DataFrame:
    return compared_with()


@pytest.fixture(scope="module")
def explained() -> pd.DataFrame:
    return openstrat.load_authority_disagreements()


def test_the_28_spdx_listed_licenses_stand_where_a_reader_of_their_texts_puts_them(compared: pd.DataFrame) -> None:
    levels = compared[compared["authority"] == "osi"].set_index("license_id")["level"]
    assert levels.loc[list(FIRST_28)].to_dict() == FIRST_28


@pytest.mark.parametrize("authority", ["osi", "fsf", "scancode", "blue_oak", "mof"])
def test_nothing_that_an_authority_calls_open_comes_out_restricted(compared: pd.DataFrame, authority: str) -> None:
    table = agreement_table(compared).set_index("authority")
    assert table.loc[authority, "n_both_open"] > 0
    assert table.loc[authority, "n_authority_open_only"] == 0


def test_osi_and_the_rule_differ_on_8_of_the_28_which_are_for_data_or_were_not_put_forward(compared: pd.DataFrame) -> None:
    counts = agreement_table(compared[compared["license_id"].isin(FIRST_28)]).set_index("authority").loc["osi"]
    assert (counts["n_compared"], counts["n_both_open"], counts["n_both_restricted"], counts["n_rule_open_only"]) == (28, 10, 10, 8)
    assert counts["agreement_share"] == pytest.approx(20 / 28)
    # CC-BY, CC-BY-SA, CDLA, ODbL, ODC-By and PDDL are for works and data; CC0 was withdrawn, OpenMDW is for models and code
    assert (counts["n_different_question"], counts["same_question_share"]) == (6, pytest.approx(20 / 22))


def test_every_disagreement_says_who_is_right_and_why(compared: pd.DataFrame, explained: pd.DataFrame) -> None:
    listed = explain_disagreements(compared, explained)
    unexplained = listed[listed[["who_is_right", "why", "source_ids"]].isna().any(axis=1)]
    assert unexplained[["license_id", "authority"]].to_numpy().tolist() == []


def test_no_explanation_outlives_its_disagreement(compared: pd.DataFrame, explained: pd.DataFrame) -> None:
    assert stale_explanations(compared, explained)[["license_id", "authority"]].to_numpy().tolist() == []


def test_an_explanation_of_something_the_authority_does_not_say_is_stale(compared: pd.DataFrame, explained: pd.DataFrame) -> None:
    turned = explained.assign(authority_says=explained["authority_says"].mask(explained["license_id"] == "WTFPL", "open"))
    assert stale_explanations(compared, turned)["license_id"].tolist() == ["WTFPL"]


def test_a_flag_that_turns_is_a_disagreement_nobody_has_explained_yet(explained: pd.DataFrame) -> None:
    listed = explain_disagreements(compared_with(is_osi_approved=False), explained)
    mit = listed[listed["license_id"] == "MIT"].iloc[0]
    assert (mit["authority"], mit["word"], mit["outcome"]) == ("osi", "not approved", "rule_open_only")
    assert pd.isna(mit["why"])


@pytest.mark.parametrize(
    ("flags", "authority", "expected"),
    [
        ({"is_fsf_libre": pd.NA}, "fsf", "silent"),
        ({"is_fsf_libre": False}, "fsf", "silent"),
        ({"blueoak_rating": None}, "blue_oak", "silent"),
        ({"blueoak_rating": "lead"}, "blue_oak", "both_open"),
        ({"scancode_category": "cla"}, "scancode", "silent"),
        ({"scancode_category": None}, "scancode", "silent"),
        ({"scancode_category": "proprietary_free"}, "scancode", "rule_open_only"),
        ({"is_osi_approved": False, "is_spdx_listed": False}, "osi", "silent"),
    ],
)
def test_absence_from_a_list_is_no_verdict(flags: dict[str, object], authority: str, expected: str) -> None:
    assert outcome(compared_with(**flags), "MIT", authority) == expected


def test_unknown_cells_are_counted_apart_and_not_as_agreement(explained: pd.DataFrame) -> None:
    terms = openstrat.load_license_terms()
    terms.loc[terms["license_id"] == "MIT", "redistribution"] = None
    found = compare_with_authorities(terms, openstrat.load_licenses(), openstrat.load_mof_licenses(), explained)
    assert outcome(found, "MIT", "osi") == "undetermined"
    whole = agreement_table(found).set_index("authority")
    assert whole.loc["osi", "n_compared"] == agreement_table(compared_with()).set_index("authority").loc["osi", "n_compared"] - 1


def test_every_license_is_counted_once_for_every_authority(compared: pd.DataFrame) -> None:
    table = agreement_table(compared)
    apart = ("n_licenses", "n_compared", "n_different_question")
    counts = table[[name for name in table if name.startswith("n_") and name not in apart]]
    assert counts.sum(axis=1).tolist() == [len(openstrat.load_license_terms())] * len(LISTED)
    assert ((table["share_low"] <= table["agreement_share"]) & (table["agreement_share"] <= table["share_high"])).all()


def test_three_of_four_agreements_give_wilsons_interval() -> None:
    outcomes = ["both_open", "both_open", "both_restricted", "rule_open_only", "silent"]
    found = agreement_table(pd.DataFrame({"authority": "osi", "outcome": outcomes, "who_is_right": None})).set_index("authority").loc["osi"]
    # z = 1.96: middle (0.75 + 0.4802) / 1.9604 = 0.6275, half width 1.96 * sqrt(0.046875 + 0.060025) / 1.9604 = 0.3269
    assert (found["n_compared"], found["agreement_share"]) == (4, 0.75)
    assert (found["share_low"], found["share_high"]) == pytest.approx((0.3006, 0.9544), abs=1e-4)


def test_disagreements_over_another_question_are_also_left_out_of_a_share_of_their_own() -> None:
    # 2 agreements, 1 disagreement on the matter, 2 on another question: 2 of 5, and 2 of 3 without the other question
    rows = pd.DataFrame(
        {
            "authority": "osi",
            "outcome": ["both_open", "both_restricted", *["rule_open_only"] * 3],
            "who_is_right": [None, None, "rule", "different_question", "different_question"],
        }
    )
    found = agreement_table(rows).set_index("authority").loc["osi"]
    assert (found["agreement_share"], found["same_question_share"]) == (2 / 5, 2 / 3)


def test_an_authority_that_says_nothing_has_no_share() -> None:
    found = (
        agreement_table(pd.DataFrame({"authority": ["fsf"], "outcome": ["silent"], "who_is_right": [None]}))
        .set_index("authority")
        .loc["fsf"]
    )
    assert found["n_silent"] == 1
    assert pd.isna(found["agreement_share"])


def test_the_common_reading_of_kimi_k2_is_on_the_list_and_not_among_the_authorities(
    compared: pd.DataFrame, explained: pd.DataFrame
) -> None:
    listed = explain_disagreements(compared, explained).set_index("authority")
    assert listed.loc["common_reading", "license_id"] == "LicenseRef-Kimi-K2-Modified-MIT"
    assert "common_reading" not in set(agreement_table(compared)["authority"])


def test_each_scancode_category_has_a_meaning_and_a_reason() -> None:
    assert set(SCANCODE_SAYS) == set(SCANCODE_CATEGORIES)
    assert all(reason.endswith(".") for _, reason in SCANCODE_SAYS.values())


def test_disagreements_are_never_settled_against_the_rule_without_changing_it(explained: pd.DataFrame, compared: pd.DataFrame) -> None:
    disagreed = compared[compared["outcome"].isin(DISAGREED)]
    assert len(disagreed) == len(explained)
    assert "authority" not in set(explained["who_is_right"])


@pytest.mark.parametrize(("cell", "expected"), [("data; docs", "data"), ("weights", "weights"), (None, "code")])
def test_the_main_asset_is_the_first_that_is_recorded(cell: str | None, expected: str) -> None:
    assert main_asset(cell) == expected
