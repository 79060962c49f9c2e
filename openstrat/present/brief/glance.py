"""The first screen of a brief: what to conclude, what would change it."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.brief import PrecedentActivity
from openstrat.analysis.strategy.checklist import ChecklistVerdict
from openstrat.cases.schema import Case
from openstrat.present import page
from openstrat.present.brief.history import is_far, spread
from openstrat.present.brief.shared import named_questions
from openstrat.present.page import Markup
from openstrat.present.theme import percent
from openstrat.present.words import listed, readable


def at_a_glance(
    case: Case, options: pd.DataFrame, layers: pd.DataFrame, checklist: ChecklistVerdict, activity: PrecedentActivity, *, option: str
) -> Markup:
    """Return the verdict in sentences and four key figures; each one is worked out further down the page."""
    sentences = [*_option_sentences(options), _layer_sentence(layers), _checklist_sentence(checklist, option)]
    sentences += [named_questions(flip.sentence) for flip in checklist.flips[:1]]
    if case.conclusion:
        sentences.append(f"The case's own expert conclusion, stated before any analysis: {readable(case.conclusion.recommended_option)}.")
    body = page.bullets(sentences)
    note = "This brief ranks nothing by forecast: it reads the case's own shares, license terms, precedents and answers."
    return page.callout("What the facts of this case say", body + page.paragraph(note, css="meta"), css="verdict") + _figures(
        options, layers, checklist, activity
    )


def _option_sentences(options: pd.DataFrame) -> list[str]:
    named = {verdict: options.loc[options["verdict"] == verdict, "option"].tolist() for verdict in ("trade", "mixed", "giveaway")}
    sentences = []
    if named["trade"]:
        trades = options[options["verdict"] == "trade"]
        best = trades.sort_values(["adoption_unrestricted", "revenue_opened"], ascending=[False, True], kind="stable").iloc[0]
        shares = ["adoption_unrestricted", "revenue_opened"]
        tied = trades.loc[(trades[shares] == best[shares]).all(axis=1), "option"].tolist()
        widest = f"{listed(tied, most=6)} {'opens' if len(tied) == 1 else 'tie and open'}"
        sentences.append(f"Can be a trade: {listed(named['trade'], most=6)}.")
        sentences.append(
            f"Of these, {widest} most to everybody: {percent(best['adoption_unrestricted'])} of what draws people in, "
            f"for {percent(best['revenue_opened'])} of what customers pay for."
        )
    if named["mixed"]:
        sentences.append(f"Needs a named receipt elsewhere: {listed(named['mixed'], most=6)}.")
    if named["giveaway"]:
        worst = options[options["verdict"] == "giveaway"]["revenue_opened"].max()
        sentences.append(f"Gives the business away: {listed(named['giveaway'], most=6)}, up to {percent(worst)} of what customers pay for.")
    return sentences


def _layer_sentence(layers: pd.DataFrame) -> str:
    by_stance = {stance: layers.loc[layers["stance"] == stance, "layer"].tolist() for stance in ("open", "decide", "hold")}
    parts = [f"{stance} {listed(names, most=6)}" for stance, names in by_stance.items() if names]
    against = layers.loc[layers["contradicts_plan"], "layer"].tolist()
    extra = f" The plan says the opposite for {listed(against)}." if against else ""
    return f"Layer by layer: {'; '.join(parts)}.{extra}"


def _checklist_sentence(checklist: ChecklistVerdict, option: str) -> str:
    open_questions = [check.concept_id for check in checklist.checks if check.state != "clean"]
    rest = named_questions(f" Not clean yet: {listed(open_questions, most=5)}.") if open_questions else ""
    score = f"{checklist.n_clean} of {len(checklist.checks)} clean, {checklist.label}"
    return f"Go-open checklist for {readable(option)}: {score}.{rest}"


def _figures(options: pd.DataFrame, layers: pd.DataFrame, checklist: ChecklistVerdict, activity: PrecedentActivity) -> Markup:
    known = activity.changes["change"].dropna() if len(activity.changes) else pd.Series(dtype=float)
    near = (f"{(known < 0).sum()} of {len(known)} fell", f"{spread(known)}; near precedents, a description and not a cause")
    if is_far(activity) or known.empty:
        near = ("none near", "even the nearest license changes differ in half of what was compared")
    stances = " / ".join(str((layers["stance"] == stance).sum()) for stance in ("open", "decide", "hold"))
    return page.kpis(
        {
            "options that can be a trade": (
                f"{(options['verdict'] == 'trade').sum()} of {len(options)}",
                "little that is paid for is opened",
            ),
            "layers to open / decide / hold": (stances, "open what draws people in, hold what is paid for"),
            "clean checklist answers": (f"{checklist.n_clean} of {len(checklist.checks)}", checklist.label),
            "active authors in the year after a license change": near,
        }
    )
