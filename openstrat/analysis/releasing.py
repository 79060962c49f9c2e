"""Questions about releases, answered from the shipped tables: what the command line and the notebooks ask."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from openstrat.analysis.releases.claims import ClaimCheck, check_claim, check_claims
from openstrat.analysis.releases.declared import DeclaredRelease, LicenseTables, place_release_file
from openstrat.analysis.releases.history import family_history, license_periods
from openstrat.analysis.releases.positions import ReleasePosition, place_release, release_positions
from openstrat.analysis.releases.profile import Profile, ReleaseTables, index_disagreement, profile
from openstrat.collect.mof_file import read_release_file
from openstrat.tables.store import read_table

__all__ = [
    "claim_of",
    "claims_table",
    "declared_of",
    "disagreement_table",
    "history_of",
    "periods_of",
    "position_of",
    "profile_of",
    "release_table",
]


def position_of(release_id: str) -> ReleasePosition:
    """Return the position of a release of the table.

    Raises
    ------
    UnknownNameError
        If there is no such release.
    """
    tables = _tables()
    return place_release(release_id, tables.release_components, tables.license_terms, tables.licenses, run_code=tables.run_code)


def declared_of(path: Path) -> DeclaredRelease:
    """Return position and completeness of a release file of the Model Openness Framework.

    Raises
    ------
    DocumentError
        If the file cannot be read as a release file.
    """
    licenses = LicenseTables(read_table("license_terms"), read_table("licenses"), read_table("license_aliases"))
    return place_release_file(read_release_file(path), read_table("mof_components"), read_table("mof_licenses"), licenses)


def profile_of(release_id: str) -> Profile:
    """Return a release with every index side by side, and why they differ.

    Raises
    ------
    UnknownNameError
        If there is no such release.
    """
    return profile(release_id, _tables())


def claim_of(release_id: str) -> ClaimCheck:
    """Return how what a release is called compares with its terms.

    Raises
    ------
    UnknownNameError
        If there is no such release.
    """
    return check_claim(position_of(release_id), read_table("release_claims"))


def release_table() -> pd.DataFrame:
    """Return the position of every release, one row each; columns as in `release_positions`."""
    tables = _tables()
    return release_positions(tables.releases, tables.release_components, tables.license_terms, tables.licenses, run_code=tables.run_code)


def claims_table() -> pd.DataFrame:
    """Return one row a release with a recorded claim; columns as in `check_claims`."""
    claims = read_table("release_claims")
    return check_claims({release_id: position_of(release_id) for release_id in dict.fromkeys(claims["release_id"])}, claims)


def disagreement_table() -> pd.DataFrame:
    """Return how often each pair of indices agrees over all releases; columns as in `index_disagreement`."""
    tables = _tables()
    return index_disagreement(profile(release_id, tables) for release_id in tables.releases["release_id"])


def history_of(family: str) -> pd.DataFrame:
    """Return the license steps of a model family; columns as in `family_history`.

    Raises
    ------
    UnknownNameError
        If no change is recorded for the family.
    """
    return family_history(family, read_table("license_history"), read_table("license_terms"), read_table("licenses"))


def periods_of(families: Iterable[str], *, as_of: str) -> pd.DataFrame:
    """Return from when to when each license of some model families was current; columns as in `license_periods`.

    Raises
    ------
    UnknownNameError
        If no change is recorded for one of the families.
    """
    licenses = read_table("licenses")
    frames = [license_periods(history_of(family), licenses, family=family, as_of=as_of) for family in families]
    return pd.concat(frames, ignore_index=True)


def _tables() -> ReleaseTables:
    return ReleaseTables(**{name: read_table(name) for name in ReleaseTables.__dataclass_fields__})
