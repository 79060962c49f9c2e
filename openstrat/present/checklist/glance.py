"""The first screen of a checklist report: verdict, what would flip it, what to answer next."""

from __future__ import annotations

from openstrat.analysis.checking import ChecklistReview
from openstrat.analysis.strategy.checklist import AnswerState, ChecklistOutcome
from openstrat.analysis.strategy.checklist_reading import percent
from openstrat.cases.checklist_fields import FIELDS
from openstrat.present import page
from openstrat.present.brief.shared import named_questions
from openstrat.present.page import Facts, Markup
from openstrat.present.words import capital, counted, listed, readable
from openstrat.tables.store import read_table

MEANING = {
    ChecklistOutcome.GO: "The plan is complete: these rules find nothing against the answers. Whether they are true, a person judges.",
    ChecklistOutcome.FIX_FIRST: "Do not open it yet: mend the answers below first.",
    ChecklistOutcome.NOT_YET: "A hope without a plan behind it: do not open it on these answers.",
}


VALUE_APART = "The verdict is on the answers only; what the option is worth stands beside it."


def report_facts(review: ChecklistReview) -> Facts:
    """Return the report's title and verdict line."""
    verdict = review.verdict
    line = f"{verdict.n_clean} of {len(verdict.checks)} clean: {verdict.label}; {len(review.filled)} of {len(FIELDS)} fields filled"
    title = f"Go-open checklist: {readable(review.option)}"
    return Facts({"title": title, "verdict": f"{line}; {review.case.title}", "status": review.case.status})


def verdict_box(review: ChecklistReview) -> Markup:
    """Return the verdict with the five states, and the key figures."""
    verdict = review.verdict
    names = read_table("checklist").set_index("concept_id")["name"]
    states = page.join(
        page.tag("li", page.pill(check.state.value) + page.plain(f" {names[check.concept_id]} ({check.concept_id}){_short(check.reasons)}"))
        for check in verdict.checks
    )
    words = f"{readable(review.option)}: {verdict.n_clean} of {len(verdict.checks)} answers are clean, {verdict.label}"
    loss = "; more likely to lose than to earn" if review.value_warning else ""
    body = page.paragraph(MEANING[verdict.outcome]) + page.paragraph(review.value_warning or VALUE_APART, css="caveat")
    return page.callout(f"{capital(words)}{loss}", body + page.tag("ul", states), css="verdict") + page.kpis(_figures(review))


def _short(reasons: tuple[str, ...]) -> str:
    first = [reason.partition(";")[0].removesuffix(".").removesuffix(" (word-list check)") for reason in reasons]
    said = "; ".join(reason[:1].lower() + reason[1:] for reason in first)
    return f": {said}." if said else ""


def _figures(review: ChecklistReview) -> dict[str, tuple[str, str]]:
    missing = sum(check.state == AnswerState.MISSING for check in review.checks)
    figures = {
        "fields filled": (f"{len(review.filled)} of {len(FIELDS)}", f"{counted(missing, 'question')} without any answer"),
    }
    priced = review.priced
    if priced is None:
        return figures | {"value of the option": ("not computed", "no evaluation was given")}
    needed = priced.conversion_needed
    low, high = priced.conversion_range
    stays = f"the median value stays {'above' if priced.stays_positive else 'below'} zero"
    conversion = (
        ("any share", stays)
        if needed is None
        else (percent(needed), f"of adopters for a median value of zero; the model draws from {percent(low)} to {percent(high)}")
    )
    under, usual = priced.npv_under_clone, priced.npv_without_clone
    return figures | {
        "chance that it is worth more than zero": (f"{priced.p_npv_positive:.0%}", f"{priced.n_draws:,} draws of the uncertain inputs"),
        "share that has to pay": conversion,
        "mean value when a larger host clones it": (
            money(under),
            f"{money(usual)} with nothing out of the ordinary; {priced.n_draws:,} draws",
        ),
    }


def money(value: float | None) -> str:
    """Return USD million in figures."""
    if value is None:
        return "not computed"
    amount = f"{abs(value):,.0f}" if abs(value) >= 100 else f"{abs(value):,.1f}"
    return f"{'−' if value < 0 else ''}USD {amount}m"


def flips_box(review: ChecklistReview) -> Markup:
    """Return the answers that would move the verdict."""
    sentences = [named_questions(flip.sentence) for flip in review.verdict.flips]
    return page.callout("What would change the verdict", page.bullets(sentences), css="finding")


def next_box(review: ChecklistReview) -> Markup:
    """Return the field to answer next, and every field that is still blank."""
    following = review.next
    if following is None:
        return page.callout("Answer next", page.paragraph("Nothing: every field is filled and every answer is clean."), css="finding")
    names = read_table("checklist").set_index("concept_id")["name"]
    text = page.tag(
        "p", page.tag("strong", f"{following.label} ") + page.plain(f"({names[following.concept_id].lower()}). {following.help}")
    )
    place = page.tag("p", page.plain("In the case file: ") + page.tag("code", following.path), css="source-note")
    blank = [field.label.lower() for field in FIELDS if field not in review.filled]
    rest = page.paragraph(f"Blank: {listed(blank, most=len(FIELDS))}.", css="meta") if blank else page.plain("")
    return page.callout("Answer next", text + place + rest, css="finding")
