"""Which layers to open: rules LY0 to LY3 and the thirteen layers of a case (LY-*)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from openstrat.analysis.strategy.criteria import as_percent
from openstrat.analysis.strategy.finding import Answer, Basis, Finding, unknown
from openstrat.analysis.strategy.layer_map import LITTLE_REVENUE, LayerReading, read_layers
from openstrat.analysis.strategy.layer_names import layer_name
from openstrat.cases.schema import Case
from openstrat.terms import Layer, Stance


@dataclass(frozen=True)
class LayerDefault:
    """One row of the layers table: stance, concept, what moves a company away from it, sources."""

    concept_id: str
    stance: str
    moves_away_when: str
    source_ids: tuple[str, ...]


def adoption_against_revenue(case: Case, option: str) -> Finding:
    """Return whether an option opens what draws people in and holds what they pay for (LY0): the difference of the two shares.

    `value` is the share of adoption opened less the share of willingness to pay opened, -1 to 1.

    Raises
    ------
    KeyError
        If the case has no such option.
    """
    total = sum(facts.adoption_weight for facts in case.layers.values())
    if not total:
        return unknown("LY0", ("adoption weights of the layers",))
    opened = [case.layers[layer] for layer in case.opened_layers(option) if layer in case.layers]
    adoption, revenue = sum(item.adoption_weight for item in opened) / total, sum(item.revenue_share for item in opened)
    answer = Answer.NO if adoption <= revenue else Answer.YES if revenue <= LITTLE_REVENUE else Answer.PARTLY
    return Finding(
        concept_id="LY0",
        answer=answer,
        sentence=f"It opens {as_percent(adoption)} of what draws people in for {as_percent(revenue)} of what they pay for.",
        basis=Basis.STATED,
        value=adoption - revenue,
        unit="difference of shares",
        n=len(opened),
        evidence=tuple(f"{layer_name(layer, starts=True)}: opened." for layer in case.opened_layers(option)),
        caveats=(f"Revenue counts as little up to {LITTLE_REVENUE:.0%} (assumption); shares are the asker's.",),
    )


def paid_layer_beside(case: Case, option: str) -> Finding:
    """Return whether a held layer that is paid for stands beside what is opened (LY1)."""
    opened = set(case.opened_layers(option))
    paid = {layer: facts.revenue_share for layer, facts in case.layers.items() if layer not in opened and facts.revenue_share > 0}
    if not opened:
        return Finding("LY1", Answer.NOT_ASKED, "Nothing is opened, so nothing has to stand beside it.", Basis.STATED)
    held, whole = sum(paid.values()), sum(facts.revenue_share for facts in case.layers.values())
    answer = Answer.NO if not paid else Answer.YES if held >= whole / 2 else Answer.PARTLY
    names = ", ".join(layer_name(layer) for layer in paid) or "none"
    return Finding(
        concept_id="LY1",
        answer=answer,
        sentence=f"Held and paid for beside the opened layers: {names} ({as_percent(held)} of willingness to pay).",
        basis=Basis.STATED,
        value=held,
        unit="share of willingness to pay",
        n=len(paid),
        caveats=("The rule asks that the open part leads to the paid one; whether it does is not in the case.",),
    )


def name_is_kept(case: Case) -> Finding:
    """Return whether the name stays under control while the code is free (LY2)."""
    facts = case.measures.governance
    if facts.trademark_owner is None or facts.has_trademark_policy is None:
        return unknown("LY2", ("who owns the name", "whether a policy says who may use it"))
    answer = Answer.YES if facts.has_trademark_policy else Answer.PARTLY
    policy = "with" if facts.has_trademark_policy else "without"
    return Finding("LY2", answer, f"The name is owned by {facts.trademark_owner}, {policy} a public policy.", Basis.STATED)


def middle_layer(
    *, new_adopters: float | None, conv: float | None, acv: float | None, erosion: float | None, revenue: float | None, layer: str = "it"
) -> Finding:
    """Return whether a middle layer is opened (LY3): yes when new paying adopters bring more than the layer loses.

    Parameters
    ----------
    new_adopters
        Organizations that adopt the paid layer because this one is opened, a year.
    conv
        Share of them that pays, 0 to 1.
    acv
        Yearly contract value, USD million.
    erosion
        Share of `revenue` that is lost through the opening, 0 to 1.
    revenue
        Yearly revenue at stake, USD million.
    layer
        Its name, for the sentence.
    """
    given = {
        "adopters that the opening adds": new_adopters,
        "share of them that pays": conv,
        "yearly contract value": acv,
        "share of revenue that the opening costs": erosion,
        "revenue at stake": revenue,
    }
    if new_adopters is None or conv is None or acv is None or erosion is None or revenue is None:
        return unknown("LY3", tuple(name for name, value in given.items() if value is None))
    gain, loss = new_adopters * conv * acv, erosion * revenue
    answer = Answer.YES if gain > loss else Answer.NO if gain < loss else Answer.PARTLY
    words = {Answer.YES: "open it", Answer.NO: "hold it", Answer.PARTLY: "a tie"}[answer]
    return Finding(
        concept_id="LY3",
        answer=answer,
        sentence=f"Opening {layer} brings USD {gain:,.2f}m and costs USD {loss:,.2f}m a year: {words}.",
        basis=Basis.STATED,
        value=gain - loss,
        unit="USD million a year",
        evidence=tuple(f"{name.capitalize()}: {value:g}." for name, value in given.items() if value is not None),
        caveats=("One year and middle values, without upkeep and later years: the economics price the layer from ranges and may differ.",),
    )


def layer_findings(case: Case, defaults: Mapping[Layer, LayerDefault]) -> tuple[Finding, ...]:
    """Return one finding a layer of the case: whether its facts keep the general default (yes) or move away from it (no).

    Raises
    ------
    KeyError
        If a layer of the case has no default.
    """
    readings = read_layers(case, {layer: item.stance for layer, item in defaults.items()})
    return tuple(_layer(reading, defaults[reading.layer]) for reading in readings)


def _layer(reading: LayerReading, default: LayerDefault) -> Finding:
    has_facts = bool(reading.adoption_share or reading.revenue_share)
    answer = Answer.UNKNOWN if not has_facts else Answer.NO if reading.moved else Answer.YES
    stands = "" if reading.stance is Stance.DECIDE and not has_facts else f" {reading.reason}"
    caveats = [f"Speaks for another stance: {default.moves_away_when}"] if default.moves_away_when else []
    caveats += ["The plan says the opposite of what the facts say."] if reading.contradicts_plan else []
    return Finding(
        concept_id=default.concept_id,
        answer=answer,
        sentence=f"{layer_name(reading.layer, starts=True)}: {reading.default.label} by default, {reading.stance.label} here.{stands}",
        basis=Basis.STATED if has_facts else Basis.NOTHING,
        value=reading.revenue_share,
        unit="share of willingness to pay",
        caveats=tuple(caveats),
        asks=() if has_facts else ("what the layer does for adoption and for revenue",),
        source_ids=default.source_ids,
    )
