"""What the query layer knows: abbreviations, types and issuers of documents, words of dates and questions.

In: site-config/search.yml, and what document-types.yml and citations.yml say already. Out: one
immutable `Vocabulary`, and `words.json`, the part of it that the browser needs.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

from archive.knowledge import Knowledge
from archive.search.forms import folded, lowered, prepared, tokens, words
from archive.search.rules import SearchRules

VERSION = 1
Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words as forms (lower case, one tone placement), unless said otherwise.

    `groups` are ways to write one thing: the full form first, then its abbreviations. `types` are
    the names before a number, by type; `bare_types` go with a number without more. `codes` are the
    letters in a number by type. `issuers` may follow them after a blank. `after_number` may follow a
    number of one figure that nothing else shows to be a document's. Behind `numbered` stands a Roman number.
    """

    groups: tuple[tuple[Words, ...], ...]
    capitals_only: frozenset[str]
    types: Mapping[str, tuple[str, ...]]
    short_types: Mapping[str, tuple[str, ...]]
    bare_types: frozenset[str]
    codes: Mapping[str, tuple[str, ...]]
    issuers: frozenset[str]
    same_issuers: Mapping[str, str]
    around: Mapping[str, str]
    after_number: tuple[str, ...]
    numbered: frozenset[str]
    leave_out: tuple[str, ...]
    addresses: tuple[str, ...]
    no_sentence_end: frozenset[str]


def make_vocabulary(knowledge: Knowledge, search: SearchRules) -> Vocabulary:
    """The vocabulary of an archive."""
    types = knowledge.document_types
    left = set(search.not_abbreviations)
    full = {tokens(short): tokens(long) for listed in search.abbreviations for short, long in listed.words.items()}
    full |= {
        tokens(short): tokens(long) for short, long in knowledge.citations.name_synonyms.items() if short not in left
    }
    shorts = {id: (*term.short, *search.short_types.get(id, ())) for id, term in types.items()}
    for id, term in types.items():
        full |= {tokens(short): tokens(term.name) for short in shorts[id]}
    full |= {("".join(short),): long for short, long in full.items() if len(short) > 1}  # KT-XH, KTXH
    return Vocabulary(
        groups=_groups(full),
        capitals_only=frozenset(map(_form, search.capitals_only)),
        types={id: _names(term.names) for id, term in types.items()},
        short_types={id: _forms(short) for id, short in shorts.items() if short},
        bare_types=frozenset(id for id, term in types.items() if term.bare),
        codes={id: _forms(term.codes) for id, term in types.items() if term.codes},
        issuers=frozenset(_forms(search.issuers)),
        same_issuers={_form(a): _form(b) for a, b in search.same_issuers.items()},
        around={field.name.rstrip("_"): _form(getattr(search.around, field.name)) for field in fields(search.around)},
        after_number=_forms(search.after_number),
        numbered=frozenset(form for word in search.numbered for form in (_form(word), folded(_form(word)))),
        leave_out=tuple(sorted(_forms(search.leave_out), key=lambda words: (-words.count(" "), words))),
        addresses=_forms(search.addresses),
        no_sentence_end=frozenset(map(_form, knowledge.no_sentence_end)),
    )


def words_json(vocabulary: Vocabulary) -> str:
    """What words.js needs, as JSON."""
    abbreviations: dict[str, list[str]] = {}
    for long, *shorts in vocabulary.groups:
        for short in shorts:
            abbreviations.setdefault(" ".join(short), []).append(" ".join(long))
    content = {
        "version": VERSION,
        "abbreviations": abbreviations,
        "capitals_only": sorted(vocabulary.capitals_only),
        "types": vocabulary.types,
        "short_types": vocabulary.short_types,
        "bare_types": sorted(vocabulary.bare_types),
        "codes": vocabulary.codes,
        "issuers": sorted(vocabulary.issuers),
        "same_issuers": vocabulary.same_issuers,
        "around": vocabulary.around,
        "after_number": vocabulary.after_number,
        "numbered": sorted(vocabulary.numbered),
        "leave_out": vocabulary.leave_out,
        "addresses": vocabulary.addresses,
        "no_sentence_end": sorted(vocabulary.no_sentence_end),
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n"


def _groups(full: Mapping[Words, Words]) -> tuple[tuple[Words, ...], ...]:
    by_long: dict[Words, list[Words]] = {}
    for short, long in sorted(full.items()):
        by_long.setdefault(long, []).append(short)
    return tuple((long, *shorts) for long, shorts in sorted(by_long.items()))


def _form(said: str) -> str:
    return " ".join(tokens(said))


def _names(names: Iterable[str]) -> tuple[str, ...]:
    """Names as texts print them, the longest first: `qui định` beside `quy định`."""
    lower = {" ".join(words(lowered(prepared(name)))) for name in names}
    return tuple(sorted(lower, key=lambda name: (-len(name), folded(name), name)))


def _forms(said: Iterable[str]) -> tuple[str, ...]:
    """Forms, the longest first: a longer name is tried before one that it begins with."""
    return tuple(sorted({_form(each) for each in said}, key=lambda form: (-len(form), folded(form), form)))
