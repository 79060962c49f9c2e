"""Sentences that are known to be wrong are found, and the right ones beside them are left alone."""

from __future__ import annotations

import pytest

from openstrat.analysis.forks.statements import KnownWrong, wrong_statements

WRONG = [
    ("MariaDB forked MySQL after Oracle changed its license.", KnownWrong.MARIADB_RELICENSING),
    ("Forks after relicensing include Valkey, OpenTofu and MariaDB, which left MySQL.", KnownWrong.MARIADB_RELICENSING),
    ("FerretDB is a fork of MongoDB.", KnownWrong.MONGODB_FORK),
    ("MongoDB was forked in 2018.", KnownWrong.MONGODB_FORK),
    ("The MongoDB fork came late.", KnownWrong.MONGODB_FORK),
    ("Terraform moved to the BSL.", KnownWrong.BSL_ABBREVIATION),
    ("Vault is under BSL 1.1 now.", KnownWrong.BSL_ABBREVIATION),
    ("Gemma asks for a license above 700 million users.", KnownWrong.GEMMA_THRESHOLD),
    ("The SSPL forbids commercial use.", KnownWrong.COMMERCIAL_USE_BARRED),
    ("Under the Elastic License no commercial use is allowed.", KnownWrong.COMMERCIAL_USE_BARRED),
    ("The relicensing of Cortex drove people away.", KnownWrong.CORTEX_RELICENSED),
    ("Incus was started after LXD changed its license.", KnownWrong.INCUS_AFTER_RELICENSING),
    ("Our 19 events prove that relicensing hurts.", KnownWrong.PROOF_OF_EFFECT),
]
RIGHT = [
    "MariaDB forked MySQL over an acquisition, without a license change.",
    "MariaDB changed the license of MaxScale, a proxy for MySQL.",
    "MongoDB has no fork: FerretDB implements its interface anew.",
    "MongoDB changed its license in 2018.",
    "BSL-1.0 is the Boost license.",
    "People write `BSL 1.1` for BUSL-1.1.",
    "Llama has a threshold of 700 million monthly active users, Gemma has none.",
    "The SSPL does not forbid commercial use.",
    "Cortex kept its license when its steward left.",
    "Incus forked LXD in July 2023, before LXD changed its license.",
    "A description of one relicensing, not proof of a cause.",
    "Read https://example.org/bsl-BSL/terms for more.",
]


@pytest.mark.parametrize(("sentence", "statement"), WRONG)
def test_a_wrong_statement_is_found(sentence: str, statement: KnownWrong) -> None:
    assert [found.statement for found in wrong_statements(sentence)] == [statement]


@pytest.mark.parametrize("sentence", RIGHT)
def test_a_right_statement_is_left_alone(sentence: str) -> None:
    assert wrong_statements(sentence) == []


def test_a_violation_says_where_the_sentence_is_and_what_is_right() -> None:
    text = "Redis 8.0 came in May 2025. Terraform moved to the BSL. It has a fork."
    (found,) = wrong_statements(text)
    assert text[found.start :].lstrip().startswith(found.sentence)
    assert found.sentence == "Terraform moved to the BSL."
    assert found.right == "BSL is the Boost license; the Business Source License is BUSL."


def test_one_sentence_does_not_excuse_the_next() -> None:
    text = "MariaDB is not a fork after a license change. FerretDB is a fork of MongoDB."
    assert [found.statement for found in wrong_statements(text)] == [KnownWrong.MONGODB_FORK]


def test_a_sentence_is_read_over_a_line_break() -> None:
    assert [found.statement for found in wrong_statements("FerretDB is a fork\nof MongoDB.")] == [KnownWrong.MONGODB_FORK]


def test_every_known_wrong_statement_can_be_found() -> None:
    assert {statement for _, statement in WRONG} == set(KnownWrong)
