"""An archive in which every text of every kind of record is hostile, made of payloads.txt.

In: a folder. Out: `Paths` of an archive with as many records of each kind as there are payloads. The record number r
has, in the field number f, the payload number r + f: so every field meets every payload.

The door is left open: all problems are told as warnings, so that what `check` would have stopped is published too.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from archive.config import Paths
from archive.knowledge import Knowledge, load_knowledge
from archive.model.records import PAGES, Article, Entity, Page
from archive.model.schema import (
    Checksum,
    Choice,
    Edtf,
    FieldKind,
    FileName,
    Group,
    Many,
    Reference,
    Text,
    WebAddress,
    Whole,
    fields_of,
)
from tests.archives import ROOT
from tests.test_extension import KIND

_LINES = (Path(__file__).parent / "payloads.txt").read_text(encoding="utf-8").splitlines()
PAYLOADS = [line.replace("RAN", f"window.__ran({number})") for number, line in enumerate(_LINES)]
ADDED = "organisations"
SOURCE = b"<script>window.__ran(-1)</script>"
# Ids that a text field names, and what a vocabulary's first term would not suit.
_NAMED = {"record", "not_same_as"}
_CHOSEN = {"rights": "full"}
_ADDRESSES = [
    "https://a.example/?q=%22&x='\"><script>window.__ran(-2)</script>",
    "javascript:window.__ran(-3)",
    "https://a.example/(window.__ran)&onmouseover=window.__ran(-4)",
    "data:text/html,window.__ran(-5)",
]


def hostile_archive(root: Path) -> Paths:
    """Writes the archive below `root`, with the project's own templates."""
    for name in ("site-config", "templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "mkdocs.yml", root / "mkdocs.yml")
    _open_the_door(root / "site-config")
    paths = Paths.below(root)
    knowledge = load_knowledge(paths.site_config)
    for number in range(len(PAYLOADS)):
        for kind in knowledge.kinds.values():
            values = _front_matter(kind.model or Entity, number, knowledge)
            if kind.model in (None, Entity):
                values |= dict.fromkeys(kind.fields, PAYLOADS[number])
            if kind.model is Article:
                values[ADDED] = [{"record": _id(number), "printed": PAYLOADS[number]}]
                body = "\n\n".join(_body(number))
            else:
                body = PAYLOADS[number]
            year = "2024/" if kind.model is Article else ""
            _write(paths.content / kind.folder / f"{year}{_id(number)}.md", values, body)
        page = _front_matter(Page, number, knowledge)
        _write(paths.content / PAGES / f"trang-{number}.md", page, "\n\n".join(_markdown(PAYLOADS[number])))
    (paths.content / "sources").mkdir()
    (paths.content / "sources" / "nguon.html").write_bytes(SOURCE)
    return paths


def _open_the_door(site_config: Path) -> None:
    problems = site_config / "problems.yml"
    text = problems.read_text(encoding="utf-8")
    problems.write_text(text.replace("severity: error", "severity: warning"), encoding="utf-8")
    kinds = site_config / "kinds.yml"
    kinds.write_text(
        kinds.read_text(encoding="utf-8") + KIND.replace("template: organisation", "template: entity"), encoding="utf-8"
    )


def _id(number: int) -> str:
    return f"thu-{number % len(PAYLOADS)}"


def _front_matter(model: type[Any], number: int, knowledge: Knowledge) -> dict[str, Any]:
    count = itertools.count(number)
    return {name: _value(field.kind, name, number, count, knowledge) for name, field in fields_of(model).items()}


def _value(kind: FieldKind, name: str, number: int, count: Iterator[int], knowledge: Knowledge) -> Any:
    """A payload where text may stand, something valid elsewhere."""

    def value_of(kind: FieldKind, name: str) -> Any:
        return _value(kind, name, number, count, knowledge)

    match kind:
        case Text():
            return _id(number + 1) if name in _NAMED else PAYLOADS[next(count) % len(PAYLOADS)]
        case Many(WebAddress()):
            return _ADDRESSES
        case Many(of):
            return [value_of(of, name)]
        case Group(of):
            return {inner: value_of(field.kind, inner) for inner, field in fields_of(of).items()}
        case Edtf():
            return "2024-04-11"
        case Whole():
            return 1
        case Choice(vocabulary):
            return _CHOSEN.get(vocabulary) or next(iter(knowledge.vocabularies[vocabulary]))
        case Reference():
            return _id(number)
        case Checksum():
            return hashlib.sha256(SOURCE).hexdigest()
        case WebAddress():
            return _ADDRESSES[number % len(_ADDRESSES)]
        case FileName():
            return "nguon.html"


def _body(number: int) -> Iterator[str]:
    """Every payload as a paragraph, so that what a record claims of the words is found; its own in every form."""
    own = PAYLOADS[number]
    yield from (f"Ngày 11/4/2024 bàn việc {own} và {PAYLOADS[(number + 1) % len(PAYLOADS)]}", own)
    yield from (f"## {own}", f"### {own}", f"- {own}", f"> {own}", "    " + own)
    yield from (PAYLOADS[(number + more) % len(PAYLOADS)] for more in range(2, 14))


def _markdown(payload: str) -> Iterator[str]:
    forms: list[Callable[[str], str]] = [
        str,
        "## {}".format,
        "- {}".format,
        "> {}".format,
        "**{}**".format,
        "| a |\n|---|\n| {} |".format,
        "```\n{}\n```".format,
        "Từ\n:   {}".format,
    ]
    yield from (form(payload) for form in forms)


def _write(path: Path, values: dict[str, Any], body: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in values.items()]
    path.write_text(f"---\n{''.join(lines)}---\n\n{body}\n", encoding="utf-8", newline="\n")
