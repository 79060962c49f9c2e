"""Copies of tables: one for each hash, whole or not at all, found again by hash."""

from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

from openstrat.reporting.manifest import table_hashes
from openstrat.reporting.stored_tables import STORE, find_table, keep_tables, key_columns


def test_every_table_is_kept_once_and_found_by_its_hash(tmp_path: Path) -> None:
    hashes = table_hashes()
    keep_tables(tmp_path, hashes)
    first = {path.name: path.stat().st_mtime_ns for path in (tmp_path / STORE).iterdir()}
    keep_tables(tmp_path, hashes)
    assert {path.name: path.stat().st_mtime_ns for path in (tmp_path / STORE).iterdir()} == first
    assert len(first) == len(set(hashes.values()))
    content = find_table("licenses", hashes["licenses"], [tmp_path])
    assert content is not None
    assert f"sha256:{hashlib.sha256(content).hexdigest()}" == hashes["licenses"]


def test_a_copy_of_an_earlier_table_is_found_and_a_damaged_one_is_not(tmp_path: Path) -> None:
    (tmp_path / STORE).mkdir()
    old = b"id,n\na,1\n"
    digest = hashlib.sha256(old).hexdigest()
    path = tmp_path / STORE / f"{digest}.csv.gz"
    path.write_bytes(gzip.compress(old))
    assert find_table("licenses", f"sha256:{digest}", [tmp_path / "elsewhere", tmp_path]) == old
    path.write_bytes(gzip.compress(old + b"b,2\n"))
    assert find_table("licenses", f"sha256:{digest}", [tmp_path]) is None


def test_a_table_of_another_hash_than_stated_is_not_kept(tmp_path: Path) -> None:
    keep_tables(tmp_path, {"licenses": "sha256:00"})
    assert not (tmp_path / STORE).exists()


def test_keys_come_from_the_descriptor() -> None:
    assert key_columns("licenses") == ["license_id"]
    assert key_columns("no_such_table") == []
