"""Rights: an article without what `rights` withholds, and without doubts. Of all that follows, nothing sees more.

In: an article as its file has it. Out: the article as it is kept and published. Facts that describe it
stay (names, roles, places, documents as printed); words that are quoted as evidence stay only where they
stand in what is shown.
"""

from __future__ import annotations

from dataclasses import replace

from archive.extract.passages import Text, visible_blocks
from archive.model.records import Article
from archive.model.text import BlockKind
from archive.rules.addresses import Anchors

_OF_THE_TEXT = ("body", "captions", "changes", "date_basis")


def as_shown(article: Article, anchors: Anchors) -> Article:
    """The article itself under full rights, if an editor has no doubt left."""
    if article.unsure:
        article = replace(article, unsure=())
    if article.rights == "full":
        return article
    blocks = visible_blocks(article, anchors)
    basis = article.date_basis
    if basis and not Text(article.id, blocks, ()).first(basis.words):
        basis = replace(basis, words="")
    return replace(
        article,
        body=tuple(block for block in blocks.values() if block.kind is not BlockKind.TITLE),
        captions=(),
        changes=tuple(replace(change, text=None) for change in article.changes),
        corrections=tuple(
            replace(correction, before=None, after=None)
            if correction.field.partition(".")[0] in _OF_THE_TEXT
            else correction
            for correction in article.corrections
        ),
        date_basis=basis,
    )
