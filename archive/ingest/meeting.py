"""Reads what the lede calls the meeting: `Hội nghị sơ kết công tác dân vận 6 tháng đầu năm`.

In: a cleaned text and the words of site-config/linking.yml. Out: the phrase as printed, its first letter a capital;
empty where the opening names none that is long enough to tell one meeting from another.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from archive.ingest.rules.linking import MeetingWords
from archive.ingest.units import any_of
from archive.language.sentences import sentence_bounds
from archive.language.spelling import comparable
from archive.model.draft import Cleaned
from archive.model.text import BlockKind

_BLOCKS, _SENTENCES, _LONGEST_BLOCK = 2, 2, 3_000
_END = re.compile(r"[;:.!?…(](?:\s|$)|\s\(|,\s")
_LONGEST_BEFORE = 24


class MeetingReader:
    """Reads one text after another; patterns are made once."""

    def __init__(self, words: MeetingWords, no_sentence_end: Collection[str]) -> None:
        self._no_end = frozenset(no_sentence_end)
        self._openings = (any_of(words.heads), any_of(words.acts))
        self._going_on = any_of(words.going_on)
        self._stop = any_of(words.stops)
        self._paper = re.compile(rf"{any_of(words.not_after).pattern}\s*\Z")
        self._dangling = frozenset(map(comparable, words.dangling))
        self._shortest, self._whole, self._longest = words.shortest, words.whole, words.longest

    def name(self, cleaned: Cleaned) -> str:
        """A noun (`hội nghị …`) anywhere in the opening comes before a verb (`tổng kết …`)."""
        sentences = list(self._opening(cleaned))
        for opening in self._openings:
            for sentence in sentences:
                for name in self._names(sentence, opening):
                    return name[0].upper() + name[1:]
        return ""

    def _opening(self, cleaned: Cleaned) -> Iterator[str]:
        for block in cleaned.blocks[:_BLOCKS]:
            if block.kind is BlockKind.HEADING:
                continue
            text = block.text[:_LONGEST_BLOCK]
            for start, end in sentence_bounds(text, self._no_end)[:_SENTENCES]:
                yield text[start:end]

    def _names(self, sentence: str, opening: re.Pattern[str]) -> Iterator[str]:
        compared = comparable(sentence)
        for match in opening.finditer(compared):
            if self._paper.search(compared, max(0, match.start() - _LONGEST_BEFORE), match.start()):
                continue
            end = self._end(compared, match.end())
            words = sentence[match.start() : end].split()[: self._longest]
            while words and comparable(words[-1]) in self._dangling:
                words.pop()
            if len(words) >= (self._whole if compared[end : end + 1] == "," else self._shortest):
                yield " ".join(words).strip(" ,.;:-–")

    def _end(self, compared: str, start: int) -> int:
        """Where the phrase ends: where something else begins, or at a comma behind which no purpose follows."""
        stops = (stop.start() for stop in self._stop.finditer(compared, start))
        last = next((at for at in stops if not _is_quoted(compared, start, at)), len(compared))
        for mark in _END.finditer(compared, start, last):
            is_end = compared[mark.start()] != "," or not self._going_on.match(compared, mark.end())
            if is_end and not _is_quoted(compared, start, mark.start()):
                return mark.start()
        return last


def _is_quoted(text: str, start: int, at: int) -> bool:
    """`unified` text has one form of quotation mark."""
    return text.count('"', start, at) % 2 == 1
