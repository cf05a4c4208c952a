"""The words of a text in Rich Text Format.

In: RTF source. Out: its text, a line a paragraph; what is no text (fonts, colours, pictures, styles) is left out.
"""

from __future__ import annotations

import re

_BEGIN = re.compile(r"\s{0,8}\{\\rtf")
_PIECE = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[^\\{}\r\n]{1,4096}|\\"
)
_NO_TEXT = re.compile(
    r"(?:fonttbl|colortbl|stylesheet|info|pict|object|themedata|colorschememapping|latentstyles|datastore|listtable"
    r"|listoverridetable|rsidtbl|generator|xmlnstbl|header[flr]?|footer[flr]?|fldinst|bkmkstart|bkmkend|mmathPr|filetbl)"
)
_SIGNS = dict.fromkeys(("par", "line", "row", "sect", "page"), "\n") | {"tab": " ", "cell": " ", "bullet": "•"}
_SIGNS |= {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”"}
_SPECIAL = {"~": "\u00a0", "_": "-", "-": "", "\n": "\n", "\r": "\n", "{": "{", "}": "}", "\\": "\\"}


def is_rtf(text: str) -> bool:
    return _BEGIN.match(text) is not None


def read_rtf(source: str) -> str:
    """The text; letters by their Unicode number where the file gives one, else by its code page."""
    return _Reader().read(source)


class _Reader:
    def __init__(self) -> None:
        self.out: list[str] = []
        self.bytes = bytearray()
        self.codec = "cp1252"
        self.fallback = 1  # signs behind a Unicode letter, for programs that don't know it
        self.skip = 0
        self.silent = False
        self.groups: list[tuple[bool, int]] = []

    def read(self, source: str) -> str:
        for piece in _PIECE.finditer(source):
            word, number, byte, special, brace = piece.groups()
            if brace:
                self._group(brace)
            elif word:
                self._word(word, number)
            elif byte:
                self._byte(int(byte, 16))
            elif special == "*":
                self.silent = True
            elif special is not None:
                self._say(_SPECIAL.get(special, ""))
            elif piece[0] != "\\":
                self._plain(piece[0])
        self._end_bytes()
        return "".join(self.out)

    def _group(self, brace: str) -> None:
        self._end_bytes()
        if brace == "{":
            self.groups.append((self.silent, self.fallback))
        elif self.groups:
            self.silent, self.fallback = self.groups.pop()
        self.skip = 0

    def _word(self, word: str, number: str | None) -> None:
        if _NO_TEXT.fullmatch(word):
            self.silent = True
        elif word == "u" and number:
            code = int(number) % 0x10000
            self._say("" if 0xD800 <= code < 0xE000 else chr(code))
            self.skip = self.fallback
        elif word == "uc" and number:
            self.fallback = min(int(number), 9)
        elif word == "ansicpg" and number:
            self.codec = f"cp{number}"
        elif word in _SIGNS:
            self._say(_SIGNS[word])

    def _byte(self, code: int) -> None:
        if self.skip:
            self.skip -= 1
        elif not self.silent:
            self.bytes.append(code)

    def _plain(self, text: str) -> None:
        skipped = min(self.skip, len(text))
        self.skip -= skipped
        self._say(text[skipped:])

    def _say(self, text: str) -> None:
        self._end_bytes()
        if not self.silent:
            self.out.append(text)

    def _end_bytes(self) -> None:
        if self.bytes:
            try:
                self.out.append(self.bytes.decode(self.codec, "replace"))
            except LookupError:
                self.out.append(self.bytes.decode("latin-1"))
            self.bytes.clear()
