"""The sections on one fork: what a reader of words, charts and tables can rely on."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import vl_convert

import openstrat
from openstrat.analysis.forking import ForkPair
from openstrat.analysis.forks.statements import wrong_statements
from openstrat.present import forks
from openstrat.present.figure import Figure
from openstrat.reporting.figures import responsive

FORKS = openstrat.fork_pairs_of()["fork"].tolist()
SECTIONS = [
    "pair_glance",
    "activity_figure",
    "activity_note",
    "moved_figure",
    "core_figure",
    "core_table",
    "concentration_figure",
    "concentration_table",
    "newcomers_figure",
    "newcomers_note",
    "scopes_table",
    "rules_figure",
    "rules_table",
    "published_table",
    "pair_caveats",
]


@pytest.fixture(scope="module")
def valkey() -> ForkPair:
    return openstrat.fork_pair_of("valkey-io/valkey")


def words_of(part: object) -> str:
    """Everything a reader can read of a section."""
    return f"{part.title}. {part.description}" if isinstance(part, Figure) else part.text


def drawn(figure: Figure, width: int = 760) -> set[str]:
    """Every text in the drawing."""
    spec = responsive(figure.spec()) | {"width": width}
    return {text.strip() for text in re.findall(r">([^<>]+)<", vl_convert.vegalite_to_svg(spec, vl_version="5.20")) if text.strip()}


@pytest.mark.parametrize("fork", FORKS)
def test_every_section_can_be_written_for_every_fork_and_says_nothing_known_to_be_wrong(fork: str) -> None:
    pair = openstrat.fork_pair_of(fork)
    parts = [getattr(forks, name)(pair) for name in SECTIONS]
    text = "\n".join(map(words_of, parts))
    assert wrong_statements(text) == []
    assert not re.search(r"\bnan\b|None\b|np\.|<NA>", text)
    assert all("width" not in part.spec() and len(part.table) for part in parts if isinstance(part, Figure))


def test_the_glance_names_dates_counts_and_kind(valkey: ForkPair) -> None:
    text = forks.pair_glance(valkey).text
    assert "The core moved: 6 of 10 core people of redis committed to valkey in its first twelve months." in text
    assert "license change 2024-03-20, announced 2024-03-28, first release 2024-04-15" in text
    assert "6 after 6 months, 6 after 12 months, at least 6 after 24 months" in text
    assert "migrants made 63% of its own commits (542 of 854)" in text
    assert "redis: people active a month 16.9 before and 10.5 after the start (−38%; 12 and 11 complete months)" in text
    assert re.search(r"change of people active a month −\d+% to −27% \(12 months before and after 2024-03: fragile\)", text)
    assert "not proof" in text


def test_an_upstream_without_a_core_gets_a_sentence_instead_of_a_bar_of_nobody(valkey: ForkPair) -> None:
    counts = ["n_group", "n_in_fork", "n_fork_only", "n_both", "n_upstream_only", "n_neither"]
    empty = replace(valkey, transitions=valkey.transitions.assign(**dict.fromkeys(counts, 0)))
    assert words_of(forks.core_figure(empty)).startswith("Nobody had ten or more commits to redis")
    assert "nobody had ten or more commits to redis in the year before" in forks.pair_glance(empty).text
    assert "0 of 0" not in forks.pair_glance(empty).text


def test_the_share_that_came_over_names_its_months(valkey: ForkPair) -> None:
    # came over 9, 12, 12, 10, 15, 10 of 24, 24, 28, 25, 26, 19 people: 68 of 146
    assert forks.moved_figure(valkey).title == "47% of the people active in valkey in a month had come from redis (2024-10 to 2025-03)"


def test_the_glance_follows_the_measure(valkey: ForkPair) -> None:
    assert "own commits a month, fork and upstream" in forks.pair_glance(valkey, measure="commits").text


def test_facts_say_title_verdict_and_last_day(valkey: ForkPair) -> None:
    assert forks.pair_facts(valkey).values == {
        "title": "valkey, a fork of redis",
        "verdict": "The core moved: 6 of 10 core people of redis committed to valkey in its first twelve months",
        "as_of": "2025-03-27",
        "status": "real",
    }


def test_namesakes_are_told_apart_by_their_owners() -> None:
    assert forks.pair_facts(openstrat.fork_pair_of("freenginx/nginx")).values["title"] == "freenginx/nginx, a fork of nginx/nginx"


def test_both_lines_and_the_days_are_named_in_the_drawing(valkey: ForkPair) -> None:
    figure = forks.activity_figure(valkey, months_before=24)
    assert {"redis", "valkey", "license change 2024-03-20", "first own commit 2024-03-22"} <= drawn(figure, 358)
    assert figure.table["month"].min() == "2022-03"
    assert figure.title == "valkey stands at 24.5 people active a month, redis at 11.8 (means of 2024-09 to 2025-02)"


def test_every_bar_of_the_core_has_its_counts_in_words(valkey: ForkPair) -> None:
    said = {"after 6 months: 6 of 10 in the fork, 1 on both sides", "after 24 months: at least 6 of 10 in the fork"}
    assert said <= drawn(forks.core_figure(valkey))


def test_where_most_commits_name_no_organization_the_table_says_why_none_is_shown(valkey: ForkPair) -> None:
    text = forks.concentration_table(valkey).text
    assert "not shown: 78% of the commits name none, more than half" in text
    assert "1 made half of the commits that name one; the largest (redis) has 50% to 97% of all (47% name none)" in text


def test_own_commits_stand_beside_the_naive_count(valkey: ForkPair) -> None:
    assert forks.scopes_table(valkey).text.startswith(
        "Of 11,559 commits in valkey that are no merges, 880 are its own: a naive count is 13.1 times too high"
    )


def test_rules_are_drawn_as_marks_with_lowest_and_highest(valkey: ForkPair) -> None:
    figure = forks.rules_figure(valkey)
    assert {"68% to 72%: fork's share of people active a month", "76%: fork's share of own commits a month"} <= drawn(figure, 358)
    assert {"whoever is credited", "with co-authors", "addresses, not people", "by author date"} <= drawn(figure)
    assert "68% to 72%, robust: fork's share of people active a month" in figure.description


def test_values_close_to_the_dividing_line_are_called_a_tie() -> None:
    text = forks.rules_table(openstrat.fork_pair_of("opentofu/opentofu")).text
    assert re.search(r"fork's share of people active a month .* 50% to 51% +a tie", text)
    assert "outsiders' commits" not in text


def test_without_twelve_whole_months_no_concentration_is_drawn(valkey: ForkPair) -> None:
    young = replace(valkey, activity=valkey.activity.assign(is_full_12m=False))
    assert "Neither side has twelve whole months" in forks.concentration_figure(young).text


def test_only_the_findings_on_this_pair_are_listed(valkey: ForkPair) -> None:
    text = forks.published_table(valkey).text
    assert "18 people who had written for Redis" in text
    assert "OpenTofu" not in text
    assert "No published figure on this pair" in forks.published_table(openstrat.fork_pair_of("libav/libav")).text


def test_coinciding_events_stand_below_the_lines() -> None:
    assert "IBM agreed to buy HashiCorp" in forks.activity_note(openstrat.fork_pair_of("opentofu/opentofu")).text
    assert "FFmpeg was not read on its own" in forks.activity_note(openstrat.fork_pair_of("libav/libav")).text


def test_hostile_names_are_escaped(valkey: ForkPair) -> None:
    hostile = "<script>alert(1)</script>"
    pair = replace(valkey, fork=hostile, activity=valkey.activity.replace({"repository": {valkey.fork: hostile}}))
    page = forks.pair_glance(pair).html + forks.rules_table(pair).html + forks.scopes_table(pair).html
    assert "<script>" not in page
    assert "&lt;" in page
