"""Errors about names: few allowed names are listed, of many only those that are near."""

from __future__ import annotations

import pytest

from openstrat.errors import UnknownNameError, UnreadTermsError, did_you_mean

MANY = [f"release-{number}" for number in range(40)] + ["olmo-7b", "gpt-2", "gpt-4"]


def test_few_allowed_names_are_all_listed() -> None:
    assert str(UnknownNameError("layer", "databse", ["sdk", "database"])) == (
        "Unknown layer 'databse'. Did you mean 'database'? Allowed: database, sdk."
    )


def test_of_many_names_only_the_near_ones_are_listed() -> None:
    said = str(UnknownNameError("release", "gpt-3", MANY, "List: openstrat release list"))
    assert said == "Unknown release 'gpt-3'. Did you mean 'gpt-4' or 'gpt-2'? 43 names are known. List: openstrat release list"


@pytest.mark.parametrize(("name", "meant"), [("olmo", "olmo-7b"), ("OLMO-7B", "olmo-7b"), ("olmo7b", "olmo-7b")])
def test_the_start_of_a_name_and_a_slip_suggest_it(name: str, meant: str) -> None:
    assert did_you_mean(name, MANY) == f" Did you mean {meant!r}?"


@pytest.mark.parametrize("name", ["newb", "n8n", "xyz", ""])
def test_a_short_name_that_is_only_vaguely_alike_suggests_nothing(name: str) -> None:
    assert did_you_mean(name, ["Noweb", "Nokia", "NLPL"]) == ""


def test_unread_terms_are_not_called_an_unknown_name() -> None:
    assert "Unknown" not in str(UnreadTermsError("Aladdin"))
    assert str(UnreadTermsError("A", ["A-2020"])).endswith("Read was A-2020; ask for that.")
