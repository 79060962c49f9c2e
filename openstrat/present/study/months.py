"""What else happened in the months that are compared."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.effects.confounding import GENERAL
from openstrat.analysis.effects.study import RelicensingStudy
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.study.shared import HAPPENED_SOURCE, name_of, only
from openstrat.present.words import counted, readable


def happened_table(study: RelicensingStudy, happened: pd.DataFrame) -> Markup:
    """Return what else touches the months around each event, with what it does to the figures and its sources."""
    if happened.empty:
        return page.paragraph(f"Nothing else is recorded for these months. {GENERAL}", css="caveat")
    names = {item.event.event_id: name_of(item.event) for item in study.estimates}
    touched = happened["event_id"].nunique()
    happened = _once(happened.assign(event=happened["event_id"].map(names)))
    shown = pd.DataFrame(
        {
            "event": happened["event"],
            "what and when": [f"{readable(kind)}{', ' if began else ''}{began}" for kind, began in _pairs(happened)],
            "what happened, and what it does to the figures": happened["sentence"],
            "sources": happened["source_ids"].map(source_refs),
        }
    )
    title = f"{counted(len(happened), 'other event')} known to touch the same months"
    if only(study) is None:
        title += f", touching {touched} of {len(study.estimates)} events"
    else:
        shown = shown.drop(columns="event")
    stub = "event" if only(study) is None else "what and when"
    table = page.data_table(shown, name="happened-table", title=title, source=HAPPENED_SOURCE, stub=stub, markup=["sources"])
    return table + page.paragraph(GENERAL, css="caveat")


def _once(happened: pd.DataFrame) -> pd.DataFrame:
    """Return what touched several events as one row with all of them."""
    keys = ["kind", "began_on", "sentence", "source_ids"]
    return happened.groupby(keys, sort=False)["event"].agg("; ".join).reset_index()


def _pairs(happened: pd.DataFrame) -> zip[tuple[str, str]]:
    return zip(happened["kind"], happened["began_on"], strict=True)
