"""The checklist form driven from code: it starts, judges at every change, saves, resumes, and never loses what was typed."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from openstrat.cases.load import case_path, load_case
from openstrat.errors import UnknownNameError
from openstrat.present.explorers import ChecklistForm, checklist_form

CASE = "case-opencore-tooling"
TARGET = "checklist.first_adopters.target"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "my-checklist.yaml"


@pytest.fixture
def form(own: Path) -> ChecklistForm:
    return checklist_form(CASE, file=str(own))


def view(form: ChecklistForm) -> str:
    """What stands beside the fields, as text."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", form.children[1].children[1].children[0].value)).split())


def states(form: ChecklistForm) -> list[str]:
    return [check.state.value for check in form.review.checks]


def test_it_starts_from_the_case_with_fifteen_labeled_fields_and_writes_nothing(form: ChecklistForm, own: Path) -> None:
    assert len(form.controls) == 15
    assert all(control.description and control.tooltip for control in form.controls.values())
    assert "13 of 15 fields filled" in view(form)
    assert "Next: Target and date." in view(form)
    assert not own.exists()


def test_a_change_is_judged_at_once_with_reason_base_rate_and_flips(form: ChecklistForm) -> None:
    assert states(form)[2] == "unclean"
    form.controls[TARGET].value = "400 of them by 2027-Q2"
    assert states(form)[2] == "clean"
    assert "14 of 15 fields filled" in view(form)
    form.controls["checklist.first_adopters.success_metric"].value = "stars"
    assert "The measure counts attention: 'stars' (word-list check)." in view(form)
    assert "Base rate: Among 35 much-starred projects the rank correlation of stars and downloads is 0.02. (n = 35)" in view(form)
    assert "What would change the verdict" in view(form)


def test_a_blank_answer_is_missing_and_not_unclean(form: ChecklistForm) -> None:
    for path, control in form.controls.items():
        if path.startswith("checklist.maintenance."):
            control.value = ""
    assert states(form)[4] == "missing"
    assert "○ missing CK5" in view(form)


def test_accepting_the_loss_in_writing_removes_that_reason(form: ChecklistForm) -> None:
    assert "nobody accepts that loss in writing" in view(form)
    form.controls["checklist.funded_fork.scenario"].value = "a hyperscaler vendors the core; the board accepts this loss"
    assert "nobody accepts that loss in writing" not in view(form)


def test_another_option_is_judged_when_it_is_chosen(form: ChecklistForm) -> None:
    form.option.value = "everything_permissive"
    assert form.review.option == "everything_permissive"
    assert "The option opens layers that carry 80% of the moat." in view(form)


def test_saved_answers_are_there_when_the_form_is_opened_again(form: ChecklistForm, own: Path) -> None:
    form.controls[TARGET].value = "400 of them by 2027-Q2"
    form.controls["checklist.money.paying_share"].value = "1.1 %"
    form.save_button.click()
    assert form.message.value == f"<span>Saved to {own}: 14 of 15 fields filled.</span>"
    assert load_case(str(own)).checklist.first_adopters.target == "400 of them by 2027-Q2"
    again = checklist_form(CASE, file=str(own))
    assert again.controls[TARGET].value == "400 of them by 2027-Q2"
    assert again.controls["checklist.money.paying_share"].value == "0.011"
    assert f"Answers of {own} loaded." in again.message.value


def test_a_value_that_is_not_allowed_is_named_kept_and_not_saved(form: ChecklistForm, own: Path) -> None:
    form.controls["checklist.maintenance.years"].value = "two"
    assert "Not taken over Years funded: 'two' is not a number; write a plain number such as 12." in view(form)
    assert form.save() is False
    assert form.controls["checklist.maintenance.years"].value == "two"
    assert not own.exists()


def test_a_file_that_somebody_else_changed_is_left_alone_and_the_answers_stay(form: ChecklistForm, own: Path) -> None:
    assert form.save()
    theirs = own.read_text(encoding="utf-8").replace("owner: head of open source", "owner: head of product")
    own.write_text(theirs, encoding="utf-8")
    form.controls[TARGET].value = "400 of them by 2027-Q2"
    assert form.save() is False
    assert "changed by something else" in form.message.value
    assert own.read_text(encoding="utf-8") == theirs
    assert form.controls[TARGET].value == "400 of them by 2027-Q2"


def test_one_s_own_case_file_is_read_and_written_in_place(own: Path) -> None:
    own.write_bytes(case_path(CASE).read_bytes())
    form = checklist_form(str(own))
    form.controls[TARGET].value = "400 of them by 2027-Q2"
    assert form.save()
    assert load_case(str(own)).checklist.first_adopters.target == "400 of them by 2027-Q2"


def test_an_unknown_option_is_refused_with_the_nearest_one(own: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'open_core_agpl'"):
        checklist_form(CASE, file=str(own), option="open_core_agp")


def test_typed_markup_is_shown_as_text(form: ChecklistForm) -> None:
    form.controls["checklist.first_adopters.success_metric"].value = "<b>stars</b>"
    form.controls["checklist.funded_fork.what_remains"].value = "<script>alert(1)</script>"
    assert "<script" not in form.children[1].children[1].children[0].value
