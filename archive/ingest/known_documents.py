"""Which document a citation means: number and issuer, date or term must agree, and whose paper it is.

In: the citations of a text, and the documents that have records. Out: a `Choice` for each. A number alone is no
document: 05-CT/TU there is in every province.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from archive.citations.resolve import DocumentIndex, contradiction, document_keys, is_bare, number_key, stated_citation
from archive.ingest.choice import Choice
from archive.ingest.jurisdiction import CENTRE, Home, JurisdictionReader, Relation, Scope
from archive.ingest.same_event import most_alike
from archive.model.records import CitedDocument, Document

LINKED, OTHER_UNIT, UNKNOWN_UNIT = "number-and-issuer", "paper-of-other-unit", "paper-of-unknown-unit"
OTHER_TITLE, TOO_LITTLE, TWO_RECORDS = "other-title", "not-enough-to-link", "two-records"
RULES = (LINKED, OTHER_UNIT, UNKNOWN_UNIT, OTHER_TITLE, TOO_LITTLE, TWO_RECORDS)
_OTHER_TITLE = 0.34  # share of the syllables of a title below which another is of another paper


@dataclass(frozen=True, slots=True)
class _Pair:
    """A citation and a record that it doesn't contradict; `relation`: of those whose papers they are."""

    cited: CitedDocument
    document: Document
    relation: Relation
    is_central: bool

    @property
    def is_dated(self) -> bool:
        return is_same_day(self.cited, self.document)

    @property
    def is_of_known_unit(self) -> bool:
        """Of a central paper the day tells as much as the unit; one without number is told by its name."""
        told = self.is_dated or not self.cited.number
        return self.relation is Relation.SAME or (self.is_central and told)

    @property
    def has_other_title(self) -> bool:
        cited, held = self.cited.title, self.document.title
        return bool(cited and held) and most_alike([cited or ""], [held or ""]) < _OTHER_TITLE

    @property
    def agrees(self) -> bool:
        """More than the number: date, issuer or full series, or the very name of a record without number."""
        number = self.cited.number
        if not number or self.is_dated:
            return True
        is_full = not is_bare(number) and number_key(number) == number_key(self.document.number or "")
        return is_full and bool(self.cited.issuer and self.document.issuer)


class KnownDocuments:
    """Every document that has a record; `learn` adds to them."""

    def __init__(
        self, documents: Iterable[Document], units: JurisdictionReader, home: Callable[[str], Home | None]
    ) -> None:
        """`home` gives the units of the event that an article reports, None where there is no such article."""
        self._units = units
        self._home = home
        self._found: dict[tuple[str, str], list[Document]] = defaultdict(list)
        self._homes: dict[str, Home] = {}  # of documents that were learnt
        self._index = DocumentIndex(lambda by, key: self._found.get((by, key), ()))
        for document in documents:
            self._add(document)

    def learn(self, document: Document, home: Home) -> None:
        self._homes[document.id] = home
        self._add(document)

    def _add(self, document: Document) -> None:
        for key in document_keys(document):
            self._found[key].append(document)

    def choose(self, cited: CitedDocument, home: Home) -> Choice:
        own = self._units.scope_of_paper(cited.number, cited.issuer, _name_of(cited), home)
        found = {doc.id: self._rule(self._pair(cited, own, doc, home)) for doc in self._candidates(cited)}
        possible = tuple(id for id, rule in found.items() if rule != OTHER_UNIT)
        if not possible:
            return Choice(None, tuple(found), OTHER_UNIT, cited.printed)
        if len(possible) == 1 and found[possible[0]] == LINKED:
            return Choice(possible[0], (), LINKED, cited.printed)
        against = [found[id] for id in possible if found[id] != LINKED]
        return Choice(None, possible, against[0] if against else TWO_RECORDS, cited.printed, asks=True)

    def _candidates(self, cited: CitedDocument) -> Iterator[Document]:
        """Those that nothing contradicts; of one number and day an issuer in other words is no contradiction."""
        citation = stated_citation(cited)
        yield from self._index.candidates(citation)
        running = number_key(cited.number or "").partition(" ")[0]
        for document in self._found.get(("number", f"{cited.type} {running}"), ()):
            if is_same_day(cited, document) and contradiction(citation, document) == "issuer":
                yield document

    def _pair(self, cited: CitedDocument, own: Scope | None, document: Document, home: Home) -> _Pair:
        """A paper that says nothing of any unit may be one of the event's own, if the record is a unit's."""
        theirs = self._scope_of_record(document)
        is_central = theirs is not None and theirs.level == CENTRE
        if own is None and theirs is None:
            return _Pair(cited, document, Relation.SAME, is_central)
        if own is None and not is_central and home:
            own = home[0]
        return _Pair(cited, document, self._units.relation(own or Scope(), theirs or Scope()), is_central)

    def _rule(self, pair: _Pair) -> str:
        number = pair.cited.number or ""
        is_yearly = self._units.restarts_each_year(number) and not pair.is_dated
        found = {
            OTHER_UNIT: pair.relation is Relation.OTHER,
            UNKNOWN_UNIT: not pair.is_of_known_unit and not is_bare(number),
            OTHER_TITLE: pair.has_other_title and not pair.is_dated,
            TOO_LITTLE: is_yearly or not pair.is_of_known_unit or not pair.agrees,
        }
        return next((rule for rule, holds in found.items() if holds), LINKED)

    def _scope_of_record(self, document: Document) -> Scope | None:
        """Whose paper a record is: by its own words, else by the events of the articles it rests on."""
        homes = {self._homes.get(document.id), *(self._home(evidence.article) for evidence in document.evidence)}
        known = [home for home in homes if home]
        home = known[0] if len(known) == 1 else ()
        return self._units.scope_of_paper(document.number, document.issuer, document.name, home)


def is_same_day(cited: CitedDocument, document: Document) -> bool:
    """Whether both give one date."""
    return bool(cited.date and document.date and cited.date.edtf == document.date.edtf)


def _name_of(cited: CitedDocument) -> str:
    """The words of a citation without its title, which may speak of other units."""
    return cited.printed.replace(cited.title, "") if cited.title and cited.title != cited.printed else cited.printed
