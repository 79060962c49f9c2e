"""The license explorer: say who you are and what you want to do, and see which licenses let you."""

from __future__ import annotations

from functools import cache
from typing import Any

import ipywidgets as widgets
import pandas as pd

from openstrat.analysis.licenses.placement import place_license
from openstrat.analysis.licenses.permissions import Answer, Purpose, who_may
from openstrat.analysis.licenses.thresholds import in_words, threshold_ladder
from openstrat.errors import UnknownNameError
from openstrat.present import page
from openstrat.present.charts.permissions import permission_view
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.terms import AssetType, values

SOURCE = "openstrat tables license_terms and license_thresholds; a blank cell answers unknown; not legal advice"
ALL = "all"
LABEL_WIDTH = "112px"
ASSETS = (AssetType.WEIGHTS, AssetType.CODE, AssetType.DATA, AssetType.DOCS)
USERS = [0, 1e3, 1e4, 1e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 5e8, 7e8, 8e8, 1e9, 2e9]
REVENUES = [0, 1e5, 5e5, 1e6, 2e6, 5e6, 1e7, 2e7, 5e7, 1e8, 2e8, 2.4e8, 3e8, 5e8, 1e9, 5e9, 1e10, 2e10]
PURPOSES = {
    "build it into my product": Purpose.PRODUCT,
    "offer it as a paid service": Purpose.HOSTED_SERVICE,
    "fine-tune or change it, and publish the result": Purpose.REDISTRIBUTE,
    "train another model on its outputs": Purpose.TRAIN_ON_OUTPUTS,
    "do research, sell nothing": Purpose.RESEARCH,
}
DOING = {
    Purpose.PRODUCT: "be built into your product",
    Purpose.HOSTED_SERVICE: "be offered as your paid service",
    Purpose.REDISTRIBUTE: "be changed and published",
    Purpose.TRAIN_ON_OUTPUTS: "have another model trained on the outputs",
    Purpose.RESEARCH: "be used for research",
}
HELP = {
    "asset": "What the license is applied to; each kind has its own list.",
    "purpose": "Everything but research counts as commercial.",
    "users": "Active people a month, of product and company.",
    "revenue": "From any source; a twelfth counts as a month's.",
    "family": "Narrows the lists and the counts.",
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
        What to show first: weights, code, data or docs; a value of `openstrat.analysis.licenses.permissions.Purpose`.

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
    """Controls, an answer in words, and linked charts of the licenses that the answer counts.

    `controls` holds the widgets by name (asset, family, users, revenue, purpose); set their `value` to drive the view from code.
    `answers` is the frame that is drawn, one row a license.
    """

    def __init__(self, terms: pd.DataFrame, licenses: pd.DataFrame, thresholds: pd.DataFrame) -> None:
        self._tables = (terms, licenses, thresholds)
        self._families = licenses.set_index("license_id")["family"]
        self._level = cache(self._level_of)
        self.controls = _controls(licenses.loc[licenses["has_terms"], "family"])
        self.answers = pd.DataFrame()
        self._view = widgets.Output(layout=widgets.Layout(min_height="860px"))
        for control in self.controls.values():
            control.observe(self._redraw, names="value")
        super().__init__([_form(self.controls), self._view])
        self._redraw()

    def _level_of(self, license_id: str, asset: str) -> str:
        return place_license(license_id, AssetType(asset), self._tables[0]).level.value

    def figure(self) -> Figure:
        """Return the linked charts for the controls as they stand."""
        at = {name: control.value for name, control in self.controls.items()}
        terms, licenses, thresholds = self._tables
        asked = {"asset": at["asset"], "users": at["users"], "revenue_usd": at["revenue"], "purpose": at["purpose"]}
        everything = who_may(terms, licenses, thresholds, **asked)
        family = everything["license_id"].map(self._families)
        answers = everything[(family == at["family"]) | (at["family"] == ALL)].reset_index(drop=True)
        answers["level"] = [self._level(license_id, at["asset"]) for license_id in answers["license_id"]]
        self.answers = answers
        ladder = threshold_ladder(thresholds, users=at["users"], revenue_usd=at["revenue"])
        ladder = ladder.merge(answers[["license_id", "level"]], on="license_id")
        allowed = int((answers["answer"] == Answer.ALLOWED).sum())
        return permission_view(
            answers,
            ladder,
            users=at["users"],
            revenue_usd=at["revenue"],
            n_rows=round(len(everything) / 2) if at["family"] == ALL else 1,
            title=f"{allowed} of {len(answers)} licenses for {at['asset']} let this company go ahead",
            source=SOURCE,
        )

    def _redraw(self, change: object = None) -> None:
        figure = self.figure()
        at = {name: control.value for name, control in self.controls.items()}
        sentence, metadata = answer_in_words(self.answers, **at)._repr_mimebundle_()
        self._view.outputs = (_displayed(sentence, metadata), _displayed(figure._repr_mimebundle_(), {}))


def _displayed(data: dict[str, Any], metadata: dict[str, Any]) -> dict[str, Any]:
    return {"output_type": "display_data", "data": data, "metadata": metadata}


def answer_in_words(answers: pd.DataFrame, *, asset: str, family: str, users: float, revenue: float, purpose: str) -> Markup:
    """Return the answer as a sentence: how many licenses allow the use, ask for permission, bar it, or do not say."""
    counts = {answer: int((answers["answer"] == answer).sum()) for answer in values(Answer)}
    which = "" if family == ALL else f"{family.replace('_', ' ')} "
    first = (
        f"With {in_words(users)} users a month and USD {in_words(revenue)} a year, {counts['allowed']} of {len(answers)} "
        f"{which}licenses for {asset} let the work {DOING[Purpose(purpose)]}. "
    )
    rest = (
        f"{counts['gated']} do so only with a separate license, a permission or a condition on the product, {counts['barred']} not at all; "
        f"for {counts['unknown']} the table does not tell."
    )
    return page.tag("p", page.tag("strong", first) + page.plain(rest))


def _controls(families: pd.Series) -> dict[str, Any]:
    known = sorted(families.dropna().unique())
    wide = {"layout": widgets.Layout(width="98%"), "style": {"description_width": LABEL_WIDTH}}
    assets = widgets.ToggleButtons(
        options=[(asset.label, asset.value) for asset in ASSETS],
        value=AssetType.WEIGHTS.value,
        description="Asset",
        style={"description_width": LABEL_WIDTH, "button_width": "72px"},
        layout=wide["layout"],
    )
    named = [("all families", ALL), *((name.replace("_", " "), name) for name in known)]
    return {
        "asset": assets,
        "users": _slider("Monthly users", USERS, 1e8, wide),
        "revenue": _slider("Yearly revenue", REVENUES, 5e7, wide, "USD "),
        "purpose": widgets.Dropdown(options=list(PURPOSES.items()), value=Purpose.PRODUCT, description="I want to", **wide),
        "family": widgets.Dropdown(options=named, value=ALL, description="Family", **wide),
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
