"""Files of a repository as git keeps them: the tree of a commit, contents by hash, and every change of a license file over time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import PurePosixPath

from openstrat.collect.git.command import Repository, run, stream
from openstrat.collect.git.commit_marks import latest_second
from openstrat.collect.license_text import KnownText, TextReading, TextState, read_license

REGULAR, EXECUTABLE, LINK, MODULE = "100644", "100755", "120000", "160000"
MAX_LICENSE_BYTES = 512 * 1024
"""Larger files are no license texts; they are named and not read."""
MAX_FILES_READ = 4000
BATCH_BYTES = 16 * 1024 * 1024
LICENSE_NAME = re.compile(
    r"(?:(?:un)?licen[cs]e|copying|notice)(?![-_.]?(?:header|template))(?:[-_.][\w.+-]*)?|[a-z0-9.+]+[-_](?:licen[cs]e|copying)(?:\.\w+)?",
    re.IGNORECASE,
)
PART_NAME = re.compile(r"(?i)(?:(?:un)?licen[cs]e|copying)[-_.]([a-z0-9+][\w+.-]*?)(?:\.(?:txt|md|markdown|rst|adoc|html?|text))?")
LICENSE_WORD = re.compile(
    r"(?i)(?:txt|md|markdown|rst|adoc|html?|text)$|\d|v\d|(?:mit|apache|asl|bsd|isc|[al]?gpl|lesser|mpl|epl|eupl|busl|bsl|boost|cc|zlib|wtfpl|unlicense"
    r"|elastic|sspl|rsal|fsl|fair|mulan|openrail|llama|old|new|community|commercial|enterprise|ee)"
)
"""How the ending of a license file's name begins when it names a license and not a part of the repository."""
LICENSE_FOLDER = re.compile(r"licen[cs]es?", re.IGNORECASE)
ROOT_NAME = re.compile(r"licen[cs]es(?:\.\w+)?", re.IGNORECASE)
"""A name that is a license file at the root and a page about licenses elsewhere."""
NOTICE_NAME = re.compile(r"notices?(?:[-_.].*)?", re.IGNORECASE)
TEXT_ENDINGS = frozenset({"", ".txt", ".md", ".markdown", ".rst", ".adoc", ".html", ".htm", ".text", ".terms"})
OWN_ENDING = re.compile(r"(?i)(?:licen[cs]e|copying|notice)\.(?!html?$)[a-z][a-z0-9.+_-]*")
"""A license's name as the ending: LICENSE.MIT, COPYING.LESSER."""
CODE_ENDINGS = frozenset(
    f".{ending}"
    for ending in (
        *("py", "go", "js", "jsx", "ts", "tsx", "java", "kt", "scala", "rs", "c", "h", "cc", "cpp", "hpp", "cs", "rb", "php", "sh", "bash"),
        *(
            "pl",
            "swift",
            "json",
            "yaml",
            "yml",
            "toml",
            "xml",
            "csv",
            "svg",
            "png",
            "gif",
            "jpg",
            "ico",
            "pdf",
            "tpl",
            "tmpl",
            "erb",
            "hbs",
        ),
        *("vue", "css", "feature", "sql", "mdx", "proto", "lock", "template", "snap", "excludes", "ipynb", "cfg"),
    )
)
BUNDLED = frozenset(
    (
        *("vendor", "vendored", "node_modules", "third_party", "third-party", "thirdparty", "3rdparty", "3rd-party", "external"),
        *("externals", "extern", "deps", "dependencies", "bundled", "bower_components", "pods", "subprojects", "submodules"),
        *("test", "tests", "testdata", "fixtures", "site-packages", "testing", "samples", "examples", "sample", "example"),
    )
)
"""Folders of other people's code, or of samples: their licenses say nothing about the repository's own."""
PATHSPECS = tuple(f":(icase,glob)**/*{word}*" for word in ("LICENSE", "LICENCE", "COPYING", "NOTICE"))
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")


@dataclass(frozen=True)
class Stamp:
    """A moment as a commit writes it: seconds since 1970 in UTC, and the writer's offset in minutes east of UTC."""

    seconds: int
    offset_minutes: int

    @property
    def utc_day(self) -> str:
        """The day in UTC, `YYYY-MM-DD`."""
        return datetime.fromtimestamp(self.seconds, UTC).date().isoformat()

    @property
    def local_day(self) -> str:
        """The day where the commit was written, `YYYY-MM-DD`."""
        return (datetime.fromtimestamp(self.seconds, UTC) + timedelta(minutes=self.offset_minutes)).date().isoformat()


@dataclass(frozen=True)
class TreeFile:
    """One file of a tree: its path as shown (control characters escaped, addresses masked), its mode and the hash of its content."""

    path: str
    mode: str
    blob: str

    @property
    def name(self) -> str:
        """The last part of the path."""
        return PurePosixPath(self.path).name

    @property
    def folder(self) -> str:
        """The path without its last part; empty at the root."""
        parent = str(PurePosixPath(self.path).parent)
        return "" if parent == "." else parent

    @property
    def is_bundled(self) -> bool:
        """Whether a folder on the way holds other people's code or samples."""
        return any(part.lower() in BUNDLED for part in PurePosixPath(self.path).parts[:-1])

    @property
    def is_notice(self) -> bool:
        """Whether it is a notice, which gives credit and grants nothing."""
        return NOTICE_NAME.fullmatch(self.name) is not None

    @property
    def is_collected(self) -> bool:
        """Whether it lies in a folder of license texts, which says that they occur and not what for."""
        return LICENSE_FOLDER.fullmatch(PurePosixPath(self.path).parent.name) is not None


@dataclass(frozen=True)
class LicenseChange:
    """One change of one license file on the main line: by which commit, when by both clocks, and what the file held afterwards.

    `reading` is None where the file was removed; `committed` and `authored` are None where the date is no date.
    """

    file: TreeFile
    commit: str
    authored: Stamp | None
    committed: Stamp | None
    reading: TextReading | None


def stamp(text: bytes) -> Stamp | None:
    """Return the moment that git writes as `seconds +hhmm`; None when it is not after 1970, or in the future, as in `read_log`."""
    seconds, _, zone = text.strip().partition(b" ")
    if not seconds.isdigit() or len(seconds) > 10 or not 0 < int(seconds) <= latest_second():
        return None
    minutes = int(zone[1:3]) * 60 + int(zone[3:5]) if len(zone) == 5 and zone[1:].isdigit() else 0
    return Stamp(int(seconds), -minutes if zone.startswith(b"-") else minutes)


def shown_path(raw: bytes) -> str:
    """Return a path that can be printed: control characters escaped, bytes that are no UTF-8 written as hex, addresses masked."""
    text = raw.decode("utf-8", "backslashreplace")
    printable = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)
    return ADDRESS.sub("<address>", printable)


def is_license_path(path: str) -> bool:
    """Return whether a path is one under which license texts are kept: LICENSE, COPYING, NOTICE, or a text in a folder of licenses."""
    pure = PurePosixPath(path)
    ending = pure.suffix.lower()
    if ending in CODE_ENDINGS:
        return False
    if LICENSE_NAME.fullmatch(pure.name):
        return ending in TEXT_ENDINGS or ending[1:].isdigit() or OWN_ENDING.search(pure.name) is not None
    is_root_list = str(pure.parent) == "." and ROOT_NAME.fullmatch(pure.name) is not None
    return is_root_list or (LICENSE_FOLDER.fullmatch(pure.parent.name) is not None and ending in TEXT_ENDINGS)


def names_a_part(path: str) -> bool:
    """Return whether a license file's name says that it is about a part: COPYING.protobuf, LICENSE-DATA, but not LICENSE-MIT."""
    found = PART_NAME.fullmatch(PurePosixPath(path).name)
    return found is not None and LICENSE_WORD.match(found.group(1)) is None


def tree_files(repository: Repository, commit: str) -> Iterator[TreeFile]:
    """Yield every file of a commit's tree, in git's order; linked repositories and symbolic links included."""
    tail = b""
    for piece in stream(repository, "ls-tree", "-r", "-z", "--full-tree", commit):
        *whole, tail = (tail + piece).split(b"\0")
        for entry in whole:
            meta, _, path = entry.partition(b"\t")
            mode, _, blob = meta.decode().split(" ")
            yield TreeFile(shown_path(path), mode, blob)


def read_blobs(repository: Repository, blobs: Iterable[str], *, most_bytes: int) -> dict[str, bytes | None]:
    """Return contents by hash, None for one that is larger than `most_bytes`; one that is missing in the clone is left out."""
    wanted = list(dict.fromkeys(blobs))[:MAX_FILES_READ]
    sizes = _sizes(repository, wanted)
    found: dict[str, bytes | None] = {blob: None for blob, size in sizes.items() if size > most_bytes}
    batch: list[str] = []
    for blob in wanted:
        if sizes.get(blob, most_bytes + 1) > most_bytes:
            continue
        if sum(sizes[item] for item in batch) + sizes[blob] > BATCH_BYTES:
            found |= _contents(repository, batch)
            batch = []
        batch.append(blob)
    return found | _contents(repository, batch)


def read_licenses(repository: Repository, files: Iterable[TreeFile], known: Sequence[KnownText]) -> dict[tuple[str, str], TextReading]:
    """Return what each license file holds, by mode and hash; a symbolic link or a linked repository is not followed."""
    wanted = list(files)
    contents = read_blobs(repository, (item.blob for item in wanted if item.mode in (REGULAR, EXECUTABLE)), most_bytes=MAX_LICENSE_BYTES)
    readings = {blob: TextReading(TextState.TOO_LARGE) if data is None else read_license(data, known) for blob, data in contents.items()}
    unread = {LINK: TextReading(TextState.LINK), MODULE: TextReading(TextState.MODULE)}
    missing = TextReading(TextState.MISSING)
    return {(item.mode, item.blob): unread.get(item.mode) or readings.get(item.blob, missing) for item in wanted}


def license_changes(repository: Repository, commit: str, known: Sequence[KnownText]) -> tuple[LicenseChange, ...]:
    """Return every change of a license file on the main line (first parents), oldest first; bundled code is left out.

    A change that came by a merge is dated by the merge: that is when the main line had it.
    """
    raw = list(_raw_changes(repository, commit))
    readings = read_licenses(repository, (item for item, *_ in raw if item.mode != "000000"), known)
    changes = [
        LicenseChange(item, sha, authored, committed, readings.get((item.mode, item.blob))) for item, sha, authored, committed in raw
    ]
    return tuple(reversed(changes))


def newest_tag(repository: Repository) -> Stamp | None:
    """Return when the newest tag was made; None without a dated tag: a copy may just not have fetched them."""
    lines = run(repository, "for-each-ref", "--format=%(creatordate:raw)", "refs/tags").splitlines()
    dated = [found for line in lines if (found := stamp(line))]
    return max(dated, key=lambda item: item.seconds, default=None)


def _raw_changes(repository: Repository, commit: str) -> Iterator[tuple[TreeFile, str, Stamp | None, Stamp | None]]:
    options = (
        "-z",
        "--first-parent",
        "--diff-merges=first-parent",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-textconv",
        "--no-ext-diff",
    )
    form = "--format=tformat:%H %ad|%cd"
    arguments = ("--no-literal-pathspecs", "log", *options, "--date=raw", form, commit, "--", *PATHSPECS)
    tokens = iter(b"".join(stream(repository, *arguments)).split(b"\0"))
    sha, authored, committed = "", None, None
    for token in tokens:
        if token.lstrip(b"\n").startswith(b":"):
            _, mode, _, blob, _ = token.lstrip(b"\n:").decode().split(" ")
            item = TreeFile(shown_path(next(tokens)), mode, blob)
            if is_license_path(item.path) and not item.is_bundled:
                yield item, sha, authored, committed
        elif token.strip():
            head, _, dates = token.strip().partition(b" ")
            first, _, second = dates.partition(b"|")
            sha, authored, committed = head.decode(), stamp(first), stamp(second)


def _sizes(repository: Repository, blobs: Sequence[str]) -> dict[str, int]:
    if not blobs:
        return {}
    lines = run(repository, "cat-file", "--batch-check", stdin="\n".join(blobs).encode() + b"\n").decode().splitlines()
    parts = [line.split(" ") for line in lines]
    return {part[0]: int(part[2]) for part in parts if len(part) == 3 and part[1] == "blob"}


def _contents(repository: Repository, blobs: Sequence[str]) -> dict[str, bytes | None]:
    if not blobs:
        return {}
    output = run(repository, "cat-file", "--batch", stdin="\n".join(blobs).encode() + b"\n")
    found: dict[str, bytes | None] = {}
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        blob, _, size = output[at:end].decode().split(" ")
        found[blob] = output[end + 1 : end + 1 + int(size)]
        at = end + int(size) + 2
    return found
