"""A record gets another id: its file, every reference to it, and a redirect from its old address."""

from __future__ import annotations

import re

from archive.model.schema import ID
from archive.records.draft import Draft, Refused, Stamp, Subject
from archive.records.moved import add_redirect, check_free
from archive.records.references import lead_to

CORRECTIONS = "corrections"


def rename(draft: Draft, subject: Subject, id: str, stamp: Stamp) -> None:
    """Raises Refused for an id that is none, or that belongs to another record."""
    check_id(id)
    new = f"/{subject.kind.address}/{id}/"
    check_free(draft, subject.kind.id, id, new, mine=subject.address)
    give_id(draft, subject, id, stamp)
    add_redirect(draft, subject.address, new, stamp.reason)


def check_id(id: str) -> None:
    if not re.fullmatch(ID, id):
        raise Refused("bad-id", id=id)


def give_id(draft: Draft, subject: Subject, id: str, stamp: Stamp) -> None:
    """The file and all references, without a redirect."""
    lead_to(draft, subject, id)
    draft.add(subject.path, CORRECTIONS, [stamp.correction("id", subject.id, id)])
    path = f"{subject.path.rpartition('/')[0]}/{id}.md"
    draft.move(subject.path, path)
    del draft.paths[f"{subject.kind.id}/{subject.id}"]
    draft.paths[f"{subject.kind.id}/{id}"] = path
