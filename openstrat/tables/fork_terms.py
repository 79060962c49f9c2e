"""Closed vocabularies of the fork, relicensing and adoption tables; each value carries its definition."""

from __future__ import annotations

from openstrat.terms import Term


class RepositoryRole(Term):
    """Why a repository's history was read."""

    UPSTREAM = "upstream", "The project that was forked."
    FORK = "fork", "A fork whose upstream was read too."
    FORK_ONLY = "fork_only", "A fork whose upstream was not read on its own."
    RELICENSER = "relicenser", "A project that changed its license; no fork of it was read."
    DONOR = "donor", "A comparable project without an event; part of the comparison group."
    DONOR_WIDE = "donor_wide", "A project without an event from another field; kept for a wider comparison."


class DateBasis(Term):
    """Which of a commit's two dates decides its month."""

    COMMITTER = "committer", "When the commit entered the history; the default."
    AUTHOR = "author", "When the change was written."


class AuthorGroup(Term):
    """Upstream authors that are looked for in the fork."""

    CORE_12M = "core_12m", "Ten or more commits in the 12 months before the fork."
    ANY_12M = "any_12m", "At least one commit in the 12 months before the fork."
    ANY_24M = "any_24m", "At least one commit in the 24 months before the fork."


class DatePrecision(Term):
    """How exactly a date is known."""

    DAY = "day", "To the day."
    MONTH = "month", "To the month."
    YEAR = "year", "To the year."
    ABOUT = "about", "Near the given day; the note says why."


class ForkTrigger(Term):
    """What a fork answered."""

    RELICENSE = "relicense", "The upstream changed its license or closed its source."
    GOVERNANCE = "governance", "A dispute over who decides."
    ACQUISITION = "acquisition", "The upstream got a new owner."
    FEATURE = "feature", "Other technical goals, or code wanted sooner."
    UNMAINTAINED = "unmaintained", "The upstream had stopped or was neglected."


class StewardType(Term):
    """What kind of body leads a project."""

    COMPANY = "company", "One company."
    FOUNDATION = "foundation", "A foundation or association."
    COMMUNITY = "community", "Its developers, one or many, without a company or foundation."


class ForkOutcome(Term):
    """What had become of a fork when it was last looked at."""

    ACTIVE = "active", "Work goes on."
    STALLED = "stalled", "No more commits, but nobody declared an end."
    ENDED = "ended", "Declared over, or archived."
    MERGED_BACK = "merged_back", "Its work returned to the upstream."
    BECAME_MAIN_LINE = "became_main_line", "It outlived the upstream."
    UNKNOWN = "unknown", "Not looked at."


class Measured(Term):
    """Which side's history is in the activity table."""

    BOTH_SIDES = "both_sides", "Upstream and fork."
    FORK_ONLY = "fork_only", "The fork."
    UPSTREAM_ONLY = "upstream_only", "The upstream."
    PARTLY = "partly", "Both, with gaps that the note names."
    NOT_MEASURED = "not_measured", "Neither."


class EvidenceKind(Term):
    """What the facts of a row were read from."""

    GIT = "git", "Commits and tags of the repository."
    PAGE = "page", "A web page."
    CHAOSS = "chaoss", "The CHAOSS lists of license changes and forks."


class ReasonType(Term):
    """Why a license was changed, as far as the steward said or the circumstances show."""

    CLOUD_COMPETITION = "cloud_competition", "Others sold it as a hosted service."
    RESELLER = "reseller", "Others sold copies or branded it as theirs."
    COMMERCIALIZATION = "commercialization", "The steward wanted payment."
    COMMERCIAL_FEATURES_IN_TREE = "commercial_features_in_tree", "Paid features moved into the public tree."
    COMMUNITY_PRESSURE = "community_pressure", "Users or contributors asked for it."
    ADOPTION = "adoption", "To be used more widely."
    GOVERNANCE = "governance", "A dispute over who decides."
    OWNERSHIP = "ownership", "A new owner."
    COMPANY_FORMATION = "company_formation", "A company was founded around it."
    FOUNDATION_ENTRY = "foundation_entry", "It moved to a foundation."
    COMPATIBILITY = "compatibility", "To be combined with other licenses."
    SIMPLIFICATION = "simplification", "Simpler or shorter terms of the same kind."
    HOUSEKEEPING = "housekeeping", "A newer version, without a change of mind."


class OsiStatus(Term):
    """Whether the terms of the whole tree are approved by the Open Source Initiative."""

    APPROVED = "approved", "At least one license that covers everything is approved."
    PARTLY = "partly", "Part of the tree is under an approved license, part is not."
    NOT_APPROVED = "not_approved", "No approved license covers it."


class ChangeDateBasis(Term):
    """What the day of a license change rests on."""

    LICENSE_COMMIT = "license_commit", "The commit that changed the license file, read in the repository; local day of the commit."
    LISTED_COMMIT = "listed_commit", "The license commit as a CHAOSS list gives it, not read here."
    MIRROR_COMMIT = "mirror_commit", "The license commit as a mirror shows it."
    LIST = "list", "The day that a CHAOSS list gives."
    ANNOUNCEMENT = "announcement", "The steward's announcement."
    PAGE = "page", "A page about the change."


class ListAgreement(Term):
    """How the day compares with the CHAOSS list of license changes."""

    AGREES = "agrees", "The list gives the same day."
    DIFFERS = "differs", "The list gives another day or meaning; the note says which."
    SAME_SOURCE = "same_source", "The day is taken from the list, so it cannot be compared."
    LISTED_ELSEWHERE = "listed_elsewhere", "Not in that list, but in another file of the same data set."
    NOT_LISTED = "not_listed", "The data set does not have the change."


class PackageRelation(Term):
    """What a package is to the repository it is set beside."""

    PACKAGE_IS_PROJECT = "package_is_project", "Installing the package installs the project."
    PART_OF_PROJECT = "part_of_project", "The package holds one part or one language of the project."
    CLIENT_OF_SERVER = "client_of_server", "The package talks to the project's server; it is not the server."
    UNCONFIRMED = "unconfirmed", "The name fits, but that the package is this project's was not confirmed."


class ConfounderKind(Term):
    """What kind of event coincides with one that is studied."""

    ACQUISITION = "acquisition", "The project or its steward got a new owner."
    STEWARD_LEFT = "steward_left", "The steward stopped or reduced its work."
    GOVERNANCE = "governance", "Who decides changed."
    MOVED_WORK = "moved_work", "Work moved in or out of the repository's sight."
    SHARED_SHOCK = "shared_shock", "Several projects had one event together."
    BOT = "bot", "A bot took over commits that people wrote."
    RECORD_CHANGE = "record_change", "The record of commits changed or has a gap."
