"""The parameters of a notebook: a typed schema read from its `parameters` cell, and values checked against it before a kernel starts.

The cell is parsed, never executed. A value is read by its declared type only: `1.10` for a text stays `1.10`.
"""

from __future__ import annotations

import ast
import io
import keyword
import tokenize
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from openstrat.errors import ParameterError, did_you_mean
from openstrat.reporting.notebooks import Notebook, cell_label, cell_with_tag, source_of
from openstrat.reporting.values import BASES, Value, check_range, read_json, read_text

TAG = "parameters"
EXTRAS = ("low", "high", "pattern", "format", "unit", "choices")


@dataclass(frozen=True)
class Parameter:
    """One declared parameter. `base` is the type of its value, or of each item when `is_list`."""

    name: str
    base: str
    default: Value
    help: str
    is_optional: bool = False
    is_list: bool = False
    choices: tuple[Value, ...] = ()
    low: float | str | None = None
    high: float | str | None = None
    pattern: str = ""
    format: str = ""
    unit: str = ""

    @property
    def type_label(self) -> str:
        """The type in words, as `openstrat params` shows it."""
        base = "date" if self.format == "date" else self.base
        label = f"list of {base}" if self.is_list else base
        return f"{label} or none" if self.is_optional else label

    def read(self, given: object) -> Value:
        """Return the value that `given` stands for.

        Raises
        ------
        ValueError
            With what is wrong and what is allowed.
        """
        if given is None or (isinstance(given, str) and self.is_optional and given in self._none_words()):
            if self.is_optional:
                return None
            raise ValueError(f"must have a value ({self.type_label})")
        if self.is_list:
            items = given if isinstance(given, (list, tuple)) else self._split(given)
            return [self._one(item) for item in items]
        return self._one(given)

    def _none_words(self) -> tuple[str, ...]:
        return ("",) if self.base == "str" else ("", "null", "none")

    def _split(self, given: object) -> list[object]:
        if not isinstance(given, str):
            raise ValueError(f"is a {type(given).__name__}; write a list, or text with commas")
        return [item.strip() for item in given.split(",")] if given.strip() else []

    def _one(self, given: object) -> Value:
        value = read_text(given, self.base) if isinstance(given, str) else read_json(given, self.base)
        if self.choices and value not in self.choices:
            allowed = [str(choice) for choice in self.choices]
            raise ValueError(f"is not a choice.{did_you_mean(value, allowed)} Allowed: {', '.join(allowed)}")
        check_range(value, low=self.low, high=self.high, pattern=self.pattern, form=self.format, unit=self.unit)
        return value

    def record(self) -> dict[str, Any]:
        """Return the parameter as plain JSON for programs that read `openstrat params --json`."""
        plain: dict[str, Any] = {"name": self.name, "type": self.type_label, "default": self.default, "help": self.help}
        extras = {"choices": list(self.choices)} | {name: getattr(self, name) for name in ("low", "high", "pattern", "format", "unit")}
        return plain | {name: value for name, value in extras.items() if value not in ("", None, [])}


@dataclass(frozen=True)
class Schema:
    """The declared parameters of one notebook, in their order."""

    notebook: str
    parameters: tuple[Parameter, ...]

    def __getitem__(self, name: str) -> Parameter:
        """Return a parameter by name."""
        return next(parameter for parameter in self.parameters if parameter.name == name)

    @property
    def names(self) -> list[str]:
        """Declared names in order."""
        return [parameter.name for parameter in self.parameters]

    @property
    def defaults(self) -> dict[str, Value]:
        """Default of every parameter."""
        return {parameter.name: parameter.default for parameter in self.parameters}


def read_schema(notebook: Notebook) -> Schema:
    """Return the schema of a notebook; empty when it has no cell tagged `parameters`.

    Raises
    ------
    ParameterError
        If the cell holds anything but annotated assignments of plain values; the message lists every problem.
    """
    index = cell_with_tag(notebook.cells, TAG)
    if index is None:
        return Schema(notebook.name, ())
    where = f"{notebook.name}: {cell_label(notebook.cells, index)}"
    source = source_of(notebook.cells[index])
    try:
        tree, comments = ast.parse(source), _comments(source)
    except (SyntaxError, tokenize.TokenError, ValueError) as error:
        raise ParameterError(f"{where}: not valid Python: {error}. Correct the cell.") from None
    extras = notebook.metadata.get("openstrat", {}).get("parameters", {})
    parameters, problems = [], []
    for statement in tree.body:
        try:
            parameters.append(_declared(statement, comments, extras))
        except (ValueError, TypeError) as error:
            problems.append(f"line {statement.lineno}: {error}")
    unknown = set(extras) - {parameter.name for parameter in parameters}
    problems += [f"metadata names {name!r}, which the cell does not declare" for name in sorted(unknown) if not problems]
    if problems:
        raise ParameterError(f"{where}:\n" + "\n".join(f"  - {problem}." for problem in problems))
    return Schema(notebook.name, tuple(parameters))


def _comments(source: str) -> dict[int, str]:
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {token.start[0]: token.string.lstrip("# ").strip() for token in tokens if token.type == tokenize.COMMENT}


def _declared(statement: ast.stmt, comments: dict[int, str], extras: Mapping[str, Mapping[str, Any]]) -> Parameter:
    if not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value is not None):
        raise ValueError(f"{ast.unparse(statement)!r} is not 'name: type = value  # help'")
    name = statement.target.id
    if not _is_safe_name(name):
        raise ValueError(f"{name!r} cannot be a parameter name")
    extra = dict(extras.get(name, {}))
    if unknown := sorted(set(extra) - set(EXTRAS)):
        raise ValueError(f"{name}: metadata {unknown[0]!r} is unknown. Allowed: {', '.join(EXTRAS)}")
    line = statement.end_lineno or statement.lineno
    shape = _shape(statement.annotation)
    shape["choices"] = shape["choices"] or tuple(extra.pop("choices", ()))
    bare = Parameter(name, default=None, help=comments.get(line) or comments.get(statement.lineno - 1, ""), **shape, **extra)
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        raise ValueError(f"{name}: the default must be a plain value") from None
    try:
        return Parameter(**{**vars(bare), "default": bare.read(default) if default is not None or not bare.is_optional else None})
    except ValueError as error:
        raise ValueError(f"{name}: default {default!r} {error}") from None


def _shape(annotation: ast.expr) -> dict[str, Any]:
    """Return base, is_optional, is_list and choices of an annotation such as `str | None` or `Literal["a", "b"]`."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return _shape(ast.parse(annotation.value, mode="eval").body)
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr) and ast.unparse(annotation.right) == "None":
        return _shape(annotation.left) | {"is_optional": True}
    plain: dict[str, Any] = {"base": "", "is_optional": False, "is_list": False, "choices": ()}
    if isinstance(annotation, ast.Name) and annotation.id in BASES:
        return plain | {"base": annotation.id}
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "list":
        return _shape(annotation.slice) | {"is_list": True}
    if isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) in ("Literal", "typing.Literal"):
        choices = ast.literal_eval(annotation.slice)
        choices = choices if isinstance(choices, tuple) else (choices,)
        kinds = {type(choice).__name__ for choice in choices}
        if len(kinds) == 1 and kinds <= set(BASES):
            return plain | {"base": kinds.pop(), "choices": choices}
    allowed = f"{', '.join(BASES)}, list[...], Literal[...], each with '| None'"
    raise ValueError(f"type {ast.unparse(annotation)!r} is not supported. Allowed: {allowed}")


def _is_safe_name(name: str) -> bool:
    return name.isidentifier() and not keyword.iskeyword(name) and unicodedata.normalize("NFKC", name) == name and not name.startswith("_")


def parse_parameters(schema: Schema, given: Mapping[str, object], *, where: str = "") -> dict[str, Value]:
    """Return a value for every declared parameter: what was given, else the default.

    Parameters
    ----------
    schema
        From `read_schema`.
    given
        Text as typed on a command line or in YAML, or JSON values; both are read by the declared type.
    where
        What messages call the origin of the values; the notebook when left out.

    Raises
    ------
    ParameterError
        Listing every unknown name and every value that does not fit.
    """
    values, problems = dict(schema.defaults), []
    for name, value in given.items():
        if name not in schema.names:
            problems.append(_unknown(str(name), schema))
            continue
        try:
            values[name] = schema[name].read(value)
        except ValueError as error:
            problems.append(f"{name}: {_shorten(value)} {error}.")
    if problems:
        lines = "\n".join(f"  - {problem}" for problem in problems)
        raise ParameterError(f"{where or schema.notebook}: {len(problems)} bad parameter{'s' if len(problems) > 1 else ''}:\n{lines}")
    return values


def _unknown(name: str, schema: Schema) -> str:
    declared = f"Declared: {', '.join(schema.names)}." if schema.names else "This notebook has none."
    return f"Unknown parameter {_shorten(name)}.{did_you_mean(name, schema.names)} {declared}"


def _shorten(value: object) -> str:
    shown = repr(value)
    return shown if len(shown) <= 80 else f"{shown[:77]}..."
