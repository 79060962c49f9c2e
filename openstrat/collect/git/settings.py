"""The settings and the environment of every git that openstrat starts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from contextlib import suppress

from openstrat.errors import InputError

SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.symlinks=false",
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "color.ui=false",
    "diff.external=",
    "gc.auto=0",
    "i18n.logOutputEncoding=UTF-8",
    "log.mailmap=false",
    "log.showSignature=false",
    "maintenance.auto=false",
    "protocol.allow=never",
    "protocol.ext.allow=never",
    "safe.bareRepository=explicit",
)
"""Settings of every call."""
ENVIRONMENT = {
    "GIT_ASKPASS": "false",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_FLUSH": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_PAGER": "cat",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
    "SSH_ASKPASS": "false",
    "TZ": "UTC",
}
KEPT_FROM_CALLER = ("PATH", "HOME", "TMPDIR")


def environment() -> dict[str, str]:
    """Return the environment of every git call: the caller's GIT_* variables are gone, nothing is asked, nothing is fetched."""
    return {name: os.environ[name] for name in KEPT_FROM_CALLER if name in os.environ} | ENVIRONMENT


def flags() -> list[str]:
    """Return the options that stand before the command of every git call."""
    return ["--no-pager", *(part for setting in SETTINGS for part in ("-c", setting))]


def git_program() -> str:
    """Return the path of git.

    Raises
    ------
    InputError
        If git is not installed.
    """
    path = shutil.which("git")
    if path is None:
        raise InputError("git is not installed, or not on PATH. Install git 2.39 or later.")
    return path


def end(child: subprocess.Popen[bytes]) -> None:
    """End a git and the programs it started; it must have been started as a session of its own."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
