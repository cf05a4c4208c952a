"""Values of options: what is no sensible value is refused with a sentence, as wrong use.

In: words. Out: functions for argparse's `type`, which raise `ArgumentTypeError`.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable

from archive.commands.words import Words
from archive.model.edtf import parse_date

_MOST = 1_000_000  # of seconds, minutes, processes


def whole(words: Words, option: str, first: int = 1, last: int = _MOST) -> Callable[[str], int]:
    """A whole number from `first` to `last`."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 8 and first <= int(text) <= last):
            raise argparse.ArgumentTypeError(words("bad-number", value=text, option=option, first=first, last=last))
        return int(text)

    return number


def positive(words: Words, option: str) -> Callable[[str], float]:
    """A number above 0."""

    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 < value <= _MOST:
            raise argparse.ArgumentTypeError(words("bad-positive", value=text, option=option))
        return value

    return number


def year(words: Words) -> Callable[[str], str]:
    """A year in which something can have taken place."""

    def checked(text: str) -> str:
        try:
            is_year = len(text) == 4 and text.isdecimal() and bool(parse_date(text))
        except ValueError:
            is_year = False
        if not is_year:
            raise argparse.ArgumentTypeError(words("bad-year", value=text))
        return text

    return checked
