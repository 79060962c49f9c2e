"""What an estimate cannot tell apart from the event: sentences for one project and window, from the tables."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.effects.windows import SEPARATOR, month_of, months_since

GENERAL = "What else happened in these months, known or not, is in the figure too."
BOT_SHARE_SAID = 0.2
"""Share of commits by bots, or its change, from which the sentence on bots is printed (assumption)."""


@dataclass(frozen=True)
class Confounding:
    """Sentences on what cannot be identified, and the sources they rest on."""

    sentences: tuple[str, ...]
    source_ids: tuple[str, ...]


def confounding_of(
    event_id: str,
    repository: str,
    event_month: str | pd.Timestamp,
    *,
    months_before: int,
    months_after: int,
    activity: pd.DataFrame,
    changes: pd.DataFrame,
    forks: pd.DataFrame,
    confounders: pd.DataFrame,
) -> Confounding:
    """Return what else touches the months around an event: recorded confounders, other license changes, forks, bots.

    `changes`, `forks` and `confounders` are the tables license_changes, fork_events and confounders. Only what overlaps the months
    from `months_before` before the event to `months_after` after it is named; forks count from the event on.
    """
    event = month_of(event_month)
    first, last = event - months_before, event + months_after
    touched = confounders[[repository in cell.split(SEPARATOR) for cell in confounders["repositories"]]]
    touched = touched[[_overlaps(row, first, last) for _, row in touched.iterrows()]]
    sentences = [f"{row['what_happened']} {row['effect_on_figures']}" for _, row in touched.iterrows()]
    others = changes[(changes["repository"] == repository) & (changes["change_id"] != event_id)]
    others = others[[first <= _month(day) <= last for day in others["changed_on"]]]
    sentences += [
        f"Another license change lies in the window: {row['license_before']} to {row['license_after']} on {row['changed_on']}."
        for _, row in others.iterrows()
    ]
    moved = forks[(forks["license_change_id"] == event_id) | (forks["event_id"] == event_id)]
    sentences += [f"Work that went to the fork {name} is still done; here it counts as gone." for name in moved["fork"]]
    sentences += _bots(activity, repository, event, months_before, months_after)
    cells = [*touched["source_ids"], *others["source_ids"], *moved["source_ids"]]
    sources = tuple(dict.fromkeys(item for cell in cells for item in cell.split(SEPARATOR)))
    return Confounding((*sentences, GENERAL), sources)


def _overlaps(row: pd.Series, first: pd.Period, last: pd.Period) -> bool:
    ended = row["ended_on"]
    return _month(row["started_on"]) <= last and (pd.isna(ended) or _month(ended) >= first)


def _month(day: str) -> pd.Period:
    """Return the month of a partial date; a year alone counts from its first month."""
    return pd.Period(f"{day}-01"[:7] if len(day) == len("2021") else day[:7], freq="M")


def _bots(activity: pd.DataFrame, repository: str, event: pd.Period, months_before: int, months_after: int) -> list[str]:
    """Say so when bots write much of the code on either side."""
    rows = activity[(activity["repository"] == repository) & (activity["date_basis"] == "committer")]
    offset = months_since(rows["month"], event)
    shares = []
    for side in (rows[offset.between(-months_before, -1)], rows[offset.between(1, months_after)]):
        people = side["n_commits"].sum() - (side["n_commits_bot"] - side["n_commits_bot_uncredited"]).sum()
        total = people + side["n_commits_bot"].sum()
        shares.append(float(side["n_commits_bot"].sum() / total) if total else 0.0)
    if max(shares) < BOT_SHARE_SAID:
        return []
    return [f"Bots, known by a pattern list, wrote {shares[0]:.0%} of the commits before and {shares[1]:.0%} after; unknown bots count as people."]


