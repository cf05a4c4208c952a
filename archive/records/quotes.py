"""What of a record still stands in other files: words of an article that editors quote, names, links.

In: a draft from which a record has gone, and what it held. Out: places, for a person to look at.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from archive.model.records import REMOVED
from archive.read.nodes import Value, front_of, node_at, tree
from archive.records.draft import Draft, Subject
from archive.records.references import files_naming

_FIELD = re.compile(r"\s*(?:- )?\{?(\w+):")
_RUN = 5  # words in a row that make a quotation
# Fields of an article in which an editor's words stand, and the first fields of lists that hold such.
_EDITORS = (
    "note",
    "reason",
    "before",
    "after",
    "value",
    "other",
    "text",
    "date",
    "field",
    "action",
    "kind",
    "date_basis",
    "corrections",
    "changes",
    "unsure",
)

# Fields of other records that rest on evidence of their own, which `check` looks for.
_SOURCED = ("article", "words", "number", "issuer", "title", "organiser", "organiser_unit", "type", "printed")


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """A line of a file; `line` counts from 1."""

    path: str
    line: int
    words: str


def quotes_of(draft: Draft, subject: Subject, text: str) -> list[Quote]:
    """Lines of other files that repeat what `text`, the file of the record as it was, says or is known by.

    Of an article: words of it, and of no other, that editors quote. Of others: their names in articles. Of all: links
    to their pages.
    """
    own = _own_runs(draft, subject, text) if subject.is_article else frozenset()
    names = () if subject.is_article else _names(tree(front_of(text).root))
    printed = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names) or r"(?!)")
    address = re.compile(rf"{re.escape(f'{subject.kind.address}/{subject.id}')}(?![\w-])")
    found = []
    for key, path in sorted(draft.paths.items()):
        kind = key.partition("/")[0]
        if path == subject.path or kind == REMOVED:
            continue
        written = unicodedata.normalize("NFC", draft.text(path))
        known = printed if kind == "articles" else address
        lines = (
            {number: line for number, line in _lines(written) if known.search(line)} if known.search(written) else {}
        )
        if own:
            lines |= {number: line for number, line in _of_editors(kind, written) if own & _runs(line)}
        found += [Quote(path, number, line.strip()) for number, line in sorted(lines.items())]
    return found + list(_in_bundles(draft, own, names))


def _own_runs(draft: Draft, article: Subject, text: str) -> frozenset[tuple[str, ...]]:
    """The runs of words of an article that editors' lines repeat and that no other article prints."""
    own = _runs(text[len(front_of(text).text) :])
    others = [path for key, path in sorted(draft.paths.items()) if path != article.path]
    repeated: set[tuple[str, ...]] = set()
    for path in others:
        for _, line in _of_editors(path.split("/")[1], draft.text(path)):
            repeated |= own & _runs(line)
    for path in draft.beside:
        repeated |= own & _runs(draft.read(path).decode("utf-8", "replace"))
    for path in others if repeated else ():
        if path.startswith("content/articles/"):
            other = draft.text(path)
            repeated -= _runs(other[other.find("\n---", 3) :])
    return frozenset(repeated)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    yield from enumerate(text.splitlines(), 1)


def evidence_from(draft: Draft, article: Subject) -> list[Quote]:
    """Where other records rest on the words of an article."""
    found = []
    for _, path, held in files_naming(draft, article):
        front = draft.front(path)
        for link in held:
            node = node_at(front.root, link.place.rpartition(".")[0])
            if node is not None:
                found.append(Quote(path, front.line_of(node), str(draft.value(path, f"{link.place[:-7]}words") or "")))
    return found


def _in_bundles(draft: Draft, own: frozenset[tuple[str, ...]], names: Collection[str]) -> Iterator[Quote]:
    for path in draft.beside:
        text = unicodedata.normalize("NFC", draft.read(path).decode("utf-8", "replace"))
        for number, line in _lines(text):
            if own & _runs(line) or any(name in line for name in names):
                yield Quote(path, number, line.strip())


def _of_editors(kind: str, text: str) -> Iterator[tuple[int, str]]:
    """Lines that may hold words which an editor took from elsewhere, and not those of another source."""
    is_front = text.startswith(("---", "\ufeff---"))
    for number, line in _lines(text):
        is_front = is_front and not (number > 1 and line.rstrip() == "---")
        field = _FIELD.match(line) if is_front else None
        name = field[1] if field else ""
        if kind == "articles":
            if not is_front:
                return
            if name in _EDITORS:
                yield number, line
        elif not (name in _SOURCED or (name == "name" and kind != "events")):
            yield number, line


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    words = re.findall(r"\w+", unicodedata.normalize("NFC", text).lower())
    return frozenset(tuple(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))


def _names(held: Value) -> tuple[str, ...]:
    """Name, aliases and number of a record."""
    return tuple(_said(held)) if isinstance(held, Mapping) else ()


def _said(held: Mapping[str, Value]) -> Iterator[str]:
    aliases = held.get("aliases")
    for value in (held.get("name"), held.get("number"), *(aliases if isinstance(aliases, list) else ())):
        if isinstance(value, str) and value:
            yield unicodedata.normalize("NFC", value)
