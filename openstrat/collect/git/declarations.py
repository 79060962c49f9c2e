"""What license a repository declares: in its package files, and in the SPDX lines of its source files."""

from __future__ import annotations

import configparser
import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from openstrat.collect.git.command import Repository
from openstrat.collect.git.trees import EXECUTABLE, REGULAR, TreeFile, read_blobs
from openstrat.collect.license_text import decode, spdx_lines

MAX_MANIFEST_BYTES = 256 * 1024
MAX_MANIFESTS, MAX_DEPTH = 40, 4
"""Package files that are read, and how deep they may lie."""
N_SAMPLED = 300
MAX_SOURCE_BYTES = 128 * 1024
HEADER_LINES = 40
SOURCE_ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        *("py", "go", "js", "jsx", "ts", "tsx", "java", "kt", "scala", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "rb", "php", "sh", "pl"),
        *("swift", "lua", "ex", "exs", "erl", "hs", "m", "mm"),
    )
)
MOST_LETTERS = 120
CLASSIFIER = "License :: OSI Approved :: "
SEVERAL = " ; "
"""Between licenses of a list whose connection the file does not state."""


@dataclass(frozen=True)
class Declared:
    """A license that a package file states: as written, shortened; empty when the file cannot be parsed."""

    path: str
    field: str
    value: str

    @property
    def folder(self) -> str:
        """Folder of the package file; empty at the root."""
        parent = str(PurePosixPath(self.path).parent)
        return "" if parent == "." else parent


@dataclass(frozen=True)
class HeaderSample:
    """SPDX lines in the first lines of evenly spaced source files: how many files were read, how many have one, which, how often."""

    n_source_files: int
    n_sampled: int
    n_with: int
    counts: tuple[tuple[str, int], ...]


def declared_licenses(repository: Repository, files: Iterable[TreeFile]) -> tuple[Declared, ...]:
    """Return the licenses that package files state, those at the root first; files in folders of bundled code are left out."""
    wanted = sorted((item for item in files if _is_manifest(item)), key=lambda item: (item.path.count("/"), item.path))[:MAX_MANIFESTS]
    contents = read_blobs(repository, (item.blob for item in wanted), most_bytes=MAX_MANIFEST_BYTES)
    found: list[Declared] = []
    for item in wanted:
        data = contents.get(item.blob)
        text = decode(data) if data is not None else None
        found += _declared(item.path, text)
    return tuple(found)


def header_sample(repository: Repository, files: Iterable[TreeFile]) -> HeaderSample:
    """Return the SPDX lines of at most 300 evenly spaced source files; bundled code is left out."""
    sources = [item for item in files if _is_source(item)]
    step = max(1, -(-len(sources) // N_SAMPLED))
    sampled = sources[::step]
    contents = read_blobs(repository, (item.blob for item in sampled), most_bytes=MAX_SOURCE_BYTES)
    read = [item for item in sampled if contents.get(item.blob) is not None]
    named = [_header(contents[item.blob]) for item in read]
    counts = Counter(value for value in named if value)
    return HeaderSample(len(sources), len(read), sum(counts.values()), tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))


def _header(data: bytes | None) -> str:
    text = decode(data) if data else None
    found = spdx_lines("\n".join(text.splitlines()[:HEADER_LINES]), most=1) if text else ()
    return _short(found[0]) if found else ""


def _is_source(item: TreeFile) -> bool:
    is_regular = item.mode in (REGULAR, EXECUTABLE)
    return is_regular and PurePosixPath(item.path).suffix.lower() in SOURCE_ENDINGS and not item.is_bundled


def _is_manifest(item: TreeFile) -> bool:
    is_regular = item.mode in (REGULAR, EXECUTABLE)
    return is_regular and item.name in READERS and not item.is_bundled and item.path.count("/") <= MAX_DEPTH


def _declared(path: str, text: str | None) -> Iterator[Declared]:
    if text is None:
        yield Declared(path, "", "")
        return
    try:
        pairs = list(READERS[PurePosixPath(path).name](text))
    except (ValueError, RecursionError, configparser.Error, AttributeError, TypeError):
        yield Declared(path, "", "")
        return
    yield from (Declared(path, field, _short(value)) for field, value in pairs if value.strip())


def _short(value: str) -> str:
    printable = "".join(char if char.isprintable() else " " for char in value)
    line = " ".join(re.sub(r"[\w.+-]+@[\w-]+\.[\w.-]+", "<address>", printable).split())
    return line if len(line) <= MOST_LETTERS else f"{line[:MOST_LETTERS]}..."


def _license_field(field: str, value: object) -> Iterator[tuple[str, str]]:
    """Yield a license that may be a text, or a table with a text, a type or a file."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, Mapping):
        keys = [key for key in ("text", "type", "file") if isinstance(value.get(key), str)]
        yield from ((f"{field}.{key}", str(value[key])) for key in keys[:1])
    elif isinstance(value, Sequence):
        names = [item if isinstance(item, str) else str(item.get("type", "")) for item in value if isinstance(item, (str, Mapping))]
        yield field, SEVERAL.join(name for name in names if name)


def _table(value: object, *names: str) -> Mapping[str, Any]:
    for name in names:
        value = value.get(name, {}) if isinstance(value, Mapping) else {}
    return value if isinstance(value, Mapping) else {}


def _pyproject(text: str) -> Iterator[tuple[str, str]]:
    content = tomllib.loads(text)
    project = _table(content, "project")
    yield from _license_field("project.license", project.get("license"))
    if "license" not in project:
        named = [str(item) for item in project.get("classifiers", []) if str(item).startswith(CLASSIFIER)]
        yield from (("project.classifiers", item.removeprefix(CLASSIFIER)) for item in named[:1])
    yield from _license_field("tool.poetry.license", _table(content, "tool", "poetry").get("license"))


def _cargo(text: str) -> Iterator[tuple[str, str]]:
    content = tomllib.loads(text)
    for names in (("package",), ("workspace", "package")):
        found = _table(content, *names)
        value = found.get("license")
        yield from _license_field(".".join((*names, "license")), value if isinstance(value, str) else None)
        yield from _license_field(".".join((*names, "license-file")), found.get("license-file") if value is None else None)


def _package_json(text: str) -> Iterator[tuple[str, str]]:
    content = json.loads(text)
    yield from _license_field("license", content.get("license"))
    yield from _license_field("licenses", content.get("licenses"))


def _setup_cfg(text: str) -> Iterator[tuple[str, str]]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    parser.read_string(text)
    if parser.has_option("metadata", "license"):
        yield "metadata.license", parser.get("metadata", "license")


def _citation(text: str) -> Iterator[tuple[str, str]]:
    found = re.search(r"(?m)^license:[ \t]*[\"']?([^\n\"'#]+)", text)
    if found:
        yield "license", found.group(1)


READERS: dict[str, Callable[[str], Iterator[tuple[str, str]]]] = {
    "pyproject.toml": _pyproject,
    "Cargo.toml": _cargo,
    "package.json": _package_json,
    "composer.json": _package_json,
    "setup.cfg": _setup_cfg,
    "CITATION.cff": _citation,
}
"""Package files that state a license, and how each is read; nothing in them is run."""
