"""Which figure or place an open answer hangs on."""

from __future__ import annotations

from openstrat.analysis.licenses.askers import Asker
from openstrat.analysis.licenses.missing import missing_figures
from openstrat.analysis.licenses.permissions import may, ruling_frame
from openstrat.tables.store import read_table

TERMS, THRESHOLDS = read_table("license_terms"), read_table("license_thresholds")


def missing(license_id: str, **figures: float | str) -> tuple[str, ...]:
    asker = Asker("product", **figures)  # type: ignore[arg-type]
    return missing_figures(ruling_frame([may(license_id, asker, TERMS, THRESHOLDS)]), asker, THRESHOLDS)[0]


def test_the_figure_in_the_unit_of_each_open_test_is_missing() -> None:
    assert missing("LicenseRef-Llama-2") == ("users",)
    assert missing("LicenseRef-Jamba-Open-Model") == ("revenue_usd",)
    assert missing("PolyForm-Small-Business-1.0.0", revenue_usd=1) == ("people",)


def test_the_place_is_missing_where_a_region_is_shut_out() -> None:
    assert missing("LicenseRef-Llama-4", users=1) == ("territory",)


def test_nothing_is_missing_from_a_settled_answer() -> None:
    assert missing("MIT") == ()
    assert missing("LicenseRef-Llama-2", users=1) == ()


def test_terms_that_were_not_read_are_not_settled_by_any_figure() -> None:
    asker = Asker("product")
    unread = ruling_frame([may("LicenseRef-TSL", asker, TERMS, THRESHOLDS, read_table("licenses"))])
    assert missing_figures(unread, asker, THRESHOLDS) == [()]
