"""The tree of a page: what browsers make of broken mark-up, in linear work."""

from __future__ import annotations

import random

import pytest

from archive.config import load_rules
from archive.ingest.html import PageReader
from archive.ingest.markup import DEEPEST, MOST_NODES, Node, parse
from archive.ingest.rules.pages import PageRules
from tests.archives import SITE_CONFIG
from tests.work import Searched, lines_of

READER = PageReader(load_rules(PageRules, SITE_CONFIG, "pages"))
LINE = "Hội nghị bàn việc làm đường với đại diện mười hai thôn trong xã năm nay."


def shape(node: Node) -> str:
    """The tree in brackets."""
    return "".join(
        child.strip() if isinstance(child, str) else f"{child.tag}({shape(child)})" for child in node.children
    )


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("<p>a<p>b", "p(a)p(b)"),
        ("<p>a<div>b</div>c</p>", "p(a)div(b)cp()"),
        ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul(li(a)li(bul(li(c)))li(d))"),
        ("<table><tr><td>a<td>b<tr><td>c</table>d", "table(tr(td(a)td(b))tr(td(c)))d"),
        ("<table><tr><td>a<table><tr><td>b</table>c</table>", "table(tr(td(atable(tr(td(b)))c)))"),
        ("<div><table><tr><td>a</div>b</td></tr></table></div>c", "div(table(tr(td(ab))))c"),
        ("<dl><dt>a<dd>b<dt>c</dl>", "dl(dt(a)dd(b)dt(c))"),
        ("<b>a</i>b</b>", "b(ab)"),
        ("a<br/>b</br>c", "abr()bbr()c"),
        ("<a title='x>y' href=b>c</a>", "a(c)"),
        ('<img alt="a <b>c" src=x>d', "img()d"),
        ("<script>if (a < b) '<p>'</script>c", "script()c"),
        ("<title>a &amp; <b></title><p>c", "title(a & <b>)p(c)"),
        ("<!-- <p>a --><p>b", "p(b)"),
        ("<!doctype html><?php x ?><p>a", "p(a)"),
        ("<![if !vml]>a<![endif]>", "a"),
        ("a < b &lt; c &#7897; &#99999999999; &khong;", "a<b < c ộ  &khong;"),
        ("<P CLASS=x>a</P>", "p(a)"),
        ("<head><title>a</title><p>b", "head(title(a))p(b)"),
        ("<p a='", "p()"),
        ("<", "<"),
        ("</", ""),
        ("<!--", ""),
    ],
)
def test_trees(source: str, tree: str) -> None:
    """Left-out end tags, crossed tags, tables in tables, comments, raw text: as browsers read them."""
    assert shape(parse(source).root) == tree


def test_attributes() -> None:
    """Quoted or not, with letters escaped; the first of two wins, and none is longer than anybody needs."""
    (node,) = parse(f'<P Class=\'a b\' id=c ID=d hidden title="&quot;e&quot;" src="{"x" * 9000}">').root.children
    assert isinstance(node, Node)
    assert {**node.attributes, "src": ""} == {"class": "a b", "id": "c", "hidden": "", "title": '"e"', "src": ""}
    assert len(node.get("src")) < 5000


def test_where_a_browser_saved_it_from() -> None:
    """The address in the comment of browsers."""
    assert parse("<!-- saved from url=(0021)https://a.example/b?c -->").saved_from == "https://a.example/b?c"
    assert parse("<!-- saved from url= -->").saved_from == ""


def test_depth_and_length_have_bounds() -> None:
    """A million open elements make a tree that can be walked through, and the page says that it was cut."""
    tree = parse("<div>" * (MOST_NODES + 5) + "a")
    depth, node = 0, tree.root
    while node.children and isinstance(node.children[0], Node):
        depth, node = depth + 1, node.children[0]
    assert depth <= DEEPEST and tree.is_cut


HOSTILE = {
    "open": "<div>",
    "inline": "<b></div>",
    "quotes": '<a "> "',
    "less": "<",
    "comments": "<!--",
    "number": "&#" + "9" * 40,
    "names": "&a",
    "cells": "<table><td>",
    "rows": "<tr><td>a<td>b",
    "items": "<ul><li><b>",
    "scripts": "<script ",
    "values": "<a b='",
    "spaces": "<a    ",
    "paragraphs": f"<p>{LINE}<div>",
    "stories": f"<article><h2>Một việc</h2><p>{LINE}</p><p>{LINE}</p></article>",
    "pictures": "<p><img src=a><em>ảnh chụp</em></p>",
    "figures": "<figure><img><figcaption>",
    "teasers": f"<div><a href=x>Một việc khác ở xóm bên</a><p>{LINE}</p>",
    "classes": "<div class='a-b_c d'>x</div>",
    "data": '<script type="application/ld+json">[[[[</script>',
    "headings": "<h1>Một việc ở xã</h1>",
}


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_work_is_linear(piece: str) -> None:
    """Eight times the page takes about eight times the work; a square would take sixty-four times."""

    def work(length: int) -> int:
        source = Searched(piece * (length // len(piece)))
        parse(source)
        return source.characters + lines_of(lambda: READER.read(str(source)))

    assert work(40_000) < 12 * work(5_000)


def test_a_hundred_megabytes_of_text() -> None:
    """A page as long as that is read to its end."""
    page = READER.read(f"<html><p>{(LINE + ' ') * 1_100_000}</p></html>")
    assert page is not None and len(page.text) > 75_000_000


def test_damaged_pages() -> None:
    """Whatever is cut out of a page, or put into it, gives a page or None, never an exception."""
    chance = random.Random(7)
    whole = (
        f'<html><head><title>Một việc</title><meta property="og:title" content="Một việc"></head><body><div class="a">'
        f"<h1>Một việc</h1><p>{LINE}</p><figure><img src=x><figcaption>Ảnh</figcaption></figure><table><tr><td>a</td>"
        f"<td>b</td></tr></table><ul><li><a href=x>{LINE}</a></li></ul><!-- x --><script>y</script></div></body></html>"
    )
    bait = ["<", ">", '"', "'", "</", "<!--", "-->", "<table>", "</table>", "<td>", "<p", "&#", "=", "<script>", "\x00"]
    for _ in range(3000):
        pieces = list(whole)
        for _ in range(chance.randrange(1, 8)):
            at = chance.randrange(len(pieces))
            if chance.random() < 0.5:
                del pieces[at : at + chance.randrange(1, 60)]
            else:
                pieces[at:at] = chance.choice(bait)
        READER.read("".join(pieces))
