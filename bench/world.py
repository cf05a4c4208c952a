"""The invented world that reports are about: provinces, villages, people, documents, each from its number.

In: a seed and a number. Out: one frozen value, the same each time, so that nothing of the world
needs to be held: a hundred thousand people cost no memory. Provinces are real (site-config/places.yml).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from random import Random

from archive.config import load_yaml
from archive.language.spelling import slug
from bench.grammar import Grammar, capital, read_data, skewed

FIRST_DAY, LAST_DAY = date(2009, 1, 5), date(2025, 6, 30)
CENTRAL = "trung-uong"
_CONTRASTED = 0.06  # share of the fours of people whose names differ in marks alone
_NAMESAKES = 0.03
_BAND = 1640  # papers after which figures run on: more of them would bear one figure on one day
_APOSTROPHES = 32  # one in so many is called as Điểu K'Ré is


@dataclass(frozen=True, slots=True)
class Province:
    """A province and how it is named: `tỉnh Nghệ An`, `Tỉnh ủy Nghệ An`."""

    code: str
    name: str
    unit: str
    committee: str
    landscape: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A hamlet and what is around it, each as printed."""

    province: Province
    district: str
    commune: str
    hamlet: str


@dataclass(frozen=True, slots=True)
class Person:
    """An official; `group` is the number of the four whose names may be alike."""

    id: str
    name: str
    role: str
    number: int


@dataclass(frozen=True, slots=True)
class Paper:
    """An official document."""

    id: str
    type: str
    type_name: str
    number: str
    issuer: str
    day: date
    title: str

    @property
    def name(self) -> str:
        return f"{self.type_name} số {self.number}"


class World:
    """Everything that the reports of one seed can name."""

    def __init__(self, seed: int, site_config: Path) -> None:
        self.seed = seed
        self.names = read_data("names")
        words = read_data("words")
        self.grammar = Grammar({name: words[name] for name in words if name != "abbreviations"})
        self.kinds = [kind for kind in read_data("documents")["kinds"] for _ in range(kind["share"])]
        self.provinces = [self._province(code, entry) for code, entry in load_yaml(site_config / "places.yml").items()]
        self.provinces = [province for province in self.provinces if province.unit]
        self.person = lru_cache(maxsize=1 << 15)(self._person)
        self.paper = lru_cache(maxsize=1 << 13)(self._paper)

    def chance(self, *key: object) -> Random:
        """A source of chance of its own for everything that has a name or number."""
        return Random(":".join(map(str, (self.seed, *key))))

    def _province(self, code: str, entry: dict[str, str]) -> Province:
        name = entry["name"]
        is_city = entry["kind"] == "thanh-pho"
        unit = name if name.startswith("Thành phố") else f"{'thành phố' if is_city else 'tỉnh'} {name}"
        committee = f"{'Thành ủy' if is_city else 'Tỉnh ủy'} {name}"
        landscape = next((kind for kind in ("mountain", "highland") if code in self.names[kind]), "plain")
        return Province(code, name, unit if entry["kind"] in ("tinh", "thanh-pho") else "", committee, landscape)

    def spot(self, province: Province, district: int, commune: int, hamlet: int) -> Spot:
        """A place by its numbers: the district of the province, the commune in it, the hamlet in that."""
        at = self.chance("district", province.code, district)
        district_name = self._place_name("plain" if at.random() < 0.5 else province.landscape, at)
        at = self.chance("commune", province.code, district, commune)
        commune_name = self._place_name(province.landscape, at)
        at = self.chance("hamlet", province.code, district, commune, hamlet)
        word = skewed(self.names["hamlet_words"][province.landscape], at)
        hamlet_name = f"{word} {at.randint(1, 12)}" if at.random() < 0.08 else ""
        return Spot(
            province, district_name, commune_name, hamlet_name or f"{word} {self._place_name(province.landscape, at)}"
        )

    def any_spot(self, province: Province, random: Random) -> Spot:
        return self.spot(province, random.randrange(11), random.randrange(12), random.randrange(6))

    def _place_name(self, landscape: str, random: Random) -> str:
        places = self.names["places"]
        if landscape == "highland" and random.random() < 0.7:
            return f"{skewed(places['highland_first'], random)} {self._foreign(random)}"
        if landscape == "mountain" and random.random() < 0.75:
            return f"{random.choice(places['mountain_first'])} {random.choice(places['mountain_second'])}"
        name = f"{random.choice(places['first'])} {random.choice(places['second'])}"
        return f"{name} {random.choice(places['second'])}" if random.random() < 0.04 else name

    def _foreign(self, random: Random) -> str:
        """A syllable of a language of the highlands, as papers print it: Krông, M'drăk, Pleik."""
        made = (
            random.choice(self.names["onsets"])
            + random.choice(self.names["nuclei"])
            + random.choice(self.names["codas"])
        )
        return capital(str(made))

    def _person(self, number: int) -> Person:
        name = self.name_of(number)
        random = self.chance("role", number)
        seat = number % (len(self.provinces) + 1)
        if seat == len(self.provinces):
            role = self.grammar.draw("roles_central", {}, random)
        else:
            province = self.provinces[seat]
            spot = self.any_spot(province, random)
            facts = {"dist": spot.district, "comm": spot.commune, "thon": spot.hamlet, "prov": province.name}
            facts |= {"tinh": province.unit, "tinhuy": province.committee}
            role = self.grammar.even("roles_province", facts, random)
        return Person(f"{slug(name)}-{number}", name, role, number)

    def name_of(self, number: int) -> str:
        """Most names are their own; some people share theirs, some fours differ in the marks of one word."""
        four = self.chance("four", number // 4)
        if four.random() < _CONTRASTED:
            male = four.random() < 0.6
            begin = f"{skewed(self.names['surnames'], four)} {self._middle(four, male=male)}"
            return f"{begin} {four.choice(self.names['contrasts'])[number % 4]}"
        random = self.chance("person", number)
        if number % _APOSTROPHES == 7:
            return self._apostrophed(random)
        if number > 50 and random.random() < _NAMESAKES:
            return self.name_of(random.randrange(number))
        seat = number % (len(self.provinces) + 1)
        landscape = self.provinces[seat].landscape if seat < len(self.provinces) else "plain"
        return self.invented_name(landscape, random)

    def _apostrophed(self, random: Random) -> str:
        given = capital(f"{random.choice('bcdghlmnprst')}{random.choice(self.names['nuclei'])}")
        end = f" {random.choice(self.names['highland_family'])}" if random.random() < 0.4 else ""
        begin = random.choice(self.names["highland_first"][4:14])
        return f"{begin} {random.choice(('K', 'H', 'M', 'N'))}'{given}{random.choice(self.names['codas'])}{end}"

    def invented_name(self, landscape: str, random: Random) -> str:
        male = random.random() < 0.6
        if landscape == "highland" and random.random() < 0.45:
            first = random.choice(self.names["highland_first"])
            given = self._foreign(random)
            joined = f"{first}{given}" if first.endswith("'") else f"{first} {given}"
            return f"{joined} {random.choice(self.names['highland_family'])}" if random.random() < 0.6 else joined
        if landscape == "mountain" and random.random() < 0.4:
            surname = random.choice(self.names["surnames"][35:])
            return f"{surname} {'A' if male else 'Thị'} {random.choice(self.names['mountain_given'])}"
        given = skewed(self.names["given_m" if male else "given_f"], random)
        middle = self._middle(random, male=male)
        if middle.endswith(given):
            middle = "Văn" if male else "Thị"
        return f"{skewed(self.names['surnames'], random)} {middle} {given}"

    def _middle(self, random: Random, *, male: bool) -> str:
        if not male:
            return str(skewed(self.names["middles_f"], random))
        one = skewed(self.names["middles_m"], random)
        two = skewed(self.names["middles_m"], random)
        return f"{one} {two}" if random.random() < 0.12 and one != two else str(one)

    def _paper(self, number: int) -> Paper:
        random = self.chance("paper", number)
        kind = random.choice(self.kinds)
        day = random_day(random, date(2005, 1, 4))
        province = random.choice(self.provinces)
        figure = random.randint(1, kind["top"]) + number // _BAND * kind["top"]
        shown = f"{figure:02d}" if figure < 10 and random.random() < 0.5 else str(figure)
        facts = {"tinh": province.unit, "tinhuy": province.committee, "n": shown, "year": str(day.year)}
        facts |= {"y1": str(day.year), "y2": str(day.year + 5), "prov": province.name}
        issuer = self.grammar.fill(Grammar.compile(kind["issuer"]), facts, random)
        code = self.grammar.fill(Grammar.compile(kind["number"]), facts, random)
        title = " ".join(self.grammar.draw(part, facts, random) for part in ("doc_verb", "doc_about", "doc_place"))
        return Paper(f"{slug(code)}-{number}", kind["type"], kind["name"], code, issuer, day, title)


def random_day(random: Random, first: date = FIRST_DAY) -> date:
    return first + timedelta(days=random.randrange((LAST_DAY - first).days))
