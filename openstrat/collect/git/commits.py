"""What git prints about commits, field by field, as columns of numbers; what cannot be counted is set apart with a reason."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from openstrat.collect.git.commit_marks import subject_marks
from openstrat.collect.git.contacts import Numbers
from openstrat.errors import DataError
from openstrat.terms import Term

Array: TypeAlias = npt.NDArray[Any]
Fields: TypeAlias = list[list[bytes]]

PLACEHOLDERS = (
    "%H",
    "%P",
    "%ad",
    "%cd",
    "%an <%ae>",
    "%cn <%ce>",
    "%s",
    "%(trailers:key=Co-authored-by,key=Signed-off-by,separator=%x1f,unfold)",
)
"""The fields of a commit, in the order of `CommitReader.read`. Git ends a text at a NUL byte, so no field can hold one."""
ARGUMENTS = ("-z", "--date=raw", f"--format=tformat:{'%x00'.join(PLACEHOLDERS)}", "--no-show-signature", "--no-notes", "--no-decorate")
NO_CONTACT = b" <>"
MAX_TRAILERS = 1_000
MAX_COMMIT_BYTES = 64 << 20
MAX_COMMITS = 10_000_000
DAY_SECONDS = 86_400
BLOCK_COMMITS = 4_096
_DATE_LENGTH = len(b"1700000000 +0100")
_POWERS = 10 ** np.arange(9, -1, -1, dtype=np.int64)
_ZONE = np.array([600, 60, 10, 1], dtype=np.int16)


class Oddity(Term):
    """Why a commit is set apart: it cannot be placed in time, or has nobody behind it."""

    NO_AUTHOR = "no_author", "The author line is missing or unreadable."
    NO_COMMITTER = "no_committer", "The committer line is missing or unreadable."
    AUTHOR_DATE = "author_date", "The author date is unreadable, not after 1970, or in the future."
    COMMIT_DATE = "commit_date", "The committer date is unreadable, not after 1970, or in the future."
    TRAILERS = "trailers", f"More than {MAX_TRAILERS} co-authors and sign-offs."


ODDITIES = tuple(Oddity)


@dataclass(frozen=True)
class Block:
    """Some commits as columns, and pairs of commit and contact for co-authors and sign-offs.

    Contacts are numbers into the reader's list; the column `oddity` is 0, or 1 plus the index of the reason.
    """

    columns: dict[str, Array]
    coauthors: Array
    signoffs: Array

    def __len__(self) -> int:
        return len(self.columns["sha"])


class Trailers(dict[bytes, int]):
    """Reads each different trailer once: 1 plus its contact's number, negative for a sign-off, 0 when it names no address."""

    def __init__(self, contacts: Numbers) -> None:
        super().__init__()
        self.contacts = contacts

    def __missing__(self, line: bytes) -> int:
        """Read the trailer."""
        key, _, value = line.partition(b":")
        contact = self.contacts[value.strip()] + 1 if b"<" in value else 0
        code = self[line] = -contact if key[:1] in b"sS" else contact
        return code


class CommitReader:
    """Turns the fields of commits into blocks of columns and keeps the list of contacts.

    `latest` is the last second a date may have; a later one is an error of a clock. Subjects are hashed with the salt.
    """

    def __init__(self, salt: bytes, hash_bytes: int, latest: int | None = None) -> None:
        self.contacts = Numbers()
        self.trailers = Trailers(self.contacts)
        self.salt = salt
        self.hash_bytes = hash_bytes
        self.latest = int(time.time()) + DAY_SECONDS if latest is None else latest
        self.n_read = 0

    def read(self, fields: Fields) -> Block:
        """Return one block of commits from their fields."""
        sha, parents, author_date, commit_date, author, committer, subject, trailers = fields
        n = len(sha)
        if self.n_read + n > MAX_COMMITS:
            raise DataError(f"The history has more than {MAX_COMMITS:,} commits. Read a part of it: a revision such as v1.0..main.")
        author_time, author_offset = read_dates(author_date)
        commit_time, commit_offset = read_dates(commit_date)
        coauthors, signoffs, too_many = self._trailers(trailers)
        contact = self.contacts.__getitem__
        columns = {
            "sha": _hashes(sha, self.hash_bytes),
            "n_parents": np.minimum((_lengths(parents) + 1) // (2 * self.hash_bytes + 1), 255).astype(np.uint8),
            "author_time": author_time,
            "commit_time": commit_time,
            "author_offset": author_offset,
            "commit_offset": commit_offset,
            "author": np.fromiter(map(contact, author), np.int32, n),
            "committer": np.fromiter(map(contact, committer), np.int32, n),
            "subject": subject_marks(subject, self.salt),
        }
        columns["oddity"] = self._oddities(columns, too_many)
        self.n_read += n
        return Block(columns, coauthors, signoffs)

    def _trailers(self, texts: list[bytes]) -> tuple[Array, Array, Array]:
        """Return pairs of commit and contact for co-authors and for sign-offs, and which commits have too many."""
        n_lines = np.fromiter((text.count(b"\x1f") + 1 if text else 0 for text in texts), np.int64, len(texts))
        too_many = n_lines > MAX_TRAILERS
        n_lines[too_many] = 0
        lines = b"\x1f".join([text for text, n in zip(texts, n_lines.tolist(), strict=True) if n]).split(b"\x1f") if n_lines.any() else []
        codes = np.fromiter(map(self.trailers.__getitem__, lines), np.int32, len(lines))
        commits = np.repeat(np.arange(self.n_read, self.n_read + len(texts), dtype=np.int32), n_lines)
        pairs = np.column_stack([commits, np.abs(codes) - 1])
        return pairs[codes > 0], pairs[codes < 0], too_many

    def _oddities(self, columns: dict[str, Array], too_many: Array) -> Array:
        nobody = self.contacts.get(NO_CONTACT, -1)
        checks = {
            Oddity.TRAILERS: too_many,
            Oddity.COMMIT_DATE: (columns["commit_time"] <= 0) | (columns["commit_time"] > self.latest),
            Oddity.AUTHOR_DATE: (columns["author_time"] <= 0) | (columns["author_time"] > self.latest),
            Oddity.NO_COMMITTER: columns["committer"] == nobody,
            Oddity.NO_AUTHOR: columns["author"] == nobody,
        }
        oddity = np.zeros(len(too_many), dtype=np.uint8)
        for reason, holds in checks.items():
            oddity[holds] = 1 + ODDITIES.index(reason)
        return oddity


def joined(blocks: list[Block]) -> Block:
    """Return one block of several; they are emptied on the way, so that no column is held twice."""
    columns = {name: np.concatenate([block.columns.pop(name) for block in blocks]) for name in list(blocks[0].columns)}
    return Block(columns, np.concatenate([block.coauthors for block in blocks]), np.concatenate([block.signoffs for block in blocks]))


def read_dates(values: list[bytes]) -> tuple[Array, Array]:
    """Return seconds since 1970 and minutes east of UTC of dates that git prints raw; -1 for a date that it could not read."""
    joined = b"".join(values)
    if len(joined) == _DATE_LENGTH * len(values):
        cells = np.frombuffer(joined, np.uint8).reshape(-1, _DATE_LENGTH)
        digits = cells - ord("0")
        signs = cells[:, 11]
        if (digits[:, :10] < 10).all() and (digits[:, 12:] < 10).all() and (cells[:, 10] == 32).all() and np.isin(signs, (43, 45)).all():
            return digits[:, :10] @ _POWERS, (digits[:, 12:] @ _ZONE) * np.where(signs == ord("-"), -1, 1).astype(np.int16)
    pairs = [_read_date(value) for value in values]
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return table[:, 0].copy(), table[:, 1].astype(np.int16)


def split_fields(pieces: Iterable[bytes], label: str) -> Iterator[Fields]:
    """Yield the fields of `BLOCK_COMMITS` commits at a time, fewer at the end: one list a placeholder.

    Blocks do not depend on how the output is cut into pieces, so that people are numbered alike in every run.

    Raises
    ------
    DataError
        If the output ends within a commit, or one commit is larger than `MAX_COMMIT_BYTES`.
    """
    width = len(PLACEHOLDERS)
    end = BLOCK_COMMITS * width
    fields: list[bytes] = []
    tail: list[bytes] = []
    n_tail = 0
    for piece in pieces:
        tail.append(piece)
        n_tail += len(piece)
        if b"\0" in piece:
            *whole, last = b"".join(tail).split(b"\0")
            fields += whole
            tail, n_tail = [last], len(last)
        elif n_tail > MAX_COMMIT_BYTES:
            raise DataError(f"A commit of {label} is larger than {MAX_COMMIT_BYTES >> 20} MiB. Leave it out with a newer revision.")
        while len(fields) >= end:
            yield [fields[start:end:width] for start in range(width)]
            del fields[:end]
    if n_tail or len(fields) % width:
        raise DataError(f"git log on {label} ended within a commit. Check the repository with `git fsck`.")
    if fields:
        yield [fields[start::width] for start in range(width)]


def _read_date(value: bytes) -> tuple[int, int]:
    second, _, zone = value.partition(b" ")
    if not second.isdigit() or len(second) > 12:
        return -1, 0
    if len(zone) != 5 or not zone[1:].isdigit():
        return int(second), 0
    minutes = int(zone[1:3]) * 60 + int(zone[3:])
    return int(second), -minutes if zone[:1] == b"-" else minutes


def _hashes(values: list[bytes], hash_bytes: int) -> Array:
    data = bytes.fromhex(b"".join(values).decode("ascii"))
    if len(data) != hash_bytes * len(values):
        raise DataError("git log printed something other than commit hashes. Check the repository with `git fsck`.")
    return np.frombuffer(data, f"S{hash_bytes}")


def _lengths(values: list[bytes]) -> Array:
    return np.fromiter(map(len, values), np.int64, len(values))
