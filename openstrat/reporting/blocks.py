"""Cells as HTML. A `Body` is made for one page: it turns sources and outputs into safe markup and remembers what it met."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

from openstrat.reporting.clean import Outline, clean_html, markdown, split_title, wrap_tables
from openstrat.reporting.facts import Ledger
from openstrat.reporting.figures import figure
from openstrat.reporting.notebooks import INJECTED
from openstrat.reporting.words import counted

FACTS = "application/vnd.openstrat.facts+json"
CHART = re.compile(r"application/vnd\.vegalite\.v\d+(?:\.\d+)*\+json")
NOTHING = Markup("")
DROPPED = ("image/svg+xml", "application/javascript", "text/latex", "application/pdf")
_SAFE_HEADING = re.compile(r'<h([23])\b[^>]*\bid="([A-Za-z][\w-]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def joined(text: object) -> str:
    """Return notebook text, which may be one string or a list of lines."""
    return text if isinstance(text, str) else "".join(text) if isinstance(text, list) else str(text)


@dataclass
class Body:
    """Methods are the filters of the report template; the fields are filled while it runs."""

    title: str = ""
    lede: Markup = NOTHING
    outline: Outline = field(default_factory=Outline)
    facts: dict[str, Any] = field(default_factory=dict)
    ledger: Ledger = field(default_factory=Ledger)
    specs: list[Mapping[str, Any]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    is_first: bool = True

    @property
    def n_figures(self) -> int:
        """Number of charts so far."""
        return len(self.specs)

    def _note(self, html: str, cell: Mapping[str, Any], words: object = None) -> None:
        self.ledger.section = self.outline.section
        self.ledger.html(html, str(cell.get("id")), words.get("tables_read", ()) if isinstance(words, Mapping) else ())

    def prose(self, source: str) -> Markup:
        """Return a Markdown cell; the first one's title and question go to the head of the page instead."""
        if self.is_first:
            self.is_first = False
            self.title, rest = split_title(source)
            if self.title:
                self.lede = markdown(rest, self.outline)
                return Markup("")
        return markdown(source, self.outline)

    def code(self, source: str, cell: Mapping[str, Any]) -> Markup:
        """Return a folded code cell with its colors as classes."""
        from pygments import highlight  # type: ignore[import-untyped, unused-ignore]
        from pygments.formatters import HtmlFormatter  # type: ignore[import-untyped, unused-ignore]
        from pygments.lexers import PythonLexer  # type: ignore[import-untyped, unused-ignore]

        lines = Markup(highlight(source, PythonLexer(), HtmlFormatter(nowrap=True)))  # noqa: S704 - pygments escapes
        label = "Parameters" if cell.get("id") == INJECTED else "Code"
        return Markup('<details class="code"><summary>{}</summary><pre tabindex="0"><code>{}</code></pre></details>').format(label, lines)

    def shown(self, output: Mapping[str, Any], cell: Mapping[str, Any]) -> Markup:
        """Return an output of a cell as a reader may see it."""
        kind = output["output_type"]
        if kind == "stream":
            return self._stream(output, cell)
        if kind == "error":
            return Markup('<pre class="printed error">{}: {}</pre>').format(output["ename"], _ANSI.sub("", output["evalue"]))
        return self._richest(output, cell)

    def _stream(self, output: Mapping[str, Any], cell: Mapping[str, Any]) -> Markup:
        """Return printed text; what went to stderr is folded, and noted as a warning."""
        text = _ANSI.sub("", joined(output["text"])).rstrip()
        if output["name"] != "stderr":
            self.ledger.section = self.outline.section
            self.ledger.printed(text, str(cell.get("id")))
            return Markup('<pre class="printed" tabindex="0">{}</pre>').format(text)
        lines = text.splitlines() or [""]
        count = counted(len(lines), "line")
        self.warnings.append(f"#{cell.get('id')} wrote {count} to stderr: {lines[-1][:160]}")
        summary = f"Messages of this step ({count})"
        return Markup('<details class="messages"><summary>{}</summary><pre tabindex="0">{}</pre></details>').format(summary, text)

    def _richest(self, output: Mapping[str, Any], cell: Mapping[str, Any]) -> Markup:
        """Return the richest form of an output that may be shown: facts and charts, safe or cleaned HTML, Markdown, picture, text."""
        data: Mapping[str, Any] = output.get("data", {})
        for mime in sorted(data, key=_rank):
            if mime == FACTS:
                self.facts.update(data[mime])
                return NOTHING
            if CHART.fullmatch(mime):
                return self._figure(data[mime], cell)
            if mime in self._writers:
                write = getattr(self, self._writers[mime])
                html: Markup = write(joined(data[mime]), mime, output.get("metadata", {}).get(mime, {}), cell)
                return html
        return NOTHING

    _writers = {  # noqa: RUF012 - a table of method names, never changed
        "text/html": "_html",
        "text/markdown": "_markdown",
        "image/png": "_picture",
        "image/jpeg": "_picture",
        **dict.fromkeys(DROPPED, "_dropped"),
        "text/plain": "_plain",
    }

    def _markdown(self, text: str, mime: str, words: object, cell: Mapping[str, Any]) -> Markup:
        html = markdown(text, self.outline)
        self._note(html, cell)
        return html

    def _plain(self, text: str, mime: str, words: object, cell: Mapping[str, Any]) -> Markup:
        self.ledger.section = self.outline.section
        self.ledger.printed(text, str(cell.get("id")))
        return Markup('<pre class="printed" tabindex="0">{}</pre>').format(text)

    def _dropped(self, text: str, mime: str, words: object, cell: Mapping[str, Any]) -> Markup:
        self.warnings.append(f"#{cell.get('id')} made {mime}, which reports do not show")
        return Markup('<p class="left-out">An output of type {} is not shown.</p>').format(mime)

    def _html(self, html: str, mime: str, words: object, cell: Mapping[str, Any]) -> Markup:
        if not (isinstance(words, Mapping) and words.get("openstrat") == "safe"):
            cleaned = clean_html(html)
            self._note(cleaned, cell)
            return Markup('<div class="foreign">{}</div>').format(Markup(wrap_tables(cleaned)))  # noqa: S704 - cleaned
        for level, anchor, text in _SAFE_HEADING.findall(html):
            self.outline.add(int(level), Markup(text).striptags(), anchor)  # noqa: S704 - only stripped
        self._note(html, cell, words)
        return Markup(wrap_tables(html))  # noqa: S704 - made and marked by openstrat.present

    def _picture(self, encoded: str, mime: str, words: object, cell: Mapping[str, Any]) -> Markup:
        try:
            data = base64.b64encode(base64.b64decode(encoded)).decode("ascii")
        except (binascii.Error, ValueError):
            return Markup('<p class="left-out">A picture is damaged.</p>')
        alternative = str(words.get("alt", "")) if isinstance(words, Mapping) else ""
        if not alternative:
            self.warnings.append(f"#{cell.get('id')}: a picture has no alternative text")
        html = '<figure class="picture"><img src="data:{};base64,{}" alt="{}"></figure>'
        return Markup(html).format(mime, data, alternative or "Picture")  # noqa: S704 - format escapes

    def _figure(self, spec: Mapping[str, Any], cell: Mapping[str, Any]) -> Markup:
        self.specs.append(spec)
        self.ledger.section = self.outline.section
        self.ledger.figure(spec, self.n_figures, str(cell.get("id")))
        html, lacks = figure(spec, self.n_figures)
        self.warnings += [f"#{cell.get('id')}: figure {self.n_figures} has no {what}" for what in lacks]
        return html


def _rank(mime: str) -> int:
    """Order of preference: facts and charts, then as listed; unknown types last."""
    if mime == FACTS or CHART.fullmatch(mime):
        return -1
    order = list(Body._writers)
    return order.index(mime) if mime in order else len(order)
