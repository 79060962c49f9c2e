"""`openstrat lab`: JupyterLab on a workspace, with its own settings and without any call home."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import click

SETTINGS = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
STOP_S = 15


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".", metavar="[DIR]")
@click.option("--port", type=click.IntRange(1, 65535), default=8888, show_default=True, help="First port to try.")
@click.option("--no-browser", is_flag=True, help="Print the address, open nothing.")
def lab(folder: Path, port: int, no_browser: bool) -> None:
    """Open JupyterLab on DIR (default: this folder); news and update checks are off.

    Example: openstrat lab --no-browser
    """
    with tempfile.TemporaryDirectory(prefix="openstrat-lab-", ignore_cleanup_errors=True) as home:
        environment = os.environ | {name: str(Path(home, name.lower())) for name in SETTINGS}
        server = subprocess.Popen(server_command(folder, port, no_browser), env=environment)
        code = 0
        try:
            code = server.wait()
        except KeyboardInterrupt:
            pass  # the usual way to leave
        finally:
            if server.poll() is None:
                server.terminate()
                server.wait(STOP_S)
    sys.exit(max(0, code))


def server_command(folder: Path, port: int, no_browser: bool) -> list[str]:
    """Return the command that starts JupyterLab."""
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}", f"--ServerApp.port={port}"]
    command += ["--ServerApp.ip=127.0.0.1", "--LabApp.news_url=", "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate"]
    if no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return command
