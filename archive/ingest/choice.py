"""What the linker chose for one person, document or event: a record that is there, or one to be made.

In: nothing. Out: `Choice`, and the doubt and the reasons that follow from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from archive.model.draft import Reason, Unsure

NEW = "+"  # in the place of an id: a record is to be made
_MOST_OTHERS = 5  # records that a doubt names


@dataclass(frozen=True, slots=True)
class Choice:
    """An id, or None for a record of its own; what else was looked at, and the rule that decided.

    `asks`: the margin is small, a person has to say.
    """

    id: str | None = None
    others: tuple[str, ...] = ()
    rule: str = ""
    words: str = ""
    asks: bool = False

    def doubts(self, field: str, value: str) -> list[Unsure]:
        """None or one; `value` stands for a choice of no record."""
        others = ", ".join(self.others[:_MOST_OTHERS])
        return [Unsure(field, self.id or value, self.rule, self.words, others)] if self.asks else []

    def reasons(self, field: str) -> Iterator[Reason]:
        """For the record that was chosen, or against each that wasn't."""
        rule = f"link-{self.rule}"
        if self.id:
            yield Reason(field, self.id, rule, self.words)
        else:
            yield from (Reason(field, id, rule, self.words, -1) for id in self.others[:_MOST_OTHERS])
