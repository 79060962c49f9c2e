"""Questions about one license change or all of them, answered from the shipped tables: what the notebook on relicensing asks."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.effects.confounding import GENERAL, confounding_of
from openstrat.analysis.effects.donors import compare_with_donors, donor_changes
from openstrat.analysis.effects.events import StudiedEvent, studied_events
from openstrat.analysis.effects.study import MEASURE_WORDS, WINDOW_MONTHS, EffectEstimate, RelicensingStudy, relicensing_study, rows_needed
from openstrat.analysis.effects.synthetic_control import FEWEST_DONORS
from openstrat.analysis.effects.windows import AUTHORS_12M, activity_around, activity_window, authors_window
from openstrat.analysis.fork_landscape import published_findings
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import SEPARATOR, split_list
from openstrat.tables.store import read_table

__all__ = ["counting_of", "findings_of", "happened_of", "moved_of", "series_of", "studied_change_of", "study_of"]

ALL = "all"
MONTHS_DRAWN = (24, 24)
"""Months before and after an event that are drawn."""
COUNTED = MEASURE_WORDS | {AUTHORS_12M: "distinct authors in twelve months"}
"""Ways of counting that are set beside each other, in words."""
SERIES = ["event_id", "month", "months_since_event", "value", "share", "is_partial", "donor_low", "donor_median", "donor_high", "n_donors"]
LEFT_OUT, NOT_KNOWN = "left out by choice", "before and after are not both known"
HAPPENED = ["event_id", "kind", "began_on", "sentence", "source_ids"]


def studied_change_of(change: str) -> StudiedEvent | None:
    """Return a license change or fork whose repository was read, or None for 'all'.

    Raises
    ------
    InputError
        If the change is known but its repository was not read, so that nothing can be counted.
    UnknownNameError
        If there is no such change or fork.
    """
    changes, known = read_table("license_changes"), _measured()
    if change == ALL:
        return None
    if change in known:
        return known[change]
    unread = changes[changes["change_id"].eq(change)]
    if len(unread):
        repo = unread["repo"].iloc[0]
        raise InputError(f"{change}: the history of {repo} was not read, so nothing can be counted. Measured: {', '.join(sorted(known))}.")
    raise UnknownNameError("license change", change, [ALL, *known], "List: openstrat data show license_changes --rows 90")


def _measured() -> dict[str, StudiedEvent]:
    measured = set(read_table("activity_monthly")["repository"])
    events = studied_events(read_table("license_changes"), read_table("fork_events"))
    return {item.event_id: item for item in events if item.repository in measured}


def study_of(change: str, *, measure: str = "n_active_authors") -> RelicensingStudy:
    """Return the study of one license change or fork, or of 'all' changes to stricter terms whose repository was read.

    Raises
    ------
    InputError
        If the change or the measure is unknown, or the change's repository was not read.
    """
    studied_change_of(change)
    return relicensing_study(
        change,
        activity=read_table("activity_monthly"),
        changes=read_table("license_changes"),
        forks=read_table("fork_events"),
        confounders=read_table("confounders"),
        measure=measure,
    )


def series_of(study: RelicensingStudy) -> pd.DataFrame:
    """Return the study's measure month by month, each project beside the middle half of its donors; one row an event and month.

    Columns: event_id, month (first day), months_since_event, value, share (of the project's own mean in the year before),
    is_partial, donor_low, donor_median, donor_high (quartiles of the donors' shares, each of its own mean), n_donors. Values are
    unknown in months without a row in the table, shares also where the mean before is.
    """
    activity = _needed(study)
    parts = [_series(item, activity) for item in study.estimates]
    return pd.concat(parts, ignore_index=True)[SERIES]


def _series(estimate: EffectEstimate, activity: pd.DataFrame) -> pd.DataFrame:
    donors = [name for name, _ in estimate.donors.changes]
    own, before = estimate.event.repository, estimate.own.before_mean
    months = dict(zip(("months_before", "months_after"), MONTHS_DRAWN, strict=True))
    around = activity_around(activity, [own, *donors], estimate.own.event_month, measure=estimate.measure, **months)
    others = around[around["repository"].ne(own) & ~around["is_partial"]]
    year = others[others["months_since_event"].between(-12, -1)].groupby("repository")["value"].mean()
    shares = others.assign(share=others["value"] / others["repository"].map(year)).groupby("months_since_event")["share"]
    quartiles = {name: shares.quantile(part) for name, part in (("donor_low", 0.25), ("donor_median", 0.5), ("donor_high", 0.75))}
    band = pd.DataFrame(quartiles | {"n_donors": shares.size()})
    rows = around[around["repository"].eq(own)].merge(band, on="months_since_event", how="outer").sort_values("months_since_event")
    event = pd.Period(estimate.own.event_month, freq="M")
    drawn = [(event + int(offset)).to_timestamp() for offset in rows["months_since_event"]]
    return rows.assign(event_id=estimate.event.event_id, month=drawn, share=rows["value"] / before if before else float("nan"))


def counting_of(study: RelicensingStudy) -> pd.DataFrame:
    """Return the change at each event under every way of counting, beside the donors'; one row an event and measure.

    Columns: event_id, measure, counted (the measure in words), before, after, change, donor_median, donor_low, donor_high, n_donors,
    n_as_far, did, p, smallest_p, why (why there is no comparison; blank where there is one), source_ids.
    """
    activity = _needed(study)
    rows = [_counted(item, measure, activity) for item in study.estimates for measure in COUNTED]
    return pd.DataFrame(rows)


def _needed(study: RelicensingStudy) -> pd.DataFrame:
    return rows_needed(read_table("activity_monthly"), {item.event.repository for item in study.estimates})


def _counted(estimate: EffectEstimate, measure: str, activity: pd.DataFrame) -> dict[str, Any]:
    event = estimate.event
    month, left_out = estimate.own.event_month, [name for name, reason in estimate.donors.left_out if reason == LEFT_OUT]
    own, months_after = estimate.authors, WINDOW_MONTHS
    if measure != AUTHORS_12M:
        own = activity_window(activity, event.repository, month, measure=measure)
    elif authors_window(activity, event.repository, month).after_mean is None:
        months_after = WINDOW_MONTHS - 1  # as in the study, where the twelfth month is not complete
    donors = donor_changes(activity, month, measure=measure, months_after=months_after, leave_out=[*left_out, event.repository])
    compared = compare_with_donors(own, donors) if donors.n >= FEWEST_DONORS else None
    why = "" if compared else f"only {donors.n} donors are usable, {FEWEST_DONORS} are needed"
    return {
        "event_id": event.event_id,
        "measure": measure,
        "counted": COUNTED[measure],
        "before": own.before_mean,
        "after": own.after_mean,
        "change": own.change,
        "donor_median": donors.median if compared else None,
        "donor_low": donors.quartile_low if compared else None,
        "donor_high": donors.quartile_high if compared else None,
        "n_donors": donors.n,
        "n_as_far": getattr(compared, "n_as_far", None),
        "did": getattr(compared, "did", None),
        "p": getattr(compared, "p_two_sided", None),
        "smallest_p": getattr(compared, "smallest_p", None),
        "why": NOT_KNOWN if own.change is None else why,
        "source_ids": SEPARATOR.join(dict.fromkeys((*own.source_ids, *donors.source_ids))),
    }


def happened_of(study: RelicensingStudy) -> pd.DataFrame:
    """Return what else touches the months around each event, a row each with its sources.

    Columns: event_id, kind, began_on, sentence, source_ids. Bots are a row where they wrote much; what no table names is missing.
    """
    rows = [row for item in study.estimates for row in _happened(item)]
    return pd.DataFrame(rows, columns=HAPPENED)


def _happened(estimate: EffectEstimate) -> list[dict[str, Any]]:
    """Return each thing that happened by asking for it alone, so that it keeps its own sources."""
    names = {"activity": "activity_monthly", "changes": "license_changes", "forks": "fork_events", "confounders": "confounders"}
    tables = {name: read_table(table) for name, table in names.items()}
    event, found = estimate.event, []
    touched = tables["confounders"][[event.repository in split_list(cell) for cell in tables["confounders"]["repositories"]]]
    changed = tables["changes"][tables["changes"]["repository"].eq(event.repository)]
    asked = [
        *((row["confounder_kind"], row["started_on"], "confounders", pd.DataFrame([row])) for row in _rows(touched)),
        *(("another_license_change", row["changed_on"], "changes", pd.DataFrame([row])) for row in _rows(changed)),
        *(("fork", row["triggered_on"], "forks", pd.DataFrame([row])) for row in _rows(_forks(tables["forks"], event.event_id))),
        ("bots", "", "activity", tables["activity"]),
    ]
    for kind, began_on, name, rows in asked:
        given = {other: table.iloc[:0] for other, table in tables.items()} | {name: rows}
        said = confounding_of(
            event.event_id,
            event.repository,
            estimate.own.event_month,
            activity=given["activity"],
            changes=given["changes"],
            forks=given["forks"],
            confounders=given["confounders"],
        )
        cell = SEPARATOR.join(said.source_ids or estimate.own.source_ids)
        sentences = [sentence for sentence in said.sentences if sentence != GENERAL]
        found += [dict(zip(HAPPENED, (event.event_id, kind, began_on, sentence, cell), strict=True)) for sentence in sentences]
    return found


def _rows(table: pd.DataFrame) -> list[dict[Any, Any]]:
    return table.to_dict("records")


def moved_of(study: RelicensingStudy) -> pd.DataFrame:
    """Return where the upstream's people were seen after each event that a fork answered; one row a fork, group and horizon.

    Columns: event_id, fork_event_id, and those of the table core_transitions. A fork that was not measured has one row without numbers.
    """
    forks, transitions = read_table("fork_events"), read_table("core_transitions")
    named = {"fork": "fork_name", "event_id": "fork_event_id"}
    parts = []
    for item in study.estimates:
        own = _forks(forks, item.event.event_id)[["event_id", "fork", "fork_repository"]].rename(columns=named)
        known = own.merge(transitions, left_on="fork_repository", right_on="fork", how="left")
        known = known.assign(event_id=item.event.event_id, fork=known["fork"].fillna(known["fork_name"]))
        parts.append(known[["event_id", "fork_event_id", *transitions.columns]])
    return pd.concat(parts, ignore_index=True)


def findings_of(study: RelicensingStudy) -> pd.DataFrame:
    """Return what was published on the forks that answered these events, beside ours; columns of `published_findings`."""
    forks, published = read_table("fork_events"), read_table("published_findings")
    answered = {name for item in study.estimates for name in _forks(forks, item.event.event_id)["event_id"]}
    wanted = published[published["event_id"].isin(answered)]["finding_id"]
    found = published_findings()
    return found[found["finding_id"].isin(wanted)].reset_index(drop=True)


def _forks(forks: pd.DataFrame, event_id: str) -> pd.DataFrame:
    """Return forks that answered a license change, or the fork that is itself the event."""
    return forks[forks["license_change_id"].eq(event_id) | forks["event_id"].eq(event_id)]
