"""Saved pages in twenty mark-ups: what they show is in the draft, or listed as left out, here as in browsers."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from archive.config import load_yaml
from archive.desk import FILES, Desk
from archive.ingest.html import PageReader
from archive.ingest.lines import word_key
from archive.ingest.page_names import PageNames
from archive.ingest.page_says import day_in_vietnam, without_site
from archive.ingest.rules.pages import PageRules
from archive.known import Known
from archive.model.draft import Extracted
from archive.model.text import BlockKind
from archive.problems import Report
from archive.rules.reader import ConfigError, read_rules
from bench.import_eval import make_importer
from tests.archives import SITE_CONFIG

FOLDER = Path(__file__).with_name("pages")
PAGES = sorted(FOLDER.glob("*.html"))
PARTS = load_yaml(Path(__file__).with_name("page_parts.yml"))
ENTRIES = load_yaml(SITE_CONFIG / "pages.yml")
SIGNS = {BlockKind.HEADING: "## ", BlockKind.ITEM: "- ", BlockKind.QUOTE: "> "}
IMPORTER = make_importer()


def extracted(path: Path) -> Extracted:
    found = IMPORTER.extract(path.name, path.read_bytes(), Report())
    assert found is not None
    return found


def expected(path: Path) -> dict[str, Any]:
    return load_yaml(path.with_suffix(".yml"))


def test_there_are_twenty() -> None:
    """Each page has what is expected of it beside it."""
    assert len(PAGES) == 20
    assert {path.stem for path in FOLDER.iterdir()} == {path.stem for path in PAGES}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page(path: Path) -> None:
    """Headline, text, captions with credits, and what the page says of itself."""
    found, wanted = extracted(path), expected(path)
    cleaned, received = found.cleaned, found.received
    assert [f"{SIGNS.get(block.kind, '')}{block.text}" for block in cleaned.blocks] == wanted["body"]
    assert [{"text": c.text, "credit": c.credit} for c in cleaned.captions] == wanted["captions"]
    assert cleaned.title == wanted["title"]
    assert list(cleaned.byline) == wanted["byline"]
    for name in ("publisher", "published", "url"):
        assert getattr(received, name) == wanted[name], name


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_is_left_out_is_listed(path: Path) -> None:
    """With its kind where it stood in the main part; what is no part of it appears nowhere in the text."""
    found, wanted = extracted(path), expected(path)
    dropped = [(change.kind, change.text or "") for change in found.cleaned.changes if change.action == "dropped"]
    for kind, beginnings in wanted["dropped"].items():
        for beginning in beginnings:
            assert any(kind == other and text.startswith(beginning) for other, text in dropped), (kind, beginning)
    text = "\n".join(
        [block.text for block in found.cleaned.blocks] + [caption.text for caption in found.cleaned.captions]
    )
    assert [words for words in wanted["absent"] if words in text] == []
    assert [doubt.why for doubt in found.received.unsure] == wanted["unsure"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_of_the_main_part_is_lost(path: Path) -> None:
    """Each line that was taken from a page is in the text, a caption, or a change that names it."""
    found = extracted(path)
    cleaned = found.cleaned
    kept = [block.text for block in cleaned.blocks] + [caption.text for caption in cleaned.captions]
    told = [change.text or "" for change in cleaned.changes]
    everywhere = word_key(" ".join([*kept, *told, cleaned.title or ""]))
    tags = tuple(word_key(text) for text in told if len(text) < 20)
    lines = [word_key(line) for line in found.received.text.split("\n") if line.strip()]
    lost = [line for line in lines if line not in everywhere]
    assert [line for line in lost if not any(line.startswith(t) and line[len(t) :] in everywhere for t in tags)] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_browser_gives_the_same(path: Path) -> None:
    """The desk's form of a page is the command line's draft of it."""
    desk = Desk({name: load_yaml(SITE_CONFIG / f"{name}.yml") for name in FILES}, Known())
    drafted = json.loads(desk.draft(path.name, path.read_bytes()))
    made = json.loads(desk.finish(json.dumps(drafted["form"])))
    own = make_importer().draft(path.name, path.read_bytes(), Report())
    assert own is not None and made["problems"] == []
    assert drafted["body"] == [block.text for block in extracted(path).cleaned.blocks]
    assert made["files"] == [*own.files, own.source_path]
    assert all(text.strip() in made["bundle"] for text in own.files.values())


TEXT = (
    "Ngày 3/4/2021, xã Gò Nhỏ họp bàn việc làm đường với đại diện mười hai thôn trong xã.",
    "Ông Hồ Văn Giấy, Bí thư Đảng ủy xã chủ trì cuộc họp và nghe ý kiến của từng thôn một.",
    "Các thôn hứa góp ngày công, xã lo cát sỏi, việc sẽ làm xong trước mùa mưa năm nay.",
)
FRAME = (
    "<!doctype html><title>Gò Nhỏ họp bàn làm đường</title><body><div><h1>Gò Nhỏ họp bàn làm đường</h1>{0}</div></body>"
)


def read(inside: str) -> tuple[list[str], list[tuple[str, str | None]], list[tuple[str | None, str | None]]]:
    """Blocks with their signs, captions with credits, and kinds and texts of what a page's reader left out."""
    page = FRAME.format(inside).encode()
    found = IMPORTER.extract("x.html", page, Report())
    assert found is not None
    blocks = [f"{SIGNS.get(block.kind, '')}{block.text}" for block in found.cleaned.blocks]
    captions = [(caption.text, caption.credit) for caption in found.cleaned.captions]
    return blocks, captions, [(change.kind, change.text) for change in found.received.dropped]


def paragraphs(*between: str) -> str:
    """The text with something behind its first paragraph."""
    return f"<p>{TEXT[0]}</p>{''.join(between)}<p>{TEXT[1]}</p><p>{TEXT[2]}</p>"


@pytest.mark.parametrize(
    "markup",
    [
        "<figure><img src=a.jpg><figcaption>{0}</figcaption></figure>",
        "<figure><img src=a.jpg><div class=note>{0}</div></figure>",
        "<div class=wp-caption><img src=a.jpg><p class=wp-caption-text>{0}</p></div>",
        "<p><img src=a.jpg></p><p class=caption>{0}</p>",
        "<table><tr><td><img src=a.jpg><tr><td>{0}</table>",
        "<p align=center><img src=a.jpg></p><p align=center>{0}</p>",
        "<p><img src=a.jpg><br><i>{0}</i></p>",
        '<div type="Photo" class="VCSortableInPreviewMode"><div><img src=a.jpg></div><div class="PhotoCMS_Caption">'
        "<p>{0}</p></div></div>",
        "<amp-img src=a.jpg></amp-img><span class='img-caption'>{0}</span>",
        "<iframe src=video></iframe><p style='text-align:center'><em>{0}</em></p>",
    ],
)
@pytest.mark.parametrize(
    ("printed", "caption"),
    [
        ("Bà con đội nắng ra đồng", ("Bà con đội nắng ra đồng", None)),
        ("Bà con đội nắng ra đồng. Ảnh: Kim Anh", ("Bà con đội nắng ra đồng.", "Kim Anh")),
        ("Bà con đội nắng ra đồng. (Ảnh: Kim Anh)", ("Bà con đội nắng ra đồng.", "Kim Anh")),
    ],
)
def test_captions(markup: str, printed: str, caption: tuple[str, str | None]) -> None:
    """The usual mark-up of captions gives captions with credits, and the text stays as it is."""
    assert read(paragraphs(markup.format(printed))) == (list(TEXT), [caption], [])


@pytest.mark.parametrize("row", PARTS["blocks"], ids=lambda row: row["markup"][:40])
def test_blocks_stay(row: dict[str, str]) -> None:
    """Quotations, headings, items, linked paragraphs, text in layout tables and beside pictures."""
    blocks, captions, dropped = read(paragraphs(row["markup"]))
    assert captions == [] and dropped == []
    words = re.sub(r"<[^>]+>", "", row["markup"])
    assert blocks == [TEXT[0], row.get("block", words), *TEXT[1:]]


@pytest.mark.parametrize("row", PARTS["boxes"], ids=lambda row: row["markup"][:40])
def test_boxes_are_listed(row: dict[str, str]) -> None:
    """Boxes of other news and buttons go, the text behind them stays, and the list says what went."""
    assert read(paragraphs(row["markup"])) == (list(TEXT), [], [(row["kind"], row["text"])])


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Không ai thấy dòng này cả</p>",
        "<p style='color:red; display : none'>Không ai thấy dòng này cả</p>",
        "<p style=visibility:hidden>Không ai thấy dòng này cả</p>",
        "<div aria-hidden=true><p>Không ai thấy dòng này cả</p></div>",
        "<p class=sr-only>Không ai thấy dòng này cả</p>",
        "<script>Không ai thấy dòng này cả</script>",
        "<template><p>Không ai thấy dòng này cả</p></template>",
        "<!-- <p>Không ai thấy dòng này cả</p> -->",
    ],
)
def test_what_is_hidden_is_not_there(hidden: str) -> None:
    """What a reader doesn't see is neither text nor among what was left out."""
    assert read(paragraphs(hidden)) == (list(TEXT), [], [])


def test_a_table_is_rows() -> None:
    """A table of short cells in rows and columns is an item a row, without bars."""
    table = "<table><tr><th>Thôn<th>Hộ<tr><td>Đông<td>40<tr><td>Đoài<td>35</table>"
    assert read(paragraphs(table))[0] == [TEXT[0], "- Thôn; Hộ", "- Đông; 40", "- Đoài; 35", *TEXT[1:]]


def test_much_text_elsewhere_is_told() -> None:
    """Of two frames with much text one is taken, and a doubt shows where the other begins."""
    other = [line.replace("Gò Nhỏ", "Bãi Lớn").replace("thôn", "ấp") for line in TEXT[:2]]
    page = FRAME.replace("<div>", "<div class=noidung>").format(paragraphs())
    page = page.replace(
        "</div></body>", f"</div><section><div><p>{other[0]}</p><p>{other[1]}</p></div></section></body>"
    )
    found = IMPORTER.extract("x.html", page.encode(), Report())
    assert found is not None and [block.text for block in found.cleaned.blocks] == list(TEXT)
    assert [(doubt.why, doubt.words) for doubt in found.received.unsure] == [("text-elsewhere", other[0])]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("2024-05-12T18:00:00Z", "2024-05-13"),
        ("2024-05-12T16:59:00Z", "2024-05-12"),
        ("2024-05-12T23:30:00+07:00", "2024-05-12"),
        ("2024-05-12T23:30:00.000-05:00", "2024-05-13"),
        ("2024-05-12T18:00:00", "2024-05-12"),
        ("2024-05-12 18:00 +0000", "2024-05-13"),
        ("2024-05-12", "2024-05-12"),
        ("Sun, 12 May 2024 18:00:00 GMT", "2024-05-13"),
        ("12/05/2024 06:30", "2024-05-12"),
        ("5/12/2024 4:12:30 PM", None),
        ("0001-01-01T00:00:00", None),
        ("9999-12-31T23:59:59Z", None),
        ("2024-13-40T00:00:00Z", None),
        ("hôm qua", None),
        ("", None),
    ],
)
def test_days(words: str, day: str | None) -> None:
    """A point in time is the day it is in Việt Nam; what is no day is none."""
    assert day_in_vietnam(words) == day


HEAD = """<!doctype html><html><head>{0}</head><body><h1>Gò Nhỏ họp bàn làm đường</h1>
<p>{1}</p><p>{2}</p></body></html>"""


@pytest.mark.parametrize("row", PARTS["said"], ids=lambda row: row["head"][:40])
def test_what_a_page_says_of_itself(row: dict[str, Any]) -> None:
    """Title, publisher, day, address and authors, wherever they are said, judged."""
    found = IMPORTER.extract("x.html", HEAD.format(row["head"], *TEXT[:2]).encode(), Report())
    assert found is not None
    for name, value in row["said"].items():
        assert getattr(found.received, name) == (tuple(value) if name == "authors" else value)


def test_site_names() -> None:
    """Only the site's own name is cut from a headline, whatever sign stands between."""
    assert without_site("Họp dân - Bàn việc - Báo Gò", "Báo Gò") == "Họp dân - Bàn việc"
    assert without_site("Báo Gò | Họp dân", "Báo Gò") == "Họp dân"
    assert without_site("Họp dân - Bàn việc", "Báo Gò") == "Họp dân - Bàn việc"


NAMES = PageNames(read_rules(PageRules, ENTRIES, "pages"))


@pytest.mark.parametrize("kind", ENTRIES["names"])
def test_names(kind: str) -> None:
    """Each kind of part has names that belong to it and names that don't."""
    entry = ENTRIES["names"][kind]
    assert entry["examples"] and entry["not"]
    assert [name for name in entry["examples"] if kind not in NAMES.kinds(name)] == []
    assert [name for name in entry["not"] if kind in NAMES.kinds(name)] == []


@pytest.mark.parametrize("group", ["labels", "no-authors"])
def test_patterns(group: str) -> None:
    """Every pattern matches its examples and none of its counter-examples, and repeats with a bound."""
    for entry in ENTRIES[group]:
        alone = PageNames(read_rules(PageRules, {**ENTRIES, group: [entry]}, "pages"))
        matches = alone.is_label if group == "labels" else alone.is_no_author
        assert entry["examples"] and entry["not"]
        assert [words for words in entry["examples"] if not matches(words)] == []
        assert [words for words in entry["not"] if matches(words)] == []
        assert not re.search(r"[*+]|\{\d*,\}", re.sub(r"\\.|\[(?:\\.|[^\]\\])*\]", "", entry["pattern"]))


def test_a_bad_pattern_is_named() -> None:
    """A file that can't be used is refused by its name."""
    with pytest.raises(ConfigError, match=r"pages\.yml: labels"):
        PageReader(read_rules(PageRules, {**ENTRIES, "labels": [{"pattern": "("}]}, "pages"))
