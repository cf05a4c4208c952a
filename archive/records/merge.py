"""Two records are one: the first goes into the second, which keeps its id, its address and what it says."""

from __future__ import annotations

from archive.model.schema import FieldSpec, Group, Many
from archive.read.nodes import Value
from archive.records.draft import Draft, Refused, Stamp, Subject
from archive.records.moved import add_redirect
from archive.records.references import drop_links, drop_repeated, key_of, lead_to, links_to, unite_evidence
from archive.records.remove import drop_source
from archive.records.rename import CORRECTIONS

_NAMES, _SAME, _NOT_SAME = "aliases", "possibly_same_as", "not_same_as"
_KEPT = ("name", "name_by", "type", "date_basis")  # of these the record that stays has its own, or none


def merge(draft: Draft, gone: Subject, kept: Subject, stamp: Stamp) -> None:
    """Raises Refused for records of two kinds, and for two of which one says that they are not the same."""
    if gone.kind != kept.kind or gone.id == kept.id:
        raise Refused("merge-not-alike", gone=f"{gone.kind.id}/{gone.id}", kept=f"{kept.kind.id}/{kept.id}")
    for one, other in ((gone, kept), (kept, gone)):
        if other.id in draft.items(one.path, _NOT_SAME):
            raise Refused("merge-not-same", path=one.path, other=other.id)
    drop_links(draft, kept.path, links_to(draft, kept.kind.id, kept.path, gone))
    if gone.is_article:
        drop_source(draft, gone)
    else:
        _unite(draft, gone, kept)
    draft.add(kept.path, CORRECTIONS, [stamp.correction("id", gone.id, kept.id)])
    draft.drop(gone.path)
    del draft.paths[f"{gone.kind.id}/{gone.id}"]
    lead_to(draft, gone, kept.id)
    drop_repeated(draft, kept.path)
    add_redirect(draft, gone.address, kept.address, stamp.reason)


def _unite(draft: Draft, gone: Subject, kept: Subject) -> None:
    """Everything that the record that goes knows and the other does not."""
    drop_links(draft, gone.path, links_to(draft, gone.kind.id, gone.path, kept))
    _unite_names(draft, gone, kept)
    _unite_dates(draft, gone, kept)
    for name, spec in draft.fields(kept.kind.id).items():
        value, own = draft.value(gone.path, name), draft.value(kept.path, name)
        if name in (*_KEPT, _NAMES, "date") or not value:
            continue
        if isinstance(value, list):
            _unite_lists(draft, kept, name, spec, value)
        elif not own:
            draft.set(kept.path, name, value)
        elif own != value:
            draft.tell("merge-differs", field=name, kept=_words(own), gone=_words(value))
    _unite_notes(draft, gone, kept)


def _unite_names(draft: Draft, gone: Subject, kept: Subject) -> None:
    known = [draft.value(kept.path, "name"), *draft.items(kept.path, _NAMES)]
    names = [draft.value(gone.path, "name"), *draft.items(gone.path, _NAMES)]
    draft.add(kept.path, _NAMES, [name for name in dict.fromkeys(map(str, names)) if name not in known])


def _unite_dates(draft: Draft, gone: Subject, kept: Subject) -> None:
    """A date goes with what it rests on."""
    date, own = draft.value(gone.path, "date"), draft.value(kept.path, "date")
    if date and not own:
        for name in ("date", "date_basis"):
            if value := draft.value(gone.path, name):
                draft.set(kept.path, name, value)
    elif date and own != date:
        draft.tell("merge-differs", field="date", kept=_words(own), gone=_words(date))


def _unite_lists(draft: Draft, kept: Subject, name: str, spec: FieldSpec, items: list[Value]) -> None:
    own = draft.items(kept.path, name)
    if isinstance(spec.kind, Many) and isinstance(spec.kind.of, Group) and name not in ("evidence", CORRECTIONS):
        known = {key_of(item): number for number, item in enumerate(own)}
        for item in items:
            if key_of(item) in known:
                unite_evidence(draft, kept.path, f"{name}.{known[key_of(item)]}", item)
        items = [item for item in items if key_of(item) not in known]
    draft.add(kept.path, name, [item for item in items if item not in own])


def _unite_notes(draft: Draft, gone: Subject, kept: Subject) -> None:
    notes = _body(draft, gone.path).strip()
    if notes and notes not in _body(draft, kept.path):
        text = draft.text(kept.path)
        end = draft.front(kept.path).line_end
        draft.put(kept.path, f"{text.rstrip()}{end}{end}{notes}{end}")


def _body(draft: Draft, path: str) -> str:
    front = draft.front(path)
    return front.whole[front.start + len(front.text) :].partition("---")[2]


def _words(value: Value) -> str:
    return ", ".join(map(str, value.values())) if isinstance(value, dict) else str(value)
