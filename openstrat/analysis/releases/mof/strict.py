"""Strict mode: what the published tool does with a release file, quirks included. Source: its evaluator at commit 8b5d30e.

Reading:

- Q1: A component name that the framework does not know counts as the first one in the tool's list, `Datasets`.
- Q2: Of a component that is listed twice the last entry counts, also when it says less.
- Q3: A license that is left out, or is `null`, falls back to the one for the kind of content, then to the one for the whole
  distribution. An empty name, `0`, `false` or `unlicensed` at the component does not fall back: it is unlicensed.
- Q4: An empty name (or `0`, `false`) for a kind of content falls back to the distribution; `unlicensed` there means unlicensed.
- Q5: Names stand under `license.<scope>.name`; a name anywhere else in that section is not seen.

Licenses:

- Q6: Names are compared letter by letter: `Apache 2.0` or `mit` is not on the list, so the component is invalid.
- Q7: A component that was not delivered, but is listed with words such as `Component not included` for a license, is invalid
  and not missing.
- Q8: A license that is open but not listed as made for the content counts in full and draws a warning. The list names no
  content at all for most licenses, and for `CC0-1.0` and `CC-BY-4.0` only documents.

Classes:

- Q9: A research paper stands in for the technical report whatever its own license: when the report is not open, the report
  is no longer missing in any class, and the paper appears in classes III and II with its own verdict, last in the list.
  An invalid paper thus hides the missing report, and class III cannot say what it lacks.
- Q10: A report under an invalid license stays among the invalid ones although an open paper has taken its place.
- Q11: Optional components with an open license stand apart; those without one are mixed with the required ones.

Progress:

- Q12: Progress is the share of the required components that are included: 6 in class III, 10 in class II, 14 in class I; 13
  in class I when an open paper stands in for the report.
- Q13: As long as a lower class is not complete, progress in the higher ones is 0.

Where the published tool stops with an error, an answer is given: a number, `true` or a date in place of a name is read as the text
that stands in the file, and fields that the tool does not know are passed over.

The tool cuts progress at 100. That cannot happen: the paper is added to classes III and II only where the report is not counted.
"""

from __future__ import annotations

from collections.abc import Mapping

from openstrat.analysis.releases.mof.framework import PAPER, REPORT, Framework, OpenLicense
from openstrat.analysis.releases.mof.listing import UNLICENSED, Listing
from openstrat.analysis.releases.mof.result import CountedLicense, Verdict
from openstrat.collect.mof_file import ReleaseFile


def strict_listing(release: ReleaseFile, framework: Framework) -> Listing:
    """Return the components as the published tool stores them (Q1, Q2, Q3, Q5)."""
    stored: dict[str, str | None] = {}
    notes = list(release.notes)
    for entry in release.components:
        known = framework.component(entry.name)
        name = known.name if known else framework.components[0].name
        if not known:
            notes.append(f"{entry.name!r} is not a component of the framework; the published tool counts it as {name}.")
        if name in stored:
            notes.append(f"{name} is listed more than once; the last entry counts.")
        stored[name] = "" if entry.license == UNLICENSED else entry.license
    return Listing(stored, release.licenses, notes=tuple(notes))


def is_made_for(found: OpenLicense, content_type: str) -> bool:
    """Say whether the tool's list names the content for an open license (Q8)."""
    return content_type in found.content_types


def paper_stands_in(counted: Mapping[str, CountedLicense]) -> bool:
    """Say whether the paper takes the place of the report in classes III and II (Q9)."""
    report = counted.get(REPORT)
    return PAPER in counted and not (report and report.verdict == Verdict.OPEN)
