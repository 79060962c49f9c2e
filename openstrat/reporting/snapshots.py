"""A published report read back for comparison: manifest, facts, and the outputs of its cells."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openstrat.errors import InputError
from openstrat.reporting.blocks import FACTS
from openstrat.reporting.facts import FORMAT
from openstrat.reporting.publish import MANIFEST

CHART = "application/vnd.vegalite."


@dataclass(frozen=True)
class Snapshot:
    """What a report said and what it was made from.

    `cells` holds a hash of each cell's outputs, `drawn` the rows of each figure's table; both are empty without `report.ipynb`.
    """

    folder: Path
    manifest: Mapping[str, Any]
    facts: Mapping[str, Any]
    cells: Mapping[str, str] = field(default_factory=dict)
    drawn: tuple[Mapping[str, Any], ...] = ()

    @property
    def title(self) -> str:
        """The report's title."""
        return str(self.facts.get("title") or self.manifest.get("title", ""))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of a report folder.

    Raises
    ------
    InputError
        If there is none, or it is damaged.
    """
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _ = manifest["notebook"]["sha256"], manifest["parameters"], manifest["openstrat"]["source_sha256"], manifest["outputs"]
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}. Give the folder of one report, as made by openstrat report.") from None
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is not a report's manifest ({error}). Make the report again: openstrat report ... --force") from None
    return manifest


def read_snapshot(folder: Path) -> Snapshot:
    """Return what a published report says, all in memory, so that the folder may be overwritten afterwards.

    Raises
    ------
    InputError
        If the folder holds no report, or one from before facts were recorded.
    """
    manifest = read_manifest(folder)
    try:
        facts = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(f"{folder / 'facts.json'} cannot be read ({error}). Make the report again: --force") from None
    if facts.get("format") != FORMAT:
        raise InputError(f"{folder / 'facts.json'} is of another format. Make the report again: --force")
    cells: dict[str, str] = {}
    drawn: list[Mapping[str, Any]] = []
    with contextlib.suppress(OSError, ValueError, KeyError):
        for cell in json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))["cells"]:
            outputs = [output for output in cell.get("outputs", []) if FACTS not in output.get("data", {})]
            cells[cell["id"]] = hashlib.sha256(json.dumps(outputs, sort_keys=True).encode()).hexdigest()
            drawn += [_table(data) for output in outputs for mime, data in output.get("data", {}).items() if mime.startswith(CHART)]
    return Snapshot(folder, manifest, facts, cells, tuple(drawn))


def _table(spec: Mapping[str, Any]) -> Mapping[str, Any]:
    table: Mapping[str, Any] = ((spec.get("usermeta") or {}).get("openstrat") or {}).get("table") or {}
    return table
