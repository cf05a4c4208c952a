"""MkDocs and Zensical make the same article out of the same work folder."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from archive.progress import Progress
from tests.archives import SITE_CONFIG

ROOT = Path(__file__).resolve().parents[2]


def build_with(engine: str, folder: Path) -> Path:
    paths = Paths.below(ROOT)
    own = Paths(ROOT / "tests/toy_archive/content", SITE_CONFIG, paths.templates, paths.mkdocs, folder / "work")
    out = folder / engine
    build(own, out, Report(), Progress(quiet=True), engine=engine, search=False)
    return out


def article_of(page: Path) -> list[tuple[str, dict[str, str], str]]:
    """Elements, attributes and words of the page's own content, in order."""
    article = lxml.html.document_fromstring(page.read_text(encoding="utf-8")).find(".//article")
    assert article is not None, page
    return [
        (str(element.tag), {str(k): str(v) for k, v in element.attrib.items()}, " ".join((element.text or "").split()))
        for element in article.iter()
    ]


def test_both_engines_make_the_same_articles(tmp_path: Path) -> None:
    """Every page exists in both, and its article is the same element by element."""
    pytest.importorskip("zensical")
    one, other = build_with("mkdocs", tmp_path), build_with("zensical", tmp_path)
    pages = sorted(path.relative_to(one) for path in one.rglob("*.html"))
    assert pages == sorted(path.relative_to(other) for path in other.rglob("*.html"))
    differing = [
        str(page) for page in pages if page.name != "404.html" and article_of(one / page) != article_of(other / page)
    ]
    assert differing == []
