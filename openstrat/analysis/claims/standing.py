"""How a claim stands: by its test, by evidence with a sample, by a counter-example; never by counting votes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from openstrat.terms import Term

MANY = "many_cases"
"""Reach of evidence that can stand up to a test of a tendency: a study or count over many cases, not one case."""
CHECKED = ("published", "measured")
"""Marks of evidence that counts for a verdict; surveys by vendors and unverified statements are shown and do not."""


class Standing(Term):
    """How a claim stands."""

    SUPPORTED = "supported", "The test's whole interval lies where the claim needs it, and nothing over many cases speaks against it."
    CONTRADICTED = "contradicted", "The whole interval lies on the other side, or a checked case breaks a claim made for every case."
    MIXED = "mixed", "Tests or checked evidence point both ways."
    UNDECIDED = (
        "undecided",
        "The interval holds the line between yes and no, or what can be counted would not be enough: open on these data.",
    )
    NOT_TESTABLE = "not_testable", "No table here can test it, and checked evidence does not stand on both sides."


class ClaimForm(Term):
    """What a claim says of how many cases."""

    TENDENCY = "tendency", "It says what mostly happens; single cases do not overturn it."
    EVERY_CASE = "every_case", "It knows no exception, so one checked case against it contradicts it."


RULE = (
    "A claim without exceptions is contradicted by one checked case against it. Otherwise a test decides when its whole interval lies "
    "on one side of the line; checked evidence over many cases on the other side makes it mixed, single cases do not. A test whose "
    "interval holds the line, or that counts what is needed but not enough, leaves the claim undecided. Without a test, checked "
    "evidence on both sides makes a claim mixed; on one side only it stays not testable here, because the curators chose what they "
    "collected. Surveys by vendors, unverified statements and facts that the test counts itself are shown and do not count."
)
OPPOSITE = {Standing.SUPPORTED: "against", Standing.CONTRADICTED: "for"}


def stand(form: ClaimForm, tested: Standing | None, evidence: Iterable[Mapping[Any, Any]]) -> tuple[Standing, str]:
    """Return how a claim stands and why, by `RULE`.

    Parameters
    ----------
    form
        Whether the claim allows exceptions.
    tested
        What its test came to; None without a test.
    evidence
        Rows with the keys stance (for, against, context), mark, reach (one_case, many_cases), is_in_test and statement.
    """
    checked = [row for row in evidence if row["mark"] in CHECKED and not (tested and row["is_in_test"])]
    sides = {side: [row for row in checked if row["stance"] == side] for side in ("for", "against")}
    if form == ClaimForm.EVERY_CASE and (sides["against"] or tested == Standing.CONTRADICTED):
        case = f": {sides['against'][0]['statement']}" if sides["against"] else "."
        return Standing.CONTRADICTED, f"It is said of every case, and a checked one stands against it{case}"
    if tested is not None and tested != Standing.NOT_TESTABLE:
        return _by_test(tested, sides)
    if sides["for"] and sides["against"]:
        return Standing.MIXED, "There is no test, and checked evidence stands on both sides."
    return Standing.NOT_TESTABLE, _one_sided(len(sides["for"]), len(sides["against"]))


def _by_test(tested: Standing, sides: Mapping[str, list[Mapping[Any, Any]]]) -> tuple[Standing, str]:
    if tested not in OPPOSITE:
        open_ones = {
            Standing.UNDECIDED: "The test leaves it open: its interval holds the line between yes and no.",
            Standing.MIXED: "The readings of the test point both ways.",
        }
        return tested, open_ones[tested]
    if any(row["reach"] == MANY for row in sides[OPPOSITE[tested]]):
        return Standing.MIXED, f"The test says {tested.label}, but evidence over many cases stands on the other side."
    return tested, "The whole interval of the test lies on one side of the line."


def _one_sided(n_for: int, n_against: int) -> str:
    if not n_for and not n_against:
        return "There is no test, and no checked evidence bears on it."
    side, n = ("for", n_for) if n_for else ("against", n_against)
    return f"There is no test; {n} checked {'fact stands' if n == 1 else 'facts stand'} {side} it, none on the other side."
