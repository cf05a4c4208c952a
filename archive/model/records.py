"""The records of the archive, as editors write them: articles, events, officials, documents, entities, pages.

In: nothing. Out: one frozen class a kind of record. A field made by `spec` is a front-matter
field; the classes are the only place where it is declared. Names, roles and whatever is called
`printed` hold the words of a source and are never corrected.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.model.dates import Date
from archive.model.schema import (
    Checksum,
    Choice,
    Edtf,
    FileName,
    Group,
    Many,
    Reference,
    Text,
    WebAddress,
    Whole,
    spec,
)
from archive.model.text import Block
from archive.problems import Position

# Kinds that are not in site-config/kinds.yml, and their folders: pages written by hand, and what was taken down.
PAGES, REMOVED = "pages", "removed"
UNSURE = "unsure"  # the field of an article that editors alone see: it is checked and never published


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words of an article on which a statement rests."""

    article: str = spec(Reference("articles"), required=True)
    words: str = spec(Text(), required=True)


@dataclass(frozen=True, slots=True)
class DateBasis:
    """How a date is known: `stated` or `inferred`, with words literally from the text."""

    kind: str = spec(Choice("date_basis"), required=True)
    words: str = spec(Text(), required=True)
    article: str | None = spec(Reference("articles"))
    note: str | None = spec(Text())


@dataclass(frozen=True, slots=True)
class Place:
    """Where: the words of the text, and the unit they mean (`basis: editor` if an editor added it)."""

    printed: str | None = spec(Text())
    unit: str | None = spec(Choice("places"))
    basis: str | None = spec(Choice("basis"))
    note: str | None = spec(Text())


@dataclass(frozen=True, slots=True)
class Source:
    """What was received, byte for byte, in content/sources."""

    file: str | None = spec(FileName())
    sha256: str | None = spec(Checksum())
    url: str | None = spec(WebAddress())
    captured: Date | None = spec(Edtf())
    archived: str | None = spec(WebAddress())


@dataclass(frozen=True, slots=True)
class Participant:
    """A person as one article prints them, and what they did there."""

    official: str | None = spec(Reference("officials"))
    name: str = spec(Text(), required=True)
    roles: tuple[str, ...] = spec(Many(Text()))
    capacity: tuple[str, ...] = spec(Many(Choice("capacities")))


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """An official document as one article cites it; `number`, `issuer` and `title` as printed."""

    document: str | None = spec(Reference("documents"))
    printed: str = spec(Text(), required=True)
    type: str | None = spec(Choice("document_types"))
    number: str | None = spec(Text())
    date: Date | None = spec(Edtf())
    issuer: str | None = spec(Text())
    title: str | None = spec(Text())


@dataclass(frozen=True, slots=True)
class EntityLink:
    """A record of a kind added in site-config/kinds.yml, as one article names it."""

    record: str | None = spec(Text())
    printed: str = spec(Text(), required=True)


@dataclass(frozen=True, slots=True)
class Caption:
    """A photo caption taken out of the running text; `after` is the paragraph it followed."""

    text: str = spec(Text(), required=True)
    after: int | None = spec(Whole())
    credit: str | None = spec(Text())


@dataclass(frozen=True, slots=True)
class Change:
    """One thing an editor or the importer did between the source file and the article."""

    action: str = spec(Choice("change_actions"), required=True)
    kind: str | None = spec(Choice("change_kinds"))
    text: str | None = spec(Text())
    line: int | None = spec(Whole())
    note: str | None = spec(Text())


@dataclass(frozen=True, slots=True)
class Correction:
    """One mistake of the archive that was mended: in which field, from what to what, and why."""

    date: Date = spec(Edtf(), required=True)
    field: str = spec(Text(), required=True)
    before: str | None = spec(Text())
    after: str | None = spec(Text())
    reason: str = spec(Text(), required=True)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A value that nobody has confirmed yet: `field` is its place in the record, `speakers.0.roles`.

    `why` is a code with words in site-config/commands.yml (`why-…`), or an editor's own words; `words` are
    those that the value rests on, `other` is the other reading.
    """

    field: str = spec(Text(), required=True)
    value: str | None = spec(Text())
    why: str | None = spec(Text())
    words: str | None = spec(Text())
    other: str | None = spec(Text())


@dataclass(frozen=True, slots=True)
class Relation:
    """What a source states that one document does to another."""

    type: str = spec(Choice("relations"), required=True)
    document: str = spec(Reference("documents"), required=True)
    evidence: tuple[Evidence, ...] = spec(Many(Group(Evidence)))


@dataclass(frozen=True, slots=True)
class CarriesOut:
    """An event held about carrying out a document."""

    document: str = spec(Reference("documents"), required=True)
    evidence: tuple[Evidence, ...] = spec(Many(Group(Evidence)))


@dataclass(frozen=True, slots=True)
class Post:
    """A post an editor knows of, beyond what the articles print; `source` says from where."""

    role: str = spec(Text(), required=True)
    start: Date | None = spec(Edtf())
    end: Date | None = spec(Edtf())
    source: str = spec(Text(), required=True)


@dataclass(frozen=True, slots=True)
class PossiblySame:
    """Another record that may be the same; nobody has decided yet. Shown on both."""

    record: str = spec(Text(), required=True)
    why: str = spec(Text(), required=True)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a record was read: its path below content/, and the place of each value.

    `places` maps a dotted path (`speakers.0.official`) to its position; `body` is the position
    of the first line after the front matter. `not_ids` maps the place of a reference that can't be
    an id to the kind it points to and what is written there: what was meant is looked for among the records.
    `refused` holds the places of values that a problem was found in, so that their lack is no second one.
    """

    path: str
    places: Mapping[str, Position] = field(default_factory=dict, repr=False, compare=False)
    body: Position = Position(1, 1)
    not_ids: Mapping[str, tuple[str, str]] = field(default_factory=dict, repr=False, compare=False)
    refused: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def has_refused(self, name: str) -> bool:
        """True if a value of this field, or inside it, was refused."""
        return any(place == name or place.startswith(f"{name}.") for place in self.refused)

    def at(self, dotted: str) -> Position:
        """The position of a value, or of the nearest thing around it."""
        while dotted and dotted not in self.places:
            dotted = dotted.rpartition(".")[0]
        return self.places.get(dotted, Position(1, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every record has: an id, chosen once and equal to its file's name."""

    id: str
    origin: Origin

    @property
    def label(self) -> str:
        """The words by which a person knows the record."""
        raise NotImplementedError(type(self).__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article(Record):
    """One press report."""

    title: str = spec(Text(), required=True)
    title_by: str | None = spec(Choice("basis"))
    date: Date | None = spec(Edtf())
    date_basis: DateBasis | None = spec(Group(DateBasis))
    period: Date | None = spec(Edtf())
    event: str | None = spec(Reference("events"))
    level: str | None = spec(Choice("levels"))
    sector: tuple[str, ...] = spec(Many(Choice("sectors")))
    place: Place | None = spec(Group(Place))
    publisher: str | None = spec(Text())
    published: Date | None = spec(Edtf())
    byline: tuple[str, ...] = spec(Many(Text()))
    source: Source | None = spec(Group(Source))
    rights: str = spec(Choice("rights"), required=True)
    speakers: tuple[Participant, ...] = spec(Many(Group(Participant)))
    attendees: tuple[Participant, ...] = spec(Many(Group(Participant)))
    mentioned: tuple[Participant, ...] = spec(Many(Group(Participant)))
    documents: tuple[CitedDocument, ...] = spec(Many(Group(CitedDocument)))
    captions: tuple[Caption, ...] = spec(Many(Group(Caption)))
    topics: tuple[str, ...] = spec(Many(Text()))
    changes: tuple[Change, ...] = spec(Many(Group(Change)))
    corrections: tuple[Correction, ...] = spec(Many(Group(Correction)))
    unsure: tuple[Doubt, ...] = spec(Many(Group(Doubt)))
    entities: Mapping[str, tuple[EntityLink, ...]] = field(default_factory=dict)
    body: tuple[Block, ...] = ()

    @property
    def label(self) -> str:
        return self.title

    @property
    def people(self) -> tuple[Participant, ...]:
        """Everybody the article names, in the order of the front matter."""
        return self.speakers + self.attendees + self.mentioned


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority(Record):
    """An authority record: what every thing has that articles name."""

    aliases: tuple[str, ...] = spec(Many(Text()))
    same_as: tuple[str, ...] = spec(Many(WebAddress()))
    not_same_as: tuple[str, ...] = spec(Many(Text()))
    possibly_same_as: tuple[PossiblySame, ...] = spec(Many(Group(PossiblySame)))
    evidence: tuple[Evidence, ...] = spec(Many(Group(Evidence)))
    corrections: tuple[Correction, ...] = spec(Many(Group(Correction)))
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Authority):
    """Something that took place and that articles report. Without a date, its reports' dates count."""

    name: str = spec(Text(), required=True)
    name_by: str | None = spec(Choice("basis"))
    date: Date | None = spec(Edtf())
    date_basis: DateBasis | None = spec(Group(DateBasis))
    period: Date | None = spec(Edtf())
    level: str | None = spec(Choice("levels"))
    sector: tuple[str, ...] = spec(Many(Choice("sectors")))
    organiser: str | None = spec(Text())
    organiser_unit: str | None = spec(Text())
    place: Place | None = spec(Group(Place))
    carries_out: tuple[CarriesOut, ...] = spec(Many(Group(CarriesOut)))

    @property
    def label(self) -> str:
        return self.name

    @property
    def units(self) -> str:
        """The words that name whose event it is."""
        return self.organiser_unit or self.organiser or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Official(Authority):
    """A person whom articles name."""

    name: str = spec(Text(), required=True)
    posts: tuple[Post, ...] = spec(Many(Group(Post)))

    @property
    def label(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Authority):
    """An official document. Its key is type, number, issuer and date or term; a number alone is none."""

    type: str = spec(Choice("document_types"), required=True)
    number: str | None = spec(Text())
    issuer: str | None = spec(Text())
    date: Date | None = spec(Edtf())
    term: str | None = spec(Text())
    title: str | None = spec(Text())
    name: str = spec(Text(), required=True)
    relations: tuple[Relation, ...] = spec(Many(Group(Relation)))

    @property
    def label(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Authority):
    """A record of a kind that site-config/kinds.yml adds; `values` holds the fields declared there."""

    kind: str
    name: str = spec(Text(), required=True)
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Record):
    """A page written by hand: about, how to contribute."""

    title: str = spec(Text(), required=True)
    description: str | None = spec(Text())
    markdown: str = ""

    @property
    def label(self) -> str:
        return self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed(Record):
    """What stays of a record that was taken down, under its id: why it went, and none of its words.

    `split_into`: the records, of the same kind, that it was in truth; then its page offers them.
    """

    kind: str = spec(Choice("kinds"), required=True)
    date: Date = spec(Edtf(), required=True)
    reason: str = spec(Text(), required=True)
    by: str | None = spec(Text())
    split_into: tuple[str, ...] = spec(Many(Text()))

    @property
    def label(self) -> str:
        return self.id
