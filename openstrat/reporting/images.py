"""Charts as SVG and PNG files, drawn by vl-convert in a process of its own: same specification, same bytes.

Vega reads the local time zone, and vl-convert's threads do not survive a fork; a child process with a settled environment has
neither problem. Nothing is loaded from the web.
"""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openstrat.errors import ReportError
from openstrat.reporting.figures import is_composed, one_line, title_text
from openstrat.reporting.settle import settled_environment

KINDS = ("svg", "png")
WIDTH = 760
SCALE = 2.0
TITLE_LETTERS, NOTE_LETTERS = 84, 110
LIMIT_S = 300


def kinds_of(name: str) -> tuple[str, ...]:
    """Return the kinds of images that `--images` names: none, one, or `both`."""
    return KINDS if name == "both" else (name,) if name else ()


def image_name(number: int, kind: str) -> str:
    """Return the file of a figure: `figure-1.svg` for the element `figure-1` of the page."""
    return f"figure-{number}.{kind}"


def drawable(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a chart's specification as it stands alone: 760 px wide unless composed, its finding above, its source below that."""
    plain = dict(spec)
    words = (plain.pop("usermeta", None) or {}).get("openstrat") or {}
    title = str(words.get("title") or title_text(plain.get("title")))
    notes = [f"Source: {words['source']}" if words.get("source") else "", f"n = {words['n']}" if words.get("n") is not None else ""]
    note = ". ".join(part.rstrip(".") for part in notes if part)
    if title:
        plain["title"] = {"text": _lines(title, TITLE_LETTERS), "anchor": "start", "frame": "group"}
        plain["title"] |= {"subtitle": _lines(note, NOTE_LETTERS)} if note else {}
    if "width" not in plain and not is_composed(plain):
        plain |= {"width": WIDTH, "autosize": plain.get("autosize", {"type": "fit-x", "contains": "padding"})}
    return {"background": "white"} | {str(key): one_line(value) for key, value in plain.items()}


def _lines(text: str, letters: int) -> list[str]:
    return textwrap.wrap(text, letters, break_on_hyphens=False)


def draw(specs: Sequence[Mapping[str, Any]], kinds: Iterable[str]) -> dict[str, bytes]:
    """Return image files by name, for every figure in every kind.

    Raises
    ------
    ReportError
        Naming the figure that cannot be drawn, and why.
    """
    wanted = list(kinds)
    if not specs or not wanted:
        return {}
    order = json.dumps({"specs": [drawable(spec) for spec in specs], "kinds": wanted})
    environment = settled_environment(os.environ)
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).resolve().parents[2]), *filter(None, [environment.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "openstrat.reporting.images"]
    try:
        ended = subprocess.run(command, input=order, capture_output=True, text=True, timeout=LIMIT_S, env=environment, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ReportError(f"The charts could not be drawn as images: {error}. Try again, or leave --images out.") from None
    if ended.returncode:
        raise ReportError(f"The charts could not be drawn as images: {ended.stderr.strip()[-400:]} Leave --images out to go on.")
    return {name: base64.b64decode(encoded) for name, encoded in json.loads(ended.stdout).items()}


def main() -> int:
    """Read an order from standard input and write the images to standard output; the child process of `draw`."""
    import vl_convert

    order = json.load(sys.stdin)
    made = {}
    for number, spec in enumerate(order["specs"], start=1):
        for kind in order["kinds"]:
            try:
                made[image_name(number, kind)] = base64.b64encode(_image(vl_convert, spec, kind)).decode("ascii")
            except ValueError as error:
                sys.stderr.write(f"figure {number}: {str(error).strip().splitlines()[0][:300]}.\n")
                return 1
    json.dump(made, sys.stdout)
    return 0


def _image(vl_convert: Any, spec: dict[str, Any], kind: str) -> bytes:
    if kind == "png":
        return bytes(vl_convert.vegalite_to_png(spec, scale=SCALE, allowed_base_urls=[]))
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])).encode()


if __name__ == "__main__":
    sys.exit(main())
