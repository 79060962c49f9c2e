"""`openstrat doctor`: what works here, what does not, and what to do."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

import click

from openstrat import resources
from openstrat.errors import DataError

WARNED = 3
NEEDED = (
    "altair",
    "click",
    "great-tables",
    "ipykernel",
    "ipywidgets",
    "jupyterlab",
    "nbconvert",
    "pandas",
    "pandera",
    "papermill",
    "scipy",
)
Check = tuple[str, bool, str]


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def doctor(as_json: bool) -> None:
    """Check Python, packages, tables, the browser and the output folder.

    Ends with 0 when all is well and with 3 when something is missing.

    Example: openstrat doctor
    """
    checks = list(all_checks())
    if as_json:
        click.echo(json.dumps([{"check": name, "is_well": is_well, "detail": detail} for name, is_well, detail in checks], indent=1))
    else:
        for name, is_well, detail in checks:
            click.echo(f"{'ok ' if is_well else 'NO '} {name:12} {detail}")
    if not all(is_well for _, is_well, _ in checks):
        sys.exit(WARNED)


def all_checks() -> Iterator[Check]:
    """Yield name, whether it is well, and a detail or remedy."""
    yield "python", sys.version_info >= (3, 11), f"{platform.python_version()} at {sys.prefix} (3.11 or later is needed)"
    yield "packages", *packages()
    yield "tables", *tables()
    yield "chromium", *chromium()
    yield "output", *output(Path.cwd())


def packages() -> tuple[bool, str]:
    """Return whether everything that openstrat needs is installed."""
    try:
        names = [re.split(r"[^A-Za-z0-9._-]", line)[0] for line in requires("openstrat") or () if "extra ==" not in line]
    except PackageNotFoundError:
        names = list(NEEDED)
    missing = []
    for name in names:
        try:
            version(name)
        except PackageNotFoundError:
            missing.append(name)
    if missing:
        return False, f"missing: {', '.join(missing)}. Run: {sys.executable} -m pip install {' '.join(missing)}"
    return True, f"{len(names)} needed, all installed"


def tables() -> tuple[bool, str]:
    """Return whether every shipped table has the bytes that were recorded for it."""
    from openstrat.reporting.manifest import file_hash

    try:
        descriptor = json.loads(resources.data_path("datapackage.json").read_text(encoding="utf-8"))
        entries = descriptor["resources"]
        damaged = [entry["path"] for entry in entries if f"sha256:{file_hash(resources.data_path(entry['path']))}" != entry["hash"]]
    except (OSError, ValueError, KeyError, DataError) as error:
        return False, f"cannot be read: {error}. Reinstall openstrat."
    if damaged:
        return False, f"changed or cut: {', '.join(damaged)}. Reinstall openstrat, or run: openstrat data validate"
    return True, f"{len(entries)} tables, all with their recorded hashes, in {resources.root()}"


def chromium() -> tuple[bool, str]:
    """Return whether a browser for `--pdf` is there."""
    from openstrat.reporting.pdf import find_chromium

    found = find_chromium()
    return bool(found), found or "not found; only --pdf needs it. Install chromium, or set CHROMIUM=/path/to/chromium"


def output(folder: Path) -> tuple[bool, str]:
    """Return whether reports can be written below `folder`; nothing is created."""
    target = folder / "reports" / "out"
    nearest = next(parent for parent in (target, *target.parents) if parent.exists())
    if os.access(nearest, os.W_OK):
        return True, f"{target} can be written"
    return False, f"{nearest} cannot be written. Use --out, or run in a folder of your own"
