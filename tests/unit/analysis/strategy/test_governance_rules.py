"""Governance rules on stated and measured facts."""

import pytest

from openstrat.analysis.strategy import governance
from openstrat.analysis.strategy.governance import AgreementTerms, Indicators, concentration_index
from openstrat.cases.measures import GovernanceFacts

OPENTOFU = Indicators("opentofu/opentofu", "2026-08-20", 951, 1, 0.995, None, None, ("git",))
GEMMA = Indicators("google-deepmind/gemma", "2026-07-01", 86, 4, 0.0, "google.com", 0.977, ("git",))
MIXED_FORMS = AgreementTerms(8, 3, ("forms",))


@pytest.mark.parametrize(
    ("half", "top", "index"),
    [(1, None, 1.0), (4, 0.977, 0.977), (11, 0.2, 0.2), (2, 0.1, 0.5), (None, 0.3, 0.3), (None, None, None)],
)
def test_concentration_is_the_larger_of_person_and_organization(half, top, index):
    assert concentration_index(half, top) == index


@pytest.mark.parametrize(("half", "answer"), [(1, "no"), (2, "no"), (3, "partly"), (4, "yes"), (11, "yes")])
def test_who_decides_by_how_many_people_it_takes(half, answer):
    assert governance.who_decides(GovernanceFacts(authors_for_half=half)).answer == answer


def test_a_foundation_label_is_no_proof_of_spread():
    finding = governance.who_decides(GovernanceFacts(), OPENTOFU, label="foundation")
    assert (finding.answer, finding.value, finding.n) == ("no", 1.0, 951)
    assert governance.LABEL in finding.caveats


def test_one_organization_is_concentration_too():
    assert governance.who_decides(GovernanceFacts(), GEMMA).value == 0.977


def test_stated_facts_come_before_measured_ones():
    finding = governance.who_decides(GovernanceFacts(authors_for_half=5), OPENTOFU)
    assert (finding.basis, finding.value) == ("stated", 0.2)


def test_nothing_given_is_unknown_in_all_four():
    findings = governance.governance_findings(GovernanceFacts())
    assert [(item.concept_id, item.answer.value) for item in findings] == [(f"CG{n}", "unknown") for n in (1, 2, 3, 4)]
    assert all(item.asks for item in findings)


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"trademark_owner": "the vendor", "has_trademark_policy": True, "has_conformity_rule": True}, "yes"),
        ({"trademark_owner": "the vendor", "has_trademark_policy": False, "has_conformity_rule": False}, "partly"),
        ({"trademark_owner": "the vendor"}, "unknown"),
    ],
)
def test_the_name_needs_owner_policy_and_rule(facts, answer):
    assert governance.name_and_code(GovernanceFacts(**facts)).answer == answer


@pytest.mark.parametrize(
    ("facts", "terms", "answer"),
    [
        ({"contribution_agreement": "none"}, None, "yes"),
        ({"contribution_agreement": "dco", "signoff_share": 0.6}, None, "yes"),
        ({"contribution_agreement": "dco", "signoff_share": 0.59}, None, "partly"),
        ({"contribution_agreement": "dco"}, None, "unknown"),
        ({"contribution_agreement": "cla"}, MIXED_FORMS, "partly"),
        ({"contribution_agreement": "cla"}, AgreementTerms(2, 2, ()), "no"),
        ({"contribution_agreement": "cla"}, AgreementTerms(2, 0, ()), "partly"),
    ],
)
def test_contributing_is_easy_without_agreement_or_with_an_enforced_sign_off(facts, terms, answer):
    assert governance.contribution_friction(GovernanceFacts(**facts), terms=terms).answer == answer


def test_an_agreement_raises_the_exposure_to_relicensing():
    finding = governance.contribution_friction(GovernanceFacts(contribution_agreement="cla"), terms=MIXED_FORMS)
    assert governance.EXPOSURE in finding.caveats


@pytest.mark.parametrize(
    ("facts", "answer"),
    [
        ({"boundary_is_written": True, "features_moved_to_paid": 0}, "yes"),
        ({"boundary_is_written": True, "features_moved_to_paid": 2, "boundary_notice_days": 180}, "yes"),
        ({"boundary_is_written": True, "features_moved_to_paid": 2, "boundary_notice_days": 10}, "partly"),
        ({"boundary_is_written": True, "features_moved_to_paid": 2}, "unknown"),
        ({"boundary_is_written": False, "features_moved_to_paid": 2, "boundary_notice_days": 10}, "no"),
    ],
)
def test_the_boundary_is_written_and_kept(facts, answer):
    assert governance.commercial_boundary(GovernanceFacts(**facts)).answer == answer
