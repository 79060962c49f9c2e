"""A made-up license that restricts nobody; tests change one cell at a time."""

from __future__ import annotations

OPEN_ROW = {
    "license_id": "LicenseRef-Test",
    "grant": "license",
    "commercial_use": "yes",
    "commercial_gate": "none",
    "commercial_threshold": None,
    "use_scope": "any",
    "redistribution": "yes",
    "derivatives": "yes",
    "hosted_service": "yes",
    "competing_use": "none",
    "competing_use_note": None,
    "output_use": "unrestricted",
    "output_use_note": None,
    "naming": "notice; changes_marked",
    "naming_note": None,
    "acceptable_use_policy": "none",
    "acceptable_use_policy_note": None,
    "is_policy_changeable": None,
    "has_use_restrictions_flow_down": False,
    "patent_retaliation": "none",
    "copyleft_trigger": "none",
    "geographic_exclusion": "none",
    "geographic_exclusion_scope": None,
    "geographic_exclusion_note": None,
    "revocable": "not_stated",
    "evidence": "s.1 grants everything.",
    "confidence": "verified",
    "source_ids": "openstrat-curators; license-mit",
}
