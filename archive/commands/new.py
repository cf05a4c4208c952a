"""`build.py new KIND ID`: an empty record with every field explained."""

from __future__ import annotations

import argparse
import sys

from archive.blank import blank_record, record_path
from archive.commands.arguments import year
from archive.commands.words import Words
from archive.config import Paths
from archive.knowledge import load_knowledge


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("kind", help=words("help-kind"))
    parser.add_argument("id", help=words("help-id"))
    parser.add_argument("--year", type=year(words), help=words("help-year"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    knowledge = load_knowledge(paths.site_config)
    singular = {kind.removesuffix("s"): kind for kind in knowledge.kinds}
    kind = knowledge.kinds.get(singular.get(options.kind, options.kind))
    if kind is None:
        print(words("unknown-kind", kind=options.kind, known=", ".join(singular)), file=sys.stderr)
        return 2
    path = record_path(kind, options.id, options.year or knowledge.addresses.parts.unknown, paths.content)
    if path is None:
        print(words("bad-id", id=options.id), file=sys.stderr)
        return 2
    if there := [other for other in (paths.content / kind.folder).rglob(path.name) if other.is_file()]:
        print(words("exists", path=there[0]), file=sys.stderr)
        return 2
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(blank_record(kind, knowledge), encoding="utf-8", newline="\n")
    print(words("made", path=path))
    return 0
