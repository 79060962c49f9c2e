"""A study of license changes: several views of one event, what they cannot identify, and many events beside each other."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.effects.confounding import Confounding, confounding_of, shared_shocks
from openstrat.analysis.effects.donors import DONORS_LEFT_OUT, DonorChanges, DonorComparison, compare_with_donors, donor_changes
from openstrat.analysis.effects.events import StudiedEvent, studied_events
from openstrat.analysis.effects.interrupted import InterruptedSeries, interrupted_activity
from openstrat.analysis.effects.multiplicity import MultipleTests, adjust_for_many
from openstrat.analysis.effects.panels import ControlPanel, control_panel
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.synthetic_control import SyntheticControl, synthetic_control
from openstrat.analysis.effects.verdicts import LEVEL, SMALL, VERDICT_RULE, Verdict, judge
from openstrat.analysis.effects.windows import AUTHORS_12M, ActivityChange, activity_window, authors_window
from openstrat.errors import UnknownNameError

WINDOW_MONTHS = 12
STRICTER = ("restrict", "closure", "copyleft_shift", "open_core_merge")
"""Directions of change that a study of all events takes in: terms became stricter for some users."""
MEASURE_WORDS = {
    "n_active_authors": "active authors a month",
    "n_active_authors_strict": "people a month who wrote a commit themselves",
    "n_active_with_coauthors": "authors and co-authors a month",
    "n_active_nonsteward": "active authors a month without an address of the steward",
    "n_new_authors": "first-time authors a month",
    "n_commits": "commits a month",
    "n_commits_nonsteward": "commits a month by people without an address of the steward",
}
"""Measures of a study, in words."""


@dataclass(frozen=True)
class EffectEstimate:
    """One event seen four ways, with what cannot be identified next to the numbers.

    `estimand` says what the numbers are about. `own` and `donors` are the windows, `comparison` the difference from the donors with
    its range and placebo p; `authors` and `authors_comparison` the same for distinct authors in twelve months. `control` is the
    synthetic control, `series` the interrupted series, each possibly refused. `cannot_identify` are sentences; so are `caveats`.
    """

    event: StudiedEvent
    measure: str
    estimand: str
    own: ActivityChange
    donors: DonorChanges
    comparison: DonorComparison | None
    authors: ActivityChange
    authors_comparison: DonorComparison | None
    panel: ControlPanel | Refusal
    control: SyntheticControl | Refusal
    series: InterruptedSeries | Refusal
    verdict: Verdict
    reason: str
    cannot_identify: tuple[str, ...]
    caveats: tuple[str, ...]
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class RelicensingStudy:
    """Estimates of events in order of their day, p values adjusted for all of them, and the rule of the verdicts.

    `differences` adjusts the two-sided p against the donors, `controls` that of the synthetic control; `dependence` names events
    that are one shock.
    """

    estimates: tuple[EffectEstimate, ...]
    differences: MultipleTests
    controls: MultipleTests
    dependence: tuple[str, ...]
    rule: str


def relicensing_study(
    change_id: str = "all",
    *,
    activity: pd.DataFrame,
    changes: pd.DataFrame,
    forks: pd.DataFrame,
    confounders: pd.DataFrame,
    measure: str = "n_active_authors",
) -> RelicensingStudy:
    """Return the study of one event, or of every change to stricter terms whose repository was measured.

    The frames are the tables activity_monthly, license_changes, fork_events and confounders. `change_id` is 'all', a license change,
    or a fork event whose upstream was measured (its day is that of the trigger).

    Raises
    ------
    UnknownNameError
        If no measured event has that name, or the measure is not one that a study knows.
    """
    if measure not in MEASURE_WORDS:
        raise UnknownNameError("measure", measure, MEASURE_WORDS)
    measured = set(activity["repository"])
    known = {item.event_id: item for item in studied_events(changes, forks) if item.repository in measured}
    if change_id == "all":
        stricter = changes[changes["direction"].isin(STRICTER)]["change_id"]
        chosen = [known[name] for name in stricter if name in known]
    elif change_id in known:
        chosen = [known[change_id]]
    else:
        raise UnknownNameError("measured event", change_id, known, "List: openstrat data show license_changes --rows 90")
    tables = {
        "activity": rows_needed(activity, {event.repository for event in chosen}),
        "changes": changes,
        "forks": forks,
        "confounders": confounders,
    }
    estimates = tuple(estimate_event(event, measure=measure, **tables) for event in sorted(chosen, key=lambda item: item.happened_on))
    return RelicensingStudy(
        estimates=estimates,
        differences=adjust_for_many({item.event.event_id: _p(item.comparison) for item in estimates}, level=LEVEL),
        controls=adjust_for_many({item.event.event_id: _p(item.control) for item in estimates}, level=LEVEL),
        dependence=shared_shocks(chosen, confounders),
        rule=VERDICT_RULE,
    )


def rows_needed(activity: pd.DataFrame, repositories: Collection[str]) -> pd.DataFrame:
    """Return the activity of repositories and all donors by committer date: a fifth of the table, which is searched often."""
    needed = activity["repository"].isin(list(repositories)) | activity["role"].eq("donor")
    return activity[activity["date_basis"].eq("committer") & needed]


def estimate_event(
    event: StudiedEvent,
    *,
    activity: pd.DataFrame,
    changes: pd.DataFrame,
    forks: pd.DataFrame,
    confounders: pd.DataFrame,
    measure: str = "n_active_authors",
) -> EffectEstimate:
    """Return one event seen four ways; the frames are those of `relicensing_study`.

    Distinct authors end in the twelfth month after the event, or in the eleventh where the twelfth is not complete.
    """
    repository, month = event.repository, event.happened_on[:7]
    left_out = (*DONORS_LEFT_OUT, repository)
    own = activity_window(activity, repository, month, measure=measure)
    donors = donor_changes(activity, month, measure=measure, leave_out=left_out)
    comparison = compare_with_donors(own, donors)
    authors, authors_comparison = _authors(activity, repository, month, left_out)
    panel = control_panel(activity, repository, month, measure=measure, leave_out=left_out)
    control = panel if isinstance(panel, Refusal) else synthetic_control(panel.frame, repository, panel.n_before)
    series = interrupted_activity(activity, repository, month, measure=measure)
    found = confounding_of(event.event_id, repository, month, activity=activity, changes=changes, forks=forks, confounders=confounders)
    verdict, reason = judge(comparison, authors_comparison, control, series, own)
    return EffectEstimate(
        event=event,
        measure=measure,
        estimand=_estimand(event, own, donors, measure),
        own=own,
        donors=donors,
        comparison=comparison,
        authors=authors,
        authors_comparison=authors_comparison,
        panel=panel,
        control=control,
        series=series,
        verdict=verdict,
        reason=reason,
        cannot_identify=found.sentences,
        caveats=_caveats(own, authors, control),
        source_ids=_sources(event, own, donors, panel, found),
    )


def _authors(
    activity: pd.DataFrame, repository: str, month: str, left_out: tuple[str, ...]
) -> tuple[ActivityChange, DonorComparison | None]:
    """Return distinct authors with the twelfth month as the end, or the eleventh where the twelfth is not complete."""
    authors = authors_window(activity, repository, month)
    months_after = WINDOW_MONTHS if authors.after_mean is not None else WINDOW_MONTHS - 1
    if months_after < WINDOW_MONTHS:
        authors = authors_window(activity, repository, month, months_after=months_after)
    donors = donor_changes(activity, month, measure=AUTHORS_12M, months_after=months_after, leave_out=left_out)
    return authors, compare_with_donors(authors, donors)


def _estimand(event: StudiedEvent, own: ActivityChange, donors: DonorChanges, measure: str) -> str:
    words = MEASURE_WORDS[measure]
    beside = f"{words[0].upper()}{words[1:]} in {event.repository}, {own.window}, beside {donors.n} projects without an event"
    return f"{beside}: everything that changed here and not there since {own.event_month}, {event.what} among it."


def _caveats(own: ActivityChange, authors: ActivityChange, control: SyntheticControl | Refusal) -> tuple[str, ...]:
    said = list(dict.fromkeys((*own.caveats, *authors.caveats)))
    if isinstance(control, SyntheticControl) and control.fit.weights.max() > 0.7:
        said.append(f"The synthetic control leans on one donor, {control.fit.weights.idxmax()}, by {control.fit.weights.max():.0%}.")
    if isinstance(control, SyntheticControl) and control.in_time_gap is not None and abs(control.in_time_gap) > 2 * SMALL:
        said.append(f"A made-up event a year earlier shows a gap of {control.in_time_gap:+.0%} where none should be.")
    return tuple(said)


def _sources(event: StudiedEvent, own: ActivityChange, donors: DonorChanges, panel: object, found: Confounding) -> tuple[str, ...]:
    more = panel.source_ids if isinstance(panel, ControlPanel) else ()
    return tuple(dict.fromkeys((*event.source_ids, *own.source_ids, *donors.source_ids, *more, *found.source_ids)))


def _p(view: DonorComparison | SyntheticControl | Refusal | None) -> float | None:
    if isinstance(view, SyntheticControl):
        return view.p
    return view.p_two_sided if isinstance(view, DonorComparison) else None
