"""Labelled queries over an invented archive: what a reader types, and the pages that are right for it.

In: search entries and what the generator put where. Out: `Query` values in classes, a third of them
kept back. A query is kept only if brute force over all texts says that its answer is the only one.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from archive.model.search import SearchEntry
from bench import search_questions
from bench.corpus import Archive
from bench.grammar import read_data
from bench.keystrokes import keystrokes, one_slip_apart, other_tone, slip
from bench.search_query import Query
from bench.search_texts import Texts, folded, words_of

EACH = 36  # queries of a class
_MOST_RIGHT = 4
_TRIES = 60
_SEGMENT = re.compile(r"[.;:,!?“”\"()–|\n]+")

Asked = tuple[str, frozenset[str]]


def make_queries(archive: Archive, entries: Iterable[SearchEntry], each: int = EACH) -> list[Query]:
    """`each` queries of every class (fewer where a small archive has no more), the same for the same archive."""
    abbreviations = read_data("words")["abbreviations"]
    maker = _Maker(Texts(entries, abbreviations), list(archive.facts()), abbreviations)
    queries: list[Query] = []
    for kind, make in maker.classes().items():
        random = Random(f"{archive.seed}:{kind}")
        seen: set[str] = set()
        for _ in range(each * _TRIES):
            if len(seen) == each:
                break
            made = make(random)
            if made and made[0] not in seen and made[1]:
                seen.add(made[0])
                number = f"{kind}-{len(seen)}"
                queries.append(Query.of(number, kind, *made, typing=kind == "prefix"))
    return queries


class _Maker:
    """One method a class: tries once, and gives a query with its answers or None."""

    def __init__(self, texts: Texts, facts: list[dict[str, Any]], abbreviations: dict[str, str]) -> None:
        self.texts = texts
        self.abbreviations = abbreviations
        self.of: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for fact in facts:
            self.of[fact["kind"]].append(fact)
        self.articles = self.of["articles"]
        self.entry = {entry.address: entry for entry in texts.entries}
        self.names = search_questions.Names(self.of, self.texts)
        self.called: dict[str, set[str]] = defaultdict(set)
        for fact in [*self.of["events"], *self.articles]:
            self.called[folded(fact.get("name") or fact["title"])].add(fact["address"])
        self.places = [entry for entry in texts.entries if entry.address.startswith("dia-phuong/")]

    def classes(self) -> dict[str, Callable[[Random], Asked | None]]:
        numbers, names = search_questions.Numbers(self.of), self.names
        return {
            "marks": self.with_marks,
            "no marks": self.without_marks,
            "đ": self.d_for_d,
            "tone place": self.tone_place,
            "nfd": self.decomposed,
            "abbreviations": self.abbreviation,
            "numbers": numbers.number,
            "dates": numbers.date,
            "names": names.full,
            "names, given first": names.given_first,
            "names, apostrophe": names.apostrophe,
            "events, places": self.own_page,
            "phrases": self.phrase,
            "keywords": self.keywords,
            "typos": self.typo,
            "wrong tone": self.wrong_tone,
            "telex": lambda random: self.typed(random, "telex"),
            "vni": lambda random: self.typed(random, "vni"),
            "prefix": self.prefix,
            "questions": self.question,
            "marks mean it": self.contrast,
        }

    # What a reader has in mind: words in a row of one article, or a thing at a place.

    def words(self, random: Random, least: int = 4, most: int = 8) -> str:
        """Printed words in a row, half of them from a title."""
        article = random.choice(self.articles)
        entry = self.entry[article["address"]]
        source = entry.title if random.random() < 0.5 or not entry.blocks else random.choice(entry.blocks)[1]
        segments = [s.split() for s in _SEGMENT.split(source)]
        long_enough = [s for s in segments if len(s) >= least]
        if not long_enough:
            return ""
        segment = random.choice(long_enough)
        length = min(len(segment), random.randint(least, most))
        start = random.randrange(len(segment) - length + 1)
        return unicodedata.normalize("NFC", " ".join(segment[start : start + length]))

    def only(self, words: str, *, marks: bool = True) -> frozenset[str]:
        """The few entries that hold the words in a row, or none if they are too many or not the same without marks."""
        if not words:
            return frozenset()
        found = self.texts.holding(words, marks=marks)
        if not marks and found != self.texts.holding(words):
            return frozenset()
        return found if len(found) <= _MOST_RIGHT and not self._nearly(words, found) else frozenset()

    def _nearly(self, words: str, found: frozenset[str]) -> bool:
        """Does another record's own page hold all but a word at an end? Then it may well be what is meant."""
        tokens = words.split()
        nearly = self.texts.holding(" ".join(tokens[1:]), marks=False) | self.texts.holding(
            " ".join(tokens[:-1]), marks=False
        )
        return any(not address.startswith("bai-viet/") for address in nearly - found)

    def with_marks(self, random: Random) -> Asked | None:
        words = self.words(random)
        return words.lower() if random.random() < 0.6 else words, self.only(words)

    def without_marks(self, random: Random) -> Asked | None:
        words = self.words(random)
        return folded(words), self.only(words, marks=False)

    def d_for_d(self, random: Random) -> Asked | None:
        """At least two words with đ, typed with d: everything bare, or only the stroke left out."""
        words = self.words(random)
        if len(re.findall(r"[đĐ]", words)) < 2:
            return None
        bare = folded(words) if random.random() < 0.7 else words.lower().replace("đ", "d")
        return bare, self.only(words, marks=False)

    def tone_place(self, random: Random) -> Asked | None:
        """A word such as hòa or thủy, its tone where the text has it not."""
        words = self.words(random).lower()
        moved = search_questions.tone_moved(words)
        return (moved, self.only(words)) if moved != words else None

    def decomposed(self, random: Random) -> Asked | None:
        words = self.words(random)
        return unicodedata.normalize("NFD", words), self.only(words)

    def abbreviation(self, random: Random) -> Asked | None:
        """Short where the text is full and the other way round, among words that are the text's own."""
        words = self.words(random, 5, 9)
        for short, full in self.abbreviations.items():
            if short in words.split():
                return words.replace(short, full), self.only(words)
            if full.lower() in words.lower() and short != "TW":
                swapped = re.sub(re.escape(full), short, words, flags=re.IGNORECASE)
                return (swapped, self.only(words)) if len(swapped.split()) > 3 else None
        return None

    def own_page(self, random: Random) -> Asked | None:
        """A place or an event by its name, with marks or without: its own page."""
        bare = random.random() < 0.4
        if random.random() < 0.4:
            name = random.choice(self.places).title
            right = {p.address for p in self.places if (folded(p.title) == folded(name) if bare else p.title == name)}
        else:
            name = random.choice(self.of["events"])["name"]
            right = self.called[folded(name)]
        return (folded(name) if bare else name), frozenset(right)

    def phrase(self, random: Random) -> Asked | None:
        """Words in quotes that stand in a row in one article alone, and scattered in others."""
        words = self.words(random, 4, 6)
        right = self.only(words)
        if not right or len(self.texts.holding(*words.split(), marks=False)) <= len(right):
            return None
        marks = random.choice((('"', '"'), ("“", "”")))
        return f"{marks[0]}{words}{marks[1]}", right

    def thing_at_place(self, random: Random) -> list[str]:
        """Words for a thing and for a place, which together stand in few reports."""
        article = random.choice(self.articles)
        thing = article["model"] if random.random() < 0.5 else article["subject"]
        hamlet, commune, district = article["places"]
        return [thing, random.choice((hamlet, f"xã {commune}", f"huyện {district}"))] if thing else []

    def keywords(self, random: Random) -> Asked | None:
        """A thing and a place, or words of a title in any order."""
        phrases = self.thing_at_place(random)
        if random.random() < 0.5:
            title = [word for word in _SEGMENT.sub(" ", random.choice(self.articles)["title"]).split() if len(word) > 1]
            phrases = random.sample(title, min(len(title), random.randint(4, 6)))
        if not phrases:
            return None
        bare = random.random() < 0.4
        right = self.texts.holding(*phrases, marks=not bare)
        random.shuffle(phrases)
        query = " ".join(phrases)
        return (folded(query) if bare else query), right if len(right) <= _MOST_RIGHT else frozenset()

    def question(self, random: Random) -> Asked | None:
        phrases = self.thing_at_place(random)
        if not phrases:
            return None
        right = self.texts.holding(*phrases)
        shape = random.choice(read_data("questions")["about_a_thing"])
        query = shape.format(thing=phrases[0], place=phrases[1])
        bare = random.random() < 0.3 and right == self.texts.holding(*phrases, marks=False)
        return (folded(query) if bare else query), right if len(right) <= _MOST_RIGHT else frozenset()

    def typo(self, random: Random) -> Asked | None:
        """One letter wrong in one word, so that no text holds the word; half of them typed with marks."""
        words = self.words(random, 3, 6) if random.random() < 0.6 else random.choice(self.of["officials"])["name"]
        right = self.only(words, marks=False) or self.named(words)
        tokens = words.lower().split()
        places = [i for i, token in enumerate(tokens) if len(token) > 3 and token.isalpha()]
        if not right or not places:
            return None
        at = random.choice(places)
        has_marks = random.random() < 0.5
        wrong = slip(tokens[at] if has_marks else folded(tokens[at]), random)
        if not folded(wrong) or folded(wrong) in self.texts.holders or folded(wrong) == folded(tokens[at]):
            return None
        if not self._only_repair(tokens, at, folded(wrong), right):
            return None
        tokens[at] = wrong
        query = " ".join(tokens)
        return (query if has_marks else folded(query)), right

    def _only_repair(self, tokens: list[str], at: int, wrong: str, right: frozenset[str]) -> bool:
        """No other word one letter away makes words that stand in other pages."""
        for near in [word for word in self.texts.holders if one_slip_apart(wrong, word)]:
            repaired = " ".join([*tokens[:at], near, *tokens[at + 1 :]])
            if self.texts.holding(repaired, marks=False) - right - self.texts.holding(" ".join(tokens), marks=False):
                return False
        return True

    def named(self, name: str) -> frozenset[str]:
        """Officials of that name, marks aside."""
        return frozenset(self.names.bare[folded(name)])

    def wrong_tone(self, random: Random) -> Asked | None:
        """One word with another tone than the text's; without marks the words are still the text's own."""
        is_name = random.random() < 0.3
        words = random.choice(self.of["officials"])["name"] if is_name else self.words(random)
        right = self.named(words) if is_name else self.only(words, marks=False)
        tokens = words.split()
        at = random.randrange(len(tokens)) if tokens else 0
        changed = [other_tone(token, random) if i == at else token for i, token in enumerate(tokens)]
        if changed == tokens or self.texts.holding(" ".join(changed)):
            return None
        return " ".join(changed), right

    def typed(self, random: Random, method: str) -> Asked | None:
        """Raw keystrokes; at least one word must look like nothing in the archive."""
        words = self.words(random, 2, 6).lower()
        if not words or not all(token.isalpha() for token in words.split()):
            return None
        query = keystrokes(words, method)
        strange = [token for token in query.split() if token not in self.texts.holders]
        return (query, self.only(words)) if len(strange) * 2 >= len(query.split()) else None

    def prefix(self, random: Random) -> Asked | None:
        """The last word cut, as it stands while somebody types."""
        words = self.words(random, 3, 7)
        if not words or len(words_of(words)) != len(words.split()) or len(words.split()[-1]) < 2:
            return None
        last = words.split()[-1]
        cut = words[: len(words) - random.randint(1, len(last) - 1)]
        bare = random.random() < 0.4
        right = self.texts.holding(cut, marks=False, cut=True)
        return (folded(cut) if bare else cut), right if len(right) <= _MOST_RIGHT else frozenset()

    def contrast(self, random: Random) -> Asked | None:
        """Words with marks that others share but for their marks: their own pages come first."""
        roll = random.random()
        if roll < 0.3:
            word = random.choice(random.choice(read_data("names")["contrasts"])).lower()
            if word == folded(word):
                return None
            others = [form for family in read_data("names")["contrasts"] if word.title() in family for form in family]
            alike = [form for form in others if form.lower() != word and self.texts.titled(form.lower())]
            return (word, self.texts.titled(word)) if alike else None
        if roll < 0.7:
            name = random.choice(self.of["officials"])["name"]
            right = frozenset(self.names.exact[name])
            return (name, right) if self.named(name) != right else None
        words = self.words(random, 2, 5)
        right = self.texts.holding(words) if words else frozenset()
        if not 0 < len(right) <= _MOST_RIGHT or self.texts.holding(words, marks=False) == right:
            return None
        return words.lower(), right
