"""Where the shipped files are: the checkout in development, `openstrat/_bundled` in an installed wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from openstrat.errors import DataError


@cache
def root() -> Path:
    """Return the folder that holds `data/`, `notebooks/` and `reports/`.

    Raises
    ------
    DataError
        If neither the bundled copy nor a checkout is there.
    """
    package = Path(__file__).resolve().parent
    for candidate in (package / "_bundled", package.parent):
        if (candidate / "data" / "datapackage.json").is_file() or (candidate / "data" / "sources.csv").is_file():
            return candidate
    raise DataError(f"No openstrat data beside {package.name}/. Reinstall the package: pip install --force-reinstall openstrat.")


def data_path(*parts: str) -> Path:
    """Return a path below the shipped `data/` folder."""
    return root().joinpath("data", *parts)


def notebooks_path(*parts: str) -> Path:
    """Return a path below the shipped `notebooks/` folder."""
    return root().joinpath("notebooks", *parts)


def reports_path(*parts: str) -> Path:
    """Return a path below the shipped `reports/` folder."""
    return root().joinpath("reports", *parts)
