"""People without names: identities become salted hashes, and are merged by a printed rule within a family of repositories."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from openstrat.collect.git.bots import is_bot
from openstrat.collect.git.organizations import organization
from openstrat.errors import InputError

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

GENERIC_NAMES = frozenset({"your name", "john doe", "jane doe", "first last", "unknown user", "no name", "not committed yet"})
"""Names of two words that stand for nobody; names of one word never merge."""
MERGE_RULE = (
    "Same address, lower case, with the number of a GitHub noreply address left out.",
    "Same full name, lower case, of at least two words; stand-ins such as Your Name never merge.",
    "The name and address as written and as the repository's .mailmap has them are one person.",
)
_NOREPLY = re.compile(r"^\d+\+(.+@users\.noreply\.github\.com)$")


@dataclass(frozen=True)
class MergeReport:
    """How many people are left of how many identities, and what joined them."""

    n_identities: int
    n_people: int
    n_merged_by_address: int
    n_merged_by_name: int
    rule: tuple[str, ...] = MERGE_RULE


def normal_address(address: str) -> str:
    """Return an address as it is compared: lower case, without blanks, quotes and the number GitHub puts before a login."""
    text = address.strip().strip("\"'").lower()
    found = _NOREPLY.match(text)
    return found.group(1) if found else text


def normal_name(name: str) -> str:
    """Return a name as it is compared: lower case, single blanks, no control or direction marks."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).lower().split())


def is_mergeable_name(name: str) -> bool:
    """Return whether a normal name is full enough to tell one person: two words or more, and no stand-in."""
    return " " in name and name not in GENERIC_NAMES and "@" not in name


def salted(salt: bytes, kind: bytes, text: str) -> int:
    """Return the 63-bit salted hash of a text; 0 for an empty one."""
    if not text:
        return 0
    digest = hashlib.blake2b(text.encode("utf-8", "surrogateescape"), key=salt[:64], person=kind, digest_size=8).digest()
    return int.from_bytes(digest, "little") >> 1 or 1


def salt_mark(salt: bytes) -> str:
    """Return a mark that tells whether two logs were made with the same salt, without giving it away."""
    return hashlib.blake2b(b"openstrat", key=salt[:64], digest_size=8).hexdigest()


def identify(pairs: Sequence[tuple[str, str]], salt: bytes) -> pd.DataFrame:
    """Return one row a (name, address) pair: `name`, `address` as hashes, `is_mergeable`, `is_bot`, `organization`."""
    rows = []
    for raw_name, raw_address in pairs:
        name, address = normal_name(raw_name), normal_address(raw_address)
        rows.append(
            (
                salted(salt, b"name", name),
                salted(salt, b"address", address),
                is_mergeable_name(name),
                is_bot(name, address),
                organization(address),
            )
        )
    frame = pd.DataFrame(rows, columns=["name", "address", "is_mergeable", "is_bot", "organization"])
    return frame.astype({"name": "int64", "address": "int64", "is_mergeable": "bool", "is_bot": "bool", "organization": "object"})


class _Sets:
    """Disjoint sets of hashable things."""

    def __init__(self) -> None:
        self.parent: dict[object, object] = {}

    def find(self, item: object) -> object:
        parent = self.parent
        root = item
        while (above := parent.setdefault(root, root)) != root:
            root = above
        while (above := parent[item]) != root:
            parent[item], item = root, above
        return root

    def join(self, one: object, other: object) -> bool:
        first, second = self.find(one), self.find(other)
        if first == second:
            return False
        self.parent[max(first, second, key=repr)] = min(first, second, key=repr)
        return True


def merge(identities: pd.DataFrame, links: Sequence[tuple[int, int]]) -> tuple[np.ndarray, MergeReport]:
    """Return the person of each identity, numbered by first appearance, and what was merged.

    `links` holds pairs of rows that are known to be one person, such as an identity and its .mailmap form.
    """
    sets = _Sets()
    n = len(identities)
    for row in range(n):
        sets.find(row)
    for one, other in links:
        sets.join(one, other)
    first: dict[tuple[str, int], int] = {}
    counts = {"address": 0, "name": 0}
    for kind, wanted in (("address", identities["address"] != 0), ("name", identities["is_mergeable"])):
        for row in np.flatnonzero(wanted.to_numpy()):
            value = (kind, int(identities[kind].iloc[row]))
            if value in first:
                counts[kind] += sets.join(first[value], int(row))
            else:
                first[value] = int(row)
    roots = [sets.find(row) for row in range(n)]
    number: dict[object, int] = {}
    person = np.array([number.setdefault(root, len(number)) for root in roots], dtype=np.int32)
    return person, MergeReport(n, len(number), counts["address"], counts["name"])


def people_frame(identities: pd.DataFrame, person: np.ndarray) -> pd.DataFrame:
    """Return one row a person: `key`, `n_names`, `n_addresses`, `is_bot`."""
    groups = identities.assign(person=person).groupby("person", sort=True)
    key = groups[["address", "name"]].max().max(axis=1)
    return pd.DataFrame(
        {
            "key": [f"{value:016x}" for value in key],
            "n_names": groups["name"].nunique().to_numpy(),
            "n_addresses": groups["address"].nunique().to_numpy(),
            "is_bot": groups["is_bot"].any().to_numpy(),
        }
    )


def unite(logs: Sequence[CommitLog]) -> list[CommitLog]:
    """Return the same logs with one people and one addresses index, so that a person has one number in all of them.

    Raises
    ------
    InputError
        When the logs were read with different salts: their people cannot be compared.
    """
    if len({log.salt_mark for log in logs}) > 1:
        raise InputError("The logs were read with different salts, so their people cannot be compared. Read them again with one salt.")
    identities = pd.concat([log.identities for log in logs], ignore_index=True)
    starts = np.cumsum([0, *(len(log.identities) for log in logs)])
    links = [(int(start + one), int(start + other)) for start, log in zip(starts, logs, strict=False) for one, other in log.links]
    person, report = merge(identities, links)
    people = people_frame(identities, person)
    all_addresses = identities["address"].to_numpy()
    values, first_row, address_of_row = np.unique(all_addresses, return_index=True, return_inverse=True)
    addresses = pd.DataFrame(
        {
            "key": [f"{value:016x}" if value else "" for value in values],
            "organization": identities["organization"].to_numpy()[first_row],
            "person": person[first_row],
        }
    )
    united = []
    for start, end, log in zip(starts, starts[1:], logs, strict=False):
        new_person, new_address = person[start:end], address_of_row[start:end].astype(np.int32)
        united.append(_renumbered(log, new_person, new_address, people, addresses, report))
    return united


def _renumbered(
    log: CommitLog, person: np.ndarray, address: np.ndarray, people: pd.DataFrame, addresses: pd.DataFrame, report: MergeReport
) -> CommitLog:
    return replace(
        log,
        author=person[log.author_identity],
        committer=person[log.committer_identity],
        coauthor=person[log.coauthor_identity],
        address=address[log.author_identity],
        committer_address=address[log.committer_identity],
        coauthor_address=address[log.coauthor_identity],
        people=people,
        addresses=addresses,
        merges=report,
    )
