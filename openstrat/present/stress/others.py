"""What such forks did to others: how soon they came, whom they took along, what became of them."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.rehearsing import StressTest
from openstrat.analysis.stress.fork_record import (
    LAG_RULE,
    PEOPLE_RULE,
    STEPS,
    Spread,
    lag_spreads,
    outcome_counts,
    people_spreads,
    spread_of,
)
from openstrat.present import page
from openstrat.present.charts.fork_spread import DAYS, SHARE, fork_spread
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.stress.words import FORKS_SOURCE, GROUP_WORDS, cause, days, ends, in_words
from openstrat.tables.fork_terms import AuthorGroup, ForkTrigger


def lags_figure(test: StressTest) -> Figure | Markup:
    """Return how many days after its cause each fork began, one row a cause."""
    spreads = [item for item in lag_spreads(test.record.lags) if item.what == "began" and item.n]
    rows = test.record.lags[test.record.lags["step"].eq("began")]
    if rows.empty:
        return page.paragraph(f"No fork had begun by {test.as_of}.", css="caveat")
    after = spread_of(spreads, ForkTrigger.RELICENSE.value, "began")
    title = f"After a license change, forks began within a median of {days(after)} days" if after else "How soon forks began"
    shown = rows.assign(cause=[cause(item) for item in rows["trigger"]], low=rows["days_low"], high=rows["days_high"])
    return fork_spread(shown, {cause(item.trigger): in_words(item) for item in spreads}, DAYS, title=title, source=FORKS_SOURCE)


def people_figure(test: StressTest) -> Figure | Markup:
    """Return the share of the upstream's core people who were seen in each fork, one row a cause."""
    core = AuthorGroup.CORE_12M.value
    spreads = [item for item in people_spreads(test.record.people) if item.what == core and item.n]
    rows = test.record.people[test.record.people["author_group"].eq(core)]
    if rows.empty:
        return page.paragraph(f"No fork with a measured year behind it is known by {test.as_of}.", css="caveat")
    near = spread_of(spreads, test.trigger.value, core)
    shown = rows.assign(cause=[cause(item) for item in rows["trigger"]], low=rows["share"], high=rows["share"])
    title = "How many of the upstream's core people went along differs from fork to fork"
    if near is not None:
        title = f"Forks {cause(near.trigger)} took {ends(near)} of the core people along"
    return fork_spread(shown, {cause(item.trigger): in_words(item) for item in spreads}, SHARE, title=title, source=FORKS_SOURCE)


def spreads_table(test: StressTest) -> Markup:
    """Return every spread in numbers: by cause and figure, with the forks behind it."""
    found = [(STEPS[item.what], item) for item in lag_spreads(test.record.lags) if item.n]
    found += [(f"people {GROUP_WORDS[AuthorGroup(item.what)]}", item) for item in people_spreads(test.record.people) if item.n]
    shown = pd.DataFrame([_row(what, item, test) for what, item in found])
    title = "Spreads by cause; causes are never mixed"
    table = page.data_table(shown, name="spreads-table", title=title, source=FORKS_SOURCE, stub="cause", labels={"all": "from to"})
    return table + page.paragraph(f"{LAG_RULE} {PEOPLE_RULE}", css="caveat")


def outcomes_table(test: StressTest) -> Markup:
    """Return what had become of forks by cause, with those a company or foundation stood behind."""
    counts = outcome_counts(test.record.outcomes)
    shown = counts.assign(cause=[_marked(item, test) for item in counts["trigger"]]).drop(columns=["trigger", "events"])
    shown = shown[["cause", *shown.columns.drop("cause")]]
    labels = {
        "n": "forks",
        "n_funded": "with a company or foundation",
        "merged_back": "merged back",
        "became_main_line": "became the main line",
    }
    title = "What became of them"
    table = page.data_table(shown, name="outcomes-table", title=title, source=FORKS_SOURCE, stub="cause", labels=labels)
    note = (
        "Forks that died unnoticed are missing, so the table shows too few ends. Forks after a new owner came stand apart: they answered "
        "no license change. That a fork goes on says nothing on what it took from its upstream."
    )
    return table + page.paragraph(note, css="caveat")


def _row(what: str, spread: Spread, test: StressTest) -> dict[str, str]:
    said = in_words(spread).rpartition(", n = ")[0]
    names = ", ".join(event.replace("-", " → ", 1) for event in spread.events)
    return {"cause": _marked(spread.trigger, test), "figure": what, "spread": said, "all": ends(spread), "n": str(spread.n), "forks": names}


def _marked(trigger: object, test: StressTest) -> str:
    return cause(trigger) + (" (this option's kind)" if str(trigger) == test.trigger.value else "")
