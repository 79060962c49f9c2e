"""Rules that look for mistakes a repository can show: under-maintenance (MI3), open-washing by conduct (MI1), one person's project.

Each answers flag, no flag or unknown, with its value, threshold, window and reason. Unknown is never turned into either.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from openstrat.analysis.audit.activity import (
    OutsideChanges,
    best_year,
    day_number,
    in_window,
    longest_gap,
    months_before,
    outside_changes,
    year_before,
)
from openstrat.analysis.audit.dates import Dates
from openstrat.analysis.audit.governance import Presence, presence_of
from openstrat.analysis.audit.standing import Standing
from openstrat.analysis.audit.words import counted
from openstrat.analysis.releases.claims import LAUNCH_WINDOW_DAYS, OUTSIDE_WINDOW_DAYS, Conduct
from openstrat.collect.git.governance import ReadmeWords, Topic
from openstrat.collect.git.trees import Stamp
from openstrat.terms import OpennessLevel, Term

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

MI3_SHARE = 0.1
"""Commits of the last 12 months, as a share of the best 365 days, below which a project counts as under-maintained (rule MI3)."""
MI3_RELEASE_MONTHS = 18
UNDER_MAINTENANCE, OPEN_WASHING = "MI3", "MI1"


class Flag(Term):
    """What a rule says."""

    FLAG = "flag", "The rule speaks against the project."
    NO_FLAG = "no_flag", "The rule was checked and does not."
    UNKNOWN = "unknown", "What the rule needs is not known."


@dataclass(frozen=True)
class RuleFinding:
    """The answer of one rule, or of one part of it: value, threshold and window as text, and why.

    A part that flags does not speak against the project by itself; the rule does that.
    """

    rule: str
    name: str
    state: Flag
    value: str
    threshold: str
    window: str
    why: str
    is_part: bool = True


def maintenance_findings(
    log: CommitLog, dates: Dates, windows: pd.DataFrame, readme: ReadmeWords | None, newest_tag: Stamp | None
) -> list[RuleFinding]:
    """Return MI3 and its parts (activity against the best year, newest release, README), and the one-author warning.

    MI3 flags when a part flags, and is unknown when none does and one is unknown. The one-author warning stands beside it.
    """
    parts = [_activity(log, dates), _release(dates, newest_tag), _readme(readme)]
    return [_joint(UNDER_MAINTENANCE, "under-maintenance", parts, dates), *parts, _one_author(windows, dates)]


def _activity(log: CommitLog, dates: Dates) -> RuleFinding:
    start = year_before(dates.as_of)
    window = f"{start.isoformat()} to {dates.as_of.isoformat()} against the best 365 days"
    threshold = f"below {MI3_SHARE:.0%} of the best 365 days"

    def found(state: Flag, value: str, why: str) -> RuleFinding:
        return RuleFinding(UNDER_MAINTENANCE, "activity against its best year", state, value, threshold, window, why)

    if not dates.is_known_from(start):
        return found(Flag.UNKNOWN, "", dates.why_unknown())
    begin = max(start, dates.since) if dates.since else start
    now, best = int(in_window(log, begin, dates.as_of).sum()), best_year(log, as_of=dates.as_of, since=dates.since)
    if not best:
        return found(Flag.UNKNOWN, "0 commits", "There is no commit to compare with.")
    value = f"{now:,} of {counted(best, 'commit')} ({now / best:.1%})"
    if now / best < MI3_SHARE:
        return found(Flag.FLAG, value, "Commits that are no merges, bots included; where work moved elsewhere this falls too.")
    if dates.begins_on and (dates.since or dates.begins_on) <= dates.begins_on:
        return found(Flag.UNKNOWN, value, f"The best year may lie before the copy. {dates.why_unknown()}")
    return found(Flag.NO_FLAG, value, "Commits that are no merges, bots included; where work moved elsewhere this falls too.")


def _release(dates: Dates, newest_tag: Stamp | None) -> RuleFinding:
    since = months_before(dates.as_of, MI3_RELEASE_MONTHS)
    name, threshold, window = (
        "newest release",
        f"older than {MI3_RELEASE_MONTHS} months",
        f"{since.isoformat()} to {dates.as_of.isoformat()}",
    )
    if newest_tag is None:
        why = "The copy holds no tag: either nothing was ever tagged, or tags were not fetched."
        return RuleFinding(UNDER_MAINTENANCE, name, Flag.UNKNOWN, "", threshold, window, why)
    day = newest_tag.utc_day
    if dates.is_stale and day < since.isoformat():
        return RuleFinding(UNDER_MAINTENANCE, name, Flag.UNKNOWN, f"tag of {day}", threshold, window, dates.why_unknown())
    state = Flag.FLAG if day < since.isoformat() else Flag.NO_FLAG
    return RuleFinding(UNDER_MAINTENANCE, name, state, f"tag of {day}", threshold, window, "The newest tag counts as the newest release.")


def _readme(readme: ReadmeWords | None) -> RuleFinding:
    name, threshold, window = "words of the README", "words that say it is not kept up", "the current README"
    if readme is None:
        return RuleFinding(UNDER_MAINTENANCE, name, Flag.UNKNOWN, "", threshold, window, "No README at the root can be read.")
    if readme.unmaintained:
        said = ", ".join(f"'{item}'" for item in readme.unmaintained[:3])
        why = f"{readme.path} has these words (a word list; they may speak of a part, so a person reads it)."
        return RuleFinding(UNDER_MAINTENANCE, name, Flag.FLAG, said, threshold, window, why)
    return RuleFinding(
        UNDER_MAINTENANCE, name, Flag.NO_FLAG, "no such words", threshold, window, f"Looked for in {readme.path} (a word list)."
    )


def _one_author(windows: pd.DataFrame, dates: Dates) -> RuleFinding:
    row = windows.iloc[0]
    window = f"{row['from_on']} to {row['to_on']}"
    name, threshold = "one-person project", "absence factor of 1"
    if pd.isna(row["absence_factor"]):
        why = dates.why_unknown() if pd.isna(row["n_commits"]) else "There is no commit of a person in the window."
        return RuleFinding(UNDER_MAINTENANCE, name, Flag.UNKNOWN, "", threshold, window, why, is_part=False)
    factor = int(row["absence_factor"])
    state = Flag.FLAG if factor == 1 else Flag.NO_FLAG
    value = (
        f"absence factor {factor}, the busiest has {row['top_author_share']:.0%}; {counted(int(row['n_authors']), 'person')} in the window"
    )
    why = "A warning beside the rule: fewest people with half the commits."
    return RuleFinding(UNDER_MAINTENANCE, name, state, value, threshold, window, why, is_part=False)


def conduct_of(log: CommitLog, dates: Dates, *, stewards: Sequence[str] = ()) -> tuple[Conduct, OutsideChanges]:
    """Return what the history shows of the conduct that MI1 asks for, None where it does not settle it, and the bounds on outside changes.

    Outside changes: the 180 days up to the as-of day. Changes after launch: the 90 days after the launch day; without one, what
    holds whatever the day was: none when all commits fall on one day, some when no gap between commits is longer than 90 days.
    """
    start = _outside_from(dates)
    outside = outside_changes(log, start=start, end=dates.as_of, stewards=stewards)
    n_outside = outside.n if outside.low or dates.is_known_from(start) else None
    return Conduct(n_outside, _changes_after_launch(log, dates)), outside


def _outside_from(dates: Dates) -> date:
    return dates.as_of - timedelta(days=OUTSIDE_WINDOW_DAYS - 1)


def _changes_after_launch(log: CommitLog, dates: Dates) -> int | None:
    if dates.launched:
        first, last = dates.launched + timedelta(days=1), dates.launched + timedelta(days=LAUNCH_WINDOW_DAYS)
        n = int(in_window(log, first, last).sum())
        is_known = last <= dates.known_until and (dates.begins_on is None or first > dates.begins_on)
        return n if n or is_known else None
    if dates.begins_on and (dates.since or dates.begins_on) <= dates.begins_on:
        return None  # the launch may lie before the copy
    gap, n_days = longest_gap(log, as_of=dates.as_of, since=dates.since)
    waited = (dates.known_until - (dates.since or date.min)).days
    if n_days == 1:
        return 0 if waited > LAUNCH_WINDOW_DAYS and _days_since_first(log, dates) > LAUNCH_WINDOW_DAYS else None
    return n_days - 1 if n_days > 1 and gap <= LAUNCH_WINDOW_DAYS else None


def _days_since_first(log: CommitLog, dates: Dates) -> int:
    return day_number(dates.known_until) - int(log.commit_time.min() // 86_400)


def open_washing_findings(
    seen: tuple[Conduct, OutsideChanges], dates: Dates, standing: Standing, governance: pd.DataFrame, readme: ReadmeWords | None
) -> list[RuleFinding]:
    """Return MI1 and its parts: license against the words open source, outside changes, changes after launch.

    MI1 needs the claim: without the words in the README it does not flag, and without a README it is unknown. `seen` is what
    `conduct_of` returns.
    """
    conduct, outside = seen
    parts = [_license(standing), _outside(conduct, outside, dates, governance), _after_launch(conduct, dates)]
    return [_claimed(parts, dates, readme), *parts]


def _license(standing: Standing) -> RuleFinding:
    name, threshold = "terms of the license", "a restriction on who may use it, for what, or how"
    if standing.level is OpennessLevel.UNDETERMINED:
        return RuleFinding(
            OPEN_WASHING, name, Flag.UNKNOWN, standing.label, threshold, "today", " ".join(standing.doubts) or "The level is not known."
        )
    state = Flag.NO_FLAG if standing.level is OpennessLevel.FULLY_OPEN else Flag.FLAG
    limits = ", ".join(item.label for item in standing.restrictions)
    return RuleFinding(
        OPEN_WASHING, name, state, f"{standing.label}: {standing.level.label}", threshold, "today", limits or "No restriction."
    )


def _outside(conduct: Conduct, outside: OutsideChanges, dates: Dates, governance: pd.DataFrame) -> RuleFinding:
    start = _outside_from(dates)
    window = f"{start.isoformat()} to {dates.as_of.isoformat()} ({OUTSIDE_WINDOW_DAYS} days)"
    at_most = counted(outside.high, "commit")
    value = f"{at_most if outside.low == outside.high else f'{outside.low:,} to {at_most}'} from outside"

    def found(state: Flag, value: str, why: str) -> RuleFinding:
        threshold = "no CONTRIBUTING file, or no commit from outside"
        return RuleFinding(OPEN_WASHING, "changes from outside", state, value, threshold, window, why)

    if presence_of(governance, Topic.CONTRIBUTING) is Presence.NOT_FOUND:
        why = "Nothing in the repository tells how to take part; the organization may say it in another place, which was not read."
        return found(Flag.FLAG, f"no CONTRIBUTING file; {value}", why)
    if conduct.n_outside_changes is None:
        if not dates.is_known_from(start):
            return found(Flag.UNKNOWN, "", dates.why_unknown())
        return found(Flag.UNKNOWN, value, "Addresses do not tell who belongs to the steward; name its mail domains to narrow it.")
    steward = "the named steward" if outside.is_steward_named else "the organization with the most commits, taken for the steward,"
    why = f"Outside is who does not belong to {steward} by mail domain; the bounds hold whatever the unknown ones are."
    return found(Flag.NO_FLAG if conduct.n_outside_changes else Flag.FLAG, value, why)


def _after_launch(conduct: Conduct, dates: Dates) -> RuleFinding:
    name, threshold = "work after launch", "no commit after the launch day"
    window = (
        f"{LAUNCH_WINDOW_DAYS} days after {dates.launched.isoformat()}"
        if dates.launched
        else f"any {LAUNCH_WINDOW_DAYS} days (launch day not given)"
    )
    n = conduct.n_changes_after_launch
    if n is None:
        return RuleFinding(OPEN_WASHING, name, Flag.UNKNOWN, "", threshold, window, _no_launch(dates))
    undated = "no two commits in a row lie further apart" if n else "all commits fall on one day"
    value, why = (counted(n, "commit"), "") if dates.launched else (undated, "Holds whatever the launch day was.")
    return RuleFinding(OPEN_WASHING, name, Flag.NO_FLAG if n else Flag.FLAG, value, threshold, window, why)


def _no_launch(dates: Dates) -> str:
    if dates.launched:
        return f"The {LAUNCH_WINDOW_DAYS} days are not over in this copy, or lie before it."
    if dates.begins_on:
        return f"The launch may lie before the copy. {dates.why_unknown()}"
    doubt = f"it is young, or has gaps of more than {LAUNCH_WINDOW_DAYS} days"
    return f"The history does not say when the launch was, and {doubt}: give the launch day."


def _claimed(parts: Sequence[RuleFinding], dates: Dates, readme: ReadmeWords | None) -> RuleFinding:
    name, threshold = "open-washing", "the README says open source, and a part below flags"
    if readme is None:
        why = "No README at the root can be read, so the claim is not known."
        return RuleFinding(OPEN_WASHING, name, Flag.UNKNOWN, "", threshold, "today", why, is_part=False)
    if not readme.n_open_source:
        why = f"{readme.path} does not use the words (a word list), so there is no claim to hold against it; websites were not read."
        return RuleFinding(OPEN_WASHING, name, Flag.NO_FLAG, "no claim", threshold, "today", why, is_part=False)
    joint = _joint(OPEN_WASHING, name, parts, dates)
    value = f"{readme.path} says open source ({counted(readme.n_open_source, 'time')}); {joint.value}"
    why = f"{joint.why} The words are counted, not understood: a person reads the claim."
    return replace(joint, value=value, threshold=threshold, why=why)


def _joint(rule: str, name: str, parts: Sequence[RuleFinding], dates: Dates) -> RuleFinding:
    by_state = {state: [part.name for part in parts if part.state is state] for state in Flag}
    state = Flag.FLAG if by_state[Flag.FLAG] else Flag.UNKNOWN if by_state[Flag.UNKNOWN] else Flag.NO_FLAG
    value = "; ".join(f"{found.label}: {', '.join(names)}" for found, names in by_state.items() if names)
    window = f"as of {dates.as_of.isoformat()}"
    return RuleFinding(rule, name, state, value, "any part below flags", window, f"{len(parts)} parts, listed below.", is_part=False)
