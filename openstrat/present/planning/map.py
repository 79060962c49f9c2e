"""All combinations: the map, where the case's options lie on it, the best one that it does not list, and the frontier in numbers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from openstrat.analysis.planning.frontier import cloud
from openstrat.analysis.planning.plan import OpeningPlan
from openstrat.analysis.planning.pricing import UNLISTED, Standing
from openstrat.present import page
from openstrat.present.charts.frontier_map import frontier_map
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.planning.words import MODEL_SOURCE, amount, combination_words, spread, standing_sentence
from openstrat.present.words import counted, listed, readable

KINDS = {
    (False, False): "option of the case",
    (False, True): "option taken",
    (True, False): "best unlisted",
    (True, True): "unlisted, taken",
}
"""What a mark stands for: whether it is unlisted, and whether it is taken."""
RISK = "Share of revenue at risk"
RULE = (
    "Rule: an unlisted combination is taken only when its mean is ahead by more than a tie, or when the means tie and its regret in the "
    "worst named future is clearly lower."
)
VALUE = "Net present value at median inputs, USD million"
PLANE = (
    "Adopters and revenue at risk are computed with every input at its median, all combinations staffed by one rule. Revenue at risk is "
    "what copies of opened layers, other hosts and a better-funded host take by year five; a fork is not in it, but in adopters and value."
)


def map_figure(plan: OpeningPlan) -> Figure:
    """Return the map of all combinations with the frontier, the case's options and the best unlisted one."""
    across = plan.searched.risk if plan.has_risk else plan.searched.value
    front = plan.front[np.argsort(across[plan.front], kind="stable")]
    line = pd.DataFrame({"across": across[front], "up": plan.searched.adopters[front]})
    return frontier_map(
        cloud(across, plan.searched.adopters),
        line,
        _labeled(plan),
        across=RISK if plan.has_risk else VALUE,
        is_share=plan.has_risk,
        title=_title(plan.options),
        source=MODEL_SOURCE,
        n=plan.searched.n,
    )


def _title(options: pd.DataFrame) -> str:
    beaten = options.loc[~options["is_on_front"], "option"].tolist()
    if len(beaten) == len(options):
        return f"None of the {len(options)} options lies on the frontier: each is beaten by a combination that is not on the list"
    n_on = len(options) - len(beaten)
    found = f"{n_on} of {len(options)} options {'lies' if n_on == 1 else 'lie'} on the frontier"
    return f"{found}; {listed(beaten, most=3)} {'is' if len(beaten) == 1 else 'are'} beaten" if beaten else found


def _labeled(plan: OpeningPlan) -> pd.DataFrame:
    taken = plan.choice.taken
    rows = []
    for name in dict.fromkeys([*plan.options["option"], *([plan.choice.unlisted.option] if plan.choice.unlisted else []), taken]):
        row = plan.member(name)
        is_unlisted = name.startswith(UNLISTED)
        kind = (
            ("unlisted, taken" if name == taken else "best unlisted")
            if is_unlisted
            else "option taken"
            if name == taken
            else "option of the case"
        )
        across = row["risk" if plan.has_risk else "value_at_medians"]
        rows.append({"name": "best unlisted" if is_unlisted else readable(name), "across": across, "up": row["adopters"], "kind": kind})
    same = pd.DataFrame(rows).groupby(["across", "up", "kind"], sort=False)["name"].agg(" = ".join).reset_index()
    return same[["name", "across", "up", "kind"]]


def options_table(plan: OpeningPlan) -> Markup:
    """Return where each option of the case lies: on the frontier, or beaten, and by which combination."""
    rows = plan.options.to_dict("records")
    shown = pd.DataFrame(
        {
            "option": [readable(row["option"]) for row in rows],
            "adopters": [f"{row['adopters']:,.0f}" for row in rows],
            "risk": [f"{row['risk']:.1%}" for row in rows],
            "value": [spread(plan.member(row["option"])) for row in rows],
            "stands": ["on the frontier" if row["is_on_front"] else "beaten" for row in rows],
            "by": [_beaten_by(plan, row) for row in rows],
        }
    )
    labels = {"risk": "revenue at risk", "value": "value, mean (90 % of draws)", "stands": "on the map", "by": "beaten by"}
    title = "The options of the case on the map"
    table = page.data_table(shown, name="options-table", title=title, source=MODEL_SOURCE, stub="option", labels=labels)
    note = (
        "Net present value over five years, USD million, with each option's own people. Beaten says nothing on value: fewer adopters may "
        "cost less."
    )
    return table + page.paragraph(f"{PLANE} {note}", css="caveat")


def _beaten_by(plan: OpeningPlan, row: dict[Any, Any]) -> str:
    if row["is_on_front"] or not isinstance(row["dominated_by"], str):
        return "–"
    more, less = float(row["more_adopters"]), float(row["less_risk"])
    gains = [f"{more:,.0f} more adopters"] if more >= 0.5 else []
    gains += [f"{less:.1%} less at risk"] if less >= 0.0005 else []
    return f"{combination_words(plan, row['dominated_by'])}: {' and '.join(gains) or 'a hair better'}"


def unlisted_box(plan: OpeningPlan) -> Markup:
    """Return the best combination that the case does not list, with the range of what it adds and how the tie was decided."""
    choice = plan.choice
    sentences = [standing_sentence(plan)]
    if choice.unlisted is not None and choice.gain is not None:
        low, high = np.percentile(choice.gain, [5, 95])
        row = plan.member(choice.unlisted.option)
        sentences += [
            f"Against {readable(choice.listed.option)} it comes to {amount(float(choice.gain.mean()))} on average, {amount(low)} to "
            f"{amount(high)} in nine draws of ten (USD million).",
            f"It reaches {row['adopters']:,.0f} adopters with {row['risk']:.1%} of revenue at risk and takes {row['people']:.3g} people.",
        ]
    sentences.append(f"{RULE} A tie here is up to USD {amount(choice.tolerance)} million.")
    better = choice.standing in (Standing.BETTER, Standing.STURDIER)
    heading = "An unlisted combination is better" if better else "The list holds up"
    notes = " ".join([readable(plan.staffing.sentence), *plan.candidates.notes])
    return page.callout(heading, page.bullets(sentences), css="finding") + page.paragraph(notes, css="caveat")


def frontier_table(plan: OpeningPlan) -> Markup:
    """Return the frontier in numbers, from the least revenue at risk to the most, with regret against the best priced one."""
    taken = plan.choice.taken
    rows = plan.members[plan.members["is_on_front"] | plan.members["is_taken"]].to_dict("records")
    shown = pd.DataFrame(
        {
            "combination": [f"{combination_words(plan, str(row['name']))}{' (taken)' if row['name'] == taken else ''}" for row in rows],
            "adopters": [f"{row['adopters']:,.0f}" for row in rows],
            "risk": [f"{row['risk']:.1%}" for row in rows],
            "value": [spread({str(key): value for key, value in row.items()}) for row in rows],
            "positive": [f"{row['p_positive']:.0%}" for row in rows],
            "regret": [amount(row["mean_regret"]) for row in rows],
            "worst": ["–" if pd.isna(row["worst_regret"]) else amount(row["worst_regret"]) for row in rows],
        }
    )
    labels = {
        "risk": "revenue at risk",
        "value": "value, mean (90 % of draws)",
        "positive": "above zero",
        "regret": "mean regret",
        "worst": "regret in worst future",
    }
    title = f"The frontier priced: {counted(len(shown), 'combination')}"
    table = page.data_table(shown, name="frontier-table", title=title, source=MODEL_SOURCE, stub="combination", labels=labels)
    note = (
        f"USD million; {plan.n:,} draws, seed {plan.seed}. Regret: what it costs beside the best priced combination of the same draw or "
        "future. No worst regret is given below the worst option of the case."
    )
    return table + page.paragraph(note, css="caveat")
