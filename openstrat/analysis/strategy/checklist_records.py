"""What the go-open checklist reads and returns: facts of an option, what each answer is worth, the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from openstrat.analysis.strategy.moat_losses import MoatLoss
from openstrat.analysis.strategy.moats import MoatTest
from openstrat.terms import Layer, Term


class AnswerState(Term):
    """What an answer is worth; a missing one is not an unclean one."""

    CLEAN = "clean", "Answered, and nothing speaks against it."
    UNCLEAN = "unclean", "Answered, but a rule speaks against it."
    MISSING = "missing", "Not answered."


class ChecklistOutcome(Term):
    """What the number of clean answers amounts to (rule ST1)."""

    GO = "go", "All five answers are clean."
    FIX_FIRST = "fix_first", "Three or four answers are clean: mend the rest first."
    NOT_YET = "not_a_strategy_yet", "Fewer than three answers are clean."


@dataclass(frozen=True)
class Priced:
    """What an evaluation says of the option.

    Attributes
    ----------
    n_draws : draws behind every figure.
    p_npv_positive : share of draws in which the net present value is above zero.
    npv_under_clone : mean net present value in the future in which a larger host clones it, USD million; None: not computed.
    npv_without_clone : the same with nothing out of the ordinary.
    conversion_needed : share of adopting organizations that has to pay for a median value of zero; None: the median does not cross zero.
    stays_positive : whether the median is above zero whatever the share, where `conversion_needed` is None.
    conversion_range : lowest and highest share of the model's own range, set beside published ones.
    revenue_today : revenue that exists already and is part of the value, USD million a year.
    """

    n_draws: int
    p_npv_positive: float
    npv_under_clone: float | None
    npv_without_clone: float | None
    conversion_needed: float | None
    stays_positive: bool
    conversion_range: tuple[float, float]
    revenue_today: float = 0.0


@dataclass(frozen=True)
class ChecklistFacts:
    """What the case says about the option in question.

    Layers opened, shares of revenue and moat by layer (0 to 1), staff needed, staff that the option
    itself plans, the tests of the moats and what the option does to each
    of them, the range of the paying share that the case backs with a
    reason, and what an evaluation says; None or empty where not known.
    """

    opened_layers: frozenset[Layer] = frozenset()
    revenue_shares: Mapping[Layer, float] = field(default_factory=dict)
    moat_shares: Mapping[Layer, float] = field(default_factory=dict)
    fte_required: float | None = None
    fte_of_option: float | None = None
    moats: tuple[MoatTest, ...] = ()
    losses: tuple[MoatLoss, ...] = ()
    paying_range: tuple[float, float] | None = None
    priced: Priced | None = None


@dataclass(frozen=True)
class BaseRate:
    """A published or measured figure to hold an answer against; `n` observations behind it, None where no count was published."""

    text: str = ""
    source_ids: tuple[str, ...] = ()
    n: int | None = None


@dataclass(frozen=True)
class AnswerCheck:
    """One answer read: its state, what speaks against it, what would mend it.

    `notes` are weak spots that do not count against it; `not_applied` are rules that the case gives no ground for; `figures` are what
    an evaluation says about it. `fields` are the places in the case file that the reasons speak of, in their order.
    """

    concept_id: str
    state: AnswerState
    reasons: tuple[str, ...]
    what_would_make_it_clean: str
    notes: tuple[str, ...]
    not_applied: tuple[str, ...]
    base_rate: str
    source_ids: tuple[str, ...]
    figures: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    base_rate_n: int | None = None


@dataclass(frozen=True)
class Flip:
    """One answer whose change moves the outcome, alone or `together_with` others, and the sentence that says so."""

    concept_id: str
    becomes: AnswerState
    together_with: tuple[str, ...]
    outcome: ChecklistOutcome
    sentence: str


@dataclass(frozen=True)
class ChecklistVerdict:
    """Five checks, how many are clean, what that amounts to, and the answers that would change it soonest."""

    checks: tuple[AnswerCheck, ...]
    n_clean: int
    outcome: ChecklistOutcome
    flips: tuple[Flip, ...]

    @property
    def score(self) -> float:
        """Share of answers that are clean, 0 to 1."""
        return self.n_clean / len(self.checks)

    @property
    def label(self) -> str:
        """The outcome in words."""
        return self.outcome.label
