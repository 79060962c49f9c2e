"""One page for each case (release, license change, fork) with several reports: their key facts side by side."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

import openstrat
from openstrat.reporting.outcomes import Outcome
from openstrat.reporting.plan import is_subject
from openstrat.reporting.portfolio import Portfolio
from openstrat.reporting.render import TEMPLATES, Page, page_html
from openstrat.reporting.words import counted, slugify

KEY_FIGURE = "key_figure"
NOT_SHOWN = ("title",)


@dataclass(frozen=True)
class SubjectPage:
    """A page and the ids of the reports that it compares."""

    html: str
    slugs: tuple[str, ...]


@dataclass(frozen=True)
class _Row:
    label: str
    cells: tuple[tuple[str, str], ...]
    """Text and note, '' where a report does not have the fact."""

    @property
    def differs(self) -> bool:
        return len({text for text, _ in self.cells}) > 1


def subject_pages(portfolio: Portfolio, outcomes: Sequence[Outcome]) -> dict[str, SubjectPage]:
    """Return a page by file name for each subject that two or more runs share."""
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if subject := _subject(outcome):
            groups.setdefault(subject, []).append(outcome)
    pages: dict[str, SubjectPage] = {}
    for subject, group in groups.items():
        if len(group) > 1:
            name = f"compare-{slugify(subject)[:70].strip('-') or 'case'}"
            name = name if f"{name}.html" not in pages else f"{name}-{len(pages)}"
            pages[f"{name}.html"] = SubjectPage(_page(portfolio, subject, group), tuple(item.plan.slug for item in group))
    return pages


def _subject(outcome: Outcome) -> str:
    names = [parameter.name for parameter in outcome.plan.schema.parameters if is_subject(parameter)]
    return ", ".join(str(outcome.plan.shown[name]) for name in names if outcome.plan.shown[name])


def _page(portfolio: Portfolio, subject: str, group: Sequence[Outcome]) -> str:
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    by_report: dict[str, list[Outcome]] = {}
    for outcome in group:
        by_report.setdefault(outcome.plan.spec.name, []).append(outcome)
    parts = [(items[0].plan.inputs["title"] if len(by_report) > 1 else "", items, _rows(items)) for items in by_report.values()]
    body = environment.get_template("compare.html.j2").render(parts=parts)
    titles = {outcome.title for outcome in group}
    title = titles.pop() if len(titles) == 1 else subject
    meta = [("Reports", str(len(group))), ("Of", subject), ("Portfolio", portfolio.title)]
    colophon = [f"Made with openstrat {openstrat.__version__} from the key facts of {counted(len(group), 'report')}."]
    return page_html(Page(title, "openstrat portfolio", meta, colophon), Markup(body))  # noqa: S704 - rendered with escaping


def _rows(items: Sequence[Outcome]) -> list[_Row]:
    """Return parameters that differ, what reports say of themselves, and their key figures, in the order first met."""
    columns = [dict(_facts(outcome)) for outcome in items]
    shown = [outcome.plan.shown for outcome in items]
    names = [name for name in shown[0] if len({repr(values.get(name)) for values in shown}) > 1]
    rows = [_Row(_label(name), tuple((_text(values.get(name)), "") for values in shown)) for name in names]
    keys = list(dict.fromkeys(key for column in columns for key in column if key not in names))
    return rows + [_Row(_label(key), tuple(column.get(key, ("", "")) for column in columns)) for key in keys]


def _facts(outcome: Outcome) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield label, text and note of a report's key facts; nothing when there is no report."""
    facts: Mapping[str, Any] = {}
    with contextlib.suppress(OSError, ValueError):
        facts = json.loads((outcome.plan.folder / "facts.json").read_text(encoding="utf-8"))
    for name, value in (facts.get("about") or {}).items():
        if name not in NOT_SHOWN:
            yield name, (_text(value), "")
    for fact in facts.get("facts") or ():
        if fact.get("kind") == KEY_FIGURE:
            yield str(fact["place"].get("row") or fact["name"]), (str(fact["text"]), str(fact.get("note") or ""))


def _label(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def _text(value: object) -> str:
    return "" if value is None else str(value)
