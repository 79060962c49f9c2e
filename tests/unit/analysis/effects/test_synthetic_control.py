"""Synthetic control: weights and gaps against pysyncon, known effects on simulated panels, placebos, refusals."""

from __future__ import annotations

from importlib import resources

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pysyncon import Synth

import openstrat
from openstrat.analysis.effects.panels import ControlPanel, control_panel
from openstrat.analysis.effects.refusal import Refusal
from openstrat.analysis.effects.synthetic_control import SyntheticControl, fit_control, simplex_weights, synthetic_control
from openstrat.errors import InputError

N_BEFORE, N_AFTER = 36, 12


def simulated(rng: np.random.Generator, n_donors: int, effect: float) -> pd.DataFrame:
    """A factor model: two common random walks, loadings between 0 and 1, noise; the first unit is treated."""
    factors = np.cumsum(rng.normal(0, 0.1, (N_BEFORE + N_AFTER, 2)), axis=0)
    values = 5 + factors @ rng.uniform(0, 1, (2, n_donors + 1)) + rng.normal(0, 0.1, (N_BEFORE + N_AFTER, n_donors + 1))
    values[N_BEFORE:, 0] += effect
    return pd.DataFrame(values, columns=[f"unit {number}" for number in range(n_donors + 1)])


def by_pysyncon(panel: pd.DataFrame, treated: str, n_before: int) -> tuple[np.ndarray, np.ndarray]:
    """Weights and gap of pysyncon, matched on the outcome; its own scaling of rows is taken back by `custom_V`."""
    before = panel.iloc[:n_before]
    peers = before.drop(columns=treated)
    undo = 1e4 * before.std(axis=1).to_numpy() ** 2
    synth = Synth()
    synth.fit(X0=peers, X1=before[treated], Z0=peers, Z1=before[treated], custom_V=undo)
    weights = np.asarray(synth.W).ravel()
    return weights, (panel[treated] - panel.drop(columns=treated) @ weights).to_numpy()


def proposition_99() -> pd.DataFrame:
    """Packs of cigarettes sold per head in 39 states, 1970 to 2000, as a share of California's mean before 1989."""
    path = resources.files("synthdid") / "data" / "california_prop99.csv"
    sales = pd.read_csv(str(path), sep=";").pivot(index="Year", columns="State", values="PacksPerCapita")
    return sales / sales.loc[:1988, "California"].mean()


def test_california_has_the_weights_and_gaps_that_pysyncon_gives() -> None:
    panel = proposition_99()
    weights, gap = by_pysyncon(panel, "California", 19)
    fit = fit_control(panel, "California", 19)
    assert fit.weights.to_numpy() == pytest.approx(weights, abs=1e-3)
    assert fit.gap == pytest.approx(gap, abs=1e-3)
    assert fit.weights[fit.weights > 0.1].round(2).to_dict() == {"Connecticut": 0.11, "Montana": 0.23, "Nevada": 0.2, "Utah": 0.39}


def test_california_stands_out_among_its_38_donors_as_published() -> None:
    found = synthetic_control(proposition_99(), "California", 19)
    assert isinstance(found, SyntheticControl)
    assert (found.n_donors, found.smallest_p) == (38, pytest.approx(1 / 39))
    # Abadie, Diamond and Hainmueller (2010): sales about a quarter lower on average in 1989 to 2000
    assert found.fit.relative_gap == pytest.approx(-0.25, abs=0.02)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_simulated_panels_have_the_weights_and_gaps_that_pysyncon_gives(seed: int) -> None:
    panel = simulated(np.random.default_rng(seed), 13, -0.5)
    weights, gap = by_pysyncon(panel, "unit 0", N_BEFORE)
    fit = fit_control(panel, "unit 0", N_BEFORE)
    assert fit.weights.to_numpy() == pytest.approx(weights, abs=1e-3)
    assert fit.gap == pytest.approx(gap, abs=1e-3)


def test_a_unit_that_is_a_mix_of_two_donors_is_found_again() -> None:
    a, b = np.array([1.0, 2, 3, 4]), np.array([4.0, 1, 3, 2])
    other = np.array([9.0, 9, 8, 9])
    weights = simplex_weights(0.3 * a + 0.7 * b, np.column_stack([a, b, other]))
    assert weights == pytest.approx([0.3, 0.7, 0.0], abs=1e-6)


@given(arrays(np.float64, (8, 4), elements=st.floats(0.1, 10)))
def test_weights_are_never_negative_and_sum_to_one(values: np.ndarray) -> None:
    weights = simplex_weights(values[:, 0], values[:, 1:])
    assert weights.min() >= 0
    assert weights.sum() == pytest.approx(1)


def test_a_known_effect_is_covered_at_the_stated_rate() -> None:
    # 19 donors allow 90 %. Of 150 panels 135 are expected, with a standard deviation of 3.7; 122 to 147 is within 3.5 of them.
    rng = np.random.default_rng(2026)
    covered, gaps = 0, []
    for _ in range(150):
        found = synthetic_control(simulated(rng, 19, -0.5), "unit 0", N_BEFORE, confidence=0.9)
        assert isinstance(found, SyntheticControl)
        assert found.confidence == pytest.approx(0.9)
        true = -0.5 / found.fit.synthetic[N_BEFORE:].mean()
        covered += found.low is not None and found.high is not None and found.low <= true <= found.high
        gaps.append(found.fit.gap[N_BEFORE:].mean())
    assert 122 <= covered <= 147
    assert np.mean(gaps) == pytest.approx(-0.5, abs=0.03)


def test_without_an_effect_small_p_values_are_as_rare_as_they_say() -> None:
    # p at or below 2 / 20 is expected in 15 of 150 panels, standard deviation 3.7
    rng = np.random.default_rng(99)
    found = [synthetic_control(simulated(rng, 19, 0.0), "unit 0", N_BEFORE) for _ in range(150)]
    small = sum(item.p <= 0.1 for item in found if isinstance(item, SyntheticControl))
    assert 3 <= small <= 28


def test_the_interval_reaches_the_confidence_that_the_donors_allow() -> None:
    few = synthetic_control(simulated(np.random.default_rng(5), 13, -0.5), "unit 0", N_BEFORE, confidence=0.99)
    assert isinstance(few, SyntheticControl)
    assert few.confidence == pytest.approx(13 / 14)
    assert few.low is not None
    assert few.high is not None
    assert few.low < few.fit.relative_gap < few.high


def test_leaving_one_donor_out_and_an_earlier_event_are_shown() -> None:
    found = synthetic_control(simulated(np.random.default_rng(7), 15, -1.0), "unit 0", N_BEFORE)
    assert isinstance(found, SyntheticControl)
    assert found.without_one_low <= found.without_one_high < 0
    assert found.in_time_gap == pytest.approx(0, abs=0.06)  # noise of 0.1 around a level of 5 and two walks
    assert found.p == pytest.approx(1 / 16)
    assert found.gaps.shape == (48, 16)


def test_too_few_donors_are_refused_with_the_reason() -> None:
    refused = synthetic_control(simulated(np.random.default_rng(1), 6, 0.0), "unit 0", N_BEFORE)
    assert refused == Refusal("Only 6 donors, 10 are needed: p could not get below 0.14.", 6)


def test_a_poor_fit_before_is_refused_and_shown() -> None:
    panel = simulated(np.random.default_rng(1), 12, 0.0)
    panel["unit 0"] *= np.where(np.arange(48) % 2, 1.9, 0.1)
    refused = synthetic_control(panel, "unit 0", N_BEFORE)
    assert isinstance(refused, Refusal)
    assert refused.pre_rmspe == pytest.approx(0.9, abs=0.05)
    assert "No mix of donors moved like it before" in refused.reason


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"treated": "unit 99"}, "no column 'unit 99'"),
        ({"n_before": 48}, "n_before is 48"),
        ({"confidence": 1.0}, "Confidence must lie between 0 and 1"),
    ],
)
def test_what_cannot_be_fitted_is_named(change: dict[str, object], message: str) -> None:
    panel = simulated(np.random.default_rng(1), 12, 0.0)
    with pytest.raises(InputError, match=message):
        synthetic_control(panel, **({"treated": "unit 0", "n_before": N_BEFORE} | change))  # type: ignore[arg-type]


def test_unknown_values_are_not_filled() -> None:
    panel = simulated(np.random.default_rng(1), 12, 0.0)
    panel.iloc[3, 4] = np.nan
    with pytest.raises(InputError, match="unknown values"):
        synthetic_control(panel, "unit 0", N_BEFORE)


# Computed by others from the same histories; the numbers came with the fork data. Active authors a month.
REFERENCE = [
    # repository             event     donors  before after  ratio  gap     p      largest weights
    ("hashicorp/terraform", "2023-08", 15, 0.112, 0.387, 3.47, -0.275, 0.250, {"traefik/traefik": 0.40, "helm/helm": 0.25}),
    ("hashicorp/vault",     "2023-08", 15, 0.124, 0.329, 2.65, -0.144, 0.562, {"pulumi/pulumi": 0.44, "prometheus/prometheus": 0.21}),
    ("akka/akka",           "2022-09", 15, 0.112, 0.486, 4.33, -0.545, 0.375, {"helm/helm": 0.36, "haproxy/haproxy": 0.21}),
    ("minio/minio",         "2021-05", 13, 0.109, 0.218, 1.99, -0.193, 0.357, {"containerd/containerd": 0.39, "apache/kafka": 0.30}),
    ("scylladb/scylladb",   "2024-12", 13, 0.056, 0.317, 5.63,  0.226, 0.071, {"pulumi/pulumi": 0.39, "prometheus/prometheus": 0.35}),
]  # fmt: skip


def controlled(repository: str, event: str) -> SyntheticControl:
    """The synthetic control of a shipped repository."""
    panel = control_panel(openstrat.load_activity_monthly(), repository, event)
    assert isinstance(panel, ControlPanel)
    found = synthetic_control(panel.frame, repository, panel.n_before)
    assert isinstance(found, SyntheticControl)
    return found


@pytest.mark.parametrize("row", REFERENCE, ids=lambda row: row[0])
def test_shipped_histories_give_the_reference_figures(
    row: tuple[str, str, int, float, float, float, float, float, dict[str, float]],
) -> None:
    repository, event, n_donors, before, after, ratio, gap, p, largest = row
    found = controlled(repository, event)
    assert found.n_donors == n_donors
    assert (found.fit.pre_rmspe, found.fit.post_rmspe) == pytest.approx((before, after), abs=6e-4)
    assert found.fit.ratio == pytest.approx(ratio, abs=6e-3)
    assert (found.fit.relative_gap, found.p) == pytest.approx((gap, p), abs=6e-4)
    assert found.fit.weights.nlargest(2).round(2).to_dict() == pytest.approx(largest)


def test_redis_is_compared_over_the_eleven_months_it_has() -> None:
    # the reference gives its placebos twelve months and so p = 5 / 14; weights, errors and gap are the same
    found = controlled("redis/redis", "2024-03")
    assert len(found.gaps) == 36 + 11
    assert found.fit.relative_gap == pytest.approx(-0.478, abs=6e-4)
    assert found.fit.weights["tikv/tikv"] == pytest.approx(0.78, abs=0.005)
    assert found.p == pytest.approx(4 / 14)


def test_a_history_without_three_years_before_gives_no_panel() -> None:
    refused = control_panel(openstrat.load_activity_monthly(), "confluentinc/ksql", "2018-12")
    assert refused == Refusal("Only 14 of 36 months before the event have a 3-month mean.")
