"""What browsers may do on the site's pages: Content-Security-Policy, and what hosts say beside it.

In: the values of site-config/security.yml. Out: `Security`, ready-made policies by place.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import dataclass

from archive.rules.reader import ConfigError, read_rules

FILE = "security"
_DIRECTIVE = re.compile(r"[a-z]+(?:-[a-z]+)*")
_SOURCES = re.compile(r"[!#'()*+\-./0-9:=?@A-Z_a-z~ ]*")  # nothing that ends a directive, an attribute or a line
_HEADER = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_VALUE = re.compile(r"[!#&'()*+,\-./0-9:;=?@A-Z_a-z~ ]+")
_FOLDER = re.compile(r"(?:[a-z0-9-]+/)+")
# A meta element can't set these; browsers complain of them.
_HEADER_ONLY = {"frame-ancestors", "report-uri", "report-to", "sandbox"}

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


@dataclass(frozen=True, slots=True)
class _Rules:
    policy: Mapping[str, str | None]
    header_policy: Mapping[str, str | None]
    pages: Mapping[str, Mapping[str, str | None]]
    pagefind: Mapping[str, str | None]
    headers: Mapping[str, str]
    unchanging: tuple[str, ...]


def parse_security(values: Mapping[str, object], *, pagefind: bool) -> Security:
    """Raises ConfigError with the name of what can't be used."""
    rules = read_rules(_Rules, values, FILE)
    every = _replaced({}, _directives(rules.policy, "policy"))
    if pagefind:
        every = _replaced(every, _directives(rules.pagefind, "pagefind"))
    pages = {area: _replaced(every, _directives(changes, "pages", area)) for area, changes in rules.pages.items()}
    headers = {
        _matching(_HEADER, name, "headers"): _matching(_VALUE, value, "headers", name)
        for name, value in rules.headers.items()
    }
    _directives(rules.header_policy, "header_policy", refused=frozenset())
    common = _replaced(_common([every, *pages.values()]), rules.header_policy)
    return Security(
        policy=_line(every),
        pages={area: _line(policy) for area, policy in pages.items()},
        headers={"Content-Security-Policy": _line(common), **headers},
        unchanging=tuple(_matching(_FOLDER, folder, "unchanging") for folder in rules.unchanging),
    )


def _directives(
    directives: Mapping[str, str | None], *keys: str, refused: Container[str] = _HEADER_ONLY
) -> Mapping[str, str | None]:
    for name, sources in directives.items():
        _matching(_DIRECTIVE, name, *keys)
        if name in refused:
            raise ConfigError("belongs into header_policy", FILE, (*keys, name))
        if sources is not None:
            _matching(_SOURCES, sources, *keys, name)
    return directives


def _matching(pattern: re.Pattern[str], given: str, *keys: str) -> str:
    if not pattern.fullmatch(given):
        raise ConfigError(repr(given), FILE, keys)
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
