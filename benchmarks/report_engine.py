"""Reports by openstrat's three engines beside what people do today, in one run: medians of rounds, and ratios.

Usage: python benchmarks/report_engine.py [NOTEBOOK] [REPORTS] [ROUNDS]

Every program starts from nothing in every round, so start-up is included; `steady` is what one more report costs once it runs.
The floor is the notebook's cells by plain exec in forked children of one process that has the libraries loaded, two at a time.
"""

from __future__ import annotations

import importlib.util
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from openstrat.reporting.specs import find_report

JOBS = 2
PYTHON = sys.executable
IMPORTS = "import pandas, altair, ipywidgets, scipy.stats"
PLOOMBER = """
import sys, nbformat
from ploomber_engine import execute_notebook
from nbconvert import HTMLExporter
exporter = HTMLExporter()
for number in range(int(sys.argv[3])):
    notebook = execute_notebook(sys.argv[1], f"{sys.argv[2]}/{number}.ipynb", progress_bar=False)
    html, _ = exporter.from_notebook_node(nbformat.read(f"{sys.argv[2]}/{number}.ipynb", as_version=4))
    open(f"{sys.argv[2]}/{number}.html", "w").write(html)
"""
FLOOR = """
import ast, json, os, sys
import IPython.display, pandas, altair, ipywidgets, scipy.stats, great_tables
from IPython.core.formatters import DisplayFormatter
from openstrat.reporting.warm.preload import preload
preload()
cells = ["".join(cell["source"]) for cell in json.load(open(sys.argv[1]))["cells"] if cell["cell_type"] == "code"]
formatter = DisplayFormatter()
show = lambda *values, **options: [formatter.format(value) for value in values]

def run():
    IPython.display.display = show
    space = {"display": show}
    for cell in cells:
        tree = ast.parse(cell)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "cell", "exec"), space)
        if last is not None:
            formatter.format(eval(compile(ast.Expression(last.value), "cell", "eval"), space))

alive = 0
for number in range(int(sys.argv[3])):
    if alive == 2:
        os.wait()
        alive -= 1
    if os.fork() == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        run()
        os._exit(0)
    alive += 1
while alive:
    pid, status = os.wait()
    assert status == 0
    alive -= 1
"""
Program = Callable[[Path, int], list[str]]


def programs(notebook: Path) -> dict[str, Program]:
    """Return the command of each way to make a number of reports in a folder."""
    run = f'{PYTHON} -m papermill --no-progress-bar {notebook} "$0/$1.ipynb"'
    one = f'{run} && {PYTHON} -m nbconvert --log-level ERROR --to html "$0/$1.ipynb"'

    def loop(folder: Path, n: int) -> list[str]:
        return ["sh", "-ec", f"for n in $(seq {n}); do sh -ec '{one}' {folder} $n; done"]

    def xargs(folder: Path, n: int) -> list[str]:
        return ["sh", "-ec", f"seq {n} | xargs -P {JOBS} -I @ sh -ec '{one}' {folder} @"]

    def script(code: str) -> Program:
        return lambda folder, n: [PYTHON, "-c", code, str(notebook), str(folder), str(n)]

    def own(engine: str) -> Program:
        def command(folder: Path, n: int) -> list[str]:
            lines = [f"report: {notebook}", "runs:", *(f"  - id: run-{number}" for number in range(n))]
            (folder / "bench.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
            out = ["--out", str(folder / "out")]
            return [PYTHON, "-m", "openstrat", "run", str(folder / "bench.yaml"), "--jobs", str(JOBS), "--engine", engine, *out]

        return command

    found = {"shell loop": loop, f"xargs -P{JOBS}": xargs}
    if importlib.util.find_spec("ploomber_engine"):
        found["ploomber-engine"] = script(PLOOMBER)
    return found | {f"openstrat {engine}": own(engine) for engine in ("kernel", "warm", "fast")} | {"floor": script(FLOOR)}


def cost(program: Program, n: int) -> tuple[float, float]:
    """Return wall and processor seconds of one run that makes `n` reports; the exit code may say that there were warnings."""
    with tempfile.TemporaryDirectory() as folder:
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run(program(Path(folder), n), capture_output=True, text=True, cwd=folder, check=False)
        wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        raise SystemExit(f"exit {done.returncode}: {done.stderr[-2000:]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def ready(engine: str) -> float:
    """Return the seconds until a kernel has imported the usual libraries, its server running already if it has one."""
    from jupyter_client.manager import KernelManager

    manager = KernelManager(kernel_name={"cold": "python3", "warm": "openstrat"}[engine])
    start = time.perf_counter()
    manager.start_kernel(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute_interactive(IMPORTS)
    seconds = time.perf_counter() - start
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return seconds


def main(name: str = "strategy-brief", n: int = 12, rounds: int = 5) -> None:
    """Print one table."""
    notebook = find_report(name).notebook.resolve()
    ways = programs(notebook)
    times: dict[str, list[tuple[float, float, float, float]]] = {way: [] for way in ways}
    kernels: dict[str, list[float]] = {"cold": [], "warm": []}
    for engine in kernels:
        ready(engine)  # starts the server, fills the caches; not counted
    for _ in range(rounds):
        for way, program in ways.items():
            wall, cpu = cost(program, n)
            more = cost(program, 3 * n) if way not in ("shell loop", f"xargs -P{JOBS}") else (3 * wall, 3 * cpu)
            times[way].append((wall / n, cpu / n, (more[0] - wall) / (2 * n), (more[1] - cpu) / (2 * n)))
        for engine, values in kernels.items():
            values.append(ready(engine))
    median = {way: [statistics.median(column) for column in zip(*rows, strict=True)] for way, rows in times.items()}
    print(f"{notebook.name}: {n} reports, medians of {rounds}, {os.cpu_count()} processors, {JOBS} at a time; seconds a report")
    print(f"{'':18}{'wall':>8}{'CPU':>8}{'steady wall':>13}{'steady CPU':>12}{'x loop':>9}{'x loop steady':>15}{'CPU / floor':>13}")
    loop, floor = median["shell loop"], median["floor"]
    for way, (wall, cpu, steady, steady_cpu) in median.items():
        ratios = f"{loop[0] / wall:9.1f}{loop[2] / steady:15.1f}{steady_cpu / floor[3]:13.2f}"
        print(f"{way:18}{wall:8.2f}{cpu:8.2f}{steady:13.2f}{steady_cpu:12.2f}{ratios}")
    if "ploomber-engine" not in ways:
        print("ploomber-engine is not installed, so it was not measured.")
    cold, warm = (statistics.median(kernels[engine]) for engine in ("cold", "warm"))
    print(f"kernel ready with imports: cold {cold:.2f} s, warm {warm:.2f} s, {cold / warm:.1f} times as fast")


if __name__ == "__main__":
    if shutil.which("xargs") is None:
        raise SystemExit("xargs is needed for the comparison.")
    main(*sys.argv[1:2], *map(int, sys.argv[2:]))
