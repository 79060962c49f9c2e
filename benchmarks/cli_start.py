"""How long `openstrat --help` takes beside a bare click program: medians of interleaved runs, and their ratio.

Usage: python benchmarks/cli_start.py [ROUNDS]
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

BARE = """
import click

@click.command()
def main():
    "Do nothing."

main()
"""
LIMIT = 1.5


def seconds(code: str) -> float:
    """Return the wall time of one fresh interpreter that runs `code` with `--help`."""
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code, "--help"], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main(rounds: int = 21) -> int:
    """Print both medians and the ratio; return 1 when the ratio is above the limit."""
    programs = {"bare click": BARE, "openstrat": "from openstrat.cli.main import main; main()"}
    times: dict[str, list[float]] = {name: [] for name in programs}
    for code in programs.values():
        seconds(code)  # once to warm the caches, not counted
    for _ in range(rounds):
        for name, code in programs.items():
            times[name].append(seconds(code))
    median = {name: statistics.median(values) for name, values in times.items()}
    for name, value in median.items():
        print(f"{name:12} --help  {value * 1000:6.1f} ms  (median of {rounds}, fastest {min(times[name]) * 1000:.1f} ms)")
    ratio = median["openstrat"] / median["bare click"]
    print(f"ratio {ratio:.2f} (limit {LIMIT})")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
