"""What people write instead of a license identifier, and what it means. Expected readings were worked out by hand."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from openstrat.analysis.licenses.names import NameMatch, NameReading, current_form, read_name, reading_note, successors
from openstrat.tables.cells import split_list
from openstrat.tables.store import read_table

LICENSES, ALIASES = read_table("licenses"), read_table("license_aliases")
ARXIV = "LicenseRef-arXiv-nonexclusive-distrib-1.0"


def read(name: str) -> NameReading:
    return read_name(name, LICENSES, ALIASES)


SETTLED = {
    "MIT": "MIT",
    "mit": "MIT",
    " MIT\n": "MIT",
    "MIT license": "MIT",
    "The MIT License": "MIT",
    "MIT License (MIT)": "MIT",
    "Expat": "MIT",
    "Apache-2.0": "Apache-2.0",
    "apache-2.0": "Apache-2.0",
    "APACHE_2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0",
    "Apache 2": "Apache-2.0",
    "Apache v2.0": "Apache-2.0",
    "Apache license 2.0": "Apache-2.0",
    "Apache License, Version 2.0": "Apache-2.0",
    "ASL 2.0": "Apache-2.0",
    "Mozilla Public License 2.0": "MPL-2.0",
    "MPL v2": "MPL-2.0",
    "ISC License": "ISC",
    "Zlib License": "Zlib",
    "BSD-3": "BSD-3-Clause",
    "BSD 3 Clause": "BSD-3-Clause",
    "bsd-3-clause": "BSD-3-Clause",
    "3-Clause BSD License": "BSD-3-Clause",
    "New BSD": "BSD-3-Clause",
    "BSD-2": "BSD-2-Clause",
    "Simplified BSD": "BSD-2-Clause",
    "BSL-1.0": "BSL-1.0",
    "bsl-1.0": "BSL-1.0",
    "Boost": "BSL-1.0",
    "BSL 1.1": "BUSL-1.1",
    "BSL-1.1": "BUSL-1.1",
    "Business Source License 1.1": "BUSL-1.1",
    "GPL v2 or later": "GPL-2.0-or-later",
    "GPLv3+": "GPL-3.0-or-later",
    "GNU General Public License v3 or later (GPLv3+)": "GPL-3.0-or-later",
    "GNU General Public License v3.0 only": "GPL-3.0-only",
    "Server Side Public License, v 1": "SSPL-1.0",
    "SSPLv1": "SSPL-1.0",
    "Elastic License 2.0": "Elastic-2.0",
    "Elastic-1.0": "LicenseRef-Elastic-1.0",
    "Sustainable Use License": "SUL-1.0",
    "CC0": "CC0-1.0",
    "CC BY 4.0": "CC-BY-4.0",
    "CC BY-SA 4.0": "CC-BY-SA-4.0",
    "CC-BY-NC 4.0": "CC-BY-NC-4.0",
    "cc-by-nc-sa-4.0": "CC-BY-NC-SA-4.0",
    "Creative Commons Attribution Non Commercial 4.0": "CC-BY-NC-4.0",
    "Creative Commons Attribution-NonCommercial 4.0 International": "CC-BY-NC-4.0",
    "Creative Commons Attribution Non Commercial Share Alike 4.0": "CC-BY-NC-SA-4.0",
    "Creative Commons Attribution 3.0": "CC-BY-3.0",
    "cdla-permissive-2.0": "CDLA-Permissive-2.0",
    "odc-by": "ODC-By-1.0",
    "c-uda": "C-UDA-1.0",
    "unlicense": "Unlicense",
    "openmdw-1.0": "OpenMDW-1.0",
    "OpenMDW 1.1": "LicenseRef-OpenMDW-1.1",
    "Gemma Terms of Use": "LicenseRef-Gemma-ToU",
    "Gemma": "LicenseRef-Gemma-ToU",
    "llama2": "LicenseRef-Llama-2",
    "Llama 2 Community License": "LicenseRef-Llama-2",
    "Meta Llama 3 Community License Agreement": "LicenseRef-Llama-3",
    "Llama 3 Community License": "LicenseRef-Llama-3",
    "llama3.1": "LicenseRef-Llama-3.1",
    "LLAMA 3.1 COMMUNITY LICENSE AGREEMENT": "LicenseRef-Llama-3.1",
    "Meta Llama 3.1 Community License": "LicenseRef-Llama-3.1",
    "llama3.2": "LicenseRef-Llama-3.2",
    "llama3.3": "LicenseRef-Llama-3.3",
    "llama4": "LicenseRef-Llama-4",
    "Llama-4": "LicenseRef-Llama-4",
    "DeepSeek License Agreement": "LicenseRef-DeepSeek-1.0",
    "NVIDIA Open Model License": "LicenseRef-NVIDIA-Open-Model",
    "NVIDIA Open Model License Agreement": "LicenseRef-NVIDIA-Open-Model",
    "Databricks Open Model License": "LicenseRef-Databricks-Open-Model",
    "BigCode OpenRAIL-M v1 license agreement": "LicenseRef-BigCode-OpenRAIL-M-v1",
    "bigcode-openrail-m": "LicenseRef-BigCode-OpenRAIL-M-v1",
    "bigscience-bloom-rail-1.0": "LicenseRef-BigScience-RAIL-1.0",
    "bigscience-openrail-m": "LicenseRef-BigScience-OpenRAIL-M",
    "creativeml-openrail-m": "LicenseRef-CreativeML-OpenRAIL-M",
    "openrail++": "LicenseRef-CreativeML-OpenRAILpp-M",
    "tongyi-qianwen": "LicenseRef-Tongyi-Qianwen-2023",
    "tongyi-qianwen-license-agreement": "LicenseRef-Tongyi-Qianwen-2023",
    "tongyi-qianwen-research": "LicenseRef-Tongyi-Qianwen-Research-2023",
    "Qwen License Agreement": "LicenseRef-Qwen-2024",
    "ChatGLM2-6B License": "LicenseRef-ChatGLM2",
    "Falcon-180B TII License": "LicenseRef-TII-Falcon-180B-1.0",
    "TII Falcon License 2.0": "LicenseRef-TII-Falcon-2.0",
    "Qwen RESEARCH LICENSE AGREEMENT": "LicenseRef-Qwen-Research-2024",
    "Mistral AI Research License": "LicenseRef-Mistral-MRL-0.1",
    "MNPL": "LicenseRef-Mistral-MNPL-0.1",
    "grok2-community": "LicenseRef-xAI-Community-2025",
    "apple-amlr": "LicenseRef-Apple-AMLR",
    "apple-sample-code-license": "LicenseRef-Apple-Sample-Code",
    "arXiv.org perpetual non-exclusive license 1.0": ARXIV,
    "arXiv.org perpetual, non-exclusive license 1.0": ARXIV,
    "arXiv.org - Non-exclusive license": ARXIV,
    "Proprietary": "LicenseRef-Proprietary",
    "NONE": "LicenseRef-No-License",
    "unlicensed": "LicenseRef-No-License",
    "LicenseRef-scancode-llama-4-cla-2025": "LicenseRef-Llama-4",
    "LicenseRef-Apache-2.0-with-Commons-Clause": "Apache-2.0 AND LicenseRef-Commons-Clause-1.0",
    "GNU GPLv3 or later": "GPL-3.0-or-later",
    "GPL version 2 or any later version": "GPL-2.0-or-later",
    "GPL 2 or (at your option) any later version": "GPL-2.0-or-later",
    "LGPL 2.1 or any later version": "LGPL-2.1-or-later",
    "FSL-1.1-Apache-2.0": "FSL-1.1-ALv2",
    "SIL OFL 1.1": "OFL-1.1",
    "HashiCorp BSL": "LicenseRef-BUSL-1.1-HashiCorp",
    "n8n": "SUL-1.0",
    "DBRX": "LicenseRef-Databricks-Open-Model",
    "DeepSeek Model License": "LicenseRef-DeepSeek-1.0",
    "Gemma 3": "LicenseRef-Gemma-ToU",
    "Gemma 4": "Apache-2.0",
    "stabilityai-ai-community": "LicenseRef-Stability-Community-2024",
    "stabilityai-nc-research-community": "LicenseRef-Stability-NC-2023",
}


@pytest.mark.parametrize(("name", "license_id"), SETTLED.items())
def test_a_name_in_use_means_one_license(name: str, license_id: str) -> None:
    assert read(name).license_id == license_id


@pytest.mark.parametrize(
    ("name", "license_id"),
    [
        ("Business Source License", "BUSL-1.1"),
        ("Boost Software License", "BSL-1.0"),
        ("Server Side Public License", "SSPL-1.0"),
        ("PolyForm-Small-Business", "PolyForm-Small-Business-1.0.0"),
        ("PSF", "PSF-2.0"),
        ("xAI Community License", "LicenseRef-xAI-Community-2025"),
        ("LFM", "LicenseRef-LFM-1.0"),
        ("ChatGLM", "LicenseRef-ChatGLM2"),
        ("Open Database License", "ODbL-1.0"),
        ("OGL 3.0", "OGL-UK-3.0"),
        ("Falcon-180B", "LicenseRef-TII-Falcon-180B-1.0"),
        ("AI2 ImpACT", "LicenseRef-AI2-ImpACT-LR-2.0"),
        ("Kimi K2", "LicenseRef-Kimi-K2-Modified-MIT"),
        ("Baichuan", "LicenseRef-Baichuan2-Community"),
        ("HyperCLOVA", "LicenseRef-HyperCLOVA-X-SEED-2025"),
        ("EXAONE", "LicenseRef-EXAONE-1.1-NC"),
        ("Jamba", "LicenseRef-Jamba-Open-Model"),
        ("Cohere", "LicenseRef-Cohere-CC-BY-NC-AUP"),
        ("Dify", "LicenseRef-Dify-Open-Source"),
    ],
)
def test_a_part_of_a_name_that_fits_one_listed_license_is_read_as_it_and_says_so(name: str, license_id: str) -> None:
    reading = read(name)
    assert (reading.license_id, reading.how) == (license_id, NameMatch.SHORTENED)
    assert LICENSES.set_index("license_id").at[license_id, "name"] in reading.reason


@pytest.mark.parametrize(("name", "license_id"), [("MongoDB", "SSPL-1.0"), ("low risk", "LicenseRef-AI2-ImpACT-LR-2.0")])
def test_words_from_the_middle_of_a_name_only_point_to_it(name: str, license_id: str) -> None:
    assert (read(name).license_id, read(name).candidates) == (None, (license_id,))


@pytest.mark.parametrize(("name", "said"), [("public license", "licenses; write more"), ("open source", "not under which license")])
def test_words_that_say_too_little_get_a_reason_and_no_candidates(name: str, said: str) -> None:
    assert read(name).candidates == ()
    assert said in read(name).reason


def test_one_letter_is_not_taken_for_the_start_of_a_versioned_name() -> None:
    assert read("X").candidates == ()


def test_an_identifier_without_version_names_the_versions_that_are_listed() -> None:
    reading = read("LicenseRef-NVIDIA-Open-Model")
    assert (reading.license_id, reading.candidates) == ("LicenseRef-NVIDIA-Open-Model", ("LicenseRef-NVIDIA-Open-Model-2025-04",))
    assert "LicenseRef-NVIDIA-Open-Model-2025-04" in reading.reason


@pytest.mark.parametrize(
    ("name", "candidates"),
    [
        ("BSL", ("BSL-1.0", "BUSL-1.1")),
        ("GPL", ("GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only", "GPL-3.0-or-later")),
        ("GPLv3", ("GPL-3.0-only", "GPL-3.0-or-later")),
        ("GPL 2", ("GPL-2.0-only", "GPL-2.0-or-later")),
        ("GNU GPL v3", ("GPL-3.0-only", "GPL-3.0-or-later")),
        ("LGPL 2.1", ("LGPL-2.1-only", "LGPL-2.1-or-later")),
        ("gfdl", ("GFDL-1.1-only", "GFDL-1.1-or-later", "GFDL-1.2-only", "GFDL-1.2-or-later", "GFDL-1.3-only", "GFDL-1.3-or-later")),
        ("BSD", ("BSD-2-Clause", "BSD-3-Clause", "0BSD")),
        ("apache", ("Apache-1.1", "Apache-2.0")),
        ("MPL", ("MPL-1.0", "MPL-1.1", "MPL-2.0")),
        ("Eclipse Public License", ("EPL-1.0", "EPL-2.0")),
        ("CC-BY-SA", ("CC-BY-SA-1.0", "CC-BY-SA-2.0", "CC-BY-SA-2.5", "CC-BY-SA-3.0", "CC-BY-SA-4.0")),
        ("Redis Source Available License", ("LicenseRef-RSALv1", "LicenseRef-RSALv2")),
        ("Functional Source License", ("FSL-1.1-ALv2", "FSL-1.1-MIT", "LicenseRef-FSL-1.0-ALv2")),
        ("FSL-1.1", ("FSL-1.1-ALv2", "FSL-1.1-MIT")),
        ("Fair Core License", ("LicenseRef-FCL-1.0-ALv2", "LicenseRef-FCL-1.0-MIT")),
        ("CDLA", ("CDLA-Permissive-1.0", "CDLA-Permissive-2.0", "CDLA-Sharing-1.0")),
        ("CockroachDB", ("LicenseRef-BUSL-1.1-CockroachDB", "LicenseRef-CockroachDB-Software-License")),
        ("flux-dev", ("LicenseRef-FLUX-1-dev-NC", "LicenseRef-FLUX-dev-NC-2.0")),
        ("Hunyuan", ("LicenseRef-Tencent-Hunyuan-3D-2.0", "LicenseRef-Tencent-Hunyuan-Community-2024")),
        ("Moonshot", ("LicenseRef-Kimi-K2-Modified-MIT", "LicenseRef-Kimi-K3")),
        ("SIL OFL", ("OFL-1.0", "OFL-1.1")),
        ("Grok", ("Apache-2.0", "LicenseRef-xAI-Community-2025")),
        ("Meta Llama", tuple(f"LicenseRef-Llama-{number}" for number in ("1", "2", "3", "3.1", "3.2", "3.3", "4"))),
        ("closed", ("LicenseRef-Proprietary", "LicenseRef-No-License")),
        ("Elastic License", ("LicenseRef-Elastic-1.0", "Elastic-2.0")),
        ("Yi License", ("LicenseRef-Yi-1.0", "LicenseRef-Yi-2.1")),
        ("Modified MIT", ("LicenseRef-Kimi-K2-Modified-MIT", "LicenseRef-Mistral-Modified-MIT")),
    ],
)
def test_a_name_that_leaves_something_open_says_what_it_might_be(name: str, candidates: tuple[str, ...]) -> None:
    reading = read(name)
    assert (reading.license_id, reading.how) == (None, NameMatch.AMBIGUOUS)
    assert reading.candidates == candidates
    assert reading.reason


@pytest.mark.parametrize(
    "name",
    ["other", "Undisclosed", "NOASSERTION", "license", "Version 2.0", "", "  ", "+", "pubmed", "Component not include", "h-research"],
)
def test_what_names_no_license_is_unknown_without_a_guess(name: str) -> None:
    reading = read(name)
    assert (reading.license_id, reading.candidates, reading.how) == (None, (), NameMatch.UNKNOWN)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [
        ("Llama 3.4", "LicenseRef-Llama-3.3"),
        ("Llama 5 Community License", "LicenseRef-Llama-4"),
        ("LicenseRef-Llama-5", "LicenseRef-Llama-4"),
        ("Apache 3.0", "Apache-2.0"),
        ("BUSL-2.0", "BUSL-1.1"),
        ("GPL-4.0", "GPL-3.0-only"),
        ("Apahce-2.0", "Apache-2.0"),
        ("LicenseRef-MIT", "MIT"),
    ],
)
def test_another_version_or_a_slip_is_named_but_never_read_as_the_license(name: str, nearest: str) -> None:
    reading = read(name)
    assert (reading.license_id, reading.how) == (None, NameMatch.UNKNOWN)
    assert nearest in reading.candidates
    assert nearest in reading.reason


def test_bsl_alone_is_two_licenses_and_the_reason_names_both() -> None:
    assert "Boost" in read("BSL").reason
    assert "Business Source" in read("BSL").reason


@pytest.mark.parametrize(
    ("name", "candidates"), [("GPL-3.0", ("GPL-3.0-only", "GPL-3.0-or-later")), ("LGPL-2.1+", ("LGPL-2.1-or-later",)), ("Nunit", ())]
)
def test_a_deprecated_identifier_reads_as_itself_and_says_what_replaced_it(name: str, candidates: tuple[str, ...]) -> None:
    reading = read(name)
    assert (reading.license_id, reading.how, reading.candidates) == (name, NameMatch.EXACT, candidates)
    assert "Deprecated" in reading.reason


def test_successors_start_with_what_spdx_reads_the_identifier_as() -> None:
    known = {"GPL-3.0-or-later", "GPL-3.0-only", "GPL-3.0", "MIT"}
    assert successors("GPL-3.0", known) == ("GPL-3.0-only", "GPL-3.0-or-later")
    assert successors("MIT", known) == ()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("GPL-2.0", "GPL-2.0-only"),
        ("agpl-3.0", "AGPL-3.0-only"),
        ("LGPL-2.1+", "LGPL-2.1-or-later"),
        ("GPL-2.0 with classpath exception", "GPL-2.0-only WITH Classpath-exception-2.0"),
        ("MIT", "MIT"),
    ],
)
def test_the_current_form_is_what_spdx_writes_today(name: str, form: str) -> None:
    assert current_form(read(name), LICENSES["license_id"]) == form


def test_only_a_current_identifier_as_written_needs_no_note() -> None:
    assert reading_note(read("MIT"), "MIT") == ""
    assert reading_note(read("mit"), "MIT").startswith("'mit' is read as MIT. ")
    assert "people write it without saying -only or -or-later" in reading_note(read("GPL-2.0"), "GPL-2.0-only")
    assert "LicenseRef-TSL-2020" in reading_note(read("TSL"), "LicenseRef-TSL")


def test_how_tells_identifier_spelling_and_alias_apart() -> None:
    assert read("Apache-2.0").how == NameMatch.EXACT
    assert read("apache-2.0").how == NameMatch.SPELLING
    assert read("Mozilla Public License 2.0").how == NameMatch.SPELLING
    assert read("llama3.1").how == NameMatch.ALIAS


def test_a_reading_cites_the_row_it_rests_on() -> None:
    assert read("MIT").source_ids == tuple(split_list(LICENSES.set_index("license_id").at["MIT", "source_ids"]))
    assert read("LicenseRef-scancode-bsl-1.1").source_ids == ("scancode-license-index",)


def test_a_gemma_name_is_settled_but_its_version_is_not() -> None:
    assert read("Gemma Terms of Use").candidates == tuple(
        f"LicenseRef-Gemma-ToU-{day}" for day in ("2024-02-21", "2024-04-01", "2025-03-24")
    )


def test_a_combination_is_sent_to_the_expressions() -> None:
    assert "expression" in read("MIT OR Apache-2.0").reason


def test_every_identifier_reads_as_itself_in_any_case() -> None:
    for license_id in LICENSES["license_id"]:
        reading = read(license_id)
        assert (reading.license_id, reading.how) == (license_id, NameMatch.EXACT)
        assert read(license_id.lower()).license_id == license_id


def test_every_full_name_reads_as_its_license_or_leaves_it_open() -> None:
    current = LICENSES[~LICENSES["is_spdx_deprecated"].fillna(False)]
    for license_id, name in zip(current["license_id"], current["name"], strict=True):
        reading = read(name)
        assert reading.license_id == license_id or license_id in reading.candidates


def test_every_alias_reads_to_its_target() -> None:
    for alias, target in zip(ALIASES["alias"], ALIASES["license_id"], strict=True):
        assert read(alias).license_id == (None if pd.isna(target) else target), alias


@settings(deadline=None)
@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    reading = read(text)
    assert reading.given == text
    assert reading.reason
    assert (reading.license_id is None) == (reading.how in (NameMatch.AMBIGUOUS, NameMatch.UNKNOWN))


@settings(deadline=None)
@given(st.sampled_from(sorted(LICENSES["license_id"])), st.sampled_from(["7.3", "2031", "v99"]))
def test_a_number_that_no_license_carries_is_never_read_away(license_id: str, number: str) -> None:
    assert read(f"{license_id} {number}").license_id is None
