"""The search index, made by Pagefind from pages that exist for it alone.

In: search entries. Out: Pagefind's index in `pagefind/` of the site, and beside words.json what its reader
asks for: syllables and facets. Readers' pages are not indexed: the index-only pages hold the same words
with one tone placement, with weights, with numbers and dates as words (`43nqtw`, `24x11x2023`), and with đ
written as ḏ, which Pagefind folds to d as it folds every other mark. The search page undoes that.
"""

from __future__ import annotations

import html
import json
import os
import subprocess
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pagefind_bin

from archive.language.spelling import nfc, one_tone_place
from archive.model.search import SearchEntry
from archive.search.stable import make_stable
from archive.search.syllable.facets import Facets, Filters
from archive.search.syllable.lexicon import is_syllable, write_lexicon
from archive.search.syllable.shards import compress
from archive.search.vocabulary import Vocabulary, words_json
from archive.search.words import ALIAS, NAMES, TITLE, TermMaker

ADDRESS = "pagefind"
_FOLDABLE = str.maketrans("\u0111\u0110\u00f0\u00d0", "\u1e0f\u1e0e\u1e0f\u1e0e")
_NOT_PUBLISHED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)
_CHUNK_SIZE = "200"  # KB of a chunk before compression: small enough for a common word to be read alone
_TITLE, _NAME, _OWN_CODE, _CODE, _JOINED, _TITLE_ALIAS, _TEXT_ALIAS = "5", "2", "10", "4", "6", "5", "0.5"


class SearchFailed(Exception):
    """Pagefind did not make an index; the message holds what it said."""


def indexed(text: str) -> str:
    """Text as it stands in the index.

    >>> indexed("đại đoàn kết")
    'ḏại ḏoàn kết'
    """
    return one_tone_place(nfc(text)).translate(_FOLDABLE)


def build_pagefind_index(
    entries: Iterable[SearchEntry], site: Path, folder: Path, work: Path, vocabulary: Vocabulary
) -> int:
    """Writes index-only pages below `work`, runs Pagefind on them, and returns their number.

    What the reader of the index needs besides goes into `folder`.
    """
    maker = TermMaker(vocabulary)
    filters: list[Filters] = []
    syllables: dict[str, Counter[str]] = {}
    work.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="pages-", dir=work) as name:
        # Pagefind and the facets number entries as they come, and builds come by them in different orders.
        for entry in sorted(entries, key=lambda entry: entry.address):
            terms, weights = maker.entry_terms(entry)
            page = Path(name) / entry.address / "index.html"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(index_page(entry, maker, terms, weights), encoding="utf-8", newline="\n")
            filters.append(entry.filters)
            _count(syllables, terms, weights)
        _run_pagefind(Path(name), site / ADDRESS)
    _write_beside(folder, Facets(filters), syllables, vocabulary)
    return len(filters)


def index_page(entry: SearchEntry, maker: TermMaker, terms: Iterable[str], weights: bytes) -> str:
    """One page for the index: title, names and numbers weigh more than text, other ways to write less."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="vi"><body><main data-pagefind-body>',
            *_lines(entry),
            f'<p id="_c">{" ".join(_extra_words(entry, maker, terms, weights))}</p>',
            *_facts(entry),
            "</main></body></html>\n",
        ]
    )


def _lines(entry: SearchEntry) -> Iterator[str]:
    yield f'<h1 data-pagefind-weight="{_TITLE}">{_words(entry.title)}</h1>'
    for number, name in enumerate(entry.names):
        yield f'<p id="_n{number}" data-pagefind-weight="{_NAME}">{_words(name)}</p>'
    for number, (anchor, text) in enumerate(entry.blocks):
        yield f'<p id="{html.escape(anchor) or f"_b{number}"}">{_words(text)}</p>'
    for number, words in enumerate(entry.said):
        yield f'<p id="_s{number}">{_words(words)}</p>'


def _extra_words(entry: SearchEntry, maker: TermMaker, terms: Iterable[str], weights: bytes) -> Iterator[str]:
    """Numbers, dates and names in one piece as words, and other ways to write what the page says."""
    for term, weight in sorted(zip(terms, weights, strict=True)):
        own = weight & (TITLE | NAMES)
        if term[0] in "#@":
            yield _weighted(_OWN_CODE if own else _CODE, "".join(filter(str.isalnum, term)))
        elif term[0] == "=":
            yield _weighted(_JOINED, term.partition("\t")[0][1:])
    in_title = maker.alias_phrases(entry.title)
    for phrase in in_title:
        yield _weighted(_TITLE_ALIAS, phrase)
    for phrase in dict.fromkeys(phrase for _, text in entry.blocks for phrase in maker.alias_phrases(text)):
        if phrase not in in_title:
            yield _weighted(_TEXT_ALIAS, phrase)


def _facts(entry: SearchEntry) -> Iterator[str]:
    meta = {
        "title": entry.title,
        "facts": entry.facts,
        "kind": entry.kind,
        "address": entry.address,
        "date": entry.date,
    }
    for name, value in meta.items():
        yield f'<span data-pagefind-meta="{name}[data-v]" data-v="{html.escape(value)}"></span>'
    yield f'<span data-pagefind-sort="date[data-v]" data-v="{html.escape(entry.date or "0")}"></span>'
    for name, values in entry.filters.items():
        for value, _ in values:
            yield f'<span data-pagefind-filter="{name}[data-v]" data-v="{html.escape(value)}"></span>'


def _weighted(weight: str, words: str) -> str:
    return f'<span data-pagefind-weight="{weight}">{_words(words)}</span>'


def _words(text: str) -> str:
    return html.escape(indexed(text))


def _count(syllables: dict[str, Counter[str]], terms: Iterable[str], weights: bytes) -> None:
    for term, weight in zip(terms, weights, strict=True):
        key, _, form = term.partition("\t")
        if is_syllable(key) and weight < ALIAS:
            syllables.setdefault(key, Counter())[form or "="] += 1


def _write_beside(folder: Path, facets: Facets, syllables: dict[str, Counter[str]], vocabulary: Vocabulary) -> None:
    """What both engines have: words, syllables, and the labels of what readers can narrow by."""
    lines = {
        key: " ".join(f"{form} {count}" for form, count in sorted(forms.items())) for key, forms in syllables.items()
    }
    (folder / "facets").mkdir(exist_ok=True)
    (folder / "lexicon.gz").write_bytes(compress(write_lexicon(lines).encode()))
    for name, text in facets.files().items():
        (folder / "facets" / f"{name}.gz").write_bytes(compress(text.encode()))
    small = json.dumps(facets.small(), ensure_ascii=False, separators=(",", ":"))
    for name, text in {"facets.json": small + "\n", "words.json": words_json(vocabulary)}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _run_pagefind(pages: Path, out: Path) -> None:
    done = subprocess.run(
        [pagefind_bin.get_executable(), "--site", str(pages), "--output-path", str(out), "--quiet"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": _CHUNK_SIZE},
    )
    if done.returncode or not (out / "pagefind.js").is_file():
        raise SearchFailed(done.stderr.strip() or done.stdout.strip())
    for pattern in _NOT_PUBLISHED:
        for path in out.glob(pattern):
            path.unlink()
    make_stable(out)
