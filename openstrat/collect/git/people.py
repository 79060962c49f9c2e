"""People of one or several histories: identities merged by a printed rule, every merge counted, nobody's name kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.collect.git.bots import is_bot
from openstrat.collect.git.identity import is_telling, login_of, mailbox_of, normal_address, normal_name, salted
from openstrat.collect.git.organizations import MIN_SHARED, is_own_domain, organization
from openstrat.errors import InputError

if TYPE_CHECKING:
    from openstrat.collect.git.log import CommitLog

MERGE_RULE = (
    "Same address: lower case, without the number that GitHub puts before a login.",
    "Same name: lower case, of two words, or one of five letters or more; names that stand for nobody (root, Your Name) never merge. "
    "The login in a GitHub noreply address counts as a name.",
    "A name and address as written, and as the repository's .mailmap has them, are one person.",
    "Bots and people never merge.",
    "Who only committed or signed off joins one author at most, and never makes two authors one.",
)
Rows = npt.NDArray[np.int32]


@dataclass(frozen=True)
class MergeReport:
    """How many people are left of how many identities (pairs of name and address), and what joined them, in this order."""

    n_identities: int
    n_people: int
    n_merged_by_mailmap: int
    n_merged_by_address: int
    n_merged_by_name: int
    rule: tuple[str, ...] = MERGE_RULE


class Identity(NamedTuple):
    """One pair of name and address as hashes, with what its clear text tells: a row before domains are compared."""

    name: int
    login: int
    any_name: int
    address: int
    mailbox: int
    is_bot: bool
    organization: str
    is_own_domain: bool


KINDS = ("int64", "int64", "int64", "int64", "int64", "bool", "object", "bool")


@dataclass(frozen=True)
class Identities:
    """Pairs of name and address as hashes, and which of them a .mailmap declares to be one person.

    `frame` has the columns `name`, `login` (both 0 unless they tell one person), `any_name`, `address`, `mailbox` (0 for none),
    `is_bot`, `organization`, `is_author` (wrote or co-wrote a commit); `links` holds pairs of its rows.
    """

    frame: pd.DataFrame
    links: tuple[tuple[int, int], ...] = ()


class PeopleIndex(NamedTuple):
    """Who is behind each identity: `person` and `address` are rows of `people` and `addresses`, one entry an identity."""

    person: Rows
    address: Rows
    people: pd.DataFrame
    addresses: pd.DataFrame
    merges: MergeReport


class Hasher(dict[tuple[str, str], Identity]):
    """Hashes each different pair of name and address once, with one salt; can be filled while a history is still being read."""

    def __init__(self, salt: bytes) -> None:
        super().__init__()
        self.salt = salt

    def __missing__(self, pair: tuple[str, str]) -> Identity:
        """Hash the pair."""
        name, address = normal_name(pair[0]), normal_address(pair[1])
        mailbox = mailbox_of(address)
        any_name, login = salted(self.salt, b"name", name), login_of(mailbox)
        domain = organization(address)
        identity = self[pair] = Identity(
            any_name if is_telling(name) else 0,
            salted(self.salt, b"name", login) if is_telling(login) else 0,
            any_name,
            salted(self.salt, b"address", address),
            salted(self.salt, b"address", mailbox) if mailbox != address else 0,
            is_bot(name, address),
            domain,
            bool(domain) and is_own_domain(name, address),
        )
        return identity


def identify(
    pairs: Iterable[tuple[str, str]],
    salt: bytes | Hasher,
    links: tuple[tuple[int, int], ...] = (),
    authors: Collection[int] | None = None,
) -> Identities:
    """Return the identities of pairs of name and address, hashed with a salt, or by a hasher that knows some of them already.

    A domain that resembles its user's name counts as an organization only when `MIN_SHARED` addresses or more are in it.
    `authors` are the rows that wrote or co-wrote a commit; all of them where they are not given.
    """
    hasher = salt if isinstance(salt, Hasher) else Hasher(salt)
    frame = pd.DataFrame([hasher[pair] for pair in pairs], columns=Identity._fields).astype(dict(zip(Identity._fields, KINDS, strict=True)))
    frame["mailbox"] = frame["mailbox"].where(frame["mailbox"] != 0, frame["address"])
    shared = frame.groupby("organization")["address"].transform("nunique") >= MIN_SHARED
    frame["organization"] = frame["organization"].where(shared | ~frame.pop("is_own_domain"), "")
    frame["is_author"] = True if authors is None else frame.index.isin(list(authors))
    return Identities(frame, links)


def merge(identities: Identities) -> tuple[Rows, MergeReport]:
    """Return the person of each identity, numbered by first appearance, and what was merged.

    Authors are merged first; who only committed or signed off then joins one of them.
    """
    frame = identities.frame
    bot, author = frame["is_bot"].to_numpy(), frame["is_author"].to_numpy(dtype=bool)
    parent = list(range(len(frame)))
    links = [(one, other) for one, other in identities.links if bot[one] == bot[other]]
    by_mailmap = _join(parent, ((one, other) for one, other in links if author[one] and author[other]))
    by_address = _join(parent, _same(bot, frame["mailbox"].to_numpy() * author))
    names = frame[["name", "login"]].to_numpy() * author[:, None]
    by_name = _join(parent, _same(np.tile(bot, 2), names.T.ravel()), len(frame))
    joined = _join_others(parent, frame, {other: one for one, other in links if not author[other]})
    roots = [_root(parent, row) for row in range(len(frame))]
    person, _ = pd.factorize(np.array(roots, dtype=np.int64))
    n_people = int(person.max(initial=-1)) + 1
    report = MergeReport(
        len(frame), n_people, by_mailmap + joined["mailmap"], by_address + joined["mailbox"], by_name + joined["name"] + joined["login"]
    )
    return person.astype(np.int32), report


def _join_others(parent: list[int], frame: pd.DataFrame, mapped: dict[int, int]) -> Counter[str]:
    """Join each identity that wrote nothing to the first that shares a key with it, authors before others; count by what joined."""
    found: dict[tuple[str, bool, int], int] = {}
    joined: Counter[str] = Counter()
    columns = [frame[name].to_numpy() for name in ("is_bot", "is_author", "mailbox", "name", "login")]
    for row in np.argsort(~columns[1], kind="stable").tolist():
        bot, author, mailbox, name, login = (values[row].item() for values in columns)
        keys = [(kind, bot, value) for kind, value in (("mailbox", mailbox), ("name", name), ("name", login)) if value]
        first = next((key for key in keys if key in found), None)
        if not author and row in mapped:
            joined["mailmap"] += _join(parent, [(row, mapped[row])])
        elif not author and first:
            joined[first[0]] += _join(parent, [(row, found[first])])
        for key in keys:
            found.setdefault(key, row)
    return joined


def index_people(identities: Identities) -> PeopleIndex:
    """Return the people and the addresses behind identities, and which of them each identity is."""
    person, report = merge(identities)
    address, addresses = _addresses(identities.frame, person)
    return PeopleIndex(person, address, _people(identities.frame, person), addresses, report)


def unite(logs: Sequence[CommitLog]) -> list[CommitLog]:
    """Return the same logs with one index of people and one of addresses: a person has the same number in all of them.

    Raises
    ------
    InputError
        If the logs were read with different salts: their people cannot be compared.
    """
    if len({log.salt_mark for log in logs}) > 1:
        raise InputError("The logs were read with different salts, so their people cannot be compared. Read them with one salt.")
    if not logs:
        return []
    starts = np.cumsum([0, *(len(log.identities.frame) for log in logs)]).tolist()
    links = tuple((start + one, start + other) for start, log in zip(starts, logs, strict=False) for one, other in log.identities.links)
    index = index_people(Identities(pd.concat([log.identities.frame for log in logs], ignore_index=True), links))
    return [_renumbered(log, index, start) for start, log in zip(starts, logs, strict=False)]


def _same(bot: npt.NDArray[np.bool_], values: npt.NDArray[np.int64]) -> Iterable[tuple[int, int]]:
    """Yield pairs of rows that share a value other than 0 and are both bots or both people."""
    first: dict[tuple[bool, int], int] = {}
    for row, key in enumerate(zip(bot.tolist(), values.tolist(), strict=True)):
        if key[1]:
            yield first.setdefault(key, row), row


def _join(parent: list[int], pairs: Iterable[tuple[int, int]], n: int = 0) -> int:
    """Join the sets of each pair and return how many joins changed anything; rows count modulo `n` when it is given."""
    joined = 0
    for one, other in pairs:
        low, high = sorted((_root(parent, one % n if n else one), _root(parent, other % n if n else other)))
        joined += low != high
        parent[high] = low
    return joined


def _root(parent: list[int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _people(frame: pd.DataFrame, person: Rows) -> pd.DataFrame:
    groups = frame.assign(person=person, key=frame[["address", "any_name"]].max(axis=1)).groupby("person", sort=True)
    return pd.DataFrame(
        {
            "key": [f"{value:016x}" for value in groups["key"].max()],
            "n_names": groups["any_name"].nunique().to_numpy(),
            "n_addresses": groups["address"].nunique().to_numpy(),
            "is_bot": groups["is_bot"].any().to_numpy(dtype=bool),
        }
    )


def _addresses(frame: pd.DataFrame, person: Rows) -> tuple[Rows, pd.DataFrame]:
    rows, values = pd.factorize(frame["address"].to_numpy())
    _, first = np.unique(rows, return_index=True)
    addresses = pd.DataFrame(
        {
            "key": [f"{value:016x}" if value else "" for value in values],
            "organization": frame["organization"].to_numpy()[first],
            "person": person[first],
        }
    )
    return rows.astype(np.int32), addresses


def _renumbered(log: CommitLog, index: PeopleIndex, start: int) -> CommitLog:
    """Return the log with the numbers of an index in which its identities begin at row `start`."""
    author, committer, coauthor = log.author_identity + start, log.committer_identity + start, log.coauthor_identity + start
    return replace(
        log,
        author=index.person[author],
        committer=index.person[committer],
        coauthor=index.person[coauthor],
        address=index.address[author],
        committer_address=index.address[committer],
        coauthor_address=index.address[coauthor],
        people=index.people,
        addresses=index.addresses,
        merges=index.merges,
    )
