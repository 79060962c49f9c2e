"""The first screen of a stress test: would the option outlive a better-funded fork, and what decides that."""

from __future__ import annotations

from openstrat.analysis.rehearsing import StressTest
from openstrat.analysis.strategy.finding import Answer
from openstrat.analysis.stress.conditions import ConditionState
from openstrat.analysis.stress.fork_record import lag_spreads, outcome_counts, people_spreads, spread_of
from openstrat.analysis.stress.losses import LossSpread, mean_of
from openstrat.analysis.stress.remains import MoatState
from openstrat.present import page
from openstrat.present.page import Facts, Markup
from openstrat.present.stress.words import GROUP_WORDS, cause, days, ends, in_words
from openstrat.present.words import counted, listed, readable
from openstrat.tables.fork_terms import AuthorGroup, ForkTrigger

VERDICTS = {
    Answer.YES: "Outlives such a fork",
    Answer.PARTLY: "Outlives it in part",
    Answer.NO: "Does not outlive it as it stands",
    Answer.UNKNOWN: "Not known: moats were not tested",
    Answer.NOT_ASKED: "Not asked",
}


def stress_facts(test: StressTest) -> Facts:
    """Return the report's title and verdict line."""
    title = f"Forked tomorrow: {readable(test.option)}"
    verdict = f"{VERDICTS[test.verdict.answer].lower()}; {test.case.title}"
    return Facts({"title": title, "verdict": verdict, "as_of": test.as_of, "status": test.case.status})


def stress_glance(test: StressTest) -> Markup:
    """Return the key figures, and what decides whether the option outlives the fork."""
    left = [item for item in test.moats if item.state == MoatState.LEFT]
    unknown = [item for item in test.moats if item.state == MoatState.UNKNOWN]
    share = spread_of(people_spreads(test.record.people), test.trigger.value, AuthorGroup.CORE_12M.value)
    figures = {
        "moats left": (
            f"{len(left)}" if not unknown else f"{len(left)} to {len(left) + len(unknown)}",
            f"of {len(test.moats)}; 2 are needed; {counted(len(unknown), 'test')} not made",
        ),
        "value with a fork there tomorrow": (_money(mean_of(test.money.tomorrow.npv)), _against(test)),
        "days until a fork began": _lag_figure(test),
        "core people who went along": (
            "unknown" if share is None or share.median_low is None else f"{share.median_low:.0%}",
            "no fork of this kind is measured"
            if share is None
            else f"{GROUP_WORDS[AuthorGroup.CORE_12M]}; {in_words(share)}; {cause(test.trigger)}",
        ),
    }
    return page.kpis(figures) + page.callout(VERDICTS[test.verdict.answer], page.bullets(_sentences(test)), css="verdict")


def _lag_figure(test: StressTest) -> tuple[str, str]:
    spreads = lag_spreads(test.record.lags)
    began = spread_of(spreads, ForkTrigger.RELICENSE.value, "began")
    release = spread_of(spreads, test.trigger.value, "to_release")
    built = "" if release is None or not release.n else f"; first release {days(release)} days later (median, n = {release.n})"
    if test.changes_license and began is not None:
        return days(began), f"{in_words(began)}{built}"
    return "no day to count from", f"the option changes no license: a fork can begin any day{built}"


def _sentences(test: StressTest) -> list[str]:
    gone = [item.name.lower() for item in test.moats if item.state == MoatState.GONE]
    weak = [item.name.lower() for item in test.moats if item.state == MoatState.WEAK]
    unknown = [item.name.lower() for item in test.moats if item.state == MoatState.UNKNOWN]
    sentences = [] if test.verdict.answer == Answer.UNKNOWN else [test.verdict.sentence]
    sentences += [f"Opened with this option, so the fork has them too: {listed(gone, most=5)}."] if gone else []
    sentences += [f"Absent today: {listed(weak, most=5)}."] if weak else []
    if unknown:
        is_open = test.verdict.answer == Answer.UNKNOWN
        why = "Until then nobody knows whether two are left." if is_open else "More moats may be left than are shown."
        sentences.append(f"Not tested: {listed(unknown, most=5)}. {why}")
    sentences += _money_sentences(test)
    sentences += [item.sentence for item in test.conditions if item.state in (ConditionState.SHORT, ConditionState.NEVER)]
    return [*sentences, _risk_sentence(test), _others_sentence(test)]


def _risk_sentence(test: StressTest) -> str:
    if test.risk.answer == Answer.NOT_ASKED:
        return "The option changes no license in force: a fork can come at any time, and the rubric for license changes says nothing on it."
    return test.risk.sentence


def _money_sentences(test: StressTest) -> list[str]:
    before, after = mean_of(test.money.baseline.npv), mean_of(test.money.tomorrow.npv)
    if before is None or after is None:
        return ["What it would cost was not computed."]
    sentence = f"Mean value falls from {_money(before)} to {_money(after)} when the fork is there tomorrow"
    clone = test.money.npv_under_clone
    sentence += f", and to {_money(clone)} in the named future of a clone" if clone is not None else ""
    already = " It is negative without any fork: the fork is not what sinks it." if before < 0 else ""
    return [f"{sentence}.{already}", *_loss_sentences(test.losses)]


def _loss_sentences(losses: tuple[LossSpread, ...]) -> list[str]:
    shares = [f"{item.what} {item.share:.0%}" for item in losses if item.share is not None]
    return [f"Median loss: {listed(shares)}."] if shares else []


def _others_sentence(test: StressTest) -> str:
    counts = outcome_counts(test.record.outcomes).set_index("trigger")
    if test.trigger.value not in counts.index:
        return f"No fork {cause(test.trigger)} is known by {test.as_of}."
    row = counts.loc[test.trigger.value]
    share = spread_of(people_spreads(test.record.people), test.trigger.value, AuthorGroup.CORE_12M.value)
    went = "" if share is None or not share.n else f"; {ends(share)} {GROUP_WORDS[AuthorGroup.CORE_12M]} went along (n = {share.n})"
    over = row["ended"] + row["stalled"]
    return f"Of {row['n']} known forks {cause(test.trigger)}, {row['active']} go on and {over} ended or stalled{went}."


def _against(test: StressTest) -> str:
    before = mean_of(test.money.baseline.npv)
    return "not computed" if before is None else f"{_money(before)} without a fork; means over draws"


def _money(value: float | None) -> str:
    if value is None:
        return "not computed"
    shown = f"{abs(value):,.0f}" if abs(value) >= 20 else f"{abs(value):.1f}"
    return f"{'−' if value < 0 else ''}USD {shown}m"
