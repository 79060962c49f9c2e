"""Several licenses in one work: what it owes, which terms cannot both be kept, and how complicated each license is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from openstrat.analysis.licenses.complexity import FLAGGED_FROM, Complexity
from openstrat.analysis.licenses.findings import Verdict
from openstrat.analysis.licenses.obligations import Combination
from openstrat.present import page
from openstrat.present.charts.shared import short_license
from openstrat.present.page import Markup
from openstrat.present.sources import terms_source
from openstrat.present.words import listed, readable

VERDICTS = {Verdict.NO: "cannot both be kept", Verdict.DEPENDS: "may stand against each other", Verdict.UNKNOWN: "not known"}


def duties_table(combined: Combination) -> Markup:
    """Return what a work owes that contains all the licensed parts: one row a duty, by what makes it bite."""
    rows = [
        {"when": when.definition, "duty": duty.what, "asked by": listed([short_license(name) for name in duty.license_ids], most=6)}
        for when in dict.fromkeys(when for duty in combined.duties for when in duty.when)
        for duty in combined.duties
        if when in duty.when and duty.is_known
    ]
    if not rows:
        return page.paragraph("None of these licenses is known to ask for anything.")
    title = f"What one work of {combined.asset.label} owes that contains them all"
    return page.data_table(pd.DataFrame(rows), name="duties-table", title=title, source=terms_source())


def conflicts_box(combined: Combination) -> Markup:
    """Return the terms that stand against each other, with why and what would help; and what is not known."""
    items = []
    for conflict in combined.conflicts:
        head = f"{listed([short_license(name) for name in conflict.license_ids])}: {VERDICTS[conflict.verdict]}. "
        items.append(page.tag("li", page.tag("strong", head) + page.plain(f"{conflict.why} {conflict.resolves}")))
    unknown = [f"{short_license(license_id)}: {readable(column)}" for license_id, column in combined.unknown]
    body = page.tag("ul", page.join(items)) if items else page.paragraph("No pair of terms is known that cannot both be kept.")
    if unknown:
        body += page.paragraph(f"Not known, and could add a conflict: {'; '.join(unknown)}.", css="caveat")
    return page.callout("Terms that stand against each other", body, css="finding")


def complexity_table(scores: Sequence[Complexity]) -> Markup:
    """Return the complexity score of each license with the conditions that are counted."""
    rows = [
        {
            "license": short_license(item.expression),
            "score": f"{item.score}" if item.high == item.score else f"{item.score} to {item.high}",
            "conditions": ", ".join(readable(condition.kind.value) for condition in item.conditions) or "none",
            "flagged": {True: "yes", False: "no", None: "not known"}[item.is_flagged],
            "remarks": " ".join(item.remarks),
        }
        for item in scores
    ]
    note = (
        f"A license is flagged from {FLAGGED_FROM} conditions, without an SPDX identifier, or when a standard text was edited (rule MI4)."
    )
    table = page.data_table(pd.DataFrame(rows), name="complexity-table", title="Conditions counted", source=terms_source(), stub="license")
    return table + page.paragraph(note, css="caveat")
