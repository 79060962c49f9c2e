"""Marks of subjects and the limit of dates, which every reader of commits shares."""

from __future__ import annotations

import time

from openstrat.collect.git.commit_marks import DAY_SECONDS, subject_marks
from openstrat.collect.git.trees import stamp

SALT = bytes(range(16))


def test_equal_subjects_have_equal_marks_and_others_do_not() -> None:
    one, again, other = subject_marks([b"Fix it", b"Fix it", b"Fix them"], SALT).tolist()
    assert one == again != other


def test_a_mark_is_useless_without_the_salt() -> None:
    assert subject_marks([b"Fix it"], SALT).tolist() != subject_marks([b"Fix it"], bytes(16)).tolist()


def test_a_date_of_tomorrow_is_kept_and_one_of_the_day_after_is_an_error() -> None:
    now = int(time.time())
    assert stamp(b"%d +0000" % (now + DAY_SECONDS // 2)) is not None
    assert stamp(b"%d +0000" % (now + 2 * DAY_SECONDS)) is None
