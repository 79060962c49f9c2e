"""What a license answers to the questions that people ask of it, in plain words, from typed terms.

Each question is one function from a row of terms to a `Reply`. A blank cell is never read as "no".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from openstrat.analysis.licenses.notes import as_sentence, note_of
from openstrat.analysis.licenses.placement import cell_values
from openstrat.analysis.licenses.thresholds import BARS, CONSEQUENCES, GATES, threshold_in_words
from openstrat.tables import license_vocabulary as words
from openstrat.terms import AssetType, Term

Row = Mapping[str, Any]
Tests = Sequence[Row]


class State(Term):
    """What a reply means for somebody who wants to use the work."""

    FREE = "free", "The terms leave it open."
    ASKS = "asks", "Allowed, and something is asked in return."
    RESTRICTS = "restricts", "Some users or uses are held back."
    SILENT = "silent", "Nothing is said or given here, and nobody is held back from using the work."
    UNKNOWN = "unknown", "The cell that would answer it is blank."


@dataclass(frozen=True)
class Reply:
    """Answer of one license to one question: a word or two, and a sentence that says it in full."""

    state: State
    word: str
    sentence: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Question:
    """A question as people ask it, and the rule that answers it from a row of terms and its size tests."""

    id: str
    text: str
    answer: Callable[[Row, Tests], Reply]
    assets: tuple[AssetType, ...] = tuple(AssetType)


def _unknown(what: str, *columns: str) -> Reply:
    return Reply(State.UNKNOWN, "Not known", f"Not recorded: {what}.", columns)


def _earn(row: Row, tests: Tests) -> Reply:
    return _bounded_use(row) or _gated(row, tests) or _earn_free(row)


EARN = ("commercial_use", "commercial_gate", "use_scope")


def _bounded_use(row: Row) -> Reply | None:
    scope = row["use_scope"]
    if row["commercial_use"] == words.Permission.NO:
        return Reply(State.RESTRICTS, "No", "Commercial use is not covered.", EARN)
    if scope == words.UseScope.NON_PRODUCTION and row["competing_use"] == words.CompetingUse.SET_BY_LICENSOR:
        said = "Outside production only, unless the licensor's own grant allows more; each licensor writes that grant."
        return Reply(State.RESTRICTS, "Ask the licensor", said, (*EARN, "competing_use"))
    if isinstance(scope, str) and scope != words.UseScope.ANY:
        granted = words.UseScope(scope)
        return Reply(State.RESTRICTS, f"{granted.label.capitalize()} only", f"Granted for: {granted.definition}", EARN)
    return None


def _gated(row: Row, tests: Tests) -> Reply | None:
    gates, barring = cell_values(row["commercial_gate"]), [test for test in tests if test["effect"] in GATES | BARS]
    if words.CommercialGate.PERMISSION in gates:
        return Reply(
            State.RESTRICTS, "With permission", _permission_first(row, barring), (*EARN, *(["license_thresholds"] if barring else []))
        )
    if barring:
        return Reply(State.RESTRICTS, "Up to a limit", f"Yes, with a limit: {_limits(barring)}.", (*EARN, "license_thresholds"))
    if words.CommercialGate.SCALE in gates:
        return Reply(State.RESTRICTS, "Up to a limit", "Yes, below a size that is not recorded.", EARN)
    return None


def _permission_first(row: Row, barring: Tests) -> str:
    said = "Commercial use needs permission first, at any size: registration, an application, a subscription or a key."
    limits = f" {as_sentence(_limits(barring))}" if barring else ""
    note = row["commercial_threshold"]
    return f"{said}{limits} In short: {note.rstrip('.')}." if note else f"{said}{limits}"


def _earn_free(row: Row) -> Reply:
    if row["commercial_use"] is None or row["use_scope"] is None or not cell_values(row["commercial_gate"]):
        return _unknown("whether commercial use is allowed without a condition", *EARN)
    if row["commercial_use"] == words.Permission.CONDITIONAL:
        return Reply(State.RESTRICTS, "With conditions", "Yes, under the conditions that the other rows name.", EARN)
    return Reply(State.FREE, "Yes", "Commercial use is allowed.", EARN)


def _limits(tests: Tests) -> str:
    return "; ".join(f"{threshold_in_words(test)}: {CONSEQUENCES[words.ThresholdEffect(test['effect'])]}" for test in tests)


def _host(row: Row, tests: Tests) -> Reply:
    return _host_barred(row) or _host_limited(row, tests) or _host_free(row)


HOST = ("hosted_service", "competing_use", "copyleft_trigger")


def _host_barred(row: Row) -> Reply | None:
    if row["hosted_service"] == words.Permission.NO:
        return Reply(State.RESTRICTS, "No", "It may not be offered to others as a service.", HOST)
    if row["copyleft_trigger"] == words.CopyleftTrigger.SERVICE:
        said = "Only if everything that runs the service is published under these terms."
        return Reply(State.RESTRICTS, "Open the service", said, HOST)
    if row["commercial_use"] == words.Permission.NO:
        return Reply(State.RESTRICTS, "Not for money", "Commercial use is not covered, so no paid service.", (*HOST, "commercial_use"))
    return None


def _host_limited(row: Row, tests: Tests) -> Reply | None:
    business, rival = [test for test in tests if test["business"]], row["competing_use"]
    if business:
        return Reply(State.RESTRICTS, "Up to a limit", as_sentence(_limits(business)), (*HOST, "license_thresholds"))
    if rival == words.CompetingUse.SET_BY_LICENSOR:
        return Reply(State.RESTRICTS, "Ask the licensor", "Each licensor says which production use is granted.", HOST)
    if rival == words.CompetingUse.FUNCTIONALITY:
        return Reply(State.RESTRICTS, "No", "Not as a service that gives others its functions.", HOST)
    if rival in (words.CompetingUse.COMPETING_SERVICE, words.CompetingUse.COMPETING_PRODUCT):
        return Reply(State.RESTRICTS, "Not as a rival", "Not as a service that competes with the licensor.", HOST)
    return None


def _host_free(row: Row) -> Reply:
    if row["copyleft_trigger"] == words.CopyleftTrigger.NETWORK:
        said = "Yes; users of the service must be offered the source of the version that runs."
        return Reply(State.ASKS, "Yes, with source", said, HOST)
    if row["hosted_service"] is None or row["competing_use"] is None:
        return _unknown("whether it may be offered as a service", *HOST)
    if row["hosted_service"] == words.Permission.CONDITIONAL:
        return Reply(State.RESTRICTS, "With conditions", "Yes, under the conditions that the other rows name.", HOST)
    return Reply(State.FREE, "Yes", "Hosting it for others is allowed.", HOST)


RIVALS = {
    words.CompetingUse.COMPETING_PRODUCT: "Not for a product that competes with the licensor's.",
    words.CompetingUse.COMPETING_SERVICE: "Not for an online service that competes with the licensor's.",
    words.CompetingUse.COMPETING_MODELS: "Not for models that compete with the licensor's.",
    words.CompetingUse.MANAGED_SERVICE: "Yes, but not as a managed service of the work itself.",
    words.CompetingUse.SERVICE_BUSINESS: "Yes, but some kinds of service business need an agreement or are shut out.",
    words.CompetingUse.SALE: "Not for a product whose value comes mainly from this work.",
    words.CompetingUse.FUNCTIONALITY: "Not for an offer that gives others its functions or lives on them.",
    words.CompetingUse.SET_BY_LICENSOR: "Each licensor says which production use is granted.",
}


def _compete(row: Row, tests: Tests) -> Reply:
    use = row["competing_use"]
    if use is None:
        return _unknown("which business of others is held back", "competing_use")
    if use == words.CompetingUse.NONE:
        return Reply(State.FREE, "Yes", "Nothing is held back because somebody competes.", ("competing_use",))
    note = note_of(row, "competing_use")
    if use == words.CompetingUse.SET_BY_LICENSOR:
        return Reply(State.RESTRICTS, "Ask the licensor", note or RIVALS[use], ("competing_use",))
    word = "Partly" if RIVALS[use].startswith("Yes") else "No"
    return Reply(State.RESTRICTS, word, f"{RIVALS[use]} {note}".rstrip(), ("competing_use",))


def _change(row: Row, tests: Tests) -> Reply:
    columns = ("derivatives", "redistribution")
    changed, passed = row["derivatives"], row["redistribution"]
    if words.Permission.NO in (changed, passed):
        said = "Copies may not be passed on." if passed == words.Permission.NO else "Changed versions may not be made."
        return Reply(State.RESTRICTS, "No", said, columns)
    if changed == words.ChangedVersions.PRIVATE:
        said = "Copies may be passed on unchanged; changed versions may be made, but not passed on."
        return Reply(State.RESTRICTS, "Unchanged only", said, columns)
    if changed is None or passed is None:
        return _unknown("whether changed versions may be made and passed on", *columns)
    if changed == words.ChangedVersions.CONDITIONAL:
        return Reply(State.RESTRICTS, "Some changes", "Some changes are barred, or changed versions may serve some uses only.", columns)
    if passed == words.Permission.CONDITIONAL:
        return Reply(State.ASKS, "Yes, terms travel", "Yes; the terms, with any limits in them, go along with every copy.", columns)
    return Reply(State.FREE, "Yes", "Changed versions may be made and passed on.", columns)


SAME_TERMS = {
    words.CopyleftTrigger.FILE: ("Changed files", "Files that were changed stay under the same terms."),
    words.CopyleftTrigger.LIBRARY: ("The library", "The changed library stays under the same terms; programs that use it need not."),
    words.CopyleftTrigger.DISTRIBUTION: ("When passed on", "A work that contains it falls under the same terms once it is passed on."),
    words.CopyleftTrigger.NETWORK: (
        "Also online",
        "A work that contains it falls under the same terms, also when it is used over a network.",
    ),
    words.CopyleftTrigger.SERVICE: (
        "Whole service",
        "A work that contains it, once passed on; and who offers it as a service publishes everything that runs it under these terms.",
    ),
}


UNSHARED = (words.ChangedVersions.NO, words.ChangedVersions.PRIVATE)


def _same_terms(row: Row, tests: Tests) -> Reply:
    columns = ("copyleft_trigger", "has_use_restrictions_flow_down", "redistribution")
    trigger, flows = row["copyleft_trigger"], row["has_use_restrictions_flow_down"]
    if flows is True:
        return Reply(State.RESTRICTS, "Limits travel", "The limits on use have to be passed on to everybody downstream.", columns)
    if trigger in SAME_TERMS:
        word, said = SAME_TERMS[trigger]
        state = State.RESTRICTS if trigger == words.CopyleftTrigger.SERVICE else State.ASKS
        return Reply(state, word, said, columns)
    if trigger is None:
        return _unknown("whether own work falls under the same terms", *columns)
    if row["redistribution"] == words.Permission.CONDITIONAL:
        what = "Copies" if row["derivatives"] in UNSHARED else "Copies and changed versions"
        return Reply(State.ASKS, "Copies do", f"{what} carry these terms; separate work beside them need not.", columns)
    return Reply(State.FREE, "No", "Own work may carry terms of one's own; what came in keeps its license.", columns)


def _outputs(row: Row, tests: Tests) -> Reply:
    uses = cell_values(row["output_use"])
    if not uses:
        return _unknown("what may be done with outputs", "output_use")
    note = row["output_use_note"]
    if set(uses) & set(words.OUTPUT_BANS):
        said = note or " ".join(words.OutputUse(use).definition for use in uses)
        limited = set(uses) & set(words.OUTPUT_BANS) <= {words.OutputUse.NO_COMPETING_MODELS, words.OutputUse.NO_FOUNDATION_MODELS}
        return Reply(State.RESTRICTS, "Some models" if limited else "No", as_sentence(said), ("output_use",))
    if set(uses) & set(words.OUTPUT_DUTIES):
        said = note or " ".join(words.OutputUse(use).definition for use in uses)
        return Reply(State.RESTRICTS, "Yes, with strings", as_sentence(said), ("output_use",))
    return Reply(State.FREE, "Yes", "Outputs may be used for anything, as far as these terms go.", ("output_use",))


def _uses(row: Row, tests: Tests) -> Reply:
    policy = row["acceptable_use_policy"]
    if policy is None:
        return _unknown("whether a list of forbidden uses binds", "acceptable_use_policy")
    if policy == words.UsePolicy.NONE:
        return Reply(State.FREE, "No list", "No list of forbidden uses.", ("acceptable_use_policy",))
    said = "A list of forbidden uses inside the terms binds."
    if policy == words.UsePolicy.BY_REFERENCE:
        said = "A list of forbidden uses that is published elsewhere binds" + (
            ", and the licensor may change it." if row["is_policy_changeable"] is True else "."
        )
    said = f"{said} {note_of(row, 'acceptable_use_policy')}".rstrip()
    return Reply(State.RESTRICTS, "A list binds", said, ("acceptable_use_policy", "is_policy_changeable"))


def _places(row: Row, tests: Tests) -> Reply:
    columns = ("geographic_exclusion", "geographic_exclusion_scope")
    places = cell_values(row["geographic_exclusion"])
    if not places:
        return _unknown("whether places are left out", *columns)
    if places == (words.Region.NONE,):
        return Reply(State.FREE, "None", "The grant covers the world.", columns)
    word, what = ", ".join(places), "Rights are"
    if row["geographic_exclusion_scope"] == words.ExclusionScope.MULTIMODAL_MODELS:
        word, what = f"{word}, multimodal only", "Rights in multimodal models (not in the others) are"
    said = f"{what} missing in: {', '.join(places)}. {note_of(row, 'geographic_exclusion')}".rstrip()
    return Reply(State.RESTRICTS, word, said, columns)


def _shown(row: Row, tests: Tests) -> Reply:
    duties = [words.NamingDuty(duty) for duty in cell_values(row["naming"])]
    if not duties:
        return _unknown("what must be named or shown", "naming")
    shown = [duty for duty in duties if duty in words.DISPLAY_DUTIES]
    if not shown:
        return Reply(State.FREE, "No", "No name or phrase has to be shown to users.", ("naming",))
    said = row["naming_note"] or " ".join(duty.definition for duty in shown)
    word = "Above a size" if shown == [words.NamingDuty.DISPLAY_AT_SCALE] else "Yes"
    return Reply(State.ASKS, word, as_sentence(said), ("naming",))


def _kept(row: Row, tests: Tests) -> Reply:
    duties = [words.NamingDuty(duty) for duty in cell_values(row["naming"])]
    if not duties:
        return _unknown("what has to go along with a copy", "naming")
    kept = [duty for duty in duties if duty not in words.DISPLAY_DUTIES and duty != words.NamingDuty.NONE]
    if not kept:
        return Reply(State.FREE, "Nothing", "Nothing has to go along with a copy.", ("naming",))
    return Reply(State.ASKS, "Notices", " ".join(duty.definition for duty in kept), ("naming",))


def _patents(row: Row, tests: Tests) -> Reply:
    columns = ("patent_grant", "patent_retaliation")
    grant, lost = row["patent_grant"], row["patent_retaliation"]
    if grant is None:
        return _unknown("what the terms say about patents", *columns)
    said = f"{words.PatentGrant(grant).definition.rstrip('.')}." if grant != words.PatentGrant.NOT_STATED else "The text says nothing."
    if lost in (words.PatentRetaliation.PATENT_LICENSE, words.PatentRetaliation.ALL_RIGHTS):
        said += f" Who sues over the work loses: {words.PatentRetaliation(lost).definition.rstrip('.').lower()}."
    given = {words.PatentGrant.EXPRESS: "Yes", words.PatentGrant.GENERAL_IP: "Yes, with all IP"}
    refused = {words.PatentGrant.EXCLUDED: "No", words.PatentGrant.COPYRIGHT_ONLY: "Copyright only"}
    if grant in given:
        return Reply(State.ASKS if "loses" in said else State.FREE, given[grant], said, columns)
    return Reply(State.SILENT, refused.get(grant, "Not said"), said, columns)


def _taken_back(row: Row, tests: Tests) -> Reply:
    columns = ("revocable", "litigation_termination")
    back = row["revocable"]
    if back is None:
        return _unknown("whether the grant can be taken back", *columns)
    suits = row["litigation_termination"]
    tail = f" Ended by: {words.LitigationTermination(suits).definition.rstrip('.').lower()}." if suits not in (None, "none") else ""
    replies = {
        words.Revocability.IRREVOCABLE: (State.FREE, "No", "Irrevocable, in so many words, for those who keep the terms."),
        words.Revocability.NOT_STATED: (
            State.SILENT,
            "Not said",
            "The text is silent on taking the grant back.",
        ),
        words.Revocability.REVOCABLE_ON_GROUNDS: (State.ASKS, "On listed grounds", "Only on grounds that the text lists."),
        words.Revocability.REVOCABLE: (State.RESTRICTS, "Yes", "The licensor can take the grant back."),
    }
    state, word, said = replies[words.Revocability(back)]
    return Reply(state, word, said + tail, columns)


def _opens_later(row: Row, tests: Tests) -> Reply:
    columns = ("change_after_years", "is_change_at_latest", "change_license_ids")
    years = row["change_after_years"]
    if years is None:
        return Reply(State.SILENT, "No date", "No date is set on which the terms change by themselves.", columns)
    to = ", ".join(cell_values(row["change_license_ids"]))
    note = note_of(row, "change_after_years") or ("" if to else "The licensor names the license.")
    word, when = f"After {years:g} years", f"{years:g} years after its release"
    if row["is_change_at_latest"] is True:
        word, when = f"At latest {years:g} years", f"on the day that the licensor sets, at the latest {years:g} years after its release"
    said = f"Each version opens {when}{f', under {to}' if to else ''}. {note}".rstrip()
    return Reply(State.ASKS, word, said, columns)


MODELS = (AssetType.WEIGHTS, AssetType.API)
QUESTIONS: tuple[Question, ...] = (
    Question("earn", "May a company earn money with it?", _earn),
    Question("host", "May others host it as a paid service?", _host),
    Question("compete", "May a competitor build on it?", _compete),
    Question("change", "May it be changed and passed on?", _change),
    Question("same_terms", "Must own work fall under the same terms?", _same_terms),
    Question("outputs", "May outputs train other models?", _outputs, MODELS),
    Question("uses", "Is there a list of forbidden uses?", _uses),
    Question("places", "Which places are left out?", _places),
    Question("shown", "Must a name be shown?", _shown),
    Question("kept", "What goes along with a copy?", _kept),
    Question("patents", "Are patents licensed?", _patents),
    Question("taken_back", "Can the grant be taken back?", _taken_back),
    Question("opens_later", "Does it open by itself later?", _opens_later),
)
"""The questions in the order in which a strategist meets them."""
