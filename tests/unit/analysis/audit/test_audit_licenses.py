"""What license files come to, how that changed, and whether declarations fit: doubts stay doubts."""

from __future__ import annotations

from pathlib import Path

import pytest
from license_samples import BSD_3, ISC, MIT, built, busl
from small_repositories import SmallRepository

from openstrat.analysis.audit.report import AuditReport
from openstrat.analysis.audit.standing import Connection, Standing, standing_of
from openstrat.analysis.repository_auditing import known_texts, license_tables, repository_audit
from openstrat.collect.license_text import TextReading, TextState, read_license_text
from openstrat.terms import OpennessLevel

KNOWN = known_texts()
TEXTS = {item.text_id: item for item in KNOWN}
TABLES = license_tables()
ROOT = "the whole repository"


@pytest.fixture
def made(tmp_path: Path) -> SmallRepository:
    return SmallRepository(tmp_path / "project")


def standing(stated: str = "", **files: str) -> Standing:
    return standing_of({path: read_license_text(text, KNOWN) for path, text in files.items()}, TABLES, stated=stated)


def audited(made: SmallRepository, as_of: str = "2024-01-01") -> AuditReport:
    return repository_audit(made.folder, as_of=as_of)


def test_one_permissive_license_is_fully_open() -> None:
    found = standing(LICENSE=MIT)
    assert (found.label, found.level, found.connection, found.doubts) == ("MIT", OpennessLevel.FULLY_OPEN, Connection.SINGLE, ())


def test_no_license_file_grants_nothing() -> None:
    found = standing()
    assert (found.label, found.level, found.license_ids) == ("no license file", OpennessLevel.CLOSED, ())


def test_an_unknown_text_may_be_anything() -> None:
    found = standing(LICENSE="You may look at this on Tuesdays.")
    assert (found.level, found.lowest, found.highest) == (OpennessLevel.UNDETERMINED, OpennessLevel.CLOSED, OpennessLevel.FULLY_OPEN)
    assert found.doubts[0].startswith("LICENSE: ")


@pytest.mark.parametrize("state", [TextState.TOO_LARGE, TextState.NOT_TEXT, TextState.LINK, TextState.MODULE, TextState.MISSING])
def test_a_license_file_that_cannot_be_read_is_undetermined(state: TextState) -> None:
    assert standing_of({"LICENSE": TextReading(state)}, TABLES).level is OpennessLevel.UNDETERMINED


def test_a_link_beside_a_license_that_is_read_adds_no_doubt() -> None:
    readings = {"LICENSE": read_license_text(MIT, KNOWN), "LICENCE": TextReading(TextState.LINK)}
    assert standing_of(readings, TABLES).level is OpennessLevel.FULLY_OPEN


def test_terms_added_to_an_open_license_leave_it_undetermined() -> None:
    found = standing(LICENSE=MIT + "\nHowever, commercial hosting requires a written permission of the authors in advance.")
    assert (found.label, found.level) == ("MIT", OpennessLevel.UNDETERMINED)
    assert "may add terms" in found.doubts[0]


def test_a_changed_restricted_license_stays_restricted() -> None:
    found = standing(LICENSE=built(TEXTS["SSPL-1.0"]))
    assert found.level is OpennessLevel.SOURCE_AVAILABLE
    assert found.doubts == ("LICENSE: SSPL-1.0 is not word for word as published.",)


def test_gnu_licenses_without_a_version_rule_are_open_either_way() -> None:
    found = standing(LICENSE=built(TEXTS["GPL-3.0"]))
    assert found.label == "GPL-3.0 (only or also later versions: not said)"
    assert found.license_ids == ("GPL-3.0-only", "GPL-3.0-or-later")


def test_two_open_licenses_are_open_however_they_combine() -> None:
    found = standing(**{"LICENSE-MIT": MIT, "LICENSE-BSD": BSD_3})
    assert (found.label, found.connection, found.level) == ("BSD-3-Clause + MIT", Connection.NOT_SAID, OpennessLevel.FULLY_OPEN)


def test_an_open_and_a_restricted_license_hang_on_how_they_combine() -> None:
    files = {"LICENSE-A": MIT, "LICENSE-B": built(TEXTS["Elastic-2.0"])}
    unsaid, choice, both = standing(**files), standing("MIT OR Elastic-2.0", **files), standing("MIT AND Elastic-2.0", **files)
    assert (unsaid.level, unsaid.lowest, unsaid.highest) == (
        OpennessLevel.UNDETERMINED,
        OpennessLevel.SOURCE_AVAILABLE,
        OpennessLevel.FULLY_OPEN,
    )
    assert (choice.label, choice.level) == ("MIT OR Elastic-2.0", OpennessLevel.FULLY_OPEN)
    assert (both.label, both.level) == ("MIT AND Elastic-2.0", OpennessLevel.SOURCE_AVAILABLE)


def test_a_license_file_of_a_part_does_not_decide_about_the_whole() -> None:
    found = standing(LICENSE=MIT, **{"COPYING.protobuf": built(TEXTS["Elastic-2.0"])})
    assert (found.label, found.level) == ("MIT", OpennessLevel.FULLY_OPEN)
    assert found.doubts == ("By its name it is about a part, so it was left out: COPYING.protobuf.",)


def test_a_part_that_the_declaration_names_counts() -> None:
    found = standing("MIT AND ISC", LICENSE=MIT, **{"LICENSE-DATA": ISC})
    assert (found.label, found.connection) == ("MIT AND ISC", Connection.ALL)


def test_a_declaration_that_names_other_licenses_settles_nothing() -> None:
    files = {"LICENSE-A": MIT, "LICENSE-B": built(TEXTS["Elastic-2.0"])}
    assert standing("MIT OR ISC", **files).connection is Connection.NOT_SAID


def test_a_file_that_offers_a_choice_is_as_open_as_its_most_open_license() -> None:
    text = f"Take it under one of the following, at your option.\n{MIT}\n{built(TEXTS['Elastic-2.0'])}"
    found = standing(LICENSE=text)
    assert (found.label, found.level) == ("MIT OR Elastic-2.0", OpennessLevel.FULLY_OPEN)


def test_a_license_change_has_periods_levels_and_both_clocks(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2020-03-01T10:00:00+0000")
    made.commit({"LICENSE": MIT.replace("2020", "2021")}, at="2021-01-05T10:00:00+0000")
    made.commit({"LICENSE": busl(TEXTS)}, at="2023-08-11T01:30:00+0200", authored="2023-08-10T15:00:00-0700")
    report = audited(made)
    periods = report.periods[["family", "license_id", "level"]].to_dict("records")
    assert periods == [
        {"family": ROOT, "license_id": "MIT", "level": "fully_open"},
        {"family": ROOT, "license_id": "BUSL-1.1", "level": report.standing.level.value},
    ]
    assert report.standing.level is not OpennessLevel.FULLY_OPEN
    assert report.periods["from_on"].dt.strftime("%Y-%m-%d").tolist() == ["2020-03-01", "2023-08-10"]
    assert report.periods["to_on"].dt.strftime("%Y-%m-%d").tolist()[:1] == ["2023-08-10"]
    last = report.changes.iloc[-1]
    assert (last["license_before"], last["license_after"]) == ("MIT", "BUSL-1.1")
    assert (last["committed_on"], last["committed_local_on"]) == ("2023-08-10", "2023-08-11")
    assert (last["authored_on"], last["authored_local_on"], bool(last["is_one_day"])) == ("2023-08-10", "2023-08-10", False)


def test_a_license_that_is_taken_away_ends_its_period_and_closes_the_code(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2020-01-01T00:00:00Z")
    made.commit({"LICENSE": None, "code.py": "1"}, at="2021-01-01T00:00:00Z")
    report = audited(made)
    assert report.periods["license_id"].tolist() == ["MIT", "no license file"]
    assert report.changes["direction"].tolist() == ["first", "removed"]
    assert report.standing.level is OpennessLevel.CLOSED


def test_a_renamed_license_file_is_no_change(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2020-01-01T00:00:00Z")
    made.commit({"LICENSE": None, "LICENSE.md": MIT}, at="2021-01-01T00:00:00Z")
    assert audited(made).changes["license_after"].tolist() == ["MIT"]


def test_nested_licenses_have_a_timeline_of_their_own_and_fall_back_to_the_root(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT, "sdk/LICENSE": ISC, "sdk/code.py": "1"}, at="2020-01-01T00:00:00Z")
    made.commit({"sdk/LICENSE": None}, at="2021-01-01T00:00:00Z")
    report = audited(made)
    own = report.periods[report.periods["family"].eq("sdk/")]
    assert own["license_id"].tolist() == ["ISC"]
    assert own["to_on"].dt.strftime("%Y-%m-%d").tolist() == ["2021-01-01"]
    assert list(report.standings) == [""]


def test_a_tightened_license_says_what_it_added(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2020-01-01T00:00:00Z")
    made.commit({"LICENSE": built(TEXTS["Elastic-2.0"])}, at="2021-01-01T00:00:00Z")
    report = audited(made)
    assert report.changes["direction"].tolist() == ["first", "tightened"]
    assert report.periods["change"].iloc[1].startswith("+ ")


def test_declarations_are_compared_with_the_nearest_license_text(made: SmallRepository) -> None:
    made.commit(
        {
            "LICENSE": MIT,
            "package.json": '{"license": "MIT"}',
            "sdk/LICENSE": ISC,
            "sdk/package.json": '{"license": "MIT"}',
            "tools/setup.cfg": "[metadata]\nlicense = a license of ours\n",
        }
    )
    rows = audited(made).declared.set_index("where")
    assert rows["agreement"].to_dict() == {
        "package.json, license": "agrees",
        "sdk/package.json, license": "conflicts",
        "tools/setup.cfg, metadata.license": "unreadable",
    }
    assert rows["detected"].to_dict()["sdk/package.json, license"] == "ISC"


def test_a_declaration_can_say_more_than_a_gnu_text_and_less_than_a_dual_one(made: SmallRepository) -> None:
    made.commit({"LICENSE": built(TEXTS["GPL-3.0"]), "package.json": '{"license": "GPL-3.0-or-later"}'})
    assert audited(made).declared["agreement"].tolist() == ["fits"]
    made.commit({"LICENSE": MIT, "LICENSE-ISC": ISC, "package.json": '{"license": "MIT"}'})
    assert audited(made).declared["agreement"].tolist() == ["conflicts"]


def test_a_declared_license_without_a_text_is_said(made: SmallRepository) -> None:
    made.commit({"package.json": '{"license": "MIT"}'})
    assert audited(made).declared["agreement"].tolist() == ["no_text"]
