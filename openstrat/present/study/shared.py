"""Words and source lines that the sections of a relicensing study share."""

from __future__ import annotations

import math

from openstrat.analysis.effects.events import StudiedEvent
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.study import MEASURE_WORDS, EffectEstimate, RelicensingStudy
from openstrat.analysis.effects.verdicts import Verdict
from openstrat.analysis.effects.windows import AUTHORS_12M
from openstrat.present.theme import signed_percent

ACTIVITY_SOURCE = "openstrat tables activity_monthly and license_changes: git histories, default branch, without merges, by committer date"
HAPPENED_SOURCE = "openstrat tables confounders, license_changes and fork_events"
MOVED_SOURCE = "openstrat table core_transitions: people united over upstream and fork"
NOT_PROOF = "A description, not proof: nobody can see what would have happened without the change."
VERDICTS = {
    Verdict.ROBUST: "the views agree and stand out",
    Verdict.FRAGILE: "no firm answer",
    Verdict.REVERSED: "the views point in opposite directions",
    Verdict.REFUSED: "cannot be answered from these histories",
}
"""What a verdict means for somebody who asks whether it hurt."""
SHORT = {
    "n_active_authors": "authors a month",
    "n_active_authors_strict": "own commits only",
    "n_active_with_coauthors": "with co-authors",
    "n_active_nonsteward": "outside authors",
    "n_new_authors": "first-time authors",
    "n_commits": "commits",
    "n_commits_nonsteward": "outside commits",
    AUTHORS_12M: "authors in 12 months",
}
"""Ways of counting, in few words."""


ABBREVIATED = {"Text Generation Inference": "TGI", "ksqlDB (Confluent)": "ksqlDB"}
"""Projects whose name is too long for a row of a chart on a phone."""


def only(study: RelicensingStudy) -> EffectEstimate | None:
    """Return the one event of a study, or None when it is about several."""
    return study.estimates[0] if len(study.estimates) == 1 else None


def is_refused(estimate: EffectEstimate) -> bool:
    """Return whether no figure is given for an event."""
    return estimate.verdict is Verdict.REFUSED


def name_of(event: StudiedEvent) -> str:
    """Return an event as a reader knows it: project and month."""
    return f"{project_of(event)}, {event.happened_on[:7]}"


def label_of(event: StudiedEvent) -> str:
    """Return an event in few letters, for charts."""
    return f"{ABBREVIATED.get(project_of(event), project_of(event))}, {event.happened_on[:7]}"


def project_of(event: StudiedEvent) -> str:
    """Return a project without its owner."""
    return event.project.rsplit("/", maxsplit=1)[-1]


def is_change(event: StudiedEvent) -> bool:
    """Return whether the event is a license change, not a fork that answered something else."""
    return not event.what.startswith("fork: ")


def measured(measure: str) -> str:
    """Return what is counted, with a capital."""
    words = MEASURE_WORDS[measure]
    return f"{words[0].upper()}{words[1:]}"


def span(low: float | None, high: float | None) -> str:
    """Return a range of relative changes: '−62% to −18%'; an end without a bound is open."""
    return " to ".join("open" if value is None or math.isinf(value) else signed_percent(max(value, -1.0)) for value in (low, high))


def chance(p: float, smallest: float) -> str:
    """Return a p value beside the smallest that so few donors allow."""
    return f"p {p:.2f} (smallest possible {smallest:.2f})"


def number(value: float | None) -> str:
    """Return a mean with one digit, a count without."""
    return "unknown" if value is None else f"{value:.1f}".removesuffix(".0")


def moved(change: float) -> str:
    """Return a change as a verb."""
    return "fell" if change < 0 else "rose" if change > 0 else "stayed"


def refusal_of(view: object) -> str:
    """Return why a view gives no figure, or an empty text."""
    return view.reason if isinstance(view, Refusal) else ""
