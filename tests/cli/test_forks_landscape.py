"""`openstrat forks landscape` and `openstrat forks findings` at the command line."""

from __future__ import annotations

import json

from click.testing import CliRunner

from openstrat.cli.forks_landscape import findings, landscape


def test_the_landscape_says_how_many_forks_ended_and_how_many_are_still_observed() -> None:
    shown = CliRunner().invoke(landscape, [])
    assert shown.exit_code == 0
    assert "34 have a length of life; 6 of them ended (2 merged back, 2 ended, 2 stalled)." in shown.output
    assert "Left out: redis-redict, nobody looked at its outcome." in shown.output
    assert "2 questions, no others" in shown.output
    assert "the groups cannot be told apart" in shown.output
    assert "Well-known forks only" in shown.output


def test_the_landscape_is_json_without_holes() -> None:
    record = json.loads(CliRunner().invoke(landscape, ["--json"]).output, parse_constant=lambda word: 1 / 0)
    assert record["n_forks"] == 36
    assert record["ends"] == {"merged_back": 2, "ended": 2, "stalled": 2}
    assert {item["grouping"] for item in record["comparisons"]} == {"steward_type", "is_relicense"}
    assert {row["step"]: row["n"] for row in record["lag_summary"]} == {"announced": 8, "first_own_commit": 7, "first_release": 7}


def test_findings_show_the_published_figure_ours_and_the_verdict() -> None:
    shown = CliRunner().invoke(findings, [])
    assert shown.exit_code == 0
    assert "lag-valkey: holds only under some rules" in shown.output
    assert "core contributors of the year before (6 months from" in " ".join(shown.output.split())
    assert "13 hold, 2 hold only under some rules, 2 do not hold, 13 cannot be checked." in shown.output
    assert "30 published findings:" in shown.output
    assert "A finding holds under a rule when" in shown.output


def test_findings_can_be_narrowed_to_a_verdict() -> None:
    record = json.loads(CliRunner().invoke(findings, ["--verdict", "does_not_hold", "--json"]).output)
    assert {row["finding_id"] for row in record["findings"]} == {"lag-opentofu", "redis-outsiders-before"}
