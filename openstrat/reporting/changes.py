"""Which facts moved between two reports, by how much, and what can have moved them."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from openstrat.reporting.causes import Cause, causes_between, possible_causes
from openstrat.reporting.numbers import skeleton
from openstrat.reporting.snapshots import Snapshot, read_snapshot

ALIKE = 0.6
"""Two statements of one cell count as the same one in other words from this likeness on."""
Fact = Mapping[str, Any]
Why = Callable[[Fact], tuple[Cause, ...]]


@dataclass(frozen=True)
class Step:
    """One number before and after; `by` is the difference, None for dates and words."""

    old: str
    new: str
    by: float | None
    unit: str

    def words(self) -> str:
        """Return the step in words, such as `42% -> 43% (+1 percentage points)`."""
        if self.by is None:
            return f"{self.old} -> {self.new}"
        unit = "percentage points" if self.unit == "percent" else self.unit
        return f"{self.old} -> {self.new} ({f'{self.by:+,.6g} {unit}'.strip()})"


@dataclass(frozen=True)
class Move:
    """One fact that is not as it was: `what` is moved, reworded, added, removed, redrawn or output (its text without a fact)."""

    what: str
    kind: str
    name: str
    section: str
    cell: str
    label: str
    old: str
    new: str
    steps: tuple[Step, ...] = ()
    causes: tuple[Cause, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the move as plain JSON."""
        record = {key: getattr(self, key) for key in ("what", "kind", "name", "section", "cell", "label", "old", "new")}
        steps = [{"old": step.old, "new": step.new, "by": step.by, "unit": step.unit or None} for step in self.steps]
        return record | {"steps": steps, "causes": [{"kind": cause.kind, "name": cause.name} for cause in self.causes]}


@dataclass(frozen=True)
class Changes:
    """Everything that differs between two reports: inputs, and facts in the order of the newer page."""

    title: str
    causes: tuple[Cause, ...]
    moves: tuple[Move, ...]
    n_facts: int

    @property
    def is_same(self) -> bool:
        """Whether no input and no fact differs."""
        return not self.causes and not self.moves

    def record(self) -> dict[str, Any]:
        """Return the changes as plain JSON."""
        causes = [cause.record() for cause in self.causes]
        return {"title": self.title, "n_facts": self.n_facts, "causes": causes, "moves": [move.record() for move in self.moves]}


def compare(old: Snapshot, new: Snapshot) -> Changes:
    """Return what differs between two reports; see `openstrat.reporting.snapshots.read_snapshot`."""
    causes = causes_between(old.manifest, new.manifest, [old.folder.parent, new.folder.parent])
    read = {**(old.facts.get("tables_read") or {}), **(new.facts.get("tables_read") or {})}
    moves = [*moved_facts(old.facts["facts"], new.facts["facts"], causes, read), *_about(old, new, causes)]
    moves = [_with_rows(move, old, new) for move in moves]
    told = {move.cell for move in moves}
    moves += [
        Move("output", "output", cell, "", f"cell #{cell}", "", "", "", causes=tuple(possible_causes({}, causes, read.get(cell, ()))))
        for cell in _changed_cells(old, new)
        if cell not in told
    ]
    return Changes(new.title, tuple(causes), tuple(moves), len(new.facts["facts"]))


def compare_folders(old: Path, new: Path) -> Changes:
    """Return what differs between the reports in two folders.

    Raises
    ------
    InputError
        If one of them is no report folder.
    """
    return compare(read_snapshot(old), read_snapshot(new))


def moved_facts(
    old: Sequence[Fact], new: Sequence[Fact], causes: Sequence[Cause] = (), read: Mapping[str, Iterable[str]] | None = None
) -> list[Move]:
    """Return the facts that are not as they were.

    Facts are the same by name; what is left on both sides of one cell is paired where the words are alike, and the rest was added
    or removed. `read` holds the tables that had been read when each cell was shown.
    """
    known = read or {}

    def why(fact: Fact) -> tuple[Cause, ...]:
        return tuple(possible_causes(fact, causes, known.get(fact["place"]["cell"], ())))

    before, after = {fact["name"]: fact for fact in old}, {fact["name"]: fact for fact in new}
    pairs = [(before[name], after[name]) for name in after if name in before]
    gone, come = [fact for fact in old if fact["name"] not in after], [fact for fact in new if fact["name"] not in before]
    alike = list(_alike(gone, come))
    pairs += alike
    paired = {id(fact) for pair in alike for fact in pair}
    order = {fact["name"]: number for number, fact in enumerate(new)}
    moves = sorted((_move(was, now, why) for was, now in pairs if _differs(was, now)), key=lambda move: order[move.name])
    moves += [_single("added", fact, why) for fact in come if id(fact) not in paired]
    return moves + [_single("removed", fact, why) for fact in gone if id(fact) not in paired]


def _differs(old: Fact, new: Fact) -> bool:
    return any(old.get(key) != new.get(key) for key in ("text", "numbers", "drawn", "n"))


def _alike(gone: Iterable[Fact], come: Iterable[Fact]) -> Iterator[tuple[Fact, Fact]]:
    """Yield pairs of statements of the same cell and kind whose words are alike, each used once."""
    left = [fact for fact in come if fact["kind"] != "cell"]
    for fact in gone:
        near = [item for item in left if (item["kind"], item["place"]["cell"]) == (fact["kind"], fact["place"]["cell"])]
        scores = [difflib.SequenceMatcher(None, skeleton(fact["text"]), skeleton(item["text"])).ratio() for item in near]
        if scores and max(scores) >= ALIKE:
            best = near[scores.index(max(scores))]
            left.remove(best)
            yield fact, best


def _move(old: Fact, new: Fact, why: Why) -> Move:
    same_words = skeleton(old["text"]) == skeleton(new["text"])
    what = "redrawn" if old["text"] == new["text"] and old.get("drawn") != new.get("drawn") else "moved" if same_words else "reworded"
    before, after = old.get("numbers", []), new.get("numbers", [])
    steps = tuple(_step(was, now) for was, now in zip(before, after, strict=False) if was != now) if len(before) == len(after) else ()
    return _made(what, new, (old["text"], new["text"]), why, steps)


def _step(old: Mapping[str, Any], new: Mapping[str, Any]) -> Step:
    was, now, unit = old.get("value"), new.get("value"), new.get("unit") or ""
    is_number = isinstance(was, (int, float)) and isinstance(now, (int, float)) and old.get("unit") == new.get("unit")
    by = now - was if is_number else None  # type: ignore[operator]
    return Step(str(old.get("text", was)), str(new.get("text", now)), by, unit)


def _single(what: str, fact: Fact, why: Why) -> Move:
    return _made(what, fact, ("", fact["text"]) if what == "added" else (fact["text"], ""), why)


def _made(what: str, fact: Fact, texts: tuple[str, str], why: Why, steps: tuple[Step, ...] = ()) -> Move:
    place = fact["place"]
    label = ", ".join(str(place[key]) for key in ("row", "column") if place.get(key))
    label = f"figure {place['figure']}" if "figure" in place else label
    return Move(what, fact["kind"], fact["name"], place.get("section") or "", place["cell"], label, *texts, steps, why(fact))


def _about(old: Snapshot, new: Snapshot, causes: Sequence[Cause]) -> Iterator[Move]:
    """Yield what a report says about itself and says otherwise now: verdict, as-of date, status."""
    before, after = old.facts.get("about") or {}, new.facts.get("about") or {}
    for name in dict.fromkeys([*after, *before]):
        if before.get(name) != after.get(name):
            what = "added" if name not in before else "removed" if name not in after else "moved"
            texts = str(before.get(name, "")), str(after.get(name, ""))
            yield Move(what, "about", name, "", "", name.replace("_", " "), *texts, causes=tuple(possible_causes({}, causes)))


def _with_rows(move: Move, old: Snapshot, new: Snapshot) -> Move:
    """Return a redrawn figure with the number of rows that were drawn before only and now only, where notebooks are at hand."""
    if move.what != "redrawn":
        return move
    number = int(move.label.removeprefix("figure ")) - 1
    if number >= min(len(old.drawn), len(new.drawn)):
        return move
    before, after = _rows(old.drawn[number]), _rows(new.drawn[number])
    steps = (Step(f"{len(before - after)} rows only before", f"{len(after - before)} rows only now", None, ""),)
    return replace(move, steps=steps)


def _rows(table: Mapping[str, Any]) -> set[str]:
    return {json.dumps(row, sort_keys=True) for row in table.get("rows", ())}


def _changed_cells(old: Snapshot, new: Snapshot) -> list[str]:
    if not old.cells or not new.cells:
        return []
    return [cell for cell in dict.fromkeys([*new.cells, *old.cells]) if old.cells.get(cell) != new.cells.get(cell)]
