"""The index of a portfolio: one page and one JSON file that say what was made, with which parameters, what moved, and what failed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

import openstrat
from openstrat.reporting.baselines import CHANGED, NEW, SAME, RunChange
from openstrat.reporting.change_words import summary
from openstrat.reporting.digest import digest_files
from openstrat.reporting.manifest import Clock
from openstrat.reporting.outcomes import Outcome
from openstrat.reporting.portfolio import Portfolio
from openstrat.reporting.publish import publish
from openstrat.reporting.render import TEMPLATES, Page, page_html
from openstrat.reporting.statuses import COMPLETED, UNCHANGED
from openstrat.reporting.subjects import subject_pages
from openstrat.reporting.words import counted

GOING_ON, FINISHED, STOPPED = "going_on", "finished", "interrupted"
STATE_WORDS = {GOING_ON: "going on", FINISHED: "finished", STOPPED: "interrupted; run it again to go on where it ended"}
LONGEST_MESSAGE = 600


def write_index(portfolio: Portfolio, outcomes: Sequence[Outcome], folder: Path, clock: Clock, state: str) -> None:
    """Write what is known about a run into the portfolio's folder; digest, feed and pages a case only once it is finished.

    Parameters
    ----------
    portfolio, outcomes
        In the order of the file.
    folder
        Held by the caller.
    clock
        When the run started.
    state
        `going_on`, `finished` or `interrupted`.

    Raises
    ------
    PublishError
        If a file cannot be written; those that were there are whole.
    """
    pages = subject_pages(portfolio, outcomes)
    files = index_files(portfolio, outcomes, clock, state, {slug: name for name, page in pages.items() for slug in page.slugs})
    if state == FINISHED:
        files |= {name: page.html.encode() for name, page in pages.items()}
        files |= digest_files(portfolio, outcomes, folder, clock)
        stale = tuple(path.name for path in folder.glob("compare-*.html"))
        publish(files, folder, stale=stale)
    else:
        publish(files, folder)


def index_files(
    portfolio: Portfolio, outcomes: Sequence[Outcome], clock: Clock, state: str, compared: Mapping[str, str] | None = None
) -> dict[str, bytes]:
    """Return `index.html` and `index.json` as bytes; `compared` names the page that compares a report with others, by its id."""
    rows = [index_row(outcome) | {"compared": (compared or {}).get(outcome.plan.slug)} for outcome in outcomes]
    head = {
        "title": portfolio.title,
        "reports": [Path(report).stem for report in portfolio.reports],
        "schedule": portfolio.schedule,
        "state": state,
        "started_at": clock.started_at,
        "openstrat": openstrat.__version__,
    }
    text = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
    lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
    data = f'{text},\n "runs": [\n{lines}\n ]\n}}\n'
    return {"index.html": index_page(portfolio, rows, clock, state).encode(), "index.json": data.encode()}


def index_row(outcome: Outcome) -> dict[str, Any]:
    """Return what the index says about one run, as plain JSON."""
    plan, result = outcome.plan, outcome.result
    facts = dict(result.facts) if result else {}
    return {
        "id": plan.slug,
        "title": outcome.title,
        "status": COMPLETED if outcome.status == UNCHANGED else outcome.status,
        "exit_code": outcome.exit_code,
        "was_run": outcome.status != UNCHANGED,
        "n_attempts": outcome.n_attempts,
        "report": f"{plan.slug}/report.html" if outcome.has_report else None,
        "is_last_good": result is None and outcome.has_report,
        "parameters": plan.shown,
        "as_of": plan.shown.get("as_of") or facts.get("as_of"),
        "verdict": facts.get("verdict"),
        "n_warnings": len(result.warnings) if result else 0,
        "change": outcome.change.kind if outcome.change else None,
        "change_words": change_in_words(outcome.change) if outcome.change else None,
        "message": shortened(outcome.public_message) or None,
        "key": plan.key,
    }


def change_in_words(change: RunChange) -> str:
    """Return how a report stands to the last finished run's, in a few words."""
    if change.kind in (NEW, SAME):
        return {NEW: "new", SAME: "no change"}[change.kind]
    if change.kind != CHANGED or change.changes is None:
        return "made again; cannot be compared with the earlier one"
    if not change.has_moves:
        return "made again, nothing moved"
    return summary(change.changes).removeprefix(f"{change.changes.title}: ").rstrip(".")


def shortened(message: str) -> str:
    """Return a message of at most 600 characters."""
    return message if len(message) <= LONGEST_MESSAGE else message[: LONGEST_MESSAGE - 4].rstrip() + " ..."


def index_page(portfolio: Portfolio, rows: Sequence[dict[str, Any]], clock: Clock, state: str) -> str:
    """Return the index as one self-contained page without any script."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    names = list(dict.fromkeys(name for row in rows for name in row["parameters"] if name != "as_of"))
    differing = [name for name in names if len({repr(row["parameters"].get(name)) for row in rows}) > 1]
    shared = [(name, rows[0]["parameters"].get(name)) for name in names if name not in differing]
    body = environment.get_template("index.html.j2").render(
        rows=rows,
        differing=differing,
        has_dates=any(row["as_of"] for row in rows),
        has_changes=any(row["change"] for row in rows),
        is_finished=state == FINISHED,
    )
    counts = Counter(row["status"] for row in rows)
    meta = [("Reports", ", ".join(f"{number:,} {status.replace('_', ' ')}" for status, number in counts.items()))]
    meta += [("Run of", clock.started_at), ("State", STATE_WORDS[state])]
    meta += [(name.replace("_", " ").capitalize(), str(value)) for name, value in shared if value not in (None, "")]
    meta += [("Schedule", portfolio.schedule)] if portfolio.schedule else []
    colophon = [
        f"Made with openstrat {openstrat.__version__} from {portfolio.path.name}, {counted(len(rows), 'run')}. The same in index.json."
    ]
    return page_html(Page(portfolio.title, "openstrat portfolio", meta, colophon), Markup(body))  # noqa: S704 - rendered with escaping
