from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from openstrat.collect.git.command import NOTE_PARTIAL, NOTE_SHALLOW, conversation, open_repository, resolve, run, stream
from openstrat.collect.git.lines import count_lines
from openstrat.collect.git.log import read_log
from openstrat.errors import DataError, InputError

SALT = b"salt of the tests"
SIGNED = b"-----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----"


def read_everything(folder) -> None:
    """Do what openstrat does with a foreign repository: the log, lines, trees, contents, differences."""
    repository = open_repository(folder)
    read_log(repository, salt=SALT, with_lines=True)
    run(repository, "ls-tree", "-r", "HEAD")
    run(repository, "log", "--patch", "--stat", "HEAD")
    run(repository, "cat-file", "blob", "HEAD:a.txt")


def program(folder: Path, marker: Path) -> str:
    """Store a program that leaves a mark when it runs."""
    file = folder / "evil.sh"
    file.write_text(f"#!/bin/sh\ntouch '{marker}'\nexit 0\n")
    file.chmod(0o755)
    return str(file)


TRAPS = {
    "fsmonitor": ({"core.fsmonitor": "{evil}"}, ("status",)),
    "external difference": ({"diff.external": "{evil}"}, ("diff", "HEAD~1", "HEAD")),
    "text conversion": ({"diff.trap.textconv": "{evil}"}, ("log", "--patch")),
    "difference driver": ({"diff.trap.command": "{evil}"}, ("diff", "HEAD~1", "HEAD")),
    "signature program": ({"log.showSignature": "true", "gpg.program": "{evil}"}, ("log",)),
    "ssh command": ({"core.sshCommand": "{evil}", "remote.origin.url": "ssh://host.invalid/x"}, ("fetch", "-q", "origin")),
    "alias": ({"alias.trap": "!{evil}"}, ("trap",)),
    "filter": ({"filter.trap.clean": "{evil}"}, ("add", "a.txt")),
    "include": ({"include.path": "{folder}/included"}, ("status",)),
    "lazy fetch": (
        {
            "core.repositoryformatversion": "1",
            "extensions.partialClone": "origin",
            "remote.origin.url": ".",
            "remote.origin.uploadpack": "{evil}",
        },
        ("cat-file", "-e", "1234567890123456789012345678901234567890"),
    ),
}


@pytest.fixture
def trapped(workshop, tmp_path):
    """Give a repository with two commits, its attributes set to a driver named trap, and the marker that traps leave."""
    attributes = {".gitattributes": b"* diff=trap filter=trap\n"}
    workshop.commit(files={"a.txt": b"one\n", **attributes})
    lines = {"author": b"A <a@example.com> 1700000000 +0000", "committer": b"C <c@example.com> 1700000000 +0000", "gpgsig": SIGNED}
    workshop.raw(lines, files={"a.txt": b"two\n", **attributes})
    workshop.git("reset", "--quiet", "--hard")
    (workshop.folder / "a.txt").write_text("three\n")
    return workshop, tmp_path / "marker"


def set_trap(workshop, marker: Path, settings: dict[str, str]) -> None:
    evil = program(workshop.folder, marker)
    (workshop.folder / "included").write_text(f"[core]\n\tfsmonitor = {evil}\n")
    for name, value in settings.items():
        workshop.git("config", name, value.format(evil=evil, folder=workshop.folder))


@pytest.mark.parametrize("trap", TRAPS)
def test_settings_of_a_hostile_repository_run_nothing(trapped, trap):
    workshop, marker = trapped
    settings, _ = TRAPS[trap]
    set_trap(workshop, marker, settings)
    read_everything(workshop.folder)
    assert not marker.exists()


@pytest.mark.parametrize("trap", TRAPS)
def test_the_traps_are_real_plain_git_runs_each_of_them(trapped, trap):
    workshop, marker = trapped
    settings, command = TRAPS[trap]
    set_trap(workshop, marker, settings)
    with pytest.raises(AssertionError) if trap in {"ssh command", "lazy fetch"} else NOTHING:
        workshop.git(*command)
    assert marker.exists()


class _Nothing:
    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False


NOTHING = _Nothing()


def test_hooks_of_a_hostile_repository_do_not_run(trapped):
    workshop, marker = trapped
    hooks = workshop.folder / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change", "fsmonitor-watchman"):
        (hooks / name).write_text(f"#!/bin/sh\ntouch '{marker}'\n")
        (hooks / name).chmod(0o755)
    read_everything(workshop.folder)
    assert not marker.exists()


def test_a_pager_set_by_the_caller_or_the_repository_does_not_run(trapped, monkeypatch):
    workshop, marker = trapped
    evil = program(workshop.folder, marker)
    workshop.git("config", "core.pager", evil)
    workshop.git("config", "pager.log", evil)
    for name in ("GIT_PAGER", "PAGER", "GIT_EXTERNAL_DIFF", "GIT_SSH_COMMAND", "GIT_EDITOR"):
        monkeypatch.setenv(name, evil)
    read_everything(workshop.folder)
    assert not marker.exists()


def test_the_callers_git_variables_do_not_lead_to_another_repository(new_workshop, monkeypatch):
    wanted, other = new_workshop("wanted"), new_workshop("other")
    head = wanted.commit("Wanted")
    other.commit("Other")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.fsmonitor")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "/bin/false")
    assert resolve(open_repository(wanted.folder), "HEAD") == head


def fingerprint(folder: Path) -> dict[str, tuple[int, int, str]]:
    files = [file for file in sorted(folder.rglob("*")) if file.is_file() and not file.is_symlink()]
    return {str(file): (file.stat().st_mode, file.stat().st_mtime_ns, hashlib.sha256(file.read_bytes()).hexdigest()) for file in files}


def test_reading_leaves_every_file_of_the_repository_as_it_was(trapped):
    workshop, _ = trapped
    before = fingerprint(workshop.folder)
    read_everything(workshop.folder)
    assert fingerprint(workshop.folder) == before


def test_a_repository_on_a_read_only_folder_can_be_read(workshop):
    head = workshop.commit()
    for folder, _, files in os.walk(workshop.folder):
        for name in files:
            Path(folder, name).chmod(0o444)
    assert resolve(open_repository(workshop.folder), "main") == head


@pytest.mark.parametrize("name", ["-dash", "with blank", 'quo"te', "line\nbreak", "ümlaut", "back\\slash", "colon:name"])
def test_any_folder_name_can_be_read(new_workshop, monkeypatch, name):
    workshop = new_workshop(name)
    head = workshop.commit()
    monkeypatch.chdir(workshop.folder.parent)
    assert resolve(open_repository(name), "HEAD") == head


def test_bare_repositories_links_and_linked_work_trees_are_understood(workshop, tmp_path):
    head = workshop.commit(files={"a.txt": b"x"})
    workshop.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    workshop.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "linked"))
    (tmp_path / "link").symlink_to(workshop.folder)
    found = [open_repository(tmp_path / name) for name in ("bare.git", "linked", "link", "repo/.git")]
    assert [resolve(repository, "HEAD") for repository in found] == [head] * 4
    assert [repository.label for repository in found] == ["bare", "linked", "repo", "repo"]


def test_packed_references_and_tags_can_be_named(workshop):
    first = workshop.commit("First")
    workshop.git("tag", "-a", "-m", "Release", "v1", first)
    workshop.commit("Second")
    workshop.git("pack-refs", "--all")
    assert resolve(open_repository(workshop.folder), "v1") == first


def test_a_sha256_repository_is_read_with_its_long_hashes(new_workshop):
    workshop = new_workshop("long", "--object-format=sha256")
    head = workshop.commit()
    repository = open_repository(workshop.folder)
    log = read_log(repository, salt=SALT)
    assert (repository.hash_name, log.head, log.sha.tolist()) == ("sha256", head, [bytes.fromhex(head)])


def test_replaced_commits_and_grafts_do_not_change_the_history(workshop):
    first = workshop.commit("First")
    second = workshop.commit("Second")
    workshop.git("replace", "--graft", second)
    assert run(open_repository(workshop.folder), "rev-list", "HEAD").decode().split() == [second, first]


def test_a_folder_without_repository_is_refused_with_the_next_step(tmp_path):
    with pytest.raises(InputError, match=r"No git repository at .*Give the folder of a clone"):
        open_repository(tmp_path)


@pytest.mark.parametrize("revision", ["no-such-branch", "--output=marker", "-x", ""])
def test_a_revision_that_names_no_commit_is_refused(workshop, monkeypatch, revision):
    workshop.commit()
    with pytest.raises(InputError, match=r"No commit .* Give a branch, a tag or a commit hash"):
        resolve(open_repository(workshop.folder), revision)
    assert not (workshop.folder / "marker").exists()


def test_an_empty_repository_has_no_commit_and_says_so(workshop):
    with pytest.raises(InputError, match="an empty repository has none"):
        read_log(open_repository(workshop.folder), salt=SALT)


def test_a_shallow_clone_is_read_and_says_that_history_is_missing(workshop, tmp_path):
    workshop.commit("First")
    head = workshop.commit("Second")
    workshop.git("clone", "--quiet", "--bare", "--depth=1", f"file://{workshop.folder}", str(tmp_path / "shallow"))
    log = read_log(open_repository(tmp_path / "shallow"), salt=SALT)
    assert (len(log), log.head, log.notes) == (1, head, (NOTE_SHALLOW,))


def test_a_partial_clone_is_read_without_fetching_but_has_no_lines(workshop, tmp_path):
    workshop.git("config", "uploadpack.allowFilter", "true")
    workshop.commit(files={"a.txt": b"one\n"})
    workshop.git("clone", "--quiet", "--bare", "--filter=blob:none", f"file://{workshop.folder}", str(tmp_path / "partial"))
    repository = open_repository(tmp_path / "partial")
    log = read_log(repository, salt=SALT)
    assert (len(log), log.notes) == (1, (NOTE_PARTIAL,))
    with pytest.raises(DataError, match="git diff-tree failed on partial"):
        count_lines(repository, log.sha.tolist())


def test_settings_that_git_cannot_parse_are_named(workshop):
    workshop.commit()
    (workshop.folder / ".git" / "config").write_text("[broken\n")
    with pytest.raises(DataError, match=r"cannot be read. Repair them"):
        open_repository(workshop.folder)


def test_a_command_that_takes_too_long_is_ended(workshop):
    workshop.commit()
    repository = open_repository(workshop.folder)
    with pytest.raises(DataError, match="git nap on repo took longer than 0 seconds and was ended"):
        run(repository, "-c", "alias.nap=!sleep 30", "nap", timeout=0.2)
    with pytest.raises(DataError, match="took longer"):
        list(stream(repository, "-c", "alias.nap=!sleep 30", "nap", timeout=0.2))
    with conversation(repository, "-c", "alias.nap=!sleep 30", "nap", timeout=0.2) as ask, pytest.raises(DataError, match="took longer"):
        ask([b"anything"])


def test_a_conversation_answers_one_question_after_the_other(workshop):
    first = workshop.commit(files={"a.txt": b"one\n"}).encode()
    second = workshop.commit(files={"a.txt": b"one\ntwo\n"}).encode()
    with conversation(open_repository(workshop.folder), "diff-tree", "--stdin", "--root", "--name-status") as ask:
        assert ask([second]) == [second, b"M\ta.txt"]
        assert ask([]) == []
        assert ask([first, second]) == [first, b"A\ta.txt", second, b"M\ta.txt"]


def test_a_conversation_that_git_ends_is_an_error_that_quotes_git(workshop):
    workshop.commit()
    with conversation(open_repository(workshop.folder), "diff-tree", "--no-such-option", "--stdin") as ask:
        with pytest.raises(DataError, match="git diff-tree failed on repo: "):
            ask([b"anything"] * 64)
        with pytest.raises(DataError, match="git diff-tree failed on repo: "):
            ask([b"anything"])


def test_a_failure_names_command_and_repository_and_no_folder_of_ours(workshop):
    workshop.commit()
    with pytest.raises(DataError, match=r"^git cat-file failed on repo: fatal: .*Check it with `git fsck`.$") as caught:
        run(open_repository(workshop.folder), "cat-file", "blob", "0" * 40)
    assert "openstrat-git-" not in str(caught.value)


def test_the_temporary_repository_goes_away_with_its_object(workshop):
    workshop.commit()
    repository = open_repository(workshop.folder)
    stand_in = repository.stand_in
    assert stand_in.is_dir()
    del repository
    assert not stand_in.exists()
