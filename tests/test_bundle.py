"""Bundles: what goes in comes out, byte for byte, and what is no bundle is refused with its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.bundle import BadBundle, read_bundle, write_bundle

PATHS = st.from_regex(r"[a-z]{1,8}/[a-z0-9-]{1,12}\.md", fullmatch=True)
LINES = st.sampled_from(["-- a --", "---", "", "# a", "Dân vận", "a\r", "-- x;base64 --", "\u2028", "\ufeff"])
FILES = st.dictionaries(PATHS, st.binary() | st.text().map(str.encode) | st.lists(LINES).map("\n".join).map(str.encode))


@given(FILES.filter(bool), st.text())
def test_every_file_comes_out_as_it_went_in(files: dict[str, bytes], comment: str) -> None:
    """Whatever the bytes, in the same order."""
    assert [(one.path, one.data) for one in read_bundle(write_bundle(files, comment))] == list(files.items())


def test_plain_text_is_readable_in_the_bundle() -> None:
    """A reviewer reads the records themselves, and each member knows its line."""
    text = write_bundle({"events/hop.md": b"---\nname: x\n---\n", "sources/a.txt": "Dân vận".encode()}, "Gói bài")
    assert text == ("# Gói bài\n-- events/hop.md --\n---\nname: x\n---\n-- sources/a.txt;no-newline --\nDân vận\n")
    assert [one.line for one in read_bundle(text)] == [3, 7]


def test_line_endings_of_windows_are_read() -> None:
    """A mail program or an editor may have changed the ends of lines of the bundle."""
    assert [one.data for one in read_bundle("-- a/b.md --\r\nx\r\n")] == [b"x\n"]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("", "bundle-empty", 1),
        ("# only a comment\n", "bundle-empty", 1),
        ("Xin chào\n-- a/b.md --\n", "bundle-syntax", 1),
        ("-- a/b.md;base64 --\n***\n", "bundle-base64", 1),
        ("-- a/b.md --\nx\n-- a/c.md;zip --\n", "bundle-mark", 3),
    ],
)
def test_what_is_no_bundle_is_refused(text: str, code: str, line: int) -> None:
    """The place and the reason are in the error."""
    with pytest.raises(BadBundle) as caught:
        read_bundle(text)
    assert (caught.value.code, caught.value.line) == (code, line)
