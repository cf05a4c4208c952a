"""What an editor probably meant: fields, ids, values of a vocabulary, dates.

In: what was written, and what is known. Out: what it may have meant, nothing where nobody can tell;
several where several fit. Nothing is taken over by itself: a suggestion is shown, and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from archive.language.spelling import nfc, slug, unified
from archive.model.edtf import parse_date
from archive.rules.dates import WrittenDate
from archive.rules.vocabularies import Term

_CLOSE = 0.6  # of difflib's ratio: "hop-may-bai" and "hop-may-bay" have 0.9
_LONGEST = 200  # nothing longer was meant to be an id or a date, and comparing takes time
_SEVERAL = 3  # more than these are no help
_QUOTED = "\"'“”‘’«»` "


def meant_field(written: str, fields: Iterable[str], called: Mapping[str, str]) -> list[str]:
    """The field that was meant; `called` maps a field to what people call it, in Vietnamese, comma between.

    >>> meant_field("Date-Basis", ["date", "date_basis"], {})
    ['date_basis']
    """
    names = list(fields)
    own = slug(written[:_LONGEST])
    if not own:
        return []
    same = [name for name in names if slug(name) == own]
    by_word = [name for name in names if own in map(slug, called.get(name, "").split(","))]
    return same or by_word or nearest(written.lower(), names)


def meant_ids(written: str, known: Iterable[str]) -> list[str]:
    """The known id that was meant: the same one without marks, capitals and spaces, else the nearest."""
    ids, own = set(known), slug(written[:_LONGEST])
    return [own] if own in ids else nearest(own, ids)


def meant_terms(written: str, terms: Mapping[str, Term]) -> list[str]:
    """Codes of a vocabulary, from a code in other dress, from a name, or from a word that stands for it.

    A term's `also` lists words that people write instead of its code.
    """
    own = slug(written[:_LONGEST])
    words = {code: [slug(word) for word in _names(term)] for code, term in terms.items()}
    same = [code for code in terms if own in (slug(code), *words[code])]
    held = [code for code in terms if any(f"-{word}-" in f"-{own}-" for word in (slug(code), *words[code]) if word)]
    if found := same or held:
        return found if len(found) <= _SEVERAL else []
    return nearest(own, [code for code in terms if "_" not in code])


def _names(term: Term) -> list[str]:
    return [term.name, *re.split(r",\s*", term.name), *term.also]


def meant_dates(written: str, forms: Sequence[WrittenDate]) -> list[str]:
    """EDTF for a date as people write it; two readings where day and month can't be told apart.

    `forms`: regular expressions with named numbers, and the EDTF made of them (site-config/dates.yml,
    `written`). The first form that gives a date counts.
    """
    text = " ".join(unified(nfc(written[:_LONGEST])).strip(_QUOTED).lower().split())
    for form in forms:
        if match := re.fullmatch(form.words, text):
            readings = [_filled(edtf, match.groupdict()) for edtf in form.edtf]
            if dates := [date for date in dict.fromkeys(readings) if _is_date(date)]:
                return dates
    return []


def _filled(edtf: str, parts: Mapping[str, str | None]) -> str:
    return edtf.format(**{name: (value or "").zfill(2) for name, value in parts.items()})


def _is_date(text: str) -> bool:
    try:
        return bool(parse_date(text))
    except ValueError:
        return False


def nearest(written: str, known: Iterable[str]) -> list[str]:
    """The known word that looks most like what was written, if one is near enough.

    >>> nearest("tinh-uy", ["tinh", "xa"])
    ['tinh']
    """
    import difflib  # for what is wrong alone

    return difflib.get_close_matches(written[:_LONGEST], sorted(known), n=1, cutoff=_CLOSE)
