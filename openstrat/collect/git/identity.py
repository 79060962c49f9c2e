"""Names and addresses as they are compared, and the salted hashes that stand for them."""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata

SALT_BYTES = 16
HASH_BYTES = 8
_GENERIC_WORDS = """
admin administrator author chris dev developer git github guest jenkins localhost me nobody none root system test tester ubuntu unknown user
username vagrant you
"""
_GENERIC_PAIRS = (
    "your name",
    "your full name",
    "john doe",
    "jane doe",
    "first last",
    "firstname lastname",
    "unknown user",
    "no name",
    "no author",
)
GENERIC_NAMES = frozenset((*_GENERIC_WORDS.split(), *_GENERIC_PAIRS))
"""Names that stand for nobody: two people who use one are not the same."""
MIN_SINGLE_WORD = 5
"""Characters a name of one word needs: shorter ones are first names that many share. Recovered from the shipped tables' counts."""

_BLANKS = str.maketrans(".,", "  ")
_NUMBERED_NOREPLY = re.compile(r"^\d+\+(.+@users\.noreply\.github\.com)$")
_LOGIN = re.compile(r"^([^@+]+)@users\.noreply\.github\.com$")


def new_salt() -> bytes:
    """Return a random salt: hashes made with it cannot be compared with those of another run."""
    return secrets.token_bytes(SALT_BYTES)


def normal_name(name: str) -> str:
    """Return a name as it is compared: lower case, single blanks, without dots, commas, control and direction marks."""
    if not (name.isascii() and name.isprintable()):
        text = unicodedata.normalize("NFC", name)
        name = "".join(letter if letter.isprintable() else " " for letter in text if unicodedata.category(letter) != "Cf")
    return " ".join(name.lower().translate(_BLANKS).split())


def normal_address(address: str) -> str:
    """Return an address as it is counted: lower case, without blanks, quotes and marks that are not printed."""
    visible = address if address.isprintable() else "".join(letter for letter in address if letter.isprintable())
    return visible.strip(" \"'").lower()


def mailbox_of(address: str) -> str:
    """Return the mailbox behind a normal address: GitHub writes one noreply mailbox with and without a number before the login."""
    numbered = _NUMBERED_NOREPLY.match(address)
    return numbered.group(1) if numbered else address


def login_of(mailbox: str) -> str:
    """Return the login that a GitHub noreply mailbox names, or an empty string."""
    found = _LOGIN.match(mailbox)
    return found.group(1) if found else ""


def is_telling(name: str) -> bool:
    """Return whether a normal name is full enough to stand for one person: two words, or one of five letters or more."""
    return name not in GENERIC_NAMES and "@" not in name and (" " in name or len(name) >= MIN_SINGLE_WORD)


def salted(salt: bytes, kind: bytes, text: str) -> int:
    """Return the salted hash of a text, a positive whole number below 2**63; 0 for an empty text."""
    if not text:
        return 0
    data = text.encode("utf-8", "surrogateescape")
    return int.from_bytes(hashlib.blake2b(data, key=salt, person=kind, digest_size=HASH_BYTES).digest(), "little") >> 1 or 1


def salt_mark(salt: bytes) -> str:
    """Return a mark that is equal for equal salts and does not give the salt away."""
    return hashlib.blake2b(b"openstrat", key=salt, person=b"mark", digest_size=HASH_BYTES).hexdigest()
