"""Facts that users of the license tables rely on."""

from __future__ import annotations

import pandas as pd
import pytest

from openstrat.analysis.licenses.placement import DECIDING_COLUMNS, restriction_table
from openstrat.tables.catalog import definition
from openstrat.tables.cells import license_ids_in, split_list
from openstrat.tables.license_vocabulary import Permission
from openstrat.tables.store import read_column, read_table
from openstrat.terms import Restriction


@pytest.fixture(scope="module")
def licenses() -> pd.DataFrame:
    return read_table("licenses").set_index("license_id")


@pytest.fixture(scope="module")
def terms() -> pd.DataFrame:
    return read_table("license_terms").set_index("license_id")


@pytest.fixture(scope="module")
def thresholds() -> pd.DataFrame:
    return read_table("license_thresholds")


@pytest.fixture(scope="module")
def aliases() -> pd.DataFrame:
    return read_table("license_aliases").set_index("alias")


@pytest.mark.parametrize("table", ["licenses", "license_terms", "license_thresholds", "license_history", "license_aliases"])
def test_the_model_accepts_the_typed_frame(table: str) -> None:
    frame = read_table(table)
    assert len(definition(table).model.validate(frame, lazy=True)) == len(frame)
    assert not frame.duplicated(list(definition(table).key)).any()


@pytest.mark.parametrize(("table", "n_rows"), [("license_terms", 162), ("license_thresholds", 34), ("license_history", 51)])
def test_every_researched_row_is_there(table: str, n_rows: int) -> None:
    assert len(read_table(table)) == n_rows


def test_no_identifier_is_lost_or_turned_into_a_missing_value(licenses: pd.DataFrame) -> None:
    assert list(licenses.index) == read_column("licenses", "license_id")
    assert {"NTP", "NTP-0", "NAIST-2003", "0BSD", "TCP-wrappers"} <= set(licenses.index)


def test_all_740_licenses_of_the_spdx_list_are_there_with_their_flags(licenses: pd.DataFrame) -> None:
    listed = licenses[licenses["is_spdx_listed"]]
    assert len(listed) == 740
    assert listed["is_osi_approved"].sum() == 154
    assert listed["is_fsf_libre"].sum() == 127


def test_is_fsf_libre_never_says_that_a_license_is_not_free(licenses: pd.DataFrame) -> None:
    assert licenses["is_fsf_libre"].dropna().all()


def test_has_terms_tells_which_licenses_have_a_row_of_terms(licenses: pd.DataFrame, terms: pd.DataFrame) -> None:
    assert set(licenses.index[licenses["has_terms"]]) == set(terms.index)


@pytest.mark.parametrize(
    ("license_id", "family"),
    [
        ("Apache-2.0", "permissive"),
        ("PostgreSQL", "permissive"),
        ("MPL-1.1", "weak_copyleft"),
        ("GPL-2.0-or-later", "strong_copyleft"),
        ("AGPL-3.0-or-later", "network_copyleft"),
        ("BUSL-1.1", "source_available"),
        ("BSL-1.0", "permissive"),
        ("LicenseRef-Llama-4", "custom_ai"),
        ("LicenseRef-BigScience-RAIL-1.0", "use_restricted"),
        ("CC-BY-NC-4.0", "non_commercial"),
    ],
)
def test_family(licenses: pd.DataFrame, license_id: str, family: str) -> None:
    assert licenses.at[license_id, "family"] == family


@pytest.mark.parametrize(
    ("license_id", "column", "value"),
    [
        ("GPL-2.0-or-later", "copyleft_trigger", "distribution"),  # s.2(b)
        ("GPL-2.0-or-later", "patent_grant", "not_stated"),  # s.7 bars distribution under patent obstacles, but licenses no patents
        ("LGPL-2.1-or-later", "copyleft_trigger", "library"),  # s.2 and s.6
        ("AGPL-1.0-only", "copyleft_trigger", "network"),  # s.2(d)
        ("EPL-2.0", "patent_retaliation", "patent_license"),  # s.7: the rights of s.2(b) end
        ("CDDL-1.0", "patent_retaliation", "all_rights"),  # s.6.2: all rights of s.2 end
        ("MPL-1.1", "copyleft_trigger", "file"),  # s.1.9 and s.3.1
        ("OSL-3.0", "copyleft_trigger", "network"),  # s.5 External Deployment
        ("AFL-3.0", "copyleft_trigger", "none"),  # s.1(c): any license that does not contradict it
        ("Artistic-2.0", "copyleft_trigger", "none"),  # s.4(b): another name is enough
        ("MIT-0", "naming", "none"),  # MIT without its condition
        ("BSL-1.0", "naming", "notice"),  # Boost: in source copies
        ("OpenSSL", "naming", "notice; display"),  # clauses 3 and 6
        ("Apache-2.0", "naming", "license_copy; notice; notice_file; changes_marked"),  # s.4(a) to (d)
        ("CC-BY-ND-4.0", "derivatives", "private"),  # s.2(a)(1)(B): made, not shared
        ("Elastic-2.0", "derivatives", "conditional"),  # Limitations: license keys stay
        ("LicenseRef-Llama-3.1", "naming", "license_copy; notice_file; display; model_name_prefix"),  # s.1.b(i)(A), (B) and (iii)
        ("LicenseRef-EXAONE-1.1-NC", "naming", "license_copy; attribution; model_name_prefix"),  # s.2.1(c), (d) and 4.3
        ("BUSL-1.1", "redistribution", "conditional"),  # Terms, fourth paragraph: all copies are subject to it
        ("CC-BY-SA-3.0", "revocable", "revocable_on_grounds"),  # s.7(a) and (b)
        ("ODbL-1.0", "revocable", "revocable_on_grounds"),  # s.9.1, 9.2 and 9.5
        ("Unlicense", "revocable", "not_stated"),  # in perpetuity, no word on taking back
        ("LicenseRef-DeepSeek-1.0", "acceptable_use_policy", "inline"),  # Attachment A
        ("CDLA-Sharing-1.0", "copyleft_trigger", "distribution"),  # s.3.1(a)
        ("LicenseRef-CreativeML-OpenRAIL-M", "output_use", "counts_as_derivative"),  # s.1, Derivatives of the Model
        ("LicenseRef-TII-Falcon-180B-1.0", "competing_use", "managed_service"),  # s.9.1 to 9.3
    ],
)
def test_cells_read_by_hand_in_the_texts(terms: pd.DataFrame, license_id: str, column: str, value: str) -> None:
    assert terms.at[license_id, column] == value


@pytest.mark.parametrize("version", ["GPL-2.0", "GPL-3.0", "LGPL-2.1", "LGPL-3.0", "AGPL-3.0"])
def test_or_later_says_the_same_as_only(terms: pd.DataFrame, version: str) -> None:
    cells = terms.columns.drop(["evidence", "source_ids"])
    assert terms.loc[f"{version}-or-later", cells].equals(terms.loc[f"{version}-only", cells].rename(f"{version}-or-later"))


def test_busl_is_business_source_and_bsl_is_boost(licenses: pd.DataFrame, aliases: pd.DataFrame) -> None:
    assert licenses.at["BUSL-1.1", "name"] == "Business Source License 1.1"
    assert licenses.at["BSL-1.0", "name"] == "Boost Software License 1.0"
    assert licenses.at["BSL-1.0", "is_osi_approved"]
    assert not licenses.at["BUSL-1.1", "is_osi_approved"]
    assert aliases.at["BSL 1.1", "license_id"] == "BUSL-1.1"
    assert split_list(aliases.at["BSL", "candidates"]) == ["BSL-1.0", "BUSL-1.1"]


@pytest.mark.parametrize("license_id", ["SSPL-1.0", "Elastic-2.0"])
def test_sspl_and_elastic_allow_commercial_use(terms: pd.DataFrame, license_id: str) -> None:
    assert terms.at[license_id, "commercial_use"] == Permission.YES
    assert terms.at[license_id, "commercial_gate"] == "none"


@pytest.mark.parametrize(
    ("license_id", "commercial_use", "competing_use"),
    [
        ("LicenseRef-RSALv2", "yes", "functionality"),
        ("LicenseRef-Confluent-Community-1.0", "yes", "competing_service"),
        ("FSL-1.1-ALv2", "yes", "competing_product"),
        ("LicenseRef-FCL-1.0-MIT", "yes", "competing_product"),
        ("SUL-1.0", "conditional", "none"),
        ("LicenseRef-BUSL-1.1-Redpanda", "yes", "managed_service"),
        ("LicenseRef-CockroachDB-Software-License", "conditional", "none"),
    ],
)
def test_source_available_is_not_the_same_as_non_commercial(
    terms: pd.DataFrame, license_id: str, commercial_use: str, competing_use: str
) -> None:
    assert terms.at[license_id, "commercial_use"] == commercial_use
    assert terms.at[license_id, "competing_use"] == competing_use


def test_gemma_terms_have_no_size_threshold(terms: pd.DataFrame, thresholds: pd.DataFrame) -> None:
    gemma = [license_id for license_id in terms.index if license_id.startswith("LicenseRef-Gemma-ToU")]
    assert gemma == ["LicenseRef-Gemma-ToU", *(f"LicenseRef-Gemma-ToU-{version}" for version in ("2024-02-21", "2024-04-01", "2025-03-24"))]
    assert set(terms.loc[gemma, "commercial_gate"]) == {"none"}
    assert not thresholds["license_id"].isin(gemma).any()


def test_every_llama_community_license_gates_above_700_million_users_on_the_release_date(thresholds: pd.DataFrame) -> None:
    llama = thresholds[thresholds["license_id"].str.startswith("LicenseRef-Llama")]
    assert list(llama["license_id"]) == [f"LicenseRef-Llama-{version}" for version in ("2", "3", "3.1", "3.2", "3.3", "4")]
    columns = ["measure", "comparison", "value", "unit", "tested_when", "scope", "effect"]
    expected = ("users", "above", 700_000_000.0, "mau", "release_date", "licensee_and_affiliates", "separate_license")
    assert set(llama[columns].itertuples(index=False, name=None)) == {expected}


def test_a_threshold_has_value_unit_and_comparison_together_or_none(thresholds: pd.DataFrame) -> None:
    present = thresholds[["value", "unit", "comparison"]].notna()
    assert (present.nunique(axis=1) == 1).all()
    assert set(thresholds.loc[thresholds["value"].isna(), "measure"]) == {"competing_product", "business_type", "commercial_use"}


def test_limits_stated_as_fewer_than_exclude_at_the_value_itself(thresholds: pd.DataFrame) -> None:
    at_least = thresholds[thresholds["comparison"] == "at_least"]
    assert set(at_least["license_id"]) == {"LicenseRef-LFM-1.0", "LicenseRef-Baichuan2-Community", "PolyForm-Small-Business-1.0.0"}


def test_a_scale_gate_in_the_terms_is_a_threshold_that_takes_something_away(thresholds: pd.DataFrame) -> None:
    gates = thresholds[thresholds["value"].notna() & thresholds["business"].isna() & (thresholds["effect"] != "display")]
    table = restriction_table(read_table("license_terms"))
    assert set(table.index[table[Restriction.SCALE_GATE]]) == set(gates["license_id"])


def test_a_service_gate_in_the_terms_is_a_threshold_for_a_kind_of_business(thresholds: pd.DataFrame) -> None:
    table = restriction_table(read_table("license_terms"))
    gated = set(table.index[table[Restriction.SERVICE_GATE]])
    assert set(thresholds.loc[thresholds["business"].notna(), "license_id"]) == gated - {"LicenseRef-Baichuan2-Community"}


def test_what_was_not_read_in_full_is_known_by_name(terms: pd.DataFrame) -> None:
    assert set(terms.index[terms["confidence"] == "secondary"]) == {
        "LicenseRef-AI2-ImpACT-LR-2.0",
        "LicenseRef-Gemma-ToU",
        "LicenseRef-API-Anthropic",
        "LicenseRef-API-OpenAI",
        "LicenseRef-Baichuan2-Community",
        "LicenseRef-Dify-Open-Source",
        "LicenseRef-InternLM-weights-2023",
        "LicenseRef-Jamba-Open-Model",
        "LicenseRef-MiniMax-Community-2026",
        "LicenseRef-Qwen3.8-Max",
    }


@pytest.mark.parametrize(("flag", "n_licenses"), [("is_osi_approved", 38), ("is_fsf_libre", 40)])
def test_nothing_that_an_authority_calls_open_comes_out_restricted(
    licenses: pd.DataFrame, terms: pd.DataFrame, flag: str, n_licenses: int
) -> None:
    approved = licenses.index[licenses[flag].fillna(False) & licenses["has_terms"]]
    assert len(approved) == n_licenses
    restricted = restriction_table(terms.reset_index()).any(axis=1)
    assert not restricted[approved].any()


def test_rows_read_in_full_leave_no_deciding_cell_blank_but_where_the_text_is_silent() -> None:
    terms = read_table("license_terms").set_index("license_id")
    read_in_full = terms[(terms["confidence"] == "verified") & (terms["grant"] == "license")]
    blank = read_in_full[list(DECIDING_COLUMNS)].isna().stack()
    assert set(blank.index[blank]) == {("LicenseRef-ChatGLM2", "commercial_use")}


@pytest.mark.parametrize(
    ("license_id", "years", "opens_to"),
    [
        ("BUSL-1.1", 4, None),
        ("LicenseRef-BUSL-1.1-HashiCorp", 4, "MPL-2.0"),
        ("LicenseRef-BUSL-1.1-Redpanda", 4, "Apache-2.0"),
        ("FSL-1.1-MIT", 2, "MIT"),
        ("FSL-1.1-ALv2", 2, "Apache-2.0"),
    ],
)
def test_delayed_opening(terms: pd.DataFrame, license_id: str, years: int, opens_to: str | None) -> None:
    assert terms.at[license_id, "change_after_years"] == years
    assert split_list(terms.at[license_id, "change_license_ids"]) == ([opens_to] if opens_to else [])


def test_whether_the_years_are_exact_or_a_cap_is_known_for_every_license_that_opens_and_for_no_other(terms: pd.DataFrame) -> None:
    assert (terms["change_after_years"].notna() == terms["is_change_at_latest"].notna()).all()
    grants = ("CockroachDB", "Dragonfly", "Outline")
    capped = {"BUSL-1.1", *(f"LicenseRef-BUSL-1.1-{name}" for name in grants)}
    assert set(terms.index[terms["is_change_at_latest"].fillna(False)]) == capped


def test_every_business_source_text_keeps_its_copies_under_its_terms(terms: pd.DataFrame) -> None:
    texts = [license_id for license_id in terms.index if "BUSL-1.1" in license_id]
    assert set(terms.loc[texts, "redistribution"]) == {"conditional"}


def test_history_of_llama_gemma_and_deepseek(licenses: pd.DataFrame) -> None:
    history = read_table("license_history").set_index("artifact")
    assert tuple(history.loc["Llama 2", ["license_before", "license_after", "direction"]]) == (
        "LicenseRef-Llama-1",
        "LicenseRef-Llama-2",
        "open",
    )
    assert history.at["Gemma 4", "license_after"] == "Apache-2.0"
    assert history.at["DeepSeek-R1", "license_after"] == "MIT"
    assert history["family"].nunique() == 19


def test_the_history_of_a_family_is_a_chain_of_terms_that_were_read_or_are_listed(licenses: pd.DataFrame, terms: pd.DataFrame) -> None:
    history = read_table("license_history")
    named = {license_id for column in ("license_before", "license_after") for license_id in history[column].dropna()}
    assert named <= set(licenses.index)
    assert named <= set(terms.index)
    gemma = history[history["family"] == "Gemma"].sort_values("changed_on")
    assert list(gemma["license_before"])[1:] == list(gemma["license_after"])[:-1]


def test_direction_of_history_agrees_with_the_terms_where_osi_approval_changes(licenses: pd.DataFrame) -> None:
    history = read_table("license_history").dropna(subset=["license_before", "license_after"])
    approved = licenses["is_osi_approved"].fillna(False)
    before, after = (history[column].map(approved).astype(int) for column in ("license_before", "license_after"))
    changed = history[before != after]
    assert (changed["direction"] == (after - before)[changed.index].map({1: "open", -1: "restrict"})).all()


@pytest.mark.parametrize(
    ("alias", "license_id"),
    [
        ("LicenseRef-Llama-4-Community", "LicenseRef-Llama-4"),
        ("LicenseRef-Modified-MIT-Kimi-K2", "LicenseRef-Kimi-K2-Modified-MIT"),
        ("LicenseRef-FLUX.2-dev-Non-Commercial", "LicenseRef-FLUX-dev-NC-2.0"),
        ("LicenseRef-Gemma-Terms", "LicenseRef-Gemma-ToU"),
        ("Gemma Terms of Use", "LicenseRef-Gemma-ToU"),
        ("llama3.1", "LicenseRef-Llama-3.1"),
        ("Apache 2.0", "Apache-2.0"),
        ("CC BY-SA 4.0", "CC-BY-SA-4.0"),
        ("OpenMDW-1.1", "LicenseRef-OpenMDW-1.1"),
        ("NONE", "LicenseRef-No-License"),
    ],
)
def test_alias(aliases: pd.DataFrame, alias: str, license_id: str) -> None:
    assert aliases.at[alias, "license_id"] == license_id


@pytest.mark.parametrize("alias", ["LicenseRef-unverified", "EULA", "Modified MIT", "GPL", "LGPL-2.1/3"])
def test_a_spelling_that_settles_nothing_stays_blank(aliases: pd.DataFrame, alias: str) -> None:
    assert pd.isna(aliases.at[alias, "license_id"])


def test_aliases_are_distinct_without_regard_to_case_and_never_move_an_identifier(licenses: pd.DataFrame, aliases: pd.DataFrame) -> None:
    assert not aliases.index.str.casefold().duplicated().any()
    folded = {license_id.casefold(): license_id for license_id in licenses.index}
    moved = {
        alias
        for alias, target in aliases["license_id"].items()
        if str(alias).casefold() in folded and folded[str(alias).casefold()] != target
    }
    assert moved == set()


def test_versions_are_not_guessed(licenses: pd.DataFrame, terms: pd.DataFrame) -> None:
    neutral = {license_id for license_id, name in licenses["name"].items() if "version not stated" in name}
    assert {"LicenseRef-Gemma-ToU", "LicenseRef-NVIDIA-Open-Model", "LicenseRef-TSL"} <= neutral
    assert {license_id for license_id in neutral if licenses.loc[license_id, "has_terms"]} == {"LicenseRef-Gemma-ToU"}
    dated = terms[terms.index.str.startswith("LicenseRef-Gemma-ToU-")]
    typed = [column for column in terms.columns if column not in ("evidence", "confidence", "seen", "source_ids")]
    for column in typed:  # what the dated versions agree on, and nothing else
        cell = terms.loc["LicenseRef-Gemma-ToU", column]
        assert dated[column].isna().all() if pd.isna(cell) else (dated[column] == cell).all(), column


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("projects", "license_id"),
        ("release_components", "license_id"),
        ("fork_events", "upstream_license_before"),
        ("fork_events", "upstream_license_after"),
        ("fork_events", "fork_license"),
        ("license_changes", "license_before"),
        ("license_changes", "license_after"),
    ],
)
def test_every_license_that_another_table_names_is_listed(licenses: pd.DataFrame, table: str, column: str) -> None:
    named = {license_id for cell in read_table(table)[column].dropna() for license_id in license_ids_in(cell)}
    assert named
    assert named <= set(licenses.index)
