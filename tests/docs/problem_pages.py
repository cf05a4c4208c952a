"""The pages of docs/loi/: one a code of site-config/problems.yml, with the example of its case.

In: the words of site-config/ and the cases of tests/broken_archive. Out: pages by file name.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

from archive.config import load_yaml
from archive.problems import Catalogue, Severity
from tests.archives import SITE_CONFIG
from tests.cases import Case, CaseFile, all_cases, base_files

_CONTEXT = 2
_LONGEST = 160
_RULES = Catalogue.load(SITE_CONFIG).rules
_PROBLEMS = _RULES.codes
_PAGES = load_yaml(SITE_CONFIG / "problem-pages.yml")
_WORDS = _PAGES["words"]
CODES = [code for code in _PROBLEMS if code != "did-you-mean"]
EXAMPLES = {case.code: case for case in all_cases() if case.name == case.code}


def problem_pages() -> dict[str, str]:
    """File name → page."""
    unexplained = [code for code in CODES if code not in _PAGES["why"]]
    assert not unexplained, f"site-config/problem-pages.yml: why: {', '.join(unexplained)} missing"
    return {"README.md": "\n".join(_index()) + "\n", **{f"{code}.md": "\n".join(_page(code)) + "\n" for code in CODES}}


def _index() -> Iterator[str]:
    yield from (f"# {_WORDS['title']}", "", _WORDS["lead"])
    for group, name in _PAGES["groups"].items():
        yield from ("", f"## {name}", "")
        for code in CODES:
            if _PAGES["why"][code]["group"] == group:
                yield f"- [`{code}`]({code}.md): {_shown(_PROBLEMS[code].vi.message)}"


def _page(code: str) -> Iterator[str]:
    vi, en = _PROBLEMS[code].vi, _PROBLEMS[code].en
    severity = Severity(_PROBLEMS[code].severity)
    yield from (f"# `{code}`", "", f"**{_shown(vi.message)}**", "")
    yield from (f"{_WORDS['severity']}: {_RULES.severities['vi'][severity]}. {_shown(vi.hint)}", "")
    yield from (f"## {_WORDS['why']}", "", _PAGES["why"][code]["why"], "")
    if code in EXAMPLES:
        yield from _example(EXAMPLES[code])
    yield from (f"## {_WORDS['english']}", "", f"{_shown(en.message)}. {_shown(en.hint)}", "")
    yield f"[{_WORDS['all']}](README.md)"


def _example(case: Case) -> Iterator[str]:
    yield from (f"## {_WORDS['wrong']}", "")
    before, after = {**base_files(), **case.files}, {**base_files(), **case.mended.files}
    changed = [path for path in after if before.get(path) != after[path]]
    for path in changed:
        if path in before and before[path].how != "absent":
            yield from _excerpt(path, before[path], after[path])
    yield from (f"{_WORDS['said']}:", "", *_fenced(case.expected.rstrip("\n").split("\n")), "")
    yield from (f"## {_WORDS['mended']}", "")
    for path in changed:
        if after[path].how != "absent":
            yield from _excerpt(path, after[path], before.get(path))
        else:
            yield from (f"`{path}`: {_WORDS['gone']}", "")


def _excerpt(path: str, file: CaseFile, other: CaseFile | None) -> Iterator[str]:
    """The lines that the other has not, with a few around them; the whole file where there is no other."""
    lines = file.text.rstrip("\n").split("\n")
    blocks = difflib.SequenceMatcher(None, lines, other.text.rstrip("\n").split("\n") if other else [], autojunk=False)
    near = [range(i - _CONTEXT, j + _CONTEXT) for tag, i, j, *_ in blocks.get_opcodes() if tag != "equal"]
    shown: list[str] = []
    for number, line in enumerate(lines):
        if any(number in part for part in near) or not near:
            shown.append(line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…")
        elif shown[-1:] != ["…"]:
            shown.append("…")
    how = f" ({_WORDS[file.how].format(count=file.count)})" if file.how in _WORDS else ""
    yield from (f"`{path}`{how}", "", *_fenced(shown), "")


def _fenced(lines: list[str]) -> list[str]:
    return ["````text", *lines, "````"]


def _shown(words: Any) -> str:
    """Words of a problem for Markdown; what is filled in stands as …"""
    out, inside = "", False
    for sign in str(words):
        inside = sign == "{" or (inside and sign != "}")
        if not inside:
            out += "…" if sign == "}" else sign
    return out.replace("<", "&lt;").replace("*", "\\*")
