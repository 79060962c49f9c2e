"""Answer checks: a learner's answer beside the expected one, and the first difference that helps, in a sentence."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

import pandas as pd

from openstrat.errors import did_you_mean
from openstrat.present import page


@dataclass(frozen=True)
class Feedback:
    """Whether an answer is right, and one sentence: praise, or the first useful difference."""

    is_correct: bool
    sentence: str

    def __str__(self) -> str:
        """Return the sentence."""
        return self.sentence

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> tuple[dict[str, Any], dict[str, Any]]:
        title, css = ("Right", "finding") if self.is_correct else ("Not yet", "warning")
        return page.callout(title, page.paragraph(self.sentence), css=f"feedback {css}")._repr_mimebundle_()


@dataclass(frozen=True)
class _Rules:
    key: str
    reasons: Mapping[Any, str]
    allowed: Sequence[str]
    tolerance: float

    def why(self, name: Any, given: Any) -> str:
        """Say why the expected value holds, when the learner gave a real answer."""
        is_answer = not _is_blank(given) and (not self.allowed or given in self.allowed)
        return f" {self.reasons[name]}" if is_answer and name in self.reasons else ""


def check_answer(
    given: object,
    expected: object,
    *,
    key: str = "",
    reasons: Mapping[Any, str] | None = None,
    allowed: Sequence[str] = (),
    tolerance: float = 1e-6,
) -> Feedback:
    """Return whether `given` is what was expected, and if not, the first difference worth fixing.

    Kind of answer first, then what is missing, then what is too much, then values in the order of `expected`.

    Parameters
    ----------
    given, expected
        Two frames, dicts, lists, numbers or texts.
    key
        For frames the column that names a row; for dicts what a key is called in the sentence, such as 'license'.
    reasons
        Why the expected value holds, by key; added to the sentence when that value is wrong.
    allowed
        Words an answer may use; another word is answered with the closest one.
    tolerance
        Largest relative difference of two numbers that count as equal.
    """
    problem = _difference(given, expected, _Rules(key, reasons or {}, allowed, tolerance))
    if problem:
        return Feedback(False, problem)
    return Feedback(True, f"All {len(expected)} are right." if isinstance(expected, (dict, list, pd.DataFrame)) else "That is right.")


def _difference(given: Any, expected: Any, rules: _Rules) -> str:
    kinds = {pd.DataFrame: "a table (DataFrame)", dict: "a dict", list: "a list"}
    for kind, name in kinds.items():
        if isinstance(expected, kind) and not isinstance(given, kind):
            return f"The answer should be {name}; yours is of type {type(given).__name__}."
    if isinstance(expected, pd.DataFrame):
        return _frame_difference(given, expected, rules)
    if isinstance(expected, dict):
        return _dict_difference(given, expected, rules)
    if isinstance(expected, list):
        return _list_difference(given, expected, rules.key or "item")
    return _value_difference(given, expected, rules)


def _dict_difference(given: dict[Any, Any], expected: dict[Any, Any], rules: _Rules) -> str:
    missing = [name for name in expected if name not in given]
    if missing:
        return f"One {rules.key or 'entry'} is missing: {missing[0]!r}.{_more(missing)}"
    extra = [name for name in given if name not in expected]
    if extra:
        return f"{extra[0]!r} is not asked for.{did_you_mean(extra[0], [str(name) for name in expected])}"
    wrong = {name: _value_difference(given[name], value, rules) for name, value in expected.items()}
    wrong = {name: said for name, said in wrong.items() if said}
    if not wrong:
        return ""
    name, said = next(iter(wrong.items()))
    right = len(expected) - len(wrong)
    opening = "Almost: for" if right * 2 > len(expected) else "For"
    return f"{opening} {name!r} {said}{rules.why(name, given[name])} ({right} of {len(expected)} right.)"


def _frame_difference(given: pd.DataFrame, expected: pd.DataFrame, rules: _Rules) -> str:
    missing = [column for column in expected.columns if column not in given.columns]
    if missing:
        return f"The column {missing[0]!r} is missing.{_more(missing)}"
    extra = [column for column in given.columns if column not in expected.columns]
    if extra:
        return f"The column {extra[0]!r} is not asked for.{_more(extra)}"
    names = list(given[rules.key])
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        return f"The row {twice!r} stands there more than once."
    mine, right = (frame.set_index(rules.key) for frame in (given, expected))
    for frame, other, said in ((right, mine, "is missing"), (mine, right, "is not asked for")):
        odd = [name for name in frame.index if name not in other.index]
        if odd:
            return f"The row {odd[0]!r} {said}.{_more(odd)}"
    for name in right.index:
        for column in right.columns:
            said = _value_difference(mine.at[name, column], right.at[name, column], rules)
            if said:
                return f"For {name!r}, column {column!r}, {said}{rules.why(name, mine.at[name, column])}"
    return ""


def _list_difference(given: list[Any], expected: list[Any], key: str) -> str:
    missing = [item for item in expected if item not in given]
    if missing:
        return f"One {key} is missing: {missing[0]!r}.{_more(missing)}"
    extra = [item for item in given if item not in expected]
    if extra:
        return f"{extra[0]!r} does not belong there.{_more(extra)}"
    if len(given) != len(expected):
        return f"The list has {len(given)} items; {len(expected)} were asked for. Look for a repeated one."
    place = next((number for number, (mine, right) in enumerate(zip(given, expected, strict=True)) if mine != right), None)
    return "" if place is None else f"The items are right, their order is not: look at place {place + 1}, {given[place]!r}."


def _value_difference(given: Any, expected: Any, rules: _Rules) -> str:
    """Say what is wrong with one value, as the end of a sentence; an empty string when nothing is."""
    if _is_blank(given):
        return "" if _is_blank(expected) else "there is no answer yet."
    is_number = isinstance(expected, Real) and not isinstance(expected, bool)
    if is_number and (isinstance(given, bool) or not isinstance(given, Real)):
        return f"a number is needed; {given!r} is of type {type(given).__name__}."
    if is_number:
        mine, right = float(given), float(expected)
        if math.isclose(mine, right, rel_tol=rules.tolerance, abs_tol=0.0 if right else rules.tolerance):
            return ""
        return f"you said {mine:,.6g}, which is too {'high' if mine > right else 'low'}."
    if rules.allowed and given not in rules.allowed:
        words = ", ".join(rules.allowed)
        return f"you said {given!r}, which is not one of the words.{did_you_mean(given, rules.allowed)} Use one of: {words}."
    same = isinstance(given, bool) == isinstance(expected, bool) and isinstance(given, (str, bool, tuple)) and given == expected
    return "" if same else f"you said {given!r}."


def _is_blank(value: Any) -> bool:
    return value is None or value is ... or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _more(names: list[Any]) -> str:
    return f" ({len(names) - 1} more after it.)" if len(names) > 1 else ""
