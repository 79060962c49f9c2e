"""Clones of public repositories in a cache folder: fetched over https only, without file contents, never by a foreign setting."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from openstrat.collect.git.settings import end, environment, flags, git_program
from openstrat.errors import BusyError, DataError, InputError

SCHEMES = ("https",)
"""Ways to fetch. Others are refused: ext runs programs, ssh asks for keys, git and http can be changed on the way."""
TRANSFER_SECONDS = 6 * 3_600.0
NETWORK = (
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
)
"""What the network needs from the caller's environment."""
SETTINGS = (
    "credential.helper=",
    "fetch.recurseSubmodules=false",
    "http.followRedirects=initial",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=60",
    "init.templateDir=",
    "submodule.recurse=false",
    "transfer.bundleURI=false",
)
REFERENCES = ("+refs/heads/*:refs/heads/*", "+refs/tags/*:refs/tags/*")
MAX_MESSAGE = 300
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*::?//|[A-Za-z][A-Za-z0-9+.-]*::|[^/\\]+@[^/\\]+:")


def is_address(source: str) -> bool:
    """Return whether a source is an address (https://..., ext::..., user@host:...) and not a path."""
    return bool(_ADDRESS.match(source)) and not Path(source).exists()


def check_address(address: str) -> None:
    """Do nothing for an address that may be fetched.

    Raises
    ------
    InputError
        If the address is not one that may be fetched.
    """
    _checked(address, SCHEMES)


def clone(
    address: str,
    cache: Path | None = None,
    *,
    with_contents: bool = False,
    progress: Callable[[str], None] | None = None,
    schemes: Sequence[str] = SCHEMES,
    timeout: float = TRANSFER_SECONDS,
) -> Path:
    """Return the folder of a bare clone of an address: made anew, or brought up to date.

    A transfer that was cut off is taken up by calling again; git fetches again what had not arrived whole.

    Raises
    ------
    InputError
        If the address is not one that may be fetched.
    BusyError
        If another run fetches into the same folder.
    DataError
        If the transfer fails or takes longer than `timeout` seconds.
    """
    from filelock import FileLock, Timeout

    checked = _checked(address, schemes)
    root = cache or default_cache()
    folder = root / _folder_name(checked, with_contents)
    root.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(root / f"{folder.name}.lock", timeout=0):
            _Transfer(checked, folder, schemes, progress, timeout).fetch(with_contents=with_contents)
    except Timeout:
        raise BusyError(f"Another run fetches {checked}. Wait until it is done.") from None
    return folder


def default_cache() -> Path:
    """Return the folder of clones: openstrat/git in the user's cache folder."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "openstrat" / "git"


def _checked(address: str, schemes: Sequence[str]) -> str:
    """Return the address if it may be fetched; what is shown of it in an error holds no password."""
    parts = urlsplit(address)
    shown = repr(f"{parts.scheme}://{parts.hostname or ''}{parts.path}" if parts.username or parts.password else address)[:MAX_MESSAGE]
    allowed = ", ".join(f"{scheme}://" for scheme in schemes)
    if parts.scheme not in schemes or "::" in address.partition("//")[0]:
        raise InputError(f"The address {shown} is not fetched. Allowed: {allowed} or a path. Clone it yourself and give the folder.")
    if parts.username is not None or parts.password is not None:
        raise InputError(f"The address {shown} holds a user name or password. Leave it out, or clone it yourself and give the folder.")
    if (
        not address.isprintable()
        or " " in address
        or (parts.scheme == "https" and not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9.-]*", parts.hostname or ""))
    ):
        raise InputError(f"The address {shown} names no host. Write it as https://host/owner/name.")
    return address


def _folder_name(address: str, with_contents: bool) -> str:
    words = re.sub(r"[^A-Za-z0-9.-]+", "+", address.partition("://")[2].removesuffix(".git").strip("/"))[-80:].strip("+.-")
    mark = hashlib.sha256(f"{address} {with_contents}".encode()).hexdigest()[:12]
    return f"{words}+{mark}.git"


@dataclass(frozen=True)
class _Transfer:
    """One transfer: from where, into which folder, by which schemes, within which time."""

    address: str
    folder: Path
    schemes: Sequence[str]
    progress: Callable[[str], None] | None
    timeout: float

    def fetch(self, *, with_contents: bool) -> None:
        """Make or update the clone; what an earlier run left unfinished is filled."""
        if not (self.folder / "config").is_file():
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir()
            self.git("init", "--quiet", "--bare")
        filters = () if with_contents else ("--filter=blob:none",)
        self.git("fetch", "--progress", "--prune", "--no-write-fetch-head", *filters, "--", self.address, *REFERENCES)
        answer = self.git("ls-remote", "--symref", "--", self.address, "HEAD")
        if found := re.match(rb"ref: (refs/heads/[^\t\n]+)\tHEAD\n", answer):
            self.git("symbolic-ref", "HEAD", found.group(1).decode("utf-8", "surrogateescape"))
        if not with_contents:
            with suppress(DataError):  # most repositories have none
                self.git("cat-file", "-e", "HEAD:.mailmap", may_fetch=True)

    def git(self, *arguments: str, may_fetch: bool = False) -> bytes:
        """Return what git prints; contents that are missing are fetched only where `may_fetch` says so."""
        settings = [*SETTINGS, *(f"protocol.{scheme}.allow=always" for scheme in self.schemes)]
        kept = {name: os.environ[name] for name in NETWORK if name in os.environ}
        own = {"GIT_ALLOW_PROTOCOL": ":".join(self.schemes), "GIT_NO_LAZY_FETCH": "0" if may_fetch else "1"}
        options = [part for setting in settings for part in ("-c", setting)]
        with subprocess.Popen(
            [git_program(), f"--git-dir={self.folder}", *flags(), *options, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment() | kept | own,
            cwd=self.folder,
            start_new_session=True,
        ) as child:
            timer = threading.Timer(self.timeout, end, (child,))
            timer.daemon = True
            timer.start()
            try:
                words = _followed(child.stderr or (), self.progress)
                output = child.stdout.read() if child.stdout else b""
                child.wait()
            finally:
                timer.cancel()
                end(child)
        if child.returncode:
            raise DataError(
                f"git {arguments[0]} failed: {words or 'no message, or out of time'}. Check address and network, then run it again."
            )
        return output


def _followed(lines: Iterable[bytes], progress: Callable[[str], None] | None) -> str:
    """Pass git's words on as they come; return the last ones that are no progress, for an error message."""
    last: list[str] = []
    for line in lines:
        for part in line.replace(b"\r", b"\n").decode("utf-8", "replace").split("\n"):
            words = " ".join("".join(letter if letter.isprintable() else " " for letter in part).split())
            if words and progress:
                progress(words[:MAX_MESSAGE])
            if words and "%" not in words:
                last = [*last, words][-3:]
    return "; ".join(last)[:MAX_MESSAGE]
