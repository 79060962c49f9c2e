"""Class ranges in the Model Openness Framework."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.releases.completeness import Completeness, completeness
from openstrat.tables.store import read_table


def complete(release_id: str, components: pd.DataFrame | None = None) -> Completeness:
    rows = read_table("release_components") if components is None else components
    return completeness(release_id, rows, read_table("mof_components"), read_table("mof_licenses"))


def by_hand(**parts: tuple[str, str | None]) -> pd.DataFrame:
    rows = [{"release_id": "by-hand", "component": name, "status": status, "license_id": given} for name, (status, given) in parts.items()]
    return pd.DataFrame(rows)


def test_a_record_of_everything_gives_one_class() -> None:
    found = complete("olmo-7b")
    assert (found.low.mof_class, found.high.mof_class, found.is_open_model) == (1, 1, True)


def test_unknown_parts_give_a_range_and_are_not_called_missing() -> None:
    found = complete("apertus-70b")
    assert found.low.mof_class == 0
    assert found.high.mof_class == 1
    assert found.is_open_model is None
    assert found.n_known + len(found.unknown) == found.n_components == 17


def test_a_part_held_back_is_known_and_bounds_the_best_case() -> None:
    found = complete("by-hand", by_hand(weights=("closed", None)))
    assert (found.n_known, found.high.mof_class, found.is_open_model) == (1, 0, False)


def test_a_delivered_part_without_a_named_license_is_unknown() -> None:
    assert complete("by-hand", by_hand(weights=("open", None))).n_known == 0
    assert complete("by-hand", by_hand(weights=("open", "MIT"))).n_known == 1


def test_restricted_weights_never_reach_a_class() -> None:
    assert complete("llama-4-maverick").high.mof_class == 0
