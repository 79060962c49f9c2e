"""Marks of subjects: equal for a commit and its copy, useless without the salt."""

from __future__ import annotations

from openstrat.collect.git.commit_marks import subject_marks

SALT = bytes(range(16))
LONG = b"Teach the parser of dates to read what older versions of the format wrote"


def is_same(one: bytes, other: bytes) -> bool:
    first, second = subject_marks([one, other], SALT).tolist()
    return bool(first == second)


def test_the_number_of_a_pull_request_does_not_matter() -> None:
    assert is_same(b"Fix a leak", b"Fix a leak (#123)")


def test_what_follows_after_72_bytes_does_not_matter() -> None:
    assert is_same(LONG, LONG + b" (cherry picked from commit 1bf958a)")


def test_short_subjects_differ_by_every_word() -> None:
    assert not is_same(b"Fix a leak", b"Fix a leak again")
    assert not is_same(b"Fix (#123) in the parser", b"Fix in the parser")


def test_marks_depend_on_the_salt() -> None:
    assert subject_marks([b"Fix a leak"], SALT).tolist() != subject_marks([b"Fix a leak"], SALT[::-1]).tolist()
