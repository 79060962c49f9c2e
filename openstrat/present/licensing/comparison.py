"""Two to six licenses for one kind of asset, side by side."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.licenses.askers import Asker, Purpose
from openstrat.analysis.licenses.comparison import Comparison, bottom_line
from openstrat.analysis.licenses.thresholds import in_words, threshold_ladder
from openstrat.present import page
from openstrat.present.charts.positions import position_strip
from openstrat.present.charts.shared import short_license
from openstrat.present.charts.terms_matrix import terms_matrix
from openstrat.present.charts.threshold_ladder import threshold_ladder as ladder_chart
from openstrat.present.figure import Figure
from openstrat.present.page import Facts, Markup
from openstrat.present.sources import terms_source
from openstrat.present.words import listed, readable
from openstrat.tables.store import read_table, resource
from openstrat.terms import OpennessLevel

NOT_ADVICE = "Not legal advice: the license text decides, and a lawyer reads it for you."
ANSWER_WORDS = {"allowed": "Yes", "gated": "Only if", "barred": "No", "unknown": "Not known"}


def comparison_facts(compared: Comparison) -> Facts:
    """Return the report's title and verdict line for the page head and the index of a portfolio."""
    names = [short_license(license_id) for license_id in compared.license_ids]
    open_ones = [name for name, placed in zip(names, compared.placements, strict=True) if placed.level == OpennessLevel.FULLY_OPEN]
    verdict = f"{len(open_ones)} of {len(names)} hold nobody back{': ' + listed(open_ones, most=6) if open_ones else ''}"
    title = f"{listed(names, most=6)} for {compared.asset.label}"
    return Facts({"title": title, "verdict": verdict, "as_of": str(resource("license_terms")["as_of"]), "status": "real"})


def bottom_lines(compared: Comparison) -> Markup:
    """Return what each license comes to in one sentence, and what the comparison does not rest on firmly."""
    items = [
        page.tag("li", page.tag("strong", short_license(placed.license_id)) + page.plain(f". {bottom_line(placed)}"))
        for placed in compared.placements
    ]
    body = page.tag("ul", page.join(items))
    cautions = [*compared.cautions, NOT_ADVICE]
    return page.callout("What it comes to", body, css="verdict") + page.tag("div", page.bullets(cautions), css="caveat")


def position_figure(compared: Comparison) -> Figure:
    """Return where each license puts the asset on the spectrum."""
    rows = [
        {
            "group": "",
            "name": short_license(placed.license_id),
            "level": placed.level.value,
            "license_id": placed.license_id,
            "restrictions": "; ".join(ground.restriction.value for ground in placed.restrictions),
            "grade": "",
            "reason": placed.reason,
        }
        for placed in compared.placements
    ]
    positions = pd.DataFrame(rows)
    names = {name: placed.level for name, placed in zip(positions["name"], compared.placements, strict=True)}
    held = [name for name, level in names.items() if level not in (OpennessLevel.FULLY_OPEN, OpennessLevel.UNDETERMINED)]
    free = [name for name, level in names.items() if level == OpennessLevel.FULLY_OPEN]
    title = f"{listed(held, most=6)} would hold some users of the {compared.asset.label} back"
    title += f"; {listed(free, most=6)} would not" if free else ""
    if not held:
        title = f"None of the licenses is known to hold users of the {compared.asset.label} back"
    return position_strip(positions, what="licenses", title=title, source=terms_source())


def answers_figure(compared: Comparison) -> Figure:
    """Return what each license answers to each question, as a matrix of words."""
    answers = compared.answers
    limits = (answers["state"] == "restricts").groupby(answers["license_id"], sort=False).sum()
    most = limits[limits == limits.max()].index.map(short_license).tolist()
    n = answers["question_id"].nunique()
    title = (
        f"{listed(most, most=6)} limit{'s' if len(most) == 1 else ''} use in {limits.max()} of {n} questions, the most of the {len(limits)}"
    )
    if limits.max() == 0:
        title = f"None of the {len(limits)} licenses limits use in any of {n} questions"
    return terms_matrix(answers, title=title, source=terms_source())


def answers_table(compared: Comparison) -> Markup:
    """Return the answers in full sentences, one row a question, one column a license."""
    wide = compared.answers.pivot(index="question", columns="license_id", values="sentence")
    ordered = wide.loc[list(dict.fromkeys(compared.answers["question"])), list(compared.license_ids)]
    shown = ordered.rename(columns=short_license).reset_index()
    return page.data_table(shown, name="answers-table", title="The answers in full", source=terms_source(), stub="question")


def verdicts_table(verdicts: pd.DataFrame, *, purpose: str, users: float, revenue_usd: float, territory: str) -> Markup:
    """Return what each license answers to one company for each purpose, the asked one first: a row a purpose, a column a license.

    `verdicts` has one row a purpose and license: purpose, license_id, answer, clause.
    """
    words = verdicts["answer"].map(ANSWER_WORDS)
    duties = verdicts["duties"].where(verdicts["duties"] == "", ". " + verdicts["duties"])
    cells = (words + duties).where(verdicts["answer"] == "allowed", words + ": " + verdicts["clause"])
    names, does = verdicts["license_id"].map(short_license), verdicts["purpose"].map(lambda name: Purpose(name).definition.rstrip("."))
    shown = verdicts.assign(cell=cells, license=names, purpose=does)
    wide = shown.pivot(index="purpose", columns="license", values="cell")
    order = sorted(dict.fromkeys(does), key=lambda name: name != Purpose(purpose).definition.rstrip("."))
    ordered = wide.loc[order, list(dict.fromkeys(shown["license"]))].reset_index()
    place = "outside the EU, the UK and South Korea" if territory == "elsewhere" else f"in the {territory}"
    who = f"a company {place} with {in_words(users)} monthly users and USD {in_words(revenue_usd)} a year may do"
    note = "Yes means that nothing recorded stands in the way; notices come along, and other duties as the cell says."
    table = page.data_table(ordered, name="verdicts-table", title=f"What {who}", source=terms_source(), stub="purpose")
    return table + page.paragraph(note, css="caveat")


def ladder_figure(compared: Comparison, *, users: float, revenue_usd: float) -> Figure | Markup:
    """Return the size limits of the compared licenses on users, else on revenue, with the company's place; a sentence if none."""
    thresholds = read_table("license_thresholds")
    own = thresholds[thresholds["license_id"].isin(compared.license_ids)]
    ladder = threshold_ladder(own, Asker("product", users=users, revenue_usd=revenue_usd))
    for measure, you, unit in (("users", users, "monthly users"), ("revenue", revenue_usd, "USD a year")):
        if (ladder["measure"] == measure).any():
            part = ladder[ladder["measure"] == measure]
            reached = part[part["state"] == "reached"]["license_id"].map(short_license).unique().tolist()
            title = f"At {in_words(you)} {unit} the company is past a limit of {listed(reached)}" if reached else ""
            title = title or f"At {in_words(you)} {unit} no limit is reached; the lowest is {in_words(part['value'].min())}"
            return ladder_chart(ladder, measure=measure, title=title, source=terms_source(), you=you or None)
    return page.paragraph("None of these licenses has a recorded limit on users or revenue.")


def excluded_table(excluded: pd.DataFrame) -> Markup:
    """Return whom the licenses shut out or gate, one row a group of people, with the clause."""
    if excluded.empty:
        return page.paragraph("None of these licenses is known to hold anybody back.")
    shown = excluded.assign(license=excluded["license_id"].map(short_license), effect=excluded["effect"].map(readable))
    table = shown[["license", "who", "effect", "clause"]].reset_index(drop=True)
    return page.data_table(table, name="excluded-table", title="Who is held back, and by which clause", source=terms_source())
