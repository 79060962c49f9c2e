"""Whether every shipped report comes out the same from all three engines: one line a report, with the seconds each took.

Usage: python benchmarks/engine_bytes.py [REPORT ...]

Reports that need a repository of the user's are named and left out. `worker` says whether the fast engine ran the cells itself.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from openstrat.errors import OpenstratError
from openstrat.reporting.engines import ENGINES
from openstrat.reporting.plan import Plan, plan_report
from openstrat.reporting.reports import build
from openstrat.reporting.specs import report_names
from openstrat.reporting.warm.forked import NeedsKernelError, check_sources


def files_of(plan: Plan, engine: str) -> tuple[dict[str, bytes], float]:
    """Return a report's files but the manifest, which holds times, and the seconds it took."""
    start = time.perf_counter()
    result = build(plan, force=True, engine=engine)
    seconds = time.perf_counter() - start
    return {path.name: path.read_bytes() for path in result.paths if path.name != "manifest.json"}, seconds


def says(plan: Plan) -> str:
    """Return whether the fast engine may run a notebook in its worker, and if not, why."""
    try:
        check_sources(plan.notebook.cells)
    except NeedsKernelError as reason:
        return f"kernel ({reason})"
    return "worker"


def main(names: list[str]) -> int:
    """Print the table; return the number of reports that differ."""
    n_different = 0
    with tempfile.TemporaryDirectory() as folder:
        for name in names or report_names():
            try:
                plan = plan_report(name, {}, out=Path(folder))
                made = {engine: files_of(plan, engine) for engine in ENGINES}
            except OpenstratError as error:
                print(f"{name:24} not made: {str(error).splitlines()[0]}")
                continue
            base = made["kernel"][0]
            different = [f"{engine} {file}" for engine in ENGINES for file in base if made[engine][0].get(file) != base[file]]
            n_different += bool(different)
            times = ", ".join(f"{engine} {seconds:.1f} s" for engine, (_, seconds) in made.items())
            print(f"{name:24} {'differs: ' + ', '.join(different) if different else 'same bytes'}; {times}; {says(plan)}", flush=True)
    return n_different


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
