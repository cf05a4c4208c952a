"""Reads the disk: files below content/ → raw records, every value with its line and column."""

from archive.read.files import read_record
from archive.read.scan import Scan, scan

__all__ = ["Scan", "read_record", "scan"]
