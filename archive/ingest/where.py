"""Reads who organised the reported event, at which level, in which sector and where.

In: a cleaned text, the event's date, the places of site-config, the cues of site-config/level-cues.yml. Out: `Where`.
"""

from __future__ import annotations

import re

from archive.ingest.city_level import CityJudge
from archive.ingest.dated_passages import BLANK
from archive.ingest.event_level import judge_level
from archive.ingest.event_place import find_place
from archive.ingest.event_unit import Named, find_jurisdiction
from archive.ingest.level_cues import LevelCues, load_level_cues
from archive.ingest.organisers import find_bodies
from archive.knowledge import Knowledge
from archive.language.sentences import sentence_bounds
from archive.language.spelling import unified
from archive.model.dates import Date
from archive.model.draft import Cleaned, Where

__all__ = ["LevelCues", "find_where", "load_level_cues"]

_HEAD = 4  # paragraphs
_LOOKED_AT = 12  # blocks, some of which may be lines that the cleaning left
_PROSE, _STOPS = 100, '.!?:;…"'
_BETWEEN = "\n.\n"  # no name goes on from one paragraph to the next
_SAID = re.compile(r'"[^"]{20,2000}"')  # longer than a name: what somebody says or what something is called
_LONGEST_HEAD, _LONGEST_CONTEXT = 4_000, 40_000  # far beyond any report; a file without end costs no more


def find_where(cleaned: Cleaned, knowledge: Knowledge, cues: LevelCues, date: Date | None = None) -> Where:
    """Level, organiser as printed, sectors, place and jurisdiction of the event; `date` is the event's."""
    title, head = _head(cleaned, knowledge, cues)
    text = unified(_BETWEEN.join([cleaned.title or "", *(block.text for block in cleaned.blocks)])[:_LONGEST_CONTEXT])
    places = knowledge.places
    bodies = find_bodies(head, title, cues)
    cities = CityJudge(title, text, cleaned.agency, knowledge, cues, date)
    level = judge_level(bodies, _BETWEEN.join([title, *head]), cities, cues, date)
    organiser = level.organiser
    place, asked = find_place(head, title, places, cues, lambda words: _printed(words, cleaned))
    named = Named(title, text, place, cleaned.agency, (cleaned.url,) if cleaned.url else ())
    return Where(
        level=level.code,
        sector=_sectors(organiser.words if organiser else "", title, cues),
        organiser=_printed(organiser.words, cleaned) if organiser and not organiser.is_of_a_person else None,
        place=place,
        unsure=(*level.unsure, *asked),
        reasons=level.reasons,
        jurisdiction=find_jurisdiction(level, named, places, cues),
    )


def _head(cleaned: Cleaned, knowledge: Knowledge, cues: LevelCues) -> tuple[str, list[str]]:
    """The headline and the first sentences of the first paragraphs, in one form; without a paragraph, of the lines.

    A headline that was glued to the lede is parted from it.
    """
    first = [_SAID.sub(_blank, unified(block.text[:_LONGEST_HEAD])) for block in cleaned.blocks[:_LOOKED_AT]]
    prose = [text for text in first if len(text) >= _PROSE or text.rstrip()[-1:] in _STOPS]
    title = unified(cleaned.title or "")
    sentences = []
    for number, text in enumerate((prose or first)[:_HEAD]):
        glued = cues.glued_lede.search(text) if number == 0 else None
        if glued:
            title, text = title or text[: glued.start()], text[glued.start() :]
        sentences += [text[start:end] for start, end in sentence_bounds(text, knowledge.no_sentence_end)]
    return title, sentences[: 2 * _HEAD]


def _blank(match: re.Match[str]) -> str:
    return BLANK * len(match.group())


def _sectors(organiser: str, title: str, cues: LevelCues) -> tuple[str, ...]:
    texts = {"organiser": organiser, "title": title}
    found = [cue.means for cue in cues.sectors if cue.regex.search(texts[cue.rule.in_])]
    return tuple(dict.fromkeys(found))


def _printed(words: str, cleaned: Cleaned) -> str:
    """Words of the compared form as the text prints them; both are of one length."""
    for text in (*(block.text for block in cleaned.blocks[:_HEAD]), cleaned.title or ""):
        at = unified(text).find(words)
        if at >= 0:
            return text[at : at + len(words)]
    return words
