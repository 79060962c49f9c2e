"""Published files: old or new, never half; names that stay inside; one run at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from openstrat.errors import BusyError, OutputPathError, PublishError
from openstrat.reporting.publish import check_not_input, hold, publish, report_folder

HOSTILE = [
    "", ".", "..", "../x", "/etc", "a/b", "a\\b", "A", "a b", "a.b", "-a", "a-", "con", "lpt1", "a\n", "a\0", "~", "$HOME", "é",
    "a" * 121, "%2e%2e", "..\\x", "a/../b", "C:", "nul", "a;b", "a|b", "*", "?", "./a",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_thirty_hostile_names_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputPathError):
        report_folder(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_a_link_and_the_folder_of_the_input_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OutputPathError, match="symbolic link"):
        report_folder(tmp_path, "link")
    with pytest.raises(OutputPathError, match="lies in the output folder"):
        check_not_input(tmp_path / "elsewhere", tmp_path / "link" / "source.ipynb")


@pytest.mark.parametrize("name", ["../x.html", "a/b.html", ".hidden", "x", "x.HTML"])
def test_a_file_name_is_plain(tmp_path: Path, name: str) -> None:
    with pytest.raises(OutputPathError):
        publish({name: b""}, tmp_path / "r")


def test_files_are_replaced_and_stale_ones_go(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    publish({"report.html": b"old", "report.pdf": b"old", "manifest.json": b"1"}, folder)
    paths = publish({"report.html": b"new", "manifest.json": b"2"}, folder, stale=("report.pdf", "report.html"))
    assert [path.name for path in paths] == ["report.html", "manifest.json"]
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {"report.html": b"new", "manifest.json": b"2"}
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_every_failing_call_leaves_each_file_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Make the N-th call fail, for N = 1 until none fails."""
    old, new = ({"a.html": bytes([n]) * 9, "b.html": bytes([n]) * 9, "manifest.json": bytes([n]) * 9} for n in (1, 2))
    real, messages = getattr(os, call), []
    for nth in range(1, 20):
        folder = tmp_path / f"r{nth}"
        publish(old, folder)
        n_calls = 0

        def failing(*args: object, **options: object) -> object:
            nonlocal n_calls
            n_calls += 1
            if n_calls == nth:  # noqa: B023 - called within this round only
                raise OSError(errno.ENOSPC, "No space left on device")
            return real(*args, **options)

        monkeypatch.setattr(os, call, failing)
        try:
            publish(new, folder)
        except PublishError as error:
            messages.append(str(error))
        finally:
            monkeypatch.setattr(os, call, real)
        if n_calls < nth:
            break
        found = {path.name: path.read_bytes() for path in folder.iterdir()}
        assert all(found[name] in (old[name], new[name]) for name in old)
        assert set(found) == set(old)
    assert [message.count("No space left on device") for message in messages] == [1] * {"fsync": 4, "replace": 3}[call]
    assert not list(tmp_path.glob(".staging*"))


def test_a_second_run_is_told_who_is_busy(tmp_path: Path) -> None:
    with hold(tmp_path / "r"), pytest.raises(BusyError, match=f"busy: process {os.getpid()} holds"), hold(tmp_path / "r"):
        pass
    with hold(tmp_path / "r"):
        assert (tmp_path / ".locks" / "r.lock").exists()


def test_the_lock_is_freed_when_its_holder_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys, time, pathlib\nfrom openstrat.reporting.publish import hold\n"
        "with hold(pathlib.Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "r")], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=f"process {holder.pid}"), hold(tmp_path / "r"):
            pass
        holder.kill()
        holder.wait()
    with hold(tmp_path / "r"):
        pass


def test_an_output_root_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PublishError, match="cannot be written"), hold(tmp_path / "file" / "r"):
        pass
