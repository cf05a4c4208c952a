"""What the commands that change records have in common: the dry run, its diff, what is told, and the writing."""

from __future__ import annotations

import argparse
import datetime
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from difflib import unified_diff

from archive.build.records import carry_out
from archive.commands.words import Words
from archive.config import Paths
from archive.problems import Catalogue, format_text
from archive.progress import Progress
from archive.records import Draft, Edit, Quote, Refused, Stamp, Told

_NOWHERE = "/dev/null"
_SOURCES = "content/sources/"
_LONGEST = 160  # of a line that is quoted


def add_common(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--reason", required=True, metavar=words("value-reason"), help=words("help-reason"))
    parser.add_argument("--do", action="store_true", help=words("help-do"))
    parser.add_argument("--with-warnings", action="store_true", help=words("help-with-warnings"))
    parser.add_argument("--date", type=_day, metavar=words("value-captured"), help=words("help-change-date"))


def _day(written: str) -> str:
    return datetime.date.fromisoformat(written).isoformat()


def stamp_of(options: argparse.Namespace, by: str | None = None) -> Stamp:
    """Raises Refused without a reason."""
    if not options.reason.strip():
        raise Refused("records-no-reason")
    return Stamp(options.date or datetime.datetime.now().astimezone().date().isoformat(), options.reason.strip(), by)


def run_change(options: argparse.Namespace, paths: Paths, words: Words, change: Callable[[Draft], None]) -> int:
    """Prints what `change` does, and does it with `--do`."""
    try:
        plan = carry_out(paths, change, Progress(quiet=True), do=options.do, with_warnings=options.with_warnings)
    except Refused as refused:
        return refuse(refused, words)
    print("\n".join(_diff(plan.edits, words)))
    for told in plan.told:
        print(_said(told, words))
    catalogue = Catalogue.load(paths.site_config, words.language)
    if plan.problems:
        print(format_text(plan.problems, catalogue))
    if plan.hindered:
        print(words("records-hindered" if catalogue.errors(plan.problems) else "records-warned"), file=sys.stderr)
        return 1
    print(words("records-done" if options.do else "records-dry", number=len(plan.edits)), file=sys.stderr)
    return 0


def refuse(refused: Refused, words: Words) -> int:
    """Says why nothing can be done; the exit status of wrong use."""
    print(_said(refused.told, words), file=sys.stderr)
    return 2


def tell_quotes(draft: Draft, name: str, quotes: Sequence[Quote]) -> None:
    """A heading (a sentence of commands.yml), and each place below it."""
    if quotes:
        draft.tell(name, number=len(quotes))
    for quote in quotes:
        draft.tell("records-place", path=quote.path, line=quote.line, words=quote.words[:_LONGEST])


def _said(told: Told, words: Words) -> str:
    return words(told.name, **told.values)


def _diff(edits: Iterable[Edit], words: Words) -> Iterator[str]:
    """A unified diff of every file; of a source that goes only its name."""
    for edit in edits:
        path = edit.path or edit.before_path or ""
        if path.startswith(_SOURCES):
            yield words("records-source-gone", path=path)
            continue
        if edit.before_path and edit.path and edit.before_path != edit.path:
            yield words("records-moved", old=edit.before_path, new=edit.path)
        old, new = (data.decode("utf-8", "replace").splitlines() for data in (edit.before, edit.after))
        names = (f"a/{edit.before_path}" if edit.before_path else _NOWHERE, f"b/{edit.path}" if edit.path else _NOWHERE)
        yield from unified_diff(old, new, *names, lineterm="")
