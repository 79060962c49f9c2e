"""Who asks what a license means for them: the company, its size, its place, and what it wants to do."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from openstrat.errors import InputError, UnknownNameError
from openstrat.terms import Term, values


class Purpose(Term):
    """What somebody wants to do with a licensed work."""

    PRODUCT = "product", "Build it into a paid product of one's own that does not compete with the licensor's."
    HOSTED_SERVICE = "hosted_service", "Offer the work itself to others as a paid service."
    COMPETE = "compete", "Offer a paid product or service that is built on it and competes with the licensor's."
    FINE_TUNE = "fine_tune", "Change it or fine-tune it, and keep the result for one's own use."
    REDISTRIBUTE = "redistribute", "Publish the work, changed or unchanged."
    TRAIN_ON_OUTPUTS = "train_on_outputs", "Train another model on what it produces (distillation)."
    INTERNAL_USE = "internal_use", "Run it inside one's own organization."
    RESEARCH = "research", "Study it, and publish findings; nothing is sold."


class Territory(Term):
    """Where somebody is established, as far as a license shuts a region out."""

    EU = "EU", "European Union."
    UK = "UK", "United Kingdom."
    KR = "KR", "South Korea."
    ELSEWHERE = "elsewhere", "None of these."


EVERY_PURPOSE = frozenset(Purpose)
OFFERS = frozenset({Purpose.PRODUCT, Purpose.HOSTED_SERVICE, Purpose.COMPETE})
"""Purposes that put something paid in front of customers; commercial for whoever has them."""


@dataclass(frozen=True)
class Asker:
    """Somebody with a purpose; a figure that is None is not known, and what it would decide stays unknown.

    Parameters
    ----------
    purpose
        A value of `Purpose`.
    users, daily_users
        Monthly and daily active users. They stand for the product and for the company alike, today and on any release date.
    revenue_usd
        Revenue in USD a year, of the product and of the company alike; a twelfth of it is compared with monthly limits.
    people
        Employees and contractors.
    territory
        A value of `Territory`: where the company is established.
    is_business
        Whether it is done for a business. Offers to customers always count as commercial, research never does; every other
        purpose is commercial for a business.

    Raises
    ------
    UnknownNameError
        If purpose or territory is not one of the allowed words.
    InputError
        If a figure is negative or not finite, or if there are more daily than monthly users.
    """

    purpose: str
    users: float | None = field(default=None, kw_only=True)
    daily_users: float | None = field(default=None, kw_only=True)
    revenue_usd: float | None = field(default=None, kw_only=True)
    people: float | None = field(default=None, kw_only=True)
    territory: str | None = field(default=None, kw_only=True)
    is_business: bool = field(default=True, kw_only=True)

    def __post_init__(self) -> None:
        """Refuse unknown words and impossible figures."""
        if self.purpose not in values(Purpose):
            raise UnknownNameError("purpose", self.purpose, values(Purpose))
        if self.territory is not None and self.territory not in values(Territory):
            raise UnknownNameError("territory", self.territory, values(Territory))
        for name in ("users", "daily_users", "revenue_usd", "people"):
            figure = getattr(self, name)
            if figure is not None and not 0 <= figure < math.inf:
                raise InputError(f"{name} is {figure}; a finite number of at least 0 is needed, or None where it is not known.")
        if self.users is not None and self.daily_users is not None and self.daily_users > self.users:
            raise InputError(
                f"daily_users is {self.daily_users:,.0f} and users is {self.users:,.0f}; who comes daily also counts in the month. "
                "Lower daily_users or raise users."
            )

    @property
    def is_commercial(self) -> bool:
        """Whether terms on commercial use concern this asker."""
        return self.purpose in OFFERS or (self.is_business and self.purpose != Purpose.RESEARCH)
