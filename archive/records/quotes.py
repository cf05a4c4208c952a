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

    Of an article: words of it that editors quote. Of others: their names in articles. Of all: links to their pages.
    """
    address = f"{subject.kind.address}/{subject.id}"
    own = _runs(text[len(front_of(text).text) :]) if subject.is_article else frozenset()
    names = () if subject.is_article else _names(tree(front_of(text).root))
    found = []
    for key, path in sorted(draft.paths.items()):
        kind = key.partition("/")[0]
        if path == subject.path or kind == REMOVED:
            continue
        written = draft.text(path)
        for number, line in enumerate(unicodedata.normalize("NFC", written).splitlines(), 1):
            quotes = own and _is_editors(kind, line, number, written) and own & _runs(line)
            named = kind == "articles" and any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", line) for name in names)
            linked = kind != "articles" and address in line
            if quotes or named or linked:
                found.append(Quote(path, number, line.strip()))
    return found + list(_in_bundles(draft, own, names))


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
        text = draft.read(path).decode("utf-8", "replace")
        for number, line in enumerate(unicodedata.normalize("NFC", text).splitlines(), 1):
            if own & _runs(line) or any(name in line for name in names):
                yield Quote(path, number, line.strip())


def _is_editors(kind: str, line: str, number: int, text: str) -> bool:
    """Whether a line may hold words that an editor took from elsewhere, and not those of another source."""
    field = re.match(r"\s*(?:- )?\{?(\w+):", line)
    front = front_of(text)
    is_front = number <= text.count("\n", 0, front.start + len(front.text))
    if kind == "articles":
        return is_front and bool(field and field[1] in _EDITORS)
    return not (is_front and field and (field[1] in _SOURCED or (field[1] == "name" and kind != "events")))


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
