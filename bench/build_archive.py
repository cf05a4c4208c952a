"""The archive that a build is measured on: invented content, this project's settings, and small changes.

In: an invented archive. Out: a root folder that the archive's own command builds, files changed in it,
and its Markdown for engines that begin there.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from archive.config import Paths
from bench.corpus import ROOT, Archive
from bench.measure import run_measured
from bench.search_entries import WORK, digest_of

_PLACES_OF_MARKDOWN = ("archive/derive", "archive/render", "archive/citations", "templates/pages", "site-config")
_WORD = re.compile(r"\w+")


def make_root(archive: Archive, root: Path) -> Path:
    """A fresh root: content as links, so that a change must put a new file in the place of the old."""
    shutil.rmtree(root, ignore_errors=True)
    for name in ("site-config", "templates"):
        shutil.copytree(ROOT / name, root / name)
    site = root / "site-config" / "site.yml"  # files of one size, whatever the archive's: no part of what is measured
    put(site, site.read_text(encoding="utf-8").replace("contribution_tool: true", "contribution_tool: false"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(archive.content, root / "content", copy_function=link)
    shutil.copytree(ROOT / "content" / "pages", root / "content" / "pages")
    return root


def link(source: str | Path, target: str | Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def put(path: Path, text: str) -> None:
    """A new file, never new words in the old one, which may be a link to what is kept."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def edit_article(root: Path, turn: int) -> str:
    """One sentence of an editor more at the end of an article; returns the address of its page."""
    path = _pick(root, "articles/*", turn)
    sentence = f"Bản tin này được bổ sung lần thứ {turn}."
    text = _declare(path.read_text(encoding="utf-8"), f'{{action: added, kind: other, text: "{sentence}"}}')
    put(path, f"{text.rstrip()} {sentence}\n")
    return f"bai-viet/{path.stem}/"


def add_article(root: Path, turn: int) -> str:
    """An article more, of the same people, documents and event as another; an editor named it anew."""
    like = _pick(root, "articles/*", turn + 1)
    path = like.with_name(f"tin-moi-{turn}.md")
    text = like.read_text(encoding="utf-8")
    title = text.split('\ntitle: "', 1)[1].split('"\n', 1)[0]
    text = _declare(text, f'{{action: dropped, kind: title, text: "{title}"}}')
    text = text.replace(f'\ntitle: "{title}"', f'\ntitle: "{title} ({turn})"', 1)
    put(path, re.sub(r"(?m)^title_by: .*\n", 'title_by: "editor"\n', text, count=1))
    return f"bai-viet/{path.stem}/"


def _declare(text: str, change: str) -> str:
    """The article with one more declared change of its source's words."""
    if "\nchanges: [" in text:
        return text.replace("\nchanges: [", f"\nchanges: [{change}, ", 1)
    return text.replace("\nrights: ", f"\nchanges: [{change}]\nrights: ", 1)


def add_alias(root: Path, turn: int) -> str:
    """Another name of an official, a record that many pages rest on."""
    path = _pick(root, "officials", turn)
    fields = re.sub(r"(?m)^aliases: .*\n", "", path.read_text(encoding="utf-8")).removesuffix("---\n")
    put(path, f'{fields}aliases: ["Tên gọi khác {turn}"]\n---\n')
    return f"nguoi/{path.stem}/"


CHANGES: dict[str, Callable[[Path, int], str]] = {
    "one edit": edit_article,
    "one new article": add_article,
    "one changed official": add_alias,
}


def _pick(root: Path, folder: str, turn: int) -> Path:
    """Another one each turn, from the middle of the list on."""
    paths = sorted((root / "content").glob(f"{folder}/*.md"))
    return paths[(len(paths) // 2 + 7 * turn) % len(paths)]


@dataclass(frozen=True, slots=True)
class Texture:
    """What the articles are like: words are what stands between blanks and signs, syllables in Vietnamese."""

    articles: int
    words: float
    vocabulary: int
    pairs: int

    @classmethod
    def of(cls, content: Path) -> Texture:
        total, vocabulary, pairs, articles = 0, set[str](), set[int](), 0
        for path in content.glob("articles/*/*.md"):
            words = _WORD.findall(path.read_text(encoding="utf-8").split("\n---\n", 1)[1].lower())
            vocabulary.update(words)
            pairs.update(map(hash, pairwise(words)))
            total, articles = total + len(words), articles + 1
        return cls(articles, total / max(articles, 1), len(vocabulary), len(pairs))


def markdown_of(archive: Archive, root: Path) -> Path:
    """The docs folder of the archive's Markdown, kept while what it is made from is unchanged."""
    folder = WORK / f"work-{archive.folder.name.removeprefix('archive-')}"
    sources = sorted(
        path for name in _PLACES_OF_MARKDOWN for path in (ROOT / name).rglob("*.*") if path.suffix != ".pyc"
    )
    stamp = (archive.folder / "stamp").read_text() + digest_of(sources)
    if not (folder / "stamp").is_file() or (folder / "stamp").read_text() != stamp:
        shutil.rmtree(folder, ignore_errors=True)
        run_measured([sys.executable, "-m", "bench.build_markdown", str(root), str(folder)])
        (folder / "stamp").write_text(stamp)
    return folder / "docs"


def write_markdown(root: Path, folder: Path) -> int:
    """Every page of an archive as Markdown below `folder`/docs; raises ValueError if the content has errors."""
    from archive.build import engines
    from archive.build.loading import load
    from archive.problems import Catalogue, Report
    from archive.progress import Progress

    paths, report = Paths.below(root), Report()
    frame, progress = engines.MarkdownFolder(folder / "docs"), Progress(quiet=True)
    loaded = load(paths, report, progress, stage=folder / "files", frame=frame)
    if errors := Catalogue.load(paths.site_config).errors(report):
        raise ValueError(f"the invented archive has errors: {errors[:5]}")
    engines.write_markdown(loaded, progress, report)
    return sum(1 for _ in (folder / "docs").rglob("*.md"))
