"""The `checklist:` block of a case file as text: found by YAML's own tokens, written anew, comments carried over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from openstrat.collect.documents import resolve_scalar
from openstrat.errors import CaseError

KEY = "checklist"
STEP = "  "
Places = dict[tuple[str, ...], list[str]]


@dataclass(frozen=True)
class Block:
    """Where the block stands in a text: from its key to the end of its last line, and how deep the key is indented."""

    start: int
    end: int
    indent: str


def with_checklist(text: str, document: Mapping[str, Mapping[str, Any]], *, name: str) -> str:
    """Return the text with its `checklist` block replaced, or added after the last line of the mapping.

    Raises
    ------
    CaseError
        If the whole file is one flow mapping ({...}), which has no lines to replace.
    """
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        raise CaseError(f"{name}: the file is one mapping in braces. Write it as 'key: value' lines, then save again.")
    newline = "\r\n" if "\r\n" in text else "\n"
    pair = next(((key, value) for key, value in root.value if key.value == KEY), None)
    if pair is None:
        end = _line_end(text, _last_content(text, root))
        written = _written(document, {}, " " * root.start_mark.column, newline)
        return f"{text[:end]}{newline}{written}{text[end:] or newline}"
    key, value = pair
    block = Block(key.start_mark.index, _line_end(text, _last_content(text, value)), " " * key.start_mark.column)
    comments = _comments(text[block.start : block.end], block.indent)
    written = _written(document, comments, block.indent, newline)
    return text[: block.start] + written[len(block.indent) :] + text[block.end :]


def _last_content(text: str, node: yaml.Node) -> int:
    """Return the place after the last character that belongs to a node; YAML's own mark may lie lines further on."""
    if isinstance(node, yaml.MappingNode) and not node.flow_style and node.value:
        return _last_content(text, node.value[-1][1])
    if isinstance(node, yaml.SequenceNode) and not node.flow_style and node.value:
        return _last_content(text, node.value[-1])
    return node.start_mark.index + len(text[node.start_mark.index : node.end_mark.index].rstrip())


def _line_end(text: str, place: int) -> int:
    """Return the end of the line that a place stands on, without its line break."""
    end = text.find("\n", place)
    end = len(text) if end < 0 else end
    return end - 1 if text[:end].endswith("\r") else end


def _comments(block: str, indent: str) -> Places:
    """Return the comments of a block by the field they stand above or beside; () holds those after the last one."""
    found: Places = {}
    waiting: list[str] = []
    path: tuple[str, ...] = ()
    for column, words, comments in _lines(block):
        depth = 0 if not column else 1 + (column > len(indent + STEP))
        if words is not None:
            path = (*path[: depth - 1], words) if depth else (KEY,)
        if path and words is not None:
            found.setdefault(path, []).extend(waiting)
            waiting = []
        target = found.setdefault(path, []) if words is not None else waiting
        target.extend(comments)
    if waiting:
        found.setdefault((), []).extend(waiting)
    return found
