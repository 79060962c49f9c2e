"""The first screen of a moat check: what protects the case, what opening would end, what to find out."""

from __future__ import annotations

from openstrat.analysis.judging import MoatCheck
from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.analysis.strategy.moat_losses import MoatLoss
from openstrat.cases.schema import Case
from openstrat.present import page
from openstrat.present.findings import concept_names, next_questions
from openstrat.present.moat_check.moats import SHORT, fate_of
from openstrat.present.page import Facts, Markup
from openstrat.present.words import listed
from openstrat.tables.store import resource


def report_facts(case: Case, checked: MoatCheck, *, as_of: str) -> Facts:
    """Return the report's title and verdict line for the page head and the index of a portfolio."""
    shown = sum(test.low > 0 for test in checked.tests)
    unknown = sum(test.score is None for test in checked.tests)
    against = "; the stated moat contradicts the tests" if checked.mean.contradicts else ""
    verdict = f"{shown} of {len(checked.tests)} moats shown, {unknown} not known{against}"
    return Facts({"title": f"What protects it: {case.title}", "verdict": verdict, "as_of": as_of, "status": case.status})


def at_a_glance(case: Case, checked: MoatCheck, myths: tuple[Finding, ...]) -> Markup:
    """Return what a board should know in sentences, key figures, and what to find out next."""
    sentences = [checked.openness.sentence, *checked.openness.caveats[1:], *_named_sentences(case, checked), *_loss_sentences(checked)]
    names = concept_names()
    failing = [names[finding.concept_id].lower() for finding in myths if finding.answer == Answer.YES]
    sentences += [f"Do not count on: {listed(failing)}; the test fails it."] if failing else []
    asked = resource("moats")["as_of"]
    note = f"All figures are the case's own; thresholds are assumptions (table moats, {asked}). A missing fact is not a failed test."
    box = page.callout("What to know before opening", page.bullets(sentences) + page.paragraph(note, css="meta"), css="verdict")
    first = sorted(checked.findings, key=lambda finding: finding.concept_id not in case.moats)
    return box + _figures(checked) + next_questions(finding for finding in first if finding.answer == Answer.UNKNOWN)


def _named_sentences(case: Case, checked: MoatCheck) -> list[str]:
    named = [finding for finding in checked.findings if finding.concept_id in case.moats]
    unproven = [SHORT[finding.concept_id] for finding in named if finding.answer == Answer.UNKNOWN]
    failed = [SHORT[finding.concept_id] for finding in named if finding.answer == Answer.NO]
    said = [f"Named by the case but not shown: {listed(unproven, most=5)}."] if unproven else []
    return said + ([f"Named by the case, and the test fails: {listed(failed, most=5)}."] if failed else [])


def _loss_sentences(checked: MoatCheck) -> list[str]:
    """Return a sentence for each set of moats that options end, with the options that do it together."""
    options: dict[str, list[str]] = {}
    for option in dict.fromkeys(loss.option for loss in checked.losses):
        lost = [loss for loss in checked.losses if loss.option == option and fate_of(loss, checked.tests) == "dies"]
        layers = list(dict.fromkeys(layer.value for loss in lost for layer in loss.opened))
        if lost:
            ended = f"{listed([_moat_words(loss, checked) for loss in lost], most=5)}, by opening {listed(layers)}"
            options.setdefault(ended, []).append(option)
    sentences = [f"Would end: {ended} ({listed(names, most=6)})." for ended, names in options.items()]
    return sentences or ["No option opens a layer that carries a moat."]


def _moat_words(loss: MoatLoss, checked: MoatCheck) -> str:
    test = next(item for item in checked.tests if item.concept_id == loss.concept_id)
    return SHORT[loss.concept_id] if test.low > 0 else f"{SHORT[loss.concept_id]} if it is there"


def _figures(checked: MoatCheck) -> Markup:
    mean, tests = checked.mean, checked.tests
    span = f"{mean.low:.2f}" if mean.low == mean.high else f"{mean.low:.2f} to {mean.high:.2f}"
    shown = sum(test.low > 0 for test in tests)
    ending = {loss.option for loss in checked.losses if fate_of(loss, tests) == "dies"}
    n_options = len({loss.option for loss in checked.losses})
    return page.kpis(
        {
            "mean moat score by the tests": (span, f"{mean.n - mean.n_known} of {mean.n} unknown"),
            "moat that the case states": (
                f"{mean.stated:g}",
                "contradicts the tests" if mean.contradicts else "inside what the tests allow",
            ),
            "moats shown": (f"{shown} of {len(tests)}", "score of .5 or 1 whatever is missing"),
            "options that end a moat": (f"{len(ending)} of {n_options}", "they open a layer that carries it"),
        }
    )
