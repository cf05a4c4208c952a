"""`build.py import FILE…`: raw text or saved HTML → draft records, for a person to confirm."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.bundle import INBOX
from archive.commands.words import Words
from archive.config import Paths, load_yaml
from archive.intake import Imported, import_files
from archive.problems import Catalogue, Report, format_text
from archive.progress import Progress

REASONS = "reasons.yml"


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("files", nargs="+", type=Path, metavar=words("file"), help=words("help-files"))
    parser.add_argument("--out", type=Path, default=None, help=words("help-import-out"))
    parser.add_argument("--bundle", action="store_true", help=words("help-import-bundle"))
    parser.add_argument("--json", action="store_true", help=words("help-json"))
    parser.add_argument("--again", action="store_true", help=words("help-again"))
    parser.add_argument("--explain", action="store_true", help=words("help-explain"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    report, progress = Report(), Progress(quiet=options.json)
    out = (options.out or (paths.content / INBOX if options.bundle else paths.content)).resolve()
    comment = words("bundle-comment") if options.bundle else None
    imported = import_files(paths, options.files, out, report, progress, again=options.again, comment=comment)
    rules = load_yaml(paths.site_config / REASONS) if options.explain else {}
    if options.json:
        _print_json(imported, words, rules)
    else:
        for item in imported:
            print("\n".join([*_summary(item, words), *_explained(item, words, rules)]))
            print()
    catalogue = Catalogue.load(paths.site_config, words.language)
    problems = [problem for problem in report if problem.code.startswith("import-")]
    if problems:
        print(format_text(problems, catalogue), file=sys.stderr)
    return 1 if catalogue.errors(problems) else 0


def _print_json(imported: Iterator[Imported], words: Words, rules: Mapping[str, Any]) -> None:
    """A JSON list, one object an input, printed as the inputs are done."""
    separator = "["
    for item in imported:
        print(separator + json.dumps(_as_json(item, words, explains=bool(rules)), ensure_ascii=False))
        separator = ","
    print("]" if separator == "," else "[]")


def _as_json(item: Imported, words: Words, *, explains: bool) -> dict[str, Any]:
    draft = item.draft
    if draft is None:
        return {"input": item.input, "article": None, "created": [], "linked": [], "unsure": [], "dropped": []}
    return {
        "input": item.input,
        "article": item.article,
        "duplicate_of": draft.duplicate_of,
        "bundle": item.bundle,
        "created": list(item.created),
        "linked": list(draft.linked),
        "unsure": [
            {"field": doubt.field, "value": doubt.value, "why": words.why(doubt), "words": doubt.words}
            | {name: said for name, said in (("named", doubt.named), ("other", doubt.other)) if said}
            for doubt in draft.unsure
        ],
        "dropped": [{"kind": change.kind, "text": change.text, "line": change.line} for change in draft.dropped],
    } | ({"reasons": [dataclasses.asdict(reason) for reason in draft.reasons]} if explains else {})


def _summary(item: Imported, words: Words) -> Iterator[str]:
    draft = item.draft
    if draft is None:
        yield words("import-failed", input=item.input)
        return
    if draft.duplicate_of:
        yield words("import-double", input=item.input, id=draft.duplicate_of)
        return
    yield words("import-made", input=item.input, path=item.bundle or item.article)
    created = item.created if item.bundle else item.created[1:]
    yield from (words("import-created", path=path) for path in created)
    yield from (words("import-linked", id=id) for id in draft.linked)
    for change in filter(lambda change: change.text, draft.dropped):
        code = "import-dropped" if change.line else "import-left-out"
        yield words(code, line=change.line, kind=change.kind, text=(change.text or "")[:80])
    if draft.unsure:
        yield words("import-unsure")
    yield from (f"  ? {words.doubt(doubt)}" for doubt in draft.unsure)


def _explained(item: Imported, words: Words, rules: Mapping[str, Any]) -> Iterator[str]:
    """What spoke for and against each value, a line each: `+ title: … — the lede follows it (2.0)`."""
    reasons = item.draft.reasons if item.draft and rules else ()
    if reasons:
        yield words("import-reasons")
    for reason in reasons:
        rule = rules[reason.rule][words.language] if reason.rule in rules else reason.rule
        sign, said = "-" if reason.weight < 0 else "+", f" “{reason.words[:160]}”" if reason.words else ""
        weight = f" ({reason.weight:+.1f})" if reason.weight else ""
        yield f"  {sign} {reason.field}: {reason.value[:80]} — {rule}{said}{weight}"
