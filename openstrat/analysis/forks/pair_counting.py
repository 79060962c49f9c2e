"""How far what is said about a fork hangs on the way of counting: commits by scope, and headlines under every rule."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from openstrat.analysis.effects.windows import relative
from openstrat.analysis.forks.counting import COLUMNS, Verdict, verdicts
from openstrat.analysis.forks.measures import MEASURES, PairRule, measure_named
from openstrat.analysis.forks.pair import FEWEST_MONTHS, FORK, UPSTREAM, YEAR, ForkPair, complete_mean, side_months
from openstrat.analysis.forks.recount import recount_of
from openstrat.tables.fork_terms import DateBasis

BY_AUTHOR_DATE = "author_date"
NOT_KNOWN = f"Not computed: fewer than {FEWEST_MONTHS} complete months on a side, or nothing to divide by."
CHANGED = ("people", "commits")
"""Measures whose headlines are counted under every rule."""


def pair_panel(pair: ForkPair) -> pd.DataFrame:
    """Return every headline of the pair under every rule: those of the months, then those of the pair's own panel.

    Columns are those of `counting.COLUMNS`. From the months: the relative change of the upstream's people and commits a month, twelve
    months before the start against twelve after, and the fork's share of both in the first twelve months after. `n` is the number of
    months.
    """
    rows = [row for measure in CHANGED for row in _headlines(pair, measure)]
    frame = pd.DataFrame(rows, columns=list(COLUMNS)).astype({**dict.fromkeys(("value", "low", "high"), "float64"), "n": "Int64"})
    return pd.concat([frame, pair.rules[list(COLUMNS)]], ignore_index=True) if len(pair.rules) else frame


def panel_verdicts(panel: pd.DataFrame) -> tuple[Verdict, ...]:
    """Return for each headline whether it hangs on the rule: robust, fragile, a tie or reversed; see `counting.verdict`."""
    return tuple(verdicts(panel))


def _headlines(pair: ForkPair, measure: str) -> Iterator[dict[str, object]]:
    if UPSTREAM not in pair.sides:
        return
    label, start = measure_named(measure).label, f"{pair.started_on:%Y-%m}"
    for rule, basis in _ways(measure):
        months = side_months(pair, measure=measure, rule=rule, basis=basis)
        way = (BY_AUTHOR_DATE if basis == DateBasis.AUTHOR else rule, measure)
        before, n_before = complete_mean(months, UPSTREAM, -YEAR, -1)
        after, n_after = complete_mean(months, UPSTREAM, 1, YEAR)
        change = relative(before, after) if after is not None else None
        window = f"{YEAR} months before and after {start}"
        yield _row(pair.sides[UPSTREAM], f"change of {label}", way, window, (change, n_before + n_after))
        if rule != PairRule.NONSTEWARD:
            yield _row(pair.fork, f"fork's share of {label}", way, f"{YEAR} months after {start}", _fork_share(months))


def _fork_share(months: pd.DataFrame) -> tuple[float | None, int]:
    """Return the fork's part of what both sides have in the months after the start that both know, and how many months these are."""
    whole = months[~months["is_partial"] & months["months_since_start"].between(1, YEAR)]
    both = whole.pivot(index="month", columns="side", values="value").dropna()
    total = float(both.to_numpy().sum())
    return (float(both[FORK].sum()) / total if len(both) >= FEWEST_MONTHS and total else None), len(both)


def _ways(measure: str) -> Iterator[tuple[PairRule, DateBasis]]:
    for rule in MEASURES[measure].rules:
        yield rule, DateBasis.COMMITTER
    yield PairRule.CREDITED, DateBasis.AUTHOR


def _row(repository: str, headline: str, way: tuple[str, str], window: str, found: tuple[float | None, int]) -> dict[str, object]:
    value, n = found
    note = "" if value is not None else NOT_KNOWN
    numbers = {"value": value, "low": value, "high": value, "n": n}
    return {"repository": repository, "headline": headline, "rule": way[0], "counted_by": way[1], "window": window, **numbers, "note": note}


def recounts(panel: pd.DataFrame) -> pd.DataFrame:
    """Return rows of the table counting_panel with the columns of `counting.COLUMNS`; open bounds stay blank."""
    window = panel["window_from_on"].dt.strftime("%Y-%m-%d") + " to " + panel["window_to_on"].dt.strftime("%Y-%m-%d")
    named = panel.assign(window=window, headline=panel["finding_id"].map(_counts_what), counted_by="authors", n=panel["n_commits"], note="")
    return named[list(COLUMNS)].reset_index(drop=True)


def _counts_what(finding_id: str) -> str:
    recount = recount_of(finding_id)
    return recount.headline if recount else finding_id


def naive_ratio(scopes: pd.DataFrame, side: str = FORK) -> float | None:
    """Return how many times more commits a side seems to have when all that are no merges are counted instead of its own."""
    row = scopes.set_index("side").loc[side]
    return None if not row["n_own"] else float((row["n_all"] - row["n_merges"]) / row["n_own"])
