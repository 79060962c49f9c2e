"""The index of a portfolio: one page and one JSON file that say what was made, with which parameters, and what failed."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

import openstrat
from openstrat.reporting.render import TEMPLATES, Page, page_html
from openstrat.reporting.words import counted

if TYPE_CHECKING:
    from openstrat.reporting.portfolio import Outcome, Portfolio


def index_files(portfolio: Portfolio, outcomes: Sequence[Outcome]) -> dict[str, bytes]:
    """Return `index.html` and `index.json` as bytes."""
    rows = [index_row(outcome) for outcome in outcomes]
    facts = {"title": portfolio.title, "report": portfolio.report, "schedule": portfolio.schedule, "runs": rows}
    data = (json.dumps(facts, indent=2, ensure_ascii=False) + "\n").encode()
    return {"index.html": index_page(portfolio, rows).encode(), "index.json": data}


def index_row(outcome: Outcome) -> dict[str, Any]:
    """Return what the index says about one run, as plain JSON."""
    plan, result = outcome.plan, outcome.result
    facts = dict(result.facts) if result else {}
    return {
        "id": plan.slug,
        "title": outcome.title,
        "status": "completed" if outcome.status == "unchanged" else outcome.status,
        "report": f"{plan.slug}/report.html" if result else None,
        "parameters": plan.shown,
        "as_of": plan.shown.get("as_of"),
        "verdict": facts.get("verdict"),
        "n_warnings": len(result.warnings) if result else 0,
        "message": _without_paths(outcome) or None,
        "key": plan.key,
    }


def _without_paths(outcome: Outcome) -> str:
    """Return the message of a failed run with the output folder's own path taken out."""
    return outcome.message.replace(str(outcome.plan.folder.parent) + os.sep, "")


def index_page(portfolio: Portfolio, rows: Sequence[dict[str, Any]]) -> str:
    """Return the index as one self-contained page without any script."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    differing = [name for name in rows[0]["parameters"] if len({repr(row["parameters"][name]) for row in rows}) > 1 and name != "as_of"]
    shared = [(name, value) for name, value in rows[0]["parameters"].items() if name not in differing and value not in (None, "")]
    body = environment.get_template("index.html.j2").render(rows=rows, differing=differing, has_dates=any(row["as_of"] for row in rows))
    counts = Counter(row["status"] for row in rows)
    meta = [("Reports", ", ".join(f"{number} {status}" for status, number in counts.items()))]
    meta += [(name.replace("_", " ").capitalize(), str(value)) for name, value in shared if name != "as_of"]
    meta += [("Schedule", portfolio.schedule)] if portfolio.schedule else []
    colophon = [
        f"Made with openstrat {openstrat.__version__} from {portfolio.path.name}, {counted(len(rows), 'run')}. The same in index.json."
    ]
    return page_html(Page(portfolio.title, "openstrat portfolio", meta, colophon), Markup(body))  # noqa: S704 - rendered with escaping
