"""Reads who organised the reported event, at which level, in which sector and where.

In: a cleaned text, the places of site-config, the cues of site-config/level-cues.yml. Out: `Where`.
The level follows the organiser, not the venue; where two readings stay possible, an entry says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.ingest.level_cues import Cue, LevelCues, load_level_cues
from archive.knowledge import Knowledge, Term
from archive.language.sentences import sentence_bounds
from archive.language.spelling import comparable, unified
from archive.model.draft import Cleaned, Unsure, Where
from archive.model.records import Place

__all__ = ["LevelCues", "find_where", "load_level_cues"]

_CITY = "city"  # a body of a city, whose level depends on the city
_HEAD = 4
# How sure it is that a body organised: a cluster of bodies does; then who is said to, who acts, who is only there,
# who is visited or invited, who is but part of somebody's post.
_COMMON, _NAMED_AS_ORGANISER, _ACTING, _THERE, _VISITED, _OF_A_PERSON = 140, 130, 100, 80, 60, 40
_LATER_SENTENCE = 6  # the further down, the less likely it organised anything
_LONGEST_HEAD, _LONGEST_CONTEXT = 4_000, 40_000  # far beyond any report; a file without end costs no more
_LONGEST_BEFORE = 40
_LONGEST_JOINT = 90
_LONGEST_ACT = 260


@dataclass(frozen=True, slots=True)
class _Body:
    """A body named in a sentence, and how sure it is that it organised the event."""

    words: str
    cue: Cue
    city: str | None
    trust: int


def find_where(cleaned: Cleaned, knowledge: Knowledge, cues: LevelCues) -> Where:
    """Level, organiser as printed, sectors and place of the event."""
    head = _head(cleaned, knowledge)
    title = unified(cleaned.title or "")
    bodies = [body for index, sentence in enumerate(head) for body in _bodies(sentence, cues, index)]
    bodies += _bodies(title, cues, _HEAD)
    organiser = max(bodies, key=lambda body: body.trust, default=None)
    level, doubts = _level(organiser, [title, *head], cleaned, knowledge, cues)
    place, asked = _place(head, title, cleaned, knowledge, cues)
    return Where(
        level=level,
        sector=_sectors(organiser.words if organiser else "", title, cues),
        organiser=_printed(organiser.words, cleaned) if organiser and organiser.trust > _OF_A_PERSON else None,
        place=place,
        unsure=(*doubts, *asked),
    )


def _head(cleaned: Cleaned, knowledge: Knowledge) -> list[str]:
    """The first sentences of the body, in one form."""
    sentences = []
    for block in cleaned.blocks[:_HEAD]:
        text = unified(block.text[:_LONGEST_HEAD])
        sentences += [text[start:end] for start, end in sentence_bounds(text, knowledge.no_sentence_end)]
    return sentences[: 2 * _HEAD]


def _bodies(sentence: str, cues: LevelCues, index: int) -> Iterator[_Body]:
    """The bodies of one sentence from left to right; of two at one place the longer."""
    found: list[tuple[int, int, int, Cue, re.Match[str]]] = []
    for order, cue in enumerate(cues.organisers):
        found += ((match.start(), -match.end(), order, cue, match) for match in cue.regex.finditer(sentence))
    position = 0
    doer = cues.organised_by.search(sentence)
    for start, end, _, cue, match in sorted(found, key=lambda item: item[:3]):
        if start < position:
            continue
        position = -end
        before = sentence[max(0, start - _LONGEST_BEFORE) : start]
        trust = _trust(sentence, start, -end, doer, before, cue, cues)
        if "over" in cue.facts and 1 < index < _HEAD:
            trust = _VISITED
        yield _Body(match.group(), cue, _city(match), trust - _LATER_SENTENCE * min(index, _HEAD))


def _city(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    return groups.get("city_name") or groups.get("city_name2")


def _trust(
    sentence: str, start: int, end: int, doer: re.Match[str] | None, before: str, cue: Cue, cues: LevelCues
) -> int:
    """How sure it is that the body organised: it acts, and nobody is only visited, invited or followed."""
    if "over" in cue.facts:
        return _COMMON
    if cues.role_before.search(before):
        return _OF_A_PERSON
    if doer and doer.end() == start:
        return _NAMED_AS_ORGANISER
    joined = cues.joined_with.get("tinh" if cue.means == _CITY else cue.means)
    if joined and joined.search(sentence, max(0, start - _LONGEST_JOINT), start):
        return _NAMED_AS_ORGANISER
    if cues.attending.match(sentence):
        return _OF_A_PERSON
    if cues.object_before.search(before):
        return _VISITED
    acts = cues.acts.search(sentence, end, end + _LONGEST_ACT)
    return (_ACTING if acts else _THERE) - min(start // 40, 15)


def _level(
    organiser: _Body | None, head: Sequence[str], cleaned: Cleaned, knowledge: Knowledge, cues: LevelCues
) -> tuple[str | None, list[Unsure]]:
    if organiser is None:
        return _scene(head, cleaned, knowledge, cues)
    means, words = organiser.cue.means, organiser.words
    if means == _CITY:
        means, doubts = _city_level(organiser.city, words, cleaned, knowledge, cues)
    else:
        doubts = []
    if organiser.trust <= _OF_A_PERSON:
        doubts.append(Unsure("level", means, "level-by-post", words))
    elif "ask" in organiser.cue.facts or organiser.trust <= _VISITED:
        doubts.append(Unsure("level", means, "organiser-unclear", words))
    return means, doubts


def _scene(
    head: Sequence[str], cleaned: Cleaned, knowledge: Knowledge, cues: LevelCues
) -> tuple[str | None, list[Unsure]]:
    """Nobody organises anything: the unit that the report is about."""
    for sentence in head:
        found = [(match.start(), cue.means, match) for cue in cues.scenes if (match := cue.regex.search(sentence))]
        if found:
            _, means, match = min(found, key=lambda item: item[0])
            if means == _CITY:
                means = _city_level(_city(match), match.group(), cleaned, knowledge, cues)[0]
            return means, [Unsure("level", means, "level-by-place", match.group())]
    return None, [Unsure("level", "", "no-organiser")]


def _city_level(
    city: str | None, words: str, cleaned: Cleaned, knowledge: Knowledge, cues: LevelCues
) -> tuple[str, list[Unsure]]:
    """A centrally run city is a province, another city a district."""
    text = unified("\n".join([cleaned.title or "", *(block.text for block in cleaned.blocks)])[:_LONGEST_CONTEXT])
    below = cues.below_province.search(text) is not None
    if name := comparable((city or "").strip()) or _named_city(text, cues):
        unit = _central_city(name, knowledge, cues)
        if unit is None:
            return "huyen", []
        if _became_central(unit, knowledge):
            level = "huyen" if below else "tinh"
            return level, [Unsure("level", level, "city-became-central", words)]
        return "tinh", []
    level = "huyen" if below and not cues.central_city.search(text) else "tinh"
    return level, [Unsure("level", level, "city-unnamed", words)]


def _named_city(text: str, cues: LevelCues) -> str:
    """The first city that a body anywhere in the text belongs to."""
    bodies = (match for cue in cues.organisers if cue.means == _CITY for match in cue.regex.finditer(text))
    return next((comparable(city.strip()) for match in bodies if (city := _city(match)) and city.strip()), "")


def _central_city(name: str, knowledge: Knowledge, cues: LevelCues) -> Term | None:
    wanted = comparable(cues.aliases.get(name, name))
    cities = (t for t in knowledge.vocabularies["places"].values() if t.facts.get("kind") == "thanh-pho")
    names = ((term, comparable(term.name).removeprefix(cues.city_word)) for term in cities)
    return next((term for term, city in names if wanted == city or wanted.startswith(f"{city} ")), None)


def _became_central(unit: Term, knowledge: Knowledge) -> bool:
    """True if the city was part of a province of another name, which became it."""
    others = (t for t in knowledge.vocabularies["places"].values() if t.facts.get("now") == unit.code)
    return any(comparable(other.name).endswith(comparable(unit.name)) for other in others)


def _sectors(organiser: str, title: str, cues: LevelCues) -> tuple[str, ...]:
    texts = {"organiser": organiser, "title": title}
    found = [cue.means for cue in cues.sectors if cue.regex.search(texts[cue.facts["in"]])]
    return tuple(dict.fromkeys(found))


def _printed(words: str, cleaned: Cleaned) -> str:
    """Words of the compared form as the text prints them; both are of one length."""
    for text in (*(block.text for block in cleaned.blocks[:_HEAD]), cleaned.title or ""):
        at = unified(text).find(words)
        if at >= 0:
            return text[at : at + len(words)]
    return words


def _place(
    head: Sequence[str], title: str, cleaned: Cleaned, knowledge: Knowledge, cues: LevelCues
) -> tuple[Place | None, list[Unsure]]:
    """The first unit behind `tại` in the opening sentences, else in the title; else the one a story is set in."""
    places = knowledge.vocabularies["places"]
    said: tuple[re.Pattern[str], ...] = (cues.place, cues.named_place(places))
    looked_at = [(sentence, said) for sentence in (*head[:3], title)]
    looked_at += [(sentence, (cues.place_told,)) for sentence in head[:3]]
    for sentence, patterns in looked_at:
        found = [match for pattern in patterns if (match := pattern.search(sentence)) is not None]
        if not found:
            continue
        match = min(found, key=lambda match: match.start())
        groups = match.groupdict()
        printed = _printed(groups.get("printed") or groups["name"], cleaned)
        kind = cues.kinds.get(comparable(groups["kind"]), "") if groups.get("kind") else None
        units = _units(groups["name"], kind, places, cues)
        if not units and (wider := groups.get("wider_name")):
            units = _units(wider, cues.kinds.get(comparable(groups["wider_kind"]), ""), places, cues)
        if len(units) == 1:
            return Place(printed=printed, unit=units[0].code, basis="text"), []
        doubts = [Unsure("place", ", ".join(unit.code for unit in units), "two-places", printed)] if units else []
        return Place(printed=printed), doubts
    return None, []


def _units(name: str, kind: str | None, places: Mapping[str, Term], cues: LevelCues) -> list[Term]:
    """The units that a name can mean; without a kind before it, a province may also be its capital."""
    wanted = comparable(cues.aliases.get(comparable(name), name))
    named = [term for term in places.values() if comparable(term.name).removeprefix(cues.city_word) == wanted]
    if kind is not None:
        return [term for term in named if term.facts.get("kind") == kind]
    return [term for term in named if term.facts.get("kind") == "thanh-pho"] or named
