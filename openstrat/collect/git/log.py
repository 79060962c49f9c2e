"""One pass over a history: commits as arrays, people as salted hashes, odd commits set apart and counted."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from openstrat.collect.git.command import Repository, run, stream
from openstrat.collect.git.people import MergeReport, identify, salt_mark, unite
from openstrat.errors import DataError

FIELDS = (
    "%H",
    "%P",
    "%ad",
    "%cd",
    "%an <%ae>",
    "%cn <%ce>",
    "%s",
    "%(trailers:key=Co-authored-by,valueonly,separator=%x1f,unfold)",
    "%(trailers:key=Signed-off-by,valueonly,separator=%x1f,unfold)",
)
LATEST = 4_102_444_800
"""2100-01-01: a date after it is an error."""
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class CommitLog:
    """The commits of one history as arrays, one entry a commit, newest first as git gives them, merges included.

    Times are seconds since 1970 in UTC, offsets minutes east of UTC. `author`, `committer` and `coauthor` are rows of `people`,
    the address columns rows of `addresses`. `people` also holds those who only signed off. `coauthor_commit` says which commit
    an entry of `coauthor` belongs to. Line counts are None unless they were asked for.
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
    notes: tuple[str, ...]
    people: pd.DataFrame
    addresses: pd.DataFrame
    merges: MergeReport
    salt_mark: str
    identities: pd.DataFrame
    links: tuple[tuple[int, int], ...]
    author_identity: Array
    committer_identity: Array
    coauthor_identity: Array

    def __len__(self) -> int:
        return len(self.sha)


def read_log(
    repository: Repository,
    *,
    revision: str = "HEAD",
    salt: bytes,
    with_lines: bool = False,
    progress: Callable[[int], None] | None = None,
) -> CommitLog:
    """Return every commit reachable from a revision.

    `progress` is called with the number of commits read so far. `salt` (16 bytes or more) makes the hashes of people useless to
    others; logs can be united when they share it.

    Raises
    ------
    InputError, DataError
        When the revision does not exist or git fails.
    """
    if with_lines:
        raise DataError("Line counts are not read yet.")
    head = run(repository, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    contacts: dict[bytes, int] = {}
    columns: dict[str, list[Array]] = {}
    n = 0
    for fields in _commits(repository, head):
        for name, array in _columns(fields, contacts, salt, n).items():
            columns.setdefault(name, []).append(array)
        n += len(fields[0])
        if progress:
            progress(n)
    whole = {name: np.concatenate(parts) for name, parts in columns.items()}
    return _log(repository, head, whole, list(contacts), salt)


def _commits(repository: Repository, head: str) -> Iterator[list[list[bytes]]]:
    form = "%x00".join(FIELDS)
    rest: list[bytes] = []
    tail = b""
    width = len(FIELDS)
    for piece in stream(repository, "log", "-z", "--date=raw", f"--format=tformat:{form}", "--no-show-signature", "--end-of-options", head):
        parts = (tail + piece).split(b"\0")
        tail = parts.pop()
        rest += parts
        whole = len(rest) // width * width
        if whole:
            yield [rest[i:whole:width] for i in range(width)]
            del rest[:whole]
    if rest or tail:
        raise DataError(f"git log on {repository.label} ended in the middle of a commit. Check it with `git fsck`.")


def _times(values: list[bytes]) -> tuple[Array, Array]:
    seconds = np.zeros(len(values), dtype=np.int64)
    offsets = np.zeros(len(values), dtype=np.int16)
    for row, value in enumerate(values):
        second, _, zone = value.partition(b" ")
        number = int(second) if second.isdigit() and len(second) < 12 else -1
        seconds[row] = number
        if len(zone) == 5 and zone[1:].isdigit():
            minutes = int(zone[1:3]) * 60 + int(zone[3:])
            offsets[row] = -minutes if zone[:1] == b"-" else minutes
    return seconds, offsets


def _columns(fields: list[list[bytes]], contacts: dict[bytes, int], salt: bytes, start: int) -> dict[str, Array]:
    sha, parents, author_date, commit_date, author, committer, subject, coauthors, signoffs = fields
    author_time, author_offset = _times(author_date)
    commit_time, commit_offset = _times(commit_date)

    def code(values: list[bytes]) -> Array:
        return np.array([contacts.setdefault(value, len(contacts)) for value in values], dtype=np.int32)

    who = [(start + row, value) for row, text in enumerate(coauthors) if text for value in text.split(b"\x1f")]
    signed = [(start + row, value) for row, text in enumerate(signoffs) if text for value in text.split(b"\x1f")]
    return {
        "sha": np.frombuffer(bytes.fromhex(b"".join(sha).decode()), dtype=f"S{len(sha[0]) // 2}"),
        "n_parents": np.array([len(text.split()) for text in parents], dtype=np.uint8),
        "author_time": author_time,
        "author_offset": author_offset,
        "commit_time": commit_time,
        "commit_offset": commit_offset,
        "author": code(author),
        "committer": code(committer),
        "subject": np.frombuffer(b"".join([hashlib.blake2b(s, key=salt[:64], digest_size=8).digest() for s in subject]), dtype="<u8"),
        "coauthor_commit": np.array([row for row, _ in who], dtype=np.int32),
        "coauthor": code([value for _, value in who]),
        "signoff_commit": np.array([row for row, _ in signed], dtype=np.int32),
        "signoff": code([value for _, value in signed]),
    }


def _split_contact(contact: bytes) -> tuple[str, str]:
    name, _, rest = contact.decode("utf-8", "surrogateescape").partition("<")
    return name.strip(), rest.rpartition(">")[0] or rest


def _mapped(repository: Repository, contacts: list[bytes], head: str) -> list[bytes]:
    askable = [c for c in contacts if c.count(b"<") == 1 and c.endswith(b">") and b"\n" not in c and b"@" in c]
    if not askable or not run(repository, "ls-tree", "--name-only", head, "--", ".mailmap"):
        return contacts
    answer = run(repository, "-c", f"mailmap.blob={head}:.mailmap", "check-mailmap", "--stdin", stdin=b"\n".join(askable) + b"\n")
    lines = answer.split(b"\n")[:-1]
    if len(lines) != len(askable):
        return contacts
    new = dict(zip(askable, lines, strict=True))
    return [new.get(c, c) for c in contacts]


def _log(repository: Repository, head: str, raw: dict[str, Array], contacts: list[bytes], salt: bytes) -> CommitLog:
    mapped = _mapped(repository, contacts, head)
    pairs = list(dict.fromkeys([*map(_split_contact, mapped), *map(_split_contact, contacts)]))
    row = {pair: index for index, pair in enumerate(pairs)}
    identity = np.array([row[_split_contact(c)] for c in mapped], dtype=np.int32)
    raw_identity = [row[_split_contact(c)] for c in contacts]
    links = tuple((int(a), b) for a, b in zip(identity, raw_identity, strict=True) if a != b)
    identities = identify(pairs, salt)
    good = (raw["author_time"] >= 0) & (raw["author_time"] < LATEST) & (raw["commit_time"] >= 0) & (raw["commit_time"] < LATEST)
    new_row = np.cumsum(good) - 1
    kept_co, kept_sign = good[raw["coauthor_commit"]], good[raw["signoff_commit"]]
    reasons = Counter({"date outside 1970 to 2100": int((~good).sum())})
    author = identity[raw["author"][good]]
    n = int(good.sum())
    signoff_commit = new_row[raw["signoff_commit"][kept_sign]]
    signoff_identity = identity[raw["signoff"][kept_sign]]
    empty = np.zeros(0, dtype=np.int32)
    draft = CommitLog(
        repository=repository.label,
        head=head,
        sha=raw["sha"][good],
        author_time=raw["author_time"][good],
        commit_time=raw["commit_time"][good],
        author_offset=raw["author_offset"][good],
        commit_offset=raw["commit_offset"][good],
        n_parents=raw["n_parents"][good],
        author=empty,
        committer=empty,
        address=empty,
        committer_address=empty,
        subject=raw["subject"][good],
        is_bot=identities["is_bot"].to_numpy()[author],
        signoffs=np.minimum(np.bincount(signoff_commit, minlength=n), 255).astype(np.uint8),
        is_signed_off_by_author=np.zeros(n, dtype=bool),
        coauthor_commit=new_row[raw["coauthor_commit"][kept_co]].astype(np.int32),
        coauthor=empty,
        coauthor_address=empty,
        insertions=None,
        deletions=None,
        n_files=None,
        n_quarantined=int((~good).sum()),
        quarantine={reason: count for reason, count in reasons.items() if count},
        notes=repository.notes,
        people=pd.DataFrame(),
        addresses=pd.DataFrame(),
        merges=MergeReport(0, 0, 0, 0),
        salt_mark=salt_mark(salt),
        identities=identities,
        links=links,
        author_identity=author,
        committer_identity=identity[raw["committer"][good]],
        coauthor_identity=identity[raw["coauthor"][kept_co]],
    )
    log = unite([draft])[0]
    person = np.zeros(len(identities), dtype=np.int32)
    person[log.author_identity] = log.author
    from dataclasses import replace

    address = identities["address"].to_numpy()
    same = address[signoff_identity] == address[author[signoff_commit]]
    signed = np.zeros(n, dtype=bool)
    signed[signoff_commit[same]] = True
    return replace(log, is_signed_off_by_author=signed)
