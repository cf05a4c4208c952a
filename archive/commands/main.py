"""The command line: which commands there are, and what their exit statuses mean.

In: arguments. Out: an exit status: 0 fine, 1 problems in content, 2 wrong use. Messages are
Vietnamese unless `--lang en`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import jinja2

from archive.commands import check, import_, new, serve, site, verify
from archive.commands.words import Words
from archive.config import ConfigError, Paths
from archive.pipeline import Busy
from archive.search import SearchFailed
from archive.site import NotOurs

COMMANDS = {"site": site, "serve": serve, "import": import_, "check": check, "new": new, "verify": verify}


def main(arguments: Sequence[str]) -> int:
    """Runs one command; without a name it is `site`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    root = _root(arguments)
    words = Words.load(root / "site-config", _language(arguments))
    parser = make_parser(words)
    options = parser.parse_args(arguments if _names_command(arguments) else ["site", *arguments])
    paths = Paths.below(options.root.resolve())
    try:
        status: int = options.run(options, paths, words)
    except Busy:
        return _refused(words("busy"))
    except NotOurs as error:
        return _refused(words("not-ours", path=error))
    except jinja2.TemplateError as error:
        return _refused(words("template-error", error=error, place=_place_of(error)))
    except (ConfigError, SearchFailed) as error:
        return _refused(str(error))
    except KeyboardInterrupt:
        return 130
    return status


def make_parser(words: Words) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python3 build.py", description=words("about"))
    parser.add_argument("--root", type=Path, default=Path.cwd(), help=argparse.SUPPRESS)
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help=words("help-lang"))
    commands = parser.add_subparsers(dest="command", metavar=words("command"), required=True)
    for name, module in COMMANDS.items():
        command = commands.add_parser(name, help=words(f"help-{name}"), description=words(f"help-{name}"))
        command.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=words("help-lang"))
        command.add_argument("--root", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        module.add_arguments(command, words)
        command.set_defaults(run=module.run)
    return parser


def _place_of(error: jinja2.TemplateError) -> str:
    """File and line in the innermost template, as far as Jinja tells."""
    place = f"{getattr(error, 'filename', '') or ''}:{getattr(error, 'lineno', '') or ''}"
    trace = error.__traceback__
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith((".j2", ".html")):
            place = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _names_command(arguments: Sequence[str]) -> bool:
    return any(argument in COMMANDS or argument in ("-h", "--help") for argument in arguments)


def _value_of(option: str, arguments: Sequence[str]) -> str | None:
    for index, argument in enumerate(arguments):
        if argument == option and index + 1 < len(arguments):
            return arguments[index + 1]
        if argument.startswith(f"{option}="):
            return argument.split("=", 1)[1]
    return None


def _language(arguments: Sequence[str]) -> str:
    """The words must be known before the arguments can be parsed."""
    return "en" if _value_of("--lang", arguments) == "en" else "vi"


def _root(arguments: Sequence[str]) -> Path:
    return Path(_value_of("--root", arguments) or Path.cwd())
