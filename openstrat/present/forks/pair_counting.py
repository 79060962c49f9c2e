"""How the commits of one fork were counted, how far the answers hang on it, and what others published."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.effects.windows import NONSTEWARD
from openstrat.analysis.forks.pair import UPSTREAM, ForkPair
from openstrat.analysis.forks.pair_counting import BY_AUTHOR_DATE, naive_ratio, pair_panel, panel_verdicts
from openstrat.present import page
from openstrat.present.charts.fork_people import rule_dots
from openstrat.present.figure import Figure
from openstrat.present.forks.landscape import VERDICTS, findings_table
from openstrat.present.forks.pair_words import NOT_PROOF, RULES, fork_name, names_of, source_of, span_of
from openstrat.present.page import Markup
from openstrat.present.words import counted, listed

SCOPES = {
    "n_all": "all commits",
    "n_merges": "merges, not counted",
    "n_inherited": "inherited: the other side has them",
    "n_ported": "ported: carried over from upstream under a new hash",
    "n_ported_from_fork": "carried over from the fork",
    "n_imported": "imported: side histories older than the fork",
    "n_duplicate": "repeated in the same history",
    "n_own": "own commits, the only ones counted here",
    "n_bot": "of these, written by a bot",
    "n_bot_credited": "of these, credited to a person",
    "n_authors_own": "people behind the own commits",
}
FROM_MONTHS = ("change of", "fork's share of")
STURDY = {
    "robust": "all rules say the same within a tenth",
    "fragile": "same side, but the rules or unknown employers spread by more",
    "a tie": "on both sides of the dividing line, but within a tenth",
    "reversed": "the rules point to different sides",
    "not computed": "fewer than two rules could be computed",
}


def scopes_table(pair: ForkPair) -> Markup:
    """Return how the commits of both sides divide, and how far a naive count would be off."""
    names, rows = names_of(pair), {str(row["side"]): row for row in pair.scopes.to_dict("records")}
    shown = pd.DataFrame({"commits": list(SCOPES.values())})
    for side, name in names.items():
        shown[name] = [int(rows[side][column]) for column in SCOPES]
    ratio = naive_ratio(pair.scopes)
    naive, own = int(rows["fork"]["n_all"] - rows["fork"]["n_merges"]), int(rows["fork"]["n_own"])
    title = f"Of {naive:,} commits in {fork_name(pair)} that are no merges, {own:,} are its own"
    title += f": a naive count is {ratio:.1f} times too high" if ratio and ratio > 1 else ""
    source = source_of(pair, "repositories") if not pair.is_own_folder else "summary.json of the given folder"
    table = page.data_table(shown, name="scopes-table", title=title, source=source, stub="commits", whole=list(names.values()))
    notes = [f"{row['repository']}: {row['notes']}" for row in pair.scopes.to_dict("records") if isinstance(row["notes"], str)]
    return table + (page.paragraph(" ".join(notes), css="caveat") if notes else page.plain(""))


def rules_figure(pair: ForkPair) -> Figure | Markup:
    """Return the headlines from the monthly tables under every counting rule, or why there are none."""
    panel = pair_panel(pair)
    found = {(item.repository, item.headline, item.window): item for item in panel_verdicts(panel)}
    verdicts = [found[key].sturdiness.label for key in zip(panel["repository"], panel["headline"], panel["window"], strict=True)]
    rows = panel.assign(verdict=verdicts)[
        panel["headline"].str.startswith(FROM_MONTHS) & panel["rule"].ne("") & panel["counted_by"].isin(["people", "commits"])
    ]
    if rows["value"].notna().sum() == 0:
        return page.paragraph(_no_rules(pair), css="caveat")
    counts = rows.dropna(subset=["value"]).drop_duplicates(["headline", "window"])["verdict"].value_counts()
    said = listed([f"{count} {word}" for word, count in counts.items()])
    title = f"{counted(int(counts.sum()), 'headline')} under every counting rule: {said}"
    words: dict[str, str] = {rule.value: said for rule, said in RULES.items()} | {BY_AUTHOR_DATE: "by author date"}
    return rule_dots(rows.assign(rule=rows["rule"].map(words)), title=title, source=source_of(pair, "activity_monthly"))


def _no_rules(pair: ForkPair) -> str:
    if UPSTREAM not in pair.sides:
        return "The upstream was not read on its own, so nothing can be compared with it under several rules."
    return "Neither side has six complete months on both sides of the start that could be compared."


def rules_table(pair: ForkPair) -> Markup:
    """Return every headline with its window, its lowest and highest value over the rules, and whether it hangs on them."""
    found = panel_verdicts(pair_panel(pair))
    if not found:
        return page.plain("")
    shown = pd.DataFrame(
        {
            "headline": [item.headline for item in found],
            "of": [item.repository for item in found],
            "window": [item.window for item in found],
            "lowest to highest": [span_of(item) for item in found],
            "verdict": [item.sturdiness.label for item in found],
            "ways of counting": [item.n_rules for item in found],
        }
    )
    counts = shown["verdict"].value_counts()
    said_counts = listed([f"{counts[word]} {word}" for word in STURDY if word in counts])
    title = f"{counted(len(shown), 'headline')}: {said_counts}"
    tables = ("activity_monthly", "counting_panel") if len(pair.rules) else ("activity_monthly",)
    table = page.data_table(shown, name="rules-table", title=title, source=source_of(pair, *tables), whole=["ways of counting"])
    said = "; ".join(f"{word}: {text}" for word, text in STURDY.items() if word in counts)
    return table + page.paragraph(f"{said[0].upper()}{said[1:]}. {NONSTEWARD}", css="caveat")


def published_table(pair: ForkPair) -> Markup:
    """Return what others published on the pair beside ours under each rule."""
    if pair.findings.empty:
        return page.paragraph(
            "No published figure on this pair is in the tables; that does not mean that nobody published one.", css="caveat"
        )
    return findings_table(pair.findings, verdicts=list(VERDICTS))


def pair_caveats(pair: ForkPair) -> Markup:
    """Return what the figures of the pair leave open."""
    notes = [
        NOT_PROOF,
        "Bots are known by a list of patterns; other bots, and agents that commit under a person's name, count as people.",
        "Namesakes of both sides are taken for one person; who changed both name and address is taken for two.",
        "Only default branches are read. A side that merges by squashing makes fewer commits for the same work.",
        "Most commits name no organization; who paid for the work is not known from a history.",
    ]
    notes += [str(note) for note in _event_notes(pair)]
    return page.callout("What this leaves open", page.bullets(notes), css="finding")


def _event_notes(pair: ForkPair) -> list[Any]:
    if not pair.event:
        return ["Dates and people were read from the given folder; the package knows nothing else about this pair."]
    columns = ("announced_note", "first_own_commit_note", "license_note", "measured_note", "notes")
    return [pair.event[column] for column in columns if isinstance(pair.event[column], str)]
