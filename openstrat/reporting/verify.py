"""Does a report come out again as it stands? Rebuilt from its manifest in a temporary folder and compared byte for byte."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openstrat.errors import InputError, UnknownNameError
from openstrat.reporting.bytes_differ import Difference, first_difference
from openstrat.reporting.causes import Cause, causes_between
from openstrat.reporting.images import KINDS
from openstrat.reporting.manifest import file_hash, key_of
from openstrat.reporting.plan import Plan, plan_report
from openstrat.reporting.reports import build
from openstrat.reporting.snapshots import read_manifest
from openstrat.reporting.specs import find_report

if TYPE_CHECKING:
    from openstrat.reporting.execute import Limits

SLUG = "report"
UNSTABLE = ("report.pdf",)
"""Chromium writes the time into it, so it is not compared."""
PLACES = ("", "cases", "releases")
"""Folders below the current one where a file that a report was given is looked for."""
NOT_INPUTS = ("key", "outputs", "run")


@dataclass(frozen=True)
class Verification:
    """What a rebuild found.

    Attributes
    ----------
    edited
        Files whose bytes are not those that the manifest recorded, `manifest.json` too: changed after the report was made.
    causes
        Inputs that are not as recorded: tables, files, parameters, notebook, code, versions.
    differences
        Files that the rebuild did not give as they stand, each with the first byte and the cells, facts or section that differ.
    not_compared
        Files whose kind cannot be compared.
    """

    title: str
    n_files: int
    edited: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    differences: tuple[Difference, ...] = ()
    not_compared: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        """Whether every compared byte is the same and nothing was edited."""
        return not self.differences and not self.edited

    def record(self) -> dict[str, Any]:
        """Return the result as plain JSON."""
        return {
            "title": self.title,
            "is_same": self.is_same,
            "n_files": self.n_files,
            "edited": list(self.edited),
            "inputs": [cause.record() for cause in self.causes],
            "differences": [difference.record() for difference in self.differences],
            "not_compared": list(self.not_compared),
        }


def verify_report(
    folder: Path,
    inputs: Mapping[str, str] | None = None,
    *,
    notebook: Path | None = None,
    limits: Limits | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Verification:
    """Return what differs between a published report and one built again from its manifest; the folder is only read.

    Parameters
    ----------
    folder
        The report's folder.
    inputs
        Paths of files, repositories or folders that the report was given, by parameter; the manifest keeps no paths.
    notebook
        The notebook, when it is no named report and does not lie in the current folder.
    limits, progress
        As for `openstrat.reporting.reports.build`.

    Raises
    ------
    InputError
        If the folder holds no report, or something that it was made from cannot be found.
    ReportError
        If the report cannot be built again.
    """
    manifest = read_manifest(folder)
    edited = edited_files(folder, manifest)
    with tempfile.TemporaryDirectory(prefix="openstrat-verify-") as scratch:
        plan = plan_again(manifest, inputs or {}, notebook, Path(scratch))
        causes = causes_between(manifest, plan.inputs, [folder.parent])
        result = build(plan, force=True, limits=limits, progress=progress)
        rebuilt = {path.name: path.read_bytes() for path in result.paths if path.name != "manifest.json"}
    names = sorted({*manifest["outputs"], *rebuilt} - set(UNSTABLE))
    found = [first_difference(name, _bytes(folder / name), rebuilt.get(name)) for name in names]
    return Verification(
        str(manifest["title"]),
        len(names),
        tuple(edited),
        tuple(causes),
        tuple(difference for difference in found if difference is not None),
        tuple(name for name in UNSTABLE if name in manifest["outputs"]),
    )


def edited_files(folder: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Return the files that are not as their manifest recorded them, the manifest itself when its key does not fit its inputs."""
    files = [name for name, facts in manifest["outputs"].items() if _hash(folder / name) != facts["sha256"]]
    inputs = {name: value for name, value in manifest.items() if name not in NOT_INPUTS}
    return [*files, *(["manifest.json"] if key_of(inputs) != manifest.get("key") else [])]


def _hash(path: Path) -> str:
    return file_hash(path) if path.is_file() else ""


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def plan_again(manifest: Mapping[str, Any], inputs: Mapping[str, str], notebook: Path | None, out: Path) -> Plan:
    """Return the plan of the report that a manifest describes, with what is here now.

    Raises
    ------
    InputError
        If the notebook or a file that the report was given is nowhere to be found; the message says which option names it.
    """
    formats = set(manifest["formats"])
    images = "both" if formats >= set(KINDS) else next((kind for kind in KINDS if kind in formats), "")
    values = {name: value for name, value in manifest["parameters"].items() if value is not None} | _places(manifest, inputs)
    name = _report(manifest, notebook)
    title = str(manifest.get("page_title", ""))
    return plan_report(name, values, out=out, pdf="pdf" in formats, images=images, slug=SLUG, title=title)


def _report(manifest: Mapping[str, Any], notebook: Path | None) -> str | Path:
    if notebook is not None:
        return notebook
    try:
        spec = find_report(manifest["report"])
    except UnknownNameError:
        here = Path.cwd() / str(manifest["notebook"]["file"])
        if here.is_file():
            return here
        raise InputError(
            f"The notebook {manifest['notebook']['file']} is neither a named report nor in this folder. Give it with --notebook FILE."
        ) from None
    return spec.name


def _places(manifest: Mapping[str, Any], inputs: Mapping[str, str]) -> dict[str, Any]:
    """Return the paths of everything that the report was given from outside, by parameter."""
    found: dict[str, Any] = dict(inputs)
    for name, given in manifest.get("input_files", {}).items():
        if name not in found:
            found[name] = str(_file(name, given["file"]))
    for key in ("repositories", "fork_folders"):
        for name in manifest.get(key, {}):
            if name not in found:
                raise InputError(f"The report was made from a place of yours (parameter {name}). Say where it is: --input {name} PATH")
    return found


def _file(name: str, file: str) -> Path:
    for place in PLACES:
        path = Path.cwd() / place / file
        if path.is_file():
            return path
    raise InputError(f"The file {file} (parameter {name}) is not in this folder. Say where it is: --input {name} PATH")


def verification_lines(found: Verification) -> list[str]:
    """Return a verification in words."""
    if found.is_same and not found.causes:
        return [f"{found.title}: the same, byte for byte, in {found.n_files} files."]
    if found.is_same:
        head = f"{found.title}: the same, byte for byte, in {found.n_files} files, although inputs differ:"
    else:
        head = f"{found.title}: not the same. {len(found.differences)} of {found.n_files} files differ from a rebuild."
    lines = [head, *(f"  input   {cause.kind}: {cause.words}" for cause in found.causes)]
    lines += [f"  edited  {name} is not as the manifest recorded it" for name in found.edited]
    lines += [f"  differs {text}" for difference in found.differences for text in difference.lines()]
    if found.differences and not found.causes and not found.edited:
        lines.append("  No recorded input differs and no file was edited: chance, the clock or something outside decides the result.")
    return lines + [f"  {name} is not compared: its writer puts the time into it" for name in found.not_compared]
