"""The fifteen fields: what is typed, what it means, and what earlier case files are told."""

from __future__ import annotations

import copy

import pytest

from openstrat.cases.checklist_fields import FIELDS, checklist_from, filled_fields, moat_and_text, typed_of
from openstrat.cases.load import case_path, load_case, parse_case, shipped_cases
from openstrat.cases.schema import Checklist, Money
from openstrat.collect.documents import load_yaml
from openstrat.errors import CaseError


def test_the_checklist_has_fifteen_fields_in_the_order_of_the_questions() -> None:
    assert [f"{field.concept_id} {field.name}" for field in FIELDS] == [
        "CK1 sentences",
        "CK1 price",
        "CK1 paying_share",
        "CK2 assets",
        "CK2 why_hard_to_copy",
        "CK2 rebuild_months",
        "CK3 group",
        "CK3 success_metric",
        "CK3 target",
        "CK4 what_remains",
        "CK4 scenario",
        "CK5 fte",
        "CK5 years",
        "CK5 owner",
        "CK5 deprecation_policy",
    ]
    assert all(field.label and field.help for field in FIELDS)


@pytest.mark.parametrize(
    ("block", "field", "value", "now"),
    [
        ("money", "payer", "firms", "checklist.money.sentences: name there who pays"),
        ("money", "unit", "seat", "checklist.money.price: write the unit with the price"),
        ("first_adopters", "by_when", "2027-Q2", "checklist.first_adopters.target: write number and date together"),
        ("maintenance", "budget_musd", 2.0, "checklist.maintenance.fte and years"),
        ("maintenance", "security_contact", "security@ address", "measures.governance.security_contact"),
    ],
)
def test_a_field_of_an_earlier_case_file_is_told_where_it_moved(block: str, field: str, value: object, now: str) -> None:
    document = copy.deepcopy(load_yaml(case_path("case-vertical-legal")))
    document["checklist"][block][field] = value  # type: ignore[index]
    with pytest.raises(CaseError, match="1 problem") as caught:
        parse_case(document, name="old.yaml")
    assert f"checklist.{block}.{field}: moved to {now}" in str(caught.value)


def test_the_moved_security_contact_is_read_at_its_new_place() -> None:
    document = load_yaml(case_path("case-vertical-legal"))
    measures = {**document.get("measures", {}), "governance": {"security_contact": "SECURITY.md"}}  # type: ignore[dict-item]
    assert parse_case(document | {"measures": measures}, name="new.yaml").measures.governance.security_contact == "SECURITY.md"


def test_an_entry_may_begin_with_a_moat_and_an_unknown_moat_is_refused() -> None:
    assert moat_and_text("MO3: hosted reliability") == ("MO3", "hosted reliability")
    assert moat_and_text("hosted: reliably") == (None, "hosted: reliably")
    document = copy.deepcopy(load_yaml(case_path("case-vertical-legal")))
    document["checklist"]["funded_fork"]["what_remains"] = ["MO9: luck"]  # type: ignore[index]
    with pytest.raises(CaseError, match=r"checklist.funded_fork.what_remains: 'MO9' is not one of MO1, MO2"):
        parse_case(document, name="bad.yaml")


@pytest.mark.parametrize("name", shipped_cases())
def test_what_a_shipped_case_answers_can_be_typed_and_names_an_owner(name: str) -> None:
    given = load_case(name).checklist
    assert checklist_from(typed_of(given)) == (given, {})
    assert given.maintenance.owner
    assert len(filled_fields(given)) >= 12


@pytest.mark.parametrize(("typed", "share"), [("1.5 %", 0.015), ("1.5%", 0.015), ("0.015", 0.015), (" ", None)])
def test_a_share_may_be_typed_as_a_percentage(typed: str, share: float | None) -> None:
    checklist, problems = checklist_from({"checklist.money.paying_share": typed})
    assert (checklist.money.paying_share, problems) == (share, {})


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("checklist.money.paying_share", "150 %", "Allowed: at most 1; write 0.015 or 1.5 %."),
        ("checklist.money.paying_share", "few", "'few' is not a number; write 0.015 or 1.5 %."),
        ("checklist.maintenance.fte", "-1", "Allowed: at least 0."),
        ("checklist.maintenance.fte", "inf", "'inf' is not a number; write a plain number such as 12."),
        ("checklist.first_adopters.group", "us", "Allowed: at least 3 characters an entry."),
        ("checklist.held_back.assets", "the control plane\nit", "Allowed: at least 3 characters an entry."),
    ],
)
def test_what_is_not_allowed_is_named_and_the_rest_is_kept(path: str, typed: str, said: str) -> None:
    checklist, problems = checklist_from({"checklist.money.sentences": "Firms pay.\n\nPer seat.", path: typed})
    assert problems == {path: said}
    assert checklist == Checklist(money=Money(sentences=["Firms pay.", "Per seat."]))
