"""Facts that users of the fork and relicensing tables rely on."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.tables.catalog import definition
from openstrat.tables.store import read_table


def change(change_id: str) -> pd.Series:
    return read_table("license_changes").set_index("change_id").loc[change_id]


def fork(event_id: str) -> pd.Series:
    return read_table("fork_events").set_index("event_id").loc[event_id]


@pytest.mark.parametrize(
    ("table", "n_rows"),
    [
        ("repositories", 71),
        ("activity_monthly", 16_847),
        ("migration_monthly", 1_088),
        ("core_transitions", 198),
        ("license_changes", 46),
        ("fork_events", 36),
    ],
)
def test_every_row_has_its_own_key(table: str, n_rows: int) -> None:
    frame = read_table(table)
    assert len(frame) == n_rows
    assert not frame.duplicated(list(definition(table).key)).any()


def test_redis_changed_its_license_two_days_before_valkey_began() -> None:
    redis = change("redis-2024")
    assert (redis["changed_on"], redis["license_before"], redis["license_after"]) == (
        "2024-03-20",
        "BSD-3-Clause",
        "LicenseRef-RSALv2 OR SSPL-1.0",
    )
    valkey = fork("redis-valkey")
    assert valkey["license_change_id"] == "redis-2024"
    assert valkey["first_own_commit_on"] == pd.Timestamp("2024-03-22")
    assert valkey["steward_type"] == "foundation"


def test_terraform_left_mpl_on_2023_08_10_and_opentofu_work_began_six_days_later() -> None:
    assert change("terraform-2023")[["changed_on", "license_before", "license_after"]].tolist() == ["2023-08-10", "MPL-2.0", "BUSL-1.1"]
    assert fork("terraform-opentofu")["first_own_commit_on"] == pd.Timestamp("2023-08-16")


def test_three_projects_took_a_restriction_back() -> None:
    changes = read_table("license_changes")
    back = changes[changes["direction"] == "reversal"]
    assert set(back["change_id"]) == {"redis-2025", "elasticsearch-2024", "text-generation-inference-2024"}
    assert set(back["osi_status_before"]) == {"not_approved"}
    assert set(back["osi_status_after"]) == {"approved"}


def test_mariadb_followed_an_acquisition_and_mongodb_has_no_fork() -> None:
    assert fork("mysql-mariadb")["trigger_category"] == "acquisition"
    assert pd.isna(fork("mysql-mariadb")["license_change_id"])
    events = read_table("fork_events")
    assert not events[["upstream", "fork"]].apply(lambda names: names.str.contains("mongo", case=False)).to_numpy().any()
    assert change("mongodb-2018")["license_after"] == "SSPL-1.0"


def test_every_fork_after_a_relicensing_names_the_change_and_no_other_fork_does() -> None:
    events = read_table("fork_events")
    answers = events["license_change_id"].notna()
    assert (answers == (events["trigger_category"] == "relicense")).all()
    assert answers.sum() == 9


@pytest.mark.parametrize(
    ("table", "date", "precision"),
    [
        ("license_changes", "changed_on", "changed_precision"),
        ("fork_events", "triggered_on", "triggered_precision"),
        ("fork_events", "announced_on", "announced_precision"),
        ("fork_events", "first_release_on", "first_release_precision"),
    ],
)
def test_a_date_is_written_as_precisely_as_it_is_known(table: str, date: str, precision: str) -> None:
    frame = read_table(table)
    written = frame[date].str.len().map({4: "year", 7: "month", 10: "day"})
    known = frame[precision].replace("about", "day")
    assert written.fillna("").tolist() == known.fillna("").tolist()


def test_an_open_source_initiative_approval_agrees_with_the_licenses_table() -> None:
    approved = read_table("licenses").set_index("license_id")["is_osi_approved"]
    changes = read_table("license_changes")
    simple = changes[~changes["license_after"].str.contains(" AND ")]
    choices = simple["license_after"].str.split(" OR ").map(lambda ids: any(approved[license_id] for license_id in ids))
    assert (choices == (simple["osi_status_after"] == "approved")).all()


def test_first_own_commits_agree_with_the_histories() -> None:
    own = read_table("repositories").set_index("repository")["own_first_commit_on"]
    events = read_table("fork_events").dropna(subset=["fork_repository", "first_own_commit_on"])
    assert len(events) >= 20
    assert events["first_own_commit_on"].tolist() == events["fork_repository"].map(own).tolist()


def test_activity_repeats_the_role_of_its_repository() -> None:
    roles = read_table("repositories").set_index("repository")["role"]
    activity = read_table("activity_monthly")
    assert (activity["role"] == activity["repository"].map(roles)).all()
    assert (roles == "donor").sum() == 17


def test_elasticsearch_has_a_gap_and_not_zeros() -> None:
    activity = read_table("activity_monthly")
    months = activity.loc[activity["repository"] == "elastic/elasticsearch", "month"]
    assert not months.between("2021-03-01", "2023-07-01").any()
    assert months.min() == pd.Timestamp("2019-02-01")


def test_an_elephant_factor_never_stands_without_the_unknown_share() -> None:
    activity = read_table("activity_monthly").dropna(subset=["elephant_factor_12m"])
    assert activity["org_unknown_share_12m"].notna().all()


def test_llama_cpp_is_one_series_under_its_current_name() -> None:
    repositories = read_table("repositories").set_index("repository")
    assert repositories.loc["ggml-org/llama.cpp", "former_names"] == "ggerganov/llama.cpp"
    assert "ggerganov/llama.cpp" not in set(read_table("activity_monthly")["repository"])


def test_people_in_a_fork_were_seen_upstream_before_or_never() -> None:
    moved = read_table("migration_monthly").dropna(subset=["n_fork_active"])
    assert (moved["n_veterans"] + moved["n_no_upstream_history"] == moved["n_fork_active"]).all()
    assert (moved["n_migrants"] <= moved["n_veterans"]).all()
    assert (moved["upstream"].isna() == moved["is_upstream_inside_fork"]).all()


@pytest.mark.parametrize(
    ("repository", "n_core", "n_moved"),
    [
        ("valkey-io/valkey", 10, 6),
        ("grafana/mimir", 11, 8),
        ("prestosql/presto", 26, 21),
        ("libav/libav", 51, 38),
        ("apache/pekko", 9, 3),
        ("opentofu/opentofu", 16, 0),
        ("openbao/openbao", 49, 1),
        ("opensearch-project/OpenSearch", 68, 0),
    ],
)
def test_some_forks_take_the_core_along_and_others_start_with_a_new_team(repository: str, n_core: int, n_moved: int) -> None:
    rows = read_table("core_transitions")
    year = rows[(rows["fork"] == repository) & (rows["author_group"] == "core_12m") & (rows["horizon_months"] == 12)]
    assert year[["n_group", "n_in_fork"]].to_numpy().tolist() == [[n_core, n_moved]]
