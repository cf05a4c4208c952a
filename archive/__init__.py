"""Kho tư liệu Dân vận: a static archive of press reports, and the generator that makes it.

The tour, in the order in which a file becomes a page:

- `read`       files below content/ → raw records, every value with its line and column; ids are unique
- `normalise`  raw strings → typed values: NFC text, EDTF dates, blocks of text
- `assemble`   records → one immutable `Corpus`; references lead somewhere
- `derive`     corpus → mentions, citations and what they resolve to, dossiers, timelines
- `render`     corpus and derived → pages in Markdown, files of data, entries for search
- `site`       pages → HTML; MkDocs and Material are known here and nowhere else
- `search`     entries → the search index, the archive's own or Pagefind's; known here and nowhere else
- `check`      corpus and built site → problems

One door beside it: `ingest` makes draft records out of raw text or saved HTML.

`pipeline` is the hallway: the one place that knows this order; `steps` leads one record at a time
through the rooms and remembers what came of it, so that a build makes what changed. `intake` is the
way in by the side door, and `holdings` the first stretch that both go. `commands` is the door from
the shell. Rooms import the ground floor and never each other:

- `model`      the nouns: records, dates, blocks, mentions, pages
- `memo`       what was computed, from what, and therefore what must be computed again
- `language`   Vietnamese as written: spelling, order, sentences
- `citations`  finds and resolves citations of official documents
- `knowledge`, `config`, `problems`, `progress`, `disk`, `workers`   what site-config/ says, where things are,
  what is wrong, how far we are, what the file system says, and other processes that help
"""

__version__ = "0.1.0"
