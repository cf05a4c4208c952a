"""`build.py check`: validates content and the built site, publishes nothing."""

from __future__ import annotations

import argparse
import sys

from archive import __version__
from archive.build import site
from archive.commands.words import Words
from archive.config import Paths, load_rules, load_settings
from archive.outputs.published_addresses import NAME
from archive.problems import Catalogue, Report, Severity, format_github, format_json, format_text
from archive.progress import Progress
from archive.published import NoCopy, addresses_published
from archive.rules.addresses import AddressRules

SHOWN_BY_GITHUB = 10  # annotations of each severity in one step; the rest stand in its log
FORMATS = {"text": format_text, "github": format_github, "json": format_json}


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--format", choices=tuple(FORMATS), default="text", help=words("help-format"))
    parser.add_argument("--published", metavar=words("folder-or-url"), help=words("help-published"))


def _published(where: str, paths: Paths) -> list[str]:
    """Addresses that the copy of a live site says were published."""
    folder = load_rules(AddressRules, paths.site_config, "addresses").pages.data
    agent = f"archive-check/{__version__} (+{load_settings(paths.site_config).url})"
    return addresses_published(where, f"{folder}{NAME}", agent)


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    report = Report()
    try:
        published = _published(options.published, paths) if options.published else ()
    except NoCopy as error:
        print(words("no-copy", error=error), file=sys.stderr)
        return 2
    site.check(paths, report, Progress(quiet=options.format != "text"), published)
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
