"""A person of a text while the text is being read.

In: mentions, one after the other. Out: what they add up to: posts, capacities, and what spoke for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from archive.ingest.introductions import Post
from archive.language.spelling import comparable
from archive.model.draft import Reason


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

    def add_posts(self, posts: Sequence[Post]) -> None:
        """A post printed again in other capitals, or with `uỷ` for `ủy`, is the same one."""
        held = set(map(comparable, self.posts))
        for post in posts:
            if post.words and comparable(post.words) not in held:
                held.add(comparable(post.words))
                self.posts[post.words] = post
                self.reasons.append(Reason(f"roles of {self.name}", post.words, post.rule))

    def add_capacity(self, code: str, stated: bool, rule: str, words: str = "") -> None:
        if not self.capacity.get(code, False):
            self.capacity[code] = stated
            self.reasons.append(Reason(f"capacity of {self.name}", code, rule, words))
