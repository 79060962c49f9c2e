"""`digest.md`: what moved since the last finished run of a portfolio and why, in words; and `feed.xml`, which tells of each run."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from openstrat.reporting.baselines import CHANGED, NEW, UNKNOWN
from openstrat.reporting.causes import Cause
from openstrat.reporting.change_words import HEADINGS, by_kind, move_lines, rows_together, shortened, summary
from openstrat.reporting.changes import Changes
from openstrat.reporting.feed import feed_files
from openstrat.reporting.manifest import Clock
from openstrat.reporting.outcomes import Outcome
from openstrat.reporting.portfolio import Portfolio
from openstrat.reporting.words import counted

MOST_LINES = 15
"""Moves named for each report; `openstrat diff` lists all."""
MOST_REPORTS = 60
_MARKS = re.compile(r"([\\`*\[\]<]|(?<!\w)_|_(?!\w)|^[>#+-])")


def digest_files(portfolio: Portfolio, outcomes: Sequence[Outcome], folder: Path, clock: Clock) -> dict[str, bytes]:
    """Return `digest.md`, and `feed.xml` with `history.json` behind it; a run that has nothing to tell adds no entry to the feed."""
    text = digest(portfolio, outcomes, clock)
    is_news = any(not item.is_good or (item.change and (item.change.kind in (NEW, UNKNOWN) or item.change.has_moves)) for item in outcomes)
    return {"digest.md": text.encode(), **feed_files(portfolio, headline(outcomes), text if is_news else "", folder, clock)}


def digest(portfolio: Portfolio, outcomes: Sequence[Outcome], clock: Clock) -> str:
    """Return the digest as Markdown."""
    moved = [item for item in outcomes if item.change and item.change.has_moves]
    lines = [f"# {plain(portfolio.title)}", "", f"Run of {clock.started_at}: {headline(outcomes)}."]
    causes = _causes(outcomes)
    if causes:
        lines += ["", "## What differs in the inputs", "", *(f"- {HEADINGS[cause.kind]}: {plain(cause.words)}" for cause in causes)]
    if moved:
        lines += ["", "## What moved"]
        for item in moved[:MOST_REPORTS]:
            lines += _moves(item, is_one_cause=len(causes) == 1)
        lines += ["", f"And {counted(len(moved) - MOST_REPORTS, 'more report')}; see index.html."] if len(moved) > MOST_REPORTS else []
    lines += _section("New", _of_kind(outcomes, NEW), _verdict)
    lines += _section(
        "Made again, but not comparable", [item for item in outcomes if item.change and item.change.kind == UNKNOWN], _verdict
    )
    lines += _section("Not made", [item for item in outcomes if not item.is_good], _failure)
    return "\n".join(lines) + "\n"


def headline(outcomes: Sequence[Outcome]) -> str:
    """Return the counts of a run in one line."""
    kinds = {
        "changed": sum(bool(item.change and item.change.has_moves) for item in outcomes),
        "new": sum(bool(item.change and item.change.kind == NEW) for item in outcomes),
        "not comparable": sum(bool(item.change and item.change.kind == UNKNOWN) for item in outcomes),
        "not made": sum(not item.is_good for item in outcomes),
    }
    again = sum(bool(item.change and item.change.kind == CHANGED and not item.change.has_moves) for item in outcomes)
    same = len(outcomes) - sum(kinds.values())
    words = [f"{number:,} {kind}" for kind, number in kinds.items() if number]
    words += [f"{same:,} without change" + (f" ({again:,} of them made again)" if again else "")] if same else []
    return f"{counted(len(outcomes), 'report')}: {', '.join(words)}"


def plain(text: str) -> str:
    """Return text on one line that Markdown shows as it is."""
    return _MARKS.sub(r"\\\1", " ".join(text.split()))


def _of_kind(outcomes: Sequence[Outcome], kind: str) -> list[Outcome]:
    return [item for item in outcomes if item.change and item.change.kind == kind]


def _causes(outcomes: Sequence[Outcome]) -> list[Cause]:
    """Return each differing input once."""
    found: dict[tuple[str, str, str], Cause] = {}
    for item in outcomes:
        if item.change and item.change.changes:
            found |= {(cause.kind, cause.name, cause.words): cause for cause in item.change.changes.causes}
    return by_kind(found.values())


def _moves(outcome: Outcome, *, is_one_cause: bool) -> Iterator[str]:
    changes: Changes = outcome.change.changes  # type: ignore[assignment, union-attr]
    shared = changes.causes if is_one_cause else ()
    groups = rows_together(changes.moves)
    yield from ("", f"### {_linked(outcome)}", "")
    yield from (plain(summary(changes)), "")
    for group in groups[:MOST_LINES]:
        yield "- " + plain("; ".join(line.strip() for line in move_lines(group, shared)))
    if len(groups) > MOST_LINES:
        yield f"- and {counted(sum(len(group) for group in groups[MOST_LINES:]), 'more change')}"


def _section(title: str, items: Sequence[Outcome], words: Callable[[Outcome], str]) -> list[str]:
    if not items:
        return []
    left = [f"- and {len(items) - MOST_REPORTS:,} more"] if len(items) > MOST_REPORTS else []
    return ["", f"## {title}", "", *(f"- {words(item)}" for item in items[:MOST_REPORTS]), *left]


def _verdict(outcome: Outcome) -> str:
    facts: Mapping[str, Any] = outcome.result.facts if outcome.result else {}
    verdict = f": {plain(str(facts['verdict']))}" if facts.get("verdict") else ""
    return f"{_linked(outcome)}{verdict}"


def _linked(outcome: Outcome) -> str:
    return f"[{plain(outcome.title)}]({outcome.plan.slug}/report.html) ({outcome.plan.slug})"


def _failure(outcome: Outcome) -> str:
    first = shortened("".join(outcome.public_message.splitlines()[:1]))
    kept = "; the last good report is kept" if outcome.has_report else ""
    return f"{plain(outcome.title)} ({outcome.plan.slug}): {outcome.status.replace('_', ' ')}{kept}. {plain(first)}".rstrip()
