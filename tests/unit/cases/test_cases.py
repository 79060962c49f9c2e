"""Case files: the shipped ones load, and every kind of mistake is named with its field, value and next step."""

import copy
import time

import pytest

from openstrat import resources
from openstrat.cases.backtests import load_backtests
from openstrat.cases.load import load_case, parse_case, shipped_cases, warnings_of
from openstrat.errors import CaseError, UnknownNameError
from openstrat.terms import Layer

GOOD = {
    "id": "case-small",
    "title": "A small case",
    "status": "test material",
    "playbook": "open_core",
    "situation": {"sells": "hosting", "asset": "a framework", "stack_position": "tooling", "pressure": "two rivals"},
    "layers": {
        "sdk": {"adoption_weight": 0.5, "revenue_share": 0.0},
        "orchestration": {"adoption_weight": 0.5, "revenue_share": 0.3},
        "commercial_tooling": {"revenue_share": 0.7},
    },
    "options": {"closed": {"licenses": {}}, "open_core": {"licenses": {"sdk": "permissive", "orchestration": "Apache-2.0"}}},
    "facts": {"moat": 0.4, "M_closed": 100, "M_max": 1000, "acv": 0.05, "fte_req": 10, "fte_plan": 8},
}


def changed(path: str, value: object) -> dict:
    """GOOD with one field set; a path part '-' at the end removes the field."""
    case = copy.deepcopy(GOOD)
    *parents, last = path.split("/")
    target = case
    for parent in parents:
        target = target.setdefault(parent, {})
    if value is REMOVED:
        del target[last]
    else:
        target[last] = value
    return case


REMOVED = object()
BAD = [
    ("title", REMOVED, "title: missing. Add it."),
    ("playbook", "open-core", "'open-core' is not allowed. Did you mean 'open_core'?"),
    ("playbok", "open_core", "playbok: unknown field. Did you mean 'playbook'?"),
    ("id", "My Case", "'My Case' is not a short name"),
    ("situation/sells", "", "is too short; write at least 3 characters"),
    ("situation/sells", 5, "5 is not text; put it in quotes"),
    ("situation", "hosting", "'hosting' is not a mapping"),
    ("layers", {}, "has too few entries; at least 1"),
    ("layers/sdks", {"adoption_weight": 0.1}, "the name 'sdks' is not allowed. Did you mean 'sdk'?"),
    ("layers/sdk/adoption_weight", 1.5, "1.5 is above the allowed maximum of 1"),
    ("layers/sdk/adoption_weight", "much", "'much' is not a number"),
    ("layers/sdk/revenue_share", -0.1, "-0.1 is below the allowed minimum of 0"),
    ("layers/sdk/revenu_share", 0.1, "unknown field. Did you mean 'revenue_share'?"),
    ("layers/sdk/revenue_share", 0.5, "revenue shares add up to 1.50, more than 1"),
    ("layers/sdk/license_now", "BSL 1.1", "'BSL 1.1' is neither a license family nor a license id. Did you mean 'BUSL-1.1'?"),
    ("options", {"closed": {"licenses": {}}}, "has too few entries; at least 2"),
    ("options/open_core/licenses", {"sdk": "permisive"}, "Did you mean 'permissive'?"),
    ("options/open_core/licenses", {"docs": "permissive"}, "the layer has no facts"),
    ("options/open_core/fte", "ten", "'ten' is not a number"),
    ("facts/acv", REMOVED, "facts.acv: missing. Expected: Yearly contract value"),
    ("facts/M_max", 10, "10 is below M_closed (100)"),
    ("moats", ["MO9"], "'MO9' is not one of MO1"),
    ("conclusion", {"recommended_option": "open_cor"}, "'open_cor' is not an option. Did you mean 'open_core'?"),
    ("assumptions/convv", {"low": 0.1, "mode": 0.2, "high": 0.3, "set_by": "the CFO", "reason": "own data"}, "Did you mean 'conv'?"),
    ("checklist/money/sentences", "We sell it.", "is not a list"),
]


def test_the_unchanged_case_is_sound():
    case = parse_case(GOOD, name="good.yaml")
    assert case.opened_layers("open_core") == [Layer.SDK, Layer.ORCHESTRATION]
    assert case.licenses_of("closed")[Layer.SDK] == "closed"


@pytest.mark.parametrize(("path", "value", "message"), BAD, ids=[f"{path}-{index}" for index, (path, _, _) in enumerate(BAD)])
def test_a_mistake_is_named_with_field_and_next_step(path, value, message):
    started = time.perf_counter()
    with pytest.raises(CaseError) as caught:
        parse_case(changed(path, value), name="bad.yaml")
    assert message in str(caught.value)
    assert str(caught.value).startswith("bad.yaml: 1 problem.")
    assert path.split("/")[0] in str(caught.value)
    assert "openstrat case check bad.yaml" in str(caught.value)
    assert time.perf_counter() - started < 1


def test_all_problems_are_told_at_once():
    case = changed("title", REMOVED) | {"playbook": "none of them"}
    with pytest.raises(CaseError, match="2 problems"):
        parse_case(case, name="bad.yaml")


def test_an_unknown_case_name_suggests_a_shipped_one():
    with pytest.raises(UnknownNameError, match="Did you mean 'case-frontier-lab'"):
        load_case("case-frontierlab")


def test_six_worked_cases_are_shipped_and_name_their_expert_choice():
    cases = {name: load_case(name) for name in shipped_cases()}
    chosen = {name: case.conclusion.recommended_option for name, case in cases.items()}
    assert chosen == {
        "case-database-relicense": "stay_permissive",
        "case-frontier-lab": "edge_evals",
        "case-infra-provider": "small_permissive",
        "case-opencore-tooling": "open_core_permissive",
        "case-public-lab": "fully_open",
        "case-vertical-legal": "evals_open",
    }


def test_backtests_keep_inputs_apart_from_outcomes_and_say_what_is_in_sample():
    tests = {item.id: item for item in load_backtests().backtests}
    assert len(tests) == 16
    assert sum(item.group == "core" for item in tests.values()) == 8
    assert tests["redis-2024"].fork_inputs.host_revenue == 0.95
    assert tests["mongodb-2018"].funded_fork_in_12_months is False
    assert all(item.sources or item.caveat for item in tests.values())


def test_revenue_shares_that_leave_a_part_out_are_doubted_but_allowed():
    assert warnings_of(parse_case(GOOD, name="good.yaml")) == []
    part = parse_case(changed("layers/commercial_tooling/revenue_share", 0.4), name="part.yaml")
    assert warnings_of(part) == ["layers: revenue shares add up to 0.70; the layers that carry the rest are missing."]


def test_the_example_of_the_readme_is_a_sound_case(tmp_path):
    readme = (resources.root() / "README.md").read_text(encoding="utf-8")
    path = tmp_path / "my-case.yaml"
    path.write_text(readme.split("```yaml\n")[1].split("```")[0], encoding="utf-8")
    assert load_case(str(path)).opened_layers("open_core") == [Layer.SDK, Layer.ORCHESTRATION]
