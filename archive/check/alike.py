"""Proposals for an editor: records that look alike. Nothing is merged here or anywhere.

In: names of officials, samples of articles' texts. Out: pairs, and notices and warnings for them.
Both searches are linear in the number of records.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import combinations

from archive.known import sample_of
from archive.language.shingles import NEAR, share
from archive.language.spelling import comparable
from archive.model.records import Article, Official, Origin
from archive.problems import Report

LARGEST_CROWD = 20  # a key more records share says nothing about any two of them
SKETCH = 12  # two texts that have 60 % in common share none of their 12 lowest hashes once in a thousand times


def check_similar_names(named: Iterable[tuple[str, str]], officials: Mapping[str, Official], report: Report) -> None:
    """Two people whose names are the same or one letter apart, about whom nobody has said anything.

    `named` are (name, id) of all officials; of `officials` those alone are asked for that are similar.
    """
    crowds: dict[str, list[str]] = defaultdict(list)
    for name, id in named:
        for form in name_forms(name):
            crowds[form].append(id)
    check_crowds(crowds.values(), officials, report)


def name_forms(name: str) -> set[str]:
    """The name itself, and the name with any one letter left out: similar names have a form in common."""
    name = comparable(name)
    return {name, *(name[:i] + name[i + 1 :] for i in range(len(name)) if name[i] != " ")}


def check_crowds(crowds: Iterable[Sequence[str]], officials: Mapping[str, Official], report: Report) -> None:
    """`crowds` are the ids that share a form of `name_forms`."""
    pairs = {pair for crowd in crowds if 1 < len(crowd) <= LARGEST_CROWD for pair in combinations(sorted(crowd), 2)}
    for one, other in sorted(pairs):
        a, b = officials[one], officials[other]
        noted = {note.record for note in a.possibly_same_as} | set(a.not_same_as)
        noted_back = {note.record for note in b.possibly_same_as} | set(b.not_same_as)
        alike = abs(len(comparable(a.name)) - len(comparable(b.name))) <= 1
        if alike and other not in noted and one not in noted_back:
            place = b.origin.at("name")
            report.add("similar-names", b.origin.path, place, name=b.name, other=a.id, other_name=a.name)


def check_alike(
    id: str,
    origin: Origin,
    own: array[int],
    crowds: Iterable[Sequence[str]],
    sample_of: Callable[[str], array[int]],
    report: Report,
) -> None:
    """Compares an article with those before it (by id) that have a hash of their sketches in common."""
    own_runs = set(own)
    others = {before for crowd in crowds if len(crowd) <= LARGEST_CROWD for before in crowd if before < id}
    for other in sorted(others):
        held = sample_of(other)
        shared = share(len(own_runs.intersection(held)), len(own), len(held))
        if shared >= NEAR:
            percent = round(100 * shared)
            report.add("near-duplicate", origin.path, origin.body, other=other, share=percent)


def sample(article: Article) -> array[int]:
    """The text of an article as a sample of what it is made of."""
    return sample_of(article.body)


def sketch(sample: array[int]) -> tuple[int, ...]:
    """The few hashes under which an article is looked for: texts that are near-duplicates share one of them."""
    return tuple(sample[:SKETCH])
