"""Numbers and dates in a text: their value, their unit where the text states one, and the text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12}
UNITS = {
    **{"%": "percent", "percent": "percent", "percentage points": "percentage points", "percentage point": "percentage points"},
    **{f"{word}{ending}": f"{word}s" for word in ("year", "month", "week", "day", "hour") for ending in ("", "s")},
    **{word: word for word in ("USD", "EUR", "GBP", "GB", "MB", "kB", "times")},
}
MONEY = {"$": "USD", "€": "EUR", "£": "GBP"}
DATE = "date"
_MOMENT = r"(?P<date>\d{4}-\d{2}(?:-\d{2})?)(?![\d-])"
_DIGITS = r"(?P<digits>\d{1,3}(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<power>[eE][-+]?\d{1,3})?"
_SCALE = rf"(?:[ \u00a0](?P<scale>{'|'.join(SCALES)})\b)?"
_UNIT = rf"(?:(?P<percent>[ \u00a0\u202f]?%)|(?:[ \u00a0-](?P<unit>{'|'.join(sorted((name for name in UNITS if name != '%'), key=len, reverse=True))})\b))?"
_NUMBER = re.compile(
    rf"(?<![\w.#/])(?<!\w-)(?:{_MOMENT}|(?P<money>[$€£])?(?P<sign>[-\u2212+])?(?P<inner>[$€£])?{_DIGITS}(?!\w|\.\d|-[A-Za-z]*\d){_SCALE}{_UNIT})"
)


@dataclass(frozen=True)
class Number:
    """A number or date as a text shows it; `unit` is '' where the text states none."""

    text: str
    value: float | int | str
    unit: str = ""

    def record(self) -> dict[str, object]:
        """Return the number as plain JSON."""
        return {"value": self.value, "unit": self.unit or None, "text": self.text}


def numbers_in(text: str, label: str = "") -> list[Number]:
    """Return the numbers of a text in order.

    Digits that belong to a name (`GPT-4`, `Apache-2.0`, `v1.2`) are none. `label` is searched for a unit when the text has none,
    as in the heading of a column.
    """
    found = [_number(match) for match in _NUMBER.finditer(text)]
    unit = unit_in(label)
    return [item if item.unit or not unit else Number(item.text, item.value, unit) for item in found]


def skeleton(text: str) -> str:
    """Return a text with every number and date replaced by `#`: equal for two sentences that differ in numbers only."""
    return _NUMBER.sub("#", text)


def unit_in(label: str) -> str:
    """Return the unit that the heading of a column states, or ''."""
    words = re.findall(r"%|[A-Za-z]+", label)
    return next((UNITS[word] for word in words if word in UNITS), "")


def _number(match: re.Match[str]) -> Number:
    if match["date"]:
        return Number(match["date"], match["date"], DATE)
    digits = re.sub(r"[,\u2009\u202f]", "", match["digits"]) + (match["power"] or "")
    is_whole = digits.isdigit() and not match["scale"]
    amount: float | int = int(digits) if is_whole else float(digits) * SCALES.get(match["scale"] or "", 1.0)
    if match["sign"] in ("-", "\u2212"):
        amount = -amount
    money = MONEY.get(match["money"] or match["inner"] or "", "")
    unit = "percent" if match["percent"] else UNITS.get(match["unit"] or "", "")
    return Number(match[0], amount, " / ".join(part for part in (money, unit) if part))
