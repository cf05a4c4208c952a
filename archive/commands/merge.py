"""`build.py merge GONE KEPT`: two records are one, and the second stays."""

from __future__ import annotations

import argparse

from archive.commands.changes import add_common, run_change, stamp_of
from archive.commands.words import Words
from archive.config import Paths
from archive.records import Draft, merge, subject_of


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("gone", metavar=words("value-gone"), help=words("help-merge-gone"))
    parser.add_argument("kept", metavar=words("value-kept"), help=words("help-merge-kept"))
    add_common(parser, words)


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    def change(draft: Draft) -> None:
        merge(draft, subject_of(draft, options.gone), subject_of(draft, options.kept), stamp_of(options))

    return run_change(options, paths, words, change)
