"""The options in named futures: the regret of each, and what each future means."""

from __future__ import annotations

import numpy as np
import pandas as pd

from openstrat.analysis.weighing import Weighing
from openstrat.present import page
from openstrat.present.charts.regret_map import regret_heat
from openstrat.present.economics.names import INPUTS
from openstrat.present.economics.sentences import in_unit, musd, plain_amount
from openstrat.present.economics.shared import draws_words, future_names, mark_pill, model_source, named
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import listed, readable
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table

WORST = "worst of these"


def regret_figure(weighing: Weighing) -> Figure:
    """Return the regret of every option in every named future, with the worst of each option in the last row."""
    regrets = weighing.evaluation.regrets
    names = future_names()
    worst = regrets.max(axis=0)
    least = worst.min()
    rows = [
        {"future": names[str(future)], "option": readable(option), "regret": value, "shown": _cell(value)}
        for future, row in regrets.iterrows()
        for option, value in row.items()
    ]
    rows += [
        {"future": WORST, "option": readable(option), "regret": value, "shown": ("◆ " if value == least else "") + _cell(value)}
        for option, value in worst.items()
    ]
    bold = readable(weighing.evaluation.recommendation.option)
    return regret_heat(pd.DataFrame(rows), bold=bold, title=_title(weighing, worst), source=model_source(weighing), n=draws_words(weighing))


def _cell(value: float) -> str:
    return "0" if value < 0.05 else f"{value:.1f}" if value < 10 else f"{value:,.0f}"


def _title(weighing: Weighing, worst: pd.Series) -> str:
    least = str(worst.idxmin())
    taken = weighing.evaluation.recommendation.option
    if worst[least] == 0:
        return f"{named(least)} is best in every named future"
    title = f"{named(least)} regrets least at worst: {musd(float(worst[least]))}"
    return title if least == taken else f"{title}; {readable(taken)}, near the best on the mean, {plain_amount(float(worst[taken]))}"


def futures_table(weighing: Weighing) -> Markup:
    """Return what each future means, where inputs stand in it, and which option is best there with its mean."""
    table, ranges = read_table("futures").set_index("future_id"), weighing.evaluation.draws.ranges
    payoffs = weighing.evaluation.payoffs
    rows = []
    for future, values in payoffs.iterrows():
        row = table.loc[str(future)]
        pins = [item.split("=") for item in split_list(row["pins"])]
        stand = [
            f"{INPUTS.get(name, name)} {in_unit(float(ranges[name].at(np.array([float(at)]))[0]), ranges[name].unit)}" for name, at in pins
        ]
        best = str(values.idxmax())
        rows.append(
            {
                "future": str(row["name"]),
                "what it means": str(row["story"]),
                "inputs near": "; ".join(stand) or "all as drawn",
                "best there": f"{readable(best)} ({plain_amount(float(values[best]))})",
                "option": f"{plain_amount(float(values[weighing.option]))}; regret {_cell(float(values.max() - values[weighing.option]))}",
                "mark": mark_pill(str(row["mark"])),
            }
        )
    labels = {"best there": "best there (mean, USD million)", "option": f"{readable(weighing.option)}, mean and regret, USD million"}
    title = "Futures are stories to test a choice with; they carry no probability"
    source = f"{model_source(weighing)}; {draws_words(weighing)} a future"
    shown = page.data_table(
        pd.DataFrame(rows), name="futures-table", title=title, source=source, stub="future", labels=labels, markup=["mark"]
    )
    refs = page.tag("p", page.plain("The stories: ") + source_refs("; ".join(sorted(set(table["source_ids"])))), css="source-note")
    return shown + _satisficing(weighing) + refs


def _satisficing(weighing: Weighing) -> Markup:
    """Say in how many of the futures each option's mean is zero or more."""
    n = len(weighing.evaluation.payoffs)
    reached = (weighing.summaries.set_index("option")["satisficing"] * n).round().astype(int)
    groups = [f"{listed(list(names), most=7)}: {count} of {n}" for count, names in _by_count(reached)]
    text = f"Named futures in which the mean is zero or more. {'; '.join(groups)}."
    forks = {name: model.fork_probability for name, model in weighing.evaluation.model.options.items() if model.fork_probability > 0}
    if forks:
        said = ", ".join(f"{readable(name)} {chance:.2f}" for name, chance in forks.items())
        text += (
            f" No named future decides whether a funded fork follows a change of license: in each it does so with the rubric's value "
            f"({said}). What a fork costs stands under 'Where the choice loses'."
        )
    return page.paragraph(text, css="meta")


def _by_count(reached: pd.Series) -> list[tuple[int, list[str]]]:
    counts = sorted(set(reached), reverse=True)
    return [(int(count), [str(name) for name in reached.index[reached == count]]) for count in counts]
