"""Checklist answers written back into a case file: only the `checklist:` block changes, comments stay, nothing is lost on the way."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openstrat.cases.checklist_block import with_checklist
from openstrat.cases.load import case_path, parse_case
from openstrat.cases.schema import Case, Checklist
from openstrat.collect.documents import load_yaml, resolve_scalar
from openstrat.errors import CaseError, DocumentError

DECIMALS = 15
"""What the reader of case files takes for a number has at most so many decimal places."""


@dataclass(frozen=True)
class CaseFile:
    """A case as it stood in its file: path, hash of the bytes, and the checked case."""

    path: Path
    digest: str
    case: Case


def read_case_file(name: str | Path) -> CaseFile:
    """Return a case with the hash of the file it was read from; `name` is a path or the id of a shipped case.

    Raises
    ------
    UnknownNameError
        If `name` is neither a file nor a shipped case.
    DocumentError
        If the file is not plain YAML.
    CaseError
        If it does not fit the schema.
    """
    path = case_path(str(name))
    data = _bytes_of(path)
    return CaseFile(path, _digest(data), _case_in(_text_of(data, path), path))


def save_checklist(path: str | Path, checklist: Checklist, *, digest: str = "") -> CaseFile:
    """Write the answers into the `checklist` block of a case file; everything outside the block stays as it is, byte for byte.

    Comments inside the block stay above the field that they belonged to. The new text is checked before the file is touched, and
    takes the file's place in one step. Equal answers leave the file alone. Numbers are kept to 15 decimal places.

    Parameters
    ----------
    path
        A case file.
    checklist
        The answers.
    digest
        Hash of the file as it was read (`CaseFile.digest`); when given and the file has changed since, nothing is written.

    Raises
    ------
    CaseError
        If the file changed since it was read, or cannot hold the answers; the file is as it was.
    DocumentError
        If the file cannot be read, written, or is not plain YAML.
    """
    target = Path(path).resolve()
    data = _bytes_of(target)
    _refuse_changed(target, data, digest)
    text = _text_of(data, target)
    before, checklist = _case_in(text, target), _readable(checklist)
    if before.checklist == checklist:
        return CaseFile(target, _digest(data), before)
    document = {block: values for block, values in checklist.model_dump(exclude_defaults=True).items() if values}
    changed = with_checklist(text, document, name=target.name)
    after = _case_in(changed, target)
    if after.model_dump() != before.model_copy(update={"checklist": checklist}).model_dump():
        raise CaseError(f"{target.name}: the answers would not read back as they were given. Nothing was written.")
    encoded = changed.encode("utf-8")
    _replace(target, encoded, data)
    return CaseFile(target, _digest(encoded), after)


def copy_case(name: str | Path, path: str | Path) -> CaseFile:
    """Copy a case file, shipped or not, to a path that does not exist yet, and return the copy.

    Raises
    ------
    CaseError
        If something stands at the path already.
    """
    source, target = read_case_file(name), Path(path)
    data = _bytes_of(source.path)
    try:
        with target.open("xb") as file:
            file.write(data)
    except FileExistsError:
        raise CaseError(f"{target}: exists already; nothing was written. Choose another path, or open this file.") from None
    except OSError as error:
        raise DocumentError(f"{target}: cannot be written: {error.strerror or error}. Choose another path.") from None
    return CaseFile(target.resolve(), _digest(data), source.case)


def _case_in(text: str, path: Path) -> Case:
    return parse_case(load_yaml(text, name=str(path)), name=path.name)


def _readable(checklist: Checklist) -> Checklist:
    """Return the answers with numbers as a case file can hold them."""
    document = {block: {name: _rounded(value) for name, value in answer.items()} for block, answer in checklist.model_dump().items()}
    return Checklist.model_validate(document)


def _rounded(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) and resolve_scalar(repr(value)) != value else value


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: cannot be read: {error.strerror or error}. Check the path.") from None


def _text_of(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        load_yaml(path)  # names line and column
        raise


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _refuse_changed(path: Path, data: bytes, digest: str) -> None:
    if digest and _digest(data) != digest:
        raise CaseError(
            f"{path.name}: the file was changed by something else after it was read, so nothing was written and your answers are not lost. "
            "Save them under another name, or load the file again and enter them once more."
        )


def _replace(path: Path, new: bytes, old: bytes) -> None:
    """Put the new bytes in the file's place in one step, unless the file is no longer the one that was read."""
    temporary = ""
    try:
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(path, temporary)
        _refuse_changed(path, _bytes_of(path), _digest(old))
        Path(temporary).replace(path)
    except OSError as error:
        raise DocumentError(f"{path}: cannot be written: {error.strerror or error}. The file is as it was.") from None
    finally:
        if temporary:
            with suppress(FileNotFoundError):
                Path(temporary).unlink()
