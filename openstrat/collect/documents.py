"""YAML documents that people write by hand: case files, report specs, portfolios, release files. Strict, and nothing is guessed.

The reader walks PyYAML's parse events, so tags, anchors and aliases are refused before anything is built from them. Files that
others wrote for another program may be read with aliases: an alias stands for the very value of its anchor, never for a copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NoReturn

import yaml

from openstrat.errors import DocumentError

MAX_BYTES = 64 * 1024
MAX_DEPTH = 20
Scalars = Literal["core", "text", "text_or_null"]

KINDS: dict[type, str] = {str: "text", list: "a list"}
"""What a document that is no mapping holds instead, in words."""

_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?(?:[eE][-+]?[0-9]{1,2})?")
_NULLS = {"", "~", "null"}
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}


def load_yaml(
    source: Path | str,
    *,
    name: str | None = None,
    scalars: Scalars = "core",
    has_aliases: bool = False,
    max_bytes: int = MAX_BYTES,
) -> dict[str, object]:
    """Return the mapping that a YAML document holds: dicts, lists and plain values only.

    Parameters
    ----------
    source
        A path, or the text itself when it is a `str`.
    name
        What messages call the document; the path when left out.
    scalars
        `"core"` reads `true`, `false`, `null`, integers and decimal numbers as such and everything else as text: `no`, `007`,
        `12:30`, `2026-05-01` and `1_000` stay text, and so does any number that Python would not hold as written.
        `"text"` returns every value as the text that stands in the file, for readers that know the type they want (`1.10`).
        `"text_or_null"` is the same, except that an unquoted `null` (in any case), `~` or nothing at all is None.
        In all, a quoted value is text, and keys are text.
    has_aliases
        Allows anchors, aliases and merge keys.
    max_bytes
        Largest size, in bytes.

    Raises
    ------
    DocumentError
        With file, line and column: unreadable, not UTF-8, too large, nested deeper than 20, a tag, anchor, alias, merge key,
        duplicate key, second document, or not a mapping.
    """
    label = name or (str(source) if isinstance(source, Path) else "document")
    text = _read(source, label, max_bytes)
    try:
        return _Reader(text, label, scalars, has_aliases=has_aliases).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        message = f"{label}{place}: not valid YAML: {error.problem or error.context}. Check indentation, colons and quotes there."
        raise DocumentError(message) from None
    except yaml.reader.ReaderError as error:
        message = f"{label}: character U+{int(error.character):04X} at position {error.position} is not allowed. Remove it."
        raise DocumentError(message) from None
    except (ValueError, OverflowError):
        raise DocumentError(f"{label}: an escape such as \\U00110000 names no character. Write the character itself.") from None


def _read(source: Path | str, label: str, max_bytes: int) -> str:
    if isinstance(source, str):
        data = source.encode("utf-8", "surrogatepass")
    else:
        try:
            with source.open("rb") as file:
                data = file.read(max_bytes + 1)
        except OSError as error:
            raise DocumentError(f"{label}: cannot be read: {error.strerror or error}. Check the path.") from None
    if len(data) > max_bytes:
        raise DocumentError(f"{label}: larger than {max_bytes // 1024} kB. Split it, or move data into a table.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        raise DocumentError(
            f"{label}, line {line}, column {column}: byte 0x{data[error.start]:02X} is not UTF-8. "
            "The file looks like Latin-1 or Windows-1252; save it as UTF-8."
        ) from None


def resolve_scalar(text: str) -> object:
    """Return the value of an unquoted YAML scalar: bool, None, int, float, or the text unchanged."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _NUMBER.fullmatch(text):
        return float(text)
    return text


class _Reader:
    """Builds plain values from parse events; every refusal names the place."""

    def __init__(self, text: str, label: str, scalars: Scalars, *, has_aliases: bool) -> None:
        self.label = label
        self.scalars = scalars
        self.has_aliases = has_aliases
        self.anchored: dict[str, object] = {}
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=yaml.SafeLoader)

    def document(self) -> dict[str, object]:
        next(self.events)  # stream start
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            raise DocumentError(f"{self.label}: is empty. Write at least one 'key: value' line.")
        if isinstance(start, yaml.DocumentStartEvent) and (start.version or start.tags):
            self.refuse(start, "a %YAML or %TAG directive", "Remove the line that starts with '%'.")
        first = next(self.events)
        value = self.value(first, depth=1)
        if not isinstance(value, dict):
            self.refuse(first, f"{KINDS.get(type(value), 'a single value')} at the top", "Allowed: a mapping of 'key: value' lines.")
        next(self.events)  # document end
        following = next(self.events)
        if not isinstance(following, yaml.StreamEndEvent):
            self.refuse(following, "a second document", "Keep one document per file; remove '---' and what follows.")
        return value

    def value(self, event: yaml.Event, depth: int) -> object:
        self.check(event, depth)
        if isinstance(event, yaml.AliasEvent):
            return self.alias(event)
        built: object
        if isinstance(event, yaml.MappingStartEvent):
            built = self.mapping(depth)
        elif isinstance(event, yaml.SequenceStartEvent):
            built = self.sequence(depth)
        else:
            assert isinstance(event, yaml.ScalarEvent)  # noqa: S101 - the only kind left
            built = self.scalar(event)
        if anchor := getattr(event, "anchor", None):
            self.anchored[anchor] = built
        return built

    def alias(self, event: yaml.AliasEvent) -> object:
        if event.anchor not in self.anchored:
            self.refuse(event, f"the alias *{event.anchor} without an anchor above it", "Write the value out.")
        return self.anchored[event.anchor]

    def check(self, event: yaml.Event, depth: int) -> None:
        if depth > MAX_DEPTH:
            self.refuse(event, f"nesting deeper than {MAX_DEPTH}", "Flatten it.")
        if isinstance(event, yaml.AliasEvent) and not self.has_aliases:
            self.refuse(event, f"the alias *{event.anchor}", "Write the value out.")
        if (anchor := getattr(event, "anchor", None)) and not self.has_aliases:
            self.refuse(event, f"the anchor &{anchor}", "Remove it and write the value out where it is needed.")
        if tag := getattr(event, "tag", None):
            self.refuse(event, f"the tag {tag}", "Remove it; types follow from the schema.")

    def mapping(self, depth: int) -> dict[str, object]:
        result: dict[str, object] = {}
        merged: dict[str, object] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            self.check(event, depth + 1)
            if not isinstance(event, yaml.ScalarEvent):
                self.refuse(event, "a list or mapping as a key", "Allowed: a word followed by a colon.")
            key = event.value
            if key == "<<" and not event.style:
                merged = self.merge(event, depth) | merged
                continue
            if not key:
                self.refuse(event, "an empty key", "Write a word before the colon.")
            if key in result:
                self.refuse(event, f"the key {key!r} a second time", "Each key may stand once; remove or rename one.")
            result[key] = self.value(next(self.events), depth + 1)
        return merged | result

    def merge(self, event: yaml.ScalarEvent, depth: int) -> dict[str, object]:
        """Return what a merge key adds; of several mappings the first one counts."""
        if not self.has_aliases:
            self.refuse(event, "the merge key <<", "Write the keys out.")
        value = self.value(next(self.events), depth + 1)
        result: dict[str, object] = {}
        for part in value if isinstance(value, list) else [value]:
            if not isinstance(part, dict):
                self.refuse(event, f"a {type(part).__name__} under the merge key <<", "Allowed: a mapping, or a list of mappings.")
            result = part | result
        return result

    def sequence(self, depth: int) -> list[object]:
        result: list[object] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            result.append(self.value(event, depth + 1))
        return result

    def scalar(self, event: yaml.ScalarEvent) -> object:
        if event.style or self.scalars == "text":
            return event.value
        if self.scalars == "text_or_null":
            return None if event.value.lower() in _NULLS else event.value
        return resolve_scalar(event.value)

    def refuse(self, event: yaml.Event, what: str, remedy: str) -> NoReturn:
        mark = event.start_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise DocumentError(f"{self.label}{place}: {what} is not allowed. {remedy}")
