"""Charts drawn as files: the same bytes in every time zone, with finding and source, nothing from the web."""

from __future__ import annotations

import pytest

from openstrat.errors import ReportError
from openstrat.reporting.images import draw, drawable, kinds_of

SPEC = {
    "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
    "data": {"values": [{"t": "2024-01-01", "y": 1}, {"t": "2024-06-01T12:00", "y": 3}]},
    "mark": "line",
    "encoding": {"x": {"field": "t", "type": "temporal"}, "y": {"field": "y", "type": "quantitative"}},
    "usermeta": {"openstrat": {"title": "Twice as many in June", "source": "openstrat table projects", "n": "2"}},
}


def test_both_kinds_are_named_by_figure() -> None:
    files = draw([SPEC, SPEC], kinds_of("both"))
    assert sorted(files) == ["figure-1.png", "figure-1.svg", "figure-2.png", "figure-2.svg"]
    assert files["figure-1.png"].startswith(b"\x89PNG")
    assert b"Twice as many in June" in files["figure-1.svg"]
    assert b"Source: openstrat table projects. n = 2" in files["figure-1.svg"]


def test_the_time_zone_of_the_caller_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    for zone in ("UTC", "Asia/Tokyo"):
        monkeypatch.setenv("TZ", zone)
        made.append(draw([SPEC], ["svg"])["figure-1.svg"])
    assert made[0] == made[1]


def test_data_from_the_web_are_refused_and_the_figure_is_named() -> None:
    with pytest.raises(ReportError, match="figure 1"):
        draw([SPEC | {"data": {"url": "https://example.org/data.csv"}}], ["svg"])


def test_a_chart_alone_has_a_width_and_a_page_keeps_its_own() -> None:
    assert drawable(SPEC)["width"] == 760
    assert "width" not in drawable({"hconcat": [], "usermeta": {}})
    assert draw([], ["svg"]) == draw([SPEC], []) == {}
