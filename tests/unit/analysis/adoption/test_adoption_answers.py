"""What the notebook on adoption asks of the shipped tables."""

from __future__ import annotations

import pandas as pd
import pytest

import openstrat
from openstrat.errors import InputError, UnknownNameError

AS_OF = "2026-08-26"


@pytest.fixture(scope="module")
def bursts() -> pd.DataFrame:
    return openstrat.star_bursts_of(as_of=AS_OF).set_index("event_id")


def test_stars_around_the_redis_license_change_stand_beside_the_authors(bursts: pd.DataFrame) -> None:
    # By hand from stars_monthly: 63,500 on 2024-03-01 and 64,344 on 2024-04-01 are 844 in 31 days
    redis = bursts.loc["redis-valkey"]
    assert redis["gained_30d"] == pytest.approx(844 / 31 * 30)
    assert redis["ratio"] == pytest.approx(2.09, abs=0.005)
    assert (redis["event_month"], redis["month_basis"]) == ("2024-03", "triggered_on")
    # The same 12-month windows as the published event study of these histories: 16.9 to 10.5 authors, -38 %
    assert (redis["authors_before"], redis["authors_after"]) == (pytest.approx(16.9, abs=0.05), pytest.approx(10.5, abs=0.05))
    assert redis["authors_change"] == pytest.approx(-0.38, abs=0.005)


def test_a_project_without_a_read_history_has_no_authors_rather_than_none(bursts: pd.DataFrame) -> None:
    assert bursts.loc["gitea-forgejo", ["authors_before", "authors_after", "authors_change"]].isna().all()


def test_every_row_has_the_star_lists_and_the_event_among_its_sources(bursts: pd.DataFrame) -> None:
    listed = set(openstrat.load_sources()["source_id"])
    for cell in bursts["source_ids"]:
        assert "star-lists" in cell
        assert set(cell.split("; ")) <= listed


def test_nothing_after_the_as_of_day_is_used() -> None:
    early = openstrat.star_bursts_of(as_of="2023-12-31")
    assert early["event_month"].max() <= "2023-12"
    curves = openstrat.fork_curves_of(["terraform-opentofu"], as_of="2023-12-31")
    assert curves["month"].max() <= pd.Timestamp("2023-12-01")


def test_a_side_that_was_not_read_for_six_months_is_unknown() -> None:
    sides = openstrat.fork_sides_of(as_of=AS_OF).set_index(["event_id", "year"])
    assert pd.isna(sides.loc[("terraform-opentofu", 1), "fork_stars_30d"])
    assert sides.loc[("redis-valkey", 1), "fork_stars_30d"] > sides.loc[("redis-valkey", 1), "upstream_stars_30d"]
    assert set(sides["n_packages"]) == {0}


def test_an_event_without_star_lists_is_named_with_the_allowed_ones() -> None:
    with pytest.raises(UnknownNameError, match="redis-valkey"):
        openstrat.fork_curves_of(["redis-valky"], as_of=AS_OF)


def test_a_least_number_that_no_month_reaches_is_said() -> None:
    with pytest.raises(InputError, match="has 100 projects"):
        openstrat.adoption_of(as_of=AS_OF, seed=1, n_least=100)


def test_valkey_is_a_front_page_launch_by_its_stars_while_people_kept_working_on_it() -> None:
    valkey = openstrat.launches_of(as_of=AS_OF).set_index("repository").loc["valkey-io/valkey"]
    assert valkey["first_30d"] == pytest.approx(13_124 / 34 * 30)
    assert valkey["is_front_page"]
    assert valkey["authors_settled"] > 20
