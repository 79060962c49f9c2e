"""What became of each run of a portfolio."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from openstrat.reporting.baselines import RunChange
from openstrat.reporting.plan import Plan
from openstrat.reporting.portfolio import Portfolio
from openstrat.reporting.reports import ReportResult
from openstrat.reporting.statuses import GOOD, NOT_STARTED


@dataclass(frozen=True)
class Outcome:
    """What became of one run; `change` compares with the report of the last finished run of the portfolio.

    `exit_code` is what `openstrat report` would have ended with, `n_attempts` how often the notebook was started.
    """

    plan: Plan
    status: str
    result: ReportResult | None = None
    message: str = ""
    exit_code: int = 0
    n_attempts: int = 1
    change: RunChange | None = None

    @property
    def title(self) -> str:
        """Title of the report, or what it would have been called."""
        return self.result.title if self.result else str(self.plan.title or self.plan.inputs["title"])

    @property
    def is_good(self) -> bool:
        """Whether the report of these inputs is there."""
        return self.status in GOOD

    @property
    def public_message(self) -> str:
        """The message of a failed run with the output folder's own path taken out."""
        return self.message.replace(str(self.plan.folder.parent) + os.sep, "")

    @property
    def has_report(self) -> bool:
        """Whether a report is there, perhaps an earlier one."""
        return (self.plan.folder / "report.html").is_file()


@dataclass(frozen=True)
class PortfolioResult:
    """All outcomes in the order of the file, and the index page; `location` is where others find it: the same, or a URL."""

    portfolio: Portfolio
    index: Path
    location: str
    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def n_failed(self) -> int:
        """Number of runs without a report of these inputs."""
        return sum(not outcome.is_good for outcome in self.outcomes)


def count_words(outcomes: Iterable[Outcome]) -> str:
    """Return counts by status, such as '10 completed, 1 timed out'."""
    counts = Counter(outcome.status for outcome in outcomes)
    return ", ".join(f"{number:,} {status.replace('_', ' ')}" for status, number in counts.most_common())


def waiting(plan: Plan) -> Outcome:
    """Return the outcome of a run that has not started."""
    return Outcome(plan, NOT_STARTED)


def summary_record(result: PortfolioResult) -> str:
    """Return a result as JSON for programs."""
    runs = [
        {
            "id": item.plan.slug,
            "status": item.status,
            "exit_code": item.exit_code,
            "title": item.title,
            "change": item.change.kind if item.change else None,
            "message": item.message,
        }
        for item in result.outcomes
    ]
    return json.dumps({"index": result.location, "n_failed": result.n_failed, "runs": runs}, indent=1)
