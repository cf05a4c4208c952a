"""Text → terms: the Python side of the query layer.

In: the words of one entry. Out: its terms, each `key` or `key⇥form`, with a weight (docs/search.md).
templates/theme/assets/search/words.js makes the same terms of a query; tests/search/test_twins.py compares both.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, compress, pairwise

from archive.model.search import SearchEntry
from archive.search.codes import CodeFinder, Found
from archive.search.forms import FORMS, KEYS, in_figures, prepared, words
from archive.search.vocabulary import Vocabulary, Words

TITLE, NAMES, FIRST, ALIAS = 16, 32, 64, 128
BREAK = ""  # stands between two words that are no neighbours
# one class of signs in front: so a search passes over all the rest at once
_SENTENCE_END = re.compile("[.!?…;\r\n](?:(?<=[\r\n])[\r\n]*|(?<=[.!?…;])[\"'”’)\\]]*\\s+)")
_FIRST_WORDS = 60
_LONGEST_JOINED = 8
_LONGEST = 60
_TERMS_KEPT = 100_000
_EDTF_DAY = re.compile(r"(\d{4})-(\d\d)(?:-(\d\d))?[~?%]?\Z")
_LENGTH_STEPS = 13
_SATURATION, _LENGTH_SHARE, _USUAL_LENGTH = 1.2, 0.75, 600


def _impacts() -> tuple[bytes, ...]:
    """By step of length, how much a term weighs that stands 0, 1, 2, … times in the text.

    A step is a doubling, so that an edit seldom changes the weight of words it doesn't touch.
    """
    rows = []
    for step in range(_LENGTH_STEPS):
        length = 2**step * 0.75
        slow = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / _USUAL_LENGTH)
        rows.append(bytes(min(15, max(1, round(15 * n / (n + slow)))) if n else 0 for n in range(256)))
    return tuple(rows)


_IMPACT = _impacts()


class TermMaker:
    """Makes terms by one vocabulary; remembers every word it has seen."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._codes = CodeFinder(vocabulary)
        self._no_end = vocabulary.no_sentence_end
        self._numbered = vocabulary.numbered
        self._aliases = _Aliases(vocabulary)

    def stream(self, text: str) -> list[str]:
        """The words of a text as forms, with a break where a sentence ends."""
        return self._stream(prepared(text))[0]

    def codes(self, text: str) -> list[Found]:
        """Numbers of documents and dates; their places are places in the prepared text."""
        return self._codes.find(prepared(text))

    def alias_phrases(self, text: str) -> list[str]:
        """Other ways to write what stands in a text, in full: `CTDV` → `công tác dân vận`."""
        forms, written = self._stream(prepared(text))
        phrases = [" ".join(other) for _, _, others in self._aliases.find(forms, written) for other in others]
        return list(dict.fromkeys(phrases))

    def entry_terms(self, entry: SearchEntry) -> tuple[list[str], bytes]:
        """The terms of an entry, and the weight of each."""
        title = self._part([entry.title])
        names = self._part(entry.names)
        text = self._part(chain((words for _, words in entry.blocks), entry.said))
        impact = _IMPACT[min(len(text.forms).bit_length(), _LENGTH_STEPS - 1)]
        counts = text.counts()
        weights = dict(zip(counts, _weights(counts, impact), strict=True))
        _flag(weights, text.first(), FIRST)
        _flag(weights, names.counts(), NAMES)
        _flag(weights, title.counts(), TITLE)
        self._add_aliases(weights, title, names, text, impact)
        special: dict[str, int] = {}
        for term, weight in _special(entry, title, names):
            held = weights if term in weights else special
            held[term] = held.get(term, 0) | weight
        made = list(map(_TERMS.__getitem__, weights))
        terms, kept = list(filter(None, made)), bytes(compress(weights.values(), made))
        _TERMS.keep_small()
        return terms + list(special), kept + bytes(special.values())

    def _add_aliases(self, weights: dict[str, int], title: _Part, names: _Part, text: _Part, impact: bytes) -> None:
        aliases: dict[str, int] = {}
        for part, bit in ((title, TITLE), (names, NAMES)):
            _flag(aliases, self._aliases.counts(part), bit)
        counts = self._aliases.counts(text)
        for form, weight in zip(counts, _weights(counts, impact), strict=True):
            aliases[form] = aliases.get(form, 0) | weight
        for form, weight in aliases.items():
            if form not in weights:
                weights[form] = weight | ALIAS
            else:
                weights[form] |= weight & (TITLE | NAMES)

    def _part(self, texts: Iterable[str]) -> _Part:
        forms: list[str] = []
        written: list[str] = []
        keys: list[str] = []
        for text in texts:
            text = prepared(text)
            more_forms, more_written = self._stream(text)
            forms += [*more_forms, BREAK]
            written += [*more_written, BREAK]
            keys += [key for found in self._codes.find(text) for key in found.keys]
        return _Part(forms, written, keys)

    def _stream(self, text: str) -> tuple[list[str], list[str]]:
        written: list[str] = []
        for sentence in _SENTENCE_END.split(text):
            if more := words(sentence):
                if written and not self._goes_on(written[-1]):
                    written.append(BREAK)
                written += more
        return in_figures(list(map(FORMS.__getitem__, written)), self._numbered), written

    def _goes_on(self, last: str) -> bool:
        """True after an initial or `TP.`: the stop there ended no sentence."""
        return (len(last) == 1 and last.isupper()) or FORMS[last] in self._no_end


class _Part:
    """Title, names or text of an entry: its forms one after another, and its numbers and dates."""

    def __init__(self, forms: list[str], written: list[str], keys: list[str]) -> None:
        self.forms, self.written, self.keys = forms, written, keys

    def counts(self) -> Counter[str]:
        """How often each word, pair (two forms and a blank) and code stands here."""
        counted = Counter(self.forms)
        counted.update(map(" ".join, pairwise(self.forms)))
        counted.update(self.keys)
        return counted

    def first(self) -> list[str]:
        """The first words of the text, and their pairs."""
        forms = self.forms[:_FIRST_WORDS]
        return [*forms, *map(" ".join, pairwise(forms))]

    def names(self) -> Iterator[Words]:
        """The pieces between breaks."""
        return (tuple(self.forms[start:end]) for start, end in self.pieces())

    def pieces(self) -> Iterator[tuple[int, int]]:
        """Where the pieces between breaks begin and end."""
        start = 0
        for end, form in enumerate(self.forms):
            if not form:
                if end > start:
                    yield start, end
                start = end + 1


class _Aliases:
    """Terms that a text gets through abbreviations: the full form of each, and the other way round."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._capitals_only = vocabulary.capitals_only
        self._members: dict[str, list[tuple[Words, tuple[Words, ...]]]] = {}
        for group in vocabulary.groups:
            for member in group:
                others = tuple(other for other in group if other != member)
                self._members.setdefault(member[0], []).append((member, others))
        for members in self._members.values():
            members.sort(key=lambda member: (-len(member[0]), member[0]))

    def counts(self, part: _Part) -> Counter[str]:
        """Terms of the words that stand for others of the text, with the words before and after them."""
        terms: list[str] = []
        forms = part.forms
        found = self.find(forms, part.written)
        for place, (start, end, others) in enumerate(found):
            before = forms[start - 1] if start else BREAK
            after = [forms[end]]
            if place + 1 < len(found) and found[place + 1][0] == end:
                after += [other[0] for other in found[place + 1][2]]
            for other in others:
                terms += other
                terms += map(" ".join, pairwise((before, *other)))
                terms += [f"{other[-1]} {word}" for word in after]
        return Counter(terms)

    def find(self, forms: Sequence[str], written: Sequence[str]) -> list[tuple[int, int, tuple[Words, ...]]]:
        """Where something stands that can be written otherwise, and its other ways; the longest first."""
        found = []
        end = 0
        members = self._members
        for place in [place for place, form in enumerate(forms) if form in members]:
            if place < end:
                continue
            for member, others in members[forms[place]]:
                stop = place + len(member)
                if tuple(forms[place:stop]) == member and self._meant(member, written[place]):
                    found.append((place, stop, others))
                    end = stop
                    break
        return found

    def _meant(self, member: Words, written: str) -> bool:
        return len(member) > 1 or member[0] not in self._capitals_only or written.isupper()


def _weights(counts: Counter[str], impact: bytes) -> Iterable[int]:
    """The weight of each, by how often it stands there."""
    numbers = counts.values()
    if max(numbers, default=0) < len(impact):
        return map(impact.__getitem__, numbers)
    return [impact[min(count, len(impact) - 1)] for count in numbers]


def _flag(weights: dict[str, int], forms: Iterable[str], bit: int) -> None:
    for form in forms:
        weights[form] = weights.get(form, 0) | bit


class _Terms(dict[str, str]):
    """Form → `key`, or `key⇥form` where the form has marks; empty for what is no term."""

    def __missing__(self, form: str) -> str:
        if not form or len(form) > _LONGEST or form[0] == " " or form[-1] == " ":
            term = ""  # a break, or a pair with one
        elif form[0] in "#@":
            term = form
        else:
            key = " ".join([KEYS[word] for word in form.split(" ")])
            term = key if key == form else f"{key}\t{form}"
        self[form] = term
        return term

    def keep_small(self) -> None:
        if len(self) > _TERMS_KEPT:
            self.clear()


_TERMS = _Terms()


def _special(entry: SearchEntry, title: _Part, names: _Part) -> Iterator[tuple[str, int]]:
    """Edges and joined forms of title and names, the entry's own date, its filters."""
    whole = tuple(form for form in title.forms if form)
    yield from _edges(whole, TITLE)
    if entry.kind != "articles":
        yield from _joined(whole, TITLE)
        yield from _short_name(title, TITLE)
    for name in names.names():
        yield from _edges(name, NAMES)
        yield from _joined(name, NAMES)
    yield from _short_name(names, NAMES)
    yield f"/{entry.address.rstrip('/').rpartition('/')[2]}", TITLE
    if date := _EDTF_DAY.match(entry.date):
        month = f"{int(date[2])}x{date[1]}"
        yield f"@m{month}", TITLE
        if date[3]:
            yield f"@{int(date[3])}x{month}", TITLE
    for facet, values in entry.filters.items():
        for id, _ in values:
            yield f"!{facet}:{id}", 0


def _edges(forms: Words, bit: int) -> Iterator[tuple[str, int]]:
    if forms:
        yield f"^{KEYS[forms[0]]}\t{forms[0]}", bit
        yield f"{KEYS[forms[-1]]}$\t{forms[-1]}", bit


def _short_name(part: _Part, bit: int) -> Iterator[tuple[str, int]]:
    """Surname and given name in one piece, of whatever is written like a name of three to five words."""
    for start, end in part.pieces():
        if 3 <= end - start <= 5 and all(word[0].isupper() for word in part.written[start:end]):
            yield from _joined((part.forms[start], part.forms[end - 1]), bit)


def _joined(forms: Words, bit: int) -> Iterator[tuple[str, int]]:
    if 0 < len(forms) <= _LONGEST_JOINED:
        joined = "".join(forms)
        yield f"={KEYS[joined]}\t{joined}", bit
