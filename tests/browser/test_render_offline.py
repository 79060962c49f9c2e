"""A report as a reader meets it: Chromium with the network cut, hostile strings everywhere, light, dark, narrow, printed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from openstrat.reporting.pdf import find_chromium
from openstrat.reporting.render import Page as PageWords
from openstrat.reporting.render import render

pytestmark = pytest.mark.browser
LOCAL = ("file:", "data:", "blob:", "about:")
CHART = "application/vnd.vegalite.v5+json"
RUN = "window.__ran=(window.__ran||0)+1"
PAYLOADS = [
    f"<script>{RUN}</script>",
    f"</script><script>{RUN}</script>",
    f"<!--<script>{RUN}",
    f"<img src=x onerror={RUN}>",
    f"<img src=x onerror='{RUN}'>",
    f"<svg onload={RUN}>",
    f"<svg><script>{RUN}</script></svg>",
    f"<iframe srcdoc='<script>parent.{RUN}</script>'></iframe>",
    f"<a href='javascript:{RUN}' autofocus onfocus={RUN}>x</a>",
    f"[x](javascript:{RUN})",
    f"![x](x' onerror='{RUN})",
    f'"><script>{RUN}</script>',
    f"' onmouseover='{RUN}",
    f"</style><script>{RUN}</script>",
    f"</title><script>{RUN}</script>",
    f"<details open ontoggle={RUN}>x</details>",
    f"<body onload={RUN}>",
    f"<math><mi//xlink:href='data:x,<script>{RUN}</script>'>",
    f"\u2028{RUN}\u2029",
    "{{constructor.constructor('alert(1)')()}}",
    f"<meta http-equiv=refresh content='0;url=javascript:{RUN}'>",
    "<form action=https://evil.example><button autofocus>x</button></form><link rel=prefetch href=https://evil.example>",
]


def chart(text: str, *, title: str = "") -> dict:
    """Return the output of a cell that shows a chart with `text` in every place where data can stand."""
    values = [{"group": text, "n": 1}, {"group": "plain", "n": 3}]
    spec = {
        "data": {"values": values},
        "mark": {"type": "bar", "tooltip": {"content": "data"}},
        "encoding": {
            "y": {"field": "group", "type": "nominal", "title": text},
            "x": {"field": "n", "type": "quantitative"},
            "color": {"field": "group", "type": "nominal"},
            "href": {"field": "group"},
        },
        "title": text,
        "description": text,
        "usermeta": {
            "openstrat": {
                "title": title or text,
                "description": text,
                "source": text,
                "n": text,
                "table": {"columns": ["group", text], "rows": [[text, 1], ["plain", None]]},
            }
        },
    }
    return {"output_type": "display_data", "data": {CHART: spec, "text/plain": text}, "metadata": {}}


def cell(number: int, *outputs: dict) -> dict:
    return {"cell_type": "code", "id": f"c{number}", "metadata": {}, "source": "x = 1", "outputs": list(outputs), "execution_count": 1}


def notebook(texts: list[str]) -> dict:
    """Return an executed notebook that carries each text in a chart, HTML, Markdown, printed text, an error and a heading."""
    cells: list[dict] = [{"cell_type": "markdown", "id": "t", "metadata": {}, "source": "# Title\n\nWhat?"}]
    for number, text in enumerate(texts):
        others = {"text/html": text, "text/markdown": text, "text/plain": text}
        shown = [{"output_type": "display_data", "data": {mime: value}, "metadata": {}} for mime, value in others.items()]
        printed = [{"output_type": "stream", "name": name, "text": text} for name in ("stdout", "stderr")]
        error = {"output_type": "error", "ename": text, "evalue": text, "traceback": [text]}
        heading = f"## Heading {text}\n\n{text}"
        cells += [cell(number, chart(text), *shown, *printed, error)]
        cells += [{"cell_type": "markdown", "id": f"m{number}", "metadata": {}, "source": heading}]
    return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


@dataclass
class Visit:
    """An open page, and everything that should not have happened."""

    page: Page
    refused: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def open(self, html: str, folder: Path) -> None:
        """Open the page and wait until its charts are drawn."""
        path = folder / "report.html"
        path.write_text(html, encoding="utf-8")
        self.page.goto(path.as_uri())
        self.page.wait_for_function("document.documentElement.dataset.drawn === 'true'", timeout=30_000)

    def n_drawn(self) -> int:
        """Return the number of figures with a drawing that has a size."""
        script = "e => e.filter(f => f.querySelector('.plot svg')?.getBoundingClientRect().width > 100).length"
        return int(self.page.locator("figure.chart").evaluate_all(script))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking"]
        opened = play.chromium.launch(executable_path=find_chromium() or os.devnull, args=arguments)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    seen = Visit(context.new_page())

    def guard(route: Route) -> None:
        if route.request.url.startswith(LOCAL):
            route.continue_()
        else:
            seen.refused.append(route.request.url)
            route.abort()

    context.route("**/*", guard)
    seen.page.on("console", lambda message: seen.errors.append(message.text) if message.type == "error" else None)
    seen.page.on("pageerror", lambda error: seen.errors.append(str(error)))
    seen.page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    yield seen
    context.close()


def test_22_hostile_texts_run_nothing_and_every_chart_is_drawn(visit: Visit, tmp_path: Path) -> None:
    rendered = render(notebook(PAYLOADS), PageWords(title=PAYLOADS[4], kicker=PAYLOADS[0], meta=[(PAYLOADS[1], PAYLOADS[1])]))
    visit.open(rendered.html, tmp_path)
    for figure in visit.page.locator("figure.chart").all():
        figure.locator(".plot").hover()
    assert visit.page.evaluate("window.__ran") is None
    assert (visit.dialogs, visit.refused, visit.errors) == ([], [], [])
    assert visit.n_drawn() == len(PAYLOADS) == 22


def test_the_policy_stops_a_script_that_got_in(visit: Visit, tmp_path: Path) -> None:
    html = render(notebook(["plain"])).html.replace("</main>", f"<script>{RUN}</script><img src='x' onerror='{RUN}'></main>")
    visit.open(html, tmp_path)
    assert visit.page.evaluate("window.__ran") is None
    assert any("Content Security Policy" in error for error in visit.errors)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_axis_labels_have_contrast(visit: Visit, tmp_path: Path, scheme: str) -> None:
    visit.page.emulate_media(color_scheme=scheme)
    visit.open(render(notebook(["plain"])).html, tmp_path)
    for selector in (".plot .role-axis-label text", "figcaption .description", ".source-note", ".toc a", ".kicker", "details.code summary"):
        assert contrast(visit.page, selector) >= 4.5, selector


def contrast(page: Page, selector: str) -> float:
    """Return the WCAG contrast of the first element's text against the page."""
    script = """selector => {
      const light = text => {
        const parts = text.match(/[\\d.]+/g).slice(0, 3).map(v => v / 255);
        const [r, g, b] = parts.map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
        return .2126 * r + .7152 * g + .0722 * b;
      };
      const element = document.querySelector(selector), style = getComputedStyle(element);
      const values = [light(element instanceof SVGElement ? style.fill : style.color)];
      values.push(light(getComputedStyle(document.documentElement).backgroundColor));
      return (Math.max(...values) + .05) / (Math.min(...values) + .05);
    }"""
    return float(page.evaluate(script, selector))


def test_a_printed_page_is_light_and_without_code(visit: Visit, tmp_path: Path) -> None:
    visit.page.emulate_media(color_scheme="dark")
    visit.open(render(notebook(["plain"])).html, tmp_path)
    visit.page.emulate_media(media="print", color_scheme="dark")
    assert visit.page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert contrast(visit.page, ".plot .role-axis-label text") >= 4.5
    for hidden in ("details.code", "details.numbers"):
        assert not visit.page.locator(hidden).first.is_visible()


def test_a_narrow_window_needs_no_sideways_scrolling(visit: Visit, tmp_path: Path) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 800})
    visit.open(render(notebook(["a rather long label of a bar that has to find its place"])).html, tmp_path)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert not visit.page.locator("#contents").evaluate("box => box.open")
    assert visit.n_drawn() == 1


def test_the_page_can_be_used_by_keys(visit: Visit, tmp_path: Path) -> None:
    visit.open(render(notebook(["plain"])).html, tmp_path)
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.className") == "skip"
    visit.page.keyboard.press("Enter")
    assert visit.page.evaluate("document.activeElement.id") == "main"
    visit.page.locator("details.numbers summary").focus()
    visit.page.keyboard.press("Enter")
    assert visit.page.locator("details.numbers table").is_visible()
    assert visit.page.evaluate("[...document.querySelectorAll('.scroll')].every(box => box.tabIndex === 0)")


def test_a_control_of_a_chart_changes_it(visit: Visit, tmp_path: Path) -> None:
    spec = {
        "data": {"values": [{"n": 1}, {"n": 5}, {"n": 9}]},
        "params": [{"name": "least", "value": 0, "bind": {"input": "range", "min": 0, "max": 10, "step": 1}}],
        "transform": [{"filter": "datum.n >= least"}],
        "mark": "point",
        "encoding": {"x": {"field": "n", "type": "quantitative"}},
    }
    content = notebook([])
    content["cells"].append(cell(0, {"output_type": "display_data", "data": {CHART: spec}, "metadata": {}}))
    visit.open(render(content).html, tmp_path)
    marks = visit.page.locator(".plot .mark-symbol path")
    before = marks.count()
    visit.page.locator(".controls input").focus()
    visit.page.keyboard.press("End")
    visit.page.wait_for_function("document.querySelectorAll('.plot .mark-symbol path').length === 0")
    assert before == 3
    assert visit.errors == []
