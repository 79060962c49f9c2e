"""Which authors are bots: a list of patterns on name and address, printed with every count.

Any name that calls itself a bot is one. The other names wrote at least five commits in a repository of the shipped tables; the
list was checked against the bot counts of those tables. AI agents are bots when they commit under an address of their maker.
"""

from __future__ import annotations

import re

NAME_PATTERNS = (
    r"\[bot\]",
    r"[-_ ]bot$",
    r"^(?:hashi|openvoxproject|prometheus|snyk|ti-sre)bot$",
    r"^r00-b0t$",
    r"(?:^|[-_ ])ci$",
    r"^travis ci\b",
    r"^jenkins(?:$| ci\b| promoter$| for )",
    r"^github[- ]actions?$",
    r"^(?:hosted )?weblate\b",
    r"^hc-github-team-",
    r"^(?:ansible core team|chef expeditor|elastic machine|hudson release manager|logstashmachine|minio trusted)$",
    r"^(?:the terraform team|ti chi robot|timescale-automation)$",
    r"^(?:copilot|cursor agent|qa claude|roomote|roomote agent|superclaude)$",
)
"""Patterns on the name in lower case."""
ADDRESS_PATTERNS = (
    r"\[bot\]@users\.noreply\.github\.com$",
    r"^(?:hosted|noreply)@weblate\.org$",
    r"@cursor\.com$",
    r"^noreply@(?:anthropic|openai)\.com$",
    r"@aider\.chat$",
)
"""Patterns on the address in lower case."""

_NAME = re.compile("|".join(NAME_PATTERNS))
_ADDRESS = re.compile("|".join(ADDRESS_PATTERNS))


def is_bot(name: str, address: str) -> bool:
    """Return whether a name or an address is one that bots use; both in lower case."""
    return bool(_NAME.search(name) or _ADDRESS.search(address))


def bot_rule() -> tuple[str, ...]:
    """Return the rule as lines to print: an author is a bot when one of them holds."""
    return (
        *(f"name matches {pattern}" for pattern in NAME_PATTERNS),
        *(f"address matches {pattern}" for pattern in ADDRESS_PATTERNS),
    )
