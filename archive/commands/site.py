"""`build.py site`: makes the site and says where it is."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from archive.build import unchanged
from archive.commands.arguments import whole
from archive.commands.words import Words
from archive.config import ENGINES, Paths, load_settings
from archive.disk import Disk
from archive.problems import Catalogue, Report, Severity, format_text
from archive.progress import Progress


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--out", type=Path, default=None, help=words("help-out"))
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0], help=words("help-engine"))
    parser.add_argument("--no-search", action="store_true", help=words("help-no-search"))
    parser.add_argument("--jobs", type=whole(words, "--jobs 2"), metavar="N", help=words("help-jobs"))
    parser.add_argument("--clean", action="store_true", help=words("help-clean"))
    parser.add_argument("--quiet", action="store_true", help=words("help-quiet"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    out = (options.out or paths.content.parent / "site").resolve()
    report, progress = Report(), Progress(quiet=options.quiet)
    disk = Disk()
    stamp = unchanged.stamp(paths, out, not options.no_search, disk)
    pages = None
    if options.engine == "fast" and not options.clean:
        pages = unchanged.remembered(paths, out, stamp, report)
    if pages is None:
        from archive.build.site import ContentProblems, build  # a third of a second, and often nothing has changed

        try:
            pages = build(
                paths,
                out,
                report,
                progress,
                engine=options.engine,
                search=not options.no_search,
                jobs=options.jobs,
                clean=options.clean,
                disk=disk,
            )
        except ContentProblems as stopped:
            catalogue = Catalogue.load(paths.site_config, words.language)
            print(format_text(stopped.report, catalogue))
            print(words("not-built", errors=len(catalogue.errors(stopped.report))), file=sys.stderr)
            return 1
        settings = load_settings(paths.site_config)
        if not (settings.repository or settings.contact):
            progress.say(words("nobody-reads"))
        if options.engine == "fast":
            unchanged.remember(paths, stamp, pages, report)
    catalogue = Catalogue.load(paths.site_config, words.language)
    told = [p for p in report if catalogue.severity(p) is Severity.WARNING or p.code == "bundle-waiting"]
    if told:
        print(format_text(told, catalogue), file=sys.stderr)
    progress.say(words("built", pages=pages, out=out))
    return 0
