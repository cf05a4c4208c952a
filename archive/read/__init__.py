"""Reads the disk: files below content/ → raw records, every value with its line and column."""

from archive.read.files import read_record, read_records

__all__ = ["read_record", "read_records"]
