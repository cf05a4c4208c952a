"""Finds names of people in a text.

In: a sentence or paragraph, NFC. Out: where names stand, how sure each is, and what spoke for it. A run
of capitalised syllables may be a name, a place, a body, or several of them in a row (`Thành ủy Hà Tĩnh
Dương Tất Thắng`): every syllable at which a name could begin is a candidate, the features of each are
weighed (`name_weights` in site-config/people.yml), and the best one is taken if it reaches the threshold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from archive.ingest.rules.people import PeopleRules
from archive.language.spelling import comparable, unified

_UPPER = "".join(c for c in map(chr, (*range(0x41, 0x5B), *range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA))) if c.isupper())
_LOWER = "".join(c for c in map(chr, (*range(0x61, 0x7B), *range(0xDF, 0x1B1), *range(0x1EA1, 0x1EFA))) if c.islower())
_MARK = "['\u2019\u02bc]"
_SYLLABLE = "|".join(
    (
        f"[{_UPPER}]{_MARK} ?[{_UPPER}][{_LOWER}]+",  # H'Hen, K' Xuân
        f'[{_UPPER}](?:{_MARK}|["\u201c\u201d])[{_LOWER}]+',  # K'ré, and K"ré by a slip of the keyboard
        f"[{_UPPER}]{{1,2}}[{_LOWER}]+(?:{_MARK}[{_LOWER}{_UPPER}]+)?",  # Văn, KSor, Bh'riu
        f"(?<!\\w\\.)[{_UPPER}](?![{_UPPER}{_MARK}])",  # the A of A Pớt, not the last letter of T.Ư
    )
)
_SYLLABLE = f"(?:{_SYLLABLE})"
_SYLLABLES = re.compile(_SYLLABLE)
_PARTS = re.compile(r"[,;:()]|\s[-\u2013\u2014]\s")
_WORD_AFTER = re.compile(r"\s*([\w]+)")
_COMMA_OR_DASH = re.compile(r"\s*(?:[,(]|[-\u2013\u2014]\s)\s*")
_BRACKETS = re.compile(r"\([^()]{0,60}\)")
LONGEST_NAME = 5
_WHOLE = 3  # syllables
_BEFORE = 40  # characters in front of a name that may say something of it
_LONGEST_POST = 90
_SENTENCE_ENDS = '.!?:;"\u201d'
_QUOTES = ('"', "\u201c")
_SIZES = {1: ("one-syllable",), 3: ("three-syllables",), 4: ("four-syllables",)}
_NEVER = "never"  # a feature that rules a candidate out


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: half-open bounds, whether a form of address stands before it, and its weight.

    `margin` is how far the weight lies above the threshold or above the next best reading of the same
    words, whichever is nearer; `features` are the names of what was weighed.
    """

    start: int
    end: int
    text: str
    addressed: bool
    margin: float = 9.0
    features: tuple[str, ...] = ()


class Ending:
    """Phrases that a text may end with, as whole words and with or without a stop behind them."""

    def __init__(self, phrases: Iterable[str], *, ignore_case: bool = True) -> None:
        self._fold = comparable if ignore_case else unified
        plain = {self._fold(phrase) for phrase in phrases}
        self._phrases = tuple(sorted(plain | {f"{phrase}." for phrase in plain}))

    def of(self, text: str) -> bool:
        """Whether the text ends with one of the phrases."""
        folded = self._fold(text)
        if not folded.endswith(self._phrases):
            return False
        starts = (len(folded) - len(phrase) for phrase in self._phrases if folded.endswith(phrase))
        return any(not start or not (folded[start - 1].isalnum() or folded[start - 1] == "_") for start in starts)


@dataclass(slots=True)
class _Run:
    """A run of capitalised syllables, and what stands around it."""

    text: str
    shown: str
    syllables: list[tuple[int, int]]
    in_list: bool
    in_places: bool
    before: Name | None = None  # the name before it
    words: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.words = [comparable(self.text[a:b]) for a, b in self.syllables]

    @property
    def start(self) -> int:
        return self.syllables[0][0]

    @property
    def end(self) -> int:
        return self.syllables[-1][1]

    def left_of(self, first: int) -> str:
        """What stands before the syllable, the run's own earlier syllables included."""
        begin = self.syllables[first][0]
        return self.shown[max(0, begin - _BEFORE) : begin].rstrip()


class NameFinder:
    """The surnames, places and exceptions of one archive."""

    def __init__(self, people: PeopleRules, places: Iterable[str]) -> None:
        self._read_words(people, places)
        self._read_surroundings(people)
        self._read_patterns(people)
        self._weights = people.name_weights
        self._threshold = people.name_threshold

    def _read_words(self, people: PeopleRules, places: Iterable[str]) -> None:
        self.common = set(map(comparable, people.common_surnames))
        self.surnames = self.common | set(map(comparable, people.surnames))
        self.single = set(map(comparable, people.single_letters))
        self.never = set(map(comparable, people.never))
        self.excluded = set(map(comparable, (*people.excluded_names, *people.peoples)))
        self.stems = set(map(comparable, people.stems))
        self.branches = set(map(comparable, people.branches))
        self.not_before = set(map(comparable, people.not_before))
        self.middle = set(map(comparable, people.middle_names))
        self.religious = {comparable(words).split()[0] for words in people.religious_names}
        self.saints = {comparable(saint).split()[0] for saint in people.saints}
        self.kin = set(map(comparable, people.kin_names))
        self.degrees = {comparable(title) for title in people.academic if title.isalpha() and len(title) < 4}
        capitals = [*people.capital_honorifics, *(title for title in people.academic if title.isalpha())]
        self.capital_address = set(map(comparable, capitals))
        self.places = set(map(comparable, (*places, *people.places_like_names)))
        self.joints = {
            ",",
            ";",
            *people.and_words,
            *(f", {word}" for word in people.and_words),
        }

    def _read_surroundings(self, people: PeopleRules) -> None:
        self._named_after = Ending(people.named_after, ignore_case=False)
        self._not_named_after = Ending(people.not_named_after, ignore_case=False)
        self._place_slot = Ending(people.place_slots)
        self._province_slot = Ending(people.province_slots)
        self._body_end = Ending(people.body_ends)
        self._not_slot = Ending(people.not_slots)
        self._not_address = Ending(people.not_address)
        self._introducers = Ending(people.introducers)
        self._addresses = Ending([*people.honorifics, *people.introducers, *people.ranks, *people.academic])
        self._credit = Ending(people.credits)
        self._not_credit = Ending(people.not_credits)

    def _read_patterns(self, people: PeopleRules) -> None:
        prefix = "|".join(sorted(map(re.escape, people.religious_names), key=len, reverse=True))
        self._run = re.compile(rf"(?<![\w'\u2019])(?:(?:{prefix}) )?{_SYLLABLE}(?:[ \u00a0]{_SYLLABLE})*(?![\w])")
        several = "|".join(sorted(map(re.escape, people.several_words), key=len, reverse=True))
        slots = "|".join(sorted(map(re.escape, map(unified, people.place_slots)), key=len, reverse=True))
        told = rf"(?: [^\W\d_]+){{0,5}}(?::| (?:{'|'.join(map(re.escape, map(unified, people.list_links)))}):?)"
        self._places_open = re.compile(
            rf"(?<!\w)(?:(?:{several}|\d+) (?:{slots})(?:{told})?|{several})\s*$", re.IGNORECASE
        )
        ranks = {re.escape(form) for rank in map(unified, people.ranks) for form in (rank, rank.lower())}
        former = "|".join(form for word in people.former for form in (word, word.capitalize()))
        posts = "|".join((any_head(people.role_heads), *people.head_shapes))
        self.head = re.compile(rf"(?<!\w)(?:(?:(?:{former}) )?(?:{posts})|{'|'.join(sorted(ranks))})(?!\w)")
        self._post = re.compile(rf"(?<!\w)(?:{posts})(?!\w)")

    def weight_of(self, feature: str) -> float:
        return self._weights[feature]

    def is_full(self, name: str) -> bool:
        """Three syllables that begin with a common surname: a name without any word to introduce it."""
        words = name.split()
        return len(words) > 2 and comparable(words[0]) in self.common

    def find(self, text: str) -> Iterator[Name]:
        """Names from left to right; whether one takes part is not decided here."""
        shown = unified(text)
        last: Name | None = None
        run_end = 0
        in_places = False
        for match in self._run.finditer(text):
            syllables = [(m.start() + match.start(), m.end() + match.start()) for m in _SYLLABLES.finditer(match[0])]
            syllables = self._beside_posts(shown, syllables)
            if not syllables:
                in_places = False
                continue
            gap = _BRACKETS.sub("", shown[last.end : match.start()]).strip() if last else ""
            place_gap = shown[run_end : match.start()].strip()
            in_places = self._opens_places(shown, match.start()) or (in_places and place_gap in self.joints)
            run = _Run(text, shown, syllables, gap in self.joints, in_places, last)
            run_end = match.end()
            if found := self._best(run):
                last, in_places = found, False
                yield found

    def shares_a_name(self, one: str, other: str) -> bool:
        """Whether two capitalised syllables in a row, the name of a body or place, stand in both."""
        runs = (run[0] for run in self._run.finditer(one))
        return any(" " in run and comparable(run) in comparable(other) for run in runs)

    def cut_off(self, text: str) -> Name | None:
        """A short name that a text ends in without a stop: the page has cut it in the middle."""
        start = max(0, len(text) - 2 * _LONGEST_POST)
        names = [name for name in self.find(text[start:]) if name.end == len(text) - start]
        if not names or len(names[-1].text.split()) >= _WHOLE:
            return None
        return replace(names[-1], start=names[-1].start + start, end=len(text))

    def _beside_posts(self, shown: str, syllables: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """The syllables behind a post that opens the run (`Trưởng Ban Lê Văn An`), up to one that goes on behind it."""
        opening = self.head.match(shown, syllables[0][0])
        if opening:
            syllables = [(start, end) for start, end in syllables if start >= opening.end()]
        for at, (start, _) in enumerate(syllables):
            head = self.head.match(shown, start)
            if head and (head.end() > syllables[-1][1] or self._is_title(head[0])):  # `Lê Văn An Phó Chủ tịch`
                return syllables[:at]
        return syllables

    def _is_title(self, words: str) -> bool:
        """`Trưởng Ban` behind a name is a post, `Phạm Bá Công Nhân` is a name that sounds like one."""
        return " " in words and bool(self.never & set(comparable(words).split()))

    def _opens_places(self, shown: str, start: int) -> bool:
        """`các xã Hạ Giáp, An Phú và Vân Lĩnh`, `5 thôn tiêu biểu gồm: …`: what follows is a list of places."""
        opening = self._places_open.search(shown, max(0, start - _BEFORE), start)
        return opening is not None and self.head.search(opening[0]) is None

    def _best(self, run: _Run) -> Name | None:
        if self._is_credit(run.left_of(0)) or run.shown[run.start - 1 : run.start] in _QUOTES:
            return None
        scored = self._scored(run)
        if not scored or scored[0][0] < self._threshold:
            return None
        weight, first, features = scored[0][0], -scored[0][1], scored[0][2]
        rival = max([self._threshold, *(other for other, *_ in scored[1:2])])
        begin = run.syllables[first][0]
        addressed = bool({"addressed", "introduced"} & set(features)) or run.words[first] in self.kin
        return Name(begin, run.end, run.text[begin : run.end], addressed, weight - rival, features)

    def _is_credit(self, before: str) -> bool:
        return self._credit.of(before) and not self._not_credit.of(before)

    def _scored(self, run: _Run) -> list[tuple[float, int, tuple[str, ...]]]:
        """Where a name may begin, best first: weight, place (negative: the first wins a tie), features."""
        firsts = [1] if self._opens_with_address(run) else range(len(run.words))
        read = ((first, self._features(run, first)) for first in firsts)
        scored = (
            (sum(self._weights[feature] for feature in features), -first, features)
            for first, features in read
            if _NEVER not in features
        )
        return sorted(scored, reverse=True)

    def _opens_with_address(self, run: _Run) -> bool:
        """Whether a capital form of address or a degree is the run's first syllable: `Ông Nguyễn Văn A`."""
        words = run.words
        if len(words) < 2 or words[0] not in self.capital_address:
            return False
        if words[0] in self.degrees and len(words) > 2:
            return True
        before = run.left_of(0)
        if len(words) == 2:
            return words[1] not in self.single
        opens = not before or before[-1] in _SENTENCE_ENDS
        is_surname = words[0] in self.surnames and words[1] not in self.common
        return not self._is_addressed(before) and (opens or not is_surname)

    def _features(self, run: _Run, first: int) -> tuple[str, ...]:
        """What speaks for and against a name from the `first` syllable to the end of the run."""
        words, left = run.words[first:], run.left_of(first)
        if self._is_ruled_out(words, run, first):
            return (_NEVER,)
        found = [self._surname(words), *_SIZES.get(len(words), ())]
        found += ["middle-name"] * (len(words) > 2 and words[1] in self.middle)
        addressed = self._is_addressed(left) and not self._is_inside_place(run, first)
        if addressed:
            found.append("introduced" if self._introducers.of(left) else "addressed")
        found += self._on_the_right(run, words)
        found += self._in_front(run, first) if first else self._at_the_beginning(run, words, addressed)
        if not addressed:
            found += ["known-place"] * (" ".join(words) in self.places)
        return tuple(found)

    def _is_inside_place(self, run: _Run, first: int) -> bool:
        """A rank that is a syllable of a place: `thôn Xín Dì Hồ A`, `Thôn Xín Dì Hồ A` at the start of a sentence."""
        return any(first > at + 1 and self._place_slot.of(run.left_of(at)) for at in (0, 1))

    def _is_ruled_out(self, words: list[str], run: _Run, first: int) -> bool:
        longest = LONGEST_NAME + (words[0] in self.saints or words[0] in self.single)
        if len(words) > longest or (len(words) == 1 and "'" not in words[0]) or max(map(len, words)) == 1:
            return True
        if len(words) == 2 and words[0] in self.stems and words[1] in self.branches:
            return True
        if {" ".join(words), " ".join(words[:2])} & self.excluded:
            return True
        return bool(self.never & set(self._inside(words)))

    def _inside(self, words: list[str]) -> list[str]:
        """The syllables that tell names from bodies; a given name and a religious one may be any word."""
        if words[0] in self.religious:
            return []
        return words[1:-1] if len(words) > 2 and words[0] in self.surnames else words

    def _surname(self, words: list[str]) -> str:
        first, second = words[0], words[1] if len(words) > 1 else ""
        if first in self.religious or (first in self.saints and len(words) > 2):
            return "religious-name"
        if self._opens_with_letter(first, second):
            return "letter-surname"
        if len(second) == 1 and second not in self.single:
            return "no-surname"
        if first in self.common:
            return "common-surname"
        return "rare-surname" if first in self.surnames else "no-surname"

    def _opens_with_letter(self, first: str, second: str) -> bool:
        """`H'Hen`, `A Pớt`, `Y Thông`; not the A of `A 7`, whose next syllable is no word."""
        letter, mark, _ = first.partition("'")
        if mark:
            return letter in self.single
        return first in self.single and bool(second) and (len(second) > 1 or second in self.single)

    def _on_the_right(self, run: _Run, words: list[str]) -> list[str]:
        found = []
        sign = _COMMA_OR_DASH.match(run.shown, run.end)
        if sign is not None and self.head.match(run.shown, sign.end()):
            found.append("post-next")
        after = _WORD_AFTER.match(run.shown, run.end)
        if len(words) == 2:
            found += ["common-noun-next"] * (after is not None and after[1] in self.not_before)
        return found

    def _at_the_beginning(self, run: _Run, words: list[str], addressed: bool) -> list[str]:
        """Features of a name that is the whole run."""
        before = run.left_of(0)
        found = ["listed"] * (run.in_list or self._opens_list(run, before))
        if addressed:
            return found
        slot = self._place_slot.of(before) and not self._not_slot.of(before)
        if self._named_after.of(before) and not slot and not self._not_named_after.of(before):
            found.append("named-after")
        found += ["inside-post"] * self._is_inside_post(run, words)
        if run.in_places:
            found.append("list-of-places")
        elif slot and not self._is_no_province(run, words, before):
            found.append("place-slot")
            found += ["post-before"] * (len(words) > 2 and self._has_free_post_before(run))
        return found

    def _is_no_province(self, run: _Run, words: list[str], before: str) -> bool:
        """`Phó Chủ tịch UBND tỉnh Vũ Dũng`: every province is known, so behind a post, or in full, this is a person."""
        is_like_name = len(words) > 2 or self._surname(words) in ("common-surname", "letter-surname")
        is_free = is_like_name and " ".join(words) not in self.places
        is_held = self.is_full(" ".join(words)) or self._has_free_post_before(run)
        return is_free and is_held and self._province_slot.of(before)

    def _is_inside_post(self, run: _Run, words: list[str]) -> bool:
        """`Lê Văn An - Giám đốc HTX chè Đồi Mây`: two syllables that end the post of the name before."""
        held = len(words) == 2 and run.before is not None and self._has_post_before(run.shown, run.start)
        return held and not self._has_free_post_before(run)

    def _has_free_post_before(self, run: _Run) -> bool:
        """A post stands right before that isn't the one of a name before it: `A, Trưởng Công an xã Lê Lợi`."""
        if not self._has_post_before(run.shown, run.start):
            return False
        if run.before is None or self._has_post_before(run.shown, run.before.start):
            return True  # nobody, or somebody who had a post in front: so has the next
        clause = _PARTS.split(run.shown[run.before.end : run.start])
        return len(clause) != 2 or bool(clause[0].strip())

    def _has_post_before(self, shown: str, at: int) -> bool:
        clause = re.split(r"[,;:.()]", shown[max(0, at - _LONGEST_POST) : at])[-1]
        return self._post.search(clause) is not None

    def _in_front(self, run: _Run, first: int) -> list[str]:
        """What the syllables are that the run has before the name."""
        if self._opens_with_address(run):
            return ["addressed"] * (first == 1 or run.words[first] in self.common)
        front, before = run.words[:first], run.left_of(0)
        if " ".join(front) in self.places or self._body_end.of(run.left_of(first)):
            return ["place-in-front"]
        is_slot = self._place_slot.of(before) and not self._not_slot.of(before)
        if is_slot and self._parts_place_and_name(run, first):
            return ["unit-in-front"]
        return ["words-in-front", *["post-before"] * self._is_held_behind_words(run, first)]

    def _is_held_behind_words(self, run: _Run, first: int) -> bool:
        """`Giám đốc Công ty Mây Trắng Nguyễn Văn An`: a post opens the clause, a full name closes the run."""
        is_full = run.words[first] in self.common and len(run.words) - first > 2
        return is_full and not self._is_addressed(run.left_of(0)) and self._has_free_post_before(run)

    def _parts_place_and_name(self, run: _Run, first: int) -> bool:
        """`Chủ tịch UBND xã Tân Phú Lê An`; two syllables behind a place are a name only where a post stands before."""
        front, words = run.words[:first], run.words[first:]
        could_be_place = len(front) in (2, 3) or (len(front) == 1 and front[0] not in self.surnames)
        is_held = len(words) > 2 or self._has_free_post_before(run)
        return could_be_place and is_held and run.words[1] not in self.middle and self._is_likely(words)

    def _is_likely(self, words: list[str]) -> bool:
        return words[0] in self.common or (len(words) > 2 and (words[0] in self.surnames or words[1] in self.single))

    def _opens_list(self, run: _Run, before: str) -> bool:
        """The place of a name in a list: `…; Hù Văn Sính, Tỉnh ủy viên`."""
        after = run.shown[run.end : run.end + 4].lstrip()[:1]
        return before.endswith((":", ";")) and after in (",", "-", "\u2013", ";", ".")

    def _is_addressed(self, before: str) -> bool:
        return self._addresses.of(before) and not self._not_address.of(before)


def any_head(heads: Iterable[str]) -> str:
    """A pattern of any head of a role. Papers differ in capitals: `Phó Tư lệnh`, `Phó tư lệnh`; `sinh viên`."""
    shapes: dict[str, str] = {}
    for head in map(unified, heads):
        known = shapes.get(head.lower(), head)
        first = head[0] if head[0].islower() else known[0]
        shapes[head.lower()] = first + "".join(map(min, head[1:], known[1:]))  # capitals sort before small letters
    forms = sorted(shapes.values(), key=lambda head: (-len(head), head))
    return "|".join(" ".join(map(_any_case, head.split(" "), range(len(head)))) for head in forms)


def _any_case(word: str, place: int) -> str:
    """A word as a pattern: small first words may be capital, later capitals may be small, abbreviations stay."""
    first, rest = word[0], re.escape(word[1:])
    if word[1:] != word[1:].lower() or (not place and first.isupper()):
        return first + rest
    return f"[{first.upper()}{first.lower()}]{rest}"
