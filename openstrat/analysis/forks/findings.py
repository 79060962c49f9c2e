"""Published findings on forks, counted again: our figure under each rule beside the published one, and what becomes of it."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from openstrat.analysis.forks.lags import fork_lags
from openstrat.tables.finding_terms import FindingBasis, FindingCheck, FindingMeasure, FindingRule, FindingVerdict

COLUMNS = ["finding_id", "rule", "window", "value", "low", "high", "n", "n_of", "basis", "verdict", "why", "source_ids"]
RELATIVE = {FindingMeasure.PEOPLE: 0.1, FindingMeasure.ORGANIZATIONS: 0.1, FindingMeasure.RATIO: 0.25}
ABSOLUTE = {FindingMeasure.SHARE: 0.05}
"""How far our figure may be from the published one and still agree, as a part of it or as a difference; other measures not at all."""
FEWEST_KNOWN = 0.5
"""Share of commits that must name an organization before a share among them is taken for all."""
VERDICT_RULE = (
    "A finding holds under a rule when our figure, with all that unknowns leave open, lies within the tolerance of the published one "
    "(a tenth for people and organizations, five points for shares, a quarter for ratios, exactly for days). It does not hold when "
    "all of it lies outside, and cannot be checked when the bounds reach over the edge. Figures on another group, time or step "
    "than the published one stand beside and do not decide. Over all rules it holds when it does under each that can be checked."
)
RULE_WORDS = {
    FindingRule.CORE_12M: "core contributors of the year before",
    FindingRule.ANY_12M: "contributors of the year before",
    FindingRule.ANY_24M: "contributors of the two years before",
}
"""Rules that are more than their own name in words."""
OTHER_GROUP = {
    FindingRule.CORE_12M: "Counts only people with ten or more commits; the finding counts everybody.",
    FindingRule.ANY_24M: "Counts people of two years; the finding is on one.",
}
"""Why people carried over of another group do not decide on a finding."""
LATER_STEP = "A first release is a later step than the fork that the finding dates."
SINGULAR = {FindingMeasure.PEOPLE: "person", FindingMeasure.ORGANIZATIONS: "organization", FindingMeasure.DAYS: "day"}
COMPARED = (
    "The same as published.",
    "Within the tolerance of the published figure.",
    "Other than published.",
    "Outside the tolerance of the published figure.",
    "Unknown employers leave more open than the tolerance: the published figure is possible.",
)
"""How our figure compares with the published one, in words."""
MOST_NAMED = 4
"""Rules that a reason names at most."""
SENTENCE_END = re.compile(r"(?<=\.) ")
TINY = 1e-9
MONTH_DAYS = 30.44
PARTIAL_DAY = 16
"""From this day on a month counts as a whole one at the end of a window."""


@dataclass(frozen=True)
class Tables:
    """The tables that bear on findings: activity_monthly, core_transitions, fork_events, counting_panel."""

    activity: pd.DataFrame
    core_transitions: pd.DataFrame
    fork_events: pd.DataFrame
    counting_panel: pd.DataFrame


@dataclass(frozen=True)
class Figure:
    """Our figure under one rule; `short` says why it cannot decide whatever it is, empty where it can."""

    rule: FindingRule
    window: str
    value: float
    low: float
    high: float
    n: int
    n_of: str
    source_ids: str
    basis: FindingBasis = FindingBasis.SHIPPED_TABLE
    short: str = ""
    note: str = ""


def check_findings(published: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Return our figure beside each published finding under each rule that the tables allow; columns of the table finding_checks.

    `published` is the table published_findings. A finding on which nothing bears has one row that says so.
    """
    rows = []
    for finding in _records(published.sort_values("finding_id")):
        figures = [*FIGURES[FindingCheck(finding["checked_by"])](finding, tables), *_recounted(finding, tables)]
        rows += [_judged(finding, figure) for figure in figures] or [_unchecked(finding)]
    frame = pd.DataFrame(rows, columns=COLUMNS).sort_values(["finding_id", "rule", "window"], ignore_index=True)
    return frame.astype({"value": float, "low": float, "high": float, "n": "Int64"})


def finding_verdicts(checks: pd.DataFrame) -> pd.Series[str]:
    """Return what becomes of each finding over all its rules, by finding_id."""
    return checks.groupby("finding_id")["verdict"].agg(lambda column: _overall(set(column)).value)


def findings_table(published: pd.DataFrame, checks: pd.DataFrame) -> pd.DataFrame:
    """Return one row a published finding: what it says, our figures under each rule in words, the verdict and the reasons.

    Columns: finding_id, claim, window, published, ours, verdict, why, source_ids. `checks` is the table finding_checks.
    """
    verdicts = finding_verdicts(checks)
    rows = []
    for finding in _records(published):
        own = checks[checks["finding_id"] == finding["finding_id"]]
        measure, days = FindingMeasure(finding["measure"]), _days(finding)
        reasons = [_spread(own, measure), *_reasons(own), finding["notes"] if isinstance(finding["notes"], str) else ""]
        rows.append(
            {
                "finding_id": finding["finding_id"],
                "claim": finding["claim"],
                "window": days,
                "published": in_words(finding["published_low"], finding["published_high"], measure),
                "ours": "; ".join(_ours(row, measure, days) for row in _records(own)),
                "verdict": verdicts[finding["finding_id"]],
                "why": " ".join(reason for reason in reasons if reason),
                "source_ids": "; ".join(dict.fromkeys(part for cell in own["source_ids"] for part in cell.split("; "))),
            }
        )
    return pd.DataFrame(rows)


def _reasons(own: pd.DataFrame) -> list[str]:
    """Return each reason once; how our figure compares names the rules that it is about, unless it is about all of them."""
    rules: dict[str, list[str]] = {}
    for row in _records(own):
        for sentence in SENTENCE_END.split(row["why"]):
            rules.setdefault(sentence, []).append(_rule_and_window(row, own))
    return [
        sentence if len(named) == len(own) or sentence not in COMPARED else f"{sentence.removesuffix('.')} ({_few(named)})."
        for sentence, named in rules.items()
    ]


def _few(names: list[str]) -> str:
    shown = names if len(names) <= MOST_NAMED else [*names[: MOST_NAMED - 1], f"{len(names) - MOST_NAMED + 1} more"]
    return " and ".join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else shown[0]


def _rule_and_window(row: dict[str, Any], own: pd.DataFrame) -> str:
    """Return a rule in words, with its window where the rule stands for several."""
    is_alone = own["rule"].eq(row["rule"]).sum() == 1
    return _rule(row["rule"]) if is_alone else f"{_rule(row['rule'])} in {row['window']}"


def _spread(own: pd.DataFrame, measure: FindingMeasure) -> str:
    """Say how far the counting rules alone move the figure, in the same window and with the same employers."""
    counted = own[own["basis"].eq(FindingBasis.GIT_HISTORIES) & own["rule"].ne(FindingRule.ADDRESS_ON_COMMIT)]
    if counted["value"].nunique() < 2 or measure not in (FindingMeasure.SHARE, FindingMeasure.RATIO):
        return ""
    least, most = (_records(counted.sort_values("value"))[place] for place in (0, -1))
    ends = [f"{in_words(end['value'], end['value'], measure)} ({_rule(end['rule'])})" for end in (least, most)]
    return f"With unknown employers taken as outsiders, the rules alone give {ends[0]} to {ends[1]}."


def in_words(low: float, high: float, measure: FindingMeasure) -> str:
    """Return a figure or a range in words: '18 people', '42% to 99%', '1.9 times'."""
    ends = [_number(low, measure), "open" if math.isnan(high) else _number(high, measure)]
    said = ends[0] if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"
    unit = SINGULAR.get(measure, measure.label) if said == "1" else measure.label
    return {FindingMeasure.SHARE: said, FindingMeasure.RATIO: f"{said} times"}.get(measure, f"{said} {unit}")


def _number(value: float, measure: FindingMeasure) -> str:
    return f"{value:.0%}" if measure is FindingMeasure.SHARE else f"{value:.2f}" if measure is FindingMeasure.RATIO else f"{value:g}"


def _ours(row: dict[str, Any], measure: FindingMeasure, days: str) -> str:
    if math.isnan(row["low"]):
        return "nothing counted"
    window = "" if row["window"] == days else f" ({row['window']})"
    return f"{_rule(row['rule'])}{window}: {in_words(row['low'], row['high'], measure)}"


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def _rule(rule: str) -> str:
    return RULE_WORDS.get(FindingRule(rule), rule.replace("_", " "))


def _days(finding: dict[str, Any]) -> str:
    ends = [f"{finding[name]:%Y-%m-%d}" for name in ("window_from_on", "window_to_on") if pd.notna(finding[name])]
    return " to ".join(ends)


def _judged(finding: dict[str, Any], figure: Figure) -> dict[str, Any]:
    low, high = agreement_band(finding["published_low"], finding["published_high"], FindingMeasure(finding["measure"]))
    verdict, why = _verdict(figure, low, high)
    return {
        "finding_id": finding["finding_id"],
        "rule": figure.rule.value,
        "window": figure.window,
        "value": round(figure.value, 4),
        "low": round(figure.low, 4),
        "high": round(figure.high, 4),
        "n": figure.n,
        "n_of": figure.n_of,
        "basis": figure.basis.value,
        "verdict": verdict.value,
        "why": f"{why} {figure.note}".strip(),
        "source_ids": figure.source_ids,
    }


def agreement_band(low: float, high: float, measure: FindingMeasure) -> tuple[float, float]:
    """Return the lowest and highest figure that still agree with a published one."""
    relative, absolute = RELATIVE.get(measure, 0.0), ABSOLUTE.get(measure, 0.0)
    return low * (1 - relative) - absolute, high * (1 + relative) + absolute


def _verdict(figure: Figure, low: float, high: float) -> tuple[FindingVerdict, str]:
    top = math.inf if math.isnan(figure.high) else figure.high
    same, near, other, far, is_open = COMPARED
    if figure.short:
        return FindingVerdict.CANNOT_BE_CHECKED, figure.short
    if figure.low >= low - TINY and top <= high + TINY:
        return FindingVerdict.HOLDS, same if low == high else near
    if figure.low > high + TINY or top < low - TINY:
        return FindingVerdict.DOES_NOT_HOLD, other if low == high else far
    return FindingVerdict.CANNOT_BE_CHECKED, is_open


def _unchecked(finding: dict[str, Any]) -> dict[str, Any]:
    blank = dict.fromkeys(COLUMNS, pd.NA) | dict.fromkeys(("value", "low", "high"), math.nan)
    return blank | {
        "finding_id": finding["finding_id"],
        "rule": FindingRule.NOT_COUNTED.value,
        "window": _days(finding),
        "verdict": FindingVerdict.CANNOT_BE_CHECKED.value,
        "why": "The histories in the package do not cover this window.",
        "source_ids": finding["source_ids"],
    }


def _overall(found: set[str]) -> FindingVerdict:
    decided = found - {FindingVerdict.CANNOT_BE_CHECKED.value}
    if not decided:
        return FindingVerdict.CANNOT_BE_CHECKED
    return FindingVerdict(decided.pop()) if len(decided) == 1 else FindingVerdict.HOLDS_ONLY_UNDER_SOME_RULES


def _recounted(finding: dict[str, Any], tables: Tables) -> Iterator[Figure]:
    panel = tables.counting_panel
    for row in _records(panel[panel["finding_id"] == finding["finding_id"]]):
        window = f"{row['window_from_on']:%Y-%m-%d} to {row['window_to_on']:%Y-%m-%d}"
        numbers = (row["value"], row["low"], row["high"], int(row["n_commits"]), "commits", row["source_ids"])
        yield Figure(FindingRule(row["rule"]), window, *numbers, basis=FindingBasis.GIT_HISTORIES)


def _carried_over(finding: dict[str, Any], tables: Tables) -> Iterator[Figure]:
    """Yield people of the upstream seen in the fork, for horizons at least as long as the published window where there are any.

    Only the shortest of these and the group of the finding, everybody of the year before, decide; the others stand beside.
    """
    rows = tables.core_transitions[tables.core_transitions["fork"].eq(finding["repository"])]
    rows = rows[rows["is_complete_fork"].astype(bool)]
    months = round((finding["window_to_on"] - finding["window_from_on"]).days / MONTH_DAYS)
    rows = rows[rows["horizon_months"] >= min(months, int(rows["horizon_months"].max()))]
    nearest = int(rows["horizon_months"].min())
    for row in _records(rows):
        seen, horizon = float(row["n_in_fork"]), int(row["horizon_months"])
        short = OTHER_GROUP.get(FindingRule(row["author_group"]), "")
        if horizon < months:
            short = f"Our count ends after {horizon} of {months} months; more may have come later."
        elif horizon > nearest:
            short = f"Counts {horizon} months; the finding is on {months}."
        window = f"{horizon} months from {row['fork_started_on']:%Y-%m-%d}"
        group = (int(row["n_group"]), "upstream people", row["source_ids"])
        yield Figure(FindingRule(row["author_group"]), window, seen, seen, seen, *group, short=short)


def _people(finding: dict[str, Any], tables: Tables) -> Iterator[Figure]:
    for year, window in _years(finding, tables):
        people = float(year["n_authors_12m"])
        numbers = (people, people, people, int(year["n_commits_12m"]), "commits", year["source_ids"])
        yield Figure(FindingRule.CREDITED_PEOPLE, window, *numbers)


def _vendor(finding: dict[str, Any], tables: Tables) -> Iterator[Figure]:
    """Yield the steward's share of commits: between nobody and everybody of unknown employer, then among known addresses."""
    for year, window in _years(finding, tables):
        if year["org_top_12m"] not in str(year["steward_orgs"]).split("; "):
            continue
        known, top = 1 - year["org_unknown_share_12m"], year["org_top_share_of_known_12m"]
        months = tables.activity[_in_year(tables.activity, year)]
        own = 1 - float(months["n_commits_nonsteward"].sum() / months["n_commits"].sum())
        most = 1 - known * (1 - top)
        numbers = (int(year["n_commits_12m"]), "commits", year["source_ids"])
        checked = "" if finding["repository"] == "redis/redis" else "Who belongs to the steward was checked for Redis only."
        yield Figure(FindingRule.STEWARD_PEOPLE, window, own, own, most, *numbers, note=checked)
        yield Figure(FindingRule.STEWARD_ADDRESSES, window, known * top, known * top, most, *numbers)
        named = f"{known:.0%} of the commits name an organization"
        short = "" if known >= FEWEST_KNOWN else f"Only {named}: too few to speak for all."
        alike = f"{named}; that the others are alike is an assumption." if not short else ""
        yield Figure(FindingRule.KNOWN_ADDRESSES, window, top, top, top, *numbers, short=short, note=alike)


def _outsiders(finding: dict[str, Any], tables: Tables) -> Iterator[Figure]:
    """Yield commits of everybody else over the steward's, from the shares that `_vendor` gives."""
    for share in _vendor(finding, tables):
        ends = [(1 - end) / end for end in (share.value, share.high, share.low)]
        yield replace(share, value=ends[0], low=ends[1], high=ends[2])


def _lag(finding: dict[str, Any], tables: Tables) -> Iterator[Figure]:
    lags = fork_lags(tables.fork_events)
    for row in _records(lags[lags["event_id"] == finding["event_id"]]):
        days = (float(row["days_high"]), float(row["days_low"]), float(row["days_high"]), 1, "forks", row["source_ids"])
        note = "The day is marked as about." if row["is_about"] else ""
        rule = FindingRule(row["step"])
        short = LATER_STEP if rule is FindingRule.FIRST_RELEASE else ""
        yield Figure(rule, f"{row['changed_on']} to {row['step_on']}", *days, note=note, short=short)


def _years(finding: dict[str, Any], tables: Tables) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield the row of the last of the twelve whole months nearest to the window, and these months in words."""
    end = finding["window_to_on"].to_period("M") - int(finding["window_to_on"].day < PARTIAL_DAY)
    own = tables.activity[tables.activity["repository"].eq(finding["repository"]) & tables.activity["date_basis"].eq("committer")]
    for last in (end, end - 1):
        row = own[own["month"].eq(last.to_timestamp()) & own["is_full_12m"].astype(bool) & ~own["is_partial_month"].astype(bool)]
        if len(row):
            yield {str(key): value for key, value in row.iloc[0].items()}, f"{last - 11} to {last}"
            return


def _in_year(activity: pd.DataFrame, year: dict[str, Any]) -> pd.Series[bool]:
    first = year["month"] - pd.DateOffset(months=11)
    same = activity["repository"].eq(year["repository"]) & activity["date_basis"].eq("committer")
    return same & activity["month"].between(first, year["month"])


def _nothing(finding: dict[str, Any], tables: Tables) -> Iterator[Figure]:
    yield from ()


FIGURES: dict[FindingCheck, Callable[[dict[str, Any], Tables], Iterator[Figure]]] = {
    FindingCheck.CARRIED_OVER: _carried_over,
    FindingCheck.PEOPLE_IN_A_YEAR: _people,
    FindingCheck.VENDOR_COMMITS: _vendor,
    FindingCheck.OUTSIDERS_TO_VENDOR: _outsiders,
    FindingCheck.LAG: _lag,
    FindingCheck.COUNTING_PANEL: _nothing,
    FindingCheck.NOTHING: _nothing,
}
"""What the shipped tables say on a finding, by how they bear on it."""
