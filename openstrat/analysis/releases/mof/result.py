"""What an evaluation returns."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.terms import Term


class MofMode(Term):
    """How a release file is read."""

    STRICT = "strict", "Exactly as the published tool does, its quirks included."
    REPAIRED = "repaired", "As the framework means it; every repair is listed."


class Verdict(Term):
    """What the license of a delivered component comes to."""

    OPEN = "open", "The license is on the list of open licenses."
    INVALID = "invalid", "A license is named, but it is not on the list."
    UNLICENSED = "unlicensed", "No license is named anywhere, or the file says that there is none."


class LicenseOrigin(Term):
    """Where the license that counts for a component was stated."""

    COMPONENT = "component", "At the component."
    TYPE_WIDE = "type_wide", "For all components of that kind of content."
    DISTRIBUTION_WIDE = "distribution_wide", "For the whole distribution."
    NONE = "none", "Nowhere."


@dataclass(frozen=True)
class CountedLicense:
    """The license that counts for one delivered component. `is_made_for_it` is False when it is open but fits other content."""

    component: str
    content_type: str
    license: str
    origin: LicenseOrigin
    verdict: Verdict
    is_made_for_it: bool


@dataclass(frozen=True)
class ClassResult:
    """One class: progress in percent of the required components, and component names by what became of them.

    `included` holds required components with an open license, `optional` the others with one; `invalid` and `unlicensed`
    hold both kinds.
    """

    mof_class: int
    progress: float
    included: tuple[str, ...]
    missing: tuple[str, ...]
    invalid: tuple[str, ...]
    unlicensed: tuple[str, ...]
    optional: tuple[str, ...]


@dataclass(frozen=True)
class Distance:
    """What still separates a release from the next class: components to deliver with an open license, and to license anew."""

    next_class: int
    to_deliver: tuple[str, ...]
    to_license: tuple[str, ...]

    @property
    def n_components(self) -> int:
        """How many components that is."""
        return len(self.to_deliver) + len(self.to_license)


@dataclass(frozen=True)
class Repair:
    """One place where repaired mode reads something else than what stands there."""

    place: str
    given: str
    read_as: str
    reason: str


@dataclass(frozen=True)
class MofResult:
    """The class of a release, the three classes one by one (III, II, I), and everything that the answer rests on.

    `mof_class` is 3, 2 or 1, or 0 for unclassified. `distance` is None in class I.
    """

    name: str
    mode: MofMode
    mof_class: int
    label: str
    classes: tuple[ClassResult, ...]
    licenses: tuple[CountedLicense, ...]
    distance: Distance | None
    repairs: tuple[Repair, ...]
    notes: tuple[str, ...]

    @property
    def not_type_appropriate(self) -> tuple[str, ...]:
        """Components whose license is open but made for other content."""
        return tuple(item.component for item in self.licenses if item.verdict == Verdict.OPEN and not item.is_made_for_it)

    @property
    def warnings(self) -> tuple[str, ...]:
        """One sentence a component whose license is open but made for other content."""
        return tuple(
            f"{item.component}: {item.license} is open, but not listed as made for {item.content_type}."
            for item in self.licenses
            if item.component in self.not_type_appropriate
        )
