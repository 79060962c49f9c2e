"""How the figures were made, which projects they are set beside, what limits them, and how to read each picture."""

from __future__ import annotations

from openstrat.analysis.effects import interrupted
from openstrat.analysis.effects.panels import PANEL_RULE
from openstrat.analysis.effects.study import RelicensingStudy
from openstrat.analysis.effects.synthetic_control import FEWEST_DONORS, WORST_FIT
from openstrat.analysis.effects.windows import AUTHORS_RULE
from openstrat.present import page
from openstrat.present.page import Markup
from openstrat.present.study.shared import only
from openstrat.present.theme import signed_percent

HOW_TO_READ = {
    "movement": (
        "a point is a month, as a share of the project's mean in the year before the dashed rule; the gray band is where half of the "
        "projects without an event were in the same month. A line within the band did nothing unusual.",
        "a row is an event: the triangle is its change, the gray bar the middle half of the same change in projects without an event. "
        "A triangle within its bar did what such projects did anyway.",
    ),
    "control": (
        "the dashed line is a weighted mix of other projects, chosen to move like the project before. How well it did is said in the "
        "picture; where the lines part already before, a gap after says little.",
        "",
    ),
    "placebo": (
        "the thick line is the project's gap to its mix. Each thin line is a project without an event, treated as if it had had one. "
        "Only a thick line outside the thin ones stands out.",
        "",
    ),
    "counting": (
        "a row is a way of counting the same months. Where the triangles lie apart, the answer hangs on what is counted.",
        "a row is an event, a column a way of counting; each cell is the change of its mean, not yet set beside donors.",
    ),
    "among": (
        "a row is an event: the triangle is its change, the gray bar the middle half of the same change in projects without an event.",
        "",
    ),
}
"""A sentence for each picture, for one event and for all of them."""
CAVEATS = (
    "Bots are known by a list of patterns; other bots, and agents that commit under a person's name, count as people.",
    "Default branches only, without merges. Projects that squash make fewer commits for the same work: compare a project with itself.",
    "Activity is not value: fewer authors may do the same work, and a company may hire those who left.",
    "The donors were chosen by hand as comparable open projects; another choice would give other figures.",
    "License changes nobody wrote about are missing, and changes of projects that had stopped anyway draw less attention.",
)


def how_to_read(part: str, study: RelicensingStudy, shown: object = None) -> Markup:
    """Return the sentence on how to read a picture; nothing where `shown` is no picture or table."""
    sentence = HOW_TO_READ[part][only(study) is None]
    if not sentence or (isinstance(shown, Markup) and "<table" not in shown.html):
        return Markup("", "")
    return page.tag("p", page.tag("em", f"How to read it: {sentence}"))


def method_box(study: RelicensingStudy) -> Markup:
    """Return the rules behind the figures, with the donors of a single event."""
    first = study.estimates[0]
    rules = [
        f"Before and after: {first.donors.rule}",
        f"People counted once: {AUTHORS_RULE}",
        f"Synthetic control: {PANEL_RULE} Refused with fewer than {FEWEST_DONORS} donors or an error before above {WORST_FIT:.0%}.",
        f"Interrupted series: {interrupted.RULE}",
        f"Verdict: {study.rule}",
        "P values are ranks among the event and its donors, so they cannot be smaller than one over their number.",
    ]
    return page.callout("Rules", page.bullets([*rules, *_donors(study)]), css="finding")


def _donors(study: RelicensingStudy) -> list[str]:
    estimate = only(study)
    if estimate is None or not estimate.donors.n:
        return []
    used = sorted(estimate.donors.changes, key=lambda item: item[1])
    left_out = "; ".join(f"{name} ({reason})" for name, reason in estimate.donors.left_out)
    said = [f"Donors, {len(used)}: {', '.join(f'{name} {signed_percent(change)}' for name, change in used)}."]
    return [*said, f"Donors not used: {left_out}."] if left_out else said


def caveats_box(study: RelicensingStudy) -> Markup:
    """Return what limits the figures: caveats of the event, and gaps of the table."""
    own = list(dict.fromkeys(item for estimate in study.estimates for item in estimate.caveats)) if only(study) else []
    return page.callout("Caveats", page.bullets([*own, *CAVEATS]), css="finding")
