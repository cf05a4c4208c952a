"""Received text to a clean report: the seeds as cleaned by hand, and the shapes of noise."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.config import Paths, load_rules, load_yaml
from archive.ingest.clean import clean
from archive.ingest.html import PageReader
from archive.ingest.noise import Noise
from archive.ingest.receive import receive
from archive.ingest.rules.noise import NoiseRules
from archive.ingest.rules.pages import PageRules
from archive.model.draft import Cleaned, Received
from archive.model.records import Article
from archive.model.text import BlockKind
from archive.problems import Report
from tests.archives import ADDRESSES, ROOT, SITE_CONFIG, corpus_of, paths_of

NOISE = Noise(load_rules(NoiseRules, SITE_CONFIG, "noise"))
READER = PageReader(load_rules(PageRules, SITE_CONFIG, "pages"))
SEEDS = [
    "000_1af77f1ba3c0fa08.txt",
    "001_6b8628f31c77b6c5.txt",
    "002_c6b74dc265e1afee.txt",
    "003_e5ec8f52af201852.txt",
    "004_41f4bdbdfcdba0a7.txt",
]
LEDE = (
    "Sáng 12/1, Ban Dân vận Tỉnh ủy tổ chức hội nghị tổng kết công tác dân vận năm 2023, triển khai nhiệm vụ năm 2024."
)
BODY = (
    "Năm qua, các cấp ủy đã quan tâm lãnh đạo công tác dân vận; nhiều mô hình “Dân vận khéo” được nhân rộng, "
    "góp phần phát triển kinh tế - xã hội, bảo đảm quốc phòng, an ninh ở địa phương."
)
END = "Kết luận hội nghị, đồng chí Lò Thị Bưởi yêu cầu các cấp tiếp tục đổi mới phương thức vận động nhân dân."
TITLE = "Tổng kết công tác dân vận năm 2023"


def cleaned(*lines: str) -> Cleaned:
    return clean(Received("bai.txt", b"", "\n".join(lines)), NOISE, ADDRESSES.anchors)


def body(found: Cleaned) -> list[str]:
    return [block.text for block in found.blocks]


def kinds(found: Cleaned) -> list[tuple[str, str | None, int | None]]:
    return [(change.action, change.kind, change.line) for change in found.changes]


@pytest.fixture(scope="module")
def by_hand(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """The articles of the archive by the name of their source file."""
    articles = corpus_of(paths_of(Paths.below(ROOT).content, tmp_path_factory.mktemp("work"))).articles.values()
    return {article.source.file: article for article in articles if article.source and article.source.file}


@pytest.mark.parametrize("seed", SEEDS)
def test_seeds(seed: str, by_hand: dict[str, Article]) -> None:
    """A seed gives the title, body, captions and byline of the article made of it by hand."""
    article = by_hand[seed]
    received = receive(seed, (Paths.below(ROOT).content / "sources" / seed).read_bytes(), Report(), READER)
    assert received is not None
    found = clean(received, NOISE, ADDRESSES.anchors)
    assert found.title == (article.title if article.title_by == "text" else None)
    assert [(b.kind, b.text, b.anchor, b.level) for b in found.blocks] == [
        (b.kind, b.text, b.anchor, b.level) for b in article.body
    ]
    assert found.captions == article.captions
    assert found.byline == article.byline


@pytest.mark.parametrize(
    ("printed", "kind"),
    [
        ("Thứ Tư, 25/12/2024", "render-date"),
        ("Trang chủ > Tin tức > Dân vận", "section"),
        ("CHÍNH TRỊ", "section"),
        ("Cỡ chữ A A+", "widget"),
        (".", "stray-mark"),
        ("Cập nhật lúc 08:15, 13/12/2018", "stamp"),
        ("Facebook Zalo", "widget"),
    ],
)
def test_above_the_headline(printed: str, kind: str) -> None:
    """What a page prints above a headline goes, and is on the list."""
    found = cleaned(printed, TITLE, LEDE, BODY)
    assert found.title == TITLE
    assert body(found) == [LEDE, BODY]
    assert ("dropped", kind, 1) in kinds(found)


@pytest.mark.parametrize(
    ("printed", "above", "below"),
    [
        ("Thứ Tư, 25/12/2024", None, None),
        ("25/12/2024", None, "2024-12-25"),
        ("Ngày 25/12/2024 | Lượt xem: 81", None, "2024-12-25"),
        ("Hôm nay: Thứ Tư, 25/12/2024 08:30", None, None),
        ("Thứ tư Ngày 25 Tháng 12 Năm 2024, 17:40:02", None, None),
        ("Cập nhật: 25/12/2024", "2024-12-25", "2024-12-25"),
        ("Ngày cập nhật: 25/12/2024", "2024-12-25", "2024-12-25"),
        ("date 2024-12-25", "2024-12-25", "2024-12-25"),
        ("date 2024-12", None, None),
        ("2024-12-25T17:30:00Z", "2024-12-26", "2024-12-26"),
        ("2024-12-25T16:59:00Z", "2024-12-25", "2024-12-25"),
        ("Thứ Tư, 25/12/2024, 15:30 (GMT+7)", "2024-12-25", "2024-12-25"),
        ("Thứ tư - 25/12/2024 15:30187", "2024-12-25", "2024-12-25"),
        ("10:20 | 07/11/2022", "2022-11-07", "2022-11-07"),
        ("Đăng ngày: 03/12/2025 17:05", "2025-12-03", "2025-12-03"),
        ("Ngày đăng: 12/4/2024", "2024-04-12", "2024-04-12"),
        ("31/02/2024 08:00", None, None),
    ],
)
def test_stamp(printed: str, above: str | None, below: str | None) -> None:
    """A clock time or words such as "Ngày đăng" make a day that of publication; a bare day is it under the headline."""
    assert cleaned(printed, TITLE, LEDE, BODY).stamp == above
    assert cleaned(TITLE, printed, LEDE, BODY).stamp == below


def test_stamp_below_the_headline() -> None:
    """The day under the headline is believed before one above it, which may be when the page was opened."""
    found = cleaned("Chủ nhật, 19/05/2024, 07:31 [GMT+7]", TITLE, "Thứ hai, 18/12/2023 - 14:40'", LEDE, BODY)
    assert (found.title, found.stamp, body(found)) == (TITLE, "2023-12-18", [LEDE, BODY])


@pytest.mark.parametrize(
    ("first", "title"),
    [
        (TITLE, TITLE),
        (TITLE.upper(), TITLE.upper()),
        (f"{TITLE}.", f"{TITLE}."),
        ("Dân vận khéo là gì?", "Dân vận khéo là gì?"),
        ("Ban Dân vận Tỉnh ủy làm việc với Huyện ủy Đam Rông", "Ban Dân vận Tỉnh ủy làm việc với Huyện ủy Đam Rông"),
        ("Chính trịHội nghị tổng kết công tác dân vận", "Hội nghị tổng kết công tác dân vận"),
        ("XÂY DỰNG ĐẢNG Hội nghị tổng kết công tác dân vận", "Hội nghị tổng kết công tác dân vận"),
        ("1Hội nghị tổng kết công tác dân vận", "Hội nghị tổng kết công tác dân vận"),
        ("Quang cảnh hội nghị tổng kết", None),
        ("Đồng chí Lò Thị Bưởi phát biểu tại hội nghị", None),
        ("và các đại biểu dự hội nghị", None),
        (BODY, None),
    ],
)
def test_title(first: str, title: str | None) -> None:
    """A headline is taken if the first line can be nothing else; otherwise there is none."""
    assert cleaned(first, LEDE, BODY).title == title


def test_known_title() -> None:
    """A headline that the page's metadata gives is left out of the text."""
    found = clean(Received("a.html", b"", f"{TITLE.upper()}\n\n{LEDE}", title=TITLE), NOISE, ADDRESSES.anchors)
    assert (found.title, body(found)) == (TITLE, [LEDE])


@pytest.mark.parametrize(
    ("again", "reason"),
    [(LEDE, "repeated"), (LEDE.replace("tổ chức", "đã tổ chức"), "repeated"), (TITLE, "repeated")],
)
def test_repeats(again: str, reason: str) -> None:
    """Headline and lede are kept once, the first time, even if a small word differs."""
    found = cleaned(TITLE, LEDE, again, BODY)
    assert body(found) == [LEDE, BODY]
    assert ("dropped", reason, 3) in kinds(found)


def test_captions_of_two_people() -> None:
    """Captions that differ in a name alone are two."""
    people = ["Bà Lò Thị Bưởi phát biểu tại hội nghị tổng kết", "Bà Cà Thị Hoa phát biểu tại hội nghị tổng kết"]
    assert [c.text for c in cleaned(TITLE, LEDE, *people, BODY).captions] == people


def test_summary_that_begins_the_lede() -> None:
    """A summary that the first paragraph begins with is said once."""
    found = cleaned(TITLE, LEDE, f"(CTTĐT) - {LEDE} {BODY}")
    assert (found.agency, body(found)) == ("CTTĐT", [f"{LEDE} {BODY}"])


@pytest.mark.parametrize(
    ("printed", "agency"),
    [("ĐNO - ", "ĐNO"), ("(ĐCSVN) - ", "ĐCSVN"), ("CTTĐT - ", "CTTĐT"), ("QK4 Online - ", "QK4 Online"), ("", None)],
)
def test_agency(printed: str, agency: str | None) -> None:
    """A tag before the lede is named and taken off."""
    found = cleaned(TITLE, printed + LEDE, BODY)
    assert (found.agency, body(found)) == (agency, [LEDE, BODY])


@pytest.mark.parametrize(
    ("printed", "names"),
    [
        ("Tin và ảnh: Hà Thanh - Hoàng Phong", ["Hà Thanh", "Hoàng Phong"]),
        ("Bài, ảnh: Minh Phúc", ["Minh Phúc"]),
        ("LAM PHƯƠNG", ["LAM PHƯƠNG"]),
        ("M.Đ", ["M.Đ"]),
        ("TTXVN", ["TTXVN"]),
        ("Nguyễn Hoà - VP Huyện uỷ", ["Nguyễn Hoà"]),
        ("Nguyên Trường (Trung tâm TT-VH Ba Chẽ)", ["Nguyên Trường"]),
        ("Bút ký của Vĩnh Thông", ["Vĩnh Thông"]),
        ("Ban Dân", []),
        ("Đồng chí Lò", []),
    ],
)
def test_byline(printed: str, names: list[str]) -> None:
    """Who wrote stands below the text; a text cut at a post's first words names nobody."""
    found = cleaned(TITLE, "", LEDE, "", END, "", printed, "", "Phản hồi")
    assert list(found.byline) == names


def test_byline_behind_the_end_mark() -> None:
    """A name glued behind ./. is a byline, the mark goes, the stop stays."""
    found = cleaned(TITLE, LEDE, f"{END[:-1]}./. Thu Hà")
    assert (found.byline, body(found)) == (("Thu Hà",), [LEDE, END])


def test_credits() -> None:
    """A photographer belongs to the caption; one who also wrote has taken the other pictures."""
    found = cleaned(
        TITLE, LEDE, "Quang cảnh hội nghị. Ảnh: L.P", BODY, "Các đại biểu dự hội nghị", "", END, "Bài, ảnh: Minh Phúc"
    )
    assert [(c.text, c.after, c.credit) for c in found.captions] == [
        ("Quang cảnh hội nghị.", 1, "L.P"),
        ("Các đại biểu dự hội nghị", 2, "Minh Phúc"),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Đồng chí Lò Thị Bưởi, Trưởng Ban Dân vận Tỉnh ủy dự và phát biểu chỉ đạo hội nghị.",
        "Đồng chí Lò Thị Bưởi, Trưởng Ban Dân vận Tỉnh ủy chủ trì hội nghị.",
        "Các đại biểu đã thảo luận, đóng góp nhiều ý kiến tâm huyết.",
        "Hội nghị đã khen thưởng 11 tập thể và 9 cá nhân.",
    ],
)
def test_no_captions(sentence: str) -> None:
    """A short sentence of the report stays in it."""
    found = cleaned(TITLE, LEDE, sentence, BODY)
    assert body(found) == [LEDE, sentence, BODY]


def test_list_of_people() -> None:
    """People listed one a line are no captions."""
    people = ["Đồng chí Lò Thị Bưởi, Phó Bí thư Tỉnh ủy", "Đồng chí Cà Văn Thoong, Bí thư Huyện ủy"]
    assert body(cleaned(TITLE, LEDE, "Dự hội nghị có:", *people, BODY)) == [LEDE, "Dự hội nghị có:", *people, BODY]


@pytest.mark.parametrize(
    "last",
    [
        "Đồng chí Lò Thị Bưởi, Ủy viên Ban Thường vụ, Trưởng",
        "Đồng chí Lò Thị Bưởi trình bày báo cáo tại hội nghị và",
        "Các đại biểu dự hội nghị thảo luận về kết quả công tác dân vận của các cấp ủy, chính quyền, Mặt trận và đ",
    ],
)
def test_cut_sentences(last: str) -> None:
    """A last sentence that was cut is no caption."""
    assert body(cleaned(TITLE, LEDE, BODY, last)) == [LEDE, BODY, last]


def test_cut_name() -> None:
    """A name that a line break has cut in two is whole again."""
    found = cleaned(TITLE, "", f"{LEDE} Dự hội nghị có đồng chí Nguyễn", "Văn An, Phó Bí thư Tỉnh ủy.", "", BODY)
    assert body(found) == [f"{LEDE} Dự hội nghị có đồng chí Nguyễn Văn An, Phó Bí thư Tỉnh ủy.", BODY]
    assert ("joined", "line-break", 4) in kinds(found)


def test_wrapped_text() -> None:
    """Paragraphs wrapped at a width are whole again; headline and paragraphs stay apart."""
    words, lines = f"{LEDE} {BODY} {LEDE.replace('Sáng 12', 'Sáng 13')} {END}".split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 70:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    found = cleaned(TITLE, *lines, "Thu Hà")
    assert (found.title, " ".join(body(found)), found.byline) == (TITLE, " ".join(words), ("Thu Hà",))


def test_tail() -> None:
    """Below the author's name a list of other news takes everything with it; above, its headlines alone."""
    related = ["Tin liên quan", "Quảng Ninh: Dân vận khéo trong xây dựng nông thôn mới"]
    assert body(cleaned(TITLE, LEDE, *related, BODY, END)) == [LEDE, BODY, END]
    assert body(cleaned(TITLE, LEDE, END, "Tin, ảnh: Thu Hà", *related, BODY)) == [LEDE, END]


def test_second_story() -> None:
    """A second report behind the author's name is cut at its headline, and nowhere else."""
    other = ["Huyện Lệ Thủy giao ban công tác dân vận", LEDE.replace("12/1", "3/4").replace("Tỉnh", "Huyện")]
    found = cleaned(TITLE, LEDE, END, "Thu Hà", *other)
    assert body(found) == [LEDE, END]
    assert found.byline == ("Thu Hà",)
    assert other[1] in body(cleaned(TITLE, LEDE, END, *other))


def test_box_of_other_news_inside() -> None:
    """A box of other news in the middle, or one such line with its label, swallows no paragraph, however short."""
    short = "Mùa lũ năm nay, các tổ dân vận ở bản đã giúp dân thu hoạch sớm 40 ha lúa."
    box = ["Tin liên quan", "Bản Mạ ra quân làm đường", "Nà Cộ: Chợ phiên đông vui trở lại"]
    assert body(cleaned(TITLE, "", LEDE, "", *box, "", short, "", BODY, "", END)) == [LEDE, short, BODY, END]
    assert body(cleaned(TITLE, "", LEDE, "", "Xem thêm: Nà Cộ được mùa na", "", BODY)) == [LEDE, BODY]


def test_list_of_news_above_the_headline() -> None:
    """The same words at the top of a page are its menu, and take nothing with them."""
    found = cleaned("Tin mới nhất", TITLE, LEDE, BODY)
    assert (found.title, body(found)) == (TITLE, [LEDE, BODY])


@pytest.mark.parametrize(
    "other",
    [
        "* Cùng ngày, Đảng ủy xã Nà Cộ tổ chức họp mặt cán bộ dân vận các thời kỳ; dự có bà Cà Thị Hoa.",
        "* Sáng 13/1, Hội Nông dân huyện Nà Cộ cũng giao ban công tác vận động hội viên với 14 cơ sở hội.",
        "Chiều cùng ngày, Hội Phụ nữ xã Nà Cộ tổ chức gặp mặt hội viên người cao tuổi của các bản.",
    ],
)
def test_other_report_is_told(other: str) -> None:
    """A second meeting told in the same report stays in the text, and a person is asked about it."""
    found = cleaned(TITLE, LEDE, BODY, other)
    assert body(found)[2].endswith(other.lstrip("* ")[-30:])
    assert [(doubt.field, doubt.why) for doubt in found.unsure] == [("event", "second-report")]
    assert [(report.first, report.last, report.is_cut) for report in found.others] == [(4, 4, False)]


def test_same_day_of_one_programme() -> None:
    """What a delegation does later on the same day is no other report."""
    assert (
        cleaned(TITLE, LEDE, BODY, "Cùng ngày, đoàn công tác đã đến thăm ba hộ nghèo ở bản Mạ và tặng quà.").unsure
        == ()
    )


def test_cut_report_is_told() -> None:
    """A second report that is left out is offered with its lines."""
    other = ["Huyện Nà Cộ giao ban công tác dân vận", LEDE.replace("12/1", "3/4").replace("Tỉnh", "Huyện")]
    found = cleaned(TITLE, LEDE, END, "Thu Hà", *other)
    assert [(report.first, report.last, report.is_cut) for report in found.others] == [(5, 6, True)]
    assert [doubt.field for doubt in found.unsure] == ["event"]


@pytest.mark.parametrize(
    ("line", "is_caption"),
    [
        ("Màn hát then chào mừng của đội bản Mạ", True),
        ("Khen thưởng các tập thể, cá nhân tiêu biểu", True),
        ("Lãnh đạo xã trao nhà cho gia đình bà Cà Thị Hoa, bản Mạ.", True),
        ("Bộ đội Đồn Biên phòng Nà Cộ giúp dân bản Mạ gặt lúa.", True),
        ("Giám sát tại xã Nà Cộ trong buổi sáng đã chỉ ra ba thiếu sót.", False),
        ("Kiểm tra tại bản Mạ.", True),
        ("Chủ trì Hội nghị", True),
        ("Ông Pâng hứa đưa kết quả vào tiêu chí đánh giá chi bộ.", False),
        ("Bà Lò Thị Bưởi, Bí thư Đảng ủy xã chủ trì hội nghị.", False),
        ("Đại biểu Công an có các đồng chí Phó Giám đốc: Đại tá Vàng A Sính", False),
        ("Những việc làm từ bản nhỏ", False),
        ("Các đại biểu nhất trí cao với báo cáo của Ban Thường vụ.", False),
        ("Đồng chí Lò Thị Bưởi - Ủy viên Ban Thường vụ Huyện ủy, Bí thư Đảng ủy xã Nà Cộ.", True),
        ("Đồng chí Lò Thị Bưởi - Ủy viên Ban Thường vụ Huyện ủy nêu ba việc phải làm.", False),
        ("Trưởng ban Dân vận Huyện ủy Lò Thị Bưởi trò chuyện, động viên già làng, chiều 1/3.", True),
        ("Trung đoàn 95 tặng quà hộ nghèo bản Mạ.", True),
        ("Trò chơi “đập niêu đất”.", True),
        ("Đảng ủy xã tuyên dương các hộ hiến đất làm đường", True),
        ("Mặt trận xã Nà Cộ trao sáu căn nhà Đại đoàn kết", False),
        ("Ban Dân vận Tỉnh ủy trao sáu căn nhà Đại đoàn kết", True),
        ("Bà Lò Thị Bưởi (thứ hai từ phải sang) và già làng", True),
        ("Tiểu phẩm “Con đường qua bản”", True),
        ("Ông Pâng ôn lại chuyện mở đường mười năm trước", True),
        ("Đại diện chi bộ tiếp thu, giải trình các ý kiến.", False),
        ("Ban tổ chức trao giải nhất cho đội bản Mạ...", False),
        ("Kết thúc, bà Lò Thị Bưởi giao việc cho từng bản.", False),
        ("Hội nghị lắng nghe năm tham luận tại hội trường.", False),
        ("Cán bộ xã tích cực tham gia dọn đường làng.", False),
        ("Kiểm tra tại ba bản cho thấy sổ sách đầy đủ.", False),
        ("Hơn 30 hội viên dọn đường bản Mạ", True),
        ("Bà con bản Mạ đón bộ đội về giúp gặt lúa.", True),
        ("Trong năm, Mặt trận xã đón nhiều đoàn về tặng quà.", False),
        ("Buổi làm việc kết thúc vào hồi 11h cùng ngày.", False),
    ],
)
def test_captions_by_their_signs(line: str, is_caption: bool) -> None:
    """A line between two paragraphs is a caption if more speaks for it than against it."""
    found = cleaned(TITLE, "", LEDE, "", line, "", BODY)
    assert [caption.text for caption in found.captions] == ([line] if is_caption else [])


def test_photographer_below_the_author() -> None:
    """Who took the pictures, on a line of their own below the author, signs with the author and for the captions."""
    found = cleaned(TITLE, LEDE, "Quang cảnh hội nghị", BODY, "Bài: Thu Hà", "Ảnh: Minh Phúc")
    assert (found.byline, [caption.credit for caption in found.captions]) == (("Thu Hà", "Minh Phúc"), ["Minh Phúc"])


def test_bulleted_news_is_no_caption() -> None:
    """Two lines with bullets, one under the other, are a list of other news."""
    news = ["• Lãnh đạo xã trao nhà cho bà Cà Thị Hoa", "• Đoàn công tác tặng quà học sinh bản Mạ"]
    assert cleaned(TITLE, LEDE, *news, BODY).captions == ()
    assert [caption.text for caption in cleaned(TITLE, LEDE, news[0], BODY).captions] == [news[0].removeprefix("• ")]


def test_sentence_with_end_mark_is_no_caption() -> None:
    """What an end mark ends is the report's last sentence, whatever its words."""
    last = "Bà Lò Thị Bưởi phát biểu tại hội nghị."
    assert cleaned(TITLE, LEDE, BODY, f"{last}/.").captions == ()
    assert [caption.text for caption in cleaned(TITLE, LEDE, BODY, last, "Thu Hà").captions] == [last]


@pytest.mark.parametrize(
    ("lines", "captions", "first"),
    [
        (["Bà Lò Thị Bưởi phát biểu tại hội nghị.Báo cáo nêu ba việc."], ["Bà Lò Thị Bưởi phát biểu tại hội nghị."], 1),
        (
            ["Dân bản đã họp. Xã ghi nhận.Quang cảnh hội nghị.Đồng chí Vàng A Sính trao quà."],
            ["Quang cảnh hội nghị."],
            1,
        ),
        (["Bà Lò Thị Bưởi", "- Bí thư Đảng ủy xã trao quà"], ["Bà Lò Thị Bưởi - Bí thư Đảng ủy xã trao quà"], 0),
        (
            ["Già làng nêu ý kiến với lãnh đạo xã", "Người dân phản ánh ba việc; xã trả lời ngay."],
            ["Già làng nêu ý kiến với lãnh đạo xã"],
            1,
        ),
        (["(Ảnh: Lễ trao nhà ở bản Mạ)"], ["Lễ trao nhà ở bản Mạ"], 0),
    ],
)
def test_captions_come_apart(lines: list[str], captions: list[str], first: int) -> None:
    """Captions glued to the report, or cut in two, are told from what stands beside them."""
    found = cleaned(TITLE, "", LEDE, "", *lines, "", BODY)
    assert [caption.text for caption in found.captions][: len(captions)] == captions
    assert len(body(found)) == 2 + first


def test_caption_in_a_cell() -> None:
    """Bars of a table go, and what stood between them below a picture is its caption, whatever it says."""
    found = cleaned(TITLE, LEDE, "![]() |", "| Bếp lửa nhà văn hóa bản Mạ. |", BODY)
    assert ([caption.text for caption in found.captions], body(found)) == (
        ["Bếp lửa nhà văn hóa bản Mạ."],
        [LEDE, BODY],
    )


def test_caption_in_a_shortcode() -> None:
    """A caption that publishing software marked in brackets is taken out, and the text glued to it stays."""
    found = cleaned(TITLE, LEDE, f'[caption id="a1" width="500"] Dân bản Mạ họp bàn.[/caption]{BODY}')
    assert ([caption.text for caption in found.captions], body(found)) == (["Dân bản Mạ họp bàn."], [LEDE, BODY])


@pytest.mark.parametrize(
    ("alt", "caption"),
    [
        ("Trao quà động viên bà con bản Mạ ngày Tết. Ảnh: HÀ LÊ", "Trao quà bà con bản Mạ ngày Tết. Ảnh: HÀ LÊ"),
        ("Bà Lò Thị Bưởi phát biểu", "Bà Lò Thị Bưởi phát biểu tại hội nghị."),
        (f"{TITLE} - Ảnh 1.", "Quang cảnh hội nghị."),
        ("Mô hình nuôi cá lồng của hội viên bản Mạ.", "Mô hình nuôi cá lồng của hội viên bản Mạ."),
        ("anh-bia-hoi-nghi.jpg", "Quang cảnh hội nghị."),
        ("512304417_10229931_n", "Quang cảnh hội nghị."),
    ],
)
def test_alt_text(alt: str, caption: str) -> None:
    """What stands for a picture above its caption is no second caption."""
    found = cleaned(TITLE, "", LEDE, "", alt, caption, "", BODY)
    assert [one.text for one in found.captions] == [caption.removesuffix(" Ảnh: HÀ LÊ")]
    assert body(found) == [LEDE, BODY]


def test_credit_glued() -> None:
    """A credit glued to the last word is taken off it."""
    found = cleaned(TITLE, LEDE, "Bà Lò Thị Bưởi trao cờ cho bản MạẢnh: HÀ LÊ", BODY)
    assert [(one.text, one.credit) for one in found.captions] == [("Bà Lò Thị Bưởi trao cờ cho bản Mạ", "HÀ LÊ")]


def test_rows_are_no_headings() -> None:
    """The last row of a table above a paragraph is no heading, and rows are not joined."""
    rows = ["Bản\tSố hộ\tGhi chú", "Mạ\t40\tđủ", "Nà Cộ\t12\tthiếu nước"]
    found = cleaned(TITLE, "", LEDE, "", *rows, "", BODY)
    assert {block.kind for block in found.blocks} == {BlockKind.PARAGRAPH}
    assert len(found.blocks) == 5


def test_wrapped_without_gaps() -> None:
    """Lines wrapped at a width without blank lines become the paragraphs they were, though many end in a stop."""
    lines = [
        TITLE,
        "Sáng 12/1, Ban Dân vận Huyện ủy Nà Cộ tổ chức hội nghị tổng kết công",
        "tác dân vận năm 2023, triển khai nhiệm vụ năm 2024 với các xã, thị",
        "trấn.",
        "Bà Lò Thị Bưởi, Trưởng Ban Dân vận Huyện ủy Nà Cộ chủ trì hội nghị.",
        "Trong năm qua, các tổ dân vận ở bản đã vận động nhân dân hiến hơn ba",
        "mươi nghìn mét vuông đất, làm 18 km đường vào khu sản xuất, dựng 46",
        "ngôi nhà.",
        "Phát biểu kết luận, bà Lò Thị Bưởi đề nghị các xã tiếp tục đối thoại",
        "với nhân dân.",
    ]
    found = cleaned(*lines)
    assert found.title == TITLE
    assert [block.kind for block in found.blocks] == [BlockKind.PARAGRAPH] * 4


@pytest.mark.parametrize(
    ("below", "names"),
    [
        (["Văn Tý (TTXVN)", "TTXVN/Báo Tin tức"], ["Văn Tý"]),
        (["MINH LAM", "(Tổng hợp)"], ["MINH LAM"]),
        (["Ngọc Diên - NCMT"], ["Ngọc Diên"]),
        (["Trung Lâm - VP Đảng ủy"], ["Trung Lâm"]),
        (["Đ/c Lò Văn Pâng"], ["Lò Văn Pâng"]),
        (["Tác giả bài viết: Cà Thị Hoa", "Nguồn tin: Mặt trận xã Nà Cộ"], ["Cà Thị Hoa"]),
        (["Bảo Yên", "Báo Nà Cộ", "Chia sẻ bài viết", "xã Nà Cộ"], ["Bảo Yên"]),
    ],
)
def test_byline_with_its_office(below: list[str], names: list[str]) -> None:
    """Who wrote is a person before an office, an agency or a word for nobody; the foot of the page is no text."""
    found = cleaned(TITLE, "", LEDE, "", END, "", *below)
    assert (list(found.byline), body(found)) == (names, [LEDE, END])


@pytest.mark.parametrize(
    ("last", "is_cut"), [("Phát biểu tại hội nghị, bà Lò Thị Bưởi, Trưởng Ban D", True), (END, False)]
)
def test_text_that_breaks_off(last: str, is_cut: bool) -> None:
    """A text that ends within a sentence says so; an author's name below shows that it is whole."""
    assert cleaned(TITLE, LEDE, last).is_cut == is_cut
    assert not cleaned(TITLE, LEDE, END, "Các đại biểu dự hội nghị tổng kết công tác dân vận", "Thu Hà").is_cut


def test_reasons_have_words() -> None:
    """Every sign of headlines and captions has words for import --explain."""
    entries, words = load_yaml(SITE_CONFIG / "noise.yml"), load_yaml(SITE_CONFIG / "reasons.yml")
    signs = {f"head-{sign}" for sign in entries["head"] if not sign.startswith("margin")}
    signs |= {f"caption-{sign}" for sign in entries["caption"] if sign != "text"}
    assert signs - set(words) == set()
    found = cleaned("Trang chủ", TITLE, LEDE, "Quang cảnh hội nghị", BODY)
    told = {reason.rule for reason in found.reasons if reason.value in (TITLE, "Quang cảnh hội nghị")}
    assert {"head-answered", "head-lede-follows", "caption-form"} <= told <= signs


def test_headings_and_items() -> None:
    """A short line above a paragraph is a heading; items are items."""
    found = cleaned(TITLE, "", LEDE, "", "Đổi mới công tác dân vận", "", BODY, "- Tăng cường tuyên truyền;")
    assert [(b.kind, b.text, b.anchor) for b in found.blocks] == [
        (BlockKind.PARAGRAPH, LEDE, "doan-1"),
        (BlockKind.HEADING, "Đổi mới công tác dân vận", "muc-1"),
        (BlockKind.PARAGRAPH, BODY, "doan-2"),
        (BlockKind.ITEM, "Tăng cường tuyên truyền;", "doan-3"),
    ]


def test_cut_text_stays() -> None:
    """A text that ends in the middle of a word ends there."""
    assert body(cleaned(TITLE, LEDE, BODY, "Phát biểu tại hội nghị, đồng chí Trư")) == [
        LEDE,
        BODY,
        "Phát biểu tại hội nghị, đồng chí Trư",
    ]


def test_only_noise() -> None:
    """A page of nothing but widgets has no body."""
    assert cleaned("Gửi cho bạn bè", "Phản hồi", ".").blocks == ()


def test_known_change_kinds() -> None:
    """Every kind of change that the cleaner names is in the vocabulary."""
    known = load_yaml(SITE_CONFIG / "vocabularies.yml")["change_kinds"]
    for name, group in load_yaml(SITE_CONFIG / "noise.yml")["groups"].items():
        for entry in (group, *group["patterns"]):
            assert entry.get("kind") is None or entry["kind"] in known, name
    made = {"end-mark", "stray-mark", "widget", "related", "stamp", "render-date", "section", "repeated", "title"}
    made |= {"line-break", "second-story", "agency-tag", "byline", "caption", "heading", "spaces"}
    assert made <= set(known)
    assert not Path(SITE_CONFIG / "noise.yml").read_text(encoding="utf-8").startswith("\ufeff")
