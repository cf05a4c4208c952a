"""What the theme prints in a page's head about its record: learned once, then joined page by page.

In: the theme's block `extrahead`, rendered with marks. Out: `HeadPieces`: for a page that says
nothing, for one that leads on, for one that is not to be found, for one with Dublin Core and
schema.org. Another mix is Unusual.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from archive.site.fast.markdown import Unusual
from archive.site.fast.slots import Pieces, Unlearnable, mark, pieces

Render = Callable[[Mapping[str, Any]], str]  # front matter → the theme's block `extrahead`
SAYS = ("redirect", "robots", "dublin_core", "schema_org")  # fields of front matter
_VALUES = {"title", "description", "canonical", "area", "redirect", "robots", "schema_org"}


@dataclass(frozen=True, slots=True)
class HeadPieces:
    plain: Pieces
    redirect: Pieces
    unlisted: Pieces
    before: Pieces
    middle: str  # between the name of an element and its value
    next: str  # between two elements
    escaped: tuple[bool, bool]  # whether the theme escapes the name, the value
    after: Pieces

    def fill(self, meta: Mapping[str, Any], values: Mapping[str, str]) -> str:
        """The head of a page; `values` are those of its shell and of its front matter."""
        says = tuple(name for name in SAYS if name in meta)
        if not says:
            return self.plain.fill(values)
        if says == ("redirect", "robots"):
            return self.redirect.fill(values)
        if says == ("robots",):
            return self.unlisted.fill(values)
        if says != ("dublin_core", "schema_org"):
            raise Unusual
        name_escaped, value_escaped = self.escaped
        elements = (
            (str(escape(name)) if name_escaped else name)
            + self.middle
            + (str(escape(value)) if value_escaped else value)
            for name, value in meta["dublin_core"].items()
        )
        return self.before.fill(values) + self.next.join(elements) + self.after.fill(values)


def learn_head(render: Render) -> HeadPieces:
    """Raises Unlearnable if the pieces don't give what the theme gives."""
    plain, unlisted = pieces(render({})), pieces(render({"robots": mark("robots")}))
    redirect = pieces(render({"redirect": mark("redirect"), "robots": mark("robots")}))
    record = pieces(render(_record("a", "b")))
    names = [slot.name for slot in record.slots]
    first = names.index("name_a") if "name_a" in names else 0
    if names[first : first + 4] != ["name_a", "value_a", "name_b", "value_b"]:
        raise Unlearnable("dublin_core")
    if (plain.names | redirect.names | unlisted.names | set(names[:first] + names[first + 4 :])) - _VALUES:
        raise Unlearnable("extrahead")
    at = record.slots[first].index
    learned = HeadPieces(
        plain=plain,
        redirect=redirect,
        unlisted=unlisted,
        before=record.part(0, at),
        middle=record.texts[at + 1],
        next=record.texts[at + 3],
        escaped=(record.slots[first].escaped, record.slots[first + 1].escaped),
        after=record.part(at + 7),
    )
    values = dict.fromkeys(_VALUES, '<"')
    for shape in ("a", "abc"):
        if learned.fill(_values(*shape), values) != pieces(render(_record(*shape))).fill(values | _flat(*shape)):
            raise Unlearnable("dublin_core")
    return learned


def _record(*letters: str) -> dict[str, Any]:
    return {
        "dublin_core": {mark(f"name_{letter}"): mark(f"value_{letter}") for letter in letters},
        "schema_org": mark("schema_org"),
    }


def _values(*letters: str) -> dict[str, Any]:
    return {"dublin_core": {f"n<{letter}": f'v"{letter}' for letter in letters}, "schema_org": ""}


def _flat(*letters: str) -> dict[str, str]:
    values = {f"name_{letter}": f"n<{letter}" for letter in letters}
    return values | {f"value_{letter}": f'v"{letter}' for letter in letters}
