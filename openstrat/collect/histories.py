"""Histories read once: the main branch as a commit log, what other branches hold, and the main line; kept as stages to resume from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from openstrat.collect.git import log as git_log
from openstrat.collect.git.clone import check_address, is_address
from openstrat.collect.git.command import Repository, open_repository, resolve, run, stream
from openstrat.collect.git.commit_marks import subject_marks
from openstrat.collect.git.identity import SALT_BYTES, new_salt, salt_mark
from openstrat.collect.git.log import CommitLog, read_log
from openstrat.collect.git.people import Identities, unite
from openstrat.errors import InputError

NOT_STORED = ("people", "addresses", "merges", "identities")
"""Parts of a log that are made anew from the identities, which are stored apart."""
_OWNER_NAME = re.compile(r"([A-Za-z0-9._-]+)[+/]([A-Za-z0-9._-]+)")


@dataclass(frozen=True)
class OtherHistory:
    """What is needed of another history to recognize its commits, one entry a commit.

    `address` is None where only hashes, dates and subjects were read; then subjects alone decide.
    """

    sha: npt.NDArray[np.bytes_]
    author_time: npt.NDArray[np.int64]
    commit_time: npt.NDArray[np.int64]
    subject: npt.NDArray[np.uint64]
    address: npt.NDArray[np.int64] | None = None


@dataclass(frozen=True)
class History:
    """One repository as read: the log of the main branch, the commits of all branches and tags, the main line oldest first.

    `branches` is None unless it was asked for. `is_resumed` says that it comes from a stage of an earlier run.
    """

    log: CommitLog
    branches: OtherHistory | None
    main_line: tuple[bytes, ...]
    is_resumed: bool


def read_history(
    location: str,
    *,
    salt: bytes,
    stages: Path | None = None,
    label: str = "",
    with_lines: bool = False,
    with_branches: bool = False,
    progress: Callable[[int], None] | None = None,
) -> History:
    """Return the history of the repository at a path or address.

    With a folder of `stages` the log is kept there as arrays of numbers and salted hashes, and read from there as long as the
    head, the salt and this program's reader are the same. `progress` is called with the number of commits read so far.

    Raises
    ------
    InputError
        When there is no repository, or it holds no commit.
    DataError
        When git fails.
    """
    repository = open_repository(location, label=label or name_of(location))
    head = resolve(repository, "HEAD")
    key = {"head": head, "salt": salt_mark(salt), "code": _code_mark(), "with_lines": with_lines}
    file = stages / f"{hashlib.sha256(repository.label.encode()).hexdigest()[:16]}.npz" if stages else None
    log = _load(file, key) if file else None
    is_resumed = log is not None
    if log is None:
        log = read_log(repository, salt=salt, with_lines=with_lines, progress=progress)
        if file:
            _save(file, key, log)
    line = run(repository, "rev-list", "--first-parent", "--reverse", head).split()
    branches = read_branches(repository, salt) if with_branches else None
    return History(log, branches, tuple(bytes.fromhex(sha.decode()) for sha in line), is_resumed)


def read_branches(repository: Repository, salt: bytes) -> OtherHistory:
    """Return the commits of every branch and tag, merges included; subjects carry the same marks as in a log of that salt.

    Raises
    ------
    DataError
        When git fails.
    """
    form = "%x00".join(("%H", "%at", "%ct", "%s"))
    names = ("--branches", "--tags", "--remotes", "HEAD")
    pieces = stream(repository, "log", "-z", f"--format=tformat:{form}", "--no-show-signature", *names, "--")
    blocks = [_block(cells, salt) for cells in _cells(pieces, 4)]
    sha, author, commit, subject = (np.concatenate(parts) for parts in zip(*blocks, strict=True))
    return OtherHistory(sha, author, commit, subject)


def _cells(pieces: Iterable[bytes], width: int) -> Iterator[list[bytes]]:
    """Yield whole records of NUL-ended cells as they come in, so that memory does not grow with the history."""
    tail = b""
    for piece in pieces:
        *cells, tail = (tail + piece).split(b"\0")
        whole = len(cells) // width * width
        tail = b"\0".join([*cells[whole:], tail])
        if whole:
            yield cells[:whole]


def _block(cells: list[bytes], salt: bytes) -> tuple[npt.NDArray[Any], ...]:
    sha, author, commit, subject = (cells[start::4] for start in range(4))
    hashes = np.array([bytes.fromhex(value.decode()) for value in sha], dtype=f"S{len(sha[0]) // 2}")
    return hashes, _seconds(author), _seconds(commit), subject_marks(subject, salt)


def check_location(location: str) -> None:
    """Do nothing for a repository with commits, or an address that may be fetched; a path is opened, nothing is fetched.

    Raises
    ------
    InputError
        When the path holds no repository or no commit, or the address is not one that is fetched.
    """
    if is_address(location):
        check_address(location)
    else:
        resolve(open_repository(location, label=name_of(location)), "HEAD")


def name_of(location: str) -> str:
    """Return owner/name where a path or address shows it (also as owner+name), else the last part."""
    parts = _parts(location)
    if found := _OWNER_NAME.fullmatch(parts[-1]):
        return f"{found[1]}/{found[2]}"
    return "/".join(parts[-2:]) if "://" in location and len(parts) > 2 else parts[-1]


def names_of_two(one: str, other: str) -> tuple[str, str]:
    """Return the names of two locations; where both have the same, as many parts of their paths as tell them apart."""
    names = name_of(one), name_of(other)
    longest = max(len(_parts(one)), len(_parts(other)))
    for n in range(2, longest + 1):
        if names[0] != names[1]:
            break
        names = "/".join(_parts(one)[-n:]), "/".join(_parts(other)[-n:])
    return names if names[0] != names[1] else (name_of(one), name_of(other))


def _parts(location: str) -> list[str]:
    """Return the parts of an address, or of the whole path that a location means, without what every clone is called."""
    whole = location if is_address(location) else str(Path(location).resolve())
    parts = [part.removesuffix(".git") for part in re.split(r"[/\\:]", whole)]
    named = [part for part in parts if part not in {"", "repo"}]
    return named or [part for part in parts if part] or [location]


def read_salt(file: Path) -> bytes:
    """Return the salt in a file; a new one is made, readable by its owner only, where there is none.

    Raises
    ------
    InputError
        If the file is too short or too long to be a salt.
    """
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            target.write(new_salt())
    salt = file.read_bytes()
    if not SALT_BYTES <= len(salt) <= 64:
        raise InputError(f"{file} holds {len(salt)} bytes; a salt has {SALT_BYTES} to 64. Name a file that does not exist to make one.")
    return salt


def _seconds(values: list[bytes]) -> npt.NDArray[np.int64]:
    return np.array([int(value) if value.isdigit() and len(value) < 12 else -1 for value in values], dtype=np.int64)


def _code_mark() -> str:
    files = sorted(Path(git_log.__file__).parent.glob("*.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:16]


def _save(file: Path, key: dict[str, Any], log: CommitLog) -> None:
    values = {field.name: getattr(log, field.name) for field in fields(log) if field.name not in NOT_STORED}
    frame = log.identities.frame
    arrays = {f"log.{name}": value for name, value in values.items() if isinstance(value, np.ndarray)}
    arrays |= {f"identities.{name}": _storable(frame[name]) for name in frame.columns}
    plain = {name: value for name, value in values.items() if not isinstance(value, np.ndarray)}
    text = json.dumps({"key": key, "plain": plain, "links": log.identities.links}).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".part")
    with draft.open("wb") as target:
        np.savez(target, allow_pickle=False, meta=np.frombuffer(text, dtype=np.uint8), **arrays)
    draft.replace(file)


def _storable(column: pd.Series[Any]) -> npt.NDArray[Any]:
    values: npt.NDArray[Any] = column.to_numpy()
    return values.astype(np.str_) if values.dtype.kind == "O" else values


def _load(file: Path, key: dict[str, Any]) -> CommitLog | None:
    """Return the staged log, or None where there is none that fits."""
    try:
        with file.open("rb") as source, np.load(source, allow_pickle=False) as stored:
            meta = json.loads(stored["meta"].tobytes())
            if meta["key"] != key:
                return None
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None
    values: dict[str, Any] = {name.removeprefix("log."): array for name, array in arrays.items() if name.startswith("log.")}
    frame = pd.DataFrame({name.removeprefix("identities."): array for name, array in arrays.items() if name.startswith("identities.")})
    identities = Identities(frame, tuple((one, other) for one, other in meta["links"]))
    values |= {name: _tuples(value) for name, value in meta["plain"].items()} | {"identities": identities}
    values |= dict.fromkeys(set(NOT_STORED) - {"identities"})
    return unite([CommitLog(**values)])[0]


def _tuples(value: Any) -> Any:
    """Return a value with tuples for the lists that JSON made of them."""
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
