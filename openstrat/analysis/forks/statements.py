"""Sentences that are known to be wrong, found in text: a guard for every report and table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openstrat.terms import Term

SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]?")
"""A sentence ends with a full stop before a blank or at the end of a line; `2.0` and `e.g.x` do not end one."""
WRAP = re.compile(r"\n(?=[^\s*#|>-])")
"""A line break within a paragraph."""
ADDRESS = re.compile(r"https?://\S+|[\w./-]+\.(?:com|org|io|net|dev)/\S+")
DENIED = r"\b(?:no|not|never|none|neither|nor|cannot|without|wrongly|instead of|rather than|nothing|nobody|n't)\b|n't\b"


class KnownWrong(Term):
    """A statement that is wrong wherever it stands; the definition says what is right."""

    MARIADB_RELICENSING = "mariadb_relicensing", "MariaDB forked MySQL after an acquisition; MySQL's license did not change."
    MONGODB_FORK = "mongodb_fork", "MongoDB has no fork; FerretDB and others implement its interface anew."
    BSL_ABBREVIATION = "bsl_abbreviation", "BSL is the Boost license; the Business Source License is BUSL."
    GEMMA_THRESHOLD = "gemma_threshold", "Gemma's terms have no threshold of size, users or revenue."
    COMMERCIAL_USE_BARRED = (
        "commercial_use_barred",
        "SSPL and the Elastic License allow commercial use; they bound offering it as a service.",
    )
    CORTEX_RELICENSED = "cortex_relicensed", "Cortex kept its license; its steward left and licensed its own fork, Mimir, anew."
    INCUS_AFTER_RELICENSING = "incus_after_relicensing", "Incus forked LXD four months before LXD's license changed."
    PROOF_OF_EFFECT = "proof_of_effect", "So few events describe; they prove no effect of a license change or a fork."


@dataclass(frozen=True)
class Pattern:
    """What a wrong sentence looks like: `wrong` is found in it, `excused` is not."""

    statement: KnownWrong
    wrong: re.Pattern[str]
    excused: re.Pattern[str]


@dataclass(frozen=True)
class Violation:
    """A sentence that says what is known to be wrong, where it begins (characters from the start of the text), and what is right."""

    statement: KnownWrong
    sentence: str
    start: int

    @property
    def right(self) -> str:
        """What is right instead."""
        return self.statement.definition


def _pattern(statement: KnownWrong, wrong: str, excused: str = DENIED, *, is_cased: bool = False) -> Pattern:
    flags = re.NOFLAG if is_cased else re.IGNORECASE
    return Pattern(statement, re.compile(wrong, flags), re.compile(excused, re.IGNORECASE))


RELICENSED = r"(?:re-?licens\w*|licen[sc]e[- ]chang\w*|chang\w+ (?:\w+ ){0,3}licen[sc]e)"
SIZE = r"(?:threshold|monthly active users|\bMAU\b|user limit|scale gate|size limit|million users|revenue limit)"
BARS = r"(?:bars?|bans?|forbids?|prohibits?|excludes?|rules? out|disallows?)"
PATTERNS = (
    _pattern(
        KnownWrong.MARIADB_RELICENSING,
        rf"(?=.*\bMariaDB\b)(?=.*\b(?:fork\w*|MySQL|trigger\w*|answer\w*)\b).*{RELICENSED}",
        rf"{DENIED}|MaxScale",
    ),
    _pattern(
        KnownWrong.MONGODB_FORK,
        r"\bfork(?:s|ed|ing)? (?:of |from )?MongoDB|MongoDB(?:'s)? (?:\w+ )?fork|MongoDB (?:was|has been|got) forked"
        r"|MongoDB (?:->|→|to) (?:FerretDB|DocumentDB)|\bFerretDB(?:,| is| was)? (?:\w+ ){0,3}fork",
    ),
    _pattern(KnownWrong.BSL_ABBREVIATION, r"(?<![`'\"])\bBSL\b(?![- ]?1\.0)", r"\bBoost\b", is_cased=True),
    _pattern(KnownWrong.GEMMA_THRESHOLD, rf"\bGemma\b.*{SIZE}|{SIZE}.*\bGemma\b", rf"{DENIED}|\bLlama\b|\bQwen\b|\bHyperCLOVA\b"),
    _pattern(
        KnownWrong.COMMERCIAL_USE_BARRED,
        rf"(?:\bSSPL\b|\bElastic(?: License|-2\.0)).*(?:{BARS}|non-?commercial only|no) (?:\w+ )?commercial (?:use|sale|purposes)",
        r"\b(?:not|never|nor|neither|cannot|wrongly)\b|n't\b",
    ),
    _pattern(KnownWrong.CORTEX_RELICENSED, rf"\bCortex\b (?:was|is|has been|got|had) {RELICENSED}|{RELICENSED} (?:of|by) Cortex\b"),
    _pattern(
        KnownWrong.INCUS_AFTER_RELICENSING,
        rf"\bIncus\b.*\b(?:after|following|because of|in answer to)\b.*{RELICENSED}",
        rf"{DENIED}|\bbefore\b|after the fork",
    ),
    _pattern(
        KnownWrong.PROOF_OF_EFFECT,
        rf"(?=.*(?:{RELICENSED}|\bfork)).*\b(?:proves?|proved|proven|proof)\b",
        rf"{DENIED}|prove nothing|Proof-of|burden of proof",
    ),
)


def wrong_statements(text: str) -> list[Violation]:
    """Return every sentence of a text that says what is known to be wrong, in order.

    Sentences are looked at one by one; one that denies the statement is left alone. Web addresses are not read, nor is an
    abbreviation in quotes.
    """
    return sorted(_found(text), key=lambda violation: (violation.start, violation.statement))


def _found(text: str) -> Iterator[Violation]:
    readable = WRAP.sub(" ", ADDRESS.sub(lambda match: " " * len(match.group()), text))
    for match in SENTENCE.finditer(readable):
        sentence = match.group()
        for pattern in PATTERNS:
            if pattern.wrong.search(sentence) and not pattern.excused.search(sentence):
                yield Violation(pattern.statement, text[match.start() : match.end()].strip(), match.start())
