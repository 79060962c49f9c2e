"""Dask as the carrier of a portfolio's runs; it is not needed for anything else."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from openstrat.errors import InputError, OpenstratError

LOCAL = "local"
CONNECT_S = 10


@contextlib.contextmanager
def dask_executor(address: str, jobs: int) -> Iterator[Executor]:
    """Yield an executor on a dask cluster; its workers need this installation and the same folders.

    Parameters
    ----------
    address
        Of a scheduler, such as `tcp://host:8786`; `local` starts `jobs` worker processes on this machine and ends them afterwards.
    jobs
        Number of local workers.

    Raises
    ------
    InputError
        If dask is not installed.
    OpenstratError
        If the scheduler does not answer.
    """
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise InputError("--dask needs dask, which is not installed. Install it with: pip install distributed. Or use --jobs.") from None
    with contextlib.ExitStack() as stack:
        if address == LOCAL:
            options = {"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": None, "host": "127.0.0.1"}
            target = stack.enter_context(distributed.LocalCluster(**options))
        else:
            target = address
        try:
            client = stack.enter_context(distributed.Client(target, timeout=CONNECT_S))
        except (OSError, ValueError) as error:
            raise OpenstratError(f"No dask scheduler answers at {address!r}: {error}. Start one, or use --dask local.") from None
        yield client.get_executor(pure=False, retries=0)
