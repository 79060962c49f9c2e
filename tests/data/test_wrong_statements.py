"""No table, case or page of the project says what is known to be wrong about forks and licenses."""

from __future__ import annotations

from pathlib import Path

import pytest

from openstrat.analysis.forks.statements import wrong_statements
from openstrat.tables.catalog import definitions, kinds
from openstrat.tables.store import read_table

ROOT = Path(__file__).parents[2]
AS_PEOPLE_WRITE_THEM = {("license_aliases", "alias")}
"""Columns that hold other people's spellings."""
PAGES = sorted(path for folder in (ROOT, ROOT / "docs") for path in folder.glob("*.md"))


@pytest.mark.parametrize("table", sorted(definitions()))
def test_no_text_of_a_table_is_known_to_be_wrong(table: str) -> None:
    frame = read_table(table)
    columns = [column for column, kind in kinds(table).items() if kind == "text" and (table, column) not in AS_PEOPLE_WRITE_THEM]
    texts = {text for column in columns for text in frame[column].dropna()}
    assert [found.sentence for text in sorted(texts) for found in wrong_statements(text)] == []


@pytest.mark.parametrize("page", [*PAGES, *sorted((ROOT / "data" / "cases").rglob("*.yaml"))], ids=lambda page: page.name)
def test_no_page_and_no_case_is_known_to_be_wrong(page: Path) -> None:
    assert [found.sentence for found in wrong_statements(page.read_text(encoding="utf-8"))] == []


def test_mariadb_is_an_acquisition_fork_and_nothing_forks_mongodb() -> None:
    events = read_table("fork_events").set_index("event_id")
    assert events.loc["mysql-mariadb", "trigger_category"] == "acquisition"
    named = events[["upstream", "fork"]].apply(lambda names: names.str.contains("mongo|ferret", case=False))
    assert not named.to_numpy().any()
    assert events["trigger_category"].eq("relicense").sum() == 9
