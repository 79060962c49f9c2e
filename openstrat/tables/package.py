"""`datapackage.json`, generated from the table models and the files beside it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from openstrat.tables.catalog import definitions
from openstrat.tables.cells import PATTERNS
from openstrat.tables.model import Definition

TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "date": "date", "month": "yearmonth"}
CHECK_NAMES = {"isin": ("enum", "allowed_values"), "greater_than_or_equal_to": ("minimum", "min_value")}
CHECK_NAMES |= {"less_than_or_equal_to": ("maximum", "max_value"), "str_matches": ("pattern", "pattern")}
LICENSE = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/", "title": "Creative Commons Attribution 4.0"}


def build_descriptor(data: Path) -> dict[str, Any]:
    """Return the Frictionless descriptor of all registered tables whose files are below `data`."""
    return {
        "profile": "tabular-data-package",
        "name": "openstrat",
        "title": "openstrat: licenses, projects, releases, fork histories and guidance on open-source AI strategy",
        "licenses": [LICENSE],
        "resources": [_resource(definition, data) for definition in definitions().values()],
    }


def write_descriptor(data: Path) -> Path:
    """Write `datapackage.json` below `data` and return its path."""
    path = data / "datapackage.json"
    text = json.dumps(build_descriptor(data), indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")
    return path


def _resource(definition: Definition, data: Path) -> dict[str, Any]:
    content = (data / definition.path).read_bytes()
    return {
        "name": definition.name,
        "path": definition.path,
        "title": definition.title,
        "description": definition.card,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "rows": _count_rows(data / definition.path),
        "as_of": definition.as_of,
        "gaps": list(definition.gaps),
        "licenses": [LICENSE],
        "schema": _schema(definition),
    }


def _count_rows(path: Path) -> int:
    import csv

    with path.open(encoding="utf-8", newline="") as lines:
        return sum(1 for _ in csv.reader(lines)) - 1


def _schema(definition: Definition) -> dict[str, Any]:
    columns = definition.model.to_schema().columns
    foreign = []
    for name, column in columns.items():
        reference = (column.metadata or {}).get("references", "")
        if reference and (column.metadata or {})["kind"] == "text":
            table, field = reference.split(".")
            foreign.append({"fields": [str(name)], "reference": {"resource": "" if table == definition.name else table, "fields": [field]}})
    for own, (table, other) in definition.references.items():
        foreign.append({"fields": list(own), "reference": {"resource": table, "fields": list(other)}})
    return {
        "fields": [_field(str(name), column) for name, column in columns.items()],
        "primaryKey": list(definition.key),
        "foreignKeys": foreign,
        "missingValues": [""],
    }


def _field(name: str, column: Any) -> dict[str, Any]:
    metadata = dict(column.metadata or {})
    kind = metadata.pop("kind")
    constraints: dict[str, Any] = {} if column.nullable else {"required": True}
    for check in column.checks:
        if check.name in CHECK_NAMES:
            key, statistic = CHECK_NAMES[check.name]
            value = check.statistics[statistic]
            constraints[key] = value.removeprefix("^(?:").removesuffix(")$") if key == "pattern" else value
    entry = {"name": name, "type": TYPES.get(kind, "string"), "kind": kind, "description": column.description, **metadata}
    if kind == "partial_date":
        constraints["pattern"] = PATTERNS[kind]
    if kind == "boolean":
        entry |= {"trueValues": ["true"], "falseValues": ["false"]}
    return entry | ({"constraints": constraints} if constraints else {})
