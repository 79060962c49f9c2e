"""Repaired mode: what the framework means, where the published tool stumbles over how a file was filled in.

It differs from strict mode in what follows, and lists every place where a file is read differently.

- R1: License names are read: `Apache 2.0` is Apache-2.0. A name that fits several licenses stays invalid; the repair list says why.
- R2: `Component not included` and the like in place of a license: the component is missing.
- R3: `Undisclosed`, `unknown` or `none` in place of a license: the component is unlicensed, because nobody was told of a grant.
  `Proprietary` stays invalid: there are terms, and they are not open.
- R4: Component names that differ in case, spaces or punctuation are read; other unknown names are not counted at all.
- R5: A license name in the wrong place of the `license` section is read for the scope that it stands at.
- R6: The paper stands in for the report only under an open license of its own; otherwise the missing report is stated.
- R7: Progress is the share of required components in each class, also when a lower class is not complete.
- R8: A license that the framework lists as open data fits data, and one that the Open Source Initiative approved fits code, even if
  the tool's list does not say so.

Which components are required and which licenses count as open is not changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Protocol

from openstrat.analysis.releases.mof.framework import PAPER, Framework, OpenLicense
from openstrat.analysis.releases.mof.listing import UNLICENSED, Listing, is_empty
from openstrat.analysis.releases.mof.result import CountedLicense, Repair, Verdict
from openstrat.analysis.releases.mof.strict import is_made_for, paper_stands_in
from openstrat.collect.mof_file import ListedComponent, ReleaseFile
from openstrat.errors import did_you_mean

NOT_DELIVERED = re.compile(r"(?:component\s+)*(?:is\s+|was\s+)?not\s+(?:included?|released|delivered|provided|available|published)\b.*")
"""Words in place of a license which say that there is no such component."""

NOTHING_GRANTED = {"unlicensed", "undisclosed", "not disclosed", "unknown", "none", "no license", "not specified", "unspecified", "n/a"}
"""Words in place of a license which say that no grant is known."""


class Reading(Protocol):
    """What a license name means: the license, or what it might be, and why."""

    @property
    def license_id(self) -> str | None:
        """The license, or None when the name does not settle it."""

    @property
    def candidates(self) -> tuple[str, ...]:
        """What it might be."""

    @property
    def reason(self) -> str:
        """Why, in a sentence."""


ReadLicense = Callable[[str], Reading]


def repaired_listing(release: ReleaseFile, framework: Framework, read_license: ReadLicense | None) -> Listing:
    """Return the components as they are meant, with every repair (R1 to R5)."""
    repairer = _Repairer(framework, read_license)
    notes = [note for note in release.notes if note.startswith("components")]
    stored: dict[str, str | None] = {}
    for number, entry in enumerate(release.components, start=1):
        name = repairer.component(entry, number)
        if name is None or repairer.is_absent(entry, name):
            continue
        stated = repairer.stated(entry, name)
        if name in stored and stored[name] != stated:
            notes.append(f"{name} is listed more than once, with different licenses; the last entry counts.")
        stored[name] = stated
    scopes = {scope: repairer.license(f"license.{scope}", name) for scope, name in release.licenses.items()}
    for scope, name in release.misplaced.items():
        if scope not in scopes:
            scopes[scope] = repairer.misplaced(scope, name)
    return Listing(stored, scopes, tuple(repairer.repairs), tuple(notes))


def fits(found: OpenLicense, content_type: str) -> bool:
    """Say whether an open license was made for the content (R8)."""
    by_ground = {"data": "open_data", "code": "osi"}
    return is_made_for(found, content_type) or by_ground.get(content_type) in found.grounds


def open_paper_stands_in(counted: Mapping[str, CountedLicense]) -> bool:
    """Say whether a paper under an open license takes the place of the report (R6)."""
    return paper_stands_in(counted) and counted[PAPER].verdict == Verdict.OPEN


class _Repairer:
    """Reads names and collects what it changed."""

    def __init__(self, framework: Framework, read_license: ReadLicense | None) -> None:
        self.framework = framework
        self.read_license = read_license
        self.plain_names = {_plain(part.name): part.name for part in framework.components}
        self.by_license = {item.license_id: item.name for item in framework.licenses.values()}
        self.repairs: list[Repair] = []

    def component(self, entry: ListedComponent, number: int) -> str | None:
        """Return the component that an entry means; None when it is none of the framework's."""
        if self.framework.component(entry.name):
            return entry.name
        place = f"component {number}"
        meant = self.plain_names.get(_plain(entry.name))
        if meant:
            self.note(place, entry.name, meant, "Only case, spaces or punctuation differ.")
            return meant
        hint = did_you_mean(entry.name, [part.name for part in self.framework.components])
        self.note(place, entry.name, "not counted", f"The framework has no component of that name.{hint}")
        return None

    def is_absent(self, entry: ListedComponent, name: str) -> bool:
        """Say whether words in place of the license tell that the component was not delivered."""
        given = entry.license or ""
        if not NOT_DELIVERED.fullmatch(given.strip().casefold()):
            return False
        self.note(name, given, "not delivered", "These words say that the component is absent; they are no license.")
        return True

    def stated(self, entry: ListedComponent, name: str) -> str | None:
        """Return the license stated at a component; None when nothing is said there."""
        if entry.license is None or is_empty(entry.license):
            return entry.license
        return self.license(name, entry.license)

    def license(self, place: str, given: str) -> str:
        """Return a license name as the framework writes it, or as given when it is not on its list."""
        if given in self.framework.licenses or given == UNLICENSED:
            return given
        if given.strip().casefold() in NOTHING_GRANTED:
            self.note(place, given, UNLICENSED, "No grant is known under which the work could be used.")
            return UNLICENSED
        if self.read_license is None:
            return given
        reading = self.read_license(given)
        meant = self.by_license.get(reading.license_id or "")
        if meant:
            self.note(place, given, meant, reading.reason)
            return meant
        if reading.license_id is None and any(item in self.by_license for item in reading.candidates):
            self.note(place, given, f"nothing on the list; might be {', '.join(reading.candidates)}", reading.reason)
        return given

    def misplaced(self, scope: str, given: str) -> str:
        """Return a license name that stands in the wrong place."""
        self.note("license", given, f"license.{scope}.name", "The name stands where the published tool does not look.")
        return self.license(f"license.{scope}", given)

    def note(self, place: str, given: str, read_as: str, reason: str) -> None:
        """Remember a repair."""
        self.repairs.append(Repair(place, given, read_as, reason))


def _plain(name: str) -> str:
    return re.sub(r"[^a-z0-9]", "", name.casefold())
