"""The same index for the same pages: Pagefind writes filter values in the order of a hash map.

In: a folder that Pagefind 1.5 wrote. Out: the same folder with filter values sorted, and the files
named after their content again. Everything else that Pagefind writes is stable already.

Each file is gzip over the mark `pagefind_dcd` and CBOR. A filter is `[name, [[value, [page, …]],
…]]`; the list of them is the fourth item of the `.pf_meta` file, whose own hash stands in
`pagefind-entry.json`.
"""

from __future__ import annotations

import gzip
import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import cbor2

_MARK = b"pagefind_dcd"
_FILTERS = 3


def make_stable(index: Path) -> None:
    """Rewrites filters, metadata and entry point of an index in place."""
    entry_file = index / "pagefind-entry.json"
    entry = json.loads(entry_file.read_text(encoding="utf-8"))
    for name, language in sorted(entry["languages"].items()):
        meta_file = index / f"pagefind.{language['hash']}.pf_meta"
        meta = _read(meta_file)
        meta[_FILTERS] = sorted([filter_name, _sorted_filter(index, old, name)] for filter_name, old in meta[_FILTERS])
        language["hash"] = _hash(meta, name)
        meta_file.unlink()
        _write(index / f"pagefind.{language['hash']}.pf_meta", meta)
    entry_file.write_text(json.dumps(entry, separators=(",", ":"), ensure_ascii=False), encoding="utf-8")


def _sorted_filter(index: Path, old: str, language: str) -> str:
    """Sorts the values of one filter and returns its new hash."""
    old_file = index / "filter" / f"{old}.pf_filter"
    name, values = _read(old_file)
    content = [name, sorted(values)]
    new = _hash(content, language)
    old_file.unlink()
    _write(index / "filter" / f"{new}.pf_filter", content)
    return new


def _read(path: Path) -> Any:
    data = gzip.decompress(path.read_bytes())
    if not data.startswith(_MARK):
        raise ValueError(f"not a Pagefind file: {path.name}")
    return cbor2.loads(data[len(_MARK) :])


def _write(path: Path, content: object) -> None:
    path.write_bytes(gzip.compress(_MARK + cbor2.dumps(content), mtime=0))


def _hash(content: object, language: str) -> str:
    return f"{language}_{sha256(cbor2.dumps(content)).hexdigest()[:10]}"
