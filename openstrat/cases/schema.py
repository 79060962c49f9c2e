"""What a case file may hold: a strategist's question, its facts, its candidate answers."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from openstrat.cases.measures import Measures
from openstrat.cases.records import Positive, Record, Sentence, Share, Slug
from openstrat.terms import Layer, Playbook

CLOSED = "closed"
"""The value an option gives to a layer that is not opened; layers that an option does not name are closed too."""


class Situation(Record):
    """Who asks, and under which pressure."""

    sells: Sentence = Field(description="What customers pay for today, in one or two sentences.")
    asset: Sentence = Field(description="What could be opened.")
    stack_position: Sentence = Field(description="Where in the stack the organization stands.")
    pressure: Sentence = Field(description="Why the question comes up now.")


class LayerFacts(Record):
    """What one layer does for the business."""

    adoption_weight: Share = Field(default=0.0, description="How much the layer makes people adopt; weights are relative to each other.")
    revenue_share: Share = Field(
        default=0.0, description="Share of customers' willingness to pay that the layer carries; at most 1 over all layers."
    )
    moat_share: Share = Field(default=0.0, description="Share of the moat that is lost when the layer is opened.")
    license_now: str | None = Field(default=None, description="License family or id in force today; absent when the layer is closed today.")
    plan: Literal["open", "hold"] | None = Field(default=None, description="What the organization intends, before any analysis.")
    reason: Sentence | None = Field(default=None, description="Its reason, in its own words.")


class Relicense(Record):
    """What a change of license on an existing open layer would set off (inputs of the economics)."""

    backlash: Share = Field(description="Strength of the reaction users would show, 0 to 1.")
    fork_scale: Positive = Field(default=1.0, description="Factor on the chance of a funded fork; below 1 for a network copyleft.")
    host_before: Share = Field(description="Share of hosted demand at other hosts before the change.")
    host_revenue_ratio: Positive = Field(description="Hosts' revenue on the layer, as a multiple of the vendor's.")


class Option(Record):
    """One candidate answer: a license for each opened layer, and the people to maintain it."""

    licenses: dict[Layer, str] = Field(
        default_factory=dict, description="Layer to license family, SPDX id or LicenseRef id; others stay closed."
    )
    fte: Positive | None = Field(
        default=None, description="People who maintain the open parts, full-time equivalents; default: the plan's."
    )
    relicense: Relicense | None = Field(default=None, description="Set when the option changes the license of a layer that is open today.")


class Money(Record):
    """CK1: how money is made; payer, unit and price are read from the sentences and the price."""

    sentences: list[Sentence] = Field(
        default_factory=list, description="Who pays, for what unit, at what price: at most three sentences, 75 words."
    )
    price: Sentence | None = Field(default=None, description="Price or price range with its unit, such as 'USD 90 a seat and month'.")
    paying_share: Share | None = Field(default=None, description="Share of adopting organizations that pay, 0 to 1.")


class HeldBack(Record):
    """CK2: what stays closed."""

    assets: list[Sentence] = Field(default_factory=list, description="What is not opened.")
    why_hard_to_copy: Sentence | None = Field(default=None, description="Why a rival cannot rebuild it soon.")
    rebuild_months: Positive | None = Field(default=None, description="Months a funded rival would need.")


class FirstAdopters(Record):
    """CK3: the first group and its measure of success."""

    group: Sentence | None = Field(default=None, description="The one group that adopts first.")
    success_metric: Sentence | None = Field(default=None, description="What is counted: use or money; stars and likes do not count.")
    target: Sentence | None = Field(default=None, description="Number and date that count as success, such as '40 by 2027-Q2'.")


class FundedFork(Record):
    """CK4: a better-funded competitor forks it tomorrow."""

    what_remains: list[Sentence] = Field(
        default_factory=list,
        description="What the organization would still have; begin an entry with the moat it rests on, such as 'MO3: hosted reliability'.",
    )
    scenario: Sentence | None = Field(
        default=None, description="Who would do it, and how; say here whether a loss under such a fork is accepted."
    )


class Maintenance(Record):
    """CK5: who keeps it alive."""

    fte: Positive | None = Field(default=None, description="People planned, full-time equivalents.")
    years: Positive | None = Field(default=None, description="Years that are funded.")
    owner: Sentence | None = Field(default=None, description="The role that answers for it; no names.")
    deprecation_policy: Sentence | None = Field(default=None, description="What users are promised when a version ends.")


class Checklist(Record):
    """The five go-open questions in fifteen fields; a missing answer is not an unclean one."""

    money: Money = Field(default_factory=Money)
    held_back: HeldBack = Field(default_factory=HeldBack)
    first_adopters: FirstAdopters = Field(default_factory=FirstAdopters)
    funded_fork: FundedFork = Field(default_factory=FundedFork)
    maintenance: Maintenance = Field(default_factory=Maintenance)


class ForkInputs(Record):
    """The five features that the fork rubric scores (economics, section 9)."""

    drop_in: Share = Field(description="1 when the last open release can be shipped unchanged, .3 when it is already network copyleft.")
    host_revenue: Share = Field(description=".95 hyperscalers' managed services, .75 several funded vendors, .4 few, .1 none.")
    external_share: Share = Field(description="Share of the last year's commits written by outsiders.")
    neutral_home: Share = Field(description="1 when a foundation or consortium stands ready, .5 plausible, .1 none.")
    switch_cost: Share = Field(description="0 for a drop-in client, 1 for a rewrite.")


class Precedent(Record):
    """Features by which precedents are searched; what is left out is not compared."""

    layer: Layer | None = Field(default=None, description="Layer whose license is in question.")
    family_before: str | None = Field(default=None, description="License family today.")
    family_after: str | None = Field(default=None, description="License family that is considered.")
    steward_type: Literal["company", "foundation", "community"] | None = Field(default=None, description="Who runs the project.")
    reason_type: str | None = Field(default=None, description="Why a change is considered, in the words of the license_changes table.")


class Assumption(Record):
    """An override of a default range: three values and who stands behind them."""

    low: float
    mode: float
    high: float
    set_by: Sentence = Field(description="Who set it: a role, not a name.")
    reason: Sentence


class Correlation(Record):
    """How two uncertain inputs move together; all pairs that are not named are independent."""

    first: str
    second: str
    value: float = Field(gt=-1, lt=1, description="Correlation of the two after a normal transform (Gaussian copula).")
    set_by: Sentence = Field(description="Who set it: a role, not a name.")


class Facts(Record):
    """Numbers of the case; USD million, organizations, years. All are the asker's, none is checked against the market."""

    moat: Share = Field(description="Mean of the five moat tests, 0 to 1.")
    M_closed: Positive = Field(description="Organizations that would adopt with nothing open.")
    M_max: Positive = Field(description="Organizations that could adopt with everything open.")
    N0: Positive = Field(default=0.0, description="Organizations that have adopted already.")
    acv: Positive = Field(description="Yearly contract value of a paying organization, USD million.")
    R0: Positive = Field(default=0.0, description="Revenue today, USD million a year.")
    g0: float = Field(default=0.0, ge=-1, description="Growth of that revenue, share a year.")
    fte_req: Positive = Field(description="People that full openness would need.")
    fte_plan: Positive = Field(description="People that are planned.")
    train_cost: Positive = Field(default=0.0, description="Cost of training what would be opened, USD million.")
    infra_spend: Positive = Field(default=0.0, description="An adopter's yearly infrastructure spend, USD million.")
    infra_share: Share = Field(default=0.0, description="Share of that spend that lands with the organization.")
    infra_gm: Share = Field(default=0.0, description="Gross margin on it.")
    rival_value: Positive = Field(default=0.0, description="Value of weakening a rival's profit layer, USD million a year.")
    free_serving: Positive = Field(default=0.0, description="Yearly cost of serving one adopter for free, USD million.")
    misuse: Positive = Field(default=0.0, description="Factor on the cost of misuse incidents.")
    conv_scale: Positive = Field(default=1.0, description="Factor on the conversion rate.")
    reach_scale: Positive = Field(default=1.0, description="Factor on the reach multiple.")
    trust_scale: Positive = Field(default=0.0, description="Factor on the trust effect; 0 unless buyers pay for what they can inspect.")
    price_scale: Positive = Field(default=1.0, description="Factor on the yearly price decline.")


class Conclusion(Record):
    """What an expert concluded before any model ran; for comparison only."""

    recommended_option: Slug
    acceptable: list[Slug] = Field(default_factory=list)
    rejected: list[Slug] = Field(default_factory=list)
    why: list[Sentence] = Field(default_factory=list)
    preconditions: list[Sentence] = Field(default_factory=list)
    kill_criteria: list[Sentence] = Field(default_factory=list)
    governance: Sentence | None = None


class Case(Record):
    """A whole case file."""

    id: Slug = Field(description="Short name; the report's folder is named after it.")
    title: Sentence
    status: Sentence = Field(description="Real, or a fictional composite; say which.")
    playbook: Playbook
    situation: Situation
    layers: dict[Layer, LayerFacts] = Field(min_length=1)
    options: dict[Slug, Option] = Field(min_length=2)
    checklist: Checklist = Field(default_factory=Checklist)
    facts: Facts
    fork_inputs: ForkInputs | None = None
    precedent: Precedent = Field(default_factory=Precedent)
    moats: list[str] = Field(default_factory=list, description="Moats the case leans on: MO1 to MO5.")
    risks: list[str] = Field(default_factory=list, description="Risks the case names: RK1 to RK5.")
    measures: Measures = Field(default_factory=Measures, description="What was measured about moats, motives, governance and risks.")
    assumptions: dict[str, Assumption] = Field(default_factory=dict, description="Overrides of default ranges, by name.")
    correlations: list[Correlation] = Field(default_factory=list, description="Inputs that are drawn together, by name.")
    conclusion: Conclusion | None = None

    def licenses_of(self, option: str) -> dict[Layer, str]:
        """Return the license of every layer of the case under one option; unnamed layers are closed."""
        chosen = self.options[option].licenses
        layers = [layer for layer in Layer if layer in self.layers or layer in chosen]
        return {layer: chosen.get(layer, CLOSED) for layer in layers}

    def opened_layers(self, option: str) -> list[Layer]:
        """Return the layers that one option opens, under whatever license."""
        return [layer for layer, license_id in self.licenses_of(option).items() if license_id != CLOSED]
