"""What a live site says was published: its own table of addresses, from a folder or over the network.

In: a folder, or the address of a site. Out: addresses of pages, in the order of the table. One deadline is for the
whole answer, and one limit for its size.
"""

from __future__ import annotations

import csv
import http.client
import io
import time
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

SECONDS = 60.0
MAX_BYTES = 200_000_000
_PART = 1 << 16


class NoCopy(Exception):
    """There is no table of addresses to be read."""


def addresses_published(where: str, path: str, agent: str, seconds: float = SECONDS) -> list[str]:
    """`path` is where the table is on a site. Raises NoCopy, saying what failed.

    The address is that of the one who asks, not of a stranger: it may lead anywhere.
    """
    try:
        is_web = urlsplit(where).scheme in ("http", "https")
        data = _fetched(f"{where.rstrip('/')}/{path}", agent, seconds) if is_web else (Path(where) / path).read_bytes()
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except (OSError, ValueError, csv.Error, http.client.HTTPException) as error:
        raise NoCopy(f"{where}: {error}") from error
    if not rows or rows[0][:1] != ["address"]:
        raise NoCopy(f"{where}: {path}")
    return [row[0] for row in rows[1:] if row and "#" not in row[0]]


def _fetched(address: str, agent: str, seconds: float) -> bytes:
    end, parts, size = time.monotonic() + seconds, list[bytes](), 0
    request = urllib.request.Request(address, headers={"User-Agent": agent})
    with urllib.request.urlopen(request, timeout=seconds) as response:
        while part := response.read1(_PART):
            parts.append(part)
            size += len(part)
            if time.monotonic() > end or size > MAX_BYTES:
                raise TimeoutError(f"> {seconds:.0f} s, > {MAX_BYTES} B" if size > MAX_BYTES else f"> {seconds:.0f} s")
    return b"".join(parts)
