"""What every reader of commits has to do alike: mark a subject without keeping it, and tell which dates are errors of a clock."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt

from openstrat.collect.git.identity import HASH_BYTES

DAY_SECONDS = 86_400
SUBJECT_BYTES = 72
"""So much of a subject is compared: what follows is often added where a commit is carried over. Recovered from the shipped tables."""
_PULL_REQUEST = re.compile(rb"\s*\(#\d+\)$")


def subject_marks(subjects: Iterable[bytes], salt: bytes) -> npt.NDArray[Any]:
    """Return the 64-bit salted mark of each subject, useless without the salt, equal for a commit and its copy on another branch.

    The number of a pull request at the end and what comes after `SUBJECT_BYTES` bytes do not matter.
    """
    blake = hashlib.blake2b
    return np.frombuffer(b"".join([blake(_compared(subject), key=salt, digest_size=HASH_BYTES).digest() for subject in subjects]), "<u8")


def _compared(subject: bytes) -> bytes:
    return (_PULL_REQUEST.sub(b"", subject) if subject.endswith(b")") else subject)[:SUBJECT_BYTES]


def latest_second() -> int:
    """Return the last second that a commit's date may have, a day from now: a later one is an error of a clock."""
    return int(time.time()) + DAY_SECONDS
