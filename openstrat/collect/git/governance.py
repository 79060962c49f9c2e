"""Files by which a project says how it is run, and what its README and its rules for contributors mention; words, no names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from openstrat.collect.git.command import Repository
from openstrat.collect.git.trees import EXECUTABLE, REGULAR, TreeFile, read_blobs
from openstrat.collect.license_text import decode
from openstrat.terms import Term

FOLDERS = frozenset({"", ".github", ".gitlab", "docs", "doc", "community"})
"""Where such files are looked for; lower case."""
RULES_FOLDER = ".github"
MAX_TEXT_BYTES = 256 * 1024
MAX_RULE_FILES = 80
README_LETTERS = 20_000


class Topic(Term):
    """What a project can say about how it is run."""

    CONTRIBUTING = "contributing", "How to take part."
    GOVERNANCE = "governance", "Who decides, and how."
    MAINTAINERS = "maintainers", "Who maintains it, or owns which part: MAINTAINERS, OWNERS, CODEOWNERS."
    CODE_OF_CONDUCT = "code_of_conduct", "How people treat each other."
    SECURITY = "security", "Where vulnerabilities are reported."
    TRADEMARK = "trademark", "How the name and the mark may be used."
    CLA = "cla", "A contributor license agreement."
    DCO = "dco", "A developer certificate of origin: contributors sign off."


NAMES = {
    Topic.CONTRIBUTING: re.compile(r"contribut(?:ing|e|ion|ions|ors_guide)", re.IGNORECASE),
    Topic.GOVERNANCE: re.compile(r"(?:project[-_])?governance|steering(?:[-_]committee)?|charter", re.IGNORECASE),
    Topic.MAINTAINERS: re.compile(r"maintainers?|owners|codeowners|committers", re.IGNORECASE),
    Topic.CODE_OF_CONDUCT: re.compile(r"code[-_]?of[-_]?conduct", re.IGNORECASE),
    Topic.SECURITY: re.compile(r"security(?:[-_](?:policy|contacts?))?", re.IGNORECASE),
    Topic.TRADEMARK: re.compile(r"trademarks?(?:[-_](?:policy|guidelines?|usage))?", re.IGNORECASE),
    Topic.CLA: re.compile(r"(?:contributor[-_]license[-_]agreement|(?:individual[-_]|corporate[-_])?cla)(?:[-_].*)?", re.IGNORECASE),
    Topic.DCO: re.compile(r"dco|developer[-_]certificate[-_]of[-_]origin", re.IGNORECASE),
}
"""Names of the files, without their ending."""
TEXT_ENDINGS = frozenset({"", ".md", ".markdown", ".rst", ".txt", ".adoc", ".html", ".yml", ".yaml", ".toml"})
MENTIONS = {
    Topic.CLA: re.compile(r"(?i:contributor[ -]licen[cs]e[ -]agreements?)|\bCLAs?\b|\bcla[-_ ](?:assistant|bot|check)"),
    Topic.DCO: re.compile(r"(?i:developer(?:['’]s)? certificate of origin|signed-off-by)|\bDCO\b|git commit (?:-s\b|--signoff)"),
    Topic.SECURITY: re.compile(r"(?i)security (?:policy|vulnerabilit|issue|advisor|problem)|report(?:ing)? (?:a |any )?vulnerabilit"),
}
"""Words that mention a topic; a mention may also say that nothing of the kind is asked, so a person reads it."""
UNMAINTAINED = re.compile(
    r"(?i)\b(?:no longer (?:actively )?maintained|(?:is|are) unmaintained|not (?:actively )?maintained|in maintenance mode"
    r"|(?:repository|repo|project) (?:is|has been|was) (?:now )?(?:archived|deprecated|discontinued|abandoned)|no further development)\b"
)
OPEN_SOURCE = re.compile(r"(?i)\bopen[ -]source\b")


@dataclass(frozen=True)
class GovernanceFile:
    """A file that speaks of a topic by its name."""

    topic: Topic
    path: str


@dataclass(frozen=True)
class Mention:
    """A file for contributors whose words mention a topic."""

    topic: Topic
    path: str


@dataclass(frozen=True)
class ReadmeWords:
    """What words a README has: phrases that say the project is not kept up, and whether it says open source."""

    path: str
    unmaintained: tuple[str, ...]
    n_open_source: int


def governance_files(files: Iterable[TreeFile]) -> tuple[GovernanceFile, ...]:
    """Return the files at the root, in .github or docs whose name speaks of a topic, in the order of the topics."""
    found = []
    for item in files:
        path = PurePosixPath(item.path)
        if item.folder.lower() not in FOLDERS or path.suffix.lower() not in TEXT_ENDINGS:
            continue
        stem = item.name[: -len(path.suffix)] if path.suffix else item.name
        found += [GovernanceFile(topic, item.path) for topic, name in NAMES.items() if name.fullmatch(stem.lstrip("."))]
    return tuple(sorted(found, key=lambda item: (list(Topic).index(item.topic), item.path)))


def mentions_in(repository: Repository, files: Iterable[TreeFile]) -> tuple[Mention, ...]:
    """Return which files for contributors (CONTRIBUTING, .github) mention a CLA, a DCO or where to report vulnerabilities."""
    wanted = [item for item in files if _is_rule(item)][:MAX_RULE_FILES]
    texts = _texts(repository, wanted)
    return tuple(
        Mention(topic, item.path)
        for topic, words in MENTIONS.items()
        for item in wanted
        if (text := texts.get(item.blob)) and words.search(text)
    )


def readme_words(repository: Repository, files: Iterable[TreeFile]) -> ReadmeWords | None:
    """Return what words the README at the root has; None when there is none that can be read."""
    readmes = [item for item in files if not item.folder and re.fullmatch(r"(?i)readme(\.(md|markdown|rst|txt|adoc))?", item.name)]
    texts = _texts(repository, readmes)
    for item in readmes:
        text = texts.get(item.blob)
        if text:
            start = text[:README_LETTERS]
            phrases = dict.fromkeys(found.group().lower() for found in UNMAINTAINED.finditer(start))
            return ReadmeWords(item.path, tuple(phrases), len(OPEN_SOURCE.findall(start)))
    return None


def _is_rule(item: TreeFile) -> bool:
    is_contributing = item.folder.lower() in FOLDERS and NAMES[Topic.CONTRIBUTING].match(item.name) is not None
    in_folder = item.path.lower().startswith(f"{RULES_FOLDER}/") and PurePosixPath(item.path).suffix.lower() in TEXT_ENDINGS
    return item.mode in (REGULAR, EXECUTABLE) and (is_contributing or in_folder)


def _texts(repository: Repository, files: Sequence[TreeFile]) -> dict[str, str]:
    regular = (item.blob for item in files if item.mode in (REGULAR, EXECUTABLE))
    contents = read_blobs(repository, regular, most_bytes=MAX_TEXT_BYTES)
    decoded = {blob: decode(data) for blob, data in contents.items() if data is not None}
    return {blob: text for blob, text in decoded.items() if text is not None}
