"""What others published on the forks that answered the change, beside ours under each counting rule."""

from __future__ import annotations

import pandas as pd

from openstrat.present import page
from openstrat.present.forks.landscape import VERDICTS, findings_table
from openstrat.present.page import Markup


def published_table(findings: pd.DataFrame) -> Markup:
    """Return the published findings with ours under each rule and the verdict, or that there are none."""
    if findings.empty:
        return page.paragraph("The table of published findings has none on this event.", css="caveat")
    return findings_table(findings, verdicts=list(VERDICTS))
