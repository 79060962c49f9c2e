"""Charts of licenses and releases: what a reader of the drawing, of its table and of its description can rely on."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd
import pytest
import vl_convert

import openstrat
from openstrat.analysis.licenses.agreement import agreement_table
from openstrat.analysis.licenses.askers import Asker
from openstrat.analysis.licenses.comparison import compare_licenses
from openstrat.analysis.licenses.thresholds import threshold_ladder as ladder_of
from openstrat.errors import InputError, UnknownNameError
from openstrat.present import charts
from openstrat.present.figure import Figure
from openstrat.reporting.figures import responsive
from openstrat.terms import AssetType

TEXTS = {"title": "A finding.", "source": "A source"}
POSITIONS = pd.DataFrame(
    [
        ("Alpha", "weights", "open_weights", "LicenseRef-Llama-4", "scale_gate; output_duty; use_policy; territory", None, "Bounded."),
        ("Alpha", "training data", "closed", None, None, None, "Not delivered."),
        ("Beta", "weights", "fully_open", "Apache-2.0", "", "a", "Bounds nobody."),
        ("Beta", "model card", "undetermined", None, "", None, "No source names its license."),
    ],
    columns=["group", "name", "level", "license_id", "restrictions", "grade", "reason"],
)
PERIODS = pd.DataFrame(
    [
        (
            "Llama",
            "2023-07-18",
            "2024-04-18",
            "LicenseRef-Llama-2",
            "open_weights",
            "scale_gate; output_ban; use_policy",
            "commerce allowed",
        ),
        ("Llama", "2024-04-18", None, "LicenseRef-Llama-3", "open_weights", "scale_gate; output_ban; use_policy", None),
        ("Gemma", "2026-04-02", None, "Apache-2.0", "fully_open", None, "limits dropped"),
    ],
    columns=["family", "from_on", "to_on", "license_id", "level", "restrictions", "change"],
)
OPENINGS = pd.DataFrame(
    [
        ("sentry", "24.1.0", "2024-01-15", "2026-01-15", "Apache-2.0", "open"),
        ("sentry", "25.6.0", "2025-06-16", "2027-06-16", "Apache-2.0", "waiting"),
    ],
    columns=["project", "version", "released_on", "opens_on", "opens_to", "state"],
)
LANDSCAPE = pd.DataFrame(
    [
        ("MIT", "permissive", "fully_open", ""),
        ("LicenseRef-Llama-4", "custom_ai", "open_weights", "scale_gate; output_duty; use_policy; territory"),
        ("SSPL-1.0", "source_available", "source_available", "service_copyleft"),
    ],
    columns=["license_id", "family", "level", "restrictions"],
)
OUTCOMES = pd.DataFrame(
    {
        "authority": "osi",
        "outcome": ["both_open", "both_open", "both_restricted", "rule_open_only", "silent"],
        "who_is_right": [None, None, None, "different_question", None],
    }
)


def ladder(**figures: float) -> pd.DataFrame:
    return ladder_of(openstrat.load_license_thresholds(), Asker("product", **figures))


def answers(*license_ids: str) -> pd.DataFrame:
    tables = {
        "terms": openstrat.load_license_terms(),
        "thresholds": openstrat.load_license_thresholds(),
        "licenses": openstrat.load_licenses(),
    }
    return compare_licenses(list(license_ids), AssetType.WEIGHTS, **tables).answers


DRAWN: dict[str, Callable[[], Figure]] = {
    "position_strip": lambda: charts.position_strip(POSITIONS, what="components", **TEXTS),
    "terms_matrix": lambda: charts.terms_matrix(answers("Apache-2.0", "BUSL-1.1", "LicenseRef-Llama-4"), **TEXTS),
    "threshold_ladder": lambda: charts.threshold_ladder(ladder(users=2e8), measure="users", you=2e8, **TEXTS),
    "license_periods": lambda: charts.license_periods(PERIODS, as_of="2026-08-26", **TEXTS),
    "delayed_openings": lambda: charts.delayed_openings(OPENINGS, as_of="2026-08-26", **TEXTS),
    "level_map": lambda: charts.level_map(LANDSCAPE, known={"MIT": "MIT", "LicenseRef-Llama-4": "Llama 4"}, **TEXTS),
    "agreement_bars": lambda: charts.agreement_bars(agreement_table(OUTCOMES), **TEXTS),
}


def svg(figure: Figure, width: int) -> str:
    """The chart as a report of this width draws it."""
    spec = responsive(figure.spec())
    assert spec["width"] == "container"
    return str(vl_convert.vegalite_to_svg(spec | {"width": width}, vl_version="5.20"))


def shown(figure: Figure, width: int = 760) -> set[str]:
    """Every text in the drawing; a text of several lines counts line by line."""
    return {text.strip() for text in re.findall(r">([^<>]+)<", svg(figure, width)) if text.strip()}


def named_fields(node: Any) -> Iterator[str]:
    """Every field that an encoding of a specification names."""
    if isinstance(node, dict):
        yield from (str(node["field"]) for key in node if key == "field")
        for value in node.values():
            yield from named_fields(value)
    elif isinstance(node, list):
        for item in node:
            yield from named_fields(item)


@pytest.mark.parametrize("name", DRAWN)
def test_a_chart_sets_no_width_so_that_the_page_does(name: str) -> None:
    spec = DRAWN[name]().spec()
    assert "width" not in spec
    assert spec["height"]


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize("width", [358, 760])
def test_a_chart_is_drawn_at_the_width_of_a_phone_and_of_a_report(name: str, width: int) -> None:
    assert svg(DRAWN[name](), width).startswith("<svg")


@pytest.mark.parametrize("name", DRAWN)
def test_everything_a_chart_encodes_is_in_its_data(name: str) -> None:
    spec = DRAWN[name]().spec()
    known = {column for rows in spec["datasets"].values() for row in rows for column in row}
    computed = {"shown", "fitting"}
    assert set(named_fields(spec.get("layer", spec))) <= known | computed


@pytest.mark.parametrize("name", DRAWN)
def test_the_description_says_how_many(name: str) -> None:
    figure = DRAWN[name]()
    number = re.search(r"\d+", figure.n)
    assert number is not None
    assert re.search(rf"\b{number.group()}\b", figure.description)
    assert len(figure.table) > 0


def test_the_strip_has_one_row_a_component_and_a_heading_a_release() -> None:
    figure = DRAWN["position_strip"]()
    assert figure.table["name"].tolist() == POSITIONS["name"].tolist()
    texts = shown(figure)
    assert {"Alpha", "Beta", "weights", "training data", "model card"} <= texts
    assert figure.n == "4 components"


def test_the_strip_names_licenses_and_what_bounds_them_beside_the_dots() -> None:
    texts = shown(DRAWN["position_strip"]())
    assert {"Llama-4", "scale gate, output duty + 2 more", "Apache-2.0", "nothing granted", "no license named", "a"} <= texts


def test_a_narrow_strip_names_one_restriction_and_counts_the_others() -> None:
    assert "scale gate + 3 more" in shown(DRAWN["position_strip"](), width=358)


def test_the_column_for_what_is_not_known_is_left_out_where_everything_is() -> None:
    known = POSITIONS[POSITIONS["level"] != "undetermined"]
    assert "known" in shown(DRAWN["position_strip"]())
    assert "known" not in shown(charts.position_strip(known, what="components", **TEXTS))


def test_a_strip_of_57_releases_has_57_rows_on_one_line_each() -> None:
    many = pd.DataFrame([POSITIONS.iloc[0].to_dict() | {"group": None, "name": f"Release {number}"} for number in range(57)])
    figure = charts.position_strip(many, what="releases", **TEXTS)
    texts = shown(figure)
    assert {f"Release {number}" for number in range(57)} <= texts
    assert "scale gate, output duty + 2 more" not in texts
    assert figure.table["restrictions"].iloc[0].count(";") == 3


def test_the_matrix_says_every_answer_in_words_and_shapes() -> None:
    texts = shown(DRAWN["terms_matrix"]())
    assert {"May a company earn money with it?", "Apache-2.0", "BUSL-1.1", "Llama-4"} <= texts
    assert {"●  Up to a limit", "○  Yes", "–  Not said"} <= texts


def test_a_narrow_matrix_shows_the_kind_of_answer_where_the_answer_has_no_room() -> None:
    six = ["Apache-2.0", "MIT", "BUSL-1.1", "LicenseRef-Llama-3.1", "LicenseRef-Llama-4", "CC-BY-NC-4.0"]
    texts = shown(charts.terms_matrix(answers(*six), **TEXTS), width=358)
    assert "●  limits" in texts
    assert not any("…" in text for text in texts)


def test_the_matrix_keeps_one_row_a_license_and_question() -> None:
    given = answers("Apache-2.0", "BUSL-1.1", "LicenseRef-Llama-4")
    assert len(DRAWN["terms_matrix"]().table) == len(given) == given["question"].nunique() * 3


def test_the_ladder_climbs_and_says_where_you_stand() -> None:
    figure = DRAWN["threshold_ladder"]()
    assert figure.table["value"].is_monotonic_increasing
    assert {"you: 200 million", "Llama-2  700 million"} <= shown(figure)
    reached = int(figure.table["state"].eq("reached").sum())
    assert f"{reached} of {len(figure.table)} thresholds are reached" in figure.description


def test_the_ladder_without_you_draws_no_rule_and_claims_no_state() -> None:
    figure = charts.threshold_ladder(ladder(), measure="revenue", **TEXTS)
    assert not any(text.startswith("you") for text in shown(figure))
    assert "state" not in figure.table


@pytest.mark.parametrize("you", [0, -1, float("nan"), float("inf")])
def test_a_size_that_no_logarithm_has_is_refused(you: float) -> None:
    with pytest.raises(InputError, match="above 0"):
        charts.threshold_ladder(ladder(), measure="users", you=you, **TEXTS)


def test_a_ladder_of_nothing_and_of_an_unknown_measure_is_refused() -> None:
    with pytest.raises(UnknownNameError, match="Allowed: people, revenue, users"):
        charts.threshold_ladder(ladder(), measure="stars", **TEXTS)
    with pytest.raises(InputError, match="No threshold on people"):
        charts.threshold_ladder(ladder().head(0), measure="people", **TEXTS)


def test_periods_without_an_end_last_until_the_as_of_day() -> None:
    figure = DRAWN["license_periods"]()
    bars = next(rows for rows in figure.spec()["datasets"].values() if "end" in rows[0])
    assert [row["end"][:10] for row in bars] == ["2024-04-18", "2026-08-26", "2026-08-26"]
    assert figure.table["to_on"].isna().tolist() == [False, True, True]


def test_periods_name_license_limits_and_change() -> None:
    texts = shown(DRAWN["license_periods"]())
    assert {"Llama", "Llama-2: scale gate, output ban + 1 more", "commerce allowed", "Gemma", "Apache-2.0", "limits dropped"} <= texts


def test_openings_say_when_and_to_what_and_whether_it_has_happened() -> None:
    figure = DRAWN["delayed_openings"]()
    assert {"24.1.0: opened 2026-01-15 to Apache-2.0", "25.6.0: opens 2027-06-16 to Apache-2.0"} <= shown(figure)
    assert "1 are open on 2026-08-26" in figure.description


def test_the_map_counts_restrictions_and_names_known_licenses() -> None:
    figure = DRAWN["level_map"]()
    assert dict(zip(figure.table["license_id"], figure.table["n_restrictions"], strict=True)) == {
        "MIT": 0,
        "LicenseRef-Llama-4": 4,
        "SSPL-1.0": 1,
    }
    texts = shown(figure)
    assert {"permissive", "custom AI", "MIT", "Llama 4", "1: 1 source available"} <= texts
    assert "SSPL-1.0" not in texts


def test_agreement_bars_say_share_interval_and_silence() -> None:
    texts = shown(DRAWN["agreement_bars"]())
    assert "agrees on 3 of 4 (75%, 30% to 95%); 1 answer another question, 100% without them; silent on 1" in texts
    assert "Open Source Initiative" in texts


def test_the_specifications_are_plain_json() -> None:
    for name, draw in DRAWN.items():
        assert json.loads(json.dumps(draw().spec(), allow_nan=False)), name


def test_every_chart_that_the_package_names_can_be_called() -> None:
    assert [name for name in charts.__all__ if not callable(getattr(charts, name))] == []
