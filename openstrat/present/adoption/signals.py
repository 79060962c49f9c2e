"""Stars and downloads: what one says about the other, in figures, a table and the words around them."""

from __future__ import annotations

import pandas as pd

from openstrat.analysis.adopting import Adoption
from openstrat.analysis.adoption.correlation import RankCorrelation
from openstrat.analysis.adoption.pairs import ABSENCE, COMPARABLE, LIST_GROWTH, MEANING, SELECTION
from openstrat.present import page
from openstrat.present.charts.adoption import correlations_over_time, stars_against_downloads
from openstrat.present.figure import Figure
from openstrat.present.page import Facts, Markup
from openstrat.tables.fork_terms import PackageRelation

BURST = 1.5
"""Times the usual gain from which a month counts as a burst."""
PAIRS_SOURCE = "openstrat tables stars_monthly, package_downloads and repository_packages; sample picked by stars"
KNOWN = {
    "psf/requests": "requests", "tensorflow/tensorflow": "tensorflow", "ollama/ollama": "ollama", "langflow-ai/langflow": "langflow",
    "huggingface/transformers": "transformers", "vllm-project/vllm": "vLLM", "open-webui/open-webui": "Open WebUI",
    "yt-dlp/yt-dlp": "yt-dlp",
    "numpy/numpy": "numpy", "pandas-dev/pandas": "pandas", "langchain-ai/langchain": "langchain", "fastapi/fastapi": "FastAPI",
    "pytorch/pytorch": "PyTorch", "milvus-io/milvus": "milvus", "qdrant/qdrant": "qdrant", "langgenius/dify": "dify",
    "openai/whisper": "whisper", "getsentry/sentry": "sentry", "duckdb/duckdb": "duckdb", "home-assistant/core": "Home Assistant",
    "firecrawl/firecrawl": "firecrawl", "apache/spark": "spark", "astral-sh/uv": "uv", "ansible/ansible": "ansible",
    "dmlc/xgboost": "xgboost", "microsoft/markitdown": "markitdown", "browser-use/browser-use": "browser-use",
    "ytdl-org/youtube-dl": "youtube-dl", "PaddlePaddle/PaddleOCR": "PaddleOCR",
}  # fmt: skip
"""Repositories that most readers know, with the name to write beside them; the first ones get room first."""


def rho_words(result: RankCorrelation, *, is_short: bool = False) -> str:
    """Return a correlation in words: '−0.14 (95% interval −0.42 to 0.16, n = 44)', or that there are too few."""
    if result.rho is None or result.low is None or result.high is None:
        return f"too few projects for a figure (n = {result.n})"
    if is_short:
        return signed(result.rho)
    return f"{signed(result.rho)} (95% interval {signed(result.low)} to {signed(result.high)}, n = {result.n})"


def signed(value: float) -> str:
    """Return a correlation with two digits and a true minus."""
    text = f"{value:.2f}".replace("-", "−")
    return "0.00" if text == "−0.00" else text


def is_clear(result: RankCorrelation) -> bool:
    """Whether the interval leaves out zero."""
    return result.low is not None and result.high is not None and (result.low > 0 or result.high < 0)


def level_words(result: RankCorrelation) -> str:
    """Return in a clause what the level of stars says about the level of downloads."""
    if result.rho is None:
        return "too few projects to tell whether stars rank downloads"
    if not is_clear(result):
        return "stars did not tell which is downloaded most"
    return "more starred projects were downloaded more" if result.rho > 0 else "more starred projects were downloaded less"


def adoption_facts(adoption: Adoption, *, as_of: str) -> Facts:
    """Return the report's title and verdict line."""
    verdict = f"Among {adoption.level.n} much starred projects, {level_words(adoption.level)}"
    return Facts({"title": "Adoption signals", "verdict": verdict, "as_of": as_of, "status": "real"})


def adoption_glance(adoption: Adoption, bursts: pd.DataFrame) -> Markup:
    """Return the key figures and what they add up to."""
    month = f"{adoption.month:%Y-%m}"
    figures = {
        "stars against downloads": (rho_words(adoption.level, is_short=True), f"rank correlation, {month}, {_interval(adoption.level)}"),
        "their growth in 12 months": (
            rho_words(adoption.change, is_short=True),
            f"rank correlation, {month}, {_interval(adoption.change)}",
        ),
        "growth, all months": (
            rho_words(adoption.pooled_change, is_short=True),
            f"{adoption.pooled_change.window.split(',')[0]}, {_interval(adoption.pooled_change)}",
        ),
        "on both lists": (
            f"{adoption.coverage.n_both} of {adoption.coverage.n_pairs}",
            f"comparable pairs in {month}; the rest is unknown",
        ),
    }
    sentences = [
        f"In {month}, {level_words(adoption.level)}: rank correlation {rho_words(adoption.level)}.",
        _growth_sentence(adoption),
        _burst_sentence(bursts),
        "Use stars to see that attention grows or fades, not to size adoption or to compare two projects.",
        "All of this holds for a sample picked by its stars; the next box says who is in it and what that does to the numbers.",
    ]
    return page.kpis(figures) + page.callout("What the signals say", page.bullets(sentences), css="verdict")


def _interval(result: RankCorrelation) -> str:
    if result.low is None or result.high is None:
        return f"n = {result.n}"
    return f"95% {signed(result.low)} to {signed(result.high)}, n = {result.n}"


def _growth_sentence(adoption: Adoption) -> str:
    long = adoption.established
    years = long.months_listed_least / 12
    if not is_clear(adoption.change):
        return f"Growth over 12 months: {rho_words(adoption.change)}; that is not told apart from none."
    both = f"Growth moved together: projects that gained stars faster also gained downloads faster, {rho_words(adoption.change)}."
    held = f"Among packages {years:g} or more years on the list: {rho_words(long)}."
    return f"{both} {held} Youth, which lifts both, is {'not all of it' if is_clear(long) else 'a possible reason'}."


def _burst_sentence(bursts: pd.DataFrame) -> str:
    both = bursts.dropna(subset=["authors_change"]).drop_duplicates(["upstream", "event_month"])
    has_burst = both["ratio"] >= BURST
    if not has_burst.any():
        return f"In none of {len(both)} forked projects with both counts did the upstream gain {BURST:g} times its usual stars or more."
    fewer = both["authors_change"] < 0
    return (
        f"In {has_burst.sum()} of {len(both)} forked projects with both counts, the upstream gained {BURST:g} times its usual stars or "
        f"more in the month of the event. In the year after, fewer authors were active in {fewer[has_burst].sum()} of these "
        f"{has_burst.sum()} and in {fewer[~has_burst].sum()} of the other {(~has_burst).sum()}: too few to tell the two apart."
    )


def selection_box(adoption: Adoption) -> Markup:
    """Return how the sample came about and what that does to every number below."""
    cover = adoption.coverage
    seen = (
        f"In {adoption.month:%Y-%m}, {cover.n_both} of {cover.n_pairs} comparable pairs were on both lists, {cover.n_downloads_only} on "
        f"the list of downloads only, {cover.n_stars_only} on a list of stars only, {cover.n_neither} on neither. The list of downloads "
        f"held {cover.list_length or 0:,} packages; the least starred repository had {cover.n_stars_least or 0:,} stars."
    )
    return page.callout(
        "Read this first: who is in the sample", page.bullets([SELECTION, seen, ABSENCE, LIST_GROWTH, MEANING]), css="finding"
    )


def scatter_figure(adoption: Adoption) -> Figure:
    """Return the latest month as a scatter, clients and parts with another shape."""
    inside = adoption.pairs[adoption.pairs["month"] == adoption.month]
    n_clients = int(inside["is_client"].sum())
    title = f"{adoption.month:%B %Y}: {level_words(adoption.level)}; rank correlation {rho_words(adoption.level)}"
    clients = (
        f"; {n_clients} clients of servers and {_count(inside, PackageRelation.PART_OF_PROJECT)} parts drawn, not counted"
        if n_clients
        else ""
    )
    return stars_against_downloads(inside, known=KNOWN, title=title, source=PAIRS_SOURCE + clients)


def _count(pairs: pd.DataFrame, relation: PackageRelation) -> int:
    return int((pairs["relation"] == relation.value).sum())


def correlations_figure(adoption: Adoption) -> Figure:
    """Return both correlations by month with their intervals."""
    known = adoption.by_month.dropna(subset="rho")
    clear = known.assign(is_clear=(known["low"] > 0) | (known["high"] < 0)).groupby("measure")["is_clear"].agg(["sum", "size"])
    parts = {name: f"{clear.loc[name, 'sum']} of {clear.loc[name, 'size']} months" for name in clear.index}
    changes = (
        f"their growth over 12 months in {parts['change_12m']}"
        if "change_12m" in parts
        else "their growth has no month with enough projects"
    )
    title = f"Stars and downloads were clearly related in {parts['level']}, {changes}"
    return correlations_over_time(adoption.by_month, title=title, source=f"{PAIRS_SOURCE}; comparable pairs only, 95% bootstrap bands")


def correlations_table(adoption: Adoption) -> Markup:
    """Return every correlation of the report with its window, number, interval and rule."""
    results = {
        "stars and downloads": adoption.level,
        "the same, clients and parts included": adoption.every_relation,
        "the same, all months": adoption.pooled_level,
        "growth in 12 months": adoption.change,
        f"the same, {adoption.established.months_listed_least} months or longer on the list": adoption.established,
        "growth in 12 months, all months": adoption.pooled_change,
    }
    shown = pd.DataFrame(
        {
            "what": list(results),
            "window": [item.window.split(",", maxsplit=1)[0] for item in results.values()],
            "rank correlation": [rho_words(item, is_short=True) if item.rho is not None else "too few" for item in results.values()],
            "95% interval": [_range(item) for item in results.values()],
            "projects": [item.n for item in results.values()],
        }
    )
    title = f"{len(shown)} rank correlations, each with its sample"
    clients = adoption.pairs[(adoption.pairs["month"] == adoption.month) & adoption.pairs["is_client"]]
    apart = (
        f"Clients stand apart ({len(clients)} in {adoption.month:%Y-%m}). A client is downloaded by those who talk to a server, not by "
        "those who run it. "
    )
    rules = f"One month: {adoption.level.rule} All months: {adoption.pooled_change.rule} "
    note = page.paragraph(apart + rules + SELECTION, css="caveat")
    return page.data_table(shown, name="correlations-table", title=title, source=PAIRS_SOURCE, stub="what", whole=["projects"]) + note


def _range(result: RankCorrelation) -> str:
    if result.low is None or result.high is None:
        return "none"
    return f"{signed(result.low)} to {signed(result.high)}"


def extremes_table(adoption: Adoption, *, most: int = 5) -> Markup:
    """Return the projects that the two lists place most differently: far more starred than downloaded, and the other way."""
    inside = adoption.pairs[(adoption.pairs["month"] == adoption.month) & adoption.pairs["relation"].isin(COMPARABLE)]
    places = pd.DataFrame(
        {"repository": inside["repository"], "stars": inside["n_stars"].astype(int), "downloads": inside["n_downloads_30d"].astype(int)}
    )
    places["by stars"] = places["stars"].rank(ascending=False, method="min").astype(int)
    places["by downloads"] = places["downloads"].rank(ascending=False, method="min").astype(int)
    ordered = places.assign(gap=places["by downloads"] - places["by stars"]).sort_values(["gap", "repository"], ascending=[False, True])
    shown = pd.concat([ordered.head(most), ordered.tail(most)]).drop(columns="gap").drop_duplicates("repository")
    title = f"Placed most differently among {len(places)} projects, {adoption.month:%Y-%m}"
    labels = {"by stars": "place by stars", "by downloads": "place by downloads", "downloads": "downloads in 30 days"}
    whole = ["stars", "downloads", "by stars", "by downloads"]
    table = page.data_table(shown, name="extremes-table", title=title, source=PAIRS_SOURCE, stub="repository", labels=labels, whole=whole)
    note = "Above: far more starred than downloaded; below: the reverse. A program people run is downloaded once, a library by every build."
    return table + page.paragraph(note, css="caveat")
