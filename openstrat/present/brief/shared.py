"""Phrases and source lines that several sections share."""

from __future__ import annotations

import hashlib
import re

from openstrat.cases.schema import Case
from openstrat.tables.store import read_table

CASE_SOURCE = "the case file: the asker's own estimates, not checked against the market"


def case_hash(case: Case) -> str:
    """Return the sha256 of a case's content, whatever the layout of its file."""
    return hashlib.sha256(case.model_dump_json().encode()).hexdigest()


QUESTION = re.compile(r"\bCK[1-5]\b")


def named_questions(sentence: str) -> str:
    """Return a sentence in which each checklist question has its name beside its id."""
    names = read_table("checklist").set_index("concept_id")["name"]
    return QUESTION.sub(lambda found: f"'{str(names[found.group()]).lower()}' ({found.group()})", sentence)
