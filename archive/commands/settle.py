"""`build.py settle FILE [FIELD…]`: what an article leaves open, and its doubts settled by an editor."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from archive.bundle import ENDING
from archive.commands.words import Words
from archive.config import Paths
from archive.model.draft import Unsure
from archive.read.nodes import Uneditable
from archive.settle import belongs_to, open_doubts, without
from archive.suggestions import nearest


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("file", type=Path, metavar=words("file"), help=words("help-settle-file"))
    parser.add_argument("fields", nargs="*", metavar=words("field"), help=words("help-settle-fields"))
    parser.add_argument("--all", action="store_true", help=words("help-settle-all"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    file = options.file if options.file.is_file() else paths.content.parent / options.file
    if not file.is_file() or file.suffix == ENDING:
        name = "settle-bundle" if file.is_file() else "settle-no-file"
        return _refused(words(name, path=options.file))
    try:
        return _settle(file, options, words)
    except UnicodeDecodeError:
        return _refused(words("settle-unreadable", path=options.file, line=1))
    except Uneditable as error:
        name = "settle-unreadable" if error.line else "settle-no-record"
        return _refused(words(name, path=options.file, line=error.line))


def _settle(file: Path, options: argparse.Namespace, words: Words) -> int:
    text = file.read_bytes().decode()
    doubts = open_doubts(text)
    fields: Sequence[str] = [doubt.field for doubt in doubts] if options.all else options.fields
    if not fields:
        return _list(options.file, doubts, words)
    if unknown := [field for field in fields if not any(belongs_to(doubt, field) for doubt in doubts)]:
        return _refused("\n".join(_no_doubt(field, options.file, doubts, words) for field in unknown))
    settled = {index for index, doubt in enumerate(doubts) if any(belongs_to(doubt, field) for field in fields)}
    file.write_bytes(without(text, settled).encode())
    for index in sorted(settled):
        print(words("settle-done", doubt=words.doubt(doubts[index])))
    print(words("settle-left", path=options.file, number=len(doubts) - len(settled)))
    return 0


def _list(path: Path, doubts: Sequence[Unsure], words: Words) -> int:
    print(words("settle-left", path=path, number=len(doubts)))
    for doubt in doubts:
        print(f"  ? {words.doubt(doubt)}")
    if doubts:
        print(words("settle-how", path=path, field=doubts[0].field))
    return 0


def _no_doubt(field: str, path: Path, doubts: Sequence[Unsure], words: Words) -> str:
    known = list(dict.fromkeys(doubt.field for doubt in doubts))
    meant = nearest(field, known)
    guess = words("settle-meant", field=meant[0]) if meant else ""
    there = words("settle-known", fields=", ".join(known)) if known else words("settle-none")
    return words("settle-no-doubt", path=path, field=field, guess=guess, there=there)


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return 2
