"""Declared against detected: what package files and SPDX lines say beside the license texts that are there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from openstrat.analysis.audit.standing import LicenseTables, Standing
from openstrat.analysis.licenses.expressions import license_ids, parse_expression
from openstrat.collect.git.declarations import SEVERAL, Declared, HeaderSample
from openstrat.errors import InputError
from openstrat.terms import Term

COLUMNS = ["where", "declared", "reads_as", "detected", "agreement", "note"]


class Agreement(Term):
    """How a declaration compares with the license texts of the same place."""

    AGREES = "agrees", "It names the licenses whose texts are there."
    FITS = "fits", "It names licenses that the texts may stand for, more exactly than the text alone says."
    CONFLICTS = "conflicts", "It names a license whose text is not there, or leaves one out."
    NO_TEXT = "no_text", "It names a license, and no text is there that could be read."
    UNREADABLE = "unreadable", "What it says is no license name that can be settled."


@dataclass(frozen=True)
class _Named:
    ids: tuple[str, ...]
    words: str


def agreement_table(
    declared: tuple[Declared, ...], headers: HeaderSample, standings: Mapping[str, Standing], tables: LicenseTables
) -> pd.DataFrame:
    """Return one row a declaration: where, what it says, how it reads, what texts were detected there, whether they agree, a note.

    Parameters
    ----------
    declared, headers
        What package files and SPDX lines state.
    standings
        What the license files come to, by folder; a package without a license file of its own belongs to the nearest one above.
    tables
        The license tables.
    """
    rows = [_declaration(item, _nearest(item.folder, standings), tables) for item in declared]
    rows += [_header(value, n, headers, standings.get(""), tables) for value, n in headers.counts]
    return pd.DataFrame(rows, columns=COLUMNS)


def stated_expression(declared: tuple[Declared, ...], folder: str = "") -> str:
    """Return the first license that a package file of a folder states; empty when none does."""
    return next((item.value for item in declared if item.folder == folder and item.value), "")


def _nearest(folder: str, standings: Mapping[str, Standing]) -> Standing | None:
    while True:
        if folder in standings:
            return standings[folder]
        if not folder:
            return None
        folder = folder.rpartition("/")[0]


def _declaration(item: Declared, standing: Standing | None, tables: LicenseTables) -> dict[str, str]:
    where = f"{item.path}, {item.field}" if item.field else item.path
    if not item.field:
        return _row(where, "", None, standing, (Agreement.UNREADABLE, "The file cannot be parsed."))
    named = _read(item.value, tables)
    return _row(where, item.value, named, standing, (_compare(named, standing), ""))


def _header(value: str, n: int, headers: HeaderSample, standing: Standing | None, tables: LicenseTables) -> dict[str, str]:
    named = _read(value, tables)
    note = f"{n} of {headers.n_sampled} source files read ({headers.n_source_files} in all)"
    found = _compare(named, standing)
    is_part = named is not None and standing is not None and bool(set(named.ids) & set(standing.license_ids))
    return _row(
        "SPDX lines of source files", value, named, standing, (Agreement.FITS if is_part and found is Agreement.CONFLICTS else found, note)
    )


def _row(where: str, value: str, named: _Named | None, standing: Standing | None, found: tuple[Agreement, str]) -> dict[str, str]:
    return {
        "where": where,
        "declared": value,
        "reads_as": named.words if named else "",
        "detected": standing.label if standing else "",
        "agreement": found[0].value,
        "note": found[1],
    }


def _read(value: str, tables: LicenseTables) -> _Named | None:
    ids: list[str] = []
    words = []
    for part in value.split(SEVERAL):
        try:
            parsed = parse_expression(part, tables.licenses, tables.aliases)
        except InputError:
            return None
        ids += license_ids(parsed)
        words.append(parsed.normalized)
    return _Named(tuple(dict.fromkeys(ids)), "; ".join(words))


def _compare(named: _Named | None, standing: Standing | None) -> Agreement:
    if named is None:
        return Agreement.UNREADABLE
    if standing is None or not standing.license_ids:
        return Agreement.NO_TEXT
    stated, found = set(named.ids), set(standing.license_ids)
    if stated == found:
        return Agreement.AGREES
    families = {_family(item) for item in found}
    return Agreement.FITS if stated <= found and {_family(item) for item in stated} == families else Agreement.CONFLICTS


def _family(license_id: str) -> str:
    return license_id.removesuffix("-only").removesuffix("-or-later")
