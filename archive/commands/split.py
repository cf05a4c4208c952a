"""`build.py split RECORD NEW --articles …`: some articles speak of another, who gets a record of their own."""

from __future__ import annotations

import argparse

from archive.commands.changes import add_common, run_change, stamp_of
from archive.commands.words import Words
from archive.config import Paths
from archive.records import Draft, split, subject_of


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("record", metavar=words("value-record"), help=words("help-record"))
    parser.add_argument("new", metavar=words("value-new-id"), help=words("help-split-new"))
    parser.add_argument(
        "--articles", nargs="+", required=True, metavar=words("value-event"), help=words("help-split-articles")
    )
    parser.add_argument("--rest", metavar=words("value-new-id"), help=words("help-split-rest"))
    add_common(parser, words)


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    def change(draft: Draft) -> None:
        articles = [subject_of(draft, name, "articles") for name in options.articles]
        split(draft, subject_of(draft, options.record), options.new, articles, stamp_of(options), options.rest)

    return run_change(options, paths, words, change)
