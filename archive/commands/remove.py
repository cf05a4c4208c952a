"""`build.py remove RECORD`: a record is taken down, and a tombstone stays at its address."""

from __future__ import annotations

import argparse
from collections.abc import Collection

from archive.build.records import unfounded_after
from archive.commands.changes import add_common, refuse, run_change, stamp_of, tell_quotes
from archive.commands.words import Words
from archive.config import Paths
from archive.records import Draft, Refused, only_named_by, quotes_of, remove, subject_of


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("record", metavar=words("value-record"), help=words("help-record"))
    parser.add_argument("--along", action="store_true", help=words("help-remove-along"))
    parser.add_argument("--by", metavar=words("value-publisher"), help=words("help-remove-by"))
    add_common(parser, words)


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    def change(draft: Draft, unfounded: Collection[tuple[str, str]]) -> None:
        subject, stamp = subject_of(draft, options.record), stamp_of(options, options.by)
        left = only_named_by(draft, [subject])
        gone = [subject, *left] if options.along else [subject]
        texts = [(one, draft.text(one.path)) for one in gone]
        for one in gone:
            remove(draft, one, stamp)
        for path, field in unfounded:
            _without_words(draft, path, field)
        for one, text in texts:
            name = "remove-quoted" if one.is_article else "remove-named"
            tell_quotes(draft, name, quotes_of(draft, one, text))
        if left:
            draft.tell("remove-went-along" if options.along else "remove-only-named", number=len(left))
        for one in left:
            draft.tell("records-file", path=one.path)

    def first(draft: Draft) -> None:
        change(draft, ())

    try:
        unfounded = unfounded_after(paths, first)
    except Refused as refused:
        return refuse(refused, words)
    return run_change(options, paths, words, lambda draft: change(draft, unfounded))


def _without_words(draft: Draft, path: str, field: str) -> None:
    """What no article states any more becomes empty; a name becomes one that an editor gave."""
    is_name = field == "name"
    draft.tell(
        "remove-renamed" if is_name else "remove-unfounded", path=path, field=field, value=draft.value(path, field)
    )
    draft.set(path, "name_by" if is_name else field, "editor" if is_name else None)
