"""How much speaks for a funded fork within a year of a restrictive license change (concept RK3): a rubric with assumed weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.errors import InputError

CONCEPT = "RK3"
LIKELY_FROM = 0.5
"""From this value on the rubric expects a fork (rule RK3, assumption)."""
UNLIKELY_BELOW = 0.25
"""Below this value it expects none; between the two it does not say (rule RK3, assumption)."""
NETWORK_COPYLEFT = "network_copyleft"
CAVEATS = (
    "All weights of the rubric are assumed, and were set by somebody who knew how the events ended: read the value as an order, "
    "not as a probability.",
    "It speaks of funded forks after a restrictive license change, not of forks for other reasons.",
)


@dataclass(frozen=True)
class Rubric:
    """The weights of the fork rubric: log odds without features, log odds a unit of each feature, factor for network copyleft."""

    constant: float
    weights: dict[str, float]
    network_copyleft: float
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Contribution:
    """What one feature adds to the sum: its value (0 to 1), its weight, and the product in log odds."""

    feature: str
    value: float
    weight: float

    @property
    def log_odds(self) -> float:
        """What the feature adds; negative speaks against a fork."""
        return self.value * self.weight


def rubric_from(table: pd.DataFrame) -> Rubric:
    """Return the rubric that the table fork_rubric holds.

    Raises
    ------
    InputError
        If the table does not have exactly one constant, or lacks the factor for network copyleft.
    """
    constants = table.loc[table["role"].eq("constant"), "weight"].tolist()
    kept = table[table["role"].eq("factor")]
    factors = {str(name): float(value) for name, value in zip(kept["feature"], kept["weight"], strict=True)}
    if len(constants) != 1 or NETWORK_COPYLEFT not in factors:
        raise InputError(
            f"fork_rubric: {len(constants)} constants and the factors {sorted(factors)}; the rubric needs one constant and the factor "
            f"{NETWORK_COPYLEFT}. Restore the table: openstrat data validate."
        )
    rows = table[table["role"].eq("weight")]
    weights = {str(name): float(value) for name, value in zip(rows["feature"], rows["weight"], strict=True)}
    sources = tuple(dict.fromkeys(part for cell in table["source_ids"] for part in str(cell).split("; ")))
    return Rubric(float(constants[0]), weights, float(factors[NETWORK_COPYLEFT]), sources)


def contributions(features: Mapping[str, float], rubric: Rubric) -> tuple[Contribution, ...]:
    """Return what each feature adds to the log odds, in the rubric's order.

    Raises
    ------
    InputError
        If a feature is missing, unknown to the rubric, or not between 0 and 1.
    """
    missing, extra = sorted(set(rubric.weights) - set(features)), sorted(set(features) - set(rubric.weights))
    if missing or extra:
        raise InputError(f"Fork features: missing {missing}, unknown {extra}. The rubric needs exactly {', '.join(rubric.weights)}.")
    for name, value in features.items():
        if not 0 <= value <= 1:
            raise InputError(f"Fork feature {name}: {value} is not between 0 and 1. The scales stand in: openstrat data show fork_rubric.")
    return tuple(Contribution(name, float(features[name]), weight) for name, weight in rubric.weights.items())


def fork_propensity(features: Mapping[str, float], rubric: Rubric, *, fork_scale: float = 1.0) -> float:
    """Return the rubric's value for a funded fork within 12 months of a restrictive license change, 0 to 1.

    `fork_scale` is a factor on the result: below 1 when the new license is an approved network copyleft (economics, section 9).

    Raises
    ------
    InputError
        If a feature is missing, unknown or out of range, or the factor is negative.
    """
    if not fork_scale >= 0:
        raise InputError(f"fork_scale: {fork_scale} is below 0. Give 1, or the factor of the table fork_rubric for network copyleft.")
    total = rubric.constant + sum(item.log_odds for item in contributions(features, rubric))
    return min(1.0, fork_scale / (1 + math.exp(-total)))


def fork_risk(features: Mapping[str, float] | None, rubric: Rubric, *, changes_license: bool, fork_scale: float = 1.0) -> Finding:
    """Return what the rubric says of a funded fork (concept RK3), with the features that weigh most for and against.

    Without a change of license the rubric does not apply; without features the answer is unknown and says what to find out.
    """
    if not changes_license:
        sentence = "The option changes no license that is in force today: the rubric for forks after a license change does not apply."
        return Finding(CONCEPT, Answer.NOT_ASKED, sentence, Basis.NOTHING, caveats=CAVEATS[1:], source_ids=rubric.source_ids)
    if features is None:
        asks = tuple(f"{name.replace('_', ' ')} on the rubric's scale from 0 to 1" for name in rubric.weights)
        return unknown(CONCEPT, asks, caveats=CAVEATS, source_ids=rubric.source_ids)
    value = fork_propensity(features, rubric, fork_scale=fork_scale)
    parts = sorted(contributions(features, rubric), key=lambda item: -abs(item.log_odds))
    evidence = tuple(f"{_words(item.feature)} {item.value:g}, times {_signed(item.weight)}: {_signed(item.log_odds)}" for item in parts)
    answer = Answer.YES if value >= LIKELY_FROM else Answer.NO if value < UNLIKELY_BELOW else Answer.PARTLY
    words = {Answer.YES: "expects a funded fork", Answer.NO: "expects no funded fork", Answer.PARTLY: "does not decide"}[answer]
    factor = f" The new license's network copyleft takes it times {fork_scale:g}." if fork_scale != 1 else ""
    sentence = f"The rubric gives {value:.2f} and {words} within a year; {_words(parts[0].feature)} weighs most.{factor}"
    return Finding(
        CONCEPT,
        answer,
        sentence,
        Basis.ASSUMED,
        value=value,
        unit="rubric value",
        evidence=evidence,
        caveats=CAVEATS,
        source_ids=rubric.source_ids,
    )


def _words(feature: str) -> str:
    return feature.replace("drop_in", "drop-in").replace("_", " ")


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
