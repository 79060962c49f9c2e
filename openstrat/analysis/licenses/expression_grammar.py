"""The grammar of license expressions: names, AND, OR, WITH, `+` and parentheses, read over the license list.

Names inside an expression are read like names alone ("Apache 2.0 or MIT license"); one that fits no license, or several, is refused.
The package `license-expression` settles which operator binds first.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from openstrat.analysis.licenses.name_forms import family, spelled
from openstrat.analysis.licenses.names import NameMatch, NameReading, current_form, read_name, reading_note
from openstrat.errors import InputError, did_you_mean
from openstrat.terms import Term

if TYPE_CHECKING:
    import pandas as pd

MAX_DEPTH = 40
TOKENS = re.compile(r"[()]|(?<![^\s()])(?:and|with|or(?!\s+(?:any\s+)?later\b))(?![^\s()])", re.IGNORECASE)
"""Parentheses and operators that stand alone; "or later" belongs to a name."""

PART_ENDS = ("name", "exception", ")")
"""What can stand before an operator."""

SLASH_READ = "A slash between licenses is read as OR, as in manifests of Cargo: the taker chooses."
SEPARATORS = (re.compile(r"\s*[,;|&+]\s*"), re.compile(r"\s+"))
"""What people write between licenses in place of an operator, and what does not tell which operator is meant."""

WELL_FORMED = re.compile(r"[^()]+(?:\([^()]+\)[^()]*)*")
"""Text in which every parenthesis is closed at once, as in "MIT License (MIT)"."""

EXCEPTIONS_SINCE_INDEX = (
    "Classpath-exception-2.0-short",
    "Google-Patent-WebM",
    "kvirc-openssl-exception",
    "Nokia-Qt-exception-1.1",
    "rsync-linking-exception",
    "Simple-Library-Usage-exception",
    "Spelling-Provider-LGPL-exception",
    "sqlitestudio-OpenSSL-exception",
)
"""Exceptions of the SPDX list 3.29.0 that the index packaged with license-expression 30.4.4 lacks."""


class Operator(Term):
    """How the parts of an expression go together."""

    AND = "AND", "All terms bind: a work of several parts, or conditions on top of a license."
    OR = "OR", "The taker chooses one."


@dataclass(frozen=True)
class LicenseUse:
    """One license in an expression, with an exception (WITH) or the right to take a later version (+)."""

    license_id: str
    exception: str | None = None
    is_or_later: bool = False

    def __str__(self) -> str:
        """Return it as SPDX writes it."""
        return self.license_id + ("+" if self.is_or_later else "") + (f" WITH {self.exception}" if self.exception else "")


@dataclass(frozen=True)
class Combination:
    """Several parts under one operator."""

    operator: Operator
    parts: tuple[LicenseUse | Combination, ...]

    def __str__(self) -> str:
        """Return it as SPDX writes it, parentheses only where they are needed."""
        shown = [f"({part})" if isinstance(part, Combination) else str(part) for part in self.parts]
        return f" {self.operator} ".join(shown)


@dataclass(frozen=True)
class Expression:
    """A license expression over identifiers of the license list.

    `readings` are the names that were not written as such an identifier, in order, each with what it was read as: a license or,
    for a few names, an expression.
    """

    given: str
    tree: LicenseUse | Combination
    readings: tuple[NameReading, ...]

    @property
    def normalized(self) -> str:
        """The expression in SPDX's spelling, without repetitions."""
        return str(self.tree)

    @property
    def notes(self) -> tuple[str, ...]:
        """How each name was read that was not written as an identifier, a sentence or two each."""
        return tuple(reading_note(item, str(item.license_id)) for item in self.readings)


@dataclass(frozen=True)
class _Token:
    text: str
    start: int

    @property
    def operator(self) -> str:
        """AND, OR, WITH or a parenthesis; empty for a name."""
        return self.text.upper() if TOKENS.fullmatch(self.text) else ""


def parse_expression(text: str, licenses: pd.DataFrame, aliases: pd.DataFrame) -> Expression:
    """Return a license expression with every name read; operators in any case, `+` for "or a later version".

    A deprecated identifier stands for what SPDX reads it as (`GPL-3.0` for `GPL-3.0-only`), a slash between two licenses for OR.

    Raises
    ------
    InputError
        If a parenthesis, operator or license is missing, a name fits no license or several, or an exception is not on SPDX's
        list; the message names the character and the part.
    """
    is_name = WELL_FORMED.fullmatch(text) and read_name(text, licenses, aliases).license_id
    tokens = [_Token(text.strip(), len(text) - len(text.lstrip()))] if is_name else _tokens(text)
    _check_order(text, tokens)
    parts, readings = [], []
    known = set(licenses["license_id"])
    for before, token in zip([None, *tokens], tokens, strict=False):
        if token.operator:
            parts.append(token.operator)
        elif before and before.operator == "WITH":
            parts.append(_exception(text, token, licenses, aliases))
        else:
            reading = _license(text, token, licenses, aliases)
            written = str(reading.license_id)
            parts.append(f"({written})" if " " in written else written)
            readings += [reading] if reading.how != NameMatch.EXACT or written != reading.given.strip() or reading.candidates else []
    from license_expression import Licensing

    licensing = Licensing()
    return Expression(text, _tree(licensing.parse(" ".join(parts)), licensing, known), tuple(readings))


def _tokens(text: str) -> list[_Token]:
    """Cut an expression at parentheses and operators; names may hold spaces."""
    found = []
    end = 0
    for match in [*TOKENS.finditer(text), None]:
        stop = match.start() if match else len(text)
        name = text[end:stop]
        if name.strip():
            found.append(_Token(name.strip(), end + len(name) - len(name.lstrip())))
        if match:
            found.append(_Token(match.group(), stop))
            end = match.end()
    return found


def _error(text: str, start: int, problem: str) -> InputError:
    return InputError(f"License expression {text!r}, character {start + 1}: {problem}")


def _check_order(text: str, tokens: Sequence[_Token]) -> None:
    """Refuse missing licenses and operators, and parentheses that do not match."""
    open_at: list[int] = []
    before = ""
    for token in tokens:
        kind = "exception" if before == "WITH" and not token.operator else token.operator or "name"
        problem = _misplaced(kind, before, token.text)
        if problem:
            raise _error(text, token.start, problem)
        if kind == "(":
            open_at.append(token.start)
        elif kind == ")" and not open_at:
            raise _error(text, token.start, "')' closes a parenthesis that was never opened.")
        elif kind == ")":
            open_at.pop()
        if len(open_at) > MAX_DEPTH:
            raise _error(text, token.start, f"more than {MAX_DEPTH} parentheses within each other.")
        before = kind
    if not tokens:
        raise InputError("The license expression is empty. Write a license, such as MIT, or several joined by AND or OR.")
    if before not in PART_ENDS:
        missing = "an exception" if before == "WITH" else "a license"
        raise _error(text, len(text), f"{missing} is missing at the end after {tokens[-1].text!r}.")
    if open_at:
        raise _error(text, open_at[-1], "'(' is never closed.")


def _misplaced(kind: str, before: str, part: str) -> str:
    """Say why a token cannot follow the one before it; empty when it can."""
    if before == "WITH" and kind != "exception":
        return f"an exception is missing before {part!r}."
    if kind in ("name", "("):
        return f"AND or OR is missing before {part!r}." if before in PART_ENDS else ""
    if kind == "WITH" and before in (")", "exception"):
        return "WITH follows one license, not a parenthesis or an exception."
    if kind != "exception" and before not in PART_ENDS:
        return f"a license is missing before {part!r}."
    return ""


def _license(text: str, token: _Token, licenses: pd.DataFrame, aliases: pd.DataFrame) -> NameReading:
    """Read a license name; `license_id` is what SPDX writes for it today, with `+` where a later version may be taken."""
    reading = read_name(token.text, licenses, aliases)
    if reading.license_id:
        return replace(reading, license_id=current_form(reading, licenses["license_id"]))
    if token.text.endswith("+"):
        plain = read_name(token.text.rstrip("+"), licenses, aliases)
        if plain.license_id:
            return replace(plain, given=token.text, license_id=f"{current_form(plain, licenses['license_id'])}+")
    either = _read_all(token.text.split("/"), licenses, aliases)
    if len(either) > 1:
        return NameReading(token.text, " OR ".join(either), (), NameMatch.ALIAS, SLASH_READ, ())
    raise _error(text, token.start, _unread(token, reading, licenses, aliases))


def listed_licenses(text: str, licenses: pd.DataFrame, aliases: pd.DataFrame) -> tuple[str, ...]:
    """Return the licenses that a text names one after the other without an operator ("MIT, ISC"); nothing when it does not."""
    for separator in SEPARATORS:
        found = _read_all(separator.split(text.strip()), licenses, aliases)
        if len(found) > 1:
            return found
    return next((halves for gap in re.finditer(r"\s+", text) if (halves := _read_all(_cut(text, gap), licenses, aliases))), ())


def _cut(text: str, gap: re.Match[str]) -> tuple[str, str]:
    return text[: gap.start()], text[gap.end() :]


def _read_all(names: Sequence[str], licenses: pd.DataFrame, aliases: pd.DataFrame) -> tuple[str, ...]:
    """Return what each name means, each license once; nothing when one of them means no license."""
    readings = [read_name(name, licenses, aliases) for name in names]
    if not all(item.license_id for item in readings):
        return ()
    return tuple(dict.fromkeys(current_form(item, licenses["license_id"]) for item in readings))


def _unread(token: _Token, reading: NameReading, licenses: pd.DataFrame, aliases: pd.DataFrame) -> str:
    together = listed_licenses(token.text, licenses, aliases)
    if together:
        choice, all_bind = (f" {operator} ".join(together) for operator in ("OR", "AND"))
        return f"{token.text!r} is no license. Write {choice!r} if the taker may choose, {all_bind!r} if all bind."
    untold = any(item not in reading.reason for item in reading.candidates)
    choice = f" Write one of: {', '.join(reading.candidates)}." if untold else ""
    listed = "" if reading.candidates else " Identifiers: openstrat data show licenses."
    return f"{token.text!r} is not read as one license. {reading.reason}{choice}{listed}"


def _exception(text: str, token: _Token, licenses: pd.DataFrame, aliases: pd.DataFrame) -> str:
    """Return an exception as SPDX spells it; conditions on top of a license are no exceptions."""
    known = sorted(_exceptions() - set(licenses["license_id"]))
    for form in (spelled, family):
        fitting = [item for item in known if form(item) == form(token.text)]
        if len(fitting) == 1:
            return fitting[0]
    other = read_name(token.text, licenses, aliases).license_id
    if other:
        raise _error(text, token.start, f"{token.text!r} is {other}, a text with terms of its own; join it by AND.")
    meant = did_you_mean(token.text, known)
    raise _error(text, token.start, f"{token.text!r} is not an exception of the SPDX list, so what it adds is not known.{meant}")


@cache
def _exceptions() -> frozenset[str]:
    """Return the exceptions on the SPDX list. ScanCode's own are left out: it counts added conditions as exceptions too."""
    from license_expression import get_spdx_licensing

    symbols = get_spdx_licensing().known_symbols
    return frozenset(key for key, item in symbols.items() if item.is_exception and not key.startswith("LicenseRef-")).union(
        EXCEPTIONS_SINCE_INDEX
    )


def _tree(node: Any, licensing: Any, known: set[str]) -> LicenseUse | Combination:
    """Turn what license-expression parsed into our tree: flat where an operator repeats, each part once."""
    if hasattr(node, "license_symbol"):
        return _use(node.license_symbol.key, known, node.exception_symbol.key)
    if not node.args:
        return _use(node.key, known)
    operator = Operator.AND if isinstance(node, licensing.AND) else Operator.OR
    parts: dict[LicenseUse | Combination, None] = {}
    for part in (_tree(item, licensing, known) for item in node.args):
        same = isinstance(part, Combination) and part.operator is operator
        parts |= dict.fromkeys(part.parts if same and isinstance(part, Combination) else [part])
    return Combination(operator, tuple(parts)) if len(parts) > 1 else next(iter(parts))


def _use(key: str, known: set[str], exception: str | None = None) -> LicenseUse:
    is_later = key not in known
    return LicenseUse(key.removesuffix("+") if is_later else key, exception, is_later)
