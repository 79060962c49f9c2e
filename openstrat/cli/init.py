"""`openstrat init`: a folder of one's own with notebooks, example cases and a portfolio."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import click

from openstrat import resources
from openstrat.errors import OutputPathError

TEMPLATE_CASE = "case-frontier-lab"
README = """# A strategy workspace

Made by `openstrat init`. Everything here is yours to edit.

1. Describe your organization in `cases/my-case.yaml`, then check it: `openstrat case check cases/my-case.yaml`
2. Make the brief: `openstrat report strategy-brief --case cases/my-case.yaml`
3. Make a brief for each case, and an index page: `openstrat run portfolios/cases.yaml`
4. Explore and learn in JupyterLab: `openstrat lab`

Reports are written to `reports/out/`. `cases/case-*.yaml` are worked examples.
"""
PORTFOLIO = """# One strategy brief for each case. Build it with: openstrat run portfolios/cases.yaml
title: Strategy briefs
report: strategy-brief
schedule: monthly
runs:
"""


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), metavar="DIR")
def init(folder: Path) -> None:
    """Make a workspace in DIR, which must be new or empty.

    Example: openstrat init my-strategy
    """
    for line in make_workspace(folder):
        click.echo(line)


def make_workspace(folder: Path) -> list[str]:
    """Fill an empty folder and return what to do next, as lines.

    Raises
    ------
    OutputPathError
        If the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise OutputPathError(f"{folder} is not empty. Choose a new folder; nothing was written.")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(resources.notebooks_path(), folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints", "__pycache__"))
    cases = folder / "cases"
    cases.mkdir()
    for path in sorted(resources.data_path("cases").glob("case-*.yaml")):
        shutil.copyfile(path, cases / path.name)
    own = (cases / f"{TEMPLATE_CASE}.yaml").read_text(encoding="utf-8")
    (cases / "my-case.yaml").write_text(re.sub(r"^id: .*$", "id: my-case", own, count=1, flags=re.MULTILINE), encoding="utf-8")
    (folder / "portfolios").mkdir()
    runs = "".join(f"  - case: ../cases/{path.name}\n" for path in sorted(cases.iterdir()))
    (folder / "portfolios" / "cases.yaml").write_text(PORTFOLIO + runs, encoding="utf-8")
    (folder / "README.md").write_text(README, encoding="utf-8")
    (folder / ".gitignore").write_text("reports/out/\n.ipynb_checkpoints/\n", encoding="utf-8")
    return [f"Made {folder}.", f"Next: cd {folder} && openstrat report strategy-brief --case cases/my-case.yaml"]
