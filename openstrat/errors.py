"""Errors a user can act on: the value, the place, what is allowed, the next step."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

MOST_LISTED = 16
"""Up to so many allowed names are listed in full."""
SHORT = 8
"""Names shorter than this have to be more alike to be suggested."""
SHORTEST_START = 3
"""So many letters suggest a name that starts with them."""


class OpenstratError(Exception):
    """Base of all errors that openstrat raises on purpose.

    `exit_code` is what the command line returns for it; `ARCHITECTURE.md` lists the codes.
    """

    exit_code = 1


class InputError(OpenstratError):
    """Something the user gave is wrong; nothing was written."""

    exit_code = 2


class UnknownNameError(InputError):
    """A name is not one of the allowed ones. Few allowed names are listed; of many, those nearest to it."""

    def __init__(self, what: str, name: object, allowed: Iterable[str], hint: str = "") -> None:
        names = sorted(allowed)
        if len(names) <= MOST_LISTED:
            meant = f"{did_you_mean(name, names)} Allowed: {', '.join(names)}."
        else:
            meant = f"{did_you_mean(name, names, most=5)} {len(names)} names are known."
        super().__init__(f"Unknown {what} {name!r}.{meant}{' ' + hint if hint else ''}")


class UnreadTermsError(UnknownNameError):
    """A license is listed, but its terms were not read, so what they say has no answer.

    `read_versions` are versions of it whose terms were read.
    """

    def __init__(self, license_id: str, read_versions: Iterable[str] = ()) -> None:
        versions = ", ".join(read_versions)
        step = f"Read was {versions}; ask for that." if versions else "Licenses whose terms were read: openstrat data show license_terms"
        InputError.__init__(self, f"{license_id}: its terms were not read here, and a name or an approval decides nothing. {step}")


class DataError(OpenstratError):
    """A data file is damaged or does not fit its table model."""


class CaseError(InputError):
    """A case file does not fit the case schema; the message lists every problem found."""


class DocumentError(InputError):
    """A YAML document is unreadable, or uses a feature that openstrat refuses."""


class ParameterError(InputError):
    """A notebook parameter is unknown, or its value does not fit the declared type."""


class OutputPathError(InputError):
    """An output name or path would leave the output folder or is not a slug."""


class BusyError(OpenstratError):
    """Another run holds the output."""

    exit_code = 75


class ReportError(OpenstratError):
    """A report could not be made; subclasses name the stage that failed."""

    exit_code = 10


class CellError(ReportError):
    """A cell of the notebook raised."""

    exit_code = 11


class CellTimeoutError(ReportError):
    """A cell or the whole run went past its time limit."""

    exit_code = 12


class KernelDiedError(ReportError):
    """The kernel ended before the notebook did."""

    exit_code = 13


class PublishError(ReportError):
    """The finished report could not be written; the previous one is untouched."""

    exit_code = 14


def did_you_mean(name: object, allowed: Iterable[str], *, most: int = 1) -> str:
    """Return ' Did you mean ...?' for the closest allowed names, at most `most`, or an empty string."""
    original = {item.lower(): item for item in allowed}
    text = str(name).lower()
    close = difflib.get_close_matches(text, list(original), n=most, cutoff=0.75 if len(text) < SHORT else 0.6)
    longer = [item for item in original if len(text) >= SHORTEST_START and item.startswith(text)]
    quoted = [repr(original[item]) for item in list(dict.fromkeys([*close, *longer]))[:most]]
    listed = " or ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)
    return f" Did you mean {listed}?" if listed else ""
