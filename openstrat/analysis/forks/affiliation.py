"""Whose a commit is: the steward's, another organization's or unknown, by person or by the address on the commit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from openstrat.analysis.forks.credit import Flags, Integers
from openstrat.analysis.forks.rules import Counted
from openstrat.terms import Term

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

TINY = 1e-9
"""Equal parts of a commit do not add up exactly."""


class CountedBy(Term):
    """Whom a share is counted by."""

    AUTHORS = "authors", "A person belongs to an organization with all commits, once one of the person's addresses names it."
    ORGANIZATIONS = "organizations", "Each commit belongs to the organization that its own address names."


def people_of(log: CommitLog, organizations: Sequence[str] | None = None) -> Flags:
    """Return which people have an address that names one of the organizations, or any organization at all."""
    named = log.addresses["organization"].fillna("")
    wanted = named.ne("") if organizations is None else named.isin(list(organizations))
    flags = np.zeros(len(log.people), dtype=bool)
    flags[log.addresses.loc[wanted, "person"].to_numpy(dtype=np.int64)] = True
    return flags


def affiliations(log: CommitLog, steward: Sequence[str], counted: Counted, way: CountedBy) -> tuple[Flags, Flags]:
    """Return which pairs of commit and person are the steward's, and for which an organization is known."""
    if way is CountedBy.AUTHORS:
        return people_of(log, steward)[counted.person], people_of(log)[counted.person]
    named = _named(log, counted)
    return named.isin(list(steward)).to_numpy(dtype=bool), named.ne("").to_numpy(dtype=bool)


def weight_by_organization(log: CommitLog, counted: Counted, way: CountedBy) -> pd.Series[float]:
    """Return what each known organization's pairs weigh; a person with addresses of several counts for each of them."""
    if way is CountedBy.ORGANIZATIONS:
        named = _named(log, counted).to_numpy()
        return pd.Series(counted.weight[named != ""], dtype=float).groupby(named[named != ""]).sum()
    pairs = log.addresses[["person", "organization"]].drop_duplicates()
    pairs = pairs[pairs["organization"].fillna("") != ""]
    weight = pd.Series(counted.by_person(len(log.people))[pairs["person"].to_numpy(dtype=np.int64)], index=pairs.index)
    by_organization = weight.groupby(pairs["organization"]).sum()
    return by_organization[by_organization > 0]


def organizations_with(log: CommitLog, counted: Counted, least: float) -> tuple[float, float]:
    """Return how many organizations are known to have at least so much, and the most that unknown addresses leave open.

    At most, each person of unknown affiliation with so much is an organization, and all that is left over (known organizations
    with less, and the other people) joins into organizations that just have enough.
    """
    named = _named(log, counted).to_numpy()
    weights = pd.Series(counted.weight, dtype=float)
    by_organization = weights[named != ""].groupby(named[named != ""]).sum()
    by_person = weights[named == ""].groupby(counted.person[named == ""]).sum()
    has_enough = [pieces >= least - TINY for pieces in (by_organization, by_person)]
    left_over = by_organization[~has_enough[0]].sum() + by_person[~has_enough[1]].sum()
    known = float(has_enough[0].sum())
    return known, known + float(has_enough[1].sum()) + float((left_over + TINY) // least)


def _named(log: CommitLog, counted: Counted) -> pd.Series[str]:
    """Return the organization of the address under which each person stands in each commit; blank where it names none."""
    named = log.addresses["organization"].fillna("").to_numpy(dtype=object)
    return pd.Series(named[_addresses(log, counted)], dtype=object)


def _addresses(log: CommitLog, counted: Counted) -> Integers:
    rows = np.concatenate([np.arange(len(log)), log.coauthor_commit])
    people = np.concatenate([log.author, log.coauthor])
    table = pd.DataFrame({"row": rows, "person": people, "address": np.concatenate([log.address, log.coauthor_address])})
    wanted = pd.DataFrame({"row": counted.row, "person": counted.person})
    found: Integers = wanted.merge(table.drop_duplicates(["row", "person"]), how="left")["address"].to_numpy(dtype=np.int64)
    return found
