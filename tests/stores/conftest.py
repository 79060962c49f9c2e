"""Outputs elsewhere on real stores, runs on dask; where a package for them is missing, the run says which checks it did not make."""

from __future__ import annotations

import importlib.util
import uuid
from collections.abc import Iterator

import pytest

NOT_HERE = "not run: this environment has no"


def _need(*names: str) -> None:
    missing = [name for name in names if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{NOT_HERE} {', '.join(missing)}")


@pytest.fixture
def memory_url() -> Iterator[str]:
    """Return a URL in memory, emptied afterwards."""
    _need("fsspec")
    import fsspec

    yield "memory://shelf/out"
    fsspec.filesystem("memory").rm("/shelf", recursive=True)


@pytest.fixture
def dask_is_here() -> None:
    """Skip where dask is not installed."""
    _need("distributed")


@pytest.fixture
def s3_url(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Return a URL in a bucket of a local S3 server on the loopback interface, which ends with the test."""
    _need("fsspec", "s3fs", "moto")
    import s3fs
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    for name, value in {"ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret", "DEFAULT_REGION": "us-east-1"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("AWS_ENDPOINT_URL", address)
    s3fs.S3FileSystem.clear_instance_cache()
    bucket = f"shelf-{uuid.uuid4().hex}"
    s3fs.S3FileSystem().mkdir(bucket)
    yield f"s3://{bucket}/out"
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what was not checked."""
    missing = sorted(report.nodeid for report in terminalreporter.stats.get("skipped", []) if NOT_HERE in str(report.longrepr))
    if missing:
        terminalreporter.section("checks of outputs elsewhere and of dask NOT run: fsspec, a local S3 server or dask is not installed")
        for nodeid in missing:
            terminalreporter.write_line(nodeid)
