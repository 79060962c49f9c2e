"""Every component of the framework with what became of it in one release: the rows of a picture."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import pandas as pd

from openstrat.analysis.releases.mof.result import CountedLicense, MofResult, Verdict
from openstrat.terms import Term

COLUMNS = ["mof_class", "component", "is_required", "state", "license"]


class PartState(Term):
    """What became of one component in the eyes of the framework."""

    OPEN = "open", "Delivered under a license that the framework counts as open."
    STOOD_IN = "stood_in", "Not delivered and not needed: an open paper takes its place."
    INVALID = "invalid", "Delivered under a license that the framework does not count as open."
    UNLICENSED = "unlicensed", "Published, but no license comes with it."
    MISSING = "missing", "Not delivered."
    UNKNOWN = "unknown", "Nothing is known of it, or not its license."


if TYPE_CHECKING:
    Counted = dict[str, CountedLicense]

STATES = {Verdict.OPEN: PartState.OPEN, Verdict.INVALID: PartState.INVALID, Verdict.UNLICENSED: PartState.UNLICENSED}


def part_states(result: MofResult, components: pd.DataFrame, *, unknown: Collection[str] = ()) -> pd.DataFrame:
    """Return one row a component, by the class that first looks at it (III, II, I) and then in the framework's order.

    Columns: mof_class, component (the framework's name), is_required, state (a value of `PartState`), license (blank: none).

    Parameters
    ----------
    result
        What an evaluation returned; unknown components count as missing in it.
    components
        The table mof_components.
    unknown
        Names of components that are not known, in the framework's words.
    """
    counted = {item.component: item for item in result.licenses}
    ordered = components.sort_values(["mof_class", "position"], ascending=[False, True])
    rows = []
    for part in ordered.to_dict("records"):
        name, is_required = str(part["name"]), bool(part["is_required"])
        state = _state(name, counted, result, is_required=is_required, is_unknown=name in unknown)
        license_name = counted[name].license if state in (PartState.OPEN, PartState.INVALID) else None
        rows.append((int(part["mof_class"]), name, is_required, state.value, license_name))
    return pd.DataFrame(rows, columns=COLUMNS)


def _state(name: str, counted: Counted, result: MofResult, *, is_required: bool, is_unknown: bool) -> PartState:
    if name in counted:
        return STATES[counted[name].verdict]
    if is_required and name not in result.classes[-1].missing:
        return PartState.STOOD_IN
    return PartState.UNKNOWN if is_unknown else PartState.MISSING
