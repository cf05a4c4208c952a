"""The generator is general: new kinds, levels and patterns are data and templates, never code."""

from __future__ import annotations

import re
from pathlib import Path

import lxml.html
import pytest
import yaml

from archive.build.site import build
from archive.config import Paths
from archive.problems import Report
from tests.archives import QUIET, copy_of_toy, load_archive, said, write_files

KIND = """
organisations:
  folder: organisations
  address: to-chuc
  template: organisation
  index: entities
  name: "tổ chức"
  plural: "Tổ chức"
  article_field: organisations
  fields:
    abbreviation: "Tên viết tắt"
"""
RECORD = """---
name: "Hội Giữ Lửa"
abbreviation: "HGL"
aliases: ["Hội Lửa"]
possibly_same_as: [{record: hoi-giu-nuoc, why: "Chung một trụ sở."}]
---

Hội của xóm.
"""
OTHER = '---\nname: "Hội Giữ Nước"\n---\n\nGiữ lại để đối chiếu.\n'
ARTICLE = """---
title: "Hội Giữ Lửa họp với Đặc khu"
date: "2026-01-02"
date_basis: {kind: stated, words: "Ngày 02/01/2026"}
level: dac-khu
rights: full
publisher: "Báo Xóm"
source: {file: hoi.txt, sha256: 05fc7e12ca881f774d3bfacdf40e4d3e24852a3e8e51aa5e84fe44f715cd5fa9, url: "https://bao-xom.example/hoi"}
organisations:
  - {record: hoi-giu-lua, printed: "Hội Giữ Lửa"}
---

Ngày 02/01/2026, Hội Giữ Lửa học Hương ước số 7 của xóm Trên, rồi Hội Giữ Lửa về.
"""
SOURCE = """Hội Giữ Lửa họp với Đặc khu

Ngày 02/01/2026, Hội Giữ Lửa học Hương ước số 7 của xóm Trên, rồi Hội Giữ Lửa về.
"""
PATTERN = {
    "id": "village-rules",
    "fixed": {"type": "huong-uoc"},
    "regex": r"Hương ước số (?P<numbers>\d+) của (?P<issuer>xóm <upper>\w+)",
    "examples": [],
    "not": [],
}
RULES = """---
type: huong-uoc
number: "7"
issuer: "xóm Trên"
name: "Hương ước số 7"
evidence: [{article: hoi-giu-lua-hop, words: "Hương ước số 7 của xóm Trên"}]
---
"""
TEMPLATE = """# {{ record.name }} { #dau-trang }

{% filter html_block %}
<p id="ten-viet-tat">{{ record.values.get('abbreviation') or '' }}</p>
{% for p in dossier.mentions %}<p class="mau-rieng"><a href="{{ v.passage_link(p) }}">{{ v.marked(p) }}</a></p>
{% endfor %}
{% endfilter %}
"""


def extend(paths: Paths) -> None:
    """Adds a kind, a level, a document type and a pattern to an archive, touching data and templates alone."""
    add = {"kinds.yml": KIND, "levels.yml": '\ndac-khu: {name: "Đặc khu", describe: "Từ năm 2025"}\n'}
    add["document-types.yml"] = '\nhuong-uoc: {name: "Hương ước", names: ["Hương ước"], codes: [], bare: false}\n'
    for name, text in add.items():
        file = paths.site_config / name
        file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")
    citations = paths.site_config / "citations.yml"
    pattern = yaml.safe_dump([PATTERN], allow_unicode=True)
    indented = re.sub("^", "  ", pattern, flags=re.MULTILINE).rstrip(" ")
    told = citations.read_text(encoding="utf-8")
    citations.write_text(told.replace("patterns:\n", f"patterns:\n{indented}", 1), encoding="utf-8")
    write_files(paths.templates / "pages", {"organisation.md.j2": TEMPLATE})
    write_files(
        paths.content,
        {
            "organisations/hoi-giu-lua.md": RECORD,
            "organisations/hoi-giu-nuoc.md": OTHER,
            "articles/2026/hoi-giu-lua-hop.md": ARTICLE,
            "documents/huong-uoc-7.md": RULES,
            "sources/hoi.txt": SOURCE,
        },
    )


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    paths = copy_of_toy(tmp_path_factory.mktemp("extended"))
    extend(paths)
    return paths


@pytest.fixture(scope="module")
def built(extended: Paths) -> Path:
    out = extended.content.parent / "site"
    report = Report()
    build(extended, out, report, QUIET, search=False)
    assert said(report) == ""
    return out


def page(built: Path, address: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring((built / address / "index.html").read_bytes().decode("utf-8"))


def links(built: Path, address: str) -> set[str]:
    return {str(element.get("href")) for element in page(built, address).iter("a")}


def test_a_new_kind_has_pages(built: Path) -> None:
    """A kind added in kinds.yml has an index, and a page a record in its own template."""
    assert {"../to-chuc/hoi-giu-lua/", "../to-chuc/hoi-giu-nuoc/"} <= links(built, "to-chuc")
    record = page(built, "to-chuc/hoi-giu-lua")
    assert record.get_element_by_id("ten-viet-tat").text_content() == "HGL"
    assert len(record.find_class("mau-rieng")) == 3  # two in the text, one in the title
    assert "to-chuc/" in links(built, "")


def test_a_new_kind_is_mentioned(built: Path) -> None:
    """Articles link to the records of the new kind wherever they name them."""
    article = page(built, "bai-viet/hoi-giu-lua-hop")
    mentions = [a.text_content() for a in article.iter("a") if a.get("href") == "../../to-chuc/hoi-giu-lua/"]
    assert mentions.count("Hội Giữ Lửa") == 2


def test_a_new_kind_has_data(built: Path) -> None:
    """The new kind has its data files, with the fields declared for it."""
    table = (built / "du-lieu" / "organisations.csv").read_text(encoding="utf-8-sig")
    assert table.splitlines()[0].startswith("id,url,name,aliases,abbreviation")
    assert "HGL" in table


def test_a_new_level_has_a_page(built: Path) -> None:
    """A level added in levels.yml has its page with what belongs to it."""
    assert "../../bai-viet/hoi-giu-lua-hop/" in links(built, "cap/dac-khu")
    assert "../cap/dac-khu/" in links(built, "cap")


def test_a_new_pattern_finds(built: Path) -> None:
    """A pattern added in citations.yml finds its citation and links it to the record it resolves to."""
    assert "../../van-ban/huong-uoc-7/" in links(built, "bai-viet/hoi-giu-lua-hop")
    cited = page(built, "van-ban/huong-uoc-7").text_content()
    assert "Hương ước số 7 của xóm Trên" in cited


def test_checks_know_the_new_kind(tmp_path: Path) -> None:
    """Links to records of the new kind are checked like all others."""
    paths = copy_of_toy(tmp_path)
    extend(paths)
    (paths.content / "organisations" / "hoi-giu-lua.md").unlink()
    report = load_archive(paths)[1]
    assert "[unknown-record] không có bản ghi “hoi-giu-lua” trong content/organisations/" in said(report)
