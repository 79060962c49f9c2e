"""The three ways to run a notebook, and the environment that all of them give it. Nothing of Jupyter is imported."""

from __future__ import annotations

import os
import re
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from openstrat.errors import InputError, did_you_mean
from openstrat.reporting.settle import settled_environment

ENGINES = ("kernel", "warm", "fast")
"""A kernel started cold, a kernel forked from a warm server, or the cells run in the forked worker itself. All make the same bytes."""
ASKS_WHAT_IS_LOADED = re.compile(r"\bsys\.modules\b|^\s*%precision\b", re.MULTILINE)
"""Sources that would notice libraries which a warm process has loaded already; they get a cold kernel."""
ENGINE_VARIABLE = "OPENSTRAT_ENGINE"


def engine_of(name: str | None) -> str:
    """Return the engine's name: as given, else from `OPENSTRAT_ENGINE`, else `warm`.

    Raises
    ------
    InputError
        If there is no such engine.
    """
    chosen = name or os.environ.get(ENGINE_VARIABLE) or "warm"
    if chosen not in ENGINES:
        raise InputError(f"Unknown engine {chosen!r}.{did_you_mean(chosen, ENGINES)} Allowed: {', '.join(ENGINES)}.")
    return chosen


def notices_warmth(sources: Iterable[str]) -> bool:
    """Return whether a notebook with these sources might behave differently in a process that has libraries loaded."""
    return any(ASKS_WHAT_IS_LOADED.search(source) for source in sources)


def kernel_environment(folder: Path) -> dict[str, str]:
    """Return the environment of a report's kernel: the caller's, settled so that equal code prints equal text."""
    environment = settled_environment(os.environ)
    environment |= {"IPYTHONDIR": str(folder / "ipython"), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
    package_parent = str(Path(__file__).resolve().parents[2])
    if package_parent not in (sysconfig.get_paths()["purelib"], sysconfig.get_paths()["platlib"]):
        inherited = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = package_parent + (os.pathsep + inherited if inherited else "")
    return environment
