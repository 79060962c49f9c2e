"""A chart that cannot be shown without its finding, description, source and data table."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from openstrat.present.theme import chart_config

MIME = "application/vnd.vegalite.v5+json"
"""The MIME type that JupyterLab draws without a network (it has no renderer for newer ones yet)."""
SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"


@dataclass(frozen=True)
class Figure:
    """A chart and everything a reader needs beside it.

    `title` states the finding; `description` says what is drawn, for readers who cannot see it; `table` holds what is drawn.
    """

    chart: alt.TopLevelMixin
    title: str
    description: str
    source: str
    n: str
    table: pd.DataFrame

    def spec(self) -> dict[str, Any]:
        """Return the Vega-Lite specification with the house configuration and the texts in `usermeta`."""
        spec: dict[str, Any] = self.chart.to_dict()
        spec["$schema"] = SCHEMA
        spec["config"] = chart_config()
        spec["title"] = {"text": self.title}
        spec["description"] = self.description
        rows = json.loads(self.table.to_json(orient="values", date_format="iso", double_precision=6))
        spec["usermeta"] = {
            "openstrat": {
                "title": self.title,
                "description": self.description,
                "source": self.source,
                "n": self.n,
                "table": {"columns": [str(column) for column in self.table.columns], "rows": rows},
            }
        }
        return spec

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        text = f"{self.title}\n{self.description}\nSource: {self.source} ({self.n})"
        return {MIME: self.spec(), "text/plain": text}
