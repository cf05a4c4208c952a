"""Nothing that a file says becomes markup: payloads in every field of every kind, and in bodies.

`html-in-text` stops tags at the door; here the door is left open. Records are made in Python with a
payload in each text field, rendered, written and built by MkDocs, and the HTML is read as a browser
reads it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import lxml.html
import pytest

from archive.config import Settings, load_rules
from archive.knowledge import Knowledge
from archive.model.edtf import parse_date
from archive.model.records import Article, Document, Event, Official, Origin, Page
from archive.model.schema import (
    Checksum,
    Choice,
    Edtf,
    FieldKind,
    FileName,
    Group,
    Many,
    Reference,
    Text,
    WebAddress,
    Whole,
    fields_of,
)
from archive.model.text import Block, BlockKind
from archive.search.pagefind import index_page
from archive.search.rules import SearchRules
from archive.search.vocabulary import make_vocabulary
from archive.search.words import TermMaker
from archive.site.html import build_html
from archive.site.work_folder import write_work_folder
from tests.archives import ROOT, SITE_CONFIG
from tests.made import context_of
from tests.made_site import MadeSite, make_site

PAYLOADS = [
    "<script>xss()</script>",
    '"><img src=x onerror=xss()>',
    "' onmouseover='xss()",
    '" onfocus="xss()" autofocus="',
    "<svg/onload=xss()>",
    "</script><script>xss()</script>",
    "</title><script>xss()</script>",
    "--><script>xss()</script><!--",
    "]]><script>xss()</script>",
    "[xss](javascript:xss())",
    "![xss](x){onerror=xss()}",
    "{: onclick=xss() }",
    "<javascript:xss()>",
    "&lt;script&gt;xss()&lt;/script&gt;",
    "&#60;img src=x onerror=xss()&#62;",
    "&amp;lt;xss&amp;gt;",
    "`</code><script>xss()</script>`",
    "\\<xss\\>",
    "# xss {#xss onclick=xss()}",
    "| a |\n|---|\n| <xss> |",
    "{{ xss }}{% xss %}${xss}",
    "<iframe src=//xss.example></iframe>",
    "<base href=//xss.example/>",
    "<style>@import '//xss.example'</style>",
    '<a href="data:text/html,xss">x</a>',
    "<!--#xss-->",
    "<?xss ?>",
]
ALL = " ".join(PAYLOADS).replace("\n", " ")
MODELS: tuple[type[Any], ...] = (Article, Event, Official, Document)
ALLOWED = """html head body meta title link script style header footer main nav div span section article aside details
summary fieldset legend figure figcaption h1 h2 h3 h4 h5 h6 p a ul ol li dl dt dd table caption thead tbody tfoot
tr th td blockquote mark sup sub strong em small b i code pre time form label input button select option output
del ins noscript hr br svg path circle rect line text g symbol use defs template"""
CHOICES = {
    "levels": "xa",
    "places": "kim-boi",
    "basis": "text",
    "rights": "full",
    "date_basis": "inferred",
    "sectors": "mttq",
}
CHOICES |= {
    "capacities": "phat-bieu",
    "document_types": "ket-luan",
    "relations": "implements",
    "change_actions": "dropped",
    "change_kinds": "other",
}


def value_of(kind: FieldKind, name: str) -> Any:
    """A value for a field: all payloads where text may stand, something valid elsewhere."""
    match kind:
        case Text():
            return {"record": "xss", "not_same_as": "xss"}.get(name, f"{name} {ALL}")
        case Many(of):
            return () if name == "not_same_as" else (value_of(of, name),)
        case Group(of):
            return of(**{inner: value_of(field.kind, inner) for inner, field in fields_of(of).items()})
        case Edtf():
            return parse_date("2024-04-11")
        case Whole():
            return 1
        case Choice(vocabulary):
            return CHOICES[vocabulary]
        case Reference():
            return "xss"
        case Checksum():
            return "0" * 64
        case WebAddress():
            return "https://a.example/?q=%22&x='xss"
        case FileName():
            return "xss.txt"


def record(model: type[Any], **more: Any) -> Any:
    values = {name: value_of(field.kind, name) for name, field in fields_of(model).items()}
    return model(id="xss", origin=Origin(f"content/{model.__name__}/xss.md"), **values, **more)


def blocks() -> tuple[Block, ...]:
    """Every payload as a block of every kind."""
    kinds = (BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.QUOTE, BlockKind.HEADING)
    return tuple(
        Block(
            kind,
            f"x {payload} y name {ALL}"[:400] if kind is BlockKind.PARAGRAPH else payload,
            f"{series}-{number}",
            1,
            2,
        )
        for order, kind in enumerate(kinds)
        for number, payload in enumerate((p.replace("\n", " ") for p in PAYLOADS), 1 + order * len(PAYLOADS))
        for series in ["muc" if kind is BlockKind.HEADING else "doan"]
    )


@pytest.fixture(scope="module")
def made(knowledge: Knowledge) -> MadeSite:
    page = Page(
        id="xss",
        origin=Origin("content/pages/xss.md"),
        title=f"title {ALL}",
        description=ALL,
        markdown="\n\n".join(PAYLOADS),
    )
    records = [record(model, **({"body": blocks()} if model is Article else {"notes": ALL})) for model in MODELS]
    made = make_site(context_of(knowledge, *records, page))
    maker = TermMaker(make_vocabulary(knowledge, load_rules(SearchRules, SITE_CONFIG, "search")))
    for entry in made.entries.values():
        assert elements_of(index_page(entry, maker, *maker.entry_terms(entry))) <= {
            "html",
            "body",
            "main",
            "h1",
            "p",
            "span",
        }
    return made


@pytest.fixture(scope="module")
def html(
    made: MadeSite, settings: Settings, knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    root = tmp_path_factory.mktemp("sanitising")
    write_work_folder(made.pages.values(), root / "docs", root / "files")
    build_html("mkdocs", ROOT / "mkdocs.yml", root / "docs", root / "site", settings, knowledge.labels)
    pages = {
        path.relative_to(root / "site").as_posix(): path.read_text(encoding="utf-8")
        for path in (root / "site").rglob("*.html")
    }
    assert len(pages) > 20 and sum("xss" in page for page in pages.values()) > 15
    return pages


def elements_of(text: str) -> set[str]:
    return {str(element.tag) for element in lxml.html.document_fromstring(text).iter() if isinstance(element.tag, str)}


def parsed(html: dict[str, str]) -> Iterator[tuple[str, lxml.html.HtmlElement]]:
    for name, text in sorted(html.items()):
        for element in lxml.html.document_fromstring(text).iter():
            yield name, element


def test_no_element_of_a_payload(html: dict[str, str]) -> None:
    """No page holds an element that only a payload could have brought, nor a comment or instruction of one."""
    allowed = set(ALLOWED.split())
    for name, element in parsed(html):
        if isinstance(element.tag, str):
            assert element.tag in allowed, (name, element.tag)
        else:
            assert "xss" not in str(element.text), (name, element)


def test_no_attribute_of_a_payload(html: dict[str, str]) -> None:
    """No element handles an event, and no attribute's name comes from a payload."""
    for name, element in parsed(html):
        for attribute in element.attrib:
            assert not str(attribute).lower().startswith("on"), (name, element.tag, attribute)
            assert re.fullmatch(r"[a-zA-Z][a-zA-Z0-9_:-]*", str(attribute)) and "xss" not in str(attribute), (
                name,
                attribute,
            )


def test_no_address_runs_code(html: dict[str, str]) -> None:
    """Links and sources lead to pages: no javascript:, no data: but pictures of our own, no foreign host."""
    for name, element in parsed(html):
        for attribute in ("href", "src", "action", "formaction", "cite", "data", "xlink:href"):
            address = re.sub(r"[\x00-\x20]", "", str(element.get(attribute) or "")).lower()
            assert not address.startswith(("javascript:", "vbscript:", "data:text", "//xss")), (
                name,
                element.tag,
                address,
            )


def test_no_script_of_a_payload(html: dict[str, str]) -> None:
    """What a script element holds is JSON that parses, or is not a payload's."""
    seen = 0
    for name, element in parsed(html):
        if element.tag == "script" and "xss" in str(element.text):
            assert element.get("type") == "application/ld+json", name
            assert "xss" in json.dumps(json.loads(str(element.text)))
            seen += 1
    assert seen >= len(MODELS)


def test_style_is_ours(html: dict[str, str]) -> None:
    """No style rule and no style attribute comes from a record."""
    for name, element in parsed(html):
        if element.tag == "style" or element.get("style"):
            assert "xss" not in f"{element.text} {element.get('style')}", name


def test_payloads_are_read_as_words(html: dict[str, str]) -> None:
    """A reader sees every payload as the words it is: nothing was lost on the way."""
    article = lxml.html.document_fromstring(html["bai-viet/xss/index.html"])
    shown = " ".join("".join(map(str, article.itertext())).split())
    for payload in PAYLOADS:
        assert " ".join(payload.split()) in shown


def test_title_and_meta_are_words(html: dict[str, str]) -> None:
    """The title of the window and the description hold the payloads as text."""
    for kind in ("bai-viet", "su-kien", "nguoi", "van-ban"):
        root = lxml.html.document_fromstring(html[f"{kind}/xss/index.html"])
        assert PAYLOADS[0] in str(root.findtext(".//title"))
        descriptions = [str(meta.get("content")) for meta in root.iter("meta") if meta.get("name") == "description"]
        assert len(descriptions) == 1 and PAYLOADS[0] in descriptions[0]


def test_data_holds_words(made: MadeSite) -> None:
    """The JSON data files parse and hold the payloads unchanged."""
    (article,) = json.loads(made.files["du-lieu/articles.json"])
    assert article["title"] == f"title {ALL}"
