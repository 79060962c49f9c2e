"""The plan of a case: layers with advice, the frontier, the case's own options on it, and the best combination it does not list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from openstrat.analysis.decision.recommendation import summary_statistics
from openstrat.analysis.decision.regret import chance_best, regrets
from openstrat.analysis.planning.advice import LayerAdvice
from openstrat.analysis.planning.candidates import Candidates, Families
from openstrat.analysis.planning.conflicts import Conflict
from openstrat.analysis.planning.frontier import Places, dominators
from openstrat.analysis.planning.pricing import Choice, Members
from openstrat.analysis.planning.search import Combination, Searched
from openstrat.analysis.planning.staffing import Staffing
from openstrat.analysis.strategy.finding import Finding
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.cases.schema import CLOSED, Case


@dataclass(frozen=True)
class Axes:
    """Where a combination lies at median inputs: adopters, share of revenue at risk, net present value in USD million."""

    adopters: float
    risk: float
    value: float


@dataclass(frozen=True)
class OpeningPlan:
    """Everything that the planner found for one case.

    Attributes
    ----------
    case : the case.
    candidates, staffing : what was searched, and how combinations are staffed.
    searched, front : every combination at median inputs; places of the frontier among them, in rising order of revenue at risk.
    members : the priced ones, one row each, in rising order of revenue at risk. Columns: name, is_listed, is_on_front, is_taken,
        adopters, risk, value_at_medians, people, openness, p5, p50, p95, mean (net present value, USD million), p_positive, p_best,
        mean_regret (against the best priced one of each draw), worst_regret (worst named future; blank below the worst option of the
        case), words (how it differs from the nearest option of the case).
    options : the case's own, one row each. Columns: option, adopters, risk, is_on_front, dominated_by (name of a member; blank when
        none does), more_adopters, less_risk, mean, people.
    choice : what the recommendation rule takes, and whether an unlisted combination is better.
    taken : the combination taken.
    layers : advice on the thirteen layers.
    moves : what changing one layer of the taken combination does; columns of `planning.advice.moves`.
    conflicts, findings : what pulls against opening or holding; rules LY0 to LY3 on the combination taken.
    rates, precedents : how often others open each layer, and who; columns of `planning.rates.base_rates`, and layer, stance, precedents,
        source_ids.
    licenses : license that is suggested for each layer, and why; columns layer, family, license_id, reason.
    sources : what the tables behind the plan rest on; column source_ids.
    n, seed : draws, and what they were made from.
    """

    case: Case
    candidates: Candidates
    staffing: Staffing
    searched: Searched
    front: Places
    members: pd.DataFrame
    options: pd.DataFrame
    choice: Choice
    taken: Combination
    layers: tuple[LayerAdvice, ...]
    moves: pd.DataFrame
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    rates: pd.DataFrame
    precedents: pd.DataFrame
    licenses: pd.DataFrame
    sources: pd.DataFrame
    n: int
    seed: int

    @property
    def has_risk(self) -> bool:
        """Whether any combination puts revenue at risk; without it the frontier is a single combination."""
        return float(self.searched.risk.max()) > 0

    def member(self, name: str) -> dict[str, Any]:
        """Return the row of one priced combination."""
        return {str(key): value for key, value in self.members[self.members["name"].eq(name)].iloc[0].items()}


def difference_words(combination: Families, options: Mapping[str, Families]) -> str:
    """Return how a combination differs from the option of the case that is nearest to it: its name alone when it is that option."""
    changed = {
        name: [layer for layer, family in combination.items() if families.get(layer, CLOSED) != family]
        for name, families in options.items()
    }
    nearest = min(changed, key=lambda name: len(changed[name]))
    if not changed[nearest]:
        return nearest.replace("_", " ")
    parts = [
        f"{layer_name(layer)} {'held' if combination[layer] == CLOSED else combination[layer].replace('_', ' ')}"
        for layer in changed[nearest]
    ]
    return f"{nearest.replace('_', ' ')}, but {', '.join(parts)}"


def members_table(members: Members, axes: Mapping[str, Axes], front: set[str], choice: Choice, words: Mapping[str, str]) -> pd.DataFrame:
    """Return one row a priced combination; columns as in `OpeningPlan.members`."""
    drawn, best = regrets(members.values), chance_best(members.values)
    rows = [
        {
            "name": name,
            "is_listed": name in members.listed,
            "is_on_front": name in front,
            "is_taken": name == choice.taken,
            "adopters": axes[name].adopters,
            "risk": axes[name].risk,
            "value_at_medians": axes[name].value,
            "people": float(members.options[name].fte),
            "openness": members.options[name].position.openness,
            **summary_statistics(values),
            "p_positive": float((values > 0).mean()),
            "p_best": best[name],
            "mean_regret": float(drawn[name].mean()),
            "worst_regret": choice.worst.get(name),
            "words": words[name],
        }
        for name, values in members.values.items()
    ]
    return pd.DataFrame(rows).sort_values(["risk", "adopters"], ignore_index=True)


def dominating(searched: Searched, front: Places, at: Axes) -> int | None:
    """Return the place of the best valued combination that dominates a point, None when none does."""
    found = front[dominators(at.adopters, at.risk, searched.adopters[front], searched.risk[front])]
    return int(found[np.argmax(searched.value[found])]) if len(found) else None
