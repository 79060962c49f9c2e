"""Values of parameters: text and JSON read by a declared type, and the ranges they must keep."""

from __future__ import annotations

import datetime
import math
import re
from typing import Any

Value = str | int | float | bool | list[Any] | dict[str, Any] | None
BASES = ("str", "int", "float", "bool")
MAX_TEXT = 10_000

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"[-+]?(?:[0-9]{1,18}(?:\.[0-9]*)?|\.[0-9]{1,18})(?:[eE][-+]?[0-9]{1,3})?")


def read_text(text: str, base: str) -> str | int | float | bool:
    """Return the value that `text` spells in the type `base`.

    Raises
    ------
    ValueError
        With what is allowed.
    """
    if base == "str":
        return _text(text)
    if base == "bool":
        if text.lower() in ("true", "false"):
            return text.lower() == "true"
        raise ValueError("is not a bool. Allowed: true, false")
    if base == "int":
        if _INTEGER.fullmatch(text):
            return int(text)
        raise ValueError("is not a whole number. Allowed: digits without leading zeros, such as 12 or -3")
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        raise ValueError("is not a finite number. Allowed: digits with '.' or an exponent, such as 0.25 or 1e6")
    return number


def read_json(value: object, base: str) -> str | int | float | bool:
    """Return a JSON value unchanged if it has the type `base`; an int is accepted for a float.

    Raises
    ------
    ValueError
        With the type that was found and the type that is wanted.
    """
    found = type(value).__name__
    if base == "float" and isinstance(value, (int, float)) and found != "bool":
        if math.isfinite(value):
            return float(value)
        raise ValueError("is not a finite number")
    if base in ("int", "bool") and found == base:
        return value  # type: ignore[return-value]
    hint = " Quote it" if base == "str" else ""
    raise ValueError(f"is of type {found}; wanted: {base}.{hint}".rstrip("."))


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise ValueError(f"is longer than {MAX_TEXT} characters")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("holds half a surrogate pair, which is not text") from None
    return text


def check_range(value: object, *, low: float | str | None, high: float | str | None, pattern: str, form: str, unit: str) -> None:
    """Pass if the value keeps its limits.

    Raises
    ------
    ValueError
        With the limit that is broken.
    """
    limits = f"{'' if low is None else low} to {'' if high is None else high} {unit}".strip()
    if isinstance(value, (int, float)):
        bottom, top = (-math.inf if low is None else float(low)), (math.inf if high is None else float(high))
        if not bottom <= value <= top:
            raise ValueError(f"is out of range. Allowed: {limits}")
    if pattern and isinstance(value, str) and not re.fullmatch(pattern, value):
        raise ValueError(f"does not match {pattern}")
    if form == "date" and isinstance(value, str):
        try:
            is_date = datetime.date.fromisoformat(value).isoformat() == value
        except ValueError:
            is_date = False
        if not is_date:
            raise ValueError("is not a calendar date. Allowed: YYYY-MM-DD, such as 2026-05-31")
        if not str(low or "") <= value <= str(high or "9999"):
            raise ValueError(f"is out of range. Allowed: {limits}")
