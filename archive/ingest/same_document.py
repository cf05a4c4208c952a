"""Which mentions of a text are of one document.

In: the mentions of a text. Out: `Gathered`, one entry a document, and why each mention stands where it does.

The design: who states most comes first. A mention that agrees with no document so far is a document of its own, one
that agrees with exactly one joins it, one that agrees with several stands by itself, in doubt. Two mentions agree if
they are of one type, carry one number or one name, and nothing that both state differs. A name may also be a longer
one cut short.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from archive.citations.resolve import number_key
from archive.ingest.mentions import Mention
from archive.language.spelling import comparable

SAME_NUMBER, SAME_NAME, ALONE, TWO = "same-number", "same-name", "first-mention", "fits-two-documents"
RESTATED = "restates-the-lede"
_HEADLINE, _LEDE = 0, 2  # blocks
_YEAR = re.compile(r"(?:19|20)\d\d")  # another number tells one plenum from another, or a plenum from a congress
_FEWEST_WORDS = 3  # of a name that may stand for a longer one
_STEM = 5  # words that two names of one document begin with
_TYPE, _SHARED = 2, 2  # words of a type, words that a headline and a title have in common
_MOST_LEFT_OUT = 3  # words of the longer name, unless both carry the same years


@dataclass(frozen=True, slots=True)
class Placed:
    """A mention with the place of its document in the result, and why it is there."""

    mention: Mention
    document: int
    why: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The mentions of each document, documents and mentions in the order of the text; `placed` as the mentions came.

    A headline that only says again what the lede cites is no mention that could give the document its words.
    """

    documents: tuple[tuple[Mention, ...], ...]
    placed: tuple[Placed, ...]


def gather(mentions: Sequence[Mention]) -> Gathered:
    groups: list[list[int]] = []
    why: dict[int, str] = {}
    for index in sorted(range(len(mentions)), key=lambda index: mentions[index].stated, reverse=True):
        fitting = _fitting(mentions, index, groups) or _restated(mentions, index, groups)
        if len(fitting) == 1:
            group, why[index] = fitting[0]
            group.append(index)
        else:
            groups.append([index])
            why[index] = TWO if fitting else ALONE
    groups.sort(key=min)
    at = {index: place for place, group in enumerate(groups) for index in group}
    return Gathered(
        tuple(tuple(mentions[index] for index in sorted(group) if why[index] != RESTATED) for group in groups),
        tuple(Placed(mention, at[index], why[index]) for index, mention in enumerate(mentions)),
    )


def _fitting(mentions: Sequence[Mention], index: int, groups: Sequence[list[int]]) -> list[tuple[list[int], str]]:
    """The documents that a mention agrees with; of names, the very same one alone, if it is there."""
    mention = mentions[index]
    fitting, exact = [], []
    for group in groups:
        others = [mentions[other] for other in group]
        if any(contradiction(mention, other) for other in others):
            continue
        reasons = [reason for other in others if (reason := _agreement(mention, other))]
        if reasons:
            fitting.append((group, reasons[0]))
            exact += [fitting[-1]] if _has_same_name(mention, others) else []
    return exact if len(exact) == 1 and not mention.number else fitting


def _restated(mentions: Sequence[Mention], index: int, groups: Sequence[list[int]]) -> list[tuple[list[int], str]]:
    """A headline says `Nghị quyết về …` where the lede gives the number, or names one document by other words."""
    mention = mentions[index]
    if mention.block != _HEADLINE or mention.number or mention.citation.margin is None:
        return []
    lede = [at for at, other in enumerate(mentions) if other.block <= _LEDE and at != index]
    same_type = [at for at in lede if mentions[at].citation.type == mention.citation.type]
    if not same_type or contradiction(mention, mentions[same_type[0]]):
        return []
    return [(group, RESTATED) for group in groups if same_type[0] in group and _restates(mention, mentions[group[0]])]


def _restates(headline: Mention, lede: Mention) -> bool:
    """True if the lede has the number that the headline leaves out, or both begin alike and name the same years.

    A number with a title of its own has words of the headline in it.
    """
    one, other = (comparable(mention.printed).split() for mention in (headline, lede))
    if lede.number:
        return lede.title is None or len(set(one[_TYPE:]) & set(other)) >= _SHARED
    return one[:_STEM] == other[:_STEM] and {word for word in one if word.isdigit()} <= set(other)


def _has_same_name(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(name in other.names for other in others for name in mention.names)


def _agreement(one: Mention, other: Mention) -> str | None:
    """What makes them one document: a number where both have one, else a name."""
    if one.number and other.number:
        return SAME_NUMBER if _same_number(one.number, other.number) else None
    terms = frozenset(comparable(f"{one.citation.term} {other.citation.term}").split())
    return SAME_NAME if any(_same_name(a, b, terms) for a in one.names for b in other.names) else None


def contradiction(one: Mention, other: Mention) -> str | None:
    """The first field in which two mentions exclude each other, or None."""
    if one.citation.type != other.citation.type:
        return "type"
    if one.number and other.number and not _same_number(one.number, other.number):
        return "number"
    if one.date and other.date and not one.date.overlaps(other.date):
        return "date"
    if len({comparable(mention.citation.term) for mention in (one, other) if mention.citation.term}) > 1:
        return "term"
    if len({comparable(mention.place) for mention in (one, other) if mention.place}) > 1:
        return "place"
    return None


def _same_number(one: str, other: str) -> bool:
    """True if the running number is one and either series is all or part of the other: `57`, `57-KL`, `57-KL/TW`."""
    (first, *own), (second, *others) = (number_key(number).split(" ") for number in (one, other))
    return first == second and (set(own) <= set(others) or set(others) <= set(own))


def _same_name(one: frozenset[str], other: frozenset[str], terms: frozenset[str]) -> bool:
    """True if the names are one, one leaves out year and term, or it is a long name cut short."""
    shorter, longer = sorted((one, other), key=len)
    if not shorter <= longer:
        return False
    if len(shorter) > 1 and all(word in terms or _YEAR.fullmatch(word) for word in longer - shorter):
        return True
    if len(shorter) < _FEWEST_WORDS:
        return one == other
    years = {word for word in longer if word.isdigit()}
    return len(longer) - len(shorter) <= _MOST_LEFT_OUT or bool(years and years <= shorter)
