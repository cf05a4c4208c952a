"""Proposals for an editor: records that look alike. Nothing is merged here or anywhere.

In: a corpus. Out: notices and warnings. Both searches are linear in the number of records.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from archive.language.shingles import NEAR, share, shingles
from archive.language.spelling import comparable
from archive.model.corpus import Corpus
from archive.model.records import Official
from archive.problems import Report

LARGEST_CROWD = 20  # a key more records share says nothing about any two of them


def check_similar_names(corpus: Corpus, report: Report) -> None:
    """Two people whose names are the same or one letter apart, about whom nobody has said anything."""
    for one, other in sorted(_similar(corpus.officials.values())):
        a, b = corpus.officials[one], corpus.officials[other]
        noted = {note.record for note in a.possibly_same_as} | set(a.not_same_as)
        noted_back = {note.record for note in b.possibly_same_as} | set(b.not_same_as)
        if other not in noted and one not in noted_back:
            place = b.origin.at("name")
            report.add("similar-names", b.origin.path, place, name=b.name, other=a.id, other_name=a.name)


def _similar(officials: Iterable[Official]) -> Iterator[tuple[str, str]]:
    """Pairs with a common form: the name itself, or the name with any one letter left out."""
    crowds: dict[str, set[str]] = defaultdict(set)
    names: dict[str, str] = {}
    for official in officials:
        name = names[official.id] = comparable(official.name)
        for form in {name, *(name[:i] + name[i + 1 :] for i in range(len(name)) if name[i] != " ")}:
            crowds[form].add(official.id)
    pairs = {
        pair for crowd in crowds.values() if 1 < len(crowd) <= LARGEST_CROWD for pair in combinations(sorted(crowd), 2)
    }
    for one, other in pairs:
        if abs(len(names[one]) - len(names[other])) <= 1:
            yield one, other


def check_near_duplicates(corpus: Corpus, report: Report) -> None:
    """Articles that share most of their sentences: the same report, twice."""
    kept = {id: shingles(" ".join(block.text for block in article.body)) for id, article in corpus.articles.items()}
    holders: dict[bytes, list[str]] = defaultdict(list)
    for id, sample in kept.items():
        for shingle in sample:
            holders[shingle].append(id)
    common: dict[tuple[str, str], int] = defaultdict(int)
    for ids in holders.values():
        if 1 < len(ids) <= LARGEST_CROWD:
            for pair in combinations(sorted(ids), 2):
                common[pair] += 1
    for (one, other), count in sorted(common.items()):
        common_share = share(count, len(kept[one]), len(kept[other]))
        if common_share >= NEAR:
            article = corpus.articles[other]
            percent = round(100 * common_share)
            report.add("near-duplicate", article.origin.path, article.origin.body, other=one, share=percent)
