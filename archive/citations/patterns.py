"""The patterns of site-config/citations.yml: parts put into each other, lists of words as alternatives.

In: texts of the file and words. Out: patterns, compiled when first used, and what the groups of their matches state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from archive.language.spelling import unified
from archive.model.dates import Date
from archive.model.edtf import parse_date
from archive.rules.reader import ConfigError, Keys

FILE = "citations"
_NUMBERS_IN_DATE = re.compile(r"\d+")
_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")


class Regex:
    """A regular expression of the file. Compiling all takes a fifth of a second, so each is when it is first used."""

    def __init__(self, keys: Keys, regex: str, parts: Mapping[str, str], begins_word: bool = True) -> None:
        """`keys` lead to it in the file. Raises ConfigError if `regex` calls a part that is not there."""
        self._keys = keys
        try:
            self._text = (r"(?<!\w)" if begins_word else "") + f"(?:{filled(regex, parts)})"
        except KeyError as error:
            raise ConfigError(f"no part {error}", FILE, keys) from error

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Raises ConfigError if the text is no regular expression."""
        try:
            return re.compile(self._text)
        except re.error as error:
            raise ConfigError(str(error), FILE, self._keys) from error


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of `patterns`.

    `goes_on` finds further members of a list, again and again from where the last ended. `known_as` is the name that
    records give to what is cited where `known_when` fits its words, with `{term}` for the term. A pattern with a
    `weight` only proposes what `weigh.py` judges.
    """

    id: str
    regex: Regex
    fixed: Mapping[str, str]
    goes_on: Regex | None = None
    known_as: str = ""
    known_when: Regex | None = None
    weight: float | None = None


def any_of(words: Iterable[str]) -> str:
    listed = _longest_first(words)
    return "(?:" + "|".join(listed) + ")" if listed else "(?!)"


def any_of_in_any_case(words: Iterable[str]) -> str:
    """By their first letters: the engine passes over a group at once where another letter stands."""
    groups: dict[str, list[str]] = {}
    for word in _longest_first(words):
        groups.setdefault(word[0].lower(), []).append(word[1:])
    listed = [f"[{first}{first.upper()}](?i:{'|'.join(rest)})" for first, rest in groups.items()]
    return "(?:" + "|".join(listed) + ")" if listed else "(?!)"


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted((re.escape(unified(word)).replace(r"\ ", r"\s+") for word in words), key=len, reverse=True)


def filled(regex: str, parts: Mapping[str, str]) -> str:
    """The text of a pattern with the parts that it calls, and those that they call."""
    for _ in range(10):
        regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
    return regex


def stated_date(groups: Mapping[str, str | None]) -> Date | None:
    """The first of `date` (day), `month_date`, `year_date` that is there and is a real date."""
    for name in ("date", "month_date", "year_date"):
        if words := groups.get(name):
            parts = [int(part) for part in _NUMBERS_IN_DATE.findall(words)][::-1]
            try:
                return parse_date("-".join(f"{part:02d}" for part in parts))
            except ValueError:
                return None
    return None


def printed(match: re.Match[str], group: str, text: str) -> str | None:
    return text[slice(*match.span(group))].strip() if match.groupdict().get(group) else None
