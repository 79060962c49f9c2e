"""Where other authorities judge a license differently from the rule, and who is right."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.authority_vocabulary import Authority, AuthoritySays, WhoIsRight
from openstrat.tables.model import Table, Text, table


@table(
    "licenses/authority_disagreements.csv",
    key=("license_id", "authority"),
    title="Disagreements between the rule and authorities",
    as_of="2026-08-26",
    gaps=(
        "Holds licenses whose terms are recorded here; what an authority says about other licenses is not compared.",
        "Who is right is the curators' judgment; the terms and the lists are facts.",
    ),
)
class AuthorityDisagreements(Table):
    """Licenses that our rule and an authority place differently, one row a license and authority, with who is right and why.

    Every disagreement that is computed from the terms has a row, and every row of a computed authority has its disagreement.
    Common readings are not computed: what is commonly said stands in `authority_says`.
    """

    license_id: Text = fields.text("The license.", references="license_terms.license_id")
    authority: Text = fields.choice("Who judges it differently.", Authority)
    authority_says: Text = fields.choice("What the authority's word amounts to.", AuthoritySays)
    who_is_right: Text = fields.choice("How the disagreement ends.", WhoIsRight)
    why: Text = fields.text("The reason, in our words.")
    source_ids: Text = fields.sources()
