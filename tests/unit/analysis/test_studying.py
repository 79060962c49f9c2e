"""Questions about license changes, asked of the shipped tables."""

from __future__ import annotations

import pytest

import openstrat
from openstrat.errors import InputError, UnknownNameError


def test_a_change_whose_history_was_not_read_is_told_from_one_that_does_not_exist() -> None:
    with pytest.raises(InputError, match="the history of mongodb/mongo was not read"):
        openstrat.studied_change_of("mongodb-2018")
    with pytest.raises(UnknownNameError, match="redis-2024"):
        openstrat.studied_change_of("redis2024")


def test_all_changes_are_asked_for_by_one_word() -> None:
    assert openstrat.studied_change_of("all") is None


def test_a_series_is_a_share_of_the_mean_that_the_study_gives() -> None:
    asked = openstrat.study_of("terraform-2023")
    rows = openstrat.series_of(asked).set_index("months_since_event")
    assert list(rows.index) == list(range(-24, 25))
    assert rows.loc[-12:-1, "share"].mean() == pytest.approx(1)
    assert rows.loc[1:12, "share"].mean() - 1 == pytest.approx(asked.estimates[0].own.change)


def test_the_band_of_donors_goes_on_where_the_project_has_no_record() -> None:
    rows = openstrat.series_of(openstrat.study_of("elasticsearch-2021")).set_index("months_since_event")
    assert rows.loc[1:12, "share"].isna().all()
    assert (rows.loc[1:12, "n_donors"] == 13).all()
    assert (rows["donor_low"] <= rows["donor_high"]).all()


def test_happenings_are_those_that_the_study_itself_names() -> None:
    for change in ("redis-2024", "terraform-2023", "cortex-mimir"):
        asked = openstrat.study_of(change)
        named = set(asked.estimates[0].cannot_identify)
        assert named - set(openstrat.happened_of(asked)["sentence"]) == {
            "What else happened in these months, known or not, is in the figure too."
        }


def test_counting_repeats_the_numbers_of_the_study_for_its_own_measures() -> None:
    asked = openstrat.study_of("redis-2024")
    estimate = asked.estimates[0]
    rows = openstrat.counting_of(asked).set_index("measure")
    assert estimate.comparison is not None
    assert rows.loc["n_active_authors", "did"] == pytest.approx(estimate.comparison.did)
    assert estimate.authors_comparison is not None
    assert rows.loc["n_authors_12m", "p"] == pytest.approx(estimate.authors_comparison.p_two_sided)


def test_published_findings_are_those_on_forks_that_answered_the_change() -> None:
    found = openstrat.findings_of(openstrat.study_of("terraform-2023"))
    assert {"carried-over-opentofu", "terraform-people-before"} <= set(found["finding_id"])
    assert not found["finding_id"].str.contains("valkey|redis|elasticsearch").any()
