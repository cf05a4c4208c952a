"""Asks web addresses whether they still answer, politely.

In: addresses. Out: an `Answer` for each, as it comes. A host is asked one thing at a time, with a pause between;
HEAD first, then GET where HEAD is not answered well; no body is read. Each address has one deadline for all that it
leads to. Addresses come from strangers: what leads into a private network is not connected to.
"""

from __future__ import annotations

import http.client
import queue
import random
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

REDIRECTS = 5
_AT_ONCE = 8
_GONE = (404, 410)
_MOVED = (301, 302, 303, 307, 308)
_FOR_GOOD = (301, 308)
_SAFE = "/%:@!$&'()*+,;=~-._?"
_PORTS = {"http": 80, "https": 443}
# Of these `is_global` says that they are public, here or in some version of Python.
_INSIDE = tuple(
    map(
        ip_network,
        (
            "168.63.129.16/32",  # what serves Azure's machines, those of GitHub among them
            "192.0.0.0/24",  # what serves Oracle's
            "fec0::/10",  # private once, and still so in places
            "64:ff9b::/96",  # these four lead to the IPv4 address within
            "64:ff9b:1::/48",
            "2002::/16",
            "2001::/32",
        ),
    )
)

Address = IPv4Address | IPv6Address


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


def is_public(address: Address) -> bool:
    """Whether anybody on the internet could ask there."""
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast and not any(address in network for network in _INSIDE)


@dataclass(frozen=True, slots=True)
class Asker:
    """How to ask: who says so, how many seconds an address may take in all, and where one may connect to.

    `allowed` is another one in tests alone, which have nothing but their own machine.
    """

    agent: str
    pause: float = 1.0
    timeout: float = 20.0
    allowed: Callable[[Address], bool] = is_public
    _hosts: dict[str, threading.Lock] = field(default_factory=dict)

    def ask_all(self, addresses: Iterable[str], seconds: float = float("inf")) -> Iterator[Answer]:
        """The answers that come in within some seconds, each as it comes.

        The order is another one each time, so that what was left out is asked another day.
        """
        end = time.monotonic() + seconds
        by_host = defaultdict(list)
        for address in set(addresses):
            by_host[_host(address)].append(address)
        answers: queue.SimpleQueue[Answer | None] = queue.SimpleQueue()

        def work_off(asked: list[str]) -> None:
            random.shuffle(asked)
            try:
                for address in asked:
                    if (left := end - time.monotonic()) > 0:
                        answers.put(self.ask(address, min(self.timeout, left)))
            finally:
                answers.put(None)

        with ThreadPoolExecutor(_AT_ONCE) as pool:
            work = [pool.submit(work_off, asked) for asked in by_host.values()]
            ended = 0
            while ended < len(work):
                answer = answers.get()
                if answer is None:
                    ended += 1
                else:
                    yield answer
            for done in work:
                done.result()

    def ask(self, address: str, seconds: float | None = None) -> Answer:
        """Follows where an address leads, and says what stands there, all within some seconds (else `timeout`)."""
        end = time.monotonic() + (self.timeout if seconds is None else seconds)
        try:
            return self._follow(address, end)
        except _Inside:
            return Answer(address, Verdict.INSIDE)
        except socket.gaierror as error:
            gone = error.errno == socket.EAI_NONAME
            return Answer(address, Verdict.GONE if gone else Verdict.UNSURE, "no such host" if gone else "DNS")
        except (OSError, http.client.HTTPException) as error:
            said = TimeoutError if time.monotonic() >= end else type(error)
            return Answer(address, Verdict.UNSURE, said.__name__)
        except ValueError:  # of urlsplit and http.client
            return Answer(address, Verdict.INSIDE)

    def _follow(self, address: str, end: float) -> Answer:
        at, for_good = address, True
        for _ in range(REDIRECTS + 1):
            status, location = self._status(at, end)
            if status not in _MOVED or not location:
                return _answer(address, at, status, for_good)
            at, for_good = urljoin(at, location), for_good and status in _FOR_GOOD
        return Answer(address, Verdict.UNSURE, f"> {REDIRECTS} redirects")

    def _status(self, address: str, end: float) -> tuple[int, str]:
        status, location = self._request("HEAD", address, end)
        return self._request("GET", address, end) if status >= 400 else (status, location)

    def _request(self, method: str, address: str, end: float) -> tuple[int, str]:
        parts = urlsplit(address)
        host = parts.hostname
        if parts.scheme not in _PORTS or not host:
            raise _Inside
        port = parts.port or _PORTS[parts.scheme]
        path = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
        with self._alone_with(host, end):
            connected = self._connect(host, port, end)
            with _cut_off(connected, end):
                kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
                connection = kind(host, parts.port)
                connection.sock = connected if parts.scheme == "http" else _encrypted(connected, host)
                try:
                    connection.request(method, path, headers={"User-Agent": self.agent, "Accept": "*/*"})
                    response = connection.getresponse()
                    _left(end)  # a head that was cut off looks like a whole one
                    return response.status, response.getheader("Location") or ""
                finally:
                    connection.close()

    @contextmanager
    def _alone_with(self, host: str, end: float) -> Iterator[None]:
        """One question at a time, and a pause after it."""
        lock = self._hosts.setdefault(host, threading.Lock())
        if not lock.acquire(timeout=_left(end)):
            raise TimeoutError
        try:
            yield
        finally:
            time.sleep(self.pause)
            lock.release()

    def _connect(self, host: str, port: int, end: float) -> socket.socket:
        """Connects to an address that was looked at first: a name can lead anywhere, and elsewhere the next time."""
        found = [place for place in _resolved(host, port, end) if self.allowed(_ip(place[4][0]))]
        if not found:
            raise _Inside
        for family, kind, protocol, _, where in found[:-1]:
            with suppress(OSError):
                return _opened(family, kind, protocol, where, end)
        family, kind, protocol, _, where = found[-1]
        return _opened(family, kind, protocol, where, end)


_Place = tuple[int, int, int, str, tuple[Any, ...]]  # as getaddrinfo gives it


def _encrypted(connected: socket.socket, host: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(connected, server_hostname=host)


def _resolved(host: str, port: int, end: float) -> list[_Place]:
    """Where a name leads. The system can take minutes for that and can't be told to stop: it is left alone then."""
    answers: queue.SimpleQueue[list[_Place] | Exception] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            answers.put(list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))
        except Exception as error:  # told to the one who asked
            answers.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=_left(end))
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise found
    return found


def _opened(family: int, kind: int, protocol: int, where: tuple[Any, ...], end: float) -> socket.socket:
    opened = socket.socket(family, kind, protocol)
    try:
        opened.settimeout(_left(end))
        opened.connect(where)
    except BaseException:
        opened.close()
        raise
    return opened


@contextmanager
def _cut_off(connected: socket.socket, end: float) -> Iterator[None]:
    """Ends the connection when the time is over: a timeout of a socket begins anew with each byte that comes."""
    handle = connected.dup()  # TLS takes the other one over

    def cut() -> None:
        with suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    connected.settimeout(_left(end))
    timer = threading.Timer(_left(end), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        handle.close()
        connected.close()


def _left(end: float) -> float:
    """Seconds until then."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _ip(text: object) -> Address:
    return ip_address(str(text).partition("%")[0])


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
