"""`python3 build.py bench build`, `… bench import`, `… bench search`: which benchmarks there are.

In: arguments. Out: an exit status. What `--help` says is Vietnamese unless `--lang en`, as of every command.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Sequence
from pathlib import Path

from archive.commands.words import Words
from archive.config import load_yaml

BENCHES = ("build", "import", "search")
"""Names of benchmarks; `bench/<name>_bench.py` holds `add_arguments` and `run`, and is loaded if it is asked for."""
WORDS = Path(__file__).with_name("words.yml")


def main(arguments: Sequence[str]) -> int:
    options = make_parser(words_of(arguments), arguments).parse_args(arguments)
    status: int = options.run(options)
    return status


def words_of(arguments: Sequence[str]) -> Words:
    """The words must be known before the arguments can be parsed."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--lang", nargs="?", default="vi")
    return Words("en" if early.parse_known_args(arguments)[0].lang == "en" else "vi", load_yaml(WORDS))


def make_parser(words: Words, chosen: Sequence[str] = BENCHES) -> argparse.ArgumentParser:
    """The parser of all benchmarks; only those in `chosen` know their own arguments."""
    parser = argparse.ArgumentParser(prog="python3 build.py bench", description=words("about"))
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help=words("help-lang"))
    benches = parser.add_subparsers(dest="bench", metavar=words("bench"), required=True)
    for name in BENCHES:
        about = words(f"about-{name}")
        bench = benches.add_parser(name, help=words(f"help-{name}"), description=about)
        bench.add_argument("--lang", choices=("vi", "en"), default=argparse.SUPPRESS, help=words("help-lang"))
        if name in chosen:
            module = importlib.import_module(f"bench.{name}_bench")
            module.add_arguments(bench, words)
            bench.set_defaults(run=module.run, words=words)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
