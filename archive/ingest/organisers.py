"""Every body that the opening of a report names, with what speaks for and against its having organised the event.

In: the first sentences, the headline, the cues and weights of site-config/level-cues.yml. Out: `Body`s.
A body inside somebody's post counts too, for most when that person chairs or leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.ingest.level_cues import Cue, LevelCues
from archive.ingest.rules.level_cues import BodyRule

CITY = "city"  # a body of a city, whose level depends on the city
OF_A_PERSON = frozenset({"in-a-post", "chairs", "among-guests", "attends"})
_ASIDE = OF_A_PERSON | {"visited", "mentioned"}
_IN_PASSING = frozenset({"acts", "only-there"})
_LONGEST_BEFORE = 40
_LONGEST_JOINT = 90
_LONGEST_ACT = 260
_LONGEST_CHAIR = 140
_STEP, _MOST_STEPS = 40, 15  # letters from the start of the sentence that count as one step away from it
_MOST_SENTENCES = 7


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in a sentence. `part` is what it does there, `features` are names and weights of `body_weights`."""

    words: str
    cue: Cue[BodyRule]
    city: str | None
    part: str
    is_in_title: bool
    features: Mapping[str, float]

    @property
    def score(self) -> float:
        return sum(self.features.values())

    @property
    def is_of_a_person(self) -> bool:
        """True if it is only named as part of a post, or among guests."""
        return self.part in OF_A_PERSON


@dataclass(frozen=True, slots=True)
class _Named:
    """A body where it stands in a sentence."""

    start: int
    end: int
    cue: Cue[BodyRule]
    match: re.Match[str]


def find_bodies(sentences: Sequence[str], title: str, cues: LevelCues) -> list[Body]:
    """The bodies of the first sentences in their order, then those of the headline."""
    found = [body for number, sentence in enumerate(sentences) for body in _bodies(sentence, number, cues)]
    return found + list(_bodies(title, None, cues))


def _bodies(sentence: str, number: int | None, cues: LevelCues) -> Iterator[Body]:
    named = _named(sentence, cues)
    parts = _carried(sentence, named, [_part(sentence, item, number, cues) for item in named], cues)
    first = next((at for at, part in enumerate(parts) if part not in _ASIDE), None) if number == 0 else None
    for at, (item, part) in enumerate(zip(named, parts, strict=True)):
        counts = {
            part: 1,
            "named-first": int(at == first),
            "in-title": int(number is None),
            "later-sentence": min(number or 0, _MOST_SENTENCES),
            "further-in": min(item.start // _STEP, _MOST_STEPS),
        }
        features = {feature: cues.body_weights[feature] * count for feature, count in counts.items() if count}
        yield Body(item.match.group(), item.cue, _city(item, part, cues), part, number is None, features)


def _city(named: _Named, part: str, cues: LevelCues) -> str | None:
    """The city a body is of, unless the name behind it may be that of who holds the post."""
    groups = named.match.groupdict()
    city = groups.get("city_name") or groups.get("city_name2")
    return city if city and (part not in OF_A_PERSON or cues.is_city(city)) else None


def _carried(sentence: str, named: Sequence[_Named], parts: list[str], cues: LevelCues) -> list[str]:
    """`Lữ đoàn 1, Vùng 2 tổ chức`: what is said of the last of a row of bodies is said of all."""
    for at in range(len(parts) - 2, -1, -1):
        between = sentence[named[at].end : named[at + 1].start]
        if parts[at] in _IN_PASSING and parts[at + 1] == "acts-next" and cues.in_a_row.fullmatch(between):
            parts[at] = "acts-next"
    return parts


def _named(sentence: str, cues: LevelCues) -> list[_Named]:
    """The bodies of one sentence from left to right; of two at one place the longer, then that of the earlier cue."""
    found = [
        (match.start(), -match.end(), order, _Named(*match.span(), cue, match))
        for order, cue in enumerate(cues.organisers)
        for match in cue.regex.finditer(sentence)
    ]
    kept: list[_Named] = []
    for _, _, _, named in sorted(found, key=lambda item: item[:3]):
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return kept


def _part(sentence: str, named: _Named, number: int | None, cues: LevelCues) -> str:
    """What the body does in its sentence, the first of these that fits."""
    before = sentence[max(0, named.start - _LONGEST_BEFORE) : named.start]
    if named.cue.rule.over:
        return "visited" if number is not None and number > 1 else named.cue.rule.over
    if cues.role_before.search(before):
        return _part_of_person(sentence, named, before, cues)
    if said := _said_to_organise(sentence, named, before, cues):
        return said
    if cues.attending.match(sentence):
        return "among-guests"
    return _mere_part(sentence, named, before, cues)


def _mere_part(sentence: str, named: _Named, before: str, cues: LevelCues) -> str:
    """Mentioned, visited, or a subject that does something or nothing."""
    if cues.aside_before.search(before):
        return "mentioned"
    if cues.object_before.search(before):
        return "visited"
    if cues.acts_next.match(sentence, named.end, named.end + _LONGEST_ACT):
        return "acts-next"
    return "acts" if cues.acts.search(sentence, named.end, named.end + _LONGEST_ACT) else "only-there"


def _said_to_organise(sentence: str, named: _Named, before: str, cues: LevelCues) -> str:
    """`do … tổ chức`, `giữa … và …`, `Đại hội …`."""
    joined = cues.joined_with.get("tinh" if named.cue.means == CITY else named.cue.means)
    if joined and joined.search(sentence, max(0, named.start - _LONGEST_JOINT), named.start):
        return "joined"
    if any(match.end() == named.start for match in cues.organised_by.finditer(sentence)):
        return "named-as-organiser"
    return "holds-congress" if cues.event_before.search(before) else ""


def _part_of_person(sentence: str, named: _Named, before: str, cues: LevelCues) -> str:
    """A post: that of who chairs or leads, or of anybody."""
    if cues.attending.match(sentence) and not cues.chairing.match(sentence):
        return "among-guests"
    behind = (sentence, named.end, named.end + _LONGEST_CHAIR)
    speaks_for_it = cues.post_before.search(before)
    if speaks_for_it and (cues.chairing.match(sentence) or cues.leads.match(*behind)):
        return "chairs"
    return "attends" if cues.attends.match(*behind) else "in-a-post"
