"""In which capacity a sentence shows the people it names.

In: a sentence and where people stand in it. Out: a capacity for each of them that the words give, with the words.
Cues are data (`capacity_cues` in site-config/people.yml): a cue takes the people after it
(`Phát biểu tại hội nghị, đồng chí N`), before it (`đồng chí N phát biểu`), or a whole list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from archive.ingest.rules.people import CapacityCue, PeopleRules
from archive.language.spelling import comparable

_LONGEST_LEAD = 8
_LONGEST_OPENING = 40  # characters between the verb that opens a sentence and its comma
_LONGEST_TELLING = 60
_LONGEST_AWARD = 2_000  # characters: a list of those who are given something
NEAR = 160  # characters between a person and a verb of theirs, roles included
_SAME_LIST = 25  # characters: two cues as near as this open one list
_BREAK = re.compile(r";|: ")  # a stop inside a sentence belongs to an abbreviation: `PGS.TS. N`
_BRACKETS = re.compile(r"\([^()]{0,80}\)")

Bounds = Sequence[tuple[int, int]]
_List = tuple[int, str, str]  # where it begins, its capacity, the words


@dataclass(frozen=True, slots=True)
class Cue:
    code: str
    who: str
    words: re.Pattern[str]
    generic: bool
    close: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """A capacity that words give a person; `generic`: by a verb of saying that states none by itself."""

    person: int
    code: str
    generic: bool
    words: str = ""


class CapacityReader:
    """The cues of one archive."""

    def __init__(self, people: PeopleRules) -> None:
        self.cues = [
            Cue(entry.code, entry.who, _any(entry.words, people.cue_parts), entry.generic, entry.close)
            for entry in people.capacity_cues
        ]
        self._lists_of = [cue for cue in self.cues if cue.who == "list"]
        self._ends_of_lists = [cue for cue in self.cues if cue.who == "end"]
        self._acts = [cue for cue in self.cues if cue.who not in ("list", "end")]
        saying = [entry.words for entry in people.capacity_cues if _is_saying(entry, people.plain_code)]
        self.saying = _any([word for words in saying for word in words])
        self._not_verb = _any(people.not_verbs)
        self._not_yet = re.compile(rf"{_any(people.not_yet).pattern}\s*$")
        self._document = re.compile(rf"\s+(?:\d|{_any(people.not_an_act).pattern})")
        self._nouns = frozenset(map(comparable, people.also_nouns))
        self.plain_code = people.plain_code
        self.discussion_code = people.discussion_code
        self._discussion = _any(people.discussion_words)
        self._passive = _any(people.passive)
        self._purpose = _any(people.purpose)
        self._sent_by = _any(people.sent_by)
        self._and = _any(people.and_words)
        self._joint = re.compile(rf"[\s,]*(?:{self._and.pattern})?[\s,]*")
        self._plural = _any(people.plural_markers)
        small = "|".join(
            sorted(map(re.escape, map(comparable, (*people.honorifics, *people.plural_markers, *people.ranks))))
        )
        award, given = _any(people.awards).pattern, _any(people.given_to).pattern
        self._given_to = re.compile(rf"{award}[^.;]{{0,120}}?{given}")
        self._receives = _any(people.receives)
        self._told_of = re.compile(rf"{_any(people.told_of).pattern}[\s:]*(?:(?:{small})[\s,]*)*$")
        self._object = re.compile(rf"{_any(people.acted_upon).pattern}\s*(?:(?:{small})[\s,]*)*$")

    def read(self, text: str, bounds: Bounds, carried: str | None = None) -> list[Shown]:
        """Capacities of the people at `bounds`; `carried` is the list capacity of the line before."""
        if not bounds:
            return []
        shown = self._not_verb.sub(lambda words: "_" * len(words[0]), comparable(text))
        shown = _BRACKETS.sub(lambda bracket: "_" * len(bracket[0]), shown)
        found = list(self._in_lists(self._lists(shown, bounds), bounds, carried))
        found += self._closing(shown, bounds)
        taken: list[tuple[int, int]] = []
        for cue in self._acts:
            for match in cue.words.finditer(shown):
                is_idle = _overlaps(match, taken) or (cue.generic and _is_name(text, match))
                people = () if is_idle else self._doers(cue, match, shown, bounds)
                if people:
                    taken.append(match.span())
                    found += (Shown(person, cue.code, cue.generic, match.group()) for person in people)
        return self._discussed(found)

    def opens_discussion(self, text: str, first: int) -> bool:
        """Whether contributions are told before the first person, at `first`: `Có 6 ý kiến tham luận. Ông N nêu …`."""
        return self._discussion.search(comparable(text[:first])) is not None

    def in_discussion(self, found: Sequence[Shown]) -> list[Shown]:
        """What is said by a plain verb of saying while contributions are told is one of them."""
        return [replace(shown, code=self.discussion_code, generic=False) if shown.generic else shown for shown in found]

    def is_told_of(self, text: str, start: int, end: int) -> bool:
        """Whether the words round a person and their posts make them somebody's object, not a participant.

        `start` is where their first post begins, `end` where their name ends: `tặng quà gia đình bà N`, `trao Bằng
        khen cho …, N`, `N đoạt giải`.
        """
        shown = comparable(text)
        before = shown[max(0, start - _LONGEST_AWARD) : start]
        if self._told_of.search(before[-_LONGEST_TELLING:]) or self._given_to.search(before):
            return True
        if self._sent_by.search(before):
            return True
        received = self._receives.search(shown, end, end + NEAR)
        return received is not None and not self._has_verb(shown[end : received.start()])

    def is_object(self, text: str, start: int) -> bool:
        """`Giao đồng chí N chỉ đạo …`: what the sentence tells is not N's act."""
        return self._object.search(comparable(text[max(0, start - _LONGEST_TELLING) : start])) is not None

    def list_code(self, text: str) -> str | None:
        """The capacity of a list that begins at the end of this text (`Tham dự có các đồng chí:`)."""
        if not text.rstrip().endswith(":"):
            return None
        lists = self._lists(comparable(text), [(len(text), len(text))])
        return lists[-1][1] if lists else None

    def _doers(self, cue: Cue, match: re.Match[str], shown: str, bounds: Bounds) -> Sequence[int]:
        """Whose act the words tell; nobody's where they are part of a document's name."""
        if not cue.generic and match.group() in self._nouns and self._document.match(shown, match.end()):
            return ()
        if cue.who == "after" or self._opens_sentence(shown, match, bounds):
            return self._after(shown, match, bounds)
        people = self._before(shown, match, bounds)
        if cue.generic and people and self._purpose.search(shown, bounds[people[-1]][1], match.start()):
            return ()
        if cue.close and people and self._is_far(shown, match, bounds[people[-1]]):
            return ()
        return people

    def _opens_sentence(self, shown: str, match: re.Match[str], bounds: Bounds) -> bool:
        """`Báo cáo trước hội nghị, ông N …`, `Chia sẻ tại buổi gặp, Bí thư N …`: whose act it is stands behind."""
        first = min((start for start, _ in bounds if start >= match.end()), default=0)
        clause = shown[match.end() : min(first, match.end() + _LONGEST_OPENING)]
        return "," in clause and not shown[: match.start()].strip()

    def _is_far(self, shown: str, match: re.Match[str], person: tuple[int, int]) -> bool:
        """Whether another verb, a passive, or behind the words another part of the sentence, stands between."""
        start, end = person
        if start >= match.end():
            return "," in shown[match.end() : start]
        gap = shown[end : match.start()]
        last = max((verb.end() for cue in self._acts for verb in cue.words.finditer(gap)), default=0)
        is_joined = self._joint.fullmatch(gap, last) is not None  # `dự và chủ trì`
        return (last > 0 and not is_joined) or self._passive.search(gap) is not None

    def _discussed(self, found: list[Shown]) -> list[Shown]:
        """Who speaks after a contribution in the same sentence contributes too."""
        first = min((shown.person for shown in found if shown.code == self.discussion_code), default=None)
        if first is None:
            return found
        return [
            Shown(shown.person, self.discussion_code, False, shown.words)
            if shown.generic and shown.person > first
            else shown
            for shown in found
        ]

    def _closing(self, shown: str, bounds: Bounds) -> Iterator[Shown]:
        """A verb at the end of a sentence that is nothing but a list: `A, post; B, post; đại diện … đã về dự`."""
        for cue in self._ends_of_lists:
            match = cue.words.search(shown, bounds[-1][1])
            if match and not shown[match.end() :].strip(" .") and not self._has_verb(shown[: match.start()]):
                yield from (Shown(person, cue.code, False, match.group()) for person in range(len(bounds)))

    def _has_verb(self, words: str) -> bool:
        return any(cue.words.search(words) for cue in self._acts)

    def _lists(self, shown: str, bounds: Bounds) -> list[_List]:
        """Where lists begin, their capacities, and the words."""
        starts: dict[int, tuple[str, str]] = {}
        last = max(start for start, _ in bounds)
        for cue in self._lists_of:
            for match in cue.words.finditer(shown):
                if last >= match.end() and not any(_opens_same(shown, at, match.start()) for at in starts):
                    starts[match.start()] = cue.code, match.group()
        return sorted((at, *said) for at, said in starts.items())

    def _in_lists(self, lists: Sequence[_List], bounds: Bounds, carried: str | None) -> Iterator[Shown]:
        for person, (start, _) in enumerate(bounds):
            before = [(code, words) for at, code, words in lists if at < start]
            code, words = before[-1] if before else (carried, "")
            if code:
                yield Shown(person, code, False, words)

    def _after(self, shown: str, match: re.Match[str], bounds: Bounds) -> list[int]:
        """The next person, with nothing but roles and commas between."""
        if self._not_yet.search(shown[max(0, match.start() - _LONGEST_LEAD) : match.start()]):
            return []  # `sau phát biểu khai mạc, đồng chí N …` is another person's act
        # `theo ông Bình`: the form of address is part of both the cue and the person.
        following = [p for p, (start, end) in enumerate(bounds) if start >= match.end() or start > match.start() < end]
        following = [p for p in following if bounds[p][1] > match.end()]
        if not following:
            return []
        gap = shown[match.end() : bounds[following[0]][0]]
        return following[:1] if len(gap) <= NEAR and not _BREAK.search(gap) else []

    def _before(self, shown: str, match: re.Match[str], bounds: Bounds) -> list[int]:
        """The last person before; for a list that shares one verb, all of it."""
        earlier = [person for person, (_, end) in enumerate(bounds) if end <= match.start()]
        if not earlier:
            return []
        gap = shown[bounds[earlier[-1]][1] : match.start()]
        if len(gap) > NEAR or _BREAK.search(gap):
            return []
        return self._coordinated(shown, bounds, earlier)

    def _coordinated(self, shown: str, bounds: Bounds, earlier: list[int]) -> list[int]:
        """The last person and those joined to them by commas and `và`, with no verb between."""
        chosen = earlier[-1:]
        for one, other in zip(reversed(earlier[:-1]), reversed(earlier), strict=False):
            gap = shown[bounds[one][1] : bounds[other][0]]
            if any(cue.words.search(gap) for cue in self.cues):
                break
            chosen.insert(0, one)
        joined = shown[bounds[chosen[0]][1] : bounds[chosen[-1]][0]].lstrip("_ ")
        opening = shown[: bounds[chosen[0]][0]]
        is_list = self._and.search(joined) or self._plural.search(opening) or joined.startswith((",", ";", "-"))
        return chosen if is_list else earlier[-1:]


def _is_name(text: str, match: re.Match[str]) -> bool:
    """`xã Thống Nhất`, `Trưởng ban Thông tin` tell no act; capitals throughout are only a way of printing."""
    words = text[match.start() : match.end()]
    goes_on = text[: match.start()].rstrip()[-1:].isalnum()
    return (words.istitle() and " " in words) or (goes_on and words[:1].isupper() and not words.isupper())


def _opens_same(shown: str, one: int, other: int) -> bool:
    """Whether two cues open one list: `chủ trì hội nghị có`; not `đồng chủ trì hội nghị; cùng dự có`."""
    first, second = sorted((one, other))
    return second - first < _SAME_LIST and ";" not in shown[first:second]


def _overlaps(match: re.Match[str], taken: Sequence[tuple[int, int]]) -> bool:
    return any(match.start() < b and match.end() > a for a, b in taken)


def _any(phrases: Sequence[str], parts: Mapping[str, str] | None = None) -> re.Pattern[str]:
    """Any of the phrases as whole words; `<name>` in one stands for that part, a pattern of bounded length."""
    forms = sorted((re.escape(comparable(phrase)) for phrase in phrases), key=lambda form: (-len(form), form))
    for name, pattern in (parts or {}).items():
        forms = [form.replace(f"<{name}>", f"(?:{pattern})") for form in forms]
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


def _is_saying(cue: CapacityCue, plain_code: str) -> bool:
    """Whether a cue holds verbs of saying that follow a person: `nhấn mạnh`, `cho biết`."""
    return cue.generic and cue.who == "before" and cue.code == plain_code
