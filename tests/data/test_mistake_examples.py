"""Every example that the four rules on mistakes must flag, and must not flag, comes out so from the shipped tables."""

import pytest

from openstrat.analysis import cautioning
from openstrat.analysis.strategy.mistakes.maintenance import ONE_AUTHOR
from openstrat.tables.store import read_table

AS_OF = "2026-08-22"
RATIOS = {
    "openai/evals": 0.002,
    "kubeflow/kubeflow": 0.015,
    "minio/minio": 0.023,
    "huggingface/text-generation-inference": 0.026,
    "openai/CLIP": 0.05,
    "stanford-crfm/helm": 0.13,
    "EleutherAI/lm-evaluation-harness": 0.14,
    "hashicorp/terraform": 0.16,
    "pgvector/pgvector": 0.25,
    "ollama/ollama": 0.49,
    "qdrant/qdrant": 0.96,
}
"""Ratios measured on 2026-08-22, as the design gives them."""
FLAGGED = list(RATIOS)[:5]


@pytest.mark.parametrize(
    ("release", "answer"), [("llama-4-maverick", "yes"), ("falcon-3-10b", "yes"), ("olmo-7b", "no"), ("olmo-2-32b", "no")]
)
def test_open_washing(release, answer):
    assert cautioning.open_washing_of(release).answer == answer


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ("terraform-2023", "yes"),
        ("redis-2024", "yes"),
        ("text-generation-inference-2023", "yes"),
        ("redis-2025", "no"),
        ("elasticsearch-2024", "no"),
        ("grafana-2021", "partly"),  # tighter, but approved as open source: the lower grade
    ],
)
def test_bad_faith_relicensing(change, answer):
    assert cautioning.relicensing_of(change).answer == answer


def test_gemma_became_opener_in_2026():
    finding = cautioning.model_relicensing_of("Gemma", "Gemma 4")
    assert finding.answer == "no"
    assert "opener" in finding.sentence


def test_a_tighter_change_without_known_promise_or_outside_share_stays_unknown():
    assert cautioning.relicensing_of("mongodb-2018").answer == "unknown"


def test_four_months_of_notice_clear_a_change():
    assert cautioning.relicensing_of("arangodb-2024").answer == "no"


@pytest.mark.parametrize("repository", RATIOS)
def test_under_maintenance(repository):
    finding = cautioning.maintenance_of(repository, as_of=AS_OF)
    assert finding.answer == ("yes" if repository in FLAGGED else "no")
    assert finding.value == pytest.approx(RATIOS[repository], abs=0.005 if RATIOS[repository] > 0.1 else 0.0005)


def test_pgvector_is_warned_about_because_one_person_writes_it():
    assert ONE_AUTHOR in cautioning.maintenance_of("pgvector/pgvector", as_of=AS_OF).caveats
    assert ONE_AUTHOR not in cautioning.maintenance_of("qdrant/qdrant", as_of=AS_OF).caveats


def test_the_readme_of_text_generation_inference_says_so_itself():
    assert "The README says: in maintenance mode." in cautioning.maintenance_of(FLAGGED[3], as_of=AS_OF).evidence


@pytest.mark.parametrize("repository", ["hashicorp/terraform", "valkey-io/valkey"])
def test_a_copy_that_is_too_old_gives_no_answer(repository):
    assert cautioning.maintenance_of(repository, as_of="2026-12-22").answer == "unknown"


def test_counted_strictly_old_copies_say_nothing_unless_the_repository_was_archived():
    answers = {name: cautioning.maintenance_of(name, as_of=AS_OF, is_strict=True).answer.value for name in FLAGGED}
    assert answers == {
        "openai/evals": "unknown",
        "kubeflow/kubeflow": "yes",
        "minio/minio": "yes",
        "huggingface/text-generation-inference": "yes",
        "openai/CLIP": "unknown",
    }


@pytest.mark.parametrize("license_name", ["Llama-4", "Dify-Open-Source", "Open-WebUI", "GLM-4"])
def test_creative_licensing(license_name):
    assert cautioning.complicated_of(license_name).answer == "yes"


def test_apache_with_a_sign_off_is_not_complicated():
    assert cautioning.complicated_of("Apache-2.0").answer == "no"
    sign_off = read_table("contribution_terms").set_index("contribution_terms_id").loc["dco-1-1"]
    assert sign_off["outbound_right"] == "no"  # it adds no condition for users, and no right for the steward


def test_llama_4_is_counted_by_cap_naming_use_policy_region_and_outputs():
    finding = cautioning.complicated_of("Llama-4")
    kinds = [row.split(":")[0] for row in finding.evidence if ":" in row]
    assert kinds == ["Scale cap", "Naming", "Field of use", "Region", "Output use"]


def test_every_finding_names_a_known_source():
    known = set(read_table("sources")["source_id"])
    found = cautioning.mistakes_of(
        release="llama-4-maverick", license_change="redis-2024", repository="minio/minio", license_name="Llama-4", as_of=AS_OF
    )
    assert [item.concept_id for item in found] == ["MI1", "MI2", "MI3", "MI4"]
    for item in found:
        assert item.source_ids
        assert set(item.source_ids) <= known
