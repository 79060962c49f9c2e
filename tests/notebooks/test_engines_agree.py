"""The three engines make the same bytes; where the forked worker cannot, a real kernel takes over by itself."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from openstrat import errors
from openstrat.reporting.engines import kernel_environment
from openstrat.reporting.execute import Limits
from openstrat.reporting.plan import Plan, plan_report
from openstrat.reporting.reports import build_report
from openstrat.reporting.warm import client
from openstrat.reporting.warm.batch import make
from openstrat.reporting.warm.forked import NeedsKernelError

pytestmark = [pytest.mark.notebook, pytest.mark.skipif(not client.is_supported(), reason="warm starts need Linux")]
Make = Callable[..., Path]
TORTURE = Path(__file__).with_name("torture.ipynb")
ENGINES = ("kernel", "warm", "fast")


def files_of(report: str | Path, engine: str, out: Path) -> dict[str, bytes]:
    """Build a report and return its files but the manifest, which holds times."""
    result = build_report(report, out=out / engine, engine=engine)
    return {path.name: path.read_bytes() for path in result.paths if path.name != "manifest.json"}


def plan_of(path: Path) -> Plan:
    return plan_report(path, {}, out=path.parent / "out")


@pytest.fixture
def make_plain(make_notebook: Make) -> Make:
    """Return a function that writes a notebook with a plain parameter."""
    return partial(make_notebook, parameters="n: int = 1  # A number")


def test_a_notebook_that_uses_everything_comes_out_the_same(tmp_path: Path) -> None:
    _, files = make(plan_report(TORTURE, {}, out=tmp_path))  # without a kernel: no fallback is possible here
    made = {engine: files_of(TORTURE, engine, tmp_path) for engine in ENGINES}
    assert made["kernel"] == made["warm"] == made["fast"] == files


@pytest.mark.parametrize("report", ["license-comparison", "license-landscape"])
def test_a_shipped_report_comes_out_the_same(report: str, tmp_path: Path) -> None:
    made = {engine: files_of(report, engine, tmp_path) for engine in ENGINES}
    assert made["kernel"] == made["warm"] == made["fast"]
    assert b"<script" in made["fast"]["report.html"]


PAST_PYTHON = "import os\nos.write(1, b'past Python')\nos.system('echo from a program')"


def test_what_is_written_past_pythons_streams_comes_from_a_real_kernel(make_plain: Make, tmp_path: Path) -> None:
    path = make_plain(PAST_PYTHON)
    with pytest.raises(NeedsKernelError, match="wrote past Python's streams"):
        make(plan_of(path))
    assert b"from a program" in files_of(path, "fast", tmp_path)["report.html"]


@pytest.mark.parametrize(
    "source", ["import multiprocessing", "exit()", "%matplotlib inline", "input('n')", "import sys; 'numpy' in sys.modules"]
)
def test_a_notebook_that_needs_a_kernel_is_known_before_it_runs(make_plain: Make, source: str) -> None:
    with pytest.raises(NeedsKernelError):
        make(plan_of(make_plain(source)))


def message_of(path: Path, engine: str, out: Path, limits: Limits | None = None) -> tuple[str, list[str], bytes]:
    """Return class and lines of the error that a failing report ends with, and the unfinished notebook."""
    with pytest.raises(errors.ReportError) as caught:
        build_report(path, out=out, engine=engine, limits=limits)
    return type(caught.value).__name__, str(caught.value).splitlines(), (out / f"{path.stem}.partial.ipynb").read_bytes()


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("print('so far')\ntable = {}\ntable['fork']", "CellError"),
        ("raise SystemExit(3)", "CellError"),
        ("%nosuchmagic", "CellError"),
        ("import os\nprint('so far', flush=True)\nos._exit(1)", "KernelDiedError"),
        ("import time\ntime.sleep(60)", "CellTimeoutError"),
    ],
)
def test_a_failure_says_the_same(make_plain: Make, tmp_path: Path, source: str, kind: str) -> None:
    path = make_plain("print('first')", source, "print('never')")
    limits = Limits(cell_s=3)
    cold, fast = (message_of(path, engine, tmp_path / "out", limits) for engine in ("kernel", "fast"))
    assert cold[0] == fast[0] == kind
    assert cold[1] == fast[1]
    assert [cell["id"] for cell in json.loads(cold[2])["cells"]] == [cell["id"] for cell in json.loads(fast[2])["cells"]]


def test_another_thread_can_stop_a_worker_and_the_unfinished_notebook_is_kept(make_plain: Make, tmp_path: Path) -> None:
    path = make_plain("print('first')", "import time; time.sleep(60)")
    stop = threading.Event()
    started = threading.Event()
    threading.Thread(target=lambda: (started.wait(60), stop.set())).start()
    plan = plan_report(path, {}, out=tmp_path)
    with pytest.raises(errors.ReportError, match="was stopped"):
        make(plan, progress=lambda done, total: done == 3 and started.set(), stop=stop)
    assert json.loads(plan.partial.read_text(encoding="utf-8"))["metadata"]["openstrat"] == {"status": "interrupted"}


def test_nothing_of_one_report_reaches_the_next(make_plain: Make) -> None:
    state = "import builtins, os\nprint(hasattr(builtins, 'left'), 'LEFT' in os.environ, os.getcwd() != '/')"
    dirty = state + "\nbuiltins.left = 1\nos.environ['LEFT'] = 'x'\nos.chdir('/')"
    for source in (dirty, state):
        _, files = make(plan_of(make_plain(source)))
        assert b"False False True" in files["report.html"]


def test_what_a_cell_breaks_in_a_library_does_not_break_its_own_page(make_plain: Make) -> None:
    path = make_plain("import html, markupsafe, pygments\nhtml.escape = markupsafe.escape = pygments.highlight = None\nprint('<b>')")
    assert b"&lt;b&gt;" in make(plan_of(path))[1]["report.html"]


def test_the_server_stays_as_small_as_it_was(make_plain: Make) -> None:
    plan = plan_of(make_plain("data = bytearray(50_000_000)"))
    make(plan)
    server = client.server_for(kernel_environment(Path("/")))
    assert server.process is not None
    statm = Path(f"/proc/{server.process.pid}/statm")
    pages = [int(statm.read_text().split()[1]) for _ in range(10) if make(plan)]
    assert (max(pages) - min(pages)) * os.sysconf("SC_PAGE_SIZE") < 500_000
