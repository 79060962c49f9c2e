"""What a license name means: from an identifier, a spelling, a full name or a known alias to one license, or to what it might be.

The forms in which names are compared stand in `name_forms`. Digits always have to agree, so no reading moves from one version to
another; a name without version means a license only where no other version of it is listed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from openstrat.analysis.licenses.name_forms import NUMBER, SHORTEST, family, first_word, loose, spelled, stems, words
from openstrat.tables.cells import license_ids_in, split_list
from openstrat.terms import Term

if TYPE_CHECKING:
    import pandas as pd

T = TypeVar("T")
OWN_PREFIX = "LicenseRef-"
ALIAS_COLUMNS = ("alias", "license_id", "candidates", "reason", "source_ids")
LICENSE_COLUMNS = ("license_id", "name", "is_spdx_deprecated", "source_ids", "steward")
VERSION_OPEN = "version not stated"
"""What the name of a row says that stands for records which do not tell the version."""

LISTED = "Identifier of the license list."
NOTHING_FITS = "No license has this name."
COMBINATION = re.compile(r"\b(?:AND|OR(?!\s+(?:any\s+)?later\b)|WITH)\b|[()]", re.IGNORECASE)
MOST_CANDIDATES = 12
"""Words that stand in the names of more licenses than this say too little."""

WITH_EXCEPTION = {
    "GPL-2.0-with-autoconf-exception": "GPL-2.0-only WITH Autoconf-exception-2.0",
    "GPL-2.0-with-bison-exception": "GPL-2.0-only WITH Bison-exception-2.2",
    "GPL-2.0-with-classpath-exception": "GPL-2.0-only WITH Classpath-exception-2.0",
    "GPL-2.0-with-font-exception": "GPL-2.0-only WITH Font-exception-2.0",
    "GPL-2.0-with-GCC-exception": "GPL-2.0-only WITH GCC-exception-2.0",
    "GPL-3.0-with-autoconf-exception": "GPL-3.0-only WITH Autoconf-exception-3.0",
    "GPL-3.0-with-GCC-exception": "GPL-3.0-only WITH GCC-exception-3.1",
}
"""Deprecated identifiers that held an exception, and the expression that replaces each; the SPDX list reads GPL-2.0 in them as -only."""


class NameMatch(Term):
    """How a name was read."""

    EXACT = "exact", "It is an identifier of the license list."
    SPELLING = "spelling", "It is an identifier or a full name, written differently."
    ALIAS = "alias", "It is a known other name."
    SHORTENED = "shortened", "It is a part of the identifier or name of one license only; reason says which part is left out."
    AMBIGUOUS = "ambiguous", "It fits several licenses, or leaves the version open."
    UNKNOWN = "unknown", "It fits none; candidates, if any, are what comes near."


@dataclass(frozen=True)
class NameReading:
    """What a name means. `license_id` is None when that is not settled; `candidates` says what it might be, or might be more precisely.

    For the few aliases that stand for a combination, `license_id` is a license expression.
    """

    given: str
    license_id: str | None
    candidates: tuple[str, ...]
    how: NameMatch
    reason: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    """One row of the license list."""

    license_id: str
    name: str
    is_deprecated: bool
    source_ids: tuple[str, ...]
    words: frozenset[str]
    first_words: frozenset[str]


@dataclass(frozen=True)
class _Alias:
    """One row of the aliases."""

    license_id: str | None
    candidates: tuple[str, ...]
    reason: str
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class _Index:
    """The license list and the aliases, by every form in which they are compared."""

    by_id: dict[str, _Entry]
    by_lower_id: dict[str, str]
    by_spelling: dict[str, tuple[str, ...]]
    by_loose: dict[str, tuple[str, ...]]
    by_family: dict[str, tuple[str, ...]]
    alias_by_spelling: dict[str, _Alias]
    alias_by_loose: dict[str, tuple[_Alias, ...]]


def read_name(given: str, licenses: pd.DataFrame, aliases: pd.DataFrame) -> NameReading:
    """Return what a license name means; never raises, and never guesses a version.

    `licenses` and `aliases` are the tables `licenses` and `license_aliases`. In this order: an identifier, a known alias, an
    identifier or full name spelled differently, the same without words such as "license", a part of one that fits no other
    license. Where a part fits several, such as all versions of a license, these become candidates.
    """
    index = _index(_rows(licenses, LICENSE_COLUMNS), _rows(aliases, ALIAS_COLUMNS))
    text = given.strip()
    listed = index.by_lower_id.get(text.casefold())
    if listed:
        return _identified(given, listed, index)
    spelling, key = spelled(text), loose(text)
    if spelling in index.alias_by_spelling:
        return _aliased(given, (index.alias_by_spelling[spelling],))
    if spelling in index.by_spelling:
        return _matched(given, index.by_spelling[spelling], "Identifier or name of the license list, spelled differently.", index)
    if key in index.alias_by_loose:
        return _aliased(given, index.alias_by_loose[key])
    if key in index.by_loose:
        return _matched(given, index.by_loose[key], "Identifier or name of the license list, in other words.", index)
    return _unsettled(given, text, index)


def successors(license_id: str, license_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the current SPDX identifiers that a deprecated GNU identifier can mean; the one that SPDX reads it as stands first.

    `GPL-3.0` gives -only and -or-later, `GPL-3.0+` gives -or-later; any other identifier gives nothing. The SPDX list
    itself names `GPL-3.0` "only".
    """
    known = set(license_ids)
    wanted = [f"{license_id[:-1]}-or-later"] if license_id.endswith("+") else [f"{license_id}-only", f"{license_id}-or-later"]
    return tuple(item for item in wanted if item in known)


def current_form(reading: NameReading, license_ids: Iterable[str]) -> str:
    """Return what SPDX writes today for a name that was read; an expression for identifiers that held an exception."""
    license_id = str(reading.license_id)
    current = successors(license_id, license_ids)
    return current[0] if current else WITH_EXCEPTION.get(license_id, license_id)


def reading_note(reading: NameReading, meant: str) -> str:
    """Return in a sentence how a name was read as the license or expression `meant`; empty for an identifier that stands as it is."""
    if reading.how is NameMatch.EXACT and meant == reading.given.strip() and not reading.candidates:
        return ""
    reason = reading.reason.removeprefix(f"{LISTED} ") if reading.how is NameMatch.EXACT else reading.reason
    others = [item for item in reading.candidates if item not in reading.reason and item not in license_ids_in(meant)]
    versions = f" It may be one of: {', '.join(others)}." if others and "or-later" not in "".join(others) else ""
    return f"{reading.given.strip()!r} is read as {meant}. {reason}{versions}"


def _rows(frame: pd.DataFrame, columns: tuple[str, ...]) -> tuple[tuple[object, ...], ...]:
    lists = [[cell if isinstance(cell, str | bool) else None for cell in frame[column].tolist()] for column in columns]
    return tuple(zip(*lists, strict=True))


@lru_cache(maxsize=4)
def _index(license_rows: tuple[tuple[object, ...], ...], alias_rows: tuple[tuple[object, ...], ...]) -> _Index:
    entries = [_entry(*row) for row in license_rows]
    by_spelling: dict[str, list[str]] = {}
    by_loose: dict[str, list[str]] = {}
    by_family: dict[str, list[str]] = {}
    for entry in entries:
        forms = (entry.license_id, entry.license_id.removeprefix(OWN_PREFIX), entry.name)
        for target, keys in ((by_spelling, map(spelled, forms)), (by_loose, map(loose, forms)), (by_family, map(family, forms))):
            for key in dict.fromkeys(keys):
                target.setdefault(key, []).append(entry.license_id)
    by_alias: dict[str, _Alias] = {}
    alias_by_loose: dict[str, list[_Alias]] = {}
    for row in alias_rows:
        alias = _Alias(str(row[1]) if row[1] else None, tuple(split_list(row[2])), str(row[3]), tuple(split_list(row[4])))
        for form in dict.fromkeys((str(row[0]), str(row[0]).removeprefix(OWN_PREFIX))):
            by_alias.setdefault(spelled(form), alias)
            alias_by_loose.setdefault(loose(form), []).append(alias)
    return _Index(
        by_id={entry.license_id: entry for entry in entries},
        by_lower_id={entry.license_id.casefold(): entry.license_id for entry in entries},
        by_spelling=_frozen(by_spelling),
        by_loose=_frozen(by_loose),
        by_family=_frozen(by_family),
        alias_by_spelling=by_alias,
        alias_by_loose=_frozen(alias_by_loose),
    )


def _entry(license_id: object, name: object, is_deprecated: object, source_ids: object, steward: object) -> _Entry:
    forms = (str(license_id).removeprefix(OWN_PREFIX), str(name))
    return _Entry(
        license_id=str(license_id),
        name=str(name),
        is_deprecated=bool(is_deprecated),
        source_ids=tuple(split_list(source_ids)),
        words=frozenset().union(*map(stems, (*forms, str(steward or "")))),
        first_words=frozenset().union(*map(first_word, forms)),
    )


def _frozen(lists: Mapping[str, Sequence[T]]) -> dict[str, tuple[T, ...]]:
    return {key: tuple(dict.fromkeys(found)) for key, found in lists.items() if key}


def _identified(given: str, license_id: str, index: _Index) -> NameReading:
    if given.strip() == license_id:
        return _listed(given, license_id, NameMatch.EXACT, LISTED, index)
    return _listed(given, license_id, NameMatch.SPELLING, "Identifier of the license list, in another case.", index)


def _listed(given: str, license_id: str, how: NameMatch, reason: str, index: _Index) -> NameReading:
    """Read an identifier as itself; for a deprecated one, say what replaced it, for one without version, which versions there are."""
    entry = index.by_id[license_id]
    current = successors(license_id, index.by_id) if entry.is_deprecated else ()
    if VERSION_OPEN in entry.name:
        current = tuple(item for item in index.by_id if item.startswith(f"{license_id}-"))
        reason += f" It does not say which version; listed: {', '.join(current)}."
    elif len(current) > 1:
        reason += f" Deprecated: SPDX reads it as {current[0]}; people write it without saying -only or -or-later."
    elif current:
        reason += f" Deprecated: SPDX now writes {current[0]}."
    elif license_id in WITH_EXCEPTION:
        reason += f" Deprecated: SPDX now writes {WITH_EXCEPTION[license_id]}."
    elif entry.is_deprecated:
        reason += " Deprecated: SPDX advises another identifier or an expression."
    return NameReading(given, license_id, current, how, reason, entry.source_ids)


def _matched(given: str, found: tuple[str, ...], reason: str, index: _Index) -> NameReading:
    """Read a spelling that fits one or several rows of the license list; a current identifier goes before a deprecated one."""
    fitting = _current(found, index)
    if len(fitting) == 1:
        return _listed(given, fitting[0], NameMatch.SPELLING, reason, index)
    reason = f"It fits {len(fitting)} licenses: {', '.join(fitting)}."
    return NameReading(given, None, fitting, NameMatch.AMBIGUOUS, reason, _sources(fitting, index))


def _current(license_ids: Iterable[str], index: _Index) -> tuple[str, ...]:
    """Return the identifiers that are current; where all are deprecated, those that replaced them."""
    found = tuple(dict.fromkeys(license_ids))
    listed = tuple(item for item in found if not index.by_id[item].is_deprecated)
    replaced = tuple(dict.fromkeys(new for old in found for new in successors(old, index.by_id)))
    return listed or replaced or found


def _aliased(given: str, found: tuple[_Alias, ...]) -> NameReading:
    """Read a known alias; several aliases that mean different licenses settle nothing."""
    first = found[0]
    sources = tuple(dict.fromkeys(source for alias in found for source in alias.source_ids))
    reason = " ".join(dict.fromkeys(alias.reason for alias in found))
    if len({alias.license_id for alias in found}) == 1:
        candidates = tuple(dict.fromkeys(item for alias in found for item in alias.candidates))
        how = NameMatch.ALIAS if first.license_id else NameMatch.AMBIGUOUS if candidates else NameMatch.UNKNOWN
        return NameReading(given, first.license_id, candidates, how, reason, sources)
    targets = [item for alias in found for item in (alias.license_id, *alias.candidates) if item]
    return NameReading(given, None, tuple(dict.fromkeys(targets)), NameMatch.AMBIGUOUS, reason, sources)


def _unsettled(given: str, text: str, index: _Index) -> NameReading:
    """Read a part of a name, or say what a name that fits nothing might be."""
    bare = text.removeprefix(OWN_PREFIX)
    key, versions = loose(bare), _versions(bare, index)
    if key in index.by_loose:
        return _nearest(given, key, index)
    if versions and not NUMBER.search(key):
        return _part(given, versions, "It names no version; one is listed", "It names no version; listed", index)
    if COMBINATION.search(text):
        said = "No license has this name; it looks like a combination, to be read as a license expression."
        return NameReading(given, None, (), NameMatch.UNKNOWN, said, ())
    return _by_words(given, words(bare), index) or _other_versions(given, versions, index) or _nearest(given, key, index)


def _by_words(given: str, asked: frozenset[str], index: _Index) -> NameReading | None:
    """Read a name by its words alone; nothing when no license has them all."""
    fitting = _containing(asked, index)
    if len(fitting) > MOST_CANDIDATES:
        said = f"Its words point to {len(fitting)} licenses; write more of the name."
        return NameReading(given, None, (), NameMatch.UNKNOWN, said, ())
    if len(fitting) == 1 and not asked & index.by_id[fitting[0]].first_words:
        said = f"No license has this name; its words point to {fitting[0]} ({index.by_id[fitting[0]].name})."
        return NameReading(given, None, fitting, NameMatch.UNKNOWN, said, _sources(fitting, index))
    return _part(given, fitting, "Its words point to one listed license", "Its words point to several", index) if fitting else None


def _other_versions(given: str, versions: tuple[str, ...], index: _Index) -> NameReading | None:
    said = f"No license of this name has that number; listed: {', '.join(versions)}."
    return NameReading(given, None, versions, NameMatch.UNKNOWN, said, _sources(versions, index)) if versions else None


def _versions(text: str, index: _Index) -> tuple[str, ...]:
    """Return all versions of the license that a name means, whatever version it gives."""
    key = family(text)
    return _current(index.by_family.get(key, ()), index) if len(key) > 1 else ()


def _containing(asked: frozenset[str], index: _Index) -> tuple[str, ...]:
    """Return the licenses whose identifier, name and steward hold all words; beside a number, the first word has to be there too."""
    if not any(word.isalpha() and len(word) >= SHORTEST for word in asked):
        return ()
    found = [entry for entry in index.by_id.values() if asked <= entry.words]
    if any(map(NUMBER.search, asked)):
        found = [entry for entry in found if asked & entry.first_words]
    return _current((entry.license_id for entry in found), index)


def _part(given: str, fitting: tuple[str, ...], one: str, several: str, index: _Index) -> NameReading:
    """Read a part of a name as the one license that it fits, or leave open which of several."""
    if len(fitting) == 1:
        return _listed(given, fitting[0], NameMatch.SHORTENED, f"{one}: {index.by_id[fitting[0]].name}.", index)
    reason = f"{several}: {', '.join(fitting)}."
    return NameReading(given, None, fitting, NameMatch.AMBIGUOUS, reason, _sources(fitting, index))


def _nearest(given: str, key: str, index: _Index) -> NameReading:
    near = _near(key, index)
    said = f"No license has this name; nearest in spelling: {', '.join(near)}." if near else NOTHING_FITS
    return NameReading(given, None, near, NameMatch.UNKNOWN, said, _sources(near, index))


def _near(key: str, index: _Index) -> tuple[str, ...]:
    """Return identifiers whose names differ by a slip of the pen and carry the same numbers."""
    if key in index.by_loose:
        return _current(index.by_loose[key], index)
    if not 4 <= len(key) <= 80:
        return ()
    numbers = NUMBER.findall(key)
    same = [form for form in index.by_loose if NUMBER.findall(form) == numbers]
    close = difflib.get_close_matches(key, same, n=3, cutoff=0.85)
    return _current((item for form in close for item in index.by_loose[form]), index)


def _sources(license_ids: Iterable[str], index: _Index) -> tuple[str, ...]:
    return tuple(dict.fromkeys(source for item in license_ids for source in index.by_id[item].source_ids))
