"""One function a chart: a frame in, a figure out."""

from openstrat.present.charts.activity import precedent_activity
from openstrat.present.charts.history import license_timeline
from openstrat.present.charts.layers import layer_map, option_tradeoff
from openstrat.present.charts.spectrum import spectrum_strip
from openstrat.present.charts.terms import terms_matrix

__all__ = ["layer_map", "license_timeline", "option_tradeoff", "precedent_activity", "spectrum_strip", "terms_matrix"]
