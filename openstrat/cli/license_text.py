"""What `openstrat license` prints: plain values for programs, lines for a terminal."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from openstrat.analysis.licenses.card import LicenseCard
    from openstrat.analysis.licenses.comparison import Comparison
    from openstrat.analysis.licenses.compatibility import Compatibility
    from openstrat.analysis.licenses.findings import TermClause
    from openstrat.analysis.licenses.obligations import Combination
    from openstrat.analysis.licenses.placement import Placement
    from openstrat.analysis.licenses.relicensing import Relicensing

SIGNS = {"free": "+", "asks": "~", "restricts": "x", "silent": ".", "unknown": "?"}
LEGEND = "+ left open   ~ something is asked   x some are held back   . nothing said or given   ? not known"
CAUTION = "Not legal advice: the license text decides."
WIDTH = 100
FEW = 6
"""So many licenses get their duties and remarks printed."""


def comparison_record(compared: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values."""
    from openstrat.analysis.licenses.comparison import bottom_line

    positions = [
        {"license": placed.license_id, "level": placed.level.value, "restrictions": [g.restriction.value for g in placed.restrictions],
         "unknown": list(placed.unknown), "bottom_line": bottom_line(placed), "confidence": placed.confidence}
        for placed in compared.placements
    ]  # fmt: skip
    return {
        "asset": compared.asset.value,
        "positions": positions,
        "answers": records(compared.answers),
        "cautions": [*compared.cautions, CAUTION],
    }


def comparison_text(compared: Comparison) -> str:
    """Return a comparison for a terminal: one line a question, one column a license, then the sentences behind it."""
    from openstrat.analysis.licenses.comparison import bottom_line

    lines = [*comparison_grid(compared), LEGEND]
    answers = compared.answers
    for placed in compared.placements:
        lines += ["", str(placed.license_id), wrapped(bottom_line(placed), "  ", "  ")]
        lines += reply_lines(answers[answers["license_id"] == placed.license_id])
    return "\n".join([*lines, "", *(wrapped(caution) for caution in compared.cautions), CAUTION])


def comparison_grid(compared: Comparison) -> list[str]:
    """Return the questions as lines; licenses that do not fit beside each other come in a second block."""
    answers = compared.answers
    columns = []
    for placed in compared.placements:
        own = answers[answers["license_id"] == placed.license_id]
        cells = [f"{SIGNS[state]} {word}" for state, word in zip(own["state"], own["word"], strict=True)]
        columns.append([str(placed.license_id).removeprefix("LicenseRef-"), placed.level.label, *cells])
    stub = [f"Licenses for {compared.asset.label}", "Where it sits", *answers["question"].unique()]
    lines: list[str] = []
    for block in blocks_that_fit([stub, *columns]):
        widths = [2 + max(len(text) for text in column) for column in block]
        rows = ["".join(f"{text:{width}}" for text, width in zip(row, widths, strict=True)).rstrip() for row in zip(*block, strict=True)]
        lines += [rows[0], "-" * max(len(row) for row in rows), *rows[1:], ""]
    return lines


def blocks_that_fit(columns: list[list[str]]) -> list[list[list[str]]]:
    """Return the columns in blocks that fit a terminal, each led by the first column."""
    stub, *rest = columns
    blocks = [[stub]]
    for column in rest:
        width = 2 + max(len(text) for text in column)
        taken = sum(2 + max(len(text) for text in placed) for placed in blocks[-1])
        if len(blocks[-1]) > 1 and taken + width > WIDTH + 2:
            blocks.append([stub])
        blocks[-1].append(column)
    return blocks


def reply_lines(answers: pd.DataFrame) -> list[str]:
    """Return the replies that hold back, ask or are not known, a sentence each; nothing when none is known."""
    if (answers["state"] == "unknown").all():
        return []
    telling = answers[answers["state"].isin(["restricts", "asks", "unknown"])]
    return [wrapped(f"{SIGNS[row['state']]} {row['question']} {row['sentence']}", "  ", "    ") for row in records(telling)]


def placement_lines(placed: Placement) -> list[str]:
    """Return the restrictions of one license with the cells they follow from, what is not known, and the clauses once."""
    if not placed.restrictions and not placed.unknown:
        return []
    lines = [f"  {placed.license_id}"]
    for ground in placed.restrictions:
        cells = ", ".join(f"{column} = {value}" for column, value in ground.cells)
        lines.append(wrapped(f"x {ground.restriction.label} ({cells}){': ' if ground.note else ''}{ground.note}", "    ", "      "))
    lines += [wrapped(f"? not known: {', '.join(placed.unknown)}", "    ", "      ")] if placed.unknown else []
    clauses = dict.fromkeys(ground.evidence for ground in placed.restrictions)
    return [*lines, *(wrapped(f"Clauses: {evidence}", "    ", "      ") for evidence in clauses)]


def card_text(card: LicenseCard) -> str:
    """Return one license for a terminal: names, authorities, positions, replies, size tests, clauses, how it was read."""
    lines = [f"{card.license_id}  {card.name}"]
    lines += [f"  {label:14}{value}" for label, value in card.facts.items()]
    for placed in card.placements:
        lines.append(f"  {'on ' + placed.asset.label:14}{placed.level.label}")
    if card.bottom_line:
        lines += ["", wrapped(card.bottom_line, "  ", "  "), *reply_lines(card.answers)]
    lines += ["", wrapped(f"Clauses: {card.evidence}", "  ", "    ")] if card.evidence else []
    return "\n".join([*lines, "", *(wrapped(caution, "  ", "  ") for caution in card.cautions), f"  {CAUTION}"])


def card_record(card: LicenseCard) -> dict[str, Any]:
    """Return one license as plain values."""
    positions = {
        placed.asset.value: {"level": placed.level.value, "restrictions": [ground.restriction.value for ground in placed.restrictions]}
        for placed in card.placements
    }
    return {
        "license_id": card.license_id,
        "name": card.name,
        **card.facts,
        "positions": positions,
        "answers": records(card.answers),
        "evidence": card.evidence,
        "cautions": [*card.cautions, CAUTION],
    }


def frame_text(frame: pd.DataFrame, *, widths: dict[str, int]) -> str:
    """Return a frame as lines for a terminal; a cell longer than its width goes on in the next line."""
    lines = []
    for row in [dict(zip(frame.columns, frame.columns, strict=True)), *records(frame)]:
        cells = [textwrap.wrap(str(row[column]), width, break_on_hyphens=False) or [""] for column, width in widths.items()]
        for part in range(max(len(cell) for cell in cells)):
            shown = [cell[part] if part < len(cell) else "" for cell in cells]
            lines.append("  ".join(f"{text:{width}}" for text, width in zip(shown, widths.values(), strict=True)).rstrip())
    return "\n".join(lines)


def verdict_lines(verdicts: pd.DataFrame) -> list[str]:
    """Return what licenses answer, grouped by answer, with the clause, duties and remarks of each."""
    signs = {"allowed": "+", "gated": "~", "barred": "x", "unknown": "?"}
    lines = []
    for answer, sign in signs.items():
        group = verdicts[verdicts["answer"] == answer]
        lines += [f"{answer} ({len(group)})"] if len(group) else []
        for row in records(group):
            lines.append(wrapped(f"{sign} {row['license_id']}: {row['clause']}", "  ", "    "))
            extras = [(kind, row[column]) for kind, column in (("duty", "duties"), ("note", "remarks")) if len(verdicts) <= FEW]
            lines += [wrapped(f"{kind}: {said}", "    ", "      ") for kind, said in extras if said]
    return lines


def combination_text(combined: Combination) -> str:
    """Return duties by occasion, limits, contradictions and open questions for a terminal."""
    lines = [f"{' + '.join(combined.license_ids)} in one work of {combined.asset.label}"]
    for when in dict.fromkeys(when for duty in combined.duties for when in duty.when if duty.is_known):
        duties = [duty for duty in combined.duties if when in duty.when and duty.is_known]
        lines += ["", *listed(when.definition, (f"~ {duty.what} ({', '.join(duty.license_ids)})" for duty in duties))]
    limits = [f"x {limit.restriction.definition} ({', '.join(limit.license_ids)})" for limit in combined.limits]
    lines += ["", *listed("Limits that bind the whole:", limits)] if limits else []
    conflicts = [f"x {item.verdict.value}: {item.why} {item.resolves}".rstrip() for item in combined.conflicts]
    lines += ["", *listed("Terms that stand against each other:", conflicts or ["None is known."])]
    unknown = [f"? {license_id}: {column.replace('_', ' ')}" for license_id, column in combined.unknown]
    return "\n".join([*lines, *listed("Not known:", unknown), "", CAUTION])


def relicensing_text(found: Relicensing) -> str:
    """Return whether a work may carry another license, why, what stays, and what would help, for a terminal."""
    lines = [f"{found.base_license_id} to {found.new_license_id}: {found.verdict.value}", wrapped(found.reason, "  ", "  ")]
    lines += listed("What stays with the part taken over:", (f"~ {duty.what}" for duty in found.carried))
    lines += listed("By these clauses:", clause_lines(found.clauses))
    lines += [wrapped(f"What would help: {found.resolves}")] if found.resolves else []
    lines += [wrapped(f"Not known: {', '.join(found.unknown)}.")] if found.unknown else []
    return "\n".join([*lines, CAUTION])


def compatibility_text(found: Compatibility) -> str:
    """Return whether code may be taken in, why, and whether it may at least stand beside the rest, for a terminal."""
    lines = [f"{found.inbound_id} into {found.outbound_id}: {found.verdict.value}", wrapped(found.reason, "  ", "  ")]
    lines += listed("By these clauses:", clause_lines(found.clauses))
    lines += [wrapped(f"What would help: {found.resolves}")] if found.resolves else []
    lines += [wrapped(f"Side by side in one product: {found.separately.value}. {found.separately_how}")]
    lines += [wrapped(f"Not known: {', '.join(found.unknown)}.")] if found.unknown else []
    return "\n".join([*lines, CAUTION])


def clause_lines(clauses: Iterable[TermClause]) -> list[str]:
    """Return each clause once, shortest first where one wording contains another of the same license."""
    said: dict[str, list[str]] = {}
    for clause in sorted(clauses, key=lambda clause: len(clause.says)):
        texts = said.setdefault(clause.license_id, [])
        rest = clause.says
        for text in texts:
            rest = rest.removesuffix(text).strip()
        texts += [rest] if rest else []
    return [f"{license_id}: {' '.join(texts)}" for license_id, texts in said.items()]


def agreement_text(table: pd.DataFrame, disagreements: pd.DataFrame) -> str:
    """Return the agreement table and the disagreements for a terminal."""
    columns = {"n_compared": 8, "n_both_open": 9, "n_both_restricted": 10, "n_rule_open_only": 9, "n_authority_open_only": 9}
    columns |= {"n_undetermined": 7, "n_silent": 6}
    heads = ("compared", "both open", "both not", "only rule", "only auth.", "unclear", "silent")
    lines = [f"{'authority':32}" + "".join(f"{head:>11}" for head in heads) + "   agreement, 95 % interval"]
    for row in table.to_dict("records"):
        counts = "".join(f"{row[column]:>11}" for column in columns)
        share = (
            f"{row['agreement_share']:.0%} ({row['share_low']:.0%} to {row['share_high']:.0%})"
            if row["n_compared"]
            else "nothing to compare"
        )
        lines.append(f"{str(row['authority']).replace('_', ' '):32}{counts}   {share}")
    lines += ["", f"Disagreements: {len(disagreements)}"]
    for row in disagreements.to_dict("records"):
        words = f"rule {row['level']}, authority {row['word']}. Right: {row['who_is_right']}.".replace("_", " ")
        lines.append(wrapped(f"{row['license_id']}, {row['authority']}: {words} {row['why']}", "  ", "    "))
    return "\n".join(lines)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return a frame as plain rows; unknown cells are null."""
    rows: list[dict[str, Any]] = json.loads(frame.to_json(orient="records"))
    return rows


def listed(title: str, sentences: Iterable[str]) -> list[str]:
    """Return a heading and its sentences, or nothing."""
    items = list(sentences)
    return [title, *(wrapped(item, "  ", "    ") for item in items)] if items else []


def wrapped(text: str, first: str = "", rest: str = "") -> str:
    """Return text broken into lines that fit a terminal."""
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
