"""Reads the disk: files below content/ → raw records, every value with its line and column."""

from archive.read.files import read_record
from archive.read.json_tree import read_json
from archive.read.scan import Scan, scan
from archive.read.table import Row, read_table

__all__ = ["Row", "Scan", "read_json", "read_record", "read_table", "scan"]
