"""Finding a report by name: a spec in `reports/specs`, a notebook in `notebooks/reports`, or a path to either."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from openstrat import resources
from openstrat.collect.documents import load_yaml
from openstrat.errors import DocumentError, UnknownNameError, did_you_mean

OUTPUTS = ("html", "ipynb", "pdf", "svg", "png")
KEYS = ("notebook", "title", "parameters", "outputs")


@dataclass(frozen=True)
class ReportSpec:
    """One report: its name, its notebook, and what the spec file says beyond that."""

    name: str
    notebook: Path
    title: str = ""
    parameters: dict[str, object] = field(default_factory=dict)
    outputs: tuple[str, ...] = ("html", "ipynb")


def _roots() -> Iterator[Path]:
    """Workspace first (the folder one stands in), then what is shipped."""
    yield Path.cwd()
    yield resources.root()


def report_names() -> list[str]:
    """Return the names that `find_report` knows here, in alphabetical order."""
    found = [
        path.stem for root in _roots() for folder in ("reports/specs/*.yaml", "notebooks/reports/*.ipynb") for path in root.glob(folder)
    ]
    return sorted(set(found))


def find_report(name: str | Path) -> ReportSpec:
    """Return the spec of a report.

    Parameters
    ----------
    name
        The name of a spec or notebook, or a path that ends in `.yaml` or `.ipynb`.

    Raises
    ------
    UnknownNameError
        If nothing of that name is here or shipped.
    DocumentError
        If a spec file is not as it should be.
    """
    path = Path(name)
    if path.suffix in {".ipynb", ".yaml", ".yml"}:
        if not path.is_file():
            raise UnknownNameError("report", str(name), report_names(), "There is no such file; give a name or an existing path.")
        return ReportSpec(path.stem, path) if path.suffix == ".ipynb" else read_spec(path)
    for root in _roots():
        if (spec := root / "reports" / "specs" / f"{name}.yaml").is_file():
            return read_spec(spec)
        if (notebook := root / "notebooks" / "reports" / f"{name}.ipynb").is_file():
            return ReportSpec(str(name), notebook)
    raise UnknownNameError("report", str(name), report_names(), "Or give the path of a notebook.")


def read_spec(path: Path) -> ReportSpec:
    """Return a spec file's content; its notebook is looked for below `notebooks/` two folders up, then beside the spec.

    Raises
    ------
    DocumentError
        Naming the key, what is allowed and what to do.
    """
    content = load_yaml(path, scalars="text")
    refuse_unknown(content, KEYS, str(path))
    notebook, outputs, parameters = content.get("notebook"), content.get("outputs", ["html", "ipynb"]), content.get("parameters", {})
    if not isinstance(notebook, str) or not notebook:
        raise DocumentError(
            f"{path}: 'notebook' is missing. Write the notebook's path below notebooks/, such as reports/strategy-brief.ipynb."
        )
    if not isinstance(outputs, list) or not set(outputs) <= set(OUTPUTS):
        raise DocumentError(f"{path}: 'outputs' is {outputs!r}. Allowed: a list of {', '.join(OUTPUTS)}.")
    if not isinstance(parameters, dict):
        raise DocumentError(f"{path}: 'parameters' is {parameters!r}. Allowed: lines of 'name: value'.")
    candidates = [path.resolve().parents[2] / "notebooks" / notebook, path.parent / notebook]
    found = next((candidate for candidate in candidates if candidate.is_file()), None)
    if found is None:
        raise DocumentError(f"{path}: no notebook {notebook!r}. Looked at {candidates[0]} and {candidates[1]}.")
    return ReportSpec(path.stem, found, str(content.get("title", "")), parameters, tuple(outputs))


def refuse_unknown(content: dict[str, object], allowed: tuple[str, ...], where: str) -> None:
    """Pass if a document uses allowed keys only.

    Raises
    ------
    DocumentError
        Naming the first key that is not allowed, with the closest one that is.
    """
    for key in content:
        if key not in allowed:
            raise DocumentError(f"{where}: unknown key {key!r}.{did_you_mean(key, allowed)} Allowed: {', '.join(allowed)}.")
