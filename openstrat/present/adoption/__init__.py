"""The pieces of the report on adoption: results in, figures and boxes out."""

from openstrat.present.adoption.attention import (
    bursts_table,
    curves_figure,
    half_life_figure,
    half_life_note,
    launches_table,
    sides_table,
)
from openstrat.present.adoption.signals import (
    adoption_facts,
    adoption_glance,
    correlations_figure,
    correlations_table,
    extremes_table,
    scatter_figure,
    selection_box,
)
from openstrat.present.sources import sources_used

__all__ = [
    "adoption_facts",
    "adoption_glance",
    "bursts_table",
    "correlations_figure",
    "correlations_table",
    "curves_figure",
    "extremes_table",
    "half_life_figure",
    "half_life_note",
    "launches_table",
    "scatter_figure",
    "selection_box",
    "sides_table",
    "sources_used",
]
