"""Kernels that do not hang: Jupyter's asynchronous kernel manager with channels that poll, in a scratch folder of their own.

Stock papermill stalls at random on ipywidgets' `interact` (nbclient #312): a message sent on the shell channel while a reply is
awaited on the same socket consumes the socket's edge-triggered event. Waiting in short slices sees the reply all the same.
"""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import signal
import sys
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from time import monotonic
from typing import Any, ClassVar

from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.channels import AsyncZMQSocketChannel
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Type, default

SLICE_S = 0.05
SOCKET_PATH_LIMIT = 90  # sockaddr_un holds 108 bytes, and jupyter_client appends '-ipc-5'
PROVISIONER = "openstrat-warm"


def has_provisioner() -> bool:
    """Return whether Jupyter finds the provisioner of warm kernels; it does when openstrat is installed."""
    return bool(importlib.metadata.entry_points(group="jupyter_client.kernel_provisioners", name=PROVISIONER))


@dataclass
class KernelRun:
    """Where one kernel runs, its environment, and its process once it has started."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    is_warm: bool = False
    pid: int | None = None
    is_stopped: bool = False

    @property
    def log(self) -> Path:
        """File that receives what the kernel process writes by itself."""
        return self.folder / "kernel.log"

    def log_tail(self, n_lines: int = 3) -> str:
        """Return the last lines that the kernel process wrote, for the message when it died."""
        with contextlib.suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").strip().splitlines()[-n_lines:])
        return ""

    def kill(self) -> None:
        """End the kernel and everything it started, now."""
        self.is_stopped = True
        pid, self.pid = self.pid, None
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(pid, signal.SIGKILL)
            else:
                os.kill(pid, signal.SIGTERM)


class PollingChannel(AsyncZMQSocketChannel):
    """A channel that looks again every 50 ms."""

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:  # type: ignore[override]
        """Return the next message; `timeout` is in seconds, None waits forever."""
        deadline = None if timeout is None else monotonic() + timeout
        while True:
            wait = SLICE_S if deadline is None else min(SLICE_S, max(0.0, deadline - monotonic()))
            try:
                message: dict[str, Any] = await super().get_msg(timeout=wait)
            except Empty:
                if deadline is not None and monotonic() >= deadline:
                    raise
            else:
                return message


class PollingClient(AsyncKernelClient):
    """A client whose shell and iopub channels poll."""

    shell_channel_class = Type(PollingChannel)
    iopub_channel_class = Type(PollingChannel)


class PollingKernelManager(AsyncKernelManager):
    """Starts this interpreter's ipykernel; no kernelspec needs to be installed. Subclassed once per run by `manager_for`."""

    run: ClassVar[KernelRun]
    client_factory = Type(PollingClient)

    @default("connection_file")
    def _default_connection_file(self) -> str:
        return str(self.run.folder / "kernel.json")

    @default("transport")
    def _default_transport(self) -> str:
        return "ipc" if sys.platform != "win32" and len(str(self.run.folder)) < SOCKET_PATH_LIMIT else "tcp"

    @property
    def kernel_spec(self) -> KernelSpec:
        """The interpreter that runs openstrat, forked from a warm server where that is wanted and installed."""
        is_warm = self.run.is_warm and has_provisioner()
        return KernelSpec(
            argv=[sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            metadata={"kernel_provisioner": {"provisioner_name": PROVISIONER}} if is_warm else {},
        )

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override]
        """Start the kernel in the run's folder and note its process."""
        with self.run.log.open("ab") as log:
            await super().start_kernel(cwd=str(self.run.folder), env=self.run.environment, stdout=log, stderr=log, **options)
        self.run.pid = getattr(self.provisioner, "pid", None)
        if self.run.is_stopped:
            self.run.kill()

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:  # type: ignore[override]
        """Kill the process group, then let jupyter_client tidy up."""
        if now and not restart:
            self.run.kill()
        await super().shutdown_kernel(now=now, restart=restart)


def manager_for(run: KernelRun) -> type[PollingKernelManager]:
    """Return a kernel manager class bound to one run, to be passed to papermill as `kernel_manager_class`."""
    return type("ReportKernelManager", (PollingKernelManager,), {"run": run})
