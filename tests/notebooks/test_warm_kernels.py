"""Kernels forked from a warm server: as good as fresh ones, nothing left over, and a cold start whenever in doubt."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from openstrat.errors import KernelDiedError
from openstrat.reporting.engines import kernel_environment
from openstrat.reporting.execute import Limits, execute
from openstrat.reporting.notebooks import read_notebook
from openstrat.reporting.warm import client
from openstrat.reporting.warm.client import NotWarmError

pytestmark = [pytest.mark.notebook, pytest.mark.skipif(not client.is_supported(), reason="warm starts need Linux")]
Make = Callable[..., Path]

DIRTY = """
import builtins, locale, os, random, signal, sys, threading, time, warnings
import altair as alt, numpy as np, pandas as pd
builtins.left_over = alt.left_over = pd.left_over = "left over"
os.environ["LEFT_OVER"] = "left over"
os.chdir("/"), os.umask(0o777), np.random.seed(1), random.seed(1), pd.set_option("display.max_columns", 3)
alt.Chart.mark_bar = alt.Chart.to_dict = None
alt.theme.enable("dark"), warnings.simplefilter("ignore"), sys.path.insert(0, "/left-over"), sys.setrecursionlimit(333)
signal.signal(signal.SIGUSR1, signal.SIG_IGN)
threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
"""
STATE = """
import builtins, os, signal, sys, threading, warnings
import altair as alt, ipywidgets, pandas as pd
from scipy import stats
print([hasattr(place, "left_over") for place in (builtins, alt, pd)], alt.Chart.mark_bar is None, alt.theme.active)
print(sorted(set(os.environ) - {"JPY_PARENT_PID"}), sys.path, sys.getrecursionlimit(), sys.argv[:1], sys.flags.hash_randomization)
print(oct(os.umask(0o22)), os.path.basename(os.getcwd()), os.listdir("/proc/self/fd")[:3])
print(sorted(str(rule) for rule in warnings.filters if rule[2].__module__ == "builtins" and not rule[3]))
print([pd.get_option("display." + name) for name in ("max_columns", "max_rows", "width")], pd.describe_option("max_columns", False))
print([signal.getsignal(number) for number in sorted(signal.valid_signals())], signal.pthread_sigmask(signal.SIG_BLOCK, ()))
print(sorted(thread.name for thread in threading.enumerate() if "poll" not in thread.name.lower() and thread.name.startswith("Main")))
chart = alt.Chart(pd.DataFrame({"a": [1]})).mark_bar().encode(x="a").add_params(alt.selection_point())
print(chart.to_json(), [repr(item) for item in (sys.stdin, sys.__stdout__.encoding, sys.__stderr__.line_buffering)])
print(globals().keys() - {"chart"}, os.getsid(0) == os.getpid() == os.getpgid(0), os.getpriority(os.PRIO_PROCESS, 0))
"""
RANDOM = "import numpy as np, random, uuid, multiprocessing as mp\nprint(np.random.rand(), random.random(), uuid.uuid4())"
PARENT = "import os\nprint(os.getppid())"


def printed(path: Path, engine: str = "warm", limits: Limits | None = None) -> str:
    """Return what the last cell prints."""
    content = execute(read_notebook(path), {}, engine=engine, limits=limits)
    return "".join("".join(output["text"]) for output in content["cells"][-1]["outputs"])


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def still_alive(pids: list[int], *, within_s: float = 10.0) -> list[int]:
    """Return which processes are there after waiting for their end."""
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline and any(map(is_alive, pids)):
        time.sleep(0.05)
    return [pid for pid in pids if is_alive(pid)]


def test_a_warm_kernel_is_the_child_of_a_server_and_a_cold_one_of_this_process(make_notebook: Make) -> None:
    path = make_notebook(PARENT)
    assert printed(path, "kernel") == f"{os.getpid()}\n"
    server = client.server_for(kernel_environment(Path("/")))
    assert server.process is not None
    assert printed(path) == f"{server.process.pid}\n"


def test_a_warm_kernel_cannot_be_told_from_a_cold_one_even_after_one_that_changed_everything(make_notebook: Make) -> None:
    printed(make_notebook(DIRTY))
    path = make_notebook(STATE)
    assert printed(path) == printed(path, "kernel")


def test_no_two_warm_kernels_draw_the_same_random_numbers(make_notebook: Make) -> None:
    path = make_notebook(RANDOM)
    first, second = (printed(path).split() for _ in range(2))
    assert set(first) & set(second) == set()


def test_a_secret_of_one_report_is_nowhere_in_the_memory_of_the_next(make_notebook: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    search = """
needle, found = b"-".join([b"canary", b"5081"]), 0
with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", buffering=0) as memory:
    for line in maps:
        ends, rights = line.split()[:2]
        start, end = (int(number, 16) for number in ends.split("-"))
        if rights.startswith("rw"):
            memory.seek(start)
            found += (memory.read(end - start) or b"").count(needle)
del needle
print(found)
"""
    path = make_notebook(search)
    monkeypatch.setenv("TOKEN", "-".join(["canary", "5081"]))
    assert int(printed(path)) > 2  # the search finds what is there
    monkeypatch.delenv("TOKEN")
    assert int(printed(path)) <= 2  # the needle itself
    server = client.server_for(kernel_environment(Path("/")))
    assert server.process is not None
    assert b"TOKEN" not in Path(f"/proc/{server.process.pid}/environ").read_bytes()


def test_a_kernel_whose_folder_hides_a_loaded_module_starts_cold(make_notebook: Make, tmp_path: Path) -> None:
    environment = kernel_environment(tmp_path)
    (tmp_path / "altair.py").write_text("")
    with pytest.raises(NotWarmError, match=r"altair.py in the working folder hides a module"):
        client.fork("kernel", [], environment=environment, folder=str(tmp_path), streams=[0, 1, 2])


def test_more_than_one_native_thread_means_a_cold_start(tmp_path: Path) -> None:
    environment = kernel_environment(tmp_path) | {"OPENBLAS_NUM_THREADS": "2"}
    with pytest.raises(NotWarmError, match="OPENBLAS_NUM_THREADS is not 1"):
        client.server_for(environment)


def test_a_server_that_is_gone_means_a_cold_start(make_notebook: Make) -> None:
    server = client.server_for(kernel_environment(Path("/")))
    assert server.process is not None
    path = make_notebook(PARENT)
    server.process.kill()
    assert printed(path) == f"{os.getpid()}\n"
    server.process.wait()
    assert printed(path) == f"{os.getpid()}\n"
    client.stop_servers()
    assert printed(path) != f"{os.getpid()}\n"


@pytest.mark.parametrize("variable", ["PYTHONPATH", "LD_LIBRARY_PATH", "PANDAS_FUTURE_INFER_STRING", "https_proxy"])
def test_what_shapes_a_process_needs_a_server_of_its_own(variable: str, tmp_path: Path) -> None:
    from openstrat.reporting.warm.protocol import server_key

    environment = kernel_environment(tmp_path)
    assert server_key(environment) == server_key(environment | {"UNRELATED": "1", "IPYTHONDIR": "/elsewhere"})
    assert server_key(environment) != server_key(environment | {variable: "changed"})


def test_a_kernel_that_kills_itself_is_reported_and_the_server_goes_on(make_notebook: Make) -> None:
    with pytest.raises(KernelDiedError, match="ended the kernel"):
        printed(make_notebook("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"))
    assert printed(make_notebook("print('next')")) == "next\n"


RUN = """
import sys
from pathlib import Path
from openstrat.reporting.execute import execute
from openstrat.reporting.notebooks import read_notebook
execute(read_notebook(Path(sys.argv[1])), {}, engine="warm")
"""


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGTERM])
def test_when_the_owner_ends_its_server_its_kernels_and_what_they_started_end(make_notebook: Make, tmp_path: Path, ending: int) -> None:
    note = tmp_path / "pids"
    hang = (
        "import os, subprocess, time\nchild = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(note)!r} + '.new', 'w').write(f'{{os.getppid()}} {{os.getpid()}} {{child.pid}}')\n"
        f"os.rename({str(note)!r} + '.new', {str(note)!r})\ntime.sleep(600)"
    )
    owner = subprocess.Popen([sys.executable, "-c", RUN, str(make_notebook(hang))], stderr=subprocess.DEVNULL)
    while not note.exists():
        time.sleep(0.05)
        assert owner.poll() is None
    pids = [int(pid) for pid in note.read_text().split()]
    owner.send_signal(ending)
    owner.wait()
    assert len(pids) == 3
    assert still_alive(pids) == []


def test_a_server_that_is_killed_takes_its_kernels_with_it(make_notebook: Make, tmp_path: Path) -> None:
    note = tmp_path / "pids"
    kill = (
        "import os, signal, subprocess, time\nchild = subprocess.Popen(['sleep', '600'])\n"
        f"open({str(note)!r}, 'w').write(f'{{os.getppid()}} {{os.getpid()}} {{child.pid}}')\n"
        "os.kill(os.getppid(), signal.SIGKILL)\ntime.sleep(600)"
    )
    with pytest.raises(KernelDiedError):
        printed(make_notebook(kill))
    assert still_alive([int(pid) for pid in note.read_text().split()]) == []
    client.stop_servers()


def test_plain_papermill_in_a_shell_shares_one_server(make_notebook: Make, tmp_path: Path) -> None:
    path = make_notebook(PARENT, "from ipywidgets import interact\ninteract(lambda n: n, n=3)\nNone")
    papermill = f"{sys.executable} -m papermill -k openstrat --execution-timeout 60 {path}"
    loop = f"{papermill} {tmp_path}/1.ipynb && {papermill} {tmp_path}/2.ipynb"
    command = [sys.executable, "-m", "openstrat.reporting.warm", "sh", "-c", loop]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"})
    assert done.returncode == 0, done.stderr
    cells = [json.loads((tmp_path / f"{number}.ipynb").read_text())["cells"] for number in (1, 2)]
    parents = {"".join(cell["outputs"][0]["text"]) for run in cells for cell in run if "".join(cell["source"]) == PARENT}
    assert len(parents) == 1
    assert still_alive([int(parents.pop())]) == []
