"""What every shipped report says, checked against what is known to be wrong about forks and licenses."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from openstrat.analysis.forks.statements import wrong_statements
from openstrat.reporting.reports import build_report

pytestmark = pytest.mark.notebook
SPECS = sorted(path.stem for path in (Path(__file__).parents[2] / "reports" / "specs").glob("*.yaml"))


@pytest.fixture(scope="module", params=SPECS)
def text(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    page = build_report(request.param, {}, out=tmp_path_factory.mktemp("out")).html.read_text(encoding="utf-8")
    return visible_text(page)


def visible_text(page: str) -> str:
    """Return what a reader sees, one line a block."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", page, flags=re.DOTALL)
    shown = re.sub(r"</?(?:p|div|li|td|th|tr|h\d|section|figcaption|summary|dt|dd|br|pre|title|caption)\b[^>]*>", "\n\n", shown)
    return html.unescape(re.sub(r"<[^>]+>", "", shown))


def test_the_visible_text_has_no_scripts_and_keeps_blocks_apart() -> None:
    page = "<style>p{}</style><p>One <b>fork</b>.</p><p>Two &amp; more</p><script>BSL</script>"
    assert visible_text(page).split("\n\n") == [" ", "One fork.", "", "Two & more", " "]


def test_a_report_says_nothing_that_is_known_to_be_wrong(text: str) -> None:
    assert len(text.split()) > 200
    assert [found.sentence for found in wrong_statements(text)] == []
