"""How far our rule agrees with those who judge licenses: OSI, FSF, ScanCode, Blue Oak and the Model Openness Framework.

The rule reads typed terms; an authority's word is looked up. Only licenses whose terms are recorded are compared.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.licenses.placement import Placement, cell_values, place_license
from openstrat.analysis.statistics import wilson_interval
from openstrat.tables.authority_vocabulary import Authority, AuthoritySays, WhoIsRight
from openstrat.terms import AssetType, OpennessLevel, Term

SCANCODE_SAYS: dict[str, tuple[AuthoritySays, str]] = {
    "public_domain": (AuthoritySays.OPEN, "Given up to the public: nobody is bounded."),
    "permissive": (AuthoritySays.OPEN, "Open-source category that asks for notices only."),
    "copyleft_limited": (AuthoritySays.OPEN, "Open-source category; changes stay under the terms, which bounds no use."),
    "copyleft": (AuthoritySays.OPEN, "Open-source category; works that contain it stay under the terms, which bounds no use."),
    "source_available": (AuthoritySays.NOT_OPEN, "The source can be read, and some use is held back."),
    "proprietary_free": (AuthoritySays.NOT_OPEN, "Free of charge, but use is bounded."),
    "free_restricted": (AuthoritySays.NOT_OPEN, "Permissive in form, with a limit on use."),
    "commercial": (AuthoritySays.NOT_OPEN, "Used under a contract with the supplier."),
    "patent_license": (AuthoritySays.SILENT, "About patents, not about copies of the work."),
    "cla": (AuthoritySays.SILENT, "About contributions, not about use."),
    "unstated_license": (AuthoritySays.SILENT, "Says that no license was found."),
}
"""What ScanCode's categories say about openness, with the reason; after AboutCode's category definitions (source
`scancode-license-categories`)."""


class Outcome(Term):
    """How the rule and an authority compare on one license."""

    BOTH_OPEN = "both_open", "The rule says fully open, the authority open."
    BOTH_RESTRICTED = "both_restricted", "The rule names a restriction or nothing is granted; the authority does not call it open."
    RULE_OPEN_ONLY = "rule_open_only", "The rule says fully open, the authority does not."
    AUTHORITY_OPEN_ONLY = "authority_open_only", "The authority says open, the rule names a restriction."
    UNDETERMINED = "undetermined", "The rule cannot tell, because cells are unknown."
    SILENT = "silent", "The authority says nothing about it."


COMPARED = (Outcome.BOTH_OPEN, Outcome.BOTH_RESTRICTED, Outcome.RULE_OPEN_ONLY, Outcome.AUTHORITY_OPEN_ONLY)
AGREED = (Outcome.BOTH_OPEN, Outcome.BOTH_RESTRICTED)
DISAGREED = (Outcome.RULE_OPEN_ONLY, Outcome.AUTHORITY_OPEN_ONLY)
LISTED = (Authority.OSI, Authority.FSF, Authority.SCANCODE, Authority.BLUE_OAK, Authority.MOF)
"""Authorities whose word is looked up in a list; common readings are not among them."""

COLUMNS = ["license_id", "authority", "asset", "level", "restrictions", "unknown", "word", "says", "outcome", "who_is_right"]


def main_asset(asset_types: object) -> AssetType:
    """Return the kind of thing a license is mainly written for: the first of its `asset_types`; code where none is recorded."""
    recorded = cell_values(asset_types)
    return AssetType(recorded[0]) if recorded else AssetType.CODE


def compare_with_authorities(
    terms: pd.DataFrame, licenses: pd.DataFrame, mof_licenses: pd.DataFrame, disagreements: pd.DataFrame
) -> pd.DataFrame:
    """Return the rule's position of every license with recorded terms beside the word of each authority.

    One row a license and authority: license_id, authority, asset (main asset type), level, restrictions and unknown ('; '-joined),
    word (what the authority writes; blank when silent), says (open, not_open, silent), outcome (a value of `Outcome`),
    who_is_right (blank unless the two differ and the table of disagreements says). Common readings have rows only where that
    table holds one.

    Parameters
    ----------
    terms, licenses
        The tables license_terms and licenses.
    mof_licenses
        Licenses that the Model Openness Framework's tool accepts as open; only its column license_id is read.
    disagreements
        The table authority_disagreements, for what is commonly said.
    """
    listed, mof_open = licenses.set_index("license_id"), set(mof_licenses["license_id"])
    common = disagreements[disagreements["authority"] == Authority.COMMON_READING].set_index("license_id")["authority_says"]
    rows = []
    for license_id in terms["license_id"]:
        entry = listed.loc[license_id]
        placed = place_license(license_id, main_asset(entry["asset_types"]), terms, licenses)
        words = {authority: _word(authority, entry, license_id in mof_open) for authority in LISTED}
        if license_id in common.index:
            says = AuthoritySays(common[license_id])
            words[Authority.COMMON_READING] = ("open" if says == AuthoritySays.OPEN else "limited", says)
        rows += [_row(license_id, authority, placed, word, says) for authority, (word, says) in words.items()]
    found = pd.DataFrame(rows, columns=[name for name in COLUMNS if name != "who_is_right"])
    judged = found.merge(disagreements[["license_id", "authority", "who_is_right"]], on=["license_id", "authority"], how="left")
    judged["who_is_right"] = judged["who_is_right"].where(judged["outcome"].isin(DISAGREED))
    return judged[COLUMNS]


def agreement_table(compared: pd.DataFrame, *, confidence: float = 0.95) -> pd.DataFrame:
    """Return how often the rule and each listed authority agree, one row an authority.

    Columns: authority, n_licenses (with recorded terms), n_compared (both say something), n_both_open, n_both_restricted,
    n_rule_open_only, n_authority_open_only, n_undetermined, n_silent, agreement_share with its Wilson interval share_low and
    share_high (blank when nothing is compared), n_different_question (disagreements in which the authority answers another
    question, such as a license for data that nobody put before a judge of software licenses) and same_question_share (the share
    without those).

    Parameters
    ----------
    compared
        What `compare_with_authorities` returns, or some of its rows.
    confidence
        Of the interval, between 0 and 1.
    """
    rows = []
    for authority in LISTED:
        asked = compared.loc[compared["authority"] == authority]
        outcomes, n_other = asked["outcome"], int((asked["who_is_right"] == WhoIsRight.DIFFERENT_QUESTION).sum())
        counts = {outcome: int((outcomes == outcome).sum()) for outcome in Outcome}
        n_compared, n_agreed = sum(counts[item] for item in COMPARED), sum(counts[item] for item in AGREED)
        low, high = wilson_interval(n_agreed, n_compared, confidence=confidence) if n_compared else (float("nan"), float("nan"))
        row: dict[str, object] = {"authority": authority.value, "n_licenses": len(outcomes), "n_compared": n_compared}
        row |= {f"n_{outcome.value}": count for outcome, count in counts.items()}
        row |= {"agreement_share": _share(n_agreed, n_compared), "share_low": low, "share_high": high}
        row |= {"n_different_question": n_other, "same_question_share": _share(n_agreed, n_compared - n_other)}
        rows.append(row)
    return pd.DataFrame(rows)


def _share(count: int, total: int) -> float:
    return count / total if total else float("nan")


def explain_disagreements(compared: pd.DataFrame, disagreements: pd.DataFrame) -> pd.DataFrame:
    """Return the licenses on which the rule and an authority disagree, with who is right and why.

    One row a license and authority: license_id, authority, level, restrictions, word, says, outcome, who_is_right, why,
    source_ids. The last three are blank where nobody has judged the disagreement yet.
    """
    found = compared[compared["outcome"].isin(DISAGREED)].drop(columns=["asset", "unknown", "who_is_right"])
    explained = disagreements[["license_id", "authority", "who_is_right", "why", "source_ids"]]
    return found.merge(explained, on=["license_id", "authority"], how="left").reset_index(drop=True)


def stale_explanations(compared: pd.DataFrame, disagreements: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the table of disagreements that no longer hold: the two agree, or the authority says something else."""
    found = compared[compared["outcome"].isin(DISAGREED)].rename(columns={"says": "authority_says"})
    joined = disagreements.merge(found[["license_id", "authority", "authority_says"]], how="left", indicator=True)
    return disagreements[joined["_merge"].eq("left_only").to_numpy()].reset_index(drop=True)


def _word(authority: Authority, entry: pd.Series[Any], is_mof_open: bool) -> tuple[str | None, AuthoritySays]:
    """Return what an authority writes about a license, and what it amounts to."""
    silent: tuple[None, AuthoritySays] = (None, AuthoritySays.SILENT)
    if authority == Authority.FSF:
        return ("free", AuthoritySays.OPEN) if pd.notna(entry["is_fsf_libre"]) and entry["is_fsf_libre"] else silent
    if authority == Authority.BLUE_OAK:
        return (str(entry["blueoak_rating"]), AuthoritySays.OPEN) if pd.notna(entry["blueoak_rating"]) else silent
    if authority == Authority.SCANCODE:
        category = entry["scancode_category"]
        return (str(category), SCANCODE_SAYS[str(category)][0]) if pd.notna(category) else silent
    is_open = is_mof_open if authority == Authority.MOF else pd.notna(entry["is_osi_approved"]) and bool(entry["is_osi_approved"])
    word = "accepted" if authority == Authority.MOF else "approved"
    if is_open:
        return word, AuthoritySays.OPEN
    return (f"not {word}", AuthoritySays.NOT_OPEN) if entry["is_spdx_listed"] else silent


def _row(license_id: str, authority: Authority, placed: Placement, word: str | None, says: AuthoritySays) -> dict[str, object]:
    return {
        "license_id": license_id,
        "authority": authority.value,
        "asset": placed.asset.value,
        "level": placed.level.value,
        "restrictions": "; ".join(ground.restriction.value for ground in placed.restrictions),
        "unknown": "; ".join(placed.unknown),
        "word": word,
        "says": says.value,
        "outcome": _outcome(placed.level, says).value,
    }


def _outcome(level: OpennessLevel, says: AuthoritySays) -> Outcome:
    if says == AuthoritySays.SILENT:
        return Outcome.SILENT
    if level == OpennessLevel.UNDETERMINED:
        return Outcome.UNDETERMINED
    if level == OpennessLevel.FULLY_OPEN:
        return Outcome.BOTH_OPEN if says == AuthoritySays.OPEN else Outcome.RULE_OPEN_ONLY
    return Outcome.AUTHORITY_OPEN_ONLY if says == AuthoritySays.OPEN else Outcome.BOTH_RESTRICTED
