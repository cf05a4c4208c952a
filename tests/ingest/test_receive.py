"""Bytes to text: what can be read is read, what can't be is refused by name."""

from __future__ import annotations

import builtins
import codecs
import unicodedata
from typing import Any

import pytest

from archive.ingest.receive import receive
from archive.model.draft import Received
from archive.problems import Catalogue, Report
from tests.archives import SITE_CONFIG, codes

TEXT = "Huyện ủy Kỳ Sơn tổng kết công tác dân vận\nSáng 10/1, đồng chí Điểu K’Ré đã phát biểu tại Hội nghị ở Đà Nẵng.\n"
PAGE = """<!DOCTYPE html><html lang="vi"><head><title>Chú trọng dân vận - Báo Đà Nẵng</title>
<meta property="og:title" content="Chú trọng dân vận chính quyền">
<meta property="og:site_name" content="Báo Đà Nẵng">
<meta property="article:published_time" content="2020-12-31T10:20:00+07:00">
<link rel="canonical" href="https://baodanang.vn/chinh-tri/202012/chu-trong-dan-van/">
</head><body><nav><a href="/">Trang chủ</a> <a href="/t">Thời sự</a></nav><article>
<h1>Chú trọng dân vận chính quyền</h1>
<p>Sáng 31-12, tại Hà Nội, Ban Dân vận Trung ương tổ chức hội nghị trực tuyến toàn quốc tổng kết công tác dân vận.</p>
<p>Phát biểu chỉ đạo tại hội nghị, đồng chí Trần Quốc Vượng biểu dương kết quả của ngành Dân vận trong nhiệm kỳ qua.</p>
<p>Trong thời gian tới, ngành Dân vận cần nghiên cứu, xây dựng chương trình hành động thực hiện nghị quyết.</p>
</article><footer>Bản quyền thuộc về Báo Đà Nẵng</footer></body></html>"""


def received(data: bytes) -> tuple[Received | None, list[str]]:
    report = Report()
    return receive("bai.txt", data, report), codes(report)


def text_of(data: bytes) -> str:
    found, problems = received(data)
    assert found is not None and problems == []
    assert found.data == data
    return found.text


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        TEXT.replace("ủy", "ủ\u200by\x07\u202e\u00ad").encode(),
    ],
)
def test_one_text(data: bytes) -> None:
    """One text in many dresses is one text: NFC, \\n, nothing invisible."""
    assert text_of(data) == TEXT


def in_cp1258(text: str) -> bytes:
    """Windows-1258 writes the tone behind its vowel."""
    tones = dict.fromkeys("\u0300\u0301\u0303\u0309\u0323")
    letters = []
    for letter in text.replace("’", "'"):
        parts = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in parts if mark in tones)
        letters.append(unicodedata.normalize("NFC", "".join(c for c in parts if c not in tones)) + tone)
    return "".join(letters).encode("cp1258")


def test_windows_1258() -> None:
    """The old Windows encoding of Vietnamese is read."""
    assert text_of(in_cp1258(TEXT * 3)) == TEXT.replace("’", "'") * 3


def test_without_detection(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without charset-normalizer another encoding is refused, and UTF-8 is read all the same."""
    whole = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "charset_normalizer":
            raise ImportError(name)
        return whole(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    assert received(in_cp1258(TEXT)) == (None, ["import-encoding"])
    assert text_of(TEXT.encode()) == TEXT


def test_no_break_space_stays() -> None:
    """Spaces of a web page are the cleaner's business."""
    assert text_of("Ban\u00a0Dân vận".encode()) == "Ban\u00a0Dân vận"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "import-empty"),
        (b" \n\t\r\n ", "import-empty"),
        (codecs.BOM_UTF8, "import-empty"),
        ("... \u200b ;".encode(), "import-empty"),
        (b"\x00" * 100, "import-empty"),
        (b"%PDF-1.4\x00\x01\x02", "import-binary"),
        (b"PK\x03\x04\x14\x00\x06\x00", "import-binary"),
        (bytes(range(1, 32)) * 10, "import-binary"),
        ("C«ng t¸c d©n vËn cña §¶ng".encode("latin-1"), "import-encoding"),
        (b"\xff\xd8\xff\xe0 JFIF photo", "import-encoding"),
        ("Công tác dân vận".encode() + b"\xff" + " của Đảng, của Nhà nước".encode(), "import-encoding"),
        (b"<html><head></head><body></body></html>", "import-no-text"),
    ],
)
def test_refused(data: bytes, code: str) -> None:
    """What can't be read is refused with one clear problem."""
    assert received(data) == (None, [code])


@pytest.mark.parametrize("cut", [slice(None, -2), slice(1, None), slice(2, None)])
def test_cut_inside_a_letter(cut: slice) -> None:
    """UTF-8 cut inside a letter loses that letter, and says so."""
    found, problems = received("ệĐảng bộ tỉnh và nhân dân ệ".encode()[cut])
    assert found is not None and "Đảng bộ tỉnh và nhân dân" in found.text
    assert problems == ["import-cut"]


def test_page() -> None:
    """A saved page gives its main text; what it says of itself is evidence."""
    found, problems = received(PAGE.encode())
    assert found is not None and problems == []
    assert found.text.startswith(("Sáng 31-12", "Chú trọng dân vận chính quyền\n\nSáng 31-12"))
    assert "Trang chủ" not in found.text and "Bản quyền" not in found.text
    assert found.text.count("\n\n") >= 2
    assert found.title == "Chú trọng dân vận chính quyền"
    assert found.publisher == "Báo Đà Nẵng"
    assert found.published == "2020-12-31"
    assert found.url == "https://baodanang.vn/chinh-tri/202012/chu-trong-dan-van/"


def test_page_that_says_nothing() -> None:
    """A day in the text of a page is no day of publication."""
    bare = PAGE[: PAGE.index("<meta")] + PAGE[PAGE.index("</head>") :]
    found, _ = received(bare.encode())
    assert found is not None and found.published is None and found.url is None


@pytest.mark.parametrize("language", ["vi", "en"])
def test_words(language: str) -> None:
    """Each problem of the importer has a message and a hint."""
    catalogue = Catalogue.load(SITE_CONFIG, language)
    for code in ("import-empty", "import-binary", "import-encoding", "import-cut", "import-no-text"):
        report = Report()
        report.add(code, "a.txt", byte=3)
        (problem,) = report
        assert catalogue.message(problem) and catalogue.hint(problem)
