"""One license by one name: what it is read as and with which reservation, or an error that says what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from openstrat.analysis.licenses.expression_grammar import listed_licenses, parse_expression
from openstrat.analysis.licenses.expressions import license_ids
from openstrat.analysis.licenses.names import COMBINATION, NOTHING_FITS, NameReading, current_form, read_name, reading_note
from openstrat.errors import InputError, UnknownNameError, UnreadTermsError

if TYPE_CHECKING:
    import pandas as pd

LIST = "List: openstrat data show licenses --rows 900"


def read_one(name: str, licenses: pd.DataFrame, aliases: pd.DataFrame, terms: pd.DataFrame) -> tuple[str, str]:
    """Return the license that a name means and a note on how it was read; the note is empty for a current identifier.

    A deprecated identifier means what SPDX reads it as (`GPL-2.0` is `GPL-2.0-only`). Where the terms of the license were not
    read, but those of versions of it were, the note names these.

    Raises
    ------
    InputError
        If the name is empty, could be several licenses, or stands for several at once; the message lists them.
    UnknownNameError
        If no license is known by that name.
    """
    reading = read_name(name, licenses, aliases)
    if not reading.license_id:
        raise _refusal(name, reading, licenses, aliases)
    meant = current_form(reading, licenses["license_id"])
    if " " in meant:
        raise _is_expression(name, meant, licenses, aliases)
    note = reading_note(reading, meant)
    versions = read_versions(reading, meant, terms)
    return meant, f"{note} Its terms were not read; those of {', '.join(versions)} were." if versions else note


def check_read(name: str, licenses: pd.DataFrame, aliases: pd.DataFrame, terms: pd.DataFrame) -> str:
    """Return the license that a name means, once its terms were read.

    Raises
    ------
    InputError, UnknownNameError
        As `read_one`.
    UnreadTermsError
        If its terms were not read; the message names the versions that were.
    """
    license_id, _ = read_one(name, licenses, aliases, terms)
    if not terms["license_id"].eq(license_id).any():
        raise UnreadTermsError(license_id, read_versions(read_name(name, licenses, aliases), license_id, terms))
    return license_id


def read_versions(reading: NameReading, license_id: str, terms: pd.DataFrame) -> tuple[str, ...]:
    """Return what a name may mean more precisely and whose terms were read, where those of the license itself were not."""
    read = set(terms["license_id"])
    return () if license_id in read else tuple(item for item in reading.candidates if item in read)


def _refusal(name: str, reading: NameReading, licenses: pd.DataFrame, aliases: pd.DataFrame) -> InputError:
    """Say what to write in place of a name that is not read as one license."""
    if not name.strip():
        return InputError("The license name is empty. Write a license, such as MIT.")
    together = listed_licenses(name, licenses, aliases)
    if together:
        return _several(name, together, " OR ".join(together))
    if COMBINATION.search(name) or "/" in name or name.strip().endswith("+"):
        try:
            return _is_expression(name, parse_expression(name, licenses, aliases).normalized, licenses, aliases)
        except InputError as error:
            if COMBINATION.search(name):
                return error
    if reading.reason == NOTHING_FITS:
        return UnknownNameError("license", name, licenses["license_id"], LIST)
    untold = [item for item in reading.candidates if item not in reading.reason]
    listed = f" It could be: {', '.join(untold)}." if untold else ""
    step = "Name the one you mean." if reading.candidates else LIST
    return InputError(f"{name!r} is not read as one license. {reading.reason}{listed} {step}")


def _is_expression(name: str, expression: str, licenses: pd.DataFrame, aliases: pd.DataFrame) -> InputError:
    return _several(name, license_ids(parse_expression(expression, licenses, aliases)), expression)


def _several(name: str, parts: tuple[str, ...], expression: str) -> InputError:
    one_by_one = f"{'its licenses one by one' if len(parts) > 1 else 'its license alone'} ({', '.join(parts)})"
    return InputError(f"{name!r} is an expression, not one license. Ask for {one_by_one}, or: openstrat license place {expression!r}")
