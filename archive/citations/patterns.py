"""The patterns of site-config/citations.yml: parts put into each other, lists of words as alternatives.

In: texts of the file and words. Out: compiled patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from archive.config import ConfigError
from archive.language.spelling import unified

Compile = Callable[[str], re.Pattern[str]]

_PART = re.compile(r"(?<!\?P)<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class Pattern:
    """One entry of `patterns`.

    `goes_on` finds further members of a list, again and again from where the last ended. `known_as` is the name that
    records give to what is cited where `known_when` fits its words, with `{term}` for the term. A pattern with a
    `weight` only proposes what `weigh.py` judges.
    """

    id: str
    regex: re.Pattern[str]
    fixed: Mapping[str, str]
    goes_on: re.Pattern[str] | None = None
    known_as: str = ""
    known_when: re.Pattern[str] | None = None
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


def compiled(
    id: str, regex: str, parts: Mapping[str, str], begins_word: bool = True, compile: Compile = re.compile
) -> re.Pattern[str]:
    """A text of the file as a pattern, with the parts that it calls."""
    try:
        return compile((r"(?<!\w)" if begins_word else "") + f"(?:{filled(regex, parts)})")
    except (KeyError, re.error) as error:
        raise ConfigError(f"site-config/citations.yml: {id}: {error}") from error


def filled(regex: str, parts: Mapping[str, str]) -> str:
    """The text of a pattern with the parts that it calls, and those that they call."""
    for _ in range(10):
        regex = _PART.sub(lambda m: f"(?:{parts[m[1]]})", regex)
    return regex
