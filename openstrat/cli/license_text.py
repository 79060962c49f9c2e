"""What `openstrat license` prints: plain values for programs, lines for a terminal."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from openstrat.cli.text import CAUTION, WIDTH, listed, records, wrapped
from openstrat.tables.cells import split_list

if TYPE_CHECKING:
    import pandas as pd

    from openstrat.analysis.licenses.card import LicenseCard
    from openstrat.analysis.licenses.comparison import Comparison
    from openstrat.analysis.licenses.compatibility import Compatibility
    from openstrat.analysis.licenses.complexity import Complexity
    from openstrat.analysis.licenses.expressions import ExpressionPlacement
    from openstrat.analysis.licenses.findings import Finding, TermClause
    from openstrat.analysis.licenses.obligations import Combination
    from openstrat.analysis.licenses.placement import Placement
    from openstrat.analysis.licenses.relicensing import Relicensing

SIGNS = {"free": "+", "asks": "~", "restricts": "x", "silent": ".", "unknown": "?"}
LEGEND = "+ left open   ~ something is asked   x some are held back   . nothing said or given   ? not known"
FEW = 6
"""So many licenses get their duties and remarks printed."""
FACTS = {
    "family": "family",
    "asset_types": "written for",
    "steward": "steward",
    "published_on": "published",
    "is_spdx_listed": "SPDX list",
    "is_osi_approved": "OSI approved",
    "is_fsf_libre": "FSF free",
    "scancode_category": "ScanCode",
    "blueoak_rating": "Blue Oak",
}
"""Facts of a card that are printed, and what each is called."""
UNKNOWN_FACTS = {"is_osi_approved": "not checked", "is_fsf_libre": "not listed, which is not a verdict"}
ANSWER_LISTS = ("columns", "source_ids")
AUTHORITIES = {"osi": "OSI", "fsf": "FSF", "scancode": "ScanCode", "blue_oak": "Blue Oak", "mof": "MOF"}
OPTIONS = {"users": "--users", "daily_users": "--daily-users", "revenue_usd": "--revenue", "people": "--people", "territory": "--territory"}
"""The option that gives each figure of an asker."""


def comparison_record(compared: Comparison) -> dict[str, Any]:
    """Return a comparison as plain values."""
    from openstrat.analysis.licenses.comparison import bottom_line

    positions = [
        {"license_id": placed.license_id, "level": placed.level.value, "restrictions": [g.restriction.value for g in placed.restrictions],
         "unknown": list(placed.unknown), "bottom_line": bottom_line(placed), "confidence": placed.confidence}
        for placed in compared.placements
    ]  # fmt: skip
    return {
        "asset": compared.asset.value,
        "positions": positions,
        "answers": records(compared.answers, lists=ANSWER_LISTS),
        "cautions": list(compared.cautions),
        "caution": CAUTION,
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


def expression_text(placed: ExpressionPlacement) -> str:
    """Return where an expression puts a work for a terminal, then each license with its restrictions and clauses."""
    from openstrat.analysis.licenses.comparison import bottom_line

    is_listed_below = len(placed.placements) == 1 and bool(placed.restrictions)
    lines = [f"{placed.expression} on {placed.asset.label}: {placed.level.label}"]
    lines.append(wrapped(bottom_line(placed.placements[0]) if is_listed_below else placed.reason))
    return "\n".join([*lines, *(line for one in placed.placements for line in placement_lines(one))])


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
    lines += [f"  {FACTS[name]:14}{said}" for name, said in facts_in_words(card).items()]
    for placed in card.placements:
        lines.append(f"  {'on ' + placed.asset.label:14}{placed.level.label}")
    if card.bottom_line:
        lines += ["", wrapped(card.bottom_line, "  ", "  "), *reply_lines(card.answers)]
    lines += ["", wrapped(f"Clauses: {card.evidence}", "  ", "    ")] if card.evidence else []
    return "\n".join([*lines, "", *(wrapped(caution, "  ", "  ") for caution in card.cautions), f"  {CAUTION}"])


def facts_in_words(card: LicenseCard) -> dict[str, str]:
    """Return the facts of a card as people read them; unknown ones are left out, unless their absence could be taken for a no."""
    said: dict[str, str] = {}
    for name in FACTS:
        fact = card.facts[name]
        if fact is None or fact == ():
            words = UNKNOWN_FACTS.get(name, "")
        elif isinstance(fact, bool):
            words = ("yes" if fact else "no") + (", deprecated" if name == "is_spdx_listed" and card.facts["is_spdx_deprecated"] else "")
        else:
            words = (fact if isinstance(fact, str) else "; ".join(fact)).replace("_", " ")
        said |= {name: words} if words else {}
    return said


def card_record(card: LicenseCard) -> dict[str, Any]:
    """Return one license as plain values."""
    positions = {
        placed.asset.value: {
            "level": placed.level.value,
            "restrictions": [ground.restriction.value for ground in placed.restrictions],
            "unknown": list(placed.unknown),
        }
        for placed in card.placements
    }
    return {
        "license_id": card.license_id,
        "name": card.name,
        **{name: list(fact) if isinstance(fact, tuple) else fact for name, fact in card.facts.items()},
        "positions": positions,
        "bottom_line": card.bottom_line,
        "answers": records(card.answers, lists=ANSWER_LISTS),
        "evidence": card.evidence,
        "cautions": list(card.cautions),
        "caution": CAUTION,
    }


def excluded_text(license_id: str, found: pd.DataFrame) -> str:
    """Return whom a license holds back for a terminal, one row a group of people."""
    if found.empty:
        return f"Held back by {license_id}:\n  Nobody, as far as the terms are known."
    shown = found.assign(effect=found["effect"].str.replace("_", " "))
    return f"Held back by {license_id}:\n{frame_text(shown, widths={'effect': 12, 'who': 42, 'clause': 42})}"


def complexity_text(found: Complexity) -> str:
    """Return the complexity score of one license for a terminal, its conditions with their clauses, and remarks."""
    high = f" to {found.high}" if found.high > found.score else ""
    flags = {True: "counts as complicated", False: "not complicated", None: "complicated or not is open"}
    lines = [f"{found.expression}: {found.score}{high} of 9 conditions, {flags[found.is_complicated]}"]
    for condition in found.conditions:
        cells = ", ".join(dict.fromkeys(f"{clause.column} = {clause.value}" for clause in condition.clauses))
        lines.append(wrapped(f"x {condition.kind.label} ({cells}): {condition.kind.definition}", "  ", "    "))
    lines += listed("By these clauses:", clause_lines(clause for condition in found.conditions for clause in condition.clauses))
    return "\n".join([*lines, *(wrapped(remark, "  ", "    ") for remark in found.remarks)])


def complexity_record(found: Complexity) -> dict[str, Any]:
    """Return the complexity score of one license as plain values."""
    flags = {"is_complicated": found.is_complicated, "is_flagged": found.is_flagged, "remarks": list(found.remarks)}
    return asdict(found) | flags


def scores_text(scores: pd.DataFrame) -> str:
    """Return the complexity scores of many licenses for a terminal, most complicated first."""
    shown = scores.assign(
        score=[f"{row['score']}{'' if row['score'] == row['high'] else ' to ' + str(row['high'])}" for row in records(scores)],
        conditions=scores["conditions"].str.replace("_", " "),
    )
    return frame_text(shown, widths={"license_id": 38, "score": 7, "conditions": 50})


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
    if len(verdicts) > FEW and any([*verdicts["duties"], *verdicts["remarks"]]):
        lines.append(f"Duties and notes are shown for up to {FEW} licenses: name the ones you care about.")
    counts = Counter(OPTIONS[name] for cell in verdicts["missing"] for name in split_list(cell))
    asked = ", ".join(f"{option} ({n} {'answer' if n == 1 else 'answers'})" for option, n in counts.items())
    return [*lines, wrapped(f"Not given, though it would decide: {asked}.")] if asked else lines


def combination_text(combined: Combination, trained: Iterable[tuple[str, Finding]] = ()) -> str:
    """Return duties by occasion, limits, contradictions and open questions for a terminal.

    `trained` says for each license of a model whether its outputs may have trained the work; what stands against it is a conflict.
    """
    lines = [f"{' + '.join(combined.license_ids)} in one work of {combined.asset.label}"]
    allowed = [found for _, found in trained if found.verdict in ("yes", "partly")]
    outputs = dict.fromkeys(f"~ {found.verdict.value}: {found.reason} {found.resolves}".rstrip() for found in allowed)
    lines += ["", *listed("Training on outputs of models:", outputs)] if outputs else []
    for when in dict.fromkeys(when for duty in combined.duties for when in duty.when if duty.is_known):
        duties = [duty for duty in combined.duties if when in duty.when and duty.is_known]
        lines += ["", *listed(when.definition, (f"~ {duty.what} ({', '.join(duty.license_ids)})" for duty in duties))]
    limits = [f"x {limit.restriction.definition} ({', '.join(limit.license_ids)})" for limit in combined.limits]
    lines += ["", *listed("Limits that bind the whole:", limits)] if limits else []
    conflicts = [f"x {item.verdict.value}: {item.why} {item.resolves}".rstrip() for item in combined.conflicts]
    lines += ["", *listed("Terms that stand against each other:", conflicts or ["None is known."])]
    unknown = [f"? {license_id}: {column.replace('_', ' ')}" for license_id, column in combined.unknown]
    return "\n".join([*lines, *listed("Not known:", unknown), ""])


def relicensing_text(found: Relicensing) -> str:
    """Return whether a work may carry another license, why, what stays, and what would help, for a terminal."""
    lines = [f"{found.base_license_id} to {found.new_license_id}: {found.verdict.value}", wrapped(found.reason, "  ", "  ")]
    if found.verdict != "no":
        lines += listed("What stays with the part taken over:", (f"~ {duty.what}" for duty in found.carried))
    lines += listed("By these clauses:", clause_lines(found.clauses))
    lines += [wrapped(f"What would help: {found.resolves}")] if found.resolves else []
    lines += [wrapped(f"Not known: {', '.join(found.unknown)}.")] if found.unknown else []
    return "\n".join(lines)


def compatibility_text(found: Compatibility) -> str:
    """Return whether code may be taken in, why, and whether it may at least stand beside the rest, for a terminal."""
    lines = [f"{found.inbound_id} into {found.outbound_id}: {found.verdict.value}", wrapped(found.reason, "  ", "  ")]
    lines += listed("By these clauses:", clause_lines(found.clauses))
    lines += [wrapped(f"What would help: {found.resolves}")] if found.resolves else []
    lines += [wrapped(f"Side by side in one product: {found.separately.value}. {found.separately_how}")]
    lines += [wrapped(f"Not known: {', '.join(found.unknown)}.")] if found.unknown else []
    return "\n".join(lines)


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


def authority_name(authority: str) -> str:
    """Return what an authority is called."""
    return AUTHORITIES.get(authority, authority.replace("_", " "))


def agreement_text(table: pd.DataFrame, disagreements: pd.DataFrame) -> str:
    """Return the agreement table and the disagreements for a terminal."""
    heads = {
        "n_compared": "compared",
        "n_both_open": "both open",
        "n_both_restricted": "both not",
        "n_rule_open_only": "only rule",
        "n_authority_open_only": "only auth.",
        "n_undetermined": "unclear",
        "n_silent": "silent",
    }
    lines = [f"{'authority':14}" + "".join(f"{head:>11}" for head in heads.values()) + "   agreement, 95 % interval"]
    for row in table.to_dict("records"):
        counts = "".join(f"{row[column]:>11}" for column in heads)
        share = (
            f"{row['agreement_share']:.0%} ({row['share_low']:.0%} to {row['share_high']:.0%})"
            if row["n_compared"]
            else "nothing to compare"
        )
        other = row["n_different_question"]
        share += f"; {row['same_question_share']:.0%} without {other} that ask another question" if other else ""
        lines.append(f"{authority_name(row['authority']):14}{counts}   {share}")
    lines += ["", f"Disagreements: {len(disagreements)}"]
    for row in disagreements.to_dict("records"):
        words = f"rule {row['level']}, authority {row['word']}. Right: {row['who_is_right']}.".replace("_", " ")
        lines.append(wrapped(f"{row['license_id']}, {authority_name(row['authority'])}: {words} {row['why']}", "  ", "    "))
    return "\n".join(lines)
