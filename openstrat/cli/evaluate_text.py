"""An evaluation on a terminal."""

from __future__ import annotations

from openstrat.analysis.evaluating import Evaluation, break_even_of, checks_of, information_of, summaries_of, turns_of
from openstrat.cli.text import listed, wrapped
from openstrat.present.economics.sentences import break_even_sentence, information_sentence, turn_sentence
from openstrat.present.words import capital, readable

CAUTION = "The model ranks options and shows what the ranking hangs on; it does not forecast. Most ranges are assumptions."


def page(evaluation: Evaluation) -> str:
    """Return the evaluation as a page: the choice, the options, what would change it, break-evens and checks."""
    taken, information = evaluation.recommendation, information_of(evaluation)
    turns = turns_of(evaluation, information)
    conversion = evaluation.draws.ranges["conv"]
    needs = [break_even_sentence(name, conversion, break_even_of(evaluation, "conv", name)) for name in taken.near]
    lines = [
        wrapped(f"{evaluation.case.id}: {readable(taken.option)}. {capital(readable(taken.reason))}"),
        "",
        *_table(evaluation),
        wrapped(f"Net present value over five years, USD million; {evaluation.draws.n:,} draws, seed {evaluation.seed}."),
        wrapped("P5 to P95: nine draws in ten lie between. Regret: what the choice costs beside the best option of the draw."),
        "",
        wrapped(information_sentence(evaluation, information)),
        *listed("What would change it", (turn_sentence(evaluation, turn) for turn in turns)),
        *listed("Conversion needed to break even (median)", needs),
        *listed("Checks", checks_of(evaluation)),
        "",
        wrapped(CAUTION),
    ]
    return "\n".join(lines)


def _table(evaluation: Evaluation) -> list[str]:
    width = max(len(name) for name in evaluation.outcomes) + 2
    head = f"{'':{width}}{'P5':>9}{'P50':>9}{'P95':>9}{'mean':>9}{'P(>0)':>7}{'P(best)':>9}{'regret':>9}{'worst':>9}"
    lines = [head]
    for row in summaries_of(evaluation).to_dict("records"):
        figures = "".join(f"{_amount(row[name]):>9}" for name in ("p5", "p50", "p95", "mean"))
        chances = f"{row['p_positive']:>7.0%}{row['p_best']:>9.0%}"
        mark = "* " if row["is_recommended"] else "= " if row["is_tied"] and evaluation.recommendation.is_tie else "  "
        lines.append(
            f"{mark}{readable(row['option']):{width - 2}}{figures}{chances}{_amount(row['mean_regret']):>9}{_amount(row['max_regret']):>9}"
        )
    tied = "  = mean tied with the best" if evaluation.recommendation.is_tie else ""
    return [*lines, f"* recommended{tied}"]


def _amount(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:,.1f}" if abs(value) >= 10 else f"{value:.2f}"
