"""Texts and queries for both sides of the query layer: pieces of reports, codes and dates in any dress, damaged.

In: a number. Out: so many texts, the same in every run; the first ones of more are those of fewer.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from itertools import islice
from random import Random

import yaml

from archive.search.forms import folded
from tests.archives import TESTS
from tests.search.made import VOCABULARY

LONGEST = 150  # signs: a query is cut at 300 units of UTF-16
_REPORTS = [path.read_text(encoding="utf-8") for path in sorted((TESTS / "eval").glob("*/*.txt"))]
_CASES = [case["text"] for case in yaml.safe_load((TESTS / "search" / "words.yml").read_text(encoding="utf-8"))]
_DASHES = "-–—‐−/"
_BLANKS = (" ", " ", " ", "  ", "\u00a0", "\u2009", "\t", "\n", "\u3000")
_ODD = (
    *"'’‘ʼʹ´`′\"“”„«»()[].,;:!?…%&_+*=<>|\\@#$^~·•°²½№ªº",
    *("\u200b", "\u200d", "\ufeff", "\u00ad", "\u0301", "\u0323", "\u0302", "\u031b", "\r\n"),
    *(
        "Ð",
        "ð",
        "Đ",
        "đ",
        "ß",
        "İ",
        "ı",
        "ſ",
        "ﬁ",
        "Σ",
        "ς",
        "Ꭓ",
        "д",
        "中",
        "٣",
        "３",
        "Ⅳ",
        "𝟗",
        "𝐀",
        "😀",
        "ａ",
        "Ｑ",
    ),
)


def made_texts(count: int) -> list[str]:
    """So many texts of at most 150 signs."""
    random = Random("twins")
    makers = (_piece_of_report, _question, _code, _date, _codes_in_a_row, lambda random: random.choice(_CASES))
    texts = (_damaged(maker(random), random) for maker in _any_of(makers, random))
    return list(islice((text[:LONGEST] for text in texts), count))


def _any_of(makers: tuple[Callable[[Random], str], ...], random: Random) -> Iterator[Callable[[Random], str]]:
    while True:
        yield random.choice(makers)


def _piece_of_report(random: Random) -> str:
    report = random.choice(_REPORTS)
    start = random.randrange(max(1, len(report) - 20))
    return report[start : start + random.randint(5, LONGEST)]


def _question(random: Random) -> str:
    words = _piece_of_report(random).split()[: random.randint(1, 7)]
    if random.random() < 0.3:
        words.append(random.choice(VOCABULARY.leave_out))
    if random.random() < 0.3:
        words.insert(random.randrange(len(words) + 1), " ".join(random.choice(random.choice(VOCABULARY.groups))))
    question = " ".join(words)
    quoted = f'"{question}"' if random.random() < 0.1 else question
    return random.choice((quoted, quoted.lower(), quoted.upper(), folded(quoted), folded(quoted).lower()))


def _code(random: Random) -> str:
    """A number of a document, with some of: name of its type, `số`, year, letters, issuers."""
    type = random.choice(sorted(VOCABULARY.types))
    names = (*VOCABULARY.types[type], *VOCABULARY.short_types.get(type, ()))
    letters = random.choice((*VOCABULARY.codes.get(type, ("qđ",)), "nq", "kh", "abc"))
    number = str(random.choice((random.randint(0, 99), random.randint(0, 99_999), random.randint(1900, 2030))))
    parts = [random.choice((*names, "", "")), random.choice(("", VOCABULARY.around["number"], "số:", "so"))]
    parts.append(random.choice(("", "0", "00")) + number + random.choice(("", "", "", "a", ".1", ".1.2", "%")))
    dress = random.choice((str.upper, str.upper, str.lower, str.title))
    link = random.choice((*_DASHES, " - ", " ", "", " /"))
    tail = random.choice(("", link + dress(letters)))
    if random.random() < 0.3:
        tail = random.choice(_DASHES) + str(random.randint(1890, 2030)) + tail
    for _ in range(random.choice((0, 1, 1, 2, 6))):
        issuer = dress(random.choice((*sorted(VOCABULARY.issuers), "UBND", "15", "abc", "Dv")))
        tail += random.choice((*_DASHES, " ", "")) + issuer
    return " ".join(filter(None, parts)) + tail + random.choice(("", " ", ",", "của", " về", " ngày "))


def _date(random: Random) -> str:
    day, month, year = str(random.randint(0, 33)), str(random.randint(0, 14)), str(random.randint(1890, 2110))
    if random.random() < 0.4:
        day, month = day.zfill(2), month.zfill(2)
    around = VOCABULARY.around
    sign = random.choice(("/", "/", "-", ".", " / ", "–", " "))
    shape = random.choice(
        (
            sign.join((day, month, year)),
            f"{day}{sign}{month}{random.choice(_DASHES)}{year}",
            f"{around['day']} {day} {around['month']} {month} {around['year']} {year}",
            f"{around['day']} {day} {around['month']} {month}, {around['year']} {year}",
            f"{around['month']} {month}{sign}{year}",
            f"{around['month']} {month} {around['year']} {year}",
            f"{around['day']} {day}, {day}{sign}{month}{sign}{year}",
            f"{month}{sign}{year}",
            f"{year}{sign}{month}{sign}{day}",
        )
    )
    return random.choice((shape, shape.capitalize(), folded(shape), f"{shape}{random.choice('0 .,x%/')}"))


def _codes_in_a_row(random: Random) -> str:
    found = [random.choice((_code, _date, lambda random: str(random.randint(0, 999))))(random) for _ in range(3)]
    return random.choice((", ", " và ", "; ", " , ", " ", ", số ")).join(found)


def _damaged(text: str, random: Random) -> str:
    """The text with nothing, little or much done to it."""
    for _ in range(random.choice((0, 0, 1, 1, 2, 5))):
        place = random.randrange(len(text) + 1)
        what = random.randrange(8)
        if what == 0:
            text = text[:place] + random.choice(_ODD) + text[place:]
        elif what == 1:
            text = text[:place] + text[place + 1 :]
        elif what == 2:
            text = text.replace(" ", random.choice(_BLANKS))
        elif what == 3:
            text = unicodedata.normalize(random.choice(("NFC", "NFD", "NFKC")), text)
        elif what == 4:
            text = text.replace(random.choice(_DASHES), random.choice(_DASHES))
        elif what == 5:
            text = random.choice((str.upper, str.lower, str.title, folded))(text)
        elif what == 6:
            text = text[:place] + text[place : place + 2][::-1] + text[place + 2 :]
        else:
            text = text[:place] + random.choice(text or " ") + text[place:]
    return text
