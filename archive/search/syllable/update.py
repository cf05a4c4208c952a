"""Brings the shards up to date after an edit that leaves all entries in their places.

In: the shards as they are, and the terms of changed entries before and now. Out: the shards as a clean
build would make them, or None if so many change that a clean build is quicker.
"""

from __future__ import annotations

import gzip
from bisect import bisect_right
from collections.abc import Iterator, Mapping

from archive.search.syllable.cache import Cache, Terms
from archive.search.syllable.files import Store
from archive.search.syllable.lexicon import is_syllable, line_of, read_lexicon, write_lexicon
from archive.search.syllable.postings import Group, Postings, edited
from archive.search.syllable.shards import Shard, decode_shard, ends_before, is_big
from archive.search.syllable.whole import make_shard

_WORTH = 0.4  # of all shards
Changes = dict[str, dict[str, dict[int, int | None]]]  # key → form → entry → weight, or None where it went


def changed_shards(
    store: Store, cache: Cache, before: Mapping[str, Terms | None], shards: list[Shard]
) -> tuple[list[Shard], str] | None:
    """The shards and the lexicon after the edit; raises FileNotFoundError if a shard is lost."""
    lexicon = cache.fact("lexicon")
    if not before:
        return shards, lexicon
    changes: Changes = {}
    for address, number in cache.numbers(before).items():
        old, new = before[address], cache.terms(address)
        _note(changes, number, old.unpacked() if old else {}, new.unpacked() if new else {})
    numbering = bytes.fromhex(cache.fact("numbering"))
    update = _Update(store, shards, changes, numbering, read_lexicon(lexicon))
    if len(update.affected) > _WORTH * len(shards) + 8:
        return None
    return update.run(), write_lexicon(update.lexicon)


def _note(changes: Changes, entry: int, old: Mapping[str, int], new: Mapping[str, int]) -> None:
    for term in old.keys() | new.keys():
        if old.get(term) != new.get(term):
            key, _, form = term.partition("\t")
            changes.setdefault(key, {}).setdefault(form, {})[entry] = new.get(term)


class _Update:
    def __init__(
        self, store: Store, shards: list[Shard], changes: Changes, numbering: bytes, lexicon: dict[str, str]
    ) -> None:
        self.store, self.old, self.changes, self.numbering, self.lexicon = store, shards, changes, numbering, lexicon
        self.by_shard: dict[int, list[str]] = {}
        firsts = [shard.first for shard in shards]
        for key in sorted(changes):
            self.by_shard.setdefault(max(0, bisect_right(firsts, key) - 1), []).append(key)
        self.affected = set(self.by_shard)

    def run(self) -> list[Shard]:
        """Old shards where nothing changed, new ones elsewhere, until the cuts fall where they fell before."""
        new: list[Shard] = []
        place = 0
        while place < len(self.old):
            if place not in self.affected:
                new.append(self.old[place])
                place += 1
                continue
            start = place
            groups = self._groups(place)
            while start and not self._begins_as_before(start, groups):
                start -= 1
                new.pop()
                groups = self._groups(start) + groups
            made, place = self._cut_again(groups, place + 1)
            new += made
        return new

    def _begins_as_before(self, place: int, groups: list[Group]) -> bool:
        """True if the shard is still cut off from the one before by the same key for the same reason."""
        if not groups or groups[0].key != self.old[place].first:
            return False
        return self.old[place - 1].alone or is_big(groups[0]) == self.old[place].alone

    def _cut_again(self, groups: list[Group], following: int) -> tuple[list[Shard], int]:
        """New shards from these groups on, and the old one at which nothing differs any more."""
        made: list[Shard] = []
        piece: list[Group] = []
        size = 0
        while True:
            for group in groups:
                if piece and ends_before(group, size, piece[-1]):
                    made.append(self._make(piece))
                    piece, size = [], 0
                piece.append(group)
                size += group.size
            if following == len(self.old):
                break
            groups = self._groups(following)
            unchanged = following not in self.affected
            if unchanged and (not piece or ends_before(groups[0], size, piece[-1])):
                break
            following += 1
        if piece:
            made.append(self._make(piece))
        return made, following

    def _make(self, piece: list[Group]) -> Shard:
        return make_shard(self.store, self.numbering, piece)

    def _groups(self, place: int) -> list[Group]:
        """The groups of an old shard with the changes in them."""
        _, groups = decode_shard(gzip.decompress(self.store.path(self.old[place].digest).read_bytes()))
        changed = self.by_shard.get(place)
        if not changed:
            return groups
        held = {group.key: group for group in groups}
        for key in changed:
            group = _changed(held.get(key, Group(key, ())), self.changes[key])
            if is_syllable(key):
                self.lexicon[key] = line_of(group)
            held[key] = group
        return list(_present(held))


def _present(held: Mapping[str, Group]) -> Iterator[Group]:
    for key in sorted(held):
        if held[key].forms:
            yield held[key]


def _changed(group: Group, changes: Mapping[str, Mapping[int, int | None]]) -> Group:
    forms = {form.form: form for form in group.forms}
    for name, entries in changes.items():
        postings = edited(forms.pop(name, Postings(name, 0, b"")), entries)
        if postings:
            forms[name] = postings
    return Group(group.key, tuple(forms[name] for name in sorted(forms)))
