"""`build.py ledger --day YYYY-MM-DD`: writes down what is published from a day on; before the publishing build."""

from __future__ import annotations

import argparse
import sys

from archive.build.site import renew_ledger
from archive.commands.words import Words
from archive.config import Paths
from archive.ledger import is_day
from archive.problems import Catalogue, Report, format_text
from archive.progress import Progress


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--day", required=True, metavar="YYYY-MM-DD", help=words("help-ledger-day"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    if not is_day(options.day):
        print(words("ledger-no-day", day=options.day), file=sys.stderr)
        return 2
    report = Report()
    renewed = renew_ledger(paths, options.day, report, Progress())
    catalogue = Catalogue.load(paths.site_config, words.language)
    errors = catalogue.errors(report)
    if renewed is None or errors:
        print(format_text(errors, catalogue))
        print(words("ledger-refused"), file=sys.stderr)
        return 1
    print(words("ledger-renewed", new=renewed.new, changed=renewed.changed, gone=renewed.gone, all=renewed.all))
    for file in renewed.files:
        print(words("ledger-file", path=file))
    return 0
