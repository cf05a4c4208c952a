"""Postings: in which entries a term stands, and with which weight.

In: (entry, weight) pairs. Out: their bytes as they stand in a shard: the deltas of the entry
numbers as varints, then one weight byte each. `Group` is a key with its exact forms.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import sub
from struct import unpack

PACKED = 4  # bytes of one posting on its way through a run: weight << 24 | entry


@dataclass(frozen=True, slots=True)
class Postings:
    """The postings of one form; `form` is empty where it is the same as the key."""

    form: str
    count: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Group:
    """A key and its forms, in order."""

    key: str
    forms: tuple[Postings, ...]

    @property
    def postings_size(self) -> int:
        return sum([len(form.data) for form in self.forms])

    @property
    def size(self) -> int:
        """About how many bytes of a shard it takes; a matter of this group alone."""
        return len(self.key) + 4 + sum([len(form.form) + 4 + len(form.data) for form in self.forms])


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first; all bytes but the last have the high bit.

    >>> varint(300).hex()
    'ac02'
    """
    if number < len(_SHORT):
        return _SHORT[number]
    return _varint(number)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


_SHORT = [_varint(number) for number in range(1 << 14)]


def read_varint(data: bytes, place: int) -> tuple[int, int]:
    """The number at a place, and the place after it."""
    number = shift = 0
    while True:
        byte = data[place]
        place += 1
        number |= (byte & 127) << shift
        if byte < 128:
            return number, place
        shift += 7


class _Read(dict[bytes, int]):
    """Bytes of a varint → the number; small ones are met again and again."""

    def __missing__(self, data: bytes) -> int:
        number, _ = read_varint(data, 0)
        if number < len(_SHORT):
            self[data] = number
        return number


_READ = _Read()
_VARINT = re.compile(rb"[\x80-\xff]*[\x00-\x7f]")


def pack(entry: int, weight: int) -> bytes:
    return (weight << 24 | entry).to_bytes(PACKED, "little")


def encode_packed(form: str, packed: bytes) -> Postings:
    """Postings from packed ones, in the order of entries."""
    if len(packed) == PACKED:  # most terms stand in one entry alone
        return Postings(form, 1, varint(packed[0] | packed[1] << 8 | packed[2] << 16) + packed[3:])
    weights = packed[3::PACKED]
    numbers = bytearray(packed)
    numbers[3::PACKED] = bytes(len(weights))
    return encode_listed(form, unpack(f"<{len(weights)}I", numbers), weights)


def encode_listed(form: str, entries: Sequence[int], weights: bytes) -> Postings:
    """Postings from entries in order and the weight of each."""
    deltas = [entries[0], *map(sub, entries[1:], entries)]
    if max(deltas) < 128:
        return Postings(form, len(entries), bytes(deltas) + weights)
    short = _SHORT
    encoded = b"".join([short[delta] if delta < 16384 else varint(delta) for delta in deltas])
    return Postings(form, len(entries), encoded + weights)


def encode(form: str, postings: Mapping[int, int]) -> Postings:
    """Postings from entry → weight."""
    entries = sorted(postings)
    return encode_listed(form, entries, bytes(map(postings.__getitem__, entries)))


def listed(postings: Postings) -> tuple[list[int], bytes]:
    """The entries in order, and the weight of each."""
    place = len(postings.data) - postings.count
    deltas = map(_READ.__getitem__, _VARINT.findall(postings.data[:place]))
    return list(accumulate(deltas)), postings.data[place:]


def decode(postings: Postings) -> dict[int, int]:
    """Entry → weight."""
    return dict(zip(*listed(postings), strict=True))


def edited(postings: Postings, changes: Mapping[int, int | None]) -> Postings | None:
    """Postings with other weights for some entries, None where one goes; None if none is left."""
    entries, held = listed(postings) if postings.count else ([], b"")
    weights = bytearray(held)
    for entry, weight in changes.items():
        place = bisect_left(entries, entry)
        there = place < len(entries) and entries[place] == entry
        if weight is None:
            if there:
                del entries[place], weights[place]
        elif there:
            weights[place] = weight
        else:
            entries.insert(place, entry)
            weights.insert(place, weight)
    return encode_listed(postings.form, entries, bytes(weights)) if entries else None


def groups(terms: Iterable[tuple[str, bytes]]) -> Iterator[Group]:
    """Groups from sorted (term, packed postings); the parts of one term come one after another."""
    key = ""
    forms: list[tuple[str, bytes]] = []
    for term, packed in terms:
        term_key, _, form = term.partition("\t")
        if term_key != key:
            if forms:
                yield _group(key, forms)
            key, forms = term_key, []
        if forms and forms[-1][0] == form:
            forms[-1] = (form, forms[-1][1] + packed)
        else:
            forms.append((form, packed))
    if forms:
        yield _group(key, forms)


def _group(key: str, forms: list[tuple[str, bytes]]) -> Group:
    return Group(key, tuple(encode_packed(form, packed) for form, packed in forms))
