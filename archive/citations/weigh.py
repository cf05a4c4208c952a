"""Weighs whether words that may name a document without a number do so: `Kế hoạch …` the document or the word.

In: a match of a pattern that only proposes (`weight` in site-config/citations.yml). Out: `Weighed`, the signs that
spoke for and against it, from the same file. Where the sum reaches the threshold the words are a citation.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from archive.citations.patterns import Regex
from archive.rules.citations import SignRule, Weighing

_SEEN_BEFORE = 140  # characters in front of a candidate that signs may look at


@dataclass(frozen=True, slots=True)
class Sign:
    """Something that speaks for (weight above 0) or against a document.

    `where` says where `regex` must fit: ending `before` the candidate, at its `start`, anywhere in its `name` or
    `after` it. `types` limits it to some types, `capital` to candidates that begin with a capital or don't.
    """

    id: str
    weight: float
    where: str
    regex: Regex
    types: frozenset[str] = frozenset()
    capital: bool | None = None

    def fits(self, text: str, start: int, end: int) -> str | None:
        """The words it sees, or None."""
        regex = self.regex.compiled
        if self.where == "before":
            match = regex.search(text, max(0, start - _SEEN_BEFORE), start)
        elif self.where == "start":
            match = regex.match(text, start)
        elif self.where == "name":
            match = regex.search(text, start, end)
        else:
            match = regex.match(text, end)
        return match[0].strip() if match else None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate and what was found; each sign is (id, weight, words), the first its own pattern's weight.

    `margin` is how far the sum is from the threshold: taken from 0 on.
    """

    start: int
    end: int
    type: str
    pattern: str
    signs: tuple[tuple[str, float, str], ...]
    margin: float

    @property
    def is_taken(self) -> bool:
        return self.margin >= 0


class Scales:
    """The signs of one archive."""

    def __init__(self, weighing: Weighing, parts: Mapping[str, str]) -> None:
        self.threshold = weighing.threshold
        self.narrow = weighing.narrow
        self.types = weighing.types
        self.signs = tuple(_sign(at, rule, parts) for at, rule in enumerate(weighing.signs))

    def weigh(self, pattern: str, weight: float, type: str, text: str, start: int, end: int) -> Weighed:
        signs = tuple(self._signs(pattern, weight, type, text, start, end))
        total = sum(weight for _, weight, _ in signs)
        return Weighed(start, end, type, pattern, signs, round(total - self.threshold, 2))

    def is_narrow(self, margin: float) -> bool:
        """True where a person should look."""
        return abs(margin) <= self.narrow

    def _signs(
        self, pattern: str, weight: float, type: str, text: str, start: int, end: int
    ) -> Iterator[tuple[str, float, str]]:
        yield pattern, weight, text[start:end]
        if own := self.types.get(type):
            yield "type", own, type
        capital = text[start].isupper()
        for sign in self.signs:
            if (sign.types and type not in sign.types) or sign.capital not in (None, capital):
                continue
            if (words := sign.fits(text, start, end)) is not None:
                yield sign.id, sign.weight, words


def _sign(at: int, rule: SignRule, parts: Mapping[str, str]) -> Sign:
    regex = f"(?:{rule.regex})\\Z" if rule.where == "before" else rule.regex
    keys = ("weighing", "signs", at, "regex")
    return Sign(
        rule.id, rule.weight, rule.where, Regex(keys, regex, parts, begins_word=False), rule.types, rule.capital
    )
