"""The license explorer: say who you are and what you want to do, and see which licenses let you."""

from __future__ import annotations

from functools import cache
from typing import Any

import ipywidgets as widgets
import pandas as pd

from openstrat.analysis.licenses.askers import Asker, Purpose, Territory
from openstrat.analysis.licenses.exclusions import who_is_excluded
from openstrat.analysis.licenses.permissions import Answer, may, who_may
from openstrat.analysis.licenses.placement import place_license, restriction_table
from openstrat.analysis.licenses.thresholds import in_words, threshold_ladder
from openstrat.errors import UnknownNameError
from openstrat.present import page
from openstrat.present.charts.permissions import permission_view
from openstrat.present.explorers.license_detail import license_detail
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.terms import AssetType, Restriction, values

SOURCE = "openstrat tables license_terms and license_thresholds; a blank cell answers unknown; not legal advice"
ALL = "all"
FIRST = "LicenseRef-Llama-4"
LABEL_WIDTH = "112px"
ASSETS = (AssetType.WEIGHTS, AssetType.CODE, AssetType.DATA, AssetType.DOCS)
USERS = [0, 1e3, 1e4, 1e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 7e8, 8e8, 1e9, 2e9]
REVENUES = [0, 1e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 2.4e8, 3e8, 5e8, 1e9, 5e9, 1e10, 2e10]
PEOPLE = [1, 5, 10, 20, 50, 99, 100, 200, 500, 1e3, 5e3, 1e4, 5e4, 1e5]
PLACES = {
    "outside EU, UK and South Korea": Territory.ELSEWHERE,
    "European Union": Territory.EU,
    "United Kingdom": Territory.UK,
    "South Korea": Territory.KR,
}
PURPOSES = {
    "build it into my product": Purpose.PRODUCT,
    "offer it as a paid service": Purpose.HOSTED_SERVICE,
    "compete with the licensor": Purpose.COMPETE,
    "fine-tune or change it for my own use": Purpose.FINE_TUNE,
    "publish it, changed or unchanged": Purpose.REDISTRIBUTE,
    "train another model on its outputs": Purpose.TRAIN_ON_OUTPUTS,
    "run it inside my organization": Purpose.INTERNAL_USE,
    "do research, sell nothing": Purpose.RESEARCH,
}
DOING = {
    Purpose.PRODUCT: "be built into your product",
    Purpose.HOSTED_SERVICE: "be offered as your paid service",
    Purpose.COMPETE: "serve an offer that competes with the licensor's",
    Purpose.FINE_TUNE: "be changed for your own use",
    Purpose.REDISTRIBUTE: "be published, changed or unchanged",
    Purpose.TRAIN_ON_OUTPUTS: "have another model trained on the outputs",
    Purpose.INTERNAL_USE: "run inside your organization",
    Purpose.RESEARCH: "be used for research",
}
HELP = {
    "asset": "What the license is applied to; each kind has its own list.",
    "purpose": "Everything but research counts as commercial.",
    "users": "Active people a month, of product and company.",
    "revenue": "From any source; a twelfth counts as a month's.",
    "people": "Employees and contractors.",
    "territory": "Where the company is established.",
    "family": "Narrows the lists and the counts.",
    "restriction": "Keeps the licenses that hold it.",
    "license": "Ringed in the chart, explained below it.",
}


def license_explorer(
    terms: pd.DataFrame, licenses: pd.DataFrame, thresholds: pd.DataFrame, *, asset: str = "weights", purpose: str = "product"
) -> LicenseExplorer:
    """Return the explorer as a widget; show it as the last line of a cell.

    Parameters
    ----------
    terms, licenses, thresholds
        The tables license_terms, licenses and license_thresholds.
    asset, purpose
        What to show first: weights, code, data or docs; a value of `openstrat.analysis.licenses.askers.Purpose`.

    Raises
    ------
    UnknownNameError
        If asset or purpose is not one of the allowed words.
    """
    for what, value, allowed in (("asset", asset, [kind.value for kind in ASSETS]), ("purpose", purpose, values(Purpose))):
        if value not in allowed:
            raise UnknownNameError(what, value, allowed)
    explorer = LicenseExplorer(terms, licenses, thresholds)
    explorer.controls["asset"].value = asset
    explorer.controls["purpose"].value = Purpose(purpose)
    return explorer


class LicenseExplorer(widgets.VBox):  # type: ignore[misc]
    """Controls, an answer in words, linked charts of the licenses that the answer counts, and one license in detail.

    `controls` holds the widgets by name (see `HELP`); set their `value` to drive the view from code. `answers` is the frame that
    is drawn, one row a license.
    """

    def __init__(self, terms: pd.DataFrame, licenses: pd.DataFrame, thresholds: pd.DataFrame) -> None:
        self._terms, self._licenses, self._thresholds = terms, licenses, thresholds
        self._families = licenses.set_index("license_id")["family"]
        self._restrictions = restriction_table(terms)
        self._level = cache(self._level_of)
        self._is_settling = False
        self.controls = _controls(licenses.loc[licenses["has_terms"], "family"], self._restrictions)
        self.answers = pd.DataFrame()
        self._view = widgets.Output(layout=widgets.Layout(min_height="860px"))
        for control in self.controls.values():
            control.observe(self._redraw, names="value")
        super().__init__([_form(self.controls), self._view])
        self._redraw()

    def _level_of(self, license_id: str, asset: str) -> str:
        return place_license(license_id, AssetType(asset), self._terms).level.value

    @property
    def asker(self) -> Asker:
        """Who asks, as the controls stand; daily users are not asked."""
        at = {name: self.controls[name].value for name in ("users", "people", "territory")}
        return Asker(self.controls["purpose"].value, revenue_usd=self.controls["revenue"].value, **at)

    def figure(self) -> Figure:
        """Return the linked charts for the controls as they stand."""
        asset, asker = self.controls["asset"].value, self.asker
        everything = who_may(self._terms, self._licenses, self._thresholds, asset=asset, asker=asker)
        self._offer(everything["license_id"].tolist())
        answers = self._narrowed(everything)
        answers["level"] = [self._level(license_id, asset) for license_id in answers["license_id"]]
        self.answers = answers
        ladder = threshold_ladder(self._thresholds, asker).merge(answers[["license_id", "level"]], on="license_id")
        allowed = int((answers["answer"] == Answer.ALLOWED).sum())
        return permission_view(
            answers,
            ladder,
            asker=asker,
            selected=self.controls["license"].value,
            title=f"{allowed} of {len(answers)} licenses for {asset} let this company go ahead",
            source=SOURCE,
        )

    def _narrowed(self, everything: pd.DataFrame) -> pd.DataFrame:
        """Keep the licenses of the chosen family that hold the chosen restriction."""
        family, restriction = self.controls["family"].value, self.controls["restriction"].value
        keep = pd.Series(True, index=everything.index)
        if family != ALL:
            keep &= everything["license_id"].map(self._families) == family
        if restriction != ALL:
            keep &= everything["license_id"].map(self._restrictions[restriction])
        return everything[keep].reset_index(drop=True)

    def _offer(self, license_ids: list[str]) -> None:
        """Let the detail choose among the licenses for the asset; the chosen one stays where it can."""
        control = self.controls["license"]
        if list(control.options) == _named(license_ids):
            return
        kept = control.value if control.value in license_ids else license_ids[0]
        self._is_settling = True
        control.options = _named(license_ids)
        control.value = kept
        self._is_settling = False

    def detail(self) -> Markup:
        """Return the chosen license in detail, for the asker as the controls stand."""
        license_id = self.controls["license"].value
        verdict = may(license_id, self.asker, self._terms, self._thresholds)
        excluded = who_is_excluded(license_id, self._terms, self._thresholds)
        return license_detail(verdict, excluded, level=self._level(license_id, self.controls["asset"].value))

    def _redraw(self, change: object = None) -> None:
        if self._is_settling:
            return
        figure = self.figure()
        kind = " ".join(readable_filter(self.controls[name].value) for name in ("family", "restriction")).strip()
        sentence = answer_in_words(self.answers, asset=self.controls["asset"].value, asker=self.asker, kind=kind)
        drawn = _displayed(figure._repr_mimebundle_(), {})
        self._view.outputs = (_displayed(*sentence._repr_mimebundle_()), drawn, _displayed(*self.detail()._repr_mimebundle_()))


def readable_filter(value: str) -> str:
    """Return a chosen filter in words; nothing when it narrows nothing."""
    return "" if value == ALL else value.replace("_", " ")


def _named(license_ids: list[str]) -> list[tuple[str, str]]:
    return sorted(((name.removeprefix("LicenseRef-"), name) for name in license_ids), key=lambda pair: pair[0].lower())


def _displayed(data: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def answer_in_words(answers: pd.DataFrame, *, asset: str, asker: Asker, kind: str = "") -> Markup:
    """Return the answer as a sentence: how many licenses allow the use, ask for permission, bar it, or do not say."""
    counts = {answer: int((answers["answer"] == answer).sum()) for answer in values(Answer)}
    first = (
        f"With {in_words(asker.users or 0)} users a month and USD {in_words(asker.revenue_usd or 0)} a year, {counts['allowed']} of "
        f"{len(answers)} {f'{kind} ' if kind else ''}licenses for {asset} let the work {DOING[Purpose(asker.purpose)]}. "
    )
    rest = (
        f"{counts['gated']} do so only with a separate license, a permission or a condition on company, product or model, "
        f"{counts['barred']} not at all; for {counts['unknown']} the table does not tell."
    )
    return page.tag("p", page.tag("strong", first) + page.plain(rest))


def _controls(families: pd.Series, restrictions: pd.DataFrame) -> dict[str, Any]:
    known = sorted(families.dropna().unique())
    held = [item for item in Restriction if restrictions[item.value].any()]
    wide = {"layout": widgets.Layout(width="98%"), "style": {"description_width": LABEL_WIDTH}}
    assets = widgets.ToggleButtons(
        options=[(asset.label, asset.value) for asset in ASSETS],
        value=AssetType.WEIGHTS.value,
        description="Asset",
        style={"description_width": LABEL_WIDTH, "button_width": "72px"},
        layout=wide["layout"],
    )
    by_family = [("all families", ALL), *((name.replace("_", " "), name) for name in known)]
    by_restriction = [("with or without", ALL), *((item.label, item.value) for item in held)]
    return {
        "asset": assets,
        "users": _slider("Monthly users", USERS, 1e8, wide),
        "revenue": _slider("Yearly revenue", REVENUES, 5e7, wide, "USD "),
        "people": _slider("People", PEOPLE, 500, wide),
        "territory": widgets.Dropdown(options=list(PLACES.items()), value=Territory.ELSEWHERE, description="Established", **wide),
        "purpose": widgets.Dropdown(options=list(PURPOSES.items()), value=Purpose.PRODUCT, description="I want to", **wide),
        "license": widgets.Dropdown(options=[(FIRST, FIRST)], value=FIRST, description="In detail", **wide),
        "family": widgets.Dropdown(options=by_family, value=ALL, description="Family", **wide),
        "restriction": widgets.Dropdown(options=by_restriction, value=ALL, description="Restriction", **wide),
    }


def _slider(label: str, steps: list[float], start: float, wide: dict[str, Any], unit: str = "") -> Any:
    options = [(f"{unit}{in_words(step)}", step) for step in steps]
    return widgets.SelectionSlider(options=options, value=start, description=label, continuous_update=False, **wide)


def _form(controls: dict[str, Any]) -> Any:
    """Lay the controls out in two columns below the asset, each over its help."""
    cells = []
    for name, control in controls.items():
        control.tooltip = HELP[name]
        margin = "-2px 0 4px 4px" if name == "asset" else f"-6px 0 2px {LABEL_WIDTH}"
        help_text = widgets.HTML(page.tag("small", HELP[name]).html, layout=widgets.Layout(margin=margin))
        cells.append(widgets.VBox([control, help_text]))
    grid = widgets.Layout(grid_template_columns="minmax(0, 1fr) minmax(0, 1fr)", grid_gap="0 18px")
    return widgets.VBox([cells[0], widgets.GridBox(cells[1:], layout=grid)])
