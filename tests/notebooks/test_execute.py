"""Notebooks in real kernels: what succeeds, and what each failure says."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from openstrat.errors import CellError, CellTimeoutError, KernelDiedError, ReportError
from openstrat.reporting.execute import Limits, execute
from openstrat.reporting.notebooks import read_notebook

pytestmark = pytest.mark.notebook
Make = Callable[..., Path]


def outputs(content: dict, cell_id: str) -> str:
    cell = next(cell for cell in content["cells"] if cell["id"] == cell_id)
    return "".join("".join(output.get("text", "") or output.get("data", {}).get("text/plain", "")) for output in cell["outputs"])


def test_values_arrive_as_given(make_notebook: Make) -> None:
    values = {"case": "1.10", "n": 7, "share": 0.1, "flag": False, "none": None, "odd": "a'b\"\\n\n\u2028{case} \x07é漢"}
    path = make_notebook("print([case, n, share, flag, none, odd])", parameters='case: str = "a"')
    assert outputs(execute(read_notebook(path), values), "step-1") == f"{list(values.values())}\n"


def test_two_runs_give_the_same_bytes_and_leave_the_source_alone(make_notebook: Make) -> None:
    path = make_notebook("print(hash('x'))", "object()", "from ipywidgets import interact\ninteract(lambda n: n, n=3)")
    before = path.read_bytes()
    first, second = (execute(read_notebook(path), {"case": "b"}) for _ in range(2))
    assert first == second
    assert path.read_bytes() == before


def test_openstrat_can_be_imported_from_a_scratch_folder(make_notebook: Make) -> None:
    path = make_notebook("import openstrat, os\nprint(openstrat.__doc__ is not None, os.listdir())")
    assert outputs(execute(read_notebook(path), {}), "step-1").startswith("True ['kernel.json'")


def test_interact_does_not_stall(make_notebook: Make) -> None:
    cell = "from ipywidgets import interact\nfor _ in range(3):\n    interact(lambda n: print(n), n=(0, 9))"
    content = execute(read_notebook(make_notebook(*[cell] * 8)), {}, limits=Limits(cell_s=60))
    assert all(cell["execution_count"] for cell in content["cells"] if cell["cell_type"] == "code")


def test_a_failing_cell_says_where_what_and_with_which_values(make_notebook: Make, tmp_path: Path) -> None:
    path = make_notebook("ok = 1", "table = {}\n\n# look up\nx = 1\ntable['fork']\ny = 2\nz = 3", "print('never')")
    partial = tmp_path / "out" / "sample.partial.ipynb"
    with pytest.raises(CellError) as caught:
        execute(read_notebook(path), {"case": "b", "as_of": None}, partial=partial)
    assert str(caught.value).splitlines() == [
        "sample.ipynb: cell 4 (#step-2) failed: KeyError: 'fork'",
        "       3 | # look up",
        "       4 | x = 1",
        "  ->   5 | table['fork']",
        "       6 | y = 2",
        "       7 | z = 3",
        "Parameters: case='b', as_of=None",
        f"Partial notebook: {partial}",
    ]
    kept = read_notebook(partial)
    assert kept.metadata["openstrat"]["status"] == "failed"
    assert [cell["id"] for cell in kept.cells if cell["metadata"].get("openstrat")] == ["step-2"]


@pytest.mark.parametrize("source", ["import sys; sys.exit(0)", "raise SystemExit(3)"])
def test_an_early_exit_is_a_failure(make_notebook: Make, source: str) -> None:
    with pytest.raises(CellError, match=r"cell 3 \(#step-1\) failed: SystemExit"):
        execute(read_notebook(make_notebook(source, "print('after')")), {})


@pytest.mark.parametrize("source", ["import os; os._exit(0)", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"])
def test_a_dead_kernel_is_a_failure(make_notebook: Make, source: str) -> None:
    with pytest.raises(KernelDiedError, match=r"cell 3 \(#step-1\) ended the kernel"):
        execute(read_notebook(make_notebook(source, "print('after')")), {})


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_hung_cell_is_ended_with_everything_it_started(make_notebook: Make, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    hang = (
        "import os, signal, subprocess\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nchild = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\nwhile True: pass"
    )
    started = time.monotonic()
    with pytest.raises(CellTimeoutError, match=r"cell 3 \(#step-1\) timed out: it ran longer than 2 s"):
        execute(read_notebook(make_notebook(hang)), {}, limits=Limits(cell_s=2))
    assert time.monotonic() - started < 2 + 15
    assert [pid for pid in map(int, note.read_text().split()) if is_alive(pid)] == []


def test_the_whole_run_has_a_limit(make_notebook: Make) -> None:
    limits = Limits(cell_s=60, run_s=1, start_s=2)
    with pytest.raises(CellTimeoutError, match="the whole run took longer than 1 s"):
        execute(read_notebook(make_notebook(*["import time; time.sleep(30)"] * 3)), {}, limits=limits)


def test_another_thread_can_stop_a_run(make_notebook: Make) -> None:
    stop = threading.Event()
    threading.Timer(3, stop.set).start()
    with pytest.raises(ReportError, match="was stopped"):
        execute(read_notebook(make_notebook("import time; time.sleep(60)")), {}, stop=stop)


def test_the_hash_seed_is_settled_and_the_environment_is_kept(make_notebook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    path = make_notebook("import os\nprint(os.environ['PYTHONHASHSEED'], os.environ['SOURCE_DATE_EPOCH'])")
    assert outputs(execute(read_notebook(path), {}), "step-1") == "0 1700000000\n"
    assert os.environ.get("PYTHONHASHSEED") != "0"
