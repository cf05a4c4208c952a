"""A person of a text while the text is being read.

In: mentions, one after the other. Out: what they add up to: posts, capacities, and what spoke for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ingest.introductions import Introduced, Post
from archive.language.spelling import comparable
from archive.model.draft import Reason


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence that tells of somebody, by name or by a word for them.

    `codes`: the capacities it gives this one.
    """

    sentence: str
    in_caption: bool
    codes: frozenset[str]


@dataclass(slots=True)
class Person:
    """What the text has said of one printed name so far."""

    name: str
    posts: dict[str, Post] = field(default_factory=dict)
    capacity: dict[str, bool] = field(default_factory=dict)  # code → whether words state it
    reasons: list[Reason] = field(default_factory=list)
    introduced: bool = False
    addressed: bool = False
    told_of: bool = True  # until a mention lets them take part
    leads: bool = False  # a delegation that inspects
    words: str = ""
    seen: list[Seen] = field(default_factory=list)
    introductions: list[tuple[str, Introduced]] = field(default_factory=list)  # each with its sentence
    unclear_list: str = ""  # a sentence whose list shares a post, nobody can say how far

    def add_posts(self, posts: Sequence[Post]) -> None:
        """A post printed again in other capitals, with `uỷ` for `ủy` or `GS. TS` for `GS.TS`, is the same one."""
        held = set(map(_plain, self.posts))
        for post in posts:
            if post.words and _plain(post.words) not in held:
                held.add(_plain(post.words))
                self.posts[post.words] = post
                self.reasons.append(Reason(f"roles of {self.name}", post.words, post.rule))

    def add_capacity(self, code: str, stated: bool, rule: str, words: str = "") -> None:
        if not self.capacity.get(code, False):
            self.capacity[code] = stated
            self.reasons.append(Reason(f"capacity of {self.name}", code, rule, words))


def _plain(post: str) -> str:
    return comparable(post).replace(". ", ".")
