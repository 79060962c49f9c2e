"""Columns of the shipped fork tables, in order."""

from __future__ import annotations

# fmt: off
ACTIVITY = (
    "repository", "role", "date_basis", "month", "n_commits", "n_commits_bot", "n_commits_bot_uncredited", "n_active_authors",
    "n_active_authors_strict", "n_active_addresses", "n_active_with_coauthors", "n_new_authors", "n_new_retained_6m",
    "top1_share", "top3_share", "absence_factor", "org_known_share", "org_top_share_of_known", "org_hhi_of_known",
    "n_authors_12m", "n_commits_12m", "is_full_12m", "top1_share_12m", "top3_share_12m", "absence_factor_12m",
    "org_unknown_share_12m", "org_top_12m", "org_top_share_of_known_12m", "elephant_factor_12m", "org_hhi_of_known_12m",
    "steward_orgs", "n_active_nonsteward", "n_commits_nonsteward", "n_new_nonsteward", "is_partial_month", "source_ids",
)
MIGRATION = (
    "fork", "month", "upstream", "is_upstream_inside_fork", "months_since_fork", "n_fork_active", "n_fork_commits", "n_migrants",
    "n_migrant_commits", "n_veterans", "n_no_upstream_history", "n_upstream_active", "n_both_active", "n_upstream_only",
    "n_core_active_fork", "n_core_active_upstream", "source_ids",
)
TRANSITIONS = (
    "fork", "author_group", "horizon_months", "upstream", "is_upstream_inside_fork", "fork_started_on", "n_group", "n_in_fork",
    "n_fork_only", "n_both", "n_upstream_only", "n_neither", "n_fork_authors", "n_fork_authors_new", "is_complete_fork",
    "is_complete_upstream", "source_ids",
)
# fmt: on
