"""Typed records → one immutable `Corpus`; ids are unique and references lead somewhere."""

from archive.assemble.corpus import assemble_corpus, check_references

__all__ = ["assemble_corpus", "check_references"]
