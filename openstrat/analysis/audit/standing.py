"""What the license files of one place come to: the licenses in them, how they combine, and the level that follows; doubts stay."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.expressions import OPENNESS, Combination, Operator, license_ids, parse_expression, place_expression
from openstrat.analysis.licenses.placement import place_license
from openstrat.collect.git.trees import names_a_part
from openstrat.collect.license_text import FoundText, TextReading, TextState
from openstrat.errors import InputError
from openstrat.terms import AssetType, OpennessLevel, Restriction, Term

if TYPE_CHECKING:
    import pandas as pd

MOST_NOTICE_WORDS = 300
"""Words of a file that only names a license; a longer one may hold terms of its own."""
NO_FILE = "no license file"
OTHER_TEXT = " in a longer text"
"""Added where most words of the file are no known license."""
NOT_SAID = "only or also later versions: not said"
UNREAD = {
    TextState.UNKNOWN: "unknown text",
    TextState.EMPTY: "empty file",
    TextState.NOT_TEXT: "file that is no text",
    TextState.TOO_LARGE: "file too large to read",
    TextState.LINK: "symbolic link",
    TextState.MODULE: "linked repository",
    TextState.MISSING: "file that is not in this copy",
}
"""How a license file is called that could not be read as a license."""
RANKS = {level: rank for rank, level in enumerate(OPENNESS)}


class Connection(Term):
    """How several license texts of one place bind together."""

    SINGLE = "single", "There is one license."
    CHOICE = "choice", "The reader chooses one of them."
    ALL = "all", "All of them bind."
    NOT_SAID = "not_said", "Whether one may choose or all bind is not said."


@dataclass(frozen=True)
class LicenseTables:
    """The tables that license questions are answered from: license_terms, licenses and license_aliases."""

    terms: pd.DataFrame
    licenses: pd.DataFrame
    aliases: pd.DataFrame


@dataclass(frozen=True)
class Part:
    """One license text, or a file that could not be read as one; `license_ids` are candidates when there are several."""

    label: str
    license_ids: tuple[str, ...]
    level: OpennessLevel
    restrictions: tuple[Restriction, ...]
    doubts: tuple[str, ...]
    is_choice: bool
    source_ids: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """What license a place is under. The level is undetermined where a doubt could change it; `lowest` and `highest` bound it.

    `lowest` is the most closed level that the doubts allow, `highest` the most open one.
    """

    label: str
    license_ids: tuple[str, ...]
    connection: Connection
    level: OpennessLevel
    lowest: OpennessLevel
    highest: OpennessLevel
    restrictions: tuple[Restriction, ...]
    doubts: tuple[str, ...]
    source_ids: tuple[str, ...]


def standing_of(readings: Mapping[str, TextReading], tables: LicenseTables, *, stated: str = "") -> Standing:
    """Return what the license files of one place come to.

    A text that was changed, or that stands beside words that may add terms, is never called fully open: what is added can only
    hold somebody back. A restricted license stays restricted. Where files do not say how they combine, those whose names speak of
    a part (COPYING.protobuf) are left out and named.

    Parameters
    ----------
    readings
        What each license file holds, by path; notices left out. Empty: there is no license file, and nothing grants a right.
    tables
        The license tables.
    stated
        A license expression that the project declares; it settles how several texts combine when it names the same ones.
    """
    distinct, connection = _distinct(readings, tables, stated)
    main = {path: reading for path, reading in readings.items() if not names_a_part(path)}
    left_out: tuple[str, ...] = ()
    if connection is Connection.NOT_SAID and main and len(main) < len(readings):
        distinct, connection = _distinct(main, tables, stated)
        left_out = (f"By its name it is about a part, so it was left out: {', '.join(sorted(set(readings) - set(main)))}.",)
    if not distinct:
        placed = place_license(None, AssetType.CODE, tables.terms)
        return Standing(NO_FILE, (), Connection.SINGLE, placed.level, placed.level, placed.level, (), (), placed.source_ids)
    level, lowest, highest = _levels(distinct, connection)
    shown = _most_open(distinct) if connection is Connection.CHOICE else distinct
    limits = {item for part in shown for item in part.restrictions}
    return Standing(
        label=_label(distinct, connection),
        license_ids=tuple(dict.fromkeys(item for part in distinct for item in part.license_ids)),
        connection=connection,
        level=level,
        lowest=lowest,
        highest=highest,
        restrictions=tuple(item for item in Restriction if item in limits),
        doubts=(*dict.fromkeys(doubt for part in distinct for doubt in part.doubts), *left_out),
        source_ids=tuple(dict.fromkeys(source for part in distinct for source in part.source_ids)),
    )


def _distinct(readings: Mapping[str, TextReading], tables: LicenseTables, stated: str) -> tuple[list[Part], Connection]:
    """Return the different parts that license files hold, and how they combine."""
    parts = [part for path, reading in sorted(readings.items()) for part in _parts(path, reading, tables, is_alone=len(readings) == 1)]
    distinct = list({(part.label, part.level, part.doubts): part for part in parts}.values())
    return distinct, _connection(distinct, stated, tables) if distinct else Connection.SINGLE


def _parts(path: str, reading: TextReading, tables: LicenseTables, *, is_alone: bool) -> list[Part]:
    if reading.state in (TextState.READ, TextState.MORE):
        return [_text_part(path, reading, text, tables) for text in reading.texts]
    if reading.state is TextState.NAMED:
        return [_named_part(path, reading, name, tables) for name in reading.named]
    if reading.state is TextState.LINK and not is_alone:
        return []
    near = f" It resembles {', '.join(reading.resembles)}." if reading.resembles else ""
    doubt = f"{path}: {reading.state.definition}{near}"
    return [Part(UNREAD[reading.state], (), OpennessLevel.UNDETERMINED, (), (doubt,), False, ())]


def _text_part(path: str, reading: TextReading, text: FoundText, tables: LicenseTables) -> Part:
    placed = [place_license(item, AssetType.CODE, tables.terms, tables.licenses) for item in text.license_ids]
    levels = {item.level for item in placed}
    level = placed[0].level if len(levels) == 1 else OpennessLevel.UNDETERMINED
    doubts = []
    if reading.state is TextState.MORE:
        doubts.append(f"{path}: {reading.n_other_words} words beside the license text may add terms.")
    if text.is_verbatim is False:
        doubts.append(f"{path}: {text.text_id} is not word for word as published.")
    if doubts and level is OpennessLevel.FULLY_OPEN:
        level = OpennessLevel.UNDETERMINED
    restrictions = tuple(
        item for item in Restriction if all(item in {ground.restriction for ground in each.restrictions} for each in placed)
    )
    sources = tuple(dict.fromkeys(source for item in placed for source in item.source_ids))
    label = text.license_ids[0] if len(text.license_ids) == 1 else f"{text.text_id} ({_candidates(text)})"
    label += OTHER_TEXT if reading.n_other_words > sum(item.n_words for item in reading.texts) else ""
    return Part(label, text.license_ids, level, restrictions, tuple(doubts), reading.is_choice, sources)


def _candidates(text: FoundText) -> str:
    is_gnu = all(item.endswith(("-only", "-or-later")) for item in text.license_ids)
    return NOT_SAID if is_gnu else f"one of {', '.join(text.license_ids)}"


def _named_part(path: str, reading: TextReading, name: str, tables: LicenseTables) -> Part:
    try:
        placed = place_expression(name, AssetType.CODE, tables.terms, tables.licenses, tables.aliases)
    except InputError:
        doubt = f"{path} names {name}, which is no known license, and holds no text."
        return Part(name, (), OpennessLevel.UNDETERMINED, (), (doubt,), False, ())
    is_long = reading.n_other_words > MOST_NOTICE_WORDS
    level = OpennessLevel.UNDETERMINED if is_long and placed.level is OpennessLevel.FULLY_OPEN else placed.level
    more = f" Its {reading.n_other_words} words may hold terms." if is_long else ""
    ids = tuple(item.license_id for item in placed.placements if item.license_id)
    limits = tuple(ground.restriction for ground in placed.restrictions)
    doubt = f"{path} names {placed.expression} and holds no text.{more}"
    return Part(placed.expression, ids, level, limits, (doubt,), False, placed.source_ids)


def _connection(parts: Sequence[Part], stated: str, tables: LicenseTables) -> Connection:
    if len(parts) == 1:
        return Connection.SINGLE
    if stated:
        try:
            parsed = parse_expression(stated, tables.licenses, tables.aliases)
        except InputError:
            parsed = None
        if parsed and isinstance(parsed.tree, Combination) and _same(license_ids(parsed), parts):
            return Connection.CHOICE if parsed.tree.operator is Operator.OR else Connection.ALL
    return Connection.CHOICE if all(part.is_choice for part in parts) else Connection.NOT_SAID


def _same(named: Sequence[str], parts: Sequence[Part]) -> bool:
    return all(set(named) & set(part.license_ids) for part in parts) and set(named) <= {item for part in parts for item in part.license_ids}


def _levels(parts: Sequence[Part], connection: Connection) -> tuple[OpennessLevel, OpennessLevel, OpennessLevel]:
    """Return level, most closed and most open level; what is undetermined may be anything from closed to fully open."""
    ranks = [RANKS[part.level] for part in parts]
    best, worst = OPENNESS[min(ranks)], OPENNESS[max(ranks)]
    doubtful = any(part.level is OpennessLevel.UNDETERMINED for part in parts)
    if connection is Connection.NOT_SAID and best is not worst:
        return OpennessLevel.UNDETERMINED, OpennessLevel.CLOSED if doubtful else worst, OpennessLevel.FULLY_OPEN if doubtful else best
    level = best if connection is Connection.CHOICE else worst
    if connection is Connection.ALL and doubtful and worst is OpennessLevel.UNDETERMINED:
        level = OpennessLevel.UNDETERMINED
    if level is OpennessLevel.UNDETERMINED:
        return level, OpennessLevel.CLOSED, OpennessLevel.FULLY_OPEN
    return level, level, level


def _most_open(parts: Sequence[Part]) -> list[Part]:
    best = min(RANKS[part.level] for part in parts)
    return [part for part in parts if RANKS[part.level] == best]


def _label(parts: Sequence[Part], connection: Connection) -> str:
    joint = {Connection.CHOICE: " OR ", Connection.ALL: " AND "}.get(connection, " + ")
    labels = list(dict.fromkeys(part.label for part in parts))
    most = 6
    return joint.join(labels[:most]) + (f" and {len(labels) - most} more" if len(labels) > most else "")
