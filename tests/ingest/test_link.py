"""Whose a post and a paper are, what a lede calls its meeting, and what linking says of it all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from archive.config import load_yaml
from archive.ingest import known_documents, known_people
from archive.ingest.draft import Importer
from archive.ingest.jurisdiction import JurisdictionReader, Scope
from archive.ingest.rules.importing import read_import_rules
from archive.knowledge import Knowledge
from archive.known import Known
from archive.model.draft import Cleaned, Draft, Unsure
from archive.model.text import Block, BlockKind
from archive.problems import Report
from tests.archives import SITE_CONFIG

HERE = Path(__file__).parent
ROWS = yaml.load((HERE / "jurisdiction.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
MEETINGS = yaml.load((HERE / "meeting.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
LISTS = read_import_rules(lambda name: load_yaml(SITE_CONFIG / f"{name}.yml"))


@pytest.fixture
def importer(knowledge: Knowledge) -> Importer:
    return Importer(Known(), knowledge, LISTS)


@pytest.fixture
def units(importer: Importer) -> JurisdictionReader:
    return importer.units


def scope_of(row: list[str]) -> Scope:
    level, unit, province, *district = row
    name = "" if level == "trung-uong" else unit or None
    return Scope(level or None, name, province or None, district[0] if district else None)


def drafts_of(importer: Importer, *texts: str) -> list[Draft]:
    made = [importer.draft(f"{at}.txt", text.encode(), Report()) for at, text in enumerate(texts)]
    return [draft for draft in made if draft]


def doubts(draft: Draft, why: str) -> list[Unsure]:
    return [doubt for doubt in draft.unsure if doubt.why == why]


@pytest.mark.parametrize("row", ROWS["posts"], ids=lambda row: " + ".join(row["roles"]))
def test_posts(row: dict[str, Any], units: JurisdictionReader) -> None:
    """A post is of the unit that it names, or that those beside it name, or whose event it is."""
    posts = units.posts(row["roles"], units.home(row["home"]))
    assert [post.scope for post in posts] == [scope_of(scope) for scope in row["scopes"]]
    if "offices" in row:
        assert [post.office for post in posts] == row["offices"]


@pytest.mark.parametrize("row", ROWS["one_person"], ids=lambda row: " + ".join(row["roles"]))
def test_posts_of_one_person(row: dict[str, Any], units: JurisdictionReader) -> None:
    """Nobody heads things of two units at once; a seat on a committee goes with another post."""
    assert units.can_be_one(units.posts(row["roles"], ())) is (row["is"] == "true")


@pytest.mark.parametrize("row", ROWS["papers"], ids=lambda row: f"{row['number']} {row['issuer']} {row['home']}")
def test_papers(row: dict[str, Any], units: JurisdictionReader) -> None:
    """A number's letters tell the level; issuer or event tell the unit."""
    found = units.scope_of_paper(
        row["number"] or None, row["issuer"] or None, row.get("name", ""), units.home(row["home"])
    )
    assert found == (None if row["scope"] == "null" else scope_of(row["scope"]))


@pytest.mark.parametrize("row", ROWS["relations"], ids=lambda row: f"{row['one']} {row['other']}")
def test_relations(row: dict[str, Any], units: JurisdictionReader) -> None:
    """Both ways round."""
    one, other = scope_of(row["one"]), scope_of(row["other"])
    assert units.relation(one, other).value == units.relation(other, one).value == row["is"]


@pytest.mark.parametrize("row", MEETINGS, ids=lambda row: row["lede"][:40])
def test_meetings(row: dict[str, str], importer: Importer) -> None:
    """The phrase of the lede, to the letter but for its first."""
    lede = Block(BlockKind.PARAGRAPH, row["lede"], "doan-1", 1)
    assert importer.meetings.name(Cleaned(title=None, blocks=(lede,))) == row["name"]


@pytest.mark.parametrize(
    ("names", "files"),
    [
        (["Bài.txt", "Bãi.txt"], ["bai.txt", "bai-2.txt"]),
        (["Ba\u0300i cu\u0309a to\u0302i.HTML"], ["bai-cua-toi.html"]),
        (["Đại hội ở Ý.txt"], ["dai-hoi-o-y.txt"]),
        (["00_ab.txt", "00_AB.txt"], ["00_ab.txt", "00_ab-2.txt"]),
        (["报告.txt", "…", "con.txt"], ["source.txt", "source-2.txt", "source-con.txt"]),
        (["../../x/Tin.v2.txt", "a\\b\\Tin.txt"], ["tin.v2.txt", "tin.txt"]),
        (["ờ" * 300 + ".txt"], ["o" * 100 + ".txt"]),
    ],
    ids=lambda value: value[0][:20],
)
def test_names_of_source_files(names: list[str], files: list[str], importer: Importer) -> None:
    """Letters lose their marks and stay; of two names that fold alike the second gets a number."""
    text = (
        "Huyện Đồng Mây họp dân vận\n\nNgày {n}/4/2024, Huyện ủy Đồng Mây tổ chức hội nghị thứ {n}, nói về việc {n}.\n"
    )
    made = []
    for number, name in enumerate(names, 1):
        draft = importer.draft(name, text.replace("{n}", str(number)).encode(), Report(), again=True)
        assert draft
        made.append(draft.source_path)
    assert made == [f"sources/{file}" for file in files]


LINES = "\nCác đại biểu bàn việc làm đường, góp công, nuôi gà, trồng rau {n} và chăm người già ở thôn {n}.\n"
FIRST = "Ngày 3/4/2024, UBND tỉnh Nghệ An họp về nước sạch. Ông Tạ Văn Mẫu, {post}, chủ trì cuộc họp.\n" + LINES
LATER = "Ngày 9/5/2024, {body} họp về điện và đường. Ông Tạ Văn Mẫu, {post}, chủ trì cuộc họp.\n" + LINES


@pytest.mark.parametrize(
    ("body", "post", "why"),
    [
        ("UBND tỉnh Nghệ An", "Phó Chủ tịch UBND tỉnh", None),
        ("UBND xã Ea Lơ", "Phó Chủ tịch UBND tỉnh Nghệ An", None),
        ("UBND tỉnh Nghệ An", "Phó Chủ tịch Ủy ban nhân dân tỉnh", None),
        ("UBND tỉnh", "Phó Chủ tịch UBND tỉnh", "post-of-unknown-unit"),
        ("UBND tỉnh Nghệ An", "Giám đốc Sở Công Thương", "same-name"),
        ("UBND tỉnh Nghệ An", "đại biểu HĐND tỉnh", "same-name"),
        ("UBND tỉnh Nghệ An", "Phó Chủ tịch UBND tỉnh, Chủ tịch UBND xã Ea Lơ", "posts-of-two-people"),
        ("UBND tỉnh Cà Mau", "Phó Chủ tịch UBND tỉnh", ""),
    ],
)
def test_one_name_twice(importer: Importer, body: str, post: str, why: str | None) -> None:
    """Linked where name, post and unit agree; else two records, and a doubt that names both unless the units differ."""
    first, second = drafts_of(
        importer,
        FIRST.format(post="Phó Chủ tịch UBND tỉnh", n="một"),
        LATER.format(body=body, post=post, n="hai"),
    )
    assert first
    own = "officials/ta-van-mau"
    assert (own in second.linked) is (why is None)
    asked = [doubt for doubt in second.unsure if "ta-van-mau" in doubt.other]
    assert [(doubt.why, doubt.value, doubt.other) for doubt in asked] == (
        [(why, "ta-van-mau-2", "ta-van-mau")] if why else []
    )
    rules = {reason.rule for reason in second.reasons if reason.value == "ta-van-mau"}
    assert rules == {f"link-{'name-and-post' if why is None else why or 'other-unit'}"}


MEETING = (
    "Sáng 8/10/2024, {who} tổ chức hội nghị sơ kết phong trào thi đua “Dân vận khéo” giai đoạn 2021 - 2025. {chair}\n"
)
ONE_PAPER = (
    "\nBa năm qua, các thôn góp hàng nghìn ngày công, hiến đất mở đường, lập quỹ giúp nhau trồng rừng, nuôi cá.\n"
)
OTHER_PAPER = "\nBáo cáo cho biết toàn huyện có bốn mươi mô hình, trong đó mười hai mô hình được chọn để nhân rộng.\n"
CHAIR = "Đồng chí Cao Thị Nháp, Bí thư Huyện ủy chủ trì hội nghị."


@pytest.mark.parametrize(
    ("who", "chair", "outcome"),
    [
        ("Huyện ủy Đồng Mây, tỉnh Nghệ An", CHAIR, "linked"),
        ("Ban Dân vận Huyện ủy Đồng Mây, tỉnh Nghệ An", CHAIR, "asked"),
        ("Huyện ủy Đồng Mây, tỉnh Nghệ An", "", "asked"),
        ("Huyện ủy Suối Tre, tỉnh Nghệ An", "Đồng chí Lý Văn Thử, Bí thư Huyện ủy chủ trì hội nghị.", "new"),
        ("Ban Dân vận Tỉnh ủy Cà Mau", "Đồng chí Lý Văn Thử, Trưởng Ban Dân vận Tỉnh ủy chủ trì hội nghị.", "new"),
    ],
)
def test_one_meeting_in_two_papers(importer: Importer, who: str, chair: str, outcome: str) -> None:
    """Linked where day, organiser, people and name agree; asked with reasons where some do; else not even asked."""
    texts = [
        MEETING.format(who="Huyện ủy Đồng Mây, tỉnh Nghệ An", chair=CHAIR) + ONE_PAPER,
        MEETING.format(who=who, chair=chair) + OTHER_PAPER,
    ]
    first, second = drafts_of(importer, *texts)
    event = next(path for path in first.files if path.startswith("events/")).removesuffix(".md")
    assert (event in second.linked) is (outcome == "linked")
    asked = doubts(second, "same-meeting")
    assert [doubt.other for doubt in asked] == ([event.partition("/")[2]] if outcome == "asked" else [])
    assert all(doubt.value and doubt.value != doubt.other and doubt.words for doubt in asked)


PAPER = "Ngày {day}/4/2024, {body} họp về {cited}. Ông Tạ {name}, Trưởng thôn {name}, dự họp và nói về việc {name}.\n"


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            ("Tỉnh ủy Nghệ An", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy"),
            ("Tỉnh ủy Nghệ An", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy"),
            None,
        ),
        (
            ("Tỉnh ủy Nghệ An", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy"),
            ("UBND xã Ea Lơ", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy Nghệ An"),
            None,
        ),
        (
            ("Tỉnh ủy Nghệ An", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy"),
            ("Tỉnh ủy", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy"),
            "paper-of-unknown-unit",
        ),
        (
            ("Tỉnh ủy Nghệ An", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy"),
            ("Tỉnh ủy Cà Mau", "Chỉ thị số 05-CT/TU của Ban Thường vụ Tỉnh ủy"),
            "",
        ),
        (
            ("UBND tỉnh Nghệ An", "Kế hoạch số 12/KH-UBND của UBND tỉnh"),
            ("UBND tỉnh Nghệ An", "Kế hoạch số 12/KH-UBND của UBND tỉnh"),
            "not-enough-to-link",
        ),
        (
            ("UBND tỉnh Nghệ An", "Nghị quyết số 943-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương"),
            ("UBND xã Ea Lơ", "Nghị quyết số 943-NQ/TW ngày 24/11/2023 của Hội nghị Trung ương 8 khóa XIII"),
            None,
        ),
        (
            ("UBND tỉnh Nghệ An", "Kế hoạch số 12/KH-UBND ngày 5/2/2024 của UBND tỉnh"),
            ("UBND tỉnh Cà Mau", "Kế hoạch số 12/KH-UBND ngày 5/2/2024 của UBND tỉnh"),
            "",
        ),
        (
            ("UBND tỉnh Nghệ An", "Chỉ thị số 49-CT/TW của Ban Bí thư"),
            ("UBND xã Ea Lơ", "Chỉ thị số 49-CT/TW của Ban Bí thư"),
            None,
        ),
    ],
    ids=lambda value: str(value)[:60],
)
def test_one_number_twice(importer: Importer, one: tuple[str, str], other: tuple[str, str], why: str | None) -> None:
    """Linked where number, issuer and unit agree; two records where units differ; else a doubt and no new record."""
    texts = [
        PAPER.format(day=day, body=body, cited=cited, name=name)
        for (body, cited), day, name in ((one, 3, "Hạ"), (other, 9, "Thượng"))
    ]
    first, second = drafts_of(importer, *texts)
    [record] = [path.removesuffix(".md") for path in first.files if path.startswith("documents/")]
    assert (record in second.linked) is (why is None)
    asked = [(doubt.why, doubt.other) for doubt in second.unsure if doubt.field.endswith(".document")]
    assert asked == ([(why, record.partition("/")[2])] if why else [])
    assert any(path.startswith("documents/") for path in second.files) is (why == "")


NOTICE = (
    "{title}\n\nSáng {day}/3/2024, Huyện ủy Đồng Mây tổ chức hội nghị {topic}. Đồng chí {name}, Bí thư Huyện ủy chủ "
    "trì hội nghị. Các đại biểu bàn việc làm đường, góp công, nuôi gà, trồng rau và chăm sóc người già ở các thôn xa.\n"
)


@pytest.mark.parametrize(
    ("title", "day", "topic", "name", "outcome"),
    [
        ("Đồng Mây mở lớp tập huấn dân vận", "5", "tập huấn công tác dân vận", "Cao Thị Nháp", "double"),
        ("Đồng Mây mở lớp tập huấn dân vận", "6", "tập huấn công tác dân vận", "Cao Thị Nháp", "asked"),
        ("Đồng Mây mở lớp tập huấn dân vận", "6", "tập huấn công tác dân vận", "Lý Văn Thử", "new"),
    ],
)
def test_likeness_alone_refuses_nothing(
    importer: Importer, title: str, day: str, topic: str, name: str, outcome: str
) -> None:
    """A short text is another's double if no fact differs; with one that differs it is asked, with two it is new."""
    first = {"title": "Đồng Mây mở lớp tập huấn dân vận", "day": "5", "topic": "tập huấn công tác dân vận"}
    one = NOTICE.format(**first, name="Cao Thị Nháp") + "Xem nhiều nhất\n"
    held, second = drafts_of(importer, one, NOTICE.format(title=title, day=day, topic=topic, name=name))
    assert second.duplicate_of == (held.id if outcome == "double" else None)
    asked = [(doubt.field, doubt.other) for doubt in doubts(second, "nearly-the-same-text")]
    assert asked == ([("event", held.id)] if outcome == "asked" else [])


def test_an_event_has_day_and_basis(importer: Importer) -> None:
    """The event's record says when it was, on which words of which article, and whose it is."""
    [draft] = drafts_of(importer, MEETING.format(who="Huyện ủy Đồng Mây, tỉnh Nghệ An", chair=CHAIR))
    text = next(text for path, text in draft.files.items() if path.startswith("events/"))
    event = yaml.safe_load(text[4:].partition("\n---\n")[0])
    assert event["name"] == "Hội nghị sơ kết phong trào thi đua “Dân vận khéo” giai đoạn 2021 - 2025"
    assert (event["date"], event["organiser_unit"]) == ("2024-10-08", "huyện Đồng Mây, tỉnh Nghệ An")
    assert (event["date_basis"]["words"], event["date_basis"]["article"]) == ("Sáng 8/10/2024", draft.id)


def test_every_rule_has_words() -> None:
    """What speaks for and against an event, and every rule that links or does not, is in words for `--explain`."""
    words = load_yaml(SITE_CONFIG / "reasons.yml")
    rules = {*LISTS.linking.event.weights, "day-other", "text-alike"}
    rules |= {f"link-{rule}" for rule in (*known_people.RULES, *known_documents.RULES)}
    assert rules - words.keys() == set()
    asked = {*known_people.RULES, *known_documents.RULES, "same-meeting", "nearly-the-same-text"}
    unasked = {known_people.NAME_AND_POST, known_people.AT_EVENT, known_people.OTHER_UNIT}
    unasked |= {known_documents.LINKED, known_documents.OTHER_UNIT}
    assert {f"why-{rule}" for rule in asked - unasked} - load_yaml(SITE_CONFIG / "commands.yml").keys() == set()
