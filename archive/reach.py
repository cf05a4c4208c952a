"""Asks web addresses whether they still answer, politely.

In: addresses. Out: an `Answer` for each. A host is asked one thing at a time, with a pause between;
HEAD first, then GET where HEAD is not answered well; no body is read. Addresses come from strangers:
what leads into a private network is not asked.
"""

from __future__ import annotations

import http.client
import ipaddress
import random
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import quote, urljoin, urlsplit

REDIRECTS = 5
_AT_ONCE = 8
_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_SAFE = "/%:@!$&'()*+,;=~-._?"


class Verdict(StrEnum):
    FINE = "fine"
    MOVED = "moved"  # for good, to `to`
    HOME = "home"  # to the front page of the site: the page itself is gone
    GONE = "gone"
    UNSURE = "unsure"  # refused, overloaded, too slow: perhaps another day
    INSIDE = "inside"  # leads into a private network, or is no web address; not asked


@dataclass(frozen=True, slots=True)
class Answer:
    """`said` is a status or the name of an error."""

    address: str
    verdict: Verdict
    said: str = ""
    to: str = ""


class _Inside(Exception):
    """The address leads into a private network, or is no web address."""


@dataclass(frozen=True, slots=True)
class Asker:
    """How to ask: who says so, how long to wait, and whether private networks may be asked (tests do)."""

    agent: str
    pause: float = 1.0
    timeout: float = 20.0
    inside: bool = False
    _hosts: dict[str, threading.Lock] = field(default_factory=dict)

    def ask_all(self, addresses: Iterable[str], seconds: float = float("inf")) -> dict[str, Answer]:
        """The answers that came in within some seconds.

        The order is another one each time, so that what was left out is asked another day.
        """
        end = time.monotonic() + seconds
        by_host = defaultdict(list)
        for address in set(addresses):
            by_host[_host(address)].append(address)

        def work_off(queue: list[str]) -> list[Answer]:
            random.shuffle(queue)
            return [self.ask(address) for address in queue if time.monotonic() < end]

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            found = pool.map(work_off, by_host.values())
            return {answer.address: answer for answers in found for answer in answers}

    def ask(self, address: str) -> Answer:
        """Follows where an address leads, and says what stands there."""
        at, for_good = address, True
        try:
            for _ in range(REDIRECTS + 1):
                status, location = self._status(at)
                if status not in _MOVED or not location:
                    return _answer(address, at, status, for_good)
                at, for_good = urljoin(at, location), for_good and status in _FOR_GOOD
        except _Inside:
            return Answer(address, Verdict.INSIDE)
        except socket.gaierror as error:
            gone = error.errno == socket.EAI_NONAME
            return Answer(address, Verdict.GONE if gone else Verdict.UNSURE, "no such host" if gone else "DNS")
        except (OSError, http.client.HTTPException) as error:
            return Answer(address, Verdict.UNSURE, type(error).__name__)
        except ValueError:  # of urlsplit and http.client
            return Answer(address, Verdict.INSIDE)
        return Answer(address, Verdict.UNSURE, f"> {REDIRECTS} redirects")

    def _status(self, address: str) -> tuple[int, str]:
        status, location = self._request("HEAD", address)
        return self._request("GET", address) if status >= 400 else (status, location)

    def _request(self, method: str, address: str) -> tuple[int, str]:
        parts = urlsplit(address)
        host = parts.hostname
        if parts.scheme not in ("http", "https") or not host:
            raise _Inside
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        with self._hosts.setdefault(host, threading.Lock()):
            connection = kind(host, parts.port, timeout=self.timeout)
            try:
                connection.connect()
                self._refuse_inside(connection.sock)
                connection.request(method, path, headers={"User-Agent": self.agent, "Accept": "*/*"})
                response = connection.getresponse()
                return response.status, response.getheader("Location") or ""
            finally:
                connection.close()
                time.sleep(self.pause)

    def _refuse_inside(self, connected: socket.socket | ssl.SSLSocket) -> None:
        """Looks at the connection itself: a name can lead anywhere, and elsewhere the next time."""
        if not self.inside and not ipaddress.ip_address(connected.getpeername()[0].partition("%")[0]).is_global:
            raise _Inside


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _answer(address: str, at: str, status: int, for_good: bool) -> Answer:
    if status in _GONE:
        return Answer(address, Verdict.GONE, str(status))
    if status >= 300:
        return Answer(address, Verdict.UNSURE, str(status))
    if at == address:
        return Answer(address, Verdict.FINE, str(status))
    if urlsplit(at).path in ("", "/") and urlsplit(address).path not in ("", "/"):
        return Answer(address, Verdict.HOME, str(status), at)
    return Answer(address, Verdict.MOVED if for_good else Verdict.FINE, str(status), at)
