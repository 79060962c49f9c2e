"""One release, every index, and why they differ."""

from __future__ import annotations

import pytest

from openstrat.analysis.releases.profile import Index, Profile, ReleaseTables, WhyDiffer, index_disagreement, profile
from openstrat.errors import UnknownNameError
from openstrat.tables.store import read_table


def shipped() -> ReleaseTables:
    return ReleaseTables(**{name: read_table(name) for name in ReleaseTables.__dataclass_fields__})


def profiled(release_id: str) -> Profile:
    return profile(release_id, shipped())


def test_kimi_k2_is_open_by_the_rule_and_limited_by_the_record_because_a_display_duty_is_no_restriction() -> None:
    found = profiled("kimi-k2")
    difference = next(item for item in found.differences if item.other_index == Index.RECORD)
    assert (difference.open_index, difference.reasons) == (Index.RULE, (WhyDiffer.QUESTION,))
    assert "it asks for notices, display" in difference.sentence


def test_a_complete_license_says_nothing_about_completeness() -> None:
    found = profiled("falcon-40b")
    assert found.reading(Index.RULE).is_open is True
    assert found.reading(Index.MOF).is_open is False
    difference = next(item for item in found.differences if item.other_index == Index.MOF)
    assert WhyDiffer.PARTS in difference.reasons


def test_an_index_that_graded_a_sibling_says_so() -> None:
    assert profiled("olmo-7b").reading(Index.CHAT_INDEX).looked_at == "OLMo 7B Instruct"


def test_a_score_of_another_flagship_is_not_passed_off_as_the_releases_own() -> None:
    own = profiled("deepseek-r1").reading(Index.TRANSPARENCY)
    other = profiled("deepseek-v3").reading(Index.TRANSPARENCY)
    assert own.value.startswith("32 of 100")
    assert "this release" in own.value
    assert "not this release" not in own.value
    assert "not this release" in other.value
    assert other.looked_at == "DeepSeek-R1"


def test_a_company_without_a_score_has_a_blank() -> None:
    assert profiled("kimi-k2").reading(Index.TRANSPARENCY).value == ""


def test_disclosure_takes_no_side_on_open_or_not() -> None:
    assert {profiled(release_id).reading(Index.TRANSPARENCY).is_open for release_id in ("deepseek-r1", "gpt-4")} == {None}


def test_disagreement_counts_add_up_and_name_the_releases() -> None:
    tables = shipped()
    pairs = index_disagreement(profile(release_id, tables) for release_id in ("kimi-k2", "olmo-7b", "llama-4-maverick"))
    assert (pairs["n_agree"] + pairs["n_differ"] == pairs["n_both"]).all()
    pair = pairs[(pairs["first"] == "license_rule") & (pairs["second"] == "osi_list")].iloc[0]
    assert (pair["n_agree"], pair["only_first_open"], pair["only_second_open"]) == (2, "kimi-k2", "")


def test_an_unknown_release_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="openstrat release list"):
        profiled("no-such-release")
