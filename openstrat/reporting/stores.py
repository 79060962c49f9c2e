"""Outputs elsewhere: any place that fsspec writes to (s3, gs, abfs, sftp, memory ...), kept in step with a local folder.

A run works in a local copy of what is there, with all its promises, and sends what changed. What the other place promises:

- object stores and memory: a file is replaced at once, so a reader sees it old or new; the manifest comes last;
- others: a file is written under another name and renamed; whether that happens at once is up to the server;
- none of them has a lock: two runs that write to one place at the same time mix their files. Let the scheduler run one at a time.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from openstrat.errors import InputError, PublishError
from openstrat.reporting.baselines import BASELINES
from openstrat.reporting.plan import DEFAULT_OUT
from openstrat.reporting.publish import LOCKS, MANIFEST, STAGING

AT_ONCE = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "oss", "cos", "memory"})
"""Protocols whose stores replace a whole object by one request."""
LOCAL = ("file", "local")
LAST = ("index.html", "index.json", MANIFEST)
NOT_SENT = frozenset({LOCKS, STAGING})
PROBE = ".openstrat-probe"
_URL = re.compile(r"(?P<protocol>[a-z][a-z0-9+.-]+(?:::[a-z0-9+.:/-]+)?)://")
_SECRET = re.compile(r"//[^/@]*@")


class Output:
    """A local folder; `Mirror` is one with a place elsewhere behind it."""

    promise = "Each file is replaced at once under a lock: a reader sees it old or new."

    def __init__(self, root: Path) -> None:
        self.root = root

    def fetch(self, name: str) -> None:
        """Bring what is there under this name; nothing to do for a local folder."""

    def send(self, name: str) -> None:
        """Bring the place in step with the local folder of this name; nothing to do for a local folder."""

    def shown(self, text: str) -> str:
        """Return a text with the place that a user knows instead of the local copy."""
        return text


class Mirror(Output):
    """A temporary local copy of a place elsewhere."""

    def __init__(self, root: Path, url: str, system: Any, folder: str, *, is_at_once: bool) -> None:
        super().__init__(root)
        self.url = _SECRET.sub("//", url.rstrip("/"))
        self.system, self.folder, self.is_at_once = system, folder.rstrip("/"), is_at_once
        self.known: dict[str, str] = {}
        how = "Each file is replaced at once, the manifest last" if is_at_once else "Each file is written, then renamed, the manifest last"
        self.promise = f"{how}. There is no lock: let one run write there at a time."

    def shown(self, text: str) -> str:
        """Return a text with the URL instead of the local copy."""
        return text.replace(str(self.root.absolute()), self.url).replace(str(self.root), self.url)

    def check(self) -> None:
        """Write and remove an empty file, before any work is done.

        Raises
        ------
        PublishError
            If the place cannot be written.
        """
        with self._told("cannot be written"):
            self._put(PROBE, b"")
            self.system.rm_file(self._there(PROBE))

    def fetch(self, name: str) -> None:
        """Bring every file under `name`, and those beside it that belong to it.

        Raises
        ------
        PublishError
            If the place cannot be read.
        """
        with self._told("cannot be read"):
            for relative in self._names_there(name):
                data = self.system.cat_file(self._there(relative))
                path = self.root / relative
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
                self.known[relative] = _digest(data)

    def send(self, name: str) -> None:
        """Send what changed under `name` since it was fetched, the manifest or index last, and remove what is no longer here.

        Raises
        ------
        PublishError
            If the place cannot be written; files not yet sent are as they were.
        """
        here = {path.relative_to(self.root).as_posix() for path in self._files_here(name)}
        with self._told("cannot be written"):
            for relative in sorted(here, key=_order):
                data = (self.root / relative).read_bytes()
                if self.known.get(relative) != _digest(data):
                    self._put(relative, data)
                    self.known[relative] = _digest(data)
            for relative in [item for item in self.known if _belongs(item, name) and item not in here]:
                self.system.rm_file(self._there(relative))
                del self.known[relative]

    def _put(self, relative: str, data: bytes) -> None:
        target = self._there(relative)
        with contextlib.suppress(FileExistsError, NotImplementedError):
            self.system.makedirs(str(PurePosixPath(target).parent), exist_ok=True)
        if self.is_at_once:
            self.system.pipe_file(target, data)
            return
        half = f"{target}.new"
        self.system.pipe_file(half, data)
        self.system.mv(half, target)

    def _there(self, relative: str) -> str:
        return f"{self.folder}/{relative}"

    def _names_there(self, name: str) -> list[str]:
        prefix = f"{self.folder}/"
        try:
            found = self.system.find(self.folder)
        except FileNotFoundError:
            return []
        names = [str(path)[str(path).find(prefix) + len(prefix) :] for path in found if prefix in str(path)]
        return [relative for relative in names if _belongs(relative, name) and _is_inside(relative)]

    def _files_here(self, name: str) -> Iterator[Path]:
        for path in self.root.rglob("*"):
            relative = path.relative_to(self.root)
            if path.is_file() and not NOT_SENT & set(relative.parts) and _belongs(relative.as_posix(), name):
                yield path

    @contextlib.contextmanager
    def _told(self, what: str) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # each store has its own errors
            step = "Check its address, your rights and the network, or choose another --out."
            raise PublishError(f"{self.url}: {what}: {type(error).__name__}: {error}. {step}") from None


def _belongs(relative: str, name: str) -> bool:
    """Return whether a file is that of a folder: in it, beside it under its name, or kept for its digest."""
    parent, _, own = name.rpartition("/")
    kept = f"{parent}/{BASELINES}/{own}" if parent else f"{BASELINES}/{own}"
    return any(relative == start or relative.startswith((f"{start}/", f"{start}.")) for start in (name, kept))


def _is_inside(relative: str) -> bool:
    return not PurePosixPath(relative).is_absolute() and ".." not in PurePosixPath(relative).parts


def _order(relative: str) -> tuple[bool, bool, str]:
    """Kept reports first, so that a run killed in between loses none; manifests and index last."""
    path = PurePosixPath(relative)
    return path.name in LAST, BASELINES not in path.parts, relative


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def is_url(out: str) -> bool:
    """Return whether an output is a URL rather than a folder."""
    return _URL.match(out) is not None


@contextlib.contextmanager
def output_at(out: str | Path | None) -> Iterator[Output]:
    """Yield the output root for a folder or URL; the default folder for None.

    Raises
    ------
    InputError
        If fsspec or what it needs for this protocol is not installed, or the protocol is unknown.
    PublishError
        If the place cannot be written.
    """
    if out is None or isinstance(out, Path) or not is_url(out):
        yield Output(Path(out) if out else DEFAULT_OUT)
        return
    system, folder = _system(out)
    protocols = {system.protocol} if isinstance(system.protocol, str) else set(system.protocol)
    if protocols & set(LOCAL):
        yield Output(Path(folder))
        return
    with tempfile.TemporaryDirectory(prefix="openstrat-", ignore_cleanup_errors=True) as scratch:
        mirror = Mirror(Path(scratch), out, system, folder, is_at_once=bool(protocols & AT_ONCE))
        mirror.check()
        yield mirror


def _system(url: str) -> tuple[Any, str]:
    try:
        core: Any = importlib.import_module("fsspec.core")
    except ImportError:
        raise InputError(f"--out {_SECRET.sub('//', url)} needs fsspec. Install it with: pip install fsspec") from None
    try:
        system, folder = core.url_to_fs(url)
    except (ImportError, ValueError) as error:
        raise InputError(f"--out {_SECRET.sub('//', url)}: {error}. Give a folder, or a URL that fsspec can write to.") from None
    return system, str(folder)
