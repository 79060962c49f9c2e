"""One case of 7 options priced over 20,000 draws, all named futures, value of information and Sobol indices, beside plain numpy.

The floor does the model's array operations and nothing else: the same number of priced rows with the equations written out flat, no
checks, no tables, no statistics. Both are timed in processor seconds, interleaved, in one process.

Usage: python benchmarks/economics.py [ROUNDS] [CASE]
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np

from openstrat.analysis.economics.model import BLOCK, CaseModel, OptionModel
from openstrat.analysis.evaluating import SOBOL_ROWS, discovery_of, evaluate, information_of, sobol_of, turns_of
from openstrat.analysis.modeling import draws_of, model_of
from openstrat.cases.load import load_case

DRAWS = 20_000
QUARTERS = 20


def plain(model: CaseModel, option: OptionModel, d: dict[str, np.ndarray], shared: tuple[np.ndarray, ...]) -> np.ndarray:
    """The equations of one option, flat."""
    f, o = model.facts, option.position
    years, growth, discount, paid_from = shared
    moat = f.moat * o.moat_left
    reach = np.minimum(f.M_max, f.M_closed * (1 + d["reach"] * f.reach_scale * o.openness))
    reach = reach * (1 - o.friction_low - (o.friction_high - o.friction_low) * d["fr"])
    gap = np.maximum(0.0, 1 - option.fte / (f.fte_req * (0.2 + 0.8 * o.openness) * d["mreq"]))
    a, b = d["p"] * (1 + d["kp"] * o.openness) / 4, d["q"] * (1 + d["kq"] * o.openness) / 4
    leaving = 0.12 / 4 * gap
    share = np.empty((QUARTERS + 1, len(reach)))
    share[0] = np.minimum(0.999, f.N0 / reach)
    for t in range(QUARTERS):
        share[t + 1] = share[t] + (a + b * share[t]) * (1 - share[t]) - leaving * share[t]
    slow = 1 - np.exp(-d["hfork"] * o.openness * years)
    fork = slow * d["floss"] * (1 - 0.5 * moat)
    entrant = (1 - np.exp(-d["hcomp"] * o.host_exposure * years)) * d["closs"] * (1 - moat)
    adopters = share * (reach * (1 - d["pback"] * o.backlash * d["bloss"]))
    adopters[1:] *= 1 - 0.5 * fork
    kept = 1 - np.minimum(0.95, o.given_away * d["subst"] * (1 - moat))
    kept = kept * (1 - o.host_exposure * (1 - np.minimum(1.0, d["fps"] + 0.4 * moat)))
    yearly = d["conv"] * f.conv_scale * f.acv * d["acv"] * (1 + d["trust"] * f.trust_scale * o.audited) * kept
    sold = np.take_along_axis(adopters, paid_from, axis=0) * yearly * growth * (1 - entrant) * (1 - fork)
    staff = option.fte * d["fte_cost"] * (1 - d["talent"] * o.openness) + d["hmis"] * d["cmis"] * f.misuse * (0.1 + 0.9 * o.weights_open)
    return np.asarray(((sold * d["gm"] - staff) * discount).sum(axis=0) / 4 - f.train_cost)


def floor(model: CaseModel, d: dict[str, np.ndarray], n_rows: int) -> None:
    """Price `n_rows` rows, all options in turn over blocks of draws."""
    done = 0
    while done < n_rows:
        for start in range(0, DRAWS, BLOCK):
            block = {name: values[start : start + BLOCK] for name, values in d.items()}
            quarters = np.arange(1, QUARTERS + 1)[:, None]
            years = quarters / 4
            price = np.exp(years * np.log1p(-block["pdec"] * model.facts.price_scale))
            growth = np.exp(np.minimum(years, 3) * np.log(block["nrr"])) * price
            discount = np.exp(-years * np.log1p(block["disc"]))
            paid_from = np.maximum(quarters - np.rint(block["lag"]).astype(np.intp), 0)
            for option in model.options.values():
                plain(model, option, block, (years, growth, discount, paid_from))
                done += BLOCK
                if done >= n_rows:
                    return


def cpu(function: Callable[[], object]) -> float:
    """Processor seconds of one call."""
    start = time.process_time()
    function()
    return time.process_time() - start


def main(rounds: int = 5, name: str = "case-opencore-tooling") -> None:
    """Print medians, the ratio and the peak memory."""
    case = load_case(name)
    model, draws = model_of(case), draws_of(case, n=DRAWS)
    n_inputs = len(draws.ranges)
    n_rows = len(model.options) * DRAWS * 7 + 3 * SOBOL_ROWS * (n_inputs + 2)

    def everything() -> None:
        evaluation = evaluate(case, n=DRAWS)
        turns_of(evaluation, information_of(evaluation))
        sobol_of(evaluation, evaluation.recommendation.option)
        sobol_of(evaluation, evaluation.recommendation.option, evaluation.rival)

    everything()
    ours, theirs, wall = [], [], []
    for _ in range(rounds):
        start = time.perf_counter()
        ours.append(cpu(everything))
        wall.append(time.perf_counter() - start)
        theirs.append(cpu(lambda: floor(model, dict(draws.values), n_rows)))
    one = evaluate(case, n=DRAWS)
    box = cpu(lambda: discovery_of(one))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {len(model.options)} options x {DRAWS:,} draws, 7 futures, EVPPI of {n_inputs} inputs,")
    print(f"Sobol indices of 2 quantities; {n_rows:,} priced rows")
    print(f"openstrat    {statistics.median(ours):6.2f} s processor, {statistics.median(wall):6.2f} s wall (median of {rounds})")
    print(f"plain numpy  {statistics.median(theirs):6.2f} s processor, the model's array operations only")
    print(
        f"ratio {statistics.median(ours) / statistics.median(theirs):.2f}; peak memory {peak:.0f} MB; the losing box besides: {box:.2f} s"
    )


if __name__ == "__main__":
    main(*[int(value) if value.isdigit() else value for value in sys.argv[1:]])  # type: ignore[arg-type]
