"""Numbers and dates in a text: their value, their unit where the text states one, and the text without them."""

from __future__ import annotations

import re
from dataclasses import dataclass

SCALES = {"thousand": 3, "million": 6, "billion": 9, "bn": 9, "trillion": 12}
UNITS = {
    **{"%": "percent", "percent": "percent", "percentage points": "percentage points", "percentage point": "percentage points"},
    **{f"{word}{ending}": f"{word}s" for word in ("year", "month", "week", "day", "hour") for ending in ("", "s")},
    **{word: word for word in ("USD", "EUR", "GBP", "GB", "MB", "kB", "times")},
}
MONEY = {"$": "USD", "€": "EUR", "£": "GBP"}
DATE = "date"
_MOMENT = r"(?P<date>\d{4}-\d{2}(?:-\d{2})?)(?![\d-])"
_DIGITS = r"(?P<digits>\d{1,3}(?:[,\u2009\u202f]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+)(?P<power>[eE][-+]?\d{1,3})?"
_GLUED = "(?P<glued>k|m|bn)?"
_SCALE = rf"(?:[ \u00a0](?P<scale>{'|'.join(SCALES)})\b)?"
_WORDS = "|".join(sorted((name for name in UNITS if name != "%"), key=len, reverse=True))
_UNIT = rf"(?:(?P<percent>[ \u00a0\u202f]?%)|(?:[ \u00a0-](?P<unit>{_WORDS})\b))?"
_MONEY = r"(?P<money>[$€£]|(?:USD|EUR|GBP)[ \u00a0])?(?P<sign>[-\u2212+])?(?P<inner>[$€£])?"
_AMOUNT = rf"{_MONEY}{_DIGITS}{_GLUED}(?!\w|[.,]\d|-[A-Za-z]*\d)"
_NUMBER = re.compile(rf"(?<![\w.#/])(?<!\w-)(?<!\d,)(?:{_MOMENT}|{_AMOUNT}{_SCALE}{_UNIT})")
_HEADING = re.compile(r"(?P<money>USD|EUR|GBP)(?: (?P<scale>thousand|million|billion))?|%|[A-Za-z]+")
GLUED = {"k": 3, "m": 6, "bn": 9}
"""What a letter right behind a number means; `m` and `bn` only behind an amount of money."""


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
    found = [_number(match) for match in _matches(text)]
    unit = unit_in(label)
    return [item if item.unit or not unit else Number(item.text, item.value, unit) for item in found]


def skeleton(text: str) -> str:
    """Return a text with every number and date replaced by `#`: equal for two sentences that differ in numbers only."""
    return _NUMBER.sub(lambda match: "#" if _counts(match) else match[0], text)


def _counts(match: re.Match[str]) -> bool:
    """Return whether digits are a number: `5m` is one as an amount of money only."""
    return match["glued"] not in ("m", "bn") or bool(match["money"] or match["inner"])


def _matches(text: str) -> list[re.Match[str]]:
    return [match for match in _NUMBER.finditer(text) if _counts(match)]


def unit_in(label: str) -> str:
    """Return the unit that the heading of a column states, such as `months` or `USD million`, or ''."""
    for match in _HEADING.finditer(label):
        if match["money"]:
            return match[0]
        if match[0] in UNITS:
            return UNITS[match[0]]
    return ""


def _number(match: re.Match[str]) -> Number:
    if match["date"]:
        return Number(match["date"], match["date"], DATE)
    digits = re.sub(r"[,\u2009\u202f]", "", match["digits"])
    symbol = (match["money"] or match["inner"] or "").strip()
    power = SCALES.get(match["scale"] or "", 0) + GLUED.get(match["glued"] or "", 0)
    is_whole = digits.isdigit() and not power and not match["power"]
    amount: float | int = int(digits) if is_whole else float(digits + (match["power"] or f"e{power}"))
    if match["sign"] in ("-", "\u2212"):
        amount = -amount
    unit = "percent" if match["percent"] else UNITS.get(match["unit"] or "", "")
    return Number(match[0], amount, " / ".join(part for part in (MONEY.get(symbol, symbol), unit) if part))
