"""The counting-rule panel: one headline under every rule, and whether the answer hangs on the rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from openstrat.analysis.forks.affiliation import TINY, CountedBy, affiliations, organizations_with, people_of
from openstrat.analysis.forks.credit import Flags, day_of, day_second
from openstrat.analysis.forks.rules import Counted, CountingRule, Weights, Window, count_window, in_lines
from openstrat.analysis.forks.scopes import Codes
from openstrat.errors import InputError
from openstrat.terms import Term

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

COLUMNS = ("repository", "headline", "rule", "counted_by", "window", "value", "low", "high", "n", "note")
THRESHOLDS = (5, 10)
COUNTS = ("people with", "outsiders with", "organizations with", "people carried over")
"""First words of headlines that count; all others are shares or changes."""
NO_LINES = "Not computed: the history was read without line counts."
ENDS_EARLY = "Not computed: the history ends on {day}, within the window."


class Sturdiness(Term):
    """Whether a headline hangs on the way of counting."""

    ROBUST = "robust", "All rules say the same within the tolerance."
    FRAGILE = "fragile", "The rules, or what unknown affiliations allow, differ by more than the tolerance, but not on clearly other sides."
    TIE = "tie", "The values lie on both sides of the dividing line, but within the tolerance of each other: no side is ahead."
    REVERSED = "reversed", "The rules point to different sides, each by more than half the tolerance."
    NOT_COMPUTED = "not_computed", "Fewer than two rules could be computed."

    @property
    def label(self) -> str:
        """The value in words; a tie has its article, because it stands alone in tables."""
        return "a tie" if self is Sturdiness.TIE else super().label


@dataclass(frozen=True)
class Subject:
    """One history and which of its commits count; `steward` names the organizations of the steward."""

    log: CommitLog
    scopes: Codes | None = None
    steward: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verdict:
    """How sturdy one headline of one window is, in one word and one sentence.

    `lowest` and `highest` are values of the rules, `low` and `high` what unknown affiliations allow beside.
    """

    repository: str
    headline: str
    window: str
    sturdiness: Sturdiness
    reason: str
    lowest: float | None
    highest: float | None
    low: float | None
    high: float | None
    n_rules: int


def steward_share(subject: Subject, window: Window, *, outsiders: bool = False, lines: bool = False) -> pd.DataFrame:
    """Return the steward's (or the outsiders') share of commits or added lines in a window, one row a rule and way of counting.

    `value` by authors is the share of people with an address of the steward; by organizations the share among commits whose
    address names an organization. `low` and `high` give the whole unknown part to one side, then to the other.

    Raises
    ------
    InputError
        If the subject has no steward.
    """
    _need_steward(subject)
    whose = "outsiders'" if outsiders else "steward's"
    headline = f"{whose} share of {'lines added' if lines else 'commits'}"
    return _frame(
        _row(subject, headline, rule, window, _steward_figures(subject, counted, way, outsiders), counted=counted, way=way)
        for rule, counted in _by_rule(subject, window, lines=lines)
        for way in CountedBy
    )


def people_at_least(subject: Subject, window: Window, thresholds: Sequence[int] = THRESHOLDS, *, outsiders: bool = False) -> pd.DataFrame:
    """Return how many people (or outsiders) have at least so many commits in a window, one row a threshold and rule.

    Outsiders are people without an address of the steward; `low` then counts only those of another known organization.

    Raises
    ------
    InputError
        If outsiders are asked for and the subject has no steward.
    """
    who = "outsiders" if outsiders else "people"
    groups = _outsiders(subject) if outsiders else (np.ones(len(subject.log.people), dtype=bool),) * 2
    rows = []
    for least in thresholds:
        for rule, counted in _by_rule(subject, window):
            figures = None if counted is None else _numbers(_weights(subject, counted) >= least - TINY, *groups)
            rows.append(_row(subject, f"{who} with {least} or more commits", rule, window, figures, counted=counted))
    return _frame(rows)


def organizations_at_least(subject: Subject, window: Window, thresholds: Sequence[int] = (1, *THRESHOLDS)) -> pd.DataFrame:
    """Return how many known organizations have at least so many commits in a window, one row a threshold and rule.

    `high` is the most that unknown affiliations leave open, see `affiliation.organizations_with`.
    """
    rows = []
    for least in thresholds:
        for rule, counted in _by_rule(subject, window):
            known, most = (None, None) if counted is None else organizations_with(subject.log, counted, least)
            figures = (known, known, most)
            headline = f"organizations with {least} or more commits"
            rows.append(_row(subject, headline, rule, window, figures, counted=counted, way=CountedBy.ORGANIZATIONS))
    return _frame(rows)


def top_author_share(subject: Subject, window: Window, *, lines: bool = False) -> pd.DataFrame:
    """Return the busiest person's share of the commits or added lines in a window, one row a rule."""
    headline = f"busiest person's share of {'lines added' if lines else 'commits'}"
    return _frame(
        _row(subject, headline, rule, window, _top(subject, counted), counted=counted)
        for rule, counted in _by_rule(subject, window, lines=lines)
    )


def carried_over(
    upstream: Subject, fork: Subject, before: Window, after: Window, thresholds: Sequence[int] = (1, *THRESHOLDS)
) -> pd.DataFrame:
    """Return how many people with so many upstream commits before are seen in the fork after, one row a threshold and rule.

    The threshold holds upstream; in the fork any commit is enough. `n` counts the upstream people.
    """
    rows = []
    for least in thresholds:
        for rule, then in _by_rule(upstream, before):
            now = count_window(fork.log, fork.scopes, after, rule)
            headline, window = f"people carried over with {least} or more commits before", _Pair(before, after)
            if then is None or now is None:
                rows.append(_row(fork, headline, rule, window, None, counted=None))
                continue
            group = _weights(upstream, then) >= least - TINY
            seen = float(np.count_nonzero(group & (_weights(fork, now) > 0)))
            rows.append(_row(fork, headline, rule, window, (seen, seen, seen), counted=then) | {"n": int(np.count_nonzero(group))})
    return _frame(rows)


def author_change(subject: Subject, before: Window, after: Window, thresholds: Sequence[int] = THRESHOLDS) -> pd.DataFrame:
    """Return the relative change of people from one window to another, one row a measure and rule.

    First the mean number of people active in a month of the window, then people with so many commits in the whole window a
    month of it. `n` counts the people of both windows.
    """
    measures: list[tuple[str, int | None]] = [("change of people active a month", None)]
    measures += [(f"change of people with {least} or more commits", least) for least in thresholds]
    rows = []
    for headline, least in measures:
        for rule in CountingRule:
            then, now = (count_window(subject.log, subject.scopes, window, rule) for window in (before, after))
            if then is None or now is None:
                rows.append(_row(subject, headline, rule, _Pair(before, after), None, counted=None))
                continue
            rates = [_people_a_month(subject, counted, window, least) for counted, window in ((then, before), (now, after))]
            change = rates[1] / rates[0] - 1 if rates[0] else None
            n = sum(np.count_nonzero(_weights(subject, counted)) for counted in (then, now))
            rows.append(_row(subject, headline, rule, _Pair(before, after), (change, change, change), counted=then) | {"n": int(n)})
    return _frame(rows)


def verdict(panel: pd.DataFrame, *, tolerance: float = 0.1, divide: float | None = None) -> Verdict:
    """Return whether one headline of one window hangs on the rule.

    `divide` is the value that parts two readings: 0 for a change, 0.5 for a majority. Values on both sides make it a tie where they
    spread by no more than `tolerance`, and reversed where they reach further than half of it to both sides; else a spread of values
    or of bounds above it makes it fragile. The tolerance is a difference for shares and changes, and a part of the largest value for
    counts, where one more or less is always within it.

    Raises
    ------
    InputError
        If the rows are not about one repository, headline and window.
    """
    about = panel[["repository", "headline", "window"]].drop_duplicates()
    if len(about) != 1:
        raise InputError(f"A verdict is about one headline in one window; the rows are about {len(about)}. Select one first.")
    repository, headline, window = (str(cell) for cell in about.iloc[0])
    known = panel[panel["value"].notna()].sort_values("value", kind="stable")
    if known["rule"].nunique() < 2:
        reason = "Fewer than two rules could be computed."
        return Verdict(repository, headline, window, Sturdiness.NOT_COMPUTED, reason, None, None, None, None, len(known))
    low, high = float(known["value"].iloc[0]), float(known["value"].iloc[-1])
    least, most = float(known["low"].min()), float(known["high"].max())
    is_count = headline.startswith(COUNTS)
    is_near, is_bounded = _is_near(low, high, tolerance, is_count), _is_near(least, most, tolerance, is_count)
    below, above = (0.0, 0.0) if divide is None else (divide - low, high - divide)
    if is_near and min(below, above) > 0:
        state, reason = Sturdiness.TIE, f"The values lie on both sides of {divide:g}, but within {tolerance:g}"
    elif min(below, above) > tolerance / 2 + TINY:
        state, reason = Sturdiness.REVERSED, f"The values lie on both sides of {divide:g}"
    elif not is_near:
        state, reason = Sturdiness.FRAGILE, f"The values spread by more than {tolerance:g}"
    elif not is_bounded:
        state, reason = Sturdiness.FRAGILE, f"Unknown affiliations allow anything from {least:.3g} to {most:.3g}"
    else:
        state, reason = Sturdiness.ROBUST, f"The values agree within {tolerance:g}"
    said = f"{reason}: {_counted_how(known.iloc[0])} to {_counted_how(known.iloc[-1])}, {len(known)} ways of counting."
    return Verdict(repository, headline, window, state, said, low, high, least, most, len(known))


def verdicts(panel: pd.DataFrame, *, tolerance: float = 0.1) -> list[Verdict]:
    """Return a verdict for each repository, headline and window; shares are parted at one half, changes at 0, counts not at all."""
    found = []
    for _, rows in panel.groupby(["repository", "headline", "window"], sort=False):
        headline = str(rows["headline"].iloc[0])
        divide = 0.5 if "share" in headline else 0.0 if headline.startswith("change") else None
        found.append(verdict(rows, tolerance=tolerance, divide=divide))
    return found


def _is_near(low: float, high: float, tolerance: float, is_count: bool) -> bool:
    """Return whether two values are the same within the tolerance; one more or less is the same count."""
    return high - low <= (max(1.0, tolerance * high) if is_count else tolerance) + TINY


Figures = tuple[float | None, float | None, float | None]


def _by_rule(subject: Subject, window: Window, *, lines: bool = False) -> Iterator[tuple[CountingRule, Counted | None]]:
    for rule in CountingRule:
        counted = count_window(subject.log, subject.scopes, window, rule)
        yield rule, in_lines(subject.log, counted) if lines and counted is not None else counted


@dataclass(frozen=True)
class _Pair:
    """Two windows that are compared."""

    before: Window
    after: Window

    @property
    def end(self) -> date:
        return self.after.end

    def __str__(self) -> str:
        return f"{self.before}; {self.after}"


def _row(
    subject: Subject,
    headline: str,
    rule: CountingRule,
    window: Window | _Pair,
    figures: Figures | None,
    *,
    counted: Counted | None,
    way: CountedBy = CountedBy.AUTHORS,
) -> dict[str, object]:
    head_on = day_of(int(subject.log.commit_time.max(initial=0)))
    is_covered = head_on >= window.end - timedelta(days=1)
    value, low, high = figures if figures and is_covered else (None, None, None)
    return {
        "repository": subject.log.repository,
        "headline": headline,
        "rule": rule.value,
        "counted_by": way.value,
        "window": str(window),
        "value": value,
        "low": low,
        "high": high,
        "n": counted.n if counted else None,
        "note": NO_LINES if counted is None else "" if is_covered else ENDS_EARLY.format(day=head_on),
    }


def _frame(rows: Iterable[dict[str, object]]) -> pd.DataFrame:
    numbers = dict.fromkeys(("value", "low", "high"), "float64")
    return pd.DataFrame(list(rows), columns=list(COLUMNS)).astype({**numbers, "n": "Int64"})


def _steward_figures(subject: Subject, counted: Counted | None, way: CountedBy, outsiders: bool) -> Figures | None:
    if counted is None or not counted.weight.sum():
        return None
    steward, known = affiliations(subject.log, subject.steward, counted, way)
    total, known_weight = counted.weight.sum(), counted.weight[known].sum()
    inside = counted.weight[steward].sum()
    low, high = inside / total, (inside + total - known_weight) / total
    value = low if way is CountedBy.AUTHORS else inside / known_weight if known_weight else None
    if outsiders:
        return None if value is None else 1 - value, 1 - high, 1 - low
    return value, low, high


def _need_steward(subject: Subject) -> None:
    if not subject.steward:
        raise InputError("Who is an outsider needs the steward's organizations, for example: redis. Name them with `steward`.")


def _people_a_month(subject: Subject, counted: Counted, window: Window, least: int | None) -> float:
    """Return people with at least so many commits a month of the window; without, the mean of people active in an equal part."""
    if least is not None:
        return float(np.count_nonzero(_weights(subject, counted) >= least - TINY)) / window.months()
    start, end = day_second(window.start), day_second(window.end)
    n_months = max(1, round(window.months()))
    month = (subject.log.commit_time[counted.row] - start) * n_months // (end - start)
    return len(np.unique(np.stack([month, counted.person]), axis=1).T) / n_months


def _numbers(has_enough: Flags, counted: Flags, surely: Flags) -> Figures:
    value = float(np.count_nonzero(has_enough & counted))
    return value, float(np.count_nonzero(has_enough & surely)), value


def _outsiders(subject: Subject) -> tuple[Flags, Flags]:
    """Return who has no address of the steward, and who of them has one of another organization."""
    _need_steward(subject)
    outside = ~people_of(subject.log, subject.steward)
    return outside, outside & people_of(subject.log)


def _top(subject: Subject, counted: Counted | None) -> Figures | None:
    if counted is None or not counted.weight.sum():
        return None
    return (float(_weights(subject, counted).max() / counted.weight.sum()),) * 3


def _weights(subject: Subject, counted: Counted) -> Weights:
    return counted.by_person(len(subject.log.people))


def _counted_how(row: pd.Series[Any]) -> str:
    return f"{row['value']:.3g} ({str(row['rule']).replace('_', ' ')} by {row['counted_by']})"
