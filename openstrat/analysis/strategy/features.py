"""Features by which precedents are compared with a case: each from a closed vocabulary, and those left out are not compared."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import ClassVar

from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import Term, values


@dataclass(frozen=True)
class Features:
    """What all sets of features share: the vocabularies they are checked against, and which of them are given.

    Raises
    ------
    UnknownNameError
        If a value is not in the feature's vocabulary.
    InputError
        If no feature is given.
    """

    vocabularies: ClassVar[Mapping[str, type[Term]]]

    def __post_init__(self) -> None:
        for name, value in self.known.items():
            if value not in values(self.vocabularies[name]):
                raise UnknownNameError(name.replace("_", " "), value, values(self.vocabularies[name]))
        if not self.known:
            raise InputError(f"Give at least one feature to compare: {', '.join(self.vocabularies)}.")

    @property
    def known(self) -> dict[str, str]:
        """The features that are given."""
        return {item.name: value for item in fields(self) if (value := getattr(self, item.name)) is not None}
