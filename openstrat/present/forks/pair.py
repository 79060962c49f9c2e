"""One fork beside its upstream: the verdict, the dates, and activity on both sides."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.forks.counting import Verdict
from openstrat.analysis.forks.measures import measure_named
from openstrat.analysis.forks.pair import (
    UPSTREAM,
    YEAR,
    ForkPair,
    Standing,
    complete_mean,
    core_rows,
    event_days,
    movement,
    side_months,
    standing,
)
from openstrat.analysis.forks.pair_counting import pair_panel, panel_verdicts
from openstrat.analysis.forks.pair_kind import KIND_RULE, ForkKind, KindReading, fork_kind
from openstrat.present import page
from openstrat.present.charts.fork_sides import sides_by_month
from openstrat.present.figure import Figure
from openstrat.present.forks.pair_words import NOT_PROOF, TRIGGERS, fork_name, names_of, source_of, span_of, upstream_name
from openstrat.present.page import Facts, Markup
from openstrat.present.theme import percent, signed_percent
from openstrat.present.words import counted, readable
from openstrat.tables.fork_terms import ForkTrigger

ANSWERED = {
    ForkTrigger.RELICENSE: "a license change of the upstream",
    ForkTrigger.GOVERNANCE: "a dispute over who decides",
    ForkTrigger.ACQUISITION: "a new owner of the upstream, not a license change",
    ForkTrigger.FEATURE: "other technical goals, not a license change of the upstream",
    ForkTrigger.UNMAINTAINED: "a neglected upstream",
}


def pair_facts(pair: ForkPair) -> Facts:
    """Return the report's title and verdict line."""
    title = f"{fork_name(pair)}, a fork of {upstream_name(pair)}"
    as_of = max(pair.scopes["head_on"])
    return Facts({"title": title, "verdict": kind_words(pair, fork_kind(pair)), "as_of": as_of, "status": "real"})


def pair_glance(pair: ForkPair, *, measure: str = "people", basis: str = "committer") -> Markup:
    """Return the key figures and what they add up to: dates, who moved, where both sides stand, which kind of fork it is."""
    kind, months = fork_kind(pair), side_months(pair, measure=measure, basis=basis)
    now = standing(months)
    figures = {
        "of the upstream's core in the fork": _core_figure(pair),
        "first own commit" if pair.event else "start of the fork": _date_figure(pair),
        f"{measure_named(measure).label}, fork and upstream": _standing_figure(pair, now),
        "led by": _steward_figure(pair),
    }
    sentences = [
        f"{kind_words(pair, kind)}.",
        _work_words(pair, kind),
        _answer_words(pair),
        _both_words(pair),
        _change_words(pair, months, measure),
        _sturdy_words(panel_verdicts(pair_panel(pair))),
        NOT_PROOF,
    ]
    box = page.callout("What the histories say", page.bullets([item for item in sentences if item]), css="verdict")
    return page.kpis({name: found for name, found in figures.items() if found}) + box + page.paragraph(KIND_RULE, css="caveat")


def kind_words(pair: ForkPair, kind: KindReading) -> str:
    """Return which kind of fork it is, with the counts that decide it."""
    upstream, fork = upstream_name(pair), fork_name(pair)
    core = f"{kind.n_core_in_fork} of {kind.n_core} core people of {upstream} committed to {fork} in its first twelve months"
    if not kind.n_core:
        return f"Which kind of fork this is cannot be said: nobody had ten or more commits to {upstream} in the year before"
    share = percent(kind.migrant_share)
    return {
        ForkKind.CORE_MOVED: f"The core moved: {core}",
        ForkKind.NEW_TEAM: f"A new team started: {core}",
        ForkKind.BOTH: f"Both, core and new team: {core}, and people from upstream made {share} of its commits",
        ForkKind.UNDECIDED: f"Which kind of fork this is cannot be said: {core}, and the core or the history is too small",
    }[kind.kind]


def _work_words(pair: ForkPair, kind: KindReading) -> str:
    who = f"the {kind.n_people} people who" if kind.n_people > 1 else "the one person who"
    new = f"{kind.n_people_new} of {who} wrote for {fork_name(pair)} then had never been seen upstream."
    if kind.n_commits is None or kind.n_migrant_commits is None:
        return new
    counts = f"{kind.n_migrant_commits:,} of {kind.n_commits:,}"
    return f"In these twelve months migrants made {percent(kind.migrant_share)} of its own commits ({counts}); {new}"


def _answer_words(pair: ForkPair) -> str:
    if not pair.event:
        return f"The folder holds no word on why {fork_name(pair)} began; its start is {pair.started_on}."
    event = pair.event
    answered = ANSWERED[ForkTrigger(event["trigger_category"])]
    said = f"{fork_name(pair)} answered {answered} ({event['triggered_on']})"
    note = f": {event['trigger_note']}" if isinstance(event["trigger_note"], str) else "."
    return said + note


def _both_words(pair: ForkPair) -> str:
    known = movement(pair).dropna(subset=["n_both"])
    if known.empty:
        return "How many people work on both sides is not known: the upstream's months after the start were not read."
    median, most = known["n_both"].median(), known["n_both"].max()
    months = counted(len(known), "month")
    return f"People active on both sides: {median:g} in the median month, {most:g} at most ({months} that both sides know)."


def _change_words(pair: ForkPair, months: pd.DataFrame, measure: str) -> str:
    chosen = measure_named(measure)
    before, n_before = complete_mean(months, UPSTREAM, -YEAR, -1)
    after, n_after = complete_mean(months, UPSTREAM, 1, YEAR)
    if chosen.is_share:
        return ""
    if before is None or after is None:
        return f"How {chosen.label} of the upstream changed cannot be said: too few complete months on a side of the start."
    change = signed_percent(after / before - 1) if before else "unknown"
    counts = f"{change}; {n_before} and {n_after} complete months"
    return f"{upstream_name(pair)}: {chosen.label} {before:.1f} before and {after:.1f} after the start ({counts})."


def _sturdy_words(found: tuple[Verdict, ...]) -> str:
    if not found:
        return ""
    parts = [
        f"{item.headline} {span_of(item)} ({item.window}: {item.sturdiness.label})"
        for item in found
        if item.headline.endswith("people active a month") and item.lowest is not None
    ]
    return f"Over the counting rules: {'; '.join(parts)}." if parts else ""


def _core_figure(pair: ForkPair) -> tuple[str, str] | None:
    rows = [row for row in core_rows(pair).to_dict("records") if row["n_group"]]
    if not rows:
        return None
    said = [f"{_seen(row)} after {row['horizon_months']} months" for row in rows]
    year = next(row for row in rows if row["horizon_months"] == YEAR)
    return f"{year['n_in_fork']} of {year['n_group']}", f"ten or more commits in the year before; {', '.join(said)}"


def _seen(row: dict[Any, Any]) -> str:
    return f"{'' if row['is_complete_fork'] else 'at least '}{row['n_in_fork']}"


def _date_figure(pair: ForkPair) -> tuple[str, str]:
    days = event_days(pair)
    if not pair.event:
        return pair.started_on.isoformat(), "as the histories show it, or as it was given"
    trigger = TRIGGERS[ForkTrigger(pair.event["trigger_category"])]
    said = {trigger: days.get("trigger"), "announced": days.get("announced"), "first release": days.get("first release")}
    return days.get("first own commit", "unknown"), ", ".join(f"{name} {day}" for name, day in said.items() if day)


def _standing_figure(pair: ForkPair, now: Standing) -> tuple[str, str]:
    if now.fork is None or now.upstream is None:
        return "unknown", "fewer than six complete months that both sides know"
    write = percent if max(now.fork, now.upstream) <= 1 else "{:.1f}".format
    return f"{write(now.fork)} and {write(now.upstream)}", f"means of {now.first} to {now.last}"


def _steward_figure(pair: ForkPair) -> tuple[str, str] | None:
    if not pair.event:
        return None
    event = pair.event
    outcome = readable(event["outcome"])
    seen = "" if pd.isna(event["observed_until_on"]) else f" on {event['observed_until_on']:%Y-%m-%d}"
    ended = f"; ended {event['ended_on']}" if isinstance(event["ended_on"], str) else ""
    later = f"; later {event['steward_later']}" if isinstance(event["steward_later"], str) else ""
    return str(event["steward"]), f"a {readable(event['steward_type'])} at its start{later}; outcome: {outcome}{seen}{ended}"


def activity_figure(pair: ForkPair, *, measure: str = "people", basis: str = "committer", months_before: int = 36) -> Figure:
    """Return a measure of both sides by month, from some months before the start."""
    chosen = measure_named(measure)
    months = side_months(pair, measure=measure, basis=basis)
    shown = months[months["months_since_start"] >= -months_before]
    return sides_by_month(
        shown,
        marks_of(pair),
        names=names_of(pair),
        label=chosen.label,
        title=_activity_title(pair, standing(months), measure),
        source=f"{source_of(pair, 'activity_monthly')}; own commits, by {basis} date",
        is_share=chosen.is_share,
    )


def marks_of(pair: ForkPair) -> dict[str, str]:
    """Return the days that charts mark: what the fork answered, where its month is known, and its first own commit."""
    marks = {}
    if pair.event and len(str(pair.event["triggered_on"])) >= len("2024-03"):
        marks[TRIGGERS[ForkTrigger(pair.event["trigger_category"])]] = str(pair.event["triggered_on"])
    first = event_days(pair).get("first own commit")
    return marks | ({"first own commit": first} if first else {"fork starts": pair.started_on.isoformat()})


def _activity_title(pair: ForkPair, now: Standing, measure: str) -> str:
    label = measure_named(measure).label
    if now.fork is None or now.upstream is None:
        return f"{fork_name(pair)}: {label}, where they are known"
    write = percent if measure_named(measure).is_share else "{:.1f}".format
    span = f"means of {now.first} to {now.last}"
    if write(now.fork) == write(now.upstream):
        return f"Both sides stand at {write(now.fork)} {label} ({span})"
    return f"{fork_name(pair)} stands at {write(now.fork)} {label}, {upstream_name(pair)} at {write(now.upstream)} ({span})"


def activity_note(pair: ForkPair) -> Markup:
    """Return what else happened to the upstream in these months, and where its record has gaps."""
    notes = [f"{row['started_on']}: {row['what_happened']} {row['effect_on_figures']}" for row in pair.confounders.to_dict("records")]
    if UPSTREAM not in pair.sides:
        notes.append(f"{upstream_name(pair)} was not read on its own: only the fork's line is drawn.")
    if not notes:
        return page.paragraph(
            "No event beside the fork is recorded for these months; that none is recorded does not mean that there was none.", css="caveat"
        )
    return page.callout("What else lies in these lines", page.bullets(notes), css="finding")
