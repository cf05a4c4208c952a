"""Files for hosts: redirects, what is gone, and the headers of site-config/security.yml, as common hosts read them.

In: planned pages and settings. Out: `_redirects` and `_headers` (Netlify, Cloudflare Pages), `.htaccess` (Apache),
`nginx-redirects.conf` and `nginx-headers.conf` (to be included in a `server` block). Where a host reads none of them,
every page does the same by itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from archive.config import Settings
from archive.database import Query
from archive.model.pages import SiteFile
from archive.outputs.output import Output, Piece

_KEEP = "public, max-age=31536000, immutable"


class Way(NamedTuple):
    """From an address on the host to another; `below` if all that begins with the first leads there, too."""

    source: str
    target: str
    below: bool = False


def _way(address: str, context: str) -> Way:
    found = json.loads(context)
    return Way(address, found["target"], bool(found.get("below")))


MOVED = Query("SELECT address, context FROM page_plan WHERE template = :template ORDER BY address", _way)
GONE = Query("SELECT address FROM page_plan WHERE template = :template ORDER BY address", str)


class HostFiles(Output):
    def site_keys(self) -> Iterable[str]:
        return ["_redirects", "_headers", ".htaccess", "nginx-redirects.conf", "nginx-headers.conf"]

    def of_site(self, key: str) -> Iterator[Piece]:
        lines = list(header_lines(key, self.context.settings))
        match key:
            case "_redirects":
                lines += [f"{way.source} {way.target} 301" for way in self._ways("*")]
            case ".htaccess":
                lines += _apache_ways(self._ways(""), self._gone())
            case "nginx-redirects.conf":
                lines += _nginx_ways(self._ways(""), self._gone())
        if lines:
            yield SiteFile(key, ("\n".join(lines) + "\n").encode())

    def _ways(self, anything: str) -> list[Way]:
        """All redirects with the base path of the site; single addresses come before what lies below one.

        `anything` is what stands for the rest of an address behind those.
        """
        base = _base(self.context.settings)
        every = [Way(base + way.source, base + way.target, way.below) for way in self._moved()]
        single = [way._replace(below=False) for way in every]
        return [*single, *(way._replace(source=way.source + anything) for way in every if way.below)]

    def _moved(self) -> Iterable[Way]:
        return self.context.db.ask(MOVED, template="redirect")

    def _gone(self) -> list[str]:
        """Addresses of what was taken down, with the base path of the site."""
        base = _base(self.context.settings)
        return [base + address for address in self.context.db.ask(GONE, template="tombstone")]


def header_lines(file: str, settings: Settings) -> list[str]:
    """What one of the files says of headers: the same in each; nothing in those that hold redirects alone."""
    lines = {"_headers": _headers, ".htaccess": _apache_headers, "nginx-headers.conf": _nginx_headers}.get(file)
    return lines(settings) if lines else []


def _base(settings: Settings) -> str:
    return urlsplit(settings.url).path


def _apache_ways(ways: list[Way], gone: list[str]) -> Iterator[str]:
    if not (ways or gone):
        return
    yield "<IfModule mod_alias.c>"
    for way in ways:
        end = ".+" if way.below else ""
        yield f'RedirectMatch 301 "^{_pattern(way.source)}{end}$" "{way.target}"'
    yield from (f'RedirectMatch 410 "^{_pattern(address)}$"' for address in gone)
    yield "</IfModule>"
    for address in gone:  # its page says why
        yield f"<If \"%{{REQUEST_URI}} == '{address}'\">\nErrorDocument 410 {address}index.html\n</If>"


def _pattern(address: str) -> str:
    """An address as a regular expression; it holds nothing but letters, digits, `-`, `_`, `/` and dots."""
    return address.replace(".", r"\.")


def _nginx_ways(ways: list[Way], gone: list[str]) -> list[str]:
    lines = [f"location {'^~' if way.below else '='} {way.source} {{ return 301 {way.target}; }}" for way in ways]
    return [*lines, *(f"location = {at} {{ error_page 410 {at}index.html; return 410; }}" for at in gone)]


def _headers(settings: Settings) -> list[str]:
    base = _base(settings)
    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in settings.security.headers.items())]
    for folder in _kept(settings):
        lines += [f"{folder}*", f"  Cache-Control: {_KEEP}"]
    return lines


def _apache_headers(settings: Settings) -> list[str]:
    lines = [f'Header always set {name} "{value}"' for name, value in settings.security.headers.items()]
    if kept := _kept(settings):
        lines += [f'<If "%{{REQUEST_URI}} =~ m#^({"|".join(kept)})#">', f'Header set Cache-Control "{_KEEP}"', "</If>"]
    return ["<IfModule mod_headers.c>", *lines, "</IfModule>"]


def _nginx_headers(settings: Settings) -> list[str]:
    lines = [f'add_header {name} "{value}" always;' for name, value in settings.security.headers.items()]
    # An add_header of its own would drop those above.
    return [*lines, *(f"location ^~ {folder} {{ expires 365d; }}" for folder in _kept(settings))]


def _kept(settings: Settings) -> list[str]:
    """Folders whose files never change, with the base path of the site."""
    return [_base(settings) + folder for folder in settings.security.unchanging]
