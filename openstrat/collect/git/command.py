"""Git without trust: a repository is read through an empty one of our own, so that nothing in it can run, and nothing changes.

Git obeys the settings of the repository it works on, and some of them name programs. openstrat therefore never lets git work on
a foreign repository. It makes an empty bare repository in a temporary folder, lends it the foreign objects (as alternates) and
references (as links), and runs git there. Foreign hooks, attributes and settings are out of reach; what git might write stays in
the temporary folder. Of the foreign settings three are read as data: hash, kind of references, and whether the clone is partial.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import threading
import time
import weakref
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast
from urllib.parse import urlsplit

from openstrat.collect.git.clone import clone, is_address
from openstrat.collect.git.settings import end, environment, flags, git_program
from openstrat.errors import DataError, InputError

TIMEOUT_SECONDS = 3_600.0
READ_BYTES = 1 << 20
NAP_SECONDS = 0.005
"""Pause between two looks at what git has printed: git writes 4 kB at a time, and waking for each of them costs both programs."""
LAST_LINE = b"end\n"
KEPT_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(128 << 20), "MALLOC_MMAP_THRESHOLD_": str(32 << 20)}
"""Lets git keep the memory of one file for the next where the C library is glibc: a tenth less work for line counts."""
MAX_MESSAGE = 300
HASHES = {"sha1": 40, "sha256": 64}
NOTE_SHALLOW = "A shallow clone: older commits are missing. Run `git fetch --unshallow` in it for the whole history."
NOTE_PARTIAL = "A partial clone: file contents may be missing, and none are fetched; lines may not be countable."


@dataclass(frozen=True)
class Repository:
    """A repository that can be read.

    `label` is the name to show, `git_dir` the folder that is read and never written. In a shallow clone older commits are missing,
    in a partial one file contents; `notes` says so in words. `hash_name` is sha1 or sha256. `stand_in` is the temporary repository
    that git works on; it is deleted with this object.
    """

    label: str
    git_dir: Path
    is_shallow: bool
    is_partial: bool
    hash_name: str
    notes: tuple[str, ...]
    stand_in: Path


def open_repository(
    source: Path | str,
    *,
    label: str = "",
    cache: Path | None = None,
    with_contents: bool = False,
    progress: Callable[[str], None] | None = None,
) -> Repository:
    """Return the repository at a path or an https address, checked and ready to be read.

    A path may be a bare or normal repository, a linked work tree, or a link to one of these. An address is cloned into the
    `cache` folder, all branches and tags, without file contents unless `with_contents`; when it is there already, only what is
    new is fetched. `progress` is called with git's words about the transfer.

    Raises
    ------
    InputError
        If there is no repository at the path, the address is not allowed, or git is not installed.
    DataError
        If the settings of the repository cannot be read, or the transfer fails.
    """
    path = Path(source)
    if is_address(str(source)):
        path = clone(str(source), cache, with_contents=with_contents, progress=progress)
        label = label or urlsplit(str(source)).path.strip("/").removesuffix(".git")
    own_dir = _git_dir(path)
    git_dir = _common_dir(own_dir)
    settings = _settings(git_dir)
    hash_name = settings.get("extensions.objectformat", "sha1").lower()
    if hash_name not in HASHES:
        raise DataError(f"The repository at {path} uses the hash {hash_name!r}. Allowed: {', '.join(HASHES)}.")
    is_shallow = (git_dir / "shallow").is_file()
    is_partial = any(name == "extensions.partialclone" or name.endswith(".promisor") for name in settings)
    is_partial |= any((git_dir / "objects" / "pack").glob("*.promisor"))
    notes = ((NOTE_SHALLOW,) if is_shallow else ()) + ((NOTE_PARTIAL,) if is_partial else ())
    stand_in = _stand_in(own_dir, git_dir, hash_name)
    repository = Repository(label or _label(path), git_dir, is_shallow, is_partial, hash_name, notes, stand_in)
    weakref.finalize(repository, shutil.rmtree, stand_in, ignore_errors=True)
    return repository


def run(repository: Repository, *arguments: str, stdin: bytes | None = None, timeout: float = TIMEOUT_SECONDS) -> bytes:
    """Return what `git ARGUMENTS` prints about the repository; pass file names after `--`.

    Raises
    ------
    DataError
        If git fails, or takes longer than `timeout` seconds.
    """
    with tempfile.TemporaryFile() as errors, _running(repository, arguments, errors, takes_input=stdin is not None) as child:
        try:
            output, _ = child.communicate(stdin, timeout=timeout)
        except subprocess.TimeoutExpired:
            raise _too_slow(repository, arguments, timeout) from None
        if child.returncode:
            raise _failed(repository, arguments, errors)
    return output


def stream(repository: Repository, *arguments: str, timeout: float = TIMEOUT_SECONDS) -> Iterator[bytes]:
    """Yield what `git ARGUMENTS` prints, in pieces, while it runs; git ends when the iterator is closed.

    Raises
    ------
    DataError
        If git fails, or takes longer than `timeout` seconds.
    """
    with tempfile.TemporaryFile() as errors, _running(repository, arguments, errors) as child:
        with _deadline(child, timeout) as is_late:
            output, nap = _enlarged(cast("IO[bytes]", child.stdout))
            while piece := os.read(output, READ_BYTES):
                yield piece
                if len(piece) < READ_BYTES:
                    time.sleep(nap)
            child.wait()
        if is_late.is_set():
            raise _too_slow(repository, arguments, timeout)
        if child.returncode:
            raise _failed(repository, arguments, errors)


@contextmanager
def conversation(
    repository: Repository, *arguments: str, timeout: float = TIMEOUT_SECONDS
) -> Iterator[Callable[[Sequence[bytes]], list[bytes]]]:
    """Give a function that puts lines to one running `git ARGUMENTS` and returns the lines of the answer, line ends left out.

    The command must give back a line that it does not understand, as `diff-tree --stdin` does. What git has read for one answer it
    keeps for the next. A question must be shorter than a pipe is long, 16 kB.

    Raises
    ------
    DataError
        If git fails, or takes longer than `timeout` seconds for one answer; raised by the function.
    """
    with tempfile.TemporaryFile() as errors, _running(repository, arguments, errors, takes_input=True) as child:
        question_pipe, answer_pipe = cast("IO[bytes]", child.stdin), cast("IO[bytes]", child.stdout)

        def ask(question: Sequence[bytes]) -> list[bytes]:
            answer: list[bytes] = []
            with _deadline(child, timeout) as is_late:
                with suppress(BrokenPipeError):
                    os.write(question_pipe.fileno(), b"".join(line + b"\n" for line in question) + LAST_LINE)
                for line in answer_pipe:
                    if line == LAST_LINE:
                        return answer
                    answer.append(line.rstrip(b"\n"))
                child.wait()
            raise _too_slow(repository, arguments, timeout) if is_late.is_set() else _failed(repository, arguments, errors)

        yield ask


def resolve(repository: Repository, revision: str) -> str:
    """Return the full hash of the commit that a revision names: a branch, a tag, a hash, HEAD.

    Raises
    ------
    InputError
        If there is no such commit, or the repository is empty.
    """
    try:
        found = run(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    except DataError:
        hint = "Give a branch, a tag or a commit hash; `git branch --all` lists branches, and an empty repository has none."
        raise InputError(f"No commit {revision!r} in {repository.label}. {hint}") from None
    return found.decode("ascii").strip()


@contextmanager
def _running(
    repository: Repository, arguments: tuple[str, ...], errors: IO[bytes], *, takes_input: bool = False
) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [git_program(), f"--git-dir={repository.stand_in}", *flags(), *arguments],
        stdin=subprocess.PIPE if takes_input else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=errors,
        env=environment() | KEPT_MEMORY,
        cwd=repository.stand_in,
        start_new_session=True,
    ) as child:
        try:
            yield child
        finally:
            end(child)


@contextmanager
def _deadline(child: subprocess.Popen[bytes], seconds: float) -> Iterator[threading.Event]:
    """End a git that is not done in time, and give the event that says so."""
    is_late = threading.Event()

    def stop() -> None:
        is_late.set()
        end(child)

    timer = threading.Timer(seconds, stop)
    timer.daemon = True
    timer.start()
    try:
        yield is_late
    finally:
        timer.cancel()


def _enlarged(pipe: IO[bytes]) -> tuple[int, float]:
    """Give a pipe room, where the system can, so that git need not wait; return its descriptor and the pause between two looks."""
    import fcntl

    descriptor = pipe.fileno()
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETPIPE_SZ, READ_BYTES)
    except (OSError, AttributeError):
        return descriptor, 0.0
    return descriptor, NAP_SECONDS


def _failed(repository: Repository, arguments: tuple[str, ...], errors: IO[bytes]) -> DataError:
    errors.seek(0)
    text = errors.read(1 << 16).decode("utf-8", "replace").replace(str(repository.stand_in), repository.label)
    words = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:MAX_MESSAGE]
    return DataError(f"git {_verb(arguments)} failed on {repository.label}: {words or 'no message'}. Check it with `git fsck`.")


def _too_slow(repository: Repository, arguments: tuple[str, ...], timeout: float) -> DataError:
    return DataError(
        f"git {_verb(arguments)} on {repository.label} took longer than {timeout:.0f} seconds and was ended. Give it more time."
    )


def _verb(arguments: tuple[str, ...]) -> str:
    start = 2 * sum(argument == "-c" for argument in arguments)
    return arguments[start] if start < len(arguments) else ""


def _label(path: Path) -> str:
    whole = path.resolve()
    return (whole.parent if whole.name == ".git" else whole).name.removesuffix(".git")


def _git_dir(path: Path) -> Path:
    """Return the git folder of a path: the path itself, its .git, or what a .git file points to."""
    inner = path / ".git"
    if inner.is_file():
        word, _, target = inner.read_bytes()[:4096].decode("utf-8", "surrogateescape").strip().partition(": ")
        inner = path / target if word == "gitdir" else inner
    folder = inner if inner.is_dir() else path
    if not (folder / "HEAD").is_file():
        raise InputError(f"No git repository at {str(path)!r}. Give the folder of a clone, a bare repository, or an https address.")
    return folder.resolve()


def _common_dir(own_dir: Path) -> Path:
    """Return the folder that holds objects and references: another one for a linked work tree."""
    pointer = own_dir / "commondir"
    common = own_dir / pointer.read_text("utf-8", "surrogateescape").strip() if pointer.is_file() else own_dir
    if not (common / "objects").is_dir():
        raise InputError(f"The repository at {str(own_dir)!r} has no objects. Give the folder of a complete clone.")
    return common.resolve()


def _settings(git_dir: Path) -> dict[str, str]:
    """Return the repository's settings as data: includes are not followed, and none is obeyed."""
    config = git_dir / "config"
    if not config.is_file():
        return {}
    done = subprocess.run(
        [git_program(), "config", "--file", str(config), "--no-includes", "--null", "--list"],
        env=environment() | {"GIT_DIR": os.devnull},
        cwd=git_dir.anchor,
        capture_output=True,
        timeout=60,
        check=False,
    )
    if done.returncode:
        raise DataError(f"The settings in {str(config)!r} cannot be read. Repair them, or clone the repository anew.")
    pairs = (item.partition("\n") for item in done.stdout.decode("utf-8", "replace").split("\0"))
    return {name: value for name, _, value in pairs if name}


def _stand_in(own_dir: Path, git_dir: Path, hash_name: str) -> Path:
    """Make the temporary repository: own settings, foreign objects as alternates, foreign references as links."""
    root = Path(tempfile.mkdtemp(prefix="openstrat-git-"))
    (root / "objects" / "info").mkdir(parents=True)
    (root / "objects" / "info" / "alternates").write_bytes(_quoted(os.fsencode(git_dir / "objects")) + b"\n")
    has_reftable = (git_dir / "reftable").is_dir()
    extensions = {"objectformat": hash_name if hash_name != "sha1" else "", "refstorage": "reftable" if has_reftable else ""}
    lines = "".join(f"\t{name} = {value}\n" for name, value in extensions.items() if value)
    version = 1 if lines else 0
    (root / "config").write_text(
        f"[core]\n\trepositoryformatversion = {version}\n\tbare = true\n" + ("[extensions]\n" + lines if lines else "")
    )
    (root / "HEAD").write_bytes((own_dir / "HEAD").read_bytes()[:4096])
    for name in ("refs", "packed-refs", "reftable"):
        if (git_dir / name).is_dir() or (git_dir / name).is_file():
            (root / name).symlink_to(git_dir / name)
    (root / "refs").mkdir(exist_ok=True)
    if (git_dir / "shallow").is_file():
        shutil.copyfile(git_dir / "shallow", root / "shallow")
    return root


def _quoted(path: bytes) -> bytes:
    """Return a path as git reads it in a list of alternates, whatever its characters."""
    return b'"' + b"".join(b"\\%03o" % byte if byte < 32 or byte > 126 or byte in b'"\\' else bytes([byte]) for byte in path) + b'"'
