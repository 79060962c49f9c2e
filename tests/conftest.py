"""Browser tests need a Chromium; where there is none, the run says which checks it could not make."""

from __future__ import annotations

import pytest
from hypothesis import settings

from openstrat.reporting.pdf import find_chromium

settings.register_profile("openstrat", deadline=None)
settings.load_profile("openstrat")

REASON = "no chromium; install it or set CHROMIUM"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip browser tests when no Chromium is there."""
    if find_chromium() is None:
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=REASON))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly what was not checked; read from the reports, so that it also holds with several workers."""
    missing = sorted(report.nodeid for report in terminalreporter.stats.get("skipped", []) if REASON in str(report.longrepr))
    if missing:
        terminalreporter.section("browser checks NOT run: no chromium found")
        for nodeid in missing:
            terminalreporter.write_line(nodeid)
