"""How an option's adopters and yearly cash spread quarter by quarter over the draws."""

from __future__ import annotations

import numpy as np
import pandas as pd

from openstrat.analysis.economics.adoption import QUARTER
from openstrat.analysis.economics.draws import Draws
from openstrat.analysis.economics.model import CaseModel, factor_today_of, flows_of
from openstrat.analysis.economics.ranges import Floats
from openstrat.analysis.economics.value import times_of

QUANTILES = {"p5": 0.05, "p25": 0.25, "p50": 0.5, "p75": 0.75, "p95": 0.95}
ADOPTERS, CASH = "adopters", "cash"


def paths_of(model: CaseModel, option: str, draws: Draws) -> pd.DataFrame:
    """Return percentiles of one option's adopters and of its cash by quarter.

    Returns
    -------
    Columns: measure ('adopters', organizations; 'cash', USD million a year in that quarter, neither discounted nor charged with the
    training cost of the start), years (adopters from 0, cash from a quarter of a year on), p5, p25, p50, p75, p95, mean. Percentiles
    are taken in each quarter on its own: a line through them is no single course of events.
    """
    times = times_of(model.facts, draws, model.constants)
    flows = flows_of(model, model.options[option], times, factor_today_of(model, times, draws), draws)
    return pd.concat([_spread(ADOPTERS, flows.adopters, 0), _spread(CASH, flows.cash, 1)], ignore_index=True)


def _spread(measure: str, values: Floats, first_quarter: int) -> pd.DataFrame:
    """Return percentiles by row of an array of shape (quarters, draws)."""
    found = np.quantile(values, list(QUANTILES.values()), axis=1)
    frame = pd.DataFrame(dict(zip(QUANTILES, found, strict=True))).assign(mean=values.mean(axis=1))
    frame.insert(0, "years", (np.arange(len(frame)) + first_quarter) * QUARTER)
    frame.insert(0, "measure", measure)
    return frame
