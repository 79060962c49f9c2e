"""`feed.xml`: an Atom feed (RFC 4287) of a portfolio's runs, newest first; `history.json` is what it is made from."""

from __future__ import annotations

import contextlib
import json
import re
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openstrat.reporting.clean import markdown
from openstrat.reporting.manifest import Clock
from openstrat.reporting.portfolio import Portfolio
from openstrat.reporting.render import TEMPLATES

HISTORY = "history.json"
MOST_ENTRIES = 30
LONGEST_ENTRY = 20_000
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 has no way to write."""


def feed_files(portfolio: Portfolio, headline: str, news: str, folder: Path, clock: Clock) -> dict[str, bytes]:
    """Return `feed.xml` and `history.json` with one more entry, or none more when `news` is empty.

    Parameters
    ----------
    portfolio
        Gives the feed its title and identity.
    headline, news
        Of the new entry: one line, and Markdown.
    folder
        Where the earlier `history.json` lies.
    clock
        When the run started.
    """
    entries = _history(folder)
    if news:
        text = news if len(news) <= LONGEST_ENTRY else f"{news[:LONGEST_ENTRY]}\n\nThe rest is in digest.md."
        entry = {"at": clock.started_at, "headline": headline, "html": str(markdown(text))}
        entries = [entry, *(item for item in entries if item["at"] != entry["at"])][:MOST_ENTRIES]
    history = json.dumps(entries, indent=1, ensure_ascii=False) + "\n"
    return {"feed.xml": feed(portfolio, entries, clock).encode(), HISTORY: history.encode()}


def feed(portfolio: Portfolio, entries: Sequence[dict[str, Any]], clock: Clock) -> str:
    """Return the feed as text; its links are relative to where it lies."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, trim_blocks=True, keep_trailing_newline=True)
    identity = f"openstrat portfolio {portfolio.name}"
    shown = [item | {"id": _urn(f"{identity} {item['at']}")} for item in entries]
    updated = entries[0]["at"] if entries else clock.started_at
    text = environment.get_template("feed.xml.j2").render(title=portfolio.title, id=_urn(identity), updated=updated, entries=shown)
    return _NOT_XML.sub("", text)


def _urn(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, name).urn


def _history(folder: Path) -> list[dict[str, Any]]:
    """Return the entries of earlier runs; none when the file is not there or is not ours."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        entries = json.loads((folder / HISTORY).read_text(encoding="utf-8"))
        return [{name: str(entry[name]) for name in ("at", "headline", "html")} for entry in entries]
    return []
