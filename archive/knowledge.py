"""What the archive knows: kinds, vocabularies, places, citation patterns, words of the pages.

In: the files of site-config/. Out: one immutable `Knowledge`. Vietnamese facts live in those
files, not in the package.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from archive.config import ConfigError, load_yaml
from archive.language.spelling import Collation
from archive.model import records


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a vocabulary: its code, its name as shown, and whatever else its file says."""

    code: str
    name: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records: where its files and pages are, and the class that holds a record."""

    id: str
    folder: str
    address: str
    template: str
    index: str
    name: str
    plural: str
    model: type[records.Record]
    article_field: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that moved; both ends are site addresses such as `/nguoi/a/`."""

    source: str
    target: str
    reason: str


_BUILT_IN = {
    "Article": records.Article,
    "Event": records.Event,
    "Official": records.Official,
    "Document": records.Document,
}


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything that site-config/ says. Only itself is equal to it."""

    kinds: Mapping[str, Kind]
    vocabularies: Mapping[str, Mapping[str, Term]]
    labels: Mapping[str, Any]
    date_words: Mapping[str, Any]
    language: Mapping[str, Any]
    citations: Mapping[str, Any]
    fields: Mapping[str, str]
    redirects: tuple[Redirect, ...]

    @cached_property
    def collation(self) -> Collation:
        return Collation(self.language["alphabet"])

    @cached_property
    def no_sentence_end(self) -> frozenset[str]:
        return frozenset(self.language["no_sentence_end"])

    @property
    def added_kinds(self) -> Mapping[str, Kind]:
        """The kinds that site-config/kinds.yml adds to the built-in ones."""
        return {id: kind for id, kind in self.kinds.items() if kind.model is records.Entity}

    def name_of(self, vocabulary: str, code: str) -> str:
        return self.vocabularies[vocabulary][code].name

    def place_line(self, unit: str) -> tuple[Term, ...]:
        """A place and the units around it, smallest first: Kim Bôi, Hòa Bình."""
        line: list[Term] = []
        code: str | None = unit
        while code and code in self.vocabularies["places"] and len(line) < 5:
            line.append(self.vocabularies["places"][code])
            code = line[-1].facts.get("part_of")
        return tuple(line)

    def place_today(self, unit: str) -> Term | None:
        """Today's province of a unit, or None where the unit itself still stands."""
        for term in self.place_line(unit):
            if now := term.facts.get("now"):
                return self.vocabularies["places"][now]
        return None


def load_knowledge(site_config: Path) -> Knowledge:
    """Raises ConfigError naming the file and the entry that can't be used."""
    return make_knowledge(lambda name: load_yaml(site_config / f"{name}.yml"))


def make_knowledge(read: Callable[[str], dict[str, Any]]) -> Knowledge:
    """`read` gives what a file of site-config/ holds, by its name without ending."""
    lists = dict(read("vocabularies"))
    for name, file in {
        "levels": "levels",
        "places": "places",
        "capacities": "capacities",
        "document_types": "document-types",
        "relations": "relations",
    }.items():
        lists[name] = read(file)
    kinds = {id: _kind(id, entry) for id, entry in read("kinds").items()}
    lists["kinds"] = {id: {"name": kind.plural} for id, kind in kinds.items()}
    return Knowledge(
        kinds=kinds,
        vocabularies={name: _terms(name, entries) for name, entries in lists.items()},
        labels=read("labels"),
        date_words=read("dates"),
        language=read("language"),
        citations=read("citations"),
        fields=read("fields"),
        redirects=redirects_of(read("redirects")),
    )


def _terms(vocabulary: str, entries: Any) -> Mapping[str, Term]:
    terms = {}
    for code, entry in entries.items():
        if not isinstance(entry, dict) or "name" not in entry:
            raise ConfigError(f"site-config: {vocabulary}: {code}: `name` is missing")
        terms[code] = Term(code, entry["name"], {k: v for k, v in entry.items() if k != "name"})
    return terms


def _kind(id: str, entry: Mapping[str, Any]) -> Kind:
    known = dict(entry)
    model = known.pop("model", None)
    if model is not None and model not in _BUILT_IN:
        raise ConfigError(f"site-config/kinds.yml: {id}: model: {model}")
    if model is None and not known.get("article_field"):
        raise ConfigError(f"site-config/kinds.yml: {id}: `article_field` is missing")
    try:
        return Kind(id=id, model=_BUILT_IN[model] if model else records.Entity, **known)
    except TypeError as error:
        raise ConfigError(f"site-config/kinds.yml: {id}: {error}") from error


def redirects_of(moved: Mapping[str, Any]) -> tuple[Redirect, ...]:
    """What stands in site-config/redirects.yml, in its order. Raises ConfigError for what does not belong there."""
    if unknown := moved.keys() - {"redirects"}:
        raise ConfigError(
            f"site-config/redirects.yml: {min(unknown)}: only `redirects` stand here; a record that was taken down has "
            "a file in content/removed/ (docs/go-bai.md)"
        )
    return tuple(_redirect(entry) for entry in moved.get("redirects") or ())


def _redirect(entry: Mapping[str, str]) -> Redirect:
    return Redirect(_address(entry, "from"), _address(entry, "to"), entry.get("reason") or "")


_ADDRESS = re.compile(r"(?:/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)+/")  # of this site: no `//host/`, no `..`


def _address(entry: Mapping[str, str], key: str) -> str:
    value = entry.get(key) or ""
    if not _ADDRESS.fullmatch(value):
        raise ConfigError(f"site-config/redirects.yml: `{key}` must be an address such as /nguoi/a/, not {value!r}")
    return value
