"""How often a cell with ipywidgets' `interact` stalls: papermill's own client beside openstrat's, in kernels of their own.

Usage: python benchmarks/interact.py [CELLS] [CELLS_A_NOTEBOOK] [SECONDS]

A stall is a cell that did not end within SECONDS (10 by default; it needs a few milliseconds); its notebook is given up.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

CELL = "interact(lambda n: print(n), n=(0, 9))"


def write_notebook(folder: Path, n_cells: int) -> Path:
    """Write a notebook of `interact` cells."""
    sources = ["from ipywidgets import interact", *[CELL] * n_cells]
    cells = [
        {"cell_type": "code", "id": f"cell-{number}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
        for number, source in enumerate(sources)
    ]
    path = folder / "interact.ipynb"
    path.write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), encoding="utf-8")
    return path


def stock(path: Path, limit_s: int) -> bool:
    """Return whether a notebook stalls under papermill as it is."""
    import papermill
    from nbclient.exceptions import CellTimeoutError

    try:
        papermill.execute_notebook(
            str(path), None, kernel_name="python3", progress_bar=False, execution_timeout=limit_s, shutdown_kernel="immediate"
        )
    except CellTimeoutError:
        return True
    return False


def own(path: Path, limit_s: int, engine: str) -> bool:
    """Return whether a notebook stalls under openstrat."""
    from openstrat.errors import CellTimeoutError
    from openstrat.reporting.execute import Limits, execute
    from openstrat.reporting.notebooks import read_notebook

    try:
        execute(read_notebook(path), {}, limits=Limits(cell_s=limit_s), engine=engine)
    except CellTimeoutError:
        return True
    return False


def main(n_cells: int = 1000, per_notebook: int = 20, limit_s: int = 10) -> int:
    """Print the stalls of each client; return 1 when openstrat's has any."""
    ways = {
        "papermill": stock,
        "openstrat kernel": lambda path, limit: own(path, limit, "kernel"),
        "openstrat warm": lambda path, limit: own(path, limit, "warm"),
    }
    n_notebooks = max(1, n_cells // per_notebook)
    stalls = dict.fromkeys(ways, 0)
    seconds = dict.fromkeys(ways, 0.0)
    with tempfile.TemporaryDirectory() as folder:
        path = write_notebook(Path(folder), per_notebook)
        for _ in range(n_notebooks):
            for way, run in ways.items():
                start = time.perf_counter()
                stalls[way] += run(path, limit_s)
                seconds[way] += time.perf_counter() - start
    for way, count in stalls.items():
        print(f"{way:18} {count:4} of {n_notebooks} notebooks with {per_notebook} interact cells stalled; {seconds[way]:.0f} s in all")
    return int(stalls["openstrat kernel"] + stalls["openstrat warm"] > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
