"""Search: what the index is given, and that Pagefind makes one of it."""

from __future__ import annotations

import json
from pathlib import Path

import lxml.html
import pytest
from hypothesis import example, given

from archive.build.loading import Loaded
from archive.language.spelling import nfc
from archive.model.search import SearchEntry
from archive.rules.site import SearchEngine, SearchSettings
from archive.search import build_search_index
from archive.search.pagefind import index_page, indexed
from archive.search.words import TermMaker
from tests.archives import tree
from tests.made_site import make_site
from tests.search.made import KNOWLEDGE, SEARCH, VOCABULARY
from tests.strategies import in_any_form, marked_up


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("đại đoàn kết", "ḏại ḏoàn kết"),
        ("Đắk Lắk", "Ḏắk Lắk"),
        ("thuỷ lợi", "thủy lợi"),
        ("hoà giải", "hòa giải"),
        ("quý II", "quý II"),
        ("ho\u0300a", "hòa"),
    ],
)
def test_indexed(text: str, expected: str) -> None:
    """đ is written so that Pagefind folds it, tones stand in one place, all is NFC."""
    assert indexed(text) == expected


@given(in_any_form)
def test_indexed_keeps_length(text: str) -> None:
    """A place in the index is the same place in the printed text, and asking twice changes nothing."""
    assert len(indexed(text)) == len(nfc(text))
    assert indexed(indexed(text)) == indexed(text)


@given(marked_up, marked_up, marked_up)
@example("</h1><b>x</b>", "</p><script>x</script>", '"><i>x</i>')
@example("&amp;", "&lt;b&gt;", "&quot;")
def test_page_holds_text_as_text(title: str, words: str, value: str) -> None:
    """Whatever a record prints, the page for the index holds it as words, metadata and filter values."""
    entry = SearchEntry(
        "nguoi/a/",
        "officials",
        title,
        facts=value,
        names=(words,),
        blocks=(("doan-1", words), ("", title)),
        filters={"level": ((value, value),)},
    )
    root = lxml.html.document_fromstring(page_of(entry))
    assert {str(element.tag) for element in root.iter()} == {"html", "body", "main", "h1", "p", "span"}
    assert root.findtext(".//h1") == indexed(title)
    texts = {str(p.get("id")): "".join(map(str, p.itertext())) for p in root.iter("p")}
    assert list(texts) == ["_n0", "doan-1", "_b1", "_c"]
    assert (texts["_n0"], texts["doan-1"], texts["_b1"]) == (indexed(words), indexed(words), indexed(title))
    metas = {str(span.get("data-pagefind-meta")): span.get("data-v") for span in root.iter("span")}
    assert (metas["title[data-v]"], metas["facts[data-v]"]) == (title, value)
    filters = [span.get("data-v") for span in root.iter("span") if span.get("data-pagefind-filter") == "level[data-v]"]
    assert filters == [value]


def test_every_record_can_be_found(toy: Loaded) -> None:
    """There is one entry for every record, with an address and a title."""
    entries = list(make_site(toy).entries.values())
    addresses = {f"{kind.address}/{id}/" for kind in toy.knowledge.kinds.values() for id in toy.corpus.records(kind.id)}
    found = [entry.address for entry in entries]
    assert addresses <= set(found) and len(found) == len(set(found))
    assert all(entry.title and entry.kind for entry in entries)


def test_nothing_hidden_is_indexed(toy: Loaded) -> None:
    """Text that rights keep from being shown is not in the index either."""
    for entry in make_site(toy).entries.values():
        assert "KHÔNGĐƯỢCĐĂNG" not in page_of(entry).replace("Ḏ", "Đ")


MAKER = TermMaker(VOCABULARY)


def page_of(entry: SearchEntry) -> str:
    return index_page(entry, MAKER, *MAKER.entry_terms(entry))


def build(root: Path, engine: SearchEngine = "pagefind", up_to: int = 0, work: str = "work") -> int:
    settings = SearchSettings(engine, up_to)
    return build_search_index(entries(), root / "site", root / work, KNOWLEDGE, SEARCH, settings)


def entries() -> list[SearchEntry]:
    return [
        SearchEntry(
            "bai-viet/a/",
            "articles",
            "Dân vận khéo ở Suối Mây",
            date="2024-01",
            blocks=(("doan-1", "đại đoàn kết, CTDV theo Nghị quyết số 43-NQ/TW"),),
            filters={"level": (("xa", "Xã"),), "year": (("2024", "2024"), ("2023", "2023"))},
        ),
        SearchEntry("nguoi/b/", "officials", "Tạ Đình Khói", filters={"level": (("tinh", "Tỉnh"),)}),
    ]


def test_pagefind_makes_an_index(tmp_path: Path) -> None:
    """Pagefind indexes every page in Vietnamese, and only what the search page needs is published."""
    assert build(tmp_path) == 2
    index = tmp_path / "site" / "pagefind"
    languages = json.loads((index / "pagefind-entry.json").read_text(encoding="utf-8"))["languages"]
    assert {language: facts["page_count"] for language, facts in languages.items()} == {"vi": 2}
    assert (index / "pagefind.js").is_file() and not list(index.glob("*ui*"))


def test_same_pages_same_index(tmp_path: Path) -> None:
    """The same entries give the same files, to the byte."""
    for run in ("one", "two"):
        build(tmp_path / run)
    assert tree(tmp_path / "one" / "site") == tree(tmp_path / "two" / "site")


def test_words_that_only_the_index_has() -> None:
    """Numbers, dates and names in one piece are words; an abbreviation brings its full form, with little weight."""
    article, official = map(page_of, entries())
    spans = {
        str(span.text): span.get("data-pagefind-weight")
        for page in (article, official)
        for span in lxml.html.document_fromstring(page).iter("span")
    }
    assert spans["43nqtw"] == spans["nghiquyet43"] == "4" and spans["m1x2024"] == "10"
    assert spans["công tác dân vận"] == "0.5" and spans["tadinhkhoi"] == "6"


@pytest.mark.parametrize(
    ("engine", "up_to", "made"),
    [("pagefind", 0, "pagefind"), ("syllable", 9, "syllable"), ("auto", 2, "pagefind"), ("auto", 1, "syllable")],
)
def test_engine(engine: SearchEngine, up_to: int, made: str, tmp_path: Path) -> None:
    """The site says which engine it was built with; `auto` counts what can be found."""
    assert build(tmp_path, engine, up_to) == 2
    folder = tmp_path / "site" / "tim-kiem" / "chi-muc"
    assert json.loads((folder / "engine.json").read_text(encoding="utf-8")) == {"engine": made}
    assert (tmp_path / "site" / "pagefind").is_dir() == (made == "pagefind")
    assert (folder / "words.json").is_file() and (folder / "lexicon.gz").is_file()
    small = {"kind", "year", "level"}
    if made == "pagefind":
        assert json.loads((folder / "facets.json").read_text(encoding="utf-8")).keys() == small
