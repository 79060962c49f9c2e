"""What recorded histories say about the four myths: figures from the tables in, findings out (concepts MY1 to MY4).

As for cases, yes means that the record speaks against the belief. All of it describes; none of it shows a cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.myths import CLEAR_CORRELATION, LATER_STARS_BELOW

HALF = 0.5
DESCRIPTION = "A description, not a cause."


@dataclass(frozen=True)
class Estimate:
    """A figure with its 95 % interval and size; blank where too few rows stand behind it."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    window: str
    caveats: tuple[str, ...] = ()
    source_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Period:
    """Mean active authors a month in one period of a project; None for too few months."""

    name: str
    window: str
    authors: float | None


def attention_record(halved: Estimate, months: int, launches: pd.DataFrame) -> Finding:
    """Return how soon attention fades in star curves (rule MY1).

    `halved` is the share of waves of stars that had halved within `months`. `launches` has repository, ratio (stars a month in the
    first year's rest over those of the first month; blank: unknown), authors_settled and source_ids. Yes when more than half of the
    waves halved over the whole interval, no when fewer did, partly in between.
    """
    if halved.value is None or halved.low is None or halved.high is None:
        return Finding("MY1", Answer.UNKNOWN, "No wave of stars was watched long enough.", Basis.NOTHING, n=0)
    known = launches.dropna(subset=["ratio"])
    faded = known[known["ratio"] < LATER_STARS_BELOW]
    answer = Answer.YES if halved.low > HALF else Answer.NO if halved.high < HALF else Answer.PARTLY
    rows = [
        f"{row['repository']}: stars a month fell to {row['ratio']:.1%} of the first month"
        + (f", with {row['authors_settled']:.0f} authors a month later on." if pd.notna(row["authors_settled"]) else ".")
        for row in known.to_dict("records")
    ]
    return Finding(
        "MY1",
        answer,
        f"{halved.value:.0%} of {halved.n} waves of stars had halved within {months} months; of {len(known)} launches seen from the start, "
        f"{len(faded)} kept less than {LATER_STARS_BELOW:.0%} of the first month.",
        Basis.MEASURED,
        value=halved.value,
        low=halved.low,
        high=halved.high,
        unit="share of waves",
        n=halved.n,
        evidence=tuple(rows),
        caveats=("Projects on lists of the most starred: those that faded at once never got there.", *halved.caveats),
        source_ids=_unique(halved.source_ids, *launches["source_ids"].str.split("; ")),
    )


def stars_record(correlation: Estimate) -> Finding:
    """Return whether stars rank projects as downloads do (rule MY2).

    Yes when the interval stays below a clear correlation, no when it stays at or above it, partly in between.
    """
    if correlation.value is None or correlation.low is None or correlation.high is None:
        return Finding(
            "MY2", Answer.UNKNOWN, "Too few projects are on both lists.", Basis.NOTHING, n=correlation.n, caveats=correlation.caveats
        )
    none = correlation.high < CLEAR_CORRELATION
    answer = Answer.YES if none else Answer.NO if correlation.low >= CLEAR_CORRELATION else Answer.PARTLY
    rho, low, high = (f"{value:.2f}".replace("-", "−") for value in (correlation.value, correlation.low, correlation.high))
    words = {Answer.YES: "Stars do not rank use", Answer.NO: "Stars rank use", Answer.PARTLY: "Stars may rank use"}[answer]
    return Finding(
        "MY2",
        answer,
        f"{words}: rank correlation of stars and downloads {rho} ({low} to {high}) among {correlation.n} projects, {correlation.window}.",
        Basis.MEASURED,
        value=correlation.value,
        low=correlation.low,
        high=correlation.high,
        unit="rank correlation",
        n=correlation.n,
        caveats=correlation.caveats,
        source_ids=correlation.source_ids,
    )


def brand_record(sides: pd.DataFrame) -> Finding:
    """Return whether people stayed with the name after a license change (rule MY3).

    `sides` has a row a fork in its first year: upstream, fork, upstream_authors, fork_authors (means a month; blank: too few
    months), source_ids. Yes when the fork had more authors in every pair with known figures, no in none, partly otherwise.
    """
    known = sides.dropna(subset=["upstream_authors", "fork_authors"])
    if known.empty:
        return Finding("MY3", Answer.UNKNOWN, "No pair of upstream and fork has known figures.", Basis.NOTHING, n=0)
    ahead = int((known["fork_authors"] > known["upstream_authors"]).sum())
    rows = [
        f"{row['fork']} had {row['fork_authors']:.1f} authors a month in its first year, {row['upstream']} {row['upstream_authors']:.1f}."
        for row in known.to_dict("records")
    ]
    return Finding(
        "MY3",
        Answer.YES if ahead == len(known) else Answer.NO if ahead == 0 else Answer.PARTLY,
        f"In {ahead} of {len(known)} license forks with figures on both sides, the new name had more authors in its first year.",
        Basis.MEASURED,
        value=ahead / len(known),
        unit="share of forks",
        n=len(known),
        evidence=tuple(rows),
        caveats=(
            DESCRIPTION,
            "Authors are not users; both forks had funded homes from the start.",
            f"Without figures on both sides: {len(sides) - len(known)}.",
        ),
        source_ids=_unique(*known["source_ids"].str.split("; ")),
    )


def terms_record(project: str, periods: Sequence[Period], *, source_ids: tuple[str, ...]) -> Finding:
    """Return what happened to a project whose terms were tight for a while (rule MY4).

    `periods` are before, under the tight terms, after the return, and the last twelve months. Yes when authors under the tight terms
    were fewer than before and after, partly when fewer than after only, no when not fewer than after.
    """
    before, under, after, _ = (period.authors for period in periods)
    if before is None or under is None or after is None:
        return Finding("MY4", Answer.UNKNOWN, f"{project}: too few months are known.", Basis.NOTHING, source_ids=source_ids)
    answer = Answer.NO if under >= after else Answer.YES if under < before else Answer.PARTLY
    counts = ", ".join(f"{period.authors:.1f} {period.name}" for period in periods if period.authors is not None)
    return Finding(
        "MY4",
        answer,
        f"{project}, active authors a month: {counts}.",
        Basis.MEASURED,
        value=under / after - 1,
        unit="change of authors against after the return",
        n=1,
        evidence=tuple(f"{period.name.capitalize()}: {period.window}." for period in periods),
        caveats=(
            DESCRIPTION,
            "One young project that was growing; authors are not users, and who left for a substitute is not counted here.",
        ),
        source_ids=source_ids,
    )


def _unique(*groups: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group if item))
