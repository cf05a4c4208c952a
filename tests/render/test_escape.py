"""Escaping: what a source prints is text, in Markdown and in HTML, whatever it is."""

from __future__ import annotations

import re

import lxml.html
import markdown
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from archive.config import load_yaml
from archive.render.environment import escape, html_block, safe_markdown
from archive.site.markdown import to_html
from tests.archives import ROOT
from tests.strategies import any_text, marked_up

texts = st.one_of(any_text, marked_up).map(lambda text: " ".join(text.split())).filter(bool)
EXTENSIONS = ["attr_list", "toc", "tables", "def_list", "sane_lists", "fenced_code", "footnotes", "abbr", "md_in_html"]


def shown(html: str) -> str:
    """The words a reader sees."""
    return " ".join(str(lxml.html.fragment_fromstring(html, create_parent="div").text_content()).split())


def tags(html: str) -> set[str]:
    root = lxml.html.fragment_fromstring(html, create_parent="main")
    return {str(element.tag) for element in root.iter()} - {"main"}


@given(texts)
@example("1. một")
@example("2) hai")
@example("- mục")
@example("+ mục")
@example("# đề mục")
@example("===")
@example("---")
@example(": định nghĩa")
@example("[^1]: chú thích")
@example("{: #la onclick=x }")
@example("| a | b |")
@example("~~~")
@example("*[HTML]: viết tắt")
@example("&amp; &#60; &lt;")
@example("\\* \\\\ \\`")
@example("https://a.example/?x=1&y=2 <https://b.example>")
def test_text_stays_text(text: str) -> None:
    """An escaped text renders back to itself as a paragraph, with no element of its own."""
    html = markdown.markdown(str(escape(text)), extensions=EXTENSIONS)
    assert shown(html) == text
    assert tags(html) == {"p"}


@given(texts)
def test_text_stays_text_in_a_heading(text: str) -> None:
    """The same in a heading with an anchor, as the templates write titles."""
    html = markdown.markdown(f"# {escape(text)} {{ #dau-trang }}", extensions=EXTENSIONS)
    assert (shown(html), tags(html)) == (text, {"h1"})
    assert lxml.html.fragment_fromstring(html).get("id") == "dau-trang"


@given(texts)
def test_text_stays_text_in_an_attribute(text: str) -> None:
    """The same in an attribute of an element, which it can't leave."""
    html = markdown.markdown(html_block(Markup('<p title="{}" class="x">y</p>').format(escape(text))))
    element = lxml.html.fragment_fromstring(html.strip())
    assert dict(element.attrib) == {"title": text, "class": "x"}


@given(texts)
def test_escaping_is_idempotent(text: str) -> None:
    """What is escaped already is markup and is left alone by the templates."""
    assert escape(text) == escape(text)
    assert "<" not in escape(text) and '"' not in escape(text)


def test_the_engine_knows_no_more_than_was_tried() -> None:
    """Every Markdown extension of mkdocs.yml is among those the escape was tried with."""
    used = load_yaml(ROOT / "mkdocs.yml")["markdown_extensions"]
    names = {name for entry in used for name in ([entry] if isinstance(entry, str) else entry)}
    assert names <= set(EXTENSIONS)


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '<img src=x onerror="alert(1)">',
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html;base64,AAAA)",
        '<a href="&#106;avascript:alert(1)">x</a>',
        '<p style="position:fixed" onclick="x()" class="y">z</p>',
        "<iframe src=//e.example></iframe>",
        "<svg/onload=alert(1)>",
        '[x](https://a.example "onmouseover=alert(1)")',
        "<style>p{display:none}</style>",
        "<form action=//e.example><input></form>",
    ],
)
def test_editors_markdown_is_harmless(text: str) -> None:
    """Notes and pages may hold Markdown; script, style, forms and foreign schemes are taken out."""
    root = lxml.html.fragment_fromstring(str(safe_markdown(text)), create_parent="div")
    for element in root.iter():
        assert element.tag in {"div", "p", "a"}
        assert set(element.attrib) <= {"href", "title"}
        assert element.get("href", "https:").startswith("https:")


@pytest.mark.parametrize(
    "around", ["# {}", "<div>\n{}\n</div>", "<section>{}</section>", "x\n\n<h1>{}</h1>", "<h5>{}</h5> {}"]
)
@pytest.mark.parametrize(
    "text",
    [r"\[x\](javascript:alert(1))", r"\*x\*{: onclick=alert(1) }", r"\`x\`{onclick=alert(1)}", r"\[y\]: javascript:x"],
)
def test_what_cleaning_leaves_is_no_markdown(around: str, text: str) -> None:
    """The text of an element that is taken away is text, whichever engine reads it among Markdown."""
    page = f"\n# Tiêu đề {{ #dau-trang }}\n\n{safe_markdown(around.replace('{}', text))}\n\n\\[y]\n"
    by_comrak = to_html(page)
    assert by_comrak is not None
    for html in (markdown.markdown(page, extensions=EXTENSIONS), by_comrak.html):
        assert tags(html) <= {"h1", "p", "div", "section"}
        assert not re.search(r"<[^>]*(?:onclick|javascript)", html)


def test_editors_markdown_keeps_its_shape() -> None:
    """Headings with anchors, lists, tables, links and emphasis of an editor's page are kept."""
    html = str(safe_markdown("## Ngày tháng\n\n- **một**\n\n| a |\n|---|\n| b |\n\n[c](../d/#e)"))
    assert {"h2", "ul", "li", "strong", "table", "th", "td", "a"} <= tags(html)
    assert 'id="ngay-thang"' in html and 'href="../d/#e"' in html


@given(st.lists(marked_up, max_size=5).map("\n\n   ".join))
def test_html_blocks_have_no_gaps(text: str) -> None:
    """HTML for any engine has no blank line and no indentation inside."""
    lines = str(html_block(text)).strip("\n").split("\n")
    assert all(line == line.strip() for line in lines)
    assert all(lines) or lines == [""]
