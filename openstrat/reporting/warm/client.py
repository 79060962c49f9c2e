"""The client's side: one fork server per process and key, started on first use and gone with its owner.

`OPENSTRAT_WARM` names the server of an enclosing `python -m openstrat.reporting.warm`, so that a shell loop can share one.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

ADDRESS = "OPENSTRAT_WARM"
START_S = 60.0
BOOT = "from openstrat.reporting.warm.server import main; main()"
DEATH = -int(signal.SIGTERM)


class NotWarmError(Exception):
    """A warm start is not possible or not safe here; the message says why. Callers start cold."""


class WarmProcess:
    """A forked process, with the methods of `subprocess.Popen` that Jupyter uses."""

    stdin = stdout = stderr = None

    def __init__(self, connection: socket.socket, pid: int) -> None:
        self.connection = connection
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit code, or None while the process runs."""
        while self.returncode is None and self.receive(0) is not None:
            pass
        return self.returncode

    def receive(self, timeout: float | None) -> dict[str, Any] | None:
        """Return the next message of the process, {} when it has ended, None when there is none in time."""
        from openstrat.reporting.warm.protocol import MAX_MESSAGE, unpack

        if self.returncode is not None:
            return {}
        if not select.select([self.connection], [], [], timeout)[0]:
            return None
        with contextlib.suppress(OSError, ValueError):
            data = self.connection.recv(MAX_MESSAGE)
            message = unpack(data) if data else {"exit": DEATH}
            if "exit" not in message:
                return message
            self.returncode = int(message["exit"])
            return {}
        self.returncode = DEATH
        return {}

    def wait(self, timeout: float | None = None) -> int:
        """Return the exit code once the process has ended.

        Raises
        ------
        subprocess.TimeoutExpired
            If it still runs after `timeout` seconds.
        """
        deadline = None if timeout is None else monotonic() + timeout
        while self.returncode is None:
            left = None if deadline is None else max(0.0, deadline - monotonic())
            if self.receive(left) is None:
                raise subprocess.TimeoutExpired("warm process", timeout or 0.0)
        self.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the process has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the process."""
        self.send_signal(signal.SIGKILL)

    def close(self) -> None:
        """Hang up: the server kills the process group and forgets it."""
        self.connection.close()
        if self.returncode is None:
            self.returncode = DEATH


@dataclass
class WarmServer:
    """A fork server and where it listens; `process` is None when an enclosing command owns it."""

    key: str
    address: str
    process: subprocess.Popen[bytes] | None = None
    owner: int = field(default_factory=os.getpid)

    @classmethod
    def start(cls, key: str, environment: Mapping[str, str]) -> WarmServer:
        """Start a server that knows nothing of the environment but what shapes a process."""
        from openstrat.reporting.warm.protocol import shaping

        address = f"openstrat-{secrets.token_hex(16)}"
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(f"\0{address}")  # no file: the name is gone with the server
            listener.listen(64)
            process = subprocess.Popen(
                [sys.executable, "-c", BOOT, key, str(os.getpid()), str(listener.fileno())],
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=shaping(environment),
                cwd="/",
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
        return cls(key, address, process)

    def fork(
        self,
        task: str,
        arguments: Sequence[str],
        *,
        environment: Mapping[str, str],
        folder: str,
        streams: Sequence[int],
        timeout: float = START_S,
    ) -> WarmProcess:
        """Return a forked process that has taken on the circumstances given.

        Raises
        ------
        NotWarmError
            If the server is gone, refuses, or does not answer within `timeout` seconds.
        """
        from openstrat.reporting.warm import protocol

        mask = os.umask(0o077)
        os.umask(mask)
        request = protocol.Request(
            self.key,
            task,
            list(arguments),
            dict(environment),
            folder,
            mask,
            protocol.ignored_signals(),
            protocol.blocked_signals(),
        )
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            connection.settimeout(timeout)
            connection.connect(f"\0{self.address}")
            if not protocol.is_own_peer(connection):
                raise NotWarmError("the server belongs to another user")
            protocol.send_request(connection, request, streams)
            data = connection.recv(protocol.MAX_MESSAGE)
            answer = protocol.unpack(data) if data else {"refused": "the server ended"}
            if "pid" not in answer:
                raise NotWarmError(str(answer.get("refused") or "the child ended at once"))
        except (OSError, ValueError) as error:
            connection.close()
            raise NotWarmError(f"no answer from the server: {error}") from None
        except BaseException:
            connection.close()
            raise
        connection.settimeout(None)
        return WarmProcess(connection, int(answer["pid"]))

    def retire(self) -> None:
        """Take no more requests; end when the last child has."""
        if self.process is not None and self.owner == os.getpid():
            self.process.terminate()

    def stop(self) -> None:
        """End the server and all its children."""
        if self.process is None or self.owner != os.getpid():
            return
        if self.process.stdin is not None:
            self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


_LOCK = threading.Lock()
_SERVERS: dict[str, WarmServer] = {}


def is_supported() -> bool:
    """Return whether this system can fork safely and tell who is at the other end of a socket."""
    return sys.platform == "linux" and hasattr(os, "fork") and hasattr(select, "POLLRDHUP")


def server_for(environment: Mapping[str, str]) -> WarmServer:
    """Return the server whose children are as good as fresh processes with this environment; it is started when there is none.

    Raises
    ------
    NotWarmError
        If this system, the number of native threads, or an earlier failure forbids it.
    """
    if not is_supported():
        raise NotWarmError("only Linux has the means")
    if environment.get("OPENBLAS_NUM_THREADS") != "1":
        raise NotWarmError("OPENBLAS_NUM_THREADS is not 1, so libraries would start threads, which a fork does not survive")
    from openstrat.reporting.warm.protocol import server_key

    key = server_key(environment)
    shared = os.environ.get(ADDRESS)
    if shared:
        return WarmServer(key, shared)
    with _LOCK:
        server = _SERVERS.get(key)
        if server is None or server.owner != os.getpid():
            for older in _SERVERS.values():
                older.retire()
            server = _SERVERS[key] = WarmServer.start(key, environment)
        elif server.process is not None and server.process.poll() is not None:
            raise NotWarmError("the server ended; this process starts no other")
    return server


def fork(
    task: str,
    arguments: Sequence[str],
    *,
    environment: Mapping[str, str],
    folder: str,
    streams: Sequence[int],
    timeout: float = START_S,
) -> WarmProcess:
    """Return a forked process for a task (`kernel` or `report`); see `WarmServer.fork`."""
    server = server_for(environment)
    return server.fork(task, arguments, environment=environment, folder=folder, streams=streams, timeout=timeout)


@atexit.register
def stop_servers() -> None:
    """End every server that this process started."""
    with _LOCK:
        for server in _SERVERS.values():
            server.stop()
        _SERVERS.clear()
