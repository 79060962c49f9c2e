"""Everything that an audit asks a repository's files, read once: licenses over time, declarations, governance, README words, tags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from openstrat.collect.git.command import Repository, resolve, run
from openstrat.collect.git.declarations import Declared, HeaderSample, declared_licenses, header_sample
from openstrat.collect.git.governance import GovernanceFile, Mention, ReadmeWords, governance_files, mentions_in, readme_words
from openstrat.collect.git.trees import (
    LicenseChange,
    Stamp,
    TreeFile,
    is_license_path,
    license_changes,
    newest_tag,
    read_licenses,
    stamp,
    tree_files,
)
from openstrat.collect.license_text import KnownText, TextReading


@dataclass(frozen=True)
class LicenseFile:
    """A license file of the current tree and what it holds."""

    file: TreeFile
    reading: TextReading


@dataclass(frozen=True)
class RepositoryFacts:
    """What a repository's files say, at one commit and over time. Holds no person, no address and no text.

    `newest_tag` is None when no tag with a date is in the copy: tags may not have been fetched. `begins_at` is the commit with which
    the main line of a shallow clone begins, blank for a whole history. `notes` says what the copy lacks.
    """

    label: str
    head: str
    head_committed: Stamp | None
    license_files: tuple[LicenseFile, ...]
    license_changes: tuple[LicenseChange, ...]
    declared: tuple[Declared, ...]
    headers: HeaderSample
    governance: tuple[GovernanceFile, ...]
    mentions: tuple[Mention, ...]
    readme: ReadmeWords | None
    newest_tag: Stamp | None
    is_shallow: bool
    begins_at: str
    notes: tuple[str, ...]


def repository_facts(repository: Repository, known: Sequence[KnownText], *, revision: str = "HEAD") -> RepositoryFacts:
    """Return what the files of a repository say about its license and how it is run.

    Parameters
    ----------
    repository
        An opened repository; it is only read.
    known
        The license texts that can be recognized, from the table license_texts.
    revision
        The commit to look at; the history is that of its first parents.

    Raises
    ------
    InputError
        If there is no such commit.
    DataError
        If git fails.
    """
    head = resolve(repository, revision)
    files = list(tree_files(repository, head))
    licenses = [item for item in files if is_license_path(item.path)]
    readings = read_licenses(repository, licenses, known)
    return RepositoryFacts(
        label=repository.label,
        head=head,
        head_committed=stamp(run(repository, "log", "-1", "--date=raw", "--format=%cd", head)),
        license_files=tuple(LicenseFile(item, readings[item.mode, item.blob]) for item in licenses),
        license_changes=license_changes(repository, head, known),
        declared=declared_licenses(repository, files),
        headers=header_sample(repository, files),
        governance=governance_files(files),
        mentions=mentions_in(repository, files),
        readme=readme_words(repository, files),
        newest_tag=newest_tag(repository),
        is_shallow=repository.is_shallow,
        begins_at=_begins_at(repository, head),
        notes=repository.notes,
    )


def _begins_at(repository: Repository, head: str) -> str:
    """Return the oldest commit of a shallow clone's main line; empty for a whole history."""
    if not repository.is_shallow:
        return ""
    return run(repository, "rev-list", "--first-parent", "--max-parents=0", head).decode("ascii").split()[-1]
