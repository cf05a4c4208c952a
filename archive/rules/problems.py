"""site-config/problems.yml: severity and words of every problem; sentences of commands.yml and reasons.yml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from archive.rules.reader import read_rules

Sentences = Mapping[str, Mapping[str, str]]
"""Name → language → sentence."""


@dataclass(frozen=True, slots=True)
class ProblemWords:
    """`{…}` are filled with the values of a problem; `around` holds words about a value that may be lacking."""

    message: str
    hint: str = ""
    around: Mapping[str, str] = field(default_factory=dict)
    or_: str = ""


@dataclass(frozen=True, slots=True)
class ProblemRule:
    """One code."""

    severity: Literal["error", "warning", "notice"]
    vi: ProblemWords
    en: ProblemWords

    def words(self, language: str) -> ProblemWords:
        return self.en if language == "en" else self.vi


@dataclass(frozen=True, slots=True)
class ProblemRules:
    """The file: names of severities by language, and the codes."""

    severities: Sentences
    codes: Mapping[str, ProblemRule]


def read_problem_rules(value: Mapping[str, object]) -> ProblemRules:
    """Raises ConfigError with the entry at fault."""
    codes = {code: entry for code, entry in value.items() if code != "severities"}
    severities = read_rules(dict[str, dict[str, str]], value.get("severities"), "problems", ("severities",))
    return ProblemRules(severities, read_rules(dict[str, ProblemRule], codes, "problems"))


def read_sentences(value: object, file: str) -> Sentences:
    """Raises ConfigError with the entry at fault."""
    return read_rules(dict[str, dict[str, str]], value, file)
