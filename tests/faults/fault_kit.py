"""What the fault scripts share: small notebooks on disk, started commands, orphans, and one line of figures a row."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
MARK = "OPENSTRAT_FAULT_RUN"


@dataclass
class Row:
    """One row of figures: what was tried, how often it went as promised, and notes on what did not."""

    name: str
    n_tried: int = 0
    n_kept: int = 0
    notes: list[str] = field(default_factory=list)

    def note(self, *, is_kept: bool, note: str = "") -> None:
        """Count one try."""
        self.n_tried += 1
        self.n_kept += is_kept
        if not is_kept:
            self.notes.append(note)

    @property
    def is_passed(self) -> bool:
        """Whether something was tried and all of it went as promised."""
        return self.n_tried == self.n_kept > 0

    def text(self) -> str:
        """Return the row as a line, and the first notes below it."""
        line = f"{'pass' if self.is_passed else 'FAIL'}  {self.n_kept:>5} of {self.n_tried:<5} {self.name}"
        return "\n".join([line, *(f"        {note}" for note in self.notes[:5])])


def write_notebook(path: Path, source: str, parameters: str = "n: int = 1  # Number") -> Path:
    """Write a notebook of a parameters cell and one more cell."""
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    cells = [
        cell | {"id": "parameters", "metadata": {"tags": ["parameters"]}, "source": parameters},
        cell | {"id": "step", "source": source},
    ]
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def write_portfolio(folder: Path, source: str, values: str = "1") -> None:
    """Write a notebook and a portfolio that runs it once for each value."""
    write_notebook(folder / "sample.ipynb", source)
    (folder / "several.yaml").write_text(f"report: sample.ipynb\ngrid: {{n: [{values}]}}\n", encoding="utf-8")


def start(folder: Path, *words: str, mark: str = "") -> subprocess.Popen[str]:
    """Start openstrat in a folder; its processes carry a mark by which orphans are found."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), MARK: mark or uuid.uuid4().hex}
    command = [sys.executable, "-m", "openstrat", *words]
    return subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def marked(mark: str) -> list[int]:
    """Return the processes that were started with a mark and are still there (zombies are not)."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
                state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
            except OSError:
                continue
            if f"{MARK}={mark}".encode() in environment and state != "Z":
                found.append(int(entry.name))
    return found


def orphans_after(mark: str, seconds: float) -> list[int]:
    """Return the marked processes that are left after at most so many seconds."""
    end = time.monotonic() + seconds
    while marked(mark) and time.monotonic() < end:
        time.sleep(0.05)
    return marked(mark)
