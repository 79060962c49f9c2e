"""How long `read_log` takes beside git itself and beside other readers of histories: medians of interleaved runs, and ratios.

Usage: python benchmarks/git_log.py REPOSITORY [--lines REPOSITORY] [--peers PYTHON] [--rounds 5]

Line counts are slow, so they take a smaller repository. All programs read a throw-away clone,
because PyDriller writes into what it reads. PyDriller and perceval are run by PYTHON where they are installed there.
Every program runs in a process of its own; each round runs all of them once. Times of Python programs are for reading, after
imports; the line "whole process" has start and imports in it.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LIMITS = {"log": 1.0, "pydriller": 0.1, "lines": 0.6, "perceval": 0.5}
"""Aims: read_log over git log with the same fields, over PyDriller; with lines over git log --numstat, over perceval."""
FIELDS = ("%H", "%P", "%ad", "%cd", "%aN", "%aE", "%cN", "%cE", "%s")
TRAILERS = tuple(f"%(trailers:key={key},valueonly,separator=%x1f,unfold)" for key in ("Co-authored-by", "Signed-off-by"))
LOG = ("log", "-z", "--date=raw", f"--format={'%x00'.join((*FIELDS, *TRAILERS))}")

READ = """
import json, resource, sys, time
from openstrat.collect.git.command import open_repository
from openstrat.collect.git.identity import new_salt
from openstrat.collect.git.log import read_log
start = time.perf_counter()
log = read_log(open_repository(sys.argv[1]), salt=new_salt(), with_lines=sys.argv[2] == "lines")
seconds = time.perf_counter() - start
print(json.dumps([seconds, len(log), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
PYDRILLER = """
import json, sys, time
from pydriller import Repository
start, n = time.perf_counter(), 0
for commit in Repository(sys.argv[1]).traverse_commits():
    fields = (commit.hash, commit.parents, commit.author_date, commit.committer_date, commit.author.name, commit.author.email,
              commit.committer.name, commit.committer.email, commit.msg)
    n += 1
print(json.dumps([time.perf_counter() - start, n, 0]))
"""
PERCEVAL = """
import json, subprocess, sys, time
from perceval.backends.core.git import GitParser, GitRepository
branch = subprocess.run(["git", "--git-dir", sys.argv[1], "symbolic-ref", "--short", "HEAD"], capture_output=True, text=True, check=True)
start = time.perf_counter()
n = sum(1 for _ in GitParser(GitRepository("any", sys.argv[1]).log(branches=[branch.stdout.strip()])).parse())
print(json.dumps([time.perf_counter() - start, n, 0]))
"""


def copied(source: str, folder: Path) -> str:
    """Return a bare clone that shares the files of another where the system can."""
    subprocess.run(["git", "clone", "--quiet", "--bare", source, str(folder)], check=True)
    return str(folder)


def git_seconds(repository: str, *arguments: str) -> list[float]:
    """Return the wall time of one git whose output goes nowhere."""
    start = time.perf_counter()
    mailmap = ("-c", "mailmap.blob=HEAD:.mailmap")
    subprocess.run(["git", "--git-dir", repository, *mailmap, *arguments], check=True, stdout=subprocess.DEVNULL)
    return [time.perf_counter() - start, 0, 0]


def child(python: str, code: str, *arguments: str) -> list[float]:
    """Return what a fresh interpreter measures: seconds, commits, peak memory in MB."""
    done = subprocess.run([python, "-c", code, *arguments], check=False, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(f"{arguments[0]} could not be read: {last} A clone without file contents cannot be counted by line.")
    return list(json.loads(done.stdout.splitlines()[-1]))


def whole_process(repository: str) -> list[float]:
    """Return the wall time of a fresh interpreter that reads the log."""
    start = time.perf_counter()
    found = child(sys.executable, READ, repository, "")
    return [time.perf_counter() - start, *found[1:]]


def has(python: str, module: str) -> bool:
    """Return whether an interpreter can import a module."""
    return subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True).returncode == 0


def programs(repository: str, with_lines: str | None, peers: str) -> dict[str, Callable[[], list[float]]]:
    """Return what is run, by name."""
    found: dict[str, Callable[[], list[float]]] = {
        "git log": lambda: git_seconds(repository, *LOG),
        "read_log": lambda: child(sys.executable, READ, repository, ""),
        "read_log, whole process": lambda: whole_process(repository),
    }
    if has(peers, "pydriller"):
        found["pydriller"] = lambda: child(peers, PYDRILLER, repository)
    if with_lines:
        found["git log --numstat"] = lambda: git_seconds(with_lines, *LOG, "--numstat")
        found["read_log with lines"] = lambda: child(sys.executable, READ, with_lines, "lines")
        if has(peers, "perceval"):
            found["perceval"] = lambda: child(peers, PERCEVAL, with_lines)
    return found


def main() -> int:
    """Print medians and ratios; return 1 when a ratio is above its aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("repository")
    parser.add_argument("--lines", default=None)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        copies = [
            copied(source, Path(scratch) / name) if source else None
            for name, source in (("log", options.repository), ("lines", options.lines))
        ]
        runs = programs(str(copies[0]), copies[1], options.peers)
        results: dict[str, list[list[float]]] = {name: [] for name in runs}
        for number in range(options.rounds):
            for name in list(runs) if number % 2 else list(runs)[::-1]:
                results[name].append(runs[name]())
    medians = {name: statistics.median(result[0] for result in found) for name, found in results.items()}
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; medians of {options.rounds}")
    for name, found in results.items():
        fastest = min(result[0] for result in found)
        extra = "".join(f", {value:,.0f} {unit}" for value, unit in zip(found[0][1:], ("commits", "MB at most"), strict=True) if value)
        print(f"{name:24} {medians[name]:8.3f} s (fastest {fastest:.3f}){extra}")
    return report(medians)


def report(medians: dict[str, float]) -> int:
    """Print the ratios beside their aims; return 1 when one is above."""
    pairs = {
        "log": ("read_log", "git log"),
        "pydriller": ("read_log", "pydriller"),
        "lines": ("read_log with lines", "git log --numstat"),
        "perceval": ("read_log with lines", "perceval"),
    }
    failed = 0
    for aim, (ours, theirs) in pairs.items():
        if theirs not in medians or ours not in medians:
            print(f"{ours} / {theirs}: not run (not installed, or not asked for)")
            continue
        ratio = medians[ours] / medians[theirs]
        failed += ratio > LIMITS[aim]
        print(f"{ours} / {theirs}: {ratio:.3f} (aim {LIMITS[aim]})")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
