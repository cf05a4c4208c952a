"""`build.py serve`: builds, serves on this machine only, rebuilds and reloads on change."""

from __future__ import annotations

import argparse
import sys
import threading
from collections.abc import Collection

from archive.build.lock import served, serving
from archive.build.site import ContentProblems, build, refresh_search
from archive.commands.arguments import whole
from archive.commands.refusals import refusal
from archive.commands.words import Words
from archive.config import Paths, said_with_line
from archive.disk import Disk
from archive.problems import Catalogue, Report, format_text
from archive.progress import Progress
from archive.rules.reader import ConfigError
from archive.site.server import serve_folder

_MANY = 1000  # changed paths; where there are more, the system may have dropped the news of some


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("--port", type=whole(words, "--port 8000", last=65535), default=8000, help=words("help-port"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    with serving(served(paths)):
        return _serve(options, paths, words)


def _serve(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    own = served(paths)
    out = own.work / "site"
    one_at_a_time = threading.Lock()
    disk = Disk()
    watched = [paths.content, paths.site_config, paths.templates, paths.mkdocs]
    below = tuple(map(str, watched))

    def rebuild(touched: Collection[str]) -> None:
        """What can't be built is said, and the last good site stays. Search follows in the background."""
        if len(touched) > _MANY or not all(path.startswith(below) for path in touched):
            disk.forget_all()
        for path in touched:
            disk.forget(path)
        report = Report()
        catalogue = Catalogue.load(paths.site_config, words.language)
        try:
            with one_at_a_time:
                build(own, out, report, Progress(), refresh=False, disk=disk)
            threading.Thread(target=refresh, daemon=True).start()
            if waiting := [problem for problem in report if problem.code == "bundle-waiting"]:
                print(format_text(waiting, catalogue), file=sys.stderr)
        except ContentProblems as stopped:
            print(format_text(stopped.report, catalogue), file=sys.stderr)
        except ConfigError as error:
            print(said_with_line(error, paths.site_config), file=sys.stderr)
        except Exception as error:
            say(error)

    def refresh() -> None:
        try:
            with one_at_a_time:
                refresh_search(own, out, Progress(quiet=True))
        except Exception as error:
            say(error)

    def say(error: Exception) -> None:
        """The last good site stays where a disk is full, or a template has a slip."""
        if (message := refusal(error, words)) is None:
            raise error
        print(message, file=sys.stderr)

    rebuild(())
    if not out.is_dir():
        return 1
    disk.forget_all()  # nobody has watched until now
    serve_folder(out, options.port, watched, rebuild, lambda address: print(words("serving", address=address)))
    with one_at_a_time:  # an index that is being written is written to its end
        pass
    return 0
