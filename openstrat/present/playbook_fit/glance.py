"""The first screen of a playbook-fit report: which playbook, whether it would work, what to find out."""

from __future__ import annotations

from openstrat.analysis.judging import PlaybookCheck
from openstrat.analysis.strategy.finding import Answer, Finding
from openstrat.analysis.strategy.playbooks import NAMES, Kind, PlaybookFit, leading
from openstrat.cases.schema import Case
from openstrat.present import page
from openstrat.present.findings import concept_names, next_questions
from openstrat.present.page import Facts, Markup
from openstrat.present.words import listed, readable
from openstrat.tables.store import resource


def report_facts(case: Case, checked: PlaybookCheck) -> Facts:
    """Return the report's title and verdict line for the page head and the index of a portfolio."""
    verdict = checked.selection.sentence.rstrip(".")
    as_of = str(resource("concepts")["as_of"])
    return Facts({"title": f"Which playbook fits: {case.title}", "verdict": verdict, "as_of": as_of, "status": case.status})


def at_a_glance(
    case: Case, checked: PlaybookCheck, motives: tuple[Finding, ...], scenarios: tuple[Finding, ...], trade: tuple[Finding, ...]
) -> Markup:
    """Return what a board should know in sentences, key figures, and what to find out next."""
    leaders = leading(checked.fits)
    fits = [finding for fit, finding in zip(checked.fits, checked.findings, strict=True) if fit in leaders]
    sentences = [_selection_sentence(case, checked), *(finding.sentence for finding in fits), motives[0].sentence]
    sentences += [_scenario_sentence(scenarios), trade[0].sentence]
    note = f"Judged for the option {readable(checked.option)}. All facts are the case's own; thresholds are assumptions, argue with them."
    box = page.callout("What to know before choosing", page.bullets(sentences) + page.paragraph(note, css="meta"), css="verdict")
    return (
        box
        + _figures(checked, leaders, motives[0], scenarios)
        + next_questions([*fits, *([] if checked.selection.answer == Answer.YES else [checked.selection])])
    )


def _selection_sentence(case: Case, checked: PlaybookCheck) -> str:
    follows = f" The case itself follows: {case.playbook.label}." if case.playbook in NAMES else " The case names no commercial playbook."
    return checked.selection.sentence + follows


def _scenario_sentence(scenarios: tuple[Finding, ...]) -> str:
    names = concept_names()
    by_answer = {answer: [names[item.concept_id].lower() for item in scenarios[1:] if item.answer == answer] for answer in Answer}
    parts = [
        f"{words} {listed(by_answer[answer], most=4)}"
        for answer, words in (
            (Answer.YES, "helps:"),
            (Answer.PARTLY, "may help:"),
            (Answer.NO, "does not help:"),
            (Answer.UNKNOWN, "not known:"),
        )
        if by_answer[answer]
    ]
    return f"Ways in which openness {'; '.join(parts)}."


def _figures(checked: PlaybookCheck, leaders: tuple[PlaybookFit, ...], money: Finding, scenarios: tuple[Finding, ...]) -> Markup:
    named = " / ".join(NAMES[fit.playbook] for fit in leaders) or "none"
    conditions = [item for fit in leaders for item in fit.of_kind(Kind.NEEDS, Kind.FAILS_IF)]
    good, missing = (sum(item.is_good is state for item in conditions) for state in (True, None))
    words = {Answer.YES: "clean", Answer.NO: "not clean", Answer.UNKNOWN: "missing"}
    helping = sum(item.answer == Answer.YES for item in scenarios[1:])
    return page.kpis(
        {
            "selected by the facts": (named, "a tie is shown as a tie" if len(leaders) > 1 else "highest share of facts that select it"),
            "its conditions shown": (f"{good} of {len(conditions)}" if conditions else "none", f"{missing} not known"),
            "money answer": (words[money.answer], "without it, motives add nothing to value"),
            "ways in which openness helps": (f"{helping} of {len(scenarios) - 1}", "over the whole ranges"),
        }
    )
