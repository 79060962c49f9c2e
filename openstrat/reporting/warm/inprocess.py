"""IPython's kernel without sockets: Jupyter's own classes run a notebook inside this process, message by message.

Cells run in ipykernel's kernel and shell, outputs are put together by nbclient, exactly as over sockets; only the transport is
replaced: a session that keeps messages instead of sending them, and a client that hands them to nbclient.
"""

from __future__ import annotations

import io
import os
import sys
import types
from collections import deque
from typing import Any, ClassVar

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from jupyter_client.manager import KernelManager
from jupyter_client.session import Session, extract_header
from traitlets.utils.importstring import import_item

Message = dict[str, Any]


class KeepingSession(Session):
    """A session that keeps what the kernel publishes and replies."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.published: deque[Message] = deque()
        self.replies: deque[Message] = deque()

    def send(  # noqa: PLR0917 - as in the base class
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Message:
        """Keep a message as it would have arrived; replies are those sent to the shell's stream, which has no socket here."""
        if isinstance(msg_or_type, dict):
            message, buffers = msg_or_type, buffers or msg_or_type.get("buffers")
        else:
            message = self.msg(msg_or_type, content, parent=parent, header=header, metadata=metadata)
        arrived = self.as_received(message, buffers)
        (self.replies if arrived["msg_type"].endswith("_reply") else self.published).append(arrived)
        return message

    def as_received(self, message: Message, buffers: Any = None) -> Message:
        """Return a message as it would be after the wire: plain JSON, dates read, buffers beside it."""
        _, parts = self.feed_identities(self.serialize(message))
        arrived: Message = self.deserialize(parts)
        return arrived | {"buffers": [memoryview(buffer) for buffer in buffers or ()]}


class KeepingStream(io.TextIOBase):
    """Standard output or error of the cells; what is written is published when somebody flushes, as by ipykernel's own stream."""

    def __init__(self, session: KeepingSession, name: str, number: int) -> None:
        super().__init__()
        self.name = name
        self.parent_header: Message = {}
        self._session = session
        self._number = number
        self._process = os.getpid()
        self._parts: list[str] = []

    encoding = "UTF-8"

    def set_parent(self, parent: Message) -> None:
        """Note the request that what follows belongs to."""
        self.parent_header = extract_header(parent)

    def fileno(self) -> int:
        """Return the descriptor below; what is written to it is noticed, and the report is made by a real kernel instead."""
        return self._number

    def isatty(self) -> bool:
        """Return False."""
        return False

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, text: str) -> int:
        """Take text; in a forked process, hand it to the descriptor below."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        if os.getpid() != self._process:
            os.write(self._number, text.encode(errors="replace"))
        else:
            self._parts.append(text)
        return len(text)

    def flush(self) -> None:
        """Publish what was written."""
        parts, self._parts = self._parts, []
        if text := "".join(parts):
            self._session.send(None, "stream", {"name": self.name, "text": text}, parent=self.parent_header)


class ReportApp(IPKernelApp):
    """ipykernel's application with everything that needs a socket or a thread of its own left out."""

    def init_connection_file(self) -> None:
        """There is none."""

    def init_poller(self) -> None:
        """The process ends with its server."""

    def init_sockets(self) -> None:
        """There are none."""

    def init_heartbeat(self) -> None:
        """There is none."""

    def write_connection_file(self, **options: Any) -> None:
        """There is none."""

    def log_connection_info(self) -> None:
        """There is nothing to connect to."""

    def init_session(self) -> None:
        """Keep messages."""
        self.session = KeepingSession(parent=self)

    def init_io(self) -> None:
        """Let cells write to streams that keep messages."""
        self.init_session()
        for number, name in ((1, "stdout"), (2, "stderr")):
            getattr(sys, name).flush()
            setattr(sys, name, KeepingStream(self.session, name, number))
        self.displayhook = import_item(str(self.displayhook_class))(self.session, None)
        sys.displayhook = self.displayhook
        self.patch_io()  # type: ignore[no-untyped-call]

    def init_kernel(self) -> None:
        """Make the kernel, as ipykernel does, without streams."""
        self.kernel = IPythonKernel.instance(
            parent=self, session=self.session, log=self.log, profile_dir=self.profile_dir, user_ns=self.user_ns
        )
        if self.kernel.has_trait("shell_channel_thread"):
            self.kernel.shell_channel_thread = types.SimpleNamespace(parent_thread=None)
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count


class Channel:
    """One of the client's channels: messages that are there already."""

    def __init__(self, kept: deque[Message], waiting: deque[Message] | None = None) -> None:
        self._kept = kept
        self._waiting = waiting

    async def get_msg(self, timeout: float | None = None) -> Message:
        """Return the next message; nbclient asks for no more than there are."""
        return self._kept.popleft()

    def send(self, message: Message) -> None:
        """Keep what a widget's mimic sends to the kernel until the kernel is idle."""
        if self._waiting is not None:
            self._waiting.append(message)


class ReportClient:
    """What nbclient takes for a kernel client."""

    allow_stdin = False

    def __init__(self, app: ReportApp) -> None:
        self.session: KeepingSession = app.session
        self._kernel = app.kernel
        self._waiting: deque[Message] = deque()
        self.iopub_channel = Channel(self.session.published)
        self.shell_channel = Channel(self.session.replies, self._waiting)

    def start_channels(self) -> None:
        """Nothing to start."""

    def stop_channels(self) -> None:
        """Nothing to stop."""

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """It is ready."""

    def is_alive(self) -> bool:
        """Return True: it lives as long as the caller."""
        return True

    async def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Run a cell to its end and return the request's id; its messages are kept for nbclient."""
        while self._waiting:
            self._handle_comm(self._waiting.popleft())
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": False,
        }
        request = self.session.msg("execute_request", content)
        self._kernel.set_parent([], request, channel="shell")
        self._kernel.pre_handler_hook()
        try:
            await self._kernel.execute_request(None, [], request)
        finally:
            self._kernel.post_handler_hook()
        self._idle(request)
        return str(request["header"]["msg_id"])

    def kernel_info(self) -> str:
        """Return the id of a request that is answered already."""
        request = self.session.msg("kernel_info_request", {})
        self.session.send(None, "kernel_info_reply", {"status": "ok", "language_info": self._kernel.language_info}, parent=request)
        return str(request["header"]["msg_id"])

    def _handle_comm(self, message: Message) -> None:
        """Let a widget take a message, as the kernel does between two cells; what it publishes belongs to no cell."""
        message = self.session.as_received(message)
        self._kernel.set_parent([], message, channel="shell")
        self._kernel.shell_handlers[message["msg_type"]](None, [], message)
        self._idle(message)
        self.session.published.clear()

    def _idle(self, request: Message) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self.session.send(None, "status", {"execution_state": "idle"}, parent=request)


class ReportManager(KernelManager):
    """What nbclient takes for a kernel manager. Subclassed once per run by `report_manager_for`."""

    app: ClassVar[ReportApp]

    @property
    def has_kernel(self) -> bool:
        """Return True: the kernel is there already."""
        return True

    def client(self, **options: Any) -> Any:
        """Return a client."""
        return ReportClient(self.app)

    def is_alive(self) -> bool:
        """Return False when asked at the end, so that there is nothing to shut down."""
        return False

    def cleanup_resources(self, restart: bool = False) -> None:
        """Nothing to clean up: the process ends."""


def report_manager_for(app: ReportApp) -> type[ReportManager]:
    """Return a kernel manager class bound to an application, to be passed to papermill as `kernel_manager_class`."""
    return type("InProcessManager", (ReportManager,), {"app": app})


def start_report_app(arguments: list[str]) -> ReportApp:
    """Return the application, its kernel ready for the first cell."""
    app = ReportApp.instance()
    app.initialize(arguments)  # type: ignore[no-untyped-call]
    return app
