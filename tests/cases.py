"""The cases of broken_archive/: a text file that holds a small archive and the report it must give.

A line `-- path` begins a file, `-- mended path` the same file as it should be, `-- expected` the
report. The files lie over those of base.txt. The case that is called as its code is the example on
the code's page (docs/loi/), and has a mended part. A word after `::` says how the text becomes a file:

    absent        the file of base.txt is left out
    escapes       \\uXXXX in the text is that character (for what can't be seen or typed)
    bytes         \\xXX in the text is that byte (for what is not UTF-8)
    link          the file is a symbolic link to the path in the text
    repeat=N      the text, N times
    brackets=N    ABYSS in the text is N opening brackets

Files below altered/ are put over the site that is built of the others. With a file below verify/ the report is that of
`verify`.

In a bundle the lines that begin its files are written `== path ==`.
"""

from __future__ import annotations

import dataclasses
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from archive.build.loading import load
from archive.build.site import build, check, verify_sources
from archive.bundle import ENDING
from archive.check import check_site
from archive.config import Settings
from archive.knowledge import load_knowledge
from archive.problems import Report
from archive.site.html import build_html
from tests.archives import QUIET, SITE_CONFIG, TESTS, paths_of
from tests.made_site import PlainFrame, outputs_of

FOLDER = TESTS / "broken_archive"
_FILE = re.compile(r"^-- (?P<path>[^\n]+?)(?: :: (?P<how>[a-z]+)(?:=(?P<count>\d+))?)?$\n", re.MULTILINE)

_MENDED = "mended "
_MEMBER = re.compile(r"^== (.*) ==$", re.MULTILINE)


@dataclass(frozen=True)
class CaseFile:
    text: str
    how: str = ""
    count: int = 1

    def write(self, path: Path) -> None:
        if self.how == "absent":
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if self.how == "link":
            path.symlink_to(self.text.strip())
            return
        text = _MEMBER.sub(r"-- \1 --", self.text) if path.suffix == ENDING else self.text
        data = text.encode("utf-8")
        if self.how == "escapes":
            data = re.sub(r"\\u([0-9a-f]{4})|\\r", _character, text).encode("utf-8")
        elif self.how == "bytes":
            data = re.sub(rb"\\x([0-9a-f]{2})", lambda m: bytes([int(m[1], 16)]), data)
        elif self.how == "brackets":
            data = data.replace(b"ABYSS", b"[" * self.count)
        path.write_bytes(data * (self.count if self.how == "repeat" else 1))


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else "\r"


@dataclass(frozen=True)
class Case:
    """One defect; `head` is the file up to and including the line `-- expected`."""

    name: str
    files: Mapping[str, CaseFile]
    expected: str
    head: str
    mends: Mapping[str, CaseFile] = field(default_factory=dict)

    @property
    def mended(self) -> Case:
        """The same archive as it should be."""
        return dataclasses.replace(self, files={**self.files, **self.mends})

    @property
    def code(self) -> str:
        """The code the case is about: its name up to the first dot."""
        return self.name.split(".")[0]


def read_case(path: Path) -> Case:
    text = path.read_text(encoding="utf-8")
    marks = list(_FILE.finditer(text))
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    files = {
        mark["path"]: CaseFile(text[mark.end() : end], mark["how"] or "", int(mark["count"] or 1))
        for mark, end in zip(marks, ends, strict=True)
    }
    expected = files.pop("expected", CaseFile("")).text
    mends = {name.removeprefix(_MENDED): files.pop(name) for name in list(files) if name.startswith(_MENDED)}
    return Case(path.stem, files, expected, text.removesuffix(expected), mends)


def all_cases() -> list[Case]:
    return [read_case(path) for path in sorted(FOLDER.glob("*.txt")) if path.name != "base.txt"]


def base_files() -> Mapping[str, CaseFile]:
    """The archive that lies under every case."""
    return read_case(FOLDER / "base.txt").files


def run_case(case: Case, root: Path, settings: Settings) -> Report:
    """The report on what the case holds: a built site, Markdown for the engine, or content."""
    for name, file in {**base_files(), **case.files}.items():
        file.write(root / name)
    report = Report()
    if (root / "altered").is_dir():
        _check_altered(root, report)
    elif (root / "site").is_dir():
        check_site(root / "site", settings, report)
    elif (root / "docs").is_dir():
        labels = load_knowledge(SITE_CONFIG).labels
        for code, words in build_html("fast", root / "mkdocs.yml", root / "docs", root / "built", settings, labels):
            report.add(code, "mkdocs.yml", words=words)
    elif (root / "verify").is_dir():
        verify_sources(paths_of(root / "content", root / "work"), report)
    else:
        _check_content(root, report)
    return report


def _check_altered(root: Path, report: Report) -> None:
    """Builds the archive, puts the case's own files over those of the site, and checks it."""
    paths = dataclasses.replace(paths_of(root / "content", root / "work"))
    build(paths, root / "site", Report(), QUIET, search=False)
    shutil.copytree(root / "altered", root / "site", dirs_exist_ok=True)
    check(paths, report, QUIET)


def _check_content(root: Path, report: Report) -> None:
    """Loads, and where the case has knowledge of its own also works out which pages there are.

    Where it has a ledger, everything is made that a site needs.
    """
    paths = paths_of(root / "content", root / "work")
    own = root / "site-config"
    if not own.is_dir() and (root / "content/ledger").is_dir():
        check(paths, report, QUIET)
        return
    if not own.is_dir():
        load(paths, report, QUIET, inbox=True)
        return
    shutil.copytree(
        SITE_CONFIG, own, dirs_exist_ok=True, ignore=lambda _, names: [n for n in names if (own / n).exists()]
    )
    loaded = load(dataclasses.replace(paths, site_config=own), report, QUIET, inbox=True)
    report.found += outputs_of(loaded, PlainFrame()).plan().problems
