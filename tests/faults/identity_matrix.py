"""The same reports made again under other zones, locales, hash seeds, folders, days and numbers of workers: are the bytes the same?

`python tests/faults/identity_matrix.py` prints one line a report: how many ways it was made in, and which files came out otherwise.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
NOTEBOOK = Path(__file__).with_name("unsteady.ipynb")
ZONES = ("UTC", "Asia/Tokyo", "America/St_Johns")
LOCALES = ("C.UTF-8", "C", "tr_TR.UTF-8")
SEEDS = ("0", "4711")
FOLDERS = ("a", "Größe & more")
DAYS = ("", "946684800")
ENGINES = ("kernel", "warm", "fast")
WORKERS = (1, 4)
KEPT = (".html", ".ipynb", ".svg", ".png", "facts.json")
REPORTS: dict[str, dict[str, str]] = {
    "strategy-brief": {"case": "case-frontier-lab"},
    "license-landscape": {},
    "fork-landscape": {},
    "openness-audit": {"release": "llama-4-maverick"},
    "claims": {},
    "back-tests": {},
}


@dataclass(frozen=True)
class Way:
    """One way to make a report: time zone, locale, hash seed, folder, day, and how the notebook is run."""

    zone: str = ZONES[0]
    locale: str = LOCALES[0]
    seed: str = SEEDS[0]
    folder: str = FOLDERS[0]
    day: str = DAYS[0]
    engine: str = ENGINES[0]

    def environment(self, home: Path) -> dict[str, str]:
        """Return the environment of this way."""
        settings = {"TZ": self.zone, "LC_ALL": self.locale, "LANG": self.locale, "PYTHONHASHSEED": self.seed, "HOME": str(home)}
        settings |= {"SOURCE_DATE_EPOCH": self.day} if self.day else {}
        settings |= {"COLUMNS": "200", "NO_COLOR": "1", "PYTHONWARNINGS": "ignore"} if self.seed != SEEDS[0] else {}
        return {**os.environ, **settings, "PYTHONPATH": str(ROOT)}


def every_way() -> list[Way]:
    """Return the full product of zones, locales, seeds, folders, days and ways to run."""
    return [Way(*values) for values in itertools.product(ZONES, LOCALES, SEEDS, FOLDERS, DAYS, ENGINES)]


def few_ways() -> list[Way]:
    """Return a handful of ways in which every value of every factor occurs."""
    return [
        Way(),
        Way(ZONES[1], LOCALES[1], SEEDS[1], FOLDERS[1], DAYS[1], ENGINES[1]),
        Way(ZONES[2], LOCALES[2], SEEDS[0], FOLDERS[1], DAYS[0], ENGINES[2]),
        Way(ZONES[0], LOCALES[0], SEEDS[1], FOLDERS[0], DAYS[1], ENGINES[0]),
    ]


def made(report: str, parameters: Mapping[str, str], way: Way, scratch: Path) -> dict[str, str]:
    """Make a report in a new folder and return the sha256 of each file by name.

    Raises
    ------
    RuntimeError
        With what the command said, if it failed.
    """
    pairs = [text for name, value in parameters.items() for text in ("-p", name, value)]
    folder = ran(["report", report, *pairs, "--images", "both"], way, scratch)
    return hashes(next(folder.glob("out/*/manifest.json")).parent)


def made_together(portfolio: str, n_workers: int, way: Way, scratch: Path) -> dict[str, str]:
    """Make all reports of a portfolio with so many workers and return the sha256 of each file by report and name."""
    folder = ran(["run", portfolio, "--jobs", str(n_workers)], way, scratch)
    found = sorted(path.parent for path in folder.glob("out/*/*/manifest.json"))
    return {f"{report.name}/{name}": value for report in found for name, value in hashes(report).items()}


def ran(words: list[str], way: Way, scratch: Path) -> Path:
    """Run the command line in a new folder and return the folder; output is below `out`."""
    folder = Path(tempfile.mkdtemp(dir=scratch)) / way.folder
    folder.mkdir(parents=True)
    command = [sys.executable, "-c", "from openstrat.cli.main import main; main()", *words, "--out", "out", "--engine", way.engine]
    ended = subprocess.run(command, cwd=folder, env=way.environment(folder), capture_output=True, text=True, check=False)
    if ended.returncode not in (0, 3):
        raise RuntimeError(f"{' '.join(words)}, {way}: exit {ended.returncode}: {ended.stderr[-600:]}")
    return folder


def hashes(report: Path) -> dict[str, str]:
    """Return the sha256 of each published file by name, the manifest's without its part on the run."""
    files = {path.name: path.read_bytes() for path in report.iterdir() if path.name.endswith(KEPT)}
    manifest = json.loads((report / "manifest.json").read_text(encoding="utf-8"))
    files["manifest.json without run"] = json.dumps({key: value for key, value in manifest.items() if key != "run"}).encode()
    return {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())}


def differing(results: Iterable[Mapping[str, str]]) -> list[str]:
    """Return the names of files whose hash is not the same in all results, or that are missing in one."""
    listed = list(results)
    names = sorted({name for result in listed for name in result})
    return [name for name in names if len({result.get(name) for result in listed}) > 1]


def made_each(report: str, ways: list[Way], scratch: Path) -> list[dict[str, str]]:
    """Make a report in each way, two at a time."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        return list(pool.map(lambda way: made(report, REPORTS.get(report, {}), way, scratch), ways))


def row(name: str, results: list[dict[str, str]]) -> bool:
    """Print one line of the table and return whether anything differs."""
    names = differing(results)
    print(f"{name:<28} {len(results):>5} {len(results[0]):>6}  {', '.join(names) or 'none'}", flush=True)
    return bool(names)


def main() -> int:
    """Run the matrix and print the table; 1 if any byte differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--every", metavar="NOTEBOOK", default=str(NOTEBOOK), help="a notebook to be made in every way; '' for none")
    parser.add_argument("--reports", nargs="*", default=list(REPORTS), help="shipped reports to be made in a few ways")
    parser.add_argument("--portfolio", default="cases", help="a portfolio to be made with 1 and 4 workers; '' for none")
    options = parser.parse_args()
    wrong = 0
    print(f"{'report':<28} {'ways':>5} {'files':>6}  differ")
    with tempfile.TemporaryDirectory(prefix="identity-") as name:
        scratch = Path(name)
        for report in options.reports:
            wrong += row(report, made_each(report, few_ways(), scratch))
        if options.portfolio:
            results = [made_together(options.portfolio, number, Way(), scratch) for number in WORKERS]
            wrong += row(f"{options.portfolio}, 1 and 4 workers", results)
        if options.every:
            wrong += row(Path(options.every).stem, made_each(options.every, every_way(), scratch))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
