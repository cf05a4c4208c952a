"""The archive's own syllables: for repair, and for completing a first word.

In: groups. Out: text, a line a key: `key form count form count …`; `=` where the form is the key.
Counts are entries in which the form itself stands, not an abbreviation of it.
"""

from __future__ import annotations

from collections.abc import Mapping

from archive.search.syllable.postings import Group

_THROUGH_ABBREVIATIONS = bytes(range(128, 256))


def is_syllable(key: str) -> bool:
    return key.isalpha()


def line_of(group: Group) -> str:
    """The line of a group, without its key; empty if no entry holds the word itself."""
    parts = []
    for form in group.forms:
        count = len(form.data[len(form.data) - form.count :].translate(None, _THROUGH_ABBREVIATIONS))
        if count:
            parts.append(f"{form.form or '='} {count}")
    return " ".join(parts)


def write_lexicon(lines: Mapping[str, str]) -> str:
    return "".join(f"{key} {lines[key]}\n" for key in sorted(lines) if lines[key])


def read_lexicon(text: str) -> dict[str, str]:
    return dict(line.split(" ", 1) for line in text.splitlines())
