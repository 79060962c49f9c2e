"""Which license changes are nearest to a case, and which fork followed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from openstrat.analysis.strategy.precedents import CaseFeatures, family_of, nearest_precedents
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table

TODAY = dt.date(2026, 8, 26)
FAMILIES = {"MIT": "permissive", "Apache-2.0": "permissive", "AGPL-3.0-only": "network_copyleft", "BUSL-1.1": "source_available"}

#           change    day           layer       before        after            steward      reason
CHANGES = [("apple",  "2020-05-01", "database", "MIT",        "BUSL-1.1",      "company",   "cloud_competition"),
           ("banana", "2021-05-01", "database", "Apache-2.0", "BUSL-1.1",      "company",   "cloud_competition"),
           ("cherry", "2022",       "database", "MIT",        "AGPL-3.0-only", "community", "reseller"),
           ("damson", "2023-05",    None,       "MIT",        "BUSL-1.1",      "company",   "cloud_competition"),
           ("elder",  "2023-06-01", "sdk",      "MIT",        "Unlisted",      "company",   "adoption")]  # fmt: skip
#         event   answers   first own commit  announced   fork
FORKS = [("late",  "apple",  "2020-09-01",     None,         "late/apple"),
         ("early", "apple",  "2020-04-28",     None,         "early/apple"),
         ("word",  "damson", None,             "2023-07-01", "word/damson"),
         ("other", None,     "2019-01-01",     None,         "other/fork")]  # fmt: skip


def changes() -> pd.DataFrame:
    columns = ["change_id", "changed_on", "layer", "license_before", "license_after", "steward_type", "reason_type"]
    frame = pd.DataFrame(CHANGES, columns=columns)
    precision = frame["changed_on"].str.len().map({4: "year", 7: "month", 10: "day"})
    return frame.assign(project=frame["change_id"], repository=None, direction="restrict", changed_precision=precision, source_ids="list")


def forks() -> pd.DataFrame:
    frame = pd.DataFrame(FORKS, columns=["event_id", "license_change_id", "first_own_commit_on", "announced_on", "fork"])
    seen = pd.to_datetime(["2026-01-01"] * len(frame))
    frame["first_own_commit_on"] = pd.to_datetime(frame["first_own_commit_on"])
    return frame.assign(fork_repository=None, outcome="active", observed_until_on=seen, source_ids="git")


def nearest(*, as_of: dt.date = TODAY, most: int = 5, **features: str) -> pd.DataFrame:
    found = nearest_precedents(CaseFeatures(**features), changes(), forks(), families=FAMILIES, as_of=as_of, most=most)
    return found.set_index("change_id")


def test_distance_is_the_share_of_features_that_differ() -> None:
    found = nearest(layer="database", family_before="permissive", family_after="source_available", steward_type="company")
    assert found["distance"].to_dict() == {
        "banana": 0.0,
        "apple": 0.0,
        "damson": 0.25,  # outside the stack
        "elder": pytest.approx(1 / 3),  # sdk; the family of its new license is not known and not compared
        "cherry": 0.5,  # network copyleft, community
    }
    assert found["n_features"].to_dict() == {"banana": 4, "apple": 4, "damson": 4, "elder": 3, "cherry": 4}
    assert found.loc["cherry", "differed"] == ("family after: network copyleft, not source available; steward type: community, not company")
    assert found.loc["elder", "matched"] == "family before: permissive; steward type: company"


def test_ties_stand_newest_first_and_stay_marked_when_one_is_cut_off() -> None:
    found = nearest(layer="database", steward_type="company", most=1)
    assert found.index.tolist() == ["banana"]
    assert found["is_tie"].tolist() == [True]


def test_a_change_counts_only_when_it_had_certainly_happened() -> None:
    assert set(nearest(direction="restrict", as_of=dt.date(2022, 12, 30)).index) == {"apple", "banana"}
    assert set(nearest(direction="restrict", as_of=dt.date(2022, 12, 31)).index) == {"apple", "banana", "cherry"}
    assert nearest(direction="restrict", as_of=dt.date(2019, 1, 1)).empty


def test_the_fork_is_the_one_that_began_first_and_its_lag_may_be_negative() -> None:
    found = nearest(direction="restrict")
    assert found.loc["apple", ["fork", "fork_lag_days", "n_forks"]].tolist() == ["early/apple", -3, 2]
    assert found.loc["damson", "fork"] == "word/damson"
    assert pd.isna(found.loc["damson", "fork_lag_days"])
    assert pd.isna(found.loc["banana", "fork"])
    assert found.loc["banana", "n_forks"] == 0
    assert found.loc["apple", "source_ids"] == "list; git"


def test_nothing_from_after_the_given_day_is_shown() -> None:
    then = nearest(direction="restrict", as_of=dt.date(2020, 6, 1))
    assert then.loc["apple", "n_forks"] == 1
    assert pd.isna(then.loc["apple", "fork_outcome"])
    assert nearest(direction="restrict").loc["apple", "fork_outcome"] == "active"


@pytest.mark.parametrize(
    ("expression", "family"),
    [
        ("MIT", "permissive"),
        ("BUSL-1.1 OR AGPL-3.0-only", "network_copyleft"),
        ("Apache-2.0 AND BUSL-1.1", "source_available"),
        ("Apache-2.0 AND BUSL-1.1 OR MIT", "permissive"),
        ("MIT OR Unlisted", None),
    ],
)
def test_or_gives_the_freest_choice_and_and_the_strictest_part(expression: str, family: str | None) -> None:
    assert family_of(expression, FAMILIES) == family


def test_a_case_needs_known_words_and_at_least_one() -> None:
    with pytest.raises(UnknownNameError, match=r"Unknown layer 'databse'\. Did you mean 'database'"):
        CaseFeatures(layer="databse")
    with pytest.raises(InputError, match="at least one feature"):
        CaseFeatures()
    with pytest.raises(InputError, match="at least 1 precedent"):
        nearest(direction="restrict", most=0)


def test_a_database_that_fears_the_clouds_meets_redis_with_valkey_two_days_later() -> None:
    families: dict[str, Any] = read_table("licenses").set_index("license_id")["family"].dropna().to_dict()
    case = CaseFeatures(layer="database", family_before="permissive", family_after="source_available", reason_type="cloud_competition")
    found = nearest_precedents(case, read_table("license_changes"), read_table("fork_events"), families=families, as_of=TODAY)
    assert found.loc[0, ["change_id", "distance", "fork", "fork_lag_days"]].tolist() == ["redis-2024", 0.0, "valkey-io/valkey", 2]
    assert {"elasticsearch-2021", "cockroachdb-2019"} <= set(found["change_id"])
