"""The archive that builds are measured on, changes to it, and what peers make of its Markdown."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from archive.build.loading import load
from archive.config import Paths
from archive.problems import Catalogue, Report
from archive.progress import Progress
from bench.build_archive import CHANGES, Texture, make_root
from bench.build_peers import Hugo, Zensical, missing
from bench.corpus import Archive, write_archive
from bench.search_site import digest


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return write_archive(tmp_path_factory.mktemp("bench"), 12, seed=3)


def _digest(folder: Path) -> str:
    return digest(sorted(path for path in folder.rglob("*") if path.is_file()), folder)


def test_changes_are_valid_and_leave_the_kept_archive_alone(archive: Archive, tmp_path: Path) -> None:
    """After two turns of every change the archive has no errors; what it was copied from is as before."""
    before = _digest(archive.content)
    root = make_root(archive, tmp_path / "root")
    addresses = {change(root, turn) for change in CHANGES.values() for turn in range(2)}
    report = Report()
    loaded = load(Paths.below(root), report, Progress(quiet=True))
    assert Catalogue.load(root / "site-config").errors(report) == []
    assert len(loaded.corpus.articles) == 14
    assert len(addresses) == 6
    assert _digest(archive.content) == before


def test_longer_reports_on_request(archive: Archive, tmp_path: Path) -> None:
    """`length` makes reports as many times as long, and no more of them."""
    longer = Texture.of(write_archive(tmp_path, 12, seed=3, length=2.5).content)
    usual = Texture.of(archive.content)
    assert longer.articles == usual.articles
    assert longer.words > 1.8 * usual.words


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """The home page, a section and one article of it."""
    docs = tmp_path / "docs"
    for address in ("", "bai-viet", "bai-viet/mot"):
        (docs / address).mkdir(exist_ok=True)
        text = f'---\ntitle: "{address}"\n---\n<p id="doan-1">Làm <a href=\'x\'>dân vận</a> &amp; khéo</p>\n'
        (docs / address / "index.md").write_text(text, encoding="utf-8")
    return docs


def test_hugo_gets_sections_for_folders_of_pages(docs: Path, tmp_path: Path) -> None:
    """To Hugo, an `index.md` swallows the pages below it; `_index.md` leads them."""
    peer = Hugo(tmp_path / "hugo")
    peer.lay_out(docs)
    content = tmp_path / "hugo" / "content"
    found = {path.relative_to(content).as_posix() for path in content.rglob("*.md")}
    assert found == {"_index.md", "bai-viet/_index.md", "bai-viet/mot/index.md"}


def test_zensical_takes_the_theme_as_it_is_handed_over(docs: Path, tmp_path: Path) -> None:
    """The theme finds all that it asks for, and every page is made."""
    peer = Zensical(tmp_path / "zensical")
    peer.lay_out(docs)
    program = next(Path(sys.executable).parent.glob("zensical*"))
    subprocess.run([program, "build"], cwd=peer.folder, check=True, capture_output=True)
    assert list(missing(docs, peer.out)) == []


@pytest.mark.parametrize("kind", [Hugo, Zensical])
def test_a_peer_changes_its_own_copy(kind: type[Hugo | Zensical], docs: Path, tmp_path: Path) -> None:
    """An edit and a new page appear in the peer's folder; the Markdown that all share stays."""
    before = _digest(docs)
    peer = kind(tmp_path / "peer")
    peer.lay_out(docs)
    peer.change("one edit", "bai-viet/mot/", 1)
    peer.change("one new article", "bai-viet/hai/", 1)
    assert peer.page("bai-viet/mot/").read_text(encoding="utf-8").endswith("Bổ sung lần thứ 1.\n")
    assert peer.page("bai-viet/hai/").is_file()
    assert _digest(docs) == before


def test_pages_that_lack_their_text_are_named(docs: Path, tmp_path: Path) -> None:
    """A page that is not there, or is there without its paragraphs, is no page."""
    out = tmp_path / "out"
    for address in ("", "bai-viet", "bai-viet/mot"):
        (out / address).mkdir()
        (out / address / "index.html").write_text("<p>Làm <b>dân vận</b> &#38; khéo</p>", encoding="utf-8")
    assert list(missing(docs, out)) == []
    (out / "bai-viet" / "index.html").write_text("<p></p>", encoding="utf-8")
    shutil.rmtree(out / "bai-viet" / "mot")
    assert sorted(missing(docs, out)) == ["bai-viet", "bai-viet/mot"]
