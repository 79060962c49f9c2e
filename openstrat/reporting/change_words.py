"""Changes between reports as text: what moved, by how much, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from openstrat.reporting.causes import FORM, KINDS, Cause
from openstrat.reporting.changes import Changes, Move
from openstrat.reporting.words import counted

MOST = 40
LONGEST = 160
HEADINGS = {
    "data": "data",
    "input": "your file",
    "parameter": "parameter",
    "method": "method",
    "code": "code",
    "version": "version",
    "form": "form",
}


def change_lines(changes: Changes, most: int = MOST) -> list[str]:
    """Return the whole comparison, a line each: a summary, what differs in the inputs, the facts that moved."""
    if changes.is_same:
        return [f"{changes.title}: no change. All inputs and all {counted(changes.n_facts, 'fact')} are the same."]
    lines = [summary(changes)]
    if changes.causes:
        lines += ["", "What differs in the inputs:", *(f"  {HEADINGS[cause.kind]}: {cause.words}" for cause in by_kind(changes.causes))]
    if changes.moves:
        shared = shared_causes(changes.moves)
        lines += ["", heading(shared, changes)]
        groups = rows_together(changes.moves)
        lines += [f"  {text}" for group in groups[:most] for text in move_lines(group, shared)]
        left = sum(len(group) for group in groups[most:])
        lines += [f"  and {counted(left, 'more change')} (--json lists all)"] if left else []
    return lines


def summary(changes: Changes) -> str:
    """Return one sentence: how many facts moved of how many."""
    counts = Counter(move.what for move in changes.moves if move.kind not in ("about", "output"))
    words = ", ".join(f"{counts[what]} {what}" for what in ("moved", "reworded", "redrawn", "added", "removed") if counts[what])
    return f"{changes.title}: {words or 'no fact moved'} of {counted(changes.n_facts, 'fact')}."


def by_kind(causes: Iterable[Cause]) -> list[Cause]:
    """Return causes in the order data, input, parameter, method, code, version, form."""
    return sorted(causes, key=lambda cause: KINDS.index(cause.kind))


def shared_causes(moves: Sequence[Move]) -> tuple[Cause, ...]:
    """Return the causes that every move has, in their order."""
    return tuple(cause for cause in moves[0].causes if all(cause in move.causes for move in moves)) if moves else ()


def heading(shared: Sequence[Cause], changes: Changes) -> str:
    """Return the line above the moved facts; it names the reason when there is only one."""
    real = [cause for cause in changes.causes if cause.kind != FORM]
    if not real:
        return "What moved, although no recorded input differs (chance, the clock or something outside decides it):"
    if len(real) == 1:
        return f"What moved, because of this one change ({HEADINGS[real[0].kind]} {real[0].name}):"
    if len(shared) == 1:
        return f"What moved; {HEADINGS[shared[0].kind]} {shared[0].name} can have moved all of it:"
    return "What moved; several inputs differ, so each line names those that can have moved it:"


def rows_together(moves: Sequence[Move]) -> list[list[Move]]:
    """Return moves in their order, the added or removed cells of one table row as one group."""
    groups: list[list[Move]] = []
    for move in moves:
        last = groups[-1][0] if groups else None
        is_row = move.kind == "cell" and move.what in ("added", "removed") and last is not None
        if is_row and last is not None and (last.kind, last.what, _row(last)) == (move.kind, move.what, _row(move)):
            groups[-1].append(move)
        else:
            groups.append([move])
    return groups


def _row(move: Move) -> tuple[str, str]:
    return move.cell, move.name.rpartition("/")[0]


def move_lines(group: Sequence[Move], shared: Sequence[Cause] = ()) -> list[str]:
    """Return a move in words: its place, before and after, and its causes unless all moves share them."""
    move = group[0]
    place = f"{move.section or move.cell or 'the report'}"
    if len(group) > 1:
        row = move.label.rpartition(", ")[0]
        cells = "; ".join(f"{item.label.rpartition(', ')[2]} {item.new or item.old}" for item in group)
        return [f"{place}, {row}: row {move.what}: {shortened(cells)}"]
    if move.what == "output":
        return [f"{place}: its wording or layout changed, no number or title of it"]
    label = f"{place}, {move.label}" if move.label else place
    own = [cause for cause in move.causes if cause not in shared]
    lines = [f"{label}: {_what(move)}"]
    return [*lines, f"    can have moved it: {', '.join(f'{HEADINGS[cause.kind]} {cause.name}' for cause in own)}"] if own else lines


def _what(move: Move) -> str:
    if move.what in ("added", "removed"):
        return f"{move.what}: {shortened(move.new or move.old)}"
    if move.what == "redrawn":
        steps = f" ({move.steps[0].words()})" if move.steps else ""
        return f"redrawn, its title is the same{steps}: {shortened(move.new)}"
    if move.what == "moved" and move.steps:
        steps = ", ".join(step.words() for step in move.steps)
        return steps if move.kind in ("cell", "key_figure") else f"{steps}: {shortened(move.new)}"
    return f"{shortened(move.old)} -> {shortened(move.new)}"


def shortened(text: str) -> str:
    """Return a text of at most 160 characters."""
    return text if len(text) <= LONGEST else text[: LONGEST - 4].rstrip() + " ..."
