"""Questions to the database: SQL about one table, and the type of its answers.

In: SQL text. Out: `Query`, which knows with which values the question compares which columns, so that whoever
asked can be told when the answer may have changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Generic, TypeAlias, TypeVar

Value: TypeAlias = str | int | bytes | None
Answer = TypeVar("Answer")

_TABLE = re.compile(r'\bFROM\s+"?(\w+)"?', re.IGNORECASE)
_EQUAL = re.compile(r'"?(\w+)"?\s*=\s*:(\w+)')
_REFUSED = re.compile(r"\b(?:JOIN|OR|UNION)\b|\bFROM\b.*\bFROM\b", re.IGNORECASE | re.DOTALL)

# For each table the columns that questions compare with values, in every combination that is asked.
compared: Mapping[str, set[tuple[str, ...]]] = defaultdict(set)


class Query(Generic[Answer]):
    """A question about one table; `answer` makes one value of the columns of one row.

    Only one table, and only `column = :value` joined by AND: what an answer rests on is then known exactly. What
    belongs together is asked one after the other; in one process an answer takes microseconds. Raises ValueError
    for any other SQL.

    >>> Query("SELECT id FROM event WHERE id = :id", str).columns
    ('id',)
    """

    def __init__(self, sql: str, answer: Callable[..., Answer]) -> None:
        table = _TABLE.search(sql)
        if table is None or _REFUSED.search(sql):
            raise ValueError(f"not a question about one table: {sql}")
        self.sql = sql
        self.answer = answer
        self.table = table[1]
        self.parameters = dict(sorted(_EQUAL.findall(sql)))
        self.columns = tuple(self.parameters)
        compared[self.table].add(self.columns)

    def question(self, values: Mapping[str, Value]) -> int:
        """The number by which the question with these values is known."""
        return question(self.table, self.columns, tuple([values[name] for name in self.parameters.values()]))


def question(table: str, columns: tuple[str, ...], values: tuple[Value, ...]) -> int:
    """A signed number of eight bytes: a hash of a table, of columns of it and of their values."""
    # A truth value is a number to SQLite: True and 1 are one value here, too.
    compared_values = [int(value) if isinstance(value, bool) else value for value in values]
    digest = blake2b(repr((table, columns, compared_values)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
