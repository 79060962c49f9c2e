"""What index, digest, feed and pages a case say about runs; the runs are made up, their plans are real."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest

from openstrat.reporting.baselines import CHANGED, NEW, SAME, RunChange
from openstrat.reporting.causes import DATA, Cause
from openstrat.reporting.changes import Changes, Move, Step
from openstrat.reporting.digest import digest, headline
from openstrat.reporting.feed import MOST_ENTRIES, feed_files
from openstrat.reporting.index import FINISHED, index_files
from openstrat.reporting.manifest import Clock
from openstrat.reporting.outcomes import Outcome
from openstrat.reporting.plan import Plan, plan_report
from openstrat.reporting.portfolio import Portfolio
from openstrat.reporting.reports import ReportResult
from openstrat.reporting.subjects import subject_pages

ATOM = "{http://www.w3.org/2005/Atom}"
PORTFOLIO = Portfolio(Path("labs.yaml"), "Labs & more", ("economics",), ())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return Clock.now()


def planned(folder: Path, slug: str, **parameters: str) -> Plan:
    return plan_report("economics", {"case": "case-frontier-lab", **parameters}, out=folder, slug=slug)


def done(plan: Plan, change: RunChange | None = None, status: str = "completed") -> Outcome:
    return Outcome(plan, status, ReportResult(plan, status, title="A lab", facts={"verdict": "open it"}), change=change)


def moved() -> RunChange:
    """Return a change of one fact by one row of a table."""
    cause = Cause(DATA, "forks", "table forks: row valkey: stars 10 -> 12")
    step = Step("10", "12", 2, "")
    move = Move("moved", "key_figure", "a/stars", "glance", "a", "stars", "10", "12", (step,), (cause,))
    return RunChange(CHANGED, Changes("A lab", (cause,), (move,), 40))


def test_an_index_of_a_thousand_runs_stays_below_a_megabyte(tmp_path: Path, clock: Clock) -> None:
    plan = planned(tmp_path, "lab")
    rows = [replace(plan, folder=tmp_path / f"run-{number}") for number in range(1000)]
    outcomes = [
        Outcome(item, "failed", message="economics.ipynb: cell 7 failed: " + "x" * 2000) if number % 2 else done(item, moved())
        for number, item in enumerate(rows)
    ]
    files = index_files(PORTFOLIO, outcomes, clock, FINISHED)
    assert len(files["index.html"]) < 1_000_000
    assert files["index.html"].count(b'<tr id="run-') == 1000
    assert len(json.loads(files["index.json"])["runs"]) == 1000


def test_the_index_tells_parameters_date_change_and_failure(tmp_path: Path, clock: Clock) -> None:
    one, two = planned(tmp_path, "one", seed="1"), planned(tmp_path, "two", seed="2")
    bad = Outcome(two, "timed_out", message=f"{tmp_path}/two.partial.ipynb: cell 3 timed out <b>", exit_code=12, n_attempts=2)
    files = index_files(PORTFOLIO, [done(one, moved()), bad], clock, FINISHED)
    page, rows = files["index.html"].decode(), json.loads(files["index.json"])["runs"]
    assert [(row["id"], row["status"], row["exit_code"], row["change_words"]) for row in rows] == [
        ("one", "completed", 0, "1 moved of 40 facts"),
        ("two", "timed_out", 12, None),
    ]
    assert rows[1]["message"] == "two.partial.ipynb: cell 3 timed out <b>"
    for said in (
        "Labs &amp; more",
        "<td>1</td>",
        "timed out",
        "two.partial.ipynb: cell 3 timed out &lt;b&gt;",
        "2 attempts",
        "2023-11-14T22:13:20Z",
    ):
        assert said in page
    assert "<script" not in page


def test_the_last_good_report_of_a_failed_run_is_offered(tmp_path: Path, clock: Clock) -> None:
    plan = planned(tmp_path, "one")
    plan.folder.mkdir()
    (plan.folder / "report.html").write_text("earlier")
    page = index_files(PORTFOLIO, [Outcome(plan, "failed", message="no")], clock, FINISHED)["index.html"].decode()
    assert '<a href="one/report.html">The last good report</a>, of an earlier run' in page


def test_the_digest_says_what_moved_and_why_and_nothing_else(tmp_path: Path, clock: Clock) -> None:
    plans = [planned(tmp_path, slug) for slug in ("one", "two", "three")]
    text = digest(
        PORTFOLIO, [done(plans[0], moved()), done(plans[1], RunChange(SAME)), done(plans[2], RunChange(SAME), "unchanged")], clock
    )
    assert text == (
        "# Labs & more\n\nRun of 2023-11-14T22:13:20Z: 3 reports: 1 changed, 2 without change.\n\n"
        "## What differs in the inputs\n\n- data: table forks: row valkey: stars 10 -> 12\n\n"
        "## What moved\n\n### [A lab](one/report.html) (one)\n\nA lab: 1 moved of 40 facts.\n\n- glance, stars: 10 -> 12 (+2)\n"
    )


def test_the_digest_names_new_and_failed_reports(tmp_path: Path, clock: Clock) -> None:
    one, two = planned(tmp_path, "one"), planned(tmp_path, "two")
    outcomes = [done(one, RunChange(NEW)), Outcome(two, "killed", message="economics.ipynb: cell 3 ended the kernel\nmore")]
    assert headline(outcomes) == "2 reports: 1 new, 1 not made"
    text = digest(PORTFOLIO, outcomes, clock)
    assert "## New\n\n- [A lab](one/report.html) (one): open it\n" in text
    assert "(two): killed. economics.ipynb: cell 3 ended the kernel\n" in text


def test_a_feed_gains_an_entry_only_with_news_and_forgets_old_ones(tmp_path: Path, clock: Clock) -> None:
    first = feed_files(PORTFOLIO, "1 report: 1 new", "# News <b> & \x0b\n\n- *one*", tmp_path, clock)
    root = ET.fromstring(first["feed.xml"])
    (entry,) = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "1 report: 1 new"
    assert entry.findtext(f"{ATOM}updated") == "2023-11-14T22:13:20Z"
    assert "News &lt;b&gt; &amp;" in str(entry.findtext(f"{ATOM}content"))
    assert {child.tag.removeprefix(ATOM) for child in root} == {"title", "id", "updated", "author", "link", "entry"}
    (tmp_path / "history.json").write_bytes(first["history.json"])
    assert feed_files(PORTFOLIO, "same", "", tmp_path, clock) == first
    entries = [{"at": f"2020-01-{number:02}T00:00:00Z", "headline": "old", "html": ""} for number in range(31, 0, -1)]
    (tmp_path / "history.json").write_text(json.dumps(entries))
    kept = json.loads(feed_files(PORTFOLIO, "new", "x", tmp_path, clock)["history.json"])
    assert (len(kept), kept[0]["headline"], kept[-1]["at"]) == (MOST_ENTRIES, "new", "2020-01-03T00:00:00Z")


def test_a_damaged_history_starts_anew(tmp_path: Path, clock: Clock) -> None:
    (tmp_path / "history.json").write_text('[{"at": 1}]')
    assert b"1 report" in feed_files(PORTFOLIO, "1 report", "news", tmp_path, clock)["feed.xml"]


def test_reports_of_one_case_stand_side_by_side(tmp_path: Path) -> None:
    outcomes = []
    for slug, seed, worth in (("one", "1", "USD 5m"), ("two", "2", "USD 6m")):
        plan = planned(tmp_path, slug, seed=seed)
        plan.folder.mkdir()
        (plan.folder / "report.html").write_text("x")
        fact = {"name": "glance/worth", "kind": "key_figure", "text": worth, "place": {"cell": "a", "row": "worth"}, "note": "median"}
        (plan.folder / "facts.json").write_text(json.dumps({"about": {"verdict": "open it"}, "facts": [fact]}))
        outcomes.append(done(plan))
    pages = subject_pages(PORTFOLIO, [*outcomes, done(planned(tmp_path, "other", case="case-public-lab"))])
    assert list(pages) == ["compare-case-frontier-lab.html"]
    page = pages["compare-case-frontier-lab.html"]
    assert page.slugs == ("one", "two")
    assert "<title>A lab</title>" in page.html
    for said in ('<a href="one/report.html">one</a>', "USD 5m", "USD 6m", "median", "Verdict", '<span class="pill decide">differs</span>'):
        assert said in page.html
