"""Git repositories among the parameters of a report: found, opened and named by their head before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from openstrat.errors import DataError, InputError, ParameterError
from openstrat.reporting.manifest import Clock
from openstrat.reporting.parameters import Schema
from openstrat.reporting.values import Value

REPOSITORY = "repository"
"""Format of a parameter that names a git repository: a path, or an https address."""
AS_OF, FETCHED = "as_of", "fetched"


@dataclass(frozen=True)
class PlannedRepository:
    """A repository that a report reads: where it is, how readers see it, its head commit, whether it was fetched just now."""

    path: Path
    label: str
    head: str
    is_fresh: bool


def find_repositories(schema: Schema, values: Mapping[str, Value], where: str) -> dict[str, PlannedRepository]:
    """Return the repositories that parameters name; an address is cloned, or its copy brought up to date.

    Raises
    ------
    ParameterError
        If one is no repository, has no commit, or cannot be fetched.
    """
    found = {}
    for parameter in schema.parameters:
        name = values[parameter.name]
        if parameter.format == REPOSITORY and isinstance(name, str):
            try:
                found[parameter.name] = _located(name)
            except (InputError, DataError) as error:
                raise ParameterError(f"{where}: {parameter.name}: {error}") from None
    return found


def dates_of(repositories: Mapping[str, PlannedRepository], schema: Schema, values: Mapping[str, Value]) -> dict[str, Value]:
    """Return the days that are left open by a report on repositories: as of today, and fetched today when all were."""
    if not repositories:
        return {}
    today = Clock.now().started.date().isoformat()
    open_days = {AS_OF: True, FETCHED: all(item.is_fresh for item in repositories.values())}
    return {name: today for name, is_today in open_days.items() if is_today and name in schema.names and not values[name]}


def _located(name: str) -> PlannedRepository:
    from openstrat.analysis.repository_auditing import open_source
    from openstrat.collect.git.command import resolve

    repository, path, is_fresh = open_source(name)
    return PlannedRepository(path.resolve(), repository.label, resolve(repository, "HEAD"), is_fresh)
