"""A report is verified and compared in real kernels: what was edited, which input moved, which fact followed."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from openstrat import resources
from openstrat.cli.main import cli
from openstrat.errors import InputError
from openstrat.reporting.reports import build_report
from openstrat.reporting.verify import verify_report
from openstrat.tables.store import resource

pytestmark = pytest.mark.notebook
Make = Callable[..., Path]
N = "n: int = 1  # Divisor"
SHOWN = (
    "from openstrat.present import page\nfrom openstrat.present.facts import fact, said",
    "page.kpis({'sixth part': (f'{6 / n:g} months', 'openstrat table licenses')})",
    "said('It is {value} on the whole.', value=fact('sixth', 6 / n, 'months', tables=['licenses']))",
)


@pytest.fixture
def report(make_notebook: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a small report, made in the current folder."""
    monkeypatch.chdir(tmp_path)
    make_notebook(*SHOWN, parameters=N)
    return build_report("sample.ipynb", {"n": "2"}, out=tmp_path / "out").html.parent


def run(*words: str | os.PathLike[str]) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], prog_name="openstrat")


def change_json(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    content = json.loads(path.read_text(encoding="utf-8"))
    change(content)
    path.write_text(json.dumps(content, indent=1), encoding="utf-8")


def test_an_untouched_report_is_the_same_byte_for_byte(report: Path) -> None:
    before = {path.name: path.read_bytes() for path in report.iterdir()}
    shown = run("verify", report)
    assert shown.exit_code == 0
    assert "the same, byte for byte, in 3 files" in shown.output
    assert {path.name: path.read_bytes() for path in report.iterdir()} == before


def test_facts_carry_value_unit_table_and_its_hash(report: Path) -> None:
    content = json.loads((report / "facts.json").read_text(encoding="utf-8"))
    facts = {fact["name"]: fact for fact in content["facts"]}
    assert facts["step-2/sixth-part"]["numbers"] == [{"value": 3, "unit": "months", "text": "3 months"}]
    assert facts["sixth"]["numbers"] == [{"value": 3.0, "unit": "months"}]
    tables = json.loads((report / "manifest.json").read_text(encoding="utf-8"))["tables"]
    assert content["tables"] == {"licenses": tables["licenses"]}
    assert facts["sixth"]["place"]["cell"] == "step-3"


def test_a_cell_changed_by_hand_is_named(report: Path) -> None:
    change_json(report / "report.ipynb", lambda content: content["cells"][4].update(source="6 / n + 1"))
    shown = run("verify", report)
    assert shown.exit_code == 1
    assert "edited  report.ipynb is not as the manifest recorded it" in shown.output
    assert "(#step-2): source" in shown.output


def test_a_page_changed_by_hand_is_named_with_its_first_byte(report: Path) -> None:
    page = (report / "report.html").read_bytes()
    (report / "report.html").write_bytes(page.replace(b"3 months", b"4 months", 1))
    (difference,) = verify_report(report).differences
    assert (difference.file, difference.byte) == ("report.html", page.index(b"3 months"))


def test_a_parameter_changed_in_the_manifest_is_noticed(report: Path) -> None:
    change_json(report / "manifest.json", lambda manifest: manifest["parameters"].update(n=3))
    found = verify_report(report)
    assert found.edited == ("manifest.json",)
    assert "fact sixth: 'It is 3 months on the whole.' here, 'It is 2 months on the whole.' rebuilt" in found.differences[0].places


def test_another_version_and_another_table_are_named_although_the_bytes_are_the_same(report: Path) -> None:
    def older(manifest: dict[str, Any]) -> None:
        manifest["environment"]["packages"]["pandas"] = "1.0.0"
        manifest["tables"]["projects"] = "sha256:0"

    change_json(report / "manifest.json", older)
    causes = {(cause.kind, cause.name) for cause in verify_report(report).causes}
    assert causes == {("version", "pandas"), ("data", "projects")}


def test_the_row_of_a_table_that_changed_is_named(report: Path, tmp_path: Path) -> None:
    name = "model_constants"
    now = resources.data_path(resource(name)["path"]).read_text(encoding="utf-8")
    header, first, *_ = now.splitlines()
    key = first.split(",")[0]
    earlier = now.replace(f"\n{first}\n", f"\n{first.replace(key, 'another-name', 1)}\n").encode()
    digest = hashlib.sha256(earlier).hexdigest()
    (tmp_path / "out" / ".tables" / f"{digest}.csv.gz").write_bytes(gzip.compress(earlier))
    change_json(report / "manifest.json", lambda manifest: manifest["tables"].update({name: f"sha256:{digest}"}))
    (cause,) = verify_report(report).causes
    assert header
    assert cause.words == f"table {name}: row {key} added; row another-name removed"


def test_a_changed_notebook_is_a_changed_method(report: Path, make_notebook: Make) -> None:
    make_notebook(*SHOWN[:2], "said('Other.')", parameters=N)
    found = verify_report(report)
    assert [(cause.kind, cause.name) for cause in found.causes] == [("method", "sample.ipynb")]
    assert not found.is_same


def test_what_cannot_be_found_is_asked_for(report: Path, tmp_path: Path) -> None:
    (tmp_path / "sample.ipynb").unlink()
    with pytest.raises(InputError, match="--notebook FILE"):
        verify_report(report)
    assert run("verify", tmp_path).exit_code == 2


def test_a_moved_parameter_names_the_facts_that_followed(report: Path, tmp_path: Path) -> None:
    other = build_report("sample.ipynb", {"n": "4"}, out=tmp_path / "out").html.parent
    shown = run("diff", report, other, "--exit-code")
    assert shown.exit_code == 1
    assert "parameter: parameter n: 2 -> 4" in shown.output
    assert "sixth part: 3 months -> 1.5 months (-1.5 months)" in shown.output
    assert run("diff", report, report, "--exit-code").exit_code == 0
    moves = json.loads(run("diff", report, other, "--json").output)["moves"]
    assert [(move["name"], move["steps"][0]["by"]) for move in moves] == [("step-2/sixth-part", -1.5), ("sixth", -1.5)]


def test_two_runs_of_a_portfolio_are_compared_report_by_report(report: Path, tmp_path: Path) -> None:
    path = tmp_path / "several.yaml"
    path.write_text("title: Several\nreport: sample.ipynb\nruns:\n  - {id: a, n: 1}\n  - {id: b, n: 2}\n", encoding="utf-8")
    assert run("run", path, "--out", "first").exit_code == 0
    path.write_text(
        "title: Several\nreport: sample.ipynb\nruns:\n  - {id: a, n: 1}\n  - {id: b, n: 3}\n  - {id: c, n: 1}\n", encoding="utf-8"
    )
    assert run("run", path, "--out", "second").exit_code == 0
    verified = run("verify", "first/several")
    assert (verified.exit_code, verified.output.count("the same, byte for byte")) == (0, 2)
    shown = run("diff", "first/several", "second/several")
    assert "Several: 2 reports on both sides, 1 without change, 1 changed." in shown.output
    assert "c: was not there -> completed" in shown.output
    assert "b: Sample: 2 moved of 2 facts." in shown.output
    assert run("diff", "first/several", report).exit_code == 2
