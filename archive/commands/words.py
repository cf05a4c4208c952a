"""The words of the command line, from site-config/commands.yml.

In: the language. Out: a function from a name to a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive.config import load_yaml
from archive.rules.problems import Sentences, read_sentences

if TYPE_CHECKING:
    from archive.model.draft import Unsure

_LONGEST = 160  # of the words of a text in one line


@dataclass(frozen=True, slots=True)
class Words:
    language: str
    sentences: Sentences

    @classmethod
    def load(cls, site_config: Path, language: str) -> Words:
        return cls(language, read_sentences(load_yaml(site_config / "commands.yml"), "commands"))

    def __call__(self, name: str, **values: object) -> str:
        return self.sentences[name][self.language].format(**values)

    def why(self, doubt: Unsure) -> str:
        """The reason in words; a reason nobody has put into words is shown by its code."""
        name = f"why-{doubt.why}"
        return self(name) if name in self.sentences else doubt.why

    def doubt(self, doubt: Unsure) -> str:
        """A doubt in one line: where, what, why, and the words of the text."""
        named = f" ({doubt.named})" if doubt.named else ""
        other = self("import-other", other=doubt.other) if doubt.other else ""
        said = f" “{doubt.words[:_LONGEST]}”" if doubt.words else ""
        value = f": {doubt.value}" if doubt.value else ""
        return f"{doubt.field}{named}{value}{other} — {self.why(doubt)}{said}"
