"""Release files of the Model Openness Framework: what is read, and how bad files are refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from openstrat.collect.mof_file import ListedComponent, read_release_file
from openstrat.errors import DocumentError

FILE = """
framework: {name: Model Openness Framework, version: '1.0', date: '2024-12-15'}
release:
  name: Small-1B
  version: 1.10
  date: 2026-01-31
  producer: Example
  license:
    distribution: {name: Apache-2.0, path: ''}
    data: {name: '', path: ''}
  components:
    - name: Model card
      description: a card
      license: MIT
    - name: Data card
    - name: Datasets
      license: null
    - name: Training code
      license: ''
"""


def test_a_release_is_read_with_components_in_the_order_of_the_file() -> None:
    release = read_release_file(FILE)
    assert release.name == "Small-1B"
    assert release.licenses == {"distribution": "Apache-2.0"}
    assert release.components == (
        ListedComponent("Model card", "MIT"),
        ListedComponent("Data card", None),
        ListedComponent("Datasets", None),
        ListedComponent("Training code", ""),
    )


def test_a_release_may_stand_at_the_top() -> None:
    assert read_release_file("name: A\nlicense: {}\ncomponents: [{name: Model card}]").components == (ListedComponent("Model card", None),)


@pytest.mark.parametrize("value", ["null", "~", "", "NULL", "Null"])
def test_nothing_said_is_not_an_empty_name(value: str) -> None:
    assert read_release_file(f"components:\n- name: Model card\n  license: {value}\n").components[0].license is None


@pytest.mark.parametrize(("value", "text"), [("'null'", "null"), ("2.0", "2.0"), ("no", "no"), ("2026-01-31", "2026-01-31"), ('""', "")])
def test_every_other_value_is_the_text_that_stands_there(value: str, text: str) -> None:
    assert read_release_file(f"components:\n- name: Model card\n  license: {value}\n").components[0].license == text


@pytest.mark.parametrize("section", ["{}", "[]", "null", "{code: null}", "{code: {}}", "{code: {name: null}}", "{code: {name: ''}}"])
def test_an_empty_license_section_holds_no_license(section: str) -> None:
    release = read_release_file(f"license: {section}\ncomponents: []")
    assert (release.licenses, release.misplaced, release.notes) == ({}, {}, ())


@pytest.mark.parametrize(
    ("section", "misplaced"),
    [("MIT", {"distribution": "MIT"}), ("{name: MIT}", {"distribution": "MIT"}), ("{code: MIT}", {"code": "MIT"})],
)
def test_a_license_in_the_wrong_place_is_kept_apart_and_noted(section: str, misplaced: dict[str, str]) -> None:
    release = read_release_file(f"license: {section}\ncomponents: []")
    assert release.licenses == {}
    assert release.misplaced == misplaced
    assert len(release.notes) == 1


def test_anchors_aliases_and_merge_keys_are_read() -> None:
    text = "components:\n- &card {name: Model card, license: &apache Apache-2.0}\n- <<: *card\n  name: Data card\n"
    assert [(item.name, item.license) for item in read_release_file(text).components] == [
        ("Model card", "Apache-2.0"),
        ("Data card", "Apache-2.0"),
    ]


def test_a_release_that_lists_nothing_yet_is_an_empty_release() -> None:
    release = read_release_file("name: A\ncomponents:\n")
    assert release.components == ()
    assert "without components" in release.notes[0]


BAD = {
    "no components": ("name: A", "has no components"),
    "another document": ("title: x\nnotebook: y", "has no components"),
    "release is text": ("release: A\n", "release is the text 'A'"),
    "components is a mapping": ("components: {name: Model card}", "components is a mapping"),
    "component is a word": ("components: [Model card]", "component 1 is the text 'Model card'"),
    "component without name": ("components:\n- license: MIT", "component 1: name is empty"),
    "two licenses in a list": ("components:\n- name: Datasets\n  license: [MIT, ISC]", "component 1 ('Datasets'): license is a list"),
    "license name is a mapping": ("license: {code: {name: {a: b}}}\ncomponents: []", "license.code.name is a mapping"),
    "unclosed quote": ("name: 'A\ncomponents: []", "line"),
    "tab": ("release:\n\tname: A", "line 2, column 1: not valid YAML"),
    "two colons": ("release:\n  name: a: b", "line 2, column 10: not valid YAML"),
    "duplicate key": ("components: []\ncomponents: []", "line 2, column 1: the key 'components' a second time"),
    "tag": ("components: !!python/object:os.system x", "line 1, column 13: the tag"),
    "alias to nothing": ("components: *x", "line 1, column 13: the alias *x without an anchor"),
    "alias within itself": ("components: &x [*x]", "line 1, column 17: the alias *x without an anchor"),
    "merge of a word": ("components:\n- <<: a", "a str under the merge key <<"),
    "no character": ('name: "\\UFFFFFFFF"\ncomponents: []', "names no character"),
    "second document": ("components: []\n---\ncomponents: []", "line 2, column 1: a second document"),
    "empty": ("", "is empty"),
}


@pytest.mark.parametrize(("text", "message"), BAD.values(), ids=BAD)
def test_a_bad_file_is_refused_with_the_place_and_the_reason(text: str, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_release_file(text, name="bad.yml")
    assert str(caught.value).startswith("bad.yml")
    assert message in str(caught.value)


def test_a_large_file_is_answered_and_a_huge_one_refused_with_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "large.yml"
    entry = "- {name: Model card, description: " + "x" * 900 + "}\n"
    path.write_text("components:\n" + entry * 300, encoding="utf-8")
    assert len(read_release_file(path).components) == 300
    path.write_text("components: []\ndescription: " + "x" * 1_048_576, encoding="utf-8")
    with pytest.raises(DocumentError, match="larger than 1024 kB"):
        read_release_file(path)


def test_many_aliases_cost_no_more_than_they_say() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]" for n in range(1, 40)]
    assert read_release_file("\n".join([*lines, "components: []"])).components == ()
