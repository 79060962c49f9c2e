"""Dates as precise as their source: the first and the last day that a written date can mean."""

from __future__ import annotations

import re

import pandas as pd

from openstrat.errors import InputError
from openstrat.tables.cells import PATTERNS

WRITTEN = re.compile(PATTERNS["partial_date"])
LENGTHS = {4: "Y", 7: "M", 10: "D"}
"""Letters of a written date, and the period it names: `2018`, `2018-12`, `2018-12-08`."""


def first_days(dates: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return the earliest day that each written date can mean: the first of its year or month, or the day; blank stays blank.

    Raises
    ------
    InputError
        If a date is not written as YYYY, YYYY-MM or YYYY-MM-DD.
    """
    return _days(dates, "start")


def last_days(dates: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    """Return the latest day that each written date can mean: the last of its year or month, or the day; blank stays blank.

    Raises
    ------
    InputError
        If a date is not written as YYYY, YYYY-MM or YYYY-MM-DD.
    """
    return _days(dates, "end")


def _days(dates: pd.Series[str], side: str) -> pd.Series[pd.Timestamp]:
    found = [_day(date, side) if isinstance(date, str) else pd.NaT for date in dates.astype(object)]
    return pd.Series(found, index=dates.index, dtype="datetime64[ns]")


def _day(date: str, side: str) -> pd.Timestamp:
    try:
        period = pd.Period(date, freq=LENGTHS[len(date)]) if WRITTEN.fullmatch(date) else None
    except ValueError:
        period = None
    if period is None:
        raise InputError(f"{date!r} is not a date. Write it as precisely as it is known: YYYY, YYYY-MM or YYYY-MM-DD.")
    found: pd.Timestamp = (period.start_time if side == "start" else period.end_time).normalize()
    return found
