"""Precedents of a layer and how often it is open."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from openstrat.analysis.strategy.layers import PRECEDENT_COLUMNS, base_rate_for_layer, precedents_for_layer
from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import Layer

READ = "license_id; first_released_on"
#        project   layer       level               columns read  confidence
ROWS = [("apple",  "database", "fully_open",       READ,         "high"),
        ("banana", "database", "fully_open",       "license_id", "high"),
        ("cherry", "database", "source_available", "license_id", "medium"),
        ("damson", "database", "fully_open",       None,         "high"),
        ("elder",  "database", "closed",           None,         "low"),
        ("fig",    "sdk",      "fully_open",       READ,         "high")]  # fmt: skip


def projects(rows: list[tuple[Any, ...]] = ROWS) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["project_id", "layer", "stated_level", "verified_fields", "confidence_grade"])
    return frame.assign(name=frame["project_id"].str.title(), organization="Orchard", license_id="MIT", playbook="open_core",
                        governance="company", source_ids="orchard-list")  # fmt: skip


def indicators() -> pd.DataFrame:
    columns = ["repository", "project_id", "n_authors_12m", "n_authors_for_half", "source_ids"]
    rows = [("orchard/apple", "apple", 66, 8, "git-orchard-apple"), ("other/tree", None, 5, 1, "git-other-tree")]
    return pd.DataFrame(rows, columns=columns).astype({"n_authors_12m": "Int64", "n_authors_for_half": "Int64"})


def base_rates() -> pd.DataFrame:
    rows = [("eval", "open_source", 12), ("eval", "open_core", 4), ("eval", "closed", 5), ("eval", "source_available", 1)]
    rows += [("eval; sdk", "open", 17), ("eval; sdk", "gated", 2), ("eval; sdk", "closed", 3), (None, "open", 99)]
    return pd.DataFrame(rows, columns=["layers", "openness_class", "n_products"])


def chosen(most: int) -> list[str]:
    return list(precedents_for_layer(Layer.DATABASE, projects(), indicators(), most=most)["project_id"])


def test_open_and_held_examples_both_appear_before_a_second_open_one() -> None:
    assert chosen(2) == ["apple", "elder"]
    assert chosen(3) == ["apple", "cherry", "elder"]


def test_the_best_evidenced_come_first() -> None:
    # license read in a source, then confidence, then columns read; damson and elder have no license read
    assert chosen(9) == ["apple", "banana", "cherry", "damson", "elder"]


def test_the_order_of_the_table_does_not_matter() -> None:
    turned = precedents_for_layer(Layer.DATABASE, projects(ROWS[::-1]), indicators(), most=4)
    pd.testing.assert_frame_equal(turned, precedents_for_layer(Layer.DATABASE, projects(), indicators(), most=4))


def test_a_precedent_brings_its_author_counts_reason_and_sources() -> None:
    first = precedents_for_layer(Layer.DATABASE, projects(), indicators()).iloc[0]
    assert (first["n_authors_12m"], first["n_authors_for_half"]) == (66, 8)
    assert first["why_chosen"] == "Best evidenced fully open example: license, release date read in a source; high confidence."
    assert first["source_ids"] == "orchard-list; git-orchard-apple"


def test_unmeasured_repositories_have_unknown_author_counts() -> None:
    found = precedents_for_layer(Layer.SDK, projects(), indicators())
    assert found["n_authors_12m"].isna().all()
    assert list(found["source_ids"]) == ["orchard-list"]


def test_a_layer_without_projects_has_no_precedents_but_the_same_columns() -> None:
    found = precedents_for_layer(Layer.DOCS, projects(), indicators())
    assert found.empty
    assert list(found.columns) == PRECEDENT_COLUMNS


def test_base_rate_counts_the_categories_that_inform_the_layer() -> None:
    rate = base_rate_for_layer(Layer.EVAL, projects(), base_rates())
    assert (rate.table, rate.n, rate.n_open, rate.n_partly_open) == ("openness_base_rates", 44, 29, 7)
    assert rate.share_open == pytest.approx(29 / 44)
    assert (rate.low, rate.high) == pytest.approx((0.511, 0.781), abs=1e-3)


def test_base_rate_falls_back_to_the_projects_and_says_so() -> None:
    rate = base_rate_for_layer(Layer.DATABASE, projects(), base_rates())
    assert (rate.table, rate.n, rate.n_open, rate.n_partly_open) == ("projects", 5, 3, 1)
    assert rate.share_open == pytest.approx(0.6)


def test_nothing_counted_means_no_share() -> None:
    rate = base_rate_for_layer(Layer.DOCS, projects(), base_rates())
    assert (rate.n, rate.share_open, rate.low, rate.high) == (0, None, None, None)


def test_unknown_layers_and_empty_requests_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'database'"):
        precedents_for_layer("databases", projects(), indicators())
    with pytest.raises(InputError, match="most=0"):
        precedents_for_layer(Layer.SDK, projects(), indicators(), most=0)
