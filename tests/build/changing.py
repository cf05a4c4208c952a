"""An archive that is changed and built again and again, beside builds of it that remember nothing.

A `Changing` has one output folder that is built step by step; `compare` builds the same content in a
new place and tells what differs, in files and in what is printed.
"""

from __future__ import annotations

import dataclasses
import json
import re
import shutil
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from archive.build.site import ContentProblems, build
from archive.config import Paths
from archive.problems import Report
from tests.archives import QUIET, ROOT, SITE_CONFIG, TOY, copy_of_toy, said, tree

ARTICLES = "content/articles"
GIAO_BAN = f"{ARTICLES}/2024/giao-ban-quy-1-suoi-may.md"
LANG_GIO = f"{ARTICLES}/2025/lang-gio-phat-dong-thang-ba.md"
TONG_KET = f"{ARTICLES}/2023/tong-ket-dan-van-2023.md"
DONG_MAY = f"{ARTICLES}/2019/huyen-dong-may-doi-thoai.md"
XOM = f"{ARTICLES}/khong-ro/tu-van-ban-cua-xom.md"
GIU_LUA = f"{ARTICLES}/khong-ro/nguoi-giu-lua.md"
_LOOKS = {"site-config": SITE_CONFIG, "templates": ROOT / "templates"}


@dataclass
class Changing:
    """`search` says whether both sites have a search index."""

    root: Path
    search: bool = False
    jobs: int | None = 1
    paths: Paths = field(init=False)
    first: dict[str, bytes] = field(default_factory=dict)  # the site before any change

    def __post_init__(self) -> None:
        self.paths = copy_of_toy(self.root / "archive")
        self.out = self.root / "archive" / "site"

    def path(self, name: str) -> Path:
        return self.paths.content.parent / name

    def text(self, name: str) -> str:
        return self.path(name).read_text(encoding="utf-8")

    def write(self, name: str, text: str) -> None:
        self.path(name).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).write_text(text, encoding="utf-8", newline="\n")

    def replace(self, name: str, old: str, new: str) -> None:
        text = self.text(name)
        assert old in text, f"{name} doesn't hold {old}"
        text = text.replace(old, new)
        if name.startswith(ARTICLES):
            text = self.received_so(text, old, new)
        self.write(name, text)

    def received_so(self, article: str, old: str, new: str) -> str:
        """Words that change in an article's text change in its source, too; the article with the new checksum."""
        named = re.search(r'^  file: "(.+)"$', article, re.MULTILINE)
        source = self.path(f"content/sources/{named[1]}") if named else None
        if source is None or not source.is_file() or old not in (received := source.read_text(encoding="utf-8")):
            return article
        source.write_text(received.replace(old, new), encoding="utf-8", newline="")
        return re.sub(r"(?<=sha256: \")[0-9a-f]{64}", sha256(source.read_bytes()).hexdigest(), article)

    def delete(self, name: str) -> None:
        self.path(name).unlink()

    def rename(self, name: str, new: str) -> None:
        self.path(new).parent.mkdir(parents=True, exist_ok=True)
        self.path(name).rename(self.path(new))

    def undo(self) -> None:
        """Puts content, knowledge and looks back as they were; files that are right stay untouched."""
        for now, first in ((self.paths.content, TOY), *((self.path(name), first) for name, first in _LOOKS.items())):
            old = {path.relative_to(first) for path in first.rglob("*") if path.is_file()}
            new = {path.relative_to(now) for path in now.rglob("*") if path.is_file() or path.is_symlink()}
            for name in new - old:
                (now / name).unlink()
            for name in old:
                if name not in new or (now / name).read_bytes() != (first / name).read_bytes():
                    (now / name).parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(first / name, now / name)
        if self.text("mkdocs.yml") != (ROOT / "mkdocs.yml").read_text(encoding="utf-8"):
            shutil.copy(ROOT / "mkdocs.yml", self.path("mkdocs.yml"))

    def build(self) -> str:
        """Builds what changed; returns what is printed."""
        return self._build(self.paths, self.out)

    def clean(self) -> tuple[dict[str, bytes], str]:
        """The site as a build that remembers nothing makes it, and what that prints; no files if it stopped."""
        aside = self.root / "clean"
        work = dataclasses.replace(self.paths, work=aside / "work")
        try:
            printed = self._build(work, aside / "site")
            return tree(aside / "site"), printed
        finally:
            shutil.rmtree(aside)

    def compare(self) -> list[str]:
        """Builds both ways. Names every file and every printed line that differs; nothing if all is well.

        Where content has errors the old site has to stay as it was.
        """
        before = tree(self.out)
        printed = self.build()
        made, clean_printed = self.clean()
        files = differing(made or before, tree(self.out))
        lines = sorted(set(printed.splitlines()) ^ set(clean_printed.splitlines()))
        return files + lines

    def _build(self, paths: Paths, out: Path) -> str:
        report = Report()
        try:
            build(paths, out, report, QUIET, search=self.search, jobs=self.jobs)
        except ContentProblems as stopped:
            return said(stopped.report)
        return said(report)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def set_front_matter(archive: Changing, name: str, field: str, value: str) -> None:
    """Puts a field of one line in the place of the one that is there, or at the end of the front matter."""
    head, matter, body = archive.text(name).split("---\n", 2)
    lines = matter.splitlines()
    found = [at for at, line in enumerate(lines) if line.startswith(f"{field}:")]
    for at in found:
        end = at + 1
        while end < len(lines) and lines[end].startswith(" "):
            end += 1
        lines[at:end] = [f"{field}: {value}"]
    if not found:
        lines.append(f"{field}: {value}")
    text = f"{head}---\n" + "\n".join(lines) + f"\n---\n{body}"
    if field == "title" and name.startswith(ARTICLES):
        before = json.loads(matter.splitlines()[found[0]].removeprefix("title: "))
        text = archive.received_so(text, before, json.loads(value))
    archive.write(name, text)
