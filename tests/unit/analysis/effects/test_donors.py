"""The same change in the donors, and how far an event's change stands out from theirs."""

from __future__ import annotations

import pandas as pd
import pytest

import openstrat
from openstrat.analysis.effects.donors import compare_with_donors, donor_changes
from openstrat.analysis.effects.windows import AUTHORS_12M, activity_window, authors_window

EVENT = "2020-07"


def months(repository: str, values: list[int], *, start: str = "2020-01", role: str = "upstream") -> pd.DataFrame:
    """One row a month, all complete."""
    when = pd.period_range(start, periods=len(values), freq="M").to_timestamp()
    frame = pd.DataFrame({"repository": repository, "role": role, "date_basis": "committer", "month": when, "source_ids": "git"})
    return frame.assign(n_active_authors=pd.array(values, dtype="Int64"), is_partial_month=False)


def around(name: str, before: int, after: int, n_before: int = 30, n_after: int = 12, role: str = "donor") -> pd.DataFrame:
    """A steady repository whose level changes at the event."""
    start = str(pd.Period(EVENT, "M") - n_before)
    return months(name, [before] * n_before + [0] + [after] * n_after, start=start, role=role)


def test_donors_that_are_young_small_cut_or_unwanted_are_left_out_with_the_reason() -> None:
    pool = pd.concat([
        around("good/up", 10, 11),
        around("good/down", 10, 8),
        around("good/half", 10, 5),
        around("no/young", 10, 90, n_before=23),
        around("no/small", 2, 90),
        around("no/cut", 10, 90, n_after=11),
        around("chef/chef", 10, 90),
    ])  # fmt: skip
    found = donor_changes(pool, EVENT)
    assert dict(found.changes) == pytest.approx({"good/up": 0.1, "good/down": -0.2, "good/half": -0.5})
    # ratios 0.5, 0.8, 1.1: the quartiles are the geometric means sqrt(0.5 * 0.8) and sqrt(0.8 * 1.1)
    assert (found.median, found.quartile_low, found.quartile_high) == pytest.approx((-0.2, -0.3675, -0.0619), abs=1e-4)
    assert found.n_at_or_below(-0.2) == 2
    assert dict(found.left_out) == {
        "chef/chef": "left out by choice",
        "no/cut": "12 of 12 months before and 11 of 12 after are complete",
        "no/small": "mean before is 2.0",
        "no/young": "only 23 months of history before",
    }


def test_no_usable_donor_gives_no_median() -> None:
    found = donor_changes(around("a/b", 10, 5, n_after=3), EVENT)
    assert (found.n, found.median, found.source_ids) == (0, None, ())


# ratios of donors       0.5    0.8    1.0    1.25   2.0
POOL = [around("d/1", 20, 10), around("d/2", 20, 16), around("d/3", 20, 20), around("d/4", 20, 25), around("d/5", 20, 40)]


def compared(before: int, after: int):
    """An event's change beside the pool."""
    activity = pd.concat([*POOL, around("a/b", before, after, role="upstream")])
    return compare_with_donors(activity_window(activity, "a/b", EVENT), donor_changes(activity, EVENT))


def test_the_difference_is_what_is_left_of_the_donors_ratio() -> None:
    found = compared(20, 8)  # ratio 0.4 against a median of 1.0
    assert found.did == pytest.approx(-0.6)
    # had it moved like the donor that fell most (0.5) or rose most (2.0): 0.4 / 0.5 and 0.4 / 2.0
    assert (found.low, found.high) == pytest.approx((-0.8, -0.2))
    assert found.confidence == pytest.approx(4 / 6)


def test_p_is_a_rank_and_cannot_be_smaller_than_one_over_donors_plus_one() -> None:
    found = compared(20, 8)
    assert (found.p_two_sided, found.p_fall, found.smallest_p) == pytest.approx((1 / 6, 1 / 6, 1 / 6))
    assert found.n_as_far == 0


def test_a_doubling_is_as_far_as_a_fall_to_a_half() -> None:
    found = compared(20, 10)  # ratio 0.5: d/1 fell as far, d/5 rose as far
    assert (found.p_two_sided, found.p_fall) == pytest.approx((3 / 6, 2 / 6))
    assert found.n_as_far == 1


def test_a_rise_is_compared_with_donors_that_rose() -> None:
    found = compared(20, 25)  # ratio 1.25: d/4 and d/5 rose as far
    assert found.n_as_far == 2
    assert found.p_fall == pytest.approx(5 / 6)


def test_without_a_change_or_a_donor_there_is_nothing_to_compare() -> None:
    lonely = around("a/b", 10, 5, role="upstream")
    assert compare_with_donors(activity_window(lonely, "a/b", EVENT), donor_changes(lonely, EVENT)) is None


# Computed by others from the same histories with the rule of this module; the numbers came with the fork data.
PUBLISHED = [
    # repository             event      before   after   change   n   median    q25      q75     did     p     fall
    ("redis/redis",          "2024-03", 16.9167, 10.4545, -0.3820, 13,  0.0000, -0.0861, 0.2903, -0.3820, 0.1429, 0.0714),
    ("hashicorp/terraform",  "2023-08", 20.3333, 17.8333, -0.1230, 16, -0.0115, -0.2107, 0.3376, -0.1128, 0.7647, 0.4118),
    ("hashicorp/vault",      "2023-08", 55.8333, 51.7500, -0.0731, 16, -0.0115, -0.2107, 0.3376, -0.0624, 0.8235, 0.4118),
    ("hashicorp/nomad",      "2023-08", 21.9167, 16.9167, -0.2281, 16, -0.0115, -0.2107, 0.3376, -0.2192, 0.5294, 0.2353),
    ("akka/akka",            "2022-09", 13.0000,  6.1667, -0.5256, 16,  0.1085, -0.0649, 0.2889, -0.5721, 0.1176, 0.0588),
    ("confluentinc/ksql",    "2018-12", 13.5833, 15.5000,  0.1411, 13,  0.0285, -0.0177, 0.1892,  0.1095, 0.5000, 0.5714),
    ("minio/minio",          "2021-05", 17.5833, 14.8333, -0.1564, 13, -0.1132, -0.1980, 0.0368, -0.0487, 0.8571, 0.5000),
    ("scylladb/scylladb",    "2024-12", 34.3333, 42.6667,  0.2427, 13, -0.0799, -0.1164, 0.0840,  0.3506, 0.1429, 0.9286),
    ("elastic/logstash",     "2021-02",  8.3333,  7.6667, -0.0800, 13, -0.1794, -0.2857, 0.0964,  0.1212, 0.7857, 0.5714),
]  # fmt: skip


@pytest.mark.parametrize("row", PUBLISHED, ids=lambda row: row[0])
def test_the_published_event_study_comes_out_again(
    row: tuple[str, str, float, float, float, int, float, float, float, float, float, float],
) -> None:
    repository, event, before, after, change, n, *rest = row
    activity = openstrat.load_activity_monthly()
    own, donors = activity_window(activity, repository, event), donor_changes(activity, event)
    found = compare_with_donors(own, donors)
    assert found is not None
    assert (own.before_mean, own.after_mean, own.change) == pytest.approx((before, after, change), abs=1e-4)
    assert found.n == n
    mine = (donors.median, donors.quartile_low, donors.quartile_high, found.did, found.p_two_sided, found.p_fall)
    assert mine == pytest.approx(rest, abs=1e-4)


# The same source: people with a commit in the twelve months before and after.
PUBLISHED_AUTHORS = [
    # repository             event     before after  n   median   q25      q75     did      p       fall
    ("hashicorp/terraform", "2023-08", 138,   97, 16, -0.0758, -0.1514, 0.2040, -0.2394, 0.4118, 0.1765),
    ("hashicorp/vault",     "2023-08", 211,  209, 16, -0.0758, -0.1514, 0.2040,  0.0718, 0.7647, 0.6471),
    ("akka/akka",           "2022-09",  72,   23, 16,  0.0140, -0.1022, 0.3004, -0.6850, 0.0588, 0.0588),
    ("confluentinc/ksql",   "2018-12",  46,   57, 14,  0.0269, -0.0937, 0.1931,  0.2067, 0.3333, 0.8000),
    ("minio/minio",         "2021-05",  95,   79, 14, -0.0962, -0.1784, 0.0341, -0.0799, 0.8000, 0.4000),
    ("cortexproject/cortex","2021-07", 112,   53, 14, -0.0799, -0.1878, 0.0426, -0.4857, 0.0667, 0.0667),
    ("elastic/logstash",    "2021-02",  29,   21, 13, -0.0923, -0.2836, 0.0000, -0.2022, 0.5000, 0.3571),
]  # fmt: skip


@pytest.mark.parametrize("row", PUBLISHED_AUTHORS, ids=lambda row: row[0])
def test_the_published_counts_of_authors_come_out_again(
    row: tuple[str, str, int, int, int, float, float, float, float, float, float],
) -> None:
    repository, event, before, after, n, *rest = row
    activity = openstrat.load_activity_monthly()
    own, donors = authors_window(activity, repository, event), donor_changes(activity, event, measure=AUTHORS_12M)
    found = compare_with_donors(own, donors)
    assert found is not None
    assert (own.before_mean, own.after_mean, found.n) == (before, after, n)
    mine = (donors.median, donors.quartile_low, donors.quartile_high, found.did, found.p_two_sided, found.p_fall)
    assert mine == pytest.approx(rest, abs=1e-4)


def test_redis_authors_are_counted_to_the_eleventh_month_where_its_history_ends() -> None:
    activity = openstrat.load_activity_monthly()
    assert authors_window(activity, "redis/redis", "2024-03").after_mean is None
    found = authors_window(activity, "redis/redis", "2024-03", months_after=11)
    assert (found.before_mean, found.after_mean) == (96.0, 69.0)
