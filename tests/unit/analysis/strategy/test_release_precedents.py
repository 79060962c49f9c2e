"""Which license steps of model families are nearest to a planned release, and what the family did next."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from openstrat.analysis.strategy.release_precedents import ReleaseFeatures, nearest_releases
from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import OpennessLevel

TODAY = dt.date(2026, 8, 26)
FAMILIES = {"MIT": "permissive", "Own-1": "custom_ai", "Own-2": "custom_ai", "Study": "non_commercial"}
LEVELS = {"MIT": "fully_open", "Own-1": "open_weights", "Own-2": "open_weights", "Study": "undetermined"}

#        family   changed_on    before    after    direction
STEPS = [("Ash",  "2024-05",    "Own-1",  "MIT",   "open"),
         ("Ash",  "2025-03-01", "MIT",    "Own-2", "restrict"),
         ("Birch", "2025-06-10", None,    "MIT",   "new"),
         ("Cedar", "2025",       "Study", "MIT",   "open"),
         ("Elm",  None,         "Own-1",  "MIT",   "open")]  # fmt: skip


def nearest(*, as_of: dt.date = TODAY, most: int = 5, **features: str) -> pd.DataFrame:
    frame = pd.DataFrame(STEPS, columns=["family", "changed_on", "license_before", "license_after", "direction"])
    history = frame.assign(artifact=frame["family"] + " model", confidence="verified", source_ids="list")
    found = nearest_releases(
        ReleaseFeatures(**features), history, families=FAMILIES, level_of=lambda name: OpennessLevel(LEVELS[name]), as_of=as_of, most=most
    )
    return found.set_index("artifact")


def test_distance_is_the_share_of_known_features_that_differ() -> None:
    found = nearest(level_before="open_weights", level_after="fully_open", family_before="custom_ai", family_after="permissive")
    rows = [(name, round(row["distance"], 2), row["n_features"]) for name, row in found.iterrows()]
    assert rows == [("Ash model", 0.0, 4), ("Birch model", 0.33, 3), ("Cedar model", 0.33, 3), ("Ash model", 1.0, 4)]
    assert found["differed"].iloc[1] == "level before: closed, not open weights"


def test_a_first_license_counts_as_nothing_delivered_before() -> None:
    found = nearest(level_before="closed", level_after="fully_open")
    assert found.index[0] == "Birch model"
    assert found["differed"].tolist()[0] == ""
    assert found.iloc[0]["matched"] == "level before: closed; level after: fully open"


def test_an_undetermined_level_is_not_compared() -> None:
    found = nearest(level_before="open_weights", level_after="fully_open")
    assert found.loc["Cedar model", "n_features"] == 1
    assert found.index[:2].tolist() == ["Ash model", "Cedar model"]  # both at 0; more features known first


def test_the_next_step_names_this_license_as_the_one_before() -> None:
    found = nearest(family_after="permissive").loc[["Ash model", "Birch model"]]
    first = found[found["license_after"] == "MIT"].loc["Ash model"]
    assert first[["next_on", "next_license", "next_direction"]].tolist() == ["2025-03-01", "Own-2", "restrict"]
    assert pd.isna(found.loc["Birch model", "next_on"])


def test_undated_and_later_steps_are_left_out() -> None:
    assert "Elm model" not in nearest(family_after="permissive").index
    then = nearest(family_after="permissive", as_of=dt.date(2025, 2, 28))
    assert then.index.tolist() == ["Ash model"]
    assert pd.isna(then.iloc[0]["next_on"])


def test_ties_are_marked_also_when_one_is_cut_off() -> None:
    found = nearest(family_after="permissive", most=1)
    assert found["is_tie"].tolist() == [True]
    assert nearest(family_after="permissive", as_of=dt.date(2020, 1, 1)).empty


def test_features_need_known_words_and_at_least_one() -> None:
    with pytest.raises(UnknownNameError, match="Unknown level after 'opn'"):
        ReleaseFeatures(level_after="opn")
    with pytest.raises(InputError, match="at least one feature"):
        ReleaseFeatures()
    with pytest.raises(InputError, match="at least 1 precedent"):
        nearest(family_after="permissive", most=0)
