"""An input as it came: bytes to text that can be read.

In: a file's name and bytes. Out: `Received`, or None and a problem that says why not.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

from archive.ingest.html import Page, ReadsPages, looks_like_html
from archive.ingest.old_encodings import mend
from archive.ingest.rtf import is_rtf, read_rtf
from archive.language.spelling import nfc
from archive.model.draft import Received
from archive.problems import Report

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff\U000e0000-\U000e01ef]"
)
_MARK = (
    r"[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u0610-\u061a\u064b-\u065f"
    r"\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PILED_MARKS = re.compile(f"({_MARK}{{4}}){_MARK}+")
"""More marks than a letter can have; putting thousands in order takes time squared."""
_BINARY_SHARE = 0.02
_LONGEST_LETTER = 3
_DETECTED = 200_000
_HEAD = 4000
_CHARSET = re.compile(rb"charset\s{0,4}=\s{0,4}[\"']?([A-Za-z0-9_-]{2,30})", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{0,4000}>")
_MAIL_MARK = re.compile(r"^[ \t]{0,3}((?:> ?){1,9})", re.MULTILINE)
_FEWEST_QUOTED = 3
_QUOTED_SHARE = 0.6
_MARKS_OF_VIETNAMESE = frozenset("\u0300\u0301\u0302\u0303\u0306\u0309\u031b\u0323")
_D_STROKE = "\u0111\u0110"
_FOREIGN_SHARE = 0.03


def receive(name: str, data: bytes, report: Report, reader: ReadsPages) -> Received | None:
    """The text of an input, NFC, with `\\n` line ends and nothing invisible in it.

    A saved page gives its main text, and its title, publisher, day and address as evidence.
    """
    decoded = _decode(name, data, report)
    if decoded is None:
        return None
    if looks_like_html(tidy(decoded[:_HEAD])):
        return _receive_page(name, data, reader.read(decoded), report)
    text = _in_unicode(name, _without_format(name, decoded, report), report)
    if text is None:
        return None
    text = _without_mail_marks(name, tidy(text), report)
    if not any(map(str.isalnum, text)):
        report.add("import-empty", name)
        return None
    return Received(name, data, text)


def tidy(text: str) -> str:
    """NFC, one kind of line end, no control characters, no bidi or zero-width marks."""
    text = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text))
    return nfc(_PILED_MARKS.sub(r"\1", text))


def _receive_page(name: str, data: bytes, page: Page | None, report: Report) -> Received | None:
    if page is None or not any(map(str.isalnum, page.text)):
        report.add("import-no-text", name)
        return None
    if page.is_cut:
        report.add("import-page-cut", name)
    text = _in_unicode(name, page.text, report)
    if text is None:
        return None
    quietly = Report()  # the text's encoding has been told
    said = {key: tidy(_in_unicode(name, value, quietly) or value) for key, value in page.said.items()}
    changes = (replace(change, text=tidy(change.text or "")) for change in page.dropped)
    return Received(
        name,
        data,
        tidy(text),
        **said,
        authors=tuple(map(tidy, page.authors)),
        marks=page.marks,
        dropped=tuple(changes),
        unsure=page.unsure,
    )


def _without_format(name: str, text: str, report: Report) -> str:
    """The words of a text that is the source of a formatted one."""
    if not is_rtf(text):
        return text
    report.add("import-converted", name, encoding="RTF")
    return read_rtf(text)


def _in_unicode(name: str, text: str, report: Report) -> str | None:
    """The text as it is, or converted from an old encoding; None if it is in one that nobody can tell."""
    mended = mend(text)
    if mended is None:
        return text
    if mended.encoding is None:
        report.add("import-unreadable-letters", name)
        return None
    report.add("import-converted", name, encoding=mended.encoding)
    return mended.text


def _without_mail_marks(name: str, text: str, report: Report) -> str:
    """Without the `>` of a forwarded mail, where most lines have it: a quotation in a report is less than that."""
    lines = [line for line in text.split("\n") if line.strip()]
    quoted = sum(line.lstrip(" \t").startswith(">") for line in lines)
    if quoted < max(_FEWEST_QUOTED, _QUOTED_SHARE * len(lines)):
        return text
    report.add("import-converted", name, encoding="e-mail (>)")
    return _MAIL_MARK.sub("", text)


def _decode(name: str, data: bytes, report: Report) -> str | None:
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xfe\xff"):
        report.add("import-empty", name)
        return None
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _decode_as(encoding, name, data[len(bom) :], report)
    if is_binary(data):
        report.add("import-binary", name)
        return None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_damaged(name, data, error, report)


def is_binary(data: bytes) -> bool:
    """Zero bytes, or more control characters than a text has by accident."""
    sample = data[:_DETECTED]
    controls = sum(sample.count(bytes([code])) for code in (*range(1, 9), *range(14, 27), *range(28, 32)))
    return b"\x00" in data or controls > max(8, _BINARY_SHARE * len(sample))


def _decode_as(encoding: str, name: str, data: bytes, report: Report) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if error.end >= len(data):
            report.add("import-cut", name, byte=error.start)
            return data[: error.start].decode(encoding)
        report.add("import-encoding", name, byte=error.start)
        return None


def _decode_damaged(name: str, data: bytes, error: UnicodeDecodeError, report: Report) -> str | None:
    """UTF-8 cut inside a letter at either end, or another encoding if the result is Vietnamese."""
    start = next((at for at in range(_LONGEST_LETTER + 1) if data[at : at + 1] and not 0x80 <= data[at] < 0xC0), 0)
    for kept in (data[start:], data[start : error.start]):
        is_cut_at_end = len(data) - start - len(kept) <= _LONGEST_LETTER
        try:
            text = kept.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if is_cut_at_end:
            report.add("import-cut", name, byte=error.start)
            return text
    detected = _detect(data)
    if detected is None:
        report.add("import-encoding", name, byte=error.start)
    return detected


def _detect(data: bytes) -> str | None:
    """The text in another encoding, as far as it is surely Vietnamese; None if nobody can tell."""
    declared = _CHARSET.search(data[:_HEAD])
    for encoding in dict.fromkeys([*([declared[1].decode("ascii")] if declared else ()), "cp1258", "cp1252"]):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
        if is_vietnamese(nfc(_TAG.sub(" ", text[:_DETECTED]))):
            return text
    text = data.decode("latin-1")
    mended = mend(text[:_DETECTED])
    return text if mended and mended.encoding else None


def is_vietnamese(text: str) -> bool:
    """Whether the letters with marks are Vietnamese ones, and where Vietnamese has them.

    A text in the wrong encoding has signs inside its words, or letters of other languages, or
    capitals behind small letters.
    """
    marked = [c for c in text if ord(c) > 0x7F and c.isalpha()]
    if not marked or not any("\u1ea0" <= c <= "\u1ef9" or c in _D_STROKE for c in marked):
        return False
    foreign = sum(not _is_vietnamese_letter(c) for c in marked)
    misplaced = len(re.findall(r"(?<=[^\W\d_])[\u00a1-\u00bf\u00d7\u00f7\u0300-\u036f](?=[^\W\d_])", text))
    misplaced += sum(a.islower() and b.isupper() for a, b in pairwise(text))
    return foreign + misplaced <= _FOREIGN_SHARE * len(marked)


def _is_vietnamese_letter(letter: str) -> bool:
    if letter in _D_STROKE:
        return True
    parts = unicodedata.normalize("NFD", letter)
    return parts[0] in "aeiouyAEIOUY" and _MARKS_OF_VIETNAMESE.issuperset(parts[1:])
