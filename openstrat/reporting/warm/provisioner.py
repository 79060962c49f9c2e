"""A Jupyter kernel provisioner: kernels fork from a warm server, and start cold whenever anything is unusual.

Jupyter finds it under the entry point `openstrat-warm`; a kernelspec asks for it in `metadata.kernel_provisioner`.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from pathlib import Path
from typing import Any

from jupyter_client.provisioning.local_provisioner import LocalProvisioner

from openstrat.reporting.warm import client

USUAL = frozenset({"env", "cwd", "stdin", "stdout", "stderr", "independent", "kernel_id", "extra_arguments"})
LAUNCH = ("-m", "ipykernel_launcher")


class WarmProvisioner(LocalProvisioner):
    """Starts `python -m ipykernel_launcher` by a fork of a warm process; anything else, and any failure, as Jupyter does."""

    process: Any = None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> Any:
        """Launch the kernel and return its connection information."""
        try:
            process = await asyncio.to_thread(self._fork, list(cmd), dict(kwargs))
        except client.NotWarmError as reason:
            self.log.info("Kernel starts cold: %s.", reason)
            return await super().launch_kernel(cmd, **kwargs)
        self.process = process
        self.pid = self.pgid = process.pid
        self.cwd = kwargs.get("cwd") or Path.cwd()
        return self.connection_info

    async def cleanup(self, restart: bool = False) -> None:
        """Hang up, so that the server kills what the kernel left behind, then do what Jupyter does."""
        if isinstance(self.process, client.WarmProcess):
            self.process.close()
        await super().cleanup(restart=restart)

    def _fork(self, cmd: list[str], kwargs: dict[str, Any]) -> client.WarmProcess:
        """Return the forked kernel.

        Raises
        ------
        NotWarmError
            If command or circumstances are not those of a plain kernel of this interpreter.
        """
        unusual = sorted(kwargs.keys() - USUAL)
        if unusual or kwargs.get("independent"):
            raise client.NotWarmError(f"unusual launch options: {', '.join(unusual) or 'independent'}")
        if not cmd or not _is_this_interpreter(cmd[0]) or tuple(cmd[1:3]) != LAUNCH:
            raise client.NotWarmError("not this interpreter's plain ipykernel")
        environment = {str(name): str(value) for name, value in (kwargs.get("env") or os.environ).items()}
        folder = str(Path(kwargs.get("cwd") or Path.cwd()).resolve())
        with contextlib.ExitStack() as opened:
            streams = [_descriptor(kwargs.get(name), number, opened) for number, name in enumerate(("stdin", "stdout", "stderr"))]
            return client.fork("kernel", cmd[3:], environment=environment, folder=folder, streams=streams)


def _is_this_interpreter(command: str) -> bool:
    """Return whether a command is the running interpreter; links are not followed, for they are what tells environments apart."""
    return os.path.abspath(command) == os.path.abspath(sys.executable)  # noqa: PTH100 - resolve() would follow links


def _descriptor(stream: Any, number: int, opened: contextlib.ExitStack) -> int:
    """Return the file descriptor to hand over for a standard stream, as `subprocess` would.

    Raises
    ------
    NotWarmError
        If it would have to be a pipe to this process.
    """
    if stream is None and number > 0:
        return number
    if stream is None or stream == -3:  # subprocess.DEVNULL
        return opened.enter_context(open(os.devnull, "r+b", buffering=0)).fileno()  # noqa: PTH123
    handle = stream if isinstance(stream, int) else stream.fileno()
    if handle < 0:
        raise client.NotWarmError("a standard stream is a pipe")
    return int(handle)
