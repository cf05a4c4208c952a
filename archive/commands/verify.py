"""`build.py verify`: every source file against the checksum its article records, every text against its source."""

from __future__ import annotations

import argparse

from archive.build.site import verify_sources
from archive.commands.words import Words
from archive.config import Paths
from archive.problems import Catalogue, Report, format_text


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    """None: the command looks at everything."""


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    report = Report()
    verified = verify_sources(paths, report)
    catalogue = Catalogue.load(paths.site_config, words.language)
    if text := format_text(report, catalogue):
        print(text)
    errors = len(catalogue.errors(report))
    print(words("verified", files=verified, errors=errors))
    return 1 if errors else 0
