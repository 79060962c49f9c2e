"""The fork explorer: choose a fork, a measure and a way of counting, and see both sides month by month."""

from __future__ import annotations

from functools import cache
from typing import Any

import ipywidgets as widgets
import pandas as pd

from openstrat.analysis.forking import fork_pair_of, fork_pairs_of
from openstrat.analysis.forks.measures import MEASURES, Measure, PairRule, measure_named
from openstrat.analysis.forks.pair import FORK, SIDES, UPSTREAM, ForkPair, complete_mean, movement, side_months
from openstrat.analysis.forks.pair_kind import fork_kind
from openstrat.errors import UnknownNameError
from openstrat.present import page
from openstrat.present.charts.fork_explorer import View, fork_view
from openstrat.present.figure import Figure
from openstrat.present.forks.pair import kind_words, marks_of
from openstrat.present.forks.pair_words import NOT_PROOF, RULES, fork_name, names_of, source_of, upstream_name
from openstrat.present.page import Markup
from openstrat.present.theme import percent, signed_percent
from openstrat.tables.fork_terms import DateBasis

LABEL_WIDTH = "112px"
MONTHS = [6, 12, 18, 24, 36, 48, 60, 120]
HELP = {
    "months": "Months before and after the fork's start that are drawn and averaged.",
    "fork": "Forks of the tables, by name.",
    "measure": "What is compared month by month.",
    "rule": "Who or what counts; the choice depends on the measure.",
    "basis": "Committer: when it entered the history. Author: when it was written.",
}
BASES = {"when a commit entered the history": DateBasis.COMMITTER, "when it was written": DateBasis.AUTHOR}


def fork_explorer(fork: str = "valkey-io/valkey", *, measure: str = "people", months: int = 24) -> ForkExplorer:
    """Return the explorer as a widget; show it as the last line of a cell.

    Parameters
    ----------
    fork
        What to show first: a fork of the table migration_monthly.
    measure
        A name of `openstrat.analysis.forks.measures.MEASURES`.
    months
        Months before and after the start, one of the steps of the slider.

    Raises
    ------
    UnknownNameError
        If one of them is not one of the allowed values.
    """
    forks = fork_pairs_of()["fork"].tolist()
    for what, value, allowed in (
        ("fork", fork, forks),
        ("measure", measure, list(MEASURES)),
        ("months", str(months), list(map(str, MONTHS))),
    ):
        if value not in allowed:
            raise UnknownNameError(what, value, allowed)
    return ForkExplorer(fork, measure, months, forks)


class ForkExplorer(widgets.VBox):  # type: ignore[misc]
    """Controls, an answer in words with window and rule, and linked charts of both sides.

    `controls` holds the widgets by name (see `HELP`); set their `value` to drive the view from code. `months` is the frame that is
    drawn, one row a side and month.
    """

    def __init__(self, fork: str, measure: str, months: int, forks: list[str]) -> None:
        self._pair = cache(fork_pair_of)
        self._is_settling = False
        self.controls = _controls(fork, measure, months, forks)
        self.months = pd.DataFrame()
        self._view = widgets.Output(layout=widgets.Layout(min_height="760px"))
        for control in self.controls.values():
            control.observe(self._redraw, names="value")
        super().__init__([_form(self.controls), self._view])
        self._redraw()

    @property
    def pair(self) -> ForkPair:
        """The chosen fork and its upstream."""
        return self._pair(self.controls["fork"].value)

    @property
    def measure(self) -> Measure:
        """What is compared."""
        return measure_named(self.controls["measure"].value)

    def figure(self) -> Figure:
        """Return the linked charts for the controls as they stand."""
        pair, reach = self.pair, int(self.controls["months"].value)
        rule, basis = self.controls["rule"].value, self.controls["basis"].value
        months = side_months(pair, measure=self.measure.name, rule=rule, basis=basis)
        self.months = months[months["months_since_start"].between(-reach, reach)].reset_index(drop=True)
        moved = movement(pair)
        view = View(
            months=self.months,
            moved=moved[moved["months_since_start"] <= reach],
            events=marks_of(pair),
            names=names_of(pair),
            label=self.measure.label,
            is_share=self.measure.is_share,
        )
        title = f"{fork_name(pair)} and {upstream_name(pair)}: {self.measure.label}, {RULES[PairRule(rule)]}"
        source = source_of(pair, "activity_monthly", "migration_monthly")
        return fork_view(view, title=title, source=f"{source}; own commits, by {basis} date")

    def answer(self) -> Markup:
        """Return what the drawn months say in words, with window and rule, and what kind of fork it is."""
        first = f"{self._means()} " if self.months["value"].notna().any() else "Nothing is known under this rule. "
        rule = f"Rule: {RULES[PairRule(self.controls['rule'].value)]}; {self._window()}. "
        kind = f"{kind_words(self.pair, fork_kind(self.pair))}. "
        return page.tag("p", page.tag("strong", first) + page.plain(rule + kind + NOT_PROOF))

    def _means(self) -> str:
        reach = int(self.controls["months"].value)
        names, label = names_of(self.pair), self.measure.label
        means = {
            f"{names[side]} {when}": complete_mean(self.months, side, *span)[0]
            for side, when, span in ((UPSTREAM, "before", (-reach, -1)), (UPSTREAM, "after", (1, reach)), (FORK, "after", (1, reach)))
            if side in names
        }
        write = percent if self.measure.is_share else "{:.1f}".format
        said = ", ".join(f"{who} {'unknown' if mean is None else write(mean)}" for who, mean in means.items())
        before, after = list(means.values())[:2] if UPSTREAM in names else (None, None)
        change = f" ({upstream_name(self.pair)} {signed_percent(after / before - 1)})" if before and after is not None else ""
        return f"Mean {label}: {said}{change}."

    def _window(self) -> str:
        reach = int(self.controls["months"].value)
        whole = self.months[~self.months["is_partial"] & self.months["value"].notna() & self.months["months_since_start"].ne(0)]
        counts = whole.groupby("side")["month"].size()
        said = " and ".join(f"{counts[side]} of {names_of(self.pair)[side]}" for side in SIDES if side in counts)
        return f"up to {reach} months before and after {self.pair.started_on:%Y-%m}, {said or 'no'} complete months known"

    def _redraw(self, change: object = None) -> None:
        if self._is_settling:
            return
        self._offer_rules()
        drawn = _displayed(self.figure()._repr_mimebundle_(), {})
        self._view.outputs = (_displayed(*self.answer()._repr_mimebundle_()), drawn)

    def _offer_rules(self) -> None:
        """Let the rule choose among those of the measure; the chosen one stays where it can."""
        control, options = self.controls["rule"], [(RULES[rule], rule) for rule in self.measure.rules]
        if list(control.options) == options:
            return
        kept = control.value if control.value in self.measure.rules else PairRule.CREDITED
        self._is_settling = True
        control.options = options
        control.value = kept
        self._is_settling = False


def _displayed(data: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def _controls(fork: str, measure: str, months: int, forks: list[str]) -> dict[str, Any]:
    wide = {"layout": widgets.Layout(width="98%"), "style": {"description_width": LABEL_WIDTH}}
    by_name = sorted(((name.rsplit("/", 1)[-1] + f" ({name})", name) for name in forks), key=lambda pair: pair[0].lower())
    measures = [(item.label, item.name) for item in MEASURES.values()]
    rules = [(RULES[rule], rule) for rule in MEASURES[measure].rules]
    return {
        "months": widgets.SelectionSlider(options=MONTHS, value=months, description="Months around", continuous_update=False, **wide),
        "fork": widgets.Dropdown(options=by_name, value=fork, description="Fork", **wide),
        "measure": widgets.Dropdown(options=measures, value=measure, description="Measure", **wide),
        "rule": widgets.Dropdown(options=rules, value=PairRule.CREDITED, description="Counting rule", **wide),
        "basis": widgets.Dropdown(options=list(BASES.items()), value=DateBasis.COMMITTER, description="Month of", **wide),
    }


def _form(controls: dict[str, Any]) -> Any:
    """Lay the controls out in two columns, each over its help."""
    cells = []
    for name, control in controls.items():
        control.tooltip = HELP[name]
        layout = widgets.Layout(margin=f"-6px 0 2px {LABEL_WIDTH}")
        cells.append(widgets.VBox([control, widgets.HTML(page.tag("small", HELP[name]).html, layout=layout)]))
    grid = widgets.Layout(grid_template_columns="minmax(0, 1fr) minmax(0, 1fr)", grid_gap="0 18px")
    return widgets.VBox([cells[0], widgets.GridBox(cells[1:], layout=grid)])
