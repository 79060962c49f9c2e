"""The words of the field as closed vocabularies. Each member carries its definition; tables and cases use its value."""

from __future__ import annotations

from enum import StrEnum
from typing import Self, TypeVar

from openstrat.errors import UnknownNameError


class Term(StrEnum):
    """A member of a closed vocabulary: its value is what tables hold, `definition` says what it means."""

    definition: str

    def __new__(cls, value: str, definition: str = "") -> Self:
        """Make a member from its value and its definition."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.definition = definition
        return member

    @property
    def label(self) -> str:
        """The value in words, for headings and charts."""
        return self.value.replace("_", " ")


def values(vocabulary: type[Term]) -> list[str]:
    """Return the values of a vocabulary in their defined order."""
    return [member.value for member in vocabulary]


Vocabulary = TypeVar("Vocabulary", bound=Term)


def read_term(vocabulary: type[Vocabulary], value: object) -> Vocabulary:
    """Return the member of a vocabulary that a table cell or a word of the user names.

    Raises
    ------
    UnknownNameError
        If no member has that value.
    """
    for member in vocabulary:
        if member.value == value:
            return member
    raise UnknownNameError(vocabulary.__name__, value, values(vocabulary))


class OpennessLevel(Term):
    """Position of one component on the openness spectrum (concepts SP1 to SP4)."""

    FULLY_OPEN = "fully_open", "Delivered under terms that restrict nobody: run, study, change, share, sell."
    OPEN_WEIGHTS = "open_weights", "Weights can be downloaded, but the terms bound who may use them, for what, or how."
    SOURCE_AVAILABLE = "source_available", "Code, data or documents can be read and perhaps changed, but some uses are barred."
    CLOSED = "closed", "Not delivered, or delivered without a license."
    UNDETERMINED = "undetermined", "The terms that would decide it are not known."


class LicenseFamily(Term):
    """Families of licenses by what they ask of a user (concepts LF1 to LF4)."""

    PERMISSIVE = "permissive", "Keep the notices; otherwise free."
    WEAK_COPYLEFT = "weak_copyleft", "Changed files or the library itself stay under the same terms."
    STRONG_COPYLEFT = "strong_copyleft", "Distributed works that include it stay under the same terms."
    NETWORK_COPYLEFT = "network_copyleft", "As strong copyleft, and offering it over a network counts as distribution."
    SOURCE_AVAILABLE = "source_available", "Readable source with a bar on competing or hosted use."
    USE_RESTRICTED = "use_restricted", "Open in form, with a list of forbidden uses that flows down."
    CUSTOM_AI = "custom_ai", "Written by one AI company for its own models."
    NON_COMMERCIAL = "non_commercial", "Research or private use only."
    DATA = "data", "Written for data sets."
    PROPRIETARY = "proprietary", "Use under contract; no license to the work is published with it."


class AssetType(Term):
    """What kind of thing a license is applied to."""

    CODE = "code", "Source code or programs."
    WEIGHTS = "weights", "Model parameters."
    DATA = "data", "Data sets."
    DOCS = "docs", "Documents, cards and papers."
    API = "api", "Access to a service, no copy."


class Confidence(Term):
    """How a row was established."""

    VERIFIED = "verified", "Read in the primary text or measured."
    SECONDARY = "secondary", "Taken from a source that describes the primary one."
    JUDGMENT = "judgment", "The curators' reading; argue with it."


class Layer(Term):
    """Thirteen layers of an AI company's stack that can be opened one by one (concepts LY-*)."""

    SDK = "sdk", "Client libraries that developers embed."
    DOCS = "docs", "Documentation, examples, cookbooks."
    INTEGRATION = "integration", "Connectors and protocol adapters."
    EVAL = "eval", "Benchmarks and evaluation harnesses."
    FINE_TUNING = "fine_tuning", "Scripts and recipes for adapting a model."
    SMALL_WEIGHTS = "small_weights", "Weights of models below the top of the range."
    FRONTIER_WEIGHTS = "frontier_weights", "Weights of the best model a company has."
    TRAINING_CODE = "training_code", "The pipeline that trained the model."
    TRAINING_DATA = "training_data", "The corpus the model was trained on."
    INFERENCE_INFRA = "inference_infra", "Serving engines and kernels."
    ORCHESTRATION = "orchestration", "Agent and application frameworks."
    DATABASE = "database", "Data stores and search engines."
    COMMERCIAL_TOOLING = "commercial_tooling", "Deployment, control plane, monitoring, compliance."


LAYER_ASSET: dict[Layer, AssetType] = dict.fromkeys(Layer, AssetType.CODE) | {
    Layer.DOCS: AssetType.DOCS,
    Layer.SMALL_WEIGHTS: AssetType.WEIGHTS,
    Layer.FRONTIER_WEIGHTS: AssetType.WEIGHTS,
    Layer.TRAINING_DATA: AssetType.DATA,
}


class Stance(Term):
    """What to do with a layer."""

    OPEN = "open", "Open by default: it drives adoption and carries little revenue."
    DECIDE = "decide", "Decide case by case: open if it raises use of the paid layer, hold if it undermines it."
    HOLD = "hold", "Hold by default: it carries the revenue."


class Playbook(Term):
    """The three playbooks and the absence of one (concepts PB1 to PB3)."""

    INFRA_LED = "infra_led", "Models and tools are given away to sell compute, storage and hosting."
    OPEN_CORE = "open_core", "A free core becomes the standard; hosting, assurance and premium parts are sold."
    VERTICAL = "vertical", "A paid product for one trade, with open parts that build trust."
    NONE = "none", "No commercial playbook: public, academic or community work."


class Direction(Term):
    """What a change of license does to users."""

    RESTRICT = "restrict", "Users may do less than before."
    RESTRICT_SOFTENED = "restrict_softened", "A restriction was eased but not lifted."
    OPEN = "open", "Users may do more than before."
    REVERSAL = "reversal", "An earlier restriction was taken back."
    COPYLEFT_SHIFT = "copyleft_shift", "From permissive to copyleft, or to a stronger copyleft."
    PERMISSIVE_SHIFT = "permissive_shift", "From copyleft to permissive, or between permissive licenses."
    OPEN_CORE_MERGE = "open_core_merge", "Commercial code joined the tree under its own license."
    CLOSURE = "closure", "No further source is published."
    VERSION_BUMP = "version_bump", "A newer version of the same license."
    NEW = "new", "First license of a family."


class Component(Term):
    """Parts of an AI release that can be opened one by one; after the components of the Model Openness Framework."""

    WEIGHTS = "weights", "Final parameters of the released model."
    AUTOENCODER_WEIGHTS = "autoencoder_weights", "Parameters of the encoder and decoder around an image model."
    INTERMEDIATE_CHECKPOINTS = "intermediate_checkpoints", "Parameters saved during training."
    ARCHITECTURE = "architecture", "Code or exact description of the layers and their sizes."
    INFERENCE_CODE = "inference_code", "Code that runs the released model."
    TRAINING_CODE = "training_code", "Code that trained the model."
    EVAL_CODE = "eval_code", "Code that measured the model."
    DATA_PREPROCESSING_CODE = "data_preprocessing_code", "Code that turned raw data into training data."
    SUPPORTING_TOOLS = "supporting_tools", "Libraries and tools made for the model."
    TRAINING_DATA = "training_data", "What the base model was trained on."
    FINETUNING_DATA = "finetuning_data", "What the instruction-tuned model was trained on afterwards."
    EVAL_DATA = "eval_data", "Questions and answers used to measure the model."
    MODEL_METADATA = "model_metadata", "Facts about the model in a form that programs read."
    SAMPLE_OUTPUTS = "sample_outputs", "Examples of what the model produces."
    EVAL_RESULTS = "eval_results", "Measured results."
    MODEL_CARD = "model_card", "Short document on what the model is for and how it behaves."
    DATA_CARD = "data_card", "Short document on where the data came from."
    TECHNICAL_REPORT = "technical_report", "Long document on how the model was made."
    RESEARCH_PAPER = "research_paper", "Scientific paper on the model."


class ComponentStatus(Term):
    """How one component of a release was delivered."""

    OPEN = "open", "Delivered, and the source calls its terms open."
    RESTRICTED = "restricted", "Delivered under terms that bound who may use it, for what, or how."
    PARTIAL = "partial", "Only a part, or only the means to rebuild it, was delivered."
    PUBLISHED_WITHOUT_LICENSE = "published_without_license", "Can be read or downloaded, but nothing grants a right to use it."
    NOT_RELEASED = "not_released", "Not found among the delivered parts; the note says when this rests on silence alone."
    CLOSED = "closed", "Held back on purpose."


class Restriction(Term):
    """Ways in which terms bound who may use a work, for what, or how; each follows from a typed cell of the license terms."""

    NON_COMMERCIAL = "non_commercial", "No use for profit."
    SCALE_GATE = "scale_gate", "Above a number of users, revenue or people the grant ends or another agreement is needed."
    PERMISSION_GATE = "permission_gate", "Commercial use needs registration, an application or a subscription first, at any size."
    SERVICE_GATE = "service_gate", "A kind of service business needs a separate agreement or is shut out."
    USE_LIMITED = "use_limited", "Granted for one kind of use only: internal, research, evaluation, or outside production."
    NO_REDISTRIBUTION = "no_redistribution", "Copies may not be passed on."
    NO_DERIVATIVES = "no_derivatives", "Changed versions may not be made, or may not be passed on."
    LIMITED_DERIVATIVES = "limited_derivatives", "Some changes are barred, or changed versions may serve some uses only."
    NO_HOSTING = "no_hosting", "It may not be offered to others as a service."
    COMPETITION = "competition", "Products, services or models that compete with the licensor, or resell the work, are barred."
    SERVICE_COPYLEFT = "service_copyleft", "Who offers it as a service must publish everything that runs the service."
    OUTPUT_BAN = "output_ban", "Outputs may not be used for some purpose, such as training other models."
    OUTPUT_DUTY = "output_duty", "Models trained on outputs must carry a name, a phrase or the terms."
    USE_POLICY = "use_policy", "A list of forbidden uses binds."
    TERRITORY = "territory", "In some regions nobody is licensed, or not for every model."
    REVOCABLE = "revocable", "The licensor can take the grant back from somebody who keeps the terms."


class Obligation(Term):
    """What terms ask in return without bounding who may use a work or for what."""

    NOTICES = "notices", "Keep notices, pass on the terms, credit the author, mark changes."
    COPYLEFT = "copyleft", "Own work that contains it falls under the same terms once it is passed on or offered over a network."
    PATENT_RETALIATION = "patent_retaliation", "Who sues over the work loses rights in it."
    DISPLAY = "display", "Show a name or phrase to users, or in the name of derived models."
