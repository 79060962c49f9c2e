"""Phrases and source lines that several sections share."""

from __future__ import annotations

import hashlib

from openstrat.cases.schema import Case

CASE_SOURCE = "the case file: the asker's own estimates, not checked against the market"


TERMS_SOURCE = "openstrat table license_terms (103 licenses, most read from their text); rule: restrictions from typed terms"


def case_hash(case: Case) -> str:
    """Return the sha256 of a case's content, whatever the layout of its file."""
    return hashlib.sha256(case.model_dump_json().encode()).hexdigest()
