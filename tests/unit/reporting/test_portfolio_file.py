"""A portfolio file: lists and grids of parameters, several reports, names of outputs, and what is refused before anything starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from openstrat.errors import DocumentError, InputError
from openstrat.reporting.portfolio import MAX_RUNS, load_portfolio, plan_portfolio


def written(folder: Path, text: str) -> Path:
    path = folder / "several.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def slugs(folder: Path, text: str) -> list[str]:
    return [plan.slug for plan in plan_portfolio(load_portfolio(written(folder, text)), out=folder / "out")]


def test_a_grid_makes_every_combination(tmp_path: Path) -> None:
    text = "report: economics\ngrid:\n  case: [case-frontier-lab, case-public-lab]\n  seed: [1, 2]\n"
    runs = load_portfolio(written(tmp_path, text)).runs
    assert [run.parameters for run in runs] == [
        {"case": "case-frontier-lab", "seed": "1"},
        {"case": "case-frontier-lab", "seed": "2"},
        {"case": "case-public-lab", "seed": "1"},
        {"case": "case-public-lab", "seed": "2"},
    ]
    assert slugs(tmp_path, text) == [
        "economics--case-frontier-lab--seed-1",
        "economics--case-frontier-lab--seed-2",
        "economics--case-public-lab--seed-1",
        "economics--case-public-lab--seed-2",
    ]


def test_a_grid_multiplies_named_runs(tmp_path: Path) -> None:
    text = "report: economics\ngrid: {seed: [1, 2]}\nruns:\n  - {id: lab, case: case-frontier-lab}\n"
    assert slugs(tmp_path, text) == ["lab--seed-1", "lab--seed-2"]


def test_several_reports_share_the_runs(tmp_path: Path) -> None:
    text = "reports: [economics, strategy-brief]\nruns:\n  - {id: lab, case: case-frontier-lab}\n"
    assert slugs(tmp_path, text) == ["economics--lab", "strategy-brief--lab"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("report: economics\nreports: [economics]\nruns: [{seed: 1}]\n", "both 'report' and 'reports' are given"),
        ("reports: economics\nruns: [{seed: 1}]\n", "'reports' is 'economics'. Allowed: a list"),
        ("report: economics\n", "'runs' is missing"),
        ("report: economics\ngrid: {seed: 7}\n", "grid 'seed' is '7'. Allowed: a list"),
        ("report: economics\ngrid: {seed: []}\n", "grid 'seed' is []"),
        ("report: economics\ngrid: {seed: [1]}\nruns: [{seed: 2}]\n", "'seed' is given here and in 'grid'"),
        ("report: economics\ngird: {seed: [1]}\n", "Did you mean 'grid'?"),
    ],
)
def test_a_faulty_file_says_what_is_allowed(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_portfolio(written(tmp_path, text))
    assert said in str(caught.value)


def test_a_grid_beyond_all_measure_is_refused(tmp_path: Path) -> None:
    values = ", ".join(map(str, range(101)))
    with pytest.raises(DocumentError, match=f"10,201 runs. Allowed: {MAX_RUNS:,}"):
        load_portfolio(written(tmp_path, f"report: economics\ngrid:\n  seed: [{values}]\n  n_draws: [{values}]\n"))


def test_an_unknown_report_is_named_before_any_run(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"several.yaml: Unknown report 'economicz'. Did you mean 'economics'"):
        plan_portfolio(load_portfolio(written(tmp_path, "report: economicz\nruns: [{seed: 1}]\n")), out=tmp_path)


def test_every_bad_point_of_a_grid_is_listed_up_to_twenty(tmp_path: Path) -> None:
    values = ", ".join(f"x{number}" for number in range(23))
    with pytest.raises(InputError) as caught:
        plan_portfolio(load_portfolio(written(tmp_path, f"report: economics\ngrid: {{seed: [{values}]}}\n")), out=tmp_path)
    assert "run 20: 1 bad parameter" in str(caught.value)
    assert "And 3 more problems." in str(caught.value)
