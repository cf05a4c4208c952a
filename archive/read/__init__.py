"""Reads the disk: files below content/ → raw records, every value with its line and column."""

from archive.read.files import MAX_BYTES, read_record, read_records

__all__ = ["MAX_BYTES", "read_record", "read_records"]
