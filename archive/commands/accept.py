"""`build.py accept [FILE…]`: bundles → records and sources in content/, nothing overwritten."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from archive.build.site import accept
from archive.commands.words import Words
from archive.config import Paths
from archive.problems import Catalogue, Report, format_text
from archive.progress import Progress


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar=words("file"), help=words("help-bundle-files"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    for missing in (file for file in options.files if not file.is_file()):
        print(words("no-such-bundle", path=missing), file=sys.stderr)
        return 2
    report = Report()
    taken = left = 0
    for one in accept(paths, options.files, report, Progress(quiet=True)):
        print(words("accept-taken" if one.taken else "accept-left", bundle=one.bundle))
        for path in one.files:
            print(words("accept-made", path=f"content/{path}"))
        for path in one.held:
            print(words("accept-held", path=f"content/{path}"))
        taken, left = taken + one.taken, left + (not one.taken)
    catalogue = Catalogue.load(paths.site_config, words.language)
    if text := format_text(report, catalogue):
        print(text)
    print(words("accepted", taken=taken, left=left), file=sys.stderr)
    if taken:
        print(words("accept-next"), file=sys.stderr)
    return 1 if catalogue.errors(report) else 0
