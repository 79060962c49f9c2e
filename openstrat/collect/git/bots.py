"""Which commits a bot wrote: a list of patterns on name and address, printed with every count."""

from __future__ import annotations

import re

NAME_PATTERNS = (
    r"\[bot\]",
    r"^(dependabot|renovate|greenkeeper|mergify|codecov|snyk|pyup|imgbot|allcontributors|pre-commit-ci)\b",
    r"^github[- ]actions?$",
    r"[-_ ]bot$",
)
"""Patterns on the lower-case name."""
ADDRESS_PATTERNS = (
    r"\[bot\]@users\.noreply\.github\.com$",
    r"^(support|bot)@(dependabot|renovateapp|greenkeeper)\.",
    r"^action@github\.com$",
    r"^hc-github-team-",
    r"[-_.+]bot@",
)
"""Patterns on the lower-case address."""

_NAME = re.compile("|".join(NAME_PATTERNS))
_ADDRESS = re.compile("|".join(ADDRESS_PATTERNS))


def is_bot(name: str, address: str) -> bool:
    """Return whether a name or an address is one that bots use; both in lower case."""
    return bool(_NAME.search(name) or _ADDRESS.search(address))


def bot_rule() -> tuple[str, ...]:
    """Return the rule as lines to print: which patterns make an author a bot."""
    return (
        *(f"name matches {pattern}" for pattern in NAME_PATTERNS),
        *(f"address matches {pattern}" for pattern in ADDRESS_PATTERNS),
    )
