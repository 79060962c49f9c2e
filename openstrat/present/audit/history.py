"""The license history of the release's family."""

from __future__ import annotations

from openstrat.analysis.auditing import Audit
from openstrat.present import charts, page
from openstrat.present.audit.shared import NEEDS_TABLE
from openstrat.present.charts.shared import short_license
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.tables.store import resource
from openstrat.terms import Component, OpennessLevel

SOURCE = "openstrat tables license_history and license_terms"
READING = (
    "How to read it: each bar lasts as long as a license was the newest for some model of the family. "
    "Above it stand what bounds the use and what the change brought."
)


def history_figure(asked: Audit) -> Figure | Markup:
    """Return the family's licenses over time; a sentence for a release file, or where no change is recorded."""
    if asked.recorded is None:
        return page.paragraph(NEEDS_TABLE, css="caveat")
    recorded = asked.recorded
    periods = recorded.periods
    if periods is None or periods.empty:
        return page.paragraph(f"No change of license is recorded for {recorded.family}: a missing record, which is not a constant license.")
    n = periods["license_id"].nunique()
    is_open = periods["level"].eq(OpennessLevel.FULLY_OPEN)
    n_open = periods.loc[is_open, "license_id"].nunique()
    first = periods["from_on"].min().year
    title = f"{recorded.family}: {n} license{'' if n == 1 else 's'} since {first}, {n_open or 'none'} of them fully open"
    return charts.license_periods(periods, as_of=str(resource("license_history")["as_of"]), title=title, source=SOURCE)


def place_in_history(asked: Audit) -> Markup:
    """Return how to read the history, and which of its licenses the release itself came under; nothing where none is drawn."""
    if asked.recorded is None or asked.recorded.periods is None or asked.recorded.periods.empty:
        return page.plain("")
    weights = asked.position.component(Component.WEIGHTS)
    how = page.tag("p", page.tag("em", READING))
    if weights.license_id is None:
        return how + page.paragraph(f"{asked.name} itself came without licensed weights.")
    listed_here = weights.license_id in set(asked.recorded.periods["license_id"])
    where = "" if listed_here else ", which the history does not list by that name"
    kept = "What came under an older license stays under it, whatever the family did later."
    came = f"{asked.name} ({asked.recorded.released_on}) came under {short_license(weights.license_id)}{where}."
    return how + page.paragraph(f"{came} {kept}")
