"""The first screen of an audit: three axes side by side, what they come to, and what the release is called."""

from __future__ import annotations

from openstrat.analysis.auditing import Audit
from openstrat.analysis.licenses.comparison import HELD_BACK
from openstrat.analysis.releases.claims import ClaimCheck, ClaimVerdict
from openstrat.analysis.releases.mof.states import PartState
from openstrat.analysis.releases.profile import Index
from openstrat.present import page
from openstrat.present.audit.shared import NEEDS_TABLE, ROMAN, level_phrase, names_of, sentence_case, without_prefix
from openstrat.present.charts.shared import short_license
from openstrat.present.page import Facts, Markup
from openstrat.present.sources import source_refs
from openstrat.present.words import listed
from openstrat.tables.cells import SEPARATOR
from openstrat.tables.release_vocabulary import Grade, SaidBy
from openstrat.tables.store import resource
from openstrat.terms import Component, OpennessLevel

NOT_ADVICE = "Not legal advice: the license text decides, and a lawyer reads it for you."
REBUILD = {
    Grade.A: "Training code and training data are open too, so others can check how it was made and make it again.",
    Grade.B: "The training code is open too; the training data is not known to be, so others cannot make it again in full.",
    Grade.C: "Training code and data are not known to be open: others can use and adapt it, not make it again.",
}
CLAIM_TITLES = {
    ClaimVerdict.FLAG: "Flagged: the name promises more than the terms give",
    ClaimVerdict.NOTE: "The name holds in part",
    ClaimVerdict.CONSISTENT: "The name holds",
    ClaimVerdict.UNDETERMINED: "Whether the name holds is not known",
    ClaimVerdict.NO_CLAIM: "No claim of openness to check",
}


def audit_facts(asked: Audit) -> Facts:
    """Return the report's title and verdict line for the page head and the index of a portfolio."""
    claim = CLAIM_TITLES[asked.recorded.claim.verdict].lower() if asked.recorded else "own release file"
    verdict = f"{level_phrase(asked.position)}; {_class_words(asked)}; {claim}"
    as_of = str(resource("release_components")["as_of"])
    return Facts({"title": f"How open is {asked.name}?", "verdict": verdict, "as_of": as_of, "status": "real"})


def at_a_glance(asked: Audit) -> Markup:
    """Return what a board should know in sentences, and the three axes as key figures that are never added up."""
    sentences = [*_position_sentences(asked), _consequence(asked), _completeness_sentence(asked), _disclosure_sentence(asked)]
    body = page.bullets(sentence for sentence in sentences if sentence)
    box = page.callout("What to know before relying on it", body, css="verdict")
    described = listed([short_license(license_id) for license_id in asked.secondary])
    sure = f" Known from descriptions, not from the text itself: {described}." if asked.secondary else ""
    as_of = f"Recorded as of {resource('release_components')['as_of']}."
    note = page.paragraph(f"Three separate questions, never added up to one score. {as_of}{sure} {NOT_ADVICE}", css="meta")
    return _axes(asked) + box + note


def claim_box(asked: Audit) -> Markup:
    """Return what the release is called, by whom, and whether its terms bear that out, with the clause."""
    if asked.recorded is None:
        return page.paragraph(NEEDS_TABLE, css="caveat")
    claim = asked.recorded.claim
    found = page.bullets(without_prefix(sentence) for sentence in _claim_sentences(asked, claim))
    refs = page.tag("small", source_refs(SEPARATOR.join(claim.source_ids)))
    return page.callout(CLAIM_TITLES[claim.verdict], found + refs, css="caveat" if claim.verdict == ClaimVerdict.FLAG else "finding")


def _claim_sentences(asked: Audit, claim: ClaimCheck) -> list[str]:
    sentences = []
    if claim.claim is not None and claim.verdict != ClaimVerdict.NO_CLAIM:
        speaker = "by its publisher" if claim.said_by == SaidBy.PUBLISHER else "by its publisher, as others report"
        sentences.append(f"{asked.name} is called {claim.claim.label} {speaker} ({claim.stated_in}).")
    sentences += claim.reasons
    if claim.verdict == ClaimVerdict.FLAG:
        sentences += _clauses_of_weights(asked)
    if claim.unknown:
        sentences.append(f"Not looked at: {listed(list(claim.unknown))}.")
    return sentences


def _clauses_of_weights(asked: Audit) -> list[str]:
    """Return what the terms of the weights say on each restriction; all clauses of the license where no note tells them apart."""
    weights = asked.position.component(Component.WEIGHTS)
    said = [f"{sentence_case(ground.restriction.label)}: {ground.note}" for ground in weights.restrictions if ground.note]
    return said or [f"The clauses of {license_id}: {text}" for license_id, text in asked.evidence.items()]


def _position_sentences(asked: Audit) -> list[str]:
    position, name = asked.position, asked.name
    weights = position.component(Component.WEIGHTS)
    if position.level == OpennessLevel.FULLY_OPEN and position.grade:
        free = f"Anybody may run, change, pass on and sell {name}: nothing that is needed to run it limits who may use it, or for what."
        return [free, REBUILD[position.grade]]
    if position.level == OpennessLevel.CLOSED:
        return [f"Nobody outside receives the weights of {name} under terms that grant a right. {without_prefix(weights.reason)}"]
    if position.level == OpennessLevel.UNDETERMINED:
        doubt = f"Whether {name} is open cannot be said today: it lies between {position.lowest.label} and {position.highest.label}."
        return [doubt, f"Nothing needed to run it is known to be limited, but this is not settled: {names_of(position.unknown)}."]
    if weights.restrictions:
        held = "; ".join(HELD_BACK[ground.restriction] for ground in weights.restrictions)
        by = short_license(weights.license_id)
        return [f"The weights of {name} can be downloaded, but their license ({by}) holds some users back: {held}."]
    if weights.level == OpennessLevel.UNDETERMINED:
        limiting = names_of(position.limiting)
        return [f"{name} is open weights at most: {limiting} cannot be used freely, and the terms of the weights are not known."]
    return [f"The weights of {name} hold nobody back, but what is needed to run them does: {names_of(position.limiting)}."]


def _consequence(asked: Audit) -> str:
    if asked.position.level == OpennessLevel.FULLY_OPEN:
        return "Building on it needs no permission; what its licenses ask for in return, such as notices, stays due."
    if asked.position.level == OpennessLevel.OPEN_WEIGHTS:
        return "Before building on it, check that you are none of those held back below, today and at the size you plan for."
    if asked.position.level == OpennessLevel.CLOSED:
        return "Relying on it means relying on a service or a contract: price, terms and end of life are its owner's to set."
    return f"Until that is settled, treat it as {asked.position.lowest.label}, not as open source."


def _completeness_sentence(asked: Audit) -> str:
    complete = asked.completeness
    n_open = int(asked.parts["state"].eq(PartState.OPEN).sum())
    found = f"{n_open or 'None'} of {complete.n_components} parts came under a license that the framework counts as open"
    n_unknown = len(complete.unknown)
    unknown = f", and {n_unknown} {'is' if n_unknown == 1 else 'are'} not known" if n_unknown else ""
    return f"How complete it is, is another question: {_class_words(asked)} in the Model Openness Framework. {found}{unknown}."


def _disclosure_sentence(asked: Audit) -> str:
    if asked.recorded is None:
        return "What its maker disclosed about it, a release file does not say."
    reading = asked.recorded.profile.reading(Index.TRANSPARENCY)
    if not reading.value:
        return f"No transparency score is known for {asked.recorded.organization}."
    score, _, about = reading.value.rstrip(")").partition(" (")
    company = asked.recorded.organization
    whose = "and that is this release" if about.endswith("; this release") else f"which was {reading.looked_at}, and not this release"
    if reading.looked_at == "not named":
        whose = "which the edition does not name here"
    return f"{company} disclosed {score} facts that the transparency index asks for, around its flagship of the time, {whose}."


def _class_words(asked: Audit) -> str:
    low, high = (_class_word(result.mof_class) for result in (asked.completeness.low, asked.completeness.high))
    return low if low == high else f"{low}, at best {high}"


def _class_word(mof_class: int) -> str:
    return f"class {ROMAN[mof_class]}" if mof_class else "unclassified"


def _axes(asked: Audit) -> Markup:
    position, complete = asked.position, asked.completeness
    n_limits = len(position.restrictions)
    why = f"{n_limits} kind{'' if n_limits == 1 else 's'} of limit on use" if n_limits else f"decided by: {names_of(position.limiting)}"
    if position.level == OpennessLevel.UNDETERMINED:
        why = f"between {position.lowest.label} and {position.highest.label}"
    elif position.grade:
        why = f"grade {position.grade}: {position.grade.definition.rstrip('.').lower()}"
    counted = f"{complete.n_known} of {complete.n_components} parts known"
    if asked.recorded is None:
        counted = f"{len(complete.low.licenses)} of {complete.n_components} parts listed"
    known = f"Model Openness Framework, III to I; {counted}"
    score, about = _score(asked)
    return page.kpis(
        {
            "License position: whom do the terms hold back?": (position.level.label, why),
            "Completeness: which parts came openly?": (_class_words(asked), known),
            "Disclosure: what did the maker tell?": (score, about),
        }
    )


def _score(asked: Audit) -> tuple[str, str]:
    reading = asked.recorded.profile.reading(Index.TRANSPARENCY) if asked.recorded else None
    if reading is None or not reading.value:
        return "no score", "the transparency index does not cover its maker" if asked.recorded else "not part of a release file"
    score, _, about = reading.value.rstrip(")").partition(" (")
    return score, f"transparency index; {about}"
