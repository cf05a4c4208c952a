"""Queries whose answers come from records, not from words: numbers, dates and names, in every dress.

In: what the generator put where. Out: a query and the addresses that answer it, or None.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from random import Random
from typing import Any

from bench.search_texts import Texts, folded

Facts = Mapping[str, list[dict[str, Any]]]
Asked = tuple[str, frozenset[str]]

_SHORT = {"nghi-quyet": "NQ", "ket-luan": "KL", "chi-thi": "CT", "nghi-dinh": "NĐ"}
_PLACED = [
    (unicodedata.normalize("NFC", a + m + b), unicodedata.normalize("NFC", a + b + m))
    for a, b in ("oa", "oe", "uy")
    for m in "\u0300\u0301\u0303\u0309\u0323"
]


def tone_moved(words: str) -> str:
    """hòa ↔ hoà, thuỷ ↔ thủy, in every word whose tone has two places."""
    swap = {**dict(_PLACED), **{old: new for new, old in _PLACED}}
    pattern = rf"(?<!q)(?:{'|'.join(sorted(swap))})(?!\w)"
    return re.sub(pattern, lambda match: swap[match.group()], words)


class Numbers:
    """Documents by number, reports by day."""

    def __init__(self, of: Facts) -> None:
        self.papers = of["documents"]
        self.dated = [*of["articles"], *of["events"]]
        self.by_day: dict[str, set[str]] = defaultdict(set)
        for fact in [*self.dated, *self.papers]:
            self.by_day[fact["date"]].add(fact["address"])

    def number(self, random: Random) -> Asked | None:
        paper = random.choice(self.papers)
        code, type_name = paper["number"], paper["type_name"]
        figure = re.match(r"\d+", code)[0]  # type: ignore[index]
        year = re.search(r"/(\d{4})/", code)
        plain = str(int(figure))
        whole = [code, code.lower(), re.sub(r"[-/]", " ", code), folded(code), re.sub(r"(?<=[^\W\d])[-/]", "", code)]
        whole += [
            f"{type_name} số {code}",
            f"{type_name} {code}",
            folded(f"{type_name} so {code}"),
            plain + code[len(figure) :],
        ]
        whole += [f"số {code}", f"0{code}" if len(figure) == 1 else code]
        by_type = [f"{type_name} {plain}", f"{type_name} số {plain}", folded(f"{type_name} {plain}")]
        by_type += [f"{_SHORT[paper['type']]} {plain}"] if paper["type"] in _SHORT else []
        if random.random() < 0.5:
            asked = random.choice(whole)
            return asked, frozenset(p["address"] for p in self.papers if _same_code(p, paper, type_name in asked))
        if year and random.random() < 0.5:
            asked = f"{random.choice(by_type)}/{year[1]}"
            right = {p["address"] for p in self._of_type(paper) if f"/{year[1]}/" in p["number"]}
            return asked, frozenset(right)
        if random.random() < 0.2:
            y, m, d = paper["date"].split("-")
            asked = f"{type_name} số {plain} ngày {int(d)}/{int(m)}/{y}"
            return asked, frozenset(p["address"] for p in self._of_type(paper) if p["date"] == paper["date"])
        return random.choice(by_type), frozenset(p["address"] for p in self._of_type(paper))

    def _of_type(self, paper: dict[str, Any]) -> list[dict[str, Any]]:
        """Documents of the same type with the same figure, whatever follows it."""
        figure = _figure(paper)
        return [p for p in self.papers if p["type"] == paper["type"] and _figure(p) == figure]

    def date(self, random: Random) -> Asked | None:
        fact = random.choice(self.dated)
        y, m, d = fact["date"].split("-")
        day, month = int(d), int(m)
        roll = random.random()
        if roll < 0.25:
            asked = random.choice((f"tháng {month}/{y}", f"tháng {month} năm {y}", f"thang {m}/{y}", f"tháng {m}-{y}"))
            right = {a for of_day, found in self.by_day.items() if of_day[:7] == f"{y}-{m}" for a in found}
            return asked, frozenset(right)
        dresses = [f"{day}/{month}/{y}", f"{d}/{m}/{y}", f"{day}-{month}-{y}", f"{d}-{m}-{y}", f"{d}/{month}/{y}"]
        dresses += [f"ngày {day}/{month}/{y}", f"ngày {day} tháng {month} năm {y}", f"ngay {day} thang {month} nam {y}"]
        return random.choice(dresses), frozenset(self.by_day[fact["date"]])


def _figure(paper: dict[str, Any]) -> int:
    return int(re.match(r"\d+", paper["number"])[0])  # type: ignore[index]


def _same_code(one: dict[str, Any], other: dict[str, Any], typed: bool) -> bool:
    """The same number and letters, leading zeros aside; `typed`: the query names the type too."""
    same = folded(one["number"]).lstrip("0") == folded(other["number"]).lstrip("0")
    return same and (not typed or one["type"] == other["type"])


class Names:
    """Officials by name."""

    def __init__(self, of: Facts, texts: Texts) -> None:
        self.officials = of["officials"]
        self.texts = texts
        self.exact: dict[str, set[str]] = defaultdict(set)
        self.bare: dict[str, set[str]] = defaultdict(set)
        self.bag: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for official in self.officials:
            name = official["name"]
            self.exact[name].add(official["address"])
            self.bare[folded(name)].add(official["address"])
            self.bag[tuple(sorted(folded(name).split()))].add(official["address"])
        self.with_apostrophe = [official for official in self.officials if "'" in official["name"]]

    def full(self, random: Random) -> Asked | None:
        name = random.choice(self.officials)["name"]
        if random.random() < 0.5:
            return (name.lower() if random.random() < 0.4 else name), frozenset(self.exact[name])
        return folded(name), frozenset(self.bare[folded(name)])

    def given_first(self, random: Random) -> Asked | None:
        """Mai Trương Thị and Mai Thị Trương for Trương Thị Mai; not where the words are another's name."""
        name = random.choice(self.officials)["name"]
        words = name.split()
        if len(words) < 3 or len(words) > 4:
            return None
        turned = " ".join([words[-1], *words[:-1]] if random.random() < 0.5 else words[::-1])
        bag = self.bag[tuple(sorted(folded(name).split()))]
        if self.texts.holding(turned, marks=False) or bag != self.bare[folded(name)]:
            return None
        if random.random() < 0.5:
            return folded(turned), frozenset(bag)
        return turned, frozenset(self.exact[name])

    def apostrophe(self, random: Random) -> Asked | None:
        """K'Ré, K’Ré, KRé, kre."""
        if not self.with_apostrophe:
            return None
        name = random.choice(self.with_apostrophe)["name"]
        dresses = [name, name.replace("'", "’"), name.replace("'", "ʼ"), name.replace("'", "")]
        if random.random() < 0.3:
            return folded(name), frozenset(self.bare[folded(name)])
        return random.choice(dresses), frozenset(self.exact[name])
