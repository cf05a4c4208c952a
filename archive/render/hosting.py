"""Files for hosts: redirects, and the headers of site-config/security.yml, in the forms that common hosts read.

In: knowledge and settings. Out: `_redirects` and `_headers` (Netlify, Cloudflare Pages), `.htaccess` (Apache),
`nginx-headers.conf` (to be included in a `server` block).
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from archive.config import Settings
from archive.knowledge import Knowledge
from archive.model.pages import SiteFile

_KEEP = "public, max-age=31536000, immutable"


def host_files(knowledge: Knowledge, settings: Settings) -> Iterator[SiteFile]:
    """Files at the root of the site; where a host reads none of them, every page does the same by itself."""
    if knowledge.redirects:
        lines = [f"{redirect.source} {redirect.target} 301" for redirect in knowledge.redirects]
        yield SiteFile("_redirects", "\n".join(lines) + "\n")
    yield from _header_files(settings)


def _header_files(settings: Settings) -> Iterator[SiteFile]:
    base = urlsplit(settings.url).path
    security = settings.security
    headers = security.headers.items()
    kept = [base + folder for folder in security.unchanging]

    lines = [f"{base}*", *(f"  {name}: {value}" for name, value in headers)]
    for folder in kept:
        lines += [f"{folder}*", f"  Cache-Control: {_KEEP}"]
    yield SiteFile("_headers", "\n".join(lines) + "\n")

    lines = ["<IfModule mod_headers.c>", *(f'Header always set {name} "{value}"' for name, value in headers)]
    if kept:
        lines += [f'<If "%{{REQUEST_URI}} =~ m#^({"|".join(kept)})#">', f'Header set Cache-Control "{_KEEP}"', "</If>"]
    yield SiteFile(".htaccess", "\n".join([*lines, "</IfModule>"]) + "\n")

    lines = [f'add_header {name} "{value}" always;' for name, value in headers]
    for folder in kept:
        # An add_header of its own would drop those above.
        lines.append(f"location ^~ {folder} {{ expires 365d; }}")
    yield SiteFile("nginx-headers.conf", "\n".join(lines) + "\n")
