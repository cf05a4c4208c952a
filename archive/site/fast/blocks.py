"""The dialect of the work folder → HTML without a Markdown parser: for machines without comrak.

In: Markdown of which nearly every block is HTML, a heading or a plain paragraph. Out: HTML. A page
with any other block goes through Python-Markdown as a whole.
"""

from __future__ import annotations

import re

# The block-level elements with which a block of HTML may begin (CommonMark 0.31, §4.6, condition 6).
_HTML = re.compile(
    r"</?(?:address|article|aside|blockquote|details|div|dl|fieldset|figure|footer|form|h[1-6]|header|hr|main|menu"
    r"|nav|ol|p|section|summary|table|ul)[\s>/]",
    re.IGNORECASE,
)
_HEADING = re.compile(r"(#{1,6}) ([^\n]*)\Z")
_BLANK_LINES = re.compile(r"\n(?:[ \t]*\n)+")
# Characters that may mean something to Markdown, and line beginnings that do.
_ACTIVE = re.compile(r"[*_`\[\]\\<>!|~]|^(?:[ \t]|[-+#=:]|\d+[.)])|  $|://|www\.", re.MULTILINE)


def blocks_to_html(text: str) -> str:
    """HTML of a page.

    >>> blocks_to_html("## Một { #mot }\\n\\nHai &#42;\\n\\n<p>ba</p>")
    '<h2>Một { #mot }</h2>\\n<p>Hai &#42;</p>\\n<p>ba</p>\\n'
    """
    done = []
    for block in _BLANK_LINES.split(text.strip("\n")):
        if _HTML.match(block):
            done.append(block)
        elif heading := _HEADING.match(block):
            level, words = len(heading[1]), heading[2].strip()
            if _ACTIVE.search(words.removesuffix("}")):
                return _whole(text)
            done.append(f"<h{level}>{words}</h{level}>")
        elif _ACTIVE.search(block):
            return _whole(text)
        elif block:
            done.append(f"<p>{block}</p>")
    return "\n".join(done) + "\n"


def _whole(text: str) -> str:
    import markdown

    return markdown.markdown(text, extensions=["tables", "fenced_code"]) + "\n"
