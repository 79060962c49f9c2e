"""How often others open a layer: three samples side by side, each with its count and its interval."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.statistics import wilson_interval
from openstrat.analysis.strategy.layers import base_rate_for_layer
from openstrat.terms import Component, ComponentStatus, Layer, OpennessLevel

PRODUCTS, RELEASES, PROJECTS = "products", "releases", "projects"
RELEASE_PARTS: dict[Layer, Component] = {
    Layer.EVAL: Component.EVAL_CODE,
    Layer.SMALL_WEIGHTS: Component.WEIGHTS,
    Layer.FRONTIER_WEIGHTS: Component.WEIGHTS,
    Layer.TRAINING_CODE: Component.TRAINING_CODE,
    Layer.TRAINING_DATA: Component.TRAINING_DATA,
    Layer.INFERENCE_INFRA: Component.INFERENCE_CODE,
}
"""The part of a release that shows what its maker did with a layer; weights are not told apart by size."""
COLUMNS = ["layer", "sample", "n", "n_open", "n_partly_open", "share_open", "low", "high"]


def base_rates(projects: pd.DataFrame, rates: pd.DataFrame, components: pd.DataFrame) -> pd.DataFrame:
    """Return how often each layer is open, one row a layer and sample that holds something on it, in stack order.

    Columns: layer, sample, n, n_open, n_partly_open, share_open, low, high (Wilson, 95 %). Samples: 'products' (a curated map of
    AI products), 'releases' (parts of model releases whose delivery is recorded), 'projects' (picked for what they teach, so the share
    runs high). None of them is a census.

    Parameters
    ----------
    projects, rates, components
        The tables projects, openness_base_rates and release_components.
    """
    rows = []
    for layer in Layer:
        mapped = base_rate_for_layer(layer, projects, rates)
        if mapped.table == "openness_base_rates":
            rows.append(_row(layer, PRODUCTS, mapped.n, mapped.n_open, mapped.n_partly_open))
        if layer in RELEASE_PARTS:
            status = components.loc[components["component"].eq(RELEASE_PARTS[layer].value), "status"].dropna()
            partly = status.isin([ComponentStatus.RESTRICTED.value, ComponentStatus.PARTIAL.value])
            rows.append(_row(layer, RELEASES, len(status), int(status.eq(ComponentStatus.OPEN.value).sum()), int(partly.sum())))
        levels = projects.loc[projects["layer"].eq(layer.value), "stated_level"]
        levels = levels[levels.ne(OpennessLevel.UNDETERMINED.value)]
        partly = levels.isin([OpennessLevel.OPEN_WEIGHTS.value, OpennessLevel.SOURCE_AVAILABLE.value])
        rows.append(_row(layer, PROJECTS, len(levels), int(levels.eq(OpennessLevel.FULLY_OPEN.value).sum()), int(partly.sum())))
    return pd.DataFrame([row for row in rows if row["n"]], columns=COLUMNS)


def _row(layer: Layer, sample: str, n: int, n_open: int, n_partly: int) -> dict[str, object]:
    low, high = wilson_interval(n_open, n) if n else (None, None)
    share = n_open / n if n else None
    return dict(zip(COLUMNS, [layer.value, sample, n, n_open, n_partly, share, low, high], strict=True))
