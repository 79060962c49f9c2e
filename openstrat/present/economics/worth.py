"""What each option is worth, as intervals and in a table, and what that value is made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from openstrat.analysis.evaluating import Evaluation
from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.charts.value_intervals import option_intervals
from openstrat.present.economics.names import PARTS
from openstrat.present.economics.sentences import musd, plain_amount
from openstrat.present.economics.shared import draws_words, future_names, model_source, named
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.words import capital, listed, readable

STATE_SHORT = {"recommended": " ✓", "tied": " (tied)", "other": ""}
STATE_WORDS = {"recommended": ", recommended", "tied": ", mean tied with the best", "other": ""}


def worth_figure(weighing: Weighing) -> Figure:
    """Return the intervals of all options, best mean on top, under a title that says how far they can be told apart."""
    rows = weighing.summaries.sort_values("mean", ascending=False)
    states = [_state(weighing, row) for row in rows.to_dict("records")]
    shown = pd.DataFrame(
        {
            "row": rows["option"],
            "state": states,
            "left": [readable(name) + STATE_WORDS[state] for name, state in zip(rows["option"], states, strict=True)],
            "left_short": [readable(name) + STATE_SHORT[state] for name, state in zip(rows["option"], states, strict=True)],
            "right_short": [_between(row) for row in rows.to_dict("records")],
            "right": [f"mean {_between(row)}" for row in rows.to_dict("records")],
            **{name: rows[name] for name in ("p5", "p50", "p95", "mean")},
        }
    )
    return option_intervals(shown, title=_title(weighing, rows), source=model_source(weighing), n=draws_words(weighing))


def headline(evaluation: Evaluation) -> str:
    """Return the choice in a line: the option taken, what it ties with, and whether anything pays at the median at all."""
    taken = evaluation.recommendation
    others = [name for name in taken.tie if name != taken.option]
    is_tied = taken.is_tie and taken.option in taken.tie
    choice = f"take {readable(taken.option)}"
    if all(float(np.median(given)) < 0 for given in evaluation.values.values()):
        tie = f", a tie on the mean with {listed(others)}" if is_tied else ""
        return f"No option pays at the median; if any, {choice}{tie}"
    return capital(f"{f'a tie on the mean with {listed(others)}; ' if is_tied else ''}{choice}")


def reversible_sentences(evaluation: Evaluation) -> list[str]:
    """Return what speaks for a tied option that opens less than the recommended one; none where the recommended one opens least."""
    taken = evaluation.recommendation
    openness = {name: evaluation.model.options[name].position.openness for name in {taken.option, *taken.tie}}
    least = min(openness, key=lambda name: (openness[name], name))
    if openness[least] >= openness[taken.option]:
        return []
    return [
        f"{capital(readable(least))} ties on the mean and opens less: what is closed can be opened later, what is open is hard to close. "
        f"Whoever weighs that above the worst regret takes {readable(least)}."
    ]


def _state(weighing: Weighing, row: dict[Any, Any]) -> str:
    if row["is_recommended"]:
        return "recommended"
    return "tied" if weighing.evaluation.recommendation.is_tie and row["is_tied"] else "other"


def _title(weighing: Weighing, rows: pd.DataFrame) -> str:
    positive = int((rows["p50"] > 0).sum())
    taken = weighing.evaluation.recommendation
    pays = "No option" if positive == 0 else f"All {len(rows)} options" if positive == len(rows) else f"{positive} of {len(rows)} options"
    first = f"{pays} {'is' if positive == 1 else 'are' if positive else 'is'} worth more than nothing at the median"
    if taken.is_tie:
        return f"{first}, and the best {len(taken.tie)} cannot be told apart on the mean"
    return f"{first}; {readable(taken.tie[0])} has the best mean, {plain_amount(float(rows['mean'].iloc[0] - rows['mean'].iloc[1]))} ahead"


def worth_table(weighing: Weighing) -> Markup:
    """Return every option in figures: chances, regrets, adopters, revenue, payback."""
    rows, futures = weighing.summaries.to_dict("records"), future_names()
    shown = pd.DataFrame(
        {
            "option": [readable(row["option"]) + STATE_WORDS[_state(weighing, row)] for row in rows],
            "value": [f"{plain_amount(row['mean'])} ({plain_amount(row['p5'])} to {plain_amount(row['p95'])})" for row in rows],
            "P(>0)": [f"{row['p_positive']:.0%}" for row in rows],
            "P(best)": [f"{row['p_best']:.0%}" for row in rows],
            "mean regret": [f"{plain_amount(row['mean_regret'])} ({plain_amount(row['p95_regret'])})" for row in rows],
            "worst regret": [_worst(row, futures) for row in rows],
            "adopters": [f"{_three(row['adopters'])}{_spread(weighing, row['option'], 'adopters')}" for row in rows],
            "revenue": [f"{plain_amount(row['revenue_year_5'])}{_spread(weighing, row['option'], 'revenue_year_5')}" for row in rows],
            "payback": [_payback(weighing, row["option"]) for row in rows],
        }
    )
    labels = {
        "value": "mean value, USD million (P5 to P95)",
        "P(>0)": "chance above zero",
        "P(best)": "chance to be best",
        "mean regret": "mean regret, USD million (P95)",
        "worst regret": "worst regret in a named future, USD million",
        "adopters": "adopters after five years, median (P5 to P95)",
        "revenue": "revenue of year 5, USD million, median (P5 to P95)",
        "payback": "payback, years, median (share of draws that pay back)",
    }
    table = page.data_table(
        shown,
        name="worth-table",
        title="The options in figures",
        source=f"{model_source(weighing)}; {draws_words(weighing)}",
        stub="option",
        labels=labels,
    )
    return table + page.paragraph(_precision(weighing), css="meta")


def _worst(row: dict[Any, Any], futures: dict[str, str]) -> str:
    regret = float(str(row["max_regret"]))
    return f"{plain_amount(regret)}, {futures[str(row['worst_future'])].lower()}" if regret > 0 else "0: best in every future"


def _spread(weighing: Weighing, option: str, measure: str) -> str:
    low, high = np.percentile(getattr(weighing.evaluation.outcomes[option], measure), [5, 95])
    shown = [_three(value) if measure == "adopters" else plain_amount(value) for value in (low, high)]
    return f" ({shown[0]} to {shown[1]})"


def _three(value: float) -> str:
    return f"{float(f'{value:.3g}'):,.0f}"


def _payback(weighing: Weighing, option: str) -> str:
    paid = weighing.evaluation.outcomes[option].payback_years
    share = float(np.isfinite(paid).mean())
    middle = float(np.median(paid))
    return f"{'none' if np.isinf(middle) else f'{middle:g}'} ({share:.0%})"


def _precision(weighing: Weighing) -> str:
    error = max(float(value.std(ddof=1)) for value in weighing.evaluation.values.values()) / np.sqrt(weighing.evaluation.draws.n)
    tie = musd(weighing.evaluation.tie_tolerance)
    return (
        f"Regret is what an option costs beside the best one of the same draw or future. From drawing alone the means are known to "
        f"±{plain_amount(2 * error)}; differences between options are known better, since all are priced over the same draws. "
        f"Means closer than "
        f"{tie} are called a tie. Named futures carry no probability."
    )


def parts_table(weighing: Weighing) -> Markup:
    """Return what the mean value of each option is made of."""
    by_option = {str(name): rows.set_index("part") for name, rows in weighing.parts.groupby("option", sort=False)}
    present = [part for part in PARTS if part in set(weighing.parts["part"])]
    shown = pd.DataFrame({"option": [readable(name) for name in by_option]})
    for part in present:
        shown[PARTS[part]] = [_between(rows.loc[part].to_dict()) for rows in by_option.values()]
    shown["all together"] = [_between(weighing.summary(name)) for name in by_option]
    title = _parts_title(weighing)
    source = f"{model_source(weighing)}; {draws_words(weighing)}; discounted over five years, USD million"
    return page.data_table(shown, name="parts-table", title=title, source=source, stub="option")


def _between(row: dict[Any, Any]) -> str:
    """Return a mean with its P5 and P95: '8.46 (1.39 to 24.5)'; one number where nothing varies."""
    if row["p5"] == row["p95"]:
        return f"{plain_amount(float(row['mean']))} (fixed)"
    return f"{plain_amount(float(row['mean']))} ({plain_amount(float(row['p5']))} to {plain_amount(float(row['p95']))})"


def _parts_title(weighing: Weighing) -> str:
    own = weighing.parts[weighing.parts["option"] == weighing.option].set_index("part")
    first = str(own["mean"].idxmax())
    found = own.loc[first].to_dict()
    if found["mean"] <= 0:
        return f"Nothing comes in with {readable(weighing.option)}"
    return f"Most of what {readable(weighing.option)} brings in comes from {PARTS[first]}: mean {_between(found)}, USD million"


def value_sentences(weighing: Weighing) -> list[str]:
    """Return what must be said when the value is not money received, or is carried by existing customers."""
    own = weighing.parts[weighing.parts["option"] == weighing.option].set_index("part")["mean"]
    value = float(own.sum())
    sentences = []
    if own.get("rival_value", 0.0) > abs(value) / 2:
        sentences.append(
            f"Without the strategic value, which the case states and nobody can measure, {readable(weighing.option)} would be worth "
            f"{musd(value - float(own['rival_value']))}."
        )
    if own.get("R0", 0.0) > abs(value) / 2:
        sentences.append(
            f"{named(weighing.option)} lives on customers that exist already: without them it would be worth "
            f"{musd(value - float(own['R0']))}. What the options differ in is how much of that revenue they put at risk."
        )
    return sentences
