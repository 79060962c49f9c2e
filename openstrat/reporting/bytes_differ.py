"""Where two versions of a report's file differ: the first byte, and the cells, facts, figure or section it belongs to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from openstrat.reporting.notebooks import cell_label

MOST = 8
AROUND = 30
FOOT = b'<footer class="colophon">'
_ID = re.compile(rb'\sid="([A-Za-z][\w-]*)"')


@dataclass(frozen=True)
class Difference:
    """One file that differs: `byte` is the offset of the first byte that does (from 0), `places` says what it belongs to."""

    file: str
    byte: int
    line: int
    old: str
    new: str
    places: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """Return the difference as plain JSON."""
        return {
            "file": self.file,
            "byte": self.byte,
            "line": self.line,
            "old": self.old,
            "new": self.new,
            "places": list(self.places),
        }

    def lines(self) -> list[str]:
        """Return the difference in words."""
        if self.byte < 0:
            return [f"{self.file}: {self.places[0]}"]
        first = f"{self.file}: from byte {self.byte:,} (line {self.line:,}): {self.old!r} here, {self.new!r} rebuilt"
        return [first, *(f"    {place}" for place in self.places)]


def first_difference(name: str, old: bytes | None, new: bytes | None) -> Difference | None:
    """Return how a file that stands differs from its rebuilt version; None when every byte is the same."""
    if old is None or new is None:
        return Difference(name, -1, 0, "", "", ("is not there" if old is None else "is not made by the rebuild",))
    if old == new:
        return None
    byte = next((place for place, (was, now) in enumerate(zip(old, new, strict=False)) if was != now), min(len(old), len(new)))
    start = max(0, byte - AROUND // 3)
    here, rebuilt = (data[start : byte + AROUND].decode("utf-8", "replace") for data in (old, new))
    line = old.count(b"\n", 0, byte) + 1
    return Difference(name, byte, line, here, rebuilt, tuple(_places(name, old, new, byte)))


def _places(name: str, old: bytes, new: bytes, byte: int) -> list[str]:
    try:
        if name.endswith(".ipynb"):
            return listed(list(_cells(json.loads(old), json.loads(new))))
        if name == "facts.json":
            return listed(list(_facts(json.loads(old), json.loads(new))))
    except (ValueError, KeyError, TypeError):
        return ["it can no longer be read as JSON"]
    if name.endswith(".html"):
        if old.rfind(FOOT, 0, byte) >= 0:
            return ["in the lines at the foot of the page, which name versions and hashes"]
        anchors = _ID.findall(old, 0, byte)
        return [f"after the element #{anchors[-1].decode()}"] if anchors else []
    return []


def listed(places: list[str]) -> list[str]:
    """Return at most eight places; the rest is counted."""
    return places if len(places) <= MOST else [*places[:MOST], f"and {len(places) - MOST} more"]


def _cells(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    """Yield what differs in which cell, cells paired by position."""
    for index in range(max(len(old["cells"]), len(new["cells"]))):
        if index >= len(old["cells"]) or index >= len(new["cells"]):
            longer, what = (new, "is missing here") if index >= len(old["cells"]) else (old, "is not in the rebuild")
            yield f"{cell_label(longer['cells'], index)} {what}"
            continue
        before, after = old["cells"][index], new["cells"][index]
        for part in ("id", "cell_type", "metadata", "source", "execution_count"):
            if before.get(part) != after.get(part):
                yield f"{cell_label(old['cells'], index)}: {part.replace('_', ' ')}"
        yield from _outputs(cell_label(old["cells"], index), before.get("outputs", []), after.get("outputs", []))
    if old["metadata"] != new["metadata"]:
        yield "the notebook's metadata"


def _outputs(label: str, old: list[dict[str, Any]], new: list[dict[str, Any]]) -> Iterator[str]:
    if len(old) != len(new):
        yield f"{label}: {len(old)} outputs here, {len(new)} rebuilt"
    for number, (before, after) in enumerate(zip(old, new, strict=False), start=1):
        if before != after:
            data = before.get("data", {}), after.get("data", {})
            types = [mime for mime in dict.fromkeys([*data[0], *data[1]]) if data[0].get(mime) != data[1].get(mime)]
            yield f"{label}: output {number} ({', '.join(types) or before.get('name', before['output_type'])})"


def _facts(old: dict[str, Any], new: dict[str, Any]) -> Iterator[str]:
    before, after = ({fact["name"]: fact for fact in facts["facts"]} for facts in (old, new))
    for name in dict.fromkeys([*before, *after]):
        was, now = before.get(name), after.get(name)
        if was != now:
            yield f"fact {name}: {_text(was)!r} here, {_text(now)!r} rebuilt"
    for key in ("title", "about", "parameters", "tables"):
        if old.get(key) != new.get(key):
            yield f"its {key}"


def _text(fact: dict[str, Any] | None) -> str:
    return "" if fact is None else str(fact.get("text", ""))[:80]
