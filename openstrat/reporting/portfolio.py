"""Many reports from one list: all checked before the first starts, run side by side, with an index of what came out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

from openstrat import resources
from openstrat.collect.documents import load_yaml
from openstrat.errors import DocumentError, InputError, OpenstratError, ParameterError, UnknownNameError
from openstrat.reporting.plan import CASE, DEFAULT_OUT, RELEASE, Plan, plan_report
from openstrat.reporting.publish import hold, publish, report_folder
from openstrat.reporting.reports import ReportResult, build
from openstrat.reporting.specs import refuse_unknown
from openstrat.reporting.words import slugify

KEYS = ("title", "report", "parameters", "runs", "schedule")
RUN_KEYS = ("id", "title", "parameters")


@dataclass(frozen=True)
class Run:
    """One line of a portfolio: its parameters, and a name and title when the file gives them."""

    parameters: dict[str, object]
    slug: str | None = None
    title: str = ""


@dataclass(frozen=True)
class Portfolio:
    """A report and the parameter sets it is built for; `schedule` is a hint for whoever runs it."""

    path: Path
    title: str
    report: str
    runs: tuple[Run, ...]
    schedule: str = ""

    @property
    def name(self) -> str:
        """Name of the output folder."""
        return slugify(self.path.stem)


@dataclass(frozen=True)
class Outcome:
    """What became of one run: completed, unchanged, or failed with a message."""

    plan: Plan
    status: str
    result: ReportResult | None = None
    message: str = ""

    @property
    def title(self) -> str:
        """Title of the report, or what it would have been called."""
        return self.result.title if self.result else str(self.plan.title or self.plan.inputs["title"])


@dataclass(frozen=True)
class PortfolioResult:
    """All outcomes in the order of the file, and the index page."""

    portfolio: Portfolio
    index: Path
    outcomes: tuple[Outcome, ...] = field(default=())

    @property
    def n_failed(self) -> int:
        """Number of runs that failed."""
        return sum(outcome.status == "failed" for outcome in self.outcomes)


def portfolio_names() -> list[str]:
    """Return the names of portfolios here and shipped, in alphabetical order."""
    return sorted({path.stem for root in _roots() for path in root.glob("*.yaml")})


def _roots() -> list[Path]:
    return [Path.cwd() / "portfolios", Path.cwd() / "reports" / "portfolios", resources.reports_path("portfolios")]


def find_portfolio(name: str | Path) -> Path:
    """Return the file of a portfolio: an existing path, or a name in `portfolios` or `reports/portfolios`.

    Raises
    ------
    UnknownNameError
        If it is neither.
    """
    path = Path(name)
    candidates = [path, *(root / f"{name}.yaml" for root in _roots())]
    found = next((candidate for candidate in candidates if candidate.is_file()), None)
    if found is None:
        raise UnknownNameError("portfolio", str(name), portfolio_names(), "Or give the path of a portfolio file.")
    return found


def load_portfolio(name: str | Path) -> Portfolio:
    """Return the portfolio that a file describes; reports and parameters are checked by `plan_portfolio`.

    Raises
    ------
    DocumentError
        Naming the key, what is allowed and what to do.
    """
    path = find_portfolio(name)
    content = load_yaml(path, scalars="text")
    refuse_unknown(content, KEYS, str(path))
    report, runs = content.get("report"), content.get("runs")
    if not isinstance(report, str) or not report:
        raise DocumentError(f"{path}: 'report' is missing. Write the name of a report, such as 'report: strategy-brief'.")
    if not isinstance(runs, list) or not runs:
        raise DocumentError(f"{path}: 'runs' is missing. Write a list of parameter sets, such as '- case: case-frontier-lab'.")
    common = _mapping(content.get("parameters", {}), f"{path}: 'parameters'")
    if report.endswith((".ipynb", ".yaml")) and (path.parent / report).is_file():
        report = str(path.parent / report)
    listed = tuple(_run(item, common, path, number) for number, item in enumerate(runs, start=1))
    return Portfolio(path, str(content.get("title", path.stem)), report, listed, str(content.get("schedule", "")))


def _mapping(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise DocumentError(f"{where} is {value!r}. Allowed: lines of 'name: value'.")
    return value


def _run(item: object, common: dict[str, object], path: Path, number: int) -> Run:
    """Return a run from `{id, title, parameters: {...}}`, or from its parameters written beside id and title."""
    where = f"{path}: run {number}"
    content = _mapping(item, where)
    beside = {name: value for name, value in content.items() if name not in RUN_KEYS}
    if "parameters" in content and beside:
        raise DocumentError(f"{where}: {next(iter(beside))!r} stands beside 'parameters'. Move it below 'parameters'.")
    given = {**common, **_mapping(content.get("parameters", beside), f"{where}: 'parameters'")}
    for name in (CASE, RELEASE):
        file = given.get(name)
        if isinstance(file, str) and file.endswith((".yaml", ".yml")) and (path.parent / file).is_file():
            given[name] = str(path.parent / file)  # paths in a portfolio count from its own folder
    return Run(given, str(content["id"]) if "id" in content else None, str(content.get("title", "")))


def plan_portfolio(portfolio: Portfolio, *, out: Path | None = None) -> list[Plan]:
    """Return a checked plan for every run.

    Raises
    ------
    InputError
        Listing what is wrong with each run; nothing has been written and no kernel has started.
    """
    folder = report_folder((out or DEFAULT_OUT).absolute(), portfolio.name)
    plans, problems = [], []
    for number, run in enumerate(portfolio.runs, start=1):
        where = f"{portfolio.path.name}: run {number}"
        try:
            plans.append(plan_report(portfolio.report, run.parameters, out=folder, slug=run.slug, title=run.title, where=where))
        except (UnknownNameError, DocumentError) as error:
            if number == 1:
                raise InputError(f"{portfolio.path.name}: {error}") from None
            problems.append(str(error))
        except OpenstratError as error:
            problems.append(str(error))
    slugs = [plan.slug for plan in plans]
    twice = sorted({slug for slug in slugs if slugs.count(slug) > 1})
    problems += [f"{portfolio.path.name}: {slugs.count(slug)} runs would write to {slug!r}. Give each its own 'id'." for slug in twice]
    if problems:
        raise ParameterError("\n".join(problems))
    return plans


def run_portfolio(
    name: str | Path,
    *,
    jobs: int = 1,
    out: Path | str | None = None,
    force: bool = False,
    dry_run: bool = False,
    progress: Callable[[Outcome, int, int], None] | None = None,
) -> PortfolioResult:
    """Return what became of every run of a portfolio, after writing `index.html` and `index.json` beside the reports.

    Parameters
    ----------
    name
        A portfolio's name or path.
    jobs
        Number of reports made at the same time; each has its own kernel process.
    out
        Output root; the portfolio gets a folder of its own name in it.
    force
        Run reports again that are there and unchanged.
    dry_run
        Check everything and write nothing; outcomes are `planned`.
    progress
        Called after each run with its outcome, the number done and the number in all.

    Raises
    ------
    InputError
        If anything in the portfolio is wrong; nothing has started.
    BusyError
        If another run of this portfolio is going on.
    """
    portfolio = load_portfolio(name)
    plans = plan_portfolio(portfolio, out=None if out is None else Path(out))
    folder = report_folder((Path(out) if out else DEFAULT_OUT).absolute(), portfolio.name)
    if dry_run:
        return PortfolioResult(portfolio, folder / "index.html", tuple(Outcome(plan, "planned") for plan in plans))
    from openstrat.reporting.index import index_files

    with hold(folder):
        outcomes = _run_all(plans, max(1, jobs), force, progress)
        publish(index_files(portfolio, outcomes), folder)
    return PortfolioResult(portfolio, folder / "index.html", tuple(outcomes))


def _run_all(plans: Sequence[Plan], jobs: int, force: bool, progress: Callable[[Outcome, int, int], None] | None) -> list[Outcome]:
    """Build all plans; on Ctrl-C or a signal every kernel is killed before the exception goes on."""
    stop = threading.Event()
    done: dict[Future[Outcome], Outcome] = {}
    with ThreadPoolExecutor(max_workers=jobs, thread_name_prefix="report") as pool:
        futures = [pool.submit(_attempt, plan, force, stop) for plan in plans]
        try:
            pending = set(futures)
            while pending:
                finished, pending = wait(pending, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in finished:
                    done[future] = future.result()
                    if progress is not None:
                        progress(done[future], len(done), len(plans))
        except BaseException:
            stop.set()
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [done[future] for future in futures]


def _attempt(plan: Plan, force: bool, stop: threading.Event) -> Outcome:
    try:
        result = build(plan, force=force, stop=stop)
    except OpenstratError as error:
        return Outcome(plan, "failed", message=str(error))
    except Exception as error:  # one broken report must not take the others with it
        return Outcome(plan, "failed", message=f"{type(error).__name__}: {error}")
    return Outcome(plan, result.status, result)
