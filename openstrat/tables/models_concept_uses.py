"""Where each concept is at work: the rule that computes it, and the reports and lessons that show it."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Table, Text, table
from openstrat.tables.models_guidance import AS_OF, concept


@table("guidance/concept_uses.csv", key=("concept_id",), title="Where each concept is at work", as_of=AS_OF)
class ConceptUses(Table):
    """For every concept the rule that computes it, the reports that show its answer, and the lessons that teach it.

    Tests hold each row: the rule exists, every report shows the concept, and no concept is without a report.
    """

    concept_id: Text = concept()
    rule: Text = fields.text("The function that computes it, as a Python name.", pattern=r"openstrat\.analysis\.[a-z_.]+")
    reports: Text = fields.many("Reports that show its answer for a case, a release or a repository.")
    lessons: Text = fields.many("Lessons that teach it.", nullable=True)
    source_ids: Text = fields.sources()
