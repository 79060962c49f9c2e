"""Claims about stars and attention: do stars show use, does growth move together, does a launch last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from openstrat.analysis.adoption.correlation import RankCorrelation
from openstrat.analysis.adoption.curves import SETTLED_DAYS, HalfLifeShare
from openstrat.analysis.adoption.pairs import CAVEATS, SELECTION
from openstrat.analysis.claims.readings import HALF, ClaimTest, Reading, share

USABLE_RHO = 0.5
"""Rank correlation from which one list could stand in for the other (assumption)."""
LASTS_MONTHS = 12
"""Months after which attention that is still above half of its peak counts as lasting (assumption)."""
UNIT = "rank correlation"


def stars_show_use(level: RankCorrelation, beside: Mapping[str, RankCorrelation]) -> ClaimTest:
    """Return whether stars rank projects as downloads do: rank correlation in the last month against 0.5.

    `beside` are the same correlation in other samples, by name.
    """
    readings = [_reading("stars against downloads", level, USABLE_RHO)]
    readings += [_reading(label, item, USABLE_RHO).beside() for label, item in beside.items()]
    return ClaimTest(
        test_id="stars_downloads",
        question="Do the most starred projects rank by downloads as they rank by stars?",
        prediction=f"A rank correlation above {USABLE_RHO:g}; 1 is the same order, 0 no relation.",
        readings=tuple(readings),
        rule=f"Spearman's rank correlation of stars and 30-day downloads of the same project. {level.rule}",
        selection=SELECTION,
        caveats=tuple(item for item in CAVEATS if item != SELECTION),
        source_ids=level.source_ids,
        leans="It holds for much-starred projects: picking by stars weakens a correlation, so one among all projects is not ruled out.",
    )


def star_growth_shows_growth(change: RankCorrelation, beside: Mapping[str, RankCorrelation]) -> ClaimTest:
    """Return whether projects that gain stars faster gain downloads faster: rank correlation of yearly changes against 0."""
    readings = [_reading("growth of stars against growth of downloads", change, 0.0)]
    readings += [_reading(label, item, 0.0).beside() for label, item in beside.items()]
    youth = "Young projects grow fast on both counts, which alone lifts the figure; packages long on the list stand beside it."
    return ClaimTest(
        test_id="star_growth",
        question="Do projects that gain stars faster within a year also gain downloads faster?",
        prediction="A rank correlation above 0.",
        readings=tuple(readings),
        rule=f"Spearman's rank correlation of the relative changes over twelve months. {change.rule}",
        selection=SELECTION,
        caveats=(youth, *(item for item in CAVEATS if item != SELECTION)),
        source_ids=change.source_ids,
        leans="Young projects grow fast on both counts, which lifts the figure.",
    )


def _reading(label: str, found: RankCorrelation, line: float) -> Reading:
    listed = f" {found.months_listed_least} months or longer on the list of downloads" if found.months_listed_least else ""
    sample = f"projects on a list of the most starred and on the list of downloads{listed}"
    return Reading(label, found.rho, found.low, found.high, UNIT, found.n, found.window, sample, line, needs_above=True)


def attention_lasts(shares: Sequence[HalfLifeShare], launches: pd.DataFrame, *, window: str) -> ClaimTest:
    """Return whether a wave of stars lasts, which adoption needs: the share that had halved within twelve months, against one half.

    Parameters
    ----------
    shares
        From `halved_within`, for several numbers of months; that of twelve decides.
    launches
        From `launches`: columns is_front_page and source_ids.
    window
        Months that the readings cover.
    """
    sample = "repositories on lists of the most starred, watched that long after their highest wave"
    readings = []
    for item in shares:
        found = share(
            f"waves of stars that halved within {item.months} months",
            item.n_halved,
            item.n,
            unit="waves",
            window=window,
            sample=sample,
            needs_above=False,
        )
        readings.append(replace(found, is_main=item.months == LASTS_MONTHS))
    readings.append(_faded(launches, window))
    return ClaimTest(
        test_id="attention_fades",
        question="Is a wave of stars still above half of its peak a year later?",
        prediction=f"Fewer than {HALF:.0%} of the waves halved within {LASTS_MONTHS} months.",
        readings=tuple(sorted(readings, key=lambda item: not item.is_main)),
        rule=shares[0].rule,
        selection=(
            "Repositories are in the sample because they stayed on a list of the most starred: those whose launch came to nothing are "
            "missing, so attention looks more lasting here than among all launches."
        ),
        caveats=("Stars are attention, not use: a wave that lasts is not yet adoption.", "Readings are monthly; a day's burst is blurred."),
        source_ids=tuple(dict.fromkeys(source for item in shares for source in item.source_ids)),
        not_enough="Attention that lasts is needed for adoption and is not yet adoption.",
    )


def _faded(launches: pd.DataFrame, window: str) -> Reading:
    known = launches["is_front_page"].dropna()
    first, last = SETTLED_DAYS
    return share(
        f"launches with under a tenth of the first month's stars between day {first} and day {last}",
        int(known.sum()),
        len(known),
        unit="launches",
        window=window,
        sample="launches read within 62 days of their start",
        needs_above=False,
    ).beside()
