"""Shards: groups of postings cut into files, and the list of their first keys.

In: groups in the order of keys. Out: the bytes of each shard (docs/search.md has the format), and back.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from archive.search.syllable.postings import Group, Postings, read_varint, varint

BIG = 6 << 10  # a group with so many bytes of postings stands alone
LEAST, MOST = 10 << 10, 22 << 10  # bytes of a shard before it is cut where the next key's hash says so, or anyway
_ONE_IN = 48  # so many keys are passed on average before one says so


@dataclass(frozen=True, slots=True)
class Shard:
    """One file: its first and last key, the digest of its bytes and how many they are."""

    first: str
    last: str
    alone: bool
    digest: str
    size: int


def compress(data: bytes) -> bytes:
    """Gzip without a time and without a system's name: the same bytes everywhere."""
    packed = bytearray(gzip.compress(data, compresslevel=6, mtime=0))
    packed[9] = 255
    return bytes(packed)


def is_big(group: Group) -> bool:
    return group.postings_size >= BIG


def cut(groups: Iterable[Group]) -> Iterator[list[Group]]:
    """Groups shard by shard.

    Whether a shard ends before a key depends on that key and on what the shard holds so far, on nothing further
    away: after an edit the cuts fall again where they fell before, a few shards on.
    """
    shard: list[Group] = []
    size = 0
    for group in groups:
        if shard and ends_before(group, size, shard[-1]):
            yield shard
            shard, size = [], 0
        shard.append(group)
        size += group.size
    if shard:
        yield shard


def ends_before(group: Group, size: int, before: Group) -> bool:
    """True if a shard of so many bytes, with that group last, ends before this one.

    Keys with another first letter are always apart, so that each letter can be cut by itself.
    """
    if size >= MOST or group.key[:1] != before.key[:1] or is_big(group) or is_big(before):
        return True
    return size >= LEAST and crc32(group.key.encode()) % _ONE_IN == 0


def encode_shard(numbering: bytes, groups: Sequence[Group]) -> bytes:
    """A shard, not yet compressed."""
    head = [numbering, varint(len(groups))]
    body = []
    before = b""
    for group in groups:
        key = group.key.encode()
        shared = _common(before, key)
        head += (varint(shared), varint(len(key) - shared), key[shared:], varint(len(group.forms)))
        before = key
        for postings in group.forms:
            form = postings.form.encode()
            head += (varint(len(form)), form, varint(postings.count), varint(len(postings.data)))
            body.append(postings.data)
    return b"".join(head + body)


def decode_shard(data: bytes) -> tuple[bytes, list[Group]]:
    """The numbering and the groups of an uncompressed shard."""
    numbering = data[:4]
    count, place = read_varint(data, 4)
    heads: list[tuple[str, list[tuple[str, int, int]]]] = []
    key = b""
    for _ in range(count):
        shared, place = read_varint(data, place)
        length, place = read_varint(data, place)
        key = key[:shared] + data[place : place + length]
        form_count, place = read_varint(data, place + length)
        forms = []
        for _ in range(form_count):
            length, place = read_varint(data, place)
            form = data[place : place + length].decode()
            postings, place = read_varint(data, place + length)
            size, place = read_varint(data, place)
            forms.append((form, postings, size))
        heads.append((key.decode(), forms))
    groups = []
    for name, forms in heads:
        held = []
        for form, postings, size in forms:
            held.append(Postings(form, postings, data[place : place + size]))
            place += size
        groups.append(Group(name, tuple(held)))
    return numbering, groups


def _common(a: Sequence[object], b: Sequence[object]) -> int:
    """How long both begin alike."""
    most = min(len(a), len(b))
    if a[:most] == b[:most]:
        return most
    return next(place for place in range(most) if a[place] != b[place])


_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def shard_list(shards: Sequence[Shard]) -> str:
    """The first keys in one string, a line a shard: how many letters it shares with the line before and how many KB
    the file has (a base-36 digit each, at most z), the rest of the key, and `!` if one key stands alone there.

    A first key is as short as it can be and still part a shard from the one before; a key that stands alone is whole.
    """
    lines = []
    before = ""
    for place, shard in enumerate(shards):
        key = shard.first
        if place and not shard.alone:
            key = key[: _common(shards[place - 1].last, key) + 1]
        shared = min(35, _common(before, key))
        size = min(35, -(-shard.size // 1024))
        lines.append(f"{_DIGITS[shared]}{_DIGITS[size]}{key[shared:]}{'!' if shard.alone else ''}")
        before = key
    return "\n".join(lines)
