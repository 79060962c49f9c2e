"""Questions about licenses by name, answered from the shipped tables: what the command line and the notebooks ask."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from openstrat.analysis.licenses import agreement
from openstrat.analysis.licenses.askers import Asker, Purpose
from openstrat.analysis.licenses.card import LicenseCard, license_card
from openstrat.analysis.licenses.comparison import Comparison, compare_licenses
from openstrat.analysis.licenses.compatibility import Compatibility, included_under
from openstrat.analysis.licenses.complexity import Complexity, complexity_of, complexity_table
from openstrat.analysis.licenses.exclusions import who_is_excluded
from openstrat.analysis.licenses.expressions import ExpressionPlacement, license_ids, parse_expression, place_expression
from openstrat.analysis.licenses.findings import Finding
from openstrat.analysis.licenses.missing import missing_figures
from openstrat.analysis.licenses.obligations import Combination, combine
from openstrat.analysis.licenses.permissions import may, ruling_frame, who_may
from openstrat.analysis.licenses.placement import place_license
from openstrat.analysis.licenses.relicensing import Relicensing, relicense_as, train_on_outputs
from openstrat.analysis.licenses.relicensing_rights import can_relicense
from openstrat.analysis.licenses.single_names import check_read, read_one
from openstrat.analysis.licenses.thresholds import threshold_ladder
from openstrat.analysis.licenses.timelines import openings_in
from openstrat.errors import InputError
from openstrat.tables.cells import SEPARATOR, license_ids_in
from openstrat.tables.store import read_table
from openstrat.terms import AssetType, read_term

__all__ = [
    "LicenseCard",
    "agreement_of",
    "cards_of",
    "comparison_of",
    "compatibility_of",
    "complexities_of",
    "contribution_rights_of",
    "duties_of",
    "evidence_of",
    "exclusions_of",
    "ladder_of",
    "landscape_of",
    "license_id_of",
    "notes_of",
    "openings_of",
    "placement_of",
    "reach_of",
    "read_license",
    "relicensing_of",
    "scores_of",
    "training_of",
    "verdicts_by_purpose_of",
    "verdicts_of",
]

OPENING_COLUMNS = ["project", "version", "license_id", "released_on", "opens_on", "opens_to", "state", "reason", "source_ids"]


def read_license(name: str) -> tuple[str, str]:
    """Return the license id that a name means, and a note on how it was read; the note is empty for a current identifier.

    Raises
    ------
    InputError, UnknownNameError
        If the name means several licenses, is an expression of several, or fits none; see `single_names.read_one`.
    """
    return read_one(name, read_table("licenses"), read_table("license_aliases"), read_table("license_terms"))


def license_id_of(name: str) -> str:
    """Return the license id that a name means: an id, another spelling of one, a part of one, or a known alias.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`.
    """
    return read_license(name)[0]


def notes_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return how each name was read that is not a current identifier, a sentence or two each.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`.
    """
    return tuple(note for note in dict.fromkeys(read_license(name)[1] for name in names) if note)


def _read_ids(names: Iterable[str]) -> list[str]:
    """Return the licenses that names mean, in their order; refuse those whose terms were not read."""
    tables = [read_table(name) for name in ("licenses", "license_aliases", "license_terms")]
    return [check_read(name, *tables) for name in names]


def comparison_of(names: Iterable[str], asset: str) -> Comparison:
    """Return two to six licenses side by side for one kind of asset; names may be spelled as people spell them.

    The cautions start with how names were read that are not identifiers.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license` and `compare_licenses`; or `asset` is not a kind of asset.
    """
    asked = list(names)
    license_ids = [license_id_of(name) for name in asked]
    if len(asked) > 1 and len(set(license_ids)) == 1:
        raise InputError(f"The same license was named {len(asked)} times: {', '.join(asked)} all mean {license_ids[0]}. Name another one.")
    compared = compare_licenses(
        license_ids,
        read_term(AssetType, asset),
        terms=read_table("license_terms"),
        thresholds=read_table("license_thresholds"),
        licenses=read_table("licenses"),
    )
    return replace(compared, cautions=(*notes_of(asked), *compared.cautions))


def placement_of(expression: str, asset: str) -> ExpressionPlacement:
    """Return the spectrum position that a license or an expression of licenses gives to one kind of asset.

    Raises
    ------
    InputError, UnknownNameError
        If the expression cannot be read, names something unknown, or `asset` is not a kind of asset.
    """
    return place_expression(
        expression, read_term(AssetType, asset), read_table("license_terms"), read_table("licenses"), read_table("license_aliases")
    )


def cards_of(expression: str) -> list[LicenseCard]:
    """Return what is known about each license of an expression, in its order.

    Raises
    ------
    InputError, UnknownNameError
        If the expression cannot be read or names something unknown.
    """
    parsed = parse_expression(expression, read_table("licenses"), read_table("license_aliases"))
    notes = {item: note for note, reading in zip(parsed.notes, parsed.readings, strict=True) for item in license_ids_in(reading.license_id)}
    tables = {"terms": read_table("license_terms"), "thresholds": read_table("license_thresholds"), "licenses": read_table("licenses")}
    return [license_card(license_id, **tables, note=notes.get(license_id)) for license_id in license_ids(parsed)]


def verdicts_of(names: Iterable[str], asker: Asker, *, asset: str) -> pd.DataFrame:
    """Return what licenses answer to one asker, one row a license; without names, all that are written for the asset.

    Columns: license_id, answer, clause, duties, remarks, and more as `who_may` has them; missing: what was not given and would
    decide an unknown answer, as fields of `Asker`, '; '-joined.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`; or `asset` is not a kind of asset.
    """
    terms, licenses, thresholds = read_table("license_terms"), read_table("licenses"), read_table("license_thresholds")
    asked = dict.fromkeys(license_id_of(name) for name in names)
    if asked:
        verdicts = ruling_frame(may(license_id, asker, terms, thresholds, licenses) for license_id in asked)
    else:
        verdicts = who_may(terms, licenses, thresholds, asset=read_term(AssetType, asset), asker=asker)
    return verdicts.assign(missing=[SEPARATOR.join(found) for found in missing_figures(verdicts, asker, thresholds)])


def verdicts_by_purpose_of(names: Iterable[str], *, asset: str, **figures: float | str | None) -> pd.DataFrame:
    """Return what licenses answer to one company for every purpose: `verdicts_of` with a leading column purpose.

    `figures` are users, daily_users, revenue_usd, people and territory, as in `Asker`; what is left out is not known.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license` and `Asker`.
    """
    asked = list(names)
    frames = [verdicts_of(asked, Asker(purpose, **figures), asset=asset).assign(purpose=purpose.value) for purpose in Purpose]  # type: ignore[arg-type]
    return pd.concat(frames, ignore_index=True)


def exclusions_of(names: Iterable[str]) -> pd.DataFrame:
    """Return whom licenses shut out or gate: license_id, who, effect, clause, column, source_ids.

    A license whose terms were not read has one row with the effect unknown.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`.
    """
    terms, thresholds = read_table("license_terms"), read_table("license_thresholds")
    read = set(terms["license_id"])
    frames = [
        who_is_excluded(license_id, terms, thresholds) if license_id in read else pd.DataFrame([_not_read(license_id)])
        for license_id in dict.fromkeys(license_id_of(name) for name in names)
    ]
    return pd.concat(frames, ignore_index=True)


def _not_read(license_id: str) -> dict[str, str]:
    row = {"license_id": license_id, "who": "perhaps anybody", "effect": "unknown", "clause": "The terms were not read here."}
    return row | {"column": "", "source_ids": ""}


def duties_of(names: Iterable[str], asset: str, *, outputs_of: Iterable[str] = ()) -> Combination:
    """Return what a work owes that joins works under these licenses, what limits it, and which terms cannot both be kept.

    `outputs_of` are licenses of models whose outputs the work was trained on.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`; or the terms of a license were not read.
    """
    return combine(
        _read_ids(names),
        read_table("license_terms"),
        asset=read_term(AssetType, asset),
        output_license_ids=_read_ids(outputs_of),
        compatibility_clauses=read_table("compatibility_clauses"),
    )


def training_of(outputs_of: Iterable[str], names: Iterable[str]) -> list[tuple[str, Finding]]:
    """Return whether outputs of models may train a work, for each license in `outputs_of` and each license of the work.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`; or the terms of a license were not read.
    """
    works, terms = _read_ids(names), read_table("license_terms")
    return [(source, train_on_outputs(source, new, terms)) for source in _read_ids(outputs_of) for new in works]


def relicensing_of(base: str, new: str) -> Relicensing:
    """Return whether a changed version of a work under one license may be published under another, and which duties stay.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`; or the terms of a license were not read.
    """
    old, other = _read_ids([base, new])
    return relicense_as(old, other, read_table("license_terms"), read_table("compatibility_clauses"))


def compatibility_of(inbound: str, outbound: str) -> Compatibility:
    """Return whether code under one license may be part of a work that is published as a whole under another.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`; or the terms of a license were not read.
    """
    part, whole = _read_ids([inbound, outbound])
    return included_under(part, whole, read_table("license_terms"), read_table("compatibility_clauses"))


def contribution_rights_of(before: str, after: str, *, share_outside: float) -> list[tuple[str, Finding]]:
    """Return, for each kind of contribution terms, whether a steward may put new versions under another license alone.

    `share_outside` is the share of the work that came from outside contributors, 0 to 1.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`; the share is not between 0 and 1; or the terms of a license were not read.
    """
    table = read_table("contribution_terms")
    rest = {"contribution_terms": table, "terms": read_table("license_terms"), "compatibility_clauses": read_table("compatibility_clauses")}
    old, new = _read_ids([before, after])
    return [(str(row["name"]), can_relicense(row["contribution_terms_id"], old, new, share_outside, **rest)) for _, row in table.iterrows()]


def complexities_of(names: Iterable[str]) -> list[Complexity]:
    """Return the complexity score of each license (concept MI4), in the order asked.

    Raises
    ------
    InputError, UnknownNameError
        See `read_license`; or the terms of a license were not read.
    """
    tables = [read_table(name) for name in ("license_terms", "license_thresholds", "licenses", "edited_standard_texts")]
    return [complexity_of(license_id, *tables) for license_id in _read_ids(names)]


def scores_of() -> pd.DataFrame:
    """Return the complexity score of every license whose terms were read; columns as in `complexity_table`."""
    return complexity_table(*(read_table(name) for name in ("license_terms", "license_thresholds", "licenses", "edited_standard_texts")))


def agreement_of() -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return how far the rule agrees with each authority, and every disagreement with who is right and why.

    Columns: see `agreement.agreement_table` and `agreement.explain_disagreements`.
    """
    disagreements = read_table("authority_disagreements")
    compared = agreement.compare_with_authorities(
        read_table("license_terms"), read_table("licenses"), read_table("mof_licenses"), disagreements
    )
    return agreement.agreement_table(compared), agreement.explain_disagreements(compared, disagreements)


def landscape_of() -> pd.DataFrame:
    """Return every license whose terms were read, placed for the asset it is mainly written for, one row each.

    Columns: license_id, name, family, asset, level, restrictions ('; '-joined), n_restrictions, score and high (complexity, see
    `Complexity`), confidence, source_ids.
    """
    terms, licenses = read_table("license_terms"), read_table("licenses").set_index("license_id", drop=False)
    rows = []
    for license_id in terms["license_id"]:
        entry = licenses.loc[license_id]
        placed = place_license(license_id, agreement.main_asset(entry["asset_types"]), terms, licenses)
        names = [ground.restriction.value for ground in placed.restrictions]
        rows.append(
            {
                "license_id": license_id,
                "name": entry["name"],
                "family": entry["family"],
                "asset": placed.asset.value,
                "level": placed.level.value,
                "restrictions": SEPARATOR.join(names),
                "n_restrictions": len(names),
                "confidence": None if placed.confidence is None else placed.confidence.value,
                "source_ids": SEPARATOR.join(placed.source_ids),
            }
        )
    return pd.DataFrame(rows).merge(scores_of()[["license_id", "score", "high"]], on="license_id", how="left")


def reach_of(asset: str, purpose: str, companies: Mapping[str, Mapping[str, float | str]]) -> pd.DataFrame:
    """Return how many licenses written for an asset answer what to each of several companies: company, answer, n, license_ids.

    `companies` maps a name to the figures of an `Asker`: users, daily_users, revenue_usd, people, territory.

    Raises
    ------
    InputError, UnknownNameError
        See `Asker`; or `asset` is not a kind of asset.
    """
    frames = [
        verdicts_of([], Asker(purpose, **figures), asset=asset).assign(company=company)  # type: ignore[arg-type]
        for company, figures in companies.items()
    ]
    grouped = pd.concat(frames).groupby(["company", "answer"], sort=False)["license_id"]
    return grouped.agg(n="size", license_ids=SEPARATOR.join).reset_index()


def ladder_of() -> pd.DataFrame:
    """Return every threshold with a number as a point of a scale, as `thresholds.threshold_ladder` has them, for nobody in particular."""
    return threshold_ladder(read_table("license_thresholds"), Asker(Purpose.PRODUCT))


def openings_of(*, as_of: str, project: str | None = None) -> pd.DataFrame:
    """Return when versions under delayed licenses open and to what, one row a version, by project and release day.

    Columns: project, version, license_id, released_on, opens_on (the latest day where the licensor's own is not known),
    opens_to, state (a value of `OpeningState` on `as_of`), reason, source_ids. Versions whose license never opens are left out.

    Raises
    ------
    InputError
        If `as_of` is not a day, or no version of the project is listed.
    """
    try:
        day = date.fromisoformat(as_of)
    except ValueError:
        raise InputError(f"{as_of!r} is not a day. Write it as YYYY-MM-DD.") from None
    rows = [
        {
            "project": item.project,
            "version": item.version,
            "license_id": item.license_id,
            "released_on": item.released_on,
            "opens_on": item.opens_on or item.opens_at_latest,
            "opens_to": SEPARATOR.join(item.license_ids),
            "state": item.state_on(day).value,
            "reason": item.reason,
            "source_ids": SEPARATOR.join(item.clause.source_ids),
        }
        for item in openings_in(read_table("delayed_openings"), read_table("license_terms"), project=project)
        if item.opens_at_latest is not None and item.released_on <= day
    ]
    return pd.DataFrame(rows, columns=OPENING_COLUMNS)


def evidence_of(license_id: str | None) -> str:
    """Return the clauses of a license in our words with their sections; empty when its terms were not read."""
    terms = read_table("license_terms")
    rows = terms.loc[terms["license_id"] == license_id, "evidence"]
    return str(rows.iloc[0]) if len(rows) else ""
