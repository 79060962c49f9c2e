"""A PDF of a finished page, printed by a local Chromium with the page's own print styles."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from openstrat.errors import ReportError

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
TIME_LIMIT_S = 120


def find_chromium() -> str | None:
    """Return the browser to print with: `$CHROMIUM`, else the first Chromium or Chrome on the path, else None."""
    named = os.environ.get("CHROMIUM")
    if named:
        return shutil.which(named)
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def print_pdf(html: str) -> bytes:
    """Return the page as PDF.

    Raises
    ------
    ReportError
        If no Chromium is there, or it fails or takes longer than two minutes.
    """
    browser = find_chromium()
    if browser is None:
        raise ReportError("A PDF needs Chromium, which is not there. Install it, or set CHROMIUM=/path/to/chromium, or leave out --pdf.")
    with tempfile.TemporaryDirectory(prefix="openstrat-pdf-", ignore_cleanup_errors=True) as scratch:
        page, target = Path(scratch, "report.html"), Path(scratch, "report.pdf")
        page.write_text(html, encoding="utf-8")
        options = ["--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking", "--no-first-run"]
        options += [
            "--no-pdf-header-footer",
            "--virtual-time-budget=30000",
            f"--user-data-dir={scratch}/profile",
            f"--print-to-pdf={target}",
        ]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")  # Chromium refuses its sandbox to root
        try:
            done = subprocess.run([browser, *options, page.as_uri()], capture_output=True, text=True, timeout=TIME_LIMIT_S, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise ReportError(f"{browser} could not print the report: {error}. Leave out --pdf to get the HTML.") from None
        if not target.is_file():
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise ReportError(f"{browser} printed no PDF: {last[:200]}. Leave out --pdf to get the HTML.")
        return target.read_bytes()
