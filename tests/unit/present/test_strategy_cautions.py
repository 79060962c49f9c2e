"""Risks, governance and mistakes as figures, cards and tables."""

from openstrat.analysis import cautioning
from openstrat.cases.load import load_case
from openstrat.cases.measures import Measures
from openstrat.present.strategy import governance, mistakes, risks

DATABASE = load_case("case-database-relicense")
READINGS = cautioning.risks_of(DATABASE, "relicense_source_available")


def test_the_title_counts_the_risks_that_apply():
    figure = risks.risks_figure("relicense_source_available", READINGS)
    applying = sum(reading.finding.answer == "yes" for reading in READINGS)
    assert f"{applying} of 5 risks" in figure.title
    assert list(figure.table["name"]) == [reading.name for reading in READINGS]
    assert "width" not in figure.spec()


def test_a_card_shows_drivers_and_base_rates():
    text = risks.risk_cards(READINGS).text
    assert "Drop in: 1 of 1." in text
    assert "What others found:" in text
    assert "Early sign:" in text


def test_governance_tells_unknown_from_bad():
    silent = DATABASE.model_copy(update={"measures": Measures()})
    figure = governance.governance_figure(cautioning.governance_of(silent))
    assert figure.title == "0 of 4 rules of governance are kept; 4 not known"
    assert "would decide it" in governance.governance_table(cautioning.governance_of(silent)).text
    assert governance.governance_figure(cautioning.governance_of(DATABASE)).title == "0 of 4 rules of governance are kept"


def test_upkeep_is_drawn_lowest_first_with_a_word_for_each_state():
    names = ["qdrant/qdrant", "openai/evals", "pgvector/pgvector", "valkey-io/valkey"]
    figure = mistakes.upkeep_figure({name: cautioning.maintenance_of(name, as_of="2026-08-22") for name in names})
    assert list(figure.table["state"]) == ["flagged", "warned", "clear", "not known"]
    assert figure.title.startswith("1 of 4 repositories")


def test_mistakes_stand_in_a_table_and_in_cards():
    found = {"Redis 2024": cautioning.relicensing_of("redis-2024"), "Grafana 2021": cautioning.relicensing_of("grafana-2021")}
    assert "lower grade" in mistakes.mistakes_table(found).text
    assert "1 of 2 examples are flagged" in mistakes.mistakes_table(found).text
    assert "Promise:" in mistakes.mistake_cards(list(found.values())).text
