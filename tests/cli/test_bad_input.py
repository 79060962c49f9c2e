"""Bad case files and bad parameters at the real command line: a clear message, exit code 2, nothing written."""

import subprocess
import sys

import pytest
import yaml

from openstrat import resources

CASE = yaml.safe_load(resources.data_path("cases", "case-frontier-lab.yaml").read_text(encoding="utf-8"))
BAD_TEXTS = {
    "empty": "",
    "a list": "- a\n- b\n",
    "not yaml": "id: [unclosed\n",
    "a tag": "id: !!python/object:os.system x\n",
    "an alias": "a: &x 1\nb: *x\n",
    "a key twice": "id: a\nid: b\n",
    "tabs": "id:\n\tx: 1\n",
}
BAD_EDITS = {
    "title": None,
    "playbook": "open-core",
    "layers": {"sdks": {"adoption_weight": 1}},
    "options": {"one": {"licenses": {}}},
    "risks": ["RK9"],
    "moats": "MO1",
    "facts": {"moat": 2},
    "checklist": {"mony": {}},
    "situation": "hosting",
    "id": "Not A Slug",
    "assumptions": {"conv": {"low": 3, "mode": 2, "high": 1, "set_by": "the CFO", "reason": "own data"}},
    "conclusion": {"recommended_option": "nothing"},
    "precedent": {"layer": "databse"},
}
BAD_PARAMETERS = [
    ("case", "no-such-case"), ("case", "no/such/file.yaml"), ("cas", "x"), ("seed", "x"), ("seed", "1.5"), ("seed", "-1"),
    ("seed", "007"), ("seed", "1e3"), ("seed", "inf"), ("seed", ""), ("seed", "99999999999"), ("as_of", "yesterday"),
    ("as_of", "2026-13-01"), ("as_of", "2026-1-1"), ("as_of", "20260101"), ("as_of", ""), ("as_of", "2030-01-01"), ("as_of", "1990-01-01"),
    ("as-of", "2026-01-01"),
    ("seed;import os", "1"), ("__class__", "1"), ("Seed", "1"),
]  # fmt: skip


def openstrat(*arguments, cwd):
    command = [sys.executable, "-m", "openstrat", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("what", [*BAD_TEXTS, *BAD_EDITS])
def test_a_bad_case_file_is_refused_by_name(tmp_path, what):
    path = tmp_path / "mine.yaml"
    edited = {key: value for key, value in (CASE | {what: BAD_EDITS.get(what)}).items() if value is not None}
    path.write_text(BAD_TEXTS.get(what, yaml.safe_dump(edited)), encoding="utf-8")
    done = openstrat("case", "check", "mine.yaml", cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "mine.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(("name", "value"), BAD_PARAMETERS)
def test_a_bad_parameter_is_refused_before_anything_is_written(tmp_path, name, value):
    done = openstrat("report", "strategy-brief", "-p", name, value, cwd=tmp_path)
    assert done.returncode == 2, done.stderr
    assert "Error: " in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
