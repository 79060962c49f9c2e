"""License files over time and today, read from real repositories; odd ones do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from license_samples import BSD_3, ISC, MIT
from small_repositories import ADA, SmallRepository

from openstrat.analysis.repository_auditing import known_texts
from openstrat.collect.git.command import open_repository
from openstrat.collect.git.declarations import Declared
from openstrat.collect.git.facts import RepositoryFacts, repository_facts
from openstrat.collect.git.governance import Topic
from openstrat.collect.git.trees import Stamp, is_license_path, names_a_part, shown_path, stamp
from openstrat.collect.license_text import TextState
from openstrat.errors import InputError

KNOWN = known_texts()
BIG = 50 * 1024 * 1024


@pytest.fixture
def made(tmp_path: Path) -> SmallRepository:
    return SmallRepository(tmp_path / "project")


def facts(made: SmallRepository) -> RepositoryFacts:
    return repository_facts(open_repository(made.folder), KNOWN)


def states(found: RepositoryFacts) -> dict[str, str]:
    return {item.file.path: item.reading.state.value for item in found.license_files}


def test_a_change_carries_the_days_of_both_clocks(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2023-08-11T01:30:00+0200", authored="2023-08-09T23:30:00-0700")
    change = facts(made).license_changes[0]
    assert change.committed is not None
    assert change.authored is not None
    assert (change.committed.utc_day, change.committed.local_day) == ("2023-08-10", "2023-08-11")
    assert (change.authored.utc_day, change.authored.local_day) == ("2023-08-10", "2023-08-09")


def test_changes_come_oldest_first_and_a_removal_has_no_reading(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT}, at="2020-01-01T00:00:00Z")
    made.commit({"code.py": "1"}, at="2020-02-01T00:00:00Z")
    made.commit({"LICENSE": ISC}, at="2020-03-01T00:00:00Z")
    made.commit({"LICENSE": None}, at="2020-04-01T00:00:00Z")
    found = [item.reading.texts[0].text_id if item.reading else None for item in facts(made).license_changes]
    assert found == ["MIT", "ISC", None]


def test_a_merged_change_is_dated_by_the_merge(made: SmallRepository) -> None:
    made.commit({"code.py": "1"}, at="2020-01-01T00:00:00Z")
    made.git("checkout", "--quiet", "-b", "side")
    made.commit({"LICENSE": MIT}, at="2020-02-01T00:00:00Z")
    made.git("checkout", "--quiet", "main")
    made.commit({"other.py": "1"}, at="2020-02-02T00:00:00Z")
    people = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in (("NAME", "A"), ("EMAIL", "a@a.example"))}
    days = {"GIT_AUTHOR_DATE": "2020-05-01T00:00:00Z", "GIT_COMMITTER_DATE": "2020-05-01T00:00:00Z"}
    made.git("merge", "--quiet", "--no-ff", "--message", "Merge", "side", **people, **days)
    assert [item.committed.utc_day for item in facts(made).license_changes if item.committed] == ["2020-05-01"]


def test_a_license_of_fifty_megabytes_is_named_and_not_read(made: SmallRepository) -> None:
    made.commit({"LICENSE": b"a" * BIG})
    assert states(facts(made)) == {"LICENSE": "too_large"}


def test_a_symbolic_link_is_not_followed(made: SmallRepository, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(MIT, encoding="utf-8")
    made.link("LICENSE", str(tmp_path / "secret"))
    made.commit({"COPYING": ISC})
    assert states(facts(made)) == {"COPYING": "read", "LICENSE": "link"}


def test_hostile_file_names_are_shown_harmlessly(made: SmallRepository) -> None:
    names = ["LICENSE-a\nb", "LICENSE-\x1b[31m", "LICENSE-<script>", "LICENSE; rm -rf x", "LICENSE-ada@alpha.example", "LICENSE-$(id)"]
    made.commit(dict.fromkeys(names, MIT))
    shown = {item.path for item in (one.file for one in facts(made).license_files)} | {shown_path(name.encode()) for name in names}
    assert all(path.isprintable() for path in shown)
    assert not any("@alpha" in path for path in shown)
    assert shown_path(b"LICENSE-\xff") == "LICENSE-\\xff"


def test_bytes_that_are_no_text_and_utf_16_are_told_apart(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT.encode("utf-16"), "COPYING": b"\0\1\2"})
    assert states(facts(made)) == {"COPYING": "not_text", "LICENSE": "read"}


def test_bundled_code_is_listed_and_its_history_left_out(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT, "vendor/dep/LICENSE": BSD_3, "sdk/LICENSE": ISC})
    found = facts(made)
    assert {item.file.path for item in found.license_files if item.file.is_bundled} == {"vendor/dep/LICENSE"}
    assert {item.file.path for item in found.license_changes} == {"LICENSE", "sdk/LICENSE"}


@pytest.mark.parametrize(
    "path",
    [
        *("LICENSE", "license.md", "LICENCE.txt", "COPYING.LESSER", "LICENSE-APACHE", "LICENSE.MIT", "MIT-LICENSE", "UNLICENSE", "NOTICE"),
        *("LICENSES/MIT.txt", "licenses/third", "LICENSES", "a/b/COPYING"),
    ],
)
def test_license_paths_are_recognized(path: str) -> None:
    assert is_license_path(path)


@pytest.mark.parametrize(
    "path",
    ["license.py", "docs/licenses.md", "LICENSE_HEADER.txt", "license-explorer.ipynb", "DO_NOT_ADD_LICENSE_HEADERS.txt", "src/notice.go"],
)
def test_pages_and_code_about_licenses_are_not(path: str) -> None:
    assert not is_license_path(path)


@pytest.mark.parametrize("path", ["COPYING.protobuf", "LICENSE-DATA", "LICENSE_WINDOWS.txt"])
def test_a_name_can_speak_of_a_part(path: str) -> None:
    assert names_a_part(path)


@pytest.mark.parametrize(
    "path", ["LICENSE", "LICENSE.md", "LICENSE-MIT", "COPYING.LESSER", "LICENSE.apache2", "MIT-LICENSE", "LICENSE-2.0.txt"]
)
def test_a_name_of_a_license_is_no_part(path: str) -> None:
    assert not names_a_part(path)


def test_a_repository_without_a_license_has_none(made: SmallRepository) -> None:
    made.commit({"code.py": "1"})
    found = facts(made)
    assert (found.license_files, found.license_changes, found.declared, found.governance) == ((), (), (), ())


def test_an_empty_repository_is_refused(made: SmallRepository) -> None:
    with pytest.raises(InputError, match="No commit"):
        facts(made)


def test_governance_files_are_found_at_the_root_in_github_and_docs(made: SmallRepository) -> None:
    made.commit(
        {
            "CONTRIBUTING.md": "Sign off your commits: Signed-off-by. We follow the DCO.",
            ".github/CODEOWNERS": "* @alpha/team",
            ".github/SECURITY.md": "Write to us.",
            "docs/GOVERNANCE.rst": "We vote.",
            "TRADEMARKS.md": "Ask first.",
            "CODE_OF_CONDUCT.md": "Be kind.",
            "src/SECURITY.md": "not here",
            "security.py": "not a page",
            ".github/workflows/cla.yml": "uses: contributor-assistant/github-action # cla-assistant",
        }
    )
    found = facts(made)
    assert [(item.topic, item.path) for item in found.governance] == [
        (Topic.CONTRIBUTING, "CONTRIBUTING.md"),
        (Topic.GOVERNANCE, "docs/GOVERNANCE.rst"),
        (Topic.MAINTAINERS, ".github/CODEOWNERS"),
        (Topic.CODE_OF_CONDUCT, "CODE_OF_CONDUCT.md"),
        (Topic.SECURITY, ".github/SECURITY.md"),
        (Topic.TRADEMARK, "TRADEMARKS.md"),
    ]
    assert {(item.topic, item.path) for item in found.mentions} == {
        (Topic.CLA, ".github/workflows/cla.yml"),
        (Topic.DCO, "CONTRIBUTING.md"),
    }


def test_declared_licenses_are_read_from_package_files(made: SmallRepository) -> None:
    made.commit(
        {
            "pyproject.toml": '[project]\nlicense = "MIT OR Apache-2.0"\n',
            "package.json": '{"licenses": [{"type": "MIT"}, {"type": "ISC"}]}',
            "crates/a/Cargo.toml": '[package]\nlicense = "MPL-2.0"\n',
            "setup.cfg": "[metadata]\nlicense = BSD-3-Clause\n",
            "vendor/x/package.json": '{"license": "GPL-3.0"}',
        }
    )
    assert facts(made).declared == (
        Declared("package.json", "licenses", "MIT ; ISC"),
        Declared("pyproject.toml", "project.license", "MIT OR Apache-2.0"),
        Declared("setup.cfg", "metadata.license", "BSD-3-Clause"),
        Declared("crates/a/Cargo.toml", "package.license", "MPL-2.0"),
    )


@pytest.mark.parametrize("content", [b"{", b"[1, 2]", b'"text"', b"\0\0", b"[" * 100_000])
def test_a_broken_package_file_is_reported_as_unreadable(made: SmallRepository, content: bytes) -> None:
    made.commit({"package.json": content})
    assert facts(made).declared == (Declared("package.json", "", ""),)


def test_a_declared_value_shows_no_address_and_no_control_characters(made: SmallRepository) -> None:
    made.commit({"package.json": '{"license": "MIT, ask ada@alpha.example\\u001b[31m"}'})
    assert facts(made).declared[0].value == "MIT, ask <address> [31m"


def test_spdx_lines_of_source_files_are_counted(made: SmallRepository) -> None:
    line = "# SPDX-License-Identifier: Apache-2.0\n"
    made.commit({"a.py": line, "b.py": line, "c.c": "/* SPDX-License-Identifier: MIT */", "d.py": "1", "README.md": line})
    headers = facts(made).headers
    assert (headers.n_source_files, headers.n_sampled, headers.n_with) == (4, 4, 3)
    assert headers.counts == (("Apache-2.0", 2), ("MIT", 1))


def test_readme_words_and_tags(made: SmallRepository) -> None:
    made.commit({"README.md": "An open source tool. This project is no longer maintained."})
    made.tag("v1", at="2021-05-06T00:00:00Z")
    found = facts(made)
    assert found.readme is not None
    assert (found.readme.unmaintained, found.readme.n_open_source) == (("no longer maintained",), 1)
    assert found.newest_tag is not None
    assert found.newest_tag.utc_day == "2021-05-06"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (b"1700000000 +0130", Stamp(1_700_000_000, 90)),
        (b"1700000000 -0700", Stamp(1_700_000_000, -420)),
        (b"-5 +0000", None),
        (b"99999999999 +0000", None),
        (b"", None),
        (b"x y", None),
    ],
)
def test_dates_that_are_no_dates_are_none(text: bytes, expected: Stamp | None) -> None:
    assert stamp(text) == expected


def test_facts_name_no_person_and_hold_no_text(made: SmallRepository) -> None:
    made.commit({"LICENSE": MIT.replace("Example Works", "Petra Person"), "CODEOWNERS": "* ada@alpha.example"}, author=ADA)
    said = repr(facts(made))
    assert not any(word in said for word in ("Petra", "Ada", "alpha.example", "WARRANTY", "furnished"))


def test_text_states_are_all_explained() -> None:
    assert all(state.definition for state in TextState)
