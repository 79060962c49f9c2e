"""One claim of the ledger with everything that bears on it, and the ledger as a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.claims.readings import ClaimTest, figure
from openstrat.analysis.claims.standing import ClaimForm, Standing, stand
from openstrat.analysis.strategy.finding import Finding
from openstrat.tables.cells import SEPARATOR, split_list

EVIDENCE = ["stance", "evidence_id", "statement", "why", "value", "low", "high", "unit", "n", "period", "mark", "caveat"]
EVIDENCE += ["reach", "is_in_test", "source_ids"]
SIDES = ("for", "against", "context")


@dataclass(frozen=True)
class LedgerEntry:
    """A claim, its evidence for and against, its test, and how it stands.

    `evidence` has the columns of `EVIDENCE`, one row a fact, for before against before context; `n_later` facts were published after
    the day that was asked for. `test` is None where no table can test it or nothing was known by that day; `why_no_test` says which.
    """

    claim_id: str
    claim: str
    topic: str
    said_by: str
    form: ClaimForm
    concept_ids: tuple[str, ...]
    what_would_settle_it: str
    evidence: pd.DataFrame
    n_later: int
    test: ClaimTest | None
    why_no_test: str
    standing: Standing
    reason: str
    as_of: str
    claim_sources: tuple[str, ...]

    @property
    def source_ids(self) -> tuple[str, ...]:
        """Every source of the claim, its evidence and its test, once each."""
        cells = [part for cell in self.evidence["source_ids"] for part in split_list(cell)]
        return tuple(dict.fromkeys((*self.claim_sources, *cells, *(self.test.source_ids if self.test else ()))))

    @property
    def finding(self) -> Finding | None:
        """The test as a finding on the claim's first concept; None without a test."""
        return self.test.finding(self.concept_ids[0], tested_sentence(self)) if self.test else None

    def count(self, side: str) -> int:
        """Return how many facts stand on a side: for, against or context."""
        return int(self.evidence["stance"].eq(side).sum())


def entry(
    row: dict[str, object], evidence: pd.DataFrame, test: ClaimTest | None, why_no_test: str, *, n_later: int, as_of: str
) -> LedgerEntry:
    """Return the entry of a row of the table of claims.

    `evidence` are the linked rows with the columns of `EVIDENCE`.
    """
    order = pd.Categorical(evidence["stance"], SIDES, ordered=True)
    ordered = evidence.assign(order=order).sort_values(["order", "evidence_id"], ignore_index=True)[EVIDENCE]
    form = ClaimForm(str(row["form"]))
    standing, reason = stand(form, test.standing if test else None, ordered.to_dict("records"))
    if test and test.is_short and standing == Standing.UNDECIDED:
        reason = test.not_enough
    if test and test.leans and standing in (Standing.SUPPORTED, Standing.CONTRADICTED):
        reason = f"{reason} {test.leans}"
    return LedgerEntry(
        claim_id=str(row["claim_id"]),
        claim=str(row["claim"]),
        topic=str(row["topic"]),
        said_by=str(row["said_by"]),
        form=form,
        concept_ids=tuple(split_list(row["concept_ids"])),
        what_would_settle_it=str(row["what_would_settle_it"]),
        evidence=ordered,
        n_later=n_later,
        test=test,
        why_no_test=why_no_test,
        standing=standing,
        reason=reason,
        as_of=as_of,
        claim_sources=tuple(split_list(row["source_ids"])),
    )


def tested_sentence(item: LedgerEntry) -> str:
    """Return what the test came to in a sentence; empty without a test."""
    if item.test is None:
        return ""
    main = item.test.main
    return f"{main.label[:1].upper()}{main.label[1:]}: {figure(main)}; {item.test.standing.label}."


def ledger_table(entries: Iterable[LedgerEntry]) -> pd.DataFrame:
    """Return the ledger as a table, one row a claim.

    Columns: claim_id, claim, topic, standing, reason, tested (standing of the test; blank without one), label, value, low, high, unit,
    n, line, needs_above, window (of the test's main reading), n_for, n_against, n_context, what_would_settle_it, source_ids.
    """
    return pd.DataFrame([_row(item) for item in entries])


def _row(item: LedgerEntry) -> dict[str, object]:
    names = ("label", "value", "low", "high", "unit", "n", "line", "needs_above", "window")
    main = item.test.main if item.test else None
    about = {"claim_id": item.claim_id, "claim": item.claim, "topic": item.topic, "standing": item.standing.value, "reason": item.reason}
    tested = {"tested": item.test.standing.value if item.test else None, **{name: getattr(main, name, None) for name in names}}
    counts = {f"n_{side}": item.count(side) for side in SIDES}
    rest = {"what_would_settle_it": item.what_would_settle_it, "source_ids": SEPARATOR.join(item.source_ids)}
    return about | tested | counts | rest
