"""Where things stand on the openness spectrum: levels, claims above them, completeness beside them, choice on purpose (SP0 to SP7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from openstrat.analysis.releases.claims import ClaimCheck, ClaimVerdict
from openstrat.analysis.statistics import wilson_interval
from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.cases.schema import Case
from openstrat.tables.release_vocabulary import Claim
from openstrat.terms import OpennessLevel

LEVELS = {
    "SP1": OpennessLevel.FULLY_OPEN,
    "SP2": OpennessLevel.OPEN_WEIGHTS,
    "SP3": OpennessLevel.SOURCE_AVAILABLE,
    "SP4": OpennessLevel.CLOSED,
}


def level_findings(placements: pd.DataFrame, option: str) -> tuple[Finding, ...]:
    """Return SP0 to SP4 for one option: whether one label would hide something, and what stands at each level.

    Parameters
    ----------
    placements
        From `spectrum.place_options`: option, layer, level, license_id, source_ids.
    option
        One of its options.
    """
    rows = placements[placements["option"] == option]
    if rows.empty:
        return tuple(unknown(concept_id, (f"the layers of {option}",)) for concept_id in ("SP0", *LEVELS))
    counts = Counter(rows["level"])
    sources = _sources(rows["source_ids"])
    mixed = len(counts) > 1
    label = ", ".join(f"{n} {OpennessLevel(level).label}" for level, n in counts.items())
    first = Finding(
        concept_id="SP0",
        answer=Answer.YES if mixed else Answer.NO,
        sentence=f"{'No single word fits' if mixed else 'One word fits'}: {label} of {len(rows)} layers.",
        basis=Basis.PUBLISHED,
        value=float(len(counts)),
        unit="levels",
        n=len(rows),
        evidence=tuple(
            f"{layer_name(row['layer'], starts=True)}: {_label(row['level'])}. {row['reason']}" for row in rows.to_dict("records")
        ),
        source_ids=sources,
    )
    return (first, *(_at_level(concept_id, level, rows) for concept_id, level in LEVELS.items()))


def _at_level(concept_id: str, level: OpennessLevel, rows: pd.DataFrame) -> Finding:
    held = rows[rows["level"] == level.value]
    n_open_question = int((rows["level"] == OpennessLevel.UNDETERMINED.value).sum())
    answer = Answer.YES if len(held) else Answer.UNKNOWN if n_open_question else Answer.NO
    names = ", ".join(layer_name(layer) for layer in held["layer"]) or "none"
    return Finding(
        concept_id=concept_id,
        answer=answer,
        sentence=f"{level.label.capitalize()}: {names}.",
        basis=Basis.PUBLISHED,
        value=float(len(held)),
        unit="layers",
        n=len(rows),
        asks=("a license for every layer",) if answer is Answer.UNKNOWN else (),
        source_ids=_sources(held["source_ids"]),
    )


def claims_above_level(checks: Iterable[ClaimCheck]) -> Finding:
    """Return how often releases that are called open source stand below it (SP5): a share with its Wilson 95 % interval.

    Releases without the claim, and those whose terms are not known, are left out.
    """
    claimed = [check for check in checks if check.claim is Claim.OPEN_SOURCE]
    known = [check for check in claimed if check.verdict is not ClaimVerdict.UNDETERMINED]
    if not known:
        return unknown("SP5", ("releases with a recorded claim and known terms",))
    above = [check for check in known if check.verdict is ClaimVerdict.FLAG]
    low, high = wilson_interval(len(above), len(known))
    sources = dict.fromkeys(source for check in known for source in check.source_ids)
    return Finding(
        concept_id="SP5",
        answer=Answer.YES if above else Answer.NO,
        sentence=f"Of {len(known)} releases called open source, {len(above)} stand below it.",
        basis=Basis.MEASURED,
        value=len(above) / len(known),
        low=low,
        high=high,
        unit="share of releases called open source",
        n=len(known),
        evidence=tuple(f"{check.release_id}: {' '.join(check.reasons)}" for check in above),
        caveats=("Releases picked by the curators, not a random sample.", *_left_out(len(claimed) - len(known))),
        source_ids=tuple(sources),
    )


def _left_out(n: int) -> tuple[str, ...]:
    return (f"{n} more are left out because their terms are not known.",) if n else ()


def completeness_beside_level(level: OpennessLevel, lowest_class: int, highest_class: int, label: str, sources: Sequence[str]) -> Finding:
    """Return completeness as a second axis beside the level (SP6): yes when the class is III or better, else no or unknown.

    Parameters
    ----------
    level
        Position on the spectrum.
    lowest_class, highest_class
        Class of the Model Openness Framework with every unknown part missing, and with it open: 0 (none), 3, 2, 1.
    label
        The class or range of classes in words.
    sources
        Where the parts are recorded.
    """
    answer = Answer.YES if lowest_class else Answer.UNKNOWN if highest_class else Answer.NO
    return Finding(
        concept_id="SP6",
        answer=answer,
        sentence=f"Level: {level.label}. Completeness: {label}. Neither follows from the other.",
        basis=Basis.PUBLISHED,
        value=float(lowest_class) if lowest_class == highest_class else None,
        low=float(lowest_class),
        high=float(highest_class),
        unit="class, 1 the most complete, 0 none",
        asks=("the license of every part",) if answer is Answer.UNKNOWN else (),
        caveats=("Disclosure is a third axis: how much a developer tells about a model.",),
        source_ids=tuple(sources),
    )


def chosen_on_purpose(case: Case) -> Finding:
    """Return whether a level and a reason were stated for each layer (SP7); a line for every layer that was left to default."""
    by_default = [layer for layer, facts in case.layers.items() if facts.plan is None or facts.reason is None]
    n = len(case.layers)
    answer = Answer.YES if not by_default else Answer.NO if len(by_default) == n else Answer.PARTLY
    lines = []
    for layer in by_default:
        missing = [word for word, value in (("plan", case.layers[layer].plan), ("reason", case.layers[layer].reason)) if value is None]
        lines.append(f"{layer_name(layer, starts=True)}: level chosen by default, no {' and no '.join(missing)} given.")
    return Finding(
        concept_id="SP7",
        answer=answer,
        sentence=f"{n - len(by_default)} of {n} layers have a stated level and a reason.",
        basis=Basis.STATED,
        value=(n - len(by_default)) / n,
        unit="share of layers",
        n=n,
        evidence=tuple(lines),
        asks=("a level and a reason for each of these layers",) if by_default else (),
    )


def _label(value: object) -> str:
    return str(value).replace("_", " ")


def _sources(cells: Iterable[object]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for cell in cells if isinstance(cell, str) for part in cell.split("; ") if part))
