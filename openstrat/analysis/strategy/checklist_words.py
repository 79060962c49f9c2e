"""Word lists of the go-open checklist: crude on purpose, so every finding that rests on one says "word-list check"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from openstrat.terms import Layer

MARK = "(word-list check)"
POSTPONED = r"later|eventually|somehow|figure (it )?out|community will|at some point|to be decided|tbd"
PAYERS = (
    r"adopters?|agenc(y|ies)|banks?|buyers?|clients?|clouds? pay|compan(y|ies)|customers?|departments?|developers? pay|enterprises?|"
    r"firms?|governments?|grants?|hospitals?|ministr(y|ies)|organizations?|teams?|users? pay"
)
UNITS = (
    r"(api )?calls?|contracts?|endpoints?|(gpu[ -])?hours?|licenses?|matters?|per month|a month|nodes?|per year|a year|requests?|"
    r"seats?|spend|subscriptions?|tokens?|workloads?"
)
PRICE = r"(usd|eur|gbp|us\$|\$|€|£)\s?\d|\d[\d.,]*\s?(usd|eur|gbp|dollars?|euros?)|\d+(\.\d+)?\s?(%|percent)|(one|1) (in|of) \d+"
ONLY_AHEAD = r"ahead|head start|first mover|(we (are|were)|being) first|faster than"
ADMITS_WEAK = r"^weak|already (run|have|sell)|easy to copy|^nothing"
BARRIERS = r"capacity|certif\w+|confidential\w*|contracts?|duty|exclusive|law|legal\w*|licens\w+|mandate|patents?|power|regulat\w+|rights?"
ATTENTION = (
    r"stars?|likes?|followers?|upvotes?|views?|impressions?|mentions?|downloads?|front page|hacker news|trending|(launch )?rank(ing)?|press"
)
USE_OR_MONEY = (
    r"active|api keys?|bookings?|calls?|contracts?|conversions?|customers?|deployments?|(gpu[ -])?hours?|invoices?|margin|paid|papers?|"
    r"paying|production|renewals?|requests?|retention|revenue|seats?|spend|subscriptions?|tenders?|tokens?|workloads?"
)
DATE = r"q[1-8]|20[2-4]\d|months?|quarters?|weeks?|years?"
DEADLINE = rf"(by|within|until|in|after) (\w+ ){{0,3}}({DATE})"
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
CALENDAR = rf"20[2-4]\d([-/](q\d|\d{{1,2}}))?([-/]\d{{1,2}})?|(\d{{1,2}}\.? )?{MONTH}\.? (\d{{1,2}}, )?20[2-4]\d|q\d"
"""A day, month, quarter or year, such as 2027-Q2, 31 March 2027 or q6."""
ACCEPTS_LOSS = r"accept\w*( \w+){0,4} loss(es)?|loss(es)?( \w+){0,4} (accepted|acceptable|intended)|that is success"
REFUSES_LOSS = r"(not|never|cannot|no|nobody)( \w+){0,3} accept\w*|un(accepted|acceptable)"
NAME_ONLY = frozenset({"brand", "name", "names", "trademark", "logo", "community", "reputation", "goodwill", "mindshare", "fame"})
FILLERS = frozenset({"our", "the", "and", "a", "strong", "well", "known"})
NO_POLICY = r"^(none|no|not yet|tbd|to be decided|later)\.?$"
SOMEBODY_ELSES = r"personal|licensed|confidential|client|customer|patient"
LAYERS: Mapping[Layer, str] = MappingProxyType(
    {
        Layer.SDK: r"sdks?|client librar\w+",
        Layer.DOCS: r"docs|documentation|cookbooks?",
        Layer.INTEGRATION: r"integrations?|connectors?",
        Layer.EVAL: r"evals?|evaluations?|benchmarks?",
        Layer.FINE_TUNING: r"fine[- ]tun\w+",
        Layer.SMALL_WEIGHTS: r"small(er)? (weights|models?)",
        Layer.FRONTIER_WEIGHTS: r"frontier (weights|models?)|flagship",
        Layer.TRAINING_CODE: r"training (pipeline|code)",
        Layer.TRAINING_DATA: r"data|corpus",
        Layer.INFERENCE_INFRA: r"serving engine|inference engine|kernels?",
        Layer.ORCHESTRATION: r"framework|orchestration",
        Layer.DATABASE: r"database|storage engine",
        Layer.COMMERCIAL_TOOLING: (
            r"control plane|autoscal\w+|\w*-?tenant back ?end|rbac|audit|monitoring|observability|pricing engine|console|compliance|"
            r"modules?|hosted"
        ),
    }
)
"""How people name a layer in free text."""


def found(pattern: str, text: str) -> list[str]:
    """Return the distinct whole-word matches of a pattern in lower case, in order of appearance."""
    matches = re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", text, re.IGNORECASE)
    return list(dict.fromkeys(match.group(0).lower() for match in matches))


def has(pattern: str, text: str) -> bool:
    """Return whether a pattern stands in a text as whole words."""
    return bool(found(pattern, text))


def states_price(text: str) -> bool:
    """Return whether a text holds an amount of money or a share."""
    return bool(re.search(PRICE, text, re.IGNORECASE))


def states_number(text: str) -> bool:
    """Return whether a text holds a number that is not part of a date or a duration."""
    without_dates = re.sub(rf"(?<!\w)({CALENDAR}|\d+ ({DATE}))(?!\w)", "", text, flags=re.IGNORECASE)
    return bool(re.search(r"\d", without_dates))


def states_date(text: str) -> bool:
    """Return whether a text holds a day, month, quarter or year, or a period after which something is due."""
    return has(CALENDAR, text) or has(DEADLINE, text)


def accepts_loss(text: str) -> bool:
    """Return whether a text says that a loss is accepted."""
    return has(ACCEPTS_LOSS, text) and not has(REFUSES_LOSS, text)


def without_negated(text: str) -> str:
    """Return a text without the words that it rules out: 'retention, not downloads' gives 'retention, '."""
    return re.sub(r"\b(not|no|rather than|instead of|without)\s+[\w-]+", "", text, flags=re.IGNORECASE)


def is_only_a_name(text: str) -> bool:
    """Return whether a phrase speaks of nothing but a name, a community or fame."""
    words = set(re.findall(r"[a-z]+", text.lower()))
    return bool(words & NAME_ONLY) and words <= NAME_ONLY | FILLERS


def layers_in(text: str) -> list[Layer]:
    """Return the layers that a phrase reads like; data that belongs to somebody else is not training data to open."""
    named = [layer for layer in Layer if has(LAYERS[layer], text)]
    return [layer for layer in named if not (layer == Layer.TRAINING_DATA and has(SOMEBODY_ELSES, text))]
