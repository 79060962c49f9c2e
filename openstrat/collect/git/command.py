"""Git without trust: a repository is read through an empty one of our own, so that nothing in it can run or change.

Git reads settings from the repository it works on, and some of them name programs. openstrat therefore never hands a foreign
repository to git. It makes an empty bare repository in a temporary folder, points it at the foreign objects and references, and
lets git work on that one. The foreign settings are read as data, by one command that follows no includes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from openstrat.errors import DataError, InputError

TIMEOUT_SECONDS = 3600.0
CHUNK_BYTES = 1 << 20
MESSAGE_CHARACTERS = 300
SETTINGS = (
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "core.symlinks=false",
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "core.pager=cat",
    "core.quotePath=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "log.showSignature=false",
    "log.mailmap=false",
    "protocol.allow=never",
    "protocol.ext.allow=never",
    "safe.bareRepository=explicit",
)
"""Settings of every call; a later -c wins, so a caller can only add."""
ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_PAGER": "cat",
    "GIT_ASKPASS": "false",
    "SSH_ASKPASS": "false",
    "LC_ALL": "C",
    "TZ": "UTC",
}
KEPT_FROM_CALLER = ("PATH", "HOME", "TMPDIR", "SYSTEMROOT", "TEMP", "TMP")


@dataclass(frozen=True)
class Repository:
    """A repository that can be read, with what limits it.

    `label` is the name to show, `git_dir` the folder that is read and never written. A shallow or partial clone misses commits or
    file contents; `notes` says so in words.
    """

    label: str
    git_dir: Path
    is_shallow: bool
    is_partial: bool
    hash_name: str
    notes: tuple[str, ...]
    _shadow: tempfile.TemporaryDirectory[str]

    @property
    def shadow_dir(self) -> Path:
        """Return the temporary repository that git is given instead."""
        return Path(self._shadow.name)


def open_repository(path: Path | str, *, label: str = "") -> Repository:
    """Return the repository at a path, checked and ready to be read; bare, normal and linked work trees are understood.

    Raises
    ------
    InputError
        When there is no repository at the path, or git is not installed.
    """
    git_dir = _git_dir(Path(path))
    common = _common_dir(git_dir)
    settings = _settings_of(common)
    hash_name = settings.get("extensions.objectformat", "sha1")
    partial = "extensions.partialclone" in settings or any((common / "objects" / "pack").glob("*.promisor"))
    shallow = (common / "shallow").is_file()
    shadow = _shadow(git_dir, common, hash_name, shallow)
    notes = tuple(
        text
        for holds, text in (
            (shallow, "A shallow clone: older commits are missing. Run `git fetch --unshallow` in it for the whole history."),
            (partial, "A partial clone: file contents are missing and are not fetched."),
        )
        if holds
    )
    return Repository(label or _label(Path(path)), common, shallow, partial, hash_name, notes, shadow)


def run(repository: Repository, *arguments: str, stdin: bytes = b"", timeout: float = TIMEOUT_SECONDS) -> bytes:
    """Return what `git ARGUMENTS` prints when it runs on the repository.

    Raises
    ------
    DataError
        When git fails, or takes longer than `timeout` seconds.
    """
    with process(repository, *arguments, stdin=bool(stdin)) as child:
        try:
            output, errors = child.communicate(stdin or None, timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            raise DataError(f"git {arguments[0]} on {repository.label} took longer than {timeout:.0f} seconds and was stopped.") from None
    if child.returncode:
        raise _failed(repository, arguments, errors)
    return output


def stream(repository: Repository, *arguments: str, timeout: float = TIMEOUT_SECONDS) -> Iterator[bytes]:
    """Yield what `git ARGUMENTS` prints, in pieces, while it runs; the process ends when the iterator is closed.

    Raises
    ------
    DataError
        When git fails, or takes longer than `timeout` seconds.
    """
    with tempfile.TemporaryFile() as errors, process(repository, *arguments, stderr=errors) as child:
        timer = threading.Timer(timeout, child.kill)
        timer.start()
        try:
            assert child.stdout is not None  # noqa: S101
            while piece := os.read(child.stdout.fileno(), CHUNK_BYTES):
                yield piece
            if child.wait():
                errors.seek(0)
                raise _failed(repository, arguments, errors.read())
        finally:
            timer.cancel()


@contextmanager
def process(repository: Repository, *arguments: str, stdin: bool = False, stderr: object = subprocess.PIPE) -> Iterator[subprocess.Popen[bytes]]:
    """Give a running git whose output is read by the caller; it is ended on the way out."""
    child = subprocess.Popen(
        [_git(), f"--git-dir={repository.shadow_dir}", *_flags(), *arguments],
        stdin=subprocess.PIPE if stdin else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=stderr,  # type: ignore[arg-type]
        env=environment(),
        cwd=repository.shadow_dir,
    )
    try:
        with child:
            try:
                yield child
            finally:
                if child.poll() is None:
                    child.kill()
    finally:
        pass


def environment() -> dict[str, str]:
    """Return the environment of every git call: the caller's GIT_* variables are gone, nothing is asked, nothing is fetched."""
    return {name: os.environ[name] for name in KEPT_FROM_CALLER if name in os.environ} | ENVIRONMENT


def _git() -> str:
    path = shutil.which("git")
    if path is None:
        raise InputError("git is not installed, or not on PATH. Install git 2.39 or later.")
    return path


def _flags() -> list[str]:
    return ["--no-pager", "--literal-pathspecs", *(part for setting in SETTINGS for part in ("-c", setting))]


def _failed(repository: Repository, arguments: tuple[str, ...], errors: bytes) -> DataError:
    words = errors.decode("utf-8", "replace").replace(str(repository.shadow_dir), repository.label).strip()[:MESSAGE_CHARACTERS]
    return DataError(f"git {arguments[0]} failed on {repository.label}: {words or 'no message'}. Check it with `git fsck`.")


def _label(path: Path) -> str:
    name = path.resolve().name
    return path.resolve().parent.name if name == ".git" else name.removesuffix(".git")


def _git_dir(path: Path) -> Path:
    dot_git = path / ".git"
    if dot_git.is_file():
        first = dot_git.read_bytes()[:4096].decode("utf-8", "surrogateescape").strip()
        path = (path / first.removeprefix("gitdir: ")).resolve() if first.startswith("gitdir: ") else path
    elif dot_git.is_dir():
        path = dot_git
    if not (path / "HEAD").exists():
        raise InputError(f"No git repository at {path}. Give the folder of a clone, a bare repository, or an https:// address.")
    return path.resolve()


def _common_dir(git_dir: Path) -> Path:
    pointer = git_dir / "commondir"
    common = (git_dir / pointer.read_text("utf-8", "surrogateescape").strip()).resolve() if pointer.is_file() else git_dir
    if not (common / "objects").is_dir():
        raise InputError(f"No git repository at {git_dir}: it has no objects folder. Give the folder of a complete clone.")
    return common


def _settings_of(common: Path) -> dict[str, str]:
    config = common / "config"
    if not config.is_file():
        return {}
    done = subprocess.run(
        [_git(), "config", "--file", str(config), "--no-includes", "--null", "--list"],
        env=environment() | {"GIT_DIR": os.devnull},
        cwd="/",
        capture_output=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise DataError(f"The settings of the repository at {common} cannot be read. Check {config.name} with `git config --list`.")
    pairs = (item.partition("\n") for item in done.stdout.decode("utf-8", "replace").split("\0"))
    return {name: value for name, _, value in pairs if name}


def _shadow(git_dir: Path, common: Path, hash_name: str, shallow: bool) -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="openstrat-git-")
    root = Path(folder.name)
    (root / "objects" / "info").mkdir(parents=True)
    (root / "objects" / "info" / "alternates").write_bytes(os.fsencode(common / "objects") + b"\n")
    extension = f"[extensions]\n\tobjectformat = {hash_name}\n" if hash_name != "sha1" else ""
    version = 1 if extension else 0
    (root / "config").write_text(f"[core]\n\trepositoryformatversion = {version}\n\tbare = true\n{extension}")
    (root / "HEAD").write_bytes((git_dir / "HEAD").read_bytes())
    if (common / "refs").is_dir():
        (root / "refs").symlink_to(common / "refs")
    else:
        (root / "refs").mkdir()
    if (common / "packed-refs").is_file():
        (root / "packed-refs").symlink_to(common / "packed-refs")
    if shallow:
        shutil.copy(common / "shallow", root / "shallow")
    return folder
