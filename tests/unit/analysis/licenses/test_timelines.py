"""When versions open: day arithmetic, the licenses' own rules, and real projects."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.licenses.timelines import Opening, OpeningState, add_years, opening_of, openings_in
from openstrat.errors import InputError
from openstrat.tables.store import read_table

RELEASED = date(2023, 10, 4)


def opening(license_id: str, released_on: date = RELEASED, **parameters: object) -> Opening:
    return opening_of(license_id, "1.0", released_on, read_table("license_terms"), **parameters)  # type: ignore[arg-type]


def of_project(project: str) -> dict[str, Opening]:
    found = openings_in(read_table("delayed_openings"), read_table("license_terms"), project=project)
    return {item.version: item for item in found}


def test_a_leap_day_returns_after_four_years_and_moves_to_march_after_two() -> None:
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)
    assert add_years(date(2024, 2, 29), 2) == date(2026, 3, 1)
    assert add_years(date(2024, 2, 28), 2) == date(2026, 2, 28)


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)), st.integers(0, 8))
def test_an_anniversary_is_never_before_the_same_day_of_the_month(day: date, years: int) -> None:
    later = add_years(day, years)
    assert later.year == day.year + years
    assert (later.month, later.day) in {(day.month, day.day), (3, 1)}
    assert 365 * years <= (later - day).days <= 366 * years


def test_business_source_without_parameters_gives_a_latest_day_only() -> None:
    found = opening("BUSL-1.1")
    assert found.opens_on is None
    assert found.opens_at_latest == date(2027, 10, 4)
    assert found.license_ids == ()
    assert found.state_on(date(2027, 10, 3)) is OpeningState.WAITING_AT_MOST
    assert found.state_on(date(2027, 10, 4)) is OpeningState.OPEN


def test_a_grant_that_names_the_later_license_and_sets_days_gives_a_latest_day_only() -> None:
    # The file of Outline states a day for each version; the text caps it at the fourth anniversary.
    found = opening("LicenseRef-BUSL-1.1-Outline")
    assert (found.opens_on, found.opens_at_latest, found.license_ids) == (None, date(2027, 10, 4), ("Apache-2.0",))
    # That of Terraform states four years for all.
    assert opening("LicenseRef-BUSL-1.1-HashiCorp").opens_on == date(2027, 10, 4)


def test_an_earlier_change_date_wins_and_a_later_one_is_cut_at_four_years() -> None:
    early = opening("BUSL-1.1", change_on=date(2025, 1, 1), change_license_id="Apache-2.0")
    assert (early.opens_on, early.license_ids) == (date(2025, 1, 1), ("Apache-2.0",))
    late = opening("BUSL-1.1", change_on=date(2030, 1, 1))
    assert late.opens_on == date(2027, 10, 4)
    assert "2030-01-01" in late.reason


@pytest.mark.parametrize(
    ("license_id", "later"), [("FSL-1.1-MIT", "MIT"), ("FSL-1.1-ALv2", "Apache-2.0"), ("LicenseRef-FCL-1.0-MIT", "MIT")]
)
def test_functional_source_and_fair_core_open_after_two_years(license_id: str, later: str) -> None:
    found = opening(license_id)
    assert (found.opens_on, found.license_ids) == (date(2025, 10, 4), (later,))
    assert found.days_left(date(2025, 10, 1)) == 3
    assert found.state_on(date(2025, 10, 3)) is OpeningState.WAITING


def test_licenses_without_a_rule_never_open() -> None:
    found = opening("Elastic-2.0")
    assert found.state_on(date(2099, 1, 1)) is OpeningState.NEVER
    assert found.days_left(date(2099, 1, 1)) is None


def test_terraform_1_6_opens_to_mpl_four_years_after_its_tag() -> None:
    found = of_project("Terraform")
    assert (found["1.6.0"].opens_on, found["1.6.0"].license_ids) == (date(2027, 10, 4), ("MPL-2.0",))
    assert found["1.5.7"].opens_on is None
    assert found["1.5.7"].license_id == "MPL-2.0"


def test_akka_and_maxscale_open_on_the_day_their_license_files_state() -> None:
    assert of_project("Akka")["2.8.0"].opens_on == date(2026, 3, 16)
    assert of_project("Akka")["2.7.0"].opens_on == date(2025, 10, 19)
    assert of_project("MariaDB MaxScale")["2.1.3"].license_ids == ("GPL-2.0-or-later",)
    assert of_project("MariaDB MaxScale")["2.1.3"].opens_on == date(2019, 7, 1)


def test_versions_of_a_project_are_in_order_of_release() -> None:
    days = [item.released_on for item in of_project("Sentry self-hosted").values()]
    assert days == sorted(days)


def test_a_change_date_before_the_release_is_refused() -> None:
    with pytest.raises(InputError, match="before its release"):
        opening("BUSL-1.1", change_on=date(2020, 1, 1))


def test_an_unlisted_project_is_refused_with_the_known_ones() -> None:
    with pytest.raises(InputError, match="Terraform"):
        of_project("Vault")
