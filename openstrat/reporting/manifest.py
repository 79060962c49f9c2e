"""What a report was made from: versions, revision, parameters, hashes. Everything that changes from run to run is under `run`."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import openstrat
from openstrat import resources
from openstrat.errors import DataError
from openstrat.reporting.notebooks import Notebook
from openstrat.reporting.values import Value

FORMAT = 1
PACKAGES = ("altair", "ipykernel", "ipywidgets", "nbclient", "nbconvert", "numpy", "pandas", "papermill", "scipy", "vl-convert-python")


@dataclass(frozen=True)
class Clock:
    """The moment a run started, in UTC; `SOURCE_DATE_EPOCH` when that is set."""

    started: datetime.datetime

    @classmethod
    def now(cls) -> Clock:
        """Return the clock of a run that starts now."""
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        moment = datetime.datetime.fromtimestamp(int(epoch), datetime.UTC) if epoch.isdigit() else datetime.datetime.now(datetime.UTC)
        return cls(moment.replace(microsecond=0))

    @property
    def started_at(self) -> str:
        """ISO 8601 with a Z."""
        return self.started.strftime("%Y-%m-%dT%H:%M:%SZ")


def describe_package() -> dict[str, Any]:
    """Return the part of a manifest that is the same for every report of this moment: code, versions, tables, shipped documents."""
    return {
        "openstrat": {"version": openstrat.__version__, "source_sha256": source_hash()},
        "environment": {
            "python": platform.python_version(),
            "implementation": sys.implementation.name,
            "platform": f"{platform.system()}-{platform.machine()}",
            "packages": {name: _version(name) for name in PACKAGES},
        },
        "tables": table_hashes(),
        "documents": document_hashes(),
    }


def describe_inputs(
    notebook: Notebook,
    *,
    report: str,
    title: str,
    parameters: Mapping[str, Value],
    files: Mapping[str, Path],
    seed: Value = None,
    package: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the part of a manifest that decides what the report holds.

    Parameters
    ----------
    notebook, report, title
        What is run and what it is called.
    parameters
        As shown to readers, without private paths.
    files
        Input files given by the user (parameter name to path); their hashes are recorded, not their paths.
    seed
        The seed, when the report has one.
    package
        From `describe_package`, when many reports share it.
    """
    package = describe_package() if package is None else package
    return {
        "format": FORMAT,
        "report": report,
        "title": title,
        "openstrat": package["openstrat"],
        "environment": package["environment"],
        "notebook": {"file": notebook.name, "sha256": notebook.sha256},
        "parameters": dict(parameters),
        "seed": seed,
        "input_files": {name: {"file": path.name, "sha256": file_hash(path)} for name, path in sorted(files.items())},
        "tables": package["tables"],
        "documents": package["documents"],
    }


def key_of(inputs: Mapping[str, Any]) -> str:
    """Return the run key: equal keys mean that the report would come out the same."""
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def complete(inputs: Mapping[str, Any], *, outputs: Mapping[str, bytes], run: Mapping[str, Any]) -> dict[str, Any]:
    """Return the whole manifest: inputs, their key, hashes of the outputs, and the volatile facts under `run`."""
    hashes = {name: {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()} for name, data in sorted(outputs.items())}
    return {**inputs, "key": key_of(inputs), "outputs": hashes, "run": dict(run)}


def dump(manifest: Mapping[str, Any]) -> bytes:
    """Return the manifest as the bytes of `manifest.json`, keys in their fixed order."""
    return (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()


def is_current(folder: Path, key: str) -> bool:
    """Return whether `folder` holds a completed report with this run key whose files are whole."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        same = manifest["key"] == key and manifest["run"]["status"] == "completed"
        return same and all(file_hash(folder / name) == facts["sha256"] for name, facts in manifest["outputs"].items())
    except (OSError, ValueError, KeyError, TypeError):
        return False


def file_hash(path: Path) -> str:
    """Return the sha256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def table_hashes() -> dict[str, str]:
    """Return the recorded hash of every shipped table; empty when the package carries no data."""
    with contextlib.suppress(OSError, ValueError, KeyError, DataError):
        descriptor = json.loads(resources.data_path("datapackage.json").read_text(encoding="utf-8"))
        return {resource["name"]: resource["hash"] for resource in sorted(descriptor["resources"], key=lambda item: item["name"])}
    return {}


def document_hashes() -> dict[str, str]:
    """Return the sha256 of every shipped case file by its path below `data/`; empty when the package carries no data."""
    with contextlib.suppress(OSError, DataError):
        data = resources.data_path()
        return {path.relative_to(data).as_posix(): file_hash(path) for path in sorted(data.rglob("*.yaml"))}
    return {}


def source_hash() -> str:
    """Return one hash over the package's own code, templates and vocabularies, so that an edited checkout has its own run keys."""
    package = Path(__file__).resolve().parents[1]
    digest = hashlib.sha256()
    for path in sorted(package.rglob("*")):
        if path.suffix in {".py", ".j2", ".css", ".js"} and "_bundled" not in path.parts:
            digest.update(path.relative_to(package).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def revision() -> str | None:
    """Return the git revision of the checkout the package runs from, or None when it does not run from one.

    It belongs to the facts of a run, not to its inputs: equal sources make equal reports, committed or not.
    """
    checkout = Path(__file__).resolve().parents[2]
    if not (checkout / ".git").exists():
        return None
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        command = ["git", "-C", str(checkout), "rev-parse", "HEAD"]
        return subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout.strip()
    return None


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
