"""The first screen of a brief: what to do, what it is worth, what would change it, and what to find out next."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from openstrat.analysis.strategy.checklist import ChecklistVerdict
from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.analysis.weighing import Weighing
from openstrat.cases.schema import Case
from openstrat.present import page
from openstrat.present.brief.shared import named_questions
from openstrat.present.economics.glance import best_everywhere
from openstrat.present.economics.sentences import in_unit, information_sentence, musd, range_kind, span, turn_sentence
from openstrat.present.economics.worth import headline, reversible_sentences, value_sentences
from openstrat.present.page import Markup
from openstrat.present.words import capital, listed, readable

CAUTION = (
    "The model ranks options and shows what the ranking hangs on; it does not forecast. Most ranges are assumptions, and the figures of "
    "the case are the asker's own. Every line is worked out further down."
)
MOST_TURNS = 2
TRADES = {"Trade": "is a trade", "Mixed": "is neither trade nor giveaway", "Giveaway": "is a giveaway"}
"""How the answers of rule ST0 begin, and what they say of an option."""
PLAN = "Check the plan:"
"""How a check begins that speaks of the plan, not of the inputs."""


def at_a_glance(
    case: Case, weighing: Weighing, checklist: ChecklistVerdict, findings: Sequence[Finding], layers: pd.DataFrame, *, option: str
) -> Markup:
    """Return the executive page: the choice and why, what would change it, what to find out next, and five key figures."""
    return (
        page.callout(headline(weighing.evaluation), page.bullets(_reasons(case, weighing, findings, option)), css="verdict")
        + _figures(weighing, checklist)
        + page.callout("What would change it", page.bullets(_changes(weighing, checklist)), css="finding")
        + page.callout("What to do layer by layer", page.bullets(_layer_sentences(layers)), css="finding")
        + _checks(weighing)
        + page.paragraph(CAUTION, css="caveat")
    )


def _reasons(case: Case, weighing: Weighing, findings: Sequence[Finding], option: str) -> list[str]:
    taken = weighing.evaluation.recommendation
    row = weighing.summary(taken.option)
    trade = next(finding for finding in findings if finding.concept_id == "ST0")
    reasons = [
        _trade_words(option, trade.sentence),
        *(capital(sentence.removeprefix(PLAN).strip()) for sentence in weighing.checks if sentence.startswith(PLAN)),
        capital(readable(taken.reason)),
        f"It is worth {musd(row['p50'])} over five years by the median ({musd(row['p5'])} to {musd(row['p95'])}, nine draws in ten) "
        f"and is worth more than zero in {row['p_positive']:.0%} of draws.",
        *value_sentences(weighing),
        *reversible_sentences(weighing.evaluation),
        *_risk_sentences(findings),
    ]
    if case.conclusion:
        reasons.append(_expert(case.conclusion.recommended_option, list(case.conclusion.acceptable), taken.option))
    return reasons


def _trade_words(option: str, sentence: str) -> str:
    kind, _, rest = sentence.partition(": ")
    name = capital(readable(option))
    return f"{name} {TRADES[kind]}: {rest}" if kind in TRADES else f"{name}: {sentence[:1].lower()}{sentence[1:]}"


def _risk_sentences(findings: Sequence[Finding]) -> list[str]:
    hit = [finding for finding in findings if finding.concept_id.startswith("RK") and finding.answer == Answer.YES]
    return [f"Risks that the facts raise: {' '.join(finding.sentence for finding in hit)}"] if hit else []


def _expert(expert: str, acceptable: list[str], taken: str) -> str:
    if taken == expert:
        return f"The case's own expert, asked before any analysis, chose the same: {readable(expert)}."
    stance = "called this one acceptable" if taken in acceptable else "did not name this one"
    return f"The case's own expert, asked before any analysis, chose {readable(expert)} and {stance}."


def _figures(weighing: Weighing, checklist: ChecklistVerdict) -> Markup:
    taken = weighing.evaluation.recommendation.option
    row = weighing.summary(taken)
    worst = readable(weighing.evaluation.regrets[taken].idxmax())
    regret = (musd(row["max_regret"]), f"in the future {worst}") if row["max_regret"] else ("none", best_everywhere(row))
    conversion, found = weighing.evaluation.draws.ranges["conv"], weighing.conversion[taken]
    needed = "not decisive" if found.needed is None else in_unit(found.needed, conversion.unit)
    return page.kpis(
        {
            "worth, median": (musd(row["p50"]), f"{musd(row['p5'])} to {musd(row['p95'])}; {weighing.evaluation.draws.n:,} draws"),
            "is the best option": (f"{row['p_best']:.0%} of draws", f"mean regret {musd(row['mean_regret'])}"),
            "worst regret": regret,
            "conversion needed": (needed, f"{range_kind(conversion)} range {span(conversion)}"),
            "clean checklist answers": (f"{checklist.n_clean} of {len(checklist.checks)}", checklist.label),
        }
    )


def _changes(weighing: Weighing, checklist: ChecklistVerdict) -> list[str]:
    evaluation = weighing.evaluation
    turns = [turn_sentence(evaluation, turn) for turn in weighing.turns[:MOST_TURNS]] if weighing.is_recommended else []
    flips = [named_questions(flip.sentence) for flip in checklist.flips[:1]]
    return [information_sentence(evaluation, weighing.information), *turns, *flips]


def _layer_sentences(layers: pd.DataFrame) -> list[str]:
    by_stance = {stance: layers.loc[layers["stance"] == stance, "layer"].tolist() for stance in ("open", "decide", "hold")}
    sentences = [f"{stance.capitalize()}: {listed(names, most=8)}." for stance, names in by_stance.items() if names]
    against = layers.loc[layers["contradicts_plan"], "layer"].tolist()
    return [*sentences, f"The plan says the opposite for {listed(against)}."] if against else sentences


def _checks(weighing: Weighing) -> Markup:
    checks = [readable(sentence) for sentence in weighing.checks if not sentence.startswith(PLAN)]
    return page.callout("Check first", page.bullets(checks), css="finding") if checks else page.plain("")
