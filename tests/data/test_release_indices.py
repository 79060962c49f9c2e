"""Facts that users of the release indices rely on."""

from __future__ import annotations

import pytest

from openstrat.tables.store import read_table


@pytest.mark.parametrize(
    ("table", "n_rows"),
    [
        ("run_code", 18),
        ("transparency_scores", 37),
        ("openness_index_grades", 224),
        ("stack_map_classes", 22),
        ("release_claims", 27),
        ("mof_record_classes", 42),
    ],
)
def test_tables_have_their_rows(table: str, n_rows: int) -> None:
    assert len(read_table(table)) == n_rows


def test_december_2025_has_thirteen_companies_with_the_published_totals() -> None:
    # totals as published with the edition
    expected = {
        "AI21 Labs": 66,
        "Alibaba": 26,
        "Amazon": 39,
        "Anthropic": 46,
        "DeepSeek": 32,
        "Google": 41,
        "IBM": 95,
        "Meta": 31,
        "Midjourney": 14,
        "Mistral AI": 18,
        "OpenAI": 35,
        "Writer": 72,
        "xAI": 14,
    }
    scores = read_table("transparency_scores")
    latest = scores[scores["edition"] == "2025-12"]
    assert dict(zip(latest["organization"], latest["score"], strict=True)) == expected


@pytest.mark.parametrize(("edition", "mean"), [("2023-10", 37), ("2024-05", 58), ("2025-12", 40)])
def test_mean_scores_are_those_the_index_reports(edition: str, mean: int) -> None:
    # means from the abstracts of the three editions, rounded there
    scores = read_table("transparency_scores")
    assert abs(scores.loc[scores["edition"] == edition, "score"].mean() - mean) < 1


def test_each_graded_model_has_all_fourteen_grades() -> None:
    assert set(read_table("openness_index_grades").groupby("release_id").size()) == {14}


def test_run_code_is_listed_for_open_weights_only_and_under_an_approved_license() -> None:
    licenses = read_table("licenses").set_index("license_id")["is_osi_approved"]
    assert read_table("run_code")["license_id"].map(licenses).all()


def test_a_score_points_to_a_release_of_the_same_company() -> None:
    scores = read_table("transparency_scores").dropna(subset=["release_id"])
    owner = read_table("releases").set_index("release_id")["organization"]
    assert (scores["release_id"].map(owner) == scores["organization"]).all()


def test_published_records_of_three_releases_reach_class_1() -> None:
    classes = read_table("mof_record_classes")
    assert set(classes.loc[classes["mof_class"] == 1, "release_id"]) == {"amber-7b", "olmo-7b", "pythia-12b"}
