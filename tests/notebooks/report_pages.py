"""What every report page owes its reader, read from the page: headings, figures with all their parts, sources."""

from __future__ import annotations

import html
import re

from openstrat.tables.store import read_table


def headings(page: str) -> list[str]:
    """Return the section headings in order."""
    found = re.findall(r"<h2[^>]*>(.*?)</h2>", page, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", heading)).strip() for heading in found]


def sections_found(page: str, sections: list[str]) -> list[str]:
    """Return the headings that are among the sections, in the order of the page."""
    return [heading for heading in headings(page) if heading in sections]


def figures(page: str) -> list[str]:
    """Return the figures that hold a chart."""
    return re.findall(r"<figure class=\"chart\".*?</figure>", page, re.DOTALL)


def check_figures(page: str, *, source: str = "Source: openstrat table", has_number: bool = False) -> int:
    """Check that every figure has a finding, a description, a source line and its numbers; return how many there are.

    `has_number` demands a number in the finding.
    """
    found = figures(page)
    finding = r"[^<]*\d[^<]*" if has_number else r"[^<]{20,}"
    for figure in found:
        assert re.search(rf"<figcaption>.*<strong>{finding}</strong>.*class=\"description\">[^<]{{20,}}", figure, re.DOTALL)
        assert source in figure
        assert 'class="numbers"' in figure
    return len(found)


def check_sources(page: str) -> set[str]:
    """Check that what is cited is listed on the page and stands in the table of sources; return what is listed."""
    cited, listed = (set(re.findall(pattern, page)) for pattern in (r'href="#source-([^"]+)"', r'id="source-([^"]+)"'))
    assert cited <= listed
    assert listed <= set(read_table("sources")["source_id"])
    return listed


def check_concepts(page: str, report: str) -> int:
    """Check that a page names every concept that the table says it shows; return how many there are."""
    uses, names = read_table("concept_uses"), read_table("concepts").set_index("concept_id")["name"]
    shown = [concept for concept, reports in zip(uses["concept_id"], uses["reports"], strict=True) if report in reports.split("; ")]
    text = html.unescape(page)
    assert [concept for concept in shown if f"{names[concept]} ({concept})" not in text] == []
    return len(shown)
