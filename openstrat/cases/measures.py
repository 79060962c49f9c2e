"""What an organization has measured about itself: the facts that the tests of moats, motives, governance and risks ask for.

Every field is optional: what is left out makes the test that needs it answer "unknown". Thresholds are not here but in the rules.
"""

from __future__ import annotations

from pydantic import Field

from openstrat.cases.records import Positive, Record, Sentence, Share


class DefaultChoice(Record):
    """MO1: who starts with us without comparing."""

    audience: Sentence | None = Field(default=None, description="The named group.")
    new_project_share: Share | None = Field(default=None, description="Share of the group's new projects that start with the product.")
    tutorial_share: Share | None = Field(default=None, description="Share of independent tutorials that name it first.")
    n_observed: int | None = Field(default=None, ge=0, description="Projects, answers or tutorials behind the share.")


class BestTools(Record):
    """MO2: how well the asset is kept usable."""

    minutes_to_first_result: Positive | None = Field(default=None, description="Median minutes of a new user to a first result.")
    n_integrations: int | None = Field(default=None, ge=0, description="Maintained integrations.")
    outsider_integration_share: Share | None = Field(default=None, description="Share of them made by outsiders.")
    docs_lag_days: Positive | None = Field(default=None, description="Days from a release to its documents.")


class BestHosting(Record):
    """MO3: how the own hosted version stands beside others."""

    hosted_share: Share | None = Field(default=None, description="Own share of hosted demand.")
    sla_quarters_kept: int | None = Field(default=None, ge=0, description="Quarters in a row in which service levels were kept.")
    price_premiums: list[float] = Field(default_factory=list, description="Own price over each independent host, as a share (.1 is 10 %).")


class HardToRebuild(Record):
    """MO4: what a rival would need to rebuild data, tuning and tests."""

    rebuild_months: Positive | None = Field(default=None, description="Months a funded rival would need.")
    rebuild_budgets: Positive | None = Field(default=None, description="Cost of it in yearly budgets of the unit.")
    rights_exclusive: bool | None = Field(default=None, description="Whether the rights in the data are exclusive.")
    baseline_margin: float | None = Field(default=None, description="Lead over a public baseline on unseen work, in points.")
    needed_margin: float | None = Field(default=None, description="Lead that was stated beforehand as enough, in points.")


class FeedbackLoop(Record):
    """MO5: what the open version teaches."""

    reporting_share: Share | None = Field(default=None, description="Share of active deployments that report back or are customers.")
    improvements_per_quarter: Positive | None = Field(default=None, description="Shipped improvements a quarter traced to them.")


class Attention(Record):
    """MY1, MY2: attention, which is not use."""

    first_week_share: Share | None = Field(default=None, description="Share of the first 90 days' visits that fell into week 1.")
    stars_month_1: Positive | None = Field(default=None, description="Stars in the first month.")
    stars_per_month_after_3: Positive | None = Field(default=None, description="Stars a month after the third.")
    n_enterprise_users: int | None = Field(default=None, ge=0, description="Organizations known to use it in production.")
    stars_rank_correlation: float | None = Field(default=None, ge=-1, le=1, description="Rank correlation of stars and use among peers.")


class Switching(Record):
    """MY3, MY4, RK2, RK3: how easily users leave."""

    switch_weeks: Positive | None = Field(default=None, description="Engineer-weeks a user needs to move to a fork or substitute.")
    fork_is_compatible: bool | None = Field(default=None, description="Whether a fork would keep the interface.")
    substitute_quality: Share | None = Field(default=None, description="Quality of the cleaner substitute, as a share of own quality.")
    license_friction: Share | None = Field(default=None, description="Share of serious prospects who passed because of the terms.")
    notice_days: Positive | None = Field(default=None, description="Days of notice before a license change.")


class MotiveFacts(Record):
    """M1 to M5: what is measured about each reason to open."""

    cost_per_adopter: Positive | None = Field(default=None, description="Cost of winning one adopting organization, USD.")
    n_outside_integrations: int | None = Field(default=None, ge=0, description="Integrations built by others.")
    complement_sold: Sentence | None = Field(default=None, description="The neighboring product that is sold, if there is one.")
    complement_margin: Share | None = Field(default=None, description="Own gross margin on it.")
    rival_price_change: float | None = Field(default=None, description="Change of the rival's price since the opening, as a share.")
    inspection_tender_share: Share | None = Field(default=None, description="Share of tenders that ask for inspection or self-hosting.")
    outside_changes_share: Share | None = Field(default=None, description="Share of merged changes by outsiders.")
    offers_naming_project: int | None = Field(default=None, ge=0, description="Accepted job offers that name the project, last year.")
    paid_product_needs_scale: bool | None = Field(default=None, description="Whether the paid product improves as more use the free part.")
    sells_platform: bool | None = Field(default=None, description="Whether what is sold is a platform that the opened part runs on.")
    deals_lost_to_lock_in: int | None = Field(default=None, ge=0, description="Lost deals that named fear of lock-in, last year.")


class PlaybookFacts(Record):
    """PB0 to PB3: what the organization owns that a playbook needs."""

    capital_musd: Positive | None = Field(default=None, description="Capital that is set aside for it, USD million.")
    owns_capacity: bool | None = Field(default=None, description="Whether it owns or has committed computing capacity.")
    infrastructure_revenue_share: Share | None = Field(default=None, description="Share of revenue from computing and hosting.")
    pull_through: Share | None = Field(default=None, description="Share of adopters' computing spend that lands with it.")
    has_sales_and_support: bool | None = Field(default=None, description="Whether a sales and a support team exist.")
    has_upgrade_paths: bool | None = Field(default=None, description="Whether documents and paths to newer versions are kept up.")
    has_paid_tier: bool | None = Field(default=None, description="Whether a hosted or premium tier is on sale.")
    core_as_good_as_paid: bool | None = Field(default=None, description="Whether the free core already does what is paid for.")
    has_exclusive_domain_data: bool | None = Field(default=None, description="Whether it holds data of one trade that others cannot get.")
    work_runs_through_it: bool | None = Field(default=None, description="Whether the customer's work runs through the product.")
    evaluations_are_renewed: bool | None = Field(default=None, description="Whether the open evaluations are renewed every year.")
    opened_parts_carry_client_knowledge: bool | None = Field(default=None, description="Whether what is opened learned from clients.")


class GovernanceFacts(Record):
    """CG1 to CG4: how the open part is run."""

    repository: str | None = Field(default=None, description="Repository in the project_indicators table, as owner/name.")
    steward: Sentence | None = Field(default=None, description="Who decides: a company, a foundation, a community.")
    outsider_share: Share | None = Field(default=None, description="Share of merged commits by outsiders, last 12 months.")
    authors_for_half: int | None = Field(default=None, ge=1, description="Fewest authors of half of the commits, last 12 months.")
    top_domain_share: Share | None = Field(default=None, description="Largest share of commits from one organization's addresses.")
    trademark_owner: Sentence | None = Field(default=None, description="Who owns the name.")
    has_trademark_policy: bool | None = Field(default=None, description="Whether a policy says who may use the name.")
    has_conformity_rule: bool | None = Field(default=None, description="Whether a rule says which builds may carry the name.")
    contribution_agreement: str | None = Field(default=None, pattern="^(cla|dco|none)$", description="cla, dco or none.")
    signoff_share: Share | None = Field(default=None, description="Share of commits signed off, last 12 months.")
    boundary_is_written: bool | None = Field(default=None, description="Whether a page says which features are paid.")
    features_moved_to_paid: int | None = Field(default=None, ge=0, description="Features moved from free to paid, last 12 months.")
    boundary_notice_days: Positive | None = Field(default=None, description="Days of notice before such a move.")
    security_contact: Sentence | None = Field(default=None, description="Where vulnerabilities are reported.")


class Receipt(Record):
    """ST0: one named thing that comes back for what is given away."""

    what: Sentence = Field(description="What comes back.")
    where_in_stack: Sentence = Field(description="In which layer or market it comes back.")
    metric: Sentence | None = Field(default=None, description="How it is counted.")
    owner: Sentence | None = Field(default=None, description="The role that answers for it; no names.")


class Measures(Record):
    """All measured facts of a case, by the question that they answer."""

    receipts: list[Receipt] = Field(default_factory=list, description="What comes back for what is opened (ST0).")
    default_choice: DefaultChoice = Field(default_factory=DefaultChoice)
    best_tools: BestTools = Field(default_factory=BestTools)
    best_hosting: BestHosting = Field(default_factory=BestHosting)
    hard_to_rebuild: HardToRebuild = Field(default_factory=HardToRebuild)
    feedback_loop: FeedbackLoop = Field(default_factory=FeedbackLoop)
    attention: Attention = Field(default_factory=Attention)
    switching: Switching = Field(default_factory=Switching)
    motives: MotiveFacts = Field(default_factory=MotiveFacts)
    playbooks: PlaybookFacts = Field(default_factory=PlaybookFacts)
    governance: GovernanceFacts = Field(default_factory=GovernanceFacts)
