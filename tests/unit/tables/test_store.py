"""Loading: nothing is guessed, and damage is noticed before use."""

import json
import shutil

import pytest

from openstrat import resources
from openstrat.errors import DataError, UnknownNameError
from openstrat.tables import store
from openstrat.tables.cells import license_ids_in, split_list
from openstrat.tables.export import defused
from openstrat.tables.integrity import validate

KINDS = {"license_id": "text", "version": "text", "n": "integer", "is_open": "boolean", "month": "month"}
TRAPS = ["NA", "1.10", "12e4567", "no", "007", "12:30", "null", "None", "nan", "TRUE"]


@pytest.mark.parametrize("trap", TRAPS)
def test_text_comes_back_as_it_stands(tmp_path, trap):
    path = tmp_path / "table.csv"
    path.write_text(f"license_id,version,n,is_open,month\n{trap},{trap},1,true,2024-03\n", encoding="utf-8")
    frame = store.read_csv(path, KINDS)
    assert frame.loc[0, ["license_id", "version"]].tolist() == [trap, trap]
    assert frame["month"].dt.strftime("%Y-%m-%d").tolist() == ["2024-03-01"]


def test_only_an_empty_cell_is_unknown(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("license_id,version,n,is_open,month\nMIT,,,,\n", encoding="utf-8")
    assert store.read_csv(path, KINDS).isna().iloc[0].tolist() == [False, True, True, True, True]


def test_windows_files_read_the_same(tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes("\ufefflicense_id,version,n,is_open,month\r\nMIT,1.10,2,false,2024-03\r\n".encode())
    assert store.read_csv(path, KINDS)["version"].tolist() == ["1.10"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"license_id,version\nMIT,1\n", "missing columns: n, is_open, month"),
        (b"version,license_id,n,is_open,month\n", "columns are in another order"),
        (b"license_id,version,n,is_open,month\nMIT,1,many,true,2024-03\n", "a cell does not fit its type"),
        (b"license_id,version,n,is_open,month\nMIT,1,1,true,March 2024\n", "a cell does not fit its type"),
        (b"", "table.csv is empty"),
        ("license_id,ver\u00e9\n".encode("latin-1"), "table.csv is not UTF-8"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_by_name(tmp_path, content, message):
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        store.read_csv(path, KINDS)


def test_every_flipped_byte_and_every_cut_is_noticed(tmp_path):
    entry = store.resource("family_licenses")
    content = resources.data_path(entry["path"]).read_bytes()
    path = tmp_path / "family_licenses.csv"
    for place in range(0, len(content), 7):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert "at least one byte was changed" in store.integrity_problem(path, entry)
    for line in range(content.count(b"\n")):
        path.write_bytes(b"\n".join(content.split(b"\n")[:line]))
        assert "was cut or changed" in store.integrity_problem(path, entry)


def test_an_unknown_table_suggests_the_right_one():
    with pytest.raises(UnknownNameError, match="Did you mean 'licenses'"):
        store.read_table("licences")


def test_a_change_to_a_loaded_frame_does_not_reach_the_next_caller():
    first = store.read_table("licenses")
    first.loc[0, "name"] = "changed"
    assert store.read_table("licenses").loc[0, "name"] != "changed"


def test_lists_and_license_expressions_are_split():
    assert split_list("code; weights") == ["code", "weights"]
    assert license_ids_in("LicenseRef-RSALv2 OR (SSPL-1.0 AND MIT)") == ["LicenseRef-RSALv2", "SSPL-1.0", "MIT"]


@pytest.fixture
def data_copy(tmp_path):
    return shutil.copytree(resources.data_path(), tmp_path / "data")


def violations(data):
    return [str(violation) for result in validate(data) for violation in result.violations]


def test_the_shipped_data_hold():
    results = validate(resources.data_path())
    assert [str(violation) for result in results for violation in result.violations] == []
    assert {result.table: result.n_rows for result in results} == {
        entry["name"]: entry["rows"] for entry in store.descriptor()["resources"]
    }


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("licenses/license_thresholds.csv", "LicenseRef-Llama-2,", "LicenseRef-Llama-99,", "no such license_terms.license_id"),
        ("guidance/family_licenses.csv", "permissive,code", "permisive,code", "isin"),
        ("guidance/family_licenses.csv", "openstrat-curators", "nobody", "no such sources.source_id"),
        ("guidance/family_licenses.csv", "permissive,weights", "permissive,code", "key stands twice"),
        ("economics/assumptions.csv", "0.005", "1.5e", "not written as"),
    ],
)
def test_a_wrong_cell_is_named_with_table_line_and_rule(data_copy, table, old, new, expected):
    path = data_copy / table
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    found = violations(data_copy)
    assert any(expected in line and "line" in line for line in found), found


def test_the_descriptor_is_what_the_models_say():
    from openstrat.tables.package import build_descriptor

    assert json.loads(json.dumps(build_descriptor(resources.data_path()))) == store.descriptor()


def test_frictionless_accepts_the_package():
    from frictionless import Package

    report = Package(str(resources.data_path("datapackage.json"))).validate()
    assert report.flatten(["title", "note"]) == []


def test_formulas_are_defused_for_spreadsheets():
    import pandas as pd

    frame = pd.DataFrame({"text": ["=1+1", "+1", "-1", "@x", "\tx", "plain"], "number": [-1, 2, 3, 4, 5, 6]})
    assert defused(frame)["text"].tolist() == ["'=1+1", "'+1", "'-1", "'@x", "'\tx", "plain"]
    assert defused(frame)["number"].tolist() == [-1, 2, 3, 4, 5, 6]
