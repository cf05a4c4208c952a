"""The command line: which commands there are, and what their exit statuses mean.

In: arguments. Out: an exit status: 0 fine, 1 problems in content, 2 wrong use. Messages are
Vietnamese unless `--lang en`.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from archive.commands.refusals import refusal
from archive.commands.words import Words
from archive.config import Paths, said_with_line
from archive.rules.reader import ConfigError

_SITE = (
    "site",
    "serve",
    "import",
    "check",
    "accept",
    "settle",
    "number",
    "ledger",
    "new",
    "verify",
    "summary",
    "links",
)
_NAMES = (*_SITE, "merge", "split", "rename", "remove", "correct")  # of the archive as a whole; of records
COMMANDS = {name: name for name in _NAMES} | {"import": "import_"}
"""Names of commands and of their modules; only the module of the command that is asked for is loaded."""


def main(arguments: Sequence[str]) -> int:
    """Runs one command; without a name it is `site`."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    root = _root(arguments)
    try:
        words = Words.load(root / "site-config", _language(arguments))
    except ConfigError as error:
        return _refused(said_with_line(error, root / "site-config"))
    if not _names_command(arguments):
        arguments = ["site", *arguments]
    options = make_parser(words, _chosen(arguments)).parse_args(arguments)
    paths = Paths.below(options.root.resolve())
    try:
        status: int = options.run(options, paths, words)
        sys.stdout.flush()
    except ConfigError as error:
        return _refused(said_with_line(error, paths.site_config))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever reads has seen enough, as `head` has
        _say_no_more()
        return 141
    except Exception as error:
        if (message := refusal(error, words)) is None:
            raise
        _say_no_more()
        return _refused(message)
    return status


def _say_no_more() -> None:
    """What is still to be written to standard output, which may be full or closed, is not written at the end either."""
    try:
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 – until the process ends


def make_parser(words: Words, chosen: Sequence[str] = tuple(COMMANDS)) -> argparse.ArgumentParser:
    """The parser of all commands; only those in `chosen` know their own arguments."""
    parser = argparse.ArgumentParser(prog="python3 build.py", description=words("about"), epilog=words("about-test"))
    parser.add_argument("--root", type=Path, default=Path.cwd(), help=argparse.SUPPRESS)
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help=words("help-lang"))
    commands = parser.add_subparsers(dest="command", metavar=words("command"), required=True)
    for name, module_name in COMMANDS.items():
        command = commands.add_parser(name, help=words(f"help-{name}"), description=words(f"help-{name}"))
        command.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=words("help-lang"))
        command.add_argument("--root", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        if name in chosen:
            module = importlib.import_module(f"archive.commands.{module_name}")
            module.add_arguments(command, words)
            command.set_defaults(run=module.run)
    return parser


def _chosen(arguments: Sequence[str]) -> Sequence[str]:
    return [name for name in COMMANDS if name in arguments]


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
