"""What charts of licenses share: short names, the colors of levels, limits of text that follow the chart's width."""

from __future__ import annotations

import altair as alt
import pandas as pd

from openstrat.analysis.licenses.placement import NO_LICENSE
from openstrat.present.theme import LEVEL_COLORS
from openstrat.present.words import readable
from openstrat.tables.cells import split_list
from openstrat.terms import OpennessLevel


def short_license(license_id: object) -> str:
    """Return a license as charts call it: without `LicenseRef-`; 'no license' when there is none."""
    if not isinstance(license_id, str) or license_id in ("", NO_LICENSE):
        return "no license"
    return license_id.removeprefix("LicenseRef-")


def level_scale(levels: pd.Series[str]) -> alt.Scale:
    """Return the color scale of the levels that occur, by their labels, in the order of the spectrum."""
    present = [level for level in OpennessLevel if level.value in set(levels)]
    return alt.Scale(domain=[level.label for level in present], range=[LEVEL_COLORS[level] for level in present])


def in_short(restrictions: object, most: int = 2) -> str:
    """Return a '; '-joined restriction set in few words: 'scale gate, use policy + 2 more'."""
    names = [readable(name) for name in split_list(restrictions)]
    rest = f" + {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + rest


def filled(column: pd.Series[str]) -> pd.Series[str]:
    """Return a column of text with blanks as empty text; a column may be blank throughout."""
    return column.astype(object).fillna("")
