"""Inputs of the rubric that tables give by rule."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.backtesting.features import drop_in, outsider_share, published_outsider_share

FAMILIES = {"MIT": "permissive", "MPL-2.0": "weak_copyleft", "AGPL-3.0-only": "network_copyleft", "GPL-2.0-only": "strong_copyleft"}


@pytest.mark.parametrize(
    ("license_before", "coded"),
    [("MIT", 1.0), ("MPL-2.0", 1.0), ("AGPL-3.0-only", 0.3), ("GPL-2.0-only", None), ("Unlisted", None), ("AGPL-3.0-only OR MIT", 1.0)],
)
def test_drop_in_follows_the_family_before_and_stays_unknown_where_the_rule_is_silent(license_before: str, coded: float | None) -> None:
    assert drop_in(license_before, FAMILIES) == coded


def activity(**last: object) -> pd.DataFrame:
    months = pd.date_range("2022-06-01", periods=14, freq="MS")  # to 2023-07
    frame = pd.DataFrame({"month": months, "repository": "a/b", "date_basis": "committer", "n_commits": 10, "n_commits_nonsteward": 4})
    frame = frame.assign(is_partial_month=False, steward_orgs="acme", source_ids="git", org_top_12m="acme")
    frame = frame.assign(org_unknown_share_12m=0.5, org_top_share_of_known_12m=0.9)
    return frame.assign(**last)


def test_the_share_lies_between_known_outsiders_and_everybody_without_the_stewards_address() -> None:
    found = outsider_share(activity(), "a/b", "2023-07-28")
    assert found.high == pytest.approx(0.4)
    assert found.low == pytest.approx(0.05)  # half of the commits name an organization, a tenth of those another one
    assert (found.n_commits, found.n_months) == (120, 12)  # June 2022 and the month of the change lie outside


def test_months_before_the_history_are_missing_not_zero() -> None:
    found = outsider_share(activity(), "a/b", "2022-09-01")
    assert (found.n_commits, found.n_months) == (30, 3)


def test_nothing_is_known_without_history_steward_or_month() -> None:
    assert outsider_share(activity(), None, "2023-07-28").high is None
    assert outsider_share(activity(), "a/b", "2023").high is None
    assert outsider_share(activity(n_commits_nonsteward=None), "a/b", "2023-07-28").high is None
    assert outsider_share(activity(org_top_12m="other"), "a/b", "2023-07-28").low == 0.0


def test_a_published_count_of_the_vendors_share_or_of_outsiders_over_vendor_is_turned_into_a_range() -> None:
    rows = [
        ("acme-vendor-commits-before", "a/b", "share", 0.82, 0.84, "2023-08-10"),
        ("beta-outsiders-ratio", "c/d", "ratio", 1.5, 1.5, "2024-03-20"),
    ]
    findings = pd.DataFrame(rows, columns=["finding_id", "repository", "measure", "published_low", "published_high", "window_to_on"])
    assert published_outsider_share(findings, "a/b", "2023-08-10") == pytest.approx((0.16, 0.18))
    assert published_outsider_share(findings, "c/d", "2024-03-20") == pytest.approx((0.6, 0.6))
    assert published_outsider_share(findings, "a/b", "2024-01-01") is None
    assert published_outsider_share(findings, None, "2023-08-10") is None
