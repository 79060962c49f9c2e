"""One chart as a figure: caption, drawing area, specification, source line, and its numbers as a folded table."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from openstrat.reporting.words import counted

MAX_ROWS = 500
MAX_DIGITS = 4
_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_FACETS = ("row", "column", "facet")
_COMPOSED = ("hconcat", "vconcat", "concat", "facet", "repeat", "spec")


def script_json(value: object) -> Markup:
    """Return JSON that may stand in a `<script>` element: ASCII only, no `<`, no NaN."""
    text = json.dumps(_finite(value), ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for character, replacement in _ESCAPES.items():
        text = text.replace(character, replacement)
    return Markup(text)  # noqa: S704 - escaped just above


def _finite(value: object) -> object:
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): _finite(item) for key, item in value.items()}
    return [_finite(item) for item in value] if isinstance(value, (list, tuple)) else value


def figure(spec: Mapping[str, Any], number: int) -> tuple[Markup, list[str]]:
    """Return the figure's HTML and what it lacks (a title, a description, a table).

    The words come from `spec.usermeta.openstrat`: title, description, source, n, and table {columns, rows}.
    """
    plain = dict(spec)
    words = (plain.pop("usermeta", None) or {}).get("openstrat") or {}
    title = str(words.get("title") or title_text(plain.get("title")))
    description = str(words.get("description") or plain.get("description") or "")
    if title_text(plain.get("title")) == title:
        plain.pop("title", None)
    table = words.get("table") or inline_table(plain)
    lacks = [what for what, present in (("title", title), ("description", description), ("data table", table)) if not present]
    parts = [
        Markup('<figure class="chart" data-chart id="figure-{}">').format(number),
        Markup('<figcaption><span class="number">Figure {}</span> <strong>{}</strong>').format(number, title or "Chart"),
        Markup('<span class="description">{}</span></figcaption>').format(description) if description else Markup("</figcaption>"),
        Markup('<div class="controls"></div><div class="plot{}" role="img" aria-label="{}"></div>').format(
            " composed" if is_composed(plain) else "", f"{title or 'Chart'}. {description}".strip()
        ),
        Markup('<script type="application/json">{}</script>').format(script_json(one_line(responsive(plain)))),
        _source_line(words),
        data_table(table, title or f"figure {number}") if table else Markup(""),
        Markup("</figure>"),
    ]
    return Markup("\n").join(part for part in parts if part), lacks


def title_text(title: object) -> str:
    """Return the text of a Vega-Lite title, which may be a text, its lines, or an object that holds either."""
    text = title.get("text", "") if isinstance(title, Mapping) else title
    return " ".join(map(str, text)) if isinstance(text, list) else str(text or "")


def one_line(value: object) -> object:
    """Return a specification with U+2028 and U+2029 as spaces: Vega-Lite puts titles into expressions that end at them."""
    if isinstance(value, str):
        return value.replace("\u2028", " ").replace("\u2029", " ")
    if isinstance(value, Mapping):
        return {one_line(key): one_line(item) for key, item in value.items()}
    return [one_line(item) for item in value] if isinstance(value, list) else value


def responsive(spec: dict[str, Any]) -> dict[str, Any]:
    """Return the specification as wide as its container, unless it sets a width or is composed of several views."""
    if "width" in spec or is_composed(spec):
        return spec
    return {**spec, "width": "container", "autosize": spec.get("autosize", {"type": "fit-x", "contains": "padding"})}


def is_composed(spec: Mapping[str, Any]) -> bool:
    """Return whether a specification holds several views side by side."""
    encoding = spec.get("encoding")
    return any(key in spec for key in _COMPOSED) or (isinstance(encoding, Mapping) and any(key in encoding for key in _FACETS))


def _source_line(words: Mapping[str, Any]) -> Markup:
    parts = [f"Source: {words['source']}" if words.get("source") else "", f"n = {words['n']}" if words.get("n") is not None else ""]
    text = ". ".join(part.rstrip(".") for part in parts if part)
    return Markup('<p class="source-note">{}.</p>').format(text) if text else Markup("")


def inline_table(spec: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the first inline data set of a specification as a table, or None."""
    datasets = spec.get("datasets") or {}
    data = spec.get("data") or {}
    records = datasets.get(data.get("name")) or data.get("values") or next(iter(datasets.values()), None)
    if not isinstance(records, list) or not records or not all(isinstance(record, Mapping) for record in records):
        return None
    columns = list(dict.fromkeys(key for record in records for key in record))
    return {"columns": columns, "rows": [[record.get(column) for column in columns] for record in records]}


def data_table(table: Mapping[str, Any], title: str) -> Markup:
    """Return the folded table of a chart's numbers; at most 500 rows are shown, and it says so."""
    columns, rows = list(table.get("columns", ())), list(table.get("rows", ()))
    numeric = [all(_is_number(row[index]) for row in rows if row[index] is not None) for index in range(len(columns))]
    align = [Markup(' class="number"') if flag and rows else Markup("") for flag in numeric]
    head = Markup("").join(Markup('<th scope="col"{}>{}</th>').format(css, name) for css, name in zip(align, columns, strict=True))
    body = Markup("").join(_row(row, align) for row in rows[:MAX_ROWS])
    note = Markup("<p>The first {} of {} rows.</p>").format(MAX_ROWS, len(rows)) if len(rows) > MAX_ROWS else Markup("")
    count = counted(len(rows), "row")
    return Markup(
        '<details class="numbers"><summary>Data table <span>({})</span></summary>{}'
        '<div class="scroll" tabindex="0" role="region" aria-label="{}"><table class="data"><thead><tr>{}</tr></thead>'
        "<tbody>{}</tbody></table></div></details>"
    ).format(count, note, f"Data of {title}", head, body)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _row(row: list[object], align: list[Markup]) -> Markup:
    cells = Markup("").join(Markup("<td{}>{}</td>").format(css, cell_text(value)) for css, value in zip(align, row, strict=True))
    return Markup("<tr>{}</tr>").format(cells)


def cell_text(value: object) -> Markup:
    """Return a value as a table cell shows it: unknown is blank, floats keep four significant digits."""
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return Markup("")
    if isinstance(value, bool):
        return escape("yes" if value else "no")
    if isinstance(value, float):
        return escape(f"{value:,.0f}" if abs(value) >= 10**MAX_DIGITS or value.is_integer() else f"{value:.{MAX_DIGITS}g}")
    if isinstance(value, int):
        return escape(value)
    return escape(json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value)
