"""What the importer makes on the way from a raw text to a draft article.

In: nothing. Out: the frozen classes that the modules of `ingest` hand to each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from archive.model.dates import Date
from archive.model.records import Caption, Change, CitedDocument, DateBasis, Participant, Place
from archive.model.text import Block


@dataclass(frozen=True, slots=True)
class Unsure:
    """A value that a person has to confirm.

    `why` is a code with words in site-config/commands.yml (`why-…`), `words` are the words of the text that the
    value rests on, `other` is the reading that came second, where there is one. In a draft `field` is a place in
    the record (`speakers.0.roles`), and `named` tells whom or what a place in a list belongs to.
    """

    field: str
    value: str
    why: str
    words: str = ""
    other: str = ""
    named: str = ""


@dataclass(frozen=True, slots=True)
class Received:
    """An input as it came: its bytes, and what could be read of them.

    `text` is NFC with `\\n` line ends and nothing else changed; the other fields come from a saved
    page's own metadata and are None for plain text. `published` is EDTF. `marks` say what the page's mark-up
    makes of a line (from 1): caption, heading, item or quote; `dropped` is what the page shows in its main part
    and the text has not.
    """

    name: str
    data: bytes
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    marks: Mapping[int, str] = field(default_factory=dict)
    dropped: tuple[Change, ...] = ()
    unsure: tuple[Unsure, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """What spoke for or against a value, for `import --explain`.

    `rule` is a code with words in site-config/reasons.yml; `weight` is positive for the value, negative
    against it, 0 for a rule that decides by itself.
    """

    field: str
    value: str
    rule: str
    words: str = ""
    weight: float = 0.0


@dataclass(frozen=True, slots=True)
class OtherReport:
    """Another report in the same page, from line to line of the received text.

    `words` are its first ones; it is still part of the body unless `is_cut`.
    """

    first: int
    last: int
    words: str
    is_cut: bool = False


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A text without its noise.

    `blocks` are the body in order, numbered as a published article's (`doan-1`, `muc-1`);
    `changes` list everything dropped, moved or joined, with lines of the received text (from 1).
    `stamp` is the day of publication that the page prints, as EDTF; `agency` a tag such as `ĐNO`.
    `others` are further reports found in the page; `is_cut`: the text breaks off within a sentence.
    """

    title: str | None
    blocks: tuple[Block, ...]
    captions: tuple[Caption, ...] = ()
    byline: tuple[str, ...] = ()
    agency: str | None = None
    stamp: str | None = None
    url: str | None = None
    changes: tuple[Change, ...] = ()
    others: tuple[OtherReport, ...] = ()
    is_cut: bool = False
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class When:
    """The event's date as far as the text gives it, and the period it looks back on or ahead to."""

    date: Date | None = None
    basis: DateBasis | None = None
    period: Date | None = None
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Jurisdiction:
    """Whose posts and papers a report means unless it says otherwise: those of the unit that held the event.

    `level` is a code of the vocabulary of levels, `unit` the unit's name without the word for its kind, as
    `comparable` makes it (`lâm sơn` of `huyện Lâm Sơn`), None where the text doesn't name it.
    """

    level: str | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Where:
    """Who organised, at which level, where. `organiser` is as printed."""

    level: str | None = None
    sector: tuple[str, ...] = ()
    organiser: str | None = None
    place: Place | None = None
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)


@dataclass(frozen=True, slots=True)
class Who:
    """Everybody named, sorted into the three fields of an article; `official` is not filled yet."""

    speakers: tuple[Participant, ...] = ()
    attendees: tuple[Participant, ...] = ()
    mentioned: tuple[Participant, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class StatedRelation:
    """A relation between two of the cited documents, by their places in `What.documents`."""

    source: int
    type: str
    target: int
    words: str


@dataclass(frozen=True, slots=True)
class What:
    """Every official document cited, one entry a document; `document` is not filled yet."""

    documents: tuple[CitedDocument, ...] = ()
    relations: tuple[StatedRelation, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class Extracted:
    """Everything read out of one text.

    `meeting` is what the lede calls the event, `units` the words that name whose event it is, from the smallest unit
    to the largest: `xã Tân Lập, tỉnh Sơn La`.
    """

    received: Received
    cleaned: Cleaned
    when: When
    where: Where
    who: Who
    what: What
    meeting: str = ""
    units: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """What one input became: texts by path below content/, and what a person should know of it.

    `duplicate_of` names the article that is already there; nothing is to be written then.
    """

    input: str
    id: str = ""
    article: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    source_path: str = ""
    source: bytes = b""
    rights: str = ""
    linked: tuple[str, ...] = ()
    unsure: tuple[Unsure, ...] = ()
    reasons: tuple[Reason, ...] = ()
    dropped: tuple[Change, ...] = ()
    duplicate_of: str | None = None
