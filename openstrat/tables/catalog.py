"""All table models in one place: importing this module fills the registry."""

from __future__ import annotations

import importlib
import pkgutil

import openstrat.tables as package
from openstrat.errors import UnknownNameError
from openstrat.tables.model import REGISTRY, Definition


def definitions() -> dict[str, Definition]:
    """Return every registered table definition by name, in order of folder and file."""
    for module in sorted(item.name for item in pkgutil.iter_modules(package.__path__)):
        if module.startswith("models_"):
            importlib.import_module(f"openstrat.tables.{module}")
    return dict(sorted(REGISTRY.items(), key=lambda item: (item[1].path.count("/") > 0, item[1].path)))


def definition(name: str) -> Definition:
    """Return one table definition.

    Raises
    ------
    UnknownNameError
        If no table has that name.
    """
    known = definitions()
    if name not in known:
        raise UnknownNameError("table", name, known, "See: openstrat data list")
    return known[name]


def kinds(name: str) -> dict[str, str]:
    """Return column name to kind for one table."""
    schema = definition(name).model.to_schema()
    return {str(column): str((item.metadata or {})["kind"]) for column, item in schema.columns.items()}
