"""The pieces of the relicensing study: what a reader of the shipped events can rely on."""

from __future__ import annotations

import re
from functools import cache

import pandas as pd

import openstrat
from openstrat.analysis.effects.study import RelicensingStudy
from openstrat.present import study
from openstrat.present.figure import Figure
from openstrat.present.page import Markup

SIGNED = re.compile(r"[−+]\d+%")


@cache
def asked(change: str) -> RelicensingStudy:
    """A study of the shipped tables."""
    return openstrat.study_of(change)


@cache
def happened(change: str) -> pd.DataFrame:
    """What else touches the months."""
    return openstrat.happened_of(asked(change))


def glance(change: str) -> str:
    """The first screen, as text."""
    return study.at_a_glance(asked(change), asked("all"), happened(change), openstrat.moved_of(asked(change))).text


def ways(change: str) -> str:
    """The table of ways to ask, as text without the spaces that align it."""
    return re.sub(r" {2,}", " | ", study.ways_table(asked(change), happened(change)).text)


def test_a_refused_estimate_says_why_and_shows_no_change() -> None:
    first = glance("elasticsearch-2021")
    assert "Verdict: refused" in first
    assert "Before and after are not both known." in first
    assert SIGNED.findall(first) == []
    assert SIGNED.findall(ways("elasticsearch-2021")) == []
    assert ways("elasticsearch-2021").count("refused: ") == 4


def test_a_refused_event_is_drawn_without_a_mean_after() -> None:
    figure = study.movement_figure(asked("elasticsearch-2021"), openstrat.series_of(asked("elasticsearch-2021")))
    assert isinstance(figure, Figure)
    assert "no change is given, 0 of 12 months after are known" in figure.title
    after = figure.table[figure.table["months_since_event"] > 0]
    assert after["share"].isna().all()
    assert after["donor_median"].notna().all()


def test_the_smallest_possible_p_stands_beside_each_p() -> None:
    # 13 donors and the event are 14 units: the smallest p is 1/14 = .07; no donor fell as far, one rose as far: 2/14 = .14
    assert "p 0.14, smallest possible 0.07" in ways("redis-2024")
    assert "p 0.14 (smallest possible 0.07)" in glance("redis-2024")
    assert "not defined without donors" in ways("redis-2024")


def test_the_first_screen_gives_the_published_means_with_their_window_and_donors() -> None:
    first = glance("redis-2024")
    assert "16.9 → 10.5" in first
    assert "2023-03 to 2024-02 against 2024-04 to 2025-03" in first
    assert "median of 13 comparable projects without an event (donors) changed by 0%, and 0 of them fell as far" in first


def test_views_that_point_in_opposite_directions_are_named() -> None:
    first = glance("vault-2023")
    assert "Verdict: reversed – the views point in opposite directions" in first
    assert "but higher by" in first


def test_a_fork_without_a_license_change_is_not_called_a_relicensing_and_not_counted_among_them() -> None:
    title = study.study_facts(asked("cortex-mimir")).values["title"]
    assert title == "Did activity fall at cortex?"
    assert "is no change to stricter terms" in study.chance_box(asked("cortex-mimir"), asked("all")).text


def test_what_chance_alone_would_give_follows_from_the_number_of_events() -> None:
    # 17 events with a p value: at .2 chance gives up to 3.4
    assert "chance alone would give up to 3.4" in study.chance_box(asked("redis-2024"), asked("all")).text


def test_each_thing_that_happened_keeps_its_own_sources() -> None:
    rows = happened("redis-2024").set_index("kind")
    assert rows.loc["governance", "source_ids"] == "devclass-2025-04-01"
    assert set(rows.index) == {"governance", "record_change", "fork"}
    assert "[devclass-2025-04-01]" in study.happened_table(asked("redis-2024"), happened("redis-2024")).text


def test_a_way_of_counting_without_enough_donors_gives_its_means_and_no_comparison() -> None:
    counting = openstrat.counting_of(asked("redis-2024"))
    notes = study.counting_notes(asked("redis-2024"), counting).text
    assert "without an address of the steward: 13.2 → 5.3 (−60%), with nothing to set it beside: only 8 donors are usable" in notes
    figure = study.counting_figure(asked("redis-2024"), counting)
    assert isinstance(figure, Figure)
    assert not set(figure.table["counted"]) & {"active authors a month without an address of the steward"}


def test_people_in_the_fork_stand_beside_all_of_their_group_and_short_histories_are_lower_bounds() -> None:
    text = study.moved_table(asked("redis-2024"), openstrat.moved_of(asked("redis-2024"))).text
    assert "6 of 10 core people were seen in valkey-io/valkey within a year" in text
    assert "at least 6 of 10" in text
    assert "not measured: redict" in text


def test_an_event_without_published_findings_or_forks_says_so() -> None:
    assert "has none on this event" in study.published_table(openstrat.findings_of(asked("ksqldb-2018"))).text
    assert (
        "No fork that answered this was measured" in study.moved_table(asked("ksqldb-2018"), openstrat.moved_of(asked("ksqldb-2018"))).text
    )


def test_all_events_stand_in_one_table_with_their_verdicts() -> None:
    table = study.ways_table(asked("all"), happened("all"))
    assert isinstance(table, Markup)
    assert table.html.count("<tr") == len(asked("all").estimates) + 2  # a title and the column names
    assert "0 robust" in table.text


def test_how_to_read_is_said_only_where_there_is_something_to_read() -> None:
    refused = study.control_figure(asked("elasticsearch-2021"))
    assert study.how_to_read("control", asked("elasticsearch-2021"), refused).text == ""
    assert "How to read it" in study.how_to_read("control", asked("redis-2024"), study.control_figure(asked("redis-2024"))).text


def test_a_rise_is_called_a_rise() -> None:
    figure = study.movement_figure(asked("ksqldb-2018"), openstrat.series_of(asked("ksqldb-2018")))
    assert isinstance(figure, Figure)
    assert "rose from 13.6 to 15.5 (+14%)" in figure.title
