"""Problems: what is wrong with an editor's file, as values that are collected to the end.

In: facts (`path`, position, code, values). Out: a sorted report, printed as text, GitHub
annotations or JSON. Severity and words of each code stand in site-config/problems.yml.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

import yaml


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
            Problem(path, position or Position(), code, tuple((k, str(v)) for k, v in sorted(values.items())))
        )

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(set(self.found)))


class Catalogue:
    """Severity, message and hint of every code, in every language of site-config/problems.yml."""

    def __init__(self, entries: Mapping[str, Any], language: str) -> None:
        self.entries = entries
        self.language = language

    @classmethod
    def load(cls, site_config: Path, language: str = "vi") -> Catalogue:
        text = (site_config / "problems.yml").read_text(encoding="utf-8")
        return cls(yaml.load(text, Loader=yaml.CBaseLoader), language)

    def severity(self, problem: Problem) -> Severity:
        return Severity(self.entries[problem.code]["severity"])

    def message(self, problem: Problem) -> str:
        return self._words(problem, "message")

    def hint(self, problem: Problem) -> str:
        """What to do about it; a did-you-mean comes first where there is one."""
        suggestion = dict(problem.values).get("suggestion", "")
        guess = self.entries["did-you-mean"][self.language]["message"].format(suggestion=suggestion)
        return " ".join(filter(None, [guess if suggestion else "", self._words(problem, "hint")]))

    def _words(self, problem: Problem, which: str) -> str:
        words: str = self.entries[problem.code][self.language].get(which, "")
        return words.format(**dict(problem.values))

    def errors(self, problems: Iterable[Problem]) -> list[Problem]:
        return [problem for problem in problems if self.severity(problem) is Severity.ERROR]


def suggest(value: str, known: Iterable[str]) -> str:
    """The known value that was probably meant, or an empty string.

    >>> suggest("tinh-uy", ["tinh", "xa"])
    'tinh'
    """
    return next(iter(difflib.get_close_matches(value, sorted(known), n=1, cutoff=0.6)), "")


def format_text(problems: Iterable[Problem], catalogue: Catalogue) -> str:
    lines = []
    for problem in problems:
        level = catalogue.entries["severities"][catalogue.language][catalogue.severity(problem)]
        where = f"{problem.path}:{problem.position.line}:{problem.position.column}"
        lines.append(f"{where}: {level} [{problem.code}] {catalogue.message(problem)}")
        if hint := catalogue.hint(problem):
            lines.append(f"    → {hint}")
    return "\n".join(lines)


def format_github(problems: Iterable[Problem], catalogue: Catalogue) -> str:
    """Workflow commands that GitHub shows on the lines of a pull request."""
    lines = []
    for problem in problems:
        words = _escape_command(" ".join(filter(None, [catalogue.message(problem), catalogue.hint(problem)])))
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
