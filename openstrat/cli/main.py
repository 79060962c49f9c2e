"""The `openstrat` command. Only click is imported here; a command's module is imported when the command is used."""

from __future__ import annotations

import importlib
import signal
import sys
from typing import Any

import click

import openstrat

INTERRUPTED = 130
# name: (module, one line for the list of commands); the command in the module is called like the name, or `name_command`.
# A command without a line stands in the line of the one before it.
COMMANDS = {
    "report": ("openstrat.cli.report", "Make one report; show its parameters."),
    "params": ("openstrat.cli.report", ""),
    "run": ("openstrat.cli.run", "All reports of a portfolio, with an index; at a set time."),
    "schedule": ("openstrat.cli.schedule", ""),
    "verify": ("openstrat.cli.verify", "Is a report the same built again; what moved between two."),
    "diff": ("openstrat.cli.diff", ""),
    "case": ("openstrat.cli.case", "Worked cases; check a case file."),
    "license": ("openstrat.cli.license", "Licenses: show, compare, place, duties, who is excluded."),
    "release": ("openstrat.cli.release", "Where a release sits: license, completeness, disclosure."),
    "forks": ("openstrat.cli.forks", "Forks: histories from git, events, studies."),
    "claims": ("openstrat.cli.claims", "Common claims about openness: evidence, tests, verdicts."),
    "audit": ("openstrat.cli.audit", "Repositories: licenses over time, governance, activity."),
    "data": ("openstrat.cli.data", "Tables: list, show, describe, validate, export."),
    "mof": ("openstrat.cli.mof", "Model Openness Framework class of release files."),
    "init": ("openstrat.cli.init", "Make a workspace to edit; open its notebooks in JupyterLab."),
    "lab": ("openstrat.cli.lab", ""),
    "doctor": ("openstrat.cli.doctor", "Does this installation work?"),
}


class LazyGroup(click.Group):
    """A group whose commands are imported on use, and the one place where errors become messages and exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(COMMANDS[cmd_name][0])
        command: click.Command = getattr(module, f"{cmd_name}_command", None) or getattr(module, cmd_name)
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options in one line, so that the list of commands still fits a screen."""
        with formatter.section("Options"):
            formatter.write_dl([("--version, --help", "Show the version, or this message, and exit.")])
        self.format_commands(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        rows: list[tuple[str, str]] = []
        for name, (_, line) in COMMANDS.items():
            rows.append((name, line) if line else (f"{rows[-1][0]}, {name}", rows.pop()[1]))
        with formatter.section("Commands"):
            formatter.write_dl(rows)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find a command, with a suggestion when there is none of that name."""
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            from openstrat.errors import did_you_mean

            ctx.fail(f"No such command {args[0]!r}.{did_you_mean(args[0], COMMANDS)}")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; openstrat's errors become `Error: ...` and their exit code."""
        from openstrat.errors import OpenstratError

        try:
            return super().invoke(ctx)
        except OpenstratError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("Error: interrupted; published reports are as they were.", err=True)
            ctx.exit(INTERRUPTED)


@click.command(cls=LazyGroup, name="openstrat", epilog="Example: openstrat report strategy-brief --case case-frontier-lab")
@click.version_option(openstrat.__version__, prog_name="openstrat", message="%(prog)s %(version)s")
def cli() -> None:
    """What an AI company gains and gives away by opening each part of its stack."""


def terminate(number: int, frame: object) -> None:
    """Turn SIGTERM into an orderly exit, so that kernels are killed and locks are freed."""
    sys.exit(128 + number)


def main() -> None:
    """Run the command line; the entry point of the `openstrat` script."""
    signal.signal(signal.SIGTERM, terminate)
    cli(prog_name="openstrat")
