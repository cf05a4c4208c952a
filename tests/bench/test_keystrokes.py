"""Text as fingers type it."""

from __future__ import annotations

from random import Random

import pytest

from bench.keystrokes import keystrokes, one_slip_apart, other_tone, slip


@pytest.mark.parametrize(
    ("text", "telex", "vni"),
    [
        ("dân vận", "daan vaanj", "da6n va65n"),
        ("đường", "dduwowngf", "d9u7o72ng"),
        ("khẳng định", "khawngr ddinhj", "kha83ng d9i5nh"),
        ("ba", "ba", "ba"),
    ],
)
def test_keystrokes(text: str, telex: str, vni: str) -> None:
    """Telex puts the tone at the end of a word, VNI behind its letter, after the digit of the shape."""
    assert (keystrokes(text, "telex"), keystrokes(text, "vni")) == (telex, vni)


def test_a_slip_is_one_slip() -> None:
    """What `slip` makes is the same word or one slip away from it."""
    for seed in range(200):
        word = "nguyen"
        assert word == slip(word, Random(seed)) or one_slip_apart(word, slip(word, Random(seed)))


def test_another_tone_is_another_word() -> None:
    """The letter keeps its hat and gets another tone; a word without a tone stays."""
    assert {other_tone("vệ", Random(seed)) for seed in range(40)} == {"vế", "về", "vể", "vễ"}
    assert other_tone("ba", Random(1)) == "ba"
