"""The script that draws charts in a page: vega, vega-lite and vega-embed from the installed vl-convert, put together once a process."""

from __future__ import annotations

import re

_KEPT: dict[str, str] = {}


def vega_bundle() -> str:
    """Return vega, vega-lite and vega-embed as one script, about 0.9 MB; the first call takes about two seconds."""
    if "vega" not in _KEPT:
        import vl_convert

        keep_bundle(vl_convert.javascript_bundle())  # type: ignore[call-arg]
    return _KEPT["vega"]


def keep_bundle(script: str) -> None:
    """Use a script that another process of this run has put together; a worker forked for one report has no two seconds."""
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise AssertionError("The vega bundle cannot stand inside a script element.")
    _KEPT["vega"] = script
