"""What is left of each moat once a competitor has everything that was opened (concepts MO1 to MO5, CK4)."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.strategy.checklist_fork import MOAT_PASSES_FROM, REMAINS_FROM
from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.errors import InputError
from openstrat.tables.cells import split_list
from openstrat.terms import Layer, Term, read_term

CONCEPT = "CK4"


class MoatState(Term):
    """What a fork would leave of a moat."""

    LEFT = "left", "Its test holds at least in part, and no layer that carries it is opened."
    GONE = "gone", "A layer that carries it is opened: the fork has it too."
    WEAK = "absent", "Its test does not hold today, so there is nothing to lose."
    UNKNOWN = "not_tested", "Facts are missing that its test needs."


@dataclass(frozen=True)
class MoatLeft:
    """One moat before and after a fork: score of its test from `low` to `high` (0 to 1), what carries it, what of that is opened.

    The ends of the score differ where a fact is missing. `after_low` and `after_high` are 0 where the moat is gone.
    """

    moat: str
    name: str
    state: MoatState
    low: float
    high: float
    after_low: float
    after_high: float
    carried_by: tuple[Layer, ...]
    opened: tuple[Layer, ...]
    why: str


def scores_of_moats(moats: Mapping[str, float | None] | Iterable[Finding]) -> dict[str, tuple[float, float]]:
    """Return the lowest and highest score of each moat by concept id, from plain scores or from findings.

    A score that is not known lies between 0 and 1; a finding may narrow that by its low and high.

    Raises
    ------
    InputError
        If a score is not between 0 and 1.
    """
    if isinstance(moats, Mapping):
        given = {name: (0.0, 1.0) if value is None else (float(value), float(value)) for name, value in moats.items()}
    else:
        given = {item.concept_id: _ends(item) for item in moats}
    for name, (low, high) in given.items():
        if not 0 <= low <= high <= 1:
            raise InputError(f"Moat {name}: {low} to {high} is not between 0 and 1. Give the score of its test: 0, .5 or 1.")
    return given


def what_is_left(
    table: pd.DataFrame,
    moats: Mapping[str, float | None] | Iterable[Finding],
    opened: Collection[Layer],
    described: Collection[Layer] | None = None,
) -> tuple[MoatLeft, ...]:
    """Return what is left of each moat, in the order of the table.

    A moat is gone when any layer that carries it is opened, under whatever license: the fork starts with it. The table moats says
    which layers carry which moat; one that no layer carries is not lost by opening. A moat without a score was not tested.
    `described` are the layers that the case has; None: all that carry a moat.

    Raises
    ------
    InputError
        If a score is not between 0 and 1.
    """
    scores = scores_of_moats(moats)
    known = set(Layer) if described is None else set(described)
    return tuple(_left(row, scores.get(str(row["concept_id"]), (0.0, 1.0)), opened, known) for row in table.to_dict("records"))


def survives(
    left: Iterable[MoatLeft], *, npv_under_clone: float | None, npv_tomorrow: float | None = None, loss_accepted: bool = False
) -> Finding:
    """Return whether the option outlives a better-funded fork (concept CK4): two moats left, and a value that is not negative.

    `npv_under_clone` is the mean value of the option in the future in which a large host clones it, `npv_tomorrow` with the fork there
    from the first day, USD million; None: not computed. `loss_accepted` says that somebody accepted a loss in writing.
    """
    moats = tuple(left)
    count = {state: [item for item in moats if item.state == state] for state in MoatState}
    n_left, n_open = len(count[MoatState.LEFT]), len(count[MoatState.UNKNOWN])
    evidence = tuple(f"{item.moat} {item.name}: {item.state.label}. {item.why}" for item in moats)
    asks = tuple(f"the test of {item.moat} ({item.name.lower()})" for item in count[MoatState.UNKNOWN])
    enough = _enough(n_left, n_open)
    worth = {"under a clone": npv_under_clone, "with the fork there tomorrow": npv_tomorrow}
    losses = [f"a mean value of USD {_amount(value)} million {when}" for when, value in worth.items() if value is not None and value < 0]
    pays = None if npv_under_clone is None else not losses or loss_accepted
    if enough is False or pays is False:
        reasons = [f"at most {n_left + n_open} of the {REMAINS_FROM} moats needed"] if enough is False else []
        reasons += losses if pays is False else []
        return _finding(Answer.NO, f"It would not survive such a fork as it stands: {' and '.join(reasons)}.", n_left, n_open, evidence)
    if enough and pays:
        return _finding(Answer.YES, f"{n_left} moats are left, and {_not_negative(losses)}.", n_left, 0, evidence)
    if enough is None:
        return unknown(CONCEPT, asks or ("the tests of the moats",))
    missing = "what it is worth under a clone was not computed"
    return _finding(Answer.PARTLY, f"{n_left} moats are left; {missing}.", n_left, n_open, evidence)


def _amount(value: float) -> str:
    shown = f"{value:,.0f}" if abs(value) >= 20 else f"{value:.1f}" if abs(value) >= 0.05 else f"{value:.1g}"
    return shown.replace("-", "−")


def _not_negative(losses: list[str]) -> str:
    return "a loss is accepted in writing" if losses else "the mean value with the fork is zero or more"


def _enough(n_left: int, n_open: int) -> bool | None:
    if n_left >= REMAINS_FROM:
        return True
    return False if n_left + n_open < REMAINS_FROM else None


def _finding(answer: Answer, sentence: str, low: int, n_open: int, evidence: tuple[str, ...]) -> Finding:
    return Finding(CONCEPT, answer, sentence, Basis.STATED, low, low, low + n_open, unit="moats left", evidence=evidence)


def _ends(finding: Finding) -> tuple[float, float]:
    if finding.value is not None:
        return finding.value, finding.value
    return 0.0 if finding.low is None else finding.low, 1.0 if finding.high is None else finding.high


def _left(row: Mapping[Hashable, object], score: tuple[float, float], opened: Collection[Layer], described: Collection[Layer]) -> MoatLeft:
    carried = tuple(read_term(Layer, name) for name in split_list(row["dies_when"]))
    gone = tuple(layer for layer in carried if layer in opened)
    low, high = score
    if high < MOAT_PASSES_FROM:
        state, after = MoatState.WEAK, score
    elif gone:
        state, after = MoatState.GONE, (0.0, 0.0)
    else:
        state, after = MoatState.LEFT if low >= MOAT_PASSES_FROM else MoatState.UNKNOWN, score
    return MoatLeft(str(row["concept_id"]), str(row["name"]), state, low, high, *after, carried, gone, _why(row, carried, gone, described))


def _why(row: Mapping[Hashable, object], carried: tuple[Layer, ...], gone: tuple[Layer, ...], described: Collection[Layer]) -> str:
    if gone:
        return f"Opened: {', '.join(layer.label for layer in gone)}. {row['why_it_dies']}"
    held = [layer.label for layer in carried if layer in described]
    if held:
        return f"Carried by {' and '.join(held)}, not opened here."
    if carried:
        return f"Carried by {' or '.join(layer.label for layer in carried)}, which the case does not describe."
    return str(row["why_it_dies"])
