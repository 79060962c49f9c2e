"""What a release is called against its terms (MI1)."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.releases.claims import ClaimVerdict, Conduct, check_claim, check_claims
from openstrat.analysis.releases.positions import ReleasePosition, place_release
from openstrat.errors import UnknownNameError
from openstrat.tables.release_vocabulary import Claim
from openstrat.tables.store import read_table


def position(release_id: str) -> ReleasePosition:
    tables = (read_table(name) for name in ("release_components", "license_terms", "licenses"))
    return place_release(release_id, *tables, run_code=read_table("run_code"))


def claimed(release_id: str, claim: str, said_by: str = "publisher") -> pd.DataFrame:
    row = {"release_id": release_id, "claim": claim, "said_by": said_by, "stated_in": "By hand", "source_ids": "by-hand-source"}
    return pd.DataFrame([row])


@pytest.mark.parametrize("release_id", ["llama-4-maverick", "falcon-3-10b", "dbrx-base", "deepseek-v3"])
def test_called_open_source_under_terms_that_restrict_is_flagged_with_the_clause(release_id: str) -> None:
    check = check_claim(position(release_id), read_table("release_claims"))
    assert check.verdict == ClaimVerdict.FLAG
    assert len(check.clause) > 20


@pytest.mark.parametrize("release_id", ["olmo-7b", "olmo-2-32b", "mistral-7b-v0-1", "gpt-oss-120b", "kimi-k2"])
def test_open_releases_are_not_flagged(release_id: str) -> None:
    assert check_claim(position(release_id), read_table("release_claims")).verdict != ClaimVerdict.FLAG


def test_olmo_may_call_itself_open_source() -> None:
    assert check_claim(position("olmo-7b"), claimed("olmo-7b", "open_source")).verdict == ClaimVerdict.CONSISTENT


def test_open_source_without_the_training_data_is_a_note_on_the_definition() -> None:
    check = check_claim(position("deepseek-r1"), claimed("deepseek-r1", "open_source"))
    assert check.verdict == ClaimVerdict.NOTE
    assert "Open Source AI Definition" in check.reasons[0]


@pytest.mark.parametrize(
    ("release_id", "claim", "verdict"),
    [
        ("llama-4-maverick", "open_weights", ClaimVerdict.CONSISTENT),
        ("llama-4-maverick", "open_model", ClaimVerdict.NOTE),
        ("deepseek-r1", "open_model", ClaimVerdict.CONSISTENT),
        ("gpt-4", "open_weights", ClaimVerdict.FLAG),
        ("gpt-4", "none_found", ClaimVerdict.NO_CLAIM),
    ],
)
def test_weaker_words_are_measured_by_what_they_say(release_id: str, claim: str, verdict: ClaimVerdict) -> None:
    assert check_claim(position(release_id), claimed(release_id, claim)).verdict == verdict


def test_a_reported_claim_is_marked_as_such() -> None:
    check = check_claim(position("llama-4-maverick"), claimed("llama-4-maverick", "open_source", "report"))
    assert "reported by others" in check.reasons[-1]


def test_the_strongest_claim_counts() -> None:
    both = pd.concat([claimed("llama-4-maverick", "open_weights"), claimed("llama-4-maverick", "open_source")])
    assert check_claim(position("llama-4-maverick"), both).claim == Claim.OPEN_SOURCE


def test_conduct_that_is_not_known_stays_unknown() -> None:
    check = check_claim(position("olmo-7b"), claimed("olmo-7b", "open_source"))
    assert check.unknown == ("changes by outsiders", "changes after launch")


@pytest.mark.parametrize("conduct", [Conduct(n_outside_changes=0), Conduct(n_changes_after_launch=0)])
def test_open_source_without_outsiders_or_without_change_after_launch_is_flagged(conduct: Conduct) -> None:
    assert check_claim(position("olmo-7b"), claimed("olmo-7b", "open_source"), conduct).verdict == ClaimVerdict.FLAG


def test_conduct_with_changes_raises_no_flag() -> None:
    conduct = Conduct(n_outside_changes=12, n_changes_after_launch=40)
    check = check_claim(position("olmo-7b"), claimed("olmo-7b", "open_source"), conduct)
    assert (check.verdict, check.unknown) == (ClaimVerdict.CONSISTENT, ())


def test_a_release_without_a_recorded_claim_is_not_judged() -> None:
    assert check_claim(position("whisper"), read_table("release_claims")).verdict == ClaimVerdict.NO_CLAIM


def test_a_claim_for_a_release_without_position_is_an_error() -> None:
    with pytest.raises(UnknownNameError, match="olmo-7b"):
        check_claims({}, claimed("olmo-7b", "open_source"))
