"""Release files of the Model Openness Framework: one YAML file a model, with its components and their licenses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openstrat.collect.documents import load_yaml
from openstrat.errors import DocumentError

MAX_BYTES = 1024 * 1024
DISTRIBUTION = "distribution"
SCOPES = (DISTRIBUTION, "code", "data", "document")
"""Where a release can state a license for more than one component: for all of it, or for one kind of content."""


@dataclass(frozen=True)
class ListedComponent:
    """One entry of the component list. `license` is None when nothing is said, and empty when an empty name is given."""

    name: str
    license: str | None


@dataclass(frozen=True)
class ReleaseFile:
    """What a release file says, before any rule is applied.

    `licenses` holds the names under `license.<scope>.name`, by scope. `misplaced` holds license names that stand elsewhere in
    the `license` section, by the scope they probably mean; `notes` says what was read in an unusual way.
    """

    name: str
    components: tuple[ListedComponent, ...]
    licenses: Mapping[str, str] = field(default_factory=dict)
    misplaced: Mapping[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_release_file(source: Path | str, *, name: str | None = None) -> ReleaseFile:
    """Return what a release file says: its name, components in the order of the file, and licenses.

    The release stands under `release:` or at the top. Unquoted `null`, `~` or nothing at all means that nothing is said; every
    other value is read as the text that stands in the file. Anchors, aliases and merge keys are allowed, other fields ignored.

    Parameters
    ----------
    source
        A path, or the text itself when it is a `str`.
    name
        What messages call the file; the path when left out.

    Raises
    ------
    DocumentError
        With file, line and column for bad YAML; with file and field when there is no component list, when a component has no
        name, or when a list or mapping with something in it stands where a license name belongs.
    """
    label = name or (str(source) if isinstance(source, Path) else "release file")
    document = load_yaml(source, name=label, scalars="text_or_null", has_aliases=True, max_bytes=MAX_BYTES)
    section = document.get("release")
    release = document if section is None else section
    if not isinstance(release, dict):
        raise DocumentError(f"{label}: release is {_kind(section)}. Allowed: a mapping with name, license and components.")
    listed = _components(release, label)
    licenses, misplaced, notes = _licenses(release.get("license"), label)
    empty = () if release["components"] is not None else ("components is empty: read as a release without components.",)
    title = release.get("name")
    return ReleaseFile(title if isinstance(title, str) else "", listed, licenses, misplaced, empty + notes)


def _components(release: dict[str, object], label: str) -> tuple[ListedComponent, ...]:
    if "components" not in release:
        remedy = "Write 'components:' with one '- name: ...' entry a component; a release without any says 'components: []'."
        raise DocumentError(f"{label}: has no components, so it is not a release file of the Model Openness Framework. {remedy}")
    entries = release["components"]
    if entries is None:
        return ()
    if not isinstance(entries, list):
        raise DocumentError(f"{label}: components is {_kind(entries)}. Allowed: a list of '- name: ...' entries.")
    return tuple(_component(entry, f"{label}: component {number}") for number, entry in enumerate(entries, start=1))


def _component(entry: object, place: str) -> ListedComponent:
    if not isinstance(entry, dict):
        raise DocumentError(f"{place} is {_kind(entry)}. Allowed: a mapping with name and, if there is one, license.")
    name = entry.get("name")
    if not isinstance(name, str):
        raise DocumentError(f"{place}: name is {_kind(name)}. Write the component's name as the framework has it, such as 'Model card'.")
    return ListedComponent(name, _license_name(entry.get("license"), f"{place} ({name!r}): license"))


def _licenses(section: object, label: str) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Return license names by scope, names in the wrong place by the scope they probably mean, and notes on the latter."""
    if isinstance(section, str) and section:
        return {}, {DISTRIBUTION: section}, ("license is a name; the published tool reads license.distribution.name only.",)
    if not isinstance(section, dict):
        return {}, {}, ("license is a list; the published tool reads nothing from it.",) if section and isinstance(section, list) else ()
    found: dict[str, str] = {}
    misplaced: dict[str, str] = {}
    for scope in SCOPES:
        value = section.get(scope)
        if isinstance(value, dict):
            found |= _named(scope, value.get("name"), label)
        elif isinstance(value, str) and value:
            misplaced[scope] = value
    if isinstance(section.get("name"), str) and section["name"]:
        misplaced.setdefault(DISTRIBUTION, str(section["name"]))
    notes = tuple(f"license holds the name {given!r} outside license.{scope}.name." for scope, given in misplaced.items())
    return found, misplaced, notes


def _named(scope: str, value: object, label: str) -> dict[str, str]:
    name = _license_name(value, f"{label}: license.{scope}.name")
    return {scope: name} if name else {}


def _license_name(value: object, place: str) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if not value:
        return ""
    raise DocumentError(f"{place} is {_kind(value)}. Allowed: one name, such as Apache-2.0.")


def _kind(value: object) -> str:
    if value is None:
        return "empty"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    return "a list" if isinstance(value, list) else "a mapping"
