"""Files that readers see old or new, never half: written beside the target, synced, then renamed one by one under a lock.

Each file is replaced by one `os.replace`, the manifest last, so a reader finds the old or the new version of every file at any
moment and a manifest never names a file that is not there yet. A folder swap would leave a moment with no folder at all.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path

from openstrat.errors import BusyError, OutputPathError, PublishError

MANIFEST = "manifest.json"
LOCKS = ".locks"
STAGING = ".staging"
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,118}[a-z0-9])?")
_FILE = re.compile(r"[a-z0-9][a-z0-9-]{0,80}(?:\.[a-z0-9]{1,12}){1,2}")
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"{name}{number}" for name in ("com", "lpt") for number in range(1, 10))})


def report_folder(root: Path, slug: str) -> Path:
    """Return the folder of one report below the output root; nothing is created.

    Raises
    ------
    OutputPathError
        If `slug` is not lower-case letters, digits and hyphens, or the folder is a symbolic link.
    """
    if not _SLUG.fullmatch(slug) or slug in _DEVICES:
        raise OutputPathError(f"Output name {slug[:80]!r} is not allowed. Allowed: lower-case letters, digits and hyphens, at most 120.")
    folder = root / slug
    if folder.is_symlink():
        raise OutputPathError(f"{folder} is a symbolic link. Remove it, or choose another output folder.")
    return folder


def check_not_input(folder: Path, *inputs: Path) -> None:
    """Pass if no input file lies in the output folder.

    Raises
    ------
    OutputPathError
        If one does; publishing would overwrite it.
    """
    for path in inputs:
        if path.resolve().parent == folder.resolve():
            raise OutputPathError(f"{path} lies in the output folder {folder}. Choose another output folder with --out.")


@contextlib.contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold the output folder against other runs; the kernel of the operating system frees it when the process dies.

    Raises
    ------
    BusyError
        At once, with the process that holds it.
    PublishError
        If the output root cannot be written.
    """
    from filelock import FileLock, Timeout

    locks = folder.parent / LOCKS
    try:
        locks.mkdir(parents=True, exist_ok=True)
        lock = FileLock(locks / f"{folder.name}.lock", timeout=0)
        owner = locks / f"{folder.name}.pid"
        lock.acquire()
    except Timeout:
        raise BusyError(f"busy: process {_owner(owner)} holds {folder}. Wait until it has ended, or choose another --out.") from None
    except OSError as error:
        raise PublishError(f"{locks}: cannot be written: {error.strerror or error}. Choose another folder with --out.") from None
    try:
        owner.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        lock.release()


def _owner(path: Path) -> str:
    with contextlib.suppress(OSError):
        return path.read_text(encoding="ascii")[:12] or "unknown"
    return "unknown"


def publish(files: Mapping[str, bytes], folder: Path, *, stale: tuple[str, ...] = ()) -> list[Path]:
    """Write `files` into `folder` and return their paths; call it while holding the folder.

    Parameters
    ----------
    files
        Bytes by file name.
    folder
        From `report_folder`; created when missing.
    stale
        Names that an earlier run may have left and this one does not make; removed at the end.

    Raises
    ------
    OutputPathError
        If a file name is not plain.
    PublishError
        If a file cannot be written (disk full, no permission); files that were there before are untouched.
    """
    for name in files:
        if not _FILE.fullmatch(name):
            raise OutputPathError(f"Output file {name[:80]!r} is not allowed. Allowed: lower-case letters, digits, hyphens, an extension.")
    order = sorted(files, key=lambda name: (name == MANIFEST, name))
    staging = folder.parent / STAGING / folder.name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(staging, ignore_errors=True)  # left by a run that was killed
        staging.mkdir(parents=True)
        for name in order:
            write_synced(staging / name, files[name])
        for name in order:
            os.replace(staging / name, folder / name)  # noqa: PTH105 - the call that the promise rests on
        for name in set(stale) - set(files):
            (folder / name).unlink(missing_ok=True)
        sync_folder(folder)
    except OSError as error:
        raise PublishError(f"{folder}: cannot be written: {error.strerror or error}. Free space or choose another --out.") from None
    finally:
        shutil.rmtree(staging, ignore_errors=True)
        with contextlib.suppress(OSError):  # others may be writing there
            staging.parent.rmdir()
    return [folder / name for name in order]


def write_synced(path: Path, data: bytes) -> None:
    """Write a new file and wait until it is on the disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the folder's entries are on the disk, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
