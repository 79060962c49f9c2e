"""One function a chart: a frame in, a figure out."""

from openstrat.present.charts.activity import precedent_activity
from openstrat.present.charts.agreement import agreement_bars
from openstrat.present.charts.completeness import class_parts
from openstrat.present.charts.history import license_timeline
from openstrat.present.charts.layers import layer_map, option_tradeoff
from openstrat.present.charts.level_map import level_map
from openstrat.present.charts.periods import delayed_openings, license_periods
from openstrat.present.charts.positions import position_strip
from openstrat.present.charts.spectrum import spectrum_strip
from openstrat.present.charts.terms_matrix import terms_matrix
from openstrat.present.charts.threshold_ladder import threshold_ladder

__all__ = [
    "agreement_bars",
    "class_parts",
    "delayed_openings",
    "layer_map",
    "level_map",
    "license_periods",
    "license_timeline",
    "option_tradeoff",
    "position_strip",
    "precedent_activity",
    "spectrum_strip",
    "terms_matrix",
    "threshold_ladder",
]
