"""Activity, sign-offs and rules over real histories whose figures were counted by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pandas as pd
import pytest
from license_samples import MIT, built
from small_repositories import ADA, BEN, SmallRepository

from openstrat.analysis.audit.case_facts import case_facts
from openstrat.analysis.audit.findings import Flag, RuleFinding
from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.repository_auditing import known_texts, repository_audit
from openstrat.cases.load import case_path, parse_case, shipped_cases
from openstrat.collect.documents import load_yaml
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.store import read_table

TEXTS = {item.text_id: item for item in known_texts()}
BOT = "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>"
SIGNED = "Change\n\nSigned-off-by: Ada Author <ada@alpha.example>"


@pytest.fixture
def made(tmp_path: Path) -> SmallRepository:
    return SmallRepository(tmp_path / "project")


def days(first: str, n: int, step: int) -> Iterator[str]:
    start = date.fromisoformat(first)
    return (f"{(start + timedelta(days=step * number)).isoformat()}T12:00:00+0000" for number in range(n))


def finding(report: AuditReport, name: str) -> RuleFinding:
    return next(item for item in report.findings if item.name == name)


def test_windows_count_people_apart_from_bots_and_say_on_whom_it_hangs(made: SmallRepository) -> None:
    # 12 months to 2024-06-30: Ada 3, Ben 1, a bot 2.   24 months: Ada 5.   all: one more of Ben's in 2020.
    made.commit({}, at="2020-01-01T00:00:00Z", author=BEN)
    for at in days("2023-01-10", 2, 30):
        made.commit({}, at=at)
    for at in days("2024-01-10", 3, 30):
        made.commit({}, at=at)
    made.commit({}, at="2024-06-01T00:00:00Z", author=BEN)
    made.commit({}, at="2024-06-02T00:00:00Z", author=BOT)
    made.commit({}, at="2024-06-03T00:00:00Z", author=BOT)
    windows = repository_audit(made.folder, as_of="2024-06-30").windows.set_index("window")
    assert windows["n_commits"].tolist() == [4, 6, 7]
    assert windows["n_authors"].tolist() == [2, 2, 2]
    assert windows["n_bot_commits"].tolist() == [2, 2, 2]
    assert windows["top_author_share"].tolist() == pytest.approx([3 / 4, 5 / 6, 5 / 7])
    assert windows["absence_factor"].tolist() == [1, 1, 1]
    assert windows.loc["12 months", ["from_on", "to_on"]].tolist() == ["2023-07-01", "2024-06-30"]


def test_commits_after_the_as_of_day_are_left_out(made: SmallRepository) -> None:
    made.commit({}, at="2024-01-01T00:00:00Z")
    made.commit({}, at="2024-03-01T00:00:00Z")
    assert repository_audit(made.folder, as_of="2024-02-01").windows["n_commits"].tolist() == [1, 1, 1]


def test_a_fork_is_counted_from_its_start(made: SmallRepository) -> None:
    made.commit({}, at="2023-01-01T00:00:00Z")
    made.commit({}, at="2024-01-10T00:00:00Z", author=BEN)
    windows = repository_audit(made.folder, as_of="2024-02-01", since="2024-01-01").windows
    assert windows["n_commits"].tolist() == [1, 1, 1]
    assert windows["window"].tolist()[-1] == "since the fork"


def test_a_stale_copy_leaves_the_figures_blank(made: SmallRepository) -> None:
    made.commit({}, at="2023-01-01T00:00:00Z")
    report = repository_audit(made.folder, as_of="2024-01-01")
    assert report.windows["n_commits"].isna().tolist() == [True, True, False]
    assert report.sign_offs.share_12m is None
    assert finding(report, "activity against its best year").state is Flag.UNKNOWN
    assert finding(report, "one-person project").state is Flag.UNKNOWN


def shallow(made: SmallRepository, depth: int) -> Path:
    """Return a shallow clone of a repository."""
    copy = made.folder.parent / "shallow"
    made.git("clone", "--quiet", f"--depth={depth}", made.folder.as_uri(), str(copy))
    return copy


def test_a_shallow_clone_says_nothing_about_what_came_before_it(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2020-01-01T00:00:00Z")
    for at in days("2024-01-10", 3, 1):
        made.commit({}, at=at)
    report = repository_audit(shallow(made, 2), as_of="2024-02-01")
    assert report.windows["n_commits"].isna().tolist() == [True, True, False]
    assert report.windows["window"].tolist()[-1] == "the whole copy"
    assert (report.sign_offs.share_12m, report.sign_offs.n_commits_all) == (None, 2)
    for name in ("activity against its best year", "one-person project", "work after launch"):
        assert finding(report, name).state is Flag.UNKNOWN
    assert "A shallow clone that begins on 2024-01-11" in finding(report, "one-person project").why


def test_a_license_that_a_shallow_clone_begins_with_is_not_called_the_first(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2020-01-01T00:00:00Z")
    for at in days("2024-01-10", 3, 1):
        made.commit({}, at=at)
    row = repository_audit(shallow(made, 2), as_of="2024-02-01").changes.iloc[0]
    assert (row["license_before"], row["direction"], row["committed_on"]) == ("not in this copy", "earlier", "2024-01-11")


def test_a_window_that_lies_within_a_shallow_clone_is_counted(made: SmallRepository) -> None:
    # the copy begins on 2021-01-01; the 12 months to 2024-02-01 hold the two commits of January
    made.commit({}, at="2020-01-01T00:00:00Z")
    made.commit({}, at="2021-01-01T00:00:00Z")
    for at in days("2024-01-10", 2, 1):
        made.commit({}, at=at)
    report = repository_audit(shallow(made, 3), as_of="2024-02-01")
    assert report.windows["n_commits"].tolist() == [2, 2, 3]
    assert finding(report, "one-person project").state is Flag.FLAG
    assert finding(report, "activity against its best year").state is Flag.UNKNOWN


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"as_of": "2023-12-31"}, "the first is of 2024-01-01"),
        ({"as_of": "2024-03-01", "since": "2024-04-01"}, "start of the fork"),
        ({"as_of": "2024-03-01", "launched": "2024-04-01"}, "launch day"),
        ({"as_of": "2024-03-01", "fetched": "2024-01-15"}, "its newest commit is of 2024-02-01"),
    ],
)
def test_days_that_do_not_fit_each_other_are_refused(made: SmallRepository, given: dict[str, str], said: str) -> None:
    made.commit({}, at="2024-01-01T00:00:00Z")
    made.commit({}, at="2024-02-01T00:00:00Z")
    with pytest.raises(InputError, match=said):
        repository_audit(made.folder, **given)  # type: ignore[arg-type]


def test_an_as_of_day_before_the_newest_commit_does_not_pass_for_the_day_of_the_license(made: SmallRepository) -> None:
    made.commit({}, at="2024-01-01T00:00:00Z")
    made.commit({"LICENSE": MIT}, at="2024-03-01T00:00:00Z")
    (note,) = repository_audit(made.folder, as_of="2024-02-01").notes
    assert "newest commit, 2024-03-01" in note


def test_a_copy_that_was_fetched_lately_shows_that_the_project_is_quiet(made: SmallRepository) -> None:
    for at in days("2020-01-01", 20, 10):
        made.commit({}, at=at)
    report = repository_audit(made.folder, as_of="2024-01-01", fetched="2023-12-20")
    activity = finding(report, "activity against its best year")
    assert (activity.state, activity.value) == (Flag.FLAG, "0 of 20 commits (0.0%)")
    assert finding(report, "under-maintenance").state is Flag.FLAG


def test_activity_just_above_a_tenth_of_the_best_year_is_no_flag(made: SmallRepository) -> None:
    # the best 365 days hold 20 commits (2020-01-01 to 2020-04-05); the last 12 months hold 2
    for at in days("2020-01-01", 20, 5):
        made.commit({}, at=at)
    for at in days("2023-06-01", 2, 30):
        made.commit({}, at=at)
    activity = finding(repository_audit(made.folder, as_of="2023-07-10"), "activity against its best year")
    assert (activity.state, activity.value) == (Flag.NO_FLAG, "2 of 20 commits (10.0%)")


def test_the_sign_off_share_is_counted_without_merges_and_bots(made: SmallRepository) -> None:
    for at in days("2024-01-01", 15, 1):
        made.commit({}, at=at, message=SIGNED)
    for at in days("2024-02-01", 5, 1):
        made.commit({}, at=at)
    made.commit({}, at="2024-02-10T00:00:00Z", author=BOT)
    report = repository_audit(made.folder, as_of="2024-03-01")
    assert (report.sign_offs.share_12m, report.sign_offs.n_commits_12m) == (0.75, 20)
    row = report.governance.set_index("topic").loc["dco"]
    assert (row["state"], row["note"]) == ("practiced", "75% of the last 12 months' commits are signed off.")


def test_few_commits_say_nothing_about_enforced_sign_off(made: SmallRepository) -> None:
    made.commit({}, at="2024-01-01T00:00:00Z", message=SIGNED)
    report = repository_audit(made.folder, as_of="2024-02-01")
    assert report.sign_offs.share_12m == 1.0
    assert report.governance.set_index("topic").loc["dco", "state"] == "not_found"


@pytest.mark.parametrize(
    ("tagged", "state"), [("2024-01-01T00:00:00Z", Flag.NO_FLAG), ("2022-06-01T00:00:00Z", Flag.FLAG), ("", Flag.UNKNOWN)]
)
def test_releases_older_than_eighteen_months_flag_and_no_tags_are_unknown(made: SmallRepository, tagged: str, state: Flag) -> None:
    made.commit({}, at="2024-02-01T00:00:00Z")
    if tagged:
        made.tag("v1", at=tagged)
    assert finding(repository_audit(made.folder, as_of="2024-03-01"), "newest release").state is state


def test_a_readme_that_gives_up_flags_and_none_is_unknown(made: SmallRepository) -> None:
    made.commit({"README.md": "This repository is archived."}, at="2024-02-01T00:00:00Z")
    report = repository_audit(made.folder, as_of="2024-03-01")
    assert finding(report, "words of the README").state is Flag.FLAG
    made.commit({"README.md": None}, at="2024-02-02T00:00:00Z")
    assert finding(repository_audit(made.folder, as_of="2024-03-01"), "words of the README").state is Flag.UNKNOWN


def open_source_project(made: SmallRepository, license_text: str = MIT, **more: str) -> None:
    files = {"README.md": "An open source library.", "LICENSE": license_text, "CONTRIBUTING.md": "Welcome."}
    made.commit(files | more, at="2023-12-01T00:00:00Z")


def test_open_washing_by_license_flags_the_word_over_restricted_terms(made: SmallRepository) -> None:
    open_source_project(made, built(TEXTS["Elastic-2.0"]))
    report = repository_audit(made.folder, as_of="2024-01-01")
    assert (finding(report, "terms of the license").state, finding(report, "open-washing").state) == (Flag.FLAG, Flag.FLAG)


def test_without_the_words_there_is_no_claim_to_hold_against_it(made: SmallRepository) -> None:
    made.commit({"README.md": "A library.", "LICENSE": built(TEXTS["Elastic-2.0"])}, at="2023-12-01T00:00:00Z")
    assert finding(repository_audit(made.folder, as_of="2024-01-01"), "open-washing").state is Flag.NO_FLAG


def test_changes_from_outside_are_bounded_by_unknown_affiliations(made: SmallRepository) -> None:
    # in 180 days: three people of alphaworks.dev 1 commit each, three of betaworks.dev 1 each, two of a free mail provider 1 each,
    # and the first commit by somebody whose address names nobody
    open_source_project(made)
    people = [f"{host} P{number} <p{number}@{host}>" for host in ("alphaworks.dev", "betaworks.dev") for number in range(3)]
    people += [f"F{number} G{number} <f{number}@gmail.com>" for number in range(2)]
    for at, author in zip(days("2023-12-05", 8, 1), people, strict=True):
        made.commit({}, at=at, author=author)
    plain = finding(repository_audit(made.folder, as_of="2024-01-01"), "changes from outside")
    named = finding(repository_audit(made.folder, as_of="2024-01-01", stewards=["alphaworks.dev"]), "changes from outside")
    assert (plain.state, plain.value) == (Flag.NO_FLAG, "3 to 9 commits from outside")
    assert (named.state, named.value) == (Flag.NO_FLAG, "3 to 6 commits from outside")
    assert "taken for the steward" in plain.why
    assert "the named steward" in named.why


def test_one_organization_alone_leaves_it_unknown_and_named_as_steward_flags(made: SmallRepository) -> None:
    made.commit({"CONTRIBUTING.md": "Welcome."}, at="2023-01-01T00:00:00Z")
    for number, at in enumerate(days("2023-12-05", 3, 1)):
        made.commit({}, at=at, author=f"P{number} Q{number} <p{number}@alphaworks.dev>")
    assert finding(repository_audit(made.folder, as_of="2024-01-01"), "changes from outside").state is Flag.UNKNOWN
    named = finding(repository_audit(made.folder, as_of="2024-01-01", stewards=["alphaworks.dev"]), "changes from outside")
    assert (named.state, named.value) == (Flag.FLAG, "0 commits from outside")


def test_work_after_launch_is_counted_from_the_day_that_is_given(made: SmallRepository) -> None:
    open_source_project(made)
    made.commit({}, at="2023-12-20T00:00:00Z")
    report = repository_audit(made.folder, as_of="2024-06-01", fetched="2024-06-01", launched="2023-12-01")
    assert (finding(report, "work after launch").state, report.conduct.n_changes_after_launch) == (Flag.NO_FLAG, 1)
    later = repository_audit(made.folder, as_of="2024-06-01", fetched="2024-06-01", launched="2023-12-20")
    assert finding(later, "work after launch").state is Flag.FLAG


def test_a_single_dump_flags_whatever_the_launch_day_was_once_ninety_days_are_over(made: SmallRepository) -> None:
    open_source_project(made)
    young = repository_audit(made.folder, as_of="2024-01-01", fetched="2024-01-01")
    old = repository_audit(made.folder, as_of="2024-06-01", fetched="2024-06-01")
    assert (finding(young, "work after launch").state, finding(old, "work after launch").state) == (Flag.UNKNOWN, Flag.FLAG)


def test_unknown_parts_keep_a_rule_from_saying_no(made: SmallRepository) -> None:
    made.commit({"README.md": "A tool."}, at="2024-02-01T00:00:00Z")
    report = repository_audit(made.folder, as_of="2024-03-01")
    assert {item.state for item in report.findings if item.is_part and item.rule == "MI3"} == {Flag.NO_FLAG, Flag.UNKNOWN}
    assert finding(report, "under-maintenance").state is Flag.UNKNOWN


def test_months_run_to_the_heads_month(made: SmallRepository) -> None:
    made.commit({}, at="2024-01-15T00:00:00Z")
    made.commit({}, at="2024-03-15T00:00:00Z", author=BEN)
    months = repository_audit(made.folder, as_of="2024-03-31").months
    assert months["month"].dt.strftime("%Y-%m").tolist() == ["2024-01", "2024-02", "2024-03"]
    assert months["n_active_authors"].tolist() == [1, 0, 1]


def test_months_of_a_fork_leave_its_upstream_out(made: SmallRepository) -> None:
    for at in days("2022-01-15", 30, 30):
        made.commit({}, at=at)
    months = repository_audit(made.folder, as_of="2024-06-30", since="2023-03-10").months
    assert months["month"].iloc[0] == pd.Timestamp("2023-04-01")
    known = months.loc[months["absence_factor_12m"].notna(), "month"]
    assert known.iloc[0] == pd.Timestamp("2024-03-01")


def test_what_a_case_takes_over_fits_the_case_schema(made: SmallRepository) -> None:
    open_source_project(made, **{"SECURITY.md": "Write to us."})
    report = repository_audit(made.folder, as_of="2024-01-01")
    block = case_facts(report, read_table("licenses"), layer="orchestration")
    assert block == {
        "precedent": {"layer": "orchestration", "family_before": "permissive"},
        "layers": {"orchestration": {"license_now": "MIT"}},
        "measures": {"governance": {"security_contact": "SECURITY.md in the repository"}},
    }
    merged = merge(load_yaml(case_path(first_case())), block)
    assert parse_case(merged, name="merged.yaml").layers["orchestration"].license_now == "MIT"


def test_an_undetermined_license_settles_nothing_in_a_case(made: SmallRepository) -> None:
    made.commit({"LICENSE": "Ours."}, at="2024-01-01T00:00:00Z")
    assert case_facts(repository_audit(made.folder, as_of="2024-01-02"), read_table("licenses"), layer="sdk") == {}


def test_a_layer_that_is_none_is_refused(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2024-01-01T00:00:00Z")
    with pytest.raises(UnknownNameError, match="layer"):
        case_facts(repository_audit(made.folder, as_of="2024-01-02"), read_table("licenses"), layer="cellar")


@pytest.mark.parametrize("day", ["yesterday", "2024-02-30", "24-01-01"])
def test_a_day_that_is_none_is_refused(made: SmallRepository, day: str) -> None:
    made.commit({}, at="2024-01-01T00:00:00Z")
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        repository_audit(made.folder, as_of=day)


def test_no_name_or_address_is_anywhere_in_an_audit(made: SmallRepository) -> None:
    open_source_project(made)
    made.commit({}, at="2023-12-10T00:00:00Z", author=ADA, message=SIGNED)
    report = repository_audit(made.folder, as_of="2024-01-01")
    said = " ".join(value.to_csv() if isinstance(value, pd.DataFrame) else repr(value) for value in vars(report).values())
    assert not any(word in said for word in ("Ada", "alpha.example"))


def first_case() -> str:
    """Return a shipped case that has the layer of the block."""
    return next(name for name in shipped_cases() if "orchestration" in load_yaml(case_path(name))["layers"])


def merge(document: dict[str, object], block: dict[str, object]) -> dict[str, object]:
    """Lay the values of a block over a document, level by level."""
    merged = dict(document)
    for key, value in block.items():
        below = merged.get(key)
        merged[key] = merge(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
