"""The words of the command line, from site-config/commands.yml.

In: the language. Out: a function from a name to a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from archive.config import load_yaml


@dataclass(frozen=True, slots=True)
class Words:
    language: str
    sentences: Mapping[str, Mapping[str, str]]

    @classmethod
    def load(cls, site_config: Path, language: str) -> Words:
        return cls(language, load_yaml(site_config / "commands.yml"))

    def __call__(self, name: str, **values: object) -> str:
        return self.sentences[name][self.language].format(**values)
