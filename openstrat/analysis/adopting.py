"""What stars, downloads and authors say about adoption, from the shipped tables: what the notebook on adoption asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from openstrat.analysis.adoption.bursts import MIN_MONTHS, StarBurst, star_burst
from openstrat.analysis.adoption.correlation import RankCorrelation, correlations_by_month, month_correlation, pooled_correlation
from openstrat.analysis.adoption.curves import half_lives, launches, monthly_gains
from openstrat.analysis.adoption.pairs import EVERY_RELATION, Coverage, coverage_of_month, known_by, paired_months
from openstrat.analysis.effects.donors import donor_changes
from openstrat.analysis.effects.windows import activity_around, activity_window
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.cells import SEPARATOR, split_list
from openstrat.tables.store import read_table

__all__ = ["Adoption", "adoption_of", "fork_curves_of", "fork_sides_of", "half_lives_of", "launches_of", "star_bursts_of"]

GITHUB = "https://github.com/"
CURVE_MONTHS = (12, 24)
"""Months before and after an event that are drawn."""


@dataclass(frozen=True)
class Adoption:
    """Stars and downloads beside each other.

    `pairs` are all months as `paired_months` has them; `month` is the last one with enough comparable projects, `coverage` who is
    in it. `level` and `change` correlate the comparable pairs of that month, `established` only those long on the list,
    `every_relation` all pairs, clients and parts included; `pooled_level` and `pooled_change` take all months. `by_month` has
    the columns of `correlations_by_month`, for both measures.
    """

    pairs: pd.DataFrame
    month: pd.Timestamp
    coverage: Coverage
    level: RankCorrelation
    change: RankCorrelation
    established: RankCorrelation
    every_relation: RankCorrelation
    pooled_level: RankCorrelation
    pooled_change: RankCorrelation
    by_month: pd.DataFrame

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source that the pairs rest on, once each."""
        return tuple(dict.fromkeys(part for cell in self.pairs["source_ids"].unique() for part in split_list(cell)))


def adoption_of(*, as_of: str, seed: int, n_least: int = 10, months_listed: int = 48) -> Adoption:
    """Return how stars and downloads rank the same projects, by month and over all months, as known on a day.

    `n_least` projects are needed for a figure; `months_listed` on the list of downloads make a package established.

    Raises
    ------
    InputError
        If `as_of` is not a day, or no month up to it has `n_least` comparable projects.
    """
    stars, downloads = _stars(as_of), known_by(read_table("package_downloads"), as_of)
    packages = read_table("repository_packages")
    pairs = paired_months(stars, downloads, packages)
    by_month = [correlations_by_month(pairs, measure=measure, n_least=n_least, seed=seed) for measure in ("level", "change_12m")]
    enough = by_month[0].dropna(subset="rho")["month"]
    if enough.empty:
        raise InputError(f"No month up to {as_of} has {n_least} projects on both lists. Take a later day or a smaller number.")
    month = enough.max()
    options: dict[str, Any] = {"n_least": n_least, "seed": seed}
    return Adoption(
        pairs=pairs,
        month=month,
        coverage=coverage_of_month(stars, downloads, packages, month),
        level=month_correlation(pairs, month, **options),
        change=month_correlation(pairs, month, measure="change_12m", **options),
        established=month_correlation(pairs, month, measure="change_12m", months_listed_least=months_listed, **options),
        every_relation=month_correlation(pairs, month, relations=EVERY_RELATION, **options),
        pooled_level=pooled_correlation(pairs, **options),
        pooled_change=pooled_correlation(pairs, measure="change_12m", **options),
        by_month=pd.concat(by_month, ignore_index=True),
    )


def _stars(as_of: str) -> pd.DataFrame:
    return known_by(read_table("stars_monthly"), as_of)


def _activity(as_of: str) -> pd.DataFrame:
    """Return the months of activity that were over on a day."""
    activity = read_table("activity_monthly")
    return activity[activity["month"] + pd.offsets.MonthEnd(1) <= pd.Timestamp(as_of)]


def _events(as_of: str) -> pd.DataFrame:
    """Return the fork events whose upstream was on the star lists, with the month that is looked at and what it rests on.

    Added columns: starred_upstream, starred_fork (blank: on no list), event_month, month_basis, announced_month.
    """
    events, listed = read_table("fork_events"), set(read_table("stars_monthly")["repository"])
    for side in ("upstream", "fork"):
        known = events[f"{side}_repository"].fillna(events[side])
        events[f"starred_{side}"] = known.where(known.isin(listed))
    months = {name: _exact_month(events[name]) for name in ("triggered_on", "announced_on")}
    months["first_own_commit_on"] = events["first_own_commit_on"].dt.strftime("%Y-%m")
    events["event_month"] = months["triggered_on"].fillna(months["announced_on"]).fillna(months["first_own_commit_on"])
    events["month_basis"] = [next((name for name in months if pd.notna(months[name][row])), None) for row in events.index]
    events["announced_month"] = months["announced_on"]
    known_month = events["event_month"].notna() & (events["event_month"] <= as_of[:7])
    return events[events["starred_upstream"].notna() & known_month]


def _exact_month(dates: pd.Series[str]) -> pd.Series[str]:
    """Return the month of each date that is known to the month or better."""
    return dates.str.slice(0, 7).where(dates.str.len() >= len("2024-03"))


def star_bursts_of(*, as_of: str) -> pd.DataFrame:
    """Return stars and authors of the upstream around every fork event that can be looked at, one row an event, by month.

    Columns: event_id, upstream, fork, trigger_category, event_month, month_basis (the date column it was read from), gained_30d,
    usual_30d, ratio, after_ratio, n_others, n_others_as_large, others_median_ratio (see `StarBurst`), announced_month and
    announced_ratio, authors_before, authors_after, authors_change (12 months each side, see `activity_window`; blank where too
    few months were read), donor_median and n_donors (the same change in projects without an event), source_ids. Events with fewer
    than six known months of stars before are left out.

    Raises
    ------
    InputError
        If `as_of` is not a day.
    """
    gains, activity = monthly_gains(_stars(as_of)), _activity(as_of)
    rows = []
    for event in _events(as_of).to_dict("records"):
        if event["starred_upstream"] not in set(gains["repository"]):
            continue
        burst = star_burst(gains, event["starred_upstream"], event["event_month"])
        if burst.ratio is None:
            continue
        announced = event["announced_month"]
        later = None if pd.isna(announced) else star_burst(gains, event["starred_upstream"], announced).ratio
        rows.append(_burst_row(event, burst) | {"announced_month": announced, "announced_ratio": later} | _authors(activity, event, burst))
    columns = ["event_id", "upstream", "fork", "trigger_category", "event_month", "month_basis", "gained_30d", "usual_30d", "ratio"]
    columns += ["after_ratio", "n_others", "n_others_as_large", "others_median_ratio", "announced_month", "announced_ratio"]
    columns += ["authors_before", "authors_after", "authors_change", "donor_median", "n_donors", "source_ids"]
    frame = pd.DataFrame(rows, columns=columns).sort_values(["event_month", "event_id"], ignore_index=True)
    measured = ["after_ratio", "announced_ratio", "authors_before", "authors_after", "authors_change", "donor_median"]
    return frame.astype(dict.fromkeys(measured, "float64"))


def _burst_row(event: dict[Any, Any], burst: StarBurst) -> dict[str, object]:
    copied = ("event_id", "upstream", "fork", "trigger_category", "event_month", "month_basis")
    measured = ("gained_30d", "usual_30d", "ratio", "after_ratio", "n_others", "n_others_as_large", "others_median_ratio")
    return {name: event[name] for name in copied} | {name: getattr(burst, name) for name in measured}


def _authors(activity: pd.DataFrame, event: dict[Any, Any], burst: StarBurst) -> dict[str, object]:
    """Return the change of the upstream's active authors around the event, and every source of the row."""
    sources = [*split_list(event["source_ids"]), *burst.source_ids]
    if event["upstream_repository"] not in set(activity["repository"]):
        return {"source_ids": SEPARATOR.join(dict.fromkeys(sources))}
    change = activity_window(activity, str(event["upstream_repository"]), str(event["event_month"]))
    donors = donor_changes(activity, str(event["event_month"]))
    return {
        "authors_before": change.before_mean,
        "authors_after": change.after_mean,
        "authors_change": change.change,
        "donor_median": donors.median,
        "n_donors": donors.n,
        "source_ids": SEPARATOR.join(dict.fromkeys([*sources, *change.source_ids, *donors.source_ids])),
    }


def fork_curves_of(events: Iterable[str], *, as_of: str) -> pd.DataFrame:
    """Return stars gained and active authors month by month around fork events, 12 months before to 24 after, for drawing.

    Columns: event_id, event_month, side (upstream or fork), repository, measure (stars or authors), month, months_since_event,
    value (for 30 days, or people), source_ids. Months cut by the end of a history and months without a value are left out.

    Raises
    ------
    UnknownNameError
        If an event is not one whose upstream was on the star lists.
    InputError
        If `as_of` is not a day.
    """
    gains, activity, known = monthly_gains(_stars(as_of)), _activity(as_of), _events(as_of).set_index("event_id").to_dict("index")
    parts = []
    for name in dict.fromkeys(events):
        if name not in known:
            raise UnknownNameError("fork event", name, map(str, known), "See: openstrat data show fork_events")
        event = known[name]
        for side in ("upstream", "fork"):
            starred, written = event[f"starred_{side}"], event[f"{side}_repository"]
            found = [_star_months(gains, starred, event["event_month"]), _author_months(activity, written, event["event_month"])]
            parts += [frame.assign(event_id=name, event_month=event["event_month"], side=side) for frame in found]
    columns = ["event_id", "event_month", "side", "repository", "measure", "month", "months_since_event", "value", "source_ids"]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _star_months(gains: pd.DataFrame, repository: str, event_month: str) -> pd.DataFrame:
    event = pd.Timestamp(event_month)
    own = gains[(gains["repository"] == repository) & gains["gained_30d"].notna()]
    since = (own["month"].dt.year - event.year) * 12 + own["month"].dt.month - event.month
    inside = since.between(-CURVE_MONTHS[0], CURVE_MONTHS[1])
    kept: pd.DataFrame = own[inside].assign(months_since_event=since[inside], value=own["gained_30d"], measure="stars")
    return kept


def _author_months(activity: pd.DataFrame, repository: str, event_month: str) -> pd.DataFrame:
    if repository not in set(activity["repository"]):
        return pd.DataFrame()
    around = activity_around(activity, [repository], event_month, months_before=CURVE_MONTHS[0], months_after=CURVE_MONTHS[1])
    complete = ~around["is_partial"] & around["value"].notna()
    kept: pd.DataFrame = around[complete].assign(measure="authors")
    return kept


def fork_sides_of(*, as_of: str) -> pd.DataFrame:
    """Return upstream and fork after a license change, in each of the first two years: stars a month, authors a month, packages.

    One row an event and year (1: months 1 to 12 after the event, 2: months 13 to 24), for events that answered a license change
    and whose two sides were both on the star lists. Columns: event_id, upstream, fork, year, upstream_stars_30d and
    fork_stars_30d (medians of known months, blank below six), upstream_authors and fork_authors (means of complete months, blank
    below six), n_packages (packages of either side in repository_packages: without one there are no downloads to compare),
    source_ids.

    Raises
    ------
    InputError
        If `as_of` is not a day.
    """
    events = _events(as_of)
    both = events[(events["trigger_category"] == "relicense") & events["starred_fork"].notna()]
    rows = []
    for event in both.to_dict("records"):
        curves = fork_curves_of([event["event_id"]], as_of=as_of)
        packaged = read_table("repository_packages")["repository"].isin([event["starred_upstream"], event["starred_fork"]])
        for year in (1, 2):
            inside = curves[curves["months_since_event"].between(12 * year - 11, 12 * year)]
            row = {"event_id": event["event_id"], "upstream": event["upstream"], "fork": event["fork"], "year": year}
            sources = [*split_list(event["source_ids"]), *(part for cell in inside["source_ids"].unique() for part in split_list(cell))]
            rows.append(
                row | _side_values(inside) | {"n_packages": int(packaged.sum()), "source_ids": SEPARATOR.join(dict.fromkeys(sources))}
            )
    columns = ["event_id", "upstream", "fork", "year", "upstream_stars_30d", "fork_stars_30d", "upstream_authors", "fork_authors"]
    return pd.DataFrame(rows, columns=[*columns, "n_packages", "source_ids"]).astype(dict.fromkeys(columns[4:], "float64"))


def _side_values(inside: pd.DataFrame) -> dict[str, float | None]:
    found: dict[str, float | None] = {}
    for side in ("upstream", "fork"):
        own = inside[inside["side"] == side]
        stars, authors = (own.loc[own["measure"] == measure, "value"] for measure in ("stars", "authors"))
        found[f"{side}_stars_30d"] = float(stars.median()) if len(stars) >= MIN_MONTHS else None
        found[f"{side}_authors"] = float(authors.mean()) if len(authors) >= MIN_MONTHS else None
    return found


def half_lives_of(*, as_of: str) -> pd.DataFrame:
    """Return how many months the largest wave of stars of each repository took to halve, as `curves.half_lives` has them.

    Raises
    ------
    InputError
        If `as_of` is not a day.
    """
    return half_lives(monthly_gains(_stars(as_of)))


def launches_of(*, as_of: str) -> pd.DataFrame:
    """Return how attention held after a launch, where a start is known to the day and a reading follows soon; see `curves.launches`.

    Starts are the first release of a project (table projects) and the announcement of a fork (table fork_events). Added column:
    authors_settled, the mean of active authors in months 4 to 12 after the start; blank where too few were read.

    Raises
    ------
    InputError
        If `as_of` is not a day.
    """
    projects, events = read_table("projects"), read_table("fork_events")
    begun = pd.DataFrame({"repository": projects["repository_url"].str.removeprefix(GITHUB), "started_on": projects["first_released_on"]})
    forked = pd.DataFrame({"repository": events["fork_repository"].fillna(events["fork"]), "started_on": events["announced_on"]})
    starts = pd.concat([begun.assign(source_ids=projects["source_ids"]), forked.assign(source_ids=events["source_ids"])])
    starts = starts[starts["started_on"].str.len() == len("2024-03-28")].drop_duplicates(["repository", "started_on"])
    found = launches(_stars(as_of), starts.assign(started_on=pd.to_datetime(starts["started_on"])))
    activity = _activity(as_of)
    means = [_settled_authors(activity, row["repository"], row["started_on"]) for row in found.to_dict("records")]
    return found.assign(authors_settled=pd.Series(means, index=found.index, dtype="float64"))


def _settled_authors(activity: pd.DataFrame, repository: str, started_on: pd.Timestamp) -> float | None:
    """Return the mean of active authors in the complete months 4 to 12 after a start; None for fewer than six of them."""
    months = _author_months(activity, repository, f"{started_on:%Y-%m}")
    if months.empty:
        return None
    settled = months.loc[months["months_since_event"].between(4, 12), "value"]
    return float(settled.mean()) if len(settled) >= MIN_MONTHS else None
