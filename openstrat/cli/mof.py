"""`openstrat mof`: the Model Openness Framework class of release files, one or many."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from openstrat.cli.text import as_json, wrapped
from openstrat.errors import DocumentError

if TYPE_CHECKING:
    from openstrat.analysis.releases.mof.result import ClassResult, CountedLicense, MofResult

ROMAN = {3: "III", 2: "II", 1: "I"}
LISTS = ("included", "missing", "invalid", "unlicensed", "optional")
SUFFIXES = (".yml", ".yaml")
Answer = tuple[str, "MofResult | DocumentError"]


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "is_json", is_flag=True, help="Print JSON for programs.")
@click.option(
    "--mode",
    type=click.Choice(["strict", "repaired"]),
    default="strict",
    show_default=True,
    help="strict: as the published tool does; repaired: as the framework means it, each repair listed.",
)
def mof(paths: tuple[str, ...], *, is_json: bool, mode: str) -> None:
    """Model Openness Framework class of release files.

    PATH is a YAML release file, or a folder: its .yml and .yaml files, sorted by name. One file gets a page: class, progress,
    which components are included, missing, invalid or unlicensed, and what the next class needs. Several get a table.

    Example: openstrat mof my-model.yml --json
    """
    evaluate = _evaluator(mode)
    if len(paths) == 1 and not Path(paths[0]).is_dir():
        result = evaluate(paths[0])
        click.echo(as_json(payload(result) | {"file": paths[0]}) if is_json else _page(result))
        return
    answers = [answer for path in paths for answer in _answers(path, evaluate)]
    if len(paths) == 1 and isinstance(answers[0][1], DocumentError) and answers[0][0] == paths[0]:
        raise answers[0][1]
    click.echo(as_json({"files": [_entry(answer) for answer in answers]}) if is_json else _table(answers))
    if any(isinstance(result, DocumentError) for _, result in answers):
        raise SystemExit(1)


def _evaluator(mode: str) -> Callable[[str], MofResult]:
    """Load the tables once and return a function from a path to its result."""
    from functools import cache

    from openstrat.analysis.licenses.names import NameReading, read_name
    from openstrat.analysis.releases.mof.evaluation import evaluate
    from openstrat.collect.mof_file import read_release_file
    from openstrat.tables import loaders

    components, open_licenses = loaders.load_mof_components(), loaders.load_mof_licenses()
    licenses, aliases = loaders.load_licenses(), loaders.load_license_aliases()

    @cache
    def read_license(given: str) -> NameReading:
        return read_name(given, licenses, aliases)

    def result_of(path: str) -> MofResult:
        release = read_release_file(Path(path), name=path)
        return evaluate(release, components, open_licenses, mode=mode, read_license=read_license)

    return result_of


def _answers(path: str, evaluate: Callable[[str], MofResult]) -> list[Answer]:
    """Return what a path comes to: one file, or the release files of a folder by name; what cannot be read gives its error."""
    if not Path(path).is_dir():
        return [_answer(path, evaluate)]
    inside = sorted(item.name for item in Path(path).iterdir() if item.suffix.lower() in SUFFIXES and item.is_file())
    if not inside:
        return [(path, DocumentError(f"{path}: no .yml or .yaml file in this folder. Give a release file, or a folder that holds some."))]
    return [_answer(os.path.join(path, name), evaluate) for name in inside]  # noqa: PTH118 - the path as given, not normalized


def _answer(path: str, evaluate: Callable[[str], MofResult]) -> Answer:
    try:
        return path, evaluate(path)
    except DocumentError as error:
        return path, error


def _entry(answer: Answer) -> dict[str, Any]:
    path, result = answer
    return {"file": path, "error": str(result)} if isinstance(result, DocumentError) else payload(result) | {"file": path}


def payload(result: MofResult) -> dict[str, Any]:
    """Return a result as plain values for JSON; lists are by class, under the keys "1", "2" and "3"."""
    by_class = {str(part.mof_class): part for part in reversed(result.classes)}
    lists = {name: {key: list(getattr(part, name)) for key, part in by_class.items()} for name in LISTS}
    optional = lists.pop("optional")
    distance = result.distance
    return {
        "class": result.mof_class,
        "label": result.label,
        "progress": {key: part.progress for key, part in by_class.items()},
        **lists,
        "warnings": list(result.warnings),
        "optional": optional,
        "not_type_appropriate": list(result.not_type_appropriate),
        "licenses": {
            item.component: {"license": item.license, "from": item.origin.value, "verdict": item.verdict.value} for item in result.licenses
        },
        "distance": distance
        and {
            "next_class": distance.next_class,
            "n_components": distance.n_components,
            "to_deliver": list(distance.to_deliver),
            "to_license": list(distance.to_license),
        },
        "repairs": [{"place": item.place, "given": item.given, "read_as": item.read_as, "reason": item.reason} for item in result.repairs],
        "notes": list(result.notes),
        "mode": result.mode.value,
        "name": result.name,
    }


def _page(result: MofResult) -> str:
    lines = [f"{result.name or 'Release without a name'}: {result.label}", ""]
    licenses = {item.component: _with_license(item) for item in result.licenses}
    shown: set[str] = set()
    for part in result.classes:
        hidden = " (the tool counts none before the class below is complete)" if part.included and not part.progress else ""
        lines.append(f"Class {ROMAN[part.mof_class]}: {part.progress:.1f} % of the required components{hidden}")
        lines += _lists(part, licenses, shown) or ["  nothing beyond the class before"]
        shown |= {name for kind in LISTS for name in getattr(part, kind)}
    lines += ["", *_sentences("Warnings", result.warnings), *_sentences("Notes", result.notes)]
    lines += _sentences("Repairs", [f"{item.place}: {item.given!r} read as {item.read_as}. {item.reason}" for item in result.repairs])
    return _printable("\n".join([*lines, *_way(result), f"Read in {result.mode.value} mode: {result.mode.definition}"]))


def _with_license(item: CountedLicense) -> str:
    """Return a component with the license that counts; one that has none goes without."""
    return item.component if item.verdict.value == "unlicensed" else f"{item.component} ({item.license.strip()})"


def _lists(part: ClassResult, licenses: dict[str, str], shown: set[str]) -> list[str]:
    """Return the lines of one class; what a class before has shown is left out."""
    lines = []
    for kind in LISTS:
        names = [licenses.get(name, name) for name in getattr(part, kind) if name not in shown]
        if names:
            lines.append(wrapped("; ".join(names), f"  {kind:<12}", " " * 14))
    return lines


def _sentences(title: str, sentences: list[str] | tuple[str, ...]) -> list[str]:
    lines = [wrapped(item, "  - ", "    ") for item in sentences]
    return [f"{title}:", *lines, ""] if lines else []


def _way(result: MofResult) -> list[str]:
    """Say what the next class needs."""
    if result.distance is None:
        return ["This is the highest class."]
    parts = []
    if result.distance.to_deliver:
        parts.append(f"deliver under an open license: {', '.join(result.distance.to_deliver)}")
    if result.distance.to_license:
        parts.append(f"put under an open license: {', '.join(result.distance.to_license)}")
    number = result.distance.n_components
    what = f"{number} component{'' if number == 1 else 's'}"
    return [wrapped(f"To reach Class {ROMAN[result.distance.next_class]} ({what}): {'; '.join(parts)}.", "", "  ")]


def _table(answers: list[Answer]) -> str:
    """Return one line a file; files that could not be read follow with the reason."""
    width = max(len(path) for path, _ in answers)
    lines = [f"{'file':<{width}}  {'class':<12}  {'III %':>6} {'II %':>6} {'I %':>6}  to the next class"]
    for path, result in answers:
        if isinstance(result, DocumentError):
            lines.append(f"{path:<{width}}  not read")
            continue
        name = f"Class {ROMAN[result.mof_class]}" if result.mof_class else "Unclassified"
        progress = " ".join(f"{part.progress:6.1f}" for part in result.classes)
        lines.append(f"{path:<{width}}  {name:<12}  {progress}  {_short_way(result)}")
    errors = [str(result) for _, result in answers if isinstance(result, DocumentError)]
    lines.append(f"{len(answers) - len(errors)} of {len(answers)} files answered.")
    return _printable("\n".join([*lines, *(f"Not read: {error}" for error in errors)]))


def _short_way(result: MofResult) -> str:
    if result.distance is None:
        return "the highest class"
    parts = ((len(result.distance.to_deliver), "to deliver"), (len(result.distance.to_license), "to license"))
    return f"{ROMAN[result.distance.next_class]}: " + ", ".join(f"{number} {what}" for number, what in parts if number)


def _printable(text: str) -> str:
    """Replace what a terminal would act on; files of others are shown here."""
    return "".join(char if char.isprintable() or char == "\n" else "?" for char in text)
