"""The people of one fork: who moved, how concentrated both sides are, which newcomers stay."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.forks.pair import FORK, UPSTREAM, ForkPair, core_rows, movement, side_months
from openstrat.analysis.forks.pair_people import MOST_UNKNOWN, concentration, retention
from openstrat.present import page
from openstrat.present.charts.fork_people import retention_dots
from openstrat.present.charts.fork_sides import core_bars, sides_by_month, who_moved
from openstrat.present.figure import Figure
from openstrat.present.forks.pair import marks_of
from openstrat.present.forks.pair_words import fork_name, names_of, source_of, upstream_name
from openstrat.present.page import Markup
from openstrat.present.theme import percent
from openstrat.tables.fork_terms import AuthorGroup

PLACES = {"both sides": "n_both", "upstream only": "n_upstream_only", "neither": "n_neither"}
GROUP_WORDS = {
    AuthorGroup.CORE_12M: "ten or more commits in the year before",
    AuthorGroup.ANY_12M: "any commit in the year before",
    AuthorGroup.ANY_24M: "any commit in the two years before",
}


def moved_figure(pair: ForkPair) -> Figure:
    """Return people by month by where they are and where they come from."""
    months = movement(pair)
    known = months.dropna(subset=["n_new"]).tail(6)
    people = float(known[["n_new", "n_older", "n_migrants"]].to_numpy().sum())
    share = float(known[["n_older", "n_migrants"]].to_numpy().sum()) / people if people else None
    title = f"Who wrote for {fork_name(pair)}, and had written for {upstream_name(pair)} before, is not known"
    if share is not None:
        span = f"{known['month'].min():%Y-%m} to {known['month'].max():%Y-%m}"
        title = f"{percent(share)} of the people active in {fork_name(pair)} in a month had come from {upstream_name(pair)} ({span})"
    return who_moved(months, title=title, source=source_of(pair, "migration_monthly"))


def core_figure(pair: ForkPair) -> Figure | Markup:
    """Return where the upstream's core is seen after 6, 12 and 24 months; a sentence where the upstream had no core."""
    core = core_rows(pair)
    if not core["n_group"].any():
        return page.paragraph(f"Nobody had ten or more commits to {upstream_name(pair)} in the year before: there is no core to follow.")
    last = core[core["is_complete_fork"].astype(bool)].tail(1)
    row = (last if len(last) else core.head(1)).to_dict("records")[0]
    least = "" if row["is_complete_fork"] else "At least "
    seen = f"{row['n_in_fork']} of {row['n_group']} core people of {upstream_name(pair)} were seen in {fork_name(pair)}"
    title = f"{least}{seen} within {row['horizon_months']} months"
    names = {"upstream": upstream_name(pair), "fork": fork_name(pair)}
    return core_bars(core, names=names, title=title, source=source_of(pair, "core_transitions"))


def core_table(pair: ForkPair) -> Markup:
    """Return the same for every group of upstream people; counts where a history ends earlier are lower bounds."""
    rows = [row for group in GROUP_WORDS for row in core_rows(pair, group).to_dict("records")]
    shown = pd.DataFrame(
        {
            "people of the upstream": [GROUP_WORDS[row["author_group"]] for row in rows],
            "after": [f"{row['horizon_months']} months" for row in rows],
            "in the fork": [f"{'' if row['is_complete_fork'] else 'at least '}{row['n_in_fork']} of {row['n_group']}" for row in rows],
            **{label: ["unknown" if pd.isna(row[name]) else f"{row[name]}" for row in rows] for label, name in PLACES.items()},
            "people in the fork": [f"{row['n_fork_authors']}, {row['n_fork_authors_new']} never upstream" for row in rows],
        }
    )
    title = f"Where the people of {upstream_name(pair)} went, by how much they had written"
    source = source_of(pair, "core_transitions")
    return page.data_table(shown, name="core-table", title=title, source=source)


def concentration_figure(pair: ForkPair, *, months_before: int = 36) -> Figure | Markup:
    """Return the absence factor of both sides over the twelve months up to each month, or that none is known."""
    months = side_months(pair, measure="absence_factor_12m")
    shown = months[months["months_since_start"] >= -months_before]
    if shown["value"].isna().all():
        return page.paragraph("Neither side has twelve whole months in the history that was read, so nothing is drawn.", css="caveat")
    last = {side: rows["value"].dropna().tail(1) for side, rows in shown[~shown["is_partial"]].groupby("side")}
    said = [f"{int(last[side].iloc[0])} in {name}" for side, name in names_of(pair).items() if side in last and len(last[side])]
    title = f"People who made half of the last twelve months' commits: {' and '.join(said) or 'not known'}"
    source = f"{source_of(pair, 'activity_monthly')}; by committer date"
    label = "fewest people with half of 12 months' commits"
    return sides_by_month(shown, marks_of(pair), names=names_of(pair), label=label, title=title, source=source)


def concentration_table(pair: ForkPair) -> Markup:
    """Return how concentrated each side is in twelve months; organizations only where most commits name one."""
    rows = concentration(pair).to_dict("records")
    if not rows:
        return page.paragraph("No twelve whole months are known on either side, so no table is shown.", css="caveat")
    names = names_of(pair)
    shown = pd.DataFrame(
        {
            "twelve months": [f"{names[row['side']]}, {row['window']} ({row['first_month']} to {row['last_month']})" for row in rows],
            "people": [row["n_authors_12m"] for row in rows],
            "commits": [row["n_commits_12m"] for row in rows],
            "fewest with half": [row["absence_factor_12m"] for row in rows],
            "busiest person": [percent(row["top1_share_12m"]) for row in rows],
            "organizations": [_organizations(row) for row in rows],
        }
    )
    title = "How much hangs on few people and organizations"
    source = f"{source_of(pair, 'activity_monthly')}; by committer date"
    whole = ["people", "commits", "fewest with half"]
    return page.data_table(shown, name="concentration-table", title=title, source=source, stub="twelve months", whole=whole)


def _organizations(row: dict[Any, Any]) -> str:
    if pd.isna(row["elephant_factor_12m"]):
        unknown = row["org_unknown_share_12m"]
        if pd.isna(unknown) or unknown <= MOST_UNKNOWN:
            return "not known"
        return f"not shown: {percent(unknown)} of the commits name none, more than half"
    low, high = percent(row["organization_low"]), percent(row["organization_high"])
    half = f"{int(row['elephant_factor_12m'])} made half of the commits that name one"
    return f"{half}; the largest ({row['org_top_12m']}) has {low} to {high} of all ({percent(row['org_unknown_share_12m'])} name none)"


def newcomers_figure(pair: ForkPair) -> Figure | Markup:
    """Return how many newcomers came back after half a year, or why that is not known."""
    found = retention(pair)
    if found.empty:
        return page.paragraph(
            "No newcomer could be watched for a year after the first commit: the histories that were read end too early.", css="caveat"
        )
    names = names_of(pair)
    rows = [*found[found["side"] == UPSTREAM].tail(1).to_dict("records"), *found[found["side"] == FORK].head(1).to_dict("records")]
    said = [f"{row['n_back']} of {row['n_new']} in {names[row['side']]}, {row['window']}" for row in rows]
    title = f"Newcomers who came back: {'; '.join(said)}"
    return retention_dots(found, names=names, title=title, source=f"{source_of(pair, 'activity_monthly')}; by committer date")


def newcomers_note(pair: ForkPair) -> Markup:
    """Return what a newcomer is, and which windows are missing."""
    n = len(retention(pair))
    missing = "" if n >= 2 * len(pair.sides) else " A window that is missing ended too early to watch its newcomers for a year."
    text = (
        "A newcomer has the first commit to this repository in the window; people who come over from upstream are newcomers in the fork. "
        "Came back means another commit between day 181 and 365." + missing
    )
    return page.paragraph(text, css="caveat")
