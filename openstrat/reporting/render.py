"""An executed notebook becomes one HTML file: nothing loaded from outside, nothing run but the scripts named in its own policy."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

import openstrat
from openstrat.reporting.blocks import NOTHING, Body, joined
from openstrat.reporting.bundle import vega_bundle
from openstrat.reporting.clean import Heading
from openstrat.reporting.facts import Ledger

KICKER = "openstrat report"
TEMPLATES = Path(__file__).parent / "templates"
_IDS = re.compile(r'\sid="([^"]+)"')
_TARGETS = re.compile(r'href="#([^"]+)"')


@dataclass(frozen=True)
class Page:
    """What a page says about itself.

    `title` wins over the notebook's facts and heading, `kicker` stands above it, `meta` is the line of facts below it, and
    `colophon` the lines at the foot.
    """

    title: str = ""
    kicker: str = KICKER
    meta: Sequence[tuple[str, str]] = ()
    colophon: Sequence[str] = ()


@dataclass(frozen=True)
class Rendered:
    """The page, the facts that the notebook handed over, and what a careful reader should know.

    `ledger` holds every number of the page, `specs` its charts in order.
    """

    html: str
    title: str
    n_figures: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    ledger: Ledger = field(default_factory=Ledger)
    specs: tuple[Mapping[str, Any], ...] = ()


def render(content: Mapping[str, Any], page: Page | None = None, tables: Collection[str] = ()) -> Rendered:
    """Return the page of an executed notebook.

    Parameters
    ----------
    content
        The notebook as plain JSON, from `openstrat.reporting.execute.execute`. Cells tagged `remove` are left out; the source of
        cells tagged `hide-input` is not shown.
    page
        Title and the lines around the text.
    tables
        Names of tables that source lines may cite.
    """
    import nbformat

    page = page or Page()
    body = Body(ledger=Ledger(frozenset(tables)))
    cells = [{**cell, "source": joined(cell["source"])} for cell in content["cells"]]
    notebook = nbformat.from_dict({**content, "cells": cells})  # type: ignore[no-untyped-call]
    html, _ = _exporter(body).from_notebook_node(notebook)
    title = page.title or str(body.facts.get("title") or body.title or "Report")
    scripts = [vega_bundle(), _read("page.js")] if body.n_figures else [_read("page.js")]
    text = page_html(
        Page(title, KICKER if page.kicker == title else page.kicker, page.meta, page.colophon),
        Markup(html),  # noqa: S704 - every filter of the template escapes
        lede=body.lede,
        headings=body.outline.headings,
        scripts=scripts,
        n_figures=body.n_figures,
    )
    dead = [f"link to #{target}, which is nowhere in the page" for target in dead_links(text)]
    return Rendered(text, title, body.n_figures, body.facts, tuple(body.warnings + dead), body.ledger, tuple(body.specs))


def _exporter(body: Body) -> Any:
    """Return nbconvert's template exporter with our template; nothing else of nbconvert touches the notebook."""
    from nbconvert.exporters.templateexporter import TemplateExporter

    filters = {name: getattr(body, name) for name in ("prose", "code", "shown")}
    exporter = TemplateExporter(  # type: ignore[no-untyped-call]
        file_extension=".html",
        template_name="report",
        template_file="index.html.j2",
        extra_template_basedirs=[str(TEMPLATES)],
        default_preprocessors=[],
        filters=filters,
    )
    exporter.environment.autoescape = True
    return exporter


def page_html(
    page: Page,
    body: Markup,
    *,
    lede: Markup = NOTHING,
    headings: Sequence[Heading] = (),
    scripts: Sequence[str] = (),
    n_figures: int = 0,
) -> str:
    """Return a whole page around `body`, with a policy that names its scripts by their hashes."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True)
    return environment.get_template("page.html.j2").render(
        title=page.title,
        kicker=page.kicker,
        meta=page.meta,
        colophon=page.colophon,
        lede=lede,
        body=body,
        headings=headings,
        n_figures=n_figures,
        scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own
        policy=Markup(policy(scripts)),  # noqa: S704 - quotes are part of its syntax
        css=Markup(_read("page.css")),  # noqa: S704 - our own
        version=openstrat.__version__,
    )


def policy(scripts: Sequence[str]) -> str:
    """Return the content security policy: nothing from anywhere, these scripts only, no eval."""
    hashes = " ".join(f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'" for script in scripts)
    allowed = f"; script-src {hashes}" if hashes else ""
    return f"default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:{allowed}; base-uri 'none'; form-action 'none'"


@cache
def _read(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


def dead_links(html: str) -> list[str]:
    """Return the targets of links inside the page that lead nowhere, sorted."""
    text = re.sub(r"<script\b.*?</script>", "", html, flags=re.DOTALL)
    return sorted(set(_TARGETS.findall(text)) - set(_IDS.findall(text)))
