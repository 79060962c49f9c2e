"""How a claim stands: by its test, by evidence over many cases, by a counter-example, never by votes."""

from __future__ import annotations

import pytest

from openstrat.analysis.claims.standing import ClaimForm, Standing, stand

MOST, EVERY = ClaimForm.TENDENCY, ClaimForm.EVERY_CASE


def fact(stance: str, *, mark: str = "published", reach: str = "one_case", is_in_test: bool = False) -> dict[str, object]:
    return {"stance": stance, "mark": mark, "reach": reach, "is_in_test": is_in_test, "statement": "It happened."}


@pytest.mark.parametrize(
    ("form", "tested", "evidence", "expected"),
    [
        (MOST, Standing.SUPPORTED, [fact("against")], Standing.SUPPORTED),  # one case does not overturn a tendency
        (MOST, Standing.SUPPORTED, [fact("against", reach="many_cases")], Standing.MIXED),
        (MOST, Standing.CONTRADICTED, [fact("for", reach="many_cases")], Standing.MIXED),
        (MOST, Standing.CONTRADICTED, [fact("against", reach="many_cases")], Standing.CONTRADICTED),
        (MOST, Standing.SUPPORTED, [fact("against", reach="many_cases", mark="vendor_survey")], Standing.SUPPORTED),
        (MOST, Standing.SUPPORTED, [fact("against", reach="many_cases", is_in_test=True)], Standing.SUPPORTED),
        (MOST, Standing.UNDECIDED, [fact("for")] * 9, Standing.UNDECIDED),  # nine facts do not break a tie
        (MOST, Standing.MIXED, [], Standing.MIXED),
        (MOST, None, [fact("for"), fact("against")], Standing.MIXED),
        (MOST, None, [fact("for")] * 9, Standing.NOT_TESTABLE),  # nobody knows what was not collected
        (MOST, None, [fact("for"), fact("against", mark="unverified")], Standing.NOT_TESTABLE),
        (MOST, Standing.NOT_TESTABLE, [fact("for"), fact("against")], Standing.MIXED),
        (MOST, None, [], Standing.NOT_TESTABLE),
        (EVERY, None, [fact("for"), fact("against")], Standing.CONTRADICTED),
        (EVERY, None, [fact("against", mark="unverified")], Standing.NOT_TESTABLE),
        (EVERY, Standing.CONTRADICTED, [], Standing.CONTRADICTED),
    ],
)
def test_rule(form: ClaimForm, tested: Standing | None, evidence: list[dict[str, object]], expected: Standing) -> None:
    assert stand(form, tested, evidence)[0] == expected


def test_a_counter_example_is_named() -> None:
    assert stand(EVERY, None, [fact("against")])[1] == "It is said of every case, and a checked one stands against it: It happened."
    assert stand(MOST, None, [fact("for")])[1] == "There is no test; 1 checked fact stands for it, none on the other side."
