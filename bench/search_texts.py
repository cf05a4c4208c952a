"""The texts of all entries, for brute force: which entries hold these words, in a row or anywhere?

In: search entries. Out: sets of addresses. Abbreviations are written out, apostrophes dropped, so
that what a fair reader calls the same words is the same words. It shares nothing with the index it judges.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping

from archive.language.spelling import comparable, without_marks
from archive.model.search import SearchEntry

_WORD = re.compile(r"[^\W_]+")
_THOUSANDS = re.compile(r"(?<![\w.,])(\d{1,3})((?:[.,]\d{3})+)(?![\w]|[.,]\d)")
_BREAK = " | "


def words_of(text: str) -> list[str]:
    """Words in one spelling, with their marks: `K’Ré` → `kré`, `2.024` → `2024`."""
    joined = _THOUSANDS.sub(lambda number: re.sub(r"[.,]", "", number[0]), unicodedata.normalize("NFC", text))
    return _WORD.findall(comparable(joined).replace("'", ""))


def folded(text: str) -> str:
    return without_marks(text).replace("'", "")


class Texts:
    """Every entry as two strings, with marks and without."""

    def __init__(self, entries: Iterable[SearchEntry], abbreviations: Mapping[str, str]) -> None:
        self.entries = list(entries)
        self.full = {comparable(short): words_of(words) for short, words in abbreviations.items()}
        self.exact: list[str] = []
        self.folded: list[str] = []
        self.holders: dict[str, list[int]] = defaultdict(list)
        for number, entry in enumerate(self.entries):
            parts = [entry.title, *entry.names, *(text for _, text in entry.blocks)]
            exact = _BREAK.join(f" {' '.join(self.spelled(part))} " for part in parts)
            bare = folded(exact)
            self.exact.append(exact)
            self.folded.append(bare)
            for word in set(bare.split()):
                self.holders[word].append(number)
        self._titled: dict[str, set[str]] = defaultdict(set)
        for entry in self.entries:
            named = [entry.title] if entry.kind == "articles" else [entry.title, *entry.names]
            for word in {word for name in named for word in words_of(name)}:
                self._titled[word].add(entry.address)

    def spelled(self, text: str) -> list[str]:
        """Words of a text, abbreviations written out."""
        return [full for word in words_of(text) for full in self.full.get(word, (word,))]

    def holding(self, *phrases: str, marks: bool = True, cut: bool = False) -> frozenset[str]:
        """Addresses of the entries that hold every phrase; `cut`: the last word may go on."""
        wanted = [f" {' '.join(self.spelled(phrase))} " for phrase in phrases]
        bare = [folded(phrase) for phrase in wanted]
        if cut:
            wanted[-1], bare[-1] = wanted[-1].rstrip(), bare[-1].rstrip()
        sought, texts = (wanted, self.exact) if marks else (bare, self.folded)
        known = [word for phrase in bare for word in (phrase.split()[:-1] if cut else phrase.split())]
        near = self._with_all(known) if known else range(len(texts))
        return frozenset(
            self.entries[number].address for number in near if all(phrase in texts[number] for phrase in sought)
        )

    def _with_all(self, words: list[str]) -> set[int]:
        lists = sorted((self.holders.get(word, []) for word in set(words)), key=len)
        found = set(lists[0])
        for other in lists[1:]:
            found.intersection_update(other)
        return found

    def titled(self, word: str) -> frozenset[str]:
        """Addresses of the entries with the word, marks and all, in their title or name."""
        return frozenset(self._titled.get(word, ()))
