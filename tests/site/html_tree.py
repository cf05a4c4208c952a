"""Two pages compared as browsers see them: elements, attributes and words in order.

In: two pages as HTML. Out: where they differ first, in one line.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

import lxml.html

_KEEPS_SPACE = {"pre", "script", "style", "textarea"}


def first_difference(one: str, other: str) -> str:
    """The first difference, or nothing.

    >>> first_difference("<p  id=a>x y</p>", "<p id='a'>x&#32;y</p>\\n")
    ''
    """
    for a, b in zip_longest(nodes(one), nodes(other), fillvalue="–"):
        if a != b:
            return f"{a} ≠ {b}"
    return ""


def nodes(page: str) -> Iterator[str]:
    """Every element with its attributes, and every piece of text between two tags, one line each."""
    for event, element in lxml.etree.iterwalk(lxml.html.document_fromstring(page), events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            yield f"<{element.tag}{''.join(f' {key}={value!r}' for key, value in sorted(element.attrib.items()))}>"
            text = element.text
        else:
            yield f"</{element.tag}>"
            text = element.tail
        if text and text.strip():
            yield text if element.tag in _KEEPS_SPACE and event == "start" else " ".join(text.split())
