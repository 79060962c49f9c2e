"""All known forks at once: over time, how long they last, how they end, how soon they come, and what was published on them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from openstrat.analysis.fork_landscape import Landscape
from openstrat.analysis.forks import lags, lifetimes
from openstrat.analysis.forks.findings import VERDICT_RULE
from openstrat.analysis.forks.survival import LogRank
from openstrat.present import page
from openstrat.present.charts import survival as charts
from openstrat.present.figure import Figure
from openstrat.present.page import Facts, Markup
from openstrat.present.theme import percent
from openstrat.present.words import counted, listed, readable
from openstrat.tables.fork_terms import ForkOutcome

FORKS_SOURCE = "openstrat tables fork_events, license_changes and activity_monthly; well-known forks, not a census"
FINDINGS_SOURCE = "openstrat tables published_findings and finding_checks"
RISK_YEARS = (0, 5, 10, 15)
KEY_YEARS = 5
LEVEL = 0.05
"""Below this p-value, divided by the number of questions, groups are told apart."""
VERDICTS = {
    "does_not_hold": ("does not hold", "do not hold"),
    "holds_only_under_some_rules": ("holds under some rules only", "hold under some rules only"),
    "holds": ("holds", "hold"),
    "cannot_be_checked": ("cannot be checked", "cannot be checked"),
}
"""What becomes of published findings, in the order in which they are listed, in words for one and for several."""
LED_BY = "led at its start by"
STEPS = {"announced": "announcement", "first_own_commit": "first own commit", "first_release": "first release"}


def landscape_facts(found: Landscape) -> Facts:
    """Return the report's title and verdict line."""
    after, total = _relicense_ends(found)
    verdict = f"{_n_ended(found)} of {len(found.lifetimes.rows)} well-known forks ended, {after} of {total} after a license change"
    return Facts({"title": "The landscape of forks", "verdict": verdict, "as_of": found.lifetimes.as_of, "status": "real"})


def landscape_glance(found: Landscape, findings: pd.DataFrame) -> Markup:
    """Return the key figures and what they add up to."""
    low, high = _shares(found, KEY_YEARS)
    first = _step(found, "first_own_commit")
    counts = findings["verdict"].value_counts()
    checked = len(findings) - int(counts.get("cannot_be_checked", 0))
    figures = {
        "well-known forks": (str(found.n_forks), f"and {found.n_license_changes} license changes; not a census"),
        f"last longer than {KEY_YEARS} years": (
            _between(low["share"], high["share"]),
            f"95% interval {_interval(low, high)}; {_observed(low, high)}",
        ),
        "to the first own commit": (f"{_days(first)} days", f"median of {first['n']:.0f} forks after a license change, {_range(first)}"),
        "published findings that hold": (f"{counts.get('holds', 0)} of {checked}", f"that can be checked, of {len(findings)} in all"),
    }
    ended, total = _relicense_ends(found)
    against = "fewer than others" if _differs(found) else "too few to tell them from the others"
    sentences = [
        f"{_n_ended(found)} of {len(found.lifetimes.rows)} forks with a known length of life ended: {_ends_words(found)}.",
        f"{ended} of {total} forks after a license change ended so far; {against}.",
        f"Where a fork followed a license change, its first own commit came {_days(first)} days after it (median of "
        f"{first['n']:.0f} forks, 95% interval {first['low']:g} to {first['high']:g}).",
        f"Of {checked} published findings that can be checked, {_verdict_words(counts)}.",
        "MariaDB forked MySQL after an acquisition, not after a license change; MongoDB changed its license and has no fork.",
        lifetimes.CAVEATS[0],
    ]
    return page.kpis(figures) + page.callout("What the forks say", page.bullets(sentences), css="verdict")


def _verdict_words(counts: pd.Series[int]) -> str:
    return listed(_counted_verdicts(counts, ("holds", "holds_only_under_some_rules", "does_not_hold")))


def _counted_verdicts(counts: pd.Series[int], names: Iterable[str]) -> list[str]:
    """Return how many findings have each verdict: '1 holds', '3 hold'."""
    n = {name: int(counts.get(name, 0)) for name in names}
    return [f"{n[name]} {VERDICTS[name][0 if n[name] == 1 else 1]}" for name in n]


def _n_ended(found: Landscape) -> int:
    return sum(next(iter(found.survival.values())).n_by_end.values())


def _ends_words(found: Landscape) -> str:
    ends = next(iter(found.survival.values())).n_by_end
    return listed([f"{count} {readable(end)}" for end, count in ends.items()])


def _relicense_ends(found: Landscape) -> tuple[int, int]:
    rows = found.lifetimes.rows
    after = rows[rows["is_relicense"]]
    return int(after["end"].ne("").sum()), len(after)


def _differs(found: Landscape) -> bool:
    return all(_told_apart(result) for (grouping, _), result in found.comparisons.items() if grouping == "is_relicense")


def _told_apart(result: LogRank) -> bool:
    return result.p_shuffled < LEVEL / len(lifetimes.GROUPINGS)


def _shares(found: Landscape, years: int) -> tuple[dict[Any, Any], dict[Any, Any]]:
    """Return the rows of both readings for some years, the lower share first."""
    rows = found.by_year[found.by_year["years"] == years].sort_values("share").to_dict("records")
    return rows[0], rows[-1]


def _step(found: Landscape, step: str) -> dict[Any, Any]:
    return dict(found.lag_summary.set_index("step").loc[step].to_dict())


def _days(row: dict[Any, Any]) -> str:
    low, high = sorted((row["median_low"], row["median_high"]))
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def _range(row: dict[Any, Any]) -> str:
    return f"from {row['fewest_days']:.0f} to {row['most_days']:.0f}".replace("-", "−")


def _between(low: float, high: float) -> str:
    return percent(low) if percent(low) == percent(high) else f"{percent(low)}–{percent(high)}"


def _interval(low: dict[Any, Any], high: dict[Any, Any]) -> str:
    ends = pd.Series([low["low"], high["low"]]).min(), pd.Series([low["high"], high["high"]]).max()
    return "none" if pd.isna(ends[0]) else f"{percent(ends[0])} to {percent(ends[1])}"


def _observed(low: dict[Any, Any], high: dict[Any, Any]) -> str:
    numbers = sorted({low["n_at_risk"], high["n_at_risk"]})
    return f"{' to '.join(map(str, numbers))} of {low['n']} still observed"


def timeline_figure(found: Landscape) -> Figure:
    """Return every fork with a length of life as a bar over time, with what became of it."""
    rows = found.lifetimes.rows
    active = int(rows["outcome"].isin([ForkOutcome.ACTIVE.value, ForkOutcome.BECAME_MAIN_LINE.value]).sum())
    title = f"{active} of {len(rows)} forks go on or outlived their upstream; {_n_ended(found)} ended"
    return charts.fork_timeline(rows, as_of=found.lifetimes.as_of, title=title, source=FORKS_SOURCE)


def left_out_note(found: Landscape) -> Markup:
    """Return which forks have no length of life, and why."""
    rows = found.lifetimes.left_out.to_dict("records")
    if not rows:
        return page.paragraph("Every fork of the table has a length of life.", css="caveat")
    said = "; ".join(f"{row['event_id']}: {row['reason']}" for row in rows)
    return page.paragraph(f"Left out of {found.n_forks}: {said}.", css="caveat")


def survival_figure(found: Landscape) -> Figure:
    """Return the share of forks that last, under both readings of their dates."""
    rows = found.lifetimes.rows
    low, high = _shares(found, KEY_YEARS)
    title = f"{_between(low['share'], high['share'])} of forks last longer than {KEY_YEARS} years (95% interval {_interval(low, high)})"
    risk = lifetimes.risk_table(rows, years=RISK_YEARS)
    n = f"{len(rows)} forks, {_n_ended(found)} ended"
    return charts.survival_curve(lifetimes.curve_by_reading(rows), risk, title=title, source=FORKS_SOURCE, n=n)


def survival_table(found: Landscape) -> Markup:
    """Return the shares after some years under each reading and each decision about what counts."""
    rows = found.variants.to_dict("records")
    shown = pd.DataFrame(
        {
            "what counts": [f"{row['variant']}, {counted(int(row['years']), 'year')}" for row in rows],
            "reading": [row["reading"] for row in rows],
            "longest reading": [percent(row["share"]) for row in rows],
            "95% interval": [
                "none yet ended" if pd.isna(row["low"]) else f"{percent(row['low'])} to {percent(row['high'])}" for row in rows
            ],
            "still observed": [f"{row['n_at_risk']} of {row['n']}" for row in rows],
            "ended": [row["n_ended"] for row in rows],
        }
    )
    wide = shown[shown["reading"] == "longest"].drop(columns="reading")
    other = shown[shown["reading"] == "shortest"].set_index("what counts")["longest reading"]
    wide.insert(2, "shortest reading", wide["what counts"].map(other))
    title = "Share of forks that lasts longer, under other decisions about what counts"
    table = page.data_table(wide, name="survival-table", title=title, source=FORKS_SOURCE, stub="what counts", whole=["ended"])
    return table + page.paragraph(" ".join((lifetimes.RULE, *lifetimes.CAVEATS)), css="caveat")


def ends_figure(found: Landscape, *, reading: str) -> Figure:
    """Return how forks end, when one end rules out the others, under one reading of the dates."""
    chosen = found.survival[reading]
    ended = {readable(end): count for end, count in chosen.n_by_end.items() if count}
    most = [end for end, count in ended.items() if count == max(ended.values())]
    said = listed([f"{count} {end}" for end, count in ended.items()])
    title = f"The most frequent end is {most[0]}: {said}" if len(most) == 1 else f"No end dominates: {said}"
    n = f"{chosen.curve.n} forks, {chosen.curve.n_ended} ended"
    return charts.competing_ends(chosen.incidence, title=title, source=f"{FORKS_SOURCE}; {reading} reading of the dates", n=n)


def lags_figure(found: Landscape) -> Figure:
    """Return how soon each fork came after the license change that it answered."""
    first = _step(found, "first_own_commit")
    title = f"The first own commit came {_days(first)} days after the license change (median of {first['n']:.0f} forks, {_range(first)})"
    return charts.lag_dots(found.lags, title=title, source=FORKS_SOURCE)


def lags_table(found: Landscape) -> Markup:
    """Return the median of each lag with its interval and how few stand behind it."""
    rows = found.lag_summary.to_dict("records")
    shown = pd.DataFrame(
        {
            "from the license change to the": [STEPS[row["step"]] for row in rows],
            "median days": [_days(row) for row in rows],
            "95% interval": ["too few" if pd.isna(row["low"]) else f"{row['low']:g} to {row['high']:g}" for row in rows],
            "fewest and most": [_range(row).removeprefix("from ") for row in rows],
            "forks": [f"{row['n']} ({row['n_exact']} dated to the day)" for row in rows],
            "license changes": [f"on {row['n_changes']} days" for row in rows],
        }
    )
    title = f"Days from license change to fork, {len(found.lags)} dated steps"
    table = page.data_table(shown, name="lags-table", title=title, source=FORKS_SOURCE, stub="from the license change to the")
    return table + page.paragraph(lags.RULE, css="caveat")


def outcomes_table(found: Landscape) -> Markup:
    """Return what became of forks by who led them at their start."""
    counts = found.outcomes.pivot_table(index="steward_type", columns="outcome", values="n_forks", aggfunc="sum", fill_value=0)
    order = [outcome.value for outcome in ForkOutcome if outcome.value in counts.columns]
    shown = counts[order].rename(columns=readable).assign(forks=counts.sum(axis=1)).reset_index()
    shown["steward_type"] = shown["steward_type"].map(readable)
    shown = shown.rename(columns={"steward_type": LED_BY})
    ended = (
        found.lifetimes.rows.assign(is_ended=found.lifetimes.rows["end"].ne("")).groupby("steward_type")["is_ended"].agg(["sum", "size"])
    )
    title = "Ended so far, where the length of life is known: " + listed(
        [f"{row['sum']} of {row['size']} led by a {readable(name)}" for name, row in ended.iterrows()]
    )
    whole = [readable(name) for name in order] + ["forks"]
    return page.data_table(shown, name="outcomes-table", title=title, source=FORKS_SOURCE, stub=LED_BY, whole=whole)


def comparisons_box(found: Landscape) -> Markup:
    """Return whether groups of forks can be told apart by how long they last."""
    sentences = []
    for column, question in lifetimes.GROUPINGS.items():
        both = [result for (grouping, _), result in found.comparisons.items() if grouping == column]
        values = sorted({f"{result.p_shuffled:.2f}" for result in both})
        can = "can" if all(_told_apart(result) for result in both) else "cannot"
        groups = [f"{row['group']} {row['n_ended']} of {row['n']}" for row in both[-1].groups.to_dict("records")]
        asked, p = f"{question[0].upper()}{question[1:]}", " to ".join(values)
        sentences.append(f"{asked}: ended {listed(groups)}; log-rank p {p} by shuffling. They {can} be told apart.")
    sentences.append(
        f"{len(lifetimes.GROUPINGS)} questions were asked; groups count as told apart below {LEVEL / len(lifetimes.GROUPINGS):g}. "
        "With so few ends only very large differences could show: not told apart does not mean alike."
    )
    return page.callout("Can groups be told apart?", page.bullets(sentences), css="finding")


def findings_table(findings: pd.DataFrame, *, verdicts: list[str]) -> Markup:
    """Return each published finding beside ours under each counting rule, with what becomes of it; only the given verdicts."""
    asked = [name for name in VERDICTS if name in verdicts]
    chosen = findings[findings["verdict"].isin(asked)]
    order = chosen["verdict"].map({name: place for place, name in enumerate(VERDICTS)})
    rows = chosen.assign(order=order).sort_values(["order", "finding_id"], kind="stable").to_dict("records")
    if not rows:
        return page.paragraph("No published finding has one of the asked verdicts.", css="caveat")
    shown = pd.DataFrame(
        {
            "published": [f"{row['claim']} Published: {row['published']}{_window(row['window'])}." for row in rows],
            "verdict": [readable(row["verdict"]) for row in rows],
            "ours, by counting rule": [row["ours"] for row in rows],
            "why": [row["why"] for row in rows],
        }
    )
    counts = findings["verdict"].value_counts()
    title = f"{counted(len(findings), 'published finding')}: {listed(_counted_verdicts(counts, VERDICTS))}"
    table = page.data_table(shown, name="findings-table", title=title, source=FINDINGS_SOURCE)
    return table + page.paragraph(VERDICT_RULE, css="caveat")


def _window(days: str) -> str:
    return f" ({days})" if days else ""
