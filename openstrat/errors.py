"""Errors a user can act on: the value, the place, what is allowed, the next step."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class OpenstratError(Exception):
    """Base of all errors that openstrat raises on purpose.

    `exit_code` is what the command line returns for it; `ARCHITECTURE.md` lists the codes.
    """

    exit_code = 1


class InputError(OpenstratError):
    """Something the user gave is wrong; nothing was written."""

    exit_code = 2


class UnknownNameError(InputError):
    """A name is not one of the allowed ones."""

    def __init__(self, what: str, name: object, allowed: Iterable[str], hint: str = "") -> None:
        names = sorted(allowed)
        shown = ", ".join(names) if len(names) <= 16 else f"{', '.join(names[:12])}, ... ({len(names)} in all)"
        super().__init__(f"Unknown {what} {name!r}.{did_you_mean(name, names)} Allowed: {shown}.{' ' + hint if hint else ''}")


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


def did_you_mean(name: object, allowed: Iterable[str]) -> str:
    """Return ' Did you mean ...?' for the closest allowed name, or an empty string."""
    original = {item.lower(): item for item in allowed}
    close = difflib.get_close_matches(str(name).lower(), list(original), n=1, cutoff=0.6)
    return f" Did you mean {original[close[0]]!r}?" if close else ""
