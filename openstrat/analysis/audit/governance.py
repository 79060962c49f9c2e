"""How a project says that it is run: which files are there, which are not found, and whether contributors sign off."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from openstrat.analysis.audit.activity import SignOffs
from openstrat.collect.git.governance import GovernanceFile, Mention, Topic
from openstrat.terms import Term

COLUMNS = ["topic", "state", "paths", "note"]
ENFORCED_FROM = 0.6
"""Sign-off share of the last 12 months from which sign-off is enforced (rule CG3; .69 to .995 where it is, .02 where not)."""
MIN_COMMITS = 20
"""Commits that a sign-off share needs to say anything about enforcement."""
ELSEWHERE = "Not in this repository; it may be in the organization's .github repository or on its website."
A_MENTION = "Words found; a mention can also say that none is asked. A person reads it."
LISTED = 4


class Presence(Term):
    """Whether a project speaks of a topic in its repository."""

    FOUND = "found", "A file of that name is there."
    MENTIONED = "mentioned", "Files for contributors mention it."
    PRACTICED = "practiced", "No file says so, but commits show it."
    NOT_FOUND = "not_found", "Nothing in this repository; it may be somewhere else."
    UNKNOWN = "unknown", "Files that would say so are not in this copy."


def is_sign_off_enforced(found: SignOffs) -> bool | None:
    """Return whether sign-off counts as enforced (CG3: 60 % of the last 12 months' commits); None below 20 commits."""
    if found.share_12m is None or found.n_commits_12m < MIN_COMMITS:
        return None
    return found.share_12m >= ENFORCED_FROM


def governance_table(
    files: Sequence[GovernanceFile], mentions: Sequence[Mention], signed: SignOffs, *, is_partial: bool = False
) -> pd.DataFrame:
    """Return one row a topic: whether the project speaks of it, where (paths, '; '-joined), and what to keep in mind.

    A missing file is `not_found`, never "no": many organizations keep such files in another place. In a partial clone a topic
    that only words could show is `unknown`.
    """
    return pd.DataFrame([_row(topic, files, mentions, signed, is_partial) for topic in Topic], columns=COLUMNS)


def _row(topic: Topic, files: Sequence[GovernanceFile], mentions: Sequence[Mention], signed: SignOffs, is_partial: bool) -> dict[str, str]:
    named = [item.path for item in files if item.topic is topic]
    said = [item.path for item in mentions if item.topic is topic]
    if named:
        return _found(topic, Presence.FOUND, named, "")
    if said:
        return _found(topic, Presence.MENTIONED, said, A_MENTION)
    if topic is Topic.DCO and is_sign_off_enforced(signed):
        return _found(topic, Presence.PRACTICED, [], f"{signed.share_12m:.0%} of the last 12 months' commits are signed off.")
    by_words = topic in (Topic.CLA, Topic.DCO, Topic.SECURITY)
    if by_words and is_partial:
        return _found(
            topic, Presence.UNKNOWN, [], "Contents are missing in this partial clone, so words could not be looked for everywhere."
        )
    return _found(topic, Presence.NOT_FOUND, [], ELSEWHERE)


def _found(topic: Topic, state: Presence, paths: Sequence[str], note: str) -> dict[str, str]:
    more = [f"{len(paths) - LISTED} more"] if len(paths) > LISTED else []
    return {"topic": topic.value, "state": state.value, "paths": "; ".join([*paths[:LISTED], *more]), "note": note}


def presence_of(table: pd.DataFrame, topic: Topic) -> Presence:
    """Return the state of one topic of a governance table."""
    return Presence(table.loc[table["topic"] == topic.value, "state"].iloc[0])
