"""Open, decide or hold, layer by layer: what moving this one layer alone does to the value of the combination taken."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from openstrat.analysis.decision.regret import Floats
from openstrat.analysis.planning.search import Combination
from openstrat.analysis.strategy.layer_map import LayerReading
from openstrat.cases.schema import CLOSED
from openstrat.terms import Layer, LicenseFamily, Stance

MOVE_COLUMNS = ["layer", "family", "mean", "p5", "p95", "p_better", "is_tie"]


@dataclass(frozen=True)
class LayerAdvice:
    """What to do with one layer.

    Attributes
    ----------
    layer, default : the layer, and the general stance on it.
    stance : what the case's own shares say (rules LY0 and LY3); None when the case does not describe the layer.
    advice : open, decide or hold. From the priced combinations; the general stance when the case does not describe the layer.
    family : license family when it is opened; the best one found, or permissive where nothing was compared.
    reading : shares, plan and reason of the case; None when it does not describe the layer.
    gain : mean value of opening it (under `family`) less that of holding it, all other layers as taken, USD million; None when one of
        the two was not compared.
    low, high, p_gain : 90 percent range of that difference over draws, and in what share of draws it is above zero.
    is_tie : whether the difference is too small to decide on.
    """

    layer: Layer
    default: Stance
    stance: Stance | None
    advice: Stance
    family: str
    reading: LayerReading | None
    gain: float | None = None
    low: float | None = None
    high: float | None = None
    p_gain: float | None = None
    is_tie: bool = False

    @property
    def is_in_case(self) -> bool:
        """Whether the case describes the layer."""
        return self.reading is not None

    @property
    def is_middle(self) -> bool:
        """Whether the layer both draws people in and is paid for."""
        return self.reading is not None and self.reading.adoption_share > 0 and self.reading.revenue_share > 0


def moves(taken: Combination, value: Floats, moved: Sequence[tuple[Combination, Floats]], *, tolerance: float) -> pd.DataFrame:
    """Return what changing one layer of the taken combination does to its value, one row a layer and family.

    Columns: layer, family, mean, p5, p95 (difference to the taken combination, USD million), p_better (share of draws in which the
    change is better), is_tie (mean difference within the tolerance).
    """
    rows = []
    for combination, values in moved:
        layer = next(layer for layer, family in combination.families.items() if family != taken.families[layer])
        gain = values - value
        low, high = np.percentile(gain, [5, 95])
        mean = float(gain.mean())
        found = [layer.value, combination.families[layer], mean, float(low), float(high), float((gain > 0).mean())]
        rows.append([*found, abs(mean) <= tolerance])
    return pd.DataFrame(rows, columns=MOVE_COLUMNS)


def advise(
    taken: Combination,
    value: Floats,
    moved: Sequence[tuple[Combination, Floats]],
    readings: Sequence[LayerReading],
    defaults: Mapping[Layer, Stance],
    *,
    tolerance: float,
) -> tuple[LayerAdvice, ...]:
    """Return the advice on each of the thirteen layers, in stack order.

    A layer is opened or held as in the taken combination when the other way costs more than the tolerance, or when the case's own
    shares say the same; a tie on which the shares say something else is left to decide.

    Parameters
    ----------
    taken, value
        The combination that is recommended, and its value in each draw.
    moved
        Combinations that differ from it in one layer, each with its value in the same draws.
    readings, defaults
        What the case's figures say of each layer, and the general stance.
    tolerance
        Mean differences up to this are a tie, USD million.
    """
    known = {reading.layer: reading for reading in readings}
    found = []
    for layer in Layer:
        if layer not in known:
            found.append(LayerAdvice(layer, defaults[layer], None, defaults[layer], LicenseFamily.PERMISSIVE.value, None))
            continue
        ways = {taken.families[layer]: value} | {
            item.families[layer]: values for item, values in moved if item.families[layer] != taken.families[layer]
        }
        found.append(_of_layer(known[layer], defaults[layer], taken.families[layer], ways, tolerance))
    return tuple(found)


def _of_layer(reading: LayerReading, default: Stance, chosen: str, ways: Mapping[str, Floats], tolerance: float) -> LayerAdvice:
    opened = {family: values for family, values in ways.items() if family != CLOSED}
    family = chosen if chosen != CLOSED else max(opened, key=lambda name: float(opened[name].mean()), default="permissive")
    own = Stance.HOLD if chosen == CLOSED else Stance.OPEN
    if CLOSED not in ways or not opened:
        advice = (
            Stance.DECIDE if not (reading.adoption_share or reading.revenue_share) else Stance.HOLD if chosen == CLOSED else Stance.OPEN
        )
        return LayerAdvice(reading.layer, default, reading.stance, advice, family, reading)
    gain = opened[family] - ways[CLOSED]
    low, high = np.percentile(gain, [5, 95])
    is_tie = abs(float(gain.mean())) <= tolerance
    advice = Stance.DECIDE if is_tie and reading.stance is not own else own
    share = float((gain > 0).mean())
    return LayerAdvice(
        reading.layer, default, reading.stance, advice, family, reading, float(gain.mean()), float(low), float(high), share, is_tie
    )
