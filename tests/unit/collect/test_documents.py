"""The strict YAML reader: values are not changed in silence, and every refusal names the place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from openstrat.collect.documents import load_yaml
from openstrat.errors import DocumentError

UNTOUCHED = ["no", "yes", "on", "007", "12:30:45", "12e4567", "2026-05-31", "1_000", "0x1F", "0o17", ".inf", ".nan", "+5", ".5", "NA"]


@pytest.mark.parametrize("text", UNTOUCHED)
def test_what_other_readers_change_stays_text(text: str) -> None:
    assert load_yaml(f"value: {text}") == {"value": text}


@pytest.mark.parametrize(
    ("text", "value"),
    [("true", True), ("false", False), ("null", None), ("~", None), ("", None), ("12", 12), ("-3", -3), ("0.25", 0.25), ("1e6", 1e6)],
)
def test_plain_values_are_read_as_such(text: str, value: object) -> None:
    loaded = load_yaml(f"value: {text}")["value"]
    assert (loaded, type(loaded)) == (value, type(value))


def test_text_mode_keeps_the_source_of_every_scalar() -> None:
    text = "version: 1.10\nempty:\nlist: [007, true]\nquoted: '2'"
    assert load_yaml(text, scalars="text") == {"version": "1.10", "empty": "", "list": ["007", "true"], "quoted": "2"}


def test_quoted_values_and_keys_are_text() -> None:
    assert load_yaml("1: '2'\ntrue: \"false\"") == {"1": "2", "true": "false"}


BAD = {
    "empty file": ("", "is empty"),
    "list at the top": ("- a", "line 1, column 1: a list at the top"),
    "text at the top": ("no release", "line 1, column 1: text at the top"),
    "tag": ("a: 1\nb: !!python/object:os.system x", "line 2, column 4: the tag"),
    "anchor": ("a: &x 1", "line 1, column 4: the anchor &x"),
    "alias": ("a: *x", "line 1, column 4: the alias *x"),
    "merge key": ("<<: {a: 1}", "the merge key <<"),
    "duplicate key": ("a: 1\nb: 2\na: 3", "line 3, column 1: the key 'a' a second time"),
    "duplicate key deep inside": ("a: {b: 1, b: 2}", "line 1, column 11: the key 'b' a second time"),
    "second document": ("a: 1\n---\nb: 2", "line 2, column 1: a second document"),
    "directive": ("%YAML 1.1\n---\na: no", "%YAML"),
    "list as key": ("? [a]\n: 1", "a list or mapping as a key"),
    "empty key": ("'': 1", "an empty key"),
    "unclosed list": ("a: [1, 2", "not valid YAML"),
    "tab as indentation": ("a:\n\tb: 1", "line 2, column 1: not valid YAML"),
    "two colons": ("a: b: c", "line 1, column 5: not valid YAML"),
    "control character": ("a: \x07", "U+0007"),
    "too deep": ("a: " + "[" * 21, "nesting deeper than 20"),
    "too large": ("a: " + "x" * 65_536, "larger than 64 kB"),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_bad_documents_are_refused_with_their_place(text: str, expected: str) -> None:
    with pytest.raises(DocumentError) as caught:
        load_yaml(text, name="case.yaml")
    assert str(caught.value).startswith("case.yaml")
    assert expected in str(caught.value)


def test_a_bomb_is_refused_before_it_unfolds() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)]
    started = time.perf_counter()
    with pytest.raises(DocumentError, match="anchor &a0"):
        load_yaml("\n".join(lines))
    assert time.perf_counter() - started < 0.1


def test_latin_1_is_named_with_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes("id: a\ntitle: caf\xe9".encode("latin-1"))
    with pytest.raises(DocumentError, match=r"line 2, column 11: byte 0xE9 is not UTF-8"):
        load_yaml(path)


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: two\r\n")
    assert load_yaml(path) == {"a": 1, "b": "two"}


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"nowhere\.yaml: cannot be read"):
        load_yaml(tmp_path / "nowhere.yaml")
