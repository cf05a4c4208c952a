"""Files for hosts: redirects, and the headers of site-config/security.yml, in the forms that common hosts read.

In: redirects and settings. Out: `_redirects` and `_headers` (Netlify, Cloudflare Pages), `.htaccess` (Apache),
`nginx-headers.conf` (to be included in a `server` block). Where a host reads none of them, every page does the same
by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from archive.config import Settings
from archive.model.pages import SiteFile
from archive.outputs.output import Output, Piece
from archive.render.pages import REDIRECTS

_KEEP = "public, max-age=31536000, immutable"


class Redirects(Output):
    def site_keys(self) -> Iterable[str]:
        return ["_redirects"]

    def of_site(self, key: str) -> Iterator[Piece]:
        if lines := [f"{source} {target} 301" for source, target, _ in self.context.db.ask(REDIRECTS)]:
            yield _file(key, lines)


class Headers(Output):
    def site_keys(self) -> Iterable[str]:
        return ["_headers"]

    def of_site(self, key: str) -> Iterator[Piece]:
        yield from header_files(self.context.settings)


def header_files(settings: Settings) -> Iterator[SiteFile]:
    """The same headers for each host."""
    base = urlsplit(settings.url).path
    security = settings.security
    headers = security.headers.items()
    kept = [base + folder for folder in security.unchanging]

    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in headers)]
    for folder in kept:
        lines += [f"{folder}*", f"  Cache-Control: {_KEEP}"]
    yield _file("_headers", lines)

    lines = ["<IfModule mod_headers.c>", *(f'Header always set {name} "{value}"' for name, value in headers)]
    if kept:
        lines += [f'<If "%{{REQUEST_URI}} =~ m#^({"|".join(kept)})#">', f'Header set Cache-Control "{_KEEP}"', "</If>"]
    yield _file(".htaccess", [*lines, "</IfModule>"])

    lines = [f'add_header {name} "{value}" always;' for name, value in headers]
    for folder in kept:
        # An add_header of its own would drop those above.
        lines.append(f"location ^~ {folder} {{ expires 365d; }}")
    yield _file("nginx-headers.conf", lines)


def _file(path: str, lines: list[str]) -> SiteFile:
    return SiteFile(path, ("\n".join(lines) + "\n").encode())
