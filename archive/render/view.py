"""What a template can ask while it writes one page: links, dates, names, passages.

In: the render context, and the address of the page being written. Out: strings and markup. Every link is relative
to the page, so that the site works below any address.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote, urlencode

from markupsafe import Markup
from markupsafe import escape as html

from archive.bibliography.bibtex import bibtex_entry
from archive.bibliography.entry import Published
from archive.bibliography.ris import ris_entry
from archive.database import Query
from archive.extract.lists import by_date
from archive.extract.text import blocks_of
from archive.kinds.article import MENTIONS, ArticleHead, article_head
from archive.kinds.context import RenderContext
from archive.kinds.document import OPEN_CITATIONS, DocumentHead, document_head
from archive.knowledge import Kind
from archive.language.spelling import comparable
from archive.model.dates import Date, End
from archive.model.derived import Mention, Moment, Passage
from archive.model.edtf import parse_date
from archive.model.lists import month_part
from archive.model.records import Record
from archive.model.text import Block
from archive.render.environment import MANY, Put, escape, safe_markdown
from archive.render.lists import is_long
from archive.rules.vocabularies import Term

ENTRIES = {"ris": ris_entry, "bibtex": bibtex_entry}
PLANNED_AT = Query("SELECT address FROM page_plan WHERE address = :address", str)


class View:
    """The archive as seen from one page at a time."""

    def __init__(self, context: RenderContext, address: str) -> None:
        self.context = context
        self.go_to(address)
        self.corpus = context.corpus
        self.knowledge = context.knowledge
        self.settings = context.settings
        self.addresses = context.knowledge.addresses
        self.labels = context.knowledge.labels
        self.put = Put()
        self._words_of = lru_cache(MANY)(self._words_of_anchor)
        self._of_articles = context.knowledge.kinds["articles"].address
        self._drawn: dict[str, str] = {}

    def go_to(self, address: str) -> None:
        """From now on the page at this address is written."""
        self.address = address
        self._up = "../" * address.count("/")
        self._readings: dict[str, tuple[Mapping[str, Block], Mapping[str, list[Mention]]]] = {}

    # links

    def link(self, address: str, anchor: str = "") -> str:
        """A relative link to an address of the site such as `nguoi/a/`."""
        to = self._up + address or "./"
        return f"{to}#{anchor}" if anchor else to

    def has_page(self, address: str) -> bool:
        """Whether a page that belongs to no record stands at an address: that of a place where nothing took place."""
        return bool(self.context.db.ask(PLANNED_AT, address=address))

    def to(self, kind: str, id: str, anchor: str = "") -> str:
        """A relative link to a record's page."""
        to = f"{self._up}{self.knowledge.kinds[kind].address}/{id}/"
        return f"{to}#{anchor}" if anchor else to

    def passage_link(self, passage: Passage) -> str:
        to = f"{self._up}{self._of_articles}/{passage.article}/"
        return f"{to}#{passage.anchor}" if passage.anchor else to

    def report_link(self, record: str) -> str:
        """Where a reader reports an error on this page, empty where nobody would read it; `record` is `kind/id`, empty
        on a page of no record."""
        page, contact = self.settings.url + self.address, self.settings.contact
        if not self.settings.repository:
            if not contact or "@" not in contact:
                return contact or ""
            words = self.labels["report"]
            letter = {"subject": words["subject"].format(site=self.settings.name), "body": f"{words['about']} {page}\n"}
            return f"mailto:{contact}?{urlencode(letter, quote_via=quote)}"
        form = self.addresses.report
        asked = {"template": form.form, form.record: record, form.page: page}
        filled = urlencode({name: value for name, value in asked.items() if value}, quote_via=quote)
        return f"{self.settings.repository}/issues/new?{filled}"

    def edit_link(self, record: Record) -> str:
        """Where a reader proposes another wording of the record's own file; empty for an archive without repository."""
        if not self.settings.repository:
            return ""
        return f"{self.settings.repository}/edit/{quote(self.settings.branch)}/{quote(record.origin.path)}"

    # names

    def kind(self, kind: str) -> Kind:
        return self.knowledge.kinds[kind]

    def label(self, kind: str, id: str) -> str:
        return self.corpus.label(kind, id)

    def head(self, article: str) -> ArticleHead:
        """What lists say of an article."""
        return article_head(self.context.db, article)

    def document(self, id: str) -> DocumentHead:
        """What lists say of a document."""
        return document_head(self.context.db, id)

    def term(self, vocabulary: str, code: str) -> Term:
        return self.knowledge.vocabularies[vocabulary][code]

    def name(self, vocabulary: str, code: str) -> str:
        return self.term(vocabulary, code).name

    def fill(self, words: str, **values: object) -> str:
        """The words with their `{…}` places filled."""
        return words.format(**values)

    def distinct(self, texts: Iterable[str]) -> list[str]:
        """Texts, of those that differ in capitals or tone places alone the first."""
        found: dict[str, str] = {}
        for text in texts:
            found.setdefault(comparable(text), text)
        return list(found.values())

    # dates

    def date(self, date: Date | None) -> str:
        return self.context.dates.display(date)

    def short_date(self, date: Date | None) -> str:
        return self.context.dates.short(date)

    def iso(self, date: Date | None) -> str:
        """A value for `<time datetime>`: a day, month or year, or empty."""
        if date is None or len(date.points) != 1:
            return ""
        point = date.points[0]
        if (
            isinstance(point, End)
            or point.year is None
            or "X" in point.year
            or point.part
            or (point.day and not point.month)
        ):
            return ""
        return date.edtf.strip("~?%") if date.edtf.replace("-", "").strip("~?%").isdigit() else ""

    def date_key(self, date: Date | None) -> str:
        """By which a table sorts dates; empty for none."""
        return by_date(date) if date else ""

    def once(self, draw: Callable[[Date], str], date: Date | None) -> str:
        """What a macro makes of a date, the same on every page. One macro uses this."""
        if date is None:
            return ""
        if date.edtf not in self._drawn:
            if len(self._drawn) >= MANY:
                self._drawn.clear()
            self._drawn[date.edtf] = draw(date)
        return self._drawn[date.edtf]

    # text

    def markdown(self, text: str) -> Markup:
        return safe_markdown(text)

    def where(self, passage: Passage | Block) -> str:
        """The place of a passage in words: `đoạn 7`."""
        return self._words_of(passage.anchor)

    def _words_of_anchor(self, anchor: str) -> str:
        words = self.labels["common"]
        series, _, number = anchor.rpartition("-")
        anchors = self.addresses.anchors
        if anchor == anchors.title:
            return str(words["in_title"])
        names = {anchors.paragraph: "paragraph", anchors.caption: "caption_n", anchors.heading: "heading_n"}
        return str(words[names[series]]).format(n=number) if series in names else str(words["whole_article"])

    def marked(self, passage: Passage) -> Markup:
        """The passage with its marks, dots where it was cut."""
        text = passage.text
        parts = ["… "] if passage.cut_before else []
        done = 0
        for start, end in passage.marks:
            if start >= done:
                parts += (escape(text[done:start]), "<mark>", self.put(text[start:end]), "</mark>")
                done = end
        parts.append(escape(text[done:]))
        if passage.cut_after:
            parts.append(" …")
        return Markup("".join(parts))

    def linked(self, article: str, anchor: str) -> Markup:
        """The text of a block with a link on every mention."""
        blocks, mentions = self._reading(article)
        text = blocks[anchor].text
        parts: list[str] = []
        done = 0
        for mention in mentions.get(anchor, ()):
            parts += (escape(text[done : mention.span.start]), self._mention(article, mention))
            done = mention.span.end
        rest = escape(text[done:])
        return Markup("".join((*parts, rest))) if parts else rest

    def _reading(self, article: str) -> tuple[Mapping[str, Block], Mapping[str, list[Mention]]]:
        """An article's blocks and mentions by anchor; a page asks for one block after the other."""
        if article not in self._readings:
            found: dict[str, list[Mention]] = {}
            for mention in self.context.db.ask(MENTIONS, article=article):
                found.setdefault(mention.span.anchor, []).append(mention)
            self._readings[article] = blocks_of(self.context.db, article), found
        return self._readings[article]

    def _mention(self, article: str, mention: Mention) -> str:
        if mention.resolved:
            href = html(self.to(mention.kind, mention.targets[0]))
            return f'<a class="mention" href="{href}">{self.put(mention.printed)}</a>'
        if mention.kind != "documents":
            return self._several(mention)
        href = html(self.link(*self._unresolved(article, mention)))
        title = self.put(self.labels["common"]["not_identified"])
        return f'<a class="mention mention--open" title="{title}" href="{href}">{self.put(mention.printed)}</a>'

    def _unresolved(self, article: str, mention: Mention) -> tuple[str, str]:
        """Page and anchor of an unresolved citation: its month has a page once there are many."""
        db, head = self.context.db, self.head(article)
        entry = mention.entry
        if entry >= 0:  # of entries that say the same, the first
            stated = self.corpus.articles[article].documents
            entry = stated.index(stated[entry])
        number = next(
            number
            for number, printed, of in db.ask(OPEN_CITATIONS, article=article)
            if of == entry and (entry >= 0 or printed == mention.printed)
        )
        part = f"{month_part(head.date) or self.addresses.parts.unknown}/" if is_long(db, "unresolved") else ""
        return f"{self.addresses.pages.unresolved}{part}", f"{article}-{number}"

    def _several(self, mention: Mention) -> str:
        """A name that fits several records: the words, and a link to each."""
        links = ", ".join(
            f'<a class="mention mention--open" href="{html(self.to(mention.kind, id))}">{number}</a>'
            for number, id in enumerate(mention.targets, 1)
        )
        return f'{self.put(mention.printed)}<sup class="choices">[{links}]</sup>'

    def entry(self, form: str, kind: str, record: Record) -> str:
        """The record as an entry of a bibliography: `form` is `ris` or `bibtex`."""
        address = self.context.address(kind, record.id)
        settings = self.settings
        return ENTRIES[form](
            record, Published(f"{kind}/{record.id}", settings.url + address, settings.name, settings.language)
        )

    def field_name(self, kind: str, field: str) -> str:
        """A front-matter field, such as `speakers.0.roles`, in words."""
        name, of = field.partition(".")[0], self.knowledge.kinds[kind]
        added = {each.article_field: each.plural for each in self.knowledge.added_kinds.values()}
        return of.fields.get(name) or added.get(name) or self.labels["corrected_fields"].get(name) or name

    def names(self, vocabulary: str, codes: Iterable[str]) -> str:
        return ", ".join(self.name(vocabulary, code) for code in codes)

    def day(self, edtf: str) -> str:
        """A date given as EDTF in site-config, in words."""
        return self.context.dates.short(parse_date(edtf))

    def json(self, value: object) -> str:
        """A value for a data attribute that a script reads."""
        return json.dumps(value, ensure_ascii=False)

    def size(self, size: int) -> str:
        """A number of bytes in words."""
        return f"{max(1, round(size / 1024))} KB"

    def moment_link(self, moment: Moment) -> str:
        return self.to(moment.kind, moment.id)
