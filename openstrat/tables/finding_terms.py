"""Closed vocabularies of the tables on published findings; each value carries its definition."""

from __future__ import annotations

from openstrat.terms import Term


class FindingMeasure(Term):
    """What a published finding counts."""

    PEOPLE = "people", "People."
    ORGANIZATIONS = "organizations", "Organizations."
    SHARE = "share", "A share of all, 0 to 1."
    RATIO = "ratio", "How many times the second the first is."
    DAYS = "days", "Days."
    MONTHS = "months", "Months."


class FindingCheck(Term):
    """How the shipped tables bear on a finding."""

    CARRIED_OVER = "carried_over", "People of the upstream seen in the fork, from core_transitions."
    PEOPLE_IN_A_YEAR = "people_in_a_year", "People with a commit in the nearest twelve whole months, from activity_monthly."
    VENDOR_COMMITS = "vendor_commits", "The steward's share of the commits of the nearest twelve whole months, from activity_monthly."
    OUTSIDERS_TO_VENDOR = "outsiders_to_vendor", "Commits of everybody else over those of the steward, from the same columns."
    LAG = "lag", "Days from the license change, from fork_events."
    COUNTING_PANEL = "counting_panel", "Only a recount of single commits bears on it."
    NOTHING = "nothing", "Nothing in the package bears on it."


class FindingRule(Term):
    """How our figure was counted."""

    AUTHOR_COMMITS_WITH_MERGES = (
        "author_commits_with_merges",
        "A commit counts once for its author and for each co-author, merge commits with their difference to the first parent: the "
        "publisher's rule.",
    )
    AUTHOR_COMMITS = "author_commits", "A commit counts once for its author and for each co-author; merge commits are left out."
    UNIQUE_COMMITS = (
        "unique_commits",
        "A commit counts once, for its author, a bot's for its first human co-author; merge commits are left out.",
    )
    FRACTIONAL = "fractional", "A commit counts once and is divided among author and co-authors; merge commits are left out."
    WITHOUT_LARGEST = "without_largest", "As unique_commits, without the ten commits that change most lines."
    ADDRESS_ON_COMMIT = "address_on_commit", "As unique_commits, the organization read from that commit's address alone."
    TEN_OR_MORE = "ten_or_more", "As author_commits, with ten commits in place of five: as the publisher's table is headed."
    CORE_12M = "core_12m", "Upstream people with ten or more commits in the year before the fork."
    ANY_12M = "any_12m", "Upstream people with a commit in the year before the fork."
    ANY_24M = "any_24m", "Upstream people with a commit in the two years before the fork."
    CREDITED_PEOPLE = "credited_people", "People credited with a commit; a bot's commit goes to its first human co-author."
    STEWARD_PEOPLE = "steward_people", "People who ever used an address of the steward are the steward's; the rest may be either."
    STEWARD_ADDRESSES = "steward_addresses", "Commits with an address of the steward are the steward's; unknown addresses may be either."
    KNOWN_ADDRESSES = "known_addresses", "Only commits whose address names an organization; unknown addresses are taken to be alike."
    ANNOUNCED = "announced", "To the announcement of the fork."
    FIRST_OWN_COMMIT = "first_own_commit", "To the first own commit of the fork."
    FIRST_RELEASE = "first_release", "To the first release of the fork."
    NOT_COUNTED = "not_counted", "Nothing could be counted."


class FindingBasis(Term):
    """What our figure rests on."""

    SHIPPED_TABLE = "shipped_table", "A table of this package."
    GIT_HISTORIES = "git_histories", "A recount of the commits in the repository."


class FindingVerdict(Term):
    """What becomes of a published finding."""

    HOLDS = "holds", "Holds"
    HOLDS_ONLY_UNDER_SOME_RULES = "holds_only_under_some_rules", "Holds only under some rules"
    DOES_NOT_HOLD = "does_not_hold", "Does not hold"
    CANNOT_BE_CHECKED = "cannot_be_checked", "Cannot be checked"
