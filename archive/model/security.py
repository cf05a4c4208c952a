"""What browsers may do on the site's pages: Content-Security-Policy, and what hosts say beside it.

In: the values of site-config/security.yml. Out: `Security`, ready-made policies by place.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_DIRECTIVE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_SOURCES = re.compile(r"[!#'()*+\-./0-9:=?@A-Z_a-z~ ]*")  # nothing that ends a directive, an attribute or a line
_HEADER = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_VALUE = re.compile(r"[!#&'()*+,\-./0-9:;=?@A-Z_a-z~ ]+")
_FOLDER = re.compile(r"(?:[a-z0-9-]+/)+")
# A meta element can't set these; browsers complain of them.
_HEADER_ONLY = {"frame-ancestors", "report-uri", "report-to", "sandbox"}
_SECTIONS = {"policy", "header_policy", "pages", "pagefind", "headers", "unchanging"}

Directives = dict[str, str]


@dataclass(frozen=True, slots=True)
class Security:
    """`policy` and `pages` (by first folder) are for meta elements, `headers` for hosts.

    Browsers hold a page to the header's policy and to its own, so the header allows what some page needs.
    """

    policy: str
    pages: Mapping[str, str]
    headers: Mapping[str, str]
    unchanging: tuple[str, ...]


def parse_security(values: Mapping[str, Any], *, pagefind: bool) -> Security:
    """Raises ValueError or TypeError with the name of what can't be used."""
    if strange := values.keys() ^ _SECTIONS:
        raise ValueError(f"{', '.join(sorted(strange))} ({', '.join(sorted(_SECTIONS))})")
    every = _replaced({}, _directives("policy", values["policy"], _HEADER_ONLY))
    if pagefind:
        every = _replaced(every, _directives("pagefind", values["pagefind"], _HEADER_ONLY))
    pages = {
        str(area): _replaced(every, _directives(f"pages: {area}", changes, _HEADER_ONLY))
        for area, changes in _mapping("pages", values["pages"]).items()
    }
    headers = {
        _matching(_HEADER, "headers", name): _matching(_VALUE, name, value)
        for name, value in _mapping("headers", values["headers"]).items()
    }
    common = _replaced(_common([every, *pages.values()]), _directives("header_policy", values["header_policy"], set()))
    return Security(
        policy=_line(every),
        pages={area: _line(policy) for area, policy in pages.items()},
        headers={"Content-Security-Policy": _line(common), **headers},
        unchanging=tuple(_matching(_FOLDER, "unchanging", folder) for folder in values["unchanging"] or ()),
    )


def _directives(place: str, given: Any, refused: set[str]) -> dict[str, str | None]:
    directives = _mapping(place, given)
    for name, sources in directives.items():
        _matching(_DIRECTIVE, place, name)
        if name in refused:
            raise ValueError(f"{place}: {name} (header_policy)")
        if sources is not None:
            _matching(_SOURCES, f"{place}: {name}", sources)
    return directives


def _mapping(place: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise ValueError(f"{place}: (name: value)")
    return given


def _matching(pattern: re.Pattern[str], place: str, given: object) -> str:
    if not isinstance(given, str) or not pattern.fullmatch(given):
        raise ValueError(f"{place}: {given!r}")
    return given


def _replaced(directives: Directives, changes: Mapping[str, str | None]) -> Directives:
    merged = {**directives, **changes}
    return {name: sources for name, sources in merged.items() if sources is not None}


def _common(policies: list[Directives]) -> Directives:
    """What allows all that one of the policies allows: their directives in common, with the sources of all.

    A directive that some of them lack stands for `default-src` there.
    """
    first, *others = policies
    names = [*first, *(name for other in others for name in other if name not in first)]
    common = {}
    for name in names:
        given = [policy.get(name, policy.get("default-src") if name.endswith("-src") else None) for policy in policies]
        said = [sources for sources in given if sources is not None]
        if len(said) == len(given):
            sources = dict.fromkeys(source for each in said for source in each.split())
            common[name] = " ".join(source for source in sources if source != "'none'" or len(sources) == 1)
    return common


def _line(directives: Directives) -> str:
    return "; ".join(f"{name} {sources}".strip() for name, sources in directives.items())
