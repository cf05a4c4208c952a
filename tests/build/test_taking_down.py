"""What is taken down is gone: from every file of the site and of the work folder, packed or not."""

from __future__ import annotations

import re
import sqlite3
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from archive.build.lock import served, serving
from archive.build.site import build
from archive.commands.main import main
from archive.problems import Report
from tests.archives import QUIET
from tests.build.changing import ARTICLES, Changing

WORD = re.compile(rb"qwvzx(?:text|third|caption|dropped|before|title|place|role|basis)", re.IGNORECASE)
BODY = {b"qwvzxtext", b"qwvzxthird", b"qwvzxcaption", b"qwvzxdropped", b"qwvzxbefore"}
DESCRIPTION = {b"qwvzxtitle", b"qwvzxplace", b"qwvzxrole"}
ARTICLE = f"{ARTICLES}/2026/bai-se-go.md"
TEXT = """\
---
title: "Qwvzxtitle họp"
date: "2026-02-03"
date_basis: {kind: "stated", words: "Ngày 3/2/2026, Qwvzxbasis"}
event: "hop-bao-chua-co-bai"
level: "xa"
place: {printed: "xã Qwvzxplace"}
publisher: "Báo Mây"
source: {file: "bai-se-go.txt", sha256: "CHECKSUM", url: "https://bao-may.example/hop"}
rights: "full"
speakers:
  - {official: "ta-dinh-khoi", name: "Tạ Đình Khói", roles: ["Trưởng thôn Qwvzxrole"], capacity: ["phat-bieu"]}
captions: [{text: "Ảnh: Qwvzxcaption.", after: "1"}]
changes: [{action: "dropped", kind: "other", text: "Qwvzxdropped", line: "3"}]
corrections: [{date: "2026-03-01", field: "body", before: "Qwvzxbefore", after: "Qwvzxtext", reason: "Gõ nhầm."}]
---

Một buổi họp mở ra ở xã Qwvzxplace.

Đoạn thứ hai không nói gì.

Ngày 3/2/2026, Qwvzxbasis, ông Tạ Đình Khói, Trưởng thôn Qwvzxrole, phát biểu Qwvzxtext với Lò Sáng theo \
Kết luận số 943-KL/TW.

Qwvzxthird nhắc tới Nghị quyết số 999-NQ/TW.
"""
SOURCE = f"Qwvzxtitle họp\n\nQwvzxdropped\n{TEXT.rpartition('---')[2]}\nẢnh: Qwvzxcaption.\n"
QUOTED = "ông Tạ Đình Khói, Trưởng thôn Qwvzxrole, phát biểu Qwvzxtext với Lò Sáng"
EVIDENCE = f'evidence:\n  - {{article: "bai-se-go", words: "{QUOTED}"}}\n'
PERSON = "content/officials/lo-sang.md"
REMOVED = """\
---
kind: articles
date: "2026-11-21"
reason: "Theo yêu cầu của người viết"
---
"""


def unpacked(data: bytes) -> Iterator[bytes]:
    """The bytes, and whatever in them is packed with gzip or zlib, at any place."""
    yield data
    for start in (match.start() for match in re.finditer(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]", data)):
        reader = zlib.decompressobj(zlib.MAX_WBITS | 32)
        try:
            yield reader.decompress(data[start : start + 1_000_000])
        except zlib.error:
            continue


def cells(path: Path) -> Iterator[bytes]:
    """Every value of a database: long ones lie in pieces in its file."""
    database = sqlite3.connect(path)
    try:
        for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in database.execute(f"SELECT * FROM {table}"):
                yield from (one if isinstance(one, bytes) else str(one).encode() for one in row)
    finally:
        database.close()


def found(folder: Path) -> dict[str, set[bytes]]:
    """The marked words that each file below a folder holds."""
    words: dict[str, set[bytes]] = {}
    for path in (path for path in folder.rglob("*") if path.is_file()):
        held = [path.read_bytes()]
        if held[0].startswith(b"SQLite format 3"):
            held += cells(path)
        seen = {word.lower() for data in held for part in unpacked(data) for word in WORD.findall(part)}
        if seen:
            words[path.relative_to(folder).as_posix()] = seen
    return words


def everywhere(archive: Changing) -> dict[str, set[bytes]]:
    root = archive.paths.content.parent
    return {f"{name}/{path}": words for name in ("site", ".build") for path, words in found(root / name).items()}


def all_of(words: dict[str, set[bytes]]) -> set[bytes]:
    return set[bytes]().union(*words.values())


def assert_as_clean(archive: Changing) -> None:
    """What is built now is a clean build's, but for the order in which Pagefind numbers its pages."""
    assert archive.compare() == []


def take_down(archive: Changing) -> None:
    archive.delete(ARTICLE)
    archive.delete("content/sources/bai-se-go.txt")
    archive.replace(PERSON, EVIDENCE, "")
    archive.write("content/removed/bai-se-go.md", REMOVED)


def describe_only(archive: Changing) -> None:
    archive.replace(ARTICLE, 'rights: "full"', 'rights: "metadata"')
    archive.replace(PERSON, EVIDENCE, "")


def excerpt_only(archive: Changing) -> None:
    archive.replace(ARTICLE, 'rights: "full"', 'rights: "excerpt"')
    archive.replace(PERSON, EVIDENCE, "")


@pytest.fixture(params=["syllable", "pagefind"])
def archive(request: pytest.FixtureRequest, tmp_path: Path, quick: None) -> Changing:
    """An archive whose site shows, and whose caches hold, an article full of marked words."""
    archive = Changing(tmp_path, search=True)
    archive.replace("site-config/site.yml", "engine: syllable", f"engine: {request.param}")
    archive.write("content/sources/bai-se-go.txt", SOURCE)
    archive.write(ARTICLE, TEXT.replace("CHECKSUM", sha256(SOURCE.encode()).hexdigest()))
    archive.replace(PERSON, 'name: "Lò Sáng"\n', f'name: "Lò Sáng"\n{EVIDENCE}')
    assert archive.build() == ""
    words = everywhere(archive)
    assert len(all_of(words)) == 9
    assert words[".build/archive.db"] >= BODY
    assert {b"qwvzxtext", b"qwvzxbefore", b"qwvzxdropped"} <= words["site/bai-viet/bai-se-go/index.html"]
    packed = "site/pagefind/" if request.param == "pagefind" else "site/tim-kiem/chi-muc/shards/"
    assert b"qwvzx" in b"".join(all_of({path: held for path, held in words.items() if path.startswith(packed)}))
    return archive


def test_of_a_removed_article_nothing_is_left(archive: Changing) -> None:
    """After the next build no file holds a word of it; a tombstone stands at its address, in a clean build too."""
    take_down(archive)
    assert_as_clean(archive)
    assert everywhere(archive) == {}
    stone = (archive.out / "bai-viet/bai-se-go/index.html").read_text(encoding="utf-8")
    assert "Theo yêu cầu của người viết" in stone
    assert "21 tháng 11 năm 2026" in stone


@pytest.mark.parametrize("change", [describe_only, excerpt_only])
def test_what_rights_withhold_is_gone(archive: Changing, change: Callable[[Changing], None]) -> None:
    """Of its words none is left but those that describe it: title, place and role as printed."""
    change(archive)
    assert_as_clean(archive)
    assert all_of(everywhere(archive)) == DESCRIPTION


@pytest.mark.parametrize("change", [take_down, describe_only])
def test_what_serve_left_behind_goes_too(archive: Changing, change: Callable[[Changing], None]) -> None:
    """`serve` keeps a site and a memory of its own; once it has stopped, a taking down clears them."""
    own = served(archive.paths)
    build(own, own.work / "site", Report(), QUIET)
    assert all_of(found(own.work)) >= BODY
    with serving(own):  # while it runs it follows by itself, and nobody takes its folder away
        change(archive)
        archive.build()
        assert all_of(found(own.work)) >= BODY
    build(archive.paths, archive.out, Report(), QUIET, clean=True)
    assert found(own.work) == {}


def test_words_that_another_record_quotes_are_withheld(archive: Changing) -> None:
    """Evidence in an article that is only described is named, and not quoted."""
    archive.replace(ARTICLE, 'rights: "full"', 'rights: "metadata"')
    assert_as_clean(archive)
    shown = all_of(found(archive.out))
    assert shown == DESCRIPTION
    page = (archive.out / "nguoi/lo-sang/index.html").read_text(encoding="utf-8")
    assert 'href="../../bai-viet/bai-se-go/"' in page


def test_a_description_needs_no_text(archive: Changing) -> None:
    """With `metadata` text and source may leave the files as well; then no words are looked up in them."""
    describe_only(archive)
    text = archive.text(ARTICLE)
    archive.write(ARTICLE, re.sub(r'file: "[^"]*", sha256: "[^"]*"', "file: null", text[: text.index("Một buổi họp")]))
    archive.delete("content/sources/bai-se-go.txt")
    assert archive.build().count("[") == 2  # a warning without a source, and the page about it
    assert_as_clean(archive)
    assert all_of(everywhere(archive)) == DESCRIPTION


EVENT = 'name: "Một buổi họp mở ra ở xã Qwvzxplace"\nname_by: "text"\n'
NOTE = "Theo bài ấy, “ông Tạ Đình Khói, Trưởng thôn Qwvzxrole, phát biểu Qwvzxtext”."
CORRECTED = (
    'corrections:\n  - {date: "2026-03-02", field: "name", before: null, '
    'after: "Một buổi họp mở ra ở xã Qwvzxplace", reason: "Thêm."}\n'
)


def everywhere_and_in_content(archive: Changing) -> dict[str, set[bytes]]:
    """The whole folder of the archive: content, caches, what `serve` left, the site."""
    return found(archive.path(""))


def with_quotes(archive: Changing) -> None:
    """Another record quotes the article in its notes and in a correction; `serve` has shown all of it."""
    path = "content/officials/hoang-thuy-hoa.md"
    head, matter, body = archive.text(path).split("---\n", 2)
    archive.write(path, f"{head}---\n{matter}{CORRECTED}---\n{body}\n{NOTE}\n")
    archive.write("content/events/buoi-hop-xa.md", f"---\n{EVENT}---\n")
    archive.replace(ARTICLE, 'event: "hop-bao-chua-co-bai"', 'event: "buoi-hop-xa"')
    assert archive.build() == ""
    own = served(archive.paths)
    build(own, own.work / "site", Report(), QUIET)


def test_the_command_takes_everything_down(archive: Changing, capsys: pytest.CaptureFixture[str]) -> None:
    """`remove` drops file, source, evidence and what only the article named; what editors quote is told by its line."""
    with_quotes(archive)
    root = ["--root", str(archive.path(""))]
    assert main(["remove", "bai-se-go", "--reason", "Theo yêu cầu.", "--along", "--do", *root]) == 0
    said = capsys.readouterr().out
    quoting = "content/officials/hoang-thuy-hoa.md"
    assert f"  {quoting}:3: " in said or f"  {quoting}:4: " in said
    assert f": {NOTE}" in said and "content/events/buoi-hop-xa.md" in said
    assert not archive.path("content/events/buoi-hop-xa.md").exists()
    assert archive.build() == ""
    left = everywhere_and_in_content(archive)
    assert {path for path in left if path.startswith("content/")} == {quoting}
    archive.write(quoting, archive.text(quoting).replace(CORRECTED, "").replace(f"\n{NOTE}\n", ""))
    assert archive.build() == ""
    assert everywhere_and_in_content(archive) == {}
    assert_as_clean(archive)


def test_rights_set_by_the_command(archive: Changing, capsys: pytest.CaptureFixture[str]) -> None:
    """`correct … rights metadata` tells all that still quotes: without it no word is left but in the article."""
    with_quotes(archive)
    root = ["--root", str(archive.path(""))]
    assert main(["correct", "bai-se-go", "rights", "metadata", "--reason", "Theo yêu cầu.", "--do", *root]) == 0
    said = capsys.readouterr().out
    assert f": {NOTE}" in said and f"  {PERSON}:" in said and "phát biểu Qwvzxtext" in said
    quoting = "content/officials/hoang-thuy-hoa.md"
    archive.write(quoting, archive.text(quoting).replace(CORRECTED, "").replace(f"\n{NOTE}\n", ""))
    assert archive.build() == ""
    assert all_of(found(archive.out)) == DESCRIPTION
    archive.replace(PERSON, EVIDENCE, "")
    assert archive.build() == ""
    assert all_of(everywhere(archive)) == DESCRIPTION
    left = everywhere_and_in_content(archive)
    assert {path for path, words in left.items() if words & BODY} == {ARTICLE, "content/sources/bai-se-go.txt"}
