"""Claims about open models: transparency, what they are called, their license, whether they can be made again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from openstrat.analysis.claims.readings import HALF, ClaimTest, Reading, ranked, share
from openstrat.tables.cells import split_list
from openstrat.terms import OpennessLevel

OPEN, CLOSED = "weights_published", "weights_held"
PICKED = "Releases were picked by the curators because they are well known or teach something; shares describe these, not all models."
LOOKED_UP = "Claims were looked up where they were easy to find; releases without a recorded claim are left out, not counted as honest."


def open_weights_transparent(scores: pd.DataFrame, weights: Mapping[tuple[str, str], str], *, as_of: str) -> ClaimTest:
    """Return whether developers of open-weight models score higher for transparency, in the latest edition known on a day.

    `scores` is the table transparency_scores; `weights` says by organization and edition whether the weights of the scored model were
    published. Earlier editions stand beside the latest one.
    """
    rows = scores[scores["edition"].le(as_of[: len("2025-12")])]
    keys = list(zip(rows["organization"], rows["edition"], strict=True))
    rows = rows.assign(weights=[weights.get(key, "") for key in keys])
    editions = sorted(set(rows["edition"]), reverse=True)
    readings = [_edition(rows[rows["edition"].eq(edition)], edition) for edition in editions]
    return ClaimTest(
        test_id="open_weights_transparency",
        question="Do developers of open-weight models score higher in the transparency index than the others?",
        prediction=f"A chance above {HALF:.0%} that an open-weight developer scores higher than another.",
        readings=(readings[0], *(item.beside() for item in readings[1:])),
        rule="Rank comparison of every open-weight developer with every other one (Mann and Whitney), ties counted half.",
        selection="The index scores one flagship of each of a dozen large developers; smaller developers of open models are not in it.",
        caveats=(
            "Editions ask for different indicators: scores compare within an edition, not between editions.",
            "Whose weights were published is the curators' coding of the model that was scored.",
        ),
        source_ids=tuple(dict.fromkeys(part for cell in rows["source_ids"] for part in split_list(cell))),
    )


def _edition(rows: pd.DataFrame, edition: str) -> Reading:
    first, second = (rows.loc[rows["weights"].eq(name), "score"].astype(float).tolist() for name in (OPEN, CLOSED))
    return ranked(
        f"points in the edition of {edition}: open-weight above other",
        first,
        second,
        unit="scoring higher",
        window=edition,
        sample="large developers in the transparency index",
        needs_above=True,
    )


def open_washed(checks: pd.DataFrame, *, as_of: str) -> ClaimTest:
    """Return how many releases that are called open source have terms that do not bear it out, against one half.

    `checks` is what `claims_table` returns.
    """
    called = checks[checks["claim"].eq("open_source")]
    own = called[called["said_by"].eq("publisher")]
    options: dict[str, Any] = {"unit": "releases", "window": f"releases up to {as_of}", "needs_above": True}
    return ClaimTest(
        test_id="open_washed",
        question="Of the releases that are called open source, how many have terms that restrict somebody?",
        prediction=f"More than {HALF:.0%}.",
        readings=(
            share(
                "called open source by anybody, terms restrict", _flags(called), len(called), sample="releases with the claim", **options
            ),
            share(
                "called so by the publisher, terms restrict", _flags(own), len(own), sample="the publisher's own words", **options
            ).beside(),
            share("any claim of openness, terms restrict", _flags(checks), len(checks), sample="all recorded claims", **options).beside(),
        ),
        rule="The strongest recorded claim against the position of the weights and of what runs them; closed data alone gives no flag.",
        selection=f"{PICKED} {LOOKED_UP}",
        caveats=("Whether outsiders may contribute and whether work goes on was not looked at here.",),
        source_ids=_sources(checks),
    )


def _flags(rows: pd.DataFrame) -> int:
    return int(rows["verdict"].eq("flag").sum())


def weights_open_source(releases: pd.DataFrame, licenses: pd.DataFrame, *, as_of: str) -> ClaimTest:
    """Return how many releases with published weights have them under an approved license, against one half.

    `releases` is what `release_table` returns; `licenses` the table of licenses.
    """
    approved = set(licenses.loc[licenses["is_osi_approved"].fillna(value=False).astype(bool), "license_id"])
    have = _with_weights(releases)
    n = int(have["license_id"].isin(approved).sum())
    found = share(
        "published weights under an approved license",
        n,
        len(have),
        unit="releases",
        window=f"releases up to {as_of}",
        sample="releases whose weights can be had",
        needs_above=True,
    )
    return ClaimTest(
        test_id="weights_open_source",
        question="Of the releases whose weights can be had, how many have them under an open source license?",
        prediction=f"More than {HALF:.0%}.",
        readings=(found,),
        rule="License of the weights on the list of the Open Source Initiative.",
        selection=PICKED,
        caveats=("Among all public model repositories most declare no license at all.",),
        source_ids=_sources(have),
    )


def can_be_made_again(releases: pd.DataFrame, components: pd.DataFrame, *, as_of: str) -> ClaimTest:
    """Return how many releases with published weights came with open training data, against one half.

    `releases` is what `release_table` returns; `components` the table release_components.
    """
    have = _with_weights(releases)
    data = components[components["component"].eq("training_data") & components["release_id"].isin(set(have["release_id"]))]
    options: dict[str, Any] = {
        "unit": "releases",
        "window": f"releases up to {as_of}",
        "sample": "releases whose weights can be had",
        "needs_above": True,
    }
    whole = int(have["grade"].eq("a").sum())
    return ClaimTest(
        test_id="can_be_made_again",
        question="Of the releases whose weights can be had, how many came with open training data?",
        prediction=f"More than {HALF:.0%}.",
        readings=(
            share("training data published openly", int(data["status"].eq("open").sum()), len(have), **options),
            share("weights, run code, training code and data all open", whole, len(have), **options).beside(),
        ),
        rule="Status of the training data in the record of the release; published without a license is not open.",
        selection=PICKED,
        caveats=("A record's silence is counted as not published.", "Open data and code do not promise the same weights again."),
        source_ids=_sources(data),
    )


def _with_weights(releases: pd.DataFrame) -> pd.DataFrame:
    return releases[releases["level"].ne(OpennessLevel.CLOSED.value)]


def _sources(rows: pd.DataFrame) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part for cell in rows["source_ids"] for part in split_list(cell)))
