"""The charts of the economics report: what a reader of the drawing, of its table and of its description can rely on."""

from __future__ import annotations

import re
from functools import cache

import pytest
import vl_convert

from openstrat.analysis.weighing import Weighing, weighing_of
from openstrat.cases.load import load_case
from openstrat.present import economics
from openstrat.present.figure import Figure
from openstrat.reporting.figures import responsive

CHARTS = [
    "worth_figure",
    "regret_figure",
    "difference_figure",
    "shares_figure",
    "own_figure",
    "own_shares_figure",
    "conversion_figure",
    "facts_figure",
    "losing_figure",
    "knowing_figure",
    "adopters_figure",
    "cash_figure",
]


@cache
def weighed(case: str = "case-opencore-tooling") -> Weighing:
    """A case over few draws."""
    return weighing_of(load_case(case), n=2_000, seed=7)


def drawn(name: str, case: str = "case-opencore-tooling") -> Figure:
    """One chart of a case."""
    found = getattr(economics, name)(weighed(case))
    assert isinstance(found, Figure)
    return found


def shown(figure: Figure, width: int = 760) -> set[str]:
    """Every text in the drawing."""
    spec = responsive(figure.spec()) | {"width": width}
    return {text.strip() for text in re.findall(r">([^<>]+)<", vl_convert.vegalite_to_svg(spec, vl_version="5.20")) if text.strip()}


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_sets_no_width_and_says_unit_draws_and_seed(name: str) -> None:
    figure = drawn(name)
    assert "width" not in figure.spec()
    assert "seed 7" in figure.source
    assert re.search(r"\d", figure.n)
    assert len(figure.table) > 0


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_on_a_phone(name: str) -> None:
    assert len(shown(drawn(name), 330)) > 3


def test_the_option_taken_and_the_tie_are_marked_by_words() -> None:
    texts = shown(drawn("worth_figure"))
    assert {"open core permissive, recommended", "SDK only, mean tied with the best", "closed SaaS"} <= texts
    assert {"open core permissive ✓", "SDK only (tied)"} <= shown(drawn("worth_figure"), 330)


def test_the_regret_of_every_option_in_every_future_is_written_and_the_least_worst_marked() -> None:
    figure = drawn("regret_figure")
    assert len(figure.table) == 8 * 7
    assert sum(text.startswith("◆") for text in shown(figure)) == 1
    assert figure.table["regret"].min() == 0


def test_an_option_that_is_best_everywhere_keeps_its_capitals_in_the_title() -> None:
    assert drawn("regret_figure", "case-database-relicense").title == "Relicense AGPL is best in every named future"


def test_the_tornado_names_the_widest_input_first_with_its_range() -> None:
    figure = drawn("difference_figure")
    assert figure.title.startswith("The share of adopters that pay moves the lead of open core permissive over SDK only most")
    assert "share of adopters that pay: 0.397% to 3.77%" in shown(figure)


def test_shares_of_the_variance_carry_intervals() -> None:
    table = drawn("shares_figure").table
    assert (table["low"] <= table["share"]).all()
    assert (table["share"] <= table["high"]).all()


def test_what_is_needed_stands_beside_what_is_published_and_what_is_used() -> None:
    texts = shown(drawn("conversion_figure"))
    assert {"sourced range", "0.3 to 5%", "used here, 1.2 times that (stated by the case)"} <= texts
    assert any(text.startswith("needs at least 2.") for text in texts)


def test_options_that_need_nothing_say_so() -> None:
    figure = drawn("conversion_figure", "case-public-lab")
    assert "above zero whatever it is" in shown(figure)
    assert "needs no particular conversion" in figure.title


def test_figures_that_cross_nowhere_are_a_sentence_and_not_an_empty_chart() -> None:
    found = economics.facts_figure(weighed("case-database-relicense"))
    assert "No single figure of the case decides" in found.text


def test_a_value_of_information_below_the_noise_is_called_noise() -> None:
    figure = drawn("knowing_figure", "case-database-relicense")
    assert "whether a funded fork appears" in figure.title
    assert sum(text.endswith(", noise") for text in shown(figure)) == 2


def test_the_fan_says_its_ends_and_the_rival() -> None:
    starts = {text.split(" ")[0] for text in shown(drawn("adopters_figure"))}
    assert {"P95", "median", "P5", "rival"} <= starts


def test_an_option_that_hardly_loses_has_no_box_drawn() -> None:
    assert economics.losing_figure(weighed("case-public-lab")).text == ""
    assert "too seldom" in economics.losing_words(weighed("case-public-lab")).text


def test_the_first_page_names_choice_tie_next_step_turns_checks_and_caution() -> None:
    text = economics.economics_glance(weighed()).text
    for said in (
        "No option pays at the median; if any, take open core permissive, a tie on the mean with SDK only",
        "find that out next",
        "What would change the choice",
        "Check the plan: no option has a median value above zero",
        "it does not forecast",
    ):
        assert said in text


def test_the_first_page_says_when_the_value_is_not_money() -> None:
    text = economics.economics_glance(weighed("case-public-lab")).text
    assert "Without the strategic value, which the case states and nobody can measure, fully open would be worth USD −19" in text
    assert "If the value of weakening the rival, stated as USD 25 million a year, is below" in text


def test_the_expert_is_contradicted_openly() -> None:
    text = economics.economics_glance(weighed("case-database-relicense")).text
    assert "chose stay permissive and called this one acceptable. The two disagree" in text
    assert "which is in the tie" in economics.economics_glance(weighed("case-frontier-lab")).text


def test_every_input_fact_family_and_constant_is_listed_with_a_mark() -> None:
    found = weighed()
    assert economics.inputs_table(found).html.count('class="pill') == 31
    assert economics.stated_table(found).html.count('class="pill') == 20
    assert economics.constants_table().html.count('class="pill') == 22
    assert "network copyleft" in economics.families_table(found).text


def test_an_unknown_name_is_no_section() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        economics.nothing  # noqa: B018
