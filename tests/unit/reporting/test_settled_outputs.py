"""What differs between two equal runs is taken out, and nothing else."""

from __future__ import annotations

import copy
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd

from openstrat.reporting.settle import joined_streams, place_remover, settle, settled_environment, settled_ids


def stream(name: str, text: str) -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


SHOWN = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": {}}


def test_how_often_a_kernel_flushes_does_not_show() -> None:
    one = [stream("stdout", "ab\n"), stream("stderr", "no\n"), SHOWN, stream("stdout", "c\n")]
    other = [stream("stderr", "n"), stream("stdout", "a"), stream("stderr", "o\n"), stream("stdout", "b\n"), SHOWN, stream("stdout", "c\n")]
    assert joined_streams(other) == joined_streams(one) == one


def test_a_text_that_arrives_after_the_value_of_a_cell_goes_before_it() -> None:
    value = {"output_type": "execute_result", "data": {"text/plain": "0"}, "metadata": {}}
    assert joined_streams([SHOWN, value, stream("stdout", "slow\n")]) == [SHOWN, stream("stdout", "slow\n"), value]


def test_folders_of_this_machine_and_addresses_are_replaced() -> None:
    replace = place_remover()
    scratch = f"{tempfile.gettempdir()}/openstrat-ab12cd_3/cells"
    assert replace(f"in {scratch}/x.csv") == "in <run>/cells/x.csv"
    assert replace(f'File "{tempfile.gettempdir()}/ipykernel_77/123456.py", line 3') == 'File "<cell>", line 3'
    assert replace(f"{sys.prefix}/lib/python3/site.py") == "<python>/lib/python3/site.py"
    assert replace(f"{Path.home()}/notes") == "<home>/notes"
    assert replace("<object object at 0x7f00aa11bb22>") == "<object object>"


def test_plain_text_stays_as_it_is() -> None:
    text = "https://example.org/home at 0x12, openstrat-abcd 3.14\nno\ttabs lost\n"
    assert place_remover()(text) == text


def test_random_ids_of_tables_become_the_same_each_time() -> None:
    frame = pd.DataFrame({"a": [1, 2]})
    first, second = (frame.style.highlight_max()._repr_html_() for _ in range(2))
    assert first != second
    assert settled_ids(first, "cell/0") == settled_ids(second, "cell/0")
    assert settled_ids(first, "cell/0") != settled_ids(first, "cell/1")
    assert settled_ids('<p id="plainwords">plainwords</p>', "cell/0") == '<p id="plainwords">plainwords</p>'


def test_settling_twice_changes_nothing_more() -> None:
    output = {"output_type": "display_data", "data": {"text/html": pd.DataFrame({"a": [1]}).style._repr_html_()}, "metadata": {}}
    content = {"cells": [{"cell_type": "code", "id": "a", "outputs": [stream("stdout", "a"), stream("stdout", "b\nc"), output]}]}
    settle(content)
    again = copy.deepcopy(content)
    settle(again)
    assert again == content
    assert content["cells"][0]["outputs"][0]["text"] == ["ab\n", "c"]


def test_a_kernel_sees_the_same_zone_locale_and_terminal_everywhere() -> None:
    given = {"TZ": "Asia/Tokyo", "LC_TIME": "tr_TR.UTF-8", "COLUMNS": "200", "PYTHONWARNINGS": "error", "TOKEN": "kept"}
    found = settled_environment(given)
    assert (found["TZ"], found["LC_ALL"], found["PYTHONHASHSEED"], found["TOKEN"]) == ("UTC", "C.UTF-8", "0", "kept")
    assert not {"COLUMNS", "LC_TIME", "PYTHONWARNINGS"} & set(found)
