"""Raw strings → typed values: NFC text, EDTF dates, numbers, blocks of text."""

from archive.model.edtf import parse_date
from archive.normalise.records import normalise_page, normalise_record, normalise_removed, normalise_told

__all__ = ["normalise_page", "normalise_record", "normalise_removed", "normalise_told", "parse_date"]
