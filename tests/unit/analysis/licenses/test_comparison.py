"""Licenses side by side: what a reader is told about the licenses that people mix up or misremember."""

import pytest

import openstrat
from openstrat.analysis.licenses.comparison import HELD_BACK, answers_of, bottom_line, compare_licenses
from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import AssetType, OpennessLevel, Restriction


@pytest.fixture(scope="module")
def tables():
    return {
        "terms": openstrat.load_license_terms(),
        "thresholds": openstrat.load_license_thresholds(),
        "licenses": openstrat.load_licenses(),
    }


def reply(license_id, question, tables, asset=AssetType.WEIGHTS):
    answers = answers_of(license_id, asset, terms=tables["terms"], thresholds=tables["thresholds"])
    return answers.set_index("question_id").loc[question]


@pytest.mark.parametrize(
    ("license_id", "question", "state", "word"),
    [
        ("Apache-2.0", "earn", "free", "Yes"),
        ("Apache-2.0", "patents", "asks", "Yes"),
        ("Apache-2.0", "kept", "asks", "Notices"),
        ("LicenseRef-Llama-4", "earn", "restricts", "Up to a limit"),
        ("LicenseRef-Llama-4", "places", "restricts", "EU, multimodal only"),
        ("LicenseRef-Llama-3.3", "places", "restricts", "EU, multimodal only"),
        ("LicenseRef-Tencent-Hunyuan-Community-2024", "places", "restricts", "EU, UK, KR"),
        ("LicenseRef-Llama-4", "outputs", "restricts", "Yes, with strings"),
        ("LicenseRef-Llama-2", "outputs", "restricts", "No"),
        ("LicenseRef-Gemma-ToU-2025-03-24", "earn", "free", "Yes"),
        ("LicenseRef-Gemma-ToU-2025-03-24", "same_terms", "restricts", "Limits travel"),
        ("SSPL-1.0", "earn", "free", "Yes"),
        ("SSPL-1.0", "host", "restricts", "Open the service"),
        ("Elastic-2.0", "earn", "free", "Yes"),
        ("Elastic-2.0", "host", "restricts", "No"),
        ("BUSL-1.1", "earn", "restricts", "Ask the licensor"),
        ("BUSL-1.1", "opens_later", "asks", "At latest 4 years"),
        ("BUSL-1.1", "same_terms", "asks", "Copies do"),
        ("LicenseRef-BUSL-1.1-HashiCorp", "opens_later", "asks", "After 4 years"),
        ("CC-BY-ND-4.0", "change", "restricts", "Unchanged only"),
        ("Elastic-2.0", "change", "restricts", "Some changes"),
        ("LicenseRef-RSALv2", "compete", "restricts", "No"),
        ("CC-BY-3.0", "taken_back", "asks", "On listed grounds"),
        ("FSL-1.1-MIT", "opens_later", "asks", "After 2 years"),
        ("FSL-1.1-MIT", "compete", "restricts", "No"),
        ("AGPL-3.0-only", "host", "asks", "Yes, with source"),
        ("GPL-3.0-only", "same_terms", "asks", "When passed on"),
        ("CC-BY-NC-4.0", "earn", "restricts", "No"),
        ("LicenseRef-Kimi-K2-Modified-MIT", "shown", "asks", "Above a size"),
        ("LicenseRef-Kimi-K2-Modified-MIT", "earn", "free", "Yes"),
        ("MIT", "patents", "silent", "Not said"),
    ],
)
def test_what_people_get_wrong_is_answered_right(license_id, question, state, word, tables):
    found = reply(license_id, question, tables)
    assert (found["state"], found["word"]) == (state, word)


def test_the_limit_is_said_with_its_number_and_its_day(tables):
    said = reply("LicenseRef-Llama-4", "earn", tables)["sentence"]
    assert "above 700 million monthly users (counted once, on the release date)" in said
    assert "a separate license is needed" in said


def test_permission_is_said_first_then_the_size_and_then_the_note(tables):
    first = "Commercial use needs permission first, at any size: registration, an application, a subscription or a key."
    stability = reply("LicenseRef-Stability-Community-2024", "earn", tables)["sentence"]
    assert stability.startswith(f"{first} Above USD 1 million a year: the license ends. In short: revenue over USD 1,000,000")
    assert reply("LicenseRef-GLM-4", "earn", tables)["sentence"] == f"{first} In short: registration for commercial use."


def test_terms_that_travel_with_copies_leave_separate_work_alone(tables):
    busl = reply("BUSL-1.1", "same_terms", tables, AssetType.CODE)["sentence"]
    assert busl == "Copies and changed versions carry these terms; separate work beside them need not."
    assert reply("CC-BY-NC-ND-4.0", "same_terms", tables)["sentence"].startswith("Copies carry these terms;")


def test_a_cap_on_the_opening_is_told_from_a_fixed_day(tables):
    assert (
        "on the day that the licensor sets, at the latest 4 years after its release" in reply("BUSL-1.1", "opens_later", tables)["sentence"]
    )
    assert reply("FSL-1.1-MIT", "opens_later", tables)["sentence"] == "Each version opens 2 years after its release, under MIT."


def test_a_blank_cell_is_never_read_as_no(tables):
    terms = tables["terms"].copy()
    row = terms["license_id"] == "MIT"
    terms.loc[row, ["commercial_use", "hosted_service", "output_use", "acceptable_use_policy", "naming", "revocable"]] = None
    answers = answers_of("MIT", AssetType.WEIGHTS, terms=terms, thresholds=tables["thresholds"]).set_index("question_id")
    assert set(answers.loc[["earn", "host", "outputs", "uses", "shown", "kept", "taken_back"], "state"]) == {"unknown"}


def test_a_license_whose_terms_were_not_read_answers_nothing(tables):
    compared = compare_licenses(["MIT", "Glulxe"], AssetType.CODE, **tables)
    assert set(compared.answers.loc[compared.answers["license_id"] == "Glulxe", "state"]) == {"unknown"}
    assert any("Glulxe" in caution and "not read" in caution for caution in compared.cautions)


def test_code_is_not_asked_about_outputs(tables):
    compared = compare_licenses(["MIT", "Apache-2.0"], AssetType.CODE, **tables)
    assert "outputs" not in set(compared.answers["question_id"])


def test_the_order_asked_is_kept_and_a_repeated_license_counts_once(tables):
    compared = compare_licenses(["MIT", "BUSL-1.1", "MIT"], AssetType.WEIGHTS, **tables)
    assert compared.license_ids == ("MIT", "BUSL-1.1")
    assert [placed.level for placed in compared.placements] == [OpennessLevel.FULLY_OPEN, OpennessLevel.OPEN_WEIGHTS]


def test_a_license_written_for_code_is_flagged_when_asked_for_weights(tables):
    compared = compare_licenses(["MIT", "BUSL-1.1"], AssetType.WEIGHTS, **tables)
    assert any(caution.startswith("BUSL-1.1 was written for code") for caution in compared.cautions)


def test_the_bottom_line_names_every_restriction(tables):
    placed = compare_licenses(["MIT", "LicenseRef-Llama-4"], AssetType.WEIGHTS, **tables).placements
    assert bottom_line(placed[0]) == "Fully open: nobody who uses the weights is held back."
    line = bottom_line(placed[1])
    assert line.startswith("Open weights. Held back: companies above a size limit;")
    assert "some regions" in line
    assert line.count(";") == len(placed[1].restrictions) - 1


@pytest.mark.parametrize("asked", [["MIT"], ["MIT", "MIT"], ["MIT", "ISC", "Apache-2.0", "BSD-3-Clause", "MPL-2.0", "EUPL-1.2", "CC0-1.0"]])
def test_one_license_or_seven_are_refused(asked, tables):
    with pytest.raises(InputError, match="name two to 6"):
        compare_licenses(asked, AssetType.WEIGHTS, **tables)


def test_an_unknown_license_is_named(tables):
    with pytest.raises(UnknownNameError, match="Apache-3"):
        compare_licenses(["MIT", "Apache-3"], AssetType.WEIGHTS, **tables)


def test_every_restriction_says_whom_it_holds_back():
    assert set(HELD_BACK) == set(Restriction)
