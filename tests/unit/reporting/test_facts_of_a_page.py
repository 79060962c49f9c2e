"""Facts collected from what cells show: key figures, table cells, sentences, figures, named facts."""

from __future__ import annotations

import json

import pandas as pd

from openstrat.present import page
from openstrat.present.facts import fact, said
from openstrat.reporting.facts import Ledger, document, dump

TABLES = ("license_terms", "fork_events", "projects")


def facts_of(markup: page.Markup) -> dict[str, dict]:
    ledger = Ledger(TABLES, section="at-a-glance")
    ledger.html(markup.html, "glance")
    return {item["name"]: item for item in ledger.facts}


def test_a_key_figure_is_named_by_its_label_and_keeps_its_note() -> None:
    facts = facts_of(page.kpis({"forks that live": ("12 of 36", "openstrat table fork_events")}))
    found = facts["glance/forks-that-live"]
    assert [number["value"] for number in found["numbers"]] == [12, 36]
    assert found["tables"] == ["fork_events"]
    assert found["place"] == {"section": "at-a-glance", "cell": "glance", "row": "forks that live"}


def test_a_table_cell_is_named_by_table_row_and_column() -> None:
    frame = pd.DataFrame({"license": ["MIT", "BUSL-1.1"], "age in months": [12, 7], "open": ["yes", "no"]})
    source = "openstrat tables license_terms and fork_events (projects apart); see projects"
    facts = facts_of(page.data_table(frame, name="ages", title="Ages", source=source, stub="license"))
    assert set(facts) == {"ages/mit/age-in-months", "ages/mit/open", "ages/busl-1-1/age-in-months", "ages/busl-1-1/open"}
    assert facts["ages/busl-1-1/age-in-months"]["numbers"] == [{"value": 7, "unit": "months", "text": "7"}]
    assert facts["ages/mit/open"]["text"] == "yes"
    assert facts["ages/mit/open"]["tables"] == ["fork_events", "license_terms"]
    assert facts["ages/mit/open"]["source"] == source


def test_rows_that_start_alike_are_told_apart_by_the_next_cell() -> None:
    frame = pd.DataFrame({"license": ["MIT", "MIT"], "by": ["OSI", "FSF"], "n": [1, 2]})
    facts = facts_of(page.data_table(frame, name="said", title="Said", source="here", stub="license"))
    assert facts["said/mit--fsf/n"]["numbers"][0]["value"] == 2


def test_a_sentence_counts_when_it_has_a_number_and_a_heading_always() -> None:
    body = page.bullets(["Open wins in 3 of 4 cases.", "Nothing else is known."])
    facts = facts_of(page.callout("Open it", body))
    assert [item["text"] for item in facts.values()] == ["Open wins in 3 of 4 cases.", "Open it"]


def test_sources_linked_in_a_row_belong_to_its_cells() -> None:
    frame = pd.DataFrame({"claim": ["A"], "n": [3], "refs": [page.anchor_link("[osi]", "source-osi")]})
    facts = facts_of(page.data_table(frame, name="claims", title="Claims", source="here", stub="claim", markup=["refs"]))
    assert facts["claims/a/n"]["sources"] == ["osi"]


def test_a_named_fact_keeps_its_exact_value_and_is_not_counted_twice() -> None:
    share = fact("alive", 0.4234, "share", sources=["osi"], tables=["fork_events"])
    facts = facts_of(said("{share} of 36 forks live <on>.", share=share))
    assert facts["alive"]["numbers"] == [{"value": 0.4234, "unit": "share"}]
    assert facts["alive"]["sources"] == ["osi"]
    assert facts["alive"]["text"] == "42% of 36 forks live <on>."
    (rest,) = [item for item in facts.values() if item["kind"] == "sentence"]
    assert [number["value"] for number in rest["numbers"]] == [36]


def test_a_figure_is_known_by_its_title_and_what_it_draws() -> None:
    words = {"title": "3 of 4 stay", "source": "openstrat table projects", "n": "4", "table": {"columns": ["a"], "rows": [[1], [2]]}}
    ledger = Ledger(TABLES)
    ledger.figure({"usermeta": {"openstrat": words}}, 1, "stay")
    ledger.figure({"usermeta": {"openstrat": words | {"table": {"columns": ["a"], "rows": [[1], [3]]}}}}, 2, "stay")
    first, second = ledger.facts
    assert (first["tables"], first["drawn"]["n_rows"], first["place"]["figure"]) == (["projects"], 2, 1)
    assert first["drawn"]["sha256"] != second["drawn"]["sha256"]


def test_the_file_holds_the_hash_of_every_table_that_a_fact_rests_on() -> None:
    ledger = Ledger(TABLES)
    ledger.html(page.kpis({"n": ("3", "openstrat table projects")}).html, "glance", ["projects", "not_a_table"])
    inputs = {"tables": {"projects": "sha256:ab", "fork_events": "sha256:cd"}, "parameters": {"n": 1}}
    content = json.loads(dump(document(ledger, report="r", title="R", about={"verdict": "go"}, inputs=inputs)))
    assert content["tables"] == {"projects": "sha256:ab"}
    assert content["tables_read"] == {"glance": ["projects"]}
    assert (content["n_facts"], content["n_numbers"], content["about"]) == (1, 1, {"verdict": "go"})
