"""Forks among the parameters of a report: names that the tables know, or folders of `openstrat forks history`, checked first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from openstrat.errors import DataError, InputError, ParameterError
from openstrat.reporting.manifest import file_hash
from openstrat.reporting.parameters import Schema
from openstrat.reporting.values import Value

FORK = "fork"
"""Format of a parameter that names a fork of the tables, or a folder that `openstrat forks history` wrote."""


def find_fork_folders(schema: Schema, values: Mapping[str, Value], where: str) -> dict[str, Path]:
    """Return the folders that parameters name, after their files were read and checked; none for a fork of the tables.

    Raises
    ------
    ParameterError
        If a name is neither a fork of the tables nor a folder, or a file of the folder does not fit its table model.
    """
    found = {}
    for parameter in schema.parameters:
        name = values[parameter.name]
        if parameter.format == FORK and isinstance(name, str):
            from openstrat.analysis.forking import fork_folder

            try:
                folder = fork_folder(name)
            except (InputError, DataError) as error:
                raise ParameterError(f"{where}: {parameter.name}: {error}") from None
            if folder is not None:
                found[parameter.name] = folder.resolve()
    return found


def describe_folders(folders: Mapping[str, Path]) -> dict[str, dict[str, str]]:
    """Return the hash of every file that a report reads from each folder."""
    from openstrat.tables.fork_folder import FILES

    return {name: {file: file_hash(folder / file) for file in FILES} for name, folder in folders.items()}
