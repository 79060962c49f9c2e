"""The reports of the last finished run, kept while a new run replaces them, so that the digest can say what moved.

They are hard links where the file system has them: publishing renames new files over old names, so the old content stays. A run that is
killed leaves them, and the next one still compares with the last finished run.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from openstrat.errors import InputError
from openstrat.reporting.changes import Changes, compare_folders
from openstrat.reporting.publish import MANIFEST

BASELINES = ".baseline"
KEPT = ("facts.json", "report.ipynb", MANIFEST)
NEW, SAME, CHANGED, UNKNOWN = "new", "same", "changed", "unknown"


@dataclass(frozen=True)
class RunChange:
    """How a report stands to the one of the last finished run: new, same, changed, or unknown (it cannot be compared)."""

    kind: str
    changes: Changes | None = None

    @property
    def has_moves(self) -> bool:
        """Whether something that the report says differs."""
        return self.changes is not None and bool(self.changes.moves)


def keep_baseline(folder: Path, key: str, *, is_forced: bool = False) -> None:
    """Keep the report in `folder` before a run replaces it, or a note that there was none; what is kept already stays.

    A report with this run key is not replaced, unless the run is forced.
    """
    kept, note = _kept(folder), _note_of_none(folder)
    if kept.exists() or note.exists():
        return
    there = _key_in(folder)
    if there == key and not is_forced:
        return
    half = kept.with_name(f"{kept.name}.half")
    shutil.rmtree(half, ignore_errors=True)
    with contextlib.suppress(OSError):  # without it the digest says less; the reports do not depend on it
        kept.parent.mkdir(parents=True, exist_ok=True)
        if there is None:
            note.touch()
            return
        half.mkdir()
        for name in KEPT:
            if (folder / name).is_file():
                _link(folder / name, half / name)
        half.rename(kept)


def change_of(folder: Path) -> RunChange:
    """Return how the report in `folder` stands to the one of the last finished run."""
    kept = _kept(folder)
    if not kept.exists():
        return RunChange(NEW if _note_of_none(folder).exists() else SAME)
    try:
        changes = compare_folders(kept, folder)
    except InputError:
        return RunChange(UNKNOWN)
    return RunChange(SAME if changes.is_same else CHANGED, changes)


def drop_baselines(root: Path) -> None:
    """Remove all kept reports of a portfolio, after its digest is out."""
    shutil.rmtree(root / BASELINES, ignore_errors=True)


def _kept(folder: Path) -> Path:
    return folder.parent / BASELINES / folder.name


def _note_of_none(folder: Path) -> Path:
    return folder.parent / BASELINES / f"{folder.name}.new"


def _key_in(folder: Path) -> str | None:
    """Return the run key of the report in a folder, None when there is none."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        return str(json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["key"])
    return None


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
