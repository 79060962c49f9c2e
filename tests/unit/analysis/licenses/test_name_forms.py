"""The forms in which license names are compared, from strict to wide."""

from __future__ import annotations

import pytest

from openstrat.analysis.licenses.name_forms import family, first_word, loose, spelled, stems, words


def test_spelled_drops_case_spaces_and_punctuation_but_no_number_and_no_plus() -> None:
    assert spelled("Apache-2.0") == spelled("apache 2.0") == "apache2.0"
    assert spelled("GPL-2.0+") != spelled("GPL-2.0")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Apache License, Version 2.0", "Apache 2"),
        ("Server Side Public License, v 1", "server side public v1"),
        ("GNU GPL version 2 or (at your option) any later version", "GPL v2 or later"),
    ],
)
def test_loose_makes_the_names_of_one_license_equal(one: str, other: str) -> None:
    assert loose(one) == loose(other)


def test_loose_keeps_versions_apart_and_family_does_not() -> None:
    assert loose("Llama 3.1") != loose("Llama 3.2")
    assert family("Llama 3.1") == family("Llama 4")
    assert family("Redis Source Available License, first version") == family("Redis Source Available License 2.0")


def test_words_keep_a_number_with_the_letters_before_it() -> None:
    assert words("Kimi-K2 Modified MIT License v1.0") == {"kimi", "k2", "modified", "mit", "1"}
    assert words("FLUX.1 [dev]") == {"flux", "1", "dev"}


def test_stems_add_what_stands_before_a_number_but_no_single_letter() -> None:
    assert stems("Baichuan2 X11") == {"baichuan2", "baichuan", "x11"}


def test_the_first_word_is_no_filler() -> None:
    assert first_word("The ChatGLM2-6B License") == {"chatglm2", "chatglm"}
    assert first_word("license") == frozenset()
