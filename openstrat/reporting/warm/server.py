"""The fork server: one thread, libraries loaded, a new process for every request.

It reads no request itself: the child does, after the fork, so that no environment and no secret of one client is ever in the memory
that the next child gets. A client that goes away takes its child's process group with it; the owner that goes away takes all.
"""

from __future__ import annotations

import contextlib
import gc
import os
import select
import signal
import socket
import sys
from dataclasses import dataclass, field
from pathlib import Path

from openstrat.reporting.warm.child import Child, run
from openstrat.reporting.warm.preload import preload
from openstrat.reporting.warm.protocol import is_own_peer, pack

OWNER = 0
"""File descriptor of the lifeline: it ends when the owner does."""
GONE = select.POLLRDHUP | select.POLLHUP | select.POLLERR if hasattr(select, "POLLRDHUP") else 0
CHECK_MS = 2000


@dataclass
class Server:
    """The server's state: who owns it, where it listens, and which connection belongs to which child."""

    key: str
    owner: int
    listener: socket.socket
    wakeup: socket.socket
    poll: select.poll = field(default_factory=select.poll)
    children: dict[int, tuple[int, socket.socket]] = field(default_factory=dict)
    is_retired: bool = False

    def serve(self) -> Child | None:
        """Serve until the owner is gone, or until retired and idle; in a forked child, return what it has to do."""
        for handle in (self.listener.fileno(), self.wakeup.fileno()):
            self.poll.register(handle, select.POLLIN)
        self.poll.register(OWNER, GONE)
        while not self.is_retired or self.children:
            events = dict(self.poll.poll(CHECK_MS))
            if OWNER in events or os.getppid() != self.owner:
                break
            if self.listener.fileno() in events:
                child = self._accept()
                if child is not None:
                    return child
            with contextlib.suppress(BlockingIOError):
                self.wakeup.recv(4096)
            for handle in [handle for handle in events if handle in self.children]:
                self._end(handle)
            self._report_ended()
        for handle in list(self.children):
            self._end(handle)
        return None

    def _accept(self) -> Child | None:
        """Fork a child for a connection of the same user; None in the server."""
        try:
            connection, _ = self.listener.accept()
        except OSError:
            return None
        if self.is_retired or not is_own_peer(connection):
            connection.close()
            return None
        pid = os.fork()
        if pid == 0:
            self._forget()
            return Child(connection, self.key)
        self.children[connection.fileno()] = (pid, connection)
        self.poll.register(connection.fileno(), GONE)
        return None

    def _forget(self) -> None:
        """Drop, in a child, what belongs to the server and to other clients."""
        signal.set_wakeup_fd(-1)
        self.listener.close()
        self.wakeup.close()
        for _, other in self.children.values():
            other.close()
        self.children.clear()

    def _report_ended(self) -> None:
        """Tell clients whose child has ended; it is kept as a zombie until the client hangs up, so that its number is not reused."""
        for pid, connection in self.children.values():
            ended = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is not None:
                code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
                with contextlib.suppress(OSError):
                    connection.send(pack({"exit": code}), socket.MSG_DONTWAIT)
                    connection.shutdown(socket.SHUT_WR)

    def _end(self, handle: int) -> None:
        """Kill what a client that is gone had running, and reap it."""
        pid, connection = self.children.pop(handle)
        self.poll.unregister(handle)
        connection.close()
        for kill in (os.kill, os.killpg):  # the group exists once the child has made it
            with contextlib.suppress(ProcessLookupError, PermissionError):
                kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def main() -> None:
    """Load, listen, fork; arguments are the key, the owner's process number and the listening socket's descriptor."""
    if sys.path and sys.path[0] == "":
        del sys.path[0]
    key, owner, handle = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    preload()
    if len(list(Path("/proc/self/task").iterdir())) != 1:
        sys.exit("A library started a thread; a fork would not be safe.")
    wakeup, waker = socket.socketpair()
    wakeup.setblocking(False)
    waker.setblocking(False)
    server = Server(key, owner, socket.socket(fileno=handle), wakeup)
    server.listener.setblocking(False)
    signal.signal(signal.SIGTERM, lambda number, frame: setattr(server, "is_retired", True))
    signal.signal(signal.SIGCHLD, lambda number, frame: None)
    signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
    gc.collect()
    gc.freeze()
    child = server.serve()
    if child is not None:
        waker.close()
        run(child)
