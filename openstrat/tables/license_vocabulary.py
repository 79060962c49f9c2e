"""What the cells of the license tables can say: one closed vocabulary a question that a license answers.

A blank cell means that the answer is not known; it never means "no".
"""

from __future__ import annotations

from openstrat.terms import Term

SCANCODE_CATEGORIES = [
    "public_domain",
    "permissive",
    "copyleft_limited",
    "copyleft",
    "source_available",
    "proprietary_free",
    "free_restricted",
    "commercial",
    "patent_license",
    "cla",
    "unstated_license",
]
BLUEOAK_RATINGS = ["model", "gold", "silver", "bronze", "lead"]


class Grant(Term):
    """What the terms hand over at all."""

    LICENSE = "license", "Rights in a copy of the work."
    ACCESS = "access", "Use of a service; nobody receives a copy."
    NONE = "none", "Nothing: the default rule of copyright applies."


class Permission(Term):
    """Whether something is allowed."""

    YES = "yes", "Allowed."
    CONDITIONAL = "conditional", "Allowed under conditions that other cells of the row state."
    NO = "no", "Not allowed."


class ChangedVersions(Term):
    """What may be done with changed versions."""

    YES = "yes", "They may be made, and passed on as far as copies may."
    CONDITIONAL = "conditional", "Some changes are barred, or changed versions may serve some uses only."
    PRIVATE = "private", "They may be made, but not passed on."
    NO = "no", "They may not be made."


class CommercialGate(Term):
    """What stands between a company and commercial use."""

    NONE = "none", "Nothing."
    SCALE = "scale", "A limit on users, revenue or people; above it the grant ends or another agreement is needed."
    PERMISSION = "permission", "Registration, an application or a paid subscription, whatever the size."


class UseScope(Term):
    """For which kind of use the grant is made, apart from who earns money with it."""

    ANY = "any", "Any use."
    INTERNAL = "internal", "Use inside the own organization, or private use."
    NON_PRODUCTION = "non_production", "Development and testing; nothing live rests on it."
    EVALUATION = "evaluation", "Trying it out for a limited time."
    RESEARCH = "research", "Research, and what the text counts as such."


class CompetingUse(Term):
    """Which business of others the terms hold back."""

    NONE = "none", "None."
    COMPETING_PRODUCT = "competing_product", "Products that compete with the work or the licensor."
    COMPETING_SERVICE = "competing_service", "Online services that compete with those of the licensor."
    COMPETING_MODELS = "competing_models", "Models that compete with those of the licensor."
    MANAGED_SERVICE = "managed_service", "Offering the work itself to third parties as a service."
    SERVICE_BUSINESS = "service_business", "A kind of service business, which needs a separate agreement or is shut out."
    SALE = "sale", "Selling products or services whose value comes mainly from the work."
    FUNCTIONALITY = "functionality", "Giving others its functions, as a service or in copies, alone or inside an offer that lives on them."
    SET_BY_LICENSOR = "set_by_licensor", "Left open by the text; each licensor fills it in."


class OutputUse(Term):
    """What may be done with the outputs of a model."""

    UNRESTRICTED = "unrestricted", "Anything, as far as the terms are concerned."
    NO_OTHER_LLMS = "no_other_llms", "Not to improve other language models."
    NO_OTHER_AI_MODELS = "no_other_ai_models", "Not to improve any other AI model."
    NO_FOUNDATION_MODELS = "no_foundation_models", "Not to make or improve foundation models."
    NO_COMPETING_MODELS = "no_competing_models", "Not to make models that compete with the licensor's."
    NON_COMMERCIAL = "non_commercial", "Not for commercial or production purposes."
    RESEARCH_ONLY = "research_only", "Only for research."
    LICENSOR_OWNED = "licensor_owned", "Outputs belong to the licensor."
    NAMING_DUTY = "naming_duty", "Models trained on outputs carry a prescribed name."
    DISPLAY_DUTY = "display_duty", "Models trained on outputs say so in prescribed words."
    COUNTS_AS_DERIVATIVE = "counts_as_derivative", "Models trained on outputs fall under the same terms."


OUTPUT_BANS = (
    OutputUse.NO_OTHER_LLMS,
    OutputUse.NO_OTHER_AI_MODELS,
    OutputUse.NO_FOUNDATION_MODELS,
    OutputUse.NO_COMPETING_MODELS,
    OutputUse.NON_COMMERCIAL,
    OutputUse.RESEARCH_ONLY,
    OutputUse.LICENSOR_OWNED,
)
OUTPUT_DUTIES = (OutputUse.NAMING_DUTY, OutputUse.DISPLAY_DUTY, OutputUse.COUNTS_AS_DERIVATIVE)


class NamingDuty(Term):
    """What must be kept, named or shown when the work is passed on or used."""

    NONE = "none", "Nothing."
    NOTICE = "notice", "Copyright and permission notices stay."
    LICENSE_COPY = "license_copy", "A copy of the terms, or where the text says so a link to them, goes along."
    NOTICE_FILE = "notice_file", "A file with the licensor's notice goes along."
    CHANGES_MARKED = "changes_marked", "Changes are marked."
    ATTRIBUTION = "attribution", "The author or the work is credited."
    SOURCE = "source", "Source of the covered files is offered."
    DISPLAY = "display", "A prescribed phrase is shown to users or in documents."
    DISPLAY_AT_SCALE = "display_at_scale", "The name is shown in the product above a threshold."
    MODEL_NAME_PREFIX = "model_name_prefix", "Names of derived models start with a prescribed word."
    PUBLIC_STATEMENT = "public_statement", "Public statements about the work carry a prescribed sentence."


DISPLAY_DUTIES = (NamingDuty.DISPLAY, NamingDuty.DISPLAY_AT_SCALE, NamingDuty.MODEL_NAME_PREFIX, NamingDuty.PUBLIC_STATEMENT)


class UsePolicy(Term):
    """Whether a list of forbidden uses binds the user."""

    NONE = "none", "No list."
    INLINE = "inline", "A list inside the terms or attached to them."
    BY_REFERENCE = "by_reference", "A policy published elsewhere."


class PatentGrant(Term):
    """What the terms say about patents."""

    NOT_STATED = "not_stated", "Nothing."
    EXPRESS = "express", "Patents are licensed in so many words."
    GENERAL_IP = "general_ip", "Covered by a grant of all intellectual property."
    COPYRIGHT_ONLY = "copyright_only", "Only copyright is licensed."
    EXCLUDED = "excluded", "Patents are kept out in so many words."
    PER_BASE_LICENSE = "per_base_license", "As in the license that the condition is added to."


class PatentRetaliation(Term):
    """What ends for somebody who sues over the work."""

    NONE = "none", "Nothing."
    PATENT_LICENSE = "patent_license", "The patent license."
    ALL_RIGHTS = "all_rights", "All rights under the terms."


class CopyleftTrigger(Term):
    """What makes one's own work fall under the same terms."""

    NONE = "none", "Nothing."
    FILE = "file", "Passing on changed files."
    LIBRARY = "library", "Passing on a changed library."
    DISTRIBUTION = "distribution", "Passing on a work that contains it."
    NETWORK = "network", "Also letting users reach it over a network."
    SERVICE = "service", "Offering it as a service: then everything that runs the service."


class LitigationTermination(Term):
    """Which suits end rights."""

    NONE = "none", "None."
    PATENT = "patent", "Patent suits."
    PATENT_OR_COPYRIGHT = "patent_or_copyright", "Patent and copyright suits."
    ANY_IP = "any_ip", "Suits over any intellectual property."


class Revocability(Term):
    """Whether the licensor can take the grant back, and on what grounds."""

    IRREVOCABLE = "irrevocable", "No, in so many words."
    NOT_STATED = "not_stated", "The text is silent."
    REVOCABLE_ON_GROUNDS = "revocable_on_grounds", "Only on grounds that the text lists; a breach may be the only one."
    REVOCABLE = "revocable", "Yes, also from somebody who keeps the terms."


class Region(Term):
    """Where no rights are granted."""

    NONE = "none", "Nowhere: the grant covers the world."
    EU = "EU", "European Union."
    UK = "UK", "United Kingdom."
    KR = "KR", "South Korea."


class ExclusionScope(Term):
    """What is not licensed in an excluded region."""

    ALL = "all", "The whole work."
    MULTIMODAL_MODELS = "multimodal_models", "Models that take or make more than text; the others are licensed there."


class Measure(Term):
    """What a threshold counts."""

    USERS = "users", "Active users."
    REVENUE = "revenue", "Revenue."
    PEOPLE = "people", "Employees and contractors."
    COMPETING_PRODUCT = "competing_product", "Having a product that competes; no number."
    BUSINESS_TYPE = "business_type", "Being in a kind of business; no number."
    COMMERCIAL_USE = "commercial_use", "Any commercial use; no number."


class ThresholdUnit(Term):
    """Unit of a threshold."""

    MAU = "mau", "Monthly active users."
    DAU = "dau", "Daily active users."
    USD_PER_MONTH = "usd_per_month", "US dollars in a month."
    USD_PER_YEAR = "usd_per_year", "US dollars in a year."
    USD_PER_12_MONTHS = "usd_per_12_months", "US dollars in any twelve months in a row."
    PEOPLE = "people", "People."


class Comparison(Term):
    """Which side of the value is meant."""

    ABOVE = "above", "More than the value."
    AT_LEAST = "at_least", "The value or more."


class TestedWhen(Term):
    """When a threshold is looked at."""

    RELEASE_DATE = "release_date", "Once, on the day the version was released."
    ONGOING = "ongoing", "At all times."


class ThresholdScope(Term):
    """Whose users, revenue or people count."""

    LICENSEE = "licensee", "The licensee."
    LICENSEE_AND_AFFILIATES = "licensee_and_affiliates", "The licensee and its affiliates."
    LEGAL_ENTITY = "legal_entity", "The legal entity that uses the work."
    COMPANY = "company", "The company."
    COMPANY_OR_EMPLOYER = "company_or_employer", "The company, or the employer of a person who uses the work."
    PRODUCT_OR_SERVICE = "product_or_service", "The product or service that uses the work."


class ServiceBusiness(Term):
    """Kind of business that a threshold is limited to."""

    MODEL_AS_A_SERVICE = "model_as_a_service", "Giving others access to models over a network."
    MODEL_AS_A_SERVICE_OR_AI_ASSISTANT = "model_as_a_service_or_ai_assistant", "The same, or an AI coding or office assistant."


class ThresholdEffect(Term):
    """What happens once a threshold is met."""

    SEPARATE_LICENSE = "separate_license", "A separate license is needed."
    PRIOR_AUTHORIZATION = "prior_authorization", "Written authorization is needed first."
    SECURITY_REVIEW = "security_review", "A security review by the licensor must be passed."
    NO_COMMERCIAL_USE = "no_commercial_use", "Commercial use is not covered."
    NO_RIGHTS = "no_rights", "No right may be exercised."
    LICENSE_TERMINATES = "license_terminates", "The license ends."
    DISPLAY = "display", "The model's name must be shown; nothing is forbidden."
    DISPLAY_AND_NOTICE = "display_and_notice", "A phrase must be shown and the licensor told once; nothing is forbidden."
