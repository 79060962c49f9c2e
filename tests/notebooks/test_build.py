"""Reports and portfolios from end to end, on small notebooks in real kernels."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from openstrat.errors import BusyError, CellError, ParameterError
from openstrat.reporting.running import run_portfolio
from openstrat.reporting.publish import hold
from openstrat.reporting.reports import build_report

pytestmark = pytest.mark.notebook
Make = Callable[..., Path]
FACTS = "{'application/vnd.openstrat.facts+json': {'verdict': f'n is {n}'}}"
DIVIDE = ("print(6 / n)", f"from IPython.display import display\ndisplay({FACTS}, raw=True)")
N = "n: int = 1  # Divisor"


def status_of(path: Path) -> str:
    return str(json.loads(path.read_text(encoding="utf-8"))["run"]["status"])


def test_a_report_is_published_with_manifest_and_facts(make_notebook: Make, tmp_path: Path) -> None:
    result = build_report(make_notebook(*DIVIDE, parameters=N), {"n": "3"}, out=tmp_path / "out")
    assert result.html == tmp_path / "out" / "sample--n-3" / "report.html"
    assert [path.name for path in result.paths] == ["facts.json", "report.html", "report.ipynb", "manifest.json"]
    assert ">2.0</pre>" in result.html.read_text(encoding="utf-8")
    assert json.loads((result.html.parent / "facts.json").read_text())["about"] == {"verdict": "n is 3"}
    assert status_of(result.html.parent / "manifest.json") == "completed"
    for path in result.paths:
        assert str(tmp_path) not in path.read_text(encoding="utf-8")


def test_the_same_report_is_not_run_again_unless_forced(make_notebook: Make, tmp_path: Path) -> None:
    path = make_notebook(*DIVIDE, parameters=N)
    first = build_report(path, out=tmp_path / "out")
    before = {path.name: path.read_bytes() for path in first.paths}
    assert build_report(path, out=tmp_path / "out").status == "unchanged"
    again = build_report(path, out=tmp_path / "out", force=True)
    assert again.status == "completed"
    after = {path.name: path.read_bytes() for path in again.paths}
    assert {name for name in before if before[name] != after[name]} <= {"manifest.json"}


def test_a_failed_run_leaves_the_published_report_and_says_so(make_notebook: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make_notebook("import os\nprint(1 / int(os.environ.get('DIVISOR', '1')))", parameters=N)
    folder = build_report(path, out=tmp_path / "out").html.parent
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    monkeypatch.setenv("DIVISOR", "0")
    with pytest.raises(CellError, match="ZeroDivisionError"):
        build_report(path, out=tmp_path / "out", force=True)
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    assert status_of(folder.with_name("sample.failed.json")) == "failed"
    assert folder.with_name("sample.partial.ipynb").is_file()
    monkeypatch.delenv("DIVISOR")
    build_report(path, out=tmp_path / "out", force=True)
    assert sorted(file.name for file in folder.parent.iterdir()) == [".locks", ".tables", "sample"]


def test_a_busy_output_is_refused(make_notebook: Make, tmp_path: Path) -> None:
    with hold(tmp_path / "out" / "sample"), pytest.raises(BusyError):
        build_report(make_notebook(*DIVIDE, parameters=N), out=tmp_path / "out")


def test_a_dry_run_writes_nothing(make_notebook: Make, tmp_path: Path) -> None:
    result = build_report(make_notebook(*DIVIDE, parameters=N), out=tmp_path / "out", dry_run=True)
    assert result.status == "planned"
    assert not (tmp_path / "out").exists()


def write_portfolio(tmp_path: Path, runs: str) -> Path:
    path = tmp_path / "several.yaml"
    path.write_text(f"title: Several & more\nreport: sample.ipynb\nschedule: monthly\nruns:\n{runs}", encoding="utf-8")
    return path


def test_a_portfolio_makes_an_index_and_survives_a_failure(make_notebook: Make, tmp_path: Path) -> None:
    make_notebook(*DIVIDE, parameters=N)
    path = write_portfolio(tmp_path, "  - {n: 2}\n  - {id: zero, title: '<b>Zero</b>', parameters: {n: 0}}\n  - {n: 3}\n")
    seen = []
    result = run_portfolio(path, jobs=2, out=tmp_path / "out", progress=lambda outcome, *counts: seen.append((outcome.status, *counts)))
    assert [outcome.status for outcome in result.outcomes] == ["completed", "failed", "completed"]
    assert sorted(status for status, _, _ in seen) == ["completed", "completed", "failed"]
    assert [done for _, done, _ in seen] == [1, 2, 3]
    page = result.index.read_text(encoding="utf-8")
    assert '<a href="sample--n-2/report.html">Sample</a>' in page
    assert "n is 3" in page
    assert "&lt;b&gt;Zero&lt;/b&gt;" in page
    assert "ZeroDivisionError" in page
    assert "<script" not in page
    assert str(tmp_path) not in page
    runs = json.loads(result.index.with_name("index.json").read_text(encoding="utf-8"))["runs"]
    assert [(run["id"], run["status"], run["verdict"]) for run in runs] == [
        ("sample--n-2", "completed", "n is 2"),
        ("zero", "failed", None),
        ("sample--n-3", "completed", "n is 3"),
    ]


def test_a_portfolio_is_checked_whole_before_anything_starts(make_notebook: Make, tmp_path: Path) -> None:
    make_notebook(*DIVIDE, parameters=N)
    path = write_portfolio(tmp_path, "  - {n: 2}\n  - {n: two}\n  - {m: 3}\n  - {n: 2}\n  - {id: ../x, parameters: {n: 5}}\n")
    with pytest.raises(ParameterError) as caught:
        run_portfolio(path, out=tmp_path / "out")
    message = str(caught.value)
    for said in ("run 2: 1 bad parameter", "run 3: 1 bad parameter", "2 runs would write to 'sample--n-2'", "'../x' is not allowed"):
        assert said in message
    assert not (tmp_path / "out").exists()
