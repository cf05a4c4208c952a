"""`build.py summary --before DIR --after DIR`: what the later site adds, as Markdown for whoever merges it."""

from __future__ import annotations

import argparse
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from archive.commands.words import Words
from archive.config import Paths
from archive.knowledge import load_knowledge
from archive.review import Change, Cited, Doubt, Listed, Review, Unreadable, review

MOST = 50  # entries of a list; GitHub refuses a summary of more than a megabyte
FEW = 20  # things that one record leaves open
_LONGEST = 200
_ACTIVE = re.compile(r"[!-$&'*+.:<=>@\[-`{-~]")


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--before", type=Path, required=True, metavar=words("folder"), help=words("help-before"))
    parser.add_argument("--after", type=Path, required=True, metavar=words("folder"), help=words("help-after"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    knowledge = load_knowledge(paths.site_config)
    data = knowledge.addresses.pages.data
    if not (options.after / data).is_dir():
        print(words("no-site", path=options.after), file=sys.stderr)
        return 2
    names = {kind.id: kind.plural for kind in knowledge.kinds.values()}
    try:
        found = review(options.before, options.after, data)
    except Unreadable as error:
        print(words("bad-site", path=error), file=sys.stderr)
        return 2
    print("\n".join(summary(found, names, words)))
    return 0


def summary(found: Review, names: dict[str, str], words: Words) -> Iterator[str]:
    """The lines of the summary; all that comes from records is made plain."""
    yield words("summary-title")
    yield from _numbers(found, names, words)
    yield from _section(words("summary-unsure"), list(_doubts(found.doubts, words)), words)
    for kind, change in _in_order(found, names):
        heading = plain(names.get(kind, kind))
        yield from _section(words("summary-added", kind=heading), [_entry(one) for one in change.added], words)
        yield from _section(words("summary-removed", kind=heading), [_entry(one) for one in change.removed], words)
        yield from _section(words("summary-changed", kind=heading), [_entry(one) for one in change.changed], words)
    yield from _section(words("summary-gained"), [_cited(one, words) for one in found.gained], words)
    yield from _section(words("summary-lost"), [_cited(one, words) for one in found.lost], words)
    yield from _section(words("summary-settled"), [_cited(one, words) for one in found.settled], words)
    yield from _section(words("summary-pages-removed"), [plain(page) for page in found.pages_removed], words)


def _numbers(found: Review, names: dict[str, str], words: Words) -> Iterator[str]:
    yield ""
    yield words("summary-columns")
    yield "| --- | ---: | ---: | ---: | ---: |"
    yield _row(words("summary-pages"), len(found.pages_added), len(found.pages_removed), "", found.pages)
    for kind, change in _in_order(found, names):
        yield _row(plain(names.get(kind, kind)), *_sizes(change))
    cited = sum(found.citations.values())
    yield _row(words("summary-citations"), len(found.gained), len(found.lost), len(found.settled), cited)
    for name, number in found.citations.items():
        yield _row(words(f"summary-cited-{name}"), "", "", f"{number - found.citations_before[name]:+d}", number)


def _in_order(found: Review, names: dict[str, str]) -> list[tuple[str, Change]]:
    """The kinds as site-config/kinds.yml has them."""
    order = {kind: place for place, kind in enumerate(names)}
    return sorted(found.records.items(), key=lambda item: (order.get(item[0], len(order)), item[0]))


def _sizes(change: Change) -> tuple[int, int, int, int]:
    return len(change.added), len(change.removed), len(change.changed), change.total


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(cell) for cell in cells)} |"


def _section(heading: str, lines: Sequence[str], words: Words) -> Iterator[str]:
    if lines:
        yield from ("", f"### {heading}", "")
        yield from (f"- {line}" for line in lines[:MOST])
        if len(lines) > MOST:
            yield words("summary-more", number=len(lines) - MOST)


def _entry(one: Listed) -> str:
    facts = [one.row.get("date"), one.row.get("level"), one.row.get("rights")]
    said = ", ".join([*(plain(fact) for fact in facts if isinstance(fact, str)), *map(plain, one.fields)])
    return f"{plain(one.name)} (`{plain_id(one.id)}`)" + (f": {said}" if said else "")


def _cited(one: Cited, words: Words) -> str:
    line = f"{plain(one.printed)} (`{plain_id(one.article)}`): {_meant(one.records, words)}"
    return line + ("" if one.before is None else words("summary-was", records=_meant(one.before, words)))


def _meant(records: Iterable[str], words: Words) -> str:
    return ", ".join(f"`{plain_id(record)}`" for record in records) or words("summary-nothing")


def _doubts(doubts: Iterable[Doubt], words: Words) -> Iterator[str]:
    """One line a record, with all that it leaves open."""
    for (_, id), ones in groupby(doubts, key=lambda doubt: (doubt.kind, doubt.id)):
        open_ = [words(f"open-{doubt.why}") + (f" “{plain(doubt.words)}”" if doubt.words else "") for doubt in ones]
        more = [f"… (+{len(open_) - FEW})"] if len(open_) > FEW else []
        yield f"`{plain_id(id)}`: {'; '.join([*open_[:FEW], *more])}"


def plain(text: str) -> str:
    """Text that GitHub shows as it is: no markup, no link, no letter that can't be seen.

    >>> plain("*a* www.b.example")
    '&#42;a&#42; www&#46;b&#46;example'
    """
    line = " ".join("".join(letter for letter in text if unicodedata.category(letter) != "Cf").split())
    seen = "".join(letter for letter in line if unicodedata.category(letter)[0] != "C")
    cut = seen if len(seen) <= _LONGEST else f"{seen[:_LONGEST]}…"
    return _ACTIVE.sub(lambda match: f"&#{ord(match.group())};", cut)


def plain_id(text: str) -> str:
    """An id for a code span, which is shown as it stands."""
    return re.sub(r"[^A-Za-z0-9-]", "?", text)
