"""Typed records → one immutable `Corpus`; references lead somewhere."""

from archive.assemble.corpus import assemble_corpus, check_references

__all__ = ["assemble_corpus", "check_references"]
