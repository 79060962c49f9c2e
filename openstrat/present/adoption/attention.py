"""Waves of stars: around forks, after launches, and how long they last."""

from __future__ import annotations

from typing import Any

import pandas as pd

from openstrat.analysis.adoption.bursts import CAVEATS, RULE
from openstrat.analysis.adoption.curves import HALF_LIFE_RULE, halved_within
from openstrat.present import page
from openstrat.present.adoption.signals import BURST
from openstrat.present.charts.attention import fork_attention, half_life_dots
from openstrat.present.figure import Figure
from openstrat.present.page import Markup
from openstrat.present.theme import percent, signed_percent
from openstrat.present.words import counted, listed, readable

STARS_SOURCE = "openstrat table stars_monthly: repositories on lists of the most starred, first reading of each month"
FORKS_SOURCE = "openstrat tables stars_monthly, fork_events and activity_monthly (git histories, default branch, by committer date)"
KNOWN = {
    "deepseek-ai/DeepSeek-V3": "DeepSeek-V3", "deepseek-ai/DeepSeek-R1": "DeepSeek-R1", "xai-org/grok-1": "Grok-1",
    "open-webui/open-webui": "Open WebUI", "ollama/ollama": "Ollama", "Significant-Gravitas/AutoGPT": "AutoGPT",
    "huggingface/transformers": "transformers", "langchain-ai/langchain": "LangChain", "vllm-project/vllm": "vLLM",
    "ggml-org/llama.cpp": "llama.cpp", "pytorch/pytorch": "PyTorch", "kubernetes/kubernetes": "Kubernetes", "redis/redis": "Redis",
    "valkey-io/valkey": "Valkey", "hashicorp/terraform": "Terraform", "opentofu/opentofu": "OpenTofu", "minio/minio": "MinIO",
    "langgenius/dify": "Dify", "run-llama/llama_index": "LlamaIndex", "elastic/elasticsearch": "Elasticsearch",
}  # fmt: skip
"""Repositories that most readers of a strategy know."""


def curves_figure(curves: pd.DataFrame, bursts: pd.DataFrame) -> Figure | Markup:
    """Return stars and authors around the asked fork events, one panel each."""
    if curves.empty:
        return page.paragraph("None of the asked events has readings up to the as-of day.", css="caveat")
    asked = list(dict.fromkeys(curves["event_id"]))
    rows = bursts.set_index("event_id").reindex(asked)
    labels = {name: _heading(curves[curves["event_id"] == name], rows.loc[name]) for name in asked}
    known = rows.dropna(subset=["ratio"])
    burst = [f"{_short(row['upstream'])} {row['ratio']:.1f}" for _, row in known.iterrows() if row["ratio"] >= BURST]
    title = f"None of {len(known)} upstreams gained {BURST:g} times its usual stars or more in the month of the event"
    if burst:
        title = f"{len(burst)} of {len(known)} upstreams gained {BURST:g} times their usual stars or more ({listed(burst)} times)"
        title += f"; in the year after fewer authors were active in {_fewer(known)}"
    return fork_attention(curves, labels=labels, title=title, source=FORKS_SOURCE)


def _fewer(known: pd.DataFrame) -> str:
    """Return how many upstreams had fewer authors in the year after, of those with a burst and of the others."""
    counts = known.dropna(subset=["authors_change"])
    is_burst, is_fewer = counts["ratio"] >= BURST, counts["authors_change"] < 0
    return f"{is_fewer[is_burst].sum()} of these {is_burst.sum()} and {is_fewer[~is_burst].sum()} of the other {(~is_burst).sum()} read"


def _heading(rows: pd.DataFrame, burst: pd.Series[Any]) -> str:
    names = [_short(name) for name in rows.sort_values("side", ascending=False)["repository"].drop_duplicates()]
    change = burst["authors_change"]
    after = f", authors {signed_percent(float(change))}" if isinstance(change, float) and pd.notna(change) else ""
    return f"{' / '.join(names)}, {rows['event_month'].iloc[0]}{after}"


def _short(repository: object) -> str:
    return str(repository).rsplit("/", 1)[-1]


def bursts_table(bursts: pd.DataFrame) -> Markup:
    """Return stars in the month of each event against the usual, beside the authors' change and everybody else's."""
    named = bursts.assign(fork=[_fork_name(fork, upstream) for fork, upstream in zip(bursts["fork"], bursts["upstream"], strict=True)])
    forks = named.groupby(["upstream", "event_month"])["fork"].agg(", ".join)
    once = bursts.drop_duplicates(["upstream", "event_month"])
    rows = once.sort_values(["ratio", "event_id"], ascending=[False, True]).to_dict("records")
    shown = pd.DataFrame(
        {
            "event": [f"{_short(row['upstream'])}, {row['event_month']}" for row in rows],
            "fork": [forks.loc[(row["upstream"], row["event_month"])] for row in rows],
            "gained": [f"{row['gained_30d']:,.0f} against {row['usual_30d']:,.0f}" for row in rows],
            "times": [f"{row['ratio']:.1f}" for row in rows],
            "others": [f"{row['n_others_as_large']:.0f} of {row['n_others']}" for row in rows],
            "announced": [_times(row["announced_ratio"], row["announced_month"]) for row in rows],
            "year after": [_times(row["after_ratio"]) for row in rows],
            "authors": [_authors(row["authors_before"], row["authors_after"], row["authors_change"]) for row in rows],
            "donors": [_donors(row["donor_median"], row["n_donors"]) for row in rows],
        }
    )
    labels = {
        "gained": "stars, against usual",
        "times": "times usual",
        "others": "others with as much",
        "announced": "when announced",
        "year after": "year after",
        "authors": "authors a month, year before and after",
        "donors": "projects without an event",
    }
    title = f"Stars of the upstream around {len(shown)} events, and its authors"
    table = page.data_table(shown, name="bursts-table", title=title, source=FORKS_SOURCE, stub="event", labels=labels)
    which = "The month is that of the trigger where it is known to the month, otherwise of the announcement."
    note = f"{RULE} Under 'when announced' and 'year after': times usual. {which} {' '.join(CAVEATS)}"
    return table + page.paragraph(note, css="caveat")


def _fork_name(fork: object, upstream: object) -> str:
    return str(fork) if _short(fork) == _short(upstream) else _short(fork)


def _times(ratio: float, month: Any = None) -> str:
    if pd.isna(ratio):
        return "unknown"
    return f"{ratio:.1f}" if month is None else f"{ratio:.1f} ({month})"


def _authors(before: float, after: float, change: float) -> str:
    if pd.isna(change):
        return "not read"
    return f"{before:.1f} → {after:.1f} ({signed_percent(change)})"


def _donors(median: float, n: float) -> str:
    return "unknown" if pd.isna(median) else f"median {signed_percent(median)}, n = {n:.0f}"


def sides_table(sides: pd.DataFrame) -> Markup:
    """Return upstream and fork after a license change: stars and authors a month in each of the first two years."""
    if sides.empty:
        return page.paragraph("No license change up to the as-of day has both sides on the star lists.", css="caveat")
    rows = sides.to_dict("records")
    shown = pd.DataFrame(
        {
            "pair": [f"{_short(row['upstream'])} / {_short(row['fork'])}, year {row['year']}" for row in rows],
            "stars": [f"{_figure(row['upstream_stars_30d'])} / {_figure(row['fork_stars_30d'])}" for row in rows],
            "authors": [f"{_figure(row['upstream_authors'])} / {_figure(row['fork_authors'])}" for row in rows],
            "downloads": [_packages(row["n_packages"]) for row in rows],
        }
    )
    labels = {"pair": "upstream / fork", "stars": "stars gained in 30 days (median)", "authors": "active authors a month (mean)"}
    both = sides.dropna(subset=["upstream_stars_30d", "fork_stars_30d"])
    ahead = int((both["fork_stars_30d"] > both["upstream_stars_30d"]).sum())
    title = f"The fork gained more stars a month than its upstream in {ahead} of {len(both)} years in which both were read"
    table = page.data_table(shown, name="sides-table", title=title, source=FORKS_SOURCE, stub="pair", labels=labels)
    note = "Unknown: fewer than six months were read on that side."
    if not sides["n_packages"].any():
        note += (
            " Neither side, nor a client of it, has a package in the table of pairs, so downloads cannot be compared here: a gap, "
            "not a zero."
        )
    return table + page.paragraph(note, css="caveat")


def _figure(value: float) -> str:
    return "unknown" if pd.isna(value) else f"{value:,.0f}"


def _packages(n: int) -> str:
    return "no package listed" if n == 0 else f"{counted(n, 'package')} listed"


def half_life_figure(waves: pd.DataFrame, *, months: int = 12) -> Figure:
    """Return how long the largest wave of each repository took to halve."""
    share = halved_within(waves, months)
    title = f"{share.n_halved} of {share.n} waves of stars watched for {months} months had halved by then"
    if share.share is not None:
        title += f" ({percent(share.share)}, 95% interval {percent(share.low)} to {percent(share.high)})"
    left = int(waves["is_peak_first"].sum())
    source = (
        f"{STARS_SOURCE}; {share.n_left_out} watched for less; in {left} the first reading is the peak, so the wave may have begun before"
    )
    return half_life_dots(waves, known=KNOWN, title=title, source=source)


def half_life_note() -> Markup:
    """Return the rule of the half-life."""
    return page.paragraph(HALF_LIFE_RULE, css="caveat")


def launches_table(launches: pd.DataFrame) -> Markup:
    """Return the launches that monthly readings can see, by rule MY1 of the strategy guidance."""
    if launches.empty:
        return page.paragraph("No launch up to the as-of day was read within two months of its start.", css="caveat")
    rows = launches.to_dict("records")
    shown = pd.DataFrame(
        {
            "repository": launches["repository"],
            "started": launches["started_on"].dt.strftime("%Y-%m-%d"),
            "first": [f"{row['n_stars_first']:,} on {row['first_read_on']:%Y-%m-%d}" for row in rows],
            "month one": [_figure(value) for value in launches["first_30d"]],
            "later": [_figure(value) for value in launches["settled_30d"]],
            "left": ["unknown" if pd.isna(value) else f"{value:.1%}" for value in launches["ratio"]],
            "rule": [readable(_front_page(value)) for value in launches["is_front_page"]],
            "authors": ["not read" if pd.isna(value) else f"{value:.0f}" for value in launches["authors_settled"]],
        }
    )
    labels = {
        "first": "stars at the first reading",
        "month one": "stars a month until then",
        "later": "stars a month, days 90 to 365",
        "left": "of the first pace",
        "rule": "rule MY1",
        "authors": "authors a month, months 4 to 12",
    }
    known = launches.dropna(subset=["ratio"])
    front = [_short(name) for name in known.loc[known["is_front_page"].astype(bool), "repository"]]
    title = f"{len(front)} of {len(known)} launches fell below a tenth of their first pace" + (f": {listed(front)}" if front else "")
    table = page.data_table(shown, name="launches-table", title=title, source=FORKS_SOURCE, stub="repository", labels=labels)
    note = (
        "Launches whose start is known to the day and whose first reading came within 62 days, taken to start from zero. The rule says "
        "how attention fell, not whether anybody stayed: the authors do. Its other half, the first week, needs daily readings."
    )
    return table + page.paragraph(note, css="caveat")


def _front_page(value: Any) -> str:
    return "unknown" if pd.isna(value) else "front-page launch" if value else "not a front-page launch"
