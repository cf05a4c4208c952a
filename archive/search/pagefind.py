"""The search index, made by Pagefind from pages that exist for it alone.

In: search entries. Out: the index in `pagefind/` of the site. Readers' pages are not indexed:
the index-only pages hold the same words with one tone placement, with weights, and with đ written as ḏ,
which Pagefind folds to d as it folds every other mark. The search page undoes that.
"""

from __future__ import annotations

import html
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

import pagefind_bin

from archive.language.spelling import nfc, one_tone_place
from archive.model.search import SearchEntry
from archive.search.stable import make_stable

ADDRESS = "pagefind"
_FOLDABLE = str.maketrans("\u0111\u0110\u00f0\u00d0", "\u1e0f\u1e0e\u1e0f\u1e0e")
_NOT_PUBLISHED = (
    "pagefind-ui.*",
    "pagefind-modular-ui.*",
    "pagefind-component-ui.*",
    "pagefind-highlight.js",
)


class SearchFailed(Exception):
    """Pagefind did not make an index; the message holds what it said."""


def indexed(text: str) -> str:
    """Text as it stands in the index.

    >>> indexed("đại đoàn kết")
    'ḏại ḏoàn kết'
    """
    return one_tone_place(nfc(text)).translate(_FOLDABLE)


def build_search_index(entries: Iterable[SearchEntry], site: Path, work: Path) -> int:
    """Writes index-only pages below `work`, runs Pagefind on them, and returns their number."""
    count = 0
    for count, entry in enumerate(entries, 1):  # noqa: B007 (the last count is returned)
        page = work / entry.address / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(index_page(entry), encoding="utf-8", newline="\n")
    _run_pagefind(work, site / ADDRESS)
    return count


def index_page(entry: SearchEntry) -> str:
    """One page for the index: title and names weigh more than text."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="vi"><body><main data-pagefind-body>',
            *_lines(entry),
            "</main></body></html>\n",
        ]
    )


def _lines(entry: SearchEntry) -> Iterator[str]:
    yield f'<h1 data-pagefind-weight="6">{_words(entry.title)}</h1>'
    for name in entry.names:
        yield f'<p data-pagefind-weight="3">{_words(name)}</p>'
    for anchor, text in entry.blocks:
        yield f'<p id="{html.escape(anchor)}">{_words(text)}</p>' if anchor else f"<p>{_words(text)}</p>"
    meta = {"title": entry.title, "facts": entry.facts, "kind": entry.kind, "address": entry.address}
    for name, value in meta.items():
        yield f'<span data-pagefind-meta="{name}[data-v]" data-v="{html.escape(value)}"></span>'
    for name, values in {"kind": (entry.kind,), **entry.filters}.items():
        for value in values:
            yield f'<span data-pagefind-filter="{name}[data-v]" data-v="{html.escape(value)}"></span>'


def _words(text: str) -> str:
    return html.escape(indexed(text))


def _run_pagefind(pages: Path, out: Path) -> None:
    done = subprocess.run(
        [pagefind_bin.get_executable(), "--site", str(pages), "--output-path", str(out), "--quiet"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode or not (out / "pagefind.js").is_file():
        raise SearchFailed(done.stderr.strip() or done.stdout.strip())
    for pattern in _NOT_PUBLISHED:
        for path in out.glob(pattern):
            path.unlink()
    make_stable(out)
