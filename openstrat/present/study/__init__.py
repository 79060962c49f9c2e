"""The pieces of the report on relicensing: a study in, figures and boxes out."""

from openstrat.present.sources import sources_used
from openstrat.present.study.among import among_figure, chance_box
from openstrat.present.study.counting import counting_figure, counting_notes
from openstrat.present.study.glance import at_a_glance, study_facts
from openstrat.present.study.going import moved_table
from openstrat.present.study.method import caveats_box, how_to_read, method_box
from openstrat.present.study.months import happened_table
from openstrat.present.study.published import published_table
from openstrat.present.study.series import control_figure, movement_figure, placebo_figure
from openstrat.present.study.ways import ways_table

__all__ = [
    "among_figure",
    "at_a_glance",
    "caveats_box",
    "chance_box",
    "control_figure",
    "counting_figure",
    "counting_notes",
    "happened_table",
    "how_to_read",
    "method_box",
    "moved_table",
    "movement_figure",
    "placebo_figure",
    "published_table",
    "sources_used",
    "study_facts",
    "ways_table",
]
