"""An answer that is not given, with the reason."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Refusal:
    """No estimate, and why; `pre_rmspe` (share of the mean before) and `n_donors` where they are known."""

    reason: str
    n_donors: int | None = None
    pre_rmspe: float | None = None
