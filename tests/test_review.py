"""Two built sites side by side: what a review says came, went, changed and stays open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from archive.build.site import build
from archive.commands.main import main
from archive.commands.summary import FEW, MOST, plain, summary
from archive.commands.words import Words
from archive.config import Paths
from archive.problems import Report
from archive.review import Cited, Doubt, Review, review
from tests.archives import ADDRESSES, QUIET, ROOT, SITE_CONFIG, copy_of_toy

NAMES = {"articles": "Bài viết", "events": "Sự kiện", "officials": "Người", "documents": "Văn bản"}
HOSTILE = '"*Họp* [bấm](https://x.example) @ai #1 `mã` $x$ | www.x.example"'
NEW = f"""---
title: {HOSTILE}
title_by: editor
date: "2024-05-06"
date_basis: {{kind: inferred, words: "Ngày 6/5"}}
rights: full
place: {{printed: "xã Lưng Đồi"}}
speakers:
  - {{official: null, name: "Cầm Văn Thử", capacity: [chu-tri]}}
documents:
  - {{document: null, printed: "Kế hoạch số 77-KH/TU"}}
---

Ngày 6/5, tại xã Lưng Đồi, ông Cầm Văn Thử chủ trì buổi họp bàn Kế hoạch số 77-KH/TU.

Buổi họp cũng bàn Luật Thực hiện dân chủ ở cơ sở.
"""
LIST = ("ul", "li", "code")
ARTICLE = "articles/2024/hop-lung-doi.md"


@pytest.fixture(scope="module")
def reviewed(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Callable[[Paths], None]], Review]:
    """What a change of the toy archive's content amounts to."""

    def change(apply: Callable[[Paths], None]) -> Review:
        paths = copy_of_toy(tmp_path_factory.mktemp("change"))
        apply(paths)
        after = paths.content.parent / "site"
        build(paths, after, Report(), QUIET, search=False)
        return review(site, after, ADDRESSES.pages.data)

    return change


Reviewed = Callable[[Callable[[Paths], None]], Review]


@pytest.fixture(scope="module")
def added(reviewed: Reviewed) -> Review:
    return reviewed(lambda paths: _write(paths, ARTICLE, NEW))


def _write(paths: Paths, name: str, text: str) -> None:
    (paths.content / name).write_text(text, encoding="utf-8")


def test_the_same_twice(site: Path) -> None:
    """A site beside itself is no change; everything is still counted."""
    found = review(site, site, ADDRESSES.pages.data)
    assert not any((found.pages_added, found.pages_removed, found.gained, found.lost, found.settled, found.doubts))
    assert not any(change.added or change.removed or change.changed for change in found.records.values())
    assert found.records["articles"].total > 5 and found.pages > 50 and sum(found.citations.values()) > 10


def test_other_data(site: Path, tmp_path: Path) -> None:
    """Data files that are no table of records are none to the review."""
    data = tmp_path / "du-lieu"
    data.mkdir()
    for name, text in {"known": '[["id", "url"]]', "words": '{"id": 1}', "mentions": "[]", "documents": "[]"}.items():
        (data / f"{name}.json").write_text(text, encoding="utf-8")
    assert set(review(tmp_path, tmp_path, ADDRESSES.pages.data).records) == {"documents"}
    assert "known" not in review(tmp_path, site, ADDRESSES.pages.data).records


def test_half_a_table(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A table that is no JSON is named in one sentence."""
    (tmp_path / "du-lieu").mkdir()
    (tmp_path / "du-lieu" / "articles.json").write_text('[{"id": "a', encoding="utf-8")
    arguments = ["summary", "--before", str(tmp_path), "--after", str(site), "--root", str(ROOT)]
    assert main(arguments) == 2
    said = capsys.readouterr()
    assert (said.out, len(said.err.splitlines())) == ("", 1)
    assert str(tmp_path / "du-lieu" / "articles.json") in said.err


def test_nothing_before(site: Path, tmp_path: Path) -> None:
    """Beside no site at all everything is new."""
    found = review(tmp_path / "none", site, ADDRESSES.pages.data)
    assert len(found.records["officials"].added) == found.records["officials"].total
    assert len(found.gained) == sum(found.citations.values()) and found.lost == ()
    assert len(found.pages_added) == found.pages and "/" in found.pages_added and "/nguoi/" in found.pages_added


def test_an_article_more(added: Review) -> None:
    """A new article is named with its page and citations."""
    assert [one.id for one in added.records["articles"].added] == ["hop-lung-doi"]
    assert "/bai-viet/hop-lung-doi/" in added.pages_added
    printed = {cited.printed: cited.records for cited in added.gained}
    assert printed["Kế hoạch số 77-KH/TU"] == ()
    assert printed["Luật Thực hiện dân chủ ở cơ sở"] == ("luat-thuc-hien-dan-chu-o-co-so-toy",)
    assert added.lost == ()


def test_what_an_article_leaves_open(added: Review) -> None:
    """All that a person should look at is told, with the words it is about."""
    open_ = {(doubt.why, doubt.words) for doubt in added.doubts if doubt.id == "hop-lung-doi"}
    assert open_ == {
        ("date-inferred", "2024-05-06: Ngày 6/5"),
        ("title-by-editor", ""),
        ("no-event", ""),
        ("no-level", ""),
        ("no-publisher", ""),
        ("no-source-url", ""),
        ("no-unit", "xã Lưng Đồi"),
        ("no-official", "Cầm Văn Thử"),
        ("no-document", "Kế hoạch số 77-KH/TU"),
    }


def test_a_document_less(reviewed: Reviewed) -> None:
    """Without its record a citation means nothing any more, and is neither gained nor lost."""
    law = "luat-thuc-hien-dan-chu-o-co-so-toy"

    def remove(paths: Paths) -> None:
        (paths.content / "documents" / f"{law}.md").unlink()
        for file in (paths.content / "articles").rglob("*.md"):
            text = file.read_text(encoding="utf-8")
            file.write_text(text.replace(law, "null"), encoding="utf-8")

    found = reviewed(remove)
    assert [one.id for one in found.records["documents"].removed] == [law]
    assert f"/van-ban/{law}/" in found.pages_removed
    assert found.settled and {(cited.before, cited.records) for cited in found.settled} == {((law,), ())}
    assert (found.gained, found.lost) == ((), ())
    assert found.citations["none"] - found.citations_before["none"] == len(found.settled)


def test_a_word_less(reviewed: Reviewed) -> None:
    """A citation taken out of a text is lost, though all that follows it has moved; the record is changed."""

    def shorten(paths: Paths) -> None:
        _write(paths, ARTICLE, NEW)

    def shorter(paths: Paths) -> None:
        _write(paths, ARTICLE, NEW.replace("ông Cầm", "đồng chí Cầm").replace("Luật Thực hiện", "luật về"))

    with_law, without = reviewed(shorten), reviewed(shorter)
    lost = set(with_law.gained) - set(without.gained)
    assert {cited.printed for cited in lost} == {"Luật Thực hiện dân chủ ở cơ sở"}


def test_a_field_changed(reviewed: Reviewed) -> None:
    """A record that differs is named with the fields that do."""
    file = "articles/2024/suoi-may-hop-giao-ban.md"

    def rename(paths: Paths) -> None:
        text = (paths.content / file).read_text(encoding="utf-8")
        _write(paths, file, re.sub(r"(?m)^publisher: .*$", "publisher: Báo Thử", text))

    found = reviewed(rename)
    assert [(one.id, one.fields) for one in found.records["articles"].changed] == [
        ("suoi-may-hop-giao-ban", ("publisher",))
    ]
    assert (found.gained, found.lost, found.settled) == ((), (), ())


@pytest.mark.parametrize("language", ["vi", "en"])
def test_summary_is_plain(language: str, added: Review) -> None:
    """Words of a stranger are shown as they are: no markup, link, mention or code of theirs comes through."""
    said = "\n".join(summary(added, NAMES, Words.load(SITE_CONFIG, language)))
    line = next(line for line in said.splitlines() if "hop-lung-doi" in line and "bấm" in line)
    left = re.sub(r"&#\d+;", "", line)
    for active in ("*", "[", "](", "@ai", "#1", "`mã`", "$x", "www.x", "https:"):
        assert active not in left
    assert "&#42;Họp&#42;" in line
    assert "Cầm Văn Thử" in said


def test_summary_counts(added: Review) -> None:
    """The table says how many came and how many there are."""
    rows = [line.split(" | ") for line in summary(added, NAMES, Words.load(SITE_CONFIG, "vi")) if line.startswith("| ")]
    total = added.records["articles"].total
    assert ["| Bài viết", "1", "0", "0", f"{total} |"] in rows
    assert [row[0] for row in rows[3:7]] == [f"| {name}" for name in NAMES.values()]


def test_summary_is_bounded(added: Review) -> None:
    """However much comes in, a list has an end, and says how much it leaves out."""
    many = tuple(Doubt("articles", f"bai-{number:03}", "no-date") for number in range(MOST + 7))
    said = list(summary(_with(added, many), NAMES, Words.load(SITE_CONFIG, "vi")))
    assert sum(line.startswith("- `bai-") for line in said) == MOST
    assert "- … và 7 mục nữa" in said
    one = tuple(Doubt("articles", "bai", "no-official", "x" * 900) for _ in range(FEW + 5))
    (line,) = (line for line in summary(_with(added, one), NAMES, Words.load(SITE_CONFIG, "vi")) if "`bai`: ch" in line)
    assert line.endswith("… (+5)") and len(line) < 10_000


def _with(found: Review, doubts: tuple[Doubt, ...]) -> Review:
    return replace(found, doubts=doubts, gained=(Cited("bai", "Kế hoạch", ()),))


def test_summary_as_github_reads_it(added: Review) -> None:
    """Read as GitHub reads Markdown, a stranger's words are text: the tables and lists are ours alone."""
    comrak = pytest.importorskip("comrak")
    options = comrak.ExtensionOptions()
    for extension in ("autolink", "table", "strikethrough", "tasklist", "footnotes"):
        setattr(options, extension, True)
    said = "\n".join(summary(added, NAMES, Words.load(SITE_CONFIG, "vi")))
    html = comrak.render_markdown(said, extension_options=options)
    assert set(re.findall(r"<([a-z0-9]+)", html)) == {"h2", "h3", "table", "thead", "tbody", "tr", "th", "td", *LIST}
    assert "*Họp* [bấm](https://x.example) @ai #1 `mã` $x$ | www.x.example" in html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>", "&#60;script&#62;"),
        ("a\u202eb\u200bc\x00", "abc"),
        ("một\n\n# hai", "một &#35; hai"),
        ("::error::x", "&#58;&#58;error&#58;&#58;x"),
        ("Số 12-KH/TU (2024)", "Số 12-KH/TU (2024)"),
        ("x" * 300, "x" * 200 + "…"),
    ],
)
def test_plain(text: str, shown: str) -> None:
    """Text for GitHub holds nothing that it would read."""
    assert plain(text) == shown
