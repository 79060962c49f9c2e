"""What the fork server has ready: third-party libraries loaded and used once, so that their own first-use work is done too.

Left out on purpose: polars and vl-convert, which hang in a child once their parent has used them, and everything that starts a
thread. Nothing here may leave a trace that a notebook could see: no chart counter moved, no option set, no random number drawn, no
variable set (which debugpy does when it is imported, so it is left to the child).
"""

from __future__ import annotations

import builtins
import contextlib
import importlib
import importlib.util
import pkgutil
import sys
import types
from collections.abc import Iterator
from typing import Any

KERNEL = ("ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "ipykernel.heartbeat", "IPython.extensions.storemagic")
TOOLBOX = ("numpy", "altair", "ipywidgets", "scipy.stats", "scipy.special", "great_tables", "jinja2", "markupsafe", "yaml", "pydantic")
REPORT = ("papermill", "nbclient", "nbconvert.exporters.templateexporter", "markdown_it", "bleach", "pygments.lexers", "nbformat.v4")
OWN = ("openstrat.reporting.reports", "openstrat.reporting.render", "openstrat.reporting.settle", "openstrat.reporting.execute")
LAYERS = ("openstrat.tables", "openstrat.cases", "openstrat.analysis", "openstrat.present")


def preload() -> None:
    """Load and use the libraries; what is not installed is left out."""
    with deferred_iri_grammar():
        for name in KERNEL:
            _load(name)
        with seen_from_a_kernel():
            _load("pandas")
        for name in (*TOOLBOX, *REPORT, *OWN, "openstrat.reporting.warm.inprocess", "openstrat.reporting.warm.worker"):
            _load(name)
        for layer in LAYERS:
            for module in pkgutil.walk_packages(importlib.import_module(layer).__path__, f"{layer}."):
                _load(module.name)
    _touch()


def _load(name: str) -> None:
    with contextlib.suppress(ImportError):
        importlib.import_module(name)


@contextlib.contextmanager
def seen_from_a_kernel() -> Iterator[None]:
    """Let pandas choose its display options as it does inside a kernel; it looks for `get_ipython` while it is imported."""
    builtins.get_ipython = lambda: types.SimpleNamespace(kernel=None)  # type: ignore[attr-defined]
    try:
        yield
    finally:
        del builtins.get_ipython  # type: ignore[attr-defined]


@contextlib.contextmanager
def deferred_iri_grammar() -> Iterator[None]:
    """Let jsonschema load without building the IRI grammar, about a second of work; the grammar is built when an IRI is checked.

    jsonschema imports `rfc3987_syntax` when it is installed, and that parses its grammar on import (python-jsonschema #1428).
    """
    name = "rfc3987_syntax"
    if name in sys.modules or "jsonschema" in sys.modules or importlib.util.find_spec(name) is None:
        yield
        return

    def is_valid_syntax(*arguments: Any) -> Any:
        return importlib.import_module(name).is_valid_syntax(*arguments)

    stand_in = types.ModuleType(name)
    stand_in.is_valid_syntax = is_valid_syntax  # type: ignore[attr-defined]
    sys.modules[name] = stand_in
    try:
        yield
    finally:
        if sys.modules.get(name) is stand_in:
            del sys.modules[name]


def _touch() -> None:
    """Use what reports use, once: a table, a chart, a page."""
    import io
    import json

    import altair as alt
    import nbformat
    import pandas as pd

    from openstrat.reporting.render import render
    from openstrat.reporting.settle import settle

    table = pd.read_csv(io.StringIO("name,value\na,1\nb,2\n"))
    table.groupby("name").sum().to_html()
    bars = alt.Chart(table).mark_bar().encode(alt.X("name:N"), alt.Y("value:Q"), alt.Color("name:N"), alt.Tooltip("value:Q"))
    alt.layer(bars, bars.mark_text()).properties(title="Once").to_dict()
    cell = {"cell_type": "code", "id": "once", "metadata": {}, "execution_count": 1}
    outputs = [
        {"output_type": "stream", "name": "stdout", "text": "1.5 of 2\n"},
        {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<table><tr><td>1</td></tr></table>"}},
    ]
    text = {"cell_type": "markdown", "id": "text", "metadata": {}, "source": "# Once\n\nWhy?\n\n## Part\n\n- *1* `two`\n"}
    content = {
        "cells": [text, {**cell, "source": "print(f'{1.5}')", "outputs": outputs}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    nbformat.reads(json.dumps(content), as_version=4)  # type: ignore[no-untyped-call]
    settle(content)
    render(content)
