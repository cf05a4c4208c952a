"""The fast engine against stock MkDocs: the same site, and what it is not sure of goes the long way."""

from __future__ import annotations

import dataclasses
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.config import Settings
from archive.knowledge import Knowledge
from archive.model.pages import SitePage
from archive.pipeline import Loaded
from archive.render import render_site
from archive.site.fast.blocks import blocks_to_html
from archive.site.fast.dom import first_difference
from archive.site.fast.make import difference, plan, prove
from archive.site.fast.markdown import to_html
from archive.site.fast.plan import Plan
from archive.site.html import build_html
from archive.site.work_folder import write_work_folder
from tests.archives import ROOT, tree

# Where the two differ on purpose, and why: none.
ACCEPTED: dict[str, str] = {}


@pytest.fixture(scope="module")
def pages(toy: Loaded) -> list[SitePage]:
    items = render_site(toy.corpus, toy.derived, toy.knowledge, toy.settings, ROOT / "templates")
    return [item for item in items if isinstance(item, SitePage)]


@pytest.fixture(scope="module")
def made(toy: Loaded) -> Plan:
    planned, warnings = plan(ROOT / "mkdocs.yml", toy.settings, toy.knowledge.labels)
    assert warnings == []
    return planned


def test_the_toy_site_is_the_same(pages: list[SitePage], toy: Loaded, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Both engines write the same files; pages are the same element by element, the rest byte by byte."""
    folder = tmp_path_factory.mktemp("engines")
    write_work_folder(pages, folder / "docs", folder / "files")
    trees = {}
    for engine in ("fast", "mkdocs"):
        said = build_html(
            engine, ROOT / "mkdocs.yml", folder / "docs", folder / engine, toy.settings, toy.knowledge.labels
        )
        assert said == []
        trees[engine] = tree(folder / engine)
    fast, stock = trees["fast"], trees["mkdocs"]
    assert sorted(fast) == sorted(stock)
    assert {"index.html", "404.html", "sitemap.xml", "sitemap.xml.gz"} <= set(fast)
    for name, data in stock.items():
        if name.endswith(".html"):
            assert (name, first_difference(fast[name].decode(), data.decode())) == (name, ACCEPTED.get(name, ""))
        else:
            assert (name, fast[name]) == (name, data)


def test_no_page_of_the_toy_goes_the_long_way(made: Plan, pages: list[SitePage]) -> None:
    """Nothing that `render` writes is unusual, and no kind of page differs."""
    for page in pages:
        made.fast_page(page)
    assert prove(made, pages) == (made, [])


def test_links_to_a_repository_go_the_short_way(made: Plan, toy: Loaded) -> None:
    """Below each kind of page both engines write the same long addresses of forms and files."""
    settings = dataclasses.replace(toy.settings, repository="https://github.com/kho/tu-lieu")
    items = render_site(toy.corpus, toy.derived, toy.knowledge, settings, ROOT / "templates")
    pages = [item for item in items if isinstance(item, SitePage) and "issues/new?" in item.markdown]
    one_of_each = list({page.address.partition("/")[0]: page for page in pages}.values())
    assert prove(made, one_of_each) == (made, [])


def test_a_kept_plan_needs_no_mkdocs(made: Plan, pages: list[SitePage], tmp_path: Path) -> None:
    """A plan read back in another process gives the same page, and neither MkDocs nor Markdown is imported."""
    (tmp_path / "kept").write_bytes(pickle.dumps((made, pages[0])))
    code = (
        "import pickle, sys, pathlib; plan, page = pickle.loads(pathlib.Path(sys.argv[1]).read_bytes());"
        "sys.stdout.buffer.write(plan.page(page).encode());"
        "assert not {'mkdocs', 'material', 'markdown'} & set(sys.modules), sorted(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "kept")], cwd=ROOT, capture_output=True, check=False
    )
    assert (done.stderr.decode(), done.stdout.decode()) == ("", made.page(pages[0]))


def test_without_comrak(pages: list[SitePage]) -> None:
    """The way without comrak gives the same elements and the same headings."""
    for page in pages:
        chosen, other = to_html(page.markdown), to_html(page.markdown, blocks_to_html)
        assert (page.address, first_difference(chosen.html, other.html)) == (page.address, "")
        assert [heading.id for heading in chosen.headings] == [heading.id for heading in other.headings]


RICH = "# Một { #mot }\n\nChữ *nghiêng*, `mã` và [chỗ](#mot).\n\n- một\n- hai\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"


def test_rich_markdown_without_comrak() -> None:
    """Markdown beyond the dialect is read by Python-Markdown, to the same elements."""
    assert first_difference(to_html(RICH).html, to_html(RICH, blocks_to_html).html) == ""


@settings(max_examples=40)
@given(st.lists(st.integers(min_value=2, max_value=5), max_size=9))
def test_contents_of_any_shape(made: Plan, levels: list[int]) -> None:
    """However headings follow each other, the contents are those that MkDocs makes."""
    headings = (f"{'#' * level} Mục &#38; {n} {{ #m-{n} }}" for n, level in enumerate(levels))
    text = "\n\n".join(["# Đầu trang { #dau }", *headings]) + "\n"
    page = SitePage("nguoi/a/", "T", text, {"title": "T", "description": "D", "area": "nguoi"})
    assert difference(made, page) == ""


USUAL = {"title": "Một", "description": "Hai", "area": "xa"}


@pytest.mark.parametrize(
    ("address", "markdown", "meta"),
    [
        ("xa/a/", "# Đầu trang { #a }\n\nMột\n", {**USUAL, "dublin_core": {"title": "<Một>"}}),
        ("xa/a/", "# Đầu trang { #a }\n\nMột\n", {**USUAL, "author": "Ai đó"}),
        ("xa/a/", "# Đầu trang { #a }\n\nMột\n", {**USUAL, "description": ""}),
        ("xa/a/", "# Đầu trang { #a }\n\nMột\n", {**USUAL, "area": "khac"}),
        ("xa/a b/", "# Đầu trang { #a }\n\nMột\n", USUAL),
        ("xa/a/", "# Đầu trang\n\nMột\n", USUAL),
        ("xa/a/", "Một\n", USUAL),
        ("xa/a/", "# Một { #a }\n\n# Hai { #b }\n", USUAL),
        ("xa/a/", "", {}),
    ],
)
def test_what_is_unusual_goes_the_long_way(address: str, markdown: str, meta: dict[str, object], made: Plan) -> None:
    """Pages that no plan is sure of are what MkDocs makes of them, byte by byte."""
    page = SitePage(address, "Một", markdown, meta)
    assert made.page(page) == made.full_page(page)


@pytest.mark.parametrize("address", ["xa/", "xa/a/", "xa/a/b/c/", "su-kien/a/", "su-kien/a/b/c/", "su-kien/", ""])
def test_depth(address: str, made: Plan) -> None:
    """Links of the frame lead to the same places from every depth, below known folders and others."""
    meta = {"title": "Một & hai", "description": "&quot;Ba&quot;", "area": address.split("/", maxsplit=1)[0]}
    assert difference(made, SitePage(address, "T", "# Một { #a }\n\n## Hai { #b }\n\n## Ba { #c }\n", meta)) == ""


def with_theme(folder: Path, settings_: Settings, knowledge: Knowledge, old: str, new: str) -> Plan:
    """A plan of the project's theme with one thing changed in its main.html."""
    shutil.copytree(ROOT / "templates/theme", folder / "templates/theme")
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    main = folder / "templates/theme/main.html"
    text = main.read_text(encoding="utf-8")
    assert old in text
    main.write_text(text.replace(old, new), encoding="utf-8")
    return plan(folder / "mkdocs.yml", settings_, knowledge.labels)[0]


def test_a_theme_that_changes_values(tmp_path: Path, settings: Settings, knowledge: Knowledge) -> None:
    """A theme that does something with a title instead of printing it is left to MkDocs as a whole."""
    made = with_theme(tmp_path, settings, knowledge, "{{ page.meta.title }}", "{{ page.meta.title | upper }}")
    page = SitePage("xa/a/", "T", "# Một { #a }\n", USUAL)
    assert made.all_slow
    assert "<title>MỘT - " in made.page(page)
    proved, said = prove(made, [page])
    assert proved == made and len(said) == 1


def test_a_theme_that_asks_for_values(tmp_path: Path, settings: Settings, knowledge: Knowledge) -> None:
    """A theme that decides by a value is found out on the first page of the kind; only that kind is slow."""
    asks = "{% if page.meta.title == 'Một' %}!{% endif %}{{ page.meta.title }}"
    made = with_theme(tmp_path, settings, knowledge, "{{ page.meta.title }}", asks)
    one = SitePage("xa/a/", "T", "# Một { #a }\n", USUAL)
    other = SitePage("nam/2020/", "T", "# Hai { #a }\n", {**USUAL, "title": "Hai", "area": "nam"})
    proved, said = prove(made, [one, other])
    assert len(said) == 1 and proved.slow == {made.kind(one)}
    assert "<title>!Một - " in proved.page(one)
    assert "/xa/a/" in said[0]


def test_what_nav_names_must_be_there(made: Plan) -> None:
    """A section that no page is, is a warning in MkDocs's words."""
    assert any("'su-kien/index.md'" in words for words in made.missing(["nguoi/"]))
    assert made.missing(made.nav) == []
