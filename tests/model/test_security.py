"""Policies out of site-config/security.yml."""

from __future__ import annotations

from typing import Any

import pytest

from archive.config import load_yaml
from archive.model.security import parse_security
from archive.rules.reader import ConfigError
from tests.archives import SITE_CONFIG


def values(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "policy": {"default-src": "'none'", "script-src": "'self'", "trusted-types": "'none'"},
        "header_policy": {"frame-ancestors": "'none'"},
        "pages": {
            "dong-gop": {"script-src": "'self' 'wasm-unsafe-eval'", "worker-src": "'self'", "trusted-types": None}
        },
        "pagefind": {"script-src": "'self' 'wasm-unsafe-eval'"},
        "headers": {"Referrer-Policy": "same-origin"},
        "unchanging": ["assets/stylesheets/"],
    }
    return plain | changes


def test_a_page_has_its_own_policy() -> None:
    """What a folder needs replaces what holds everywhere; null takes a directive away."""
    security = parse_security(values(), pagefind=False)
    assert security.policy == "default-src 'none'; script-src 'self'; trusted-types 'none'"
    assert security.pages == {"dong-gop": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'"}


def test_headers_allow_what_some_page_needs() -> None:
    """A browser obeys the header and the page, so the header holds the sources of all and the demands of all."""
    security = parse_security(values(), pagefind=False)
    assert security.headers == {
        "Content-Security-Policy": "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; "
        "frame-ancestors 'none'",
        "Referrer-Policy": "same-origin",
    }


def test_pagefind_is_told_apart() -> None:
    """WebAssembly is allowed on every page where Pagefind may search, and only there."""
    assert "wasm" in parse_security(values(), pagefind=True).policy
    assert "wasm" not in parse_security(values(), pagefind=False).policy


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"policy": {"script-src": "'self'; img-src *"}}, "policy: script-src"),
        ({"policy": {"script-src": "'self'\"><script>"}}, "policy: script-src"),
        ({"policy": {"script-src": ["'self'"]}}, "policy: script-src"),
        ({"policy": {"Script Src": "'self'"}}, "policy: 'Script Src'"),
        ({"policy": {"frame-ancestors": "'none'"}}, "header_policy"),
        ({"policy": ["default-src"]}, "policy"),
        ({"pages": {"dong-gop": None}}, "pages: dong-gop"),
        ({"headers": {"X-A": "a\nSet-Cookie: b"}}, "X-A"),
        ({"headers": {"X-A": 'a"; b'}}, "X-A"),
        ({"headers": {"X-A": "$http_host"}}, "X-A"),
        ({"headers": {"X A": "b"}}, "headers: 'X A'"),
        ({"unchanging": ["/assets/"]}, "unchanging"),
        ({"unchanging": ["../"]}, "unchanging"),
        ({"headres": {}}, "headres"),
    ],
)
def test_what_cannot_be_said(changes: dict[str, Any], said: str) -> None:
    """A value that would end its directive, its line or its attribute is refused by its place."""
    with pytest.raises(ConfigError, match=said):
        parse_security(values(**changes), pagefind=False)


def test_the_archives_own_policy_is_strict() -> None:
    """Without Pagefind no page but the contribution page may do more than load our own files."""
    security = parse_security(load_yaml(SITE_CONFIG / "security.yml"), pagefind=False)
    for policy in (security.policy, *security.pages.values(), security.headers["Content-Security-Policy"]):
        assert policy.startswith("default-src 'none'; ")
        assert (
            "unsafe-inline" not in policy and "'unsafe-eval'" not in policy and "*" not in policy and "//" not in policy
        )
    assert "unsafe" not in security.policy and "require-trusted-types-for 'script'" in security.policy
    assert security.pages.keys() == {"dong-gop"}
