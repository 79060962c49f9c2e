"""The class of a release: what counts as open, class by class, and what the next class still needs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from openstrat.analysis.releases.mof import repaired, strict
from openstrat.analysis.releases.mof.distance import distance_to
from openstrat.analysis.releases.mof.framework import CLASSES, LABELS, PAPER, REPORT, Framework, read_framework
from openstrat.analysis.releases.mof.listing import count_licenses
from openstrat.analysis.releases.mof.result import ClassResult, CountedLicense, MofMode, MofResult, Verdict
from openstrat.collect.mof_file import ReleaseFile
from openstrat.terms import read_term

if TYPE_CHECKING:
    import pandas as pd

COMPLETE = 100.0


def evaluate(
    release: ReleaseFile,
    components: pd.DataFrame,
    mof_licenses: pd.DataFrame,
    *,
    mode: str = "strict",
    read_license: repaired.ReadLicense | None = None,
) -> MofResult:
    """Return the class of a release, its progress in each class, and what became of every component.

    Parameters
    ----------
    release
        What a release file says, from `read_release_file`.
    components, mof_licenses
        The tables mof_components and mof_licenses.
    mode
        `strict` does what the published tool does; `repaired` does what the framework means, and lists each repair.
    read_license
        Reads a license name in repaired mode; without it only names on the list count.

    Raises
    ------
    UnknownNameError
        If there is no such mode.
    """
    chosen = read_term(MofMode, mode)
    framework = read_framework(components, mof_licenses)
    if chosen == MofMode.STRICT:
        listing = strict.strict_listing(release, framework)
        counted = count_licenses(listing, framework, strict.is_made_for)
        stands_in = strict.paper_stands_in(counted)
    else:
        listing = repaired.repaired_listing(release, framework, read_license)
        counted = count_licenses(listing, framework, repaired.fits)
        stands_in = repaired.open_paper_stands_in(counted)
    classes = tuple(_class(part, counted, framework, stands_in=stands_in) for part in CLASSES)
    n_reached = len(list(takewhile(lambda part: part.progress == COMPLETE, classes)))
    mof_class = CLASSES[n_reached - 1] if n_reached else 0
    return MofResult(
        name=release.name,
        mode=chosen,
        mof_class=mof_class,
        label=LABELS[mof_class],
        classes=_without_progress_beyond(n_reached, classes) if chosen == MofMode.STRICT else classes,
        licenses=tuple(counted.values()),
        distance=distance_to(CLASSES[n_reached], counted, framework) if n_reached < len(CLASSES) else None,
        repairs=listing.repairs,
        notes=listing.notes,
    )


def _class(mof_class: int, counted: Mapping[str, CountedLicense], framework: Framework, *, stands_in: bool) -> ClassResult:
    required = [part.name for part in framework.looked_at(mof_class, is_required=True)]
    optional = [part.name for part in framework.looked_at(mof_class, is_required=False)]
    stand_in = [PAPER] if stands_in and PAPER not in required else []
    included = _with(Verdict.OPEN, [*required, *stand_in], counted)
    return ClassResult(
        mof_class=mof_class,
        progress=len(included) / _n_required(required, counted) * COMPLETE,
        included=included,
        missing=tuple(name for name in required if name not in counted and not (stands_in and name == REPORT)),
        invalid=_with(Verdict.INVALID, [*required, *optional, *stand_in], counted),
        unlicensed=_with(Verdict.UNLICENSED, [*required, *optional, *stand_in], counted),
        optional=_with(Verdict.OPEN, optional, counted),
    )


def _with(verdict: Verdict, names: Iterable[str], counted: Mapping[str, CountedLicense]) -> tuple[str, ...]:
    return tuple(name for name in names if name in counted and counted[name].verdict == verdict)


def _n_required(required: Sequence[str], counted: Mapping[str, CountedLicense]) -> int:
    """Return how many components a class asks for: one fewer where report and paper are both asked for and the paper alone is open."""
    paper_alone = _with(Verdict.OPEN, [PAPER, REPORT], counted) == (PAPER,)
    return len(required) - (1 if paper_alone and PAPER in required else 0)


def _without_progress_beyond(n_reached: int, classes: Sequence[ClassResult]) -> tuple[ClassResult, ...]:
    """Set progress to 0 in every class after the first incomplete one."""
    return (*classes[: n_reached + 1], *(replace(part, progress=0.0) for part in classes[n_reached + 1 :]))
