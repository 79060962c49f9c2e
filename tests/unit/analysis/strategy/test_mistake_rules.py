"""The four rules on mistakes, on facts small enough to judge by hand."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.releases.claims import ClaimCheck, ClaimVerdict
from openstrat.analysis.strategy.mistakes.from_tables import maintenance_from_months, outside_share
from openstrat.analysis.strategy.mistakes.maintenance import ONE_AUTHOR, MaintenanceFacts, under_maintenance
from openstrat.analysis.strategy.mistakes.open_washing import ReleaseConduct, open_washing
from openstrat.analysis.strategy.mistakes.relicensing import RelicensingFacts, bad_faith_relicensing
from openstrat.analysis.strategy.ranks import relicense_direction
from openstrat.errors import UnknownNameError
from openstrat.tables.models_conduct import CopyBasis
from openstrat.tables.release_vocabulary import Claim, SaidBy

ABRUPT = RelicensingFacts(
    name="Example",
    changed_on="2024-01-01",
    family_before="permissive",
    family_after="source_available",
    is_open_after=False,
    notice_days_low=0,
    notice_days_high=0,
    has_promise=True,
    outside_share=0.1,
)
DAY = date(2026, 8, 22)
KEPT_UP = MaintenanceFacts("a/b", DAY, DAY, n_commits=50, n_best=100, last_release_on=date(2026, 8, 1), n_authors_for_half=3)
CALLED_OPEN = ClaimCheck("model", Claim.OPEN_SOURCE, SaidBy.PUBLISHER, "README", ClaimVerdict.CONSISTENT, ("Open terms.",))


@pytest.mark.parametrize(
    ("before", "after", "direction"),
    [
        ("permissive", "source_available", "tighter"),
        ("permissive", "network_copyleft", "tighter"),
        ("source_available", "network_copyleft", "opener"),
        ("custom_ai", "permissive", "opener"),
        ("source_available", "custom_ai", "uncertain"),  # rank 3 against 3 to 4
        ("source_available", "source_available", "same"),
        ("custom_ai", "custom_ai", "uncertain"),  # two companies' own terms can differ either way
        ("data", "permissive", "uncertain"),
        (None, "permissive", "uncertain"),
    ],
)
def test_direction_is_the_sign_of_the_ranks(before, after, direction):
    assert relicense_direction(before, after) == direction


def test_an_unknown_family_is_named():
    with pytest.raises(UnknownNameError, match="viral"):
        relicense_direction("viral", "permissive")


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "yes"),
        ({"family_after": "permissive"}, "no"),
        ({"notice_days_low": 90, "notice_days_high": 90}, "no"),
        ({"notice_days_low": 89, "notice_days_high": 89}, "yes"),
        ({"notice_days_low": 60, "notice_days_high": 120}, "unknown"),
        ({"notice_days_low": None, "notice_days_high": None}, "unknown"),
        ({"has_promise": False}, "no"),  # a tenth by outsiders, no promise
        ({"has_promise": False, "outside_share": 0.2}, "no"),  # at the line
        ({"has_promise": False, "outside_share": 0.21}, "yes"),
        ({"has_promise": None, "outside_share": None}, "unknown"),
        ({"has_promise": None}, "unknown"),  # little outside work, but a promise is not ruled out
        ({"is_open_after": True}, "partly"),
        ({"is_open_after": True, "has_promise": None, "outside_share": None}, "partly"),
    ],
)
def test_bad_faith_needs_tighter_terms_short_notice_and_somebody_wronged(changes, answer):
    assert bad_faith_relicensing(replace(ABRUPT, **changes)).answer == answer


def test_what_would_decide_an_unknown_change_is_asked():
    finding = bad_faith_relicensing(replace(ABRUPT, notice_days_low=None, notice_days_high=None))
    assert finding.asks == ("the day of the announcement",)


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "no"),
        ({"n_commits": 10}, "no"),  # at the line
        ({"n_commits": 9}, "yes"),
        ({"last_release_on": date(2025, 2, 22)}, "no"),  # eighteen months to the day
        ({"last_release_on": date(2025, 2, 21)}, "yes"),
        ({"readme_words": ("no longer maintained",)}, "yes"),
        ({"last_release_on": None}, "unknown"),
        ({"last_release_on": None, "n_commits": 9}, "yes"),  # one part is enough
        ({"known_on": date(2026, 5, 24)}, "no"),  # 90 days
        ({"known_on": date(2026, 5, 23)}, "unknown"),  # 91 days
        ({"known_on": date(2026, 1, 1), "archived_on": date(2026, 2, 1), "n_commits": 1}, "yes"),  # nothing can have come since
    ],
)
def test_under_maintenance_is_one_of_three_parts(changes, answer):
    assert under_maintenance(replace(KEPT_UP, **changes)).answer == answer


def test_one_author_is_a_warning_and_no_flag():
    finding = under_maintenance(replace(KEPT_UP, n_authors_for_half=1))
    assert (finding.answer, finding.caveats) == ("no", (ONE_AUTHOR,))


def test_a_copy_taken_on_trust_says_so_and_fails_strictly():
    facts = replace(KEPT_UP, n_commits=1, copied_on=date(2025, 12, 6), known_basis=CopyBasis.COLLECTED)
    assert "2025-12-06" in " ".join(under_maintenance(facts).caveats)
    assert under_maintenance(facts, is_strict=True).answer == "unknown"


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_fewer_commits_never_clear_a_project(fewer, more):
    low, high = sorted((fewer, more))
    order = {"yes": 1, "no": 0}
    answers = [order[under_maintenance(replace(KEPT_UP, n_commits=n, n_best=1000)).answer] for n in (low, high)]
    assert answers[0] >= answers[1]


@pytest.mark.parametrize(
    ("changes", "answer"),
    [
        ({}, "no"),
        ({"verdict": ClaimVerdict.FLAG}, "yes"),
        ({"verdict": ClaimVerdict.NOTE}, "partly"),
        ({"verdict": ClaimVerdict.UNDETERMINED}, "unknown"),
        ({"unknown": ("changes by outsiders",)}, "unknown"),  # open terms, but conduct could still speak against the words
        ({"claim": Claim.OPEN_WEIGHTS, "unknown": ("changes by outsiders",)}, "no"),
        ({"claim": None, "verdict": ClaimVerdict.NO_CLAIM}, "unknown"),
        ({"claim": Claim.NONE_FOUND, "verdict": ClaimVerdict.NO_CLAIM}, "no"),
    ],
)
def test_open_washing_follows_the_claim_check(changes, answer):
    assert open_washing(replace(CALLED_OPEN, **changes)).answer == answer


def test_no_contribution_guide_counts_as_no_outside_change():
    conduct = ReleaseConduct("a/b", 5, 0, 9, has_contributing=False)
    assert conduct.conduct.n_outside_changes == 0
    assert replace(conduct, has_contributing=True).conduct.n_outside_changes is None  # bounds 0 to 9 do not settle it


def _months(values, repository="a/b", **columns):
    months = pd.date_range("2023-01-01", periods=len(values), freq="MS")
    frame = pd.DataFrame({"repository": repository, "month": months, "n_commits": values, "source_ids": "git"})
    fill = {"date_basis": "author", "n_commits_nonsteward": 1, "org_unknown_share_12m": 0.5, "org_top_share_of_known_12m": 0.8}
    fill |= {"org_top_12m": "acme", "steward_orgs": "acme", "n_commits_bot_uncredited": 0, "is_partial_month": False}
    return frame.assign(absence_factor_12m=2, **fill | columns)


def test_outside_share_counts_the_month_of_a_change_late_in_it():
    activity = _months([4] * 11 + [40])  # January to November with 4 commits, December with 40; one outside commit a month
    late, early = outside_share(activity, "a/b", "2023-12-20"), outside_share(activity, "a/b", "2023-12-10")
    assert late.share == pytest.approx(12 / 84)
    assert early.share == pytest.approx(11 / 44)
    assert late.share_low == pytest.approx(0.5 * 0.2)  # half the addresses name somebody, a fifth of those somebody else


def test_outside_share_is_not_told_where_months_or_days_are_missing():
    activity = _months([4] * 6)
    assert outside_share(activity, "a/b", "2023-12-20") is None  # the history ends in June
    assert outside_share(activity, "a/b", "2023-06") is None  # no day
    assert outside_share(activity, "other/one", "2023-06-20") is None


def test_monthly_activity_gives_the_ratio_of_full_months():
    activity = _months([10] * 12 + [1] * 12, date_basis="committer")
    repositories = pd.DataFrame({"repository": ["a/b"], "snapshot_head_on": [pd.Timestamp("2024-12-31")], "source_ids": ["git"]})
    facts = maintenance_from_months(activity, repositories, "a/b", date(2025, 1, 5))
    assert (facts.n_commits, facts.n_best) == (12, 120)
    assert under_maintenance(facts).answer == "unknown"  # a tenth is not below a tenth, and releases were not looked at
