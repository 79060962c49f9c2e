"""Every command explains itself in one screen, with an example, and the README names it."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parents[2]
SCREEN = 24


def root_command() -> click.Group:
    """Return the click group of the whole program."""
    groups = [value for value in vars(importlib.import_module("openstrat.cli.main")).values() if isinstance(value, click.Group)]
    named = [group for group in groups if group.name in {"openstrat", "cli", "main"}]
    assert len(named) == 1, [group.name for group in groups]
    return named[0]


def walk(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Yield each command with its words; lazy groups are asked through click's own interface."""
    yield words, command
    if isinstance(command, click.Group):
        with click.Context(command, info_name=" ".join(("openstrat", *words))) as context:
            for name in command.list_commands(context):
                child = command.get_command(context, name)
                assert child is not None, name
                yield from walk(child, (*words, name))


COMMANDS = dict(walk(root_command()))
LEAVES = [words for words, command in COMMANDS.items() if not isinstance(command, click.Group)]


def test_the_promised_commands_are_there() -> None:
    assert set(LEAVES) >= {("report",), ("run",), ("params",), ("init",), ("doctor",), ("data", "validate"), ("case", "check")}


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "openstrat")
def test_help_fits_a_screen_and_shows_an_example(words: tuple[str, ...]) -> None:
    shown = CliRunner().invoke(root_command(), [*words, "--help"], prog_name="openstrat", terminal_width=100)
    lines = shown.output.rstrip().splitlines()
    assert shown.exit_code == 0
    assert len(lines) <= SCREEN
    examples = [line.strip() for line in lines if line.strip().startswith("Example: ")]
    assert any(line.startswith(" ".join(("Example: openstrat", *words))) for line in examples), shown.output


@pytest.mark.parametrize("words", LEAVES, ids=" ".join)
def test_readme_names_the_command(words: tuple[str, ...]) -> None:
    assert " ".join(("openstrat", *words)) in (ROOT / "README.md").read_text(encoding="utf-8")
