"""`openstrat forks study`: one event or all, as a page or as JSON."""

from __future__ import annotations

import json

from click.testing import CliRunner

from openstrat.cli.forks_study import study
from openstrat.errors import UnknownNameError


def ran(*arguments: str) -> str:
    """What the command prints."""
    done = CliRunner().invoke(study, list(arguments))
    assert done.exit_code == 0, done.output
    return done.output


def test_a_page_shows_each_number_and_what_it_cannot_tell_apart() -> None:
    page = ran("redis-2024")
    assert "16.9 -> 10.5, -38%; 13 donors" in page
    assert "p 0.14 (smallest possible 0.07)" in page
    assert "Verdict: fragile." in page
    assert "What these numbers cannot tell apart:" in page
    assert max(map(len, page.splitlines())) <= 112


def test_a_refusal_gives_its_reason_instead_of_a_number() -> None:
    assert "synthetic control   refused. No mix of donors moved like it before" in ran("fluent-assertions-2025")


def test_json_holds_the_same_event_for_programs() -> None:
    found = json.loads(ran("akka-2022", "--json"))
    row = found["estimates"][0]
    assert (row["event_id"], row["verdict"], row["n_donors"]) == ("akka-2022", "fragile", 16)
    assert row["cannot_identify"]
    assert found["many_events"]["n"] == 1


def test_all_events_say_what_chance_alone_would_give() -> None:
    shown = " ".join(ran("all").split())
    assert "17 events were looked at: 2 with p at or below 0.1, where chance alone would give up to 1.7." in shown
    assert "are one shock seen 5 times" in shown
    assert "elasticsearch-2021 - -18% - - - - - refused" in shown


def test_an_unknown_event_is_named_with_the_nearest() -> None:
    done = CliRunner().invoke(study, ["redis-24"])
    assert isinstance(done.exception, UnknownNameError)
    assert "Did you mean 'redis-2024'" in str(done.exception)
