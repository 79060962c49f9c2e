"""How far the answer hangs on what is counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from openstrat.analysis.effects.study import RelicensingStudy
from openstrat.analysis.effects.verdicts import SMALL
from openstrat.analysis.effects.windows import NONSTEWARD
from openstrat.present import page
from openstrat.present.charts.effects import effect_dots
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.study.shared import ACTIVITY_SOURCE, SHORT, name_of, number, only, project_of
from openstrat.present.theme import signed_percent
from openstrat.present.words import counted

WAYS = "The steward's own people are told from outsiders by their addresses."


def counting_figure(study: RelicensingStudy, counting: pd.DataFrame) -> Figure | Markup:
    """Return the change of one event under every way of counting beside its donors; for several events, a table of changes."""
    estimate = only(study)
    if estimate is None:
        return _events_table(study, counting)
    known = counting.dropna(subset=["change", "did"])
    if known.empty:
        return page.paragraph("Under no way of counting are before, after and enough donors known.", css="caveat")
    named = known.assign(event_id=known["measure"].map(SHORT), verdict="")
    figure = effect_dots(named, title=_title(project_of(estimate.event), known), source=ACTIVITY_SOURCE)
    described = (
        f"The same event under {counted(len(known), 'way')} of counting, the furthest fall first. Triangles show the change of the "
        "mean over the complete months of the year after against the year before, bars the middle half of the same change in projects "
        "without an event, ticks their median."
    )
    columns = ["counted", "before", "after", "change", "donor_median", "donor_low", "donor_high", "n_donors", "n_as_far", "p", "smallest_p"]
    return replace(figure, description=described, n=counted(len(known), "way") + " of counting", table=known[columns])


def _title(project: str, known: pd.DataFrame) -> str:
    changes = known["change"].astype(float)
    fell = int((changes < 0).sum())
    ends = f"{signed_percent(changes.min())} to {signed_percent(changes.max())}"
    away = int((known["did"].astype(float) <= -SMALL).sum())
    fall = f"activity fell under {fell} of {len(known)} ways of counting ({ends})"
    return f"{project}: {fall}, {SMALL:.0%} or more below the donors under {away}"


def counting_notes(study: RelicensingStudy, counting: pd.DataFrame) -> Markup:
    """Return the ways of counting without a comparison, with what is known of them, and what outsiders means."""
    rows = counting[counting["did"].isna()].to_dict("records")
    if only(study) is None or not rows:
        return page.paragraph(f"{WAYS} {NONSTEWARD}", css="caveat")
    known = [_alone(row) for row in rows if not pd.isna(row["change"])]
    blank = "; ".join(row["counted"] for row in rows if pd.isna(row["change"]))
    unknown = [f"Before and after are not both known for: {blank}."] if blank else []
    body = page.bullets([*known, *unknown, f"{WAYS} {NONSTEWARD}"])
    return page.callout("Counted, but without enough donors" if known else "Not counted", body, css="finding")


def _alone(row: dict[Any, Any]) -> str:
    numbers = f"{number(row['before'])} → {number(row['after'])} ({signed_percent(row['change'])})"
    return f"{_capital(row['counted'])}: {numbers}, with nothing to set it beside: {row['why']}."


def _capital(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}"


def _events_table(study: RelicensingStudy, counting: pd.DataFrame) -> Markup:
    wide = counting.assign(cell=counting["change"].astype(float).map(signed_percent)).pivot(
        index="event_id", columns="measure", values="cell"
    )
    ids = [item.event.event_id for item in study.estimates]
    shown = wide.loc[ids, list(SHORT)].rename(columns=SHORT).reset_index(drop=True)
    shown.insert(0, "event", [name_of(item.event) for item in study.estimates])
    checked = counting[~counting["measure"].str.endswith("nonsteward")]
    known = checked.dropna(subset=["change"]).assign(change=lambda rows: rows["change"].astype(float))
    ends = known.groupby("event_id")["change"].agg(["min", "max"])
    both = int(((ends["min"] <= -SMALL) & (ends["max"] >= SMALL)).sum())
    title = f"In {both} of {len(ends)} events one way of counting shows a fall and another a rise, each by {SMALL:.0%} or more"
    title += ", outside authors and commits left aside"
    return page.data_table(shown, name="counting-table", title=title, source=ACTIVITY_SOURCE, stub="event")
