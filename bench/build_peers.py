"""The peers of `bench build`: Hugo and Zensical, each in an environment of its own, with its fastest settings.

In: the Markdown that the archive's own engine gets. Out: a folder a peer that it builds from, and what a build
costs. Peers are called without wrappers, and what is done to lay their folders out is not in their time.
"""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from archive.config import load_settings, load_yaml
from archive.site.mkdocs import theme_values
from bench.build_archive import link, put
from bench.corpus import ROOT
from bench.measure import Spent, run_measured
from bench.search_entries import WORK

_TAG = re.compile(r"<[^>]+>")
_PARAGRAPH = re.compile(r'<p id="doan-\d+".*?</p>', re.DOTALL)
_EVERY = 37  # of so many pages one is read and compared


class Peer:
    """A folder laid out for one engine; subclasses say how."""

    name = ""
    package = ""
    version = ""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"

    @classmethod
    def environment(cls) -> Path:
        return WORK / f"{cls.package}-{cls.version}"

    @classmethod
    def install(cls) -> bool:
        """Makes the environment unless it is there; False if the package can't be had."""
        if (cls.environment() / "made").is_file():
            return True
        venv.create(cls.environment(), clear=True, with_pip=True)
        python = cls.environment() / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
        pip = [str(python), "-m", "pip", "install", "--quiet", f"{cls.package}=={cls.version}"]
        done = subprocess.run(pip, capture_output=True, check=False)
        if not done.returncode:
            (cls.environment() / "made").touch()
        return not done.returncode

    def lay_out(self, docs: Path) -> None:
        """A fresh folder for this Markdown."""
        raise NotImplementedError

    def page(self, address: str) -> Path:
        """The Markdown file of a page."""
        raise NotImplementedError

    def command(self) -> list[str]:
        raise NotImplementedError

    def forget(self) -> None:
        """What an earlier build has left is removed: the next one is a clean one."""
        shutil.rmtree(self.out, ignore_errors=True)

    def build(self) -> Spent:
        return run_measured(self.command(), folder=self.folder)

    def change(self, scenario: str, address: str, turn: int) -> None:
        """The same change as in the archive, to the page that it is about alone: pages that would follow
        from it stay, which is less work than the archive itself has."""
        page = self.page(address)
        if scenario == "one new article":
            like = next(path for path in sorted(page.parents[1].glob("*/index.md")))
            put(page, like.read_text(encoding="utf-8"))
        else:
            put(page, f"{page.read_text(encoding='utf-8').rstrip()}\n\nBổ sung lần thứ {turn}.\n")


class Hugo(Peer):
    """A theme of one layout; no feeds, terms, sitemap or minifying. Index pages of folders are `_index.md`."""

    name, package, version = "Hugo", "hugo", "0.168.0"

    def lay_out(self, docs: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(ROOT / "bench" / "peers" / "hugo", self.folder)
        (self.folder / "static").mkdir()
        shutil.copy(ROOT / "templates" / "theme" / "assets" / "archive.css", self.folder / "static")
        self._copy(docs, self.folder / "content")

    def _copy(self, folder: Path, to: Path) -> None:
        to.mkdir()
        below = [path for path in folder.iterdir() if path.is_dir()]
        if (folder / "index.md").is_file():
            link(folder / "index.md", to / ("_index.md" if below else "index.md"))
        for path in below:
            self._copy(path, to / path.name)

    def page(self, address: str) -> Path:
        return self.folder / "content" / address / "index.md"

    def command(self) -> list[str]:
        programs = sorted(self.environment().glob("[Ll]ib/**/hugo/binaries/hugo*"))
        return [str(programs[0]), "--quiet", "--noBuildLock", "--destination", str(self.out)]


class Zensical(Peer):
    """The archive's own theme and sections; no search, no validation. Rebuilds use its cache."""

    name, package, version = "Zensical", "zensical", "0.0.73"

    def lay_out(self, docs: Path) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(docs, self.folder / "docs", copy_function=link)
        ours = ROOT / "templates" / "theme"
        shutil.copytree(ours, self.folder / "theme", ignore=shutil.ignore_patterns("sitemap.xml"))
        config = self._config()
        text = yaml.safe_dump(config, allow_unicode=True, sort_keys=False)
        (self.folder / "mkdocs.yml").write_text(text, encoding="utf-8", newline="\n")

    @staticmethod
    def _config() -> dict[str, Any]:
        config: dict[str, Any] = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
        settings = load_settings(ROOT / "site-config")
        labels = load_yaml(ROOT / "site-config" / "labels.yml")
        config |= {"site_name": settings.name, "site_description": settings.description, "site_url": settings.url}
        config |= {"docs_dir": "docs", "site_dir": "out", "plugins": [], "validation": False}
        config["extra"] = theme_values(settings, labels)
        config["theme"] |= {"custom_dir": "theme", "variant": "classic"}
        return config

    def page(self, address: str) -> Path:
        return self.folder / "docs" / address / "index.md"

    def command(self) -> list[str]:
        programs = sorted([*self.environment().glob("bin/zensical"), *self.environment().glob("Scripts/zensical.exe")])
        return [str(programs[0]), "build"]

    def forget(self) -> None:
        super().forget()
        shutil.rmtree(self.folder / ".cache", ignore_errors=True)


PEERS: tuple[type[Peer], ...] = (Hugo, Zensical)


def missing(docs: Path, out: Path) -> Iterator[str]:
    """Addresses of pages that the output has not, and of those looked at that lack a paragraph."""
    for number, source in enumerate(sorted(docs.rglob("index.md"))):
        address = source.parent.relative_to(docs).as_posix()
        page = out / address / "index.html"
        if not page.is_file():
            yield address
        elif number % _EVERY == 0:
            shown = _words(page.read_text(encoding="utf-8"))
            if not all(_words(part) in shown for part in _PARAGRAPH.findall(source.read_text(encoding="utf-8"))):
                yield address


def _words(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())
