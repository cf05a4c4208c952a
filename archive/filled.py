"""Drafts from elsewhere: a text, and the fields that a person or a language model filled for it → draft records.

In: a text or saved page, and a file of JSON in the published schema of articles, with the text of the article as
`body`. Out: `Draft`, whose files nobody has written yet. What can't be an article's field is a problem in the JSON
file, at its line and column; whether the fields are true is asked of the files (archive/build/inbox.py).
"""

from __future__ import annotations

import dataclasses
import hashlib
from pathlib import Path

from archive.characters import control_characters
from archive.config import Paths
from archive.ingest.filled import compose_filled
from archive.ingest.receive import receive
from archive.intake import importer_of
from archive.knowledge import Knowledge, load_knowledge
from archive.language.spelling import nfc, slug
from archive.model.draft import Draft
from archive.model.raw import RawList, RawMapping, RawRecord, RawScalar
from archive.model.records import Article, Source
from archive.model.told import Told
from archive.normalise import normalise_record
from archive.normalise.body import parse_body
from archive.problems import Catalogue, Report
from archive.read import read_json

BODY = "body"


def draft_filled(
    paths: Paths, filled: Path, text: Path, report: Report, *, again: bool = False, told: Told
) -> Draft | None:
    """`told`: what a person says of the text, which goes before what the draft says. None with problems in `report`."""
    knowledge = load_knowledge(paths.site_config)
    contents = []
    for path in (filled, text):
        try:
            contents.append(path.read_bytes())
        except OSError as error:
            report.add("import-unreadable", path.name, detail=error.strerror or "")
            return None
    article = _article(contents[0], filled.as_posix(), hashlib.sha256(contents[1]).hexdigest(), knowledge, report)
    if article is None or Catalogue.load(paths.site_config).errors(report):
        return None
    importer = importer_of(paths, knowledge)
    received = receive(text.name, contents[1], report, importer.pages)
    if received is None:
        return None
    own = importer.read(told.over(received))
    known = importer.sources.get(hashlib.sha256(contents[1]).hexdigest()) or importer.double_of(own)
    if known and not again:
        return Draft(text.name, duplicate_of=known)
    return compose_filled(_with_told(article, told), own, importer)


def _article(data: bytes, shown: str, digest: str, knowledge: Knowledge, report: Report) -> Article | None:
    """The fields as an article; its origin is the draft's file, and has no part in what is written."""
    tree = read_json(data, shown, report)
    if tree is None:
        return None
    body = _body(tree, shown, report)
    items = {name: node for name, node in tree.items.items() if name != BODY}
    raw = RawRecord("articles", "draft", shown, RawMapping(items, tree.keys, tree.position), "", tree.position.line)
    record = normalise_record(raw, knowledge.kinds["articles"], knowledge, report)
    if not isinstance(record, Article):
        return None
    for place, (_, written) in record.origin.not_ids.items():
        report.add("bad-id", shown, record.origin.at(place), field=place, value=written, suggestion=slug(written))
    if record.source and record.source.sha256 not in (None, digest):
        report.add("import-draft", shown, record.origin.at("source.sha256"), why="draft-other-text", written=digest)
    blocks = parse_body(nfc(body), shown, 1, knowledge.addresses.anchors, Report())
    return dataclasses.replace(record, body=blocks)


def _body(tree: RawMapping, shown: str, report: Report) -> str:
    """The text of the article; what is wrong with its lines is told of the file that is written."""
    node = tree.items.get(BODY, RawScalar(None, tree.position))
    if not isinstance(node, RawScalar):
        code = "list-for-value" if isinstance(node, RawList) else "mapping-for-value"
        report.add(code, shown, node.position, field=BODY, suggestion="")
        return ""
    body = (node.value or "").replace("\r\n", "\n").replace("\r", "\n")
    for _, character in control_characters(body):
        report.add("control-character", shown, node.position, character=character)
        return ""
    return body


def _with_told(article: Article, told: Told) -> Article:
    said = {name: getattr(told, name) for name in ("publisher", "published", "rights", "event")}
    source = {name: getattr(told, name) for name in ("url", "captured")}
    article = dataclasses.replace(article, **{name: value for name, value in said.items() if value})
    held = article.source or Source()
    given = {name: value for name, value in source.items() if value}
    return dataclasses.replace(article, source=dataclasses.replace(held, **given))
