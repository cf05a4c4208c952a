"""One invented report: its title, text and front matter, from its happening and a source of chance.

In: the world, a happening (what took place, where, when, who was there). Out: a `Report`, in which
every name, role, date and citation of the front matter stands in the text.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from random import Random

from bench.grammar import Fact, Grammar, capital
from bench.world import Paper, Person, Spot, World

SHORTEST, LONGEST = 250, 3000  # words of a report


@dataclass(frozen=True, slots=True)
class Happening:
    """What took place and was reported: shared by all reports of it."""

    kind: str
    day: date
    level: str
    spot: Spot
    facts: dict[str, Fact]
    name: str
    people: tuple[Person, ...]
    papers: tuple[Paper, ...]


@dataclass(slots=True)
class Report:
    """A report as it will be written."""

    title: str
    day_words: str
    place_words: str
    paragraphs: list[str]
    speakers: dict[str, Person] = field(default_factory=dict)
    attendees: dict[str, Person] = field(default_factory=dict)
    cited: dict[str, tuple[Paper | None, str]] = field(default_factory=dict)
    captions: list[str] = field(default_factory=list)


class Reporter:
    """Writes reports in the words of one grammar, `length` times as long as reports are."""

    def __init__(self, world: World, grammar: Grammar, abbreviations: dict[str, str], length: float = 1) -> None:
        self.world = world
        self.length = length
        self.grammar = grammar
        self.abbreviations = abbreviations

    def happening(self, random: Random, people: tuple[Person, ...], papers: tuple[Paper, ...], day: date) -> Happening:
        province = random.choice(self.world.provinces)
        spot = self.world.any_spot(province, random)
        kind = "meeting" if random.random() < 0.5 else "story"
        level = random.choices(["trung-uong", "tinh", "huyen", "xa"], [5, 35, 35, 25])[0]
        facts = self._facts(spot, day, level, random)
        draw = partial(self.grammar.draw, facts=facts, random=random)
        facts["subject"] = f"{draw('verb')} {random.choice(self.grammar.lists['product'])} {draw('forwhom')}"
        facts["model"] = f"{draw('model_head')} {random.choice(self.grammar.lists['model_tail'])}"
        name = capital(self.grammar.even(f"events.{kind}", facts, random))
        return Happening(kind, day, level, spot, facts, name, people, papers)

    def _facts(self, spot: Spot, day: date, level: str, random: Random) -> dict[str, Fact]:
        province = spot.province
        unit = {"tinh": province.unit, "huyen": f"huyện {spot.district}", "xa": f"xã {spot.commune}"}
        host = {"trung-uong": "Ban Dân vận Trung ương"}
        host |= {"huyen": f"Huyện ủy {spot.district}", "xa": f"Đảng ủy xã {spot.commune}"}
        return {
            "prov": province.name,
            "tinh": province.unit,
            "tinhuy": province.committee,
            "dist": spot.district,
            "huyen": f"huyện {spot.district}",
            "huyenuy": f"Huyện ủy {spot.district}",
            "xa": f"xã {spot.commune}",
            "thon": spot.hamlet,
            "where": f"xã {spot.commune}, huyện {spot.district}, {province.unit}",
            "host": host.get(level, f"Ban Dân vận {province.committee}"),
            "unit": unit.get(level, province.unit),
            "year": str(day.year),
            "nextyear": str(day.year + 1),
            "quarter": ("I", "II", "III", "IV")[(day.month - 1) // 3],
        }

    def write(self, happening: Happening, event_is_named: bool, random: Random) -> Report:
        """A report of some 900 words; `event_is_named`: its first sentence names the event."""
        facts = dict(happening.facts)
        is_short = random.random() < 0.4
        for short, full in self.abbreviations.items():
            facts[short] = short if is_short else full
        facts |= _figures(random)
        day_words = _day_words(happening.day, random)
        facts["when"] = f"{random.choice(('', 'sáng ', 'chiều '))}{day_words}"
        event = happening.name if event_is_named else self.grammar.even(f"events.{happening.kind}", facts, random)
        facts["event"] = event
        report = Report("", day_words, str(facts["where"]), [])
        self._cast(facts, happening, report, random)
        report.title = capital(self.grammar.even(f"titles.{happening.kind}", facts, random))
        target = min(LONGEST, max(SHORTEST, round(random.lognormvariate(6.68, 0.5)))) * self.length - 40
        opening = "lede" if happening.kind == "meeting" else "story_lede"
        report.paragraphs.append(self.grammar.even(opening, facts, random))
        count = report.paragraphs[0].count(" ")
        for paragraph in self._musts(facts, happening, report, random):
            report.paragraphs.append(paragraph)
            count += paragraph.count(" ") + 1
        while count < target:
            paragraph = self._paragraph(facts, happening, random)
            report.paragraphs.append(paragraph)
            count += paragraph.count(" ") + 1
        if event_is_named and event not in "\n".join(report.paragraphs):
            report.paragraphs.append(f"Tin về {event} sẽ còn được cập nhật.")
        if random.random() < 0.3:
            report.captions.append(capital(self.grammar.even("captions", facts, random)))
        return report

    def _cast(self, facts: dict[str, Fact], happening: Happening, report: Report, random: Random) -> None:
        """Facts that change while a report is written: who speaks, which document is cited, who lives there."""
        talkers = happening.people[:4]

        def speaker() -> str:
            person = random.choice(talkers)
            if person.id in report.speakers:
                return f"đồng chí {person.name}"
            report.speakers[person.id] = person
            return f"đồng chí {person.name}, {person.role}"

        def speaker_named() -> str:
            known = list(report.speakers.values())
            return f"đồng chí {random.choice(known).name}" if known else speaker()

        def cite() -> str:
            paper = random.choice(happening.papers)
            return self._cite(paper, report, random)

        def villager() -> str:
            name = self.world.invented_name(happening.spot.province.landscape, random)
            return f"{random.choice(('bà', 'chị') if ' Thị ' in name else ('ông', 'anh'))} {name}"

        def hamlet_nearby() -> str:
            spot = happening.spot
            return self.world.any_spot(spot.province, random).hamlet if random.random() < 0.5 else spot.hamlet

        facts |= {
            "speaker": speaker,
            "speaker_named": speaker_named,
            "cite": cite,
            "villager": villager,
            "V0": villager,
        }
        facts["thon2"] = hamlet_nearby
        facts["quote"] = lambda: self.grammar.even("quotes", facts, random)
        facts["claim"] = lambda: self.grammar.even("claims", facts, random)

    @staticmethod
    def _cite(paper: Paper, report: Report, random: Random) -> str:
        full = f"{paper.name} {_day_words(paper.day, random)} của {paper.issuer} về {paper.title}"
        if paper.id not in report.cited:
            report.cited[paper.id] = (paper, full)
            return full
        figure = paper.number.split("/")[0].split("-")[0]
        return random.choice((paper.name, f"{paper.type_name} {paper.number}", f"{paper.type_name} số {figure}"))

    def _musts(self, facts: dict[str, Fact], happening: Happening, report: Report, random: Random) -> list[str]:
        """What the happening owes: who was there, the documents it was about, its subject."""
        musts = []
        if guests := happening.people[4:]:
            report.attendees.update((person.id, person) for person in guests)
            listed = "; ".join(f"đồng chí {person.name}, {person.role}" for person in guests)
            musts.append(self.grammar.even("attend", {**facts, "list": listed}, random))
        for paper in happening.papers:
            cited = {**facts, "cite": partial(self._cite, paper, report, random)}
            musts.append(self.grammar.even("docs", cited, random))
        if happening.kind == "story":
            musts.append(" ".join(capital(self.grammar.even("subject", facts, random)) for _ in range(2)))
        random.shuffle(musts)
        return musts

    def _paragraph(self, facts: dict[str, Fact], happening: Happening, random: Random) -> str:
        roll = random.random()
        say = partial(self.grammar.even, facts=facts, random=random)
        if roll < 0.04:
            return "## " + capital(say("headings"))
        if roll < 0.09:
            return "\n".join(f"- {say('general').rstrip('.')};" for _ in range(random.randint(2, 4)))
        mixed = ["general", "general", "general", "people" if happening.people else "general"]
        mixed += ["subject", "voices"] if happening.kind == "story" else ["voices"]
        mixed += ["docs"] if happening.papers and random.random() < 0.3 else []
        return " ".join(capital(say(random.choice(mixed))) for _ in range(random.choice((1, 2, 2, 3, 3, 4))))


def _day_words(day: date, random: Random) -> str:
    d, m, y = day.day, day.month, day.year
    return random.choice(
        (
            f"ngày {d}/{m}/{y}",
            f"ngày {d:02d}/{m:02d}/{y}",
            f"ngày {d}-{m}-{y}",
            f"ngày {d:02d}/{m}/{y}",
            f"ngày {d} tháng {m} năm {y}",
        )
    )


def _figures(random: Random) -> dict[str, Fact]:
    """Numbers as papers print them: 1.204, 87,5%, 1,2 tỷ."""
    return {
        "n": lambda: str(random.randint(3, 99)),
        "small": lambda: str(random.randint(2, 9)),
        "month": lambda: str(random.randint(1, 12)),
        "num": lambda: f"{int(10 ** random.uniform(1, 5)):,}".replace(",", "."),
        "pct": lambda: f"{random.uniform(2, 100):.{random.randint(0, 2)}f}%".replace(".", ","),
        "money": lambda: random.choice(
            (f"{random.randint(5, 900)} triệu", f"{random.uniform(1, 90):.1f} tỷ".replace(".", ","))
        ),
    }
