"""Numbers in sentences: formatted for readers, exact for programs, escaped."""

from __future__ import annotations

import math

import pytest

from openstrat.present.facts import fact, formatted, sentence


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.4234, "share", "42%"),
        (1234, "", "1,234"),
        (3.14159, "months", "3.14 months"),
        (12345.6, "USD", "12,300 USD"),
        (None, "", "unknown"),
        ("2024-05-01", "", "2024-05-01"),
    ],
)
def test_a_value_is_shown_as_readers_expect(value: float | str | None, unit: str, text: str) -> None:
    assert formatted(value, unit) == text
    assert fact("name", value, unit).text == text


def test_the_exact_value_and_its_sources_travel_along() -> None:
    html = fact("alive", 0.4234, "share", sources=["osi"], tables=["fork_events", "projects"]).html
    for written in (
        'value="0.4234"',
        'data-name="alive"',
        'data-unit="share"',
        'data-tables="fork_events; projects"',
        'data-sources="osi"',
    ):
        assert written in html
    assert 'value="null"' in fact("unknown", math.nan).html


def test_text_and_values_are_escaped() -> None:
    made = sentence("<b>{n}</b>", n=fact("n", 3, text="<script>"))
    assert made.html.startswith("&lt;b&gt;<data ")
    assert "<script>" not in made.html
    assert made.text == "<b><script></b>"


def test_a_place_without_a_fact_is_an_error() -> None:
    with pytest.raises(KeyError):
        sentence("{n} of {m}", n=fact("n", 1))
