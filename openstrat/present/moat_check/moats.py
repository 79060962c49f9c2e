"""The moat tests, the mean beside the stated figure, and what each option does to each moat."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.judging import MoatCheck
from openstrat.analysis.strategy.moat_losses import MoatLoss
from openstrat.analysis.strategy.moats import MoatTest, mean_sentence
from openstrat.cases.schema import Case
from openstrat.present import page
from openstrat.present.charts.moat_tests import moat_fates, moat_strip
from openstrat.present.figure import Figure
from openstrat.present.findings import findings_table
from openstrat.present.page import Markup
from openstrat.present.words import counted, listed, readable

CASE_SOURCE = "the case file: the asker's own measurements, not checked by anybody; thresholds are assumptions"
STATES = {True: "passes", False: "fails", None: "not known"}
SHORT = {"MO1": "default choice", "MO2": "best tools", "MO3": "best hosting", "MO4": "hard-to-rebuild assets", "MO5": "feedback loop"}


def score_words(test: MoatTest) -> str:
    """Return a test's score in words: '1 of 1', or the range that is left."""
    return f"{test.score:g} of 1" if test.score is not None else f"not known, {test.low:g} to {test.high:g} of 1"


def tests_figure(checked: MoatCheck) -> Figure:
    """Return every test as a strip under a title that counts moats that are shown."""
    rows = [
        {
            "moat": f"{test.name} ({test.concept_id}): {score_words(test)}",
            "test": criterion.name,
            "state": STATES[criterion.is_met],
            "ratio": criterion.ratio,
            "given": criterion.given,
            "needed": criterion.needed,
        }
        for test in checked.tests
        for criterion in test.criteria
    ]
    frame = pd.DataFrame(rows).astype({"ratio": "float64"})
    shown = [SHORT[test.concept_id] for test in checked.tests if test.low > 0]
    missing = int((frame["state"] == "not known").sum())
    title = f"{len(shown)} of {len(checked.tests)} moats are shown ({listed(shown, most=5)}); {missing} of {len(frame)} tests lack a fact"
    return moat_strip(frame, title=title, source=CASE_SOURCE)


def tests_table(checked: MoatCheck) -> Markup:
    """Return the five moats with their score, what was found, and what would decide an unknown one."""
    title = "Five moats by their tests; a missing fact is not a failed test"
    return findings_table(checked.findings, name="moats-table", title=title, source=CASE_SOURCE)


def mean_box(case: Case, checked: MoatCheck) -> Markup:
    """Return the mean score beside the figure that the case states; a contradiction is called one."""
    lines = [mean_sentence(checked.mean), *checked.openness.caveats]
    named = [f"{SHORT[test.concept_id]} ({score_words(test)})" for test in checked.tests if test.concept_id in case.moats]
    lines.append(f"The case leans on: {', '.join(named)}." if named else "The case leans on none of the five.")
    if checked.untested:
        shares = ", ".join(f"{readable(layer.value)} ({case.layers[layer].moat_share:.0%})" for layer in checked.untested)
        lines.append(f"By the case's shares these layers carry part of the moat, but belong to none of the moats that it names: {shares}.")
    title = "The stated moat contradicts the tests" if checked.mean.contradicts else "The stated moat beside the tests"
    return page.callout(title, page.bullets(lines), css="caveat" if checked.mean.contradicts else "finding")


def fate_of(loss: MoatLoss, tests: tuple[MoatTest, ...]) -> str:
    """Return what an option does to a moat: dies, not there, kept, or not known."""
    test = next(item for item in tests if item.concept_id == loss.concept_id)
    if loss.is_absent:
        return "not there"
    return "dies" if loss.dies else "kept" if test.low > 0 else "not known"


def fates_figure(checked: MoatCheck) -> Figure:
    """Return what each option leaves of each moat under a title that names the options that end one."""
    rows = [
        {
            "option": readable(loss.option),
            "moat": f"{loss.concept_id} {SHORT[loss.concept_id]}",
            "fate": fate_of(loss, checked.tests),
            "layers": ", ".join(readable(layer.value) for layer in loss.opened) or "no layer that carries it is opened",
        }
        for loss in checked.losses
    ]
    frame = pd.DataFrame(rows)
    ending = list(dict.fromkeys(frame.loc[frame["fate"] == "dies", "option"]))
    title = f"{counted(len(ending), 'option')} {'ends' if len(ending) == 1 else 'end'} a moat: {listed(ending, most=5)}"
    return moat_fates(
        frame, title=title if ending else "No option opens a layer that carries a moat", source=f"{CASE_SOURCE}; openstrat table moats"
    )
