"""Sphinx extension: writes the reference pages from the tables' descriptor, the case schema and the docstrings.

The pages go to `docs/reference/`, are made anew at each build and are not committed.
"""

from __future__ import annotations

import json
import pkgutil
from pathlib import Path
from typing import Any

PACKAGES = ("analysis", "cases", "tables", "collect", "present", "reporting", "teaching")
COLON = "\ue000"
BASE = ("errors", "terms", "resources")


def setup(app: Any) -> dict[str, Any]:
    """Register the hook."""
    app.connect("builder-inited", write_pages)
    app.connect("autodoc-process-docstring", protect, priority=400)
    app.connect("autodoc-process-docstring", restore, priority=600)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def protect(_app: Any, what: str, *event: Any) -> None:
    """Keep napoleon and docutils from reading markup into plain words.

    The colon in a constant's docstring announces no type, and the asterisk in an id pattern such as `LY-*` no emphasis.
    """
    lines: list[str] = event[-1]
    lines[:] = [line.replace("-*", "-\\*") for line in lines]
    if what in {"data", "attribute"}:
        lines[:] = [line.replace(":", COLON) for line in lines]


def restore(*event: Any) -> None:
    """Put the colons back after napoleon."""
    lines: list[str] = event[-1]
    lines[:] = [line.replace(COLON, ":") for line in lines]


def write_pages(app: Any) -> None:
    """Write all reference pages below the documentation's source folder."""
    docs = Path(app.srcdir)
    descriptor = json.loads((docs.parent / "data" / "datapackage.json").read_text(encoding="utf-8"))
    pages = {"tables.md": tables_page(descriptor), "case-file.md": case_page(), "api-base.md": api_page("Base", BASE)}
    for package in PACKAGES:
        pages[f"api-{package}.md"] = api_page(package.capitalize(), modules_of(package))
    target = docs / "reference"
    target.mkdir(exist_ok=True)
    for stale in set(target.glob("*.md")) - {target / name for name in pages}:
        stale.unlink()
    for name, text in pages.items():
        path = target / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def tables_page(descriptor: dict[str, Any]) -> str:
    """Return the page with a card and the columns of every table."""
    resources = descriptor["resources"]
    parts = [
        "# Tables",
        f"{len(resources)} tables, {sum(entry['rows'] for entry in resources):,} rows. Each row names its sources; a blank cell means"
        " unknown. Load one with `openstrat.load_<name>()`. License of the tables: CC-BY-4.0; what a source is licensed under stands in"
        " the table `sources`.",
        _table(
            ("table", "rows", "as of", "what"),
            [
                (f"[{e['name']}](#{e['name'].replace('_', '-')})", f"{e['rows']:,}", e["as_of"].replace("-", "\u2011"), _cell(e["title"]))
                for e in resources
            ],
        ),
    ]
    for entry in resources:
        parts += _table_card(entry)
    return "\n\n".join(parts) + "\n"


def _table_card(entry: dict[str, Any]) -> list[str]:
    references = {
        ", ".join(key["fields"]): f"{key['reference']['resource'] or entry['name']}.{', '.join(key['reference']['fields'])}"
        for key in entry["schema"]["foreignKeys"]
    }
    key = ", ".join(f"`{name}`" for name in entry["schema"]["primaryKey"])
    parts = [
        f"({entry['name'].replace('_', '-')})=",
        f"## {entry['name']}",
        f"{_cell(entry['title'])}. {_cell(entry['description'])}",
        f"File `data/{entry['path']}`, {entry['rows']:,} rows, as of {entry['as_of']}. Key: {key}.",
        _table(
            ("column", "kind", "unit", "may be unknown", "meaning"),
            [_column(field, references.get(field["name"], "")) for field in entry["schema"]["fields"]],
        ),
    ]
    if entry["gaps"]:
        parts.append("Known gaps:\n\n" + "\n".join(f"- {_cell(gap)}" for gap in entry["gaps"]))
    return parts


def _column(field: dict[str, Any], reference: str) -> tuple[str, ...]:
    constraints = field.get("constraints", {})
    meaning = _cell(field["description"])
    if "enum" in constraints:
        meaning += " One of: " + ", ".join(f"`{value}`" for value in constraints["enum"]) + "."
    if reference or field.get("references"):
        meaning += f" Points to `{reference or field['references']}`."
    unknown = "" if constraints.get("required") else "yes"
    return f"`{field['name']}`", field["kind"].replace("_", " "), field.get("unit", ""), unknown, meaning


def case_page() -> str:
    """Return the page with every field of a case file."""
    from openstrat.cases.schema import Case

    schema = Case.model_json_schema()
    parts = [
        "# Fields of a case file",
        "One YAML file holds one question. Unknown fields are refused; `openstrat case check FILE` says what is wrong and what is allowed.",
    ]
    for name, record in [("Case", schema), *schema.get("$defs", {}).items()]:
        if "properties" in record:
            required = set(record.get("required", ()))
            rows = [
                (f"`{field}`", _type(spec), "yes" if field in required else "", _cell(spec.get("description", "")))
                for field, spec in record["properties"].items()
            ]
            parts += [f"## {name}", _cell(record.get("description", "")), _table(("field", "value", "required", "meaning"), rows)]
        elif "enum" in record:
            parts += [f"## {name}", _cell(record.get("description", "")), ", ".join(f"`{value}`" for value in record["enum"])]
    return "\n\n".join(part for part in parts if part) + "\n"


def _type(spec: dict[str, Any]) -> str:
    if "$ref" in spec:
        name = spec["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in spec:
        return " or ".join(_type(option) for option in spec["anyOf"] if option.get("type") != "null")
    if "enum" in spec:
        return ", ".join(f"`{value}`" for value in spec["enum"])
    kind = spec.get("type", "any")
    if kind == "array":
        return f"list of {_type(spec['items'])}"
    if kind == "object":
        return f"names to {_type(spec.get('additionalProperties') or {})}"
    bounds = [f"{word} {spec[key]:g}" for word, key in (("at least", "minimum"), ("at most", "maximum")) if key in spec]
    return ", ".join([{"string": "text"}.get(kind, kind), *bounds])


def modules_of(package: str) -> list[str]:
    """Return the dotted names, below `openstrat`, of a package and all its modules."""
    root = Path(__file__).parents[2] / "openstrat" / package
    found = [module.name for module in pkgutil.walk_packages([str(root)], prefix=f"{package}.")]
    return [package, *sorted(found)]


def api_page(title: str, modules: list[str] | tuple[str, ...]) -> str:
    """Return the page that documents `modules` from their docstrings."""
    parts = [f"# {title}"]
    for module in modules:
        name = f"openstrat.{module}"
        parts.append(f"## `{name}`\n\n```{{eval-rst}}\n.. automodule:: {name}\n   :members:\n   :exclude-members: Config\n```")
    return "\n\n".join(parts) + "\n"


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    return "\n".join("| " + " | ".join(row) + " |" for row in [head, ("---",) * len(head), *rows])


def _cell(text: str) -> str:
    escaped = " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
    return escaped.replace("*", "\\*").replace("[", "\\[").replace("$", "\\$")
