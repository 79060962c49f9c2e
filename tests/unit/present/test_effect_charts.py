"""Charts of effects: what a reader of the drawing, of its table and of its description can rely on."""

from __future__ import annotations

import re
from functools import cache

import pytest
import vl_convert

import openstrat
from openstrat.analysis.effects.frames import study_frame
from openstrat.analysis.effects.study import RelicensingStudy, relicensing_study
from openstrat.errors import InputError
from openstrat.present.charts import effects
from openstrat.present.figure import Figure
from openstrat.reporting.figures import responsive
from openstrat.tables.loaders import load_confounders

TEXTS = {"title": "A finding.", "source": "A source"}


@cache
def studied(change_id: str) -> RelicensingStudy:
    """A study of the shipped tables."""
    return relicensing_study(
        change_id,
        activity=openstrat.load_activity_monthly(),
        changes=openstrat.load_license_changes(),
        forks=openstrat.load_fork_events(),
        confounders=load_confounders(),
    )


def drawn(name: str) -> Figure:
    """One of the three charts of the shipped tables."""
    if name == "effect_dots":
        return effects.effect_dots(study_frame(studied("all")), **TEXTS)
    return {"control_path": effects.control_path, "control_gaps": effects.control_gaps}[name](studied("redis-2024").estimates[0], **TEXTS)


NAMES = ["control_path", "control_gaps", "effect_dots"]


def shown(figure: Figure, width: int = 760) -> set[str]:
    """Every text in the drawing."""
    spec = responsive(figure.spec()) | {"width": width}
    return {text.strip() for text in re.findall(r">([^<>]+)<", vl_convert.vegalite_to_svg(spec, vl_version="5.20")) if text.strip()}


@pytest.mark.parametrize("name", NAMES)
def test_a_chart_sets_no_width_and_says_how_many(name: str) -> None:
    figure = drawn(name)
    assert "width" not in figure.spec()
    assert figure.n.split()[0] in figure.description
    assert len(figure.table) > 0


def test_the_path_shows_the_fit_before_and_names_both_lines() -> None:
    assert {"Error before: 16% of the mean", "project", "mix"} <= shown(drawn("control_path"), 358)
    assert len(drawn("control_path").table) == 47


def test_the_gap_stands_beside_every_placebo() -> None:
    assert "Gray: 13 placebos and their middle half" in shown(drawn("control_gaps"))
    assert "4 of 14 stand out as far or further" in drawn("control_gaps").description


def test_each_event_says_how_many_donors_moved_as_far() -> None:
    texts = shown(drawn("effect_dots"), 358)
    assert {"redis-2024: −38%, 0 of 13 donors as far", "vault-2023: −7%, 6 of 16 donors as far"} <= texts
    assert "2 events without a known change are left out" in drawn("effect_dots").description


def test_a_refused_control_is_not_drawn() -> None:
    with pytest.raises(InputError, match="fluent-assertions-2025: no synthetic control to draw"):
        effects.control_path(studied("fluent-assertions-2025").estimates[0], **TEXTS)
