"""Problems: what is wrong with an editor's file, as values that are collected to the end.

In: facts (`path`, position, code, values). Out: a sorted report, printed as text, GitHub
annotations or JSON. Severity and words of each code stand in site-config/problems.yml.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from archive.characters import visible
from archive.rules.problems import ProblemRules, ProblemWords, Sentences, read_problem_rules, read_sentences


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class Position(NamedTuple):
    """Line and column in a file, both counted from 1. A tuple, because every value of every record has one."""

    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong; `path` is relative to the archive's root, with forward slashes."""

    path: str
    position: Position
    code: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Report:
    """Collects problems; rooms add to it and go on."""

    found: list[Problem] = field(default_factory=list)

    def add(self, code: str, path: str, position: Position | None = None, **values: object) -> None:
        """Add a problem; `values` fill the placeholders of its message."""
        self.found.append(
            Problem(visible(path), position or Position(), code, tuple((k, str(v)) for k, v in sorted(values.items())))
        )

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(set(self.found)))


class Catalogue:
    """Severity, message and hint of every code, in every language of site-config/problems.yml.

    `sentences` are those of site-config/commands.yml, which has words for the reasons of doubts.
    """

    def __init__(self, rules: ProblemRules, language: str, sentences: Sentences | None = None) -> None:
        self.rules = rules
        self.language = language
        self.sentences = sentences or {}

    @classmethod
    def load(cls, site_config: Path, language: str = "vi") -> Catalogue:
        texts = ((site_config / f"{name}.yml").read_text(encoding="utf-8") for name in ("problems", "commands"))
        rules, sentences = _words(*texts)
        return cls(rules, language, sentences)

    def severity(self, problem: Problem) -> Severity:
        return Severity(self.rules.codes[problem.code].severity)

    def message(self, problem: Problem) -> str:
        return self._filled(problem, self._words(problem).message)

    def hint(self, problem: Problem) -> str:
        """What to do about it; a did-you-mean comes first where there is one."""
        suggestion = dict(problem.values).get("suggestion", "")
        words = self.rules.codes["did-you-mean"].words(self.language)
        guess = words.message.format(suggestion=words.or_.join(map(visible, suggestion.split("\n"))))
        return " ".join(filter(None, [guess if suggestion else "", self._filled(problem, self._words(problem).hint)]))

    def page(self, problem: Problem) -> str:
        """The page of docs that explains the problem with an example, below the archive's root."""
        return f"docs/loi/{problem.code}.md"

    def _words(self, problem: Problem) -> ProblemWords:
        return self.rules.codes[problem.code].words(self.language)

    def _filled(self, problem: Problem, words: str) -> str:
        around = self._words(problem).around
        values = {name: self._value(name, value, around.get(name)) for name, value in problem.values}
        return visible(words.format(**values))

    def _value(self, name: str, value: str, around: str | None) -> str:
        """A value as a message shows it; `around` holds the words about one that may be lacking."""
        if name == "why":
            value = self.sentences.get(f"why-{value}", {}).get(self.language, value)
        shown = _path_in_words(name, value)
        return shown if around is None else around.format(shown) if value else ""

    def errors(self, problems: Iterable[Problem]) -> list[Problem]:
        return [problem for problem in problems if self.severity(problem) is Severity.ERROR]


def _path_in_words(name: str, value: str) -> str:
    """`speakers.0.name` as people count: speakers #1 › name. Other values stay as they are."""
    if name not in ("field", "group"):
        return value
    return re.sub(r"\.(\d+)", lambda match: f" #{int(match[1]) + 1}", value).replace(".", " › ")


@lru_cache(maxsize=2)
def _words(problems: str, commands: str) -> tuple[ProblemRules, Sentences]:
    import yaml  # slow to import, and not there in a browser

    read, told = (yaml.load(text, Loader=yaml.CBaseLoader) for text in (problems, commands))
    return read_problem_rules(read), read_sentences(told, "commands")


def either(suggestions: Iterable[str]) -> str:
    """What was probably meant, as the value `suggestion` of a problem; several where several fit."""
    return "\n".join(suggestions)


def format_text(problems: Iterable[Problem], catalogue: Catalogue) -> str:
    lines = []
    for problem in problems:
        level = catalogue.rules.severities[catalogue.language][catalogue.severity(problem)]
        where = f"{problem.path}:{problem.position.line}:{problem.position.column}"
        lines.append(f"{where}: {level} [{problem.code}] {catalogue.message(problem)}")
        if hint := catalogue.hint(problem):
            lines.append(f"    → {hint} [{catalogue.page(problem)}]")
    return "\n".join(lines)


def format_github(problems: Iterable[Problem], catalogue: Catalogue) -> str:
    """Workflow commands that GitHub shows on the lines of a pull request.

    It shows the first ten errors, warnings and notices of a step, so what matters most comes first.
    """
    lines = []
    for problem in sorted(problems, key=lambda problem: list(Severity).index(catalogue.severity(problem))):
        parts = [catalogue.message(problem), catalogue.hint(problem), f"[{catalogue.page(problem)}]"]
        words = _escape_command(" ".join(filter(None, parts)))
        where = f"file={_escape_property(problem.path)},line={problem.position.line},col={problem.position.column}"
        lines.append(f"::{catalogue.severity(problem)} {where},title={problem.code}::{words}")
    return "\n".join(lines)


def format_json(problems: Iterable[Problem], catalogue: Catalogue) -> str:
    return json.dumps(
        [
            {
                "path": problem.path,
                "line": problem.position.line,
                "column": problem.position.column,
                "severity": catalogue.severity(problem),
                "code": problem.code,
                "message": catalogue.message(problem),
                "hint": catalogue.hint(problem),
                "page": catalogue.page(problem),
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def _escape_command(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escape_property(text: str) -> str:
    return _escape_command(text).replace(":", "%3A").replace(",", "%2C")
