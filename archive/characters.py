"""Characters that no text needs: what can't be seen, or makes a reader see something else than what is written.

In: a text. Out: where such characters stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from unicodedata import category

# Controls, formats (direction, zero width, soft hyphens, tags), separators of lines, private use, surrogates.
_HIDDEN = {"Cc", "Cf", "Zl", "Zp", "Co", "Cs"}


def control_characters(text: str) -> Iterator[tuple[int, str]]:
    """Offset and code point of each; line feeds and tabs are none of them.

    >>> list(control_characters("a\\u202eb"))
    [(1, 'U+202E')]
    """
    if text.replace("\n", "").replace("\t", "").isprintable():  # nearly always, and told sooner than searched for
        return
    for offset, character in enumerate(text):
        if not character.isprintable() and character not in "\n\t" and _is_hidden(character):
            yield offset, f"U+{ord(character):04X}"


def _is_hidden(character: str) -> bool:
    is_none = ord(character) & 0xFFFE == 0xFFFE or "\ufdd0" <= character <= "\ufdef"
    return is_none or category(character) in _HIDDEN


def visible(text: str) -> str:
    """The text on one line, every hidden character told by its number: what a terminal or a log may print.

    >>> visible("a\\x1b[2J\\nb")
    'a\\\\u001B[2J b'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else " " if (c.isspace() and not _is_hidden(c)) or c in "\n\t" else f"\\u{ord(c):04X}"
        for c in text
    )
