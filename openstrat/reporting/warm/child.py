"""What a forked child does first: become what a fresh process would have been, or refuse."""

from __future__ import annotations

import ctypes
import importlib.util
import io
import os
import signal
import socket
import sys
import tempfile
import time
import warnings
from dataclasses import dataclass
from pathlib import Path

from openstrat.reporting.warm.protocol import KEPT_BY_PYTHON, Request, pack, receive_request

PR_SET_PDEATHSIG = 1
REQUEST_S = 30.0
LAUNCHER = "ipykernel_launcher"
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Child:
    """A forked process with its client at the other end of the connection."""

    connection: socket.socket
    key: str


def run(child: Child) -> None:
    """Read the request, become its process, do its task."""
    _die_with_server()
    os.setsid()
    child.connection.settimeout(REQUEST_S)
    try:
        request, streams = receive_request(child.connection)
        reason = refusal(request, child.key)
    except (OSError, ValueError) as error:
        request, streams, reason = None, [], str(error)
    if request is None or reason:
        child.connection.send(pack({"refused": reason}))
        return
    become(request, streams)
    child.connection.send(pack({"pid": os.getpid()}))
    child.connection.settimeout(None)
    if request.task == "kernel":
        child.connection.close()
        start_kernel(request.arguments)
    else:
        from openstrat.reporting.warm.worker import work

        work(request.arguments, child.connection)


def refusal(request: Request, key: str) -> str:
    """Return why a fork would not be as good as a fresh process, or ''."""
    if request.key != key:
        return "another server's key"
    hidden = shadowed(Path(request.folder))
    if hidden:
        return f"{hidden} in the working folder hides a module that is loaded already"
    return "" if Path(request.folder).is_dir() else "no such working folder"


def shadowed(folder: Path) -> str:
    """Return the name of a module in `folder` that a fresh process would import instead of the one that is loaded here, or ''.

    A notebook's working folder is on its import path.
    """
    loaded = {name.partition(".")[0] for name in sys.modules} - {"__main__", "__mp_main__"}
    try:
        entries = list(folder.iterdir())
    except OSError:
        return ""
    for entry in entries:
        stem, _, ending = entry.name.partition(".")
        if stem in loaded:
            file = entry if ending else entry / "__init__.py"
            is_module = (ending == "py" or ending.endswith("so") or not ending) and file.is_file()
            if is_module and not _is_loaded_from(stem, file):
                return entry.name
    return ""


def _is_loaded_from(name: str, file: Path) -> bool:
    origin = getattr(sys.modules.get(name), "__file__", None)
    return origin is not None and file.resolve() == Path(origin).resolve()


def become(request: Request, streams: list[int]) -> None:
    """Take over streams, environment, folder, masks and signals; draw fresh random numbers."""
    for target, stream in enumerate(streams):
        os.dup2(stream, target, inheritable=True)
    for stream in streams:
        os.close(stream)
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        _reopen(name, mode)
    environment = {**request.environment, "JPY_PARENT_PID": str(os.getppid())}
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(request.folder)
    os.umask(request.umask)
    tempfile.tempdir = None  # chosen again, from this environment
    _restore_signals(request)
    _reseed()


def _reopen(name: str, mode: str) -> None:
    """Make Python's stream anew for the file it now stands on, as a fresh interpreter would."""
    number = {"stdin": 0, "stdout": 1, "stderr": 2}[name]
    old = getattr(sys, name)
    raw = io.FileIO(number, mode, closefd=False)
    raw.name = f"<{name}>"
    reads = mode == "r"
    buffer = io.BufferedReader(raw) if reads else raw if old.write_through else io.BufferedWriter(raw)
    is_by_line = old.line_buffering or (not old.write_through and os.isatty(number))
    new = io.TextIOWrapper(
        buffer,
        encoding=old.encoding,
        errors=old.errors,
        line_buffering=is_by_line,
        write_through=old.write_through,
    )
    setattr(new, "mode", mode)  # noqa: B010 - read-only to the type checker, set by the interpreter too
    setattr(sys, name, new)
    setattr(sys, f"__{name}__", new)


def _restore_signals(request: Request) -> None:
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP, *KEPT_BY_PYTHON}:
        if signal.getsignal(number) not in (signal.SIG_DFL, None):
            signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for ignored in request.ignored:
        signal.signal(ignored, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, request.blocked)


def _reseed() -> None:
    """Give the child its own random numbers; Python's `random` reseeds itself on a fork."""
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed()
    if "multiprocessing.process" in sys.modules:
        sys.modules["multiprocessing.process"].current_process().authkey = os.urandom(32)


def _die_with_server() -> None:
    """Ask the system to kill this process when the server ends; the server has one thread, so the rule means what it says."""
    server = os.getppid()
    _LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != server or server == 1:
        os._exit(1)


def start_kernel(arguments: list[str]) -> None:
    """Be an IPython kernel until it is shut down; `arguments` are those of `ipykernel_launcher`."""
    from ipykernel.kernelapp import IPKernelApp

    launcher = importlib.util.find_spec(LAUNCHER)
    sys.argv = [str(launcher.origin if launcher else LAUNCHER), *arguments]
    app = IPKernelApp.instance(parent_handle=os.getppid())  # read from the environment when the class was made, in the server
    app.initialize()  # type: ignore[no-untyped-call]
    if "ipywidgets" in sys.modules:
        join_widgets()
    app.start()  # type: ignore[no-untyped-call]


def join_widgets() -> None:
    """Register ipywidgets with this kernel, which it does on import when a kernel is there already."""
    from ipywidgets import register_comm_target

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        register_comm_target()
