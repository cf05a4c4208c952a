"""Bytes to text: what can be read is read, what can't be is refused by name."""

from __future__ import annotations

import codecs
import unicodedata

import pytest

from archive.config import load_rules
from archive.ingest.html import PageReader
from archive.ingest.old_encodings import from_tcvn3, from_vni, mend
from archive.ingest.receive import receive
from archive.ingest.rtf import read_rtf
from archive.ingest.rules.pages import PageRules
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


READER = PageReader(load_rules(PageRules, SITE_CONFIG, "pages"))


def received(data: bytes) -> tuple[Received | None, list[str]]:
    report = Report()
    return receive("bai.txt", data, report, READER), codes(report)


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


OLD = """Huyện ủy Gò Nhỏ họp bàn công tác dân vận quý I
Ngày 3/4/2009, tại xã Bãi Lớn, đồng chí Hồ Văn Giấy đã nghe mười hai thôn nói về việc làm đường.
"""
TCVN3 = """HuyÖn ñy Gß Nhá häp bµn c«ng t¸c d©n vËn quý I
Ngµy 3/4/2009, t¹i x· B·i Lín, ®ång chÝ Hå V¨n GiÊy ®· nghe m­êi hai th«n nãi vÒ viÖc lµm ®­êng.
"""
VNI = """Huyeän uûy Goø Nhoû hoïp baøn coâng taùc daân vaän quyù I
Ngaøy 3/4/2009, taïi xaõ Baõi Lôùn, ñoàng chí Hoà Vaên Giaáy ñaõ nghe möôøi hai thoân noùi veà vieäc laøm ñöôøng.
"""


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
@pytest.mark.parametrize("text", [TCVN3, VNI], ids=["tcvn3", "vni"])
def test_old_fonts(text: str, encoding: str) -> None:
    """Text in the codes of old fonts becomes Unicode, as bytes of then or saved as UTF-8 since; that is told."""
    found, problems = received(text.encode(encoding))
    assert found is not None and found.text == OLD
    assert problems == ["import-converted"]


def test_capitals_of_old_fonts() -> None:
    """A headline in a font of capitals is one; a small letter after a capital stays small."""
    assert from_tcvn3("C«NG T¸C D©N VËN") == "CÔNG TÁC DÂN VẬN"
    assert from_tcvn3("Dù häp ë Tr­êng") == "Dự họp ở Trường"
    assert from_vni("COÂNG TAÙC DAÂN VAÄN") == "CÔNG TÁC DÂN VẬN"


@pytest.mark.parametrize("codec", ["latin-1", "cp1258"])
def test_wrong_code_page(codec: str) -> None:
    """UTF-8 that was read as another code page is put right while no byte is lost."""
    broken = "".join(bytes([byte]).decode(codec, "replace") for byte in OLD.encode())
    broken = broken if "\ufffd" not in broken else OLD.encode().decode("latin-1")
    found, problems = received(broken.encode())
    assert found is not None and found.text == OLD
    assert problems == ["import-converted"]


def test_lost_letters_are_refused() -> None:
    """Where bytes are gone nobody can tell which letters stood there."""
    broken = OLD.encode().decode("cp1252", "replace")
    assert "\ufffd" in broken
    assert received(broken.encode()) == (None, ["import-unreadable-letters"])


def test_a_line_in_unicode_stays() -> None:
    """In a text of old fonts, whatever was typed since is left alone."""
    found, _ = received((TCVN3 + "Bổ sung: cuộc họp kết thúc lúc mười một giờ.\n").encode())
    assert found is not None and found.text == OLD + "Bổ sung: cuộc họp kết thúc lúc mười một giờ.\n"


@pytest.mark.parametrize(
    "text",
    [
        OLD,
        "Tỉnh Đắk Lắk: bà H'Yer Kđăm, ông Y Blăm Êban, Kriêng, Krông Pắk, Mlô, Chôl Chnăm Thmây.",
        "La réunion a été présidée par le préfet ; les élèves français étaient là, garçons et filles.",
        "Đ/c Hồ Văn Giấy (UVBCH), NĐ-CP, QĐ-TTg, HĐND, LĐLĐ, BĐBP: 60 % hộ – mỗi hộ 1.200 m².",
        "«Dân biết, dân bàn» là lời dặn, «dân kiểm tra» cũng vậy.",
    ],
)
def test_unicode_is_not_converted(text: str) -> None:
    """Vietnamese with names of other peoples, short forms and signs, and other languages, stay as they are."""
    assert mend(text * 3) is None


RTF = r"""{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Times New Roman;}{\f1 .VnTime;}}{\colortbl;\red0\green0\blue0;}
{\info{\title Kh\'f4ng hi\u7879?n}}{\*\generator x;}\pard\b H\u7885?p d\'e2n\b0\par
{\pict\wmetafile8 0102030405}S\u225?ng 3/4, x\'e3 G\u242? Nh\u7887? h\u7885?p.\line
\ldblquote D\u226?n b\u224?n\rdblquote\tab \{xong\}\par}"""


def test_rich_text() -> None:
    """The words alone, by number and by code page; what is no text is left out."""
    assert read_rtf(RTF).split("\n") == ["Họp dân", "Sáng 3/4, xã Gò Nhỏ họp.", "“Dân bàn” {xong}", ""]
    found, problems = received(RTF.encode())
    assert found is not None and found.text.startswith("Họp dân\n") and problems == ["import-converted"]


def test_mail_quoting() -> None:
    """A forwarded mail loses its marks; a report with a quotation keeps it."""
    mail = "Chuyển tiếp:\n\n" + "".join(f"> {line}\n>\n" for line in TEXT.splitlines() * 2)
    found, problems = received(mail.encode())
    assert found is not None and ">" not in found.text and TEXT.splitlines()[1] in found.text
    assert problems == ["import-converted"]
    quoted = TEXT + "> Nói ít, làm nhiều.\n" + TEXT
    assert text_of(quoted.encode()) == quoted


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
        ("C«ng t¸c".encode("latin-1"), "import-encoding"),
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
    for code in (
        "import-empty",
        "import-binary",
        "import-encoding",
        "import-cut",
        "import-no-text",
        "import-converted",
    ):
        report = Report()
        report.add(code, "a.txt", byte=3, encoding="VNI")
        (problem,) = report
        assert catalogue.message(problem) and catalogue.hint(problem)
