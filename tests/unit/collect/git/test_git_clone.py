from __future__ import annotations

import pytest

from openstrat.collect.git.clone import clone, is_address
from openstrat.collect.git.command import open_repository, resolve, run
from openstrat.collect.git.log import read_log
from openstrat.errors import BusyError, DataError, InputError

SALT = b"salt of the tests"
FILE = ("file",)


def address_of(workshop) -> str:
    return f"file://{workshop.folder}"


@pytest.mark.parametrize(
    "address",
    [
        "ext::sh -c touch% marker",
        "ext::https://host.example/x",
        "http://host.example/owner/name",
        "git://host.example/owner/name",
        "ssh://host.example/owner/name",
        "git@host.example:owner/name",
        "file:///srv/repo",
        "fd::17",
        "https::https://host.example/x",
    ],
)
def test_only_https_addresses_are_fetched(address, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match=r"is not fetched. Allowed: https:// or a path"):
        open_repository(address, cache=tmp_path / "cache")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "address", ["https://-oProxyCommand=touch/x", "https://", "https:///path", "https://host.example/a b", "https://h\n/x"]
)
def test_an_https_address_without_a_plain_host_is_refused(address, tmp_path):
    with pytest.raises(InputError, match=r"names no host. Write it as https://host/owner/name"):
        open_repository(address, cache=tmp_path)


def test_an_address_with_a_password_is_refused_and_not_repeated(tmp_path):
    with pytest.raises(InputError, match="holds a user name or password") as caught:
        open_repository("https://wanda:secret@host.example/owner/name", cache=tmp_path)
    assert "secret" not in str(caught.value)
    assert "wanda" not in str(caught.value)


@pytest.mark.parametrize("source", ["--upload-pack=touch marker", "-u", "--config=core.fsmonitor=marker"])
def test_a_source_that_looks_like_an_option_is_a_path(source, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InputError, match="No git repository at"):
        open_repository(source)
    assert list(tmp_path.iterdir()) == []


def test_paths_are_not_addresses(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a@b:c").mkdir()
    assert [is_address(source) for source in ("repo", "/a/b", "./a:b", "a@b:c", "C:\\repo")] == [False] * 5


def test_a_clone_holds_all_branches_and_follows_the_other_sides_main_branch(workshop, tmp_path):
    first = workshop.commit("First")
    workshop.git("branch", "side", first)
    workshop.git("tag", "v1", first)
    head = workshop.commit("Second")
    workshop.git("symbolic-ref", "HEAD", "refs/heads/main")
    repository = open_repository(clone(address_of(workshop), tmp_path / "cache", schemes=FILE))
    assert [resolve(repository, name) for name in ("HEAD", "side", "v1")] == [head, first, first]


def test_a_second_run_fetches_what_is_new_and_forgets_what_is_gone(workshop, tmp_path):
    first = workshop.commit("First")
    workshop.git("branch", "gone", first)
    folder = clone(address_of(workshop), tmp_path, schemes=FILE)
    workshop.git("branch", "-D", "gone")
    head = workshop.commit("Second")
    assert clone(address_of(workshop), tmp_path, schemes=FILE) == folder
    repository = open_repository(folder)
    assert resolve(repository, "HEAD") == head
    with pytest.raises(InputError, match="No commit 'gone'"):
        resolve(repository, "gone")


def test_a_clone_without_contents_still_maps_names_and_one_with_contents_has_all(workshop, tmp_path):
    workshop.git("config", "uploadpack.allowFilter", "true")
    workshop.git("config", "uploadpack.allowAnySHA1InWant", "true")
    mailmap = b"Wanda Wright <wanda@new.example> <wanda@example.com>\n"
    workshop.commit(files={".mailmap": mailmap, "big.txt": b"contents\n"})
    bare = open_repository(clone(address_of(workshop), tmp_path, schemes=FILE))
    whole = open_repository(clone(address_of(workshop), tmp_path, schemes=FILE, with_contents=True))
    with pytest.raises(DataError, match="git cat-file failed"):
        run(bare, "cat-file", "blob", "HEAD:big.txt")
    assert run(whole, "cat-file", "blob", "HEAD:big.txt") == b"contents\n"
    assert (bare.is_partial, whole.is_partial) == (True, False)
    assert read_log(bare, salt=SALT).addresses["key"].tolist() == read_log(whole, salt=SALT).addresses["key"].tolist()


def test_what_an_interrupted_run_left_behind_is_completed(workshop, tmp_path):
    head = workshop.commit()
    folder = clone(address_of(workshop), tmp_path, schemes=FILE)
    (folder / "HEAD").unlink()
    (folder / "config").unlink()
    assert resolve(open_repository(clone(address_of(workshop), tmp_path, schemes=FILE)), "HEAD") == head


def test_progress_passes_on_gits_words(workshop, tmp_path):
    workshop.commit()
    words: list[str] = []
    clone(address_of(workshop), tmp_path, schemes=FILE, progress=words.append)
    assert any("Counting objects" in word for word in words)


def test_an_address_without_a_repository_fails_with_gits_words_and_a_next_step(tmp_path):
    with pytest.raises(DataError, match=r"git fetch failed: .*Check address and network, then run it again"):
        clone(f"file://{tmp_path}/nothing", tmp_path / "cache", schemes=FILE)


def test_a_transfer_in_another_run_is_not_disturbed(workshop, tmp_path):
    from filelock import FileLock

    workshop.commit()
    folder = clone(address_of(workshop), tmp_path, schemes=FILE)
    with FileLock(folder.parent / f"{folder.name}.lock"), pytest.raises(BusyError, match="Wait until it is done"):
        clone(address_of(workshop), tmp_path, schemes=FILE)
