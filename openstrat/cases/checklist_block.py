"""The `checklist:` block of a case file as text: found by YAML's own tokens, written anew, comments carried over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from openstrat.cases.checklist_fields import FIELDS
from openstrat.cases.schema import Checklist
from openstrat.collect.documents import resolve_scalar
from openstrat.errors import CaseError

KEY = "checklist"
STEP = "  "
TEXT_TAG = "tag:yaml.org,2002:str"
Places = dict[tuple[str, ...], list[str]]
Document = Mapping[str, Mapping[str, Any]]


def with_checklist(text: str, document: Document, *, name: str) -> str:
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
    start, end = key.start_mark.index, _line_end(text, _last_content(text, value))
    indent = " " * key.start_mark.column
    written = _written(document, _comments(indent + text[start:end]), indent, newline)
    return text[:start] + written[len(indent) :] + text[end:]


def place_of(text: str, path: str) -> tuple[str, int]:
    """Return the deepest key on the way to a field that stands in a text, such as 'checklist.money', and its line, from 1.

    The empty key and the last line stand for a text that holds no part of it.
    """
    wanted = tuple(path.split("."))
    found = {key: start for start, key in _keys(yaml.compose(text, Loader=yaml.SafeLoader)) if key == wanted[: len(key)]}
    if not found:
        return "", len(text.splitlines())
    deepest = max(found, key=len)
    return ".".join(deepest), text.count("\n", 0, found[deepest]) + 1


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


def _comments(block: str) -> Places:
    """Return the comments of a block by the key they stand above or beside; () holds those after the last key."""
    keys = list(_keys(yaml.compose(block, Loader=yaml.SafeLoader)))
    found: Places = {}
    for place, comment in _comments_between_tokens(block):
        line = block[block.rfind("\n", 0, place) + 1 : place]
        before = [path for start, path in keys if start < place]
        after = [path for start, path in keys if start > place]
        path = before[-1] if line.strip() else after[0] if after else ()
        found.setdefault(path, []).append(comment)
    return found


def _keys(node: yaml.Node | None, above: tuple[str, ...] = ()) -> Iterator[tuple[int, tuple[str, ...]]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            path = (*above, str(key.value))
            yield key.start_mark.index, path
            yield from _keys(value, path)


def _comments_between_tokens(block: str) -> Iterator[tuple[int, str]]:
    """Yield every comment with its place: what is neither white space nor part of a token."""
    last = 0
    for token in yaml.scan(block, Loader=yaml.SafeLoader):
        start, end = token.start_mark.index, token.end_mark.index
        for found in re.finditer(r"#[^\r\n]*", block[last:start]):
            yield last + found.start(), found[0].rstrip()
        if isinstance(token, yaml.ScalarToken) and token.style in ("|", ">"):
            header = re.match(r"[^\r\n]*?\s(#[^\r\n]*)", block[start:end])
            if header:
                yield start + header.start(1), header[1].rstrip()
        last = max(last, end)
    for found in re.finditer(r"#[^\r\n]*", block[last:]):
        yield last + found.start(), found[0].rstrip()


def _written(document: Document, comments: Places, indent: str, newline: str) -> str:
    """Return the block as lines, without a line break at the end."""
    lines = [f"{KEY}:" if document else f"{KEY}: {{}}", *(STEP + comment for comment in comments.get((KEY,), []))]
    for block in Checklist.model_fields:
        lines += [STEP + comment for comment in comments.get((KEY, block), [])]
        lines += _block_lines(block, document.get(block, {}), comments)
    lines += [STEP + comment for comment in comments.get((), [])]
    return newline.join(indent + line for line in lines)


def _block_lines(block: str, values: Mapping[str, Any], comments: Places) -> list[str]:
    """Return a question's lines; comments below its last answer stand as deep as what follows."""
    lines = [f"{STEP}{block}:"] if values else []
    left = len(values)
    for field in (field for field in FIELDS if field.block == block):
        lines += [(2 if left else 1) * STEP + comment for comment in comments.get((KEY, block, field.name), [])]
        lines += [2 * STEP + line for line in _field_lines(field.name, values.get(field.name))]
        left -= field.name in values
    return lines


def _field_lines(name: str, value: Any) -> list[str]:
    if value is None:
        return []
    if isinstance(value, list):
        return [f"{name}:", *(f"{STEP}- {_text(entry, '- ')}" for entry in value)]
    return [f"{name}: {_text(value, 'x: ') if isinstance(value, str) else repr(value)}"]


def _text(value: str, before: str) -> str:
    """Return text as YAML: plain where it reads back as this very text, else in quotes."""
    if _reads_plain(value, before):
        return value
    if value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return '"' + "".join(_escaped(character) for character in value) + '"'


def _reads_plain(value: str, before: str) -> bool:
    if not value.isprintable() or not isinstance(resolve_scalar(value), str):
        return False
    try:
        node = yaml.compose(before + value, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return False
    inner = node.value[0] if isinstance(node, yaml.SequenceNode) else node.value[0][1] if isinstance(node, yaml.MappingNode) else None
    return isinstance(inner, yaml.ScalarNode) and inner.style is None and inner.tag == TEXT_TAG and inner.value == value


def _escaped(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    return character if character.isprintable() else f"\\U{ord(character):08x}"
