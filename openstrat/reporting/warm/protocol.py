"""What a client and the fork server say to each other, and when a server fits a client. Standard library only, Linux only.

A client sends one message with three file descriptors (stdin, stdout, stderr) attached. The forked child answers `pid` or
`refused`; the server adds `exit` when the child has ended. Messages are JSON, one a packet; nothing is pickled.
"""

from __future__ import annotations

import hashlib
import json
import os
import resource
import signal
import site
import socket
import struct
import sys
import sysconfig
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

MAX_MESSAGE = 160_000
"""Largest message in bytes; a packet has to fit the socket's send buffer, which is about 200 kB by default."""
N_STREAMS = 3
SHAPING = (
    *("PYTHON", "LD_", "LC_", "MALLOC_", "GLIBC_", "OPENBLAS_", "GOTO_", "OMP_", "MKL_", "BLIS_", "NUMEXPR_", "NPY_", "NVPL_"),
    *("NUMPY_", "SCIPY_", "PANDAS_", "PYDANTIC_", "PYZMQ_", "PY_SAX_", "TORNADO_", "TRAITLETS_", "JUPYTER_", "IPYTHON_", "XDG_"),
)
"""Variables that shape a process before or while its libraries load; a fork cannot catch up on them."""
SHAPING_NAMES = ("LANG", "LANGUAGE", "TZ", "HOME", "USER", "TERM")
KEPT_BY_PYTHON = (signal.SIGPIPE, signal.SIGXFSZ)
"""Python itself ignores these from the start."""


@dataclass(frozen=True)
class Request:
    """What a forked child has to become: its task, and the circumstances that a fresh process would have inherited."""

    key: str
    task: str
    arguments: list[str]
    environment: dict[str, str]
    folder: str
    umask: int
    ignored: list[int] = field(default_factory=list)
    blocked: list[int] = field(default_factory=list)

    def packed(self) -> bytes:
        """Return the request as a message."""
        return pack(asdict(self))


def pack(message: Mapping[str, Any]) -> bytes:
    """Return a message as bytes; ASCII, so that names that are no UTF-8 survive."""
    return json.dumps(message).encode("ascii")


def unpack(data: bytes) -> dict[str, Any]:
    """Return the message that the bytes hold."""
    message: dict[str, Any] = json.loads(data)
    return message


def shaping(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the variables that a server and its children must share."""
    return {name: value for name, value in sorted(environment.items()) if _is_shaping(name)}


def _is_shaping(name: str) -> bool:
    return name in SHAPING_NAMES or name.startswith(SHAPING) or name.lower().endswith("_proxy")


def server_key(environment: Mapping[str, str], arguments: Sequence[str] = ()) -> str:
    """Return a hash over all that a fork inherits and cannot change: equal keys mean that a forked child is as good as a fresh process.

    In it: interpreter, shaping variables (the hash seed among them), user, limits, priority, processors, the folders of installed
    packages with their times, and every module of openstrat with its time and size.
    """
    facts = [
        [sys.executable, sys.version, sys.prefix, *arguments],
        shaping(environment),
        [os.getuid(), os.geteuid(), os.getgid(), os.getegid(), sorted(os.getgroups())],
        [list(resource.getrlimit(getattr(resource, name))) for name in sorted(dir(resource)) if name.startswith("RLIMIT_")],
        [os.getpriority(os.PRIO_PROCESS, 0), sorted(os.sched_getaffinity(0))],
        [_times(Path(folder)) for folder in _package_folders()],
        [_times(path) for path in sorted(Path(__file__).resolve().parents[2].rglob("*.py"))],
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def _package_folders() -> list[str]:
    paths = sysconfig.get_paths()
    return sorted({paths["purelib"], paths["platlib"], site.getusersitepackages()})


def _times(path: Path) -> list[str | int]:
    try:
        facts = path.stat()
    except OSError:
        return [str(path)]
    return [str(path), facts.st_mtime_ns, facts.st_size]


def ignored_signals() -> list[int]:
    """Return the signals that this process ignores and that a child would ignore too, as under `nohup`."""
    return [int(number) for number in signal.valid_signals() if number not in KEPT_BY_PYTHON and signal.getsignal(number) == signal.SIG_IGN]


def blocked_signals() -> list[int]:
    """Return the signals that this thread blocks."""
    return sorted(int(number) for number in signal.pthread_sigmask(signal.SIG_BLOCK, ()))


def is_own_peer(connection: socket.socket) -> bool:
    """Return whether the process at the other end belongs to the same user."""
    _, uid, _ = struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return bool(uid == os.geteuid())


def send_request(connection: socket.socket, request: Request, streams: Sequence[int]) -> None:
    """Send a request with its three streams.

    Raises
    ------
    ValueError
        If the environment is too large for one packet.
    """
    data = request.packed()
    if len(data) > MAX_MESSAGE:
        raise ValueError(f"the request has {len(data)} bytes, more than {MAX_MESSAGE}")
    socket.send_fds(connection, [data], list(streams))


def receive_request(connection: socket.socket) -> tuple[Request, list[int]]:
    """Return a request and its three streams.

    Raises
    ------
    ValueError
        If the message is not a request.
    """
    data, streams, _, _ = socket.recv_fds(connection, MAX_MESSAGE, N_STREAMS)
    try:
        request = Request(**unpack(data))
    except (ValueError, TypeError) as error:
        raise ValueError(f"not a request: {error}") from None
    if len(streams) != N_STREAMS:
        raise ValueError(f"{len(streams)} streams came with the request, {N_STREAMS} are needed")
    return request, streams
