"""Compiled columns made anew: what changes, what is added, what the curators keep."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from openstrat.collect.published_lists import read_scancode_index, read_spdx_list
from openstrat.errors import DataError
from openstrat.resources import data_path
from openstrat.tables.refresh import Refreshed, refresh_licenses, write_licenses
from openstrat.tables.store import read_table

LICENSES = read_table("licenses")
SPDX, SCANCODE = read_spdx_list().rows, read_scancode_index().rows


def refresh(licenses: pd.DataFrame = LICENSES, spdx: pd.DataFrame = SPDX, blueoak: pd.DataFrame | None = None) -> Refreshed:
    return refresh_licenses(licenses, spdx, SCANCODE, blueoak)


def changed(license_id: str, column: str, value: object) -> pd.DataFrame:
    frame = LICENSES.copy()
    frame.loc[frame["license_id"] == license_id, column] = value
    return frame


def test_the_shipped_table_is_what_the_installed_lists_give() -> None:
    assert refresh().changes.to_dict("records") == []
    assert (refresh().added, refresh().gone, refresh().is_same) == ((), (), True)
    pd.testing.assert_frame_equal(refresh().table, LICENSES)


@pytest.mark.parametrize(
    ("license_id", "column", "was", "now"),
    [
        ("MIT", "is_osi_approved", False, True),
        ("MIT", "name", "Massachusetts", "MIT License"),
        ("BUSL-1.1", "is_fsf_libre", True, None),
        ("GPL-3.0", "is_spdx_deprecated", False, True),
        ("Apache-2.0", "scancode_key", None, "apache-2.0"),
        ("LicenseRef-Llama-4", "scancode_category", "permissive", "proprietary_free"),
    ],
)
def test_a_changed_cell_is_found_named_and_put_right(license_id: str, column: str, was: object, now: object) -> None:
    refreshed = refresh(changed(license_id, column, was))
    assert refreshed.changes.to_dict("records") == [{"license_id": license_id, "column": column, "was": was, "now": now}]
    pd.testing.assert_frame_equal(refreshed.table, LICENSES)


def test_cells_of_the_curators_stay() -> None:
    frame = changed("MIT", "family", "data")
    assert refresh(frame).is_same
    assert refresh(frame).table.set_index("license_id").at["MIT", "family"] == "data"


def test_a_removed_row_comes_back_as_new_in_its_place_with_nothing_judged() -> None:
    refreshed = refresh(LICENSES[LICENSES["license_id"] != "Zed"])
    row = refreshed.table.set_index("license_id").loc["Zed"]
    assert (refreshed.added, refreshed.is_same) == (("Zed",), False)
    assert list(refreshed.table["license_id"]) == list(LICENSES["license_id"])
    assert (row["name"], row["is_spdx_listed"], row["has_terms"], row["confidence"]) == ("Zed License", True, False, "secondary")
    assert row["source_ids"] == "spdx-license-list; scancode-license-index"
    assert pd.isna(row["family"])


def test_a_license_that_left_the_spdx_list_is_reported_and_kept() -> None:
    refreshed = refresh(spdx=SPDX[SPDX["license_id"] != "MIT"])
    assert refreshed.gone == ("MIT",)
    pd.testing.assert_frame_equal(refreshed.table, LICENSES)


def test_an_unlisted_license_that_spdx_takes_up_becomes_listed() -> None:
    row = {
        "license_id": "LicenseRef-Llama-4",
        "name": "Llama",
        "is_spdx_deprecated": False,
        "is_osi_approved": False,
        "is_fsf_libre": False,
    }
    refreshed = refresh(spdx=pd.concat([SPDX, pd.DataFrame([row])]))
    assert refreshed.table.set_index("license_id").at["LicenseRef-Llama-4", "is_spdx_listed"]
    assert set(refreshed.changes["column"]) == {"name", "is_spdx_listed", "is_spdx_deprecated", "source_ids"}


def test_without_a_blue_oak_list_ratings_stay_and_with_one_they_follow_it() -> None:
    rated = LICENSES.dropna(subset=["blueoak_rating"])[["license_id", "blueoak_rating"]]
    assert refresh(blueoak=rated).is_same
    fewer = refresh(blueoak=rated[rated["license_id"] != "MIT"])
    assert fewer.changes.to_dict("records") == [{"license_id": "MIT", "column": "blueoak_rating", "was": "silver", "now": None}]


def test_the_table_is_written_byte_for_byte_as_it_ships(tmp_path: Path) -> None:
    written = write_licenses(LICENSES, tmp_path / "licenses.csv")
    assert written.read_bytes() == data_path("licenses", "licenses.csv").read_bytes()


def test_a_value_that_the_model_does_not_know_is_refused_before_writing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"blueoak_rating 'platinum'"):
        write_licenses(changed("MIT", "blueoak_rating", "platinum"), tmp_path / "licenses.csv")
    assert list(tmp_path.iterdir()) == []
