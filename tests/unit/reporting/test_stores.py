"""Outputs that are no local folder: which URLs are one, what is sent in which order, what is refused before any work."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

from openstrat.errors import InputError, PublishError
from openstrat.reporting.stores import Mirror, is_url, output_at


class Shelf:
    """A small store with the calls of an fsspec file system that openstrat uses; it keeps the order of what was done to it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.done: list[str] = []

    def makedirs(self, path: str, exist_ok: bool) -> None:
        assert exist_ok

    def pipe_file(self, path: str, data: bytes) -> None:
        self.files[path] = data
        self.done.append(f"put {path.removeprefix('shelf/')}")

    def mv(self, old: str, new: str) -> None:
        self.files[new] = self.files.pop(old)
        self.done.append(f"move to {new.removeprefix('shelf/')}")

    def rm_file(self, path: str) -> None:
        del self.files[path]
        self.done.append(f"remove {path.removeprefix('shelf/')}")

    def cat_file(self, path: str) -> bytes:
        return self.files[path]

    def find(self, path: str) -> list[str]:
        return [name for name in self.files if name.startswith(f"{path}/")]


def mirror(folder: Path, shelf: Any, *, is_at_once: bool = True) -> Mirror:
    return Mirror(folder, "s3://key:secret@shelf/", shelf, "shelf", is_at_once=is_at_once)


def write(root: Path, **files: str) -> None:
    for name, text in files.items():
        path = root / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


@pytest.mark.parametrize(("out", "is_one"), [("s3://b/p", True), ("memory://p", True), ("simplecache::s3://b", True), ("out", False)])
def test_urls_are_told_from_folders(out: str, is_one: bool) -> None:
    assert is_url(out) is is_one
    assert not is_url("C:\\out")


def test_a_local_folder_is_used_as_it_is(tmp_path: Path) -> None:
    with output_at(tmp_path) as output:
        assert output.root == tmp_path
        assert output.shown(f"{tmp_path}/x") == f"{tmp_path}/x"


def test_the_manifest_comes_last_and_only_changes_are_sent(tmp_path: Path) -> None:
    shelf = Shelf()
    here = mirror(tmp_path, shelf)
    write(tmp_path, r__manifest_dot_json="1", r__report_dot_html="1", _dot_locks__r_dot_lock="", other__x_dot_html="1")
    here.send("r")
    assert shelf.done == ["put r/report.html", "put r/manifest.json"]
    write(tmp_path, r__manifest_dot_json="2")
    (tmp_path / "r" / "report.html").unlink()
    here.send("r")
    assert shelf.done[2:] == ["put r/manifest.json", "remove r/report.html"]


def test_what_is_there_is_fetched_and_not_sent_again(tmp_path: Path) -> None:
    shelf = Shelf()
    shelf.files = {"shelf/r/report.html": b"1", "shelf/r.failed.json": b"1", "shelf/rest/report.html": b"1", "shelf/r/../../x": b"1"}
    here = mirror(tmp_path, shelf)
    here.fetch("r")
    assert sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()) == [
        "r.failed.json",
        "r/report.html",
    ]
    here.send("r")
    assert shelf.done == []


def test_other_places_get_a_file_under_another_name_first(tmp_path: Path) -> None:
    shelf = Shelf()
    write(tmp_path, r__report_dot_html="1")
    mirror(tmp_path, shelf, is_at_once=False).send("r")
    assert shelf.done == ["put r/report.html.new", "move to r/report.html"]


def test_a_place_that_cannot_be_written_is_told_without_its_secret(tmp_path: Path) -> None:
    class ReadOnly(Shelf):
        def pipe_file(self, path: str, data: bytes) -> None:
            raise PermissionError(f"no right to {path}")

    with pytest.raises(PublishError) as caught:
        mirror(tmp_path, ReadOnly()).check()
    assert str(caught.value).startswith("s3://shelf: cannot be written: PermissionError: no right to shelf/.openstrat-probe.")
    assert "secret" not in str(caught.value)


def test_fsspec_is_asked_for_when_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec.core", None)
    with pytest.raises(InputError, match="pip install fsspec"), output_at("s3://shelf/out"):
        pass
