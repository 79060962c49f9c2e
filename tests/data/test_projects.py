"""Facts that users of the project and release tables rely on."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.tables.catalog import definition
from openstrat.tables.store import read_table
from openstrat.terms import Layer, values


def component(name: str) -> pd.DataFrame:
    rows = read_table("release_components")
    return rows[rows["component"] == name]


@pytest.mark.parametrize(
    ("table", "n_rows"),
    [("projects", 83), ("project_indicators", 39), ("openness_base_rates", 40), ("releases", 57), ("release_components", 615)],
)
def test_every_row_has_its_own_key(table: str, n_rows: int) -> None:
    frame = read_table(table)
    assert len(frame) == n_rows
    assert not frame.duplicated(list(definition(table).key)).any()


def test_of_57_releases_28_have_weights_under_an_osi_approved_license_27_restricted_2_none() -> None:
    licenses = read_table("licenses").set_index("license_id")["is_osi_approved"]
    weights = component("weights")
    approved = weights["license_id"].map(licenses).fillna(False).astype(bool)
    assert approved.sum() == 28
    assert weights.loc[~approved, "status"].value_counts().to_dict() == {"restricted": 27, "closed": 2}
    assert set(weights.loc[approved, "status"]) == {"open"}


def test_training_data_is_open_in_9_releases_but_only_6_name_a_license() -> None:
    data = component("training_data")
    opened = data[data["status"] == "open"].set_index("release_id")["license_id"]
    assert len(opened) == 9
    assert set(opened.index[opened.isna()]) == {"olmo-2-32b", "nemotron-3-super", "starcoder2-15b"}


def test_3_of_these_licenses_are_stated_for_the_whole_distribution_only() -> None:
    data = component("training_data")
    whole = data[(data["status"] == "open") & (data["license_basis"] == "inherited_from_distribution")]
    assert set(whole["release_id"]) == {"gpt-neox-20b", "granite-34b-code-instruct", "pythia-12b"}


@pytest.mark.parametrize("release_id", ["command-r-35b", "command-r-plus-104b"])
def test_command_r_adds_a_policy_to_its_creative_commons_license(release_id: str) -> None:
    weights = component("weights").set_index("release_id")
    assert weights.at[release_id, "license_id"] == "LicenseRef-Cohere-CC-BY-NC-AUP"


def test_every_release_says_something_about_weights_training_code_and_training_data() -> None:
    releases = set(read_table("releases")["release_id"])
    for name in ("weights", "training_code", "training_data"):
        assert set(component(name)["release_id"]) == releases


def test_a_component_is_the_same_kind_of_thing_in_every_release() -> None:
    kinds = read_table("release_components").groupby("component")["asset"].agg(lambda assets: sorted(set(assets)))
    assert kinds["weights"] == ["weights"]
    assert kinds["eval_data"] == ["data"]
    assert kinds.map(len).max() == 1


def test_a_license_basis_is_given_exactly_where_a_license_is() -> None:
    rows = read_table("release_components")
    assert (rows["license_id"].isna() == (rows["license_basis"] == "none_recorded")).all()


def test_arxiv_distribution_license_is_not_taken_for_an_open_one() -> None:
    rows = read_table("release_components")
    papers = rows[rows["license_id"] == "LicenseRef-arXiv-nonexclusive-distrib-1.0"]
    assert len(papers) == 7
    assert set(papers["status"]) == {"restricted"}


def test_parts_without_a_license_are_not_called_open() -> None:
    rows = read_table("release_components")
    assert set(rows.loc[rows["license_id"] == "LicenseRef-No-License", "status"]) == {"published_without_license"}


def test_release_dates_are_those_of_the_announcements() -> None:
    dates = read_table("releases").set_index("release_id")["released_on"]
    assert dates["llama-2-70b"] == "2023-07-18"
    assert dates["deepseek-r1"] == "2025-01-20"
    assert dates["gpt-oss-120b"] == "2025-08"


def test_the_one_date_that_belongs_to_a_family_is_marked() -> None:
    releases = read_table("releases")
    assert list(releases.loc[~releases["is_date_verified"], "release_id"]) == ["stable-diffusion-v1-3"]


def test_projects_lie_on_known_layers_and_none_on_docs() -> None:
    counts = read_table("projects")["layer"].value_counts()
    assert set(counts.index) == set(values(Layer)) - {"docs"}
    assert counts["frontier_weights"] == 17


def test_projects_carry_the_license_of_the_current_flagship() -> None:
    licenses = read_table("projects").set_index("project_id")["license_id"]
    assert licenses["llama"] == "LicenseRef-Llama-4"
    assert licenses["redis"] == "AGPL-3.0-only OR SSPL-1.0 OR LicenseRef-RSALv2"
    assert licenses["n8n"] == "SUL-1.0"
    assert pd.isna(licenses["harvey-lab"])


def test_nothing_blank_is_said_to_be_read_in_a_source() -> None:
    projects = read_table("projects")
    read = projects["verified_fields"].fillna("").str.split("; ")
    blank = [(row.project_id, field) for row, fields in zip(projects.itertuples(), read, strict=True) for field in fields
             if field and pd.isna(getattr(row, field))]  # fmt: skip
    assert blank == []


def test_indicators_find_their_project_also_after_a_repository_was_renamed() -> None:
    projects = read_table("project_indicators").set_index("repository")["project_id"]
    assert projects["ggerganov/llama.cpp"] == "llama-cpp"
    assert projects["opentofu/opentofu"] == "opentofu"
    assert pd.isna(projects["prometheus/prometheus"])
    assert projects.notna().sum() == 33


def test_concentration_and_sign_off_as_measured() -> None:
    measured = read_table("project_indicators").set_index("repository")
    assert measured.at["opentofu/opentofu", "n_authors_for_half"] == 1
    assert measured.at["prometheus/prometheus", "n_authors_for_half"] == 11
    assert measured.at["opentofu/opentofu", "signoff_share_12m"] == 0.995
    assert measured.at["hashicorp/terraform", "signoff_share_12m"] == 0.022


def test_parts_of_a_history_do_not_exceed_the_whole() -> None:
    measured = read_table("project_indicators")
    assert (measured["n_human_commits_12m"] <= measured["n_commits_12m"]).all()
    assert (measured["n_commits_12m"] <= measured["n_commits_nomerge"]).all()
    assert (measured["n_authors_for_half"] <= measured["n_authors_12m"]).all()


def test_first_commit_and_first_release_agree_where_both_are_the_first_commit() -> None:
    first = read_table("projects").set_index("project_id")["first_released_on"]
    commit = read_table("project_indicators").set_index("project_id")["first_commit_on"].dt.strftime("%Y-%m-%d")
    for project in ("helm", "onnx", "minio", "openai-evals"):
        assert first[project] == commit[project]


def test_base_rates_add_up_to_the_286_products_of_the_map() -> None:
    rates = read_table("openness_base_rates")
    assert rates["n_products"].sum() == 286
    base = rates[rates["category"] == "base_pretrained"].set_index("openness_class")["n_products"].to_dict()
    assert base == {"open_source": 3, "open_weights": 13, "restricted": 8, "closed": 11}
    assert rates.loc[rates["category"] == "ui_api", "layers"].isna().all()
