"""The two tests that every analysis ends in: trade or giveaway, slogan or plan (concepts ST0, ST1)."""

from __future__ import annotations

from collections.abc import Sequence

from openstrat.analysis.strategy.checklist import GO_FROM, AnswerState, ChecklistOutcome, ChecklistVerdict
from openstrat.analysis.strategy.finding import Answer, Basis, Finding
from openstrat.analysis.strategy.tradeoff import OptionReading, TradeVerdict
from openstrat.cases.measures import Receipt

ANSWERS = {
    TradeVerdict.NOTHING_OPENED: Answer.NOT_ASKED,
    TradeVerdict.TRADE: Answer.YES,
    TradeVerdict.MIXED: Answer.PARTLY,
    TradeVerdict.GIVEAWAY: Answer.NO,
}
PLAN_ANSWERS = {ChecklistOutcome.GO: Answer.YES, ChecklistOutcome.FIX_FIRST: Answer.PARTLY, ChecklistOutcome.NOT_YET: Answer.NO}


def counts_as_receipt(receipt: Receipt) -> bool:
    """Return whether something that comes back is counted by somebody: it has a metric and an owner (rule ST0)."""
    return bool(receipt.metric and receipt.owner)


def verdict_with_receipts(reading: OptionReading, receipts: Sequence[Receipt]) -> TradeVerdict:
    """Return what an option amounts to once receipts are asked for: without one that counts, a trade is only mixed (rule ST0)."""
    if reading.verdict == TradeVerdict.TRADE and not any(map(counts_as_receipt, receipts)):
        return TradeVerdict.MIXED
    return reading.verdict


def trade_or_giveaway(reading: OptionReading, receipts: Sequence[Receipt], *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether an option is a trade or a giveaway, with what comes back (rule ST0).

    Yes: a trade; partly: mixed; no: a giveaway; not asked: nothing is opened. `value` is the share of willingness to pay that is
    opened.
    """
    verdict = verdict_with_receipts(reading, receipts)
    counted = [receipt for receipt in receipts if counts_as_receipt(receipt)]
    opened = f"{reading.revenue_opened:.0%} of what customers pay for is opened"
    sentence = {
        TradeVerdict.NOTHING_OPENED: "Nothing is opened: nothing is given, nothing is received.",
        TradeVerdict.TRADE: f"Trade: {opened}. What comes back: {_listed(counted)}.",
        TradeVerdict.MIXED: f"Mixed: {opened}.",
        TradeVerdict.GIVEAWAY: f"Giveaway: {opened}, whatever comes back.",
    }[verdict]
    asks: tuple[str, ...] = ()
    if verdict == TradeVerdict.MIXED and not counted:
        sentence = f"{sentence[:-1]}, and {'no receipt is named' if not receipts else 'no receipt has both a metric and an owner'}."
        asks = ("one thing that comes back, where in the stack, with its metric and its owner",)
    return Finding(
        "ST0",
        ANSWERS[verdict],
        sentence,
        Basis.STATED,
        value=reading.revenue_opened,
        unit="share of willingness to pay",
        n=reading.n_layers_opened,
        evidence=tuple(_receipt_words(receipt) for receipt in receipts),
        caveats=("Shares are the case's own; cut-offs are assumptions.",),
        asks=asks,
        source_ids=source_ids,
    )


def _listed(receipts: Sequence[Receipt]) -> str:
    return " and ".join(receipt.what for receipt in receipts)


def _receipt_words(receipt: Receipt) -> str:
    missing = [name for name, value in (("metric", receipt.metric), ("owner", receipt.owner)) if not value]
    lacks = f"; without {' and '.join(missing)}, so it does not count" if missing else f", counted as {receipt.metric}"
    return f"Comes back: {receipt.what}, in {receipt.where_in_stack}{lacks}."


def slogan_or_plan(verdict: ChecklistVerdict, *, source_ids: tuple[str, ...] = ()) -> Finding:
    """Return whether the answers make a plan or a slogan (rule ST1): all five clean, three or four, fewer.

    A missing answer is not an unclean one: the sentence says how far the missing ones could still lift the outcome.
    """
    missing = [check.concept_id for check in verdict.checks if check.state == AnswerState.MISSING]
    unclean = [check.concept_id for check in verdict.checks if check.state == AnswerState.UNCLEAN]
    label = {
        ChecklistOutcome.GO: "A plan",
        ChecklistOutcome.FIX_FIRST: "A plan with gaps, fix first",
        ChecklistOutcome.NOT_YET: "Not a strategy yet",
    }[verdict.outcome]
    counts = f"{verdict.n_clean} of {len(verdict.checks)} answers are clean, {len(unclean)} unclean, {len(missing)} missing"
    lift = f" With the missing ones clean it would be {verdict.n_clean + len(missing)}." if missing and verdict.n_clean < GO_FROM else ""
    return Finding(
        "ST1",
        PLAN_ANSWERS[verdict.outcome],
        f"{label}: {counts}.{lift}",
        Basis.STATED,
        value=float(verdict.n_clean),
        unit="clean answers",
        n=len(verdict.checks),
        evidence=tuple(f"{check.concept_id}: {' '.join(check.reasons)}" for check in verdict.checks if check.reasons),
        asks=tuple(f"an answer to {concept_id}" for concept_id in missing),
        source_ids=source_ids,
    )
