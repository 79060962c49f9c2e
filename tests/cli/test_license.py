"""`openstrat license`: what a reader sees in the terminal, and what a program reads."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner, Result

from openstrat.cli.main import cli


def run(*words: str) -> Result:
    return CliRunner().invoke(cli, ["license", *words], prog_name="openstrat")


def answer(*words: str) -> Any:
    return json.loads(run(*words, "--json").stdout)


@pytest.fixture(scope="module")
def compared() -> str:
    return run("compare", "Apache-2.0", "BUSL-1.1", "LicenseRef-Llama-4", "--for", "weights").stdout


def line_of(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(start))


def test_the_comparison_puts_the_position_first_and_one_question_a_line(compared: str) -> None:
    assert line_of(compared, "Licenses for weights").split() == ["Licenses", "for", "weights", "Apache-2.0", "BUSL-1.1", "Llama-4"]
    assert "fully open  open weights         open weights" in line_of(compared, "Where it sits")
    earn = line_of(compared, "May a company earn money with it?")
    assert earn.endswith("+ Yes       x Ask the licensor   x Up to a limit")


def test_the_comparison_says_the_limit_the_region_and_the_caution(compared: str) -> None:
    said = " ".join(compared.split())
    assert "above 700 million monthly users (counted once, on the release date)" in said
    assert "Which places are left out? Rights in multimodal models (not in the others) are missing in: EU." in said
    assert "BUSL-1.1 was written for code" in said
    assert compared.rstrip().endswith("Not legal advice: the license text decides.")


def test_no_line_of_a_comparison_is_wider_than_the_terminal_even_with_six_licenses() -> None:
    shown = run("compare", "MIT", "SSPL-1.0", "FSL-1.1-MIT", "BUSL-1.1", "AGPL-3.0-only", "MPL-2.0").stdout
    assert max(len(line) for line in shown.splitlines()) <= 102
    assert shown.count("Where it sits") == 2


def test_the_comparison_for_programs_holds_every_answer_with_its_columns() -> None:
    found = answer("compare", "MIT", "Llama-4", "--for", "weights")
    assert [position["level"] for position in found["positions"]] == ["fully_open", "open_weights"]
    assert found["positions"][1]["restrictions"] == ["scale_gate", "output_duty", "use_policy", "territory"]
    earn = next(row for row in found["answers"] if row["license_id"] == "LicenseRef-Llama-4" and row["question_id"] == "earn")
    assert (earn["state"], earn["columns"]) == ("restricts", ["commercial_use", "commercial_gate", "use_scope", "license_thresholds"])


@pytest.mark.parametrize(
    ("asked", "level"),
    [
        (("Apache-2.0", "--asset", "code"), "fully open"),
        (("Apache-2.0 OR BUSL-1.1", "--asset", "code"), "fully open"),
        (("Apache-2.0 AND BUSL-1.1", "--asset", "code"), "source available"),
        (("SSPL-1.0",), "source available"),
        (("llama4", "--asset", "weights"), "open weights"),
        (("LicenseRef-No-License",), "closed"),
        (("LicenseRef-NVIDIA-Open-Model", "--asset", "weights"), "undetermined"),
    ],
)
def test_place_gives_the_position(asked: tuple[str, ...], level: str) -> None:
    result = run("place", *asked)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].endswith(f": {level}")


def test_place_names_the_cell_and_the_clause() -> None:
    said = " ".join(run("place", "Elastic-2.0").stdout.split())
    assert "x no hosting (hosted_service = no, competing_use = managed_service)" in said
    assert "Clauses: Limitations: not as a hosted or managed service" in said


def test_business_source_is_not_boost() -> None:
    shown = run("show", "BSL 1.1").stdout
    assert shown.startswith("BUSL-1.1  Business Source License 1.1")
    assert "Boost" in shown
    assert run("show", "BSL-1.0").stdout.startswith("BSL-1.0  Boost Software License 1.0")
    both = run("show", "BSL")
    assert both.exit_code == 2
    assert "BSL-1.0" in both.stderr
    assert "BUSL-1.1" in both.stderr


def test_show_takes_an_expression_apart() -> None:
    shown = answer("show", "MIT OR GPL-2.0+")
    assert [card["license_id"] for card in shown] == ["MIT", "GPL-2.0-or-later"]
    assert (shown[0]["is_osi_approved"], shown[0]["is_spdx_listed"]) == (True, True)
    assert shown[0]["asset_types"] == ["code", "weights", "data", "docs"]
    assert shown[1]["positions"]["code"] == {"level": "fully_open", "restrictions": [], "unknown": []}


def test_a_card_for_programs_is_always_in_a_list_and_leaves_unknown_facts_null() -> None:
    (card,) = answer("show", "LicenseRef-TSL")
    assert (card["is_osi_approved"], card["is_spdx_deprecated"], card["has_terms"]) == (None, None, False)
    assert "hosted_service" in card["positions"]["code"]["unknown"]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (("Llama-4", "--for", "weights", "--purpose", "hosted_service", "--users", "8e8", "--territory", "elsewhere"), "gated"),
        (("Llama-4", "--for", "weights", "--purpose", "hosted_service", "--users", "7e8", "--territory", "elsewhere"), "allowed"),
        (("Elastic-2.0", "--purpose", "hosted_service", "--territory", "elsewhere"), "barred"),
        (("Elastic-2.0", "--purpose", "product", "--territory", "elsewhere"), "allowed"),
        (("Llama-4", "--for", "weights", "--purpose", "product", "--territory", "elsewhere"), "unknown"),
    ],
)
def test_may_answers_for_one_company(asked: tuple[str, ...], expected: str) -> None:
    assert answer("may", *asked)["verdicts"][0]["answer"] == expected


def test_may_names_the_options_that_would_settle_an_open_answer() -> None:
    asked = ("may", "Llama-4", "--for", "weights")
    assert answer(*asked)["verdicts"][0]["missing"] == ["territory", "users"]
    assert "Not given, though it would decide: --territory (1 answer), --users (1 answer)." in run(*asked).stdout
    assert answer(*asked, "--users", "5")["verdicts"][0]["missing"] == ["territory"]


def test_may_asks_less_of_somebody_who_is_no_business() -> None:
    asked = ("may", "PolyForm-Noncommercial-1.0.0", "--purpose", "internal_use")
    assert answer(*asked)["verdicts"][0]["answer"] == "barred"
    assert answer(*asked, "--non-commercial")["verdicts"][0]["answer"] == "allowed"


def test_may_without_a_license_answers_for_all_of_one_kind() -> None:
    found = answer("may", "--for", "weights", "--purpose", "research")["verdicts"]
    assert {row["license_id"] for row in found} >= {"LicenseRef-Llama-4", "Apache-2.0", "MIT"}


def test_excluded_lists_whom_the_terms_hold_back() -> None:
    effects = {row["column"]: row["effect"] for row in answer("excluded", "Llama-4")["excluded"]}
    assert effects["license_thresholds 1"] == "gated"
    assert effects["geographic_exclusion = EU"] == "gated"
    assert "\nlisted uses   everybody with a use on its list" in run("excluded", "Llama-4").stdout
    assert "Nobody, as far as the terms are known." in run("excluded", "MIT").stdout


def test_obligations_find_two_name_prefixes_that_no_model_can_carry() -> None:
    said = " ".join(run("obligations", "Llama-3.1", "LicenseRef-HyperCLOVA-X-SEED-2025", "--for", "weights").stdout.split())
    assert '"Llama"' in said
    assert '"HyperCLOVA X"; no name starts with both' in said


def test_obligations_say_what_training_on_outputs_of_a_model_asks() -> None:
    said = " ".join(run("obligations", "MIT", "--outputs-of", "Llama-3.1", "--for", "weights").stdout.split())
    assert "Training on outputs of models: ~ partly: LicenseRef-Llama-3.1: May train other models; distributed ones carry" in said
    barred = answer("obligations", "MIT", "--outputs-of", "Llama-2", "--for", "weights")
    assert [item["kind"] for item in barred["conflicts"]] == ["output_use"]
    assert barred["outputs"][0]["output_license_id"] == "LicenseRef-Llama-2"


def test_complexity_counts_the_conditions_of_a_license_and_ranks_all_without_a_name() -> None:
    (found,) = answer("complexity", "Llama-4")["licenses"]
    assert {item["kind"] for item in found["conditions"]} == {"scale_cap", "naming", "field_of_use", "region", "output_use"}
    assert (found["score"], found["is_complicated"], found["remarks"]) == (5, True, ["No SPDX identifier."])
    assert run("complexity", "MIT").stdout.startswith("MIT: 0 of 9 conditions, not complicated\n")
    ranked = answer("complexity")["licenses"]
    assert [row["score"] for row in ranked] == sorted((row["score"] for row in ranked), reverse=True)
    assert "LicenseRef-Llama-4                      5  " in run("complexity").stdout


@pytest.mark.parametrize(
    "asked",
    [
        ("show", "GPL-2.0"),
        ("place", "GPL-2.0"),
        ("may", "GPL-2.0"),
        ("excluded", "GPL-2.0"),
        ("obligations", "GPL-2.0"),
        ("complexity", "GPL-2.0"),
        ("compare", "GPL-2.0", "MIT"),
        ("relicense", "GPL-2.0", "MIT"),
        ("compatible", "MIT", "GPL-2.0"),
        ("steward", "GPL-2.0", "BUSL-1.1"),
    ],
    ids=lambda words: words[0],
)
def test_a_deprecated_identifier_is_answered_as_spdx_reads_it_with_a_note(asked: tuple[str, ...]) -> None:
    result = run(*asked)
    said = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "'GPL-2.0' is read as GPL-2.0-only. Deprecated:" in said
    assert "not read here" not in said
    assert json.dumps(answer(*asked)).count("Deprecated") == 1


@pytest.mark.parametrize("command", ["excluded", "may"])
def test_a_name_that_ends_at_unread_terms_names_the_version_that_was_read(command: str) -> None:
    said = " ".join(run(command, "TSL").stdout.split())
    assert "Its terms were not read; those of LicenseRef-TSL-2020 were." in said


@pytest.mark.parametrize(
    "asked", [("may", "MIT"), ("agreement",), ("timeline",), ("complexity",), ("compare", "MIT", "ISC"), ("excluded", "MIT")]
)
def test_every_record_carries_the_legal_caution(asked: tuple[str, ...]) -> None:
    assert answer(*asked)["caution"] == "Not legal advice: the license text decides."


def test_relicense_says_nothing_stays_where_it_is_not_allowed() -> None:
    assert "What stays" not in run("relicense", "Llama-3.1", "Apache-2.0").stdout
    assert "What stays" in run("relicense", "Apache-2.0", "MIT").stdout


@pytest.mark.parametrize(("base", "new", "verdict"), [("Llama-3.1", "Apache-2.0", "no"), ("MIT", "Apache-2.0", "yes")])
def test_relicense_says_whether_a_fine_tune_may_carry_another_license(base: str, new: str, verdict: str) -> None:
    assert answer("relicense", base, new)["verdict"] == verdict
    assert run("relicense", base, new).stdout.splitlines()[0].endswith(f": {verdict}")


@pytest.mark.parametrize(
    ("inbound", "outbound", "verdict"),
    [
        ("Apache-2.0", "GPL-3.0-only", "yes"),
        ("Apache-2.0", "GPL-2.0-only", "no"),
        ("GPL-3.0-only", "MIT", "no"),
        ("MIT", "Apache-2.0", "yes"),
    ],
)
def test_compatible_answers_in_the_direction_asked(inbound: str, outbound: str, verdict: str) -> None:
    assert run("compatible", inbound, outbound).stdout.splitlines()[0] == f"{inbound} into {outbound}: {verdict}"


def test_steward_knows_that_a_sign_off_gives_no_right_over_copyleft_work_of_others() -> None:
    answers = answer("steward", "GPL-3.0-only", "BUSL-1.1", "--share-outside", "0.4")["answers"]
    found = {row["contribution_terms"]: row["verdict"] for row in answers}
    signed_off = next(verdict for name, verdict in found.items() if "DCO" in name or "Developer Certificate" in name)
    assert signed_off == "no"
    assert "yes" in found.values()
    alone = answer("steward", "GPL-3.0-only", "BUSL-1.1", "--share-outside", "0")["answers"]
    assert {row["verdict"] for row in alone} == {"yes"}


def test_timeline_says_when_a_version_opens_and_to_what() -> None:
    found = {row["version"]: row for row in answer("timeline", "--project", "terraform", "--as-of", "2027-10-04")["openings"]}
    assert (found["1.6.0"]["opens_on"], found["1.6.0"]["opens_to"], found["1.6.0"]["state"]) == ("2027-10-04", ["MPL-2.0"], "open")
    assert found["1.7.0"]["state"] != "open"
    assert "1.5.7" not in found  # the last version under MPL-2.0 has nothing to open


def test_agreement_prints_the_table_and_every_disagreement() -> None:
    found = answer("agreement")
    assert [row["authority"] for row in found["table"]] == ["osi", "fsf", "scancode", "blue_oak", "mof"]
    assert {row["n_authority_open_only"] for row in found["table"]} == {0}
    assert all(row["why"] for row in found["disagreements"])
    text = run("agreement").stdout
    assert [line.split("  ")[0] for line in text.splitlines()[1:6]] == ["OSI", "FSF", "ScanCode", "Blue Oak", "MOF"]
    assert f"Disagreements: {len(found['disagreements'])}" in text
    assert "LicenseRef-Kimi-K2-Modified-MIT" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("compare", "MIT"), "name two to 6"),
        (("compare", "MIT", "Llama", "--for", "weights"), "LicenseRef-Llama-4"),
        (("place", "MIT AND"), "MIT AND"),
        (("place", "Apache-9"), "Apache-9"),
        (("may", "MIT", "--purpose", "selling"), "hosted_service"),
        (("may", "MIT", "--users", "-1"), "-1 is no figure"),
        (("compare", "MIT", "mit"), "The same license was named 2 times"),
        (("excluded", ""), "is empty"),
        (("excluded", "MIT OR GPL-2.0-only"), "one by one (MIT, GPL-2.0-only), or: openstrat license place"),
        (("obligations", "Apache-2.0,MIT"), "is an expression"),
        (("relicense", "MIT/Apache-2.0", "MIT"), "'MIT OR Apache-2.0'"),
        (("obligations", "NVIDIA Open Model License"), "Read was LicenseRef-NVIDIA-Open-Model-2025-04"),
        (("obligations", "Glulxe"), "Glulxe"),
        (("show", "no such license"), "no such license"),
        (("timeline", "--as-of", "soon"), "YYYY-MM-DD"),
        (("timeline", "--project", "Nothing"), "Terraform"),
        (("steward", "MIT", "BUSL-1.1", "--share-outside", "2"), "2"),
    ],
)
def test_a_wrong_word_is_answered_with_the_value_and_what_is_allowed(words: tuple[str, ...], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""
