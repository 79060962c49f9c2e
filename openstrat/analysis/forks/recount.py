"""Published figures on forks, counted anew from single commits: the rows of the table counting_panel."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from openstrat.analysis.forks.affiliation import TINY, CountedBy, affiliations, organizations_with, people_of, weight_by_organization
from openstrat.analysis.forks.counting import Subject
from openstrat.analysis.forks.credit import Flags, day_of
from openstrat.analysis.forks.organizations import with_organizations
from openstrat.analysis.forks.rules import Counted, CountingRule, Window, count_window, in_lines
from openstrat.analysis.forks.scopes import CODES, CommitScope, commit_scopes
from openstrat.tables.finding_terms import FindingRule

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

NUMBERS = ["value", "low", "high", "n_commits", "n_lines"]
COLUMNS = ["finding_id", "rule", "repository", "window_from_on", "window_to_on", *NUMBERS, "source_ids"]
YEAR = 12
"""Months before a license change in which people of the upstream are looked for."""
Figures = tuple[float, float, float | None]


@dataclass(frozen=True)
class Recounted:
    """A history as recounts read it: without merges, and with them as commits like any other; and its source."""

    without_merges: Subject
    with_merges: Subject
    source_id: str


@dataclass(frozen=True)
class Ask:
    """One figure under one rule: what is counted in the window, by whom, and from how many commits on a person counts.

    `counted` weighs commits; `lines` the same pairs in added lines, None where commits are asked for. `before` is what the
    upstream's people did in the year before, for people carried over.
    """

    log: CommitLog
    steward: tuple[str, ...]
    counted: Counted
    lines: Counted | None
    way: CountedBy
    least: int
    before: Counted | None

    @property
    def weighed(self) -> Counted:
        """What the figure adds up: lines where they are asked for, else commits."""
        return self.counted if self.lines is None else self.lines

    @property
    def has_enough(self) -> Flags:
        """Which people had a part in enough commits to count."""
        flags: Flags = np.bincount(self.counted.person, minlength=len(self.log.people)) >= self.least
        return flags


@dataclass(frozen=True)
class Recount:
    """How one kind of published finding is counted again; `headline` says what, `rules` which rules bear on it."""

    headline: str
    figures: Callable[[Ask], Figures | None]
    rules: tuple[FindingRule, ...]
    least: int = 1
    has_lines: bool = False


@dataclass(frozen=True)
class Way:
    """What one rule of the table counts: under which counting rule, by whom, with merges or without."""

    rule: CountingRule
    way: CountedBy = CountedBy.AUTHORS
    has_merges: bool = False


WAYS = {
    FindingRule.AUTHOR_COMMITS_WITH_MERGES: Way(CountingRule.AUTHOR_COMMITS, has_merges=True),
    FindingRule.AUTHOR_COMMITS: Way(CountingRule.AUTHOR_COMMITS),
    FindingRule.TEN_OR_MORE: Way(CountingRule.AUTHOR_COMMITS),
    FindingRule.UNIQUE_COMMITS: Way(CountingRule.UNIQUE_COMMITS),
    FindingRule.FRACTIONAL: Way(CountingRule.FRACTIONAL),
    FindingRule.WITHOUT_LARGEST: Way(CountingRule.WITHOUT_LARGEST),
    FindingRule.ADDRESS_ON_COMMIT: Way(CountingRule.UNIQUE_COMMITS, CountedBy.ORGANIZATIONS),
}
TEN = 10
PEOPLE_RULES = (FindingRule.AUTHOR_COMMITS_WITH_MERGES, FindingRule.AUTHOR_COMMITS, FindingRule.UNIQUE_COMMITS)
SHARE_RULES = (*PEOPLE_RULES, FindingRule.FRACTIONAL, FindingRule.WITHOUT_LARGEST, FindingRule.ADDRESS_ON_COMMIT)


def people(ask: Ask) -> Figures:
    """Return how many people have enough commits."""
    n = float(np.count_nonzero(ask.has_enough))
    return n, n, n


def outsiders(ask: Ask) -> Figures:
    """Return how many people without an address of the steward have enough; at least those of another known organization."""
    outside = ask.has_enough & ~people_of(ask.log, ask.steward)
    n = float(np.count_nonzero(outside))
    return n, float(np.count_nonzero(outside & people_of(ask.log))), n


def carried_over(ask: Ask) -> Figures:
    """Return how many people of the fork also wrote for the upstream in the year before."""
    before = np.zeros(0) if ask.before is None else ask.before.by_person(len(ask.log.people))
    n = float(np.count_nonzero(ask.has_enough & (before > 0)))
    return n, n, n


def organizations(ask: Ask) -> Figures:
    """Return how many known organizations have enough commits, and the most that unknown ones leave open."""
    known, most = organizations_with(ask.log, ask.counted, ask.least)
    return known, known, most


def people_of_organizations(ask: Ask) -> Figures:
    """Return how many people belong to a known organization with enough commits; at most also everybody of unknown affiliation."""
    weight = weight_by_organization(ask.log, ask.counted, ask.way)
    active = ask.counted.by_person(len(ask.log.people)) > 0
    large = people_of(ask.log, list(weight.index[weight >= ask.least - TINY]))
    n, unknown = (float(np.count_nonzero(active & flags)) for flags in (large, ~people_of(ask.log)))
    return n, n, n + unknown


def steward_share(ask: Ask) -> Figures | None:
    """Return the part of everything that the steward's people with enough commits have; at most also those of unknown affiliation."""
    inside, _, unknown, total = _parts(ask)
    return (inside / total, inside / total, (inside + unknown) / total) if total else None


def outsiders_ratio(ask: Ask) -> Figures | None:
    """Return how many times the steward's commits outsiders have, over people with enough; unknown ones may be either."""
    inside, other, unknown, _ = _parts(ask)
    if not inside:
        return None
    value = (other + unknown) / inside
    return value, other / (inside + unknown), value


def largest_share(ask: Ask) -> Figures | None:
    """Return the known organization with most, as a part of everything; at most also everybody of unknown affiliation."""
    by_organization = weight_by_organization(ask.log, ask.weighed, ask.way)
    _, _, unknown, total = _parts(ask)
    if not total:
        return None
    most = float(by_organization.max()) if len(by_organization) else 0.0
    return most / total, most / total, (most + unknown) / total


def _parts(ask: Ask) -> tuple[float, float, float, float]:
    """Return what the steward, other known organizations and unknown people with enough commits have, and the total of all."""
    steward, known = affiliations(ask.log, ask.steward, ask.counted, ask.way)
    weight, enough = ask.weighed.weight, ask.has_enough[ask.counted.person]
    inside, other, unknown = (float(weight[enough & flags].sum()) for flags in (steward, known & ~steward, ~known))
    return inside, other, unknown, float(weight.sum())


RECOUNTS = {
    "carried-over": Recount("people carried over from the year before", carried_over, PEOPLE_RULES),
    "outsiders-ratio": Recount("outsiders' commits over the steward's", outsiders_ratio, SHARE_RULES, least=5),
    "outsiders": Recount(
        "outsiders with 5 or more commits (one rule asks for 10)", outsiders, (*PEOPLE_RULES, FindingRule.TEN_OR_MORE), least=5
    ),
    "people-of-organizations": Recount("people with an organization of 5 or more commits", people_of_organizations, PEOPLE_RULES, least=5),
    "organizations": Recount("organizations with 5 or more commits", organizations, PEOPLE_RULES, least=5),
    "people": Recount("people with a commit", people, PEOPLE_RULES),
    "top-company-additions": Recount("largest organization's share of lines added", largest_share, SHARE_RULES, has_lines=True),
    "vendor-additions": Recount("steward's share of lines added", steward_share, SHARE_RULES, has_lines=True),
    "vendor-commits": Recount("steward's share of commits", steward_share, SHARE_RULES),
}
"""How each kind of finding is counted again, by a part of its id; the first that fits."""


def recount_of(finding_id: str) -> Recount | None:
    """Return how a finding is counted again from commits, or None where commits do not bear on it."""
    return next((recount for part, recount in RECOUNTS.items() if part in finding_id), None)


def recounted(
    logs: Mapping[str, CommitLog], upstreams: Mapping[str, str], stewards: Mapping[str, Sequence[str]], source_ids: Mapping[str, str]
) -> dict[str, Recounted]:
    """Return histories ready to be counted: own commits of forks, organizations by the rule of `organizations.RULE`.

    `logs` must be united family by family. `upstreams` names the upstream of each fork, `stewards` the steward's organizations of an
    upstream. Merges of a fork are its own when the upstream does not hold them.
    """
    found = {}
    for name, log in logs.items():
        upstream = logs.get(upstreams.get(name, ""))
        scopes = commit_scopes(log, upstream)
        named = with_organizations(log)
        is_merge = log.n_parents > 1
        own_merge = is_merge if upstream is None else is_merge & ~np.isin(log.sha, upstream.sha)
        all_scopes = np.where(own_merge, CODES[CommitScope.OWN], scopes).astype(np.uint8)
        steward = tuple(stewards.get(name, ()))
        found[name] = Recounted(Subject(named, scopes, steward), Subject(named, all_scopes, steward), source_ids[name])
    return found


def counting_panel_of(findings: pd.DataFrame, events: pd.DataFrame, histories: Mapping[str, Recounted]) -> pd.DataFrame:
    """Return the published findings on these histories counted again under every rule that bears on them; columns of counting_panel.

    `findings` and `events` are the tables published_findings and fork_events. People carried over are those of the upstream in the
    year up to the day of the fork's trigger. Missing are rules that need lines where a log has none, windows that a history
    does not cover to their last day, and figures with nothing to divide by.
    """
    by_id = {str(row["event_id"]): row for row in events.to_dict("records")}
    rows: list[dict[str, Any]] = []
    for finding in findings.sort_values("finding_id").to_dict("records"):
        recount, repository = recount_of(str(finding["finding_id"])), str(finding["repository"])
        if recount is not None and repository in histories:
            before = _before(by_id[str(finding["event_id"])], histories) if recount.figures is carried_over else None
            if recount.figures is not carried_over or before is not None:
                rows += _rows({str(key): cell for key, cell in finding.items()}, recount, histories[repository], before)
    frame = pd.DataFrame(rows, columns=COLUMNS).sort_values(["finding_id", "rule"], ignore_index=True)
    return frame.astype({"value": float, "low": float, "high": float, "n_commits": "Int64", "n_lines": "Int64"})


@dataclass(frozen=True)
class _Before:
    """The upstream of a fork and the year before the day of its trigger."""

    upstream: Recounted
    window: Window


def _before(event: dict[Any, Any], histories: Mapping[str, Recounted]) -> _Before | None:
    upstream = histories.get(str(event["upstream_repository"]))
    return None if upstream is None else _Before(upstream, Window.around(date.fromisoformat(str(event["triggered_on"])), -YEAR))


def _rows(finding: dict[str, Any], recount: Recount, own: Recounted, before: _Before | None) -> Iterator[dict[str, Any]]:
    window = Window(finding["window_from_on"].date(), finding["window_to_on"].date())
    if day_of(int(own.without_merges.log.commit_time.max(initial=0))) < window.end - timedelta(days=1):
        return
    sources = {own.source_id, *([before.upstream.source_id] if before else [])}
    for rule in recount.rules:
        ask = _ask(recount, rule, own, window, before)
        figures = None if ask is None else recount.figures(ask)
        if ask is None or figures is None:
            continue
        value, low, high = figures
        lines = None if ask.lines is None else round(float(ask.lines.weight.sum()))
        yield {
            **{name: finding[name] for name in ("finding_id", "repository", "window_from_on", "window_to_on")},
            "rule": rule.value,
            **{"value": round(value, 4), "low": round(low, 4), "high": None if high is None else round(high, 4)},
            **{"n_commits": ask.counted.n, "n_lines": lines, "source_ids": "; ".join(sorted(sources))},
        }


def _ask(recount: Recount, rule: FindingRule, own: Recounted, window: Window, before: _Before | None) -> Ask | None:
    """Return what a rule counts; None where it needs lines and the log has none."""
    way = WAYS[rule]
    log, counted = own.without_merges.log, _count(own, window, way)
    lines = in_lines(log, counted) if counted is not None and recount.has_lines else None
    if counted is None or (recount.has_lines and lines is None):
        return None
    return Ask(
        log=log,
        steward=own.without_merges.steward,
        counted=counted,
        lines=lines,
        way=way.way,
        least=TEN if rule is FindingRule.TEN_OR_MORE else recount.least,
        before=_count(before.upstream, before.window, way) if before else None,
    )


def _count(history: Recounted, window: Window, way: Way) -> Counted | None:
    subject = history.with_merges if way.has_merges else history.without_merges
    return count_window(subject.log, subject.scopes, window, way.rule)
