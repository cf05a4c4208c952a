"""Assets of the theme as they are published: modules without the comments that are for those who work on them.

In: the path of an asset and its bytes. Out: the bytes to publish; the same program, line by line.
"""

from __future__ import annotations

import re

_COMMENT = re.compile(r"^[ \t]*/\*(?!!).*?\*/[ \t]*$", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)
_EMPTY_LINES = re.compile(r"\n{2,}")


def publish(path: str, data: bytes) -> bytes:
    """A module without comments that stand on lines of their own (`/*!` stays), indentation and empty lines: a fifth
    of its compressed size. Where a text goes over several lines, and for all but modules, the bytes as they are.

    >>> publish("a.js", b"/* Adds. */\\nfunction add(a, b) {\\n  return a + b;\\n}\\n")
    b'function add(a, b) {\\nreturn a + b;\\n}\\n'
    """
    if not path.endswith(".js") or path.endswith(".min.js"):
        return data
    text = _COMMENT.sub("", data.decode("utf-8"))
    if any(line.count("`") % 2 for line in text.splitlines()):
        return data
    return _EMPTY_LINES.sub("\n", _INDENT.sub("", text)).lstrip("\n").encode()
