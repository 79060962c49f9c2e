"""What contribution terms let a steward do alone, on changes that happened and on generated ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.analysis.licenses.findings import Finding, Verdict
from openstrat.analysis.licenses.relicensing_rights import can_relicense, possible_terms
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.models_projects import CONTRIBUTION_AGREEMENTS
from openstrat.tables.store import read_table

FORMS = sorted(read_table("contribution_terms")["contribution_terms_id"])
LICENSES = ["MIT", "Apache-2.0", "MPL-2.0", "GPL-3.0-only", "AGPL-3.0-only", "BUSL-1.1", "SSPL-1.0", "LicenseRef-RSALv2"]


def ask(form: str, old: str, new: str, share_outside: float = 0.3) -> Finding:
    return can_relicense(
        form,
        old,
        new,
        share_outside,
        contribution_terms=read_table("contribution_terms"),
        terms=read_table("license_terms"),
        compatibility_clauses=read_table("compatibility_clauses"),
    )


def test_under_a_sign_off_copyleft_needs_every_holder() -> None:
    # AGPL to SSPL, as MongoDB did in 2018 with an agreement in hand
    found = ask("dco-1-1", "AGPL-3.0-only", "SSPL-1.0")
    assert found.verdict is Verdict.NO
    assert "30%" in found.resolves


def test_with_a_broad_license_agreement_the_steward_goes_alone() -> None:
    assert ask("google-cla", "AGPL-3.0-only", "SSPL-1.0").verdict is Verdict.YES
    assert ask("harmony-cla-option-5", "MPL-2.0", "BUSL-1.1").verdict is Verdict.YES


def test_permissive_contributions_fit_into_a_whole_under_new_terms_but_stay_what_they_are() -> None:
    # BSD to RSALv2, as Redis did in 2024
    found = ask("inbound-outbound", "BSD-3-Clause", "LicenseRef-RSALv2")
    assert found.verdict is Verdict.PARTLY
    assert "BSD-3-Clause" in found.reason


def test_file_copyleft_without_an_agreement_bars_the_change_that_terraform_made() -> None:
    assert ask("dco-1-1", "MPL-2.0", "BUSL-1.1").verdict is Verdict.NO


def test_bounded_agreements_ask_for_a_look_at_their_terms() -> None:
    assert ask("apache-icla", "Apache-2.0", "BUSL-1.1").verdict is Verdict.DEPENDS
    assert ask("fsf-assignment", "GPL-3.0-only", "AGPL-3.0-only").verdict is Verdict.DEPENDS


def test_the_narrow_option_gives_no_more_than_a_sign_off() -> None:
    assert ask("harmony-cla-option-1", "GPL-3.0-only", "MIT").verdict is ask("dco-1-1", "GPL-3.0-only", "MIT").verdict


@given(st.sampled_from(FORMS), st.sampled_from(LICENSES), st.sampled_from(LICENSES))
def test_who_holds_everything_decides_alone_and_published_versions_stay(form: str, old: str, new: str) -> None:
    found = ask(form, old, new, 0)
    assert found.verdict is Verdict.YES
    assert "already published" in found.reason


@given(st.sampled_from(FORMS), st.sampled_from(LICENSES), st.sampled_from(LICENSES))
def test_every_answer_names_the_agreement_and_its_sources(form: str, old: str, new: str) -> None:
    found = ask(form, old, new)
    assert found.clauses[0].license_id == form
    assert found.source_ids


def test_every_entry_of_the_projects_table_leads_to_a_form() -> None:
    forms = read_table("contribution_terms")
    found = {agreement: possible_terms(agreement, forms) for agreement in CONTRIBUTION_AGREEMENTS}
    assert found["dco"] == ("dco-1-1",)
    assert found["none_seen"] == ("inbound-outbound",)
    assert len(found["cla"]) > 1


@pytest.mark.parametrize("share", [-0.1, 1.1, float("nan")])
def test_a_share_outside_zero_to_one_is_refused(share: float) -> None:
    with pytest.raises(InputError, match="between 0 and 1"):
        ask("dco-1-1", "MIT", "Apache-2.0", share)


def test_unknown_terms_are_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="dco-1-1"):
        ask("dco", "MIT", "Apache-2.0")
