"""Historical decisions with their outcomes: what a model of fork risk must be able to say about the past."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, ValidationError

from openstrat import resources
from openstrat.cases.records import Positive, Record, Sentence, Slug
from openstrat.cases.schema import ForkInputs
from openstrat.collect.documents import load_yaml
from openstrat.errors import CaseError

PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]


class Observation(Record):
    """One thing that was seen afterwards: a figure with its period, or a finding in words."""

    what: Sentence
    when: str | None = None
    value: float | None = None
    finding: Sentence | None = None


class Backtest(Record):
    """One historical license decision: inputs on the fork rubric's scales, what happened, what must be said in hindsight."""

    id: Slug
    license_change_id: Slug | None = Field(default=None, description="The change in the license_changes table; absent when none was made.")
    group: Literal["core", "held_out"] = Field(description="'core' inputs shaped the rubric; 'held_out' ones did not.")
    decided_on: PartialDate | None = None
    decision: Sentence | None = None
    alternatives: list[Sentence] = Field(default_factory=list)
    fork_inputs: ForkInputs | None = None
    fork_scale: Positive = 1.0
    funded_fork_in_12_months: bool | None = None
    observed: list[Observation] = Field(default_factory=list)
    must_retrodict: list[Sentence] = Field(default_factory=list)
    sources: list[Sentence] = Field(default_factory=list)
    caveat: Sentence | None = None


class Backtests(Record):
    """The whole file, with the caveat that goes with it."""

    note: Sentence
    backtests: list[Backtest]


def load_backtests(path: Path | None = None) -> Backtests:
    """Return the historical back-tests, from the shipped file unless another is given.

    Raises
    ------
    CaseError
        If the file does not fit the schema.
    """
    path = path or resources.data_path("cases", "backtests.yaml")
    try:
        return Backtests.model_validate_json(json.dumps(load_yaml(path)))
    except ValidationError as error:
        raise CaseError(f"{path.name}: {error.error_count()} problems. First: {error.errors()[0]}") from None
