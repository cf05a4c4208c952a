"""A value of a record was wrong: it is set right, and the correction is written down in the record."""

from __future__ import annotations

from archive.knowledge import Knowledge
from archive.model.edtf import parse_date
from archive.model.schema import FieldKind, FieldSpec, Group, Many, fields_of
from archive.read.nodes import Uneditable, Value, node_at, tree, yaml_of
from archive.records.draft import Draft, Refused, Stamp, Subject
from archive.records.rename import CORRECTIONS

BODY = "body"
_NOTHING = ("", "null")


def correct(draft: Draft, subject: Subject, field: str, value: str, stamp: Stamp, before: str | None = None) -> Subject:
    """Sets `field` to `value`, `null` for nothing; in the body, `value` takes the place of the words `before`.

    Returns the record where it lies then: an article with another year has another folder.

    A list is written as in YAML, `[a, b]`. Raises Refused for a field that the kind does not have, for words that
    do not stand in the body exactly once, and where nothing would change.
    """
    if field == BODY:
        _correct_body(draft, subject.path, value, before)
        was, now = before, value or None
    else:
        kind = _kind_of(draft, subject, field)
        new = _value(value, kind)
        old = draft.value(subject.path, field)
        if new == old:
            raise Refused("correct-same", path=subject.path, field=field)
        draft.set(subject.path, field, new)
        was, now = _words(old), _words(new)
    draft.add(subject.path, CORRECTIONS, [stamp.correction(field, was, now)])
    return _in_its_year(draft, subject) if field == "date" and subject.is_article else subject


def _correct_body(draft: Draft, path: str, value: str, before: str | None) -> None:
    front = draft.front(path)
    start = front.start + len(front.text)
    head, body = front.whole[:start], front.whole[start:]
    if not before or body.count(before) != 1:
        raise Refused("correct-body", path=path, number=body.count(before) if before else 0)
    draft.put(path, head + body.replace(before, value))


def _kind_of(draft: Draft, subject: Subject, field: str) -> FieldKind:
    """What belongs at a dotted place of the record."""
    fields, root, at = draft.fields(subject.kind.id), draft.front(subject.path).root, ""
    kind: FieldKind | None = None
    for part in field.split("."):
        at = f"{at}.{part}" if at else part
        if part.isdigit() and isinstance(kind, Many):
            if node_at(root, at) is None:
                raise Refused("correct-no-item", path=subject.path, field=at)
            kind = kind.of
            continue
        inner: dict[str, FieldSpec] = {**fields_of(kind.of)} if isinstance(kind, Group) else {}
        spec = (fields if kind is None else inner).get(part)
        kind = spec.kind if spec else None
        if kind is None or field.partition(".")[0] == CORRECTIONS:
            raise Refused("correct-no-field", field=field, known=", ".join(fields))
    assert kind is not None
    if isinstance(kind, Group) or (isinstance(kind, Many) and isinstance(kind.of, Group)):
        raise Refused("correct-group", field=field)
    return kind


def _value(written: str, kind: FieldKind) -> Value:
    if not isinstance(kind, Many):
        return None if written in _NOTHING else written
    if not written.startswith("["):
        return [] if written in _NOTHING else [written]
    try:
        held = tree(yaml_of(f"list: {written}\n").root)
    except Uneditable as error:
        raise Refused("correct-list", value=written) from error
    items = held.get("list") if isinstance(held, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise Refused("correct-list", value=written)
    return items


def _words(value: Value) -> str | None:
    return ", ".join(map(str, value)) or None if isinstance(value, list) else str(value) if value else None


def _in_its_year(draft: Draft, article: Subject) -> Subject:
    """An article lies in the folder of its year."""
    try:
        date = draft.value(article.path, "date")
        years = [str(year) for year in parse_date(date).years] if isinstance(date, str) else []
    except ValueError:
        return article  # `check` says what is wrong with it
    folder, _, name = article.path.rpartition("/")
    above, _, year = folder.rpartition("/")
    fitting = years or [_unknown_year(draft.knowledge)]
    if year in fitting:
        return article
    path = f"{above}/{fitting[0]}/{name}"
    draft.move(article.path, path)
    draft.paths[f"{article.kind.id}/{article.id}"] = path
    return Subject(article.kind, article.id, path)


def _unknown_year(knowledge: Knowledge) -> str:
    return knowledge.addresses.parts.unknown
