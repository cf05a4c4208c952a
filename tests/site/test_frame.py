"""The fast engine against stock MkDocs: the same site, with comrak and without."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.build.loading import Loaded
from archive.config import Settings
from archive.knowledge import Knowledge
from archive.model.pages import SitePage
from archive.site import theme
from archive.site.frame import Frame
from archive.site.html import build_html
from archive.site.work_folder import write_work_folder
from tests.archives import ROOT, tree
from tests.made_site import make_site
from tests.site.html_tree import first_difference

# Where the two differ on purpose, and why: none.
ACCEPTED: dict[str, str] = {}


@pytest.fixture(scope="module")
def pages(toy: Loaded) -> list[SitePage]:
    return pages_of(toy, toy.settings)


@pytest.fixture(scope="module")
def frame(toy: Loaded) -> Frame:
    made = Frame(ROOT / "mkdocs.yml", toy.settings, toy.knowledge.labels)
    assert list(made.said()) == []
    return made


def pages_of(archive: Loaded, settings: Settings) -> list[SitePage]:
    return [*make_site(archive, settings=settings).pages.values()]


USUAL = {"title": "Một", "description": "Hai", "area": "xa"}
HEADED = "# Một { #a }\n\n## Hai { #b }\n\n## Ba { #c }\n"
RICH = "# Một { #mot }\n\nChữ *nghiêng*, `mã` và [chỗ](#mot).\n\n- một\n- hai\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"
# Pages that `render` does not write: other headings, depths, front matter, Markdown.
UNUSUAL = [
    SitePage("xa/", "T", HEADED, USUAL),
    SitePage("xa/a/b/c/", "T", HEADED, USUAL),
    SitePage("su-kien/xa/b/c/", "T", HEADED, {**USUAL, "title": "&quot;Một&quot;"}),
    SitePage("xa/rich/", "T", RICH, USUAL),
    SitePage("xa/dublin/", "T", HEADED, {**USUAL, "dublin_core": {"title": "<Một>"}}),
    SitePage("xa/authors/", "T", HEADED, {**USUAL, "dublin_core": {"creator": ["A", "B"]}, "citation": {"title": "<"}}),
    SitePage("xa/author/", "T", HEADED, {**USUAL, "author": "Ai đó"}),
    SitePage("xa/description/", "T", HEADED, {**USUAL, "description": ""}),
    SitePage("xa/title/", "T", HEADED, {"area": "xa"}),
    SitePage("xa/no-id/", "T", "# Đầu trang\n\nMột\n", USUAL),
    SitePage("xa/no-heading/", "T", "Một\n", USUAL),
    SitePage("xa/two/", "T", "# Một { #a }\n\n# Hai { #b }\n", USUAL),
]


@pytest.mark.parametrize("repository", ["", "https://github.com/kho/tu-lieu"])
def test_both_engines_make_the_same_site(repository: str, toy: Loaded, tmp_path: Path) -> None:
    """Every page of the toy archive, and pages that it has not, with and without links to a repository."""
    pages = [*pages_of(toy, dataclasses.replace(toy.settings, repository=repository)), *UNUSUAL]
    assert any("issues/new?" in page.markdown for page in pages) is bool(repository)
    sites = {}
    for engine in ("fast", "mkdocs"):
        docs, out = tmp_path / "docs", tmp_path / engine
        write_work_folder(pages, docs, tmp_path / "files")
        assert build_html(engine, ROOT / "mkdocs.yml", docs, out, toy.settings, toy.knowledge.labels) == []
        sites[engine] = tree(out)
    fast, stock = sites["fast"], sites["mkdocs"]
    assert sorted(fast) == sorted(stock)
    assert {"index.html", "404.html", "sitemap.xml", "sitemap.xml.gz"} <= set(fast)
    for name, data in stock.items():
        if name.endswith(".html"):
            assert (name, first_difference(fast[name].decode(), data.decode())) == (name, ACCEPTED.get(name, ""))
        else:
            assert (name, fast[name]) == (name, data)


def test_without_comrak(frame: Frame, pages: list[SitePage], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no comrak is, Python-Markdown makes the same elements and the same contents of every page."""
    by_comrak = {page.address: frame.page(page) for page in pages}
    monkeypatch.setattr(theme, "to_html", lambda _: None)
    for page in pages:
        assert (page.address, first_difference(by_comrak[page.address], frame.page(page))) == (page.address, "")


@settings(max_examples=40)
@given(st.lists(st.integers(min_value=2, max_value=5), max_size=9))
def test_contents_of_any_shape(frame: Frame, levels: list[int]) -> None:
    """However headings follow each other, the contents are those that MkDocs makes."""
    headings = (f"{'#' * level} Mục &#38; {n} {{ #m-{n} }}" for n, level in enumerate(levels))
    text = "\n\n".join(["# Đầu trang { #dau }", *headings]) + "\n"
    page = SitePage("nguoi/a/", "T", text, {"title": "T", "description": "D", "area": "nguoi"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(theme, "to_html", lambda _: None)
        by_python_markdown = frame.page(page)
    assert first_difference(frame.page(page), by_python_markdown) == ""


def test_each_author_by_itself(frame: Frame, pages: list[SitePage]) -> None:
    """Machines read one element for each author: with a comma between, two people are family and given name."""
    (page,) = [page for page in pages if page.address == "bai-viet/giao-ban-quy-1-suoi-may/"]
    head = frame.page(page).partition("</head>")[0]
    for name in ("DC.creator", "citation_author"):
        assert re.findall(rf'<meta name="{name}" content="([^"]*)">', head) == ["Cao Sương", "Lâm Khê"]
    assert '<meta name="citation_publication_date" content="2024/04/12">' in head


def with_config(folder: Path, settings: Settings, knowledge: Knowledge, old: str, new: str) -> Frame:
    """The frame of the project with one thing changed in mkdocs.yml."""
    shutil.copytree(ROOT / "templates/theme", folder / "templates/theme")
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / "mkdocs.yml").write_text(text.replace(old, new), encoding="utf-8")
    return Frame(folder / "mkdocs.yml", settings, knowledge.labels)


@pytest.mark.parametrize(
    ("old", "new", "code", "said"),
    [
        ("  - attr_list\n", "  - attr_list\n  - admonition\n", "engine-fallback", "admonition"),
        ("{permalink: false}", "{permalink: true}", "engine-fallback", "toc"),
        ("plugins: []", "plugins: [search]", "engine-warning", "search"),
        ("plugins: []", "plugins: []\nuse_directory_urls: false", "engine-warning", "use_directory_urls"),
    ],
)
def test_what_the_engine_does_not_do_is_said(
    old: str, new: str, code: str, said: str, tmp_path: Path, settings: Settings, knowledge: Knowledge
) -> None:
    """Extensions that only Python-Markdown knows are a warning; plugins and other addresses stop the build."""
    ((found, words),) = with_config(tmp_path, settings, knowledge, old, new).said()
    assert (found, said in words) == (code, True)


def test_an_extension_of_python_markdown_is_used(tmp_path: Path, settings: Settings, knowledge: Knowledge) -> None:
    """A Markdown extension that comrak knows nothing of shows on the page all the same."""
    frame = with_config(tmp_path, settings, knowledge, "  - attr_list\n", "  - attr_list\n  - admonition\n")
    html = frame.page(SitePage("xa/a/", "T", "# Một { #a }\n\n!!! note\n    Hai\n", USUAL))
    assert '<div class="admonition note">' in html


def test_what_nav_names_must_be_there(frame: Frame) -> None:
    """A section that no page is, is a warning in MkDocs's words."""
    words = frame.missing(["nguoi/"])
    assert any("'su-kien/index.md'" in one for one in words)
    assert not any("'nguoi/index.md'" in one for one in words)
