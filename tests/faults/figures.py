"""Every promise about faults with its figure: `python tests/faults/figures.py`, or with `--quick` each of them a few times."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable

import broken_writes
import hostile_values
import hung_and_stopped
from fault_kit import Row


def rows(*, is_quick: bool) -> dict[str, Callable[[], Row]]:
    """Return what to try by name; the full numbers are those of the promises."""

    def few(full: int, quick: int) -> int:
        return quick if is_quick else full

    return {
        "payloads": hostile_values.hostile_parameters,
        "traps": hostile_values.trap_values,
        "bad-values": hostile_values.bad_values,
        "round-trip": lambda: hostile_values.round_trip(few(5000, 500)),
        "yaml": hostile_values.yaml_bombs,
        "paths": hostile_values.hostile_paths,
        "kill": lambda: broken_writes.killed(few(200, 20)),
        "failing-calls": lambda: broken_writes.failing(broken_writes.calls()),
        "small-disk": broken_writes.small_disk,
        "resume": lambda: hung_and_stopped.resumed(few(100, 10)),
        "two-runs": lambda: hung_and_stopped.two_runs(few(20, 2)),
        "hung-warm": lambda: hung_and_stopped.endings("warm"),
        "hung-kernel": lambda: hung_and_stopped.endings("kernel"),
        "hung-fast": lambda: hung_and_stopped.endings("fast"),
        "signals": lambda: hung_and_stopped.signals(few(20, 4)),
    }


def main() -> int:
    """Print a line a row; the exit code is 1 if one fell short."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="rows to try; all when none is named")
    parser.add_argument("--quick", action="store_true", help="fewer tries")
    given = parser.parse_args()
    every = rows(is_quick=given.quick)
    is_passed = True
    for name in given.names or every:
        row = every[name]()
        print(row.text(), flush=True)
        is_passed = is_passed and row.is_passed
    return 0 if is_passed else 1


if __name__ == "__main__":
    sys.exit(main())
