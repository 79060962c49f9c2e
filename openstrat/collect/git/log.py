"""One pass over a history: commits as arrays, people as salted hashes, odd commits set apart and counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import pandas as pd

from openstrat.collect.git.command import Repository, resolve, stream
from openstrat.collect.git.commits import ARGUMENTS, DAY_SECONDS, ODDITIES, Array, Block, CommitReader, joined, split_fields
from openstrat.collect.git.contacts import mailmapped, split_contact
from openstrat.collect.git.identity import SALT_BYTES, salt_mark
from openstrat.collect.git.lines import count_lines
from openstrat.collect.git.people import Hasher, Identities, MergeReport, identify, index_people
from openstrat.errors import InputError

MAX_QUARANTINED_SHOWN = 1_000
DATE_RULE = "An author date more than a day after the committer date is taken for the committer date."


@dataclass(frozen=True)
class CommitLog:
    """The commits of one history as arrays, one entry a commit, newest first as git gives them, merges included.

    `sha` is binary (S20, or S32 for SHA-256). Times are seconds since 1970 in UTC, offsets minutes east of UTC. `author`,
    `committer` and `coauthor` are rows of `people`; `address`, `committer_address` and `coauthor_address` rows of `addresses`,
    after .mailmap. `coauthor_commit` says which commit an entry of `coauthor` belongs to. `subject` is a salted hash. `is_bot`
    tells whether the author is a bot. `insertions`, `deletions` and `n_files` are None unless they were asked for. `quarantine`
    counts commits that were left out by reason, `quarantined` names the first of them; `notes` says what limits the history.

    `people` (`key`, `n_names`, `n_addresses`, `is_bot`) and `addresses` (`key`, `organization`, `person`) also hold those who
    only committed, co-authored or signed off. Arrays that end in `_identity` are rows of `identities`, for `unite`.
    """

    repository: str
    head: str
    sha: Array
    author_time: Array
    commit_time: Array
    author_offset: Array
    commit_offset: Array
    n_parents: Array
    author: Array
    committer: Array
    address: Array
    committer_address: Array
    subject: Array
    is_bot: Array
    signoffs: Array
    is_signed_off_by_author: Array
    coauthor_commit: Array
    coauthor: Array
    coauthor_address: Array
    insertions: Array | None
    deletions: Array | None
    n_files: Array | None
    n_quarantined: int
    quarantine: dict[str, int]
    quarantined: tuple[tuple[str, str], ...]
    n_author_dates_corrected: int
    notes: tuple[str, ...]
    people: pd.DataFrame
    addresses: pd.DataFrame
    merges: MergeReport
    salt_mark: str
    identities: Identities
    author_identity: Array
    committer_identity: Array
    coauthor_identity: Array

    def __len__(self) -> int:
        """Return the number of commits."""
        return len(self.sha)


def read_log(
    repository: Repository,
    *,
    revision: str = "HEAD",
    salt: bytes,
    with_lines: bool = False,
    progress: Callable[[int], None] | None = None,
) -> CommitLog:
    """Return every commit that can be reached from a revision.

    `salt` (`identity.new_salt`) is what makes hashes of people useless to others; logs can be united when they share it.
    `progress` is called with the number of commits read so far. An author date more than a day after the committer date is
    taken for the committer date, as in the shipped tables.

    Raises
    ------
    InputError
        If the salt is short, or the revision does not exist.
    DataError
        If git fails, or file contents are missing and lines were asked for.
    """
    if not SALT_BYTES <= len(salt) <= 64:
        raise InputError(f"A salt has {SALT_BYTES} to 64 bytes, not {len(salt)}. Make one with openstrat.collect.git.identity.new_salt().")
    head = resolve(repository, revision)
    reader, hasher = CommitReader(salt, len(head) // 2), Hasher(salt)
    block = joined(list(_blocks(repository, head, reader, hasher, progress)))
    log = _assembled(repository, head, reader, hasher, block)
    return _with_lines(log, repository) if with_lines else log


def _blocks(
    repository: Repository, head: str, reader: CommitReader, hasher: Hasher, progress: Callable[[int], None] | None
) -> Iterator[Block]:
    """Yield the history in blocks; contacts are hashed along the way, while git works on the next block."""
    n_hashed = 0
    for fields in split_fields(stream(repository, "log", *ARGUMENTS, head, "--"), repository.label):
        yield reader.read(fields)
        for contact in islice(reader.contacts, n_hashed, None):
            hasher[split_contact(contact)]
        n_hashed = len(reader.contacts)
        if progress:
            progress(reader.n_read)


def _assembled(repository: Repository, head: str, reader: CommitReader, hasher: Hasher, block: Block) -> CommitLog:
    """Put the columns of a history together: odd commits out, dates corrected, contacts replaced by identities and people."""
    columns = block.columns
    oddity = columns.pop("oddity")
    odd_sha = [
        (columns["sha"][row].ljust(reader.hash_bytes, b"\0").hex(), ODDITIES[oddity[row] - 1].value) for row in np.flatnonzero(oddity)
    ]
    kept = {name: values[oddity == 0] for name, values in columns.items()}
    coauthors, signoffs = (_moved(pairs, oddity == 0) for pairs in (block.coauthors, block.signoffs))
    wrote = np.union1d(kept["author"], coauthors[:, 1])
    contacts = np.concatenate([kept.pop("author"), kept.pop("committer"), coauthors[:, 1], signoffs[:, 1]])
    identities, identity_of = _identities(repository, head, hasher, list(reader.contacts), (np.unique(contacts), wrote))
    n = len(kept["sha"])
    author, committer, coauthor, signer = np.split(identity_of[contacts], np.cumsum([n, n, len(coauthors)]))
    is_late = kept["author_time"] > kept["commit_time"] + DAY_SECONDS
    kept["author_time"] = np.where(is_late, kept["commit_time"], kept["author_time"])
    index = index_people(identities)
    by_author = signoffs[index.person[signer] == index.person[author[signoffs[:, 0]]], 0]
    return CommitLog(
        repository=repository.label,
        head=head,
        **kept,
        author=index.person[author],
        committer=index.person[committer],
        address=index.address[author],
        committer_address=index.address[committer],
        is_bot=identities.frame["is_bot"].to_numpy()[author],
        signoffs=np.minimum(np.bincount(signoffs[:, 0], minlength=n), 255).astype(np.uint8),
        is_signed_off_by_author=np.bincount(by_author, minlength=n) > 0,
        coauthor_commit=coauthors[:, 0],
        coauthor=index.person[coauthor],
        coauthor_address=index.address[coauthor],
        insertions=None,
        deletions=None,
        n_files=None,
        n_quarantined=len(odd_sha),
        quarantine=dict(Counter(reason for _, reason in odd_sha)),
        quarantined=tuple(odd_sha[:MAX_QUARANTINED_SHOWN]),
        n_author_dates_corrected=int(is_late.sum()),
        notes=repository.notes,
        people=index.people,
        addresses=index.addresses,
        merges=index.merges,
        salt_mark=salt_mark(reader.salt),
        identities=identities,
        author_identity=author,
        committer_identity=committer,
        coauthor_identity=coauthor,
    )


def _moved(pairs: Array, is_kept: Array) -> Array:
    """Return the pairs of kept commits, with the commits' new rows."""
    new_row = np.cumsum(is_kept, dtype=np.int32) - 1
    pairs = pairs[is_kept[pairs[:, 0]]]
    return np.column_stack([new_row[pairs[:, 0]], pairs[:, 1]]).astype(np.int32)


def _identities(
    repository: Repository, head: str, hasher: Hasher, contacts: list[bytes], numbers: tuple[Array, Array]
) -> tuple[Identities, Array]:
    """Return the identities behind contacts, and the row of each contact among them; `numbers` are those used, and of them the authors."""
    used, wrote = numbers
    written = [contacts[number] for number in used]
    mapped = mailmapped(repository, head, written)
    rows: dict[tuple[str, str], int] = {}
    pairs = [
        (rows.setdefault(split_contact(new), len(rows)), rows.setdefault(split_contact(old), len(rows)))
        for new, old in zip(mapped, written, strict=True)
    ]
    identity_of = np.zeros(len(contacts), dtype=np.int32)
    identity_of[used] = [new for new, _ in pairs]
    links = tuple((new, old) for new, old in pairs if new != old)
    authors = {row for pair, is_author in zip(pairs, np.isin(used, wrote), strict=True) if is_author for row in pair}
    return identify(rows, hasher, links, authors), identity_of


def _with_lines(log: CommitLog, repository: Repository) -> CommitLog:
    width = len(log.head) // 2
    insertions, deletions, n_files = count_lines(repository, [sha.ljust(width, b"\0") for sha in log.sha.tolist()])
    return replace(log, insertions=insertions, deletions=deletions, n_files=n_files)
