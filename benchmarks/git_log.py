"""How long `read_log` takes beside git itself and beside other readers of histories: medians of interleaved runs, and ratios.

Usage: python benchmarks/git_log.py REPOSITORY [--lines REPOSITORY] [--peers PYTHON] [--rounds 5]

REPOSITORY is a clone with a long history, such as one of 100,000 commits; file contents are not needed. `--lines` names a clone with
file contents, since counting lines reads them: one of some 10,000 commits takes ten minutes. PyDriller and perceval are run by PYTHON,
an environment with `pip install pydriller perceval`; without them their rows are left out.

All programs read a throw-away clone, because PyDriller writes into what it reads. Every program runs in a process of its own; each
round runs all of them once, every other round backwards. Seconds of Python programs are for reading, after imports; the row "whole
process" has start and imports in it. Processor seconds include the programs that a program starts; a ratio of seconds below that of
processor seconds is what both processors bring. MB is the peak memory of the Python process. Run it on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

AIMS = {
    "read_log": {"git log": 1.0, "pydriller": 0.1},
    "read_log with lines": {"git log --numstat": 0.6, "perceval": 0.5},
}
"""At most how much of another program's time ours may take."""
FIELDS = ("%H", "%P", "%ad", "%cd", "%aN", "%aE", "%cN", "%cE", "%s")
TRAILERS = tuple(f"%(trailers:key={key},valueonly,separator=%x1f,unfold)" for key in ("Co-authored-by", "Signed-off-by"))
LOG = ("log", "-z", "--date=raw", f"--format={'%x00'.join((*FIELDS, *TRAILERS))}")

CLOCK = """
import json, resource, sys, time
def used():
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
def report(n):
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps([time.perf_counter() - start, used() - used_before, n, peak]))
"""
BEGIN = """
start, used_before = time.perf_counter(), used()
"""
READ = f"""{CLOCK}
from openstrat.collect.git.command import open_repository
from openstrat.collect.git.identity import new_salt
from openstrat.collect.git.log import read_log
{BEGIN}
report(len(read_log(open_repository(sys.argv[1]), salt=new_salt(), with_lines=sys.argv[2] == "lines")))
"""
PYDRILLER = f"""{CLOCK}
from pydriller import Repository
{BEGIN}
n = 0
for commit in Repository(sys.argv[1]).traverse_commits():
    fields = (commit.hash, commit.parents, commit.author_date, commit.committer_date, commit.author.name, commit.author.email,
              commit.committer.name, commit.committer.email, commit.msg)
    n += 1
report(n)
"""
PERCEVAL = f"""{CLOCK}
import subprocess
from perceval.backends.core.git import GitParser, GitRepository
branch = subprocess.run(["git", "--git-dir", sys.argv[1], "symbolic-ref", "--short", "HEAD"], capture_output=True, text=True, check=True)
{BEGIN}
report(sum(1 for _ in GitParser(GitRepository("any", sys.argv[1]).log(branches=[branch.stdout.strip()])).parse()))
"""


def copied(source: str, folder: Path) -> str:
    """Return a bare clone that shares the files of another where the system can."""
    subprocess.run(["git", "clone", "--quiet", "--bare", source, str(folder)], check=True)
    return str(folder)


class Run(NamedTuple):
    """One run of one program: wall time, processor time with all children; commits and peak memory of Python programs."""

    seconds: float
    processor_seconds: float
    n_commits: int = 0
    megabytes: float = 0


def processor_seconds() -> float:
    """Return the processor time of all ended children and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def git(repository: str, *arguments: str) -> Run:
    """Run one git whose output goes nowhere."""
    start, used = time.perf_counter(), processor_seconds()
    mailmap = ("-c", "mailmap.blob=HEAD:.mailmap")
    subprocess.run(["git", "--git-dir", repository, *mailmap, *arguments], check=True, stdout=subprocess.DEVNULL)
    return Run(time.perf_counter() - start, processor_seconds() - used)


def child(python: str, code: str, *arguments: str, is_whole: bool = False) -> Run:
    """Run a program in a fresh interpreter; its own clock counts, or ours when the whole process is meant."""
    start, used = time.perf_counter(), processor_seconds()
    done = subprocess.run([python, "-c", code, *arguments], check=False, capture_output=True, text=True)
    seconds = time.perf_counter() - start
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        sys.exit(f"{arguments[0]} could not be read: {last} A clone without file contents cannot be counted by line.")
    whole = Run(seconds, processor_seconds() - used)
    own = Run(*json.loads(done.stdout.splitlines()[-1]))
    return own._replace(seconds=whole.seconds, processor_seconds=whole.processor_seconds) if is_whole else own


def has(python: str, module: str) -> bool:
    """Return whether an interpreter can import a module."""
    return subprocess.run([python, "-c", f"import {module}"], check=False, capture_output=True).returncode == 0


def programs(repository: str, with_lines: str | None, peers: str) -> dict[str, Callable[[], Run]]:
    """Return what is run, by name."""
    found: dict[str, Callable[[], Run]] = {
        "git log": lambda: git(repository, *LOG),
        "read_log": lambda: child(sys.executable, READ, repository, ""),
        "read_log, whole process": lambda: child(sys.executable, READ, repository, "", is_whole=True),
    }
    if has(peers, "pydriller"):
        found["pydriller"] = lambda: child(peers, PYDRILLER, repository)
    if with_lines:
        found["git log --numstat"] = lambda: git(with_lines, *LOG, "--numstat")
        found["read_log with lines"] = lambda: child(sys.executable, READ, with_lines, "lines")
        if has(peers, "perceval"):
            found["perceval"] = lambda: child(peers, PERCEVAL, with_lines)
    return found


def measured(runs: dict[str, Callable[[], Run]], n_rounds: int) -> dict[str, list[Run]]:
    """Return the runs of each program, one a round, forwards and backwards in turn."""
    results: dict[str, list[Run]] = {name: [] for name in runs}
    for number in range(n_rounds):
        for name in list(runs) if number % 2 else list(runs)[::-1]:
            results[name].append(runs[name]())
    return results


def print_times(results: dict[str, list[Run]]) -> None:
    """Print one row a program."""
    print(f"{'program':24} {'seconds':>9} {'fastest':>9} {'processor':>9} {'commits':>9} {'MB':>5}")
    for name, runs in results.items():
        seconds, used = (statistics.median(values) for values in ([run.seconds for run in runs], [run.processor_seconds for run in runs]))
        commits, memory = f"{runs[0].n_commits or '':>9}", f"{round(max(run.megabytes for run in runs)) or '':>5}"
        print(f"{name:24} {seconds:9.3f} {min(run.seconds for run in runs):9.3f} {used:9.3f} {commits} {memory}")


def print_ratios(results: dict[str, list[Run]]) -> bool:
    """Print the ratios of medians beside their aims; return whether all are met."""
    are_met = True
    print(f"\n{'ratio of medians':42} {'seconds':>9} {'aim':>9} {'processor':>9}")
    for ours, aims in AIMS.items():
        for theirs, aim in aims.items():
            if ours in results and theirs in results:
                ratio, used = (
                    statistics.median(run[field] for run in results[ours]) / statistics.median(run[field] for run in results[theirs])
                    for field in (0, 1)
                )
                are_met &= ratio <= aim
                print(f"{f'{ours} / {theirs}':42} {ratio:9.3f} {aim:9.1f} {used:9.3f}")
    return are_met


def main() -> int:
    """Print medians and ratios; return 1 when a ratio is above its aim."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("repository")
    parser.add_argument("--lines", default=None)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as scratch:
        whole = copied(options.repository, Path(scratch) / "log")
        with_lines = copied(options.lines, Path(scratch) / "lines") if options.lines else None
        results = measured(programs(whole, with_lines, options.peers), options.rounds)
    print(f"{os.cpu_count()} processors, load {load:.1f} before and {os.getloadavg()[0]:.1f} after; medians of {options.rounds}\n")
    print_times(results)
    return 0 if print_ratios(results) else 1


if __name__ == "__main__":
    sys.exit(main())
