"""What a person knows of an input and says when it is imported: it goes before what the page says.

In: nothing. Out: `Told`, whose fields have the forms that an article's front matter gives them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from archive.model.dates import Date
from archive.model.draft import Cleaned, Reason, Received
from archive.model.schema import Choice, Edtf, Reference, Text, WebAddress, spec


@dataclass(frozen=True, slots=True)
class Told:
    """Each field is None where nothing was said; `event` is the id of a record that is there."""

    url: str | None = spec(WebAddress())
    publisher: str | None = spec(Text())
    captured: Date | None = spec(Edtf())
    rights: str | None = spec(Choice("rights"))
    event: str | None = spec(Reference("events"))
    published: Date | None = spec(Edtf())

    def __or__(self, other: Told) -> Told:
        """The other's values where it has some, as with dicts.

        >>> Told(url="https://a.example/", rights="full") | Told(rights="excerpt")
        Told(url='https://a.example/', publisher=None, captured=None, rights='excerpt', event=None, published=None)
        """
        said: dict[str, Any] = {name: getattr(other, name) for name in self.__slots__}
        return replace(self, **{name: value for name, value in said.items() if value is not None})

    def over(self, received: Received) -> Received:
        """An input as it came, with the person's values instead of the page's."""
        values = ((name, getattr(self, name)) for name in ("url", "publisher", "published"))
        said: dict[str, Any] = {name: str(value) for name, value in values if value}
        return replace(received, **said)

    def reasons(self, received: Received, cleaned: Cleaned) -> tuple[Reason, ...]:
        """One a value: `told`, or, where the page says otherwise, `told-otherwise` with what it says."""
        said = {
            "publisher": received.publisher,
            "url": received.url or cleaned.url,
            "published": received.published or cleaned.stamp,
        }
        found = []
        for name in self.__slots__:
            if (value := getattr(self, name)) is not None:
                own = said.get(name) or str(value)
                rule, words = ("told-otherwise", own) if own != str(value) else ("told", "")
                field = f"source.{name}" if name in ("url", "captured") else name
                found.append(Reason(field, str(value), rule, words))
        return tuple(found)


NOTHING = Told()
