"""Facts of the Model Openness Framework that users of its two tables rely on."""

from __future__ import annotations

from openstrat.tables.loaders import load_mof_components, load_mof_licenses


def test_each_class_asks_for_as_many_components_as_the_published_tool() -> None:
    components = load_mof_components()
    required = components[components["is_required"]]
    assert len(components) == 17
    assert [int((required["mof_class"] >= mof_class).sum()) for mof_class in (3, 2, 1)] == [6, 10, 14]


def test_the_open_list_is_that_of_the_published_tool() -> None:
    licenses = load_mof_licenses().set_index("name")
    assert len(licenses) == 226
    assert licenses.loc["ODC-PDDL-1.0", "license_id"] == "PDDL-1.0"
    assert "PDDL-1.0" not in licenses.index
    assert licenses.loc["CC0-1.0", "content_types"] == "document"
    assert licenses["content_types"].notna().sum() == 24
