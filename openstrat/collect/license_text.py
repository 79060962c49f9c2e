"""Which license a text is: whole known license texts are recognized, what is left over is counted, and nothing is guessed.

A text counts as a license's when all of the license's marks (runs of a few words, in their order) are in it and each stretch between
two of them is as long as it should be. A single word changed inside is not noticed by that; `is_verbatim` notices it where the
license has no blanks to fill in. No lawyer's reading: what the words mean is not looked at.
"""

from __future__ import annotations

import bisect
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from openstrat.terms import Term

WORD = re.compile(r"\d+(?:\.\d+)+|[^\W_]{2,}")
"""Words of a text as they are compared: numbers with dots in one piece, letters of lists and single digits left out."""
LIST_NUMBERS = frozenset(("ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii", "xiii", "xiv", "xv"))
TAG = re.compile(r"</?[a-zA-Z!][^<>]{0,300}>")
"""Tags of a web page, and blanks to fill in such as <year>."""
NOTICE_LINE = re.compile(r"(?im)^\W*(?:portions\s+)?(?:copyright\s*(?:\(c\)|©|\[?\d{4}|\[yyyy)|\(c\)\s*\d{4}|©|all rights reserved\W*$).*$")
"""Lines that name the owner; they change from project to project."""
SPDX_LINE = re.compile(r"SPDX-License-Identifier:[ \t]*([A-Za-z0-9(][A-Za-z0-9.+():/ -]{0,199})")
SPDX_END = re.compile(r"\s*(?:\*/|-->|#\}|%>|\"\"\"|\*\)).*$")
ADDRESSES = (
    (re.compile(r"creativecommons\.org/licenses/([a-z-]+)/(\d\.\d)"), "CC-{0}-{1}"),
    (re.compile(r"creativecommons\.org/publicdomain/zero/(1\.0)"), "CC0-{0}"),
    (re.compile(r"apache\.org/licenses/license-(2\.0)"), "Apache-{0}"),
    (re.compile(r"mozilla\.org/(?:en-us/)?mpl/(2\.0)"), "MPL-{0}"),
    (re.compile(r"opensource\.org/licenses?/(mit|isc)\b"), "{0}"),
)
"""Published addresses of licenses, and the identifier of what stands there."""
HEAD_WORDS, TAIL_WORDS = 600, 900
"""How far before and after a license text its own parameters and appendix may reach."""
FEW_OTHER_WORDS = 8
"""Words beside the license texts that cannot hold a term: a title, a name."""
MOST_STARTS = 40
RESEMBLES_FROM = 0.5
LATER_VERSION = ("any later version", "or later")
CHOICE = (
    "at your option",
    "your choice",
    "user choice",
    "users choice",
    "dual licens",
    "dual-licens",
    "either of",
    "tri licens",
    "one of the following",
)
"""Words by which a file says that its reader may choose among the licenses in it (a word list; read the file)."""
TERM_WORDS = re.compile(
    r"\b(must|shall|cannot|may not|not be used|not permitted|not (?:designed|licensed|intended)|prohibit\w*|restrict\w*|additional|unless"
    r"|except\w*|commercial\w*|permission|grant\w*|acknowledg\w*|require\w*)\b"
)
"""Words that can add a term to a license beside which they stand."""
CHANGED = re.compile(r"\bmodified\b|\bmodifications?\b")
"""Words by which a file says that a license was changed."""
LICENSOR = "licensor"
"""Head of the licenses that carry parameters of the licensor's."""
CHANGE_DATE = re.compile(r"(?im)^\W*change date\W+([^\n]{1,120})")
CHANGE_LICENSE = re.compile(r"(?im)^\W*change license\W+([^\n]{1,120})")
USE_GRANT = re.compile(r"(?im)^\W*additional use grant\W+(\S+)")


class TextState(Term):
    """What a file that could be a license turned out to be."""

    READ = "read", "Known license texts, and nothing beside them that could add a term."
    MORE = "more", "Known license texts, and other words beside them that could add terms."
    NAMED = "named", "No license text, but an SPDX line or the address of one."
    UNKNOWN = "unknown", "Text that is no known license; it may still be one."
    EMPTY = "empty", "Nothing is written in it."
    NOT_TEXT = "not_text", "Not text in an encoding that is known."
    TOO_LARGE = "too_large", "Too large for a license; not read."
    LINK = "link", "A symbolic link; not followed."
    MODULE = "module", "Another repository that is linked in; not read."
    MISSING = "missing", "Its content is not in this clone."


@dataclass(frozen=True)
class KnownText:
    """How one license text is recognized; a row of the table license_texts.

    `marks` are runs of words in their order, `forbidden` ones that make it another license. `heads` and `tails` may stand before and
    after it: parameters, an appendix. Between two marks stand `gaps` words, give or take `slacks`. `span_sha256` are hashes of the
    words from the first to the last mark as published, none where these hold blanks.
    """

    text_id: str
    license_ids: tuple[str, ...]
    marks: tuple[str, ...]
    forbidden: tuple[str, ...]
    heads: tuple[str, ...]
    tails: tuple[str, ...]
    gaps: tuple[int, ...]
    slacks: tuple[int, ...]
    span_sha256: tuple[str, ...]


@dataclass(frozen=True)
class FoundText:
    """One license text in a file. `license_ids` holds several where the text alone does not settle which: GPL-3.0-only or -or-later.

    `is_verbatim` is None where the license has blanks. `parameters` are those of Business Source; the licensor's name is left out.
    """

    text_id: str
    license_ids: tuple[str, ...]
    is_verbatim: bool | None
    n_words: int
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class TextReading:
    """What a license file holds: the license texts in their order, what is left over, and whether the file offers a choice.

    `resembles` names texts that are in it in part: changed, cut, or another version. `named` are SPDX lines as
    written, and the licenses whose addresses stand in a file without a license text.
    """

    state: TextState
    texts: tuple[FoundText, ...] = ()
    is_choice: bool = False
    n_other_words: int = 0
    resembles: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether the file is one or more known licenses and nothing else."""
        return self.state is TextState.READ


@dataclass(frozen=True)
class _Match:
    known: KnownText
    start: int
    end: int
    whole_start: int
    whole_end: int


def decode(data: bytes) -> str | None:
    """Return the text of a file's bytes: UTF-8, UTF-16 or UTF-32 with a byte order mark, Latin-1; None for binary."""
    for mark, encoding in ((b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    if b"\0" in data:
        return None
    text = _decoded(data, "utf-8-sig")
    return text if text is not None else _decoded(data, "latin-1")


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def words_of(text: str) -> list[str]:
    """Return the words of a text as they are compared: without case, punctuation, owner lines, tags and single letters."""
    plain = unicodedata.normalize("NFKC", NOTICE_LINE.sub("\n", TAG.sub(" ", text))).casefold()
    return [word for word in WORD.findall(plain.replace("licence", "license").replace("https", "http")) if word not in LIST_NUMBERS]


def span_hash(words: Sequence[str]) -> str:
    """Return the hash of a run of words, as `KnownText.span_sha256` holds it."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def read_license(data: bytes, known: Sequence[KnownText]) -> TextReading:
    """Return what the bytes of a license file hold.

    Parameters
    ----------
    data
        The whole file.
    known
        The license texts that can be recognized, from the table license_texts.
    """
    text = decode(data)
    if text is None:
        return TextReading(TextState.NOT_TEXT)
    return read_license_text(text, known)


def read_license_text(text: str, known: Sequence[KnownText]) -> TextReading:
    """Return what a text holds, as `read_license` does for bytes."""
    words = words_of(text)
    if not words:
        return TextReading(TextState.EMPTY)
    joined, starts = f" {' '.join(words)} ", _word_starts(words)
    matches = _largest(_matches(joined, starts, known), words)
    if not matches:
        named = spdx_lines(text) or _addresses(text)
        state = TextState.NAMED if named else TextState.UNKNOWN
        return TextReading(state, n_other_words=len(words), resembles=_near(joined, known), named=named)
    rest = _rest(words, matches)
    state = TextState.MORE if _may_add_terms(rest) else TextState.READ
    return TextReading(state, _texts(matches, words, text), _offers_choice(rest), len(rest), (), spdx_lines(text))


def _addresses(text: str) -> tuple[str, ...]:
    """Return the licenses whose published addresses stand in a text, each once."""
    found = [form.format(*(part.upper() for part in hit.groups())) for pattern, form in ADDRESSES for hit in pattern.finditer(text.lower())]
    return tuple(dict.fromkeys(found))


def spdx_lines(text: str, most: int = 5) -> tuple[str, ...]:
    """Return the expressions that SPDX-License-Identifier lines of a text name, as written, each once."""
    found = (SPDX_END.sub("", item).strip() for item in SPDX_LINE.findall(text))
    return tuple(dict.fromkeys(item for item in found if item))[:most]


def _word_starts(words: Sequence[str]) -> list[int]:
    """Return where each word starts in the joined text, whose first character is a blank."""
    at, place = [], 1
    for word in words:
        at.append(place)
        place += len(word) + 1
    return at


def _matches(joined: str, starts: list[int], known: Iterable[KnownText]) -> list[_Match]:
    found = []
    for item in known:
        if all(f" {mark} " in joined for mark in item.marks):
            found += _spans(joined, starts, item)
    return found


def _spans(joined: str, starts: list[int], item: KnownText) -> list[_Match]:
    """Return where the text stands: every run of its marks with the right number of words between them."""
    found, at, last_end = [], 0, -1
    for _ in range(MOST_STARTS):
        at = joined.find(f" {item.marks[0]} ", at)
        if at < 0:
            break
        start, end = bisect.bisect_left(starts, at + 1), _end_of(joined, starts, at, item)
        if end is not None and start > last_end and not _forbidden(joined, starts, start, end, item):
            found.append(_Match(item, start, end, *_whole(joined, starts, item, start, end)))
            last_end = end
        at += 1
    return found


def _end_of(joined: str, starts: list[int], at: int, item: KnownText) -> int | None:
    """Return the number of the word after the last mark when the marks follow each other from `at` on at the right distances."""
    place, n_before = at, 0
    for number, mark in enumerate(item.marks):
        place = joined.find(f" {mark} ", place)
        if place < 0:
            return None
        first = bisect.bisect_left(starts, place + 1)
        if number and abs(first - n_before - item.gaps[number - 1]) > item.slacks[number - 1]:
            return None
        place += len(mark) + 1
        n_before = first + mark.count(" ") + 1
    return n_before


def _forbidden(joined: str, starts: list[int], start: int, end: int, item: KnownText) -> bool:
    inside = joined[starts[start] - 1 : starts[end] if end < len(starts) else len(joined)]
    return any(f" {mark} " in inside for mark in item.forbidden)


def _whole(joined: str, starts: list[int], item: KnownText, start: int, end: int) -> tuple[int, int]:
    """Return the stretch with the parameters before and the appendix after it, where they are there."""
    low, high = starts[max(0, start - HEAD_WORDS)] - 1, starts[end + TAIL_WORDS] if end + TAIL_WORDS < len(starts) else len(joined)
    after = starts[end] - 1 if end < len(starts) else len(joined)
    heads = [at for head in item.heads if (at := joined.find(f" {head} ", low, starts[start])) >= 0]
    tails = [at + len(tail) + 1 for tail in item.tails if (at := joined.rfind(f" {tail} ", after, high)) >= 0]
    first = bisect.bisect_left(starts, min(heads) + 1) if heads else start
    return first, bisect.bisect_left(starts, max(tails)) if tails else end


def _largest(matches: list[_Match], words: Sequence[str]) -> list[_Match]:
    """Return the matches that lie in no larger one; of several on the same words the one that is verbatim, else all of them."""
    kept: list[_Match] = []
    for match in sorted(matches, key=lambda item: (item.start - item.end, not _is_verbatim(item, words))):
        covering = [other for other in kept if other.whole_start <= match.start and match.end <= other.whole_end]
        twins = [other for other in covering if (other.start, other.end) == (match.start, match.end)]
        if not covering or (twins == covering and not any(_is_verbatim(other, words) for other in twins)):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def _is_verbatim(match: _Match, words: Sequence[str]) -> bool | None:
    published = match.known.span_sha256
    return span_hash(words[match.start : match.end]) in published if published else None


def _rest(words: Sequence[str], matches: Iterable[_Match]) -> list[str]:
    covered = [False] * len(words)
    for match in matches:
        covered[match.whole_start : match.whole_end] = [True] * (match.whole_end - match.whole_start)
    return [word for word, is_covered in zip(words, covered, strict=True) if not is_covered]


def _texts(matches: Sequence[_Match], words: Sequence[str], text: str) -> tuple[FoundText, ...]:
    """Return one entry a stretch of words; twins that cannot be told apart become one entry with the licenses of all."""
    found, after = [], 0
    for (_, end), group in groupby(matches, key=lambda match: (match.start, match.end)):
        twins = list(group)
        ids = tuple(dict.fromkeys(item for match in twins for item in match.known.license_ids))
        later = tuple(item for item in ids if item.endswith("-or-later"))
        before = " ".join(words[after : twins[0].start])
        settled = later if later and any(phrase in before for phrase in LATER_VERSION) else ids
        parameters = _parameters(text) if LICENSOR in twins[0].known.heads else ()
        verbatim = _is_verbatim(twins[0], words) if len(twins) == 1 else False
        name = " / ".join(match.known.text_id for match in twins)
        found.append(FoundText(name, settled, verbatim, end - twins[0].start, parameters))
        after = end
    return tuple(found)


def _parameters(text: str) -> tuple[tuple[str, str], ...]:
    grant = USE_GRANT.search(text)
    found = {
        "additional_use_grant": "" if grant is None else "no" if grant.group(1).casefold().strip(".,") == "none" else "yes",
        "change_date": _line(CHANGE_DATE, text),
        "change_license": _line(CHANGE_LICENSE, text),
    }
    return tuple((name, value) for name, value in found.items() if value)


def _line(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return " ".join(found.group(1).split()) if found else ""


def _may_add_terms(rest: Sequence[str]) -> bool:
    said = " ".join(rest)
    return CHANGED.search(said) is not None or (len(rest) > FEW_OTHER_WORDS and TERM_WORDS.search(said) is not None)


def _offers_choice(rest: Sequence[str]) -> bool:
    said = " ".join(rest)
    return any(phrase in said for phrase in CHOICE)


def _near(joined: str, known: Iterable[KnownText]) -> tuple[str, ...]:
    """Return the texts of which at least half of the marks are there, closest first, three at most."""
    shares = [(sum(f" {mark} " in joined for mark in item.marks) / len(item.marks), item.text_id) for item in known]
    return tuple(text_id for share, text_id in sorted(shares, reverse=True)[:3] if share >= RESEMBLES_FROM)
