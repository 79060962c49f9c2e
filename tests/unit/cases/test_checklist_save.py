"""Answers written back into a case file: only their block changes, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from openstrat.cases.checklist_block import place_of, with_checklist
from openstrat.cases.load import case_path, load_case, shipped_cases
from openstrat.cases.save import copy_case, read_case_file, save_checklist
from openstrat.cases.schema import Checklist, FirstAdopters, Maintenance, Money
from openstrat.collect.documents import load_yaml
from openstrat.errors import CaseError

HEAD = "# a case of ours\nid: case-own   # short\ntitle: 'Own: case'\n"
BLOCK = """checklist:   # asked in May
  # who pays, says sales
  money:
    sentences:
      - Firms pay by the seat.   # from the deck
    paying_share: 0.02
  maintenance:
    fte: 8   # until the next round
    owner: head of platform
"""
TAIL = "\n# below: economics\nfacts: {moat: 0.4}   # guess\n\n# the end\n"
ANSWERS = Checklist(money=Money(sentences=["Firms pay by the seat."], price="USD 90 a seat"), maintenance=Maintenance(fte=9.0))

sentences = st.text(min_size=3, max_size=60).map(lambda text: text.strip()).filter(lambda text: len(text) >= 3)
amounts = st.floats(min_value=0, max_value=1e6).map(lambda number: round(number, 6))
checklists = st.fixed_dictionaries(
    {},
    optional={
        "money": st.fixed_dictionaries(
            {}, optional={"sentences": st.lists(sentences, max_size=3), "price": sentences, "paying_share": st.floats(0, 1)}
        ),
        "held_back": st.fixed_dictionaries({}, optional={"assets": st.lists(sentences, max_size=3), "rebuild_months": amounts}),
        "first_adopters": st.fixed_dictionaries({}, optional={"group": sentences, "target": sentences}),
        "maintenance": st.fixed_dictionaries({}, optional={"fte": amounts, "owner": sentences}),
    },
).map(Checklist.model_validate)


def document_of(checklist: Checklist) -> dict[str, dict[str, object]]:
    return {block: values for block, values in checklist.model_dump(exclude_defaults=True).items() if values}


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A shipped case as a file of one's own, with a comment before and after the block."""
    text = case_path("case-vertical-legal").read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace("checklist:", "# five answers\nchecklist:").replace("facts:", "# numbers\nfacts:"), encoding="utf-8")
    return path


def test_only_the_block_changes_and_its_comments_stay_with_their_fields() -> None:
    changed = with_checklist(HEAD + BLOCK + TAIL, document_of(ANSWERS), name="own.yaml")
    assert (
        changed
        == HEAD
        + (
            "checklist:\n"
            "  # asked in May\n"
            "  # who pays, says sales\n"
            "  money:\n"
            "    sentences:\n"
            "      - Firms pay by the seat.\n"
            "    price: USD 90 a seat\n"
            "  maintenance:\n"
            "    # until the next round\n"
            "    fte: 9.0\n"
        ).replace("    sentences:\n", "    # from the deck\n    sentences:\n")
        + TAIL
    )


@given(checklist=checklists)
def test_any_answers_read_back_and_the_rest_is_byte_for_byte_the_same(checklist: Checklist) -> None:
    document = document_of(checklist)
    changed = with_checklist(HEAD + BLOCK + TAIL, document, name="own.yaml")
    assert changed.startswith(HEAD)
    assert changed.endswith(TAIL)
    read = load_yaml(changed)["checklist"]
    texts = {block: {name: value for name, value in values.items() if not isinstance(value, float)} for block, values in document.items()}
    found = {block: {name: value for name, value in values.items() if name in texts[block]} for block, values in dict(read).items()}  # type: ignore[call-overload]
    assert found == texts
    for comment in ("# asked in May", "# who pays, says sales", "# from the deck", "# until the next round"):
        assert changed.count(comment) == 1


@given(checklist=checklists)
def test_writing_twice_is_writing_once(checklist: Checklist) -> None:
    once = with_checklist(HEAD + BLOCK + TAIL, document_of(checklist), name="own.yaml")
    assert with_checklist(once, document_of(checklist), name="own.yaml") == once


@given(checklist=checklists)
def test_a_saved_file_is_a_case_with_these_very_answers(checklist: Checklist, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("saved") / "own.yaml"
    before = copy_case("case-vertical-legal", path)
    after = save_checklist(path, checklist, digest=before.digest)
    read = load_case(str(path))
    assert read == after.case
    assert read.checklist.money.paying_share == pytest.approx(checklist.money.paying_share, abs=1e-15)
    assert read.checklist.first_adopters == checklist.first_adopters
    assert read.checklist.held_back.assets == checklist.held_back.assets
    assert read.model_copy(update={"checklist": before.case.checklist}) == before.case


@pytest.mark.parametrize("name", shipped_cases())
def test_saving_what_is_there_leaves_the_file_alone(name: str, tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    case = copy_case(name, path)
    assert save_checklist(path, case.case.checklist).digest == case.digest
    assert path.read_bytes() == case_path(name).read_bytes()


def test_windows_lines_a_byte_order_mark_and_rights_are_kept(own: Path) -> None:
    text = own.read_text(encoding="utf-8")
    own.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    own.chmod(0o640)
    save_checklist(own, ANSWERS)
    data = own.read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid: ")
    assert data.count(b"\n") == data.count(b"\r\n")
    assert own.stat().st_mode & 0o777 == 0o640
    assert load_case(str(own)).checklist == ANSWERS


def test_a_case_without_the_block_gets_one_after_its_last_line() -> None:
    text = "id: own\nfacts:\n  moat: 0.4   # guess\n# the end\n"
    assert with_checklist(text, {"maintenance": {"years": 2.0}}, name="own.yaml") == (
        "id: own\nfacts:\n  moat: 0.4   # guess\nchecklist:\n  maintenance:\n    years: 2.0\n# the end\n"
    )


def test_answers_in_braces_become_lines_and_a_file_in_braces_is_refused() -> None:
    assert with_checklist("id: own\nchecklist: {}  # none yet\nfacts: {}\n", {"money": {"price": "yes"}}, name="own.yaml") == (
        "id: own\nchecklist:\n  # none yet\n  money:\n    price: 'yes'\nfacts: {}\n"
    )
    with pytest.raises(CaseError, match=r"own.yaml: the file is one mapping in braces. Write it as 'key: value' lines"):
        with_checklist("{id: own, checklist: {}}", {}, name="own.yaml")


def test_a_file_that_changed_since_it_was_read_is_not_written(own: Path) -> None:
    read = read_case_file(own)
    theirs = own.read_text(encoding="utf-8").replace("owner: head of evaluation", "owner: head of product")
    own.write_text(theirs, encoding="utf-8")
    with pytest.raises(CaseError, match=r"own.yaml: the file was changed by something else after it was read, so nothing was written"):
        save_checklist(own, ANSWERS, digest=read.digest)
    assert own.read_text(encoding="utf-8") == theirs
    assert [path.name for path in own.parent.iterdir()] == ["own.yaml"]


def test_answers_that_a_case_may_not_hold_leave_the_file_as_it_was(own: Path) -> None:
    before = own.read_bytes()
    unknown = Checklist.model_validate({"funded_fork": {"what_remains": ["MO9: luck"]}})
    with pytest.raises(CaseError, match="'MO9' is not one of"):
        save_checklist(own, unknown)
    with pytest.raises(CaseError, match=r"checklist.maintenance.fte: '1e.300' is not a number"):
        save_checklist(own, Checklist(maintenance=Maintenance(fte=1e300)))
    assert own.read_bytes() == before
    assert [path.name for path in own.parent.iterdir()] == ["own.yaml"]


def test_a_copy_never_overwrites(own: Path) -> None:
    with pytest.raises(CaseError, match="exists already; nothing was written"):
        copy_case("case-public-lab", own)


def test_a_link_is_followed_and_stays_a_link(own: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.yaml"
    link.symlink_to(own)
    save_checklist(link, Checklist(first_adopters=FirstAdopters(group="platform teams")))
    assert link.is_symlink()
    assert load_case(str(own)).checklist.first_adopters.group == "platform teams"


def test_the_place_of_a_field_is_its_line_or_that_of_the_block_it_belongs_to() -> None:
    text = HEAD + BLOCK + TAIL
    assert place_of(text, "checklist.maintenance.fte") == ("checklist.maintenance.fte", 11)
    assert place_of(text, "checklist.maintenance.years") == ("checklist.maintenance", 10)
    assert place_of(text, "checklist.held_back.assets") == ("checklist", 4)
    assert place_of("id: own\n", "checklist.held_back.assets") == ("", 1)
