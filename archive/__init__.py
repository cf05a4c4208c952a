"""Kho tư liệu Dân vận: a static archive of press reports, and the generator that makes it.

The tour, in the order in which a file becomes a page:

- `read`       files below content/ → raw records, every value with its line and column; ids are unique
- `normalise`  raw strings → typed values: NFC text, EDTF dates, blocks of text
- `extract`    one record → its rows; of an article: mentions, citations and what they resolve to, passages
- `database`   rows in, answers out: the archive as one relational database (schema.sql)
- `resolve`    what needs more than one file: dates, places and people of events
- `kinds`      one module a kind of record: what its page shows, its rows in the data, its search entry, its head
- `outputs`    one module for everything that is written: pages, tables, search entries, files of the whole site
- `render`     a query's frozen result → pages in Markdown, by templates
- `site`       pages → HTML; MkDocs and Material are known here and nowhere else
- `search`     entries → the search index, the archive's own or Pagefind's; known here and nowhere else
- `check`      records and built site → problems
- `records`    what happens to records: merged, split, renamed, removed, corrected → edits of their files

One door beside it: `ingest` makes draft records out of raw text or saved HTML.

`build` is the hallway: the one place that knows this order, in full or by what changed. `intake` is the way in by
the side door, and `holdings` the first stretch that both go. `commands` is the door from the shell. Rooms import
downward only, and stand on the ground floor:

- `model`      the nouns: records, dates, blocks, mentions, pages
- `language`   Vietnamese as written: spelling, order, sentences
- `citations`  finds and resolves citations of official documents
- `bibliography`   a record as BibTeX and RIS
- `ledger`, `numbering`   which addresses were published, and which numbers paragraphs keep
- `rules`      what each file of site-config/ may say, and the reader that fills its class
- `knowledge`, `config`, `problems`, `progress`, `disk`, `workers`   what site-config/ says, where things are,
  what is wrong, how far we are, what the file system says, and other processes that help
"""

__version__ = "0.1.0"
