"""The workbooks as an analyst meets them: JupyterLab in headless Chromium, every other host blocked."""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

import openstrat
from openstrat import resources

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
LOOPBACK = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
CHARTS = ".jp-OutputArea .vega-embed canvas, .jp-OutputArea .vega-embed svg.marks"
IDLE = "document.querySelector('.jp-Notebook-ExecutionIndicator')?.getAttribute('data-status') === 'idle'"
FAILURES = "[data-mime-type='application/vnd.jupyter.stderr'], [data-mime-type='application/vnd.jupyter.error']"
SETTINGS = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
    "notebook-extension/tracker": {"windowingMode": "none"},  # cells out of sight stay in the page
}
EXPLORER = "explore/license-explorer.ipynb"
FORKS = "explore/fork-explorer.ipynb"
CHECKLIST = "explore/checklist.ipynb"
VERDICT = ".jp-OutputArea .checklist-verdict"
DEAD = "explore/dead-explorer.ipynb"
LESSON = "lessons/01-what-open-means.ipynb"


@dataclass
class Visit:
    """An open notebook and what went wrong while it was open."""

    page: Page
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def run_all(self, shows: str = CHARTS) -> None:
        """Run every cell and wait until the kernel rests and at least one chart, or what else is shown, is drawn."""
        self.page.click(".lm-MenuBar-itemLabel:text-is('Run')")
        self.page.click(".lm-Menu-itemLabel:text-is('Run All Cells')")
        self.page.wait_for_selector(shows, timeout=60_000)
        self.page.wait_for_function(IDLE, timeout=60_000)

    def charts_hash(self) -> str:
        """Hash of the screenshots of all charts, once two in a row are equal."""
        last = ""
        for _ in range(40):
            shots = [chart.screenshot() for chart in self.page.query_selector_all(CHARTS)]
            now = hashlib.sha256(b"".join(shots)).hexdigest()
            if now == last:
                return now
            last = now
            self.page.wait_for_timeout(250)
        raise AssertionError("the charts never came to rest")

    def charts_change(self, before: str, seconds: float) -> bool:
        """Whether the charts differ from `before` within so many seconds."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with suppress(Exception):  # a chart is replaced while its picture is taken
                if self.charts_hash() != before:
                    return True
            self.page.wait_for_timeout(100)
        return False

    def press_on_slider(self, key: str) -> None:
        """Focus the handle of the first slider and press a key."""
        self.page.wait_for_selector(".widget-slider .noUi-handle").focus()
        self.page.keyboard.press(key)

    def drag_over_lowest_chart(self) -> None:
        """Drag with the mouse over the middle third of the lowest of the linked charts."""
        box = self.page.query_selector_all(CHARTS)[0].bounding_box() or {}
        low = box["y"] + box["height"] - 80
        self.page.mouse.move(box["x"] + box["width"] * 0.35, low)
        self.page.mouse.down()
        self.page.mouse.move(box["x"] + box["width"] * 0.65, low, steps=5)
        self.page.mouse.up()

    def upper_chart(self) -> bytes:
        """Picture of the upper third of the linked charts."""
        box = self.page.query_selector_all(CHARTS)[0].bounding_box() or {}
        return self.page.screenshot(clip={"x": box["x"], "y": box["y"], "width": box["width"], "height": box["height"] / 3})

    def faults(self) -> dict[str, list[str]]:
        """Requests to other hosts, errors of the page, and outputs that report an error."""
        failed = [output.inner_text() for output in self.page.query_selector_all(FAILURES)]
        return {"refused": self.refused, "page errors": self.errors, "error outputs": failed}


CLEAN: dict[str, list[str]] = {"refused": [], "page errors": [], "error outputs": []}


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A JupyterLab of our own over a copy of the notebooks; gives its address with {} for the notebook."""
    home = tmp_path_factory.mktemp("lab")
    shutil.copytree(resources.notebooks_path(), home / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    _write_dead_explorer(home / "notebooks")
    for name, values in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(values), encoding="utf-8")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    token = secrets.token_hex(8)
    own = {name: str(home / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")}
    own |= {"JUPYTERLAB_SETTINGS_DIR": str(home / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(home / "workspaces")}
    own["PYTHONPATH"] = str(Path(openstrat.__file__).parents[1])
    options = ["--no-browser", "--allow-root", "--ServerApp.ip=127.0.0.1", f"--port={port}", f"--IdentityProvider.token={token}"]
    options += ["--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    options += [f"--ServerApp.root_dir={home / 'notebooks'}"]
    with (home / "log").open("w") as log:
        command = [sys.executable, "-m", "jupyterlab", *options]
        server = subprocess.Popen(command, env={**os.environ, **own}, stdout=log, stderr=subprocess.STDOUT)
        try:
            _wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, home / "log")
            yield f"http://127.0.0.1:{port}/lab/tree/{{}}?token={token}&reset"
        finally:
            server.terminate()
            server.wait(20)


def _write_dead_explorer(notebooks: Path) -> None:
    """The explorer with its controls cut off from the charts: the check below has to notice."""
    content = json.loads((notebooks / EXPLORER).read_text(encoding="utf-8"))
    cell = next(cell for cell in content["cells"] if cell["id"] == "explorer")
    cell["source"] = cell["source"].replace("\nexplorer", "\nexplorer.controls['users'].unobserve_all('value')\nexplorer")
    (notebooks / DEAD).write_text(json.dumps(content), encoding="utf-8")


def _wait_for(address: str, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        assert server.poll() is None, f"JupyterLab ended: {log.read_text()[-800:]}"
        with suppress(OSError), urllib.request.urlopen(address, timeout=2):
            return
        time.sleep(0.2)
    raise AssertionError(f"JupyterLab did not answer in 60 s: {log.read_text()[-800:]}")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One headless Chromium."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"])
        yield browser
        browser.close()


@pytest.fixture
def visit(lab: str, chromium: Browser) -> Iterator[Callable[[str], Visit]]:
    """A function that opens a notebook with every other host blocked and waits for its kernel."""
    context = chromium.new_context(viewport={"width": 1280, "height": 1300})

    def open_notebook(notebook: str) -> Visit:
        seen = Visit(context.new_page())

        def guard(route: Route) -> None:
            if route.request.url.startswith(LOOPBACK):
                route.continue_()
            else:
                seen.refused.append(route.request.url)
                route.abort()

        context.route("**/*", guard)
        seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
        seen.page.goto(lab.format(notebook))
        seen.page.wait_for_selector(".jp-NotebookPanel-toolbar", timeout=60_000)
        seen.page.wait_for_selector(".jp-Notebook-ExecutionIndicator", timeout=60_000)
        seen.page.wait_for_timeout(2_000)  # before the kernel connects, the indicator already says idle
        seen.page.wait_for_function(IDLE, timeout=60_000)
        return seen

    yield open_notebook
    context.close()


def test_the_explorer_redraws_when_a_slider_moves_and_only_then(visit: Callable[[str], Visit]) -> None:
    explorer = visit(EXPLORER)
    explorer.run_all()
    before = explorer.charts_hash()
    assert not explorer.charts_change(before, seconds=2), "charts changed although no key was pressed"
    explorer.press_on_slider("ArrowRight")
    assert explorer.charts_change(before, seconds=15), "charts did not change"
    assert "With 200 million users" in explorer.page.inner_text(".jp-OutputArea strong")
    explorer.press_on_slider("ArrowLeft")
    explorer.page.wait_for_selector("strong:has-text('With 100 million users')", timeout=15_000)
    assert explorer.charts_hash() == before, "going back does not give the same charts"
    assert explorer.faults() == CLEAN


def test_the_fork_explorer_answers_to_keys_and_its_charts_are_linked(visit: Callable[[str], Visit]) -> None:
    explorer = visit(FORKS)
    explorer.run_all()
    before = explorer.charts_hash()
    explorer.press_on_slider("ArrowLeft")
    explorer.page.wait_for_selector(".jp-OutputArea p:has-text('up to 18 months before and after 2024-03')", timeout=15_000)
    shorter = explorer.charts_hash()
    assert shorter != before, "charts did not change with the window"
    explorer.page.wait_for_selector(".widget-dropdown select >> nth=2").focus()
    explorer.page.keyboard.press("n")
    explorer.page.wait_for_selector(".jp-OutputArea p:has-text('Rule: no credit for bots')", timeout=15_000)
    explorer.charts_hash()
    whole = explorer.upper_chart()
    explorer.drag_over_lowest_chart()
    explorer.charts_hash()
    assert explorer.upper_chart() != whole, "marking months below left the upper chart as it was"
    assert explorer.faults() == CLEAN


def test_the_checklist_form_is_filled_with_keys_judges_at_once_and_resumes(visit: Callable[[str], Visit]) -> None:
    form = visit(CHECKLIST)
    form.run_all(VERDICT)
    assert form.page.inner_text(VERDICT) == "3 of 5 answers clean: fix first"
    assert form.page.locator(".jp-OutputArea :is(.widget-text, .widget-textarea)").count() == 15
    form.page.get_by_label("Measure of success").focus()
    form.page.keyboard.press("Tab")
    form.page.keyboard.type("400 of them by 2027-Q2")
    form.page.keyboard.press("Tab")
    form.page.wait_for_selector(f"{VERDICT}:has-text('4 of 5')", timeout=15_000)
    form.page.get_by_role("button", name="Save", exact=True).focus()
    form.page.keyboard.press("Enter")
    form.page.wait_for_selector("span:has-text('Saved to my-checklist.yaml: 14 of 15 fields filled.')", timeout=15_000)
    form.run_all("span:has-text('Answers of my-checklist.yaml loaded.')")
    assert form.page.get_by_label("Target and date").input_value() == "400 of them by 2027-Q2"
    assert form.faults() == CLEAN


def test_a_dead_explorer_is_noticed(visit: Callable[[str], Visit]) -> None:
    explorer = visit(DEAD)
    explorer.run_all()
    before = explorer.charts_hash()
    explorer.press_on_slider("ArrowRight")
    explorer.page.wait_for_selector(".widget-readout:has-text('200 million')", timeout=15_000)
    assert not explorer.charts_change(before, seconds=4)


def test_the_lesson_draws_its_charts_and_answers(visit: Callable[[str], Visit]) -> None:
    lesson = visit(LESSON)
    lesson.run_all()
    lesson.page.wait_for_selector(".jp-OutputArea p:has-text('there is no answer yet')", timeout=60_000)
    assert "For 'OLMo 7B' there is no answer yet. (0 of 5 right.)" in lesson.page.inner_text(".jp-OutputArea .feedback")
    assert len(lesson.page.query_selector_all(CHARTS)) == 2
    assert lesson.faults() == CLEAN


def test_the_flagship_report_also_works_as_a_notebook(visit: Callable[[str], Visit]) -> None:
    brief = visit("reports/strategy-brief.ipynb")
    brief.run_all()
    brief.page.wait_for_selector(".jp-OutputArea summary:has-text('sources stand behind this report')", timeout=120_000)
    brief.page.wait_for_function(f"document.querySelectorAll({CHARTS!r}).length === 10", timeout=60_000)
    assert brief.faults() == CLEAN
