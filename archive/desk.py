"""The contribution desk: a text → a form for a person, the form → a bundle. At work in browsers.

In: what site-config/ says and du-lieu/known.json, as JSON; then a text, then the form as the person leaves
it. Out: JSON. A form that nobody touches gives the files that `build.py import` writes. Imports nothing
beyond the standard library.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from archive.bundle import ENDING, write_bundle
from archive.ingest.draft import Importer, working_title
from archive.ingest.form import BadForm, Form, decided_of, fill, form_of, passage_of, said_by
from archive.ingest.form_doubts import key_of, spot_of, still_open
from archive.ingest.link import Decided
from archive.ingest.rules.importing import IMPORT_FILES, read_import_rules
from archive.knowledge import Knowledge, make_knowledge
from archive.known import Known, read_known
from archive.model.draft import Draft, Extracted, Unsure
from archive.problems import Catalogue, Report
from archive.rules.problems import read_problem_rules, read_sentences
from archive.rules.reader import read_rules
from archive.rules.site import SiteRules

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

FILES = (
    *(
        "vocabularies",
        "levels",
        "places",
        "capacities",
        "document-types",
        "relations",
        "redirects",
        "kinds",
        "labels",
        "addresses",
        "tiles",
    ),
    *("dates", "language", "citations", "fields", *IMPORT_FILES, "problems", "commands", "site"),
)  # of site-config/, without ending: what a desk is opened with
INBOX = "content/inbox/"
_CHOICES = ("levels", "places", "capacities", "document_types", "sectors", "date_basis")


class Desk:
    """One text at a time."""

    def __init__(self, files: Mapping[str, dict[str, object]], known: Known) -> None:
        self.knowledge: Knowledge = make_knowledge(files.__getitem__)
        self.known = known
        self.words = self.knowledge.labels["contribute"]
        self.reasons = read_sentences(files["commands"], "commands")
        self.catalogue = Catalogue(read_problem_rules(files["problems"]), "vi")
        rights = read_rules(SiteRules, files["site"], "site").import_rights
        self.importer = Importer(known, self.knowledge, read_import_rules(files.__getitem__), rights)
        self._read: tuple[Extracted, Decided, tuple[Unsure, ...]] | None = None

    @classmethod
    def open(cls, files: str, rows: str) -> Desk:
        return cls(json.loads(files), read_known(json.loads(rows)))

    def choices(self) -> str:
        """What the form offers: [code, name] of vocabularies, and of the records that are there."""
        terms = self.knowledge.vocabularies
        offered: dict[str, object] = {name: [[t.code, t.name] for t in terms[name].values()] for name in _CHOICES}
        offered["officials"] = [[id, official.names[0]] for id, official in self.known.officials.items()]
        offered["events"] = [[id, event.name] for id, event in self.known.events.items()]
        offered["documents"] = [[id, document.name] for id, document in self.known.documents.items()]
        return _json(offered)

    def draft(self, name: str, data: ReadableBuffer, again: bool = False) -> str:
        """The form of a text or a saved page; an empty `name` is that of a pasted one."""
        return _json(self._draft(name, bytes(data), again))

    def _draft(self, name: str, data: bytes, again: bool) -> dict[str, object]:
        report = Report()
        digest = hashlib.sha256(data).hexdigest()
        extracted = self.importer.extract(name or f"{digest[:16]}.txt", data, report)
        said = [
            {"message": self.catalogue.message(problem), "hint": self.catalogue.hint(problem)} for problem in report
        ]
        if extracted is None:
            return {"state": "refused", "said": said}
        known = self.importer.sources.get(digest) or self.importer.double_of(extracted)
        if known and not again:
            return {"state": "double", "said": said, "id": known, "title": self.known.articles[known].title}
        decided = self.importer.decide(extracted)
        draft = self._compose(extracted, decided)
        self._read = extracted, decided, draft.unsure
        form = form_of(extracted, decided, working_title(extracted.cleaned))
        return {
            "state": "draft",
            "said": said,
            "form": form,
            "unsure": [self._doubt(doubt, form, extracted) for doubt in draft.unsure],
            "dropped": [self._dropped(change.kind, change.text, change.line) for change in draft.dropped],
            "body": [block.text for block in extracted.cleaned.blocks],
        }

    def finish(self, form: str) -> str:
        """The bundle of the form of the last draft, or what has to be mended in it first."""
        return _json(self._finish(json.loads(form)))

    def _finish(self, form: Form) -> dict[str, object]:
        assert self._read
        extracted, before, unsure = self._read
        try:
            filled = fill(form, extracted, before, self.knowledge, self.known)
        except BadForm as bad:
            return {
                "problems": [
                    {"at": at, "message": self.knowledge.labels["contribute_problems"][code]}
                    for at, code in bad.problems
                ]
            }
        decided = decided_of(form, filled, before)
        own = working_title(extracted.cleaned)
        title = "" if form["title"] == own else form["title"]
        left = tuple(still_open(unsure, form_of(extracted, before, own), form))
        draft = self._compose(filled, decided, title, said_by(title, extracted), left)
        files = {path: text.encode() for path, text in draft.files.items()} | {draft.source_path: draft.source}
        return {
            "problems": [],
            "name": f"{draft.id}{ENDING}",
            "path": f"{INBOX}{draft.id}{ENDING}",
            "files": list(files),
            "bundle": write_bundle(files, "\n".join(self._comment(draft, title or own, form))),
        }

    def _compose(
        self,
        extracted: Extracted,
        decided: Decided,
        title: str = "",
        title_by: str = "editor",
        unsure: tuple[Unsure, ...] | None = None,
    ) -> Draft:
        self.importer.linker.taken.clear()
        return self.importer.compose(extracted, decided, title, title_by, unsure=unsure)

    def _comment(self, draft: Draft, title: str, form: Form) -> Iterator[str]:
        """For the maintainer: the title, what the machine was not sure of, and a word of the contributor."""
        yield title
        for doubt in draft.unsure:
            field = f"{doubt.field} ({doubt.named})" if doubt.named else doubt.field
            yield self.words["comment_unsure"].format(field=field, value=doubt.value, why=self._why(doubt))
        if note := str(form.get("note") or "").strip():
            yield self.words["comment_note"].format(note=" ".join(note.split()))

    def _why(self, doubt: Unsure) -> str:
        reason = self.reasons.get(f"why-{doubt.why}")
        return str(reason["vi"]) if reason else doubt.why

    def _doubt(self, doubt: Unsure, form: Form, extracted: Extracted) -> dict[str, str]:
        """`at` is an entry or a field of the form, `field` a field of that entry, empty for all of it."""
        spot = spot_of(doubt, form)
        wanted = (doubt.words, *doubt.words.split(" / "), doubt.named)
        return {
            "key": key_of(doubt),
            "at": spot.at,
            "field": spot.fields[0] if spot.rest else "",
            "named": doubt.named,
            "value": doubt.value,
            "other": doubt.other,
            "why": self._why(doubt),
            "words": doubt.words,
            "passage": passage_of(extracted.cleaned, wanted, self.knowledge),
        }

    def _dropped(self, kind: str | None, text: str | None, line: int | None) -> dict[str, object]:
        named = self.knowledge.vocabularies["change_kinds"]
        return {"kind": named[kind].name if kind and kind in named else "", "text": text or "", "line": line}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
