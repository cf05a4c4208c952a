"""`build.py rename RECORD NEW`: a record gets another id, and its old address leads to the new one."""

from __future__ import annotations

import argparse

from archive.commands.changes import add_common, run_change, stamp_of
from archive.commands.words import Words
from archive.config import Paths
from archive.records import Draft, rename, subject_of


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("record", metavar=words("value-record"), help=words("help-record"))
    parser.add_argument("new", metavar=words("value-new-id"), help=words("help-rename-new"))
    add_common(parser, words)


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    def change(draft: Draft) -> None:
        rename(draft, subject_of(draft, options.record), options.new, stamp_of(options))

    return run_change(options, paths, words, change)
