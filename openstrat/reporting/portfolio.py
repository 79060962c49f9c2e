"""Many reports from one file: a list or a grid of parameters, each report checked before the first starts."""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import prod
from pathlib import Path

from openstrat import resources
from openstrat.collect.documents import load_yaml
from openstrat.errors import DocumentError, InputError, OpenstratError, ParameterError, UnknownNameError
from openstrat.reporting.manifest import describe_package
from openstrat.reporting.plan import CASE, DEFAULT_OUT, MAX_SLUG, RELEASE, Plan, plan_report
from openstrat.reporting.publish import report_folder
from openstrat.reporting.specs import find_report, refuse_unknown
from openstrat.reporting.words import counted, slugify

KEYS = ("title", "report", "reports", "parameters", "grid", "runs", "schedule")
RUN_KEYS = ("id", "title", "parameters")
MAX_RUNS = 10_000
MOST_PROBLEMS = 20


@dataclass(frozen=True)
class Run:
    """One report of a portfolio: its parameters, and a name and title when the file gives them."""

    report: str
    parameters: dict[str, object]
    slug: str | None = None
    title: str = ""


@dataclass(frozen=True)
class Portfolio:
    """Reports and the parameters they are built for; `schedule` says when `openstrat schedule` should have it run."""

    path: Path
    title: str
    reports: tuple[str, ...]
    runs: tuple[Run, ...]
    schedule: str = ""

    @property
    def name(self) -> str:
        """Name of the output folder."""
        return slugify(self.path.stem)


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
    """Return the portfolio that a file describes: every report of every run of every point of the grid, in this order.

    Reports and parameters are checked by `plan_portfolio`.

    Raises
    ------
    DocumentError
        Naming the key, what is allowed and what to do.
    """
    path = find_portfolio(name)
    content = load_yaml(path, scalars="text")
    refuse_unknown(content, KEYS, str(path))
    reports = tuple(_beside(report, path) for report in _reports(content, path))
    common = _mapping(content.get("parameters", {}), f"{path}: 'parameters'")
    grid = _grid(content, path)
    listed = _listed(content, path)
    n_runs = len(reports) * len(listed) * prod(len(values) for values in grid.values())
    if n_runs > MAX_RUNS:
        raise DocumentError(f"{path}: the grid makes {n_runs:,} runs. Allowed: {MAX_RUNS:,}. Take values out, or make several portfolios.")
    runs = tuple(run for report in reports for run in _runs(report, listed, common, grid, path, is_alone=len(reports) == 1))
    return Portfolio(path, str(content.get("title", path.stem)), reports, runs, str(content.get("schedule", "")))


def _reports(content: Mapping[str, object], path: Path) -> list[str]:
    one, several = content.get("report"), content.get("reports")
    if one is not None and several is not None:
        raise DocumentError(f"{path}: both 'report' and 'reports' are given. Keep one of them.")
    if isinstance(one, str) and one:
        return [one]
    if isinstance(several, list) and several and all(isinstance(name, str) and name for name in several):
        return list(dict.fromkeys(map(str, several)))
    if several is not None:
        raise DocumentError(f"{path}: 'reports' is {several!r}. Allowed: a list of reports' names.")
    raise DocumentError(f"{path}: 'report' is missing. Write the name of a report, such as 'report: strategy-brief'.")


def _beside(report: str, path: Path) -> str:
    """Return a report's file as its path when it lies beside the portfolio."""
    return str(path.parent / report) if report.endswith((".ipynb", ".yaml")) and (path.parent / report).is_file() else report


def _grid(content: Mapping[str, object], path: Path) -> dict[str, list[object]]:
    given = _mapping(content.get("grid", {}), f"{path}: 'grid'")
    grid: dict[str, list[object]] = {}
    for name, values in given.items():
        if not isinstance(values, list) or not values:
            raise DocumentError(f"{path}: grid {name!r} is {values!r}. Allowed: a list of values, such as '{name}: [1, 2]'.")
        grid[name] = values
    return grid


def _listed(content: Mapping[str, object], path: Path) -> list[object]:
    runs = content.get("runs")
    if runs is None and content.get("grid"):
        return [{}]
    if not isinstance(runs, list) or not runs:
        raise DocumentError(
            f"{path}: 'runs' is missing. Write a list of parameter sets, such as '- case: case-frontier-lab', or a 'grid' of values."
        )
    return runs


def _mapping(value: object, where: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise DocumentError(f"{where} is {value!r}. Allowed: lines of 'name: value'.")
    return value


def _runs(
    report: str, listed: list[object], common: dict[str, object], grid: dict[str, list[object]], path: Path, *, is_alone: bool
) -> Iterator[Run]:
    """Yield the runs of one report: each entry of the list at each point of the grid."""
    for number, item in enumerate(listed, start=1):
        own = _run(report, item, common, path, number)
        for values in itertools.product(*grid.values()):
            point = dict(zip(grid, values, strict=True))
            if twice := sorted(set(point) & set(own.parameters)):
                raise DocumentError(f"{path}: run {number}: {twice[0]!r} is given here and in 'grid'. Keep one of them.")
            slug = None if own.slug is None else _point_slug(own.slug, point)
            slug = slug if is_alone or slug is None else f"{slugify(Path(report).stem)}--{slug}"
            yield Run(report, _from_here({**own.parameters, **point}, path), slug, own.title)


def _run(report: str, item: object, common: dict[str, object], path: Path, number: int) -> Run:
    """Return a run from `{id, title, parameters: {...}}`, or from its parameters written beside id and title."""
    where = f"{path}: run {number}"
    content = _mapping(item, where)
    beside = {name: value for name, value in content.items() if name not in RUN_KEYS}
    if "parameters" in content and beside:
        raise DocumentError(f"{where}: {next(iter(beside))!r} stands beside 'parameters'. Move it below 'parameters'.")
    given = {**common, **_mapping(content.get("parameters", beside), f"{where}: 'parameters'")}
    return Run(report, given, str(content["id"]) if "id" in content else None, str(content.get("title", "")))


def _from_here(parameters: dict[str, object], path: Path) -> dict[str, object]:
    """Return parameters whose case and release files count from the portfolio's own folder."""
    files = {name: path.parent / str(parameters[name]) for name in (CASE, RELEASE) if str(parameters.get(name)).endswith((".yaml", ".yml"))}
    return parameters | {name: str(file) for name, file in files.items() if file.is_file()}


def _point_slug(name: str, point: Mapping[str, object]) -> str:
    """Return the output name of a named run at a point of the grid; a short hash keeps apart what letters and digits do not."""
    if not point:
        return name
    parts = [f"{slugify(key)}-{slugify(str(value))}" for key, value in point.items()]
    slug = "--".join([name, *parts])
    if len(slug) > MAX_SLUG or any(slugify(str(value)) != str(value).lower() for value in point.values()):
        digest = hashlib.sha256(repr(sorted(point.items())).encode()).hexdigest()[:8]
        slug = f"{slug[:MAX_SLUG].strip('-')}--{digest}"
    return slug


def plan_portfolio(portfolio: Portfolio, *, out: Path | None = None) -> list[Plan]:
    """Return a checked plan for every run.

    Raises
    ------
    InputError
        Listing what is wrong with each run; nothing has been written and no kernel has started.
    """
    folder = report_folder((out or DEFAULT_OUT).absolute(), portfolio.name)
    for report in portfolio.reports:
        try:
            find_report(report)
        except InputError as error:
            raise InputError(f"{portfolio.path.name}: {error}") from None
    package = describe_package()
    plans, problems = [], []
    for number, run in enumerate(portfolio.runs, start=1):
        where = f"{portfolio.path.name}: run {number}"
        try:
            options = {"out": folder, "slug": run.slug, "title": run.title, "where": where, "package": package}
            plans.append(plan_report(run.report, run.parameters, **options))  # type: ignore[arg-type]
        except OpenstratError as error:
            problems.append(str(error))
    problems += _shared_outputs(portfolio, plans)
    if problems:
        left = [f"And {counted(len(problems) - MOST_PROBLEMS, 'more problem')}."] if len(problems) > MOST_PROBLEMS else []
        raise ParameterError("\n".join([*problems[:MOST_PROBLEMS], *left]))
    return plans


def _shared_outputs(portfolio: Portfolio, plans: Iterable[Plan]) -> list[str]:
    seen: dict[str, int] = {}
    for plan in plans:
        seen[plan.slug] = seen.get(plan.slug, 0) + 1
    name = portfolio.path.name
    return [
        f"{name}: {number} runs would write to {slug!r}. Give each its own 'id'." for slug, number in sorted(seen.items()) if number > 1
    ]
