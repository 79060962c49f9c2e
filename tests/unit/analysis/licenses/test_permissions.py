"""Who may do what: a made-up license with one cell changed, then shipped licenses whose answer is known from their texts."""

from __future__ import annotations

import itertools
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rows import OPEN_ROW

import openstrat
from openstrat.analysis.licenses.askers import Asker, Purpose, Territory
from openstrat.analysis.licenses.exclusions import NAMES_NOBODY, who_is_excluded
from openstrat.analysis.licenses.permissions import Answer, Ruling, may, who_may
from openstrat.analysis.licenses.placement import restrictions_of
from openstrat.analysis.licenses.thresholds import records
from openstrat.errors import InputError, UnknownNameError
from openstrat.tables.license_vocabulary import Region
from openstrat.terms import Restriction, values

NO_TESTS = pd.DataFrame(columns=["license_id", "test_no"])
PURPOSES = ["product", "hosted_service", "compete", "fine_tune", "redistribute", "train_on_outputs", "internal_use", "research"]
SMALL = {"users": 10, "daily_users": 10, "revenue_usd": 10, "people": 10, "territory": "elsewhere"}


def made_up(purpose: str, *, is_business: bool = True, territory: str | None = "elsewhere", **cells: object) -> Ruling:
    """The answer of one license that differs from an open one in the given cells."""
    asker = Asker(purpose, **SMALL | {"territory": territory}, is_business=is_business)
    return may("LicenseRef-Test", asker, pd.DataFrame([OPEN_ROW | cells]), NO_TESTS)


def real(license_id: str, purpose: str = "product", **known: object) -> Ruling:
    """The answer of one shipped license to a small company elsewhere, or as given."""
    asker = Asker(purpose, **SMALL | known)
    return may(license_id, asker, openstrat.load_license_terms(), openstrat.load_license_thresholds(), openstrat.load_licenses())


def answers(license_id: str) -> dict[str, str]:
    """All eight answers of one shipped license."""
    return {purpose: real(license_id, purpose).answer.value for purpose in PURPOSES}


@pytest.mark.parametrize("purpose", PURPOSES)
def test_terms_without_a_limit_allow_every_purpose(purpose: str) -> None:
    found = made_up(purpose)
    assert (found.answer, found.deciding) == ("allowed", ())


LETTERS = {"a": "allowed", "g": "gated", "b": "barred", "?": "unknown"}


@pytest.mark.parametrize(
    ("column", "value", "expected"),  # a letter a purpose: product, host, compete, fine-tune, publish, distill, internal, research
    [
        ("grant", "none", "bbbbbbbb"),
        ("commercial_use", "no", "bbbbbbba"),
        ("commercial_use", "conditional", "???????a"),
        ("commercial_use", None, "???????a"),
        ("commercial_gate", "permission", "ggggggga"),
        ("commercial_gate", "scale", "???????a"),
        ("use_scope", "research", "bbbbbbba"),
        ("use_scope", "evaluation", "bbbbbbbb"),
        ("use_scope", "internal", "bbbaggaa"),
        ("use_scope", "non_production", "bbbgagga"),
        ("use_scope", None, "????????"),
        ("redistribution", "no", "aaaabaaa"),
        ("redistribution", "conditional", "aaaaaaaa"),
        ("redistribution", None, "aaaa?aaa"),
        ("derivatives", "no", "aaabgaaa"),
        ("derivatives", "private", "aaaagaaa"),
        ("derivatives", "conditional", "aaaggaaa"),
        ("derivatives", None, "aaa??aaa"),
        ("hosted_service", "no", "abaaaaaa"),
        ("hosted_service", "conditional", "a?aaaaaa"),
        ("hosted_service", None, "a?aaaaaa"),
        ("competing_use", "competing_product", "agbaaaaa"),
        ("competing_use", "competing_service", "aggaaaaa"),
        ("competing_use", "competing_models", "aagaaaaa"),
        ("competing_use", "managed_service", "abgaaaaa"),
        ("competing_use", "service_business", "ggggggga"),
        ("competing_use", "sale", "gbgaaaaa"),
        ("competing_use", "functionality", "gbgagaaa"),
        ("competing_use", "set_by_licensor", "????a??a"),
        ("competing_use", None, "???aaaaa"),
        ("output_use", "no_other_llms", "aaaaabaa"),
        ("output_use", "no_other_ai_models", "aaaaabaa"),
        ("output_use", "no_foundation_models", "aaaaagaa"),
        ("output_use", "no_competing_models", "aaaaagaa"),
        ("output_use", "non_commercial", "aaaaabaa"),
        ("output_use", "research_only", "aaaaabaa"),
        ("output_use", "licensor_owned", "aaaaabaa"),
        ("output_use", "naming_duty", "aaaaagaa"),
        ("output_use", "display_duty", "aaaaagaa"),
        ("output_use", "counts_as_derivative", "aaaaagaa"),
        ("output_use", None, "aaaaa?aa"),
        ("copyleft_trigger", "distribution", "aaaaaaaa"),
        ("copyleft_trigger", "network", "aaaaaaaa"),
        ("copyleft_trigger", "service", "aggaaaaa"),
        ("copyleft_trigger", None, "a?aaaaaa"),
        ("geographic_exclusion", None, "????????"),
        ("acceptable_use_policy", "inline", "aaaaaaaa"),
        ("acceptable_use_policy", None, "aaaaaaaa"),
        ("revocable", "revocable", "aaaaaaaa"),
    ],
)
def test_one_cell_decides_for_the_purposes_it_is_about_and_is_named(column: str, value: str | None, expected: str) -> None:
    found = [made_up(purpose, **{column: value}) for purpose in PURPOSES]
    assert [verdict.answer.value for verdict in found] == [LETTERS[letter] for letter in expected]
    named = {clause.decided_by for verdict in found for clause in verdict.deciding}
    assert named <= {f"{column} = {value or 'blank'}"}


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [("product", "barred"), ("fine_tune", "allowed"), ("redistribute", "allowed"), ("internal_use", "allowed"), ("research", "allowed")],
)
def test_without_a_business_only_offers_to_customers_are_commercial(purpose: str, expected: str) -> None:
    assert made_up(purpose, is_business=False, commercial_use="no").answer == expected


def test_a_bar_wins_over_a_gate_and_a_gate_over_a_blank_cell() -> None:
    assert made_up("hosted_service", hosted_service="no", commercial_gate="permission", use_scope=None).answer == "barred"
    assert made_up("hosted_service", commercial_gate="permission", use_scope=None).answer == "gated"


def test_production_that_needs_a_subscription_is_gated() -> None:
    assert made_up("product", use_scope="non_production", commercial_gate="permission").answer == "gated"


@pytest.mark.parametrize(("scope", "expected"), [("all", "barred"), ("multimodal_models", "gated"), (None, "unknown")])
def test_how_far_a_region_is_excluded_decides(scope: str | None, expected: str) -> None:
    assert made_up("research", territory="EU", geographic_exclusion="EU", geographic_exclusion_scope=scope).answer == expected


@pytest.mark.parametrize(("territory", "expected"), [("EU", "barred"), ("UK", "allowed"), ("elsewhere", "allowed"), (None, "unknown")])
def test_an_excluded_region_bars_whoever_is_established_there(territory: str | None, expected: str) -> None:
    assert made_up("research", territory=territory, geographic_exclusion="EU; KR", geographic_exclusion_scope="all").answer == expected


def test_a_list_of_forbidden_uses_a_changeable_policy_and_a_revocable_grant_are_said_and_bar_nothing() -> None:
    found = made_up("product", acceptable_use_policy="by_reference", is_policy_changeable=True, revocable="revocable")
    assert found.answer == "allowed"
    assert found.remarks == (
        "A policy of forbidden uses, published elsewhere, binds. The licensor may change it.",
        "The licensor can take the grant back.",
    )


@pytest.mark.parametrize(
    ("column", "value", "purpose", "duty"),
    [
        ("naming", "display", "product", "A prescribed phrase is shown"),
        ("naming", "model_name_prefix", "redistribute", "Names of derived models"),
        ("naming", "public_statement", "research", "Public statements"),
        ("copyleft_trigger", "network", "hosted_service", "offered its source"),
        ("copyleft_trigger", "distribution", "redistribute", "stay under the same terms"),
        ("has_use_restrictions_flow_down", True, "hosted_service", "bound to the same limits"),
    ],
)
def test_duties_come_along_with_the_purposes_that_trigger_them(column: str, value: object, purpose: str, duty: str) -> None:
    assert duty in " ".join(made_up(purpose, **{column: value}).duties)
    assert duty not in " ".join(made_up("internal_use", **{column: value}).duties)


def test_kimi_and_qwen_ask_large_products_for_a_name_and_forbid_nothing() -> None:
    for license_id, before in (("LicenseRef-Kimi-K2-Modified-MIT", "allowed"), ("LicenseRef-Kimi-K3", "allowed")):
        large = real(license_id, users=2e9, revenue_usd=9e9)
        assert (real(license_id).answer, large.answer) == (before, "allowed")
        assert any("the name must be shown" in duty for duty in large.duties)
    qwen = real("LicenseRef-Qwen-Community-1.0", users=2e9, revenue_usd=9e9)
    assert [clause.decided_by for clause in qwen.deciding] == ["license_thresholds 3"]  # the kind of business, not the size


def test_llama_gates_above_700_million_users_counted_once() -> None:
    found = real("LicenseRef-Llama-3.1", users=700_000_001)
    assert found.answer == "gated"
    assert found.clause == "Above 700 million monthly users (counted once, on the release date): a separate license is needed."
    assert real("LicenseRef-Llama-3.1", users=700_000_000).answer == "allowed"


@pytest.mark.parametrize("license_id", ["LicenseRef-Llama-3.2", "LicenseRef-Llama-4"])
def test_the_llama_exclusion_gates_companies_in_the_eu_because_it_is_about_multimodal_models(license_id: str) -> None:
    found = real(license_id, territory="EU")
    assert found.answer == "gated"
    assert "multimodal" in found.clause
    assert "end users of products are unaffected" in found.clause
    assert [real(license_id, territory=place).answer for place in ("UK", "KR", "elsewhere")] == ["allowed"] * 3


@pytest.mark.parametrize("territory", ["EU", "UK", "KR"])
def test_hunyuan_licenses_nobody_in_three_regions_whatever_the_purpose(territory: str) -> None:
    found = {real("LicenseRef-Tencent-Hunyuan-Community-2024", purpose, territory=territory).answer for purpose in PURPOSES}
    assert found == {Answer.BARRED}


@pytest.mark.parametrize("license_id", ["LicenseRef-Gemma-ToU-2024-04-01", "LicenseRef-Gemma-ToU-2025-03-24"])
def test_gemma_1_to_3_had_no_size_threshold(license_id: str) -> None:
    giant = {"users": 8e9, "daily_users": 8e9, "revenue_usd": 1e12, "people": 1e6}
    found = {purpose: real(license_id, purpose, **giant).answer for purpose in PURPOSES}
    assert found == dict.fromkeys(PURPOSES, "allowed") | {"train_on_outputs": "gated"}  # s.1.1(e): such a model carries the terms
    assert list(who_is_excluded(license_id, *tables())["column"]) == [
        "output_use = counts_as_derivative",
        "acceptable_use_policy = by_reference",
    ]


def test_small_business_asks_for_both_limits_to_be_kept() -> None:
    found = [
        real("PolyForm-Small-Business-1.0.0", revenue_usd=usd, people=n).answer for usd, n in ((999_999, 99), (1e6, 99), (999_999, 100))
    ]
    assert found == ["allowed", "barred", "barred"]
    assert real("PolyForm-Small-Business-1.0.0", people=None).answer == "unknown"


@pytest.mark.parametrize(
    ("license_id", "expected"),
    [  # the texts: SSPL s.13; Elastic-2.0 and RSALv2 Limitations; CC-BY-ND-4.0 s.3(a)(1); BUSL-1.1 and two grants beside it
        ("SSPL-1.0", {"product": "allowed", "hosted_service": "gated", "internal_use": "allowed"}),
        ("Elastic-2.0", {"product": "allowed", "hosted_service": "barred", "internal_use": "allowed", "fine_tune": "gated"}),
        ("LicenseRef-RSALv2", {"product": "gated", "hosted_service": "barred", "redistribute": "gated", "internal_use": "allowed"}),
        ("LicenseRef-RSALv1", {"product": "gated", "hosted_service": "barred", "redistribute": "gated", "internal_use": "allowed"}),
        ("CC-BY-ND-4.0", {"product": "allowed", "fine_tune": "allowed", "redistribute": "gated", "internal_use": "allowed"}),
        ("BUSL-1.1", {"product": "unknown", "hosted_service": "unknown", "redistribute": "allowed", "research": "allowed"}),
        ("LicenseRef-BUSL-1.1-CockroachDB", {"product": "allowed", "hosted_service": "barred", "internal_use": "allowed"}),
        ("LicenseRef-BUSL-1.1-HashiCorp", {"product": "allowed", "compete": "barred", "hosted_service": "gated"}),
        ("AGPL-3.0-only", {"product": "allowed", "hosted_service": "allowed", "compete": "allowed"}),
        ("FSL-1.1-ALv2", {"product": "allowed", "compete": "barred"}),
        ("CC-BY-NC-4.0", {"product": "barred", "internal_use": "barred", "research": "allowed"}),
        ("LicenseRef-Llama-2", {"product": "allowed", "train_on_outputs": "barred"}),
        ("LicenseRef-Llama-3.1", {"product": "allowed", "train_on_outputs": "gated"}),
    ],
)
def test_answers_known_from_the_texts(license_id: str, expected: dict[str, str]) -> None:
    assert answers(license_id).items() >= expected.items()


@pytest.mark.parametrize("purpose", PURPOSES)
def test_nothing_that_osi_approves_gates_or_bars_anybody(purpose: str) -> None:
    licenses = openstrat.load_licenses()
    asker = Asker(purpose, users=8e9, daily_users=8e9, revenue_usd=1e12, people=1e6, territory="EU")
    found = who_may(openstrat.load_license_terms(), licenses, openstrat.load_license_thresholds(), asset="code", asker=asker)
    approved = found[found["license_id"].isin(licenses.loc[licenses["is_osi_approved"].fillna(False), "license_id"])]
    assert len(approved) >= 10
    assert approved.loc[approved["answer"] != "allowed", "license_id"].tolist() == []


LADDERED = sorted(set(openstrat.load_license_thresholds()["license_id"]))
SEVERITY = ["allowed", "unknown", "gated", "barred"]


@given(st.sampled_from(LADDERED), st.sampled_from(PURPOSES), st.floats(0, 1e11), st.floats(0, 1e11))
def test_growth_never_makes_an_answer_milder(license_id: str, purpose: str, one: float, other: float) -> None:
    small, large = (
        real(license_id, purpose, users=size, daily_users=size, revenue_usd=size, people=size).answer for size in sorted((one, other))
    )
    assert SEVERITY.index(small) <= SEVERITY.index(large)


def tables() -> tuple[pd.DataFrame, pd.DataFrame]:
    return openstrat.load_license_terms(), openstrat.load_license_thresholds()


@pytest.mark.parametrize(
    ("license_id", "expected"),
    [
        ("Apache-2.0", {}),
        (
            "LicenseRef-Llama-4",
            {
                "companies established in the European Union, as far as multimodal models are concerned": "gated",
                "companies that, with their affiliates, had more than 700 million monthly users on the release date": "gated",
                "makers of models trained on its outputs that do not carry its name": "gated",
                "everybody with a use on its list": "listed_uses",
            },
        ),
        ("SSPL-1.0", {"hosts who do not publish everything that runs the service": "gated"}),
        (
            "LicenseRef-Qwen-Community-1.0",
            {
                "model-as-a-service businesses and makers of AI coding or office assistants, at any size": "gated",
            },
        ),
        (
            "LicenseRef-Tencent-Hunyuan-Community-2024",
            {
                "companies established in the European Union or the United Kingdom or South Korea": "barred",
                "trainers of any other AI model on its outputs": "barred",
                "companies that had more than 100 million monthly users on the release date": "gated",
                "everybody with a use on its list": "listed_uses",
            },
        ),
        (
            "LicenseRef-PolyForm-Strict-1.0.0",
            {
                "everybody with a commercial purpose": "barred",
                "everybody who wants to pass copies on": "barred",
                "everybody who wants to change it": "barred",
                "hosts: everybody who offers the work itself as a service": "barred",
                "everybody who wants to publish a changed version": "gated",
            },
        ),
    ],
)
def test_who_is_excluded_lists_everybody_whom_the_terms_shut_out(license_id: str, expected: dict[str, str]) -> None:
    found = who_is_excluded(license_id, *tables())
    assert dict(zip(found["who"], found["effect"], strict=True)) == expected
    assert (found["source_ids"].str.len() > 0).all()


def test_a_blank_cell_may_shut_somebody_out_and_is_listed_as_unknown() -> None:
    found = who_is_excluded("LicenseRef-Test", pd.DataFrame([OPEN_ROW | {"use_scope": None, "hosted_service": None}]), NO_TESTS)
    assert found[["who", "effect", "column"]].to_numpy().tolist() == [
        ["perhaps hosts", "unknown", "hosted_service = blank"],
        ["perhaps some kinds of use", "unknown", "use_scope = blank"],
    ]


def test_business_source_sends_to_the_licensor_wherever_it_is_asked() -> None:
    asked = [real("BUSL-1.1", purpose) for purpose in ("product", "hosted_service", "compete", "internal_use")]
    assert {ruling.answer for ruling in asked} == {Answer.UNKNOWN}
    listed = who_is_excluded("BUSL-1.1", *tables())
    assert all(clause.startswith("Ask the licensor: ") for clause in [*(ruling.clause for ruling in asked), *listed["clause"]])


def test_an_answer_without_a_limit_points_to_its_notes_when_there_are_any() -> None:
    assert made_up("product").clause == "Nothing recorded stands in the way."
    assert made_up("product", acceptable_use_policy="inline").clause == "Nothing recorded stands in the way. See the notes."


EVERY_LICENSE = list(openstrat.load_license_terms()["license_id"])
SAID_BY_TESTS = {Restriction.SCALE_GATE, Restriction.SERVICE_GATE, Restriction.COMPETITION}
"""Restrictions whose exact words stand in the table of thresholds, which then speaks for the cell."""


@pytest.mark.parametrize("license_id", EVERY_LICENSE)
def test_every_restriction_of_a_license_names_somebody_who_is_excluded(license_id: str) -> None:
    terms, thresholds = tables()
    reading = restrictions_of(records(terms[terms["license_id"] == license_id])[0])
    listed = [column.split(" ")[0] for column in who_is_excluded(license_id, terms, thresholds)["column"]]
    for ground in reading.restrictions:
        columns = {column for column, _ in ground.cells}
        columns |= {"license_thresholds"} if ground.restriction in SAID_BY_TESTS else set()
        columns |= {"competing_use"} if ("use_scope", "non_production") in ground.cells else set()  # BUSL: the licensor's grant decides
        assert columns & set(listed) or ground.restriction in NAMES_NOBODY, ground.restriction
    if reading.grant == "license" and not reading.restrictions and not reading.unknown:
        assert listed == []


def test_whoever_a_license_bars_or_gates_is_in_its_list_of_the_excluded() -> None:
    terms, thresholds = tables()
    listed = {license_id: set(who_is_excluded(license_id, terms, thresholds)["column"]) for license_id in terms["license_id"]}
    giant = {"users": 8e9, "daily_users": 8e9, "revenue_usd": 1e12, "people": 1e6, "territory": "EU"}
    for asset, purpose in itertools.product(("weights", "code", "data", "api"), PURPOSES):
        found = who_may(terms, openstrat.load_licenses(), thresholds, asset=asset, asker=Asker(purpose, **giant))
        stopped = found[found["answer"] != "allowed"]
        missing = [
            license_id
            for license_id, decided_by in zip(stopped["license_id"], stopped["decided_by"], strict=True)
            if not set(decided_by.split("; ")) <= listed[license_id]
        ]
        assert missing == [], purpose


def test_every_row_has_a_source_and_evidence_and_only_licenses_for_the_asset_are_asked() -> None:
    terms, thresholds = tables()
    found = who_may(terms, openstrat.load_licenses(), thresholds, asset="data", asker=Asker("product", **SMALL))
    assert (found["source_ids"].str.len() > 0).all()
    assert (found["evidence"].str.len() > 0).all()
    assert "ODbL-1.0" in set(found["license_id"])
    assert "Elastic-2.0" not in set(found["license_id"])
    assert found.set_index("license_id").at["CC-BY-NC-4.0", "decided_by"] == "commercial_use = no"


def test_a_listed_license_whose_terms_were_not_read_is_unknown_and_a_wrong_name_is_an_error() -> None:
    licenses = openstrat.load_licenses()
    unread = licenses.loc[~licenses["has_terms"], "license_id"].iloc[0]
    assert real(unread).answer == "unknown"
    assert "not read" in real(unread).clause
    with pytest.raises(UnknownNameError, match=r"LicenseRef-Llama-44.*Did you mean 'LicenseRef-Llama-4'"):
        real("LicenseRef-Llama-44")
    with pytest.raises(UnknownNameError, match="terms were read"):
        who_is_excluded(unread, *tables())


def test_unknown_words_are_answered_with_the_allowed_ones() -> None:
    for name, given_words in (("purpose", {"purpose": "hosting"}), ("territory", {"purpose": "product", "territory": "Europe"})):
        with pytest.raises(UnknownNameError, match=f"Unknown {name}.*Allowed"):
            Asker(**given_words)
    with pytest.raises(UnknownNameError, match=r"Unknown asset.*Allowed"):
        who_may(NO_TESTS, NO_TESTS, NO_TESTS, asset="weight", asker=Asker("product"))


@pytest.mark.parametrize("name", ["users", "daily_users", "revenue_usd", "people"])
@pytest.mark.parametrize("figure", [-1, math.nan, math.inf])
def test_figures_must_be_finite_and_not_negative(name: str, figure: float) -> None:
    with pytest.raises(InputError, match=f"{name} is"):
        Asker("product", **{name: figure})


def test_more_daily_than_monthly_users_are_refused() -> None:
    with pytest.raises(InputError, match="daily_users is 11 and users is 10"):
        Asker("product", users=10, daily_users=11)


def test_every_region_that_a_license_can_shut_out_can_be_a_territory() -> None:
    assert set(values(Territory)) - {"elsewhere"} == set(values(Region)) - {"none"}
    assert values(Purpose) == PURPOSES
