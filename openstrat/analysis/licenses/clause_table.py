"""Which value of which cell of `license_terms` does what to whom: the reading of typed terms as one table."""

from __future__ import annotations

from dataclasses import dataclass

from openstrat.analysis.licenses.askers import EVERY_PURPOSE, OFFERS, Purpose
from openstrat.tables import license_vocabulary as words
from openstrat.terms import Term


class Effect(Term):
    """What a clause does to somebody whom it concerns."""

    BARRED = "barred", "The terms do not cover it."
    GATED = "gated", "Only with somebody's permission, or only if a condition about company, product or model holds."
    UNKNOWN = "unknown", "It could decide, but what it says or what it asks is not known."
    LISTED_USES = "listed_uses", "Uses on a list are forbidden; whether one's own use is among them has to be checked there."
    DUTY = "duty", "Something is asked in return; nothing is forbidden."
    REMARK = "remark", "Good to know; it decides nothing."


@dataclass(frozen=True)
class Template:
    """A clause before it meets a license: what a value does, to whom, for which purposes."""

    effect: Effect
    who: str
    says: str
    purposes: frozenset[Purpose] = EVERY_PURPOSE
    is_commercial_only: bool = False


def _for(*purposes: Purpose) -> frozenset[Purpose]:
    return frozenset(purposes)


PASSED_ON = _for(Purpose.PRODUCT, Purpose.COMPETE, Purpose.REDISTRIBUTE)
"""Purposes that can put a copy into other hands."""
OWN_USE = _for(Purpose.INTERNAL_USE, Purpose.FINE_TUNE, Purpose.TRAIN_ON_OUTPUTS)
BEYOND_RESEARCH = EVERY_PURPOSE - {Purpose.RESEARCH}
HOSTING, COMPETING = _for(Purpose.HOSTED_SERVICE), _for(Purpose.COMPETE)
CHANGING, PUBLISHING = _for(Purpose.FINE_TUNE), _for(Purpose.REDISTRIBUTE)
DISTILLING = _for(Purpose.TRAIN_ON_OUTPUTS)
PRODUCTS = _for(Purpose.PRODUCT, Purpose.COMPETE)

SAME_TERMS = "Works passed on that contain it stay under the same terms, with source."

SCOPES: dict[tuple[str, str], tuple[Template, ...]] = {
    ("use_scope", words.UseScope.RESEARCH): (
        Template(Effect.BARRED, "everybody with a commercial purpose", "Granted for research only.", BEYOND_RESEARCH, True),
        Template(Effect.GATED, "everybody outside research", "Granted for research only, so it has to be part of it.", BEYOND_RESEARCH),
    ),
    ("use_scope", words.UseScope.EVALUATION): (
        Template(Effect.BARRED, "everybody, once a limited trial is over", "Granted for a limited trial only."),
    ),
    ("use_scope", words.UseScope.INTERNAL): (
        Template(
            Effect.BARRED,
            "everybody who offers it, or a product built on it, to customers",
            "Granted for use inside one's own organization only.",
            OFFERS,
        ),
        Template(
            Effect.GATED,
            "everybody who passes on copies or models made with it",
            "Granted for internal use: what leaves the organization needs a look at the text.",
            PUBLISHING | DISTILLING,
        ),
    ),
    ("use_scope", words.UseScope.NON_PRODUCTION): (
        Template(Effect.BARRED, "everybody with an offer to customers", "Granted for development and testing only.", OFFERS),
        Template(Effect.GATED, "everybody who uses it in production", "Only outside production: nothing live may rest on it.", OWN_USE),
    ),
}
COMMERCE: dict[tuple[str, str], tuple[Template, ...]] = {
    ("grant", words.Grant.NONE): (
        Template(Effect.BARRED, "everybody", "No license is given, so copyright reserves every use beyond what the law allows."),
    ),
    ("grant", words.Grant.ACCESS): (Template(Effect.REMARK, "", "Access to a service; nobody receives a copy."),),
    ("commercial_use", words.Permission.NO): (
        Template(Effect.BARRED, "everybody with a commercial purpose", "Commercial use is not covered.", is_commercial_only=True),
    ),
    ("commercial_gate", words.CommercialGate.PERMISSION): (
        Template(
            Effect.GATED,
            "everybody with a commercial purpose who did not register, apply or subscribe",
            "Commercial use needs registration, permission or a subscription first.",
            is_commercial_only=True,
        ),
    ),
}
COPIES: dict[tuple[str, str], tuple[Template, ...]] = {
    ("redistribution", words.Permission.NO): (
        Template(Effect.BARRED, "everybody who wants to pass copies on", "Copies may not be passed on.", PUBLISHING),
        Template(Effect.REMARK, "", "Copies may not be passed on, so customers receive none.", PRODUCTS),
    ),
    ("redistribution", words.Permission.CONDITIONAL): (
        Template(Effect.DUTY, "", "The terms, with any limits on use, travel with every copy.", PUBLISHING),
    ),
    ("derivatives", words.ChangedVersions.NO): (
        Template(Effect.BARRED, "everybody who wants to change it", "Changed versions may not be made.", CHANGING),
        Template(Effect.GATED, "everybody who wants to publish a changed version", "Unchanged copies at most.", PUBLISHING),
    ),
    ("derivatives", words.ChangedVersions.PRIVATE): (
        Template(
            Effect.GATED,
            "everybody who wants to publish a changed version",
            "Unchanged copies only: changed versions may be made, but not passed on.",
            PUBLISHING,
        ),
        Template(Effect.REMARK, "", "Changed versions may be made, but not passed on.", CHANGING | PRODUCTS),
    ),
    ("derivatives", words.ChangedVersions.CONDITIONAL): (
        Template(
            Effect.GATED,
            "some makers of changed versions",
            "Some changes are barred, or changed versions may serve some uses only.",
            CHANGING | PUBLISHING,
        ),
    ),
    ("copyleft_trigger", words.CopyleftTrigger.FILE): (
        Template(Effect.DUTY, "", "Changed files that are passed on stay under the same terms, with source.", PASSED_ON),
    ),
    ("copyleft_trigger", words.CopyleftTrigger.LIBRARY): (
        Template(Effect.DUTY, "", "A changed library that is passed on stays under the same terms, with source.", PASSED_ON),
    ),
    ("copyleft_trigger", words.CopyleftTrigger.DISTRIBUTION): (Template(Effect.DUTY, "", SAME_TERMS, PASSED_ON),),
    ("copyleft_trigger", words.CopyleftTrigger.NETWORK): (
        Template(Effect.DUTY, "", SAME_TERMS, PASSED_ON),
        Template(Effect.DUTY, "", "Whoever reaches a changed version over a network is offered its source.", OFFERS),
    ),
    ("copyleft_trigger", words.CopyleftTrigger.SERVICE): (
        Template(Effect.DUTY, "", SAME_TERMS, PASSED_ON),
        Template(
            Effect.GATED,
            "hosts who do not publish everything that runs the service",
            "As a service only if everything that runs it is published under these terms.",
            HOSTING | COMPETING,
        ),
    ),
}
BUSINESS: dict[tuple[str, str], tuple[Template, ...]] = {
    ("hosted_service", words.Permission.NO): (
        Template(Effect.BARRED, "hosts: everybody who offers the work itself as a service", "It may not be offered as a service.", HOSTING),
    ),
    ("competing_use", words.CompetingUse.COMPETING_PRODUCT): (
        Template(
            Effect.BARRED, "makers of products or services that compete with the licensor's", "Not for an offer that competes.", COMPETING
        ),
        Template(Effect.GATED, "hosts whose service competes with the licensor's", "Only if the service does not compete.", HOSTING),
        Template(Effect.REMARK, "", "Only as long as the product does not compete with the licensor's.", _for(Purpose.PRODUCT)),
    ),
    ("competing_use", words.CompetingUse.COMPETING_SERVICE): (
        Template(
            Effect.GATED,
            "providers of online services that compete with the licensor's",
            "Not for an online service that competes with the licensor's.",
            HOSTING | COMPETING,
        ),
    ),
    ("competing_use", words.CompetingUse.COMPETING_MODELS): (
        Template(Effect.GATED, "makers of models that compete with the licensor's", "Not for a model that competes.", COMPETING),
    ),
    ("competing_use", words.CompetingUse.MANAGED_SERVICE): (
        Template(
            Effect.BARRED,
            "hosts: everybody who offers the work itself as a managed service",
            "Not as a service of the work itself.",
            HOSTING,
        ),
        Template(Effect.GATED, "competitors who offer the work itself as a service", "Not as a service of the work itself.", COMPETING),
    ),
    ("competing_use", words.CompetingUse.SERVICE_BUSINESS): (
        Template(Effect.GATED, "some kinds of service business", "Not for some kinds of service business.", is_commercial_only=True),
    ),
    ("competing_use", words.CompetingUse.SALE): (
        Template(Effect.BARRED, "everybody who sells the work itself, hosting included", "The work itself may not be sold.", HOSTING),
        Template(
            Effect.GATED,
            "sellers of products and services whose value comes mainly from the work",
            "Only if the value of the offer comes mainly from something else.",
            PRODUCTS,
        ),
    ),
    ("competing_use", words.CompetingUse.FUNCTIONALITY): (
        Template(
            Effect.BARRED,
            "hosts: everybody who offers its functions as a service",
            "Its functions may not be offered to others as a service.",
            HOSTING,
        ),
        Template(
            Effect.GATED,
            "everybody whose product, service or copy gives others its functions or lives on them",
            "Only if others do not get its functions and the offer does not live on them.",
            PRODUCTS | PUBLISHING,
        ),
    ),
    ("competing_use", words.CompetingUse.SET_BY_LICENSOR): (
        Template(
            Effect.UNKNOWN,
            "users in production, as far as the licensor has not granted it",
            "Ask the licensor: production use depends on what it grants beside the text.",
            OFFERS | OWN_USE,
        ),
    ),
}
OUTPUTS: dict[tuple[str, str], tuple[Template, ...]] = {
    ("output_use", words.OutputUse.NO_OTHER_LLMS): (
        Template(
            Effect.BARRED, "trainers of other language models on its outputs", "Outputs may not improve other language models.", DISTILLING
        ),
    ),
    ("output_use", words.OutputUse.NO_OTHER_AI_MODELS): (
        Template(Effect.BARRED, "trainers of any other AI model on its outputs", "Outputs may not improve other AI models.", DISTILLING),
    ),
    ("output_use", words.OutputUse.NO_FOUNDATION_MODELS): (
        Template(Effect.GATED, "trainers of foundation models on its outputs", "Only if the new model is no foundation model.", DISTILLING),
    ),
    ("output_use", words.OutputUse.NO_COMPETING_MODELS): (
        Template(Effect.GATED, "trainers of competing models on its outputs", "Only if the new model does not compete.", DISTILLING),
    ),
    ("output_use", words.OutputUse.NON_COMMERCIAL): (
        Template(
            Effect.BARRED, "commercial trainers of models on its outputs", "Outputs may not serve commerce or production.", DISTILLING, True
        ),
    ),
    ("output_use", words.OutputUse.RESEARCH_ONLY): (
        Template(Effect.BARRED, "commercial trainers of models on its outputs", "Outputs may serve research only.", DISTILLING, True),
        Template(Effect.GATED, "trainers of models outside research", "Outputs may serve research only.", DISTILLING),
    ),
    ("output_use", words.OutputUse.LICENSOR_OWNED): (
        Template(Effect.BARRED, "everybody who needs to own the outputs", "Outputs belong to the licensor.", DISTILLING),
    ),
    ("output_use", words.OutputUse.NAMING_DUTY): (
        Template(
            Effect.GATED,
            "makers of models trained on its outputs that do not carry its name",
            "Only if the new model carries the prescribed name.",
            DISTILLING,
        ),
    ),
    ("output_use", words.OutputUse.DISPLAY_DUTY): (
        Template(
            Effect.GATED,
            "makers of models trained on its outputs that do not carry the prescribed words",
            "Only if the new model comes with the prescribed words.",
            DISTILLING,
        ),
    ),
    ("output_use", words.OutputUse.COUNTS_AS_DERIVATIVE): (
        Template(
            Effect.GATED,
            "makers of models trained on its outputs that do not carry these terms",
            "Only if the new model goes out under these terms, as a changed version would.",
            DISTILLING,
        ),
    ),
}
STANDING: dict[tuple[str, str], tuple[Template, ...]] = {
    ("acceptable_use_policy", words.UsePolicy.INLINE): (
        Template(Effect.LISTED_USES, "everybody with a use on its list", "A list of forbidden uses inside the terms binds."),
    ),
    ("acceptable_use_policy", words.UsePolicy.BY_REFERENCE): (
        Template(Effect.LISTED_USES, "everybody with a use on its list", "A policy of forbidden uses, published elsewhere, binds."),
    ),
    ("revocable", words.Revocability.REVOCABLE): (Template(Effect.REMARK, "", "The licensor can take the grant back."),),
    ("revocable", words.Revocability.REVOCABLE_ON_GROUNDS): (
        Template(Effect.REMARK, "", "The grant can end on grounds that the text lists."),
    ),
}
CELLS = COMMERCE | SCOPES | COPIES | BUSINESS | OUTPUTS | STANDING
"""Which value of which cell does what; values that are not here shut nobody out and ask for nothing."""

BLANKS: dict[str, Template] = {
    "commercial_use": Template(Effect.UNKNOWN, "perhaps commercial users", "whether commercial use is allowed", is_commercial_only=True),
    "commercial_gate": Template(Effect.UNKNOWN, "perhaps some companies", "what stands before commercial use", is_commercial_only=True),
    "use_scope": Template(Effect.UNKNOWN, "perhaps some kinds of use", "for which kind of use it is granted"),
    "redistribution": Template(Effect.UNKNOWN, "perhaps distributors", "whether copies may be passed on", PUBLISHING),
    "derivatives": Template(Effect.UNKNOWN, "perhaps makers of changed versions", "whether it may be changed", CHANGING | PUBLISHING),
    "hosted_service": Template(Effect.UNKNOWN, "perhaps hosts", "whether it may be offered as a service", HOSTING),
    "competing_use": Template(Effect.UNKNOWN, "perhaps competitors", "which business of others is held back", OFFERS),
    "output_use": Template(Effect.UNKNOWN, "perhaps trainers of other models", "what may be done with outputs", DISTILLING),
    "copyleft_trigger": Template(Effect.UNKNOWN, "perhaps hosts", "what makes own work fall under the same terms", HOSTING),
    "geographic_exclusion": Template(Effect.UNKNOWN, "perhaps companies in some regions", "whether a region is shut out"),
    "acceptable_use_policy": Template(Effect.REMARK, "", "whether a list of forbidden uses binds"),
    "revocable": Template(Effect.REMARK, "", "whether the grant can be taken back"),
}
"""What a blank cell leaves open, and for which purposes that could decide."""

NAMING_PURPOSES: dict[words.NamingDuty, frozenset[Purpose]] = {
    **dict.fromkeys(words.NamingDuty, PASSED_ON),
    words.NamingDuty.DISPLAY: OFFERS | PUBLISHING,
    words.NamingDuty.DISPLAY_AT_SCALE: frozenset(),
    words.NamingDuty.MODEL_NAME_PREFIX: PUBLISHING,
    words.NamingDuty.PUBLIC_STATEMENT: OFFERS | PUBLISHING | {Purpose.RESEARCH},
}
"""Purposes that a duty of name or notice comes along with; the duty above a size is a test of its own."""
