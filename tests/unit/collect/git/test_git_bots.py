from __future__ import annotations

import re

import pytest

from openstrat.collect.git.bots import bot_rule, is_bot

BOTS = [
    ("dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com"),
    ("renovate bot", "bot@renovateapp.com"),
    ("github-actions", "github-actions@github.com"),
    ("hc-github-team-tf-core", "github-team-tf-core@hashicorp.com"),
    ("hashicorp-ci", "hashicorp-ci@users.noreply.github.com"),
    ("tf-release-bot", "terraform@hashicorp.com"),
    ("jenkins ci", "ci@puppet.com"),
    ("jenkins promoter", "promoter@example.com"),
    ("travis ci user", "travis@example.org"),
    ("weblate", "noreply@weblate.org"),
    ("hosted weblate user 12", "wanda@example.com"),
    ("the terraform team", "52+teamterraform@users.noreply.github.com"),
    ("copilot", "198982749+copilot@users.noreply.github.com"),
    ("claude opus", "noreply@anthropic.com"),
    ("any name", "12+some-app[bot]@users.noreply.github.com"),
]
PEOPLE = [
    ("wanda writer", "wanda@example.com"),
    ("adam bottchen", "adam@example.com"),
    ("laurent ribot", "laurent@example.com"),
    ("claude dupont", "claude@example.fr"),
    ("steven jenkins", "steven@example.com"),
    ("jenkins steven", "steven@example.com"),
    ("notarobot", "me@example.com"),
    ("luci", "luci@example.com"),
    ("travis paul", "travis@example.com"),
    ("botond", "botond@example.com"),
    ("deleted user", "noreply+14@weblate.org"),
    ("", ""),
]


@pytest.mark.parametrize(("name", "address"), BOTS)
def test_bots_are_recognized(name, address):
    assert is_bot(name, address)


@pytest.mark.parametrize(("name", "address"), PEOPLE)
def test_people_whose_names_resemble_bots_are_people(name, address):
    assert not is_bot(name, address)


def test_the_printed_rule_is_the_rule():
    by_kind = {kind: [line.partition(" matches ")[2] for line in bot_rule() if line.startswith(kind)] for kind in ("name", "address")}
    for name, address in BOTS + PEOPLE:
        holds = any(re.search(pattern, name) for pattern in by_kind["name"]) or any(
            re.search(pattern, address) for pattern in by_kind["address"]
        )
        assert holds == is_bot(name, address)
