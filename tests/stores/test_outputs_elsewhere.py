"""Reports and portfolios written to memory and to a local S3 server: the same files, skipped when unchanged, failures told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from openstrat.cli.main import cli

pytestmark = [pytest.mark.notebook, pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")]
CELL: dict[str, Any] = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}


def write_portfolio(folder: Path, source: str) -> None:
    cells = [
        CELL | {"id": "parameters", "metadata": {"tags": ["parameters"]}, "source": "n: int = 1  # Number"},
        CELL | {"id": "step", "source": source},
    ]
    content = {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "sample.ipynb").write_text(json.dumps(content), encoding="utf-8")
    (folder / "several.yaml").write_text("report: sample.ipynb\ngrid: {n: [1, 2]}\n", encoding="utf-8")


def openstrat(*words: str) -> Result:
    return CliRunner().invoke(cli, list(words), prog_name="openstrat")


@pytest.fixture(params=["memory_url", "s3_url"])
def url(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    return str(request.getfixturevalue(request.param))


def files_at(url: str) -> dict[str, bytes]:
    import fsspec

    system, folder = fsspec.core.url_to_fs(url)
    system.invalidate_cache()
    return {path.split("/out/", 1)[1]: system.cat_file(path) for path in system.find(folder)}


def test_a_portfolio_goes_elsewhere_and_is_not_made_again(url: str, tmp_path: Path) -> None:
    write_portfolio(tmp_path, "print(n)")
    local, first = openstrat("run", "several.yaml", "--out", "here"), openstrat("run", "several.yaml", "--out", url)
    assert (local.exit_code, first.exit_code) == (0, 0), first.output
    assert first.output.splitlines()[-1] == f"{url}/several/index.html"
    there = files_at(url)
    here = {path.relative_to(tmp_path / "here").as_posix(): path.read_bytes() for path in (tmp_path / "here").rglob("*") if path.is_file()}
    assert set(there) == {name for name in here if ".locks" not in name}
    for name in ("several/sample/report.html", "several/sample--n-2/report.ipynb", "several/sample/facts.json"):
        assert there[name] == here[name]
    again = openstrat("run", "several.yaml", "--out", url)
    assert "2 unchanged" in again.output
    assert files_at(url)["several/sample/manifest.json"] == there["several/sample/manifest.json"]


def test_a_failed_report_leaves_the_last_good_one_elsewhere(url: str, tmp_path: Path) -> None:
    write_portfolio(tmp_path, "print(n)")
    openstrat("run", "several.yaml", "--out", url)
    before = files_at(url)
    write_portfolio(tmp_path, "print(1 / (n - 2), 'new')")
    assert openstrat("run", "several.yaml", "--out", url).exit_code == 10
    after = files_at(url)
    assert after["several/sample--n-2/report.html"] == before["several/sample--n-2/report.html"]
    assert after["several/sample/report.html"] != before["several/sample/report.html"]
    assert json.loads(after["several/sample--n-2.failed.json"])["run"]["status"] == "failed"
    assert "The last good report" in after["several/index.html"].decode()
    assert "new" in after["several/digest.md"].decode() or "moved" in after["several/digest.md"].decode()


def test_one_report_goes_elsewhere(url: str, tmp_path: Path) -> None:
    write_portfolio(tmp_path, "print(n)")
    made = openstrat("report", "sample.ipynb", "-p", "n", "3", "--out", url)
    assert made.exit_code == 0, made.output
    assert made.output.splitlines()[-1] == f"{url}/sample--n-3/report.html"
    assert set(files_at(url)) == {f"sample--n-3/{name}" for name in ("facts.json", "manifest.json", "report.html", "report.ipynb")}
    assert "nothing has changed" in openstrat("report", "sample.ipynb", "-p", "n", "3", "--out", url).output


def test_a_dry_run_names_the_place_and_writes_nothing(memory_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_portfolio(tmp_path, "print(n)")
    shown = openstrat("run", "several.yaml", "--out", memory_url, "--dry-run")
    assert f"output      {memory_url}/several/sample/report.html" in shown.output
    openstrat("report", "sample.ipynb", "--out", memory_url)


def test_an_unknown_protocol_is_refused(memory_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_portfolio(tmp_path, "print(n)")
    openstrat("report", "sample.ipynb", "--out", memory_url)
    refused = openstrat("run", "several.yaml", "--out", "carrier-pigeon://out")
    assert refused.exit_code == 2
    assert "Protocol not known: carrier-pigeon" in refused.output


@pytest.mark.usefixtures("dask_is_here")
@pytest.mark.filterwarnings("ignore")
def test_dask_carries_the_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_portfolio(tmp_path, "import os\nif n == 2: os._exit(0)")
    done = openstrat("run", "several.yaml", "--out", "out", "--jobs", "2", "--dask", "local")
    assert done.exit_code == 10, done.output
    runs = json.loads((tmp_path / "out" / "several" / "index.json").read_text(encoding="utf-8"))["runs"]
    assert [run["status"] for run in runs] == ["completed", "killed"]


@pytest.mark.usefixtures("dask_is_here")
@pytest.mark.filterwarnings("ignore")
def test_a_scheduler_that_does_not_answer_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_portfolio(tmp_path, "print(n)")
    done = openstrat("run", "several.yaml", "--dask", "tcp://127.0.0.1:1")
    assert done.exit_code == 1
    assert "No dask scheduler answers at 'tcp://127.0.0.1:1'" in done.output
