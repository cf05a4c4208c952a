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
from typing import Annotated, Literal, TypeVar

from archive.config import load_yaml
from archive.language.spelling import Collation
from archive.model import records
from archive.rules.addresses import AddressRules
from archive.rules.citations import CitationRules
from archive.rules.dates import DateRules
from archive.rules.reader import KEY, ConfigError, read_rules
from archive.rules.tiles import TileRules
from archive.rules.vocabularies import Capacity, DocumentType, LanguageRules, Level, PlaceTerm, Relation, Term

T = TypeVar("T")


_BUILT_IN = {
    "Article": records.Article,
    "Event": records.Event,
    "Official": records.Official,
    "Document": records.Document,
}
_ADDRESS = re.compile(r"(?:/[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?)+/")  # of this site: no `//host/`, no `..`
Labels = Mapping[str, Mapping[str, str]]
"""The words of pages: group → name → words (site-config/labels.yml)."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of records: where its files and pages are, and the class that holds a record.

    A kind that is not built in has `fields`, and articles name its records in `article_field`.
    """

    id: Annotated[str, KEY]
    folder: str
    address: str
    template: str
    index: str
    name: str
    plural: str
    model_: Literal["Article", "Event", "Official", "Document"] | None = None
    article_field: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not (self.model_ or self.article_field):
            raise ValueError("`article_field` is missing")

    @property
    def model(self) -> type[records.Record]:
        return _BUILT_IN[self.model_] if self.model_ else records.Entity


@dataclass(frozen=True, slots=True)
class Redirect:
    """An address that moved; both ends are site addresses such as `/nguoi/a/`."""

    from_: str
    to: str
    reason: str | None = None

    def __post_init__(self) -> None:
        for name, address in (("from", self.from_), ("to", self.to)):
            if not _ADDRESS.fullmatch(address) and (name, address) != ("to", "/"):
                raise ValueError(f"`{name}` must be an address such as /nguoi/a/, not {address!r}")


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything that site-config/ says. Only itself is equal to it."""

    kinds: Mapping[str, Kind]
    vocabularies: Mapping[str, Mapping[str, Term]]
    levels: Mapping[str, Level]
    places: Mapping[str, PlaceTerm]
    capacities: Mapping[str, Capacity]
    document_types: Mapping[str, DocumentType]
    relations: Mapping[str, Relation]
    addresses: AddressRules
    tiles: TileRules
    labels: Labels
    date_words: DateRules
    language: LanguageRules
    citations: CitationRules
    fields: Mapping[str, str]
    redirects: tuple[Redirect, ...]

    @cached_property
    def collation(self) -> Collation:
        return Collation(self.language.alphabet)

    @cached_property
    def no_sentence_end(self) -> frozenset[str]:
        return frozenset(self.language.no_sentence_end)

    @property
    def added_kinds(self) -> Mapping[str, Kind]:
        """The kinds that site-config/kinds.yml adds to the built-in ones."""
        return {id: kind for id, kind in self.kinds.items() if kind.model is records.Entity}

    def name_of(self, vocabulary: str, code: str) -> str:
        return self.vocabularies[vocabulary][code].name

    def place_line(self, unit: str) -> tuple[PlaceTerm, ...]:
        """A place and the units around it, smallest first: Kim Bôi, Hòa Bình."""
        line: list[PlaceTerm] = []
        code: str | None = unit
        while code and code in self.places and len(line) < 5:
            line.append(self.places[code])
            code = line[-1].part_of
        return tuple(line)

    def place_today(self, unit: str) -> PlaceTerm | None:
        """Today's province of a unit, or None where the unit itself still stands."""
        for term in self.place_line(unit):
            if now := term.now:
                return self.places[now]
        return None


def load_knowledge(site_config: Path) -> Knowledge:
    """Raises ConfigError naming the file and the entry that can't be used."""
    return make_knowledge(lambda name: load_yaml(site_config / f"{name}.yml"))


def make_knowledge(read: Callable[[str], Mapping[str, object]]) -> Knowledge:
    """`read` gives what a file of site-config/ holds, by its name without ending."""

    def rules(kind: type[T], file: str) -> T:
        return read_rules(kind, read(file), file)

    kinds = rules(dict[str, Kind], "kinds")
    levels, places = rules(dict[str, Level], "levels"), rules(dict[str, PlaceTerm], "places")
    capacities, relations = rules(dict[str, Capacity], "capacities"), rules(dict[str, Relation], "relations")
    types = rules(dict[str, DocumentType], "document-types")
    return Knowledge(
        kinds=kinds,
        vocabularies={
            **rules(dict[str, dict[str, Term]], "vocabularies"),
            "levels": levels,
            "places": places,
            "capacities": capacities,
            "document_types": types,
            "relations": relations,
            "kinds": {id: Term(id, kind.plural) for id, kind in kinds.items()},
        },
        levels=levels,
        places=places,
        capacities=capacities,
        document_types=types,
        relations=relations,
        addresses=rules(AddressRules, "addresses"),
        tiles=rules(TileRules, "tiles"),
        labels=rules(dict[str, dict[str, str]], "labels"),
        date_words=rules(DateRules, "dates"),
        language=rules(LanguageRules, "language"),
        citations=rules(CitationRules, "citations"),
        fields=rules(dict[str, str], "fields"),
        redirects=redirects_of(read("redirects")),
    )


def redirects_of(moved: Mapping[str, object]) -> tuple[Redirect, ...]:
    """What stands in site-config/redirects.yml, in its order. Raises ConfigError for what does not belong there."""
    if unknown := moved.keys() - {"redirects"}:
        raise ConfigError(
            "only `redirects` stand here; a record that was taken down has a file in content/removed/ (docs/go-bai.md)",
            "redirects",
            (min(unknown),),
        )
    return read_rules(tuple[Redirect, ...], moved.get("redirects") or [], "redirects", ("redirects",))
