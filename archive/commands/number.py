"""`build.py number [ARTICLE…]`: the markers by which published paragraphs keep their numbers, proposed or written."""

from __future__ import annotations

import argparse
import difflib
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping

from archive.build.ledger import read_ledger
from archive.check.paragraphs import missing_markers
from archive.commands.words import Words
from archive.config import Paths
from archive.holdings import records
from archive.knowledge import load_knowledge
from archive.ledger import Entry
from archive.model.records import Article
from archive.numbering import with_markers
from archive.problems import Report


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("articles", nargs="*", metavar=words("article-id"), help=words("help-number-articles"))
    parser.add_argument("--do", action="store_true", help=words("help-number-do"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    knowledge, wanted = load_knowledge(paths.site_config), set(options.articles)
    series, published = knowledge.addresses.anchors.paragraph, _published(read_ledger(paths))
    seen, changed = set[str](), 0
    for _, record in records(paths, knowledge, Report()):
        if not isinstance(record, Article) or (wanted and record.id not in wanted):
            continue
        seen.add(record.id)
        missing = missing_markers(record.body, published.get(f"articles/{record.id}", {}), series)
        if not missing:
            continue
        changed += 1
        file = paths.content.parent / record.origin.path
        before = file.read_bytes().decode("utf-8")
        after = with_markers(before, missing)
        print("".join(_difference(record.origin.path, before, after)), end="")
        if options.do:
            file.write_bytes(after.encode("utf-8"))
    if unknown := sorted(wanted - seen):
        print(words("number-unknown", ids=", ".join(unknown)), file=sys.stderr)
        return 2
    print(words("number-done" if options.do or not changed else "number-proposed", articles=changed))
    return 0


def _published(entries: Iterable[Entry]) -> Mapping[str, dict[str, str]]:
    """Article → anchor → digest."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for entry in entries:
        if entry.anchor:
            found[entry.record][entry.anchor] = entry.digest
    return found


def _difference(path: str, before: str, after: str) -> Iterable[str]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    for line in difflib.unified_diff(old, new, path, path, n=0):
        yield line if line.endswith("\n") else line + "\n"
