"""Executed notebooks as pages: what is shown, folded, escaped, dropped, and that nothing differs between two renderings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.parser import HTMLParser

import pytest

from openstrat.reporting.blocks import FACTS
from openstrat.reporting.clean import clean_html, markdown
from openstrat.reporting.figures import script_json
from openstrat.reporting.render import Page, Rendered, dead_links, policy, render

SAFE = {"text/html": {"openstrat": "safe"}}
CHART = "application/vnd.vegalite.v5+json"
SPEC = {
    "data": {"values": [{"a": 1, "b": "</script><script>alert(1)</script>"}]},
    "mark": "bar",
    "usermeta": {"openstrat": {"title": "A finding", "description": "What is drawn.", "source": "table x", "n": "3 rows"}},
}


def markdown_cell(source: str, cell_id: str = "text") -> dict:
    return {"cell_type": "markdown", "id": cell_id, "metadata": {}, "source": source}


def code_cell(*outputs: Mapping, source: str = "x = 1", tags: tuple[str, ...] = (), cell_id: str = "code") -> dict:
    metadata = {"tags": list(tags)}
    return {"cell_type": "code", "id": cell_id, "metadata": metadata, "source": source, "outputs": list(outputs), "execution_count": 1}


def shown(data: Mapping, metadata: Mapping | None = None) -> dict:
    return {"output_type": "display_data", "data": dict(data), "metadata": dict(metadata or {})}


def page_of(*cells: dict, page: Page | None = None) -> Rendered:
    return render({"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, page)


def body_of(rendered: Rendered) -> str:
    return re.search(r"<main.*</main>", rendered.html, re.DOTALL).group()


def test_the_first_cell_gives_title_and_question() -> None:
    rendered = page_of(markdown_cell("# Forks & *lag*\n\nWho follows whom?"))
    assert rendered.title == "Forks & lag"
    assert "<title>Forks &amp; lag</title>" in rendered.html
    assert '<div class="lede"><p>Who follows whom?</p>' in rendered.html
    assert "Who follows" not in body_of(rendered)


def test_facts_name_the_page_and_a_given_title_wins() -> None:
    facts = code_cell(shown({FACTS: {"title": "From facts", "verdict": "Open"}, "text/plain": ""}))
    assert page_of(markdown_cell("# From heading"), facts).title == "From facts"
    rendered = page_of(markdown_cell("# From heading"), facts, page=Page(title="Given"))
    assert (rendered.title, rendered.facts["verdict"]) == ("Given", "Open")


def test_contents_link_to_headings_of_text_and_of_safe_html() -> None:
    html = shown({"text/html": '<h3 id="made">Made &amp; safe</h3>'}, SAFE)
    rendered = page_of(markdown_cell("# T"), markdown_cell("## Same\n\n## Same\n\n[there](#same-2)", "two"), code_cell(html))
    contents = re.findall(r'<li class="level-(\d)"><a href="#([^"]+)">([^<]+)</a>', rendered.html)
    assert contents == [("2", "same", "Same"), ("2", "same-2", "Same"), ("3", "made", "Made &amp; safe")]
    assert dead_links(rendered.html) == []


def test_a_dead_link_is_a_warning() -> None:
    assert page_of(markdown_cell("# T\n\n[nowhere](#gone)")).warnings == ("link to #gone, which is nowhere in the page",)


def test_tags_hide_code_or_remove_the_cell() -> None:
    seen = {"output_type": "stream", "name": "stdout", "text": "kept output"}
    quiet = code_cell(seen, source="hidden = 1", tags=("hide-input",), cell_id="quiet")
    removed = code_cell(seen, source="gone = 1", tags=("remove",), cell_id="removed")
    body = body_of(page_of(quiet, removed))
    assert body.count("kept output") == 1
    assert "hidden" not in body
    assert "gone" not in body


def test_code_is_folded_and_escaped() -> None:
    body = body_of(page_of(code_cell(source="x = '</code><script>'")))
    assert '<details class="code"><summary>Code</summary>' in body
    assert "<script>" not in body


def test_stderr_is_folded_and_counted_as_a_warning() -> None:
    rendered = page_of(code_cell({"output_type": "stream", "name": "stderr", "text": "one\ntwo <b>"}, cell_id="noisy"))
    assert "Messages of this step (2 lines)" in rendered.html
    assert rendered.warnings == ("#noisy wrote 2 lines to stderr: two <b>",)
    assert "two &lt;b&gt;" in body_of(rendered)


def test_a_chart_becomes_a_figure_with_words_source_and_table() -> None:
    body = body_of(page_of(code_cell(shown({CHART: SPEC, "text/plain": "<Chart>"}))))
    assert '<figure class="chart" data-chart id="figure-1">' in body
    assert 'role="img" aria-label="A finding. What is drawn."' in body
    assert "Source: table x. n = 3 rows." in body
    assert "<summary>Data table <span>(1 row)</span></summary>" in body
    assert "&lt;/script&gt;" in body
    assert body.count("<script") == 1
    assert "usermeta" not in body


def test_a_chart_without_words_is_a_warning() -> None:
    rendered = page_of(code_cell(shown({CHART: {"mark": "bar", "data": {"name": "x"}}}), cell_id="bare"))
    assert rendered.warnings == tuple(f"#bare: figure 1 has no {what}" for what in ("title", "description", "data table"))


def test_vega_is_carried_once_and_only_with_charts() -> None:
    chart = code_cell(shown({CHART: SPEC}))
    assert page_of(chart, code_cell(shown({CHART: SPEC}), cell_id="second")).html.count("window.vegaEmbed=") == 1
    assert "window.vegaEmbed=" not in page_of(markdown_cell("# T")).html


def test_the_policy_allows_these_scripts_and_nothing_else() -> None:
    rendered = page_of(code_cell(shown({CHART: SPEC})))
    scripts = re.findall(r"<script>(.*?)</script>", rendered.html, re.DOTALL)
    assert len(scripts) == 2
    assert f'<meta http-equiv="Content-Security-Policy" content="{policy(scripts)}">' in rendered.html
    assert policy(scripts).startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; script-src 'sha256-")
    assert "eval" not in policy(scripts)


def test_two_renderings_are_equal() -> None:
    cells = (markdown_cell("# T\n\nQ?"), code_cell(shown({CHART: SPEC})))
    assert page_of(*cells).html == page_of(*cells).html


def test_only_marked_html_is_kept_as_it_is() -> None:
    html = '<table class="data"><tr><td style="color:red">1</td></tr></table>'
    assert 'style="color:red"' in body_of(page_of(code_cell(shown({"text/html": html}, SAFE))))
    assert 'style="color:red"' not in body_of(page_of(code_cell(shown({"text/html": html}))))


@pytest.mark.parametrize("mime", ["image/svg+xml", "application/javascript"])
def test_svg_and_javascript_are_left_out_and_said(mime: str) -> None:
    rendered = page_of(code_cell(shown({mime: "<svg onload=alert(1)></svg>", "text/plain": "x"}), cell_id="odd"))
    assert "onload" not in rendered.html
    assert rendered.warnings == (f"#odd made {mime}, which reports do not show",)


class Elements(HTMLParser):
    """Notes every element, with its attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action=//evil.example><input name=q></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--<script>--><script>alert(1)</script>",
    "<details open ontoggle=alert(1)>x</details>",
    "<style>@import url(//evil.example)</style>",
    "<base href=//evil.example><link rel=stylesheet href=//evil.example><meta http-equiv=refresh content=0>",
    "<div style='background:url(//evil.example)' id=main class=verdict>x</div>",
]


@pytest.mark.parametrize("html", HOSTILE)
@pytest.mark.parametrize("convert", [clean_html, markdown])
def test_nothing_that_runs_or_loads_is_left(html: str, convert: object) -> None:
    for tag, attributes in Elements(str(convert(html))).found:
        assert tag not in {"script", "style", "img", "svg", "iframe", "form", "input", "base", "link", "meta", "math"}
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "id", "srcdoc"}]
        assert not str(attributes.get("href", "#")).startswith(("javascript", "data"))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[x](javascript:alert(1))", "<p><a>x</a></p>"),
        ("[x](../secret.html)", "<p><a>x</a></p>"),
        ("[x](https://example.org)", '<p><a href="https://example.org" rel="noopener noreferrer">x</a></p>'),
        ("![alt](https://example.org/x.png)", "<p><em>alt</em></p>"),
        ("a <b>c</b>", "<p>a &lt;b&gt;c&lt;/b&gt;</p>"),
    ],
)
def test_markdown_keeps_web_links_and_escapes_html(text: str, html: str) -> None:
    assert str(markdown(text)).strip() == html


def test_json_in_a_script_element_cannot_end_it() -> None:
    text = script_json({"x": "</script><!--<script>\u2028\u2029&", "n": float("nan")})
    assert text == '{"x":"\\u003c/script\\u003e\\u003c!--\\u003cscript\\u003e\\u2028\\u2029\\u0026","n":null}'
