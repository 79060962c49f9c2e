from __future__ import annotations

import pickle

import numpy as np
import pytest

from openstrat.collect.git.command import open_repository
from openstrat.collect.git.commits import BLOCK_COMMITS, PLACEHOLDERS, read_dates, split_fields
from openstrat.collect.git.log import read_log
from openstrat.errors import DataError, InputError

SALT = b"salt of the tests"
SECOND = 1_700_000_000
WANDA, OTTO, NINA = "Wanda Writer <wanda@example.com>", "Otto Other <otto@firma.de>", "Nina New <nina@gmail.com>"
COMMITTER = b"C O Mitter <c@example.com> 1700000000 +0100"


def test_each_commit_becomes_one_entry_newest_first(workshop):
    root = workshop.commit("Root", author=WANDA, at=SECOND, zone="+0530")
    side = workshop.commit("Side", author=OTTO, committer=WANDA, at=SECOND + 60, zone="-0800")
    main = workshop.commit("Main", author=WANDA, at=SECOND + 120, parents=[root])
    merge = workshop.commit("Merge", author=OTTO, at=SECOND + 180, parents=[main, side])
    log = workshop.log()
    assert log.head == merge
    assert log.sha.tolist() == [bytes.fromhex(sha) for sha in (merge, main, side, root)]
    assert log.author_time.tolist() == [SECOND + 180, SECOND + 120, SECOND + 60, SECOND]
    assert log.author_offset.tolist() == [0, 0, -480, 330]
    assert log.n_parents.tolist() == [2, 1, 1, 0]
    assert (log.author[0], log.author[1], log.committer[2]) == (log.author[2], log.author[3], log.author[1])
    assert len(set(log.subject.tolist())) == 4
    assert (log.insertions, log.deletions, log.n_files) == (None, None, None)


def test_the_arrays_have_the_promised_types(workshop):
    workshop.commit("One\n\nCo-authored-by: Otto Other <otto@firma.de>\n")
    log = workshop.log(with_lines=True)
    promised = {
        "sha": "S20",
        "author_time": "int64",
        "commit_time": "int64",
        "author_offset": "int16",
        "commit_offset": "int16",
        "n_parents": "uint8",
        "author": "int32",
        "committer": "int32",
        "address": "int32",
        "committer_address": "int32",
        "subject": "uint64",
        "is_bot": "bool",
        "signoffs": "uint8",
        "is_signed_off_by_author": "bool",
        "coauthor_commit": "int32",
        "coauthor": "int32",
        "coauthor_address": "int32",
        "insertions": "int32",
        "deletions": "int32",
        "n_files": "int32",
    }
    assert {name: getattr(log, name).dtype for name in promised} == {name: np.dtype(kind) for name, kind in promised.items()}


def test_coauthors_and_signoffs_are_read_from_the_last_paragraph(workshop):
    workshop.commit("No trailer\n\nCo-authored-by: Nina New <nina@gmail.com>\n\nMore text.\n")
    workshop.commit(
        "Two\n\nCo-authored-by: Otto Other <otto@firma.de>\nco-Authored-By: Nina New <nina@gmail.com>\n"
        "Signed-off-by: Wanda Writer <wanda@example.com>\nSigned-off-by: Otto Other <otto@firma.de>\n"
    )
    workshop.commit("By another\n\nSigned-off-by: Otto Other <otto@firma.de>\n", author=WANDA)
    log = workshop.log()
    assert log.coauthor_commit.tolist() == [1, 1]
    assert log.addresses["organization"].iloc[log.coauthor_address].tolist() == ["firma.de", ""]
    assert log.signoffs.tolist() == [1, 2, 0]
    assert log.is_signed_off_by_author.tolist() == [False, True, False]
    assert len(set(log.coauthor.tolist())) == 2


def test_a_signoff_from_another_address_of_the_author_counts_as_theirs(workshop):
    workshop.commit("Old address\n\nSigned-off-by: Wanda Writer <wanda@old.example>\n", author=WANDA)
    assert workshop.log().is_signed_off_by_author.tolist() == [True]


def test_the_mailmap_of_the_head_is_honored_and_joins_both_identities(workshop):
    workshop.commit("As written", author="wanda <w@laptop>")
    workshop.commit("As mapped", author=WANDA, files={".mailmap": b"Wanda Writer <wanda@example.com> <w@laptop>\n"})
    log = workshop.log()
    assert len(set(log.author.tolist())) == 1
    assert len(set(log.address.tolist())) == 1
    assert log.merges.n_merged_by_mailmap == 1


def test_a_mailmap_in_an_earlier_commit_or_beside_the_repository_does_not_count(workshop):
    workshop.commit("Before", author="wanda <w@laptop>", files={".mailmap": b"Wanda Writer <wanda@example.com> <w@laptop>\n"})
    workshop.commit("After", author=WANDA)
    (workshop.folder / ".mailmap").write_text("Wanda Writer <wanda@example.com> <w@laptop>\n")
    assert len(set(workshop.log().author.tolist())) == 2


def test_bots_are_told_from_people(workshop):
    workshop.commit(author="dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>")
    workshop.commit(author=WANDA)
    log = workshop.log()
    assert log.is_bot.tolist() == [False, True]
    assert log.people["is_bot"].iloc[log.author].tolist() == [False, True]


def test_no_name_address_or_subject_survives_in_the_log(workshop):
    workshop.commit(
        "Secret plan\n\nCo-authored-by: Otto Other <otto@firma.de>\nSigned-off-by: Nina New <nina@gmail.com>\n",
        author="Wanda Writer <wanda@writer.example>",
        files={".mailmap": b"Wilma Wrong <wilma@example.com> <wanda@writer.example>\n"},
    )
    stored = pickle.dumps(workshop.log()).lower()
    words = (b"wanda", b"writer", b"wilma", b"wrong", b"otto", b"other", b"nina", b"gmail", b"secret", b"plan", SALT)
    assert [word for word in words if word in stored] == []


def test_hashes_depend_on_the_salt_and_on_nothing_else(workshop):
    workshop.commit(author=WANDA)
    repository = open_repository(workshop.folder)
    one, again, other = (read_log(repository, salt=salt) for salt in (SALT, SALT, b"another salt....."))
    assert one.people["key"].tolist() == again.people["key"].tolist()
    assert one.subject.tolist() == again.subject.tolist()
    assert one.people["key"].tolist() != other.people["key"].tolist()
    assert one.subject.tolist() != other.subject.tolist()


def test_a_short_salt_is_refused(workshop):
    workshop.commit()
    with pytest.raises(InputError, match="A salt has 16 to 64 bytes, not 5"):
        read_log(open_repository(workshop.folder), salt=b"short")


def test_a_revision_bounds_the_history(workshop):
    workshop.commit("First")
    second = workshop.commit("Second")
    workshop.commit("Third")
    log = workshop.log(revision="main~1")
    assert (len(log), log.head) == (2, second)


def test_an_author_date_well_after_the_committer_date_is_corrected(workshop):
    day = 86_400
    for late in (day, day + 1):
        lines = {"author": f"{WANDA} {SECOND + late} +0000", "committer": f"{WANDA} {SECOND} +0000"}
        workshop.raw({name: line.encode() for name, line in lines.items()})
    log = workshop.log()
    assert log.author_time.tolist() == [SECOND, SECOND + day]
    assert log.n_author_dates_corrected == 1


ODD = {
    "negative": b"-1000 +0000",
    "beyond 64 bits": b"99999999999999999999999 +0000",
    "unsigned 64 bits": b"18446744073709551615 +0000",
    "beyond signed 64 bits": b"9223372036854775808 +0000",
    "year 10000": b"253402300800 +0000",
    "year 2090": b"3786912000 +0000",
    "a word": b"yesterday +0000",
    "no zone": b"1700000000",
    "a word as zone": b"1700000000 abcd",
    "zero": b"0 +0000",
}


@pytest.mark.parametrize("date", ODD.values(), ids=ODD)
def test_a_commit_that_cannot_be_placed_in_time_is_set_apart(workshop, date):
    first = workshop.commit("First")
    odd = workshop.raw({"author": b"A U Thor <a@example.com> " + date, "committer": COMMITTER})
    last = workshop.commit("Last")
    log = workshop.log()
    assert log.sha.tolist() == [bytes.fromhex(last), bytes.fromhex(first)]
    assert log.n_quarantined == 1
    assert log.quarantined[0][0] == odd
    assert set(log.quarantine) <= {"author_date", "no_author"}


def test_a_commit_without_author_or_committer_is_set_apart(workshop):
    workshop.commit("First")
    workshop.raw({"committer": COMMITTER})
    workshop.raw({"author": b"A U Thor <a@example.com> 1700000000 +0000"})
    workshop.raw({"author": b"nothing", "committer": COMMITTER})
    workshop.raw({"author": b" <> 1700000000 +0000", "committer": COMMITTER})
    workshop.raw({"author": b"A\0B <a@example.com> 1700000000 +0000", "committer": COMMITTER})
    log = workshop.log()
    assert (len(log), log.quarantine) == (1, {"no_author": 4, "no_committer": 1})


def test_a_history_of_odd_commits_only_is_an_empty_log(workshop):
    workshop.raw({"author": b"A U Thor <a@example.com> 0 +0000", "committer": COMMITTER})
    log = workshop.log(with_lines=True)
    assert (len(log), len(log.people), log.insertions.tolist(), log.quarantine) == (0, 0, [], {"author_date": 1})


def test_coauthors_without_a_readable_address_do_no_harm(workshop):
    values = ["No Mail", "Empty <>", "<only@example.com>", "Two <a@b.de> <c@d.de>", "Sep\x1farator <s@e.de>", "> <", "\u202e <r@e.de>"]
    workshop.commit("Many\n\n" + "".join(f"Co-authored-by: {value}\n" for value in values))
    log = workshop.log()
    assert (len(log), log.n_quarantined) == (1, 0)
    assert set(log.coauthor_commit.tolist()) == {0}


def test_thousands_of_trailers_set_a_commit_apart_and_a_thousand_do_not(workshop):
    lines = [f"Co-authored-by: P{number} <p{number}@example.com>\n" for number in range(1_001)]
    workshop.commit("Fine\n\n" + "".join(lines[:1_000]))
    workshop.commit("Too many\n\n" + "".join(lines))
    log = workshop.log()
    assert (len(log), len(log.coauthor), log.quarantine) == (1, 1_000, {"trailers": 1})


TEXTS = {
    "a NUL in the message": (b"A <a@example.com>", b"before\0after"),
    "a subject of ten megabytes": (b"A <a@example.com>", b"x" * 10_000_000),
    "an empty message": (b"A <a@example.com>", b""),
    "broken characters": (b"Bad \xff\xfe <b@\xff.example>", b"bad \xff\xfe"),
    "control characters": (b"N\x01a\x1fme \x1b[31m <n@example.com>", b"\x1b[2J\x1f"),
    "right-to-left marks": ("N\u202eame \u200fRtl <r@example.com>".encode(), "\u202emarks".encode()),
    "no at sign": (b"No At <noat>", b"no at"),
    "no name": (b" <n@example.com>", b"no name"),
    "angle brackets": (b"Dou <ble> <x@example.com>", b"angle <brackets>"),
}


@pytest.mark.parametrize(("author", "message"), TEXTS.values(), ids=TEXTS)
def test_odd_texts_are_read_like_any_other(workshop, author, message):
    workshop.raw({"author": author + b" 1700000000 +0000", "committer": COMMITTER}, message)
    workshop.commit("Next")
    log = workshop.log()
    assert (len(log), log.n_quarantined, len(log.people)) == (2, 0, 3)


def test_an_odd_zone_leaves_the_moment_and_counts_as_utc(workshop):
    workshop.raw({"author": b"A <a@example.com> 1700000000 +123456789", "committer": COMMITTER})
    log = workshop.log()
    assert (log.author_time.tolist(), log.author_offset.tolist(), log.commit_offset.tolist()) == ([SECOND], [0], [60])


def test_direction_marks_case_and_blanks_do_not_make_another_person(workshop):
    workshop.commit(author="Wanda Writer <one@example.com>")
    workshop.commit(author="WANDA \u202e Writer <two@example.com>")
    assert len(set(workshop.log().author.tolist())) == 1


def test_a_declared_encoding_is_understood(workshop):
    workshop.raw({"author": b"J\xf6rg M <j@example.com> 1700000000 +0000", "committer": COMMITTER, "encoding": b"ISO-8859-1"})
    workshop.commit(author="Jörg M <other@example.com>")
    assert len(set(workshop.log().author.tolist())) == 1


def test_line_counts_are_those_of_git_numstat(workshop):
    text = b"".join(b"line %d\n" % number for number in range(100))
    root = workshop.commit("Root", files={"a.txt": text, "binary": b"\0\1\2"})
    side = workshop.commit("Rename", files={"b.txt": text + b"more\n", "binary": b"\0\1\3"}, at=SECOND + 1)
    main = workshop.commit("Other", files={"a.txt": b"line 0\nnew\n", "binary": b"\0\1\2"}, at=SECOND + 2, parents=[root])
    workshop.commit("Merge", files={"b.txt": text, "c.txt": b"merged\n"}, at=SECOND + 3, parents=[main, side])
    workshop.commit("Nothing", files={"b.txt": text, "c.txt": b"merged\n"}, at=SECOND + 4)
    log = workshop.log(with_lines=True)
    #                   nothing, merge, other: 1 new and 99 gone, rename and binary, root
    assert log.insertions.tolist() == [0, 0, 1, 1, 100]
    assert log.deletions.tolist() == [0, 0, 99, 0, 0]
    assert log.n_files.tolist() == [0, 0, 1, 2, 2]


def test_line_counts_of_many_commits_stay_with_their_commits(workshop):
    parts = []
    for number in range(1_300):
        text = "".join(f"{line}\n" for line in range(number % 7))
        parts.append(
            f"commit refs/heads/main\ncommitter {WANDA} {SECOND + number} +0000\ndata 1\nxM 100644 inline f\ndata {len(text)}\n{text}\n"
        )
    workshop.git("fast-import", "--quiet", stdin="".join(parts).encode())
    log = workshop.log(with_lines=True)
    numbers = np.arange(1_299, -1, -1) % 7
    before = np.append(numbers[1:], 0)
    assert log.insertions.tolist() == np.maximum(numbers - before, 0).tolist()
    assert log.deletions.tolist() == np.maximum(before - numbers, 0).tolist()


def test_progress_counts_the_commits_read_so_far(workshop):
    parts = [f"commit refs/heads/main\ncommitter {WANDA} {SECOND + number} +0000\ndata 1\nx\n" for number in range(BLOCK_COMMITS + 10)]
    workshop.git("fast-import", "--quiet", stdin="".join(parts).encode())
    seen: list[int] = []
    assert len(workshop.log(progress=seen.append)) == BLOCK_COMMITS + 10
    assert seen[0] >= BLOCK_COMMITS
    assert seen == sorted(seen)
    assert seen[-1] == BLOCK_COMMITS + 10


def test_dates_are_read_alike_one_by_one_and_all_at_once():
    alike = [b"1700000000 +0530", b"1600000000 -0800", b"1500000000 +0000"]
    mixed = [*alike, b"999999999 +0100", b"", b"1700000000 +123456789", b"12345678901234567890 +0000"]
    seconds, offsets = [1_700_000_000, 1_600_000_000, 1_500_000_000], [330, -480, 0]
    assert [values.tolist() for values in read_dates(alike)] == [seconds, offsets]
    assert [values.tolist() for values in read_dates(mixed)] == [[*seconds, 999_999_999, -1, 1_700_000_000, -1], [*offsets, 60, 0, 0, 0]]


@pytest.mark.parametrize("size", [1, 7, 1 << 20])
def test_commits_come_out_whole_however_the_output_is_cut(size):
    commits = [[b"%d-%d" % (row, column) * (row + 1) for column in range(len(PLACEHOLDERS))] for row in range(50)]
    output = b"".join(field + b"\0" for commit in commits for field in commit)
    pieces = [output[start : start + size] for start in range(0, len(output), size)]
    found = [list(commit) for fields in split_fields(pieces, "repo") for commit in zip(*fields, strict=True)]
    assert found == commits


def test_blocks_of_commits_do_not_depend_on_how_the_output_is_cut():
    output = b"field\0" * len(PLACEHOLDERS) * (2 * BLOCK_COMMITS + 5)
    cuts = [[output], [output[start : start + 4_096] for start in range(0, len(output), 4_096)]]
    sizes = [[len(fields[0]) for fields in split_fields(pieces, "repo")] for pieces in cuts]
    assert sizes == [[BLOCK_COMMITS, BLOCK_COMMITS, 5]] * 2


def test_output_that_ends_within_a_commit_is_an_error():
    with pytest.raises(DataError, match="git log on repo ended within a commit"):
        list(split_fields([b"a\0b\0"], "repo"))


def test_a_million_byte_mailmap_and_hostile_lines_in_it_do_no_harm(workshop):
    lines = b"<<<>>>\nWanda <\n> <x>\n\0\nName <a@b> Other <c@d> <e@f>\n" + b"# comment\n" * 100_000
    workshop.commit(author=WANDA, files={".mailmap": lines})
    assert len(workshop.log()) == 1


def test_texts_of_commits_reach_no_shell(workshop, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    workshop.commit("First $(touch marker) `touch marker`")
    workshop.commit("; touch marker", author="$(touch marker) <`touch marker`@example.com>")
    assert len(workshop.log()) == 2
    assert not list(tmp_path.rglob("marker"))
