"""Rules MY1 to MY4 on hand-made measurements and on small records."""

import pandas as pd
import pytest
from own_cases import small_case

from openstrat.analysis.strategy import myth_records, myths
from openstrat.analysis.strategy.myth_records import Estimate, Period
from openstrat.analysis.strategy.signatures import Range


def attention(**given):
    return small_case(measures={"attention": given})


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"first_week_share": 0.51}, "yes"),
        ({"first_week_share": 0.5}, "unknown"),  # later stars could still fail it
        ({"first_week_share": 0.5, "stars_month_1": 1000.0, "stars_per_month_after_3": 100.0}, "no"),
        ({"stars_month_1": 1000.0, "stars_per_month_after_3": 99.0}, "yes"),
        ({"stars_month_1": 0.0, "stars_per_month_after_3": 0.0}, "unknown"),
        ({}, "unknown"),
    ],
)
def test_a_launch_was_only_a_launch_when_attention_is_gone(given, answer):
    assert myths.front_page_launch(attention(**given)).answer == answer


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"n_enterprise_users": 0}, "yes"),
        ({"n_enterprise_users": 12, "stars_rank_correlation": 0.02}, "yes"),
        ({"n_enterprise_users": 12, "stars_rank_correlation": 0.3}, "no"),
        ({"n_enterprise_users": 12}, "unknown"),
    ],
)
def test_stars_without_users_show_no_strength(given, answer):
    assert myths.stars_without_users(attention(**given)).answer == answer


@pytest.mark.parametrize(
    ("weeks", "compatible", "answer"),
    [(1.9, True, "yes"), (2.0, True, "no"), (1.0, False, "no"), (None, False, "no"), (1.0, None, "unknown")],
)
def test_a_name_does_not_hold_where_a_fork_drops_in(weeks, compatible, answer):
    case = small_case(measures={"switching": {"switch_weeks": weeks, "fork_is_compatible": compatible}})
    assert myths.brand_alone(case).answer == answer


@pytest.mark.parametrize(
    ("measured", "by_range", "substitute", "answer"),
    [
        (0.21, None, 0.9, "yes"),
        (0.2, None, 0.9, "no"),
        (0.21, None, 0.89, "no"),
        (0.21, None, None, "unknown"),
        (None, Range(0.4, 0.6, 0.85), 0.95, "yes"),
        (None, Range(0.05, 0.15, 0.3), 0.95, "unknown"),  # the range straddles the threshold
        (None, Range(0.0, 0.01, 0.03), 0.95, "not_asked"),  # the terms are not tight
    ],
)
def test_a_tight_license_drives_users_to_a_good_substitute(measured, by_range, substitute, answer):
    case = small_case(measures={"switching": {"license_friction": measured, "substitute_quality": substitute}})
    assert myths.tight_license(case, "core", by_range).answer == answer


LAUNCHES = pd.DataFrame(
    {"repository": ["a/a", "b/b"], "ratio": [0.05, 0.2], "authors_settled": [3.0, None], "source_ids": ["star-lists", "star-lists; git"]}
)


@pytest.mark.parametrize(("low", "high", "answer"), [(0.55, 0.7, "yes"), (0.4, 0.6, "partly"), (0.2, 0.4, "no")])
def test_the_record_of_attention_follows_the_interval(low, high, answer):
    found = myth_records.attention_record(Estimate(0.5, low, high, 40, "12 months"), 12, LAUNCHES)
    assert (found.answer, found.n, found.source_ids) == (answer, 40, ("star-lists", "git"))
    assert "of 2 launches seen from the start, 1 kept less than 10%" in found.sentence


@pytest.mark.parametrize(("low", "high", "answer"), [(-0.4, 0.1, "yes"), (0.1, 0.5, "partly"), (0.3, 0.8, "no")])
def test_the_record_of_stars_follows_the_interval(low, high, answer):
    assert myth_records.stars_record(Estimate(0.2, low, high, 44, "2026-04")).answer == answer


def test_too_few_projects_give_no_answer():
    assert myth_records.stars_record(Estimate(None, None, None, 3, "2026-04")).answer == "unknown"


def test_the_record_of_brands_counts_pairs_with_known_figures():
    sides = pd.DataFrame(
        {
            "upstream": ["old/a", "old/b", "old/c"],
            "fork": ["new/a", "new/b", "new/c"],
            "upstream_authors": [10.0, 20.0, None],
            "fork_authors": [26.0, 19.0, 5.0],
            "source_ids": ["git", "git", "git"],
        }
    )
    found = myth_records.brand_record(sides)
    assert (found.answer, found.value, found.n) == ("partly", 0.5, 2)
    assert myth_records.brand_record(sides.head(1)).answer == "yes"


@pytest.mark.parametrize(
    ("before", "under", "after", "answer"),
    [(10.0, 4.0, 9.0, "yes"), (3.0, 9.0, 13.0, "partly"), (3.0, 9.0, 9.0, "no"), (None, 9.0, 9.0, "unknown")],
)
def test_the_record_of_tight_terms_compares_with_before_and_after(before, under, after, answer):
    values = {"before": before, "under the terms": under, "after": after, "lately": 1.0}
    periods = [Period(name, "some months", value) for name, value in values.items()]
    assert myth_records.terms_record("Engine", periods, source_ids=("git",)).answer == answer
