"""What a text is: known licenses are told apart, anything else is said to be unknown, changed or more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from license_samples import BSD_2, BSD_3, BUSL_HEAD, ISC, MIT, MIT_0, ZERO_BSD, built, busl

from openstrat.analysis.repository_auditing import known_texts
from openstrat.collect.license_text import TextReading, TextState, decode, read_license, read_license_text

ROOT = Path(__file__).parents[3]
KNOWN = known_texts()
TEXTS = {item.text_id: item for item in KNOWN}


def read(text: str) -> TextReading:
    return read_license_text(text, KNOWN)


def ids(reading: TextReading) -> list[tuple[str, ...]]:
    return [text.license_ids for text in reading.texts]


@pytest.mark.parametrize(
    ("text", "license_id"),
    [(MIT, "MIT"), (MIT_0, "MIT-0"), (ISC, "ISC"), (ZERO_BSD, "0BSD"), (BSD_2, "BSD-2-Clause"), (BSD_3, "BSD-3-Clause")],
    ids=lambda item: item if len(item) < 20 else "",
)
def test_short_licenses_are_told_apart(text: str, license_id: str) -> None:
    reading = read(text)
    assert (reading.state, ids(reading)) == (TextState.READ, [(license_id,)])


def test_our_own_license_file_is_apache_word_for_word() -> None:
    reading = read_license((ROOT / "LICENSE").read_bytes(), KNOWN)
    assert [(text.license_ids, text.is_verbatim) for text in reading.texts] == [(("Apache-2.0",), True)]


def test_one_changed_word_in_a_long_license_is_noticed() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8").replace("perpetual", "revocable", 1)
    assert [(item.license_ids, item.is_verbatim) for item in read(text).texts] == [(("Apache-2.0",), False)]


@pytest.mark.parametrize("text_id", sorted(TEXTS))
def test_all_marks_at_their_distances_are_that_license_and_never_word_for_word(text_id: str) -> None:
    known = TEXTS[text_id]
    found = read(built(known)).texts
    assert len(found) == 1
    assert set(known.license_ids) <= set(found[0].license_ids)
    assert not found[0].is_verbatim


@pytest.mark.parametrize("text_id", sorted(TEXTS))
def test_a_text_without_one_of_its_marks_is_not_that_license(text_id: str) -> None:
    known = TEXTS[text_id]
    mark = known.marks[len(known.marks) // 2]
    reading = read(built(known).replace(mark, " ".join(["lorem"] * len(mark.split()))))
    assert text_id not in {text.text_id for text in reading.texts}


@given(n=st.integers(60, 400), at=st.integers(0, 10))
def test_a_paragraph_slipped_into_a_license_breaks_the_recognition(n: int, at: int) -> None:
    known = TEXTS["MPL-2.0"]
    marks = built(known).split()
    place = len(marks) * (at + 1) // 12
    assert ids(read(" ".join([*marks[:place], *["ipsum"] * n, *marks[place:]]))) == []


def test_gnu_texts_do_not_say_whether_later_versions_are_meant_unless_the_file_does() -> None:
    text = built(TEXTS["GPL-3.0"])
    notice = "You can redistribute it under version 3 of the License, or (at your option) any later version.\n"
    assert ids(read(text)) == [("GPL-3.0-only", "GPL-3.0-or-later")]
    assert ids(read(notice + text)) == [("GPL-3.0-or-later",)]


def test_versions_of_one_family_are_not_mixed_up() -> None:
    found = {name: ids(read(built(TEXTS[name]))) for name in ("Llama-3.1", "Llama-3.2", "Llama-3.3", "LGPL-2.1", "GPL-2.0", "AGPL-3.0")}
    assert found == {
        "Llama-3.1": [("LicenseRef-Llama-3.1",)],
        "Llama-3.2": [("LicenseRef-Llama-3.2",)],
        "Llama-3.3": [("LicenseRef-Llama-3.3",)],
        "LGPL-2.1": [("LGPL-2.1-only", "LGPL-2.1-or-later")],
        "GPL-2.0": [("GPL-2.0-only", "GPL-2.0-or-later")],
        "AGPL-3.0": [("AGPL-3.0-only", "AGPL-3.0-or-later")],
    }


def test_business_source_comes_with_its_parameters_and_without_the_licensors_name() -> None:
    reading = read(busl(TEXTS))
    assert (reading.state, ids(reading)) == (TextState.READ, [("BUSL-1.1",)])
    assert dict(reading.texts[0].parameters) == {
        "additional_use_grant": "yes",
        "change_date": "2027-03-01",
        "change_license": "Apache License, Version 2.0",
    }
    assert "Petra" not in repr(reading)


def test_business_source_without_a_use_grant_says_so() -> None:
    text = busl(TEXTS, BUSL_HEAD.replace("You may make production use of the Licensed Work, unless you offer it as a service.", "None"))
    assert dict(read(text).texts[0].parameters)["additional_use_grant"] == "no"


def test_a_file_with_two_licenses_lists_both_and_says_when_the_reader_chooses() -> None:
    together = f"{MIT}\n\n{BSD_3}"
    assert ids(read(together)) == [("MIT",), ("BSD-3-Clause",)]
    assert not read(together).is_choice
    assert read(f"This is dual-licensed; take it under MIT or BSD at your option.\n{together}").is_choice


def test_words_that_may_add_terms_beside_a_license_are_counted() -> None:
    reading = read(MIT + "\nThe Software must not be used commercially by organizations with more than ten people.\n")
    assert (reading.state, ids(reading)) == (TextState.MORE, [("MIT",)])
    assert reading.n_other_words > 8


def test_a_title_that_says_modified_is_enough_to_doubt_the_text() -> None:
    assert read(f"Modified {MIT}").state is TextState.MORE


def test_a_purpose_clause_inside_the_text_makes_it_another_license() -> None:
    changed = MIT.replace("THE SOFTWARE IS PROVIDED", "The Software shall be used for Good, not Evil.\n\nTHE SOFTWARE IS PROVIDED", 1)
    assert ids(read(changed)) == [("JSON",)]


def test_a_bsd_text_that_forbids_changes_is_not_bsd() -> None:
    reading = read(BSD_2.replace("with or without modification", "without modification"))
    assert (reading.state, reading.texts) == (TextState.UNKNOWN, ())
    assert "BSD-2-Clause" in reading.resembles


def test_the_owners_name_and_year_do_not_matter() -> None:
    other = BSD_3.replace("Example Works", "The Regents of a Quite Long University Name")
    assert ids(read("Copyright (c) 1999-2024, Somebody Else. All rights reserved.\n" + other)) == [("BSD-3-Clause",)]


@pytest.mark.parametrize(
    ("data", "state"),
    [
        (MIT.replace("\n", "\r\n").encode(), TextState.READ),
        (MIT.encode("utf-16"), TextState.READ),
        (b"\xef\xbb\xbf" + MIT.encode(), TextState.READ),
        (MIT.replace("Example", "Müller").encode("latin-1"), TextState.READ),
        (b"/* " + MIT.replace("\n", "\n * ").encode() + b" */", TextState.READ),
        (b"", TextState.EMPTY),
        (b" \n\t\n", TextState.EMPTY),
        (b"\x7fELF\0\0\0", TextState.NOT_TEXT),
        (b"\xff\xfe\x00\xd8", TextState.NOT_TEXT),
    ],
    ids=["crlf", "utf-16", "bom", "latin-1", "comment", "empty", "blank", "binary", "broken utf-16"],
)
def test_encodings_line_ends_and_comment_marks(data: bytes, state: TextState) -> None:
    assert read_license(data, KNOWN).state is state


def test_a_short_notice_with_an_address_or_an_spdx_line_names_a_license() -> None:
    assert read("See https://creativecommons.org/licenses/by-sa/4.0/ for the terms.").named == ("CC-BY-SA-4.0",)
    tagged = read("SPDX-License-Identifier: MIT OR Apache-2.0\n")
    assert (tagged.state, tagged.named) == (TextState.NAMED, ("MIT OR Apache-2.0",))


@given(st.binary(max_size=3000))
def test_any_bytes_get_an_answer(data: bytes) -> None:
    assert read_license(data, KNOWN).state in TextState


@given(st.integers(0, 10_000))
def test_a_heap_of_license_words_in_no_order_is_no_license(seed: int) -> None:
    words = " ".join(built(TEXTS[name]) for name in ("MIT", "ISC", "MPL-2.0")).split()
    random.Random(seed).shuffle(words)
    assert read(" ".join(words)).texts == ()


def test_decoding_gives_none_for_binary() -> None:
    assert decode(b"a\0b") is None
    assert decode("ä".encode("utf-32")) == "ä"
