"""`build.py serve`: builds, serves on this machine only, rebuilds and reloads on change."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from archive.commands.words import Words
from archive.config import ConfigError, Paths
from archive.pipeline import ContentProblems, build
from archive.problems import Catalogue, Report, format_text
from archive.progress import Progress
from archive.site.server import serve_folder


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--port", type=int, default=8000, help=words("help-port"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    with tempfile.TemporaryDirectory(prefix="archive-serve-") as folder:
        out = Path(folder) / "site"

        def rebuild() -> None:
            """What can't be built is said, and the last good site stays."""
            report = Report()
            catalogue = Catalogue.load(paths.site_config, words.language)
            try:
                build(paths, out, report, Progress())
            except ContentProblems as stopped:
                print(format_text(stopped.report, catalogue), file=sys.stderr)
            except ConfigError as error:
                print(error, file=sys.stderr)

        rebuild()
        if not out.is_dir():
            return 1
        watched = [paths.content, paths.site_config, paths.templates, paths.mkdocs]
        serve_folder(out, options.port, watched, rebuild, lambda address: print(words("serving", address=address)))
    return 0
