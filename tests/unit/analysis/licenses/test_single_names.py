"""One license by one name: what is read, with which note, and what is refused with which next step."""

from __future__ import annotations

import pytest

from openstrat.analysis.licenses.single_names import check_read, read_one
from openstrat.errors import InputError, UnknownNameError, UnreadTermsError
from openstrat.tables.store import read_table

TABLES = [read_table(name) for name in ("licenses", "license_aliases", "license_terms")]


@pytest.mark.parametrize("name", ["MIT", "Apache-2.0", "LicenseRef-Llama-4"])
def test_a_current_identifier_is_itself_without_a_note(name: str) -> None:
    assert read_one(name, *TABLES) == (name, "")


@pytest.mark.parametrize(
    ("name", "license_id", "said"),
    [
        ("AGPL-3.0", "AGPL-3.0-only", "people write it without saying -only or -or-later"),
        ("Business Source License", "BUSL-1.1", "It names no version; one is listed"),
        ("Gemma Terms of Use", "LicenseRef-Gemma-ToU", "LicenseRef-Gemma-ToU-2025-03-24"),
        ("NVIDIA Open Model License", "LicenseRef-NVIDIA-Open-Model", "those of LicenseRef-NVIDIA-Open-Model-2025-04 were"),
        ("apple-ascl", "LicenseRef-Apple-Sample-Code", "those of LicenseRef-Apple-Sample-ML-Ferret were"),
    ],
)
def test_any_other_name_comes_with_a_note_that_says_what_is_open(name: str, license_id: str, said: str) -> None:
    meant, note = read_one(name, *TABLES)
    assert meant == license_id
    assert said in note


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("  ", "is empty. Write a license, such as MIT"),
        ("BSL", "BSL-1.0, permissive"),
        ("GPLv3", "It could be: GPL-3.0-only, GPL-3.0-or-later"),
        ("MIT OR GPL-2.0", "one by one (MIT, GPL-2.0-only), or: openstrat license place 'MIT OR GPL-2.0-only'"),
        ("MIT, ISC, Zlib", "one by one (MIT, ISC, Zlib)"),
        ("Apache-2.0 with LLVM exception", "its license alone (Apache-2.0)"),
        ("GPL-2.0 with classpath exception", "'GPL-2.0-only WITH Classpath-exception-2.0'"),
        ("Apache-2.0+", "'Apache-2.0+'"),
        ("MIT OR Foo-1.0", "'Foo-1.0' is not read as one license"),
        ("open source", "not under which license"),
    ],
)
def test_what_is_no_single_license_is_refused_with_what_to_write(name: str, said: str) -> None:
    with pytest.raises(InputError) as refused:
        read_one(name, *TABLES)
    assert said in str(refused.value)


def test_an_unknown_name_lists_few_near_ones_and_the_command_for_all() -> None:
    with pytest.raises(
        UnknownNameError, match=r"Unknown license 'Apache-2\.1x'. Did you mean 'Apache-2\.0'.*openstrat data show licenses"
    ) as refused:
        read_one("Apache-2.1x", *TABLES)
    assert "0BSD" not in str(refused.value)


def test_a_listed_license_whose_terms_were_not_read_is_not_called_unknown() -> None:
    with pytest.raises(UnreadTermsError, match=r"Glulxe: its terms were not read here"):
        check_read("Glulxe", *TABLES)
    with pytest.raises(UnreadTermsError, match=r"Read was LicenseRef-TSL-2020; ask for that"):
        check_read("TSL", *TABLES)
    assert check_read("GPL-2.0", *TABLES) == "GPL-2.0-only"
