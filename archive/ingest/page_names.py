"""What the names in a page's mark-up say: classes, ids and the like → kinds of parts, by site-config/pages.yml.

In: what that file says; a node. Out: the kinds its names belong to, and whether words are a label before links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from archive.ingest.markup import Node
from archive.ingest.rules.pages import PagePattern, PageRules
from archive.rules.reader import ConfigError

_NAMING = ("class", "id", "itemprop", "data-role", "type", "role")
_MOST_NAMES = 16
_LONGEST_NAME = 60
_LONGEST_LABEL = 60
_CACHED = 20_000
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^0-9a-z]{1,60}")
_HASHED = re.compile(r"([a-z]{6,30}?)[0-9a-f]{16,40}")  # SharePoint: ExternalClass and 32 digits
_NO_KINDS: frozenset[str] = frozenset()


class PageNames:
    """Kinds of parts by the names of the mark-up, and the labels that stand before links to other reports."""

    def __init__(self, rules: PageRules) -> None:
        """Raises ConfigError naming the entry that can't be compiled."""
        self._whole: dict[str, set[str]] = {}
        self._words: dict[str, set[str]] = {}
        for kind, entry in rules.names.items():
            for name in entry.whole:
                self._whole.setdefault(name, set()).add(kind)
            for word in entry.words:
                self._words.setdefault(word, set()).add(kind)
        self._labels = _any_of(rules.labels, "labels")
        self._no_authors = _any_of(rules.no_authors, "no-authors")
        self.tracking = rules.tracking
        self._known: dict[str, frozenset[str]] = {}

    def of(self, node: Node) -> frozenset[str]:
        """The kinds that any of a node's names belongs to."""
        if node.kinds is None:
            said = " ".join(node.attributes[name] for name in _NAMING if name in node.attributes)
            node.kinds = self.kinds(said) if said else _NO_KINDS
        return node.kinds

    def kinds(self, said: str) -> frozenset[str]:
        found = self._known.get(said)
        if found is None:
            names = said.split(maxsplit=_MOST_NAMES)[:_MOST_NAMES]
            found = frozenset[str]().union(*(self._of_name(name[:_LONGEST_NAME]) for name in names))
            if len(self._known) < _CACHED:
                self._known[said] = found
        return found

    def is_label(self, words: str) -> bool:
        return len(words) <= _LONGEST_LABEL and self._labels.fullmatch(words) is not None

    def is_no_author(self, name: str) -> bool:
        return self._no_authors.fullmatch(name) is not None

    def _of_name(self, name: str) -> set[str]:
        joined = _SEPARATORS.sub("-", _CAMEL.sub("-", name).lower()).strip("-")
        plain = name.lower()
        if hashed := _HASHED.fullmatch(plain):
            plain = hashed[1]
        found = self._whole.get(joined, set()) | self._whole.get(plain, set()) | self._words.get(plain, set())
        return found.union(*(self._words.get(word.rstrip("0123456789"), ()) for word in joined.split("-")))


def _any_of(patterns: Sequence[PagePattern], name: str) -> re.Pattern[str]:
    try:
        return re.compile("|".join(f"(?:{entry.pattern})" for entry in patterns), re.IGNORECASE)
    except re.error as error:
        raise ConfigError(str(error), "pages", (name,)) from error
