"""One license in detail: its answer to the asker with clauses and duties, and everybody whom it shuts out."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.licenses.clause_table import Effect
from openstrat.analysis.licenses.permissions import Answer, Ruling
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.words import readable
from openstrat.terms import Confidence

ANSWERED = {
    Answer.ALLOWED: "allows this",
    Answer.GATED: "allows this only under a condition",
    Answer.BARRED: "does not allow this",
    Answer.UNKNOWN: "cannot be answered from the table",
}
READ = {
    Confidence.VERIFIED: "Read in its text.",
    Confidence.SECONDARY: "Taken from descriptions; the text was not read in full.",
    Confidence.JUDGMENT: "The curators' reading.",
}
SHUT_OUT = {
    Effect.BARRED: "Whom it shuts out, whatever you want",
    Effect.GATED: "Who needs more than these terms",
    Effect.LISTED_USES: "Which uses it forbids",
    Effect.UNKNOWN: "Who may be shut out, because it is not known",
}
NOBODY = "Nobody: the terms are known to shut no one out."
SOURCE = "openstrat tables license_terms and license_thresholds; the text decides; not legal advice"


def license_detail(ruling: Ruling, excluded: pd.DataFrame, *, level: str) -> Markup:
    """Return one license as a page part: answer, deciding clauses, duties, remarks, and who is excluded.

    Parameters
    ----------
    ruling
        What the license answers, as `may` gives it.
    excluded
        Its rows of `who_is_excluded`.
    level
        Its position on the spectrum for the asset.
    """
    name = ruling.license_id.removeprefix("LicenseRef-")
    head = page.tag("h3", f"{name} {ANSWERED[ruling.answer]}") + page.paragraph(
        f"Position: {readable(level)}. {READ[ruling.confidence]} What the text says, in our words: {ruling.evidence}"
    )
    parts = [head, _because(ruling), _listed("What comes along", ruling.duties), _listed("Also good to know", ruling.remarks)]
    return page.join([*parts, _shut_out(excluded), page.paragraph(f"Source: {SOURCE}", css="source-note")])


def _because(ruling: Ruling) -> Markup:
    reasons = [f"{clause.says} ({clause.decided_by})" for clause in ruling.deciding] or [ruling.clause]
    return _listed("Because", tuple(dict.fromkeys(reasons)))


def _listed(heading: str, sentences: tuple[str, ...]) -> Markup:
    if not sentences:
        return page.plain("")
    return page.tag("p", page.tag("strong", heading)) + page.bullets(sentences)


def _shut_out(excluded: pd.DataFrame) -> Markup:
    if excluded.empty:
        return _listed("Whom it shuts out", (NOBODY,))
    groups = []
    for effect, heading in SHUT_OUT.items():
        rows = excluded[excluded["effect"] == effect]
        says = (f"{who[:1].upper()}{who[1:]}. {clause} ({column})" for who, clause, column in rows[["who", "clause", "column"]].to_numpy())
        groups.append(_listed(heading, tuple(says)))
    return page.join(groups)
