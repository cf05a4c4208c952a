"""Pairs of invented reports that are easily taken for one another, made by a seeded generator.

In: a seed and a number. Out: pairs of texts, and what they have in common: a name of two people, a number of two
documents, or a formula. Provinces are real, since the archive knows their names; all else is made up.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

PROVINCES = ["Sơn La", "Cà Mau", "Nghệ An", "Lạng Sơn", "Tây Ninh", "Quảng Trị", "Hà Tĩnh", "Điện Biên"]
DISTRICTS = ["Đồng Mây", "Suối Tre", "Bến Đợi", "Nà Lộc", "Phú Tường", "Đá Lĩnh"]
COMMUNES = ["Tân Thuận Mỹ", "Ea Lơ", "Nậm Rạng", "Hòa Lĩnh", "Bình Khê", "Mỹ Lợi Hạ"]
FAMILY, MIDDLE = (
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi"],
    ["Văn", "Thị", "Đức", "Quốc", "Minh", "Thu"],
)
GIVEN = ["Hùng", "Hưng", "Lan", "Bình", "Thắng", "Hạnh", "Dũng", "Nga", "Tuấn", "Hòa"]
TOPICS = [
    "sơ kết công tác dân vận 6 tháng đầu năm",
    "tổng kết công tác dân vận năm, triển khai nhiệm vụ năm tới",
    "giao ban công tác dân vận quý I, triển khai nhiệm vụ quý II",
    "đối thoại với nhân dân về giải phóng mặt bằng",
    "tập huấn nghiệp vụ công tác dân vận",
    "sơ kết phong trào thi đua “Dân vận khéo”",
    "triển khai thực hiện quy chế dân chủ ở cơ sở",
]
# Level → bodies that hold meetings, and posts there; `{u}` is the unit's name behind its word, or nothing.
BODIES = {
    "tinh": ["UBND tỉnh{u}", "Ban Dân vận Tỉnh ủy{u}", "Ủy ban MTTQ Việt Nam tỉnh{u}", "Hội Nông dân tỉnh{u}"],
    "huyen": ["Huyện ủy{u}", "UBND huyện{u}", "Ban Dân vận Huyện ủy{u}"],
    "xa": ["Đảng ủy xã{u}", "UBND xã{u}", "Ủy ban MTTQ Việt Nam xã{u}"],
}
POSTS = {
    "tinh": ["Phó Chủ tịch UBND tỉnh{u}", "Trưởng Ban Dân vận Tỉnh ủy{u}", "Phó Bí thư Thường trực Tỉnh ủy{u}"],
    "huyen": ["Bí thư Huyện ủy{u}", "Chủ tịch UBND huyện{u}", "Phó Trưởng Ban Dân vận Huyện ủy{u}"],
    "xa": ["Bí thư Đảng ủy xã{u}", "Chủ tịch UBND xã{u}", "Phó Bí thư Thường trực Đảng ủy xã{u}"],
}
NAMES = {"tinh": PROVINCES, "huyen": DISTRICTS, "xa": COMMUNES}
PAPERS = [
    ("tinh", "Chỉ thị số {n:02}-CT/TU của Ban Thường vụ Tỉnh ủy{u}"),
    ("tinh", "Nghị quyết số {n:02}-NQ/TU của Tỉnh ủy{u}"),
    ("tinh", "Kế hoạch số {n}/KH-UBND của UBND tỉnh{u}"),
    ("huyen", "Kế hoạch số {n}-KH/HU của Ban Thường vụ Huyện ủy{u}"),
    ("xa", "Nghị quyết số {n:02}-NQ/ĐU của Đảng ủy xã{u}"),
]


@dataclass(frozen=True)
class Side:
    """One of two jurisdictions: a level, a unit, the province around it, and how much of that the text says."""

    level: str
    unit: str
    province: str
    names_unit: bool = True
    names_province: bool = False

    def put(self, words: str, *, named: bool) -> str:
        return words.replace("{u}", f" {self.unit}" if named and self.names_unit else "")

    @property
    def said(self) -> tuple[str, str]:
        """What the text says of where it is."""
        return (self.unit if self.names_unit else "", self.within)

    @property
    def within(self) -> str:
        return f" (tỉnh {self.province})" if self.names_province and self.level != "tinh" else ""


def namesakes(seed: int, count: int) -> Iterator[tuple[str, str, str]]:
    """(name, text, text): two people of one name and of equal or similar posts in two units, one perhaps not named."""
    chance = random.Random(seed)
    for _ in range(count):
        name, post = _name(chance), chance.randrange(3)
        one, other = _two_sides(chance)
        day = _day(chance)
        # Where nothing at all tells the two places apart, the day does.
        days = (day, day if one.said != other.said and chance.random() < 0.5 else _day(chance, other_than=day))
        topic = chance.choice(TOPICS)
        body = chance.randrange(3)
        texts = [
            _report(chance, side, when, topic, BODIES[side.level][body], f"{name}, {_post(chance, side, post)}")
            for side, when in zip((one, other), days, strict=True)
        ]
        yield name, texts[0], texts[1]


def one_person(seed: int, count: int) -> Iterator[tuple[str, str, str]]:
    """(name, text, text): one person of one post in two reports of one province, which both name it."""
    chance = random.Random(seed)
    for _ in range(count):
        name, post, side = _name(chance), chance.randrange(3), Side("tinh", chance.choice(PROVINCES), "")
        day, bodies = _day(chance), BODIES["tinh"]
        texts = [
            _report(chance, side, when, topic, body, f"{name}, {_post(chance, side, post)}")
            for when, topic, body in zip(
                (day, _day(chance, other_than=day)), chance.sample(TOPICS, 2), chance.choices(bodies, k=2), strict=True
            )
        ]
        yield name, texts[0], texts[1]


def equal_numbers(seed: int, count: int) -> Iterator[tuple[str, str, str]]:
    """(number, text, text): two papers of one number by bodies of two units, one perhaps not named."""
    chance = random.Random(seed)
    for _ in range(count):
        level, paper = chance.choice(PAPERS)
        one, other = _two_sides(chance, level)
        number = chance.randrange(1, 80)
        printed = paper.replace("{n:02}", f"{number:02}").replace("{n}", str(number))
        texts = []
        for side in (one, other):
            cited = side.put(printed, named=chance.random() < 0.5)
            topic = f"{chance.choice(TOPICS)} và thực hiện {cited}"
            texts.append(
                _report(chance, side, _day(chance), topic, BODIES[level][chance.randrange(3)], _guest(chance, side))
            )
        yield printed.split(" số ")[1].split(" của ")[0], texts[0], texts[1]


def _differs(number: int, at: int, chance: random.Random) -> bool:
    return number % 3 == at or chance.random() < 0.3


def notices(seed: int, count: int) -> Iterator[tuple[str, str]]:
    """Two short reports of two meetings in the same words: of two units, two days, two topics or other people."""
    chance = random.Random(seed)
    for number in range(count):
        level = chance.choice(["tinh", "huyen", "xa"])
        one, other = _two_sides(chance, level)
        day, topic, body, guest = _day(chance), chance.choice(TOPICS), chance.randrange(3), _guest(chance, one)
        second = other if _differs(number, 0, chance) else one
        later = _day(chance, other_than=day) if _differs(number, 1, chance) else day
        leads = _guest(chance, second) if second != one or _differs(number, 2, chance) else guest
        about = chance.choice([t for t in TOPICS if t != topic]) if chance.random() < 0.3 else topic
        if (second, later, leads, about) == (one, day, guest, topic):
            later = _day(chance, other_than=day)
        title = chance.random() < 0.7
        yield (
            _notice(one, day, topic, BODIES[level][body], guest, title=title),
            _notice(second, later, about, BODIES[level][body], leads, title=title),
        )


def copies(seed: int, texts: list[str]) -> Iterator[tuple[str, str]]:
    """A text, and the same with what another page puts round it."""
    chance = random.Random(seed)
    above = ["Thứ Tư, 25/12/2024", "Thứ Hai, 5/6/2023", "Trang chủ", ""]
    below = ["Gửi cho bạn bè", "Các tin khác", "Lượt xem: 31", "In bài này", "Xem nhiều nhất", "./."]
    for text in texts:
        noise = "\n".join(chance.sample(below, 2))
        yield text, f"{chance.choice(above)}\n{text.rstrip()}\n\n{noise}\n"


def _two_sides(chance: random.Random, level: str = "") -> tuple[Side, Side]:
    """Two units: of two names, of one name in two provinces, or one of them not named."""
    level = level or chance.choice(["tinh", "tinh", "huyen", "xa"])
    units, provinces = chance.sample(NAMES[level], 2), chance.sample(PROVINCES, 2)
    if level == "tinh":
        units = provinces
    elif chance.random() < 0.4:
        units[1] = units[0]
    silent = chance.choice([None, None, 0, 1, 2])  # who leaves its unit out
    told = chance.choice([(True, True), (True, False), (False, True), (False, False)])
    sides = [
        Side(level, unit, province, names_unit=silent not in (at, 2), names_province=told[at])
        for at, (unit, province) in enumerate(zip(units, provinces, strict=True))
    ]
    return sides[0], sides[1]


def _report(chance: random.Random, side: Side, day: str, topic: str, body: str, who: str) -> str:
    organiser = side.put(body, named=True) + side.within
    opening = f"{day}, {organiser} tổ chức hội nghị {topic}."
    chair = chance.choice([f"Đồng chí {who} chủ trì hội nghị.", f"Đồng chí {who} dự và phát biểu chỉ đạo hội nghị."])
    more = chance.sample(_MORE, 3)
    title = f"{topic[0].upper()}{topic[1:]}\n\n" if chance.random() < 0.5 else ""
    return f"{title}{opening} {chair}\n\n{' '.join(more)}\n"


def _notice(side: Side, day: str, topic: str, body: str, who: str, *, title: bool) -> str:
    organiser = side.put(body, named=True)
    head = f"{organiser}: {topic}\n\n" if title else ""
    return f"{head}{day}, {organiser} tổ chức hội nghị {topic}. Đồng chí {who} chủ trì hội nghị.\n"


_MORE = [
    "Trong kỳ, công tác dân vận có nhiều chuyển biến, nhân dân đồng thuận với các chủ trương của cấp ủy.",
    "Các đại biểu thảo luận về những cách làm hay và những việc còn vướng mắc ở cơ sở.",
    "Hội nghị thống nhất những nhiệm vụ trọng tâm trong thời gian tới.",
    "Nhiều mô hình được nhân rộng, góp phần giảm nghèo bền vững và giữ gìn an ninh trật tự.",
    "Các đơn vị được đề nghị bám sát địa bàn, lắng nghe ý kiến của đoàn viên, hội viên.",
]


def _post(chance: random.Random, side: Side, at: int) -> str:
    return side.put(POSTS[side.level][at], named=chance.random() < 0.3)


def _guest(chance: random.Random, side: Side) -> str:
    return f"{_name(chance)}, {_post(chance, side, chance.randrange(3))}"


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def _day(chance: random.Random, other_than: str = "") -> str:
    while True:
        day = f"Sáng {chance.randrange(1, 29)}/{chance.randrange(1, 13)}/{chance.randrange(2019, 2025)}"
        if day != other_than:
            return day
