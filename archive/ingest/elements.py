"""The elements of HTML by what a browser does with them.

In: nothing. Out: sets of their names.
"""

from __future__ import annotations


def _set(names: str) -> frozenset[str]:
    return frozenset(names.split())


VOID = _set("area base br col embed hr img input link meta param source track wbr amp-img amp-pixel")
RAW = _set("script style textarea title xmp iframe noembed noframes")
"""What is inside is no mark-up."""
IN_HEAD = _set("title meta link script style base noscript template html head")
CLOSE_PARAGRAPH = _set(
    "address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 header hr main menu nav ol p pre section table ul"
)
HEADINGS = _set("h1 h2 h3 h4 h5 h6")
CELLS = _set("td th caption")
ROWS = _set("tr tbody thead tfoot colgroup")
SCOPES = CELLS | {"table"}
LISTS = _set("ul ol dl menu dir")
OWN_LINE = CLOSE_PARAGRAPH | _set("body caption dd dt html legend li summary tbody td tfoot th thead tr")
"""Elements that begin and end a line."""
NEVER_SEEN = _set(
    "head title script style noscript template object embed applet svg math canvas audio map select option datalist"
    " textarea input button iframe frame frameset dialog"
)
PICTURES = _set("img amp-img picture video iframe amp-video amp-youtube")
SLANTED = _set("em i cite")
LINES = _set("p h1 h2 h3 h4 h5 h6 li blockquote dd dt pre span b strong font tr tbody")
"""Elements that hold a line or a part of one: none is the frame of a report."""
