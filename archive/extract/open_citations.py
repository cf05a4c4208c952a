"""Open citations: what one article cites and no single record answers.

In: one article, its text and its mentions. Out: `UnresolvedCitation` values in the order of the text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from archive.extract.passages import Text
from archive.model.derived import Mention, UnresolvedCitation
from archive.model.records import Article


def open_citations(article: Article, text: Text, mentions: Iterable[Mention]) -> tuple[UnresolvedCitation, ...]:
    """One entry for each thing cited, with every place that cites it."""
    groups: dict[tuple[int, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind == "documents" and not mention.resolved:
            groups[mention.entry, "" if mention.entry >= 0 else mention.printed].append(mention)
    return tuple(
        UnresolvedCitation(
            article=article.id,
            printed=article.documents[entry].printed if entry >= 0 else found[0].printed,
            candidates=tuple(sorted({id for mention in found for id in mention.targets})),
            passages=tuple(text.passage([mention.span]) for mention in found),
            stated=article.documents[entry] if entry >= 0 else None,
        )
        for (entry, _), found in groups.items()
    )
