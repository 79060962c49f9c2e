"""How license texts are recognized: marks of a few words, the distances between them, hashes of the published wording."""

from __future__ import annotations

from openstrat.tables import fields
from openstrat.tables.model import Table, Text, table


@table(
    "licenses/license_texts.csv",
    key=("text_id",),
    title="Marks by which license texts are recognized",
    as_of="2026-08-27",
    gaps=(
        "127 texts, most licenses whose terms were read; any other text is answered as unknown.",
        "Marks were chosen by counting in how many of 2,618 license texts each run of six words stands; the rarest were taken.",
        "Texts with blanks (BSD, ISC, MIT with other names) have no hash: a changed word between two marks is not noticed in them.",
        "No license text is in this table.",
    ),
)
class LicenseTexts(Table):
    """Each row recognizes one license text: all marks in their order, each at its distance from the one before.

    Words are compared without case, punctuation, owner lines and single letters. A text that can mean several licenses, such as
    GPL-3.0 alone or with later versions, names them all.
    """

    text_id: Text = fields.text("Short name of the text.", pattern=r"[A-Za-z0-9][A-Za-z0-9.+-]*")
    license_ids: Text = fields.many("Licenses that the text stands for.", references="licenses.license_id")
    marks: Text = fields.many("Runs of words that stand in the text, in their order.")
    gaps: Text = fields.many("Words between one mark and the next.")
    slacks: Text = fields.many("By how many words each distance may differ.")
    forbidden: Text = fields.many("Runs of words that make it another license.", nullable=True)
    heads: Text = fields.many("Words with which parameters or a notice before the text begin.", nullable=True)
    tails: Text = fields.many("Words with which an appendix ends.", nullable=True)
    span_sha256: Text = fields.many("SHA-256 of the words from first to last mark as published.", nullable=True)
    source_ids: Text = fields.sources()
