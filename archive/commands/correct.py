"""`build.py correct FILE FIELD VALUE`: a value is set right, and the correction is written down in the record."""

from __future__ import annotations

import argparse

from archive.commands.changes import add_common, run_change, stamp_of, tell_quotes
from archive.commands.words import Words
from archive.config import Paths
from archive.records import Draft, Refused, correct, evidence_from, quotes_of, subject_of

_RIGHTS, _ALL = "rights", "full"


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("record", metavar=words("file"), help=words("help-record"))
    parser.add_argument(
        "values", nargs="+", metavar=f"{words('field')} {words('value-value')}", help=words("help-correct-values")
    )
    parser.add_argument("--before", metavar=words("value-words"), help=words("help-correct-before"))
    add_common(parser, words)


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    def change(draft: Draft) -> None:
        if len(options.values) % 2:
            raise Refused("correct-pairs")
        pairs = dict(zip(options.values[::2], options.values[1::2], strict=True))
        subject, stamp = subject_of(draft, options.record), stamp_of(options)
        text = draft.text(subject.path)
        for field, value in pairs.items():
            subject = correct(draft, subject, field, value, stamp, options.before)
        if subject.is_article and pairs.get(_RIGHTS, _ALL) != _ALL:
            quotes = {*evidence_from(draft, subject), *quotes_of(draft, subject, text)}
            tell_quotes(draft, "rights-quoted", sorted(quotes))

    return run_change(options, paths, words, change)
