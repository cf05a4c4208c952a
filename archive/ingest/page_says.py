"""What a page says of itself: headline, publisher, day, address, authors.

In: the tree. Out: `Sayings`, from Open Graph, JSON-LD, Dublin Core, microdata and the like, judged: a day in the
time of Việt Nam, the canonical address before the shared one, no author that a program filled in.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from archive.ingest.lines import word_key
from archive.ingest.markup import Node, Tree
from archive.ingest.page_names import PageNames

_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_LONGEST_SAYING = 400
_LONGEST_JSON = 500_000
_MOST_PARTS = 2_000
_ARTICLES = ("article", "posting", "report", "webpage")
_TITLES = ("og:title", "headline", "twitter:title", "dc.title", "dcterms.title", "title")
_PUBLISHERS = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name", "copyright")
_DAYS = (
    *("article:published_time", "og:published_time", "datepublished", "pubdate", "publishdate", "publish-date"),
    *("dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date", "dcterms.date", "date", "article:published"),
)
_AUTHORS = ("author", "article:author", "dc.creator", "dcterms.creator", "dable:author", "cms-author")
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d{1,9})?\s?(Z|[+-]\d{2}:?\d{2}|[+-]\d{1,2})?)?"
)
_OURS = re.compile(r"(?:\D{0,20})(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)(.{0,24})", re.DOTALL)
_ANY_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_HALF_DAY = re.compile(r"\b(?:am|pm|sa|ch)\b", re.IGNORECASE)
_WEB = re.compile(r"https?://[^\s/]{1,200}(?:/\S{0,2000})?")
_SITE = re.compile(r"(?:www\.)?[\w-]{1,60}(?:\.[\w-]{2,30}){1,4}/?")
_BEFORE_SITE = re.compile(r"\s[|\-–—»:•·]{1,2}\s|\s?\|\s?|\s?::\s?")


@dataclass(frozen=True, slots=True)
class Sayings:
    """`titles`: headlines by trust; `headline` is one that is more than the window's; `published` is an EDTF day."""

    titles: tuple[str, ...] = ()
    headline: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """Values by name in small letters, the first first; the page's own articles in JSON-LD."""

    values: dict[str, list[str]] = field(default_factory=dict)
    articles: list[Mapping[str, object]] = field(default_factory=list)
    window: str = ""
    canonical: str = ""

    def add(self, name: str, value: str) -> None:
        words = " ".join(value[: 4 * _LONGEST_SAYING].split())
        if name and words:
            self.values.setdefault(name.lower(), []).append(words[:_LONGEST_SAYING])

    def all(self, *names: str) -> Iterator[str]:
        for name in names:
            yield from self.values.get(name, ())


def sayings(tree: Tree, names: PageNames) -> Sayings:
    found = _look(tree.root)
    publisher = _publisher(found)
    titles = tuple(dict.fromkeys(_titles(found, publisher)))
    return Sayings(
        titles=titles,
        headline=titles[0] if titles and word_key(titles[0]) != word_key(found.window) else None,
        publisher=publisher,
        published=_published(found),
        url=_address(found, tree.saved_from, names),
        authors=_authors(found, publisher, names),
    )


def day_in_vietnam(words: str) -> str | None:
    """The day of a point in time, where it is one.

    >>> day_in_vietnam("2024-05-12T18:00:00Z")
    '2024-05-13'
    """
    words = words.strip()[:80]
    if match := _ISO.match(words):
        return _iso_day(match)
    if (match := _OURS.match(words)) and not _HALF_DAY.search(match[4]):
        return _day(int(match[3]), int(match[2]), int(match[1]))
    try:
        return _plausible(parsedate_to_datetime(words))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def first_day(words: str) -> str | None:
    """The first day that is printed in a line, day before month.

    >>> first_day("Cập nhật: 06/05/2014 09:15")
    '2014-05-06'
    """
    found = _ANY_DAY.search(words[:_LONGEST_SAYING])
    return _day(int(found[3]), int(found[2]), int(found[1])) if found else None


def without_tracking(address: str, names: PageNames) -> str:
    """An address without what places of sharing add to it, and without a fragment."""
    parts = urlsplit(address)
    kept = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, max_num_fields=100)
        if not name.lower().startswith(names.tracking)
    ]
    query = parts.query if len(kept) == len(parse_qsl(parts.query, keep_blank_values=True)) else urlencode(kept)
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


# --- where it is said ---


def _look(root: Node) -> _Found:
    found = _Found()
    for node in root.all(*_LOOKED_AT, *_WITH_PROPERTIES):
        look = _LOOKED_AT.get(node.tag, _look_at_property)
        look(node, found)
    return found


def _look_at_meta(node: Node, found: _Found) -> None:
    found.add(node.get("property") or node.get("name") or node.get("itemprop"), node.get("content"))


def _look_at_link(node: Node, found: _Found) -> None:
    if "canonical" in node.get("rel").lower().split() and not found.canonical:
        found.canonical = node.get("href")


def _look_at_title(node: Node, found: _Found) -> None:
    found.window = found.window or node.text()


def _look_at_script(node: Node, found: _Found) -> None:
    if "ld+json" in node.get("type"):
        found.articles += _articles("".join(child for child in node.children if isinstance(child, str)))


def _look_at_property(node: Node, found: _Found) -> None:
    said = node.get("itemprop").lower()
    if said in ("datepublished", "headline", "author") or (node.tag == "time" and "pubdate" in node.attributes):
        is_day = said == "datepublished" or node.tag == "time"
        value = node.get("datetime") or node.get("content") or node.get("title") or node.text()
        found.add("datepublished" if is_day else said, value)


_LOOKED_AT: dict[str, Callable[[Node, _Found], None]] = {
    "meta": _look_at_meta,
    "link": _look_at_link,
    "title": _look_at_title,
    "script": _look_at_script,
}
_WITH_PROPERTIES = ("time", "span", "div", "p", "a", "h1", "h2", "dd", "abbr")


def _articles(source: str) -> list[Mapping[str, object]]:
    """The parts of a JSON-LD that describe an article, a page's own description last."""
    try:
        data = json.loads(source[:_LONGEST_JSON])
    except (ValueError, RecursionError):
        return []
    found = [part for part in _parts(data) if any(name in _type(part) for name in _ARTICLES)]
    return sorted(found, key=lambda part: "webpage" in _type(part))


def _type(part: Mapping[str, object]) -> str:
    return str(part.get("@type", "")).lower()


def _parts(data: object) -> Iterator[Mapping[str, object]]:
    """The objects of a list or a graph, and of lists in it."""
    waiting = [data]
    for _ in range(_MOST_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict):
            yield part
            waiting.append(part.get("@graph"))


def _said(value: object) -> Iterator[str]:
    """The words of a value in JSON-LD: itself, its name, or those of each."""
    if isinstance(value, str):
        yield " ".join(value.split())[:_LONGEST_SAYING]
    elif isinstance(value, Mapping):
        yield from _said(value.get("name") or value.get("@id") or "")
    elif isinstance(value, list):
        for inner in value[:10]:
            if not isinstance(inner, list):
                yield from _said(inner)


# --- what is made of it ---


def _titles(found: _Found, publisher: str | None) -> Iterator[str]:
    said = [*found.all(*_TITLES[:1]), *(t for part in found.articles for t in _said(part.get("headline")))]
    said += [*found.all(*_TITLES[1:]), " ".join(found.window.split())[:_LONGEST_SAYING]]
    site = word_key(publisher or "")
    for title in said:
        bare = without_site(title, publisher)
        if bare and word_key(bare) != site:
            yield bare
            if bare != title:
                yield title


def without_site(title: str, publisher: str | None) -> str:
    """A headline without the site's name behind (or before) it, where that is known to be its name."""
    if not publisher:
        return title
    site = word_key(publisher)
    signs = list(_BEFORE_SITE.finditer(title))
    for sign in signs:
        if word_key(title[sign.end() :]) == site:
            return title[: sign.start()].strip()
        if word_key(title[: sign.start()]) == site:
            return title[sign.end() :].strip()
    return title


def _publisher(found: _Found) -> str | None:
    named = [*found.all("og:site_name"), *(name for part in found.articles for name in _said(part.get("publisher")))]
    named += found.all(*_PUBLISHERS[1:])
    known = [name for name in named if any(map(str.isalpha, name))]
    return next((name for name in known if not _SITE.fullmatch(name)), known[0] if known else None)


def _published(found: _Found) -> str | None:
    said = [*found.all(_DAYS[0]), *(day for part in found.articles for day in _said(part.get("datePublished")))]
    said += found.all(*_DAYS[1:])
    return next(filter(None, map(day_in_vietnam, said)), None)


def _iso_day(match: re.Match[str]) -> str | None:
    year, month, day = (int(match[at]) for at in (1, 2, 3))
    zone = match[7]
    if not zone:
        return _day(year, month, day)
    hours, minutes = (0, 0)
    if zone != "Z":
        digits = zone[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    offset = datetime.timedelta(hours=hours, minutes=minutes) * (-1 if zone.startswith("-") else 1)
    try:
        at = datetime.datetime(year, month, day, int(match[4]), int(match[5]), tzinfo=datetime.timezone(offset))
    except ValueError:
        return None
    return _plausible(at)


def _plausible(at: datetime.datetime) -> str | None:
    if at.tzinfo is not None and _FIRST_YEAR <= at.year <= _LAST_YEAR:
        at = at.astimezone(_VIETNAM)
    return _day(at.year, at.month, at.day)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        found = datetime.date(year, month, day)
    except ValueError:
        return None
    return found.isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else None


def _address(found: _Found, saved_from: str, names: PageNames) -> str | None:
    """The page's own address: canonical, then shared, then the one it was saved from; a front page is no report's."""
    shared = next(found.all("og:url"), "")
    said = [str(part.get("url") or "") for part in found.articles] + [
        word for part in found.articles for word in _said(part.get("mainEntityOfPage"))
    ]
    base = shared or saved_from
    every = [_whole(address, base) for address in (found.canonical, shared, *said, saved_from, *found.all("url"))]
    known = [without_tracking(address, names) for address in every if address]
    return next((address for address in known if _has_path(address)), known[0] if known else None)


def _whole(address: str, base: str) -> str | None:
    address = address.strip()
    try:
        if address and not _WEB.fullmatch(address) and _WEB.fullmatch(base.strip()):
            address = urljoin(base.strip(), address)
        urlsplit(address)
    except ValueError:
        return None
    return address if _WEB.fullmatch(address) else None


def _has_path(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.query) or parts.path.strip("/").lower() not in ("", "index.html", "index.php", "default.aspx")


def _authors(found: _Found, publisher: str | None, names: PageNames) -> tuple[str, ...]:
    named = [name for part in found.articles for name in _said(part.get("author"))]
    named += found.all(*_AUTHORS)
    site = word_key(publisher or "")
    people = [name for name in named if name and word_key(name) != site and not names.is_no_author(name)]
    return tuple(dict.fromkeys(people))[:5]
