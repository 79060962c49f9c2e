"""Equal runs, equal bytes: the environment of a kernel settled before, and what differs by chance taken out of its outputs after."""

from __future__ import annotations

import hashlib
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

SETTLED = {
    "TZ": "UTC",
    "LC_ALL": "C.UTF-8",
    "LANG": "C.UTF-8",
    "PYTHONHASHSEED": "0",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
"""What every kernel sees: sums by one thread come out the same on every number of cores."""
UNSETTLING = (
    *("COLUMNS", "LINES", "LANGUAGE", "TERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "MKL_NUM_THREADS"),
    *("PYTHONDEVMODE", "PYTHONIOENCODING", "PYTHONOPTIMIZE", "PYTHONUTF8", "PYTHONWARNINGS"),
)
"""What a kernel does not see, since it would change how texts, warnings and sums come out."""
SHORTEST_PLACE = 4
_RUN_FOLDER = re.compile(r"(?<![\w.~/\\-])(?:[A-Za-z]:)?[\w.~/\\-]*[/\\]openstrat-[a-z0-9_]{8}(?=[/\\]|\b)")
_CELL_FILE = re.compile(r"(?<![\w.~/\\-])(?:[A-Za-z]:)?[\w.~/\\-]*[/\\]ipykernel_\d+[/\\]\d+\.py")
_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,}")
_ELEMENT = re.compile(
    r"""\bid=(["'])(?P<id>T_[0-9a-f]{5}|[a-z]{10}|[\w-]*[0-9a-f]{32}|[\w-]*[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\1"""
)


def settled_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """Return an environment in which equal code prints equal text, wherever and whenever it runs."""
    return {name: value for name, value in environment.items() if name not in UNSETTLING and not name.startswith("LC_")} | SETTLED


def settle(content: dict[str, Any]) -> None:
    """Take out of an executed notebook what differs between two equal runs, in place.

    Streams are joined between two displays (how often a kernel flushes is chance), folders of this machine and addresses in memory
    are replaced, and random element ids of foreign HTML become hashes of what they belong to.
    """
    replace = place_remover()
    for cell in content["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = joined_streams(cell.get("outputs", []))
            for number, output in enumerate(cell["outputs"]):
                _settle_output(output, replace, f"{cell.get('id')}/{number}")


def joined_streams(outputs: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the outputs with at most one stdout and one stderr, in this order, between two that are no streams.

    The value of a cell is its last output, so a text that arrives after it was only slow, and goes before it.
    """
    outputs = sorted(outputs, key=lambda output: output["output_type"] == "execute_result")
    joined: list[dict[str, Any]] = []
    waiting: dict[str, dict[str, Any]] = {}
    for output in outputs:
        if output["output_type"] != "stream":
            joined += [*_in_order(waiting), output]
            waiting = {}
        elif output["name"] in waiting:
            waiting[output["name"]]["text"] += _text(output["text"])
        else:
            waiting[output["name"]] = {**output, "text": _text(output["text"])}
    return [*joined, *_in_order(waiting)]


def _in_order(streams: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    return [streams[name] for name in sorted(streams, reverse=True)]


def _text(value: object) -> str:
    return "".join(value) if isinstance(value, list) else str(value)


def _lines(text: str) -> list[str]:
    """Return a text as notebooks store it: its lines, at line feeds only."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def place_remover(extra: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Return a function that replaces folders of this machine, cell files and memory addresses in a text.

    Parameters
    ----------
    extra
        More folders, with the name that stands for each.
    """
    named = dict(extra or {}) | {
        sys.prefix: "<python>",
        sys.base_prefix: "<python>",
        str(Path(__file__).resolve().parents[2]): "<openstrat>",
    }
    named |= {tempfile.gettempdir(): "<temporary>", str(Path.home()): "<home>"}
    places = sorted((place for place in named if len(place) >= SHORTEST_PLACE), key=lambda place: (-len(place), place))
    pattern = re.compile(rf"(?<![\w.~-])(?:{'|'.join(map(re.escape, places))})(?![\w.-])")

    def replace(text: str) -> str:
        text = _RUN_FOLDER.sub("<run>", _CELL_FILE.sub("<cell>", text))
        return _ADDRESS.sub("", pattern.sub(lambda found: named[found[0]], text))

    return replace


def settled_ids(html: str, place: str) -> str:
    """Return HTML whose random element ids (of Styler, great_tables, Altair's renderer) are hashes of the HTML and its place."""
    found = list(dict.fromkeys(match["id"] for match in _ELEMENT.finditer(html)))
    random = [name for name in found if not (name.isalpha() and name.islower()) or f"#{name} .gt_" in html]
    bare = html
    for name in random:
        bare = bare.replace(name, "")
    for number, name in enumerate(random):
        digest = hashlib.sha256(f"{place}/{number}/{bare}".encode()).hexdigest()
        html = html.replace(name, f"id-{digest[:12]}")
    return html


def _settle_output(output: dict[str, Any], replace: Callable[[str], str], place: str) -> None:
    if output["output_type"] == "stream":
        output["text"] = _lines(replace(_text(output["text"])))
    elif output["output_type"] == "error":
        output["evalue"] = replace(output["evalue"])
        output["traceback"] = [replace(line) for line in output["traceback"]]
    data = output.get("data", {})
    for mime in [mime for mime in data if mime.startswith("text/")]:
        text = replace(_text(data[mime]))
        data[mime] = _lines(settled_ids(text, place) if mime == "text/html" else text)
