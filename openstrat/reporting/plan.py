"""What a report will be made from and where it goes, settled and checked before anything runs."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openstrat.errors import InputError, OutputPathError, ParameterError
from openstrat.reporting.fork_folders import FORK, describe_folders, find_fork_folders
from openstrat.reporting.images import KINDS, kinds_of
from openstrat.reporting.manifest import describe_inputs, key_of
from openstrat.reporting.notebooks import Notebook, read_notebook
from openstrat.reporting.parameters import Parameter, Schema, parse_parameters, read_schema
from openstrat.reporting.publish import check_not_input, report_folder
from openstrat.reporting.repositories import REPOSITORY, dates_of, find_repositories
from openstrat.reporting.specs import ReportSpec, find_report
from openstrat.reporting.values import Value
from openstrat.reporting.words import slugify

DEFAULT_OUT = Path("reports") / "out"
CASE = "case"
RELEASE = "release"
"""Format of a parameter that names a release of the table or a release file."""
LICENSE = "license"
"""Format of a parameter that names licenses, as people write them."""
LICENSE_CHANGE = "license_change"
"""Format of a parameter that names a license change or fork whose history was read, or 'all'."""
MAX_SLUG = 100


@dataclass(frozen=True)
class Plan:
    """A checked report: `values` go to the notebook, `shown` are the same without private paths."""

    spec: ReportSpec
    notebook: Notebook
    schema: Schema
    values: dict[str, Value]
    shown: dict[str, Value]
    input_files: dict[str, Path]
    title: str
    folder: Path
    inputs: dict[str, Any]
    outputs: tuple[str, ...]

    @property
    def slug(self) -> str:
        """Name of the output folder."""
        return self.folder.name

    @property
    def key(self) -> str:
        """Hash of everything that decides what comes out."""
        return key_of(self.inputs)

    @property
    def partial(self) -> Path:
        """Where the unfinished notebook is kept when the run fails."""
        return self.folder.with_name(f"{self.slug}.partial.ipynb")

    @property
    def meta(self) -> list[tuple[str, str]]:
        """Parameters that a reader should see: the case or release, the date, and whatever differs from its default."""
        always = {parameter.name for parameter in self.schema.parameters if is_subject(parameter) or parameter.name == "as_of"}
        names = [name for name, value in self.shown.items() if name in always or value != self.schema[name].default]
        return [(name.replace("_", " ").capitalize(), str(self.shown[name])) for name in names if self.shown[name] not in (None, "")]

    def describe(self) -> str:
        """Return the plan as text, for `--dry-run`."""
        lines = [f"{self.title} ({self.spec.name})", f"  notebook    {self.notebook.path}  sha256 {self.notebook.sha256[:16]}"]
        lines += [f"  parameter   {name} = {value!r}" for name, value in self.shown.items()]
        lines += [
            f"  input       {path}  sha256 {self.inputs['input_files'][name]['sha256'][:16]}" for name, path in self.input_files.items()
        ]
        lines += [f"  table       {name}  {digest[:23]}" for name, digest in self.inputs["tables"].items()]
        lines += [f"  output      {self.folder / name}" for name in self.outputs]
        return "\n".join([*lines, f"  run key     {self.key[:16]}"])


def plan_report(
    report: str | Path,
    parameters: Mapping[str, object] | None = None,
    *,
    out: Path | None = None,
    pdf: bool = False,
    images: str = "",
    slug: str | None = None,
    title: str = "",
    where: str = "",
    package: Mapping[str, Any] | None = None,
) -> Plan:
    """Return a checked plan; nothing is written and no kernel starts. `package` is shared by many: see `manifest.describe_package`.

    Raises
    ------
    InputError
        If the report, a parameter, the case or the output name is wrong; one of its subclasses.
    """
    spec = find_report(report)
    notebook = read_notebook(spec.notebook)
    schema = read_schema(notebook)
    values = parse_parameters(schema, {**spec.parameters, **(parameters or {})}, where=where or notebook.name)
    _check_licenses(schema, values, where or notebook.name)
    _check_license_changes(schema, values, where or notebook.name)
    files = _own_files(schema, values, where or notebook.name)
    repositories = find_repositories(schema, values, where or notebook.name)
    values |= dates_of(repositories, schema, values)
    folders = find_fork_folders(schema, values, where or notebook.name)
    shown = values | {name: path.name for name, path in files.items()} | {name: item.label for name, item in repositories.items()}
    shown |= {name: folder.name for name, folder in folders.items()}
    values |= {name: str(path) for name, path in files.items()} | {name: str(item.path) for name, item in repositories.items()}
    values |= {name: str(folder) for name, folder in folders.items()}
    root = (out or DEFAULT_OUT).absolute()
    folder = report_folder(root, slug or slug_of(spec.name, schema, shown))
    check_not_input(folder, spec.notebook, *files.values())
    label = title or spec.title or notebook.title
    seed = values.get("seed")
    inputs = describe_inputs(notebook, report=spec.name, title=label, parameters=shown, files=files, seed=seed, package=package)
    kinds = dict.fromkeys([*spec.outputs, *(["pdf"] if pdf else []), *kinds_of(images)])
    inputs["formats"] = sorted(kinds)
    inputs |= {"page_title": title} if title else {}
    inputs |= {"fork_folders": describe_folders(folders)} if folders else {}
    inputs |= {"repositories": {name: item.head for name, item in repositories.items()}} if repositories else {}
    names = [f"figure-*.{kind}" if kind in KINDS else f"report.{kind}" for kind in kinds]
    outputs = (*names, "facts.json", "manifest.json")
    return Plan(spec, notebook, schema, values, shown, files, title, folder, inputs, outputs)


def is_subject(parameter: Parameter) -> bool:
    """Return whether a parameter names the subject: a case, release, repository or fork, shipped or the user's own, or a license change."""
    return parameter.name == CASE or parameter.format in (RELEASE, REPOSITORY, FORK, LICENSE_CHANGE)


def _own_files(schema: Schema, values: Mapping[str, Value], where: str) -> dict[str, Path]:
    """Return the user's own files among the parameters, after the content of each has been checked."""
    files = {}
    for parameter in schema.parameters:
        name = values[parameter.name]
        if not is_subject(parameter) or parameter.format in (REPOSITORY, FORK, LICENSE_CHANGE) or not isinstance(name, str):
            continue
        try:
            is_file = _check_case(name) if parameter.name == CASE else _check_release(name)
        except InputError as error:
            raise ParameterError(f"{where}: {parameter.name}: {error}") from None
        if is_file:
            files[parameter.name] = Path(name).resolve()
    return files


def _check_licenses(schema: Schema, values: Mapping[str, Value], where: str) -> None:
    """Refuse license names that mean nothing, or several licenses, before a kernel starts."""
    for parameter in (item for item in schema.parameters if item.format == LICENSE):
        from openstrat.analysis.licensing import license_id_of

        value = values[parameter.name]
        try:
            for name in value if isinstance(value, list) else [value]:
                license_id_of(str(name))
        except InputError as error:
            raise ParameterError(f"{where}: {parameter.name}: {error}") from None


def _check_license_changes(schema: Schema, values: Mapping[str, Value], where: str) -> None:
    """Refuse license changes that are unknown or whose history was not read, before a kernel starts."""
    for parameter in (item for item in schema.parameters if item.format == LICENSE_CHANGE):
        from openstrat.analysis.studying import studied_change_of

        try:
            studied_change_of(str(values[parameter.name]))
        except InputError as error:
            raise ParameterError(f"{where}: {parameter.name}: {error}") from None


def _check_case(name: str) -> bool:
    from openstrat.cases.load import load_case

    load_case(name)
    return Path(name).is_file()


def _check_release(name: str) -> bool:
    from openstrat.analysis.auditing import release_file

    return release_file(name) is not None


def slug_of(report: str, schema: Schema, shown: Mapping[str, Value]) -> str:
    """Return the output name: the report, its case or release, and every other parameter that differs from its default."""
    parts = [slugify(report)]
    lossy = False
    for name, value in shown.items():
        named_alone = is_subject(schema[name])
        if not named_alone and value == schema[name].default:
            continue
        text = str(value).removesuffix(".yaml").removesuffix(".yml") if named_alone else str(value)
        lossy = lossy or slugify(text) != text.lower()
        parts.append(slugify(text) if named_alone else f"{slugify(name)}-{slugify(text)}")
    slug = "--".join(part.strip("-") for part in parts if part.strip("-"))
    if not slug:
        raise OutputPathError(f"The report name {report!r} gives no output name. Use letters and digits.")
    if lossy or len(slug) > MAX_SLUG:
        digest = hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()[:8]
        slug = f"{slug[:MAX_SLUG].strip('-')}--{digest}"
    return slug
