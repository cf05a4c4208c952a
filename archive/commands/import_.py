"""`build.py import FILE…`: raw text or saved HTML → draft records, for a person to confirm."""

from __future__ import annotations

import argparse
import dataclasses
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from archive.bundle import INBOX
from archive.commands.words import Words
from archive.config import Paths, load_yaml
from archive.intake import Imported, files_of, import_files, write_draft
from archive.model.draft import Draft
from archive.model.told import NOTHING, Told
from archive.problems import Catalogue, Problem, Report, format_text
from archive.progress import Progress
from archive.provenance import FIELDS, Provenance
from archive.rules.problems import Sentences, read_sentences

REASONS = "reasons.yml"
MOST_SHOWN = 200  # problems of a draft: who made so many mends the first ones and runs it again
_SHOWN_AS_DOUBTS = ("unsure-value",)


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument("files", nargs="*", type=Path, metavar=words("file"), help=words("help-files"))
    for name in FIELDS:
        parser.add_argument(f"--{name}", metavar=words(f"value-{name}"), help=words(f"help-import-{name}"))
    parser.add_argument("--table", type=Path, metavar=words("file"), help=words("help-import-table"))
    parser.add_argument("--draft", type=Path, metavar=words("draft-file"), help=words("help-import-draft"))
    parser.add_argument("--out", type=Path, default=None, help=words("help-import-out"))
    parser.add_argument("--bundle", action="store_true", help=words("help-import-bundle"))
    parser.add_argument("--json", action="store_true", help=words("help-json"))
    parser.add_argument("--again", action="store_true", help=words("help-again"))
    parser.add_argument("--explain", action="store_true", help=words("help-explain"))


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    catalogue = Catalogue.load(paths.site_config, words.language)
    asked = _asked(options, paths, words, catalogue)
    if isinstance(asked, int):
        if options.json:
            print("[]")
        return asked
    report, progress = Report(), Progress(quiet=options.json or bool(options.draft))
    out = (options.out or (paths.content / INBOX if options.bundle else paths.content)).resolve()
    comment = words("bundle-comment") if options.bundle else None
    if options.draft:
        imported = _taken(options, paths, asked, out, comment, report)
    else:
        imported = import_files(paths, asked, out, report, progress, again=options.again, comment=comment, told=asked)
    rules = read_sentences(load_yaml(paths.site_config / REASONS), "reasons") if options.explain else {}
    if options.json:
        _print_json(imported, words, rules)
    else:
        for item in imported:
            print("\n".join([*_summary(item, words), *_explained(item, words, rules)]))
            print()
    problems = [problem for problem in report if options.draft or problem.code.startswith("import-")]
    _tell(problems, MOST_SHOWN if options.draft else len(problems), words, catalogue)
    return 1 if catalogue.errors(problems) else 0


def _tell(problems: Sequence[Problem], most: int, words: Words, catalogue: Catalogue) -> None:
    if shown := problems[:most]:
        print(format_text(shown, catalogue), file=sys.stderr)
    if len(shown) < len(problems):
        print(words("import-more-problems", number=len(problems) - len(shown)), file=sys.stderr)


def _asked(options: argparse.Namespace, paths: Paths, words: Words, catalogue: Catalogue) -> dict[Path, Told] | int:
    """The inputs with what is said of each, or the exit status where that can't be used: then nothing is imported."""
    given = {name: value for name in FIELDS if (value := getattr(options, name)) is not None}
    if options.draft and (len(options.files) != 1 or options.table):
        return _refused(words("import-draft-one-text"))
    if not options.files and not options.table:
        return _refused(words("import-no-files"))
    if not given and not options.table:
        return dict.fromkeys(options.files, NOTHING)
    return _said_of_inputs(given, options, paths, words, catalogue)


def _said_of_inputs(
    given: Mapping[str, str], options: argparse.Namespace, paths: Paths, words: Words, catalogue: Catalogue
) -> dict[Path, Told] | int:
    """What options and a table say of the inputs, or the exit status."""
    report = Report()
    provenance = Provenance.of(paths, report)
    of_all = provenance.by_options(given)
    if wrong := list(report):
        return _refused("\n".join(_of_option(problem, catalogue) for problem in wrong))
    told = provenance.by_table(options.table, options.files) if options.table else {}
    if wrong := list(report):
        print(format_text(wrong, catalogue), file=sys.stderr)
        print(words("import-not-begun"), file=sys.stderr)
        return 1
    inputs = options.files or list(told)
    if "url" in given and len(inputs) > 1:
        return _refused(words("import-one-address"))
    return {path: of_all | told.get(path, NOTHING) for path in inputs}


def _taken(
    options: argparse.Namespace,
    paths: Paths,
    asked: Mapping[Path, Told],
    out: Path,
    comment: str | None,
    report: Report,
) -> Iterator[Imported]:
    """The one text with the draft that was filled for it, held to what `check` asks and then written."""
    from archive.build.site import try_files  # what a build needs, and an import does not
    from archive.filled import draft_filled

    ((text, told),) = asked.items()
    draft = draft_filled(paths, options.draft, text, report, again=options.again, told=told)
    if draft is None or draft.duplicate_of:
        yield Imported(str(text), draft)
        return
    said = Report()
    try_files(paths, files_of(draft), said, Progress(quiet=True))
    written = write_draft(draft, text, out, report, comment)
    if written.draft:
        report.found += (problem for problem in said if problem.code not in _SHOWN_AS_DOUBTS)
    yield written


def _refused(message: str) -> int:
    print(message, file=sys.stderr)
    return 2


def _of_option(problem: Problem, catalogue: Catalogue) -> str:
    """A problem whose place is an option, which has no line."""
    said = f"{problem.path}: {catalogue.message(problem)}"
    return f"{said}\n    → {catalogue.hint(problem)} [{catalogue.page(problem)}]"


def _print_json(imported: Iterator[Imported], words: Words, rules: Sentences) -> None:
    """A JSON list, one object an input, printed as the inputs are done."""
    separator = "["
    for item in imported:
        print(separator + json.dumps(_as_json(item, words, explains=bool(rules)), ensure_ascii=False))
        separator = ","
    print("]" if separator == "," else "[]")


def _as_json(item: Imported, words: Words, *, explains: bool) -> dict[str, object]:
    draft = item.draft
    if draft is None:
        return {"input": item.input, "article": None, "created": [], "linked": [], "unsure": [], "dropped": []}
    return {
        "input": item.input,
        "article": item.article,
        "duplicate_of": draft.duplicate_of,
        "bundle": item.bundle,
        "created": list(item.created),
        "rights": draft.rights,
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
    yield from _told(draft, words)
    created = item.created if item.bundle else item.created[1:]
    yield from (words("import-created", path=path) for path in created)
    yield from (words("import-linked", id=id) for id in draft.linked)
    for change in filter(lambda change: change.text, draft.dropped):
        code = "import-dropped" if change.line else "import-left-out"
        yield words(code, line=change.line, kind=change.kind, text=(change.text or "")[:80])
    if draft.unsure:
        yield words("import-unsure")
    yield from (f"  ? {words.doubt(doubt)}" for doubt in draft.unsure)


def _told(draft: Draft, words: Words) -> Iterator[str]:
    """Who decided the rights, and where the person says another thing than the page."""
    by_person = any(reason.field == "rights" for reason in draft.reasons)
    yield words("import-rights-told" if by_person else "import-rights", rights=draft.rights)
    for reason in draft.reasons:
        if reason.rule == "told-otherwise":
            yield words("import-told-otherwise", field=reason.field, value=reason.value, page=reason.words)


def _explained(item: Imported, words: Words, rules: Sentences) -> Iterator[str]:
    """What spoke for and against each value, a line each: `+ title: … — the lede follows it (2.0)`."""
    reasons = item.draft.reasons if item.draft and rules else ()
    if reasons:
        yield words("import-reasons")
    for reason in reasons:
        rule = rules[reason.rule][words.language] if reason.rule in rules else reason.rule
        sign, said = "-" if reason.weight < 0 else "+", f" “{reason.words[:160]}”" if reason.words else ""
        weight = f" ({reason.weight:+.1f})" if reason.weight else ""
        yield f"  {sign} {reason.field}: {reason.value[:80]} — {rule}{said}{weight}"
