"""Portfolios carried out in real kernels: resume, retries, interruption, one status everywhere, what moved and why."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from openstrat.cli.main import cli
from openstrat.errors import InputError
from openstrat.reporting.execute import Limits
from openstrat.reporting.executors import dask_executor
from openstrat.reporting.running import run_portfolio

pytestmark = pytest.mark.notebook
ROOT = Path(__file__).parents[2]
Make = Callable[..., Path]
N = "n: int = 1  # Number"


def grid(folder: Path, values: str, name: str = "n") -> Path:
    path = folder / "several.yaml"
    path.write_text(f"title: Several\nreport: sample.ipynb\ngrid:\n  {name}: [{values}]\n", encoding="utf-8")
    return path


def index_of(out: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((out / "several" / "index.json").read_text(encoding="utf-8"))
    return content


def start(folder: Path, *options: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "openstrat", "run", "several.yaml", "--out", "out", *options]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finished_lines(process: subprocess.Popen[str], number: int) -> list[str]:
    """Return the first lines that tell of finished runs."""
    assert process.stderr is not None
    lines = []
    while len(lines) < number:
        line = process.stderr.readline()
        assert line, "the run ended early"
        lines += [line] if " completed: " in line else []
    return lines


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_plan_goes_on_where_it_ended(make_notebook: Make, tmp_path: Path) -> None:
    make_notebook("print(n)", parameters=N)
    grid(tmp_path, ", ".join(map(str, range(1, 7))))
    process = start(tmp_path)
    finished_lines(process, 3)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    made = {path.parent.name for path in (tmp_path / "out" / "several").glob("*/manifest.json")}
    result = run_portfolio(tmp_path / "several.yaml", out=tmp_path / "out")
    assert {item.plan.slug for item in result.outcomes if item.status == "unchanged"} == made
    assert len(made) in (3, 4)
    assert index_of(tmp_path / "out")["state"] == "finished"
    assert {run["change"] for run in index_of(tmp_path / "out")["runs"]} == {"new"}
    again = run_portfolio(tmp_path / "several.yaml", out=tmp_path / "out")
    assert {item.status for item in again.outcomes} == {"unchanged"}
    assert {run["change"] for run in index_of(tmp_path / "out")["runs"]} == {"same"}


def test_only_a_dead_kernel_is_tried_again(make_notebook: Make, tmp_path: Path) -> None:
    note = tmp_path / "attempts"
    cell = (
        f"import os\nwith open({str(note)!r}, 'a') as file:\n    file.write(f'{{n}}\\n')\n"
        f"if n == 1 and open({str(note)!r}).read().count('1') < 2:\n    os._exit(0)\nassert n == 1"
    )
    make_notebook(cell, parameters=N)
    result = run_portfolio(grid(tmp_path, "1, 2"), out=tmp_path / "out", retries=2)
    assert [(item.status, item.n_attempts, item.exit_code) for item in result.outcomes] == [("completed", 2, 0), ("failed", 1, 11)]
    assert note.read_text().split() == ["1", "1", "2"]


ENDINGS = {
    "raises": ("1 / 0", "failed", 11),
    "exits": ("import sys; sys.exit(0)", "failed", 11),
    "leaves": ("import os; os._exit(0)", "killed", 13),
    "killed": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "killed", 13),
    "hangs": ("while True: pass", "timed_out", 12),
}


def test_notebook_manifest_index_and_exit_code_agree(make_notebook: Make, tmp_path: Path) -> None:
    cell = "\n".join(f"if ending == {name!r}:\n    {source}" for name, (source, _, _) in ENDINGS.items())
    make_notebook(cell, parameters='ending: str = "no"  # How it ends')
    path = grid(tmp_path, ", ".join(["none", *ENDINGS]), name="ending")
    result = run_portfolio(path, out=tmp_path / "out", jobs=2, limits=Limits(cell_s=4))
    rows = {run["parameters"]["ending"]: run for run in index_of(tmp_path / "out")["runs"]}
    assert [item.status for item in result.outcomes] == ["completed", *(status for _, status, _ in ENDINGS.values())]
    for name, (_, status, code) in ENDINGS.items():
        beside = tmp_path / "out" / "several" / rows[name]["id"]
        manifest = json.loads(beside.with_name(f"{beside.name}.failed.json").read_text(encoding="utf-8"))
        notebook = json.loads(beside.with_name(f"{beside.name}.partial.ipynb").read_text(encoding="utf-8"))
        seen = (rows[name]["status"], manifest["run"]["status"], notebook["metadata"]["openstrat"]["status"], rows[name]["exit_code"])
        assert seen == (status, status, status, code)
        assert not beside.exists()
    assert sum(1 for run in rows.values() if run["report"]) == 1


@pytest.mark.parametrize(("source", "status", "code"), ENDINGS.values(), ids=ENDINGS)
def test_one_report_ends_with_the_code_of_its_status(make_notebook: Make, tmp_path: Path, source: str, status: str, code: int) -> None:
    path = make_notebook(source, parameters=N)
    ended = CliRunner().invoke(cli, ["report", str(path), "--out", str(tmp_path / "out"), "--cell-limit", "3"], prog_name="openstrat")
    assert ended.exit_code == code
    assert json.loads((tmp_path / "out" / "sample.failed.json").read_text(encoding="utf-8"))["run"]["status"] == status
    assert json.loads((tmp_path / "out" / "sample.partial.ipynb").read_text(encoding="utf-8"))["metadata"]["openstrat"]["status"] == status


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_kernels_and_is_told_in_the_index(make_notebook: Make, tmp_path: Path, number: int, code: int) -> None:
    pids = tmp_path / "pids"
    make_notebook(f"import os, time\nif n > 1:\n    open({str(pids)!r}, 'a').write(f'{{os.getpid()}} ')\n    time.sleep(600)", parameters=N)
    grid(tmp_path, "1, 2, 3")
    process = start(tmp_path)
    finished_lines(process, 1)
    while not pids.exists() or not pids.read_text().endswith(" "):
        time.sleep(0.05)
    process.send_signal(number)
    process.communicate(timeout=60)
    assert process.returncode == code
    assert [pid for pid in map(int, pids.read_text().split()) if is_alive(pid)] == []
    index = index_of(tmp_path / "out")
    assert index["state"] == "interrupted"
    assert [(run["status"], run["exit_code"]) for run in index["runs"]] == [("completed", 0), ("interrupted", 130), ("not_started", 0)]
    failed = tmp_path / "out" / "several" / "sample--n-2.failed.json"
    assert json.loads(failed.read_text(encoding="utf-8"))["run"]["status"] == "interrupted"
    assert "interrupted; run it again" in (tmp_path / "out" / "several" / "index.html").read_text(encoding="utf-8")


def test_the_digest_names_what_moved_with_the_notebook(make_notebook: Make, tmp_path: Path) -> None:
    shown = "from openstrat.present import page\npage.kpis({{'share': ({} if n > 1 else '5%', 'openstrat table licenses')}})"
    make_notebook(shown.format("'40%'"), parameters=N)
    path = grid(tmp_path, "1, 2")
    run_portfolio(path, out=tmp_path / "out")
    make_notebook(shown.format("'42%'"), parameters=N)
    result = run_portfolio(path, out=tmp_path / "out")
    text = (tmp_path / "out" / "several" / "digest.md").read_text(encoding="utf-8")
    assert "2 reports: 1 changed, 1 without change (1 of them made again)" in text
    assert "- method: notebook sample.ipynb changed\n" in text
    assert "- step-1, share: 40% -> 42% (+2 percentage points)\n" in text
    assert text.count("###") == 1
    assert [run["change_words"] for run in index_of(tmp_path / "out")["runs"]] == ["made again, nothing moved", "1 moved of 1 fact"]
    assert result.index.with_name("feed.xml").read_text(encoding="utf-8").count("<entry>") == 2
    assert not (tmp_path / "out" / "several" / ".baseline").exists()


def test_one_changed_table_row_is_told_with_its_effect_and_nothing_else(make_notebook: Make, tmp_path: Path) -> None:
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "openstrat", checkout / "openstrat", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "data", checkout / "data")
    shutil.copy(ROOT / "pyproject.toml", checkout)
    cell = (
        "import openstrat\nfrom openstrat.present.facts import fact, said\n"
        "table = 'fork_events' if n == 1 else 'licenses'\n"
        "rows = openstrat.load_fork_events() if n == 1 else openstrat.load_licenses()\n"
        "said('There are {value}.', value=fact(table, len(rows), 'rows', tables=[table]))"
    )
    make_notebook(cell, parameters=N)
    grid(tmp_path, "1, 2")

    def run(*words: str) -> None:
        environment = os.environ | {"PYTHONPATH": str(checkout)}
        subprocess.run([sys.executable, "-m", "openstrat", *words], cwd=tmp_path, env=environment, check=True, capture_output=True)

    run("run", "several.yaml", "--out", "out")
    table = next((checkout / "data").rglob("fork_events.csv"))
    lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join(lines[:-1]) + "\n", encoding="utf-8")
    run("data", "package")
    run("run", "several.yaml", "--out", "out")
    text = (tmp_path / "out" / "several" / "digest.md").read_text(encoding="utf-8")
    gone = lines[-1].split(",")[0]
    assert f"{len(lines) - 1} -> {len(lines) - 2} (-1 rows)" in text
    assert gone in text
    assert "licenses" not in text
    assert text.count("\n- ") == 2


def test_another_executor_may_carry_the_runs(make_notebook: Make, tmp_path: Path) -> None:
    make_notebook("print(n)", "import os\nif n == 2: os._exit(0)", parameters=N)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as executor:
        result = run_portfolio(grid(tmp_path, "1, 2"), out=tmp_path / "out", executor=executor)
    assert [item.status for item in result.outcomes] == ["completed", "killed"]


def test_dask_is_asked_for_when_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match="pip install distributed"), dask_executor("local", 1):
        pass
