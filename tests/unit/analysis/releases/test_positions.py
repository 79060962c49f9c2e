"""The release rule: from rows made by hand, and on the releases of the table."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.releases.positions import PlacedComponent, ReleasePosition, decide, place_release, release_positions
from openstrat.errors import UnknownNameError
from openstrat.tables.release_vocabulary import Grade
from openstrat.tables.store import read_table
from openstrat.terms import Component, OpennessLevel, Restriction

OPEN, WEIGHTS_ONLY, CLOSED, UNKNOWN = (
    OpennessLevel.FULLY_OPEN,
    OpennessLevel.OPEN_WEIGHTS,
    OpennessLevel.CLOSED,
    OpennessLevel.UNDETERMINED,
)
SOURCE_AVAILABLE = OpennessLevel.SOURCE_AVAILABLE
PARTS = [Component.WEIGHTS, Component.ARCHITECTURE, Component.INFERENCE_CODE, Component.TRAINING_CODE, Component.TRAINING_DATA]
OPENNESS_OF_RELEASES = [CLOSED, WEIGHTS_ONLY, UNKNOWN, "c", "b", "a"]
"""From closed to grade a; undetermined stands where the best that it can turn into has not been reached yet."""


def parts_at(*levels: OpennessLevel) -> list[PlacedComponent]:
    return [
        PlacedComponent(component, level, "By hand.", license_id="LicenseRef-Test") for component, level in zip(PARTS, levels, strict=False)
    ]


def decided(*levels: OpennessLevel) -> ReleasePosition:
    return decide("by-hand", parts_at(*levels))


def placed(release_id: str, *, with_run_code: bool = True) -> ReleasePosition:
    run_code = read_table("run_code") if with_run_code else None
    return place_release(
        release_id, read_table("release_components"), read_table("license_terms"), read_table("licenses"), run_code=run_code
    )


def row(component: str, status: str, license_id: str | None) -> dict[str, object]:
    kinds = {"weights": "weights", "training_data": "data"}
    return {
        "release_id": "by-hand",
        "component": component,
        "asset": kinds.get(component, "code"),
        "status": status,
        "license_id": license_id,
        "license_basis": "component" if license_id else "none_recorded",
        "source_ids": "by-hand-source",
    }


def place_rows(*rows: dict[str, object], run_code: pd.DataFrame | None = None) -> ReleasePosition:
    return place_release("by-hand", pd.DataFrame(rows), read_table("license_terms"), read_table("licenses"), run_code=run_code)


# weights       architecture  inference code    level of the release
RULE = [
    (OPEN, OPEN, OPEN, OPEN),
    (CLOSED, OPEN, OPEN, CLOSED),
    (CLOSED, SOURCE_AVAILABLE, UNKNOWN, CLOSED),
    (WEIGHTS_ONLY, OPEN, OPEN, WEIGHTS_ONLY),
    (OPEN, SOURCE_AVAILABLE, OPEN, WEIGHTS_ONLY),
    (OPEN, OPEN, CLOSED, WEIGHTS_ONLY),
    (OPEN, UNKNOWN, SOURCE_AVAILABLE, WEIGHTS_ONLY),
    (UNKNOWN, OPEN, OPEN, UNKNOWN),
    (OPEN, OPEN, UNKNOWN, UNKNOWN),
]


@pytest.mark.parametrize(("weights", "architecture", "code", "expected"), RULE)
def test_the_run_critical_parts_decide_the_level(
    weights: OpennessLevel, architecture: OpennessLevel, code: OpennessLevel, expected: OpennessLevel
) -> None:
    assert decided(weights, architecture, code).level == expected


@pytest.mark.parametrize(
    ("training_code", "training_data", "grade", "at_most"),
    [
        (CLOSED, CLOSED, "c", "c"),
        (OPEN, CLOSED, "b", "b"),
        (OPEN, OPEN, "a", "a"),
        (CLOSED, OPEN, "c", "c"),
        (SOURCE_AVAILABLE, OPEN, "c", "c"),
        (OPEN, UNKNOWN, "b", "a"),
        (UNKNOWN, UNKNOWN, "c", "a"),
    ],
)
def test_training_code_and_then_data_raise_the_grade(
    training_code: OpennessLevel, training_data: OpennessLevel, grade: str, at_most: str
) -> None:
    position = decided(OPEN, OPEN, OPEN, training_code, training_data)
    assert (position.grade, position.grade_at_most) == (grade, at_most)


def test_training_parts_never_lift_a_release_that_is_not_fully_open() -> None:
    position = decided(WEIGHTS_ONLY, OPEN, OPEN, OPEN, OPEN)
    assert (position.level, position.grade) == (WEIGHTS_ONLY, None)


def test_a_component_that_nobody_recorded_counts_as_unknown() -> None:
    position = decided(OPEN)
    assert position.level == UNKNOWN
    assert position.unknown == (Component.ARCHITECTURE, Component.INFERENCE_CODE)


def test_an_undetermined_release_says_between_what() -> None:
    position = decided(OPEN, OPEN, UNKNOWN)
    assert (position.lowest, position.highest, position.grade_at_most) == (WEIGHTS_ONLY, OPEN, "c")


def test_weights_whose_license_nobody_names_may_turn_out_closed() -> None:
    position = place_rows(row("weights", "open", None), row("architecture", "open", "MIT"), row("inference_code", "open", "MIT"))
    assert (position.level, position.lowest, position.highest) == (UNKNOWN, CLOSED, OPEN)


@given(
    levels=st.tuples(*[st.sampled_from([OPEN, UNKNOWN, SOURCE_AVAILABLE, CLOSED])] * len(PARTS)),
    place=st.integers(0, len(PARTS) - 1),
    steps=st.integers(1, 3),
)
def test_more_restrictive_terms_for_one_part_never_raise_level_or_grade(levels: tuple[OpennessLevel, ...], place: int, steps: int) -> None:
    scale = [OPEN, UNKNOWN, SOURCE_AVAILABLE, CLOSED]
    tighter = list(levels)
    tighter[place] = scale[min(scale.index(levels[place]) + steps, len(scale) - 1)]
    assert rank(decided(*tighter)) <= rank(decided(*levels))


def rank(position: ReleasePosition) -> int:
    return OPENNESS_OF_RELEASES.index(position.grade.value if position.grade else position.level)


@given(st.permutations(PARTS))
def test_the_order_of_the_parts_does_not_matter(order: list[Component]) -> None:
    parts = {part.component: part for part in parts_at(OPEN, OPEN, OPEN, OPEN, UNKNOWN)}
    position = decide("by-hand", [parts[component] for component in order])
    assert (position.level, position.grade, position.unknown) == (OPEN, Grade.B, (Component.TRAINING_DATA,))


def test_run_code_by_others_counts_and_is_named() -> None:
    library = pd.DataFrame(
        [
            {
                "release_id": "by-hand",
                "implementation": "a/library",
                "provider": "others",
                "components": "architecture; inference_code",
                "license_id": "Apache-2.0",
                "source_ids": "by-hand-source",
            }
        ]
    )
    weights = row("weights", "open", "MIT")
    assert place_rows(weights).level == UNKNOWN
    position = place_rows(weights, run_code=library)
    assert (position.level, position.grade) == (OPEN, Grade.C)
    assert "a/library, made by others" in position.reason


def test_run_code_under_restrictive_terms_changes_nothing() -> None:
    barred = pd.DataFrame(
        [
            {
                "release_id": "by-hand",
                "implementation": "a/library",
                "provider": "others",
                "components": "architecture; inference_code",
                "license_id": "BUSL-1.1",
                "source_ids": "by-hand-source",
            }
        ]
    )
    assert place_rows(row("weights", "open", "MIT"), run_code=barred).level == UNKNOWN


def test_a_part_that_was_delivered_in_part_is_not_called_open() -> None:
    position = place_rows(row("weights", "open", "MIT"), row("architecture", "open", "MIT"), row("inference_code", "partial", "MIT"))
    assert position.level == UNKNOWN


def test_run_code_published_without_a_license_leaves_open_weights() -> None:
    position = place_rows(
        row("weights", "open", "MIT"), row("architecture", "open", "MIT"), row("inference_code", "published_without_license", None)
    )
    assert (position.level, position.limiting) == (WEIGHTS_ONLY, (Component.INFERENCE_CODE,))


# Worked by hand from the records: license of the weights, what is recorded of run code, training code and data.
RELEASES = [
    ("olmo-7b", OPEN, "a"),  # Apache-2.0 throughout, the training data under ODC-By-1.0
    ("amber-7b", OPEN, "a"),  # Apache-2.0 throughout, MIT stated for the data
    ("pythia-12b", OPEN, "b"),  # Apache-2.0 for the whole; nothing is stated for the data
    ("olmo-2-32b", OPEN, "b"),  # data published, license not named
    ("jamba-v0-1", OPEN, "b"),  # Apache-2.0 with training code, no data
    ("mistral-7b-v0-1", OPEN, "c"),  # Apache-2.0, run code in the publisher's own repository
    ("deepseek-r1", OPEN, "c"),  # MIT
    ("deepseek-v3", WEIGHTS_ONLY, None),  # use policy and output duty, code MIT
    ("llama-4-maverick", WEIGHTS_ONLY, None),
    ("kimi-k2", OPEN, "c"),  # a display duty bounds nobody
    ("gpt-4", CLOSED, None),
    ("muse-spark", CLOSED, None),
]


@pytest.mark.parametrize(("release_id", "level", "grade"), RELEASES)
def test_known_releases_sit_where_their_records_put_them(release_id: str, level: OpennessLevel, grade: str | None) -> None:
    position = placed(release_id)
    assert (position.level, position.grade) == (level, grade)


def test_llama_4_is_held_down_by_a_size_limit_a_duty_on_outputs_a_policy_and_a_region() -> None:
    position = placed("llama-4-maverick")
    expected = (Restriction.SCALE_GATE, Restriction.OUTPUT_DUTY, Restriction.USE_POLICY, Restriction.TERRITORY)
    assert position.restrictions == expected
    assert "700M MAU" in position.reason
    assert position.component(Component.WEIGHTS).license_id == "LicenseRef-Llama-4"


def test_open_code_does_not_lift_restricted_weights() -> None:
    position = placed("deepseek-v3")
    assert position.component(Component.INFERENCE_CODE).level == OPEN
    assert position.limiting == (Component.WEIGHTS,)


def test_mistral_7b_is_undetermined_by_its_record_alone() -> None:
    position = placed("mistral-7b-v0-1", with_run_code=False)
    assert (position.level, position.unknown) == (UNKNOWN, (Component.INFERENCE_CODE,))


def test_every_answer_has_a_reason_and_a_source() -> None:
    table = shipped_positions()
    assert table["reason"].str.len().gt(20).all()
    assert table["source_ids"].str.len().gt(0).all()


def test_a_license_for_the_whole_distribution_counts_for_code_and_not_for_collected_data() -> None:
    position = placed("gpt-neox-20b")
    assert (position.grade, position.grade_at_most, position.unknown) == ("b", "a", (Component.TRAINING_DATA,))
    assert "may not reach data that was collected from others" in position.reason
    assert "the license of weights, architecture, inference code, training code." in position.reason


def test_data_that_could_not_raise_the_grade_is_no_open_question() -> None:
    position = decided(OPEN, OPEN, OPEN, CLOSED, UNKNOWN)
    assert (position.grade, position.grade_at_most, position.unknown) == ("c", "c", ())


def test_a_license_stated_for_each_part_is_not_said_to_be_stated_for_the_whole() -> None:
    assert "whole distribution" not in placed("jamba-v0-1").reason


def test_of_57_releases_29_are_fully_open_and_2_of_them_with_code_and_data() -> None:
    table = shipped_positions()
    assert len(table) == 57
    assert table["grade"].value_counts().to_dict() == {"c": 23, "a": 2, "b": 4}
    assert set(table.loc[table["grade"] == "a", "release_id"]) == {"amber-7b", "olmo-7b"}
    assert set(table.loc[table["level"] == "closed", "release_id"]) == {"gpt-4", "muse-spark"}


def shipped_positions() -> pd.DataFrame:
    names = ("releases", "release_components", "license_terms", "licenses")
    return release_positions(*(read_table(name) for name in names), run_code=read_table("run_code"))


def test_an_unknown_release_is_refused_with_a_suggestion() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'olmo-7b'"):
        placed("olmo7b")
