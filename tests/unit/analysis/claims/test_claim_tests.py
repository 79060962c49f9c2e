"""Each test of a claim over small tables worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.adoption.correlation import RankCorrelation
from openstrat.analysis.adoption.curves import HalfLifeShare
from openstrat.analysis.claims import attention, forking, models, projects, relicensing
from openstrat.analysis.claims.standing import Standing

NO_MONTHS = 0


def correlation(rho: float, low: float, high: float) -> RankCorrelation:
    return RankCorrelation(rho, low, high, 40, 40, "level", ("package_is_project",), NO_MONTHS, "2026-04", "Rule.", (), ("star-lists",))


def values(test: object) -> list[tuple[float | None, int]]:
    return [(reading.value, reading.n) for reading in test.readings]  # type: ignore[attr-defined]


def test_a_weak_correlation_contradicts_stars_as_use_even_where_it_is_above_zero() -> None:
    found = attention.stars_show_use(correlation(0.3, 0.1, 0.45), {"beside": correlation(0.9, 0.8, 0.95)})
    assert found.standing == Standing.CONTRADICTED
    assert [reading.is_main for reading in found.readings] == [True, False]
    assert "picked by its stars" in found.selection


def test_growth_needs_a_correlation_above_zero_only() -> None:
    assert attention.star_growth_shows_growth(correlation(0.3, 0.1, 0.45), {}).standing == Standing.SUPPORTED
    assert attention.star_growth_shows_growth(correlation(0.3, -0.1, 0.45), {}).standing == Standing.UNDECIDED


def test_lasting_attention_is_needed_for_adoption_and_is_not_enough() -> None:
    shares = [
        HalfLifeShare(months, halved, 100, halved / 100, None, None, 0, "Rule.", ("star-lists",)) for months, halved in ((6, 5), (12, 10))
    ]
    launches = pd.DataFrame({"is_front_page": pd.array([True, False, None], dtype="boolean")})
    found = attention.attention_lasts(shares, launches, window="2020 to 2024")
    assert found.main.label == "waves of stars that halved within 12 months"
    assert (found.main.value, found.read, found.standing) == (0.1, Standing.SUPPORTED, Standing.UNDECIDED)
    assert found.readings[-1].note == "1 of 2"  # the third launch is unknown


#        day         did    one shock on the second day
STUDY = pd.DataFrame(
    [
        ("a", "2020-01-01", -0.6, "fragile", "git-histories"),
        ("b", "2021-01-01", -0.4, "fragile", "git-histories"),
        ("c", "2021-01-01", -0.8, "reversed", "git-histories"),
        ("d", "2022-01-01", 0.2, "fragile", "git-histories"),
        ("e", "2023-01-01", None, "refused", "git-histories"),
    ],
    columns=["event_id", "happened_on", "did", "verdict", "source_ids"],
)


def test_changes_of_one_day_are_one_shock_and_refused_ones_do_not_count() -> None:
    halves, fewer = relicensing.relicensing_halves(STUDY), relicensing.relicensing_fewer(STUDY)
    assert values(halves)[:2] == [(2 / 3, 3), (2 / 4, 4)]  # days: -.6, mean(-.4, -.8) = -.6, +.2; changes: a and c of four
    assert values(fewer)[:2] == [(2 / 3, 3), (3 / 4, 4)]
    assert halves.readings[2].value == pytest.approx(-0.6)
    assert "3 fragile, 1 refused, 1 reversed" in halves.caveats[1]
    assert "revenue is in none of these tables" in halves.selection


CHANGES = pd.DataFrame(
    [
        ("a", "2020-01-01", "restrict", "cloud_competition", "approved", "not_approved", "s-1"),
        ("b", "2021-01-01", "restrict", "cloud_competition", "approved", "partly", "s-1"),
        ("c", "2021-01-01", "restrict", "commercialization", "approved", "not_approved", "s-2"),
        ("d", "2022", "copyleft_shift", "reseller", "approved", "approved", "s-2"),
        ("e", "2023-01-01", "reversal", "adoption", "not_approved", "approved", "s-3"),
    ],
    columns=["change_id", "changed_on", "direction", "reason_type", "osi_status_before", "osi_status_after", "source_ids"],
)
FORKS = pd.DataFrame(
    {
        "license_change_id": ["a", "c", None],
        "announced_on": ["2020-02", None, "2021-05"],
        "triggered_on": ["2020-01-01", "2021-01-01", "2021"],
    }
)


def test_a_fork_answers_a_change_that_left_open_source() -> None:
    found = relicensing.tightening_forked(CHANGES, FORKS, as_of="2026-01-01")
    assert values(found) == [(2 / 2, 2), (2 / 3, 3)]  # days 2020-01-01 and 2021-01-01; a and c of a, b, c
    assert values(relicensing.tightening_forked(CHANGES, FORKS, as_of="2020-01-15")) == [(0.0, 1), (0.0, 1)]  # not announced yet


def test_reasons_given_are_counted_over_all_stricter_terms() -> None:
    found = relicensing.cloud_is_the_reason(CHANGES, as_of="2026-01-01")
    assert values(found) == [(2 / 3, 3), (2 / 4, 4)]
    assert found.source_ids == ("s-1", "s-2")


def test_forks_fail_is_contradicted_by_survival_above_half_under_both_readings() -> None:
    rows = [
        (5, "shortest", 0.8, 0.6, 0.9),
        (5, "longest", 0.9, 0.7, 0.95),
        (10, "shortest", None, None, None),
        (1, "longest", 1.0, None, None),
    ]
    by_year = pd.DataFrame(rows, columns=["years", "reading", "share", "low", "high"]).assign(n=30, n_ended=4, n_at_risk=9)
    found = forking.forks_fail(by_year, as_of="2026-08-26", source_ids=("chaoss-forks",))
    assert [reading.is_main for reading in found.readings] == [True, True, False]
    assert found.standing == Standing.CONTRADICTED
    low = by_year.assign(low=0.4)
    assert forking.forks_fail(low, as_of="2026-08-26", source_ids=()).standing == Standing.UNDECIDED


def test_a_fork_overtakes_when_its_first_year_has_more_authors() -> None:
    parts = [("busy", 5, 2, 12), ("quiet", 1, 3, 12), ("short", 9, 1, 6)]
    months = [
        {"fork": name, "months_since_fork": month, "n_fork_active": fork, "n_upstream_active": upstream, "source_ids": "git-histories"}
        for name, fork, upstream, last in parts
        for month in range(last + 1)
    ]
    events = pd.DataFrame({"outcome": ["active", "became_main_line", "unknown"], "source_ids": "chaoss-forks"})
    found = forking.forks_win(events, pd.DataFrame(months), as_of="2026-08-26")
    assert values(found) == [(1 / 2, 2), (1 / 2, 2)]  # "short" has six months only; the unknown outcome does not count


def test_a_core_of_two_is_too_small_to_be_followed() -> None:
    columns = ["fork", "author_group", "horizon_months", "n_group", "n_in_fork", "is_complete_fork", "source_ids"]
    rows = [
        ("o/a", "core_12m", 12, 10, 5, True, "git-histories"),
        ("o/b", "core_12m", 12, 9, 3, True, "git-histories"),
        ("o/c", "core_12m", 12, 2, 2, True, "git-histories"),
        ("o/d", "core_12m", 12, 8, 8, False, "git-histories"),
        ("o/b", "any_12m", 12, 90, 80, True, "git-histories"),
    ]
    events = pd.DataFrame({"fork_repository": ["o/a", "o/b"], "trigger_category": ["relicense", "governance"]})
    found = forking.community_follows(pd.DataFrame(rows, columns=columns), events)
    assert values(found) == [(1 / 2, 2), (1.0, 1)]


def test_foundation_projects_are_compared_with_company_projects_only() -> None:
    frame = pd.DataFrame(
        [("o/f", 8, 0.1), ("o/g", 1, 0.6), ("o/c", 2, 0.4), ("o/d", 1, 0.9), ("o/p", 30, 0.0)],
        columns=["repository", "n_authors_for_half", "top_domain_share"],
    ).assign(source_ids="git-histories")
    groups = {"o/f": "foundation", "o/g": "foundation", "o/c": "company", "o/d": "company", "o/p": "community"}
    found = projects.foundation_spread(frame, groups)
    assert values(found) == [((2 + 0.5) / 4, 4), (1 / 4, 4)]  # authors: 8 beats both, 1 ties once; domains: .6 above .4 only
    assert "In 1 of 2 foundation projects one author makes half of the changes." in found.caveats


def test_agreements_are_compared_within_company_projects_too() -> None:
    indicators = pd.DataFrame({"project_id": ["a", "b", "c", "d"], "n_authors_12m": [10, 20, 30, 5], "source_ids": "git-histories"})
    table = pd.DataFrame(
        {
            "project_id": ["a", "b", "c", "d"],
            "contribution_agreement": ["cla", "none_seen", "dco", "none_seen"],
            "governance": ["company", "company", "foundation", "community"],
        }
    )
    found = projects.agreement_authors(indicators, table)
    assert values(found) == [(1 / 3, 4), (0.0, 2), (0.0, 2)]


def test_a_project_is_permissive_when_every_license_of_its_expression_is() -> None:
    table = pd.DataFrame(
        {
            "license_id": ["MIT", "MIT AND LicenseRef-X", "Apache-2.0 OR MIT", None],
            "repository_url": ["https://github.com/o/a", "https://github.com/o/b", None, None],
            "source_ids": "openstrat-curators",
        }
    )
    licenses = pd.DataFrame(
        {"license_id": ["MIT", "Apache-2.0", "LicenseRef-X"], "family": ["permissive", "permissive", "source_available"]}
    )
    packages = pd.DataFrame({"repository": ["o/a", "o/b"], "relation": ["package_is_project", "client_of_server"]})
    rates = pd.DataFrame(
        {"kind": ["software", "software", "model"], "openness_class": ["open_source", "closed", "closed"], "n_products": [1, 3, 9]}
    ).assign(source_ids="os-ai-map")
    found = projects.permissive_share(table, packages, licenses, rates, as_of="2026-08-26")
    assert values(found) == [(2 / 3, 3), (1.0, 1), (1 / 4, 4)]


def test_transparency_is_compared_within_an_edition_and_the_latest_decides() -> None:
    rows = [("A", "2024-05", 60), ("B", "2024-05", 50), ("A", "2025-12", 30), ("B", "2025-12", 40), ("C", "2025-12", 20)]
    scores = pd.DataFrame(rows, columns=["organization", "edition", "score"]).assign(source_ids="fmti-2025-12")
    weights = {("A", "2024-05"): models.OPEN, ("B", "2024-05"): models.CLOSED, ("A", "2025-12"): models.OPEN}
    weights |= {("B", "2025-12"): models.CLOSED, ("C", "2025-12"): models.CLOSED}
    found = models.open_weights_transparent(scores, weights, as_of="2026-01-01")
    assert values(found) == [(1 / 2, 3), (1.0, 2)]
    assert values(models.open_weights_transparent(scores, weights, as_of="2024-06-01")) == [(1.0, 2)]


def test_open_washing_counts_flags_among_releases_called_open_source() -> None:
    rows = [
        ("open_source", "publisher", "flag"),
        ("open_source", "report", "flag"),
        ("open_source", "publisher", "note"),
        ("open_weights", "publisher", "consistent"),
    ]
    checks = pd.DataFrame(rows, columns=["claim", "said_by", "verdict"]).assign(source_ids="s-1")
    assert values(models.open_washed(checks, as_of="2026-08-26")) == [(2 / 3, 3), (1 / 2, 2), (2 / 4, 4)]


RELEASES = pd.DataFrame(
    [("a", "fully_open", "MIT", "a"), ("b", "open_weights", "LicenseRef-X", None), ("c", "closed", None, None)],
    columns=["release_id", "level", "license_id", "grade"],
).assign(source_ids="s-1")


def test_releases_without_weights_do_not_count() -> None:
    licenses = pd.DataFrame({"license_id": ["MIT", "LicenseRef-X"], "is_osi_approved": pd.array([True, None], dtype="boolean")})
    assert values(models.weights_open_source(RELEASES, licenses, as_of="2026-08-26")) == [(1 / 2, 2)]
    data = pd.DataFrame({"release_id": ["a", "b", "c"], "component": "training_data", "status": ["open", "not_released", "open"]})
    assert values(models.can_be_made_again(RELEASES, data.assign(source_ids="s-2"), as_of="2026-08-26")) == [(1 / 2, 2), (1 / 2, 2)]
