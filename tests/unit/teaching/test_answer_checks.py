"""What a learner hears: the first useful difference, one sentence."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.teaching import check_answer, check_spectrum, spectrum_solution

RIGHT = {"a": 1, "b": 2}
TABLE = pd.DataFrame({"id": ["x", "y"], "n": [1, 2]})


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"a": 1, "b": 2.0}, "All 2 are right."),
        ({"a": 1}, "One letter is missing: 'b'."),
        ({"a": 1, "b": 2, "c": 3}, "'c' is not asked for."),
        ({"a": 1, "b": 3}, "For 'b' you said 3, which is too high. (1 of 2 right.)"),
        ({"a": "1", "b": 2}, "For 'a' a number is needed; '1' is of type str. (1 of 2 right.)"),
        ({"a": None, "b": 2}, "For 'a' there is no answer yet. (1 of 2 right.)"),
        ([1, 2], "The answer should be a dict; yours is of type list."),
    ],
)
def test_dicts(given: object, says: str) -> None:
    assert str(check_answer(given, RIGHT, key="letter")) == says


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (TABLE, "All 2 are right."),
        (TABLE.iloc[::-1], "All 2 are right."),
        (TABLE.iloc[:1], "The row 'y' is missing."),
        (pd.concat([TABLE, pd.DataFrame({"id": ["z"], "n": [3]})]), "The row 'z' is not asked for."),
        (pd.concat([TABLE, TABLE]), "The row 'x' stands there more than once."),
        (TABLE.rename(columns={"n": "m"}), "The column 'n' is missing."),
        (TABLE.assign(n=[1, 1]), "For 'y', column 'n', you said 1, which is too low."),
    ],
)
def test_tables(given: pd.DataFrame, says: str) -> None:
    assert str(check_answer(given, TABLE, key="id")) == says


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["MIT", "ISC"], "All 2 are right."),
        (["MIT"], "One item is missing: 'ISC'."),
        (["MIT", "ISC", "BSD"], "'BSD' does not belong there."),
        (["MIT", "ISC", "MIT"], "The list has 3 items; 2 were asked for. Look for a repeated one."),
        (["ISC", "MIT"], "The items are right, their order is not: look at place 1, 'ISC'."),
    ],
)
def test_lists(given: list[str], says: str) -> None:
    assert str(check_answer(given, ["MIT", "ISC"])) == says


@pytest.mark.parametrize(("given", "is_correct"), [(0.3, True), (0.1 + 0.2, True), (0.31, False), (True, False), ("0.3", False)])
def test_numbers_compare_within_the_tolerance(given: object, is_correct: bool) -> None:
    assert check_answer(given, 0.3).is_correct is is_correct


def test_feedback_escapes_what_the_learner_wrote() -> None:
    data, _ = check_answer({"a": "<img src=x onerror=alert(1)>"}, {"a": "b"})._repr_mimebundle_()
    assert "<img" not in data["text/html"]


def solution() -> dict[str, str]:
    return {name: placed.level.value for name, placed in spectrum_solution().items()}


def test_the_levels_of_the_lesson_follow_from_the_tables() -> None:
    assert solution() == {
        "OLMo 7B": "fully_open",
        "Llama 4 Maverick": "open_weights",
        "Command R 35B": "open_weights",
        "Terraform": "source_available",
        "GPT-4": "closed",
    }
    assert check_spectrum(solution()).is_correct


def test_a_wrong_level_is_answered_with_the_clause_not_with_the_solution() -> None:
    said = check_spectrum(solution() | {"Llama 4 Maverick": "fully_open"}).sentence
    assert "'Llama 4 Maverick' you said 'fully_open'" in said
    assert "scale gate" in said
    assert "open_weights" not in said


def test_a_misspelt_level_is_answered_with_the_closest_word() -> None:
    assert "Did you mean 'open_weights'?" in check_spectrum(solution() | {"Llama 4 Maverick": "open weights"}).sentence
