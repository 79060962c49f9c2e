"""A study: several views of one event, what they cannot tell apart, and many events beside each other."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest

import openstrat
from openstrat.analysis.effects.confounding import confounding_of
from openstrat.analysis.effects.donors import DonorComparison
from openstrat.analysis.effects.frames import study_frame
from openstrat.analysis.effects.interrupted import InterruptedSeries
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.study import RelicensingStudy, relicensing_study
from openstrat.analysis.effects.synthetic_control import ControlFit, SyntheticControl
from openstrat.analysis.effects.verdicts import Verdict, judge
from openstrat.analysis.effects.windows import ActivityChange
from openstrat.errors import UnknownNameError
from openstrat.tables.loaders import load_confounders

OWN = ActivityChange("a/b", "2020-07", "n_active_authors", 10.0, 5.0, -0.5, 12, 12, "w", "r", (), ())
NEAR = DonorComparison(did=-0.5, low=-0.6, high=-0.3, confidence=0.86, p_two_sided=0.07, p_fall=0.07, smallest_p=0.07, n_as_far=0, n=13)
FIT = ControlFit(pd.Series({"d/1": 1.0}), np.ones(48), np.zeros(48), relative_gap=-0.4, pre_rmspe=0.1, post_rmspe=0.4, ratio=4.0)
CONTROL = SyntheticControl("a/b", FIT, pd.DataFrame(), 36, 13, 0.07, 0.07, -0.6, -0.2, 0.93, -0.5, -0.3, 0.0, 1.0)
SERIES = InterruptedSeries(-0.4, -0.6, -0.2, 0.0, -0.1, 0.1, 0.95, 0.1, 3, 36, 12)


@cache
def studied(change_id: str) -> RelicensingStudy:
    """A study of the shipped tables."""
    return relicensing_study(
        change_id,
        activity=openstrat.load_activity_monthly(),
        changes=openstrat.load_license_changes(),
        forks=openstrat.load_fork_events(),
        confounders=load_confounders(),
    )


def test_four_views_that_agree_and_stand_out_are_robust() -> None:
    assert judge(NEAR, NEAR, CONTROL, SERIES, OWN)[0] is Verdict.ROBUST


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"control": Refusal("too few")}, "The synthetic control is not known."),
        ({"control": replace(CONTROL, p=0.3)}, "Placebo p-value of the synthetic control is 0.30."),
        ({"control": replace(CONTROL, without_one_high=0.1)}, "Leaving one donor out turns the sign of the gap."),
        ({"comparison": replace(NEAR, p_two_sided=0.2)}, "Placebo p-value against 13 donors is 0.20."),
        ({"series": replace(SERIES, level_change=-0.01)}, "The interrupted series shows less than 5%."),
        ({"authors": None}, "Distinct authors in twelve months is not known."),
    ],
)
def test_one_doubt_makes_a_finding_fragile_and_is_named(changed: dict[str, object], reason: str) -> None:
    views = {"comparison": NEAR, "authors": NEAR, "control": CONTROL, "series": SERIES, "own": OWN} | changed
    assert judge(**views) == (Verdict.FRAGILE, reason)  # type: ignore[arg-type]


def test_a_view_that_points_the_other_way_reverses() -> None:
    verdict, reason = judge(NEAR, replace(NEAR, did=0.1), CONTROL, SERIES, OWN)
    assert verdict is Verdict.REVERSED
    assert reason.endswith("but higher by distinct authors in twelve months.")


def test_without_both_sides_or_with_few_donors_it_is_refused() -> None:
    unknown = replace(OWN, after_mean=None, change=None)
    assert judge(None, None, Refusal("x"), SERIES, unknown) == (Verdict.REFUSED, "Before and after are not both known.")
    assert judge(replace(NEAR, n=9), NEAR, CONTROL, SERIES, OWN) == (Verdict.REFUSED, "Fewer than 10 donors are usable.")


def test_redis_fell_in_every_view_but_no_placebo_test_stands_out() -> None:
    found = studied("redis-2024").estimates[0]
    assert (found.own.before_mean, found.own.after_mean) == pytest.approx((16.92, 10.45), abs=0.01)
    assert found.comparison is not None
    assert found.comparison.did == pytest.approx(-0.38, abs=0.005)
    assert isinstance(found.control, SyntheticControl)
    assert found.control.fit.relative_gap == pytest.approx(-0.478, abs=0.001)
    assert found.verdict is Verdict.FRAGILE
    assert any("leans on one donor, tikv/tikv" in item for item in found.caveats)


def test_vault_depends_on_the_view() -> None:
    found = studied("vault-2023").estimates[0]
    assert found.verdict is Verdict.REVERSED


@pytest.mark.parametrize(
    ("event_id", "said"),
    [
        ("redis-2024", "Work that went to the fork valkey-io/valkey is still done"),
        ("redis-2024", "published records instead of git"),
        ("terraform-2023", "IBM agreed to buy HashiCorp on 2024-04-24"),
        ("packer-2023", "one event seen several times"),
        ("cortex-mimir", "Cortex kept its license"),
        ("scylladb-2024", "a rise may be no more work than before"),
        ("text-generation-inference-2023", "Another license change lies in the window: HFOIL-1.0 to Apache-2.0"),
        ("fluent-assertions-2025", "wrote 45% of the commits before and 25% after"),
    ],
)
def test_what_cannot_be_told_apart_stands_with_the_estimate(event_id: str, said: str) -> None:
    found = studied(event_id).estimates[0]
    assert any(said in sentence for sentence in found.cannot_identify)
    assert found.cannot_identify[-1] == "What else happened in these months, known or not, is in the figure too."


def test_vaults_sync_bot_came_after_the_window_and_is_not_named_for_it() -> None:
    assert not any("a bot writes most commits" in item for item in studied("vault-2023").estimates[0].cannot_identify)
    later = confounding_of(
        "none",
        "hashicorp/vault",
        "2025-06",
        months_before=12,
        months_after=12,
        activity=openstrat.load_activity_monthly(),
        changes=openstrat.load_license_changes(),
        forks=openstrat.load_fork_events(),
        confounders=load_confounders(),
    )
    assert any("a bot writes most commits" in item for item in later.sentences)
    assert "git-histories" in later.source_ids


def test_all_stricter_changes_together_leave_nothing_after_adjustment() -> None:
    study = studied("all")
    frame = study_frame(study)
    assert len(frame) == 19
    assert set(frame["event_id"]) >= {"redis-2024", "terraform-2023", "minio-2021", "elasticsearch-2021"}
    assert not set(frame["event_id"]) & {"elasticsearch-2024", "redis-2025", "nats-server-2018"}
    assert study.differences.n == 17
    assert study.differences.sentence == (
        "17 events were looked at: 2 with p at or below 0.1, where chance alone would give up to 1.7. After Holm's adjustment 0 remain."
    )
    assert (frame["verdict"] != "robust").all()


def test_five_projects_of_one_company_are_called_one_shock() -> None:
    assert studied("all").dependence == (
        "nomad-2023, packer-2023, terraform-2023, vagrant-2023, vault-2023 are one shock seen 5 times: "
        "tests that count them apart are too sure.",
    )


def test_every_number_has_its_window_donors_and_sources() -> None:
    frame = study_frame(studied("all"))
    known = frame.dropna(subset="change")
    assert known["window"].str.match(r"\d{4}-\d\d to \d{4}-\d\d against \d{4}-\d\d to \d{4}-\d\d").all()
    assert (known["n_donors"] >= 10).all()
    assert (known["p"] >= known["smallest_p"]).all()
    assert (known["sc_low"].dropna() >= -1).all()
    assert frame["source_ids"].str.contains("git-histories|chaoss-relicensing").all()
    assert set(frame.loc[frame["verdict"] == "refused", "event_id"]) == {"elasticsearch-2021", "mimir-2021"}


def test_unknown_events_and_measures_are_named() -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'redis-2024'"):
        studied("redis-24")
    with pytest.raises(UnknownNameError, match="Unknown measure 'stars'"):
        relicensing_study(
            "redis-2024",
            activity=openstrat.load_activity_monthly(),
            changes=openstrat.load_license_changes(),
            forks=openstrat.load_fork_events(),
            confounders=load_confounders(),
            measure="stars",
        )
