"""Who: everybody a text names, with roles as printed and capacities.

In: a clean text. Out: participants in order of first appearance, sorted into speakers, attendees
and mentioned. A person is one printed name of this text; `ông Chính` and `đồng chí Trưởng Ban`
count for the only holder the text names, or for nobody.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from archive.ingest.capacity import CapacityReader, Shown
from archive.ingest.introductions import Introduced, IntroductionReader
from archive.ingest.names import NameFinder
from archive.ingest.people_doubts import PeopleDoubts, Told, note_introductions
from archive.ingest.person import Person, Seen
from archive.ingest.rules.people import PeopleRules
from archive.language.sentences import sentence_bounds
from archive.language.spelling import comparable, unified
from archive.model.draft import Cleaned, Reason, Unsure, Who
from archive.model.records import Participant
from archive.model.text import BlockKind

_OPENING, _LONGEST_OPENING = 2, 3_000
FULL_NAME = 3  # syllables: two may as well be a place, and need a role or a form of address
_CLAUSE = re.compile(r"^|, ")
_BY_NAME = re.compile(r"\s*\(([^()\d,;:]{4,30})\)")  # `Trần Văn Tuyển (Năm Tuyển)`
_QUOTED = re.compile(r"\u201c[^\u201c\u201d]*(?:\u201d|$)|(?<!\w)\"[^\"]*(?:\"|$)")
_LONGEST_POST = 200  # characters
_LONGEST_LEADING = 400  # characters in which somebody is said to lead a delegation that inspects
_SHORTEST_QUOTE = 40  # characters: shorter ones are names of things


@dataclass(slots=True)
class _Text:
    """One text on its way: its people, and what a line above opened for the lines below."""

    people: dict[str, Person] = field(default_factory=dict)
    by_names: dict[str, str] = field(default_factory=dict)  # `Năm Tuyển` → `trần văn tuyển`
    list_code: str | None = None
    list_posts: tuple[str, ...] = ()
    in_discussion: bool = False  # contributions to a discussion are being told
    subject: Person | None = None  # the only person of the last sentence that named anybody


class _Quotes:
    """The quotations of a sentence that are long enough to be somebody's words."""

    def __init__(self, text: str) -> None:
        self._bounds = [match.span() for match in _QUOTED.finditer(text) if len(match[0]) >= _SHORTEST_QUOTE]

    def hold(self, at: int) -> bool:
        return any(start <= at < end for start, end in self._bounds)

    def masked(self, text: str) -> str:
        """The text with a line in place of each quotation: what is said in one is no act of who says it."""
        for start, end in self._bounds:
            text = text[:start] + "_" * (end - start) + text[end:]
        return text


class PeopleFinder:
    """Finds the people of one text after another."""

    def __init__(self, people: PeopleRules, places: Collection[str], no_sentence_end: Collection[str]) -> None:
        self.names = NameFinder(people, places)
        self.introductions = IntroductionReader(people, self.names)
        self.capacities = CapacityReader(people)
        self.doubts = PeopleDoubts(people)
        self.no_sentence_end = frozenset((*no_sentence_end, *people.academic, *people.short_words))
        self.speaking = frozenset(people.speaking)
        self.attending = frozenset(people.attending)
        self.presiding = frozenset(people.presiding)
        self.ends_discussion = frozenset(people.ends_discussion)
        self.named_only = people.named_only
        self._event = _any(people.event_words)
        self._others = _any(people.and_others)
        self._former = _any(people.former)
        self._debate = _any(people.debate_words)
        saints = sorted(map(comparable, people.saints), key=len, reverse=True)
        self._saint = re.compile(rf"^(?:{'|'.join(map(re.escape, saints))}) ")
        self._back = _any([*people.back_reference, *people.ranks])
        self._goes_on = re.compile(
            rf"(?:^|[,;] ?)({self._back.pattern}) (?:(?:{'|'.join(map(comparable, people.before_verbs))}) )*"
            rf"{self.capacities.saying.pattern}"
        )
        self._leading = tuple(map(comparable, people.leading_words))
        leading, inspecting = _any(people.leading_words).pattern, _any(people.inspecting_words).pattern
        self._leads = re.compile(rf"^[^;.]{{0,160}}?{leading}[^;.]{{0,60}}?{inspecting}")

    def find(self, cleaned: Cleaned) -> Who:
        """Everybody the text and its captions name."""
        cleaned = self._of_this_report(cleaned)
        texts = [text for _, text in _texts(cleaned)]
        read = _Text()
        last = cleaned.blocks[-1].text if cleaned.blocks else ""
        for kind, text in _texts(cleaned):
            if cleaned.is_cut and text is last and (name := self.names.cut_off(text)):
                text = text[: name.start]
            read.in_discussion = False
            if kind is not BlockKind.ITEM and not read.list_posts:
                read.list_code = None
            for start, end in sentence_bounds(text, self.no_sentence_end):
                self._sentence(text[start:end], kind, read)
        is_event = self._is_event(cleaned)
        if not is_event:
            self._only_told(read.people)
        is_weak = not is_event or self._debate.search(comparable("\n".join(texts))) is not None
        return self._sorted(read.people, is_event, is_weak)

    def _of_this_report(self, cleaned: Cleaned) -> Cleaned:
        """Without the paragraphs of another report: whom they name was not at this event.

        What the headline names belongs to it, and so do the items of a round-up, which are all marked alike.
        """
        inside = [other for other in cleaned.others if not other.is_cut]
        if _is_round_up(cleaned, {other.first for other in inside}):
            return cleaned
        told = [other for other in inside if not self.names.shares_a_name(other.words, cleaned.title or "")]
        away = {line for other in told for line in range(other.first, other.last + 1)}
        return replace(cleaned, blocks=tuple(block for block in cleaned.blocks if block.line not in away))

    def _is_event(self, cleaned: Cleaned) -> bool:
        """Whether title or opening tell of a meeting or a visit; a portrait or a story does not."""
        opening = " ".join(block.text for block in cleaned.blocks[:_OPENING])[:_LONGEST_OPENING]
        return self._event.search(comparable(f"{cleaned.title or ''} {opening}")) is not None

    def _only_told(self, people: Mapping[str, Person]) -> None:
        """Where no meeting is reported and nobody has a stated part in one, people are quoted, not present."""
        stated = [code for person in people.values() for code, is_stated in person.capacity.items() if is_stated]
        if self.speaking & set(stated) or sum(code in self.attending for code in stated) > 1:
            return
        for person in people.values():
            person.capacity = {self.named_only: False}
            person.reasons.append(Reason(f"capacity of {person.name}", self.named_only, "no-event-told"))

    def _sentence(self, text: str, kind: BlockKind, read: _Text) -> None:
        """Reads one sentence."""
        introduced = self.introductions.read(text, read.list_posts)
        persons = [self._person(item, read, text) for item in introduced]
        quotes = _Quotes(text)
        marked = [one for one in self._marked(text, introduced, persons, read) if not quotes.hold(one[0][0])]
        shown = self._show_capacities(quotes.masked(text), kind, marked, read)
        self._remember(text.strip(), kind, [person for _, person in marked], shown)
        note_introductions(text, introduced, persons)
        if marked:
            read.subject = marked[0][1] if len({id(person) for _, person in marked}) == 1 else None
        for item, person in zip(introduced, persons, strict=True):
            is_quoted = quotes.hold(item.name.start)
            is_told_of = is_quoted or self.capacities.is_told_of(text, item.start, item.name.end)
            person.told_of = person.told_of and is_told_of
            behind = comparable(text[item.name.end : item.name.end + _LONGEST_LEADING])
            person.leads = person.leads or self._leads.search(behind) is not None
        self._carry(text, kind, read, names_people=bool(introduced))

    def _remember(
        self, sentence: str, kind: BlockKind, marked: Sequence[Person], shown: Sequence[tuple[Person, Shown]]
    ) -> None:
        """Notes for each person what a sentence told of them, for the doubts."""
        for person in marked:
            codes = frozenset(one.code for doer, one in shown if doer is person)
            person.seen.append(Seen(sentence, kind is BlockKind.CAPTION, codes))

    def _carry(self, text: str, kind: BlockKind, read: _Text, *, names_people: bool) -> None:
        """What a list that this sentence opens, or goes on with, says of the sentences below."""
        opened = self.introductions.shared_at_end(text)
        goes_on = kind is BlockKind.ITEM or bool(read.list_posts and names_people)
        read.list_posts = opened or (read.list_posts if goes_on else ())
        read.list_code = self.capacities.list_code(text) or (read.list_code if goes_on else None)

    def _marked(
        self, text: str, introduced: Sequence[Introduced], persons: list[Person], read: _Text
    ) -> list[tuple[tuple[int, int], Person]]:
        """Where people stand in a sentence, by name or by a word that refers back to them."""
        bounds = [(item.name.start, item.name.end) for item in introduced]
        marked = list(zip(bounds, persons, strict=True))
        first = min((item.start for item in introduced), default=len(text))
        for start, end, person in (*self._references(text, read), *self._by_post(text, first, read)):
            if not any(start < other_end and end > other_start for other_start, other_end in bounds):
                marked.append(((start, end), person))
        return sorted(marked, key=lambda one: one[0])

    def _show_capacities(
        self, text: str, kind: BlockKind, marked: list[tuple[tuple[int, int], Person]], read: _Text
    ) -> list[tuple[Person, Shown]]:
        """What the sentence shows of whom."""
        in_caption = kind is BlockKind.CAPTION
        is_crowd = in_caption and self._others.search(comparable(text)) is not None
        acting = [one for one in marked if not self.capacities.is_object(text, one[0][0])]
        found = self.capacities.read(text, [bound for bound, _ in acting], read.list_code)
        told = [
            (acting[shown.person][1], shown)
            for shown in self._discussed(text, acting, found, read)
            if not (is_crowd and shown.code in self.attending)
        ]
        for person, shown in told:
            self._show(shown, person, in_caption)
        return told

    def _discussed(
        self, text: str, acting: Sequence[tuple[tuple[int, int], Person]], found: list[Shown], read: _Text
    ) -> list[Shown]:
        """The capacities of a sentence; contributions go on until somebody speaks to all, closes or chairs."""
        first = acting[0][0][0] if acting else len(text)
        read.in_discussion = read.in_discussion or self.capacities.opens_discussion(text, first)
        if any(shown.code in self.ends_discussion and not shown.generic for shown in found):
            read.in_discussion = False
        return self.capacities.in_discussion(found) if read.in_discussion else found

    def _show(self, shown: Shown, person: Person, in_caption: bool) -> None:
        stated = not shown.generic and not (in_caption and shown.code in self.attending)
        rule = "seen-in-caption" if in_caption else "verb-of-saying" if shown.generic else "stated-by-words"
        person.add_capacity(shown.code, stated, rule, shown.words)
        person.introduced = person.introduced or len(person.name.split()) >= FULL_NAME

    def _person(self, item: Introduced, read: _Text, sentence: str) -> Person:
        people = read.people
        printed = " ".join(item.name.text.split())
        name = comparable(printed).replace("'", "")  # `Điểu K'Ré` and `Điểu Kré`
        key = self._key(read.by_names.get(name, name), people)
        by_name = _BY_NAME.match(sentence, item.name.end)
        if by_name and comparable(by_name[1]).endswith(f" {key.split()[-1]}"):
            read.by_names[comparable(by_name[1])] = key
        if key not in people:
            weighed = ((feature, self.names.weight_of(feature)) for feature in item.name.features)
            reasons = [Reason(f"name {printed}", printed, feature, "", weight) for feature, weight in weighed if weight]
            people[key] = Person(printed, reasons=reasons, words=sentence.strip())
        person = people[key]
        if printed.endswith(f" {person.name}"):  # the baptismal name comes later
            person.name = printed
        person.addressed = person.addressed or item.name.addressed
        if any(self._former.match(comparable(role)) for role in item.roles):
            person.add_capacity(self.named_only, False, "former-holder")
        person.add_posts(item.posts)
        person.introduced = person.introduced or self._is_introduced(item, printed)
        return person

    def _is_introduced(self, item: Introduced, printed: str) -> bool:
        return bool(item.posts) or item.name.addressed or item.in_group or self.names.is_full(printed)

    def _key(self, name: str, people: Mapping[str, Person]) -> str:
        """The name under which the text has named the person; a baptismal name may come and go."""
        saint = self._saint.match(name)
        if name not in people and (whole := [key for key in people if key.endswith(f" {name}")]):
            return whole[0]  # `chị H'Phyên` of Puih H'Phyên, `bà Trúc Ly` of Ngô Lê Trúc Ly
        plain = name[saint.end() :] if saint else name
        same = (key for key in people if key == name or self._saint.sub("", key) == plain)
        longer = (key for key in people if key.startswith(f"{name} "))  # `Y Tân` of Y Tân Kbuôr
        return next(same, None) or next(longer, name)

    def _references(self, text: str, read: _Text) -> Iterator[tuple[int, int, Person]]:
        """`ông Chính`, `đồng chí Trưởng Ban …`, `đồng chí nhấn mạnh …`: the one person of this text it can mean."""
        shown, people = comparable(text), read.people
        said = self._goes_on.search(shown) if read.subject else None
        if read.subject and said and text[said.end(1) :].lstrip()[:1].islower():  # not `ông Hứa …`
            yield said.start(1), said.end(1), read.subject
        for address in self._back.finditer(shown):
            rest = shown[address.end() :].lstrip()
            word = re.match(r"\w+", rest)
            if word is None or not text[address.end() :].lstrip()[:1].isupper():
                continue
            holders = [person for key, person in people.items() if key.split()[-1] == word[0]]
            holders = holders or self._holders(rest, people.values())
            if len(holders) == 1:
                yield address.start(), len(shown) - len(rest) + word.end(), holders[0]

    def _holders(self, words: str, people: Collection[Person]) -> list[Person]:
        """Those whose post the words begin with, of several posts the longest; else who leads the delegation."""
        held = [(len(post), person) for person in people for post in person.posts if words.startswith(comparable(post))]
        longest = max((length for length, _ in held), default=0)
        holders = [person for length, person in held if length == longest]
        return holders or [person for person in people if person.leads and words.startswith(self._leading)]

    def _by_post(self, text: str, first: int, read: _Text) -> Iterator[tuple[int, int, Person]]:
        """`Kết luận hội nghị, Bí thư Đảng ủy xã yêu cầu …`: before anybody is named, a post means its only holder."""
        shown = comparable(text)
        for opening in _CLAUSE.finditer(shown[:first]):
            holders = self._holders(shown[opening.end() : opening.end() + _LONGEST_POST], read.people.values())
            if opening.end() == first or len(holders) != 1:
                continue
            post = next(self.introductions.posts.tokens(unified(text), opening.end(), len(text), before_name=False))
            held = (len(held) for held in holders[0].posts if shown.startswith(comparable(held), opening.end()))
            unit = text[opening.end() + max(held, default=post.end) : post.end]
            if unit == unit.lower():  # `Bí thư Đảng ủy xã`; another holder's where it names a place
                yield opening.end(), post.end, holders[0]

    def _sorted(self, people: Mapping[str, Person], is_event: bool, is_weak: bool) -> Who:
        told = Told(is_event, is_weak, tuple(person.name for person in people.values() if person.introduced))
        groups: dict[str, list[Participant]] = {"speakers": [], "attendees": [], "mentioned": []}
        unsure: list[Unsure] = []
        reasons: list[Reason] = []
        for person in people.values():
            if not person.introduced:
                continue
            codes = self._capacities(person, is_event)
            group = "speakers" if self.speaking & set(codes) else "mentioned"
            group = "attendees" if group == "mentioned" and self.attending & set(codes) else group
            groups[group].append(Participant(name=person.name, roles=tuple(person.posts), capacity=codes))
            unsure += self.doubts.of(person, codes, told)
            reasons += person.reasons
        found = {name: tuple(members) for name, members in groups.items()}
        return Who(**found, unsure=tuple(unsure), reasons=tuple(reasons))

    def _capacities(self, person: Person, is_event: bool) -> tuple[str, ...]:
        """A verb of saying, or a caption, counts only where no other way of speaking is known.

        Who is introduced with a post at a reported meeting is there, unless the text says otherwise.
        """
        codes = self._told_capacities(person)
        if person.leads and not self.speaking & set(codes):
            person.add_capacity(code := next(iter(self.presiding)), False, "leads-an-inspection")
            codes.insert(0, code)
        chosen = tuple(code for code in codes if code != self.named_only)
        if not chosen and is_event and self._is_present(person):
            person.add_capacity(next(iter(self.attending)), False, "introduced-with-a-post")
            chosen = tuple(self.attending)
        return chosen or (self.named_only,)

    def _told_capacities(self, person: Person) -> list[str]:
        """The capacities that words tell, without those that better ones make idle."""
        plain = self.capacities.plain_code
        otherwise = self.speaking & set(person.capacity) - self.presiding - {plain}
        codes = [code for code, stated in person.capacity.items() if stated or code != plain or not otherwise]
        if self.speaking & set(codes):  # who is only seen there is there to speak
            return [code for code in codes if person.capacity[code] or code not in self.attending]
        return codes

    def _is_present(self, person: Person) -> bool:
        return bool(person.posts) and not person.told_of and self.named_only not in person.capacity


def _is_round_up(cleaned: Cleaned, starts: Set[int]) -> bool:
    """Whether the page is a list of short news: items that begin no other report."""
    return any(block.kind is BlockKind.ITEM and block.line not in starts for block in cleaned.blocks)


def _texts(cleaned: Cleaned) -> Iterator[tuple[BlockKind, str]]:
    """The body in order, then the captions."""
    for block in cleaned.blocks:
        if block.kind is not BlockKind.HEADING:
            yield block.kind, block.text
    for caption in cleaned.captions:
        yield BlockKind.CAPTION, caption.text


def _any(words: Collection[str]) -> re.Pattern[str]:
    forms = sorted((re.escape(comparable(word)) for word in words), key=lambda form: (-len(form), form))
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")
