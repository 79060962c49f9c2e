"""Where a license puts a work on the openness spectrum: from typed terms, never from names, labels or families.

A restriction bounds who may use the work, for what, or how. An obligation asks for something in return and bounds nobody.
A cell that is not known is never read as "no": it is listed, and it keeps a license from being called fully open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openstrat.analysis.licenses.notes import note_of
from openstrat.errors import UnknownNameError
from openstrat.tables import license_vocabulary as words
from openstrat.terms import AssetType, Confidence, Obligation, OpennessLevel, Restriction, read_term, values

if TYPE_CHECKING:
    import pandas as pd

NO_LICENSE = "LicenseRef-No-License"
"""The entry that stands for "published, but nothing grants a right to use it"."""

RESTRICTING_CELLS: dict[tuple[str, str], Restriction] = {
    ("commercial_use", words.Permission.NO): Restriction.NON_COMMERCIAL,
    ("commercial_gate", words.CommercialGate.SCALE): Restriction.SCALE_GATE,
    ("commercial_gate", words.CommercialGate.PERMISSION): Restriction.PERMISSION_GATE,
    ("redistribution", words.Permission.NO): Restriction.NO_REDISTRIBUTION,
    ("derivatives", words.ChangedVersions.NO): Restriction.NO_DERIVATIVES,
    ("derivatives", words.ChangedVersions.PRIVATE): Restriction.NO_DERIVATIVES,
    ("derivatives", words.ChangedVersions.CONDITIONAL): Restriction.LIMITED_DERIVATIVES,
    ("hosted_service", words.Permission.NO): Restriction.NO_HOSTING,
    ("competing_use", words.CompetingUse.SERVICE_BUSINESS): Restriction.SERVICE_GATE,
    ("competing_use", words.CompetingUse.MANAGED_SERVICE): Restriction.NO_HOSTING,
    ("competing_use", words.CompetingUse.COMPETING_PRODUCT): Restriction.COMPETITION,
    ("competing_use", words.CompetingUse.COMPETING_SERVICE): Restriction.COMPETITION,
    ("competing_use", words.CompetingUse.COMPETING_MODELS): Restriction.COMPETITION,
    ("competing_use", words.CompetingUse.SALE): Restriction.COMPETITION,
    ("competing_use", words.CompetingUse.FUNCTIONALITY): Restriction.COMPETITION,
    ("copyleft_trigger", words.CopyleftTrigger.SERVICE): Restriction.SERVICE_COPYLEFT,
    ("acceptable_use_policy", words.UsePolicy.INLINE): Restriction.USE_POLICY,
    ("acceptable_use_policy", words.UsePolicy.BY_REFERENCE): Restriction.USE_POLICY,
    ("revocable", words.Revocability.REVOCABLE): Restriction.REVOCABLE,
    **{("use_scope", scope.value): Restriction.USE_LIMITED for scope in words.UseScope if scope != words.UseScope.ANY},
    **{("output_use", use.value): Restriction.OUTPUT_BAN for use in words.OUTPUT_BANS},
    **{("output_use", use.value): Restriction.OUTPUT_DUTY for use in words.OUTPUT_DUTIES},
    **{("geographic_exclusion", region.value): Restriction.TERRITORY for region in words.Region if region != words.Region.NONE},
}
"""Which value of which cell is which restriction; every other value of these columns restricts nobody."""

DECIDING_COLUMNS: tuple[str, ...] = tuple(dict.fromkeys(column for column, _ in RESTRICTING_CELLS))
"""Columns of `license_terms` that can add a restriction, and so have to be known."""

OBLIGING_CELLS: dict[tuple[str, str], Obligation] = {
    **{
        ("naming", duty.value): Obligation.DISPLAY if duty in words.DISPLAY_DUTIES else Obligation.NOTICES
        for duty in words.NamingDuty
        if duty not in (words.NamingDuty.NONE, words.NamingDuty.SOURCE)
    },
    ("naming", words.NamingDuty.SOURCE): Obligation.COPYLEFT,
    **{
        ("copyleft_trigger", trigger.value): Obligation.COPYLEFT
        for trigger in words.CopyleftTrigger
        if trigger not in (words.CopyleftTrigger.NONE, words.CopyleftTrigger.SERVICE)
    },
    ("patent_retaliation", words.PatentRetaliation.PATENT_LICENSE): Obligation.PATENT_RETALIATION,
    ("patent_retaliation", words.PatentRetaliation.ALL_RIGHTS): Obligation.PATENT_RETALIATION,
}
"""Which value of which cell is which obligation."""

CONDITIONS_ON_COMMERCE = {
    Restriction.SCALE_GATE,
    Restriction.PERMISSION_GATE,
    Restriction.SERVICE_GATE,
    Restriction.USE_LIMITED,
    Restriction.COMPETITION,
    Restriction.NO_HOSTING,
    Restriction.USE_POLICY,
}
CONDITIONS_ON_HOSTING = CONDITIONS_ON_COMMERCE | {Restriction.NON_COMMERCIAL, Restriction.SERVICE_COPYLEFT}
"""Restrictions that can be the condition behind a conditional cell."""

RESTRICTED_LEVEL: dict[AssetType, OpennessLevel] = {
    AssetType.WEIGHTS: OpennessLevel.OPEN_WEIGHTS,
    AssetType.CODE: OpennessLevel.SOURCE_AVAILABLE,
    AssetType.DATA: OpennessLevel.SOURCE_AVAILABLE,
    AssetType.DOCS: OpennessLevel.SOURCE_AVAILABLE,
    AssetType.API: OpennessLevel.CLOSED,
}


@dataclass(frozen=True)
class Ground:
    """One restriction with the cells it follows from, as (column, value).

    `note` is what the row says on these cells in words (may be empty), `evidence` paraphrases the clauses of the whole text.
    """

    restriction: Restriction
    cells: tuple[tuple[str, str], ...]
    note: str
    evidence: str

    @property
    def clause(self) -> str:
        """What the row notes on these cells, then its evidence with the sections."""
        return f"{self.note} {self.evidence}".strip()


@dataclass(frozen=True)
class TermReading:
    """What one row of license terms says: restrictions in the order of the vocabulary, obligations, and what is unknown."""

    license_id: str
    grant: words.Grant
    restrictions: tuple[Ground, ...]
    obligations: tuple[Obligation, ...]
    unknown: tuple[str, ...]
    evidence: str
    confidence: Confidence
    source_ids: tuple[str, ...]

    @property
    def restriction_set(self) -> tuple[Restriction, ...]:
        """The restrictions without their grounds."""
        return tuple(ground.restriction for ground in self.restrictions)


@dataclass(frozen=True)
class Placement:
    """Position of one kind of asset under one license, with the reason in a sentence.

    `confidence` is None when the answer rests on the caller's word alone, as for something that was not delivered. `is_read` is
    false for a license whose terms are not in the table, so that every cell is unknown.
    """

    level: OpennessLevel
    asset: AssetType
    license_id: str | None
    restrictions: tuple[Ground, ...]
    unknown: tuple[str, ...]
    reason: str
    confidence: Confidence | None
    source_ids: tuple[str, ...]
    is_read: bool = True


def restrictions_of(terms_row: Mapping[str, object]) -> TermReading:
    """Return the restrictions, obligations and unknown cells of one row of `license_terms`.

    A cell that says "conditional" adds nothing by itself: another cell names the condition. Where none does, the column
    counts as unknown. A bar that each licensor fills in (Business Source) counts as unknown too.
    """
    found: dict[Restriction, list[tuple[str, str]]] = {}
    for (column, value), restriction in RESTRICTING_CELLS.items():
        if value in cell_values(terms_row[column]):
            found.setdefault(restriction, []).append((column, str(value)))
    obligations = {duty for (column, value), duty in OBLIGING_CELLS.items() if value in cell_values(terms_row[column])}
    evidence = str(terms_row["evidence"])
    return TermReading(
        license_id=str(terms_row["license_id"]),
        grant=read_term(words.Grant, terms_row["grant"]),
        restrictions=tuple(
            Ground(item, tuple(found[item]), _note(terms_row, found[item]), evidence) for item in Restriction if item in found
        ),
        obligations=tuple(item for item in Obligation if item in obligations),
        unknown=_unknown_columns(terms_row, found),
        evidence=evidence,
        confidence=read_term(Confidence, terms_row["confidence"]),
        source_ids=cell_values(terms_row["source_ids"]),
    )


def place_license(license_id: str | None, asset: AssetType, terms: pd.DataFrame, licenses: pd.DataFrame | None = None) -> Placement:
    """Return the spectrum position of an asset that is delivered under a license.

    `terms` is the table `license_terms`. No license (None) is closed; so are terms that give access without a copy. No
    restriction and nothing unknown is fully open; unknown cells only are undetermined; a restriction makes weights open
    weights and code, data or documents source-available. With the table `licenses`, a listed license whose terms were not
    read is undetermined; without that table it is an unknown name.

    Raises
    ------
    UnknownNameError
        If the license is in neither table; an expression has to be taken apart first.
    """
    wanted = NO_LICENSE if license_id is None else license_id
    rows = terms.loc[terms["license_id"] == wanted]
    if rows.empty:
        return _place_unread(wanted, asset, terms if licenses is None else licenses)
    reading = restrictions_of({str(column): value for column, value in rows.iloc[0].items()})
    level = level_of(reading, asset)
    unknown = () if level == OpennessLevel.CLOSED else reading.unknown
    reason = _reason(reading, level, asset)
    return Placement(level, asset, license_id, reading.restrictions, unknown, reason, reading.confidence, reading.source_ids)


def place_undelivered(asset: AssetType) -> Placement:
    """Return the position of an asset that was not delivered: closed, whatever a license elsewhere says."""
    return Placement(OpennessLevel.CLOSED, asset, None, (), (), f"Not delivered, so no terms reach the {asset.label}.", None, ())


def level_of(reading: TermReading, asset: AssetType) -> OpennessLevel:
    """Return the spectrum level that a reading of terms gives an asset that is delivered."""
    if asset == AssetType.API or reading.grant != words.Grant.LICENSE:
        return OpennessLevel.CLOSED
    if reading.restrictions:
        return RESTRICTED_LEVEL[asset]
    return OpennessLevel.UNDETERMINED if reading.unknown else OpennessLevel.FULLY_OPEN


def cell_values(cell: object) -> tuple[str, ...]:
    """Return the values of a cell, a list cell's one by one; an unknown cell gives an empty tuple."""
    return tuple(part.strip() for part in cell.split(";")) if isinstance(cell, str) and cell.strip() else ()


def clauses_in_words(grounds: Iterable[Ground]) -> str:
    """Return what grounds rest on, each note and each evidence once."""
    items = list(grounds)
    return " ".join(dict.fromkeys(text for text in [*(item.note for item in items), *(item.evidence for item in items)] if text))


def _note(row: Mapping[str, object], cells: list[tuple[str, str]]) -> str:
    notes = dict.fromkeys(note_of(row, column) for column, _ in cells)
    return " ".join(note for note in notes if note)


def _unknown_columns(row: Mapping[str, object], found: Mapping[Restriction, object]) -> tuple[str, ...]:
    unknown = [column for column in DECIDING_COLUMNS if not cell_values(row[column])]
    if words.CompetingUse.SET_BY_LICENSOR in cell_values(row["competing_use"]):
        unknown.append("competing_use")
    network = words.CopyleftTrigger.NETWORK in cell_values(row["copyleft_trigger"])
    explained = {"commercial_use": set(found) & CONDITIONS_ON_COMMERCE, "hosted_service": network or set(found) & CONDITIONS_ON_HOSTING}
    unknown += [column for column, why in explained.items() if words.Permission.CONDITIONAL in cell_values(row[column]) and not why]
    return tuple(column for column in DECIDING_COLUMNS if column in unknown)


def _place_unread(license_id: str, asset: AssetType, licenses: pd.DataFrame) -> Placement:
    rows = licenses.loc[licenses["license_id"] == license_id]
    if rows.empty:
        hint = "Other spellings stand in the table license_aliases; place the parts of an expression one by one."
        raise UnknownNameError("license", license_id, licenses["license_id"], hint)
    reason = f"The terms of {license_id} were not read here, and a name or an approval decides nothing."
    confidence, sources = read_term(Confidence, rows.iloc[0]["confidence"]), cell_values(rows.iloc[0]["source_ids"])
    return Placement(OpennessLevel.UNDETERMINED, asset, license_id, (), DECIDING_COLUMNS, reason, confidence, sources, is_read=False)


def _reason(reading: TermReading, level: OpennessLevel, asset: AssetType) -> str:
    name, what = reading.license_id, asset.label
    if level == OpennessLevel.CLOSED:
        because = {words.Grant.NONE: "grants nothing", words.Grant.ACCESS: "gives access to a service and no copy"}
        return f"{name} {because.get(reading.grant, 'reaches no copy, because an API is access to a service')}: {reading.evidence}"
    if level == OpennessLevel.FULLY_OPEN:
        asked = ", ".join(item.label for item in reading.obligations) or "nothing in return"
        return f"{name} bounds nobody who uses the {what}; it asks for {asked}: {reading.evidence}"
    if level == OpennessLevel.UNDETERMINED:
        return f"No restriction of {name} is known, but these cells are not: {', '.join(reading.unknown)}."
    found = "; ".join(f"{ground.restriction.label}: {_cells(ground)}" for ground in reading.restrictions)
    return f"{name} bounds the use of the {what} ({found}): {reading.evidence}"


def _cells(ground: Ground) -> str:
    return ", ".join(f"{column} = {value}" for column, value in ground.cells)


def restriction_table(terms: pd.DataFrame) -> pd.DataFrame:
    """Return one row a license and one boolean column a restriction, in the order of the vocabulary; index `license_id`."""
    import pandas as pd

    readings = [restrictions_of({str(key): value for key, value in row.items()}) for row in terms.to_dict("records")]
    cells = [[item in reading.restriction_set for item in Restriction] for reading in readings]
    return pd.DataFrame(cells, index=pd.Index([item.license_id for item in readings], name="license_id"), columns=values(Restriction))
