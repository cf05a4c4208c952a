"""`build.py check`: validates content and the built site, publishes nothing."""

from __future__ import annotations

import argparse
import sys

from archive.build import site
from archive.commands.words import Words
from archive.config import Paths
from archive.problems import Catalogue, Report, Severity, format_github, format_json, format_text
from archive.progress import Progress

SHOWN_BY_GITHUB = 10  # annotations of each severity in one step; the rest stand in its log
FORMATS = {"text": format_text, "github": format_github, "json": format_json}


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help=words("help-format"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    report = Report()
    site.check(paths, report, Progress(quiet=options.format != "text"))
    catalogue = Catalogue.load(paths.site_config, words.language)
    text = FORMATS[options.format](report, catalogue)
    if text:
        print(text)
    counts = dict.fromkeys(Severity, 0)
    for problem in report:
        counts[catalogue.severity(problem)] += 1
    if options.format != "json":
        named = {str(severity): count for severity, count in counts.items()}
        print(words("checked", **named), file=sys.stderr)
    if options.format == "github" and max(counts.values()) > SHOWN_BY_GITHUB:
        print(words("more-than-github-shows", shown=SHOWN_BY_GITHUB), file=sys.stderr)
    return 1 if counts[Severity.ERROR] else 0
