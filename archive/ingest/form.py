"""A draft as a form for a person, and back.

In: what was extracted and decided. Out: the form, a dict that JSON can hold; or, from an edited form, the
same values as the person wants them. What a form does not show (the text, what was dropped, relations
between documents) goes through unchanged. `at` is an entry's place in the draft, whatever a person takes out
or moves; `confirmed` holds the keys of doubts (`archive/ingest/form_doubts.py`).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from archive.ingest.doubts import PEOPLE
from archive.ingest.draft import working_title
from archive.ingest.link import NEW, Decided
from archive.knowledge import Knowledge
from archive.known import Known
from archive.language.sentences import sentence_around
from archive.language.spelling import comparable, nfc
from archive.model.dates import Date, Shape
from archive.model.draft import Cleaned, Extracted, What, When, Where, Who
from archive.model.edtf import parse_date
from archive.model.records import Caption, CitedDocument, DateBasis, Participant, Place

_WEB = re.compile(r"https?://[^\s/]+(/\S*)?\Z")
_MONTH, _DAY = r"(?:0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|XX)", r"(?:[0-3][0-9X]|X[0-9X])"
_POINT = rf"[?~%]?[0-9X]{{4}}[?~%]?(?:-[?~%]?{_MONTH}[?~%]?(?:-[?~%]?{_DAY}[?~%]?)?)?"
_LIKE_EDTF = re.compile(rf"[\[{{]?(?:\.\.)?{_POINT}(?:(?:/|,|\.\.)(?:{_POINT})?)*[\]}}]?\Z")
_WHOLE_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SPACES = re.compile(r"\s+")

Form = Mapping[str, Any]


class BadForm(ValueError):
    """A form that gives no record yet; `problems` are (place in the form, code)."""

    def __init__(self, problems: Iterable[tuple[str, str]]) -> None:
        super().__init__("bad form")
        self.problems = tuple(problems)


def form_of(extracted: Extracted, decided: Decided, title: str) -> dict[str, object]:
    """The form as the machine fills it; dates as EDTF, missing values as empty strings."""
    people = [(group, person) for group in PEOPLE for person in getattr(decided.who, group)]
    return {
        "title": title,
        **_circumstances(extracted, decided),
        **_publication(extracted),
        "people": [_person(at, group, person) for at, (group, person) in enumerate(people)],
        "documents": [_document(at, cited) for at, cited in enumerate(decided.what.documents)],
        "captions": [
            {"at": at, "text": caption.text, "credit": caption.credit or ""}
            for at, caption in enumerate(extracted.cleaned.captions)
        ],
        "note": "",
        "confirmed": [],
    }


def _circumstances(extracted: Extracted, decided: Decided) -> dict[str, object]:
    when, where = extracted.when, extracted.where
    basis, place = when.basis, where.place or Place()
    return {
        "date": _edtf(when.date),
        "date_basis": basis.kind if basis else "",
        "date_words": basis.words if basis else "",
        "period": _edtf(when.period),
        "event": decided.event or "",
        "level": where.level or "",
        "sector": list(where.sector),
        "place": place.printed or "",
        "unit": place.unit or "",
    }


def _publication(extracted: Extracted) -> dict[str, object]:
    received, cleaned = extracted.received, extracted.cleaned
    return {
        "publisher": received.publisher or "",
        "published": _published(extracted),
        "url": received.url or cleaned.url or "",
        "byline": list(cleaned.byline),
    }


def _person(at: int, group: str, person: Participant) -> dict[str, object]:
    return {
        "at": at,
        "group": group,
        "official": person.official or "",
        "name": person.name,
        "roles": list(person.roles),
        "capacity": list(person.capacity),
    }


def _document(at: int, cited: CitedDocument) -> dict[str, object]:
    return {
        "at": at,
        "document": cited.document or "",
        "printed": cited.printed,
        "type": cited.type or "",
        "number": cited.number or "",
        "date": _edtf(cited.date),
        "issuer": cited.issuer or "",
        "title": cited.title or "",
    }


def fill(form: Form, extracted: Extracted, decided: Decided, knowledge: Knowledge, known: Known) -> Extracted:
    """What was extracted, as the form has it now. Raises BadForm with everything that can't be used."""
    before = form_of(extracted, decided, working_title(extracted.cleaned))
    reader = _Reader(extracted, knowledge, known, frozenset(_strings(before)))
    if not reader.text("title", form["title"]):
        reader.problems.append(("title", "empty"))
    filled = replace(
        extracted,
        received=_received(form, extracted, before, reader),
        cleaned=_cleaned(form, extracted, before, reader),
        when=_when(form, extracted, before, reader),
        where=_where(form, extracted, before, reader),
        who=reader.who(form["people"]),
        what=reader.what(form["documents"], decided.what),
    )
    reader.record("event", form["event"], known.events)
    if reader.problems:
        raise BadForm(reader.problems)
    return filled


def decided_of(form: Form, filled: Extracted, before: Decided) -> Decided:
    return Decided(filled.who, filled.what, form["event"] or None, before.unsure)


def said_by(title: str, extracted: Extracted) -> str:
    """Whose words a title is: those of the text, if they stand in it, else an editor's."""
    said = _one_line(f"{extracted.received.title or ''}\n{extracted.received.text}")
    return "text" if title and _one_line(title) in said else "editor"


def passage_of(cleaned: Cleaned, wanted: Iterable[str], knowledge: Knowledge) -> str:
    """The sentence that holds the first of the words that can be found; empty if none can."""
    for words in filter(None, wanted):
        for text in (*(block.text for block in cleaned.blocks), *(caption.text for caption in cleaned.captions)):
            at = comparable(text).find(comparable(words))
            if at >= 0:
                start, end = sentence_around(text, at, at + len(words), knowledge.no_sentence_end)
                return text[start:end]
    return ""


def _published(extracted: Extracted) -> str:
    return extracted.received.published or extracted.cleaned.stamp or ""


def _received(form: Form, extracted: Extracted, before: Form, reader: _Reader) -> Any:
    url = reader.text("url", form["url"])
    if url and not _WEB.match(url):
        reader.problems.append(("url", "not-web"))
    published = reader.date("published", form["published"])
    said: dict[str, Any] = {"publisher": reader.text("publisher", form["publisher"]) or None}
    if form["published"] != before["published"]:
        said["published"] = _edtf(published) or None
    if url != before["url"]:
        said["url"] = url or None
    return replace(extracted.received, **said)


def _cleaned(form: Form, extracted: Extracted, before: Form, reader: _Reader) -> Cleaned:
    cleaned = extracted.cleaned
    captions = []
    for at, entry in enumerate(form["captions"]):
        text = reader.text(f"captions.{at}", entry["text"])
        if not text:
            reader.problems.append((f"captions.{at}", "empty"))
        after = cleaned.captions[entry["at"]].after if entry["at"] < len(cleaned.captions) else None
        captions.append(Caption(text=text, after=after, credit=reader.text(f"captions.{at}", entry["credit"]) or None))
    byline = tuple(filter(None, (reader.text("byline", name) for name in form["byline"])))
    changed = replace(cleaned, captions=tuple(captions), byline=byline)
    # What a person takes away must not come back from the second place where the text says it.
    if form["published"] != before["published"]:
        changed = replace(changed, stamp=None)
    return replace(changed, url=None) if form["url"] != before["url"] else changed


def _when(form: Form, extracted: Extracted, before: Form, reader: _Reader) -> When:
    date, period = reader.date("date", form["date"]), reader.date("period", form["period"])
    words = reader.text("date_words", form["date_words"])
    is_untouched = all(form[name] == before[name] for name in ("date", "date_basis", "date_words"))
    if is_untouched:
        return replace(extracted.when, period=period)
    if date and not words:
        reader.problems.append(("date_words", "no-words"))
    reader.literal("date_words", words)
    kind = reader.choice("date_basis", form["date_basis"], "date_basis") or "inferred"
    return replace(extracted.when, date=date, basis=DateBasis(kind=kind, words=words) if date else None, period=period)


def _where(form: Form, extracted: Extracted, before: Form, reader: _Reader) -> Where:
    where = extracted.where
    level = reader.choice("level", form["level"], "levels")
    sector = tuple(filter(None, (reader.choice("sector", code, "sectors") for code in form["sector"])))
    printed, unit = reader.text("place", form["place"]), reader.choice("unit", form["unit"], "places")
    reader.literal("place", printed)
    place = where.place
    if (form["place"], form["unit"]) != (before["place"], before["unit"]):
        place = Place(printed=printed or None, unit=unit, basis=reader.basis(unit)) if printed or unit else None
    return replace(where, level=level, sector=sector, place=place)


@dataclass(slots=True)
class _Reader:
    """Reads values out of a form and keeps account of those that can't be used."""

    extracted: Extracted
    knowledge: Knowledge
    known: Known
    own: frozenset[str]  # what the machine filled in: kept to the letter
    problems: list[tuple[str, str]] = field(default_factory=list)
    said: str = ""

    def __post_init__(self) -> None:
        received = self.extracted.received
        self.said = _one_line(f"{received.title or ''}\n{received.text}")

    def text(self, at: str, value: str) -> str:
        if value in self.own:
            return value
        text = nfc(_SPACES.sub(" ", value)).strip()
        if any(not character.isprintable() for character in text):
            self.problems.append((at, "invisible"))
        return text

    def literal(self, at: str, words: str) -> None:
        """Words that a person puts into the mouth of the text have to stand there."""
        if words not in self.own and _one_line(words) not in self.said:
            self.problems.append((at, "not-in-text"))

    def date(self, at: str, value: str) -> Date | None:
        text = value.strip()
        if not text:
            return None
        try:
            return parse_date(text)
        except ImportError:  # a form that only the edtf library reads, which a browser has not; `check` will
            if _is_like_edtf(text):
                return Date(text, Shape.POINT, (), None, None)
        except ValueError:
            pass
        self.problems.append((at, "bad-date"))
        return None

    def choice(self, at: str, value: str, vocabulary: str) -> str | None:
        if value and value not in self.knowledge.vocabularies[vocabulary]:
            self.problems.append((at, "unknown"))
        return value or None

    def record(self, at: str, id: str, known: Collection[str]) -> str:
        if id not in ("", NEW) and id not in known:
            self.problems.append((at, "unknown-record"))
        return id

    def basis(self, unit: str | None) -> str | None:
        """`text` if the unit's own name stands in the text."""
        if not unit or unit not in self.knowledge.vocabularies["places"]:
            return None
        return "text" if _one_line(self.knowledge.vocabularies["places"][unit].name) in self.said else "editor"

    def who(self, people: list[Form]) -> Who:
        found: dict[str, list[Participant]] = {group: [] for group in PEOPLE}
        for index, entry in enumerate(people):
            at = f"people.{index}"
            name = self.text(at, entry["name"])
            if not name:
                self.problems.append((at, "empty"))
            self.literal(at, name)
            person = Participant(
                official=self.record(at, entry["official"], self.known.officials) or NEW,
                name=name,
                roles=tuple(filter(None, (self.text(at, role) for role in entry["roles"]))),
                capacity=tuple(filter(None, (self.choice(at, code, "capacities") for code in entry["capacity"]))),
            )
            found[entry["group"] if entry["group"] in found else "mentioned"].append(person)
        speakers, attendees, mentioned = (tuple(found[group]) for group in PEOPLE)
        return replace(self.extracted.who, speakers=speakers, attendees=attendees, mentioned=mentioned)

    def what(self, documents: list[Form], before: What) -> What:
        """Relations go with the documents they join."""
        cited, now = [], dict[int, int]()
        for index, entry in enumerate(documents):
            at = f"documents.{index}"
            printed = self.text(at, entry["printed"])
            if not printed:
                self.problems.append((at, "empty"))
            self.literal(at, printed)
            if not entry["type"] and entry["document"] == NEW:
                self.problems.append((at, "no-type"))
            now[entry["at"]] = index
            cited.append(
                CitedDocument(
                    document=self.record(at, entry["document"], self.known.documents) or None,
                    printed=printed,
                    type=self.choice(at, entry["type"], "document_types"),
                    number=self.text(at, entry["number"]) or None,
                    date=self.date(at, entry["date"]),
                    issuer=self.text(at, entry["issuer"]) or None,
                    title=self.text(at, entry["title"]) or None,
                )
            )
        relations = tuple(
            replace(relation, source=now[relation.source], target=now[relation.target])
            for relation in before.relations
            if relation.source in now and relation.target in now
        )
        return replace(before, documents=tuple(cited), relations=relations)


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for held in value.values() if isinstance(value, Mapping) else value:
            yield from _strings(held)


def _one_line(text: str) -> str:
    return comparable(" ".join(text.split()))


def _is_like_edtf(text: str) -> bool:
    """Whether a text has the look of EDTF, and every day in it is one."""
    try:
        for day in _WHOLE_DAY.findall(text):
            datetime.date.fromisoformat(day)
    except ValueError:
        return False
    return _LIKE_EDTF.match(text) is not None


def _edtf(date: Date | None) -> str:
    return date.edtf if date else ""
