"""`build.py links`: which addresses of sources and of records elsewhere have stopped answering, as Markdown."""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import quote

from archive import __version__
from archive.commands.arguments import positive
from archive.commands.words import Words
from archive.config import Paths, load_settings
from archive.holdings import records
from archive.knowledge import load_knowledge
from archive.model.records import Article, Authority, Record
from archive.problems import Report
from archive.reach import Answer, Asker, Verdict

SHOWN = (Verdict.GONE, Verdict.HOME, Verdict.MOVED, Verdict.INSIDE, Verdict.UNSURE)
_SAFE = "/%:@!$&'()*+,;=~-._?#"


def add_arguments(parser: argparse.ArgumentParser, words: Words) -> None:
    parser.add_argument(
        "--timeout", type=positive(words, "--timeout 20"), default=20, metavar="S", help=words("help-timeout")
    )
    parser.add_argument(
        "--minutes", type=positive(words, "--minutes 60"), default=60, metavar="M", help=words("help-minutes")
    )


def run(options: argparse.Namespace, paths: Paths, words: Words) -> int:
    report = Report()
    where = addresses(record for _, record in records(paths, load_knowledge(paths.site_config), report))
    print(words("links-asking", number=len(where)), file=sys.stderr)
    agent = f"Mozilla/5.0 (compatible; archive-links/{__version__}; +{load_settings(paths.site_config).url})"
    answers = Asker(agent, timeout=options.timeout).ask_all(where, options.minutes * 60)
    for line in lines(answers, where, words):
        print(line, flush=True)  # whoever cuts this off keeps what has come in
    return 0


def addresses(found: Iterable[Record]) -> dict[str, list[str]]:
    """Every address that leads out of the archive, with the places that name it: `content/a.md:7`."""
    where: dict[str, list[str]] = defaultdict(list)
    for record in found:
        if isinstance(record, Article) and record.source and record.source.url:
            where[record.source.url].append(_place(record, "source.url"))
        if isinstance(record, Authority):
            for number, address in enumerate(record.same_as):
                where[address].append(_place(record, f"same_as.{number}"))
    return dict(where)


def _place(record: Record, field: str) -> str:
    return f"{record.origin.path}:{record.origin.at(field).line}"


def lines(answers: Iterable[Answer], where: Mapping[str, list[str]], words: Words) -> Iterator[str]:
    """The report as it comes: a line for each address that an editor should see, then how many of each kind."""
    yield words("links-title")
    yield ""
    counts: Counter[Verdict] = Counter()
    for answer in answers:
        counts[answer.verdict] += 1
        if answer.verdict in SHOWN:
            yield _line(answer, where[answer.address], words)
    if counts.keys() & SHOWN:
        yield ""
    yield words("links-counts", asked=counts.total(), all=len(where), fine=counts[Verdict.FINE])
    if counts.total() < len(where):
        yield words("links-left", number=len(where) - counts.total())
    yield from (f"- {words(f'links-{verdict}')}: {counts[verdict]}" for verdict in SHOWN if counts[verdict])


def _line(answer: Answer, places: Iterable[str], words: Words) -> str:
    said = f" ({answer.said})" if answer.said else ""
    to = f" → <{_bare(answer.to)}>" if answer.to else ""
    verdict = words(f"links-{answer.verdict}")
    return f"- **{verdict}**: <{_bare(answer.address)}>{to}{said}: {', '.join(f'`{place}`' for place in places)}"


def _bare(address: str) -> str:
    """An address without any letter that Markdown or HTML would read."""
    return quote(address, safe=_SAFE)
