"""Kill -9, full disks and I/O errors while a report is published: a reader sees each file old or new, and nothing is left over."""

from __future__ import annotations

import errno
import io
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from unittest import mock

from fault_kit import ROOT, Row

from openstrat.errors import OpenstratError
from openstrat.reporting.publish import hold, publish

NAMES = ("facts.json", "manifest.json", "report.html", "report.ipynb")
SIZE = 200_000
LOOP = """
import sys
from pathlib import Path
from openstrat.reporting.publish import hold, publish
folder = Path(sys.argv[1])
print("ready", flush=True)
while True:
    for letter in b"ab":
        with hold(folder):
            publish({name: bytes([letter]) * 200_000 for name in ("facts.json", "manifest.json", "report.html", "report.ipynb")}, folder)
"""


def files(letter: bytes) -> dict[str, bytes]:
    """Return the files of one version, each of one letter only."""
    return dict.fromkeys(NAMES, letter * SIZE)


def wrong_files(folder: Path) -> list[str]:
    """Return the files that are neither the old nor the new version."""
    return [name for name in NAMES if (folder / name).read_bytes() not in (b"a" * SIZE, b"b" * SIZE)]


def leftovers(root: Path) -> list[str]:
    """Return what lies beside the report and its locks."""
    return sorted(path.name for path in root.iterdir() if path.name not in ("r", ".locks"))


def killed(n_kills: int) -> Row:
    """Kill a process that publishes again and again, at random moments; then publish once more."""
    row = Row(f"kill -9 at {n_kills} random moments of publishing: every file old or new, nothing left over after the next run")
    for _ in range(n_kills):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch, "r")
            publish(files(b"a"), folder)
            process = subprocess.Popen(
                [sys.executable, "-c", LOOP, str(folder)], env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE
            )
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(random.uniform(0, 0.05))
            process.kill()
            process.communicate()
            wrong = wrong_files(folder)
            with hold(folder):
                publish(files(b"b"), folder)
            row.note(is_kept=not wrong and not leftovers(folder.parent), note=f"{wrong} {leftovers(folder.parent)}")
    return row


class _Counter:
    """Raises at the N-th call that it is asked about."""

    def __init__(self, nth: int, number: int) -> None:
        self.nth, self.number, self.n_calls = nth, number, 0

    def __call__(self) -> None:
        self.n_calls += 1
        if self.n_calls == self.nth:
            raise OSError(self.number, os.strerror(self.number))


def _wrapped(real: Callable[..., Any], count: _Counter) -> Callable[..., Any]:
    def call(*arguments: Any, **options: Any) -> Any:
        count()
        return real(*arguments, **options)

    return call


class _Writer:
    """A file whose N-th write fails; everything else is the real file's."""

    def __init__(self, file: Any, count: _Counter) -> None:
        self._file, self.write = file, _wrapped(file.write, count)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *what: object) -> None:
        self._file.close()


def _failing_writes(count: _Counter) -> AbstractContextManager[Any]:
    real = Path.open
    return mock.patch.object(Path, "open", lambda self, *arguments, **options: _Writer(real(self, *arguments, **options), count))


def failing(calls: dict[str, Callable[[_Counter], AbstractContextManager[Any]]]) -> Row:
    """Make the N-th call fail, for N from 1 until none fails, each with a full disk and with an I/O error."""
    row = Row("N-th mkdir, open, write, fsync, rename fails with ENOSPC or EIO, N from 1 to the end: every file old or new")
    for name, patch in calls.items():
        for number in (errno.ENOSPC, errno.EIO):
            for nth in range(1, 100):
                with tempfile.TemporaryDirectory() as scratch:
                    folder = Path(scratch, "r")
                    publish(files(b"a"), folder)
                    count = _Counter(nth, number)
                    said = ""
                    try:
                        with patch(count):
                            publish(files(b"b"), folder)
                    except OpenstratError as error:
                        said = str(error)
                    if count.n_calls < nth:
                        break
                    wrong = wrong_files(folder)
                    is_new = all((folder / name).read_bytes() == b"b" * SIZE for name in NAMES)
                    is_kept = not wrong and (os.strerror(number) in said or is_new) and not leftovers(folder.parent)
                    row.note(is_kept=is_kept, note=f"{name} {nth}: {wrong} {said!r} {leftovers(folder.parent)}")
    return row


def calls() -> dict[str, Callable[[_Counter], AbstractContextManager[Any]]]:
    """Return the calls of publishing that can fail."""

    def patched(owner: Any, name: str) -> Callable[[_Counter], AbstractContextManager[Any]]:
        return lambda count: mock.patch.object(owner, name, _wrapped(getattr(owner, name), count))

    return {
        "mkdir": patched(os, "mkdir"),
        "open": patched(io, "open"),
        "write": _failing_writes,
        "fsync": patched(os, "fsync"),
        "rename": patched(os, "replace"),
    }


def small_disk() -> Row:
    """Publish into a file system of 200 kB that is nearly full; needs the right to mount."""
    row = Row("a file system of 200 kB: the old report stays whole, the message says what to do")
    with tempfile.TemporaryDirectory() as scratch:
        mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=200k", "none", scratch], capture_output=True, check=False)
        if mounted.returncode:
            row.notes.append("not run: this account may not mount")
            return row
        try:
            folder = Path(scratch, "r")
            publish({"report.html": b"a" * 90_000}, folder)
            try:
                publish({"report.html": b"b" * 190_000}, folder)
                said = ""
            except OpenstratError as error:
                said = str(error)
            whole = (folder / "report.html").read_bytes() == b"a" * 90_000
            row.note(is_kept=whole and "Free space" in said and not leftovers(folder.parent), note=f"{whole} {said!r}")
        finally:
            subprocess.run(["umount", scratch], check=True)
    return row
